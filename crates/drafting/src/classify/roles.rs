//! Who, how strictly, how many, how much, under which condition, as cited where: sets of words that both versions must share.

use std::collections::BTreeMap;
use std::ops::Range;

use super::compared::{Compared, Side};
use super::{Aspect, Feature};
use crate::actors::actors;
use crate::calls;
use crate::cite::Cited;
use crate::words::{WordKind, stem};

/// A set of words: each with the names under which it is compared.
type Held = BTreeMap<String, Vec<Range<usize>>>;

/// Modals by strength; those of one line may stand for each other.
const MODALS: [&[&str]; 6] = [
    &["shall", "must", "is required to", "are required to", "has to", "have to", "is to", "are to"],
    &["should", "ought to", "is recommended to", "are recommended to"],
    &["may", "is permitted to", "are permitted to", "is allowed to", "are allowed to", "might"],
    &["can", "is able to", "are able to", "could"],
    &["will", "would"],
    &["continue to", "continues to"],
];
/// Negations: that there is one counts, not how it is said.
const NEGATIONS: [&[&str]; 1] = [&["not", "no", "never", "nor", "neither", "without", "cannot", "n't", "none"]];
const SCOPES: [&[&str]; 12] = [
    &["all", "every", "each", "any", "entire", "whole"],
    &["some", "certain", "selected"],
    &["only", "exclusively", "solely", "limited to", "restricted to"],
    &["at least", "not less than", "no less than", "a minimum of", "or more", "minimum"],
    &["at most", "no more than", "not more than", "a maximum of", "up to", "maximum"],
    &["more than", "over", "exceeding"],
    &["less than", "fewer than", "under", "below"],
    &["most", "primarily", "mainly", "mostly", "almost only", "the majority of"],
    &["few"],
    &["other than", "except", "excluding", "apart from", "with the exception of"],
    &["one or more", "any of"],
    &["relevant", "appropriate"],
];
const CONDITIONS: [&[&str]; 11] = [
    &[
        "if",
        "in the event that",
        "in the event of",
        "in case",
        "in the case of",
        "where necessary",
        "if necessary",
        "as necessary",
    ],
    &["as appropriate", "where appropriate", "if appropriate", "when appropriate"],
    &["unless"],
    &["until", "till"],
    &["provided that", "provided", "on condition that", "as long as", "so long as"],
    &["subject to"],
    &[
        "to the extent possible",
        "as far as possible",
        "where possible",
        "if possible",
        "whenever possible",
        "as far as practicable",
        "where practicable",
        "where feasible",
        "in the maximum extent possible",
    ],
    &["notwithstanding", "regardless of", "irrespective of"],
    &["when", "whenever", "once", "upon"],
    &["while", "whilst"],
    &[
        "within the limits of",
        "within available resources",
        "within the available resources",
        "within existing resources",
    ],
];
/// Returns what the two versions do not share.
pub(super) fn features(compared: &Compared<'_>) -> Vec<Feature> {
    let (before, after) = (&compared.before, &compared.after);
    let mut found = Vec::new();
    let calls = call(before).zip(call(after));
    if let Some(((_, old), (_, new))) = calls.filter(|(one, other)| one.0 != other.0) {
        found.push(compared.feature(Aspect::Call, vec![old], vec![new]));
    }
    let mut add = |kind, old: &Held, new: &Held| found.extend(difference(compared, kind, old, new));
    add(Aspect::Actor, &named(before), &named(after));
    add(Aspect::Modal, &listed(before, &MODALS), &listed(after, &MODALS));
    add(Aspect::Modal, &negated(before), &negated(after));
    add(Aspect::Scope, &present(listed(before, &SCOPES)), &present(listed(after, &SCOPES)));
    add(Aspect::Condition, &present(listed(before, &CONDITIONS)), &present(listed(after, &CONDITIONS)));
    add(Aspect::Citation, &cited(before), &cited(after));
    found.extend(quantities(compared));
    found
}

/// What one side has and the other has not, or has more often.
fn difference(compared: &Compared<'_>, kind: Aspect, old: &Held, new: &Held) -> Option<Feature> {
    let beyond = |held: &Held, other: &Held| {
        let more = held.iter().flat_map(|(name, places)| {
            let n = other.get(name).map_or(0, Vec::len);
            places.iter().skip(n).cloned().collect::<Vec<_>>()
        });
        let mut more: Vec<Range<usize>> = more.collect();
        more.sort_by_key(|range| range.start);
        more
    };
    let (gone, come) = (beyond(old, new), beyond(new, old));
    (!gone.is_empty() || !come.is_empty()).then(|| compared.feature(kind, gone, come))
}

/// Each name once: that it is there counts, not how often.
fn present(mut held: Held) -> Held {
    for places in held.values_mut() {
        places.truncate(1);
    }
    held
}

fn named(side: &Side<'_>) -> Held {
    let mut held = Held::new();
    for actor in actors(side.text) {
        let is_cited =
            side.citations.iter().any(|one| one.range.start <= actor.range.start && actor.range.end <= one.range.end);
        if !is_cited {
            held.entry(actor.name.into()).or_default().push(actor.range);
        }
    }
    present(held)
}

/// The words of a list that stand in a side, longest first, each place once, under the first of their line.
fn listed(side: &Side<'_>, list: &[&[&str]]) -> Held {
    let words: Vec<(String, Range<usize>)> = crate::words::words(side.text)
        .into_iter()
        .filter(|one| one.range.end <= side.end.start && one.range.start >= side.label.end)
        .map(|one| (one.folded, one.range))
        .collect();
    let mut phrases: Vec<(Vec<&str>, &str)> = Vec::new();
    for line in list {
        let first = line.first().copied().unwrap_or_default();
        phrases.extend(line.iter().map(|phrase| (phrase.split(' ').collect(), first)));
    }
    phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    let mut held = Held::new();
    let mut at = 0;
    while at < words.len() {
        let fits = |phrase: &[&str]| {
            phrase.iter().enumerate().all(|(n, word)| words.get(at + n).is_some_and(|(held, _)| held == word))
        };
        let Some((phrase, first)) = phrases.iter().find(|(phrase, _)| fits(phrase)) else {
            at += 1;
            continue;
        };
        let range = words[at].1.start..words[at + phrase.len() - 1].1.end;
        if !is_other(side, first, &range) {
            held.entry((*first).to_string()).or_default().push(range);
        }
        at += phrase.len();
    }
    held
}

/// `May 2024` is a month; `Annex A, all` and what stands in a citation count as they are.
fn is_other(side: &Side<'_>, first: &str, range: &Range<usize>) -> bool {
    let follows = side.text.get(range.end..).unwrap_or_default().trim_start();
    let is_capital = side.text.get(range.clone()).is_some_and(|words| words.starts_with(char::is_uppercase));
    first == "may" && is_capital && follows.starts_with(|letter: char| letter.is_ascii_digit())
}

fn negated(side: &Side<'_>) -> Held {
    let mut held = present(listed(side, &NEGATIONS));
    // `need not` and `not less than` are counted once, there.
    let bounds = listed(side, &SCOPES);
    let is_bound = |range: &Range<usize>| {
        bounds.values().flatten().any(|bound| bound.start <= range.start && range.end <= bound.end)
    };
    held.retain(|_, places| !places.iter().all(is_bound));
    held
}

/// What is cited beyond editions; clauses of the same text follow their letters.
fn cited(side: &Side<'_>) -> Held {
    let mut held = Held::new();
    for one in side.citations.iter().filter(|one| !matches!(one.kind, Cited::Clause | Cited::Meeting | Cited::Part)) {
        // A text that names itself: its number is its label.
        held.entry(one.id.clone()).or_default().push(one.range.clone());
    }
    present(held)
}

/// What the verb of a call asks for, and where it stands; only for texts that are calls.
pub(super) fn call(side: &Side<'_>) -> Option<(&'static str, Range<usize>)> {
    let words = side.text.trim_start();
    let verb = calls::verb(&words.to_lowercase()).filter(|verb| !verb.asks.is_empty())?;
    let start = side.text.len() - words.len();
    Some((verb.asks, start..(start + verb.words.len()).min(side.text.len())))
}

/// Numbers, dates and shares; a rough count in a statement of fact is a count.
fn quantities(compared: &Compared<'_>) -> Option<Feature> {
    let of = |side: &Side<'_>| {
        let mut held = Held::new();
        for one in side.words.iter().filter(|one| one.kind == WordKind::Number) {
            held.entry(one.key.clone()).or_default().push(one.range.clone());
        }
        // `three (3)` says one thing twice.
        present(held)
    };
    let feature = difference(compared, Aspect::Quantity, &of(&compared.before), &of(&compared.after))?;
    let is_rough = |side: &Side<'_>, pieces: &[super::Piece]| {
        pieces.len() == 1 && pieces.iter().all(|piece| rough(side, piece.range.start)) && is_fact(side)
    };
    let is_count =
        is_rough(&compared.before, &feature.before) && is_rough(&compared.after, &feature.after) && has_grown(&feature);
    Some(Feature { kind: if is_count { Aspect::Count } else { Aspect::Quantity }, ..feature })
}

/// True where a count went up to twice what it was at most: a body grows, and does not lose most of its members.
fn has_grown(feature: &Feature) -> bool {
    let count = |pieces: &[super::Piece]| {
        let word = crate::words::words(&pieces.first()?.words).into_iter().next()?;
        word.key.parse::<f64>().ok()
    };
    count(&feature.before).zip(count(&feature.after)).is_some_and(|(old, new)| (old..=2.0 * old).contains(&new))
}

/// True for a number after `over`, `about` and the like.
fn rough(side: &Side<'_>, at: usize) -> bool {
    let before = side.words.iter().rev().find(|one| one.range.end <= at);
    before.is_some_and(|one| {
        ["over", "about", "than", "approximately", "nearly", "some", "around", "almost"].contains(&one.folded.as_str())
    })
}

/// True for a statement that asks nothing: `that ...` without a modal.
fn is_fact(side: &Side<'_>) -> bool {
    let is_that = side.words.first().is_some_and(|one| one.folded == "that");
    is_that && listed(side, &MODALS).is_empty() && side.words.first().is_some_and(|one| stem(&one.folded) != "to")
}
