//! Coverage, cost, privacy and recomputability: what is counted or declared, and not sampled but for coverage.

use crate::court::Metric;
use crate::court::scene::{Answer, Scene, n_present};
use crate::court::statistics::standardised_difference;

const NO_COST: &str = "no cost is declared";
const NO_PRIVACY: &str = "no facts on privacy are declared";

pub(crate) fn covers_units(scene: &Scene<'_>) -> Answer {
    let n = scene.view.n_units();
    let share = |period: usize| (n > 0).then(|| (n_present(&scene.view.means[period]) as f64 / n as f64, n));
    scene.mean_over_periods("there are no units", share)
}

pub(crate) fn covers_bodies(metric: &Metric) -> Answer {
    let [covered, all] = metric.bodies.ok_or("the bodies covered are not declared")?;
    if all == 0 { Err("there are no bodies") } else { Ok((f64::from(covered) / f64::from(all), all as usize)) }
}

pub(crate) fn covers_sizes(scene: &Scene<'_>) -> Answer {
    let sizes = scene.background.sizes.as_ref().ok_or("no sizes of units are given")?;
    covered_against_not(scene, |_| Some(sizes))
}

pub(crate) fn covers_outcomes(scene: &Scene<'_>) -> Answer {
    let outcome = scene.background.outcome.as_ref().ok_or("no outcome is given")?;
    covered_against_not(scene, |period| outcome.by_period.get(period + outcome.lag))
}

pub(crate) fn minutes(metric: &Metric) -> Answer {
    metric.cost.map(|cost| (cost.minutes, 1)).ok_or(NO_COST)
}

pub(crate) fn money(metric: &Metric) -> Answer {
    metric.cost.map(|cost| (cost.money, 1)).ok_or(NO_COST)
}

pub(crate) fn lag_days(metric: &Metric) -> Answer {
    metric.cost.map(|cost| (cost.lag_days, 1)).ok_or(NO_COST)
}

pub(crate) fn automation(metric: &Metric) -> Answer {
    metric.cost.map(|cost| (cost.automation, 1)).ok_or(NO_COST)
}

pub(crate) fn cells_under_threshold(metric: &Metric) -> Answer {
    metric.privacy.map(|privacy| (privacy.cells_under_threshold, 1)).ok_or(NO_PRIVACY)
}

pub(crate) fn smallest_cell(metric: &Metric) -> Answer {
    metric.privacy.map(|privacy| (f64::from(privacy.smallest_cell), 1)).ok_or(NO_PRIVACY)
}

pub(crate) fn unique_persons(metric: &Metric) -> Answer {
    metric.privacy.map(|privacy| (privacy.unique_persons, 1)).ok_or(NO_PRIVACY)
}

/// Values that are the same to the last bit, of those that either side has.
pub(crate) fn is_recomputed(metric: &Metric) -> Answer {
    let recomputed = metric.recomputed.as_ref().ok_or("nobody has recomputed the values from the evidence")?;
    let (own, other) = (metric.cube.means(), recomputed.iter().flatten());
    let pairs: Vec<(f64, f64)> =
        own.iter().flatten().copied().zip(other.copied()).filter(|(x, y)| !x.is_nan() || !y.is_nan()).collect();
    let n_same = pairs.iter().filter(|(one, other)| one == other).count();
    if pairs.is_empty() { Err("there are no values") } else { Ok((n_same as f64 / pairs.len() as f64, pairs.len())) }
}

fn covered_against_not<'a>(scene: &Scene<'_>, of: impl Fn(usize) -> Option<&'a Vec<f64>>) -> Answer {
    let is_whole = scene.view.means.iter().all(|means| n_present(means) == means.len());
    if is_whole {
        return Err("every unit is covered, so there is nobody to compare with");
    }
    scene.mean_over_periods("fewer than two units covered or not covered in every period", |period| {
        let is_covered: Vec<bool> = scene.view.means[period].iter().map(|value| !value.is_nan()).collect();
        Some((standardised_difference(of(period)?, &is_covered), is_covered.len()))
    })
}
