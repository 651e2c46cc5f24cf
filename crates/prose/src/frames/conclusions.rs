//! Conclusions: summaries of sessions, conclusions of an event, open issues, goals, decisions, recommendations, commitments
//! and statements.

use std::ops::Range;

use super::agreements;
use super::clause;
use super::cues::{self, k};
use super::page::Page;
use super::sections::{self, Layout, Section};
use crate::answer::{Answer, Conclusion, Found, Time, Who};
use crate::scan::Shape;

/// Adds conclusions to `answer`; `layout` tells for each block what it stands under.
pub(crate) fn read(page: &Page<'_, '_>, answer: &mut Answer, layout: &Layout) {
    let cue = cues::SAY | cues::GOAL | cues::SUGGEST | cues::COMMIT | cues::DECIDE | cues::OUGHT;
    for n in 0..page.scan.blocks.len() {
        let section = layout.section(n);
        let listed = if page.is_item(n) { item(page, answer, n, layout) } else { paragraph(page, n, layout) };
        if let Some(conclusion) = listed {
            answer.conclusions.push(conclusion);
            continue;
        }
        if page.is_heading(n) && page.sentences_of(n).len() <= 1 && page.find(page.block(n), cues::DECIDE).is_none() {
            continue;
        }
        for sentence in page.sentences_of_with(n, cue) {
            let found = sentence_of(page, answer, sentence, section);
            answer.conclusions.extend(found);
        }
    }
}

fn conclusion(kind: &'static str, session: Option<usize>, found: Found) -> Conclusion {
    Conclusion { kind, session, by: Vec::new(), date: None, found }
}

/// Reads an item by the line that introduces its list.
fn item(page: &Page<'_, '_>, answer: &Answer, n: usize, layout: &Layout) -> Option<Conclusion> {
    let section = layout.section(n);
    let lead = layout.lead_in(n)?;
    let tokens = page.block(lead);
    let span = page.span(&page.block(n));
    let has = |keys: &[u64]| page.find_key(tokens.clone(), keys).is_some();
    let is_lead = sections::introduces(page, lead);
    let is_goal = has(&[k("goal"), k("goals"), k("objective"), k("objectives"), k("aims"), k("purpose")]);
    let is_open = page.is_mark(tokens.end - 1, ":") || page.is_key(tokens.end - 1, &[k("to"), k("were"), k("are")]);
    if is_lead && is_goal && is_open {
        return Some(conclusion("goal", None, Found::new(span, "goal-item", 0.92)));
    }
    let is_decided = page.find(tokens.clone(), cues::DECIDE).is_some() && decides(page, answer, &tokens).is_some();
    if is_decided && tokens.len() <= 16 {
        let block = page.block(n);
        let own = page.span(&(block.start..clause::end(page, &block, block.start)));
        let mut one = conclusion("decision", None, Found::new(own, "decision-item", 0.88));
        one.by = decides(page, answer, &tokens).map(|(_, by)| by).unwrap_or_default();
        return Some(one);
    }
    let (kind, session) = match section {
        Section::Summary(session) => ("session summary", session),
        Section::Conclusions => ("workshop conclusion", None),
        Section::Recommendations => ("recommendation", None),
        Section::Decisions => ("decision", None),
        Section::Actions | Section::Other => return None,
    };
    let is_issue =
        has(&[k("issues"), k("issue"), k("challenges"), k("gaps"), k("questions"), k("concerns"), k("lack")]);
    let is_action = has(&[k("action")]) && has(&[k("points"), k("plan"), k("point")]);
    let kind = match (is_issue, is_action) {
        (true, _) => "open issue",
        (_, true) => "action-plan finding",
        _ if has(&[k("recommendations"), k("recommended"), k("recommends"), k("suggestions")]) => "recommendation",
        _ => kind,
    };
    Some(conclusion(kind, session, Found::new(span, "outcome-item", 0.9)))
}

/// Reads the paragraphs of a summary or of conclusions without any list: each is one.
fn paragraph(page: &Page<'_, '_>, n: usize, layout: &Layout) -> Option<Conclusion> {
    let section = layout.section(n);
    if !section.is_outcome() || page.is_heading(n) || section == Section::Actions {
        return None;
    }
    if layout.has_list(n) {
        return None;
    }
    let (kind, session) = match section {
        Section::Summary(session) => ("session summary", session),
        Section::Conclusions => ("workshop conclusion", None),
        Section::Recommendations => ("recommendation", None),
        _ => ("decision", None),
    };
    Some(conclusion(kind, session, Found::new(page.span(&page.block(n)), "outcome-paragraph", 0.8)))
}

/// Reads a sentence that by itself decides, recommends, commits, aims or quotes.
fn sentence_of(page: &Page<'_, '_>, answer: &Answer, sentence: &Range<usize>, section: Section) -> Option<Conclusion> {
    let span = page.span(sentence);
    let with = |kind, rule, confidence, by| {
        let mut one = conclusion(kind, None, Found::new(span, rule, confidence));
        one.by = by;
        one.date = date(page, sentence);
        one
    };
    if let Some(one) = quoted(page, sentence) {
        return Some(one);
    }
    if is_objective(page, sentence) {
        return Some(with("objective", "objective-is", 0.88, Vec::new()));
    }
    if let Some(by) = suggests(page, sentence) {
        return Some(with("recommendation", "suggested-that", 0.8, by));
    }
    if let Some(by) = commits(page, answer, sentence) {
        return Some(with("commitment", "commitment-of", 0.85, by));
    }
    let narrowed = |at: usize, mut one: Conclusion| {
        let tokens = clause::start(page, sentence, at)..decided_end(page, sentence, at);
        one.found.span = page.span(&tokens);
        Some(one)
    };
    if let Some(at) = consensus(page, sentence) {
        return narrowed(at, with("editorial decision", "consensus-that", 0.75, Vec::new()));
    }
    if let Some((at, by)) = decides(page, answer, sentence) {
        let is_lead_in = sentence.len() <= 16
            && !page.is_mark(sentence.end - 1, ".")
            && page.is_item(page.block_number(sentence.start) + 1);
        if !is_lead_in {
            return narrowed(at, with("decision", "body-decided", 0.8, by));
        }
    }
    let is_news = answer.sessions.is_empty() && !answer.agreements.is_empty() && section == Section::Other;
    let at = must_adapt(page, sentence).filter(|_| is_news)?;
    narrowed(at, with("observation", "need-to", 0.6, Vec::new()))
}

/// Returns where a decision ends; what an approved thing is for is no part of it.
fn decided_end(page: &Page<'_, '_>, sentence: &Range<usize>, at: usize) -> usize {
    let end = clause::end(page, sentence, at);
    let is_approval = page.is_key(at, &[k("approved"), k("adopted"), k("endorsed")]);
    let purpose = (at + 3..end).find(|n| page.is_key(*n, &[k("to")]) && !page.is(n - 1, cues::FUNCTION));
    let object = page.scan.tokens.get(at + 1).is_some_and(|token| token.shape == Shape::Lower);
    purpose.filter(|_| is_approval && object).unwrap_or(end)
}

fn date(page: &Page<'_, '_>, sentence: &Range<usize>) -> Option<String> {
    page.dates_in(page.span(sentence)).iter().find_map(|date| match &date.time {
        Time::Date(text) => Some(text.clone()),
        _ => None,
    })
}

/// Reads `Anna Example said: "..."` and `"...," said Anna Example`: the first sentence that is quoted.
fn quoted(page: &Page<'_, '_>, sentence: &Range<usize>) -> Option<Conclusion> {
    let say = page.find(sentence.clone(), cues::SAY)?;
    let open = sentence.clone().find(|n| page.is_mark(*n, "“\"«"))?;
    let close = (open + 1..sentence.end).find(|n| page.is_mark(*n, "”\"»"));
    let end = close.unwrap_or(sentence.end);
    let stop = clause::end(page, &(open + 1..end), open + 4);
    let outside = if say < open { page.span(&(sentence.start..open)) } else { page.span(&(end..sentence.end)) };
    let (_, who) = page.first_in(outside)?;
    let is_person = page.persons_in(outside).first().map(|(_, person)| Who::Person(*person));
    let is_long = end > open + 6 && (say < open || say > end);
    let mut one = conclusion("statement", None, Found::new(page.span(&(open + 1..stop)), "quoted-speech", 0.88));
    one.by = vec![is_person.unwrap_or(who)];
    is_long.then_some(one)
}

/// True for `The objective of the event is to ...`.
fn is_objective(page: &Page<'_, '_>, sentence: &Range<usize>) -> bool {
    let Some(at) = page.find(sentence.clone(), cues::GOAL) else { return false };
    let is_noun = page.is_key(at, &[k("goal"), k("objective"), k("aim"), k("purpose"), k("goals"), k("objectives")]);
    let of = page.find_key(at..sentence.end.min(at + 3), &[k("of")]);
    let is = page.find_key(at..sentence.end.min(at + 9), &[k("is"), k("was"), k("are"), k("were")]);
    let is_event = page.find(at..sentence.end.min(at + 7), cues::EVENT | cues::ORGAN | cues::SESSION).is_some();
    let is_listed = page.is_mark(sentence.end - 1, ":");
    is_noun && of.is_some() && is.is_some() && is_event && at <= sentence.start + 3 && !is_listed
}

/// Reads `it was suggested that`, `A recommends that`, `A proposed to`: returns who does.
fn suggests(page: &Page<'_, '_>, sentence: &Range<usize>) -> Option<Vec<Who>> {
    let verbs =
        [k("suggested"), k("suggests"), k("recommended"), k("recommends"), k("proposed"), k("proposes"), k("urged")];
    let at = page.find_key(sentence.clone(), &verbs)?;
    let next = page.scan.tokens.get(at + 1)?;
    let is_to = page.is_key(at + 1, &[k("that"), k("to")])
        || page.organisation_at(next.start).is_some() && at + 1 < sentence.end;
    let is_passive = at >= 2 && page.is_key(at - 1, &[k("was"), k("is"), k("been"), k("were")]);
    let subject = page.span(&(sentence.start..at));
    let is_impersonal = is_passive
        && page.find_key(sentence.start..at, &[k("it")]).is_some()
        && page.is_key(at + 1, &[k("that"), k("to")]);
    if is_impersonal {
        return Some(Vec::new());
    }
    let is_near = page.first_in(subject).filter(|(span, _)| page.tokens(*span).end + 4 >= at);
    is_near.filter(|_| is_to && !is_passive).map(|(_, who)| vec![who])
}

/// Reads `Both partners confirmed their commitment to`, `A is committed to`: returns who does.
fn commits(page: &Page<'_, '_>, answer: &Answer, sentence: &Range<usize>) -> Option<Vec<Who>> {
    let at = page.find(sentence.clone(), cues::COMMIT)?;
    let is_noun = page.is_key(at, &[k("commitment"), k("commitments")]);
    let verb =
        [k("confirmed"), k("reaffirmed"), k("expressed"), k("reaffirm"), k("confirm"), k("renewed"), k("reiterated")];
    let is_made = if is_noun {
        page.find_key(at.saturating_sub(5).max(sentence.start)..at, &verb).is_some()
    } else {
        page.is_key(at + 1, &[k("to")])
    };
    let before = sentence.start..at;
    if !is_made || page.is_mark(sentence.start, "“\"") {
        return None;
    }
    if let Some(number) = agreements::group(page, &before) {
        return Some(agreements::meant(page, answer, at, number).into_iter().map(Who::Organisation).collect());
    }
    let (_, who) = page.first_in(page.span(&before))?;
    Some(vec![who])
}

fn consensus(page: &Page<'_, '_>, sentence: &Range<usize>) -> Option<usize> {
    let is_made = |at: usize| {
        at > sentence.start && page.is_key(at - 1, &[k("was"), k("is"), k("reached"), k("a"), k("general")])
    };
    let at = page.find_key(sentence.clone(), &[k("consensus")])?;
    (is_made(at) && page.is_key(at + 1, &[k("that"), k("to")])).then_some(at)
}

/// Verbs with which a body decides.
const DECIDED: [u64; 12] = [
    k("agreed"),
    k("decided"),
    k("adopted"),
    k("confirmed"),
    k("approved"),
    k("endorsed"),
    k("resolved"),
    k("accepted"),
    k("rejected"),
    k("elected"),
    k("appointed"),
    k("ratified"),
];

/// Bodies and gatherings that decide.
const BODIES: [u64; 13] = [
    k("meeting"),
    k("plenary"),
    k("council"),
    k("board"),
    k("assembly"),
    k("committee"),
    k("group"),
    k("conference"),
    k("commission"),
    k("participants"),
    k("delegates"),
    k("members"),
    k("workshop"),
];

/// Reads `the Plenary approved`, `it was agreed that`: returns the verb and who decides.
fn decides(page: &Page<'_, '_>, answer: &Answer, sentence: &Range<usize>) -> Option<(usize, Vec<Who>)> {
    let at = page.find_key(sentence.clone(), &DECIDED)?;
    let be = [k("was"), k("were"), k("is"), k("be"), k("been"), k("as")];
    if at > sentence.start && page.is_key(at - 1, &be) {
        let is_that = page.is_key(at + 1, &[k("that"), k("to")]);
        let is_it = at >= sentence.start + 2 && page.is_key(at - 2, &[k("it")]) && is_that;
        return is_it.then(|| (at, Vec::new()));
    }
    let near = at.saturating_sub(5).max(sentence.start)..at;
    let organ = page.find_key(near.clone(), &BODIES).filter(|organ| {
        page.is_key(organ.saturating_sub(1), &[k("the"), k("all")])
            || page.scan.tokens.get(*organ).is_some_and(|token| token.shape == Shape::Capital)
    });
    let is_body = |n: usize| {
        let kind = answer.organisations.get(n).map_or("", |one| one.kind.as_str());
        ["committee", "body", "SDO"].iter().any(|word| kind.contains(word))
    };
    let named = page.organisations_in(page.span(&near)).last();
    let owner = named.filter(|(span, one)| is_body(*one) && page.tokens(*span).end + 2 >= at);
    if organ.is_none() && owner.is_none() {
        return None;
    }
    let by = owner.or_else(|| page.organisations_in(page.span(&(sentence.start..at))).last());
    let words = organ.map(|organ| Who::Words(page.span(&(organ..organ + 1))));
    Some((at, by.map(|(_, one)| Who::Organisation(*one)).or(words).into_iter().collect()))
}

/// True for `working practices need to adapt`: something must change, said of no person.
fn must_adapt(page: &Page<'_, '_>, sentence: &Range<usize>) -> Option<usize> {
    let at = page.find_key(sentence.clone(), &[k("need"), k("needs"), k("must")])?;
    let is_to = page.is_key(at + 1, &[k("to")]) || page.is_key(at, &[k("must")]);
    let is_we =
        page.find_key(at.saturating_sub(3).max(sentence.start)..at, &[k("we"), k("i"), k("they"), k("you")]).is_some();
    (is_to && !is_we && at > sentence.start + 2).then_some(at)
}
