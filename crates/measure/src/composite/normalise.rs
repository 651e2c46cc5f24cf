//! Bringing indicators of different units to one scale, on which more is better.
//!
//! The direction comes first: an indicator of which less is better is turned round. A constant column says nothing, and is
//! refused where a scale would have to be made from it.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Table;
use super::moments::{mean, present, standard_deviation};
use crate::{Error, Fault};

/// How an indicator is brought to the common scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Normalisation {
    /// From the lowest to the highest value onto `low..=high`. Before a geometric or harmonic mean start above 0.
    MinMax {
        /// Worth of the lowest value.
        low: f64,
        /// Worth of the highest value.
        high: f64,
    },
    /// (x - centre) / factor.
    Scaled {
        /// What becomes 0.
        centre: f64,
        /// What becomes 1, counted from the centre; above 0.
        factor: f64,
    },
    /// Standard scores with this mean and standard deviation.
    ZScore {
        /// Mean of the scores.
        mean: f64,
        /// Standard deviation of the scores.
        deviation: f64,
    },
    /// Rank from the lowest, ties sharing the lower.
    Rank,
    /// Number of units that are strictly lower.
    Borda,
    /// Share of the other units that are strictly lower.
    PercentRank,
    /// 1 - (max - x) / (max - min).
    DistanceToMax,
    /// 1 - (reference - x) / (reference - min).
    DistanceToReference {
        /// Code of the unit that serves as reference.
        unit: String,
        /// What is better than the reference.
        beyond: Beyond,
    },
    /// Share of the way from the worst value to the declared target.
    DistanceToTarget {
        /// What is better than the target.
        beyond: Beyond,
    },
    /// x / max.
    FractionOfMax,
    /// Between declared goalposts, cut off outside: own improvement never lowers own score, and nobody else's moves.
    Goalposts,
}

/// Whether a value better than a reference or a target earns more than it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Beyond {
    /// It earns more than 1.
    Counts,
    /// It earns 1.
    IsCapped,
}

/// What is declared of an indicator beside its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    /// 1 where more is better, -1 where less is.
    pub direction: f64,
    /// The target, in the indicator's unit.
    pub target: Option<f64>,
    /// The goalposts.
    pub goalposts: Option<Goalposts>,
}

/// What is worth nothing and what is worth all, in the indicator's unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goalposts {
    /// The lower end.
    pub low: f64,
    /// The upper end, above the lower.
    pub high: f64,
    /// Worth of the better end; the other is worth 0.
    pub scale: f64,
}

/// Returns the table normalised. `declared` has one entry for each indicator of the table.
///
/// # Errors
/// [`Error::Table`] with every fault: a constant column, a target or goalposts not declared, a reference that is not among
/// the units or no better than the worst, a fraction of a maximum that is not above 0.
///
/// # Panics
/// If `declared` does not have one entry for each indicator.
pub fn normalised(table: &Table, normalisation: &Normalisation, declared: &[Declared]) -> Result<Table, Error> {
    assert_eq!(declared.len(), table.indicators.len(), "one declaration for each indicator");
    let mut faults = Vec::new();
    let each = table.columns.par_iter().zip(declared);
    let each: Vec<_> = each.map(|(column, declared)| normalisation.of(column, declared, &table.units)).collect();
    let columns = each
        .into_iter()
        .zip(&table.indicators)
        .map(|(column, code)| {
            column.unwrap_or_else(|[what, hint]| {
                faults.push(Fault::new(format!("`{code}`"), what, hint));
                Vec::new()
            })
        })
        .collect();
    if !faults.is_empty() {
        return Err(Error::Table(faults));
    }
    Ok(Table { units: table.units.clone(), indicators: table.indicators.clone(), columns })
}

impl Normalisation {
    /// Returns the column on the scale, or what is wrong and what to do.
    fn of(&self, column: &[f64], declared: &Declared, units: &[String]) -> Result<Vec<f64>, [String; 2]> {
        let directed: Vec<f64> = column.iter().map(|value| declared.direction * value).collect();
        let ends =
            [present(&directed).fold(f64::INFINITY, f64::min), present(&directed).fold(f64::NEG_INFINITY, f64::max)];
        let [min, max] = ends;
        if self.needs_spread() && max <= min {
            let what = format!("expected values that differ, found {} that are all equal", present(column).count());
            return Err([what, "leave the indicator out, or give it goalposts".into()]);
        }
        let each = |of: &dyn Fn(f64) -> f64| Ok(directed.iter().map(|value| of(*value)).collect());
        match self {
            Self::MinMax { low, high } => each(&|x| (x - min) / (max - min) * (high - low) + low),
            Self::Scaled { centre, factor } => each(&|x| (x - centre) / factor),
            Self::ZScore { mean: centre, deviation } => {
                let (own, spread) = (mean(&directed), standard_deviation(&directed));
                each(&|x| (x - own) / spread * deviation + centre)
            }
            Self::Rank | Self::Borda | Self::PercentRank => Ok(self.of_ranks(&directed)),
            Self::DistanceToMax => each(&|x| 1.0 - (max - x) / (max - min)),
            Self::FractionOfMax if max <= 0.0 => {
                let what = format!("expected a best value above 0 to take fractions of, found {max}");
                Err([what, "where less is better, or values are negative, use another form".into()])
            }
            Self::FractionOfMax => each(&|x| x / max),
            Self::DistanceToReference { unit, beyond } => {
                let at = units.iter().position(|code| code == unit).filter(|&at| !directed[at].is_nan());
                let reference = at.map(|at| directed[at]).ok_or_else(|| {
                    [
                        format!("expected a value of the reference `{unit}`, found none"),
                        "choose another reference".into(),
                    ]
                })?;
                let span = above_worst(reference, min, "reference")?;
                each(&|x| beyond.apply(1.0 - (reference - x) / span))
            }
            Self::DistanceToTarget { beyond } => {
                let target = declared.target.map(|target| declared.direction * target);
                let target =
                    target.ok_or_else(|| ["expected a target, found none".to_string(), "declare one".into()])?;
                let span = above_worst(target, min, "target")?;
                each(&|x| beyond.apply((x - min) / span))
            }
            Self::Goalposts => {
                let posts = declared.goalposts.filter(|posts| posts.high > posts.low);
                let posts = posts.ok_or_else(|| {
                    ["expected goalposts, the upper above the lower, found none".to_string(), "declare them".into()]
                })?;
                Ok(column.iter().map(|value| posts.worth(*value, declared.direction)).collect())
            }
        }
    }

    fn needs_spread(&self) -> bool {
        matches!(self, Self::MinMax { .. } | Self::ZScore { .. } | Self::DistanceToMax)
    }

    fn of_ranks(&self, directed: &[f64]) -> Vec<f64> {
        let mut sorted: Vec<f64> = present(directed).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let n_others = sorted.len() as f64 - 1.0;
        let one = |value: &f64| {
            if value.is_nan() {
                return f64::NAN;
            }
            let n_lower = sorted.partition_point(|other| other < value) as f64;
            match self {
                Self::Rank => n_lower + 1.0,
                Self::PercentRank => n_lower / n_others,
                _ => n_lower,
            }
        };
        directed.iter().map(one).collect()
    }
}

/// How far a reference or target lies above the worst value; a share of no distance is no share.
fn above_worst(at: f64, min: f64, what: &str) -> Result<f64, [String; 2]> {
    if at > min {
        return Ok(at - min);
    }
    Err([format!("expected a {what} better than the worst value, found {at}"), format!("choose another {what}")])
}

impl Beyond {
    fn apply(self, worth: f64) -> f64 {
        // `min` would turn a missing value into 1.
        if self == Self::IsCapped && worth > 1.0 { 1.0 } else { worth }
    }
}

impl Goalposts {
    /// Returns the worth of a value, 0 to `scale`; missing stays missing.
    ///
    /// ```
    /// let posts = measure::composite::Goalposts { low: 20.0, high: 85.0, scale: 1.0 };
    /// assert_eq!(posts.worth(52.5, 1.0), 0.5);
    /// assert_eq!(posts.worth(90.0, -1.0), 0.0);
    /// ```
    #[must_use]
    pub fn worth(&self, value: f64, direction: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.scale * if direction < 0.0 { 1.0 - share } else { share }
    }
}
