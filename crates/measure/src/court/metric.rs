//! A metric before the court, and what is known of the units apart from it.

use crate::court::cube::lengths;
use crate::court::{Cube, Gaming};
use crate::{Error, Fault};

/// A metric with all that its author declares about it. What is not declared makes a criterion missing, never passed.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Name, as it is to stand in the verdict.
    pub name: String,
    /// What it said.
    pub cube: Cube,
    /// What it costs.
    pub cost: Option<Cost>,
    /// What it gives away about persons.
    pub privacy: Option<Privacy>,
    /// Bodies covered, and bodies that there are.
    pub bodies: Option<[u32; 2]>,
    /// Its values by period and unit as somebody else computed them from the list of evidence.
    pub recomputed: Option<Vec<Vec<f64>>>,
    /// How it stood up to simulated attacks.
    pub gaming: Option<Gaming>,
}

impl Metric {
    /// Returns a metric of which nothing but its values is known.
    #[must_use]
    pub fn new(name: &str, cube: Cube) -> Self {
        Self { name: name.into(), cube, cost: None, privacy: None, bodies: None, recomputed: None, gaming: None }
    }
}

/// What a metric costs, for each unit and year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// Minutes of people's work.
    pub minutes: f64,
    /// Money, in the currency of the reader.
    pub money: f64,
    /// Days from the end of the period until the value is there.
    pub lag_days: f64,
    /// Share of the steps that need nobody, 0 to 1.
    pub automation: f64,
}

/// What a published metric gives away about persons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Privacy {
    /// Persons in the smallest cell that is published.
    pub smallest_cell: u32,
    /// Share of the cells under the threshold, before suppression.
    pub cells_under_threshold: f64,
    /// Share of the persons who are alone with their attributes.
    pub unique_persons: f64,
}

/// What is known of the units apart from the metrics on trial. Columns follow the units of the metrics' cubes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Background {
    /// What a good metric should foretell.
    pub outcome: Option<Outcome>,
    /// Units that are known to be high (`true`) or low (`false`), such as employers of chairs against observers.
    pub known_groups: Option<Vec<Option<bool>>>,
    /// Sizes of the units, such as staff or turnover.
    pub sizes: Option<Vec<f64>>,
    /// Groups that should be treated alike, such as regions; `None` where a unit is in none.
    pub groups: Option<Vec<Option<String>>>,
    /// Behaviour by period and unit that the metric is meant to measure, as it is really known: units of the same behaviour
    /// in different groups should have the same value.
    pub behaviour: Option<Vec<Vec<f64>>>,
    /// A change that is known to have taken place.
    pub change: Option<Change>,
    /// Other metrics of the same units, periods and events.
    pub others: Vec<Other>,
}

/// Something observed later that a metric should foretell.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// By period and unit; with the values 0 and 1 only, it is a yes or no.
    pub by_period: Vec<Vec<f64>>,
    /// Periods from the metric to the outcome.
    pub lag: usize,
}

/// A change between two periods that is known from elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Position of the period before.
    pub from: usize,
    /// Position of the period after.
    pub to: usize,
    /// For each unit whether it rose (`true`), fell (`false`), or nothing is known.
    pub rose: Vec<Option<bool>>,
}

/// Another metric of the same units.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// Name.
    pub name: String,
    /// What it said, of the same units, periods and events.
    pub cube: Cube,
    /// What it is to the metrics on trial.
    pub relation: Relation,
}

/// What another metric measures, seen from the metric on trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same trait by another method: the two should agree.
    Alike,
    /// Another trait: the two should not agree.
    Unlike,
}

impl Background {
    /// Checks that everything is about the units and periods of the cube.
    pub(crate) fn check(&self, cube: &Cube) -> Result<(), Error> {
        let (n_units, n_periods) = (cube.units().len(), cube.periods().len());
        let mut faults = Vec::new();
        let mut column = |what: &str, n: Option<usize>| {
            if let Some(n) = n {
                lengths(what, n, n_units, &mut faults);
            }
        };
        column("known groups", self.known_groups.as_ref().map(Vec::len));
        column("sizes", self.sizes.as_ref().map(Vec::len));
        column("groups", self.groups.as_ref().map(Vec::len));
        column("change", self.change.as_ref().map(|change| change.rose.len()));
        let outcome = self.outcome.as_ref().map(|outcome| &outcome.by_period);
        for (what, columns) in [("outcome", outcome), ("behaviour", self.behaviour.as_ref())] {
            by_period(what, columns, [n_periods, n_units], &mut faults);
        }
        if let Some(change) = self.change.as_ref().filter(|change| change.from.max(change.to) >= n_periods) {
            let what = format!("expected periods below {n_periods}, found {} and {}", change.from, change.to);
            faults.push(Fault::new("change", what, "count the periods from 0"));
        }
        for other in self.others.iter().filter(|other| !other.cube.is_about_the_same(cube)) {
            let what =
                format!("expected the units, periods and events of the metric, found others in `{}`", other.name);
            faults.push(Fault::new("others", what, "give both on all units and events; a missing value is NaN"));
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Metric(faults)) }
    }
}

impl Metric {
    pub(crate) fn check(&self) -> Result<(), Error> {
        let mut faults = Vec::new();
        let shape = [self.cube.periods().len(), self.cube.units().len()];
        by_period("recomputed", self.recomputed.as_ref(), shape, &mut faults);
        if faults.is_empty() { Ok(()) } else { Err(Error::Metric(faults)) }
    }
}

fn by_period(what: &str, columns: Option<&Vec<Vec<f64>>>, [n_periods, n_units]: [usize; 2], faults: &mut Vec<Fault>) {
    let Some(columns) = columns else { return };
    lengths(&format!("{what} by period"), columns.len(), n_periods, faults);
    for (at, column) in columns.iter().enumerate() {
        lengths(&format!("{what}, period {}", at + 1), column.len(), n_units, faults);
    }
}
