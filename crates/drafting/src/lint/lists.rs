//! Lists: the mark at the end of every clause by its position, and parts after `;` that are not of one kind.
//!
//! The marks are those of ITU resolutions: `;` after a clause that others follow, `,` after the last of a call, `.` at the end of
//! the resolution, `:` or `;` before dashes, `; and` or `; or` allowed before the last. Source: ITU-T A Suppl. 7 (08/2024),
//! "Guidelines for the preparation of WTSA Resolutions", and the texts of WTSA resolutions themselves.

use std::ops::Range;

use super::{Code, Lint};
use crate::Passage;
use crate::calls;

/// How a label looks; labels of another look than the first of the call are below it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    None,
    Letter,
    Number,
    Dash,
}

fn look(label: &str) -> Look {
    match label.trim().chars().next() {
        None => Look::None,
        Some(first) if first.is_ascii_digit() => Look::Number,
        Some(first) if first.is_alphabetic() => Look::Letter,
        Some(_) => Look::Dash,
    }
}

/// Returns the clauses whose end mark is not that of their position, each with its number among the passages.
pub(super) fn end_marks(passages: &[Passage<'_>]) -> Vec<(usize, Lint)> {
    let clauses: Vec<usize> = (0..passages.len()).filter(|&n| is_call(passages[n].call)).collect();
    let mut found = Vec::new();
    for (at, &n) in clauses.iter().enumerate() {
        let next = clauses.get(at + 1).map(|&next| &passages[next]);
        let first = clauses.iter().find(|&&other| passages[other].call == passages[n].call).map_or(n, |&first| first);
        let Some((expected, sure)) = expected(&passages[n], next, look(passages[first].label)) else { continue };
        let range = end(passages[n].text);
        found.push((n, Lint::new(Code::EndMark, &passages[n], range, expected, sure)));
    }
    found
}

/// True for what clauses of a resolution stand under, and not for the heading of a specification, under which sentences stand: a call is
/// written small, or is its verb alone.
pub(super) fn is_call(words: &str) -> bool {
    let small = words.trim().to_lowercase();
    let verb = calls::verb(&small);
    verb.is_some_and(|verb| words.trim().starts_with(char::is_lowercase) || verb.words == small)
}

/// The mark that is missing at the end of a clause, and how sure that is; `None` where the mark is right.
fn expected(clause: &Passage<'_>, next: Option<&Passage<'_>>, main: Look) -> Option<(&'static str, f64)> {
    let text = clause.text.trim_end();
    let bare = ["and", "or", "and/or"].iter().find_map(|word| text.strip_suffix(word)).map_or(text, str::trim_end);
    let mark = bare.chars().next_back()?;
    let ends = |right: &str| right.contains(mark);
    match next {
        None => (!ends(".")).then_some((".", 0.8)),
        Some(next) if next.call != clause.call => (!ends(",")).then_some((",", 0.8)),
        Some(next) if look(next.label) != main && look(clause.label) == main => (!ends(":;,")).then_some((":", 0.6)),
        Some(_) => (!ends(";")).then_some((";", 0.9)),
    }
}

/// The last mark of a text, or the empty range at its end.
fn end(text: &str) -> Range<usize> {
    let trimmed = text.trim_end();
    match trimmed.char_indices().next_back() {
        Some((at, last)) if !last.is_alphanumeric() && last != ')' && last != ']' => at..trimmed.len(),
        _ => trimmed.len()..trimmed.len(),
    }
}

/// With what a part of a list begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Head {
    To,
    That,
    Other,
}

/// One part of a list within a clause: its bytes, whether it bears a label, and with what it begins.
struct Part {
    range: Range<usize>,
    is_labelled: bool,
    head: Head,
    /// True where it begins as a sentence of its own: `however, ...`.
    is_sentence: bool,
}

/// Returns parts of a list that is set within one clause, `...: to do this; that is so`, which are not of one kind.
///
/// Only lists count whose parts begin with `to` or `that`, or bear labels; `; however, ...` between two sentences is no list.
pub(super) fn broken(passage: &Passage<'_>) -> Vec<Lint> {
    let parts = parts(passage.text);
    let Some((first, rest)) = parts.split_first().filter(|(_, rest)| !rest.is_empty()) else { return Vec::new() };
    let is_list = first.is_labelled || first.head != Head::Other;
    let is_broken =
        |part: &&Part| !part.is_sentence && (part.head != first.head || part.is_labelled != first.is_labelled);
    let lint = |part: &Part| {
        let expected = match (first.is_labelled && !part.is_labelled, first.head) {
            (true, _) => "<a label, as the parts before it>",
            (_, Head::To) => "<`to` and a verb, as the parts before it>",
            (_, Head::That) => "<`that`, as the parts before it>",
            _ => "<a beginning as that of the parts before it>",
        };
        Lint::new(Code::BrokenList, passage, part.range.clone(), expected, if first.is_labelled { 0.6 } else { 0.8 })
    };
    rest.iter().filter(is_broken).filter(|_| is_list).map(lint).collect()
}

/// The parts of a text between `;` outside brackets; the first begins after the last `:` before it.
fn parts(text: &str) -> Vec<Part> {
    let mut ends = Vec::new();
    let (mut depth, mut colon) = (0_usize, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            // The bracket of a label closes nothing.
            ')' | ']' => depth = depth.saturating_sub(1),
            ':' if depth == 0 && ends.is_empty() => colon = at + 1,
            ';' if depth == 0 => ends.push(at),
            _ => {}
        }
    }
    // `to ask a) for this; b) for that`: the parts begin with their labels.
    let first = text.get(colon..ends.first().copied().unwrap_or(colon)).unwrap_or_default();
    let mut start = colon + first.rfind(" a) ").unwrap_or(0);
    let mut found = Vec::new();
    for end in ends.into_iter().chain([text.trim_end().len()]) {
        // `; and` at the end leads to the next clause and is no part.
        let is_part = |words: &str| !["", "and", "or", "and/or"].contains(&bare(words));
        if start < end && text.get(start..end).is_some_and(is_part) {
            found.push(part(text, start..end));
        }
        start = end + 1;
    }
    found
}

/// Words without marks of any kind around them.
fn bare(words: &str) -> &str {
    words.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// What follows a word that joins, and marks of emphasis.
fn joined<'a>(words: &'a str, word: &str) -> Option<&'a str> {
    let rest = words.strip_prefix(word)?;
    rest.starts_with([' ', '*', '_']).then(|| rest.trim_start_matches([' ', '*', '_']))
}

fn part(text: &str, range: Range<usize>) -> Part {
    let words = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (words.len() - words.trim_start().len());
    let words = words.trim().trim_start_matches(['*', '_']);
    let words = ["and", "or"].iter().find_map(|word| joined(words, word)).unwrap_or(words);
    let first = words.split_whitespace().next().unwrap_or_default();
    let is_labelled = first.ends_with(')') && first.trim_start_matches('(').len() <= 4;
    let rest = if is_labelled { words.strip_prefix(first).unwrap_or(words).trim_start() } else { words };
    let head = match rest.split_whitespace().next().unwrap_or_default().trim_end_matches(',') {
        "to" => Head::To,
        "that" => Head::That,
        _ => Head::Other,
    };
    const ADVERBS: [&str; 12] = [
        "however",
        "therefore",
        "moreover",
        "furthermore",
        "nevertheless",
        "thus",
        "consequently",
        "otherwise",
        "hence",
        "e.g.",
        "i.e.",
        "accordingly",
    ];
    let is_sentence = rest.split([' ', ',']).next().is_some_and(|word| ADVERBS.contains(&word));
    Part { range: start..range.end, is_labelled, head, is_sentence }
}
