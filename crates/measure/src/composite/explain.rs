//! Where a score comes from, and where a change of it.

use serde::Serialize;

use super::{Built, Mean, Method, correlation, ranks};

/// What one indicator adds to a unit's index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Addend {
    /// Code of the indicator.
    pub indicator: String,
    /// Its weight in this unit's index: missing values are left out and the others of their group scaled up.
    pub weight: f64,
    /// Its normalised value.
    pub value: f64,
    /// What it adds: weight x value for an arithmetic mean; weight x logarithm, reciprocal or power of it for the others.
    pub points: f64,
}

/// Returns what each indicator adds to a unit's index, in the order of the hierarchy; missing ones are left out.
///
/// The points sum to the index for an arithmetic mean; for another, to the index carried forward (its logarithm for a
/// geometric mean). `None` where levels are made by different means, or by one that is no sum: then there is no exact
/// decomposition.
#[must_use]
pub fn addends(built: &Built, method: &Method, unit: usize) -> Option<Vec<Addend>> {
    let aggregation = method.aggregation();
    let mean = aggregation.mean_at(0);
    let is_one = (1..built.levels.len()).all(|step| aggregation.mean_at(step) == mean);
    if !is_one || mean == Mean::MazziottaPareto {
        return None;
    }
    let weights = weights_of(built, unit);
    let table = built.normalised();
    let addend = |(code, weight): (&String, f64)| {
        let value = table.column(code)?[unit];
        let points = weight * mean.forward(value);
        (!value.is_nan()).then(|| Addend { indicator: code.clone(), weight, value, points })
    };
    Some(built.hierarchy.indicators().iter().zip(weights).filter_map(addend).collect())
}

/// The weight of each indicator in a unit's index, 0 for what is missing.
fn weights_of(built: &Built, unit: usize) -> Vec<f64> {
    let (levels, table) = (&built.hierarchy.levels, built.normalised());
    let mut held: Vec<Vec<bool>> = vec![
        levels[0].codes.iter().map(|code| table.column(code).is_some_and(|column| !column[unit].is_nan())).collect(),
    ];
    held.extend(built.levels.iter().map(|level| level.columns.iter().map(|column| !column[unit].is_nan()).collect()));
    let mut above = vec![1.0];
    for at in (0..levels.len() - 1).rev() {
        let weight = |child: usize| if held[at][child] { levels[at].weights[child] } else { 0.0 };
        let mut sums = vec![0.0; above.len()];
        levels[at].parents.iter().enumerate().for_each(|(child, &parent)| sums[parent] += weight(child));
        let share = |(child, &parent): (usize, &usize)| {
            if sums[parent] > 0.0 { above[parent] * weight(child) / sums[parent] } else { 0.0 }
        };
        above = levels[at].parents.iter().enumerate().map(share).collect();
    }
    above
}

/// How much of an index is measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// Share of the weight of the indicators that have a value.
    pub share: f64,
    /// The same for the pillar that has least.
    pub least_pillar: f64,
    /// Grade of both.
    pub grade: crate::Grade,
}

/// Returns the coverage of each unit in the data before anything was filled in.
#[must_use]
pub fn coverage(built: &Built) -> Vec<Coverage> {
    let (level, weights) = (&built.hierarchy.levels[0], &built.hierarchy.effective_weights()[0]);
    let raw = &built.stages[0].1;
    let n_pillars = built.hierarchy.levels[1].codes.len();
    let one = |unit: &String| {
        let row = raw.units.iter().position(|other| other == unit);
        let is_held =
            |code: &String| row.is_some_and(|row| raw.column(code).is_some_and(|column| !column[row].is_nan()));
        let mut sums = vec![[0.0; 2]; n_pillars];
        for ((code, &parent), weight) in level.codes.iter().zip(&level.parents).zip(weights) {
            sums[parent][1] += weight;
            sums[parent][0] += if is_held(code) { *weight } else { 0.0 };
        }
        let share = sums.iter().map(|[held, _]| held).sum();
        let shares = sums.iter().filter(|[_, all]| *all > 0.0).map(|[held, all]| held / all);
        let least_pillar = shares.fold(1.0, f64::min);
        Coverage { share, least_pillar, grade: crate::Grade::of(share, least_pillar) }
    };
    built.units().iter().map(one).collect()
}

/// Returns what each of some changes contributes to the change of a figure: the Shapley value, which is the mean over all
/// orders in which they could be made. `figure` is asked for every subset of the changes; the contributions sum to the
/// figure with all of them less the figure with none.
///
/// # Panics
/// With more than sixteen changes.
///
/// ```
/// // New data alone add 2, a new method alone 1, and both together 4.
/// let figure = |made: &[bool]| match made { [true, true] => 4.0, [true, _] => 2.0, [_, true] => 1.0, _ => 0.0 };
/// assert_eq!(measure::composite::shapley(2, figure), [2.5, 1.5]);
/// ```
///
/// # Source
/// L. S. Shapley, "A value for n-person games" (1953).
#[must_use]
pub fn shapley(n: usize, figure: impl Fn(&[bool]) -> f64) -> Vec<f64> {
    assert!(n <= 16, "every subset is asked for");
    let made = |subset: usize| (0..n).map(|at| subset >> at & 1 == 1).collect::<Vec<bool>>();
    let figures: Vec<f64> = (0..1_usize << n).map(|subset| figure(&made(subset))).collect();
    // Orders in which exactly these come before: s! (n - s - 1)! / n!.
    let share =
        |size: usize| (0..size).fold(1.0 / (n - size) as f64, |share, k| share * (k + 1) as f64 / (n - k) as f64);
    let one = |at: usize| {
        let without = (0..figures.len()).filter(|subset| subset >> at & 1 == 0);
        let gain = |subset: usize| share(subset.count_ones() as usize) * (figures[subset | 1 << at] - figures[subset]);
        without.map(gain).sum()
    };
    (0..n).map(one).collect()
}

/// How far two versions of an index agree on the units that both have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Units that both have.
    pub n: usize,
    /// Spearman's rank correlation.
    pub spearman: f64,
    /// Kendall's tau-b.
    pub kendall: f64,
    /// Mean absolute change of the rank.
    pub mean_rank_change: f64,
    /// Largest absolute change of the rank.
    pub largest_rank_change: u32,
    /// Share of the best `k` of the one that are among the best `k` of the other.
    pub top_overlap: f64,
}

/// Returns how far two versions agree. Scores stand for the same units in the same order; units missing in one are left
/// out before both are ranked. `k` is how many count as the top.
#[must_use]
pub fn agreement(one: &[f64], other: &[f64], k: u32) -> Agreement {
    let (one, other): (Vec<f64>, Vec<f64>) =
        one.iter().zip(other).filter(|(x, y)| !x.is_nan() && !y.is_nan()).map(|(x, y)| (*x, *y)).unzip();
    let (ranks_one, ranks_other) = (ranks(&one), ranks(&other));
    let pairs = || ranks_one.iter().flatten().zip(ranks_other.iter().flatten());
    let n = one.len();
    let changes: Vec<u32> = pairs().map(|(x, y)| x.abs_diff(*y)).collect();
    let in_top = pairs().filter(|(rank, _)| **rank <= k);
    let n_top = in_top.clone().count();
    Agreement {
        n,
        spearman: spearman(&one, &other),
        kendall: kendall(&one, &other),
        mean_rank_change: changes.iter().sum::<u32>() as f64 / n as f64,
        largest_rank_change: changes.into_iter().max().unwrap_or(0),
        top_overlap: in_top.filter(|(_, rank)| **rank <= k).count() as f64 / n_top as f64,
    }
}

/// Returns Spearman's rank correlation over the units at which both are there; ties have their mean rank.
#[must_use]
pub fn spearman(one: &[f64], other: &[f64]) -> f64 {
    let both: Vec<bool> = one.iter().zip(other).map(|(x, y)| !x.is_nan() && !y.is_nan()).collect();
    let ranks = |values: &[f64]| -> Vec<f64> {
        let own: Vec<f64> = values.iter().zip(&both).filter(|(_, both)| **both).map(|(value, _)| *value).collect();
        let mut sorted = own.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let middle = |value: &f64| {
            let below = sorted.partition_point(|other| other < value);
            let upto = sorted.partition_point(|other| other <= value);
            (below + upto + 1) as f64 / 2.0
        };
        own.iter().map(middle).collect()
    };
    correlation(&ranks(one), &ranks(other))
}

/// Kendall's tau-b, by pairs.
fn kendall(one: &[f64], other: &[f64]) -> f64 {
    let sign = |x: f64, y: f64| f64::from(i8::from(x > y) - i8::from(x < y));
    let (mut sum, mut of_one, mut of_other) = (0.0, 0.0, 0.0);
    for at in 0..one.len() {
        for before in 0..at {
            let (x, y) = (sign(one[at], one[before]), sign(other[at], other[before]));
            sum += x * y;
            of_one += x * x;
            of_other += y * y;
        }
    }
    sum / (of_one * of_other).sqrt()
}
