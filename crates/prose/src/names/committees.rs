//! Committees by the grammar of their names: `SG15`, `ITU-T Study Group 17`, `TC5`, `ISO/IEC JTC 1/SC 22/WG 14`.

use std::ops::Range;

use super::hits::Hits;
use crate::scan::{Scan, Shape};

/// Short words for a committee, and the long form where one body alone uses it.
const SHORT: &[(&str, &str)] = &[
    ("SG", "ITU-T Study Group"),
    ("TC", ""),
    ("SC", ""),
    ("WG", ""),
    ("FG", ""),
    ("TG", ""),
    ("JTC", ""),
    ("RAN", ""),
];

/// Long words for a committee.
const LONG: &[(&[&str], &str)] = &[
    (&["study", "group"], "SG"),
    (&["technical", "committee"], "TC"),
    (&["working", "group"], "WG"),
    (&["working", "party"], "WP"),
    (&["task", "group"], "TG"),
    (&["joint", "technical", "committee"], "JTC"),
];

/// Returns the committees: tokens, full name, acronym.
pub(crate) fn find(scan: &Scan<'_>, hits: &Hits<'_, '_>) -> Vec<(Range<usize>, String, Option<String>)> {
    let mut found = Vec::new();
    for (n, token) in scan.tokens.iter().enumerate() {
        if matches!(token.shape, Shape::Number | Shape::Mark(_))
            || token.shape == Shape::Lower && token.end - token.start != 8
        {
            continue;
        }
        if let Some(acronym) = short(scan.word(n)) {
            found.push((n..n + 1, full_name(&acronym), Some(acronym)));
        } else if let Some((end, acronym)) = long(scan, n) {
            let start = parent(scan, hits, n);
            let name = if start < n { scan.folded(&(start..end)) } else { full_name(&acronym) };
            found.push((start..end, name, Some(acronym)));
        } else if let Some(end) = chain(scan, n) {
            let start = parent(scan, hits, n);
            found.push((start..end, scan.folded(&(start..end)), None));
        } else if scan.says(n, &["steering", "committee"])
            && scan.tokens.get(n).is_some_and(|t| t.shape == Shape::Lower)
        {
            found.push((n..n + 2, "steering committee".into(), None));
        }
    }
    found
}

/// `SG15` as it stands in one token.
fn short(word: &str) -> Option<String> {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = word.get(letters.len()..)?;
    let is_short = SHORT.iter().any(|(short, _)| *short == letters);
    (is_short && (1..=3).contains(&digits.len())).then(|| word.to_string())
}

/// `Study Group 17`: its end, and its short form.
fn long(scan: &Scan<'_>, n: usize) -> Option<(usize, String)> {
    let token = scan.tokens.get(n)?;
    if !matches!(token.shape, Shape::Capital | Shape::Upper) {
        return None;
    }
    let (words, short) = LONG.iter().find(|(words, _)| scan.says(n, words))?;
    let number = n + words.len();
    let digits = scan.word(number);
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| (number + 1, format!("{short}{digits}")))
}

/// `JTC 1/SC 22/WG 14`, `TC 57`, `SC 22`: letters, a number, and so on after strokes.
fn chain(scan: &Scan<'_>, n: usize) -> Option<usize> {
    let is_letters = |n: usize| matches!(scan.word(n), "JTC" | "TC" | "SC" | "WG" | "SG" | "JWG");
    let is_number = |n: usize| {
        let word = scan.word(n);
        (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
    };
    let mut end = n;
    while is_letters(end) && is_number(end + 1) {
        end += 2;
        if scan.word(end) != "/" || !is_letters(end + 1) {
            return Some(end);
        }
        end += 1;
    }
    None
}

/// Returns where the name of the body begins that stands right before a committee's; `n` where there is none.
fn parent(scan: &Scan<'_>, hits: &Hits<'_, '_>, n: usize) -> usize {
    let mut start = n;
    while let Some(before) = start.checked_sub(1) {
        let is_body = hits.exactly(&(before..start)).is_some_and(|hit| hit.span.end == scan.span(&(before..start)).end);
        let is_stroke = scan.word(before) == "/" && start < n;
        if !(is_body || is_stroke) {
            break;
        }
        start = before;
    }
    start
}

fn full_name(acronym: &str) -> String {
    let letters = acronym.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = acronym.get(letters.len()..).unwrap_or_default();
    match SHORT.iter().find(|(short, long)| *short == letters && !long.is_empty()) {
        Some((_, long)) => format!("{long} {number}"),
        None => acronym.to_string(),
    }
}
