//! The clause of a sentence in which a word stands: evidence is what says so, and not the whole sentence around it.

use std::ops::Range;

use super::cues::{self, k};
use super::page::Page;
use crate::scan::Shape;

/// Words that join a clause to the one before it, after a comma.
const JOINTS: [u64; 10] = [
    k("and"),
    k("but"),
    k("though"),
    k("although"),
    k("while"),
    k("whereas"),
    k("so"),
    k("that"),
    k("as"),
    k("because"),
];

/// Words with which a subordinate clause opens a sentence.
const OPENERS: [u64; 8] =
    [k("while"), k("although"), k("though"), k("whereas"), k("since"), k("because"), k("if"), k("when")];

/// Returns where the clause of the word at `anchor` begins.
pub(crate) fn start(page: &Page<'_, '_>, sentence: &Range<usize>, anchor: usize) -> usize {
    let joined = (sentence.start..anchor).rev().find(|n| page.is_mark(*n, ",;") && page.is_key(n + 1, &JOINTS));
    let opened =
        page.is_key(sentence.start, &OPENERS).then(|| (sentence.start..anchor).find(|n| page.is_mark(*n, ",")));
    let mut start = joined.or(opened.flatten()).map_or(sentence.start, |comma| comma + 1);
    while start < anchor && page.is_key(start, &JOINTS) {
        start += 1;
    }
    start
}

/// Returns where the clause of the word at `anchor` ends: before an aside that only adds to it.
pub(crate) fn end(page: &Page<'_, '_>, sentence: &Range<usize>, anchor: usize) -> usize {
    const ASIDES: [u64; 9] = [
        k("or"),
        k("either"),
        k("which"),
        k("including"),
        k("especially"),
        k("particularly"),
        k("whereas"),
        k("while"),
        k("where"),
    ];
    let cut = (anchor + 2..sentence.end).find(|n| {
        let next = n + 1;
        let is_comma = page.is_mark(*n, ",") && (page.is_key(next, &ASIDES) || is_participle(page, next));
        let is_title = page.is_mark(*n, ",") && page.is_mark(n - 1, ")") && is_capital(page, next);
        is_comma || is_title || page.is_key(*n, &[k("and")]) && page.is_key(next, &[k("following"), k("using")])
    });
    cut.unwrap_or(sentence.end)
}

fn is_participle(page: &Page<'_, '_>, n: usize) -> bool {
    let is_small = page.scan.tokens.get(n).is_some_and(|token| token.shape == Shape::Lower);
    is_small && page.scan.word(n).ends_with("ing") && !page.is(n, cues::EVENT | cues::FUNCTION)
}

fn is_capital(page: &Page<'_, '_>, n: usize) -> bool {
    page.scan.tokens.get(n).is_some_and(|token| token.shape == Shape::Capital)
}
