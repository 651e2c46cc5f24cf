//! Discrimination and stability: how much of what differs is more than noise, and how much of it stays.
//!
//! Source: A. Franks, A. D'Amour, D. Cervone, L. Bornn, "Meta-analytics: tools for understanding the statistical properties
//! of sports metrics", Journal of Quantitative Analysis in Sports 12 (2016).

use crate::composite::{covariance, mean};
use crate::court::Cube;
use crate::court::scene::{Answer, Scene, mean_of, n_present, varies};
use crate::court::view::{Resample, View};

/// The least share of the variance that must be more than noise before stability is told.
const LEAST_SIGNAL: f64 = 0.1;

/// Returns, for each period, 1 less the mean noise variance of the units' values over the variance between units; `None`
/// where the units do not differ, or no unit has two events.
///
/// The noise variance of a unit's mean is the variance of its values at the events (n - 1) over their number, which a
/// bootstrap of the events gives but for the factor (n - 1) / n. Below 0 the units differ less than noise would make them.
///
/// ```
/// use measure::court::{Cube, discrimination};
/// let values = vec![vec![vec![0.0, 4.0], vec![2.0, 6.0]]]; // means 1 and 5, noise 2 / 2 in each
/// let events = vec![vec!["m1".into(), "m2".into()]];
/// let cube = Cube::new(vec!["a".into(), "b".into()], vec!["2025".into()], events, values).unwrap();
/// assert_eq!(discrimination(&cube), [Some(1.0 - 1.0 / 8.0)]);
/// ```
#[must_use]
pub fn discrimination(cube: &Cube) -> Vec<Option<f64>> {
    let view = View::new(cube, &Resample::none(cube));
    (0..view.means.len()).map(|period| in_period(&view, period)).collect()
}

/// Returns the stability of a metric: 1 less what units change over time in what all values vary, the mean noise variance
/// taken off both.
///
/// Units that change less than noise would make them count as not changing at all. `None` below two periods, and where
/// more than nine tenths of the variance is noise: a share of next to nothing would then come out at random, even above 1,
/// and a metric of pure noise would look stable.
#[must_use]
pub fn stability(cube: &Cube) -> Option<f64> {
    stability_of(&View::new(cube, &Resample::none(cube))).ok().map(|(value, _)| value)
}

pub(crate) fn discriminates(scene: &Scene<'_>) -> Answer {
    let view = scene.view;
    if !view.means.iter().any(|means| varies(means)) {
        return Err("the units do not differ, so there is nothing to tell apart");
    }
    let why = "no unit has values at two events of a period, so noise cannot be seen";
    scene.mean_over_periods(why, |period| Some((in_period(view, period)?, n_present(&view.means[period]))))
}

pub(crate) fn is_stable(scene: &Scene<'_>) -> Answer {
    stability_of(scene.view)
}

fn in_period(view: &View, period: usize) -> Option<f64> {
    let means = &view.means[period];
    let value = 1.0 - mean(&view.noise[period]) / covariance(means, means);
    (varies(means) && value.is_finite()).then_some(value)
}

fn stability_of(view: &View) -> Answer {
    if view.means.len() < 2 {
        return Err("stability needs two periods, and there is one");
    }
    let all: Vec<f64> = view.means.iter().flatten().copied().collect();
    if !varies(&all) {
        return Err("the values do not vary, so there is nothing that could be stable");
    }
    let noise = mean(&view.noise.iter().flatten().copied().collect::<Vec<f64>>());
    let over_time = |unit: usize| {
        let values: Vec<f64> = view.means.iter().map(|means| means[unit]).collect();
        (covariance(&values, &values), 1)
    };
    let (within, _) = mean_of((0..view.n_units()).map(over_time), "no unit has values in two periods")?;
    let variance = covariance(&all, &all);
    if noise.is_nan() {
        Err("no unit has values at two events of a period, so noise cannot be seen")
    } else if variance - noise > LEAST_SIGNAL * variance {
        Ok((1.0 - (within - noise).max(0.0) / (variance - noise), view.n_units()))
    } else {
        Err("more than nine tenths of the variance is noise, and of the rest no stability can be told")
    }
}
