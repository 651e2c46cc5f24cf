//! Calls and headings: they are the same where the clauses below them are.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{SectionPair, Work, head};
use crate::clause::{ClauseKind, Draft};
use crate::normal::likeness;

/// A call or heading without clauses below needs this likeness of words.
const ENOUGH: f64 = 0.5;

/// How many clauses agree below a head of the other text and one of the base.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Other head to base head: the one with most clauses in common.
    best: BTreeMap<usize, usize>,
}

impl Links {
    /// True where the heads are known to be the same, or stand without one.
    pub(super) fn are_same(&self, work: &Work<'_, '_>, base: Option<usize>, other: Option<usize>) -> bool {
        match (base, other) {
            (Some(base), Some(other)) => match self.best.get(&other) {
                Some(&best) => best == base,
                None => work.base.words_at(base) == work.other.words_at(other),
            },
            (None, None) => true,
            _ => false,
        }
    }

    /// True where both calls say why, or both say what is done by the same; and for headings.
    pub(super) fn are_akin(&self, work: &Work<'_, '_>, base: Option<usize>, other: Option<usize>) -> bool {
        let call = |draft: &Draft, at: Option<usize>| at.and_then(|at| draft.clauses()[at].call.clone());
        match (call(work.base, base), call(work.other, other)) {
            (Some(a), Some(b)) => {
                a.is_operative == b.is_operative && (a.addressee == b.addressee || self.are_same(work, base, other))
            }
            (None, None) => true,
            _ => false,
        }
    }
}

/// Returns which heads have most clauses in common so far.
pub(super) fn votes(work: &Work<'_, '_>, own: &Range<usize>, others: &Range<usize>) -> Links {
    let mut best: BTreeMap<usize, usize> = BTreeMap::new();
    for (votes, base, other) in counted(work, own, others).into_iter().rev() {
        if votes > 0 {
            best.insert(other, base);
        }
    }
    Links { best }
}

/// Returns (clauses in common, base head, other head), most first, then in order.
fn counted(work: &Work<'_, '_>, own: &Range<usize>, others: &Range<usize>) -> Vec<(usize, usize, usize)> {
    let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for other in others.clone() {
        let Some(base) = work.to_base[other].filter(|base| own.contains(base)) else { continue };
        let (a, b) = (&work.base.clauses()[base], &work.other.clauses()[other]);
        if let Some(heads) = head(work.base, a).zip(head(work.other, b)) {
            *counts.entry(heads).or_default() += 1;
        }
    }
    let mut counted: Vec<(usize, usize, usize)> =
        counts.into_iter().map(|((base, other), votes)| (votes, base, other)).collect();
    counted.sort_by_key(|&(votes, base, other)| {
        let is_same = work.base.words_at(base) == work.other.words_at(other);
        (std::cmp::Reverse(votes), !is_same, base, other)
    });
    counted
}

/// Pairs the heads of a section: by the clauses below them, then by their words.
pub(super) fn pair(work: &mut Work<'_, '_>, sections: &SectionPair<'_>) {
    let SectionPair { own, others, own_terms, other_terms } = sections;
    // Headings above headings are known only when those below are.
    for _ in 0..3 {
        for (votes, base, other) in counted(work, own, others) {
            let is_kind = kind(work.base, base) == kind(work.other, other);
            if is_kind && work.is_free(base, other) {
                let n = others.clone().filter(|&at| work.other.clauses()[at].under == Some(other)).count();
                work.join(base, other, votes as f64 / n.max(1) as f64);
            }
        }
    }
    let heads = |draft: &Draft, range: &Range<usize>| -> Vec<usize> {
        range.clone().filter(|&at| draft.clauses()[at].kind.is_head()).collect()
    };
    let (own, others) = (heads(work.base, own), heads(work.other, others));
    let mut left = Vec::new();
    for &other in &others {
        for &base in &own {
            if work.is_free(base, other) && kind(work.base, base) == kind(work.other, other) {
                let is_same = work.base.words_at(base) == work.other.words_at(other);
                let alike =
                    own_terms[base].as_ref().zip(other_terms[other].as_ref()).map_or(0.0, |(a, b)| likeness(a, b));
                left.push((if is_same { 1.0 } else { alike }, base, other));
            }
        }
    }
    left.retain(|(alike, ..)| *alike >= ENOUGH);
    left.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (alike, base, other) in left {
        if work.is_free(base, other) {
            work.join(base, other, alike);
        }
    }
}

/// Pairs heads that moved to another resolution with their clauses.
pub(super) fn across(work: &mut Work<'_, '_>) {
    let (own, others) = (0..work.to_other.len(), 0..work.to_base.len());
    if work.other.clauses().iter().enumerate().all(|(at, clause)| !clause.kind.is_head() || work.to_base[at].is_some())
    {
        return;
    }
    for (votes, base, other) in counted(work, &own, &others) {
        let n = others.clone().filter(|&at| work.other.clauses()[at].under == Some(other)).count();
        if work.is_free(base, other) && kind(work.base, base) == kind(work.other, other) && votes * 2 > n {
            work.join(base, other, votes as f64 / n as f64);
        }
    }
}

fn kind(draft: &Draft, at: usize) -> u8 {
    match draft.clauses()[at].kind {
        ClauseKind::Number => 0,
        ClauseKind::Call => 1,
        _ => 2,
    }
}
