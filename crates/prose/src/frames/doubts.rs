//! Doubts: what a person has to decide - announced and listed speakers that differ, and inserted and deleted words that ran
//! together.

use super::cues::{self, k};
use super::page::Page;
use crate::answer::{Answer, Doubt, Found, Span};
use crate::scan::Shape;

/// Adds the doubts that compare what was read.
pub(crate) fn read(page: &Page<'_, '_>, answer: &mut Answer) {
    let differing: Vec<Doubt> = answer
        .sessions
        .iter()
        .filter_map(|session| {
            let planned = session.planned_speakers?;
            let listed = listed(page, session.extent);
            (listed > 0 && listed != planned).then(|| Doubt {
                kind: "planned-and-listed-differ",
                what: format!("expected {planned} speakers in `{}`, found {listed}", session.title),
                hint: "compare with a later version of the programme".into(),
                found: Found::new(session.found.span, "planned-and-listed", 0.95),
            })
        })
        .collect();
    answer.doubts.extend(differing);
}

/// Returns how many persons a session lists: its items that begin with a person.
fn listed(page: &Page<'_, '_>, extent: Span) -> u32 {
    let tokens = page.tokens(extent);
    let (first, last) = (page.block_number(tokens.start), page.block_number(tokens.end.saturating_sub(1)));
    let is_speaker = |n: &usize| {
        let span = page.span(&page.block(*n));
        page.is_item(*n) && page.persons_in(Span::new(span.start, span.end.min(span.start + 60))).first().is_some()
    };
    u32::try_from((first..=last).filter(is_speaker).count()).unwrap_or(u32::MAX)
}

/// Returns stretches where an inserted and a deleted number or name seem to have run together, each with a doubt: an
/// implausible count (`over 700520 Sector Members`), a year with a word behind it (`2024Hammamet`).
pub(crate) fn fused(page: &Page<'_, '_>, answer: &mut Answer) -> Vec<Span> {
    let mut found = Vec::new();
    for (n, token) in page.scan.tokens.iter().enumerate() {
        let is_long = match token.shape {
            Shape::Number => is_run_together(page, n),
            Shape::Mixed => is_year_with_word(page.scan.text(token.span())),
            _ => false,
        };
        if !is_long {
            continue;
        }
        let words = page.scan.text(token.span());
        found.push(token.span());
        answer.doubts.push(Doubt {
            kind: "fused-text",
            what: format!("expected one number or word, found `{words}`"),
            hint: "open the document with its tracked changes and take one of the two".into(),
            found: Found::new(token.span(), "fused-text", 0.8),
        });
    }
    found
}

/// True for a count of six digits or more without separators, with words of a count around it.
fn is_run_together(page: &Page<'_, '_>, n: usize) -> bool {
    let word = page.scan.word(n);
    let is_plain = word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit());
    let is_counted = n > 0 && page.is(n - 1, cues::APPROXIMATE) || page.is_key(n + 1, &[k("members"), k("sector")]);
    is_plain && is_counted && !word.ends_with("000")
}

/// True for `2024Hammamet`: a year that a capital follows at once.
fn is_year_with_word(word: &str) -> bool {
    let (digits, rest) = word.split_at(word.bytes().take_while(u8::is_ascii_digit).count());
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    is_year && rest.len() >= 4 && rest.starts_with(char::is_uppercase) && rest.chars().skip(1).all(char::is_lowercase)
}
