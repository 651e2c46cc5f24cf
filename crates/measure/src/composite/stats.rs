//! What an indicator looks like before anything is done to it.
//!
//! Skewness and kurtosis are of type 2, as Excel and SAS have them.
//!
//! # Source
//! D. N. Joanes and C. A. Gill, "Comparing measures of sample skewness and kurtosis", The Statistician 47 (1998).

use super::moments::{mean, median, present, standard_deviation};

/// Returns the skewness, or `NaN` below three values or where all are equal.
///
/// ```
/// assert_eq!(measure::composite::skewness(&[1.0, 2.0, f64::NAN, 3.0]), 0.0);
/// ```
#[must_use]
pub fn skewness(values: &[f64]) -> f64 {
    skewness_of(&Sums::of(values))
}

/// Returns the excess kurtosis, or `NaN` below four values or where all are equal.
#[must_use]
pub fn kurtosis(values: &[f64]) -> f64 {
    kurtosis_of(&Sums::of(values))
}

/// Number of values and sums of powers of their deviations from the mean.
pub(super) struct Sums {
    pub(super) n: f64,
    pub(super) squares: f64,
    pub(super) cubes: f64,
    pub(super) fourths: f64,
}

impl Sums {
    fn of(values: &[f64]) -> Self {
        let mean = mean(values);
        let mut sums = Self { n: 0.0, squares: 0.0, cubes: 0.0, fourths: 0.0 };
        for deviation in present(values).map(|value| value - mean) {
            let square = deviation * deviation;
            sums.n += 1.0;
            sums.squares += square;
            sums.cubes += square * deviation;
            sums.fourths += square * square;
        }
        sums
    }
}

pub(super) fn skewness_of(sums: &Sums) -> f64 {
    let n = sums.n;
    if n < 3.0 {
        return f64::NAN;
    }
    n.sqrt() * sums.cubes / sums.squares.powf(1.5) * (n * (n - 1.0)).sqrt() / (n - 2.0)
}

pub(super) fn kurtosis_of(sums: &Sums) -> f64 {
    let n = sums.n;
    if n < 4.0 {
        return f64::NAN;
    }
    let ratio = n * sums.fourths / (sums.squares * sums.squares);
    ((n + 1.0) * (ratio - 3.0) + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0))
}

/// One indicator at a glance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stats {
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Mean.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// Standard deviation with n - 1.
    pub standard_deviation: f64,
    /// Skewness of type 2.
    pub skewness: f64,
    /// Excess kurtosis of type 2.
    pub kurtosis: f64,
    /// Units.
    pub n: usize,
    /// Units that have a value.
    pub n_present: usize,
    /// Units whose value is not 0.
    pub n_nonzero: usize,
    /// Different values.
    pub n_unique: usize,
    /// Units that share the most frequent value.
    pub n_same: usize,
}

impl Stats {
    /// Returns the statistics of a column.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let mut sorted: Vec<f64> = present(values).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let runs = || sorted.chunk_by(|one, other| one == other);
        Self {
            min: sorted.first().copied().unwrap_or(f64::NAN),
            max: sorted.last().copied().unwrap_or(f64::NAN),
            mean: mean(values),
            median: median(values),
            standard_deviation: standard_deviation(values),
            skewness: skewness(values),
            kurtosis: kurtosis(values),
            n: values.len(),
            n_present: sorted.len(),
            n_nonzero: sorted.iter().filter(|value| **value != 0.0).count(),
            n_unique: runs().count(),
            n_same: runs().map(<[f64]>::len).max().unwrap_or(0),
        }
    }

    /// True where values lie far out: |skewness| above 2 and kurtosis above 3.5.
    #[must_use]
    pub fn has_outliers(&self) -> bool {
        self.skewness.abs() > 2.0 && self.kurtosis > 3.5
    }
}
