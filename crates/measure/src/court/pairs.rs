//! Pairwise discriminability: how many pairs of units can be told apart.

use crate::court::Cube;
use crate::court::view::Resample;
use crate::draw::{Draws, owner};

/// Above this number of pairs, a sample of them is looked at; the sampling error of a share is then at most .016.
const MOST_PAIRS: usize = 1000;

/// Differences of some pairs of units at the events.
pub(crate) struct Pairs {
    /// By period, then by pair, then by event.
    differences: Vec<Vec<Vec<f64>>>,
    pub(crate) n: usize,
}

impl Pairs {
    /// All pairs, or a sample that depends on the units' names and not on their order.
    pub(crate) fn new(cube: &Cube, seed: u64) -> Self {
        let mut by_name: Vec<usize> = (0..cube.units().len()).collect();
        by_name.sort_by_key(|&at| &cube.units()[at]);
        let pairs = pairs(&by_name, seed);
        let of_pair = |values: &Vec<Vec<f64>>, [one, other]: [usize; 2]| -> Vec<f64> {
            values.iter().map(|event| event[one] - event[other]).collect()
        };
        let differences: Vec<Vec<Vec<f64>>> = (cube.values().iter())
            .map(|values| pairs.iter().map(|pair| of_pair(values, *pair)).collect::<Vec<_>>())
            .collect();
        // A pair without two common events can be neither told apart nor mistaken.
        let is_known = |differences: &Vec<f64>| differences.iter().filter(|value| !value.is_nan()).count() >= 2;
        let differences: Vec<Vec<Vec<f64>>> =
            differences.into_iter().map(|period| period.into_iter().filter(is_known).collect()).collect();
        let n = differences.iter().map(Vec::len).sum();
        Self { differences, n }
    }

    /// Returns for each pair and period the sign of its mean difference in a resample.
    pub(crate) fn signs(&self, resample: &Resample) -> Vec<i8> {
        let sign = |sums: (f64, f64, f64)| if is_nought(sums) { 0 } else { sums.1.signum() as i8 };
        self.sums(resample).map(sign).collect()
    }

    /// Returns the share of pairs whose mean difference exceeds 1.96 of its standard errors in a resample.
    pub(crate) fn share_apart(&self, resample: &Resample) -> f64 {
        let is_apart = |(n, sum, squares): (f64, f64, f64)| {
            let variance = (squares - sum * sum / n) / (n - 1.0) / n;
            // Counts often stand at the bar itself, and rounding must not decide them.
            let bar = 1.96_f64.powi(2) * variance * (1.0 + 1e-9);
            n >= 2.0 && (sum / n).powi(2) > bar && !is_nought((n, sum, squares))
        };
        self.sums(resample).filter(|sums| is_apart(*sums)).count() as f64 / self.n as f64
    }

    /// Returns the share of pairs of which less than 2.5 % of the replicates have a difference of the other sign or none:
    /// those whose 95 % percentile interval leaves out 0.
    pub(crate) fn share_excluding_zero(&self, signs: &[Vec<i8>]) -> f64 {
        let few = 0.025 * signs.len() as f64;
        let is_apart = |pair: &usize| {
            let (mut n_up, mut n_down) = (0, 0);
            for signs in signs {
                n_up += usize::from(signs[*pair] > 0);
                n_down += usize::from(signs[*pair] < 0);
            }
            ((signs.len() - n_up) as f64) < few || ((signs.len() - n_down) as f64) < few
        };
        (0..self.n).filter(is_apart).count() as f64 / self.n as f64
    }

    /// Weighted number, sum and sum of squares of each pair's differences.
    fn sums<'a>(&'a self, resample: &'a Resample) -> impl Iterator<Item = (f64, f64, f64)> + 'a {
        self.differences.iter().enumerate().flat_map(move |(period, pairs)| {
            let weights = resample.of(period);
            pairs.iter().map(move |differences| {
                let known = differences.iter().zip(weights).filter(|(value, _)| !value.is_nan());
                known.fold((0.0, 0.0, 0.0), |(n, sum, squares), (value, weight)| {
                    (n + weight, sum + weight * value, squares + weight * value * value)
                })
            })
        })
    }
}

/// True where a sum of differences is a rounding error of its parts.
fn is_nought((n, sum, squares): (f64, f64, f64)) -> bool {
    sum * sum <= 1e-18 * n * squares
}

fn pairs(units: &[usize], seed: u64) -> Vec<[usize; 2]> {
    let n = units.len();
    if n * n.saturating_sub(1) / 2 <= MOST_PAIRS {
        return (0..n).flat_map(|one| (0..one).map(move |other| [units[one], units[other]])).collect();
    }
    let mut draws = Draws::at(seed, owner("court, pairs of units"), 0, 0);
    let mut pairs = Vec::with_capacity(MOST_PAIRS);
    while pairs.len() < MOST_PAIRS {
        let (one, other) = (draws.below(n), draws.below(n));
        if one != other {
            pairs.push([units[one], units[other]]);
        }
    }
    pairs
}
