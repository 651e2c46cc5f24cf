//! Reliability: would the metric say the same again?

use crate::composite::{correlation, standard_deviation};
use crate::court::Cube;
use crate::court::scene::{Answer, Scene, mean_of, n_present, varies};
use crate::court::statistics::{mean, spearman};
use crate::court::view::{Resample, View};

const ONE_PERIOD: &str = "a repeat needs two periods, and there is one";
const NO_HALVES: &str = "no period has units that differ in both its odd and its even events";

/// Intraclass correlations of targets under judges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Intraclass {
    /// ICC(1,1): each target has judges of its own.
    pub one_way: f64,
    /// ICC(2,1): the judges are a sample, and their differences count as error.
    pub two_way: f64,
    /// ICC(3,1): these judges only, and their differences are left out.
    pub consistent: f64,
}

/// Returns the intraclass correlations of single judgements; a row for each target, a column for each judge. `None` below
/// two targets or two judges, where a value is missing, or where nothing varies.
///
/// # Source
/// P. E. Shrout and J. L. Fleiss, "Intraclass correlations: uses in assessing rater reliability", Psychological Bulletin 86
/// (1979).
///
/// ```
/// // Two judges agree on the order, and the second is always 1 higher.
/// let icc = measure::court::intraclass(&[vec![1.0, 2.0], vec![3.0, 4.0], vec![5.0, 6.0]]).unwrap();
/// assert_eq!(icc.consistent, 1.0);
/// assert!((icc.two_way - 8.0 / 9.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn intraclass(rows: &[Vec<f64>]) -> Option<Intraclass> {
    let (n, k) = (rows.len(), rows.first()?.len());
    let all: Vec<f64> = rows.iter().flatten().copied().collect();
    if n < 2
        || k < 2
        || rows.iter().any(|row| row.len() != k)
        || all.iter().any(|value| value.is_nan())
        || !varies(&all)
    {
        return None;
    }
    let (targets, judges) = (n as f64, k as f64);
    let grand = mean(&all);
    let of_targets: f64 = rows.iter().map(|row| (mean(row) - grand).powi(2)).sum::<f64>() * judges;
    let judge = |at: usize| rows.iter().map(|row| row[at]).sum::<f64>() / targets;
    let of_judges: f64 = (0..k).map(|at| (judge(at) - grand).powi(2)).sum::<f64>() * targets;
    let within: f64 = rows.iter().map(|row| row.iter().map(|value| (value - mean(row)).powi(2)).sum::<f64>()).sum();
    let between = of_targets / (targets - 1.0);
    let inside = within / (targets * (judges - 1.0));
    let between_judges = of_judges / (judges - 1.0);
    let error = (within - of_judges).max(0.0) / ((targets - 1.0) * (judges - 1.0));
    let two_way = between + (judges - 1.0) * error + judges * (between_judges - error) / targets;
    Some(Intraclass {
        one_way: (between - inside) / (between + (judges - 1.0) * inside),
        two_way: (between - error) / two_way,
        consistent: (between - error) / (between + (judges - 1.0) * error),
    })
}

/// Returns, for each period, the correlation of the units' means over its odd with those over its even events; `None`
/// where it is not defined.
#[must_use]
pub fn split_half(cube: &Cube) -> Vec<Option<f64>> {
    let view = View::new(cube, &Resample::none(cube));
    (0..view.means.len()).map(|period| halves(&view, period)).collect()
}

/// Returns the reliability of a whole from the correlation of its halves: 2r / (1 + r).
///
/// # Source
/// C. Spearman and W. Brown, British Journal of Psychology 3 (1910), two papers.
///
/// ```
/// assert_eq!(measure::court::spearman_brown(0.5), 2.0 / 3.0);
/// ```
#[must_use]
pub fn spearman_brown(correlation: f64) -> f64 {
    2.0 * correlation / (1.0 + correlation)
}

/// Returns the rank correlation of each period with the next; `None` where it is not defined.
#[must_use]
pub fn test_retest(cube: &Cube) -> Vec<Option<f64>> {
    let means = cube.means();
    means.windows(2).map(|pair| Some(spearman(&pair[0], &pair[1])).filter(|value| value.is_finite())).collect()
}

pub(crate) fn halves_agree(scene: &Scene<'_>) -> Answer {
    let view = scene.view;
    scene.mean_over_periods(NO_HALVES, |period| {
        Some((spearman_brown(halves(view, period)?), n_present(&view.means[period])))
    })
}

pub(crate) fn one_way(scene: &Scene<'_>) -> Answer {
    icc(scene, |icc| icc.one_way)
}

pub(crate) fn two_way(scene: &Scene<'_>) -> Answer {
    icc(scene, |icc| icc.two_way)
}

pub(crate) fn consistent(scene: &Scene<'_>) -> Answer {
    icc(scene, |icc| icc.consistent)
}

pub(crate) fn retests(scene: &Scene<'_>) -> Answer {
    let means = &scene.view.means;
    if means.len() < 2 {
        return Err(ONE_PERIOD);
    }
    let pairs = means.windows(2).map(|pair| (spearman(&pair[0], &pair[1]), n_present(&pair[0])));
    mean_of(pairs, "in no two successive periods do the units differ")
}

/// Mean over the periods of sd sqrt(1 - reliability).
pub(crate) fn standard_error(scene: &Scene<'_>) -> Answer {
    let view = scene.view;
    scene.mean_over_periods(NO_HALVES, |period| {
        let reliability = spearman_brown(halves(view, period)?).min(1.0);
        let means = &view.means[period];
        Some((standard_deviation(means) * (1.0 - reliability).sqrt(), n_present(means)))
    })
}

pub(crate) fn detectable_change(scene: &Scene<'_>) -> Answer {
    standard_error(scene).map(|(error, n)| (1.96 * std::f64::consts::SQRT_2 * error, n))
}

fn halves(view: &View, period: usize) -> Option<f64> {
    let (odd, even) = (&view.odd[period], &view.even[period]);
    if !varies(odd) || !varies(even) {
        return None;
    }
    // A correlation of -1 has no length to be brought to.
    Some(correlation(odd, even)).filter(|r| r.is_finite() && *r > -1.0 + 1e-9)
}

fn icc(scene: &Scene<'_>, of: impl Fn(Intraclass) -> f64) -> Answer {
    let means = &scene.view.means;
    if means.len() < 2 {
        return Err(ONE_PERIOD);
    }
    let row = |unit: usize| means.iter().map(|period| period[unit]).collect::<Vec<f64>>();
    let rows: Vec<Vec<f64>> =
        (0..scene.view.n_units()).map(row).filter(|row| row.iter().all(|value| !value.is_nan())).collect();
    let value = intraclass(&rows).map(of).filter(|value| value.is_finite());
    value.map(|value| (value, rows.len())).ok_or("fewer than two units with all periods, or nothing varies")
}
