//! Stretches of a text that were found by several rules.

use std::cmp::Reverse;
use std::ops::Range;

/// Returns what was found in order, without overlaps: what begins first counts, of two that begin together the longer.
pub(crate) fn without_overlaps<T>(mut found: Vec<T>, range: impl Fn(&T) -> &Range<usize>) -> Vec<T> {
    found.sort_by_key(|one| (range(one).start, Reverse(range(one).end)));
    let mut end = 0;
    found.retain(|one| {
        let is_free = range(one).start >= end;
        if is_free {
            end = range(one).end;
        }
        is_free
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_of_two_counts() {
        assert_eq!(without_overlaps(vec![4..6, 0..2, 0..3, 2..5, 3..4], |range| range), [0..3, 3..4, 4..6]);
    }
}
