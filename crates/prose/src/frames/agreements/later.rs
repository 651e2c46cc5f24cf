//! What the sentence after an agreement's tells of its days: `It was announced on 5 June.`

use std::ops::Range;

use super::super::cues::{self, k};
use super::super::page::Page;
use crate::answer::{Agreement, Answer, Time};

/// Most sentences between an agreement and what is told of it.
const NEAR: usize = 3;

/// Adds days of signing and announcement that sentences beginning with `It was` tell.
pub(super) fn read(page: &Page<'_, '_>, answer: &mut Answer) {
    let sentences = &page.scan.sentences;
    for agreement in &mut answer.agreements {
        let Some(found) = agreement.evidence.first() else { continue };
        let next = sentences.partition_point(|sentence| page.span(sentence).start <= found.span.start);
        for sentence in sentences.iter().skip(next).take(NEAR) {
            if page.is_key(sentence.start, &[k("it"), k("this"), k("which")]) {
                tell(page, sentence, agreement);
            }
        }
    }
}

/// The dates of one sentence, each after its own verb.
fn tell(page: &Page<'_, '_>, sentence: &Range<usize>, agreement: &mut Agreement) {
    let Some(auxiliary) = page.find(sentence.start..sentence.end.min(sentence.start + 3), cues::AUXILIARY) else {
        return;
    };
    if auxiliary == sentence.start {
        return;
    }
    if let Some(at) = page.find(auxiliary..sentence.end, cues::ANNOUNCE)
        && let Some(day) = day_after(page, sentence, at)
    {
        agreement.announced.get_or_insert(day);
    }
    if let Some(at) = page.find(auxiliary..sentence.end, cues::SIGN)
        && agreement.signed_relative.is_none()
        && let Some(day) = day_after(page, sentence, at)
    {
        agreement.signed.get_or_insert(day);
    }
}

/// The first date after a verb, up to the next verb.
fn day_after(page: &Page<'_, '_>, sentence: &Range<usize>, verb: usize) -> Option<String> {
    let end = page.find(verb + 1..sentence.end, cues::SIGN | cues::ANNOUNCE).unwrap_or(sentence.end);
    let date = page.dates_in(page.span(&(verb..end))).first()?;
    match &date.time {
        Time::Date(day) => Some(day.clone()),
        Time::Relative | Time::Clock(_) => None,
    }
}
