//! Where two sequences differ, whatever they are sequences of: words, lines, numbers.
//!
//! # Source
//! E. W. Myers, "An O(ND) difference algorithm and its variations", Algorithmica 1 (1986), and the histogram algorithm of Git, both
//! with Git's bounds, so that no pair of sequences takes quadratic time.

use std::hash::Hash;
use std::ops::Range;

use imara_diff::Diff;
use rustc_hash::FxHashMap;

pub(crate) use imara_diff::{Algorithm, Token};

/// A stretch of one sequence with another in its place: positions in both, one of the two possibly empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Swap {
    pub before: Range<usize>,
    pub after: Range<usize>,
}

/// Two sequences as numbers: the same number for what is equal.
pub(crate) struct Numbered {
    pub before: Vec<Token>,
    pub after: Vec<Token>,
    n_numbers: u32,
}

/// Numbers two sequences, from 0: the algorithms keep tables by number.
pub(crate) fn numbered<T: Eq + Hash>(
    before: impl IntoIterator<Item = T>,
    after: impl IntoIterator<Item = T>,
) -> Numbered {
    let mut numbers: FxHashMap<T, u32> = FxHashMap::default();
    let mut number = |item: T| {
        let next = numbers.len() as u32;
        Token(*numbers.entry(item).or_insert(next))
    };
    let before = before.into_iter().map(&mut number).collect();
    let after = after.into_iter().map(number).collect();
    Numbered { before, after, n_numbers: numbers.len() as u32 }
}

impl Numbered {
    /// Returns what was put in place of what, in order; all else is equal.
    pub fn swaps(&self, algorithm: Algorithm) -> Vec<Swap> {
        let mut diff = Diff::default();
        diff.compute_with(algorithm, &self.before, &self.after, self.n_numbers);
        let range = |range: Range<u32>| range.start as usize..range.end as usize;
        diff.hunks().map(|hunk| Swap { before: range(hunk.before), after: range(hunk.after) }).collect()
    }
}

/// Returns how many items stand in both sequences in the same order; numbers may have gaps.
pub(crate) fn n_in_order(before: &[Token], after: &[Token]) -> usize {
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Myers, before, after, 0);
    before.len() - diff.count_removals() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swaps_lie_between_what_is_equal() {
        let both = numbered("abcdef".chars(), "axcdyzf".chars());
        let swap = |before, after| Swap { before, after };
        for algorithm in [Algorithm::Myers, Algorithm::Histogram] {
            assert_eq!(both.swaps(algorithm), [swap(1..2, 1..2), swap(4..5, 4..6)]);
        }
        assert_eq!(n_in_order(&both.before, &both.after), 4);
    }
}
