//! Validity: does the metric measure what it should, and foretell what it should?

use crate::court::Relation;
use crate::court::scene::{Answer, Scene, mean_of, n_present, varies};
use crate::court::statistics::{area_under_curve, average_ranks, spearman, variance_explained};

const NO_OUTCOME: &str = "no outcome is given";
const NO_COMMON: &str = "no period has units that differ both in the metric and in the outcome at its lag";
const CONSTANT: &str = "the metric does not vary";

pub(crate) fn predicts(scene: &Scene<'_>) -> Answer {
    with_outcome(scene, |values, outcome| (spearman(values, outcome), n_common(values, outcome)))
}

/// Against a yes or no; any other outcome is split above its median.
pub(crate) fn predicts_area(scene: &Scene<'_>) -> Answer {
    with_outcome(scene, |values, outcome| {
        let is_yes_or_no = outcome.iter().all(|value| value.is_nan() || *value == 0.0 || *value == 1.0);
        let bar = if is_yes_or_no { 0.5 } else { crate::composite::median(outcome) };
        let sort: Vec<Option<bool>> = outcome.iter().map(|value| (!value.is_nan()).then_some(*value > bar)).collect();
        (area_under_curve(values, &sort), n_common(values, outcome))
    })
}

/// In ranks: what the metric adds to R squared of the outcome on the other metrics.
pub(crate) fn adds_to_others(scene: &Scene<'_>) -> Answer {
    let outcome = scene.background.outcome.as_ref().ok_or(NO_OUTCOME)?;
    if scene.others.is_empty() {
        return Err("no other metric is given");
    }
    scene.mean_over_periods(NO_COMMON, |period| {
        let values = &scene.view.means[period];
        let later = outcome.by_period.get(period + outcome.lag).filter(|_| varies(values))?;
        let columns: Vec<&[f64]> = scene.others_in(period).into_iter().chain([values.as_slice(), later]).collect();
        let whole: Vec<usize> =
            (0..values.len()).filter(|&at| columns.iter().all(|column| !column[at].is_nan())).collect();
        let in_ranks: Vec<Vec<f64>> = columns
            .iter()
            .map(|column| average_ranks(&whole.iter().map(|&at| column[at]).collect::<Vec<_>>()))
            .collect();
        let (later, explaining) = in_ranks.split_last()?;
        let explaining: Vec<&[f64]> = explaining.iter().map(Vec::as_slice).collect();
        let without = &explaining[..explaining.len() - 1];
        Some((variance_explained(later, &explaining) - variance_explained(later, without), whole.len()))
    })
}

pub(crate) fn converges(scene: &Scene<'_>) -> Answer {
    with_others(scene, Relation::Alike, "no other metric of the same trait is given", |correlation| correlation)
}

pub(crate) fn diverges(scene: &Scene<'_>) -> Answer {
    with_others(scene, Relation::Unlike, "no metric of another trait is given", f64::abs)
}

pub(crate) fn knows_groups(scene: &Scene<'_>) -> Answer {
    let groups = scene.background.known_groups.as_ref().ok_or("no units are known to be high or low")?;
    scene
        .mean_over_periods("no period has units of both known groups", |period| {
            let values = &scene.view.means[period];
            let n = values.iter().zip(groups).filter(|(value, group)| !value.is_nan() && group.is_some()).count();
            Some((area_under_curve(values, groups), n))
        })
        .and_then(|answer| if scene.view.means.iter().any(|means| varies(means)) { Ok(answer) } else { Err(CONSTANT) })
}

fn with_outcome(scene: &Scene<'_>, of: impl Fn(&[f64], &[f64]) -> (f64, usize)) -> Answer {
    let outcome = scene.background.outcome.as_ref().ok_or(NO_OUTCOME)?;
    if outcome.lag >= scene.view.means.len() {
        return Err("no period has an outcome at its lag");
    }
    scene.mean_over_periods(NO_COMMON, |period| {
        let values = &scene.view.means[period];
        let later = outcome.by_period.get(period + outcome.lag)?;
        varies(values).then(|| of(values, later))
    })
}

fn with_others(scene: &Scene<'_>, relation: Relation, why: &'static str, of: impl Fn(f64) -> f64) -> Answer {
    let alike = || scene.background.others.iter().zip(scene.others).filter(|(other, _)| other.relation == relation);
    if alike().next().is_none() {
        return Err(why);
    }
    let in_period = |period: usize| {
        let values = &scene.view.means[period];
        let of = &of;
        alike().map(move |(_, view)| (of(spearman(values, &view.means[period])), n_present(values)))
    };
    mean_of((0..scene.view.means.len()).flat_map(in_period), "no period has units that differ in both metrics")
}

fn n_common(values: &[f64], outcome: &[f64]) -> usize {
    values.iter().zip(outcome).filter(|(one, other)| !one.is_nan() && !other.is_nan()).count()
}
