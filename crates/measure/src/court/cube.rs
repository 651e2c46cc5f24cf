//! What a metric said: a value for each unit, period and event.

use crate::{Error, Fault};

/// Values of one metric by unit, period and event (a meeting, or whatever the source dates its acts by).
///
/// A missing value is `NaN` and is never read as 0. The metric's value of a period is the mean over its events at which the
/// unit has a value; a metric that sums over events differs from this by a factor, and no criterion depends on that.
#[derive(Clone, Debug, PartialEq)]
pub struct Cube {
    units: Vec<String>,
    periods: Vec<String>,
    events: Vec<Vec<String>>,
    /// By period, then by event, then by unit.
    values: Vec<Vec<Vec<f64>>>,
}

impl Cube {
    /// Makes a cube; `values` stand by period, then by event, then by unit.
    ///
    /// # Errors
    /// [`Error::Metric`] for a unit or period that occurs twice, a period without events, a shape that does not fit, or a
    /// value that is infinite.
    ///
    /// ```
    /// use measure::court::Cube;
    /// let values = vec![vec![vec![1.0, 4.0], vec![3.0, f64::NAN]]];
    /// let events = vec![vec!["m1".into(), "m2".into()]];
    /// let cube = Cube::new(vec!["acme".into(), "borealis".into()], vec!["2025".into()], events, values).unwrap();
    /// assert_eq!(cube.means(), [[2.0, 4.0]]);
    /// ```
    pub fn new(
        units: Vec<String>,
        periods: Vec<String>,
        events: Vec<Vec<String>>,
        values: Vec<Vec<Vec<f64>>>,
    ) -> Result<Self, Error> {
        let mut faults = Vec::new();
        twice("unit", &units, &mut faults);
        twice("period", &periods, &mut faults);
        lengths("values by period", values.len(), periods.len(), &mut faults);
        lengths("events by period", events.len(), periods.len(), &mut faults);
        for ((period, events), values) in periods.iter().zip(&events).zip(&values) {
            if events.is_empty() {
                let what = "expected at least one event, found none";
                faults.push(Fault::new(period, what, "leave out a period in which nothing was held"));
            }
            lengths(&format!("events of {period}"), values.len(), events.len(), &mut faults);
            for (event, values) in events.iter().zip(values) {
                lengths(&format!("units of {period}, {event}"), values.len(), units.len(), &mut faults);
                if let Some(at) = values.iter().position(|value| value.is_infinite()) {
                    let what = format!("expected a number or nothing, found {}", values[at]);
                    faults.push(Fault::new(format!("{period}, {event}, unit {}", at + 1), what, "put the query right"));
                }
            }
        }
        if faults.is_empty() { Ok(Self { units, periods, events, values }) } else { Err(Error::Metric(faults)) }
    }

    /// Codes of the units, each once.
    #[must_use]
    pub fn units(&self) -> &[String] {
        &self.units
    }

    /// Names of the periods, in order of time.
    #[must_use]
    pub fn periods(&self) -> &[String] {
        &self.periods
    }

    /// Names of the events of each period.
    #[must_use]
    pub fn events(&self) -> &[Vec<String>] {
        &self.events
    }

    /// Values by period, then by event, then by unit.
    #[must_use]
    pub fn values(&self) -> &[Vec<Vec<f64>>] {
        &self.values
    }

    /// Returns the metric's value by period and unit: the mean over the events at which there is one.
    #[must_use]
    pub fn means(&self) -> Vec<Vec<f64>> {
        let mean = |values: &Vec<Vec<f64>>, unit: usize| {
            crate::composite::mean(&values.iter().map(|event| event[unit]).collect::<Vec<f64>>())
        };
        self.values.iter().map(|values| (0..self.units.len()).map(|unit| mean(values, unit)).collect()).collect()
    }

    /// True when the other cube is about the same units, periods and events, in the same order.
    pub(crate) fn is_about_the_same(&self, other: &Self) -> bool {
        self.units == other.units && self.periods == other.periods && self.events == other.events
    }
}

fn twice(what: &str, names: &[String], faults: &mut Vec<Fault>) {
    let mut sorted: Vec<&String> = names.iter().collect();
    sorted.sort_unstable();
    for pair in sorted.windows(2).filter(|pair| pair[0] == pair[1]) {
        let found = format!("expected each {what} once, found `{}` twice", pair[0]);
        faults.push(Fault::new(what, found, "give each a name of its own"));
    }
}

pub(crate) fn lengths(what: &str, found: usize, expected: usize, faults: &mut Vec<Fault>) {
    if found != expected {
        let what_found = format!("expected {expected} entries, found {found}");
        faults.push(Fault::new(what, what_found, "give one entry for each; a missing value is NaN"));
    }
}
