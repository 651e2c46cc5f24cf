//! Clauses that say nearly the same: a score for each candidate, and the best pairing.

use super::assign::assign;
use super::heads::Links;
use super::{SectionPair, Work};
use crate::clause::ClauseKind;
use crate::normal::{Index, Terms, likeness};

/// A pair needs this.
const ENOUGH: f64 = 0.5;
/// Under the same call and in the same place this is enough.
const ENOUGH_NEAR: f64 = 0.36;
/// Between calls of another kind, or to somebody else, this.
const ENOUGH_FAR: f64 = 0.6;
const SAME_CALL: f64 = 0.03;
const A_PLACE_AWAY: f64 = 0.01;
/// Two places away is still the same neighbourhood.
const NEAR: usize = 2;
/// Beyond so many pairs, only clauses that share rare words are compared.
const ALL_PAIRS: usize = 1600;
/// And of them the so many best.
const CANDIDATES: usize = 12;

/// Pairs what is left of a section.
pub(super) fn pair(work: &mut Work<'_, '_>, sections: &SectionPair<'_>, links: &Links) {
    let SectionPair { own, others, own_terms, other_terms } = sections;
    let is_open = |kind: ClauseKind| kind.is_matter() || kind == ClauseKind::Note;
    let is_left = |&at: &usize| work.to_other[at].is_none() && !work.own_halves.contains(&at);
    let left: Vec<usize> = own.clone().filter(|at| is_left(at) && is_open(work.base.clauses()[*at].kind)).collect();
    let is_left = |&at: &usize| work.to_base[at].is_none() && !work.other_halves.contains(&at);
    let right: Vec<usize> =
        others.clone().filter(|at| is_left(at) && is_open(work.other.clauses()[*at].kind)).collect();
    let index = (left.len() * right.len() > ALL_PAIRS).then(|| {
        let mut index = Index::default();
        left.iter().filter_map(|&at| Some((at, own_terms[at].as_ref()?))).for_each(|(at, terms)| index.put(at, terms));
        index
    });
    let mut candidates = Vec::new();
    for &other in &right {
        let Some(term) = &other_terms[other] else { continue };
        let expected = work.expected(other, own.start);
        let near = index.as_ref().map_or_else(|| left.clone(), |index| index.near(term, CANDIDATES));
        for base in near {
            let Some(own) = &own_terms[base] else { continue };
            if let Some(score) = score(work, (base, own), (other, term), expected, links) {
                candidates.push((base, other, score));
            }
        }
    }
    for (base, other, score) in assign(&candidates) {
        work.join(base, other, score.min(1.0));
    }
}

/// Returns the score of a pair, or `None` where it is too low for a pair of its kind.
fn score(
    work: &Work<'_, '_>,
    (base, own): (usize, &Terms),
    (other, term): (usize, &Terms),
    expected: usize,
    links: &Links,
) -> Option<f64> {
    let (a, b) = (&work.base.clauses()[base], &work.other.clauses()[other]);
    if (a.kind == ClauseKind::Note) != (b.kind == ClauseKind::Note) {
        return None;
    }
    let away = base.abs_diff(expected);
    let is_same_call = links.are_same(work, a.under, b.under);
    let alike = likeness(own, term);
    let enough = if !is_same_call && !links.are_akin(work, a.under, b.under) {
        ENOUGH_FAR
    } else if is_same_call && away <= NEAR {
        ENOUGH_NEAR
    } else {
        ENOUGH
    };
    let bonus = if is_same_call { SAME_CALL } else { 0.0 };
    let score = alike + bonus - A_PLACE_AWAY * away.min(10) as f64;
    (alike >= enough && score > 0.0).then_some(score)
}
