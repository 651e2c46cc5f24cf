//! What many replicates of one index say together: intervals, ranks, and who cannot be told apart.

use rayon::prelude::*;
use serde::Serialize;

use crate::replicate::quantile;

use super::ranks;

/// Units up to which ranks are counted pair by pair, which processors do in step, rather than sorted.
const FEW: usize = 128;

/// The scores and ranks of all units in many replicates.
#[derive(Clone, Debug)]
pub struct Replicates {
    /// Codes of the units.
    pub units: Vec<String>,
    /// Scores of the method as it stands; `NaN` where missing.
    pub nominal: Vec<f64>,
    scores: Vec<Vec<f64>>,
    /// By replicate, then by unit; 0 where there is no score.
    ranks: Vec<Vec<u32>>,
    interval: f64,
}

/// What the replicates say of one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// Code of the unit.
    pub unit: String,
    /// Score of the method as it stands.
    pub score: f64,
    /// Ends of the interval of the score; they enclose it.
    pub interval: [f64; 2],
    /// Rank of the method as it stands.
    pub rank: Option<u32>,
    /// Mean of the ranks.
    pub mean_rank: f64,
    /// Median of the ranks.
    pub median_rank: f64,
    /// Quantiles of the ranks at the ends of the interval.
    pub rank_interval: [f64; 2],
    /// Share of the replicates in which the rank is no worse than that of the method.
    pub p_no_worse: f64,
}

impl Replicates {
    /// Ranks the scores of each replicate. `interval` is the share of the replicates inside the intervals.
    ///
    /// # Panics
    /// If a replicate does not have a score for each unit.
    #[must_use]
    pub fn new(units: Vec<String>, nominal: Vec<f64>, scores: Vec<Vec<f64>>, interval: f64) -> Self {
        assert!(scores.iter().all(|scores| scores.len() == units.len()), "each replicate has a score for each unit");
        let ranks = scores.par_iter().map(|scores| ranked(scores)).collect();
        Self { units, nominal, scores, ranks, interval }
    }

    /// Returns the scores by replicate.
    #[must_use]
    pub fn scores(&self) -> &[Vec<f64>] {
        &self.scores
    }

    /// Returns the ranks by replicate; 0 where there is no score.
    #[must_use]
    pub fn ranks(&self) -> &[Vec<u32>] {
        &self.ranks
    }

    /// Returns what the replicates say of each unit, in their order.
    #[must_use]
    pub fn spreads(&self) -> Vec<Spread> {
        let nominal = ranks(&self.nominal);
        // Some units at a time, so that a replicate's row is read once for all of them.
        let together = (self.units.len() / 64).clamp(16, 64);
        let starts: Vec<usize> = (0..self.units.len()).step_by(together).collect();
        let of_some = |from: &usize| {
            let some = *from..(from + together).min(self.units.len());
            let mut scores = vec![Vec::with_capacity(self.scores.len()); some.len()];
            let mut places = vec![Vec::with_capacity(self.scores.len()); some.len()];
            for (row, ranks) in self.scores.iter().zip(&self.ranks) {
                for (at, unit) in some.clone().enumerate().filter(|(_, unit)| ranks[*unit] > 0) {
                    scores[at].push(row[unit]);
                    places[at].push(ranks[unit]);
                }
            }
            let each = some.zip(scores).zip(places);
            each.map(|((unit, scores), places)| self.spread(unit, nominal[unit], scores, &places)).collect::<Vec<_>>()
        };
        starts.par_iter().map(of_some).collect::<Vec<_>>().into_iter().flatten().collect()
    }

    fn spread(&self, unit: usize, rank: Option<u32>, mut scores: Vec<f64>, ranks: &[u32]) -> Spread {
        let (score, tail) = (self.nominal[unit], (1.0 - self.interval) / 2.0);
        let n = ranks.len() as f64;
        let n_no_worse = ranks.iter().filter(|own| rank.is_some_and(|rank| **own <= rank)).count();
        let mean_rank = ranks.iter().map(|rank| f64::from(*rank)).sum::<f64>() / n;
        let [low_rank, median_rank, high_rank] = quantiles_of_ranks(ranks, self.units.len(), [tail, 0.5, 1.0 - tail]);
        let [low, high] = quantiles(&mut scores, [tail, 1.0 - tail]);
        Spread {
            unit: self.units[unit].clone(),
            score,
            interval: [low.min(score), high.max(score)],
            rank,
            mean_rank,
            median_rank,
            rank_interval: [low_rank, high_rank],
            p_no_worse: n_no_worse as f64 / n,
        }
    }

    /// Returns for each unit the share of the replicates in which its rank is `k` or better.
    #[must_use]
    pub fn p_top(&self, k: u32) -> Vec<f64> {
        let n = self.ranks.len() as f64;
        let within = |unit: usize| self.ranks.iter().filter(|ranks| (1..=k).contains(&ranks[unit])).count();
        (0..self.units.len()).map(|unit| within(unit) as f64 / n).collect()
    }

    /// Returns the share of the replicates in which each unit (row) has each rank (column, from the first).
    ///
    /// # Source
    /// R. Lahdelma, J. Hokkanen and P. Salminen, "SMAA", European Journal of Operational Research 106 (1998).
    #[must_use]
    pub fn acceptability(&self) -> Vec<Vec<f64>> {
        let share = 1.0 / self.ranks.len() as f64;
        let mut shares = vec![vec![0.0; self.units.len()]; self.units.len()];
        for ranks in &self.ranks {
            for (shares, rank) in shares.iter_mut().zip(ranks).filter(|(_, rank)| **rank > 0) {
                shares[*rank as usize - 1] += share;
            }
        }
        shares
    }

    /// Returns the share of the replicates in which one unit's score is above another's, a tie counting half, among those in
    /// which both have one; `NaN` where there is none.
    #[must_use]
    pub fn p_above(&self, one: usize, other: usize) -> f64 {
        let (mut points, mut n) = (0.0, 0.0);
        for scores in &self.scores {
            if let Some(order) = scores[one].partial_cmp(&scores[other]) {
                n += 1.0;
                points += if order.is_gt() { 1.0 } else { f64::from(u8::from(order.is_eq())) / 2.0 };
            }
        }
        points / n
    }

    /// Returns the units in groups that cannot be told apart, best first.
    ///
    /// Down the ranking, a unit joins the group of the one above while the group's first unit is not above it in a share
    /// of at least `level` of the replicates; else it begins the next group. Units are compared with the first of their
    /// group only: being tied is not handed on.
    #[must_use]
    pub fn tied(&self, level: f64) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..self.units.len()).filter(|&at| !self.nominal[at].is_nan()).collect();
        order.sort_by(|&one, &other| self.nominal[other].total_cmp(&self.nominal[one]));
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for unit in order {
            match groups.last_mut().filter(|group| self.p_above(group[0], unit) < level) {
                Some(group) => group.push(unit),
                None => groups.push(vec![unit]),
            }
        }
        groups
    }
}

/// Ranks with 0 for a missing score.
fn ranked(scores: &[f64]) -> Vec<u32> {
    if scores.len() > FEW {
        return ranks(scores).into_iter().map(Option::unwrap_or_default).collect();
    }
    // Counted in words as wide as the scores and without a check for overflow: so processors compare several at once.
    let n_above = |own: &f64| scores.iter().fold(0_u64, |n, other| n.wrapping_add(u64::from(other > own)));
    scores.iter().map(|own| if own.is_nan() { 0 } else { 1 + n_above(own) as u32 }).collect()
}

/// Quantiles of type 7 at rising `p`, without sorting all: from the last down, each is selected among those below.
fn quantiles<const N: usize>(values: &mut [f64], p: [f64; N]) -> [f64; N] {
    let mut found = [f64::NAN; N];
    let (last, mut rest, mut above) = (values.len().saturating_sub(1) as f64, values, f64::INFINITY);
    if rest.is_empty() {
        return found;
    }
    for (found, p) in found.iter_mut().zip(p).rev() {
        let place = p * last;
        let at = place.floor() as usize;
        let (_, low, higher) = rest.select_nth_unstable_by(at, f64::total_cmp);
        above = higher.iter().copied().fold(above, f64::min);
        *found = if place.fract() == 0.0 { *low } else { quantile(&[*low, above], place.fract()) };
        rest = &mut rest[..=at];
    }
    found
}

/// The same of ranks. Where there are no more of them than replicates they are counted, not compared.
fn quantiles_of_ranks<const N: usize>(ranks: &[u32], n_units: usize, p: [f64; N]) -> [f64; N] {
    if ranks.len() <= n_units {
        return quantiles(&mut ranks.iter().map(|rank| f64::from(*rank)).collect::<Vec<_>>(), p);
    }
    let mut n_up_to = vec![0; n_units + 1];
    ranks.iter().for_each(|rank| n_up_to[*rank as usize] += 1);
    for rank in 1..n_up_to.len() {
        n_up_to[rank] += n_up_to[rank - 1];
    }
    let rank_at = |at: usize| n_up_to.partition_point(|n| *n <= at) as f64;
    p.map(|p| {
        let place = p * (ranks.len() - 1) as f64;
        let at = place.floor() as usize;
        quantile(&[rank_at(at), rank_at((at + 1).min(ranks.len() - 1))], place.fract())
    })
}
