//! Independence and redundancy: what a metric says beyond the others.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::composite::{correlation, mean, ranks, standard_deviation};
use crate::court::scene::{Answer, Scene, n_present, varies};
use crate::court::statistics::{average_ranks, variance_explained};

const NO_OTHERS: &str = "no other metric is given";
const NO_COMMON: &str = "too few units have varying values in all metrics";

/// Returns, for each column, the share of it that the others do not explain, under a Gaussian copula: each column is
/// replaced by normal scores (the normal quantile of rank / (n + 1), ties at their average rank), and the share is 1 less
/// R squared, which is 1 over the diagonal of the inverse correlation matrix. `None` where a column does not vary.
///
/// # Panics
/// If the columns differ in length.
///
/// # Source
/// Franks et al. (2016), section 3.3.
///
/// ```
/// use measure::court::independence;
/// let column = vec![1.0, 2.0, 3.0, 4.0];
/// let cubes = column.iter().map(|x: &f64| x.powi(3)).collect(); // the same ranks, so nothing of its own
/// assert!(independence(&[column, cubes])[0].unwrap().abs() < 1e-12);
/// ```
#[must_use]
pub fn independence(columns: &[Vec<f64>]) -> Vec<Option<f64>> {
    let scores = normal_scores_of(&columns.iter().map(Vec::as_slice).collect::<Vec<_>>());
    (0..columns.len()).map(|at| own_share(&scores, at)).collect()
}

pub(crate) fn is_independent(scene: &Scene<'_>) -> Answer {
    by_period(scene, |own| own)
}

pub(crate) fn inflates_variance(scene: &Scene<'_>) -> Answer {
    by_period(scene, |own| 1.0 / own.max(1e-12))
}

pub(crate) fn shares_information(scene: &Scene<'_>) -> Answer {
    by_period(scene, |own| -0.5 * own.max(1e-12).ln())
}

pub(crate) fn correlates_most(scene: &Scene<'_>) -> Answer {
    if scene.others.is_empty() {
        return Err(NO_OTHERS);
    }
    scene.mean_over_periods(NO_COMMON, |period| {
        let own = &scene.view.means[period];
        let sizes = scene.others_in(period).into_iter().map(|other| correlation(own, other).abs());
        let largest = sizes.filter(|size| size.is_finite()).fold(f64::NAN, f64::max);
        (varies(own) && largest.is_finite()).then(|| (largest, n_present(own)))
    })
}

pub(crate) fn changes_ranks_if_dropped(scene: &Scene<'_>) -> Answer {
    if scene.others.is_empty() {
        return Err(NO_OTHERS);
    }
    scene.mean_over_periods(NO_COMMON, |period| {
        let own = &scene.view.means[period];
        let others = scene.others_in(period);
        let without: Vec<Vec<f64>> =
            others.iter().filter(|other| varies(other)).map(|other| standardised(other)).collect();
        if !varies(own) || without.is_empty() {
            return None;
        }
        let with: Vec<Vec<f64>> = without.iter().cloned().chain([standardised(own)]).collect();
        let changes: Vec<f64> = ranks(&means_of(&with))
            .into_iter()
            .zip(ranks(&means_of(&without)))
            .filter_map(|(one, other)| Some(f64::from(one?.abs_diff(other?))))
            .collect();
        Some((mean(&changes), changes.len()))
    })
}

fn by_period(scene: &Scene<'_>, of: impl Fn(f64) -> f64) -> Answer {
    if scene.others.is_empty() {
        return Err(NO_OTHERS);
    }
    scene.mean_over_periods(NO_COMMON, |period| {
        let mut columns = vec![scene.view.means[period].as_slice()];
        columns.extend(scene.others_in(period));
        let scores = normal_scores_of(&columns);
        Some((of(own_share(&scores, 0)?), scores[0].len()))
    })
}

/// Normal scores over the units at which all columns are there.
fn normal_scores_of(columns: &[&[f64]]) -> Vec<Vec<f64>> {
    let n = columns.first().map_or(0, |column| column.len());
    let whole: Vec<usize> = (0..n).filter(|&at| columns.iter().all(|column| !column[at].is_nan())).collect();
    columns.iter().map(|column| normal_scores(&whole.iter().map(|&at| column[at]).collect::<Vec<f64>>())).collect()
}

fn normal_scores(values: &[f64]) -> Vec<f64> {
    if !varies(values) {
        return vec![0.0; values.len()];
    }
    let normal = Normal::standard();
    let n = values.len() as f64;
    average_ranks(values).into_iter().map(|rank| normal.inverse_cdf(rank / (n + 1.0))).collect()
}

fn own_share(scores: &[Vec<f64>], at: usize) -> Option<f64> {
    let others: Vec<&[f64]> =
        scores.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, scores)| scores.as_slice()).collect();
    Some(1.0 - variance_explained(&scores[at], &others)).filter(|share| share.is_finite())
}

fn standardised(values: &[f64]) -> Vec<f64> {
    let (centre, spread) = (mean(values), standard_deviation(values));
    values.iter().map(|value| (value - centre) / spread).collect()
}

/// Mean of the columns at each unit; missing where one is missing. Rounded, so that ties stay ties in any order of adding.
fn means_of(columns: &[Vec<f64>]) -> Vec<f64> {
    let n = columns[0].len();
    let mean = |at: usize| columns.iter().map(|column| column[at]).sum::<f64>() / columns.len() as f64;
    (0..n).map(|at| (mean(at) * 1e9).round() / 1e9).collect()
}
