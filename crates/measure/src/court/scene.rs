//! What a criterion sees: a metric and its surroundings, at the meetings as held or as resampled.

use crate::court::view::View;
use crate::court::{Background, Metric};

/// A value and the number of things on which it stands, or why there is none.
pub(crate) type Answer = Result<(f64, usize), &'static str>;

pub(crate) struct Scene<'a> {
    pub(crate) metric: &'a Metric,
    pub(crate) background: &'a Background,
    pub(crate) view: &'a View,
    /// In the order of [`Background::others`].
    pub(crate) others: &'a [View],
}

impl Scene<'_> {
    /// Returns the mean over the periods at which `of` has an answer, with the largest number; without any, `why`.
    pub(crate) fn mean_over_periods(&self, why: &'static str, of: impl Fn(usize) -> Option<(f64, usize)>) -> Answer {
        mean_of((0..self.view.means.len()).filter_map(of), why)
    }

    /// Columns of the other metrics in a period.
    pub(crate) fn others_in(&self, period: usize) -> Vec<&[f64]> {
        self.others.iter().map(|other| other.means[period].as_slice()).collect()
    }
}

/// Returns the mean of the defined values, with the largest number; without any, `why`.
pub(crate) fn mean_of(values: impl Iterator<Item = (f64, usize)>, why: &'static str) -> Answer {
    let (mut sum, mut n, mut most) = (0.0, 0.0, 0);
    for (value, number) in values.filter(|(value, _)| value.is_finite()) {
        sum += value;
        n += 1.0;
        most = most.max(number);
    }
    if n > 0.0 { Ok((sum / n, most)) } else { Err(why) }
}

/// Number of values that are there.
pub(crate) fn n_present(values: &[f64]) -> usize {
    values.iter().filter(|value| !value.is_nan()).count()
}

/// True where the values differ by more than rounding.
pub(crate) fn varies(values: &[f64]) -> bool {
    let present = || values.iter().copied().filter(|value| !value.is_nan());
    let (low, high) = (present().fold(f64::INFINITY, f64::min), present().fold(f64::NEG_INFINITY, f64::max));
    high - low > 1e-12 * high.abs().max(low.abs())
}
