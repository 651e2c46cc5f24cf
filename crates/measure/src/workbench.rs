//! An index made ready to be weighed again: what does not hang on weights is drawn once and kept.
//!
//! Comes in: what [`study`](crate::study) takes. Goes out: a [`Workbench`], which answers with scores, intervals and ranks under any
//! weights, for pages on which somebody tries weights out. The draws are those of the study, so under the profile's own weights
//! its answer is the study's.

use rayon::prelude::*;

use crate::index::{dimensions, effective_weights};
use crate::study::{Reading, readings, source};
use crate::uncertainty::{Choice, View, choices, eras, fill, patterns, terms, weights};
use crate::{Circumstances, Error, Grade, Kind, Layer, Observations, Profile, Replicates, SubIndex, SubScore};

/// Everything that scores are made of but the weights.
pub struct Workbench {
    dimension_of: Vec<usize>,
    choices: Vec<Choice>,
    units: Vec<Ready>,
    interval: f64,
}

/// One organisation: the worth of its parts, and their terms in the replicates.
struct Ready {
    organisation: String,
    /// By part; `None` where it is not observed. The whole is `None` where there is no nominal score.
    nominal: Option<Vec<Option<f64>>>,
    is_present: Vec<bool>,
    held: Vec<Held>,
}

struct Held {
    is_present: Vec<bool>,
    replicates: Option<Vec<u32>>,
    terms: Vec<Vec<f64>>,
}

impl Workbench {
    /// Draws everything once. Memory grows with replicates x organisations x indicators x 8 bytes.
    ///
    /// # Errors
    /// As [`study`](crate::study).
    pub fn new(
        observations: &Observations,
        kinds: &[Kind],
        profile: &Profile,
        as_of_day: i32,
        circumstances: &Circumstances,
    ) -> Result<Self, Error> {
        let source = source(observations, kinds, profile, as_of_day, circumstances)?;
        let choices = choices(&source, &Layer::ALL);
        let eras = eras(&source, &choices, &Layer::ALL);
        let ready = |reading: Reading| {
            let Reading { score, unit } = reading;
            let held = unit.standings.iter().map(|holding| Held {
                terms: terms(&source, &unit, holding, (&choices, &eras), &Layer::ALL),
                is_present: holding.is_present.clone(),
                replicates: holding.replicates.clone(),
            });
            let held = held.collect();
            let worth = |name: &str| {
                let contributions = &score.as_ref()?.contributions;
                contributions.iter().find(|own| own.indicator == name).map(|own| own.transformed)
            };
            let nominal = source.parts.iter().map(|part| worth(&part.profile.name)).collect();
            Ready {
                organisation: observations.organisations[unit.organisation].clone(),
                nominal: score.is_some().then_some(nominal),
                is_present: unit.is_present,
                held,
            }
        };
        let units = readings(&source, &Layer::ALL).into_par_iter().map(ready).collect();
        let interval = profile.uncertainty.interval;
        Ok(Self { dimension_of: dimensions(&source.parts), units, choices, interval })
    }

    /// Returns the scores under other weights, of dimensions and of indicators in the order of the profile; a weight of 0 leaves out.
    ///
    /// Time grows with replicates x organisations x indicators: see `cargo bench -p measure --bench index`.
    ///
    /// # Panics
    /// If there are not as many weights as dimensions and indicators in the profile.
    #[must_use]
    pub fn weighed(&self, of_dimensions: &[f64], of_indicators: &[f64]) -> SubIndex {
        assert_eq!(of_indicators.len(), self.dimension_of.len(), "one weight for each indicator");
        let view = View { of_dimensions: of_dimensions.to_vec(), of_parts: of_indicators.to_vec() };
        let held = self.units.iter().flat_map(|unit| &unit.held).map(|held| &held.is_present);
        let weights = weights(&self.dimension_of, &self.choices, &patterns(held), &view);
        let drawn = |unit: &Ready| {
            let mut scores = vec![f64::NAN; self.choices.len()];
            for held in &unit.held {
                let weights = &weights[&held.is_present];
                fill(&mut scores, &self.choices, weights, &held.terms, held.replicates.as_deref());
            }
            scores
        };
        let whole = self.effective(&view, &vec![true; self.dimension_of.len()]);
        let coverage =
            |unit: &Ready| whole.iter().zip(&unit.is_present).filter(|(_, present)| **present).map(|(w, _)| w).sum();
        let coverages: Vec<f64> = self.units.iter().map(coverage).collect();
        let grade = |coverage: &f64| Grade::of(*coverage, 1.0);
        let replicates = Replicates::new(
            self.units.iter().map(|unit| unit.organisation.clone()).collect(),
            self.units.par_iter().map(|unit| self.nominal(unit, &view)).collect(),
            coverages.iter().map(|coverage| grade(coverage) < Grade::D).collect(),
            self.units.par_iter().map(drawn).collect(),
            self.interval,
        );
        let scores = self.units.par_iter().zip(&coverages).enumerate();
        let scores = scores.filter_map(|(at, (unit, coverage))| {
            let score = replicates.nominal()[at]?;
            Some(SubScore::among(&replicates, at, unit.organisation.clone(), score, (*coverage, grade(coverage))))
        });
        SubIndex { name: "index".into(), scores: scores.collect(), replicates }
    }

    fn effective(&self, view: &View, is_present: &[bool]) -> Vec<f64> {
        effective_weights(&self.dimension_of, &view.of_dimensions, &view.of_parts, is_present)
    }

    fn nominal(&self, unit: &Ready, view: &View) -> Option<f64> {
        let own = unit.nominal.as_ref()?;
        let is_present: Vec<bool> = own.iter().map(Option::is_some).collect();
        let weights = self.effective(view, &is_present);
        let points = own.iter().zip(&weights).filter_map(|(worth, weight)| Some(100.0 * weight * (*worth)?));
        weights.iter().any(|weight| *weight > 0.0).then(|| points.sum())
    }
}
