//! Series of names in running text: `the committee: Anna Example, Bert Sample, Cara Test, and Dan Trial who ...`.

use std::ops::Range;

use document::Kind;

use super::lists::{segments, whole_name};
use super::persons::{Context, Seen};
use super::shape::{self, Care, Name};
use crate::scan::{Scan, Shape};

/// Names in a row from which on they need nothing else to be known as persons'.
const ENOUGH: usize = 3;

/// Returns the persons of all series of names.
pub(crate) fn find(context: &Context<'_, '_, '_>) -> Vec<Seen> {
    let scan = context.scan;
    let mut seen = Vec::new();
    for sentence in &scan.sentences {
        let is_cell = matches!(scan.block_of(sentence.start).map(|block| &block.kind), Some(Kind::Cell { .. }));
        let n_commas = sentence.clone().filter(|n| scan.tokens.get(*n).is_some_and(|token| token.is(','))).count();
        if !is_cell && n_commas + 1 >= ENOUGH {
            seen.extend(of_sentence(context, sentence));
        }
    }
    seen
}

fn of_sentence(context: &Context<'_, '_, '_>, sentence: &Range<usize>) -> Vec<Seen> {
    let segments = segments(context.scan, sentence);
    let whole: Vec<Option<Name>> = segments.iter().map(|segment| whole(context, segment)).collect();
    let mut seen = Vec::new();
    let mut first = 0;
    while first < segments.len() {
        let n_names = whole.iter().skip(first).take_while(|name| name.is_some()).count();
        let before = first.checked_sub(1).and_then(|n| segments.get(n)).and_then(|segment| trailing(context, segment));
        let after = segments.get(first + n_names).and_then(|segment| leading(context, segment));
        let total = n_names + usize::from(before.is_some()) + usize::from(after.is_some());
        if n_names >= 2 && total >= ENOUGH {
            let names =
                before.into_iter().chain(whole.iter().skip(first).take(n_names).flatten().cloned()).chain(after);
            let part = context.section(sentence.start).part().or_else(|| part(context.scan, sentence));
            seen.extend(names.map(|name| of_name(name, part)));
        }
        first += n_names.max(1);
    }
    seen
}

fn of_name(name: Name, part: Option<&'static str>) -> Seen {
    Seen { name, before: None, tail: None, part, rule: "series-of-names", confidence: 0.88, is_given_name_only: false }
}

/// The part that the words of the sentence give.
fn part(scan: &Scan<'_>, sentence: &Range<usize>) -> Option<&'static str> {
    sentence.clone().take(24).find_map(|n| match scan.word(n).to_lowercase().as_str() {
        "committee" => Some("committee member"),
        "participants" | "attendees" | "attended" | "participated" | "present" => Some("attendee"),
        "speakers" | "presentations" | "presenters" => Some("speaker"),
        "panellists" | "panelists" | "panel" => Some("panellist"),
        _ => None,
    })
}

fn is_sound(context: &Context<'_, '_, '_>, name: &Name) -> bool {
    name.n_words(context.scan) >= 2 && context.is_uncommon(name)
}

fn whole(context: &Context<'_, '_, '_>, segment: &Range<usize>) -> Option<Name> {
    whole_name(context, segment).filter(|name| is_sound(context, name))
}

/// A name at the end of a segment, after a colon or a small word: `committee members were Anna Example`.
pub(crate) fn trailing(context: &Context<'_, '_, '_>, segment: &Range<usize>) -> Option<Name> {
    let scan = context.scan;
    let start = segment.clone().rev().find(|n| {
        scan.tokens
            .get(*n)
            .is_some_and(|token| token.is(':') || token.shape == Shape::Lower && !is_particle_of(scan, *n))
    })?;
    let name = shape::name_within(scan, context.hits, start + 1..segment.end, Care::Open)?;
    (name.tokens.end == segment.end && is_sound(context, &name)).then_some(name)
}

fn is_particle_of(scan: &Scan<'_>, n: usize) -> bool {
    matches!(scan.word(n), "van" | "von" | "de" | "der" | "den" | "la" | "ten" | "da" | "di" | "bin" | "al")
}

/// A name at the head of a segment, before a small word or the full stop: `and Dan Trial contributed`.
pub(crate) fn leading(context: &Context<'_, '_, '_>, segment: &Range<usize>) -> Option<Name> {
    let scan = context.scan;
    let name = shape::name_within(scan, context.hits, segment.clone(), Care::Open)?;
    let next = scan.tokens.get(name.tokens.end)?;
    let ends = next.shape == Shape::Lower || next.is('.') || next.is('(');
    (ends && is_sound(context, &name)).then_some(name)
}
