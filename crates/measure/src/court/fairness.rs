//! Fairness and sensitivity to change: equal behaviour in equal value, and a known change shown.

use crate::composite::standard_deviation;
use crate::court::scene::{Answer, Scene, mean_of, n_present, varies};
use crate::court::statistics::{mean, spearman, variance_explained};

/// By least squares: the share of the variance that groups, and groups times behaviour, explain beyond behaviour alone.
/// The interaction is in it, for a metric that is unfair only to the active members of a group is unfair.
///
/// Source of the method: B. D. Zumbo, "A Handbook on the Theory and Methods of Differential Item Functioning" (1999),
/// with linear in place of ordinal regression, for a metric has many values.
pub(crate) fn treats_groups_apart(scene: &Scene<'_>) -> Answer {
    let groups = scene.background.groups.as_ref().ok_or("no groups are given")?;
    let behaviour = scene.background.behaviour.as_ref().ok_or("no behaviour is known apart from the metric")?;
    let mut names: Vec<&String> = groups.iter().flatten().collect();
    names.sort_unstable();
    names.dedup();
    scene.mean_over_periods("no period has units that differ in two groups", |period| {
        let (values, behaviour) = (&scene.view.means[period], behaviour[period].as_slice());
        let grouped: Vec<f64> =
            values.iter().zip(groups).map(|(v, g)| if g.is_some() { *v } else { f64::NAN }).collect();
        if names.len() < 2 || !varies(&grouped) {
            return None;
        }
        let of = |name: &String, value: &dyn Fn(usize) -> f64| -> Vec<f64> {
            groups.iter().enumerate().map(|(at, g)| if g.as_ref() == Some(name) { value(at) } else { 0.0 }).collect()
        };
        let mut columns = vec![behaviour.to_vec()];
        columns.extend(names[1..].iter().map(|name| of(name, &|_| 1.0)));
        columns.extend(names[1..].iter().map(|name| of(name, &|at| behaviour[at])));
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let effect = variance_explained(&grouped, &columns) - variance_explained(&grouped, &[behaviour]);
        Some((effect.max(0.0), n_present(&grouped)))
    })
}

pub(crate) fn follows_size(scene: &Scene<'_>) -> Answer {
    let sizes = scene.background.sizes.as_ref().ok_or("no sizes of units are given")?;
    scene.mean_over_periods("no period has units that differ both in the metric and in size", |period| {
        let values = &scene.view.means[period];
        varies(values).then(|| (spearman(values, sizes), n_present(values)))
    })
}

/// Standardised response mean over the units known to have changed; a fall counts as a rise of the opposite sign.
///
/// Source of the method: M. H. Liang et al., Medical Care 28 (1990).
pub(crate) fn responds(scene: &Scene<'_>) -> Answer {
    let change = scene.background.change.as_ref().ok_or("no change is known")?;
    let (before, after) = (&scene.view.means[change.from], &scene.view.means[change.to]);
    let changes: Vec<f64> = (before.iter().zip(after).zip(&change.rose))
        .filter_map(|((before, after), rose)| Some(if (*rose)? { after - before } else { before - after }))
        .filter(|change| !change.is_nan())
        .collect();
    let value = mean(&changes) / standard_deviation(&changes);
    mean_of(
        varies(&changes).then_some((value, changes.len())).into_iter(),
        "fewer than two of the units known to have changed have values, or all changes are alike",
    )
}
