//! What replicates say: intervals of scores and ranks, probabilities of ranks, and who cannot be told apart.
//!
//! Comes in: scores by unit and replicate, from one set of draws, so that units are compared within the same replicate. Goes out:
//! figures on demand; the matrices of n x n are made only when asked for.

use rayon::prelude::*;

use crate::replicate::quantile;

/// Scores of the same organisations in every replicate. An organisation may have no score in some of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Replicates {
    names: Vec<String>,
    /// The nominal scores; `None` where an organisation exists only under less probable decisions about names.
    nominal: Vec<Option<f64>>,
    is_ranked: Vec<bool>,
    /// Nominal scores of those who are ranked, the highest first.
    ranked: Vec<f64>,
    /// By unit, then by replicate; `NaN` where there is none.
    scores: Vec<Vec<f64>>,
    /// By unit, then by replicate; 0 where there is none, and empty where the unit is not ranked.
    ranks: Vec<Vec<u32>>,
    interval: f64,
}

/// Organisations that cannot be told from the first of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TiedGroup {
    /// Position of the leader: the best by nominal score.
    pub leader: usize,
    /// Positions of all, the leader first, down the ranking.
    pub members: Vec<usize>,
}

impl Replicates {
    pub(crate) fn new(
        names: Vec<String>,
        nominal: Vec<Option<f64>>,
        is_ranked: Vec<bool>,
        scores: Vec<Vec<f64>>,
        interval: f64,
    ) -> Self {
        let ranks = ranks(&scores, &is_ranked);
        let mut ranked: Vec<f64> =
            nominal.iter().zip(&is_ranked).filter(|(_, ranked)| **ranked).filter_map(|(own, _)| *own).collect();
        ranked.sort_by(|one, other| other.total_cmp(one));
        Self { names, nominal, is_ranked, ranked, scores, ranks, interval }
    }

    /// Returns the organisations, whose positions all figures here share.
    #[must_use]
    pub fn organisations(&self) -> &[String] {
        &self.names
    }

    /// Returns the nominal scores; `None` where an organisation exists only under less probable decisions about names.
    #[must_use]
    pub fn nominal(&self) -> &[Option<f64>] {
        &self.nominal
    }

    /// Returns 1 + the number of ranked organisations with a higher nominal score; `None` where the organisation is not ranked.
    #[must_use]
    pub fn nominal_rank(&self, at: usize) -> Option<u32> {
        let own = self.nominal[at].filter(|_| self.is_ranked[at])?;
        Some(1 + self.ranked.partition_point(|other| *other > own) as u32)
    }

    /// Returns the scores of one organisation by replicate; `NaN` where it has none.
    #[must_use]
    pub fn scores(&self, at: usize) -> &[f64] {
        &self.scores[at]
    }

    /// Returns the ranks of one organisation by replicate: 0 where it has no score, empty where it is not ranked.
    #[must_use]
    pub fn ranks(&self, at: usize) -> &[u32] {
        &self.ranks[at]
    }

    /// Returns the share of the replicates in which the organisation has a score.
    #[must_use]
    pub fn p_exists(&self, at: usize) -> f64 {
        share(&self.scores[at], |score| !score.is_nan())
    }

    /// Returns the profile's interval of the score, over the replicates in which there is one; `None` where there is none.
    #[must_use]
    pub fn score_interval(&self, at: usize) -> Option<[f64; 2]> {
        interval(&self.scores[at], self.interval)
    }

    /// Returns the profile's interval of the rank, whose ends are ranks that occurred; `None` where the organisation is not
    /// ranked.
    #[must_use]
    pub fn rank_interval(&self, at: usize) -> Option<[u32; 2]> {
        let mut ranks: Vec<u32> = self.ranks[at].iter().copied().filter(|rank| *rank > 0).collect();
        ranks.sort_unstable();
        let tail = (1.0 - self.interval) / 2.0;
        let last = ranks.len().checked_sub(1)? as f64;
        // A rank is a whole number, so the ends are moved outwards.
        Some([ranks[(tail * last).floor() as usize], ranks[((1.0 - tail) * last).ceil() as usize]])
    }

    /// Returns the share of all replicates in which the rank is `k` or better; `None` where the organisation is not ranked.
    #[must_use]
    pub fn p_top(&self, at: usize, k: u32) -> Option<f64> {
        self.is_ranked[at].then(|| share(&self.ranks[at], |rank| (1..=k).contains(rank)))
    }

    /// Returns the share of replicates in which one has a higher score than the other, an equal score counting half, among
    /// those in which both have one; `NaN` where there is none.
    #[must_use]
    pub fn p_above(&self, one: usize, other: usize) -> f64 {
        let (mut above, mut n) = (0.0, 0.0);
        for (one, other) in self.scores[one].iter().zip(&self.scores[other]) {
            if !one.is_nan() && !other.is_nan() {
                n += 1.0;
                above += if one > other { 1.0 } else { f64::from(u8::from(one == other)) / 2.0 };
            }
        }
        above / n
    }

    /// Returns the rank-acceptability matrix: for each organisation the share of replicates at rank 1, 2 and so on.
    ///
    /// Rows sum to the share of replicates in which the organisation exists, and to 0 where it is not ranked. Equal scores
    /// share the better rank, so columns need not sum to 1. For 1,000 organisations it holds a million numbers.
    ///
    /// # Source
    /// R. Lahdelma and P. Salminen, "SMAA-2: stochastic multicriteria acceptability analysis for group decision making",
    /// Operations Research 49 (2001).
    #[must_use]
    pub fn acceptability(&self) -> Vec<Vec<f64>> {
        let n = self.names.len();
        let one = |ranks: &Vec<u32>| {
            let mut row = vec![0.0; n];
            for &rank in ranks.iter().filter(|rank| **rank > 0) {
                row[rank as usize - 1] += 1.0;
            }
            let whole = ranks.len().max(1) as f64;
            row.iter_mut().for_each(|times| *times /= whole);
            row
        };
        self.ranks.par_iter().map(one).collect()
    }

    /// Returns the groups of organisations that are tied with their leader at 95 %, down the ranking by nominal score.
    ///
    /// The best leads the first group. Walking down, an organisation belongs to the group unless its leader is above it in more
    /// than 97.5 % of the replicates in which both have a score (equal scores counting half); the first that is separated leads the
    /// next group. Membership is by comparison with the leader alone: two members may be separated from each other, and the
    /// last of one group need not be separated from the leader of the next. Ties are not passed on from one to the next, for
    /// then a long ranking would be one group. Organisations without rank belong to none.
    #[must_use]
    pub fn tied_groups(&self) -> Vec<TiedGroup> {
        let mut order: Vec<(f64, usize)> = (0..self.names.len())
            .filter(|&at| self.is_ranked[at])
            .filter_map(|at| self.nominal[at].map(|score| (score, at)))
            .collect();
        order.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut groups: Vec<TiedGroup> = Vec::new();
        for (_, at) in order {
            match groups.last_mut() {
                Some(group) if !self.is_separated(group.leader, at) => group.members.push(at),
                _ => groups.push(TiedGroup { leader: at, members: vec![at] }),
            }
        }
        groups
    }

    fn is_separated(&self, leader: usize, at: usize) -> bool {
        self.p_above(leader, at) > 0.975
    }

    /// Returns the variance of the organisation's score over the replicates in which it has one; exactly 0 where all are the same.
    #[must_use]
    pub fn variance(&self, at: usize) -> f64 {
        let scores: Vec<f64> = self.scores[at].iter().copied().filter(|score| !score.is_nan()).collect();
        // Deviations from one of the scores, for a mean may miss equal scores by a rounding error.
        let Some(first) = scores.first() else { return 0.0 };
        let n = scores.len() as f64;
        let (sum, squares) = scores.iter().fold((0.0, 0.0), |(sum, squares), score| {
            let off = score - first;
            (sum + off, squares + off * off)
        });
        ((squares - sum * sum / n) / (n - 1.0).max(1.0)).max(0.0)
    }
}

/// Returns the interval that holds this share of the scores that there are; `None` where there are none.
pub(crate) fn interval(scores: &[f64], share: f64) -> Option<[f64; 2]> {
    let mut scores: Vec<f64> = scores.iter().copied().filter(|score| !score.is_nan()).collect();
    scores.sort_unstable_by(f64::total_cmp);
    let tail = (1.0 - share) / 2.0;
    (!scores.is_empty()).then(|| [quantile(&scores, tail), quantile(&scores, 1.0 - tail)])
}

fn share<T>(all: &[T], holds: impl Fn(&T) -> bool) -> f64 {
    all.iter().filter(|one| holds(one)).count() as f64 / all.len().max(1) as f64
}

/// Returns the ranks by unit and replicate; equal scores share the better rank.
fn ranks(scores: &[Vec<f64>], is_ranked: &[bool]) -> Vec<Vec<u32>> {
    let ranked: Vec<usize> = (0..scores.len()).filter(|&at| is_ranked[at]).collect();
    let n_replicates = scores.first().map_or(0, Vec::len);
    let by_replicate: Vec<Vec<u32>> =
        (0..n_replicates).into_par_iter().map(|replicate| ranks_at(scores, &ranked, replicate)).collect();
    let mut places = vec![None; scores.len()];
    ranked.iter().enumerate().for_each(|(place, &at)| places[at] = Some(place));
    let one = |place: Option<usize>| {
        place.map(|place| by_replicate.iter().map(|ranks| ranks[place]).collect()).unwrap_or_default()
    };
    places.into_par_iter().map(one).collect()
}

fn ranks_at(scores: &[Vec<f64>], ranked: &[usize], replicate: usize) -> Vec<u32> {
    let place = |(place, &at): (usize, &usize)| (scores[at][replicate], place);
    let mut order: Vec<(f64, usize)> =
        ranked.iter().enumerate().map(place).filter(|(score, _)| !score.is_nan()).collect();
    order.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut ranks = vec![0; ranked.len()];
    let mut rank = 0;
    for (n_before, &(score, place)) in order.iter().enumerate() {
        if n_before == 0 || score < order[n_before - 1].0 {
            rank = n_before as u32 + 1;
        }
        ranks[place] = rank;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replicates(scores: &[[f64; 4]]) -> Replicates {
        let names = (0..scores.len()).map(|at| at.to_string()).collect();
        let nominal = scores.iter().map(|scores| Some(scores[0])).collect();
        let all = scores.iter().map(|scores| scores.to_vec()).collect();
        Replicates::new(names, nominal, vec![true; scores.len()], all, 0.9)
    }

    #[test]
    fn ranks_and_their_probabilities_are_counted() {
        let three = replicates(&[[9.0, 9.0, 1.0, 5.0], [8.0, 7.0, 2.0, 5.0], [1.0, f64::NAN, 3.0, 1.0]]);
        assert_eq!(three.ranks(0), [1, 1, 3, 1]);
        assert_eq!(three.ranks(1), [2, 2, 2, 1], "equal scores share the better rank");
        assert_eq!(three.ranks(2), [3, 0, 1, 3]);
        assert_eq!(three.acceptability(), [[0.75, 0.0, 0.25], [0.25, 0.75, 0.0], [0.25, 0.0, 0.5]]);
        assert_eq!([three.p_top(0, 1), three.p_top(0, 2), three.p_top(2, 3)], [Some(0.75), Some(0.75), Some(0.75)]);
        assert_eq!((three.p_above(0, 1), three.p_above(0, 2), three.p_exists(2)), (0.625, 2.0 / 3.0, 0.75));
        assert_eq!(three.rank_interval(2), Some([1, 3]));
    }

    #[test]
    fn ties_are_with_the_leader_and_not_passed_on() {
        // The second is below the first in 3 of 4, the third in 4 of 4; the third is tied with the second.
        let three = replicates(&[[9.0, 9.0, 9.0, 9.0], [8.0, 10.0, 8.0, 8.0], [7.0, 8.0, 8.5, 8.5]]);
        let groups = three.tied_groups();
        assert_eq!(groups.iter().map(|group| group.members.clone()).collect::<Vec<_>>(), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn equal_scores_have_no_variance_at_all() {
        assert_eq!(replicates(&[[0.1; 4]]).variance(0), 0.0);
        assert!((replicates(&[[1.0, 3.0, 1.0, 3.0]]).variance(0) - 4.0 / 3.0).abs() < 1e-15);
    }
}
