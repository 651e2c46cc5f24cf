//! Instruments: how an agreement is called - `Memorandum of Understanding`, `Cooperation Agreement`, `Letter of Intent`.

use std::ops::Range;

use super::super::cues::{self, k};
use super::super::page::Page;

/// An instrument as it is named in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Instrument {
    /// What it is: `Memorandum of Understanding`.
    pub kind: String,
    /// The words that name it.
    pub tokens: Range<usize>,
    /// True for a bare `agreement` or `pact`, which may stand for one named before.
    pub is_bare: bool,
    /// True for an instrument that was there before: `a previous MoU`, `existing MoUs`, `a first Letter of Intent`.
    pub is_earlier: bool,
}

/// Words before `agreement` that say which kind it is.
const MODIFIERS: [u64; 34] = [
    k("alliance"),
    k("transfer"),
    k("information-sharing"),
    k("bilateral"),
    k("cooperation"),
    k("co-operation"),
    k("collaboration"),
    k("collaborative"),
    k("partnership"),
    k("liaison"),
    k("framework"),
    k("licensing"),
    k("license"),
    k("licence"),
    k("technical"),
    k("technology"),
    k("mutual"),
    k("recognition"),
    k("working"),
    k("association"),
    k("adoption"),
    k("consortium"),
    k("research"),
    k("project"),
    k("strategic"),
    k("sharing"),
    k("pilot"),
    k("exchange"),
    k("standards"),
    k("copyright"),
    k("affiliation"),
    k("membership"),
    k("trade"),
    k("multilateral"),
];

/// Words that show an instrument to be one of before.
const EARLIER: [u64; 9] = [
    k("previous"),
    k("existing"),
    k("earlier"),
    k("first"),
    k("original"),
    k("initial"),
    k("former"),
    k("prior"),
    k("expired"),
];

/// Returns the instruments that some tokens name, in order.
pub(super) fn all(page: &Page<'_, '_>, tokens: &Range<usize>) -> Vec<Instrument> {
    let mut found: Vec<Instrument> = Vec::new();
    for n in tokens.clone() {
        if !page.is(n, cues::INSTRUMENT) || found.last().is_some_and(|last| n < last.tokens.end) {
            continue;
        }
        let Some(mut one) = at(page, n, tokens) else { continue };
        // `Memorandum of Understanding (MoU)` is one.
        let is_acronym = found.last().is_some_and(|last| {
            last.kind == one.kind && one.tokens.start == last.tokens.end + 1 && page.is_mark(last.tokens.end, "(")
        });
        if is_acronym {
            if let Some(last) = found.last_mut() {
                last.tokens.end = one.tokens.end + usize::from(page.is_mark(one.tokens.end, ")"));
            }
            continue;
        }
        one.is_earlier = is_earlier(page, &one, tokens.start);
        found.push(one);
    }
    found
}

fn is_earlier(page: &Page<'_, '_>, one: &Instrument, start: usize) -> bool {
    let first = one.tokens.start.saturating_sub(3).max(start);
    let Some(at) = page.find_key(first..one.tokens.start, &EARLIER) else { return false };
    // `the first-ever MoU` of a headline is new; `for the first time` says nothing of it.
    !page.is_key(at + 1, &[k("ever"), k("time"), k("-")])
}

fn at(page: &Page<'_, '_>, n: usize, within: &Range<usize>) -> Option<Instrument> {
    let scan = page.scan;
    let named = |kind: &str, tokens: Range<usize>| {
        Some(Instrument { kind: kind.into(), tokens, is_bare: false, is_earlier: false })
    };
    let of = |at: usize| {
        if !scan.says(at, &["of"]) {
            return None;
        }
        let kinds = ["Understanding", "Cooperation", "Collaboration", "Agreement", "Intent", "Co-operation"];
        kinds.into_iter().find(|kind| scan.says(at + 1, &[kind]))
    };
    match scan.tokens.get(n)?.key {
        key if [k("mou"), k("mous"), k("mou's")].contains(&key) => named("Memorandum of Understanding", n..n + 1),
        key if key == k("moc") => named("Memorandum of Cooperation", n..n + 1),
        key if key == k("moa") => named("Memorandum of Agreement", n..n + 1),
        key if key == k("memorandum") || key == k("memoranda") => match of(n + 1) {
            Some(kind) => named(&format!("Memorandum of {kind}"), n..n + 3),
            None => named("Memorandum of Understanding", n..n + 1),
        },
        key if key == k("letter") || key == k("letters") => {
            of(n + 1).and_then(|kind| named(&format!("Letter of {kind}"), n..n + 3))
        }
        key if key == k("loi") || key == k("lois") => named("Letter of Intent", n..n + 1),
        key if key == k("declaration") => (n > within.start && scan.says(n - 1, &["joint"]))
            .then(|| named("Joint Declaration", n - 1..n + 1))
            .flatten(),
        key if key == k("protocol") => of(n + 1).and_then(|kind| named(&format!("Protocol of {kind}"), n..n + 3)),
        key if key == k("liaison") => liaison(page, n, within),
        _ => agreement(page, n, within),
    }
}

/// Reads `a formal liaison relationship with`; a liaison statement or officer is no instrument.
fn liaison(page: &Page<'_, '_>, n: usize, within: &Range<usize>) -> Option<Instrument> {
    let scan = page.scan;
    let is_relation =
        ["relationship", "relation", "partnership", "status"].iter().any(|word| scan.says(n + 1, &[word]));
    let is_made = page.find(within.clone(), cues::SIGN | cues::ENTER).is_some();
    let is_agreement = scan.says(n + 1, &["agreement"]);
    let end = n + 1 + usize::from(is_relation);
    (is_relation && is_made && !is_agreement).then(|| Instrument {
        kind: "Liaison".into(),
        tokens: n..end,
        is_bare: false,
        is_earlier: false,
    })
}

/// Reads `Technical Cooperation Agreement`, `agreement`, `pact`, `working arrangement`.
fn agreement(page: &Page<'_, '_>, n: usize, within: &Range<usize>) -> Option<Instrument> {
    let scan = page.scan;
    let key = scan.tokens.get(n)?.key;
    let mut start = n;
    while start > within.start && page.is_key(start - 1, &MODIFIERS) {
        start -= 1;
    }
    let is_plural = [k("agreements"), k("letters"), k("arrangements")].contains(&key);
    let is_arrangement = key == k("arrangement") || key == k("arrangements");
    // `in agreement with`, `agreement that ...`: people are of one mind.
    let is_opinion = start > within.start && scan.says(start - 1, &["in"]) && start == n
        || scan.says(n + 1, &["that"]) && start == n
        || page.is_key(n.wrapping_sub(1), &[k("no"), k("general"), k("broad"), k("unanimous"), k("confidentiality")]);
    if is_opinion || start == n && (is_plural || is_arrangement) || page.is_key(n, &[k("declaration"), k("liaison")]) {
        return None;
    }
    let is_bare = start == n;
    let noun = if is_arrangement { "Arrangement" } else { "Agreement" };
    let words: Vec<String> = (start..n).map(|n| titled(scan.word(n))).collect();
    let kind = if is_bare { noun.to_string() } else { format!("{} {noun}", words.join(" ")) };
    Some(Instrument {
        kind: kind.replace("Co-operation", "Cooperation"),
        tokens: start..n + 1,
        is_bare,
        is_earlier: false,
    })
}

/// Returns a word with a capital first and small letters after it; acronyms stay.
fn titled(word: &str) -> String {
    let mut chars = word.chars();
    let rest = |chars: std::str::Chars<'_>| chars.as_str().to_lowercase();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest(chars).chars()).collect())
}
