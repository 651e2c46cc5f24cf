//! Parties: which organisations stand in a slot of a sentence - subject, `between A and B`, `with C` - and whom `the two
//! sides` stands for.

use std::ops::Range;

use super::super::cues::{self, k};
use super::super::page::Page;
use crate::answer::{Answer, Span};
use crate::scan::Shape;

/// Returns the organisations of a list that begins at or after the token `at`: `ITU, IEC, ISO and UN/ECE`. The list ends
/// where something other than a separator, an apposition or a bracket stands between two names.
pub(super) fn list(page: &Page<'_, '_>, at: usize, end: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut last: Option<usize> = None;
    for (span, organisation) in page.organisations_in(page.span(&(at..end))) {
        let tokens = page.tokens(*span);
        let gap = last.unwrap_or(at)..tokens.start;
        match last {
            None if !leads_in(page, &gap) => break,
            Some(_) if !separates(page, &gap) => break,
            _ => {}
        }
        if last.is_none() || !is_aside(page, &gap) {
            push(&mut found, *organisation);
        }
        last = Some(tokens.end);
    }
    found
}

fn push(list: &mut Vec<usize>, one: usize) {
    if !list.contains(&one) {
        list.push(one);
    }
}

/// True for words that may stand between `between` and the first name: `the two standards development organizations`.
fn leads_in(page: &Page<'_, '_>, gap: &Range<usize>) -> bool {
    let verbs = cues::SIGN | cues::ANNOUNCE | cues::AUXILIARY;
    gap.len() <= 12 && page.find(gap.clone(), verbs).is_none() && !gap.clone().any(|n| page.is_mark(n, ";:."))
}

/// True for what may stand between two names of a list.
fn separates(page: &Page<'_, '_>, gap: &Range<usize>) -> bool {
    let verbs = cues::SIGN | cues::ANNOUNCE | cues::AUXILIARY | cues::CHANGE;
    let is_bracket = gap.len() <= 2 && gap.clone().all(|n| page.is_mark(n, "()“”\"'’"));
    let has_separator = gap.clone().any(|n| {
        page.is_mark(n, ",&/+()") || page.is_key(n, &[k("and"), k("with"), k("as"), k("plus"), k("along"), k("of")])
    });
    let is_short =
        gap.len() <= 14 && page.find(gap.clone(), verbs).is_none() && !gap.clone().any(|n| page.is_mark(n, ";:."));
    // `..., ensuring B and C access`: the list is over.
    let is_over = gap.clone().any(|n| page.is_mark(n, ",") && page.scan.word(n + 1).ends_with("ing"));
    is_bracket
        || has_separator && is_short && !is_over && !page.is_key(gap.start, &[k("to"), k("for"), k("on"), k("in")])
}

/// True when a name stands in an aside after another one: `CENELEC (the European Committee ...)`, `EA of Europe`.
fn is_aside(page: &Page<'_, '_>, gap: &Range<usize>) -> bool {
    let is_after = |key: u64| gap.end > gap.start && page.is_key(gap.end - 1, &[key]);
    let article = usize::from(is_after(k("the")));
    let last = gap.end.saturating_sub(1 + article);
    let is_after_preposition = gap.contains(&last)
        && page.is_key(last, &[k("of"), k("at"), k("for"), k("in"), k("from"), k("under"), k("by")]);
    is_after_preposition && page.find(gap.clone(), cues::OFFICE).is_none()
}

/// Returns the organisations of the subject `tokens` of a verb of signing: named themselves, or by who signs for them.
pub(super) fn subject(page: &Page<'_, '_>, tokens: &Range<usize>) -> Vec<usize> {
    let tokens = after_opening(page, tokens);
    let mut found = Vec::new();
    let mut last = tokens.start;
    let mentions = with_brackets(page, &tokens);
    for (n, (at, organisation)) in mentions.iter().enumerate() {
        let gap = last..at.start;
        last = at.end;
        let is_owner = mentions.get(n + 1).is_some_and(|(next, _)| owns(page, at, next.start));
        // Who stands after a preposition is a party only where somebody signs for it: `the Chair of Acme`.
        if !is_owner && (!is_aside(page, &gap) || is_represented(page, &gap)) {
            push(&mut found, *organisation);
        }
    }
    found
}

/// Returns the organisations named in some tokens with their tokens; an acronym in a bracket belongs to the name before it.
fn with_brackets(page: &Page<'_, '_>, tokens: &Range<usize>) -> Vec<(Range<usize>, usize)> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (span, organisation) in page.organisations_in(page.span(tokens)) {
        let at = page.tokens(*span);
        if let Some((before, same)) = found.last_mut() {
            let is_bracket = before.end + 1 == at.start && page.is_mark(before.end, "(");
            if is_bracket && same == organisation {
                before.end = at.end + usize::from(page.is_mark(at.end, ")"));
                continue;
            }
        }
        found.push((at, *organisation));
    }
    found
}

/// True in `ATIS's Next G Alliance` and `3GPP partner ETSI`: the first only says of whom the second is.
fn owns(page: &Page<'_, '_>, one: &Range<usize>, next: usize) -> bool {
    let mut at = one.end;
    let mut is_owner = page.scan.tokens.get(at.wrapping_sub(1)).is_some_and(|token| token.is_owner);
    while at < next {
        let is_mark = page.is_mark(at, "()’'\"");
        is_owner |= page.is_mark(at, "’'") || page.is(at, cues::PARTNER) || page.is_key(at, &[k("'s"), k("s")]);
        if !is_mark && !page.is(at, cues::PARTNER) && !page.is_key(at, &[k("'s"), k("s")]) {
            return false;
        }
        at += 1;
    }
    is_owner
}

fn is_represented(page: &Page<'_, '_>, gap: &Range<usize>) -> bool {
    let near = gap.end.saturating_sub(6).max(gap.start)..gap.end;
    page.find(near, cues::OFFICE).is_some()
}

/// Returns the tokens after an opening phrase: `On 2 June 2022,`, `At the meeting in Geneva,`, `LISBON, Portugal - October
/// 29, 2015 -`.
fn after_opening(page: &Page<'_, '_>, tokens: &Range<usize>) -> Range<usize> {
    const OPENERS: [u64; 14] = [
        k("on"),
        k("in"),
        k("at"),
        k("during"),
        k("under"),
        k("with"),
        k("following"),
        k("after"),
        k("through"),
        k("as"),
        k("today"),
        k("by"),
        k("recently"),
        k("representing"),
    ];
    let mut start = tokens.start;
    // The dash of a dateline: everything before it says where and when.
    let near = start..tokens.end.min(start + 16);
    if let Some(dash) = near.clone().rev().find(|n| page.is_mark(*n, "–—-"))
        && (!page.dates_in(page.span(&(start..dash))).is_empty() || dash <= start + 4)
    {
        start = dash + 1;
    }
    while page.is_key(start, &OPENERS) {
        let past_date = page.dates_in(page.span(&(start..tokens.end))).first().map_or(start, |date| {
            let end = page.tokens(date.found.span).end;
            if end <= start + 8 { end } else { start }
        });
        let Some(comma) = (past_date..tokens.end).find(|n| page.is_mark(*n, ",")) else { break };
        // What is left must still name somebody, or the comma was one of a list.
        let rest = page.span(&(comma + 1..tokens.end));
        let is_named =
            !page.organisations_in(rest).is_empty() || page.find(comma + 1..tokens.end, cues::GROUP).is_some();
        if !is_named {
            break;
        }
        start = comma + 1;
    }
    start..tokens.end
}

/// Returns how many parties a phrase such as `the two organizations`, `both sides`, `4 SDOs` stands for; 0 where it does
/// not say.
pub(crate) fn group(page: &Page<'_, '_>, tokens: &Range<usize>) -> Option<usize> {
    const NUMBERS: [(u64, usize); 8] = [
        (k("two"), 2),
        (k("both"), 2),
        (k("three"), 3),
        (k("four"), 4),
        (k("five"), 5),
        (k("six"), 6),
        (k("seven"), 7),
        (k("eight"), 8),
    ];
    let head = page.find(tokens.clone(), cues::GROUP | cues::PARTNER)?;
    let near = head.saturating_sub(5).max(tokens.start)..head;
    let word = near.clone().rev().find_map(|n| {
        let key = page.scan.tokens.get(n)?.key;
        let number = NUMBERS.iter().find(|(word, _)| *word == key).map(|(_, number)| *number);
        number.or_else(|| page.scan.word(n).parse().ok().filter(|number| (2..=20).contains(number)))
    });
    let is_definite = page.find_key(near, &[k("the"), k("these"), k("their"), k("respective")]).is_some();
    word.or(is_definite.then_some(0))
}

/// Returns the parties for which a group stands: those of the document's agreement where their number fits, else those of
/// the nearest sentence before it.
pub(crate) fn meant(page: &Page<'_, '_>, answer: &Answer, at: usize, number: usize) -> Vec<usize> {
    let own = answer.agreements.first().map(|agreement| agreement.parties.clone()).unwrap_or_default();
    let fits = own.len() == number || number == 0 && !own.is_empty();
    if fits { own } else { antecedent(page, at, number) }
}

/// Returns the parties for which a group named at the token `at` stands: the nearest sentence before it with as many names.
pub(super) fn antecedent(page: &Page<'_, '_>, at: usize, number: usize) -> Vec<usize> {
    let sentences = &page.scan.sentences;
    let here = sentences.partition_point(|sentence| sentence.start <= at);
    for sentence in sentences.get(here.saturating_sub(8)..here).unwrap_or_default().iter().rev() {
        let mut names = Vec::new();
        for (span, organisation) in page.organisations_in(page.span(sentence)) {
            let is_before = span.end <= page.scan.tokens.get(at).map_or(0, |token| token.start);
            if is_before && !is_committee(page, *span) {
                push(&mut names, *organisation);
            }
        }
        if number == 0 && names.len() >= 2 || number > 0 && names.len() == number {
            return names;
        }
    }
    Vec::new()
}

fn is_committee(page: &Page<'_, '_>, span: Span) -> bool {
    page.find(page.tokens(span), cues::ORGAN).is_some() && page.find_key(page.tokens(span), &[k("of")]).is_some()
}

/// Returns names that stand in a list of parties and that no organisation is known by: capitals alone between separators.
/// Places, persons and groups are none.
pub(super) fn unknown(page: &Page<'_, '_>, slot: &Range<usize>) -> Vec<Span> {
    let slot = after_opening(page, slot);
    let mut found = Vec::new();
    let mut n = slot.start;
    let mut is_office = false;
    while n < slot.end {
        is_office |= page.is(n, cues::OFFICE);
        if !is_capital(page, n) {
            n += 1;
            continue;
        }
        let start = n;
        while n < slot.end && goes_on(page, n, slot.end) {
            n += 1;
        }
        n = n.max(start + 1);
        let tokens = start..n;
        if !is_office && stands_alone(page, &tokens, &slot) && is_name(page, &tokens) {
            found.push(page.span(&tokens));
        }
    }
    found
}

/// True when only separators stand around a name: `A, B and C`.
fn stands_alone(page: &Page<'_, '_>, name: &Range<usize>, slot: &Range<usize>) -> bool {
    let mut before = name.start;
    while before > slot.start && (page.is_key(before - 1, &[k("the")]) || page.is_mark(before - 1, "“\"'‘")) {
        before -= 1;
    }
    let is_led =
        before == slot.start || page.is_mark(before - 1, ",&") || page.is_key(before - 1, &[k("and"), k("with")]);
    let mut after = name.end;
    while page.is_mark(after, "”\"'’*") {
        after += 1;
    }
    let is_followed =
        after >= slot.end || page.is_mark(after, ",&(.") || page.is_key(after, &[k("and"), k("have"), k("has")]);
    is_led && is_followed
}

/// True for capitals that can be an organisation's name, and that nothing else is known by.
fn is_name(page: &Page<'_, '_>, tokens: &Range<usize>) -> bool {
    let span = page.span(tokens);
    let is_known = !page.organisations_in(span).is_empty() || page.organisation_at(span.start).is_some();
    let is_other = !page.persons_in(span).is_empty() || !page.dates_in(span).is_empty();
    let is_place = page.is(tokens.start, cues::PLACE);
    let no_names = cues::GROUP | cues::MONTH | cues::INSTRUMENT | cues::OFFICE | cues::SESSION | cues::RELATIVE;
    let first = page.scan.word(tokens.start);
    let is_long = tokens.len() > 1 || first.len() >= 3 && first.chars().filter(|c| c.is_uppercase()).count() >= 2;
    !is_known && !is_other && !is_place && is_long && page.find(tokens.clone(), no_names).is_none()
}

fn is_capital(page: &Page<'_, '_>, n: usize) -> bool {
    let token = page.scan.tokens.get(n);
    token.is_some_and(|token| token.is_capital(page.scan) || token.shape == Shape::Mixed) && !page.is(n, cues::FUNCTION)
}

/// True at a word of a name that goes on: a capital, or `of`, `for`, `the` before one.
fn goes_on(page: &Page<'_, '_>, n: usize, end: usize) -> bool {
    let is_link = page.is_key(n, &[k("of"), k("for"), k("de"), k("the")]) && n + 1 < end;
    is_capital(page, n) && !page.is(n, cues::SIGN | cues::INSTRUMENT)
        || is_link && (is_capital(page, n + 1) || page.is_key(n + 1, &[k("the")]) && is_capital(page, n + 2))
}

/// True when two sets of parties are of one agreement: one holds the other, or they differ in a name and its acronym.
pub(super) fn are_same(answer: &Answer, one: &[usize], other: &[usize]) -> bool {
    let (small, large) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let is_in = |n: &usize| large.contains(n) || large.iter().any(|other| is_acronym(answer, *n, *other));
    small.iter().all(is_in)
}

/// True when one of two organisations is named by the initials of the other.
fn is_acronym(answer: &Answer, one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (answer.organisations.get(one), answer.organisations.get(other)) else {
        return false;
    };
    let initials = |name: &str| -> String {
        let parts =
            name.split([' ', '-']).filter(|part| part.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
        parts
            .map(|part| if part.starts_with(|c: char| c.is_ascii_digit()) { part } else { first_letter(part) })
            .collect()
    };
    let is_of = |short: &str, long: &str| short.len() >= 3 && !short.contains(' ') && initials(long) == short;
    is_of(&one.name, &other.name) || is_of(&other.name, &one.name)
}

fn first_letter(word: &str) -> &str {
    let length = word.chars().next().map_or(0, char::len_utf8);
    word.get(..length).unwrap_or_default()
}
