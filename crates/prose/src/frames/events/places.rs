//! Where and when: the place and date that a stretch of words states for an event.

use std::ops::Range;

use super::super::cues::{self, k};
use super::super::page::Page;
use crate::answer::Time;
use crate::scan::Shape;

/// Returns the place that some tokens state: `in Geneva, Switzerland`, `, Geneva, 19 April 2024`.
pub(super) fn place(page: &Page<'_, '_>, tokens: &Range<usize>) -> Option<String> {
    for n in tokens.clone() {
        let is_in = page.is_key(n, &[k("in"), k("at")]);
        if is_in && !page.is(n + 1, cues::MONTH) {
            let words = capitals(page, n + 1, tokens.end);
            if is_place(page, &words) {
                return Some(page.scan.folded(&words));
            }
        }
    }
    // A place between commas just before the date: `Workshop, Geneva, 19 April 2024`.
    let date = page.dates_in(page.span(tokens)).iter().find(|date| matches!(date.time, Time::Date(_)))?;
    let end = page.tokens(date.found.span).start.saturating_sub(1);
    let mut start = end;
    while start > tokens.start
        && (is_part(page, start - 1) || page.is_mark(start - 1, ",()") && is_part(page, start - 2))
    {
        start -= 1;
    }
    while start < end && page.is_mark(start, ",()") {
        start += 1;
    }
    let words = start..if page.is_mark(end, ",") { end } else { end + 1 };
    (start < end || is_part(page, start) && start == end && page.is_mark(end + 1, ",")).then_some(())?;
    is_place(page, &words).then(|| page.scan.folded(&words))
}

/// Returns the capitals from `start` on, with commas and brackets between them: `New Delhi, India`.
fn capitals(page: &Page<'_, '_>, start: usize, stop: usize) -> Range<usize> {
    let mut end = start;
    while end < stop {
        let is_joint = page.is_mark(end, ",") && is_part(page, end + 1) && !page.is(end + 1, cues::MONTH);
        if !(is_part(page, end) || is_joint) {
            break;
        }
        end += 1;
    }
    start..end
}

fn is_part(page: &Page<'_, '_>, n: usize) -> bool {
    let shape = page.scan.tokens.get(n).map(|token| token.shape);
    matches!(shape, Some(Shape::Capital | Shape::Upper)) && !page.is(n, cues::MONTH | cues::EVENT | cues::OFFICE)
}

/// True when capitals can be a place: at least one word, not an organisation, and no acronym alone.
fn is_place(page: &Page<'_, '_>, words: &Range<usize>) -> bool {
    let is_acronym =
        words.len() == 1 && page.scan.tokens.get(words.start).is_some_and(|token| token.shape == Shape::Upper);
    let is_word = page
        .scan
        .tokens
        .get(words.start)
        .is_some_and(|token| token.shape == Shape::Capital && token.end - token.start > 2);
    let is_organisation =
        page.scan.tokens.get(words.start).is_some_and(|token| page.organisation_at(token.start).is_some());
    let is_other =
        page.find(words.clone(), cues::SESSION | cues::DOCUMENT | cues::INSTRUMENT | cues::FUNCTION).is_some();
    !words.is_empty() && words.len() <= 8 && is_word && !is_acronym && !is_organisation && !is_other
}

/// Returns the date that some tokens state, the first one.
pub(super) fn date(page: &Page<'_, '_>, tokens: &Range<usize>) -> Option<String> {
    // The date of another meeting is not its own: `under the approval of its June 2023 meeting`.
    let is_other = |end: usize| page.is_key(end, &[k("meeting"), k("plenary"), k("session")]);
    page.dates_in(page.span(tokens)).iter().find_map(|date| match &date.time {
        Time::Date(text) if !text.ends_with('s') && !is_other(page.tokens(date.found.span).end) => Some(text.clone()),
        _ => None,
    })
}

/// Returns how it is held: `in-person`, `hybrid`, `online`.
pub(super) fn mode(page: &Page<'_, '_>, tokens: &Range<usize>) -> Option<&'static str> {
    const MODES: [(u64, &str); 12] = [
        (k("hybrid"), "hybrid"),
        (k("in-person"), "in-person"),
        (k("face-to-face"), "in-person"),
        (k("physical"), "in-person"),
        (k("physically"), "in-person"),
        (k("online"), "online"),
        (k("virtual"), "online"),
        (k("virtually"), "online"),
        (k("videoconference"), "online"),
        (k("teleconference"), "online"),
        (k("e-meeting"), "online"),
        (k("remotely"), "online"),
    ];
    let found = tokens.clone().filter(|n| page.is(*n, cues::MODE)).find_map(|n| {
        let key = page.scan.tokens.get(n)?.key;
        MODES.iter().find(|(word, _)| *word == key).map(|(_, mode)| *mode)
    });
    let is_in_person = || tokens.clone().any(|n| page.scan.says(n, &["in", "person"]));
    let is_hybrid = tokens.clone().any(|n| page.scan.says(n, &["hybrid"]));
    if is_hybrid { Some("hybrid") } else { found.or_else(|| is_in_person().then_some("in-person")) }
}
