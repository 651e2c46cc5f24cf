//! One clause that became several, and several that became one.

use std::ops::Range;

use super::{Aligner, Alignment, Work};
use crate::normal::{Terms, likeness};

/// So much more alike the whole must be than the part.
const GAIN: f64 = 0.1;

impl Aligner<'_> {
    /// Finds clauses left over next to a pair that, put together with it, are more alike.
    pub(super) fn splits(
        &mut self,
        work: &Work<'_, '_>,
        own: Range<usize>,
        others: Range<usize>,
        terms: &mut [Option<Terms>],
        alignment: &mut Alignment,
    ) {
        for base in own.clone() {
            let Some(other) = work.to_other[base].filter(|other| others.contains(other)) else { continue };
            if work.scores[base] >= 1.0 || !work.base.clauses()[base].kind.is_matter() {
                continue;
            }
            let whole = self.term(base);
            let part = terms_of(self, work, other, terms);
            let is_free = |at: usize| {
                others.contains(&at) && work.to_base[at].is_none() && work.other.clauses()[at].kind.is_matter()
            };
            let next = |at: usize| is_free(at).then(|| terms_of(self, work, at, terms));
            if let Some(range) = grown(&whole, &part, other, next) {
                alignment.splits.push((base, range.collect()));
            }
            let is_free = |at: usize| {
                own.contains(&at) && work.to_other[at].is_none() && work.base.clauses()[at].kind.is_matter()
            };
            let next = |at: usize| is_free(at).then(|| self.term(at));
            if let Some(range) = grown(&part, &whole, base, next) {
                alignment.joins.push((range.collect(), other));
            }
        }
    }
}

fn terms_of(aligner: &mut Aligner<'_>, work: &Work<'_, '_>, at: usize, terms: &mut [Option<Terms>]) -> Terms {
    let words = work.other.words_at(at);
    terms[at].get_or_insert_with(|| aligner.lexicon.terms(words)).clone()
}

/// Returns the range around `at` that together is at least [`GAIN`] more like the whole than the part is, or `None`.
fn grown(whole: &Terms, part: &Terms, at: usize, mut next: impl FnMut(usize) -> Option<Terms>) -> Option<Range<usize>> {
    let mut range = at..at + 1;
    let mut held = part.clone();
    let mut best = likeness(whole, part);
    while let Some(both) =
        next(range.end).map(|term| held.and(&term)).filter(|both| likeness(whole, both) >= best + GAIN)
    {
        best = likeness(whole, &both);
        held = both;
        range.end += 1;
    }
    while let Some(both) = range
        .start
        .checked_sub(1)
        .and_then(&mut next)
        .map(|term| term.and(&held))
        .filter(|both| likeness(whole, both) >= best + GAIN)
    {
        best = likeness(whole, &both);
        held = both;
        range.start -= 1;
    }
    (range.len() > 1).then_some(range)
}
