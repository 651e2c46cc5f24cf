//! Areas of cooperation and planned activities: lists under a line that introduces them, and lists within a sentence.

use std::ops::Range;

use document::Kind;

use super::super::cues::{self, k};
use super::super::page::Page;
use super::{terms, without_stop};
use crate::answer::{Activity, Agreement, Answer, Area, Found, Span};

/// Adds areas, lead-ins and planned activities to the agreements.
pub(super) fn read(page: &Page<'_, '_>, answer: &mut Answer) {
    for n in 0..answer.agreements.len() {
        let reach = terms::reach(answer, n);
        let Some(mut agreement) = answer.agreements.get(n).cloned() else { continue };
        lists(page, reach, &mut agreement);
        for sentence in page.sentences_in(reach) {
            activities(page, sentence, n, answer);
        }
        if agreement.areas.is_empty() {
            sentences(page, reach, &mut agreement);
        }
        if let Some(slot) = answer.agreements.get_mut(n) {
            *slot = agreement;
        }
    }
}

/// Reads the lists whose lead-in speaks of areas or of cooperation.
fn lists(page: &Page<'_, '_>, reach: Span, agreement: &mut Agreement) {
    let blocks = page.blocks_in(reach);
    let mut n = blocks.start;
    while n + 1 < blocks.end {
        n += 1;
        let is_first = page.is_item(n) && !page.is_item(n - 1);
        let lead = page.block(n - 1);
        if !is_first || !introduces(page, &lead) {
            continue;
        }
        let Some(sentence) = page.sentences_of(n - 1).last() else { continue };
        agreement.lead_ins.push(page.span(sentence));
        while page.is_item(n) {
            item(page, n, agreement);
            n += 1;
        }
    }
}

/// True when a line introduces a list of areas: it ends in a colon or says `as follows`, and speaks of areas.
fn introduces(page: &Page<'_, '_>, lead: &Range<usize>) -> bool {
    let end = lead.end.saturating_sub(1);
    let is_open = page.is_mark(end, ":") || is_following(page, lead);
    let is_of_areas = page.find(lead.clone(), cues::AREA | cues::COOPERATE).is_some();
    let is_scope = page.find(lead.clone(), cues::INSTRUMENT).is_some()
        || page.find_key(lead.clone(), &[k("parties"), k("jointly")]).is_some();
    let is_people = page
        .find_key(lead.clone(), &[k("attended"), k("representatives"), k("participants"), k("speakers"), k("members")])
        .is_some();
    is_open && (is_of_areas || is_scope) && !is_people
}

fn is_following(page: &Page<'_, '_>, tokens: &Range<usize>) -> bool {
    page.find_key(tokens.clone(), &[k("following"), k("follows"), k("below")]).is_some()
}

/// Adds one item: an area, or a lead-in to those after it (`Collaborate in the following aspects.`).
fn item(page: &Page<'_, '_>, n: usize, agreement: &mut Agreement) {
    let tokens = page.block(n);
    let Some(depth) = depth(page, n) else { return };
    let is_lead = is_following(page, &tokens)
        && tokens.len() <= 14
        && page.find(tokens.clone(), cues::AREA | cues::COOPERATE).is_some();
    if is_lead {
        agreement.lead_ins.push(page.span(&tokens));
        return;
    }
    let parent = (0..n)
        .rev()
        .take_while(|before| page.is_item(*before) && before + 40 > n)
        .find(|before| depth_of(page, *before) < depth)
        .and_then(|before| agreement.areas.iter().position(|area| area.found.span == page.span(&page.block(before))));
    let span = without_stop(page, &tokens);
    let text = page.scan.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let found = Found::new(page.span(&tokens), "area-item", 0.92);
    agreement.areas.push(Area { text, parent, found });
}

fn depth(page: &Page<'_, '_>, n: usize) -> Option<u8> {
    match page.scan.document.blocks.get(n)?.kind {
        Kind::Item { depth, .. } => Some(depth),
        _ => None,
    }
}

fn depth_of(page: &Page<'_, '_>, n: usize) -> u8 {
    depth(page, n).unwrap_or(0)
}

/// Reads areas within sentences: `areas of cooperation include A, B and C`, `committed to ... the development of A and B`.
fn sentences(page: &Page<'_, '_>, reach: Span, agreement: &mut Agreement) {
    for sentence in page.sentences_in(reach) {
        let Some((start, end)) = listed(page, sentence).or_else(|| committed(page, sentence)) else { continue };
        for span in parts(page, &(start..end)) {
            let text = page.scan.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
            let is_new = agreement.areas.iter().all(|area| area.text != text);
            if is_new && text.len() > 2 {
                agreement.areas.push(Area { text, parent: None, found: Found::new(span, "area-in-sentence", 0.8) });
            }
        }
        if !agreement.areas.is_empty() {
            return;
        }
    }
}

/// Returns where the list begins and ends in `areas of cooperation include ...`, `cooperate in areas such as ...`.
fn listed(page: &Page<'_, '_>, sentence: &Range<usize>) -> Option<(usize, usize)> {
    let area = page.find(sentence.clone(), cues::AREA)?;
    let is_cooperation = page.find(sentence.clone(), cues::COOPERATE | cues::INSTRUMENT).is_some();
    let near = area..sentence.end.min(area + 12);
    let include = page.find(near, cues::INCLUDE)?;
    let mut start = include + 1;
    while page.is_key(start, &[k("as"), k("not"), k("but"), k("are"), k("limited"), k("to"), k("the")])
        || page.is_mark(start, ",:")
    {
        start += 1;
    }
    let end = list_end(page, start, sentence.end);
    (is_cooperation && end > start).then_some((start, end))
}

/// Returns the list in `both partners confirmed their commitment to ... the development of A and B`.
fn committed(page: &Page<'_, '_>, sentence: &Range<usize>) -> Option<(usize, usize)> {
    let commit = page.find(sentence.clone(), cues::COMMIT)?;
    page.find(sentence.start..commit, cues::GROUP | cues::PARTNER)?;
    let what =
        page.find_key(commit..sentence.end, &[k("development"), k("field"), k("fields"), k("areas"), k("area")])?;
    let start = page.find_key(what..sentence.end.min(what + 3), &[k("of")])? + 1;
    let end = list_end(page, start, sentence.end);
    (end > start).then_some((start, end))
}

fn list_end(page: &Page<'_, '_>, start: usize, end: usize) -> usize {
    let stop = [k("which"), k("that"), k("where"), k("among"), k("name")];
    (start..end).find(|n| page.is_mark(*n, ".;:") || page.is_key(*n, &stop)).unwrap_or(end)
}

/// Returns the parts of a list that commas and `and` separate.
fn parts(page: &Page<'_, '_>, tokens: &Range<usize>) -> Vec<Span> {
    let has_comma = tokens.clone().any(|n| page.is_mark(n, ","));
    let mut found = Vec::new();
    let mut start = tokens.start;
    let mut seen_comma = false;
    for n in tokens.start..=tokens.end {
        let is_comma = page.is_mark(n, ",");
        seen_comma |= is_comma;
        // In a list with commas only the last `and` separates; it stands after the last comma.
        let later_comma = (n..tokens.end).any(|n| page.is_mark(n, ","));
        let is_and = page.is_key(n, &[k("and"), k("&"), k("or")]) && (!has_comma || seen_comma && !later_comma);
        if n == tokens.end || is_comma || is_and {
            let mut from = start;
            while from < n && (page.is_key(from, &[k("and"), k("or"), k("the"), k("to")]) || page.is_mark(from, ",")) {
                from += 1;
            }
            if from < n {
                found.push(page.span(&(from..n)));
            }
            start = n + 1;
        }
    }
    found
}

/// Adds activities: `joint activities, including but not limited to workshops, seminars and joint publications`.
fn activities(page: &Page<'_, '_>, sentence: &Range<usize>, agreement: usize, answer: &mut Answer) {
    let Some(head) = page.find_key(sentence.clone(), &[k("activities"), k("activity"), k("actions"), k("initiatives")])
    else {
        return;
    };
    let is_joint =
        page.find_key(head.saturating_sub(4).max(sentence.start)..head, &[k("joint"), k("common"), k("planned")]);
    let is_planned = page.find(sentence.start..head, cues::PLAN).is_some();
    let Some(include) = page.find(head..sentence.end.min(head + 6), cues::INCLUDE) else { return };
    if is_joint.is_none() && !is_planned {
        return;
    }
    let mut start = include + 1;
    while page.is_key(start, &[k("but"), k("not"), k("limited"), k("to"), k("as")]) || page.is_mark(start, ",:") {
        start += 1;
    }
    for span in parts(page, &(start..list_end(page, start, sentence.end))) {
        let kind = page.scan.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let found = Found::new(span, "joint-activities", 0.88);
        answer.activities.push(Activity { agreement: Some(agreement), kind, found });
    }
}
