//! What does not change the sense, and how much changed at all.

use std::collections::BTreeSet;
use std::ops::Range;

use super::compared::{Compared, Side, editions, is_content};
use super::{Aspect, Class, Feature};
use crate::cite::Cited;
use crate::sequence::Swap;
use crate::words::{Word, WordKind, is_modal, is_preposition, stem, without_possessive};

/// How many content words may be added or taken away, without anything in their place, before it counts as more than wording.
const FEW: usize = 1;
/// Share of content words that both versions must have; below it the clause is another.
const ALIKE: f64 = 0.45;

/// Label, spaces, end mark, letters of internal references.
pub(super) fn mechanical(compared: &Compared<'_>) -> Vec<Feature> {
    let (before, after) = (&compared.before, &compared.after);
    let trimmed =
        |side: &Side<'_>, range: &Range<usize>| side.text.get(range.clone()).unwrap_or_default().trim().to_string();
    let mut found = Vec::new();
    let bare = |side: &Side<'_>| trim(side.text, side.label.clone());
    if trimmed(before, &before.label) != trimmed(after, &after.label) {
        found.push(compared.feature(Aspect::Label, bare(before), bare(after)));
    }
    if trimmed(before, &before.end) != trimmed(after, &after.end) {
        let end = |side: &Side<'_>| trim(side.text, side.end.clone());
        found.push(compared.feature(Aspect::EndMark, end(before), end(after)));
    }
    for (one, other) in cited(before, Cited::Clause).iter().zip(cited(after, Cited::Clause)) {
        if one.0 != other.0 {
            found.push(compared.feature(Aspect::Reference, vec![one.1.clone()], vec![other.1]));
        }
    }
    found
}

/// A range without white space at its ends; none where nothing is left.
fn trim(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let words = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (words.len() - words.trim_start().len());
    let kept = words.trim().len();
    (kept > 0).then(|| start..start + kept).into_iter().collect()
}

fn cited(side: &Side<'_>, kind: Cited) -> Vec<(String, Range<usize>)> {
    side.citations.iter().filter(|one| one.kind == kind).map(|one| (one.id.clone(), one.range.clone())).collect()
}

/// Editions, spelling, synonyms, marks.
pub(super) fn editorial(compared: &Compared<'_>) -> Vec<Feature> {
    let mut found = Vec::new();
    if editions(&compared.before) != editions(&compared.after) {
        let other = |side: &Side<'_>, held: &[String]| {
            let all = side.citations.iter().filter_map(|one| one.edition.as_ref());
            let is_new = |range: &Range<usize>| {
                side.text.get(range.clone()).is_none_or(|words| !held.contains(&crate::words::bare(words)))
            };
            all.map(|one| one.range.clone()).filter(is_new).collect::<Vec<_>>()
        };
        let old = other(&compared.before, &editions(&compared.after));
        let new = other(&compared.after, &editions(&compared.before));
        if !old.is_empty() || !new.is_empty() {
            found.push(compared.feature(Aspect::Edition, old, new));
        }
    }
    for (one, other) in compared.same().filter(|(one, other)| one.folded != other.folded) {
        if one.kind == WordKind::Citation {
            continue;
        }
        let bare = |one: &Word| stem(without_possessive(&one.folded));
        let kind = if bare(one) == bare(other) { Aspect::Spelling } else { Aspect::Synonym };
        found.push(compared.feature(kind, vec![one.range.clone()], vec![other.range.clone()]));
    }
    for swap in &compared.swaps {
        found.extend(marks(compared, swap));
        found.extend(misspelt(compared, swap));
    }
    found
}

fn held<'a>(side: &'a Side<'_>, range: &Range<usize>) -> &'a [Word] {
    side.words.get(range.clone()).unwrap_or_default()
}

/// A stretch of nothing but marks.
fn marks(compared: &Compared<'_>, swap: &Swap) -> Option<Feature> {
    let (old, new) = (held(&compared.before, &swap.before), held(&compared.after, &swap.after));
    let is_marks = old.iter().chain(new).all(|one| one.kind == WordKind::Mark);
    is_marks.then(|| Feature {
        kind: Aspect::Punctuation,
        before: compared.before.pieces(&swap.before),
        after: compared.after.pieces(&swap.after),
    })
}

/// One word for another that is spelt almost like it.
fn misspelt(compared: &Compared<'_>, swap: &Swap) -> Option<Feature> {
    let ([one], [other]) = (held(&compared.before, &swap.before), held(&compared.after, &swap.after)) else {
        return None;
    };
    is_misspelt(one, other)
        .then(|| compared.feature(Aspect::Spelling, vec![one.range.clone()], vec![other.range.clone()]))
}

/// True for two long words of which one may be a slip for the other: `creditability`, `credibility`.
pub(super) fn is_misspelt(one: &Word, other: &Word) -> bool {
    const TURNS: [&str; 8] = ["un", "in", "im", "non", "dis", "mis", "de", "re"];
    let (one, other) = (&one.folded, &other.folded);
    let is_turned = TURNS.iter().any(|turn| one.starts_with(turn) != other.starts_with(turn));
    let is_long = one.chars().count().min(other.chars().count()) >= 7;
    let is_word = |word: &str| word.chars().all(|letter| letter.is_alphabetic() || letter == '-');
    let bare = |word: &str| word.replace('-', "");
    let is_joined = bare(one) == bare(other);
    is_word(one)
        && is_word(other)
        && (is_joined || is_long && !is_turned && strsim::normalized_damerau_levenshtein(one, other) >= 0.84)
}

/// Words that were added or taken away without anything in their place, and clauses that share too few words.
pub(super) fn size(compared: &Compared<'_>) -> Vec<Feature> {
    let (old, new) = (compared.before.content(), compared.after.content());
    let n_shared = old.intersection(&new).count();
    let n_all = old.len() + new.len();
    #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
    let alike = if n_all == 0 { 1.0 } else { 2.0 * n_shared as f64 / n_all as f64 };
    if alike < ALIKE && !compared.is_of_calls() {
        let whole = |side: &Side<'_>| side.pieces(&(0..side.words.len()));
        return vec![Feature {
            kind: Aspect::Rewritten,
            before: whole(&compared.before),
            after: whole(&compared.after),
        }];
    }
    let mut found = Vec::new();
    for swap in &compared.swaps {
        let gone = foreign(held(&compared.before, &swap.before), &new);
        let come = foreign(held(&compared.after, &swap.after), &old);
        found.extend(term(compared, swap, &old, &new));
        let few = |words: &[Word]| if is_joined(words) { 0 } else { FEW };
        if come > gone + few(held(&compared.after, &swap.after)) {
            found.push(Feature { kind: Aspect::Added, before: Vec::new(), after: compared.after.pieces(&swap.after) });
        }
        if gone > come + few(held(&compared.before, &swap.before)) {
            found.push(Feature {
                kind: Aspect::Removed,
                before: compared.before.pieces(&swap.before),
                after: Vec::new(),
            });
        }
    }
    found
}

/// True for words that join a member to a list or a circumstance to a verb: one such is more than wording.
fn is_joined(words: &[Word]) -> bool {
    let is_link = |one: &Word| ["and", "or", "and/or", ","].contains(&one.folded.as_str());
    words.iter().any(|one| is_link(one) || one.folded != "of" && is_preposition(&one.folded))
}

/// One content word for another that is neither its synonym nor a slip for it, and that the other version has nowhere.
fn term(compared: &Compared<'_>, swap: &Swap, old: &BTreeSet<&str>, new: &BTreeSet<&str>) -> Option<Feature> {
    let only = |words: &'_ [Word]| {
        let mut content = words.iter().filter(|one| is_content(one) && !is_modal(&one.folded)).cloned();
        content.next().filter(|_| content.next().is_none())
    };
    let one = only(held(&compared.before, &swap.before))?;
    let other = only(held(&compared.after, &swap.after))?;
    // Numbers, citations and actors have rules of their own.
    let is_word = |one: &Word| one.kind == WordKind::Word && !one.key.starts_with('@');
    let is_foreign =
        is_word(&one) && is_word(&other) && !new.contains(one.key.as_str()) && !old.contains(other.key.as_str());
    // The verbs of calls have a rule of their own; with what feeling something is noted has none.
    let is_verb = |one: &Word| crate::calls::verb(&one.folded).is_some();
    let is_of_verbs = compared.is_of_calls() && (is_verb(&one) || is_verb(&other));
    let is_other = is_foreign && !is_misspelt(&one, &other) && !is_akin(&one, &other) && !is_of_verbs;
    is_other.then(|| compared.feature(Aspect::Term, vec![one.range.clone()], vec![other.range.clone()]))
}

/// True for words of one family: `deploying`, `deployment`.
fn is_akin(one: &Word, other: &Word) -> bool {
    let n = one.key.bytes().zip(other.key.bytes()).take_while(|(one, other)| one == other).count();
    n >= 5 && n * 10 >= one.key.len().min(other.key.len()) * 8
}

/// Number of content words that the other version does not have.
fn foreign(words: &[Word], other: &BTreeSet<&str>) -> usize {
    words.iter().filter(|one| is_content(one) && !other.contains(one.key.as_str())).count()
}

/// Differences that no feature shows yet, as wording; spaces where there is no difference of words at all.
pub(super) fn rest(compared: &Compared<'_>, found: &[Feature]) -> Vec<Feature> {
    let is_shown = |swap: &Swap| {
        let covers = |pieces: &[super::Piece], side: &Side<'_>, range: &Range<usize>| {
            held(side, range).iter().all(|one| {
                pieces.iter().any(|piece| piece.range.start <= one.range.start && one.range.end <= piece.range.end)
            })
        };
        let shown = found.iter().filter(|one| one.kind.class() > Class::Mechanical);
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for one in shown {
            old.extend(one.before.iter().cloned());
            new.extend(one.after.iter().cloned());
        }
        covers(&old, &compared.before, &swap.before) && covers(&new, &compared.after, &swap.after)
    };
    let swaps = compared.swaps.iter().filter(|swap| !is_shown(swap));
    let mut rest: Vec<Feature> = swaps
        .map(|swap| Feature {
            kind: Aspect::Wording,
            before: compared.before.pieces(&swap.before),
            after: compared.after.pieces(&swap.after),
        })
        .collect();
    if rest.is_empty() && found.is_empty() {
        rest.extend(spaces(compared));
    }
    rest
}

/// The first place at which two texts of the same words differ.
fn spaces(compared: &Compared<'_>) -> Option<Feature> {
    let (old, new) = (compared.before.text, compared.after.text);
    let at = old.char_indices().zip(new.chars()).find(|((_, one), other)| one != other);
    let at = at.map_or(old.len().min(new.len()), |((at, _), _)| at);
    let letter = |text: &str| {
        let end = at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        at.min(text.len())..end.min(text.len())
    };
    Some(compared.feature(Aspect::Space, vec![letter(old)], vec![letter(new)]))
}
