//! Whether changes that go together word by word also go together in sense.

use std::collections::BTreeSet;

use super::conflict::ConflictKind;
use crate::classify::{Aspect, Class, Feature, Piece, classify};
use crate::normal::keyed;
use crate::words::{Word, WordKind, is_modal, words};

/// How changes of one clause by several go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meeting {
    /// At most one of them changes the sense.
    Silent,
    /// They meet in sense: somebody should look at the clause as a whole.
    InSense,
    /// Each of several negates the same phrase: two negations say what nobody proposes.
    Doubled,
}

/// Returns how different texts for one clause go together, and what they make of it when composed.
///
/// Who acts and how strictly is about the whole clause: there any change of sense by another meets it. How many, how much and under
/// which condition meets only another change of that kind. What several change in the same way is agreement.
pub(super) fn meeting(own: &str, edits: &[&str], composed: &str) -> Meeting {
    if is_doubled(own, edits, composed) {
        return Meeting::Doubled;
    }
    let features: Vec<Vec<Feature>> = edits.iter().map(|edit| classify(own, edit).features).collect();
    let is_own = |at: usize, one: &Feature| {
        let says = |other: &Feature| other.kind == one.kind && said(other) == said(one);
        features.iter().enumerate().any(|(other, held)| other != at && !held.iter().any(says))
    };
    let holders = |fits: &dyn Fn(usize, &Feature) -> bool| -> BTreeSet<usize> {
        let has = |at: &usize| features[*at].iter().any(|one| fits(*at, one) && is_own(*at, one));
        (0..features.len()).filter(has).collect()
    };
    let of_sense = holders(&|_, one| one.kind.class() == Class::Substantive);
    let governing = holders(&|at, one| governs(one, own, edits[at]));
    let meets = of_sense.len() > 1 && !governing.is_empty() || holders(&|_, one| bounds(one.kind)).len() > 1;
    if meets { Meeting::InSense } else { Meeting::Silent }
}

/// The words of a feature, wherever they stand.
fn said(feature: &Feature) -> (Vec<&str>, Vec<&str>) {
    (held(&feature.before), held(&feature.after))
}

fn held(pieces: &[Piece]) -> Vec<&str> {
    pieces.iter().map(|piece| piece.words.as_str()).collect()
}

/// True for how strictly, and for who acts: an actor before a modal. One who is only spoken of is an object as others are.
fn governs(feature: &Feature, before: &str, after: &str) -> bool {
    let acts = |text: &str, pieces: &[Piece]| {
        let modals: Vec<usize> =
            words(text).iter().filter(|word| is_modal(&word.folded)).map(|word| word.range.start).collect();
        pieces.iter().any(|piece| modals.iter().any(|&modal| piece.range.end <= modal))
    };
    match feature.kind {
        Aspect::Modal => true,
        Aspect::Actor => acts(before, &feature.before) || acts(after, &feature.after),
        _ => false,
    }
}

fn bounds(kind: Aspect) -> bool {
    matches!(kind, Aspect::Actor | Aspect::Modal | Aspect::Quantity | Aspect::Scope | Aspect::Condition)
}

/// True where at least two add a negation each, and both come to stand in one phrase.
fn is_doubled(own: &str, edits: &[&str], composed: &str) -> bool {
    let n_own = negations(&words(own)).len();
    let counts: Vec<usize> = edits.iter().map(|edit| negations(&words(edit)).len()).collect();
    let n_adding = counts.iter().filter(|&&n| n > n_own).count();
    let all = words(composed);
    let places = negations(&all);
    let is_parted = |pair: &[usize]| all[pair[0]..pair[1]].iter().any(parts);
    n_adding > 1
        && places.len() > counts.iter().copied().max().unwrap_or_default()
        && places.windows(2).any(|pair| !is_parted(pair))
}

/// True for what ends a phrase.
fn parts(word: &Word) -> bool {
    word.kind == WordKind::Mark
        || ["and", "or", "but", "that", "which", "who", "unless", "if", "where", "when"].contains(&word.folded.as_str())
}

/// Positions of the words that negate; `not only` and bounds such as `no later than` do not.
fn negations(words: &[Word]) -> Vec<usize> {
    let negates = |at: &usize| {
        let next = words.get(at + 1).map_or("", |word| word.folded.as_str());
        match words[*at].folded.as_str() {
            "never" | "none" | "neither" | "cannot" => true,
            "not" | "no" => {
                !["only", "later", "less", "more", "fewer", "longer", "earlier", "exceeding"].contains(&next)
            }
            _ => false,
        }
    };
    (0..words.len()).filter(negates).collect()
}

/// Returns what two texts that are alike contradict each other in; `None` where they may say the same.
///
/// A negation on one side only and other quantifiers are [`ConflictKind::EditEdit`], other numbers [`ConflictKind::NumberClash`]. A number or
/// a restriction that only one has makes them [`ConflictKind::Overlapping`].
pub(super) fn clash(one: &str, other: &str) -> Option<ConflictKind> {
    let (one, other) = (keyed(one), keyed(other));
    let (a, b) = (words(&one), words(&other));
    if negations(&a).is_empty() != negations(&b).is_empty() {
        return Some(ConflictKind::EditEdit);
    }
    let numbers = |words: &[Word]| -> BTreeSet<String> {
        words.iter().filter(|word| word.kind == WordKind::Number).map(|word| word.key.clone()).collect()
    };
    let (x, y) = (numbers(&a), numbers(&b));
    let (is_more, is_less) = (!x.is_subset(&y), !y.is_subset(&x));
    if is_more && is_less {
        return Some(ConflictKind::NumberClash);
    }
    let features = classify(&one, &other).features;
    let mut scopes = features.iter().filter(|one| one.kind == Aspect::Scope);
    if scopes.any(|one| !one.before.is_empty() && !one.after.is_empty()) {
        return Some(ConflictKind::EditEdit);
    }
    let restricts =
        |words: &[Word]| words.iter().any(|word| ["only", "solely", "exclusively"].contains(&word.folded.as_str()));
    (is_more || is_less || restricts(&a) != restricts(&b)).then_some(ConflictKind::Overlapping)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_no_negations() {
        let of = |text: &str| negations(&words(text)).len();
        assert_eq!(of("not later than two days, not only here, no more than that"), 0);
        assert_eq!(of("that no group shall not meet"), 2);
    }

    #[test]
    fn what_contradicts_does_not_say_the_same() {
        let of = |one, other| clash(one, other);
        assert_eq!(of("to publish the report", "not to publish the report"), Some(ConflictKind::EditEdit));
        assert_eq!(of("to grant 500 000 a year", "to grant 700 000 a year"), Some(ConflictKind::NumberClash));
        assert_eq!(of("to grant 500 000 a year", "to grant 500,000 each year"), None);
        assert_eq!(of("to invite all members", "to invite some members"), Some(ConflictKind::EditEdit));
        assert_eq!(of("to answer within 30 days", "to answer within days"), Some(ConflictKind::Overlapping));
        assert_eq!(of("per Resolution 22 (Rev. A, 2012)", "per Resolution 22 (Rev. B, 2016)"), None);
    }
}
