//! Grammar that needs no parser: the form after an auxiliary, number beside a noun, `a` and `an`, a word twice.
//!
//! Only words that can be nothing else are judged: `have broaden` but not `have access`. The verbs are in `data/verbs.tsv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Code, Lint};
use crate::Passage;
use crate::words::{Word, WordKind, is_modal, words};

/// Verbs that are no nouns or adjectives in their base form, with their participles.
static VERBS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let rows = include_str!("../../data/verbs.tsv").lines().skip(1);
    let row = |line: &str| {
        let (verb, irregular) = line.split_once('\t')?;
        let regular = match verb.as_bytes() {
            [.., b'e'] => format!("{verb}d"),
            [.., before, b'y'] if !b"aeiou".contains(before) => format!("{}ied", verb.strip_suffix('y')?),
            _ => format!("{verb}ed"),
        };
        Some((verb.to_string(), if irregular.is_empty() { regular } else { irregular.to_string() }))
    };
    rows.filter_map(row).collect()
});

/// Verbs of the list that are also nouns or adjectives: after `have` they may be what is had, after `is` what something is.
const NOUNS: [&str; 12] = [
    "act",
    "address",
    "attempt",
    "build",
    "complete",
    "conduct",
    "draw",
    "elaborate",
    "review",
    "support",
    "update",
    "vote",
];

/// True for a verb of the list in its base form that can be nothing else.
pub(crate) fn is_verb(folded: &str) -> bool {
    let z = folded.replace("ise", "ize");
    (VERBS.contains_key(folded) || VERBS.contains_key(&z)) && !NOUNS.contains(&folded)
}

/// Returns what is wrong with the grammar of one clause.
pub(super) fn lints(passage: &Passage<'_>) -> Vec<Lint> {
    let words = words(passage.text);
    let mut found = Vec::new();
    for two in words.windows(2) {
        let [one, other] = two else { continue };
        if one.kind == WordKind::Mark || other.kind == WordKind::Mark {
            continue;
        }
        found.extend(doubled(passage, one, other));
        found.extend(article(passage, one, other));
        found.extend(number(passage, one, other));
    }
    for at in 0..words.len() {
        found.extend(verb_form(passage, &words, at));
        found.extend(agreement(passage, &words, at));
    }
    found
}

/// The rest of a text from one word on, without adverbs and `not` between.
fn after(words: &[Word], at: usize) -> Option<&Word> {
    let is_between =
        |word: &&Word| word.folded.ends_with("ly") || ["not", "also", "never"].contains(&word.folded.as_str());
    words.get(at + 1..)?.iter().find(|word| !is_between(word))
}

/// `have broaden`, `be adopt`, `shall ensures`, `to ensured`.
fn verb_form(passage: &Passage<'_>, words: &[Word], at: usize) -> Option<Lint> {
    let (aux, next) = (words.get(at)?, after(words, at)?);
    let range = aux.range.start..next.range.end;
    let written = |words: &Word| passage.text.get(words.range.clone()).map(str::to_string);
    let between = passage.text.get(aux.range.end..next.range.start)?;
    let said = |form: &str| Some(format!("{}{between}{form}", written(aux)?));
    match aux.folded.as_str() {
        "have" | "has" | "had" | "having" | "been" | "be" | "is" | "are" | "was" | "were" => {
            let participle = VERBS.get(&next.folded).filter(|_| is_verb(&next.folded))?;
            // `is review`: a noun; `be it resolve`: no auxiliary.
            Some(Lint::new(Code::VerbForm, passage, range, said(participle)?, 0.85))
        }
        aux if is_modal(aux) => {
            let base = base(&next.folded)?;
            Some(Lint::new(Code::VerbForm, passage, range, said(&base)?, 0.85))
        }
        "to" => {
            let base = base(&next.folded).filter(|_| next.folded.ends_with('d') && between == " ")?;
            // `according to proposed changes`: after `to` a participle may be an adjective.
            let follows = words.iter().find(|word| word.range.start >= next.range.end)?;
            let is_object =
                ["the", "a", "an", "that", "this", "all", "its", "their"].contains(&follows.folded.as_str());
            is_object.then_some(())?;
            Some(Lint::new(Code::VerbForm, passage, range, said(&base)?, 0.6))
        }
        _ => None,
    }
}

/// The base of a verb that stands in the third person or as a participle in `-ed`; `None` for others.
fn base(folded: &str) -> Option<String> {
    let is_third = |verb: &str| {
        let s = match verb.as_bytes() {
            [.., b's' | b'x'] | [.., b's' | b'c', b'h'] => format!("{verb}es"),
            [.., before, b'y'] if !b"aeiou".contains(before) => format!("{}ies", &verb[..verb.len() - 1]),
            _ => format!("{verb}s"),
        };
        s == folded
    };
    let mut verbs = VERBS.iter().filter(|(verb, _)| is_verb(verb));
    verbs.find(|(verb, past)| is_third(verb) || *past == folded && folded != *verb).map(|(verb, _)| verb.clone())
}

/// Nouns of the field in the plural that stand before a verb, by their last word.
const PLURALS: [&str; 22] = [
    "states",
    "members",
    "countries",
    "groups",
    "recommendations",
    "resolutions",
    "administrations",
    "organizations",
    "organisations",
    "committees",
    "participants",
    "contributions",
    "documents",
    "mechanisms",
    "standards",
    "meetings",
    "associates",
    "experts",
    "decisions",
    "proposals",
    "delegates",
    "editors",
];

/// `Member States is invited`, `the Director have`.
fn agreement(passage: &Passage<'_>, words: &[Word], at: usize) -> Option<Lint> {
    const ONE: [(&str, &str); 4] = [("is", "are"), ("has", "have"), ("was", "were"), ("does", "do")];
    let (noun, verb) = (words.get(at)?, words.get(at + 1)?);
    let (_, many) = ONE.iter().find(|(one, _)| *one == verb.folded)?;
    if !PLURALS.contains(&noun.folded.as_str()) {
        return None;
    }
    // Within a group of words it may be another noun that acts: `the number of members is`, `one of the groups has`.
    let before = words.get(at.saturating_sub(8)..at)?;
    let start =
        before.iter().rposition(|word| word.kind == WordKind::Mark || word.folded == "that").map_or(0, |mark| mark + 1);
    let is_inside = before.get(start..)?.iter().any(|word| {
        crate::words::is_preposition(&word.folded)
            || ["and", "or", "to", "each", "which", "when", "if"].contains(&word.folded.as_str())
            || word.folded.ends_with("ing")
    });
    (!is_inside).then(|| Lint::new(Code::Agreement, passage, verb.range.clone(), *many, 0.7))
}

/// `this mechanisms`, `these mechanism`.
fn number(passage: &Passage<'_>, one: &Word, other: &Word) -> Option<Lint> {
    let is_plural = PLURALS.contains(&other.folded.as_str());
    let is_singular = PLURALS.iter().any(|plural| match plural.strip_suffix("ies") {
        Some(stem) => other.folded == format!("{stem}y"),
        None => plural.strip_suffix('s') == Some(&other.folded),
    });
    let expected = match one.folded.as_str() {
        "this" if is_plural => "these",
        "these" | "those" if is_singular => "<the plural, or `this`>",
        _ => return None,
    };
    // `those standard terms`: the noun describes another.
    let follows = passage.text.get(other.range.end..)?.trim_start();
    let is_end = follows.is_empty() || follows.starts_with(|letter: char| ",;.)".contains(letter));
    let is_compound = expected.starts_with('<') && !is_end;
    (!is_compound).then(|| Lint::new(Code::Agreement, passage, one.range.start..other.range.end, expected, 0.8))
}

/// `an workshop`, `a industry`; letters that are spelt out count by their sound: `an RFC`, `a UN body`.
fn article(passage: &Passage<'_>, one: &Word, other: &Word) -> Option<Lint> {
    let written = passage.text.get(other.range.clone())?;
    let first = written.chars().next()?;
    // `S/MIME`, `X.509`: letters that are spoken one by one.
    let head = written.split(['/', '-', '.']).next().unwrap_or(written);
    let is_spelt_out = head.chars().take(2).all(char::is_uppercase) && written.chars().count() > 1;
    // Words in capitals may be spelt out or spoken; only those that are spelt out in every mouth are judged.
    const SPELT: [&str; 12] =
        ["ITU", "RFC", "SDO", "IEC", "IETF", "IEEE", "ITU-T", "ITU-R", "ITU-D", "IPR", "MOU", "HTML"];
    const SILENT: [&str; 5] = ["hour", "honest", "honour", "heir", "honor"];
    const CONSONANT: [&str; 12] = ["uni", "use", "usa", "usu", "eu", "one", "once", "ufo", "ubiq", "uti", "ure", "ura"];
    let lower = written.to_lowercase();
    let starts = |list: &[&str]| list.iter().any(|start| lower.starts_with(start));
    let is_exception = lower.starts_with("unin") || lower.starts_with("unim") || lower.starts_with("unid");
    let is_vowel = match first {
        _ if is_spelt_out && SPELT.contains(&written) => true,
        _ if is_spelt_out || !first.is_alphabetic() || lower.chars().count() < 3 => return None,
        'h' | 'H' => starts(&SILENT),
        _ if starts(&CONSONANT) && !is_exception => false,
        _ => "aeiou".contains(first.to_ascii_lowercase()),
    };
    let expected = match (one.folded.as_str(), is_vowel) {
        ("a", true) => "an",
        ("an", false) => "a",
        _ => return None,
    };
    // `Annex A incorporates`, `option a) ...`: a letter, no article.
    let is_article = passage.text.get(one.range.clone()).is_some_and(|written| written == one.folded);
    let between = passage.text.get(one.range.end..other.range.start)?;
    let is_spaced = between.chars().all(char::is_whitespace);
    (is_article && is_spaced && !before_is_label(passage.text, one))
        .then(|| Lint::new(Code::Article, passage, one.range.clone(), expected, 0.85))
}

/// True where a letter names an item: `option a is`.
fn before_is_label(text: &str, one: &Word) -> bool {
    let before = text.get(..one.range.start).unwrap_or_default().trim_end();
    ["option", "item", "case", "step", "considering", "noting"].iter().any(|word| before.ends_with(word))
}

/// `the the`; words that may stand twice do not count.
fn doubled(passage: &Passage<'_>, one: &Word, other: &Word) -> Option<Lint> {
    let may = ["that", "had", "is", "very", "bis", "ter"].contains(&one.folded.as_str());
    let written = |word: &Word| passage.text.get(word.range.clone());
    let between = passage.text.get(one.range.end..other.range.start)?;
    let is_twice = one.kind == WordKind::Word && written(one)? == written(other)? && between.trim().is_empty();
    let expected = written(one)?;
    (is_twice && !may).then(|| Lint::new(Code::DoubledWord, passage, one.range.start..other.range.end, expected, 0.9))
}
