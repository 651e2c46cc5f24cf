//! Cuts a line that names several persons into entries.

use std::ops::Range;

use super::entry::{Entry, Style, entry};
use super::markup::plain;
use super::vocabulary::{is_capitals, is_full_name, is_name};

/// What a company name may end in after a comma, and a person's.
const ENDINGS: [&str; 17] =
    ["inc", "llc", "ltd", "co", "corp", "s.a", "gmbh", "ag", "b.v", "plc", "l.p", "lp", "jr", "sr", "ii", "iii", "s.l"];

/// Cuts a paragraph at its commas, or at its semicolons if it has any, outside brackets; where a name follows a closing
/// bracket without a comma; and at `and` between two names.
pub(super) fn paragraph(text: &str) -> Vec<Range<usize>> {
    let has_semicolons = cut(text, ';').len() > 1;
    let parts = cut(text, if has_semicolons { ';' } else { ',' });
    let parts = if has_semicolons { parts } else { joined(text, parts) };
    let parts = parts.into_iter().flat_map(|part| run_on(text, part)).flat_map(|part| both(text, part));
    let trimmed = parts.map(|part| trimmed(text, part));
    trimmed.filter(|part| text[part.clone()].chars().any(char::is_alphanumeric)).collect()
}

/// Cuts at a letter outside brackets.
fn cut(text: &str, separator: char) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, letter) in text.char_indices() {
        depth += i32::from("([".contains(letter)) - i32::from(")]".contains(letter));
        if letter == separator && depth <= 0 {
            parts.push(start..at);
            start = at + letter.len_utf8();
        }
    }
    parts.push(start..text.len());
    parts
}

/// Puts together what a comma parts wrongly: `Acme, Inc.` and `A. Example, Acme (AEX)`.
fn joined(text: &str, parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(parts.len());
    for part in parts {
        let words = text[part.clone()].trim();
        let lower = words.trim_end_matches(['.', ')']).to_lowercase();
        let is_ending = ENDINGS.contains(&lower.as_str());
        let belongs = joined.last().is_some_and(|before| {
            let before = plain(&text[before.clone()]);
            let token = words.rsplit_once(['(', '[']).map(|(word, token)| (word, token.trim_end_matches([')', ']'])));
            token.is_some_and(|(word, token)| {
                let is_one_word = word.split_whitespace().count() == 1;
                let fits = token.len() > 1 && initials(&before) == token.to_lowercase();
                fits && is_one_word && !before.contains(['(', '[']) && is_full_name(&before)
            })
        });
        match joined.last_mut() {
            Some(before) if is_ending || belongs => before.end = part.end,
            _ => joined.push(part),
        }
    }
    joined
}

/// The first letters of the words of a name, small.
fn initials(name: &str) -> String {
    let words = name.split(|letter: char| letter.is_whitespace() || letter == '-').filter(|word| !word.is_empty());
    words.filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect()
}

/// Cuts `A. Example (AEX) B. Sample (BSA)` behind each bracket that a name with brackets of its own, or a full name, follows.
fn run_on(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut depth) = (Vec::new(), part.start, 0_i32);
    let last = text[part.clone()].rfind(['(', '[']).map_or(0, |at| part.start + at);
    for (at, letter) in text[part.clone()].char_indices() {
        depth += i32::from("([".contains(letter)) - i32::from(")]".contains(letter));
        let at = part.start + at;
        if depth != 0 || letter != ')' || text[start..at].trim().starts_with('(') {
            continue;
        }
        let rest = text[at + 1..part.end].trim_start();
        let name = rest.split(['(', '[', '-', '–']).next().unwrap_or_default().trim();
        let is_capital = rest.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_lowercase());
        let is_next = is_capital && (last > at || is_full_name(name));
        if is_next && is_name(name) {
            parts.push(start..at + 1);
            start = at + 1;
        }
    }
    parts.push(start..part.end);
    parts
}

/// Cuts `A. Example and B. Sample`; leaves out the `and` before the last of a list.
fn both(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut rest = part;
    // Longer parts are no two names, and are not read again and again.
    while let Some((first, second)) = Some(&rest).filter(|rest| rest.len() < 400).and_then(|rest| linked(text, rest)) {
        parts.push(first);
        rest = second;
    }
    let words = &text[rest.clone()];
    let n_blank = words.len() - words.trim_start().len();
    let start = if words.trim_start().starts_with("and ") { n_blank + 4 } else { 0 };
    parts.push(rest.start + start..rest.end);
    parts
}

/// The name before `and`, and what stands behind it, where both name somebody.
fn linked(text: &str, part: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let words = &text[part.clone()];
    let is_one = |words: &str| matches!(entry(words, &Style::default()), Entry::Person(_));
    [" and ", " & ", " + "].into_iter().find_map(|link| {
        let (first, second) = words.split_once(link)?;
        let are_both = is_one(first) && (is_one(second) || second.contains(link)) && !first.contains(['(', '-', '–']);
        let middle = part.start + first.len();
        are_both.then(|| (part.start..middle, middle + link.len()..part.end))
    })
}

fn trimmed(text: &str, part: Range<usize>) -> Range<usize> {
    let words = &text[part.clone()];
    let start = part.start + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}

/// True when a line names several persons: `A (AEX), B (BSA)`, or three names and more between commas.
pub(super) fn is_paragraph(text: &str) -> bool {
    let parts = paragraph(text);
    let is_named = |part: &&Range<usize>| text[(*part).clone()].trim_end_matches('.').ends_with([')', ']']);
    let n_named = parts.iter().filter(is_named).count();
    let is_names = || parts.iter().all(|part| is_name(plain(&text[part.clone()]).trim_end_matches(['.', '?'])));
    let is_one = |part: &&Range<usize>| matches!(entry(&text[(*part).clone()], &Style::default()), Entry::Person(_));
    let are_persons = || parts.iter().filter(is_one).count() * 4 >= parts.len() * 3;
    let is_many = parts.len() > 1 && ((n_named > 1 && n_named * 2 >= parts.len()) || text.contains(';'));
    (is_many && are_persons()) || (parts.len() > 2 && is_names())
}

/// True when a line outside any list can only be one: half of its parts are `Name (ABC)`. Prose with a comma is not.
pub(super) fn is_list(text: &str) -> bool {
    let parts = paragraph(text);
    let mut n_capitals = 0;
    let n_named = parts.iter().filter(|part| {
        let words = plain(&text[(*part).clone()]);
        let words = words.trim_end_matches('.');
        let open =
            if words.ends_with(')') { words.rfind('(') } else { words.rfind('[').filter(|_| words.ends_with(']')) };
        open.is_some_and(|open| {
            let name = words[..open].trim();
            let token = words[open + 1..].trim_end_matches([')', ']']);
            n_capitals += usize::from(is_capitals(token));
            words.len() - open > 2 && is_name(name) && name.starts_with(char::is_alphabetic)
        })
    });
    let n_named = n_named.count();
    n_named * 2 >= parts.len() && (n_named > 1 || n_capitals > 0) && n_named > 0
}
