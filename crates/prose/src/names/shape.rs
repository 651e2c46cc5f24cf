//! What a person's name looks like, and the honorifics before it.

use std::ops::Range;

use super::hits::Hits;
use super::words::lexicon;
use crate::scan::{Scan, Shape};

/// Most words of a name.
const LONGEST: usize = 5;

/// How strictly words are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Care {
    /// The context alone shows a person (`Mr ...`, an attendance list): any capitalised words do.
    Sure,
    /// The context is open: no word may be one that names are not made of.
    Open,
}

/// A name as found: the words of the name, and the honorifics before it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Name {
    /// Tokens of the name.
    pub tokens: Range<usize>,
    /// Tokens of the honorifics, which may be none.
    pub honorific: Range<usize>,
}

impl Name {
    /// Number of capitalised words, initials not counted.
    pub fn n_words(&self, scan: &Scan<'_>) -> usize {
        self.tokens.clone().filter(|n| scan.tokens.get(*n).is_some_and(|t| t.is_word() && t.end - t.start > 1)).count()
    }
}

/// Returns the end of the honorifics that begin at token `n`: `H.E. Mr.`, `Prof. Dr.`.
pub(crate) fn honorifics(scan: &Scan<'_>, n: usize) -> usize {
    let mut end = n;
    loop {
        let is_excellency = matches!(scan.word(end), "H.E" | "HE" | "S.E");
        let token = scan.tokens.get(end);
        if !is_excellency && !token.is_some_and(|token| lexicon().honorifics.has(token.key) && token.is_capital(scan)) {
            return end;
        }
        end += 1;
        if scan.word(end) == "." {
            end += 1;
        }
    }
}

/// Returns the name that begins at token `n`, honorifics included.
pub(crate) fn name(scan: &Scan<'_>, hits: &Hits<'_, '_>, n: usize, care: Care) -> Option<Name> {
    name_within(scan, hits, n..usize::MAX, care)
}

/// Returns the name that begins some tokens and goes no further than they do, honorifics included.
pub(crate) fn name_within(scan: &Scan<'_>, hits: &Hits<'_, '_>, tokens: Range<usize>, care: Care) -> Option<Name> {
    let start = honorifics(scan, tokens.start);
    let care = if start > tokens.start { Care::Sure } else { care };
    let end = end_of_name(scan, hits, start..tokens.end, care)?;
    Some(Name { tokens: start..end, honorific: tokens.start..start })
}

/// Walks over the words of a name; `None` where there is none.
fn end_of_name(scan: &Scan<'_>, hits: &Hits<'_, '_>, tokens: Range<usize>, care: Care) -> Option<usize> {
    let start = tokens.start;
    let first = scan.tokens.get(start)?;
    let mut end = start;
    let mut n_words = 0;
    while n_words < LONGEST && end < tokens.end {
        let Some(token) = scan.tokens.get(end).filter(|token| token.block == first.block) else { break };
        let is_after_owner = end > start && scan.tokens.get(end - 1).is_some_and(|before| before.is_owner);
        if end > start && !token.is_spaced || is_after_owner {
            break;
        }
        if is_initial(scan, end) {
            end += if scan.word(end + 1) == "." && !has_space_before(scan, end + 1) { 2 } else { 1 };
            while is_glued_initial(scan, end) {
                end += 2;
            }
        } else if is_word_of_name(scan, hits, end, care) {
            end += 1;
        } else if n_words > 0 && is_particle(scan, end) && is_after_particle(scan, hits, end + 1, care) {
            end += 1;
            continue;
        } else if n_words == 0 && is_particle(scan, end) && is_after_particle(scan, hits, end + 1, care) {
            end += 1;
        } else {
            break;
        }
        n_words += 1;
    }
    let has_word = (start..end).any(|n| scan.tokens.get(n).is_some_and(|t| t.is_word() && t.end - t.start > 1));
    (n_words > 0 && has_word).then_some(end)
}

fn has_space_before(scan: &Scan<'_>, n: usize) -> bool {
    scan.tokens.get(n).is_some_and(|token| token.is_spaced)
}

/// One capital letter: `S.`, `J`.
fn is_initial(scan: &Scan<'_>, n: usize) -> bool {
    let is_capital = scan.tokens.get(n).is_some_and(|token| matches!(token.shape, Shape::Capital | Shape::Upper));
    is_capital && scan.word(n).split('.').all(|part| part.chars().count() == 1)
}

/// `M.` right after `J.` in `J.M. Example`.
fn is_glued_initial(scan: &Scan<'_>, n: usize) -> bool {
    is_initial(scan, n) && !has_space_before(scan, n) && scan.word(n + 1) == "."
}

fn is_particle(scan: &Scan<'_>, n: usize) -> bool {
    scan.tokens.get(n).is_some_and(|token| token.shape == Shape::Lower && lexicon().particles.has(token.key))
}

fn is_after_particle(scan: &Scan<'_>, hits: &Hits<'_, '_>, n: usize, care: Care) -> bool {
    is_word_of_name(scan, hits, n, care) || is_particle(scan, n) && is_word_of_name(scan, hits, n + 1, care)
}

/// True for a capitalised word that may be part of a name.
pub(crate) fn is_word_of_name(scan: &Scan<'_>, hits: &Hits<'_, '_>, n: usize, care: Care) -> bool {
    let Some(token) = scan.tokens.get(n) else { return false };
    let word = scan.text(token.span());
    let looks = match token.shape {
        Shape::Capital => true,
        Shape::Upper => !word.chars().any(|c| c.is_ascii_digit() || c == '&') && word.chars().count() <= 14,
        Shape::Mixed => is_camel(word),
        Shape::Lower | Shape::Number | Shape::Mark(_) => false,
    };
    if !looks || word.contains('_') {
        return false;
    }
    let is_office = lexicon().offices.has(token.key) || lexicon().honorifics.has(token.key);
    match care {
        Care::Sure => !is_office && !is_known_organisation(hits, n),
        Care::Open => {
            let is_acronym = token.shape == Shape::Upper && word.chars().count() <= 3 && !is_after_given(scan, n);
            !is_office && !lexicon().no_names.has(token.key) && !hits.covers(n) && !is_acronym
        }
    }
}

/// True where a short word in capitals follows a given name: `Chaofeng XU`.
fn is_after_given(scan: &Scan<'_>, n: usize) -> bool {
    let is_given = |n: usize| {
        scan.tokens.get(n).is_some_and(|token| {
            token.shape == Shape::Capital && !lexicon().no_names.has(token.key) && !lexicon().offices.has(token.key)
        })
    };
    n.checked_sub(1).is_some_and(is_given) || is_given(n + 1)
}

fn is_known_organisation(hits: &Hits<'_, '_>, n: usize) -> bool {
    hits.at(n).is_some_and(|hit| {
        hit.rule == "known" && hit.tokens.len() == 1 || hit.tokens.len() > 1 && hit.rule != "named-before"
    })
}

/// `McDonald`, `DeVries`, `MacKay`, `D'Angelo`: small and large letters, no digits.
fn is_camel(word: &str) -> bool {
    let n_upper = word.chars().filter(|c| c.is_uppercase()).count();
    word.starts_with(char::is_uppercase)
        && n_upper <= 3
        && word.chars().all(|c| c.is_alphabetic() || "-'’.\u{2011}".contains(c))
}
