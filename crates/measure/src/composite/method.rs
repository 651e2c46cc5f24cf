//! A method: what is done to a table, step by step, each with its reason.
//!
//! Comes in: TOML. Goes out: a [`Method`]; [`built`] does what it says and keeps the table after each step.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Aggregation, Availability, Context, Hierarchy, Imputation, Mean, Normalisation, Screening, Study, Table, Treated,
    Treatment, aggregated, availability, denominated, imputed, normalised, ranks, treated,
};
use crate::{Error, Fault};

/// A methodology as a readable file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Version of the method, shown beside every score.
    pub method: String,
    /// What it is for.
    pub reason: String,
    /// The steps, in the order in which they are done; the last aggregates.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    /// Which choices could have been made otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternatives: Option<super::Alternatives>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Why.
    pub reason: String,
    /// What is done.
    #[serde(flatten)]
    pub action: Action,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Action {
    /// Divides indicators by their denominators.
    Denominate,
    /// Fills in what is missing.
    Impute(Imputation),
    /// Leaves out units with too little data.
    Screen(Screening),
    /// Tames outliers.
    Treat(Treatment),
    /// Brings all to one scale.
    Normalise(Normalisation),
    /// Makes one score of many.
    Aggregate(Aggregation),
}

impl Action {
    fn word(&self) -> &'static str {
        match self {
            Self::Denominate => "denominated",
            Self::Impute(_) => "imputed",
            Self::Screen(_) => "screened",
            Self::Treat(_) => "treated",
            Self::Normalise(_) => "normalised",
            Self::Aggregate(_) => "aggregated",
        }
    }
}

/// What came out of a method, with every step on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Built {
    /// The indicators after each step, with the step's name.
    pub stages: Vec<(&'static str, Table)>,
    /// What each unit had when the data were screened; empty without that step.
    pub availability: Vec<Availability>,
    /// Cells (unit, indicator) that were filled in, by code.
    pub filled: Vec<(String, String)>,
    /// What treatment did to each indicator, in a panel year by year; empty without that step.
    pub treated: Vec<Treated>,
    /// Scores by level, the lowest first, the index last and alone.
    pub levels: Vec<Table>,
    /// The hierarchy behind the levels.
    pub hierarchy: Hierarchy,
}

impl Built {
    /// Returns the index of each unit.
    #[must_use]
    pub fn index(&self) -> &[f64] {
        self.levels.last().map_or(&[], |level| &level.columns[0])
    }

    /// Returns the units that are still in.
    #[must_use]
    pub fn units(&self) -> &[String] {
        self.levels.last().map_or(&[], |level| &level.units)
    }

    /// Returns the rank of each unit, 1 for the highest index.
    #[must_use]
    pub fn ranks(&self) -> Vec<Option<u32>> {
        ranks(self.index())
    }

    /// Returns the indicators as they were aggregated.
    #[must_use]
    pub fn normalised(&self) -> &Table {
        &self.stages.last().expect("a method has a step before it aggregates").1
    }

    /// Returns the indicators after a step, by the step's name, such as `treated`.
    #[must_use]
    pub fn after(&self, step: &str) -> Option<&Table> {
        self.stages.iter().rev().find(|(name, _)| *name == step).map(|(_, table)| table)
    }
}

impl Method {
    /// Reads and checks a method.
    ///
    /// # Errors
    /// [`Error::Profile`] for a text of the wrong shape, or steps that cannot be done in their order.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let method: Self = toml::from_str(text).map_err(|error| {
            let line =
                error.span().map_or(1, |span| 1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count());
            let hint = "write each step as `do = \"normalise\"` with its options and a `reason`";
            Error::Profile(vec![Fault::new(format!("line {line}"), error.message().replace('\n', ", "), hint)])
        })?;
        method.check()?;
        Ok(method)
    }

    /// Checks that the steps can be done in their order: one aggregation, at the end, after a normalisation.
    ///
    /// # Errors
    /// [`Error::Profile`] with every fault.
    pub fn check(&self) -> Result<(), Error> {
        let mut faults = Vec::new();
        let words: Vec<&str> = self.steps.iter().map(|step| step.action.word()).collect();
        let n_aggregations = words.iter().filter(|word| **word == "aggregated").count();
        if n_aggregations != 1 || words.last() != Some(&"aggregated") || !words.contains(&"normalised") {
            let what = format!("expected one aggregation at the end, after a normalisation, found {words:?}");
            faults.push(Fault::new("steps", what, "end with `do = \"normalise\"` and `do = \"aggregate\"`"));
        }
        for (at, step) in self.steps.iter().enumerate().filter(|(_, step)| step.reason.trim().is_empty()) {
            let place = format!("step {} ({})", at + 1, step.action.word());
            faults.push(Fault::new(place, "expected a reason, found nothing", "say it in one sentence"));
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Profile(faults)) }
    }

    /// Returns how this method aggregates; by the arithmetic mean where it does not say.
    #[must_use]
    pub fn aggregation(&self) -> Aggregation {
        let found = self.steps.iter().rev().find_map(|step| match &step.action {
            Action::Aggregate(aggregation) => Some(aggregation.clone()),
            _ => None,
        });
        found.unwrap_or_else(|| Aggregation::by(Mean::Arithmetic))
    }

    /// Returns how this method normalises; from 0 to 1 where it does not say.
    #[must_use]
    pub fn normalisation(&self) -> Normalisation {
        let found = self.steps.iter().rev().find_map(|step| match &step.action {
            Action::Normalise(normalisation) => Some(normalisation.clone()),
            _ => None,
        });
        found.unwrap_or(Normalisation::MinMax { low: 0.0, high: 1.0 })
    }

    /// Returns how many values this method lets winsorisation move; `None` for no limit, or no treatment at all.
    #[must_use]
    pub fn most_winsorised(&self) -> Option<usize> {
        self.steps.iter().find_map(|step| match &step.action {
            Action::Treat(treatment) => treatment.most_winsorised,
            _ => None,
        })
    }
}

/// Does what a method says to a study.
///
/// # Errors
/// [`Error::Profile`] for steps in an order that cannot be done, [`Error::Table`] for data on which a step is not defined.
pub fn built(study: &Study, method: &Method) -> Result<Built, Error> {
    method.check()?;
    let hierarchy = study.hierarchy()?;
    let mut work = Work::new(study, hierarchy);
    for step in &method.steps {
        work.done(&step.action)?;
    }
    Ok(work.built)
}

/// A study on its way through the steps.
#[derive(Clone)]
pub(super) struct Work {
    pub(super) study: Study,
    pub(super) built: Built,
}

impl Work {
    pub(super) fn new(study: &Study, hierarchy: Hierarchy) -> Self {
        let built = Built {
            stages: vec![("raw", study.table.clone())],
            availability: Vec::new(),
            filled: Vec::new(),
            treated: Vec::new(),
            levels: Vec::new(),
            hierarchy,
        };
        Self { study: study.clone(), built }
    }

    pub(super) fn done(&mut self, action: &Action) -> Result<(), Error> {
        let table = &self.study.table;
        let after = match action {
            Action::Denominate => denominated(table, &self.study.denominators, &self.study.denominators_of())?,
            Action::Impute(imputation) => self.impute(imputation)?,
            Action::Screen(screening) => {
                self.built.availability = availability(table, screening);
                let kept: Vec<usize> =
                    (0..table.units.len()).filter(|&at| self.built.availability[at].is_included).collect();
                self.study = self.study.only(&kept);
                self.study.table.clone()
            }
            Action::Treat(treatment) => self.treat(treatment),
            Action::Normalise(normalisation) => normalised(table, normalisation, &self.study.declared())?,
            Action::Aggregate(aggregation) => {
                self.built.levels = aggregated(table, &self.built.hierarchy, aggregation)?;
                return Ok(());
            }
        };
        self.built.stages.push((action.word(), after.clone()));
        self.study.table = after;
        Ok(())
    }

    /// In a panel each year is treated by itself, for outliers are those of a year.
    fn treat(&mut self, treatment: &Treatment) -> Table {
        let mut after = self.study.table.clone();
        let years: BTreeSet<Option<i64>> = self.study.times.iter().copied().collect();
        self.built.treated.clear();
        for year in years {
            let own: Vec<usize> = (0..after.units.len()).filter(|&at| self.study.times[at] == year).collect();
            let (table, done) = treated(&self.study.table.only(&own), treatment);
            for (column, treated) in after.columns.iter_mut().zip(&table.columns) {
                own.iter().zip(treated).for_each(|(&at, value)| column[at] = *value);
            }
            self.built.treated.extend(done);
        }
        after
    }

    fn impute(&mut self, imputation: &Imputation) -> Result<Table, Error> {
        let directions: Vec<f64> = self.study.declared().iter().map(|declared| declared.direction).collect();
        let hierarchy = &self.built.hierarchy;
        let (groups, times) = (&self.study.groups, &self.study.times);
        let context = Context { groups, directions: &directions, hierarchy, times };
        let (table, cells) = imputed(&self.study.table, imputation, &context)?;
        let codes = cells.iter().map(|&(unit, at)| (table.units[unit].clone(), table.indicators[at].clone()));
        self.built.filled = codes.collect();
        Ok(table)
    }
}
