//! Action items: what somebody is invited, asked or bound to do, and what conclusions say has to be done.

use std::ops::Range;

use super::agreements;
use super::clause;
use super::cues::{self, k};
use super::page::Page;
use super::sections::{Layout, Section};
use crate::answer::{Action, Answer, Found, Span, Time, Who};

/// Adds action items to `answer`; `layout` tells for each block what it stands under.
pub(crate) fn read(page: &Page<'_, '_>, answer: &mut Answer, layout: &Layout) {
    let clauses: Vec<Span> = answer.clauses.iter().map(|clause| clause.found.span).collect();
    let mut found = Vec::new();
    let cue = cues::ASK | cues::PLAN | cues::DECIDE | cues::COMMIT | cues::SUGGEST | cues::OUGHT | cues::ACTION;
    for n in 0..page.scan.blocks.len() {
        let section = layout.section(n);
        let block = page.block(n);
        let span = page.span(&block);
        if clauses.binary_search_by_key(&span.start, |clause| clause.start).is_ok() {
            continue;
        }
        if let Some(action) = labelled(page, &block).or_else(|| listed(page, n, section)) {
            found.push(action);
            continue;
        }
        for sentence in page.sentences_of_with(n, cue) {
            found.extend(one(page, answer, sentence, section));
        }
    }
    answer.actions.extend(found);
    answer.actions.sort_by_key(|action| action.found.span);
}

fn action(page: &Page<'_, '_>, tokens: &Range<usize>, owners: Vec<Who>, rule: &'static str, confidence: f64) -> Action {
    Action {
        owners,
        addressees: Vec::new(),
        instrument: None,
        due: due(page, tokens),
        found: Found::new(page.span(tokens), rule, confidence),
    }
}

/// Returns until when: a date after `by`, `before` or `until`.
fn due(page: &Page<'_, '_>, tokens: &Range<usize>) -> Option<String> {
    page.dates_in(page.span(tokens)).iter().find_map(|date| {
        let start = page.tokens(date.found.span).start;
        let first = start.saturating_sub(3).max(tokens.start);
        let is_due =
            page.find_key(first..start, &[k("by"), k("before"), k("until"), k("due"), k("deadline")]).is_some();
        match &date.time {
            Time::Date(text) if is_due => Some(text.clone()),
            Time::Relative if is_due => Some(page.scan.text(date.found.span).to_string()),
            _ => None,
        }
    })
}

/// Reads `Action 3: ...`, `ACTION ITEM: ...`, `AP2 - ...` at the beginning of a block.
fn labelled(page: &Page<'_, '_>, block: &Range<usize>) -> Option<Action> {
    let first = block.start;
    let is_label = page.is_key(first, &[k("action"), k("actions"), k("todo"), k("ap"), k("ai")]);
    let colon = (first + 1..block.end.min(first + 6)).find(|n| page.is_mark(*n, ":–"))?;
    let is_short = (first + 1..colon)
        .all(|n| page.is_key(n, &[k("item"), k("items"), k("point"), k("on")]) || page.scan.word(n).len() <= 5);
    let body = colon + 1..block.end;
    (is_label && is_short && body.len() > 2).then(|| {
        let owners = owner_first(page, &body);
        action(page, &body, owners, "action-label", 0.9)
    })
}

/// Returns who stands first in some tokens: `Acme to provide ...`, `A. Example will ...`.
fn owner_first(page: &Page<'_, '_>, tokens: &Range<usize>) -> Vec<Who> {
    let span = page.span(tokens);
    let near = page.first_in(span).filter(|(one, _)| page.tokens(*one).start <= tokens.start + 3);
    near.map(|(_, who)| vec![who]).unwrap_or_default()
}

/// Reads the items and sentences of a section of actions, and `Acme to provide ...` in any list of outcomes.
fn listed(page: &Page<'_, '_>, n: usize, section: Section) -> Option<Action> {
    let block = page.block(n);
    if section != Section::Actions || page.is_heading(n) || block.len() < 4 {
        return None;
    }
    let owners = owner_first(page, &block);
    (page.is_item(n) || !owners.is_empty()).then(|| action(page, &block, owners, "action-listed", 0.88))
}

/// Reads a sentence that lays something on somebody.
fn one(page: &Page<'_, '_>, answer: &Answer, sentence: &Range<usize>, section: Section) -> Option<Action> {
    invited(page, sentence)
        .or_else(|| next_step(page, answer, sentence))
        .or_else(|| undertaken(page, sentence))
        .or_else(|| suggested(page, sentence))
        .or_else(|| if section.is_outcome() { needed(page, sentence) } else { None })
}

/// Reads `TSAG is invited to note`, `A and B are requested to`.
fn invited(page: &Page<'_, '_>, sentence: &Range<usize>) -> Option<Action> {
    let at = page.find(sentence.clone(), cues::ASK)?;
    let is_passive =
        at > sentence.start && page.is_key(at - 1, &[k("is"), k("are"), k("was"), k("were"), k("be"), k("been")]);
    let is_to = page.is_key(at + 1, &[k("to")]);
    let before = page.span(&(sentence.start..at));
    let (span, who) = page
        .organisations_in(before)
        .last()
        .map(|(span, one)| (*span, Who::Organisation(*one)))
        .or_else(|| page.persons_in(before).last().map(|(span, person)| (*span, Who::Person(*person))))?;
    let is_near = page.tokens(span).end + 3 >= at;
    let is_aside = page.find_key(sentence.start..at, &[k("wherein"), k("whereby")]).is_some();
    (is_passive && is_to && is_near && !is_aside).then(|| action(page, sentence, vec![who], "is-invited-to", 0.9))
}

/// Reads `As their next step, the two organizations plan to ...`, `the parties have agreed to jointly organize ...`.
fn next_step(page: &Page<'_, '_>, answer: &Answer, sentence: &Range<usize>) -> Option<Action> {
    let plan = page.find_key(sentence.clone(), &[k("plan"), k("plans"), k("intend"), k("intends"), k("agreed")])?;
    let is_next = page
        .find_key(sentence.start..plan, &[k("next")])
        .is_some_and(|at| page.is_key(at + 1, &[k("step"), k("steps")]));
    let is_to = page.is_key(plan + 1, &[k("to")]);
    let subject = sentence.start..plan;
    let group = agreements::group(page, &subject).filter(|_| !answer.agreements.is_empty());
    if !is_to || !is_next && group.is_none() {
        return None;
    }
    let owners = match group {
        Some(number) => agreements::meant(page, answer, plan, number),
        None => page.organisations_in(page.span(&subject)).iter().map(|(_, one)| *one).collect(),
    };
    let owners = owners.into_iter().map(Who::Organisation).collect();
    Some(action(page, sentence, owners, "next-step", 0.85))
}

/// Reads `A took an action to`, `A agreed to prepare ... by May`, `A will provide ... by May`.
fn undertaken(page: &Page<'_, '_>, sentence: &Range<usize>) -> Option<Action> {
    let took = page
        .find_key(sentence.clone(), &[k("took"), k("takes"), k("take")])
        .filter(|n| page.is_key(n + 2, &[k("action")]));
    let will =
        page.find_key(sentence.clone(), &[k("will"), k("agreed"), k("volunteered"), k("undertook"), k("committed")]);
    let at = took.or(will)?;
    let (span, who) = page.first_in(page.span(&(sentence.start..at)))?;
    let tokens = page.tokens(span);
    let is_subject = tokens.end >= at || tokens.end + 1 >= at && tokens.start <= sentence.start + 4;
    let is_due = due(page, sentence).is_some();
    (took.is_some() || is_subject && is_due).then(|| action(page, sentence, vec![who], "undertaken", 0.8))
}

/// Reads `It was suggested that TSAG should hold ...`.
fn suggested(page: &Page<'_, '_>, sentence: &Range<usize>) -> Option<Action> {
    let at = page.find(sentence.clone(), cues::SUGGEST)?;
    let is_passive = at > sentence.start && page.is(at - 1, cues::AUXILIARY) && page.is_key(at + 1, &[k("that")]);
    let should = page.find_key(at..sentence.end.min(at + 12), &[k("should"), k("shall")])?;
    let (_, who) =
        page.organisations_in(page.span(&(at..should))).first().map(|(span, one)| (*span, Who::Organisation(*one)))?;
    let tokens = sentence.start..clause::end(page, sentence, should);
    is_passive.then(|| action(page, &tokens, vec![who], "suggested-that", 0.85))
}

/// Reads what outcomes say has to be done: `A needs to`, `should be reflected`, `would be appropriate to`, `are needed to`.
fn needed(page: &Page<'_, '_>, sentence: &Range<usize>) -> Option<Action> {
    let around = |n: usize| clause::start(page, sentence, n)..clause::end(page, sentence, n);
    for n in sentence.clone().filter(|n| page.is(*n, cues::OUGHT | cues::AUXILIARY)) {
        let says = |words: &[&str]| page.scan.says(n, words);
        let before = page.span(&(n.saturating_sub(3).max(sentence.start)..n));
        let owner = page.organisations_in(before).last().map(|(_, one)| Who::Organisation(*one));
        if (says(&["needs", "to"]) || says(&["need", "to"])) && owner.is_some() {
            return Some(action(page, &around(n), owner.into_iter().collect(), "needs-to", 0.75));
        }
        let is_task = says(&["should", "be"]) || says(&["will", "be"]) || says(&["shall", "be"]);
        if is_task && (n + 2..sentence.end.min(n + 4)).any(|n| page.is(n, cues::TASK)) {
            return Some(action(page, &around(n), Vec::new(), "to-be-done", 0.7));
        }
        let is_needed = (says(&["needed", "to"]) || says(&["required", "to"])) && page.is(n - 1, cues::AUXILIARY);
        if is_needed || says(&["be", "appropriate", "to"]) {
            return Some(action(page, &around(n), Vec::new(), "is-needed", 0.75));
        }
    }
    None
}
