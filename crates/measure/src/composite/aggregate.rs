//! From many normalised values to one, level by level.
//!
//! A missing value is left out, and the weights of the others are scaled up within their group; a group with less than the
//! asked availability has no value.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Hierarchy, Table};
use crate::{Error, Fault};

/// How the values of a group become one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "mean", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Mean {
    /// A lack in one can be made up in full by another.
    Arithmetic,
    /// A lack can be made up only in part. Needs values above 0.
    Geometric,
    /// A lack can hardly be made up. Needs values above 0.
    Harmonic,
    /// (sum w x^p)^(1/p): 1 is the arithmetic mean, 0 the geometric, -1 the harmonic. Needs values above 0.
    Power {
        /// The exponent.
        p: f64,
    },
    /// Mean - deviation x deviation / mean: a profile out of balance costs. Needs a mean above 0.
    ///
    /// # Source
    /// M. Mazziotta and A. Pareto, "On a generalized non-compensatory composite index for measuring socio-economic
    /// phenomena", Social Indicators Research 127 (2016).
    MazziottaPareto,
}

/// How a table is aggregated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aggregation {
    /// The mean by which each level is made, the lowest first; the last holds for all further levels.
    pub means: Vec<Mean>,
    /// Least share of a group's members that must have a value, 0 to 1.
    #[serde(default)]
    pub availability: f64,
}

impl Aggregation {
    /// The same mean at every level, whatever is missing.
    #[must_use]
    pub fn by(mean: Mean) -> Self {
        Self { means: vec![mean], availability: 0.0 }
    }

    pub(super) fn mean_at(&self, step: usize) -> Mean {
        self.means.get(step).or(self.means.last()).copied().unwrap_or(Mean::Arithmetic)
    }
}

/// Returns the scores of all levels above the indicators, the lowest level first. Each table has the units of `table` and
/// the codes of its level.
///
/// # Errors
/// [`Error::Table`] for indicators of the hierarchy that are not in the table, and for a value of 0 or less where the mean
/// needs more.
pub fn aggregated(table: &Table, hierarchy: &Hierarchy, aggregation: &Aggregation) -> Result<Vec<Table>, Error> {
    let missing = hierarchy.indicators().iter().filter(|code| table.column(code).is_none());
    let faults: Vec<Fault> = missing
        .map(|code| {
            Fault::new(format!("`{code}`"), "expected a column of this indicator, found none", "add the column")
        })
        .collect();
    if !faults.is_empty() {
        return Err(Error::Table(faults));
    }
    let mut below: Vec<Vec<f64>> =
        hierarchy.indicators().iter().filter_map(|code| table.column(code)).map(<[f64]>::to_vec).collect();
    let mut levels = Vec::new();
    for (step, level) in hierarchy.levels[1..].iter().enumerate() {
        let mean = aggregation.mean_at(step);
        let group = |at: usize| {
            let children = hierarchy.children(step + 1, at);
            let columns: Vec<&[f64]> = children.iter().map(|&child| below[child].as_slice()).collect();
            let weights: Vec<f64> = children.iter().map(|&child| hierarchy.levels[step].weights[child]).collect();
            mean.of_columns(&columns, &weights, aggregation.availability)
                .map_err(|unit| fault(mean, &level.codes[at], &table.units[unit]))
        };
        // Collected in two steps, so that of several faults the first is told, whichever thread came first.
        let columns: Vec<_> = (0..level.codes.len()).into_par_iter().map(group).collect();
        let columns = columns.into_iter().collect::<Result<Vec<_>, _>>()?;
        below.clone_from(&columns);
        levels.push(Table { units: table.units.clone(), indicators: level.codes.clone(), columns });
    }
    Ok(levels)
}

fn fault(mean: Mean, group: &str, unit: &str) -> Error {
    let what = format!("expected values above 0 for a {mean:?} mean, found one of 0 or less at `{unit}`");
    Error::Table(vec![Fault::new(
        format!("`{group}`"),
        what,
        "normalise to a scale that begins above 0, such as 1 to 100",
    )])
}

impl Mean {
    /// Returns the weighted mean of values, leaving out the missing; `NaN` where none has weight, or where a value of 0 or
    /// less makes it undefined.
    ///
    /// ```
    /// use measure::composite::Mean;
    /// assert_eq!(Mean::Harmonic.of(&[2.0, f64::NAN, 6.0], &[1.0, 5.0, 1.0]), 3.0);
    /// ```
    #[must_use]
    pub fn of(self, values: &[f64], weights: &[f64]) -> f64 {
        let columns: Vec<[f64; 1]> = values.iter().map(|value| [*value]).collect();
        let columns: Vec<&[f64]> = columns.iter().map(<[f64; 1]>::as_slice).collect();
        self.of_columns(&columns, weights, 0.0).map_or(f64::NAN, |found| found[0])
    }

    /// Returns the mean of each unit over some columns, or the position of a unit at which it is not defined.
    fn of_columns(self, columns: &[&[f64]], weights: &[f64], availability: f64) -> Result<Vec<f64>, usize> {
        let n = columns.first().map_or(0, |column| column.len());
        let sums = Sums::of(columns, weights, n, |value| self.forward(value));
        let least = availability * columns.len() as f64;
        let mut means: Vec<f64> = sums.values.iter().zip(&sums.weights).map(|(sum, weight)| sum / weight).collect();
        for (mean, n_present) in means.iter_mut().zip(&sums.present) {
            *mean = if *n_present == 0.0 || *n_present < least { f64::NAN } else { self.back(*mean) };
        }
        if self == Self::MazziottaPareto {
            let squares = Sums::of(columns, weights, n, |value| value * value);
            for ((mean, squares), weight) in means.iter_mut().zip(&squares.values).zip(&sums.weights) {
                *mean -= (squares / weight - *mean * *mean).max(0.0) / *mean;
            }
        }
        if let Some(unit) = self.undefined(columns) { Err(unit) } else { Ok(means) }
    }

    /// The unit at which a value is too low for this mean.
    fn undefined(self, columns: &[&[f64]]) -> Option<usize> {
        let needs_positive =
            !matches!(self, Self::Arithmetic | Self::MazziottaPareto) && self != Self::Power { p: 1.0 };
        let first = |column: &&[f64]| column.iter().position(|value| *value <= 0.0);
        if needs_positive { columns.iter().find_map(first) } else { None }
    }

    #[inline]
    pub(super) fn forward(self, value: f64) -> f64 {
        match self {
            Self::Arithmetic | Self::MazziottaPareto => value,
            Self::Geometric => value.ln(),
            Self::Harmonic => 1.0 / value,
            Self::Power { p: 0.0 } => value.ln(),
            Self::Power { p } => value.powf(p),
        }
    }

    #[inline]
    pub(super) fn back(self, mean: f64) -> f64 {
        match self {
            Self::Arithmetic | Self::MazziottaPareto => mean,
            Self::Geometric => mean.exp(),
            Self::Harmonic => 1.0 / mean,
            Self::Power { p: 0.0 } => mean.exp(),
            Self::Power { p } => mean.powf(1.0 / p),
        }
    }
}

/// Weighted sums over some columns, by unit.
struct Sums {
    values: Vec<f64>,
    weights: Vec<f64>,
    present: Vec<f64>,
}

impl Sums {
    fn of(columns: &[&[f64]], weights: &[f64], n: usize, of: impl Fn(f64) -> f64) -> Self {
        let mut sums = Self { values: vec![0.0; n], weights: vec![0.0; n], present: vec![0.0; n] };
        for (column, weight) in columns.iter().zip(weights) {
            for (at, value) in column.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
                sums.values[at] += weight * of(*value);
                sums.weights[at] += weight;
                sums.present[at] += 1.0;
            }
        }
        sums
    }
}
