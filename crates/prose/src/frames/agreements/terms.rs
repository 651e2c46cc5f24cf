//! Terms of an agreement: how it was signed, who approved it, what it replaces, from when until when it holds, what it is
//! about and what it aims at.

use std::ops::Range;

use super::super::cues::{self, k};
use super::super::page::Page;
use super::{instrument, without_stop};
use crate::answer::{Agreement, Answer, Approval, Found, Span, Time};

/// Adds the terms to each agreement, from the sentences that speak of it.
pub(super) fn read(page: &Page<'_, '_>, answer: &mut Answer) {
    for n in 0..answer.agreements.len() {
        let reach = reach(answer, n);
        let mut agreement = answer.agreements.get(n).cloned().unwrap_or_default();
        let wanted = cues::INSTRUMENT | cues::APPROVE | cues::SIGN;
        for sentence in page.sentences_in(reach) {
            if page.find(sentence.clone(), wanted).is_none() {
                continue;
            }
            one_sentence(page, sentence, &mut agreement);
        }
        if let Some(slot) = answer.agreements.get_mut(n) {
            *slot = agreement;
        }
    }
}

/// Returns the stretch of text that speaks of the agreement `n`: up to the first sentence of the next one.
pub(super) fn reach(answer: &Answer, n: usize) -> Span {
    let first = |n: usize| answer.agreements.get(n)?.evidence.iter().map(|found| found.span.start).min();
    let start = if n == 0 { 0 } else { first(n).unwrap_or(0) };
    Span::new(start, first(n + 1).filter(|next| *next > start).unwrap_or(usize::MAX))
}

fn one_sentence(page: &Page<'_, '_>, sentence: &Range<usize>, agreement: &mut Agreement) {
    let instruments = instrument::all(page, sentence);
    if let Some(at) = page.find_key(sentence.clone(), &[k("electronically")]) {
        let is_signed = page.find(at.saturating_sub(2)..at + 2, cues::SIGN).is_some();
        if is_signed && agreement.signing_mode.is_none() {
            agreement.signing_mode = Some("electronic".into());
        }
    }
    approvals(page, sentence, agreement);
    if instruments.is_empty() {
        return;
    }
    duration(page, sentence, agreement);
    predecessor(page, &instruments, agreement);
    let is_own = instruments.iter().find(|one| one.kind == agreement.instrument || one.is_bare);
    let Some(own) = is_own else { return };
    if agreement.aim.is_none() {
        agreement.aim = aim(page, sentence, &own.tokens);
    }
    let is_introduced = agreement.evidence.first().is_some_and(|found| found.span.holds(page.span(sentence)));
    if agreement.subject.is_none() && is_introduced {
        agreement.subject = subject(page, sentence, own.tokens.end);
    }
}

/// Takes the instrument of before that a sentence names next to the agreement: `(from a previous MoU)`, `replacing ...`.
fn predecessor(page: &Page<'_, '_>, instruments: &[instrument::Instrument], agreement: &mut Agreement) {
    for one in instruments {
        let before = one.tokens.start.saturating_sub(3)..one.tokens.start;
        let is_replaced =
            page.find_key(before, &[k("replacing"), k("replaces"), k("supersedes"), k("succeeds")]).is_some();
        if (one.is_earlier || is_replaced) && agreement.predecessor.is_none() {
            agreement.predecessor = Some(page.scan.folded(&one.tokens));
        }
    }
}

/// Reads `the approval by the Council of CCSA and General Assembly of ETSI earlier this year`.
fn approvals(page: &Page<'_, '_>, sentence: &Range<usize>, agreement: &mut Agreement) {
    let Some(at) = page.find(sentence.clone(), cues::APPROVE) else { return };
    let is_by = page.is_key(at + 1, &[k("by"), k("of"), k("from")]);
    if !is_by || !agreement.approvals.is_empty() || page.find(sentence.clone(), cues::INSTRUMENT).is_none() {
        return;
    }
    let end = (at + 2..sentence.end).find(|n| page.is_mark(*n, ".;")).unwrap_or(sentence.end);
    let dates = page.dates_in(page.span(&(at + 2..end)));
    let when = dates.iter().find(|date| !matches!(date.time, Time::Clock(_)));
    let stated = when.map(|date| match &date.time {
        Time::Date(day) => day.clone(),
        Time::Relative | Time::Clock(_) => page.scan.text(date.found.span).to_string(),
    });
    let stop = when.map_or(end, |date| page.tokens(date.found.span).start);
    let mut n = at + 2;
    while let Some((organ, next)) = organ(page, n, stop) {
        let organisation = owner(page, &organ, next, stop);
        let found = Found::new(page.span(&(at..end)), "approval-by", 0.9);
        let words = page.scan.folded(&organ);
        agreement.approvals.push(Approval { organ: words, organisation, when: stated.clone(), found });
        n = next;
    }
}

/// Returns the tokens of the next organ - `General Assembly`, `Technical Management Board` - and the token after it.
fn organ(page: &Page<'_, '_>, from: usize, stop: usize) -> Option<(Range<usize>, usize)> {
    let head = page.find(from..stop, cues::ORGAN)?;
    let is_part =
        |n: usize| page.scan.tokens.get(n).is_some_and(|token| token.is_capital(page.scan)) && !page.is_mark(n, ",");
    let mut start = head;
    while start > from
        && is_part(start - 1)
        && page
            .organisation_at(page.scan.tokens.get(start - 1)?.start)
            .is_none_or(|(span, _)| span.end >= page.scan.tokens.get(head).map_or(0, |token| token.end))
    {
        start -= 1;
    }
    let mut end = head + 1;
    while end < stop && page.is(end, cues::ORGAN) {
        end += 1;
    }
    Some((start..end, end))
}

/// Returns whose organ it is: `Council of CCSA`, `the ETSI Board`.
fn owner(page: &Page<'_, '_>, organ: &Range<usize>, next: usize, stop: usize) -> Option<usize> {
    if page.is_key(next, &[k("of")]) {
        let after = page.span(&(next..stop.min(next + 4)));
        let named = page.nested_in(after).first().or_else(|| page.organisations_in(after).first());
        if let Some((_, one)) = named {
            return Some(*one);
        }
    }
    let around = page.organisation_at(page.scan.tokens.get(organ.start)?.start);
    let inner = around.and_then(|(span, _)| page.nested_in(span).first().copied());
    let around = inner.or(around);
    let before = organ.start.checked_sub(1).and_then(|n| page.organisation_at(page.scan.tokens.get(n)?.start));
    before.or(around).map(|(_, one)| one)
}

/// Reads when it takes effect and until when it holds.
fn duration(page: &Page<'_, '_>, sentence: &Range<usize>, agreement: &mut Agreement) {
    let date_after = |at: usize| {
        let date = page.dates_in(page.span(&(at..sentence.end.min(at + 10)))).first()?;
        match &date.time {
            Time::Date(day) => Some(day.clone()),
            _ => None,
        }
    };
    for n in sentence.clone() {
        let says = |words: &[&str]| page.scan.says(n, words);
        if says(&["force"]) || says(&["effective"]) || says(&["effect"]) {
            agreement.effective = agreement.effective.take().or_else(|| date_after(n));
        } else if says(&["valid"]) || says(&["expires"]) || says(&["expire"]) {
            agreement.until =
                agreement.until.take().or_else(|| date_after(n)).or_else(|| period(page, n + 1, sentence.end));
        } else if says(&["run"]) || says(&["period"]) || says(&["term"]) || says(&["additional"]) {
            agreement.until = agreement.until.take().or_else(|| period(page, n.saturating_sub(1), sentence.end));
        }
    }
}

/// Returns `five years` or `three months` near the token `n`.
fn period(page: &Page<'_, '_>, n: usize, end: usize) -> Option<String> {
    let units = [k("years"), k("year"), k("months")];
    let at = page.find_key(n..end.min(n + 8), &units)?;
    let is_number = at > n && (page.is(at - 1, cues::NUMERAL) || page.scan.word(at - 1).parse::<u32>().is_ok());
    is_number.then(|| page.scan.folded(&(at - 1..at + 1)))
}

/// Reads what an instrument is about: `an MoU on 6G`, `an agreement in the field of smart grids`.
fn subject(page: &Page<'_, '_>, sentence: &Range<usize>, end: usize) -> Option<Span> {
    let mut at = end;
    while page.is_mark(at, ")(”\"") || page.is(at, cues::INSTRUMENT) {
        at += 1;
    }
    let is_on = page.is_key(at, &[k("on"), k("regarding"), k("concerning"), k("about")]);
    if !is_on {
        return None;
    }
    let stop = (at + 1..sentence.end).find(|n| {
        page.is_mark(*n, ",.;:()") || page.is_key(*n, &[k("with"), k("to"), k("which"), k("that"), k("between")])
    })?;
    (stop > at + 1 && stop < at + 12).then(|| page.span(&(at + 1..stop)))
}

/// Reads the aim: `with the aim to ...`, `aims to ...`, `the objective of the MoU is to ...`, `an MoU to promote ...`.
fn aim(page: &Page<'_, '_>, sentence: &Range<usize>, own: &Range<usize>) -> Option<Found> {
    let whole = |start: usize, rule| Some(Found::new(without_stop(page, &(start..sentence.end)), rule, 0.88));
    if let Some(at) = page.find(sentence.clone(), cues::GOAL) {
        let is_with = at >= 2 && page.scan.says(at - 2, &["with", "the"]);
        let is_verb = page.is_key(at, &[k("aims"), k("aimed")]);
        let is_noun = page.find_key(at..sentence.end.min(at + 14), &[k("is"), k("to")]).is_some();
        if is_with && at >= own.start {
            return whole(at - 2, "with-the-aim");
        }
        if is_verb && at >= own.end || is_noun && at < own.start && own.start <= at + 6 {
            return whole(at, "aim-of-instrument");
        }
    }
    let mut at = own.end;
    while page.is_mark(at, ")(") || page.is(at, cues::INSTRUMENT) {
        at += 1;
    }
    let is_verb = page.scan.tokens.get(at + 1).is_some_and(|token| token.shape == crate::scan::Shape::Lower);
    let is_to = page.is_key(at, &[k("to")]) && is_verb && !page.is_key(at + 1, &[k("a"), k("an"), k("the")]);
    if is_to { whole(at, "instrument-to") } else { None }
}

/// Returns the noun of a verb of change: `renewal` of `renewed`.
pub(super) fn noun_of_change(verb: &str) -> &'static str {
    let verb = verb.to_lowercase();
    let nouns = [
        ("renew", "renewal"),
        ("reaffirm", "renewal"),
        ("exten", "extension"),
        ("upgrad", "upgrade"),
        ("terminat", "termination"),
        ("amend", "amendment"),
        ("revis", "revision"),
        ("updat", "update"),
        ("replac", "replacement"),
        ("supersed", "replacement"),
        ("expand", "extension"),
    ];
    nouns.iter().find(|(stem, _)| verb.starts_with(stem)).map_or("change", |(_, noun)| noun)
}
