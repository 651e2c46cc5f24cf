//! Events: what is reported, announced or mentioned with a date or place; the document's own event stands first.

mod named;
mod places;

use std::collections::BTreeMap;
use std::ops::Range;

use super::cues::{self, k};
use super::page::Page;
use crate::answer::{Answer, Event, Found, Span, Who};
use crate::scan::Shape;
use named::Mention;

/// Adds events to `answer`.
pub(crate) fn read(page: &Page<'_, '_>, answer: &mut Answer) {
    let mut drafts: Vec<Draft> = Vec::new();
    let editions = named::editions(page);
    let mut by_head: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for sentence in &page.scan.sentences {
        for mention in named::all(page, answer, &editions, sentence) {
            add(page, &mut drafts, &mut by_head, &mention);
        }
    }
    let own = own(page, &drafts);
    let mut events: Vec<Event> = Vec::new();
    if let Some(main) =
        own.and_then(|at| drafts.get(at)).map(|draft| draft.event.clone()).or_else(|| unnamed(page, answer))
    {
        let mut main = main;
        complete(page, answer, &mut main);
        events.push(main);
    }
    for (at, draft) in drafts.into_iter().enumerate() {
        if Some(at) != own && draft.is_told() {
            events.push(draft.event);
        }
    }
    add_editions(page, &mut events);
    if events.is_empty() {
        events.extend(signing(page, answer));
    }
    answer.events = events;
}

/// Adds other places where an event is named by place and year alone: `(Rev. New Delhi, 2024)`.
fn add_editions(page: &Page<'_, '_>, events: &mut [Event]) {
    if events.iter().all(|event| event.place.is_none()) {
        return;
    }
    for comma in (0..page.scan.tokens.len()).filter(|n| page.is_mark(*n, ",")) {
        let year = page.scan.word(comma + 1).get(..4).filter(|year| year.starts_with("19") || year.starts_with("20"));
        let Some(year) = year else { continue };
        for event in events.iter_mut().filter(|event| event.date.as_deref() == Some(year)) {
            let place = event.place.as_deref().unwrap_or_default();
            let n_words = place.split_whitespace().count();
            let Some(start) = comma.checked_sub(n_words).filter(|_| n_words > 0) else { continue };
            let first = page.span(&(start..comma + 1)).start;
            let span = Span::new(first, page.span(&(comma + 1..comma + 2)).start + 4);
            let is_new = event.evidence.iter().all(|found| !found.span.meets(span)) && event.evidence.len() < 6;
            if page.scan.folded(&(start..comma)) == place && is_new {
                event.evidence.push(Found::new(span, "edition", 0.7));
            }
        }
    }
}

/// An event in the making.
struct Draft {
    event: Event,
    /// Words of its name, small letters, without ordinal and year.
    words: Vec<String>,
    /// True when a date was stated, and not only a year in the name.
    is_dated: bool,
    /// How often it is named, and whether a title or a report's first lines name it.
    is_title: bool,
    n_mentions: usize,
}

impl Draft {
    /// True when something is told of it: where, when, or that it will be.
    fn is_told(&self) -> bool {
        self.is_dated || self.event.place.is_some() || self.event.status.is_some()
    }
}

fn words_of(name: &str) -> Vec<String> {
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let parts =
        name.split([' ', '-', '/']).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    parts.filter(|word| !word.is_empty() && !is_number(word) && word != "annual" && word != "the").collect()
}

/// Adds a mention to the event that it names, or begins a new one.
fn add(page: &Page<'_, '_>, drafts: &mut Vec<Draft>, by_head: &mut BTreeMap<String, Vec<usize>>, mention: &Mention) {
    let words = words_of(&mention.name);
    let facts = facts(page, mention);
    let year = |date: &Option<String>| date.as_ref().and_then(|date| date.get(..4)).map(String::from);
    let same_head = by_head.entry(words.last().cloned().unwrap_or_default()).or_default();
    let is_it = |draft: &Draft| {
        let (small, large) =
            if words.len() < draft.words.len() { (&words, &draft.words) } else { (&draft.words, &words) };
        let is_name = small.last() == large.last()
            && small.iter().all(|word| large.contains(word))
            && small.len() * 3 > large.len();
        let (one, other) = (year(&facts.date), year(&draft.event.date));
        draft.event.name == mention.name || is_name && (one.is_none() || other.is_none() || one == other)
    };
    let mut near = same_head.iter().rev().take(40).copied();
    let known = near.find(|at| drafts.get(*at).is_some_and(&is_it));
    let block = page.block_number(mention.tokens.start);
    let is_title = block < 14 && (page.is_heading(block) || reports(page, mention));
    let Some(draft) = known.and_then(|at| drafts.get_mut(at)) else {
        let is_dated = facts.date.is_some()
            && (mention.date.is_none()
                || mention.place.is_some()
                || facts.date.as_ref().is_some_and(|date| date.len() > 4));
        same_head.push(drafts.len());
        drafts.push(Draft { event: facts, words, is_dated, is_title, n_mentions: 1 });
        return;
    };
    draft.n_mentions += 1;
    draft.is_title |= is_title;
    draft.is_dated |= facts.date.as_ref().is_some_and(|date| date.len() > 4);
    let event = &mut draft.event;
    // A longer date says more of the same day.
    if facts.date.as_ref().map_or(0, String::len) > event.date.as_ref().map_or(0, String::len) {
        event.date = facts.date;
    }
    event.place = event.place.take().or(facts.place);
    event.ordinal = event.ordinal.take().or(facts.ordinal);
    event.mode = event.mode.take().or(facts.mode);
    event.status = event.status.take().or(facts.status);
    event.evidence.extend(facts.evidence);
}

/// True in `report of the X`, `X was held`, `programme of X`.
fn reports(page: &Page<'_, '_>, mention: &Mention) -> bool {
    let before = mention.tokens.start.saturating_sub(5).max(mention.sentence.start)..mention.tokens.start;
    let after = mention.tokens.end..mention.sentence.end.min(mention.tokens.end + 4);
    let is_report =
        page.find_key(before, &[k("report"), k("programme"), k("program"), k("agenda"), k("minutes")]).is_some();
    is_report || page.find_key(after, &[k("held"), k("place"), k("opened")]).is_some()
}

/// Returns what the sentence of a mention tells of the event.
fn facts(page: &Page<'_, '_>, mention: &Mention) -> Event {
    let next = mention.tokens.end;
    let stop = (next..mention.sentence.end).find(|n| page.is_mark(*n, ";")).unwrap_or(mention.sentence.end);
    let is_held = page.find(next..stop.min(next + 12), cues::HELD).is_some();
    let is_line_end = next < mention.sentence.end && named::breaks(page, next);
    let is_near = |tokens: &Range<usize>| tokens.len() <= 14 || is_held;
    let same = next..if is_near(&(next..stop)) { stop } else { next + 14 };
    let below = line_below(page, mention);
    let is_titled = is_line_end || below.is_some();
    let after = below.unwrap_or(same);
    let is_listed =
        is_titled || page.is_mark(next, ",–-(") || is_held || page.is_key(next, &[k("in"), k("on"), k("at")]);
    let before = mention.sentence.start..mention.tokens.start;
    let is_opening = !page.dates_in(page.span(&before)).is_empty()
        && page.is_key(before.start, &[k("on"), k("in"), k("from")])
        && is_held;
    let date = mention.date.clone().filter(|date| date.len() > 4 || mention.place.is_some());
    let stated = || {
        places::date(page, &after).filter(|_| is_listed).or_else(|| places::date(page, &before).filter(|_| is_opening))
    };
    let in_name = || {
        page.dates_in(page.span(&mention.tokens)).first().and_then(|date| match &date.time {
            crate::answer::Time::Date(text) => Some(text.clone()),
            _ => None,
        })
    };
    let place = mention.place.clone().or_else(|| places::place(page, &after).filter(|_| is_listed));
    let span = if place.is_some() || is_held { page.span(&mention.sentence) } else { page.span(&mention.tokens) };
    Event {
        name: mention.name.clone(),
        date: date.or_else(stated).or_else(in_name).or_else(|| mention.date.clone()),
        place,
        ordinal: mention.ordinal.clone().or_else(|| before.end.checked_sub(1).and_then(|n| named::ordinal(page, n))),
        mode: places::mode(page, &after).filter(|_| is_held).map(String::from),
        status: status(page, mention),
        evidence: vec![Found::new(span, "event-named", if is_held { 0.93 } else { 0.85 })],
        ..Event::default()
    }
}

/// Returns the line under a title that says where and when: `Sampletown, 1 November 2017`.
fn line_below(page: &Page<'_, '_>, mention: &Mention) -> Option<Range<usize>> {
    let block = page.block_number(mention.tokens.start);
    let is_title = page.block(block).end == mention.tokens.end && page.is_heading(block);
    let below = page.block(block + 1);
    let is_short = below.len() <= 16 && !page.dates_in(page.span(&below)).is_empty();
    (is_title && is_short).then_some(below)
}

/// Returns `future` for an event that is still to come: `the next X will ...`, `the preparations for X`.
fn status(page: &Page<'_, '_>, mention: &Mention) -> Option<String> {
    let before = mention.tokens.start.saturating_sub(3).max(mention.sentence.start)..mention.tokens.start;
    let after = mention.tokens.end..mention.sentence.end.min(mention.tokens.end + 3);
    let is_next = page.find_key(before.clone(), &[k("next"), k("upcoming"), k("forthcoming")]).is_some();
    let will =
        page.find_key(after.clone(), &[k("will"), k("preparations"), k("preparation"), k("preparatory")]).is_some();
    let is_prepared = page.find_key(before, &[k("preparations"), k("preparing"), k("before")]).is_some();
    (is_next || will || is_prepared).then(|| "future".to_string())
}

/// Returns the event that the document is about: one that a title or the first lines name, else the one named most with a
/// date of its own.
fn own(page: &Page<'_, '_>, drafts: &[Draft]) -> Option<usize> {
    let all = || drafts.iter().enumerate();
    let titled =
        all().filter(|(_, draft)| draft.is_title).max_by_key(|(at, draft)| (draft.n_mentions, usize::MAX - at));
    let is_short = page.scan.tokens.len() < 1500;
    let dated =
        || all().filter(|(_, draft)| draft.is_dated && is_short && draft.event.mode.is_some()).map(|(at, _)| at).next();
    titled.map(|(at, _)| at).or_else(dated)
}

/// Returns the event of a text that only calls it `the workshop`.
fn unnamed(page: &Page<'_, '_>, answer: &Answer) -> Option<Event> {
    const TELLS: [u64; 8] =
        [k("marked"), k("attended"), k("organized"), k("organised"), k("held"), k("place"), k("gathered"), k("hosted")];
    let told = page.sentences_with(&[cues::EVENT]).find_map(|sentence| {
        let head = page.find(sentence.clone(), cues::EVENT)?;
        let is_definite = head > sentence.start && page.is_key(head - 1, &[k("the"), k("this")]);
        let is_told = page.find_key(head..sentence.end.min(head + 6), &TELLS).is_some();
        (is_definite && is_told && page.scan.tokens.get(head)?.shape == Shape::Lower).then(|| (head, sentence.clone()))
    });
    let (head, sentence) = told?;
    let pair: Vec<&str> =
        answer.agreements.first().map_or(Vec::new(), |agreement| short_names(answer, &agreement.parties));
    let name = [pair.join(" / "), page.scan.word(head).to_string()].join(" ");
    Some(Event {
        name: name.trim().to_string(),
        date: places::date(page, &(head..sentence.end)).filter(|_| page.find(head..head + 4, cues::HELD).is_some()),
        evidence: vec![Found::new(page.span(&sentence), "event-called", 0.75)],
        ..Event::default()
    })
}

/// Returns the shortest name of each organisation.
fn short_names<'b>(answer: &'b Answer, parties: &[usize]) -> Vec<&'b str> {
    let short = |n: &usize| answer.organisations.get(*n).map(|one| one.acronym.as_deref().unwrap_or(&one.name));
    parties.iter().filter_map(short).collect()
}

/// Returns the signing that a text on an agreement reports, where it reports no other event.
fn signing(page: &Page<'_, '_>, answer: &Answer) -> Option<Event> {
    let agreement = answer.agreements.first()?;
    let date = agreement.signed.clone()?;
    let span = agreement.evidence.first()?.span;
    let own = page.dates_in(span).first().map_or(span, |date| date.found.span);
    let short = if agreement.instrument == "Memorandum of Understanding" { "MoU" } else { &agreement.instrument };
    let name = format!("Signing of {} {short}", short_names(answer, &agreement.parties).join(" / "));
    let evidence = vec![Found::new(own, "signing", 0.9)];
    Some(Event { name, date: Some(date), evidence, ..Event::default() })
}

/// Completes the document's own event by what its other sentences tell: organisers, mandate, theme, mode, address.
fn complete(page: &Page<'_, '_>, answer: &Answer, event: &mut Event) {
    let mut named: Vec<Span> = event.evidence.iter().map(|found| found.span).collect();
    named.sort_unstable();
    for sentence in page.sentences_with(&[cues::EVENT | cues::HELD | cues::ORGANISE | cues::THEME]) {
        let span = page.span(sentence);
        let next = named.partition_point(|one| one.start < span.start);
        let is_of_event = named.get(next).is_some_and(|one| span.holds(*one)) || speaks_of_event(page, sentence);
        if is_of_event {
            one_sentence(page, sentence, event);
        }
    }
    recurrence(page, event);
    if event.url.is_none() {
        event.url = address(page);
    }
    if event.organisers.is_empty() {
        // `ITU-T Industry Engagement Workshop`: who stands first in the name holds it.
        let own = named.iter().find_map(|span| {
            page.organisations_in(*span).iter().find(|(one, _)| event.name.starts_with(page.scan.text(*one)))
        });
        event.organisers.extend(own.map(|(_, one)| Who::Organisation(*one)));
    }
    let is_electronic = answer.agreements.iter().any(|one| one.signing_mode.is_some() && one.signed_relative.is_some());
    if event.mode.is_none() && is_electronic {
        event.mode = Some("online".into());
    }
}

/// True for a sentence on `the event`, `this workshop`, `joint annual events`.
fn speaks_of_event(page: &Page<'_, '_>, sentence: &Range<usize>) -> bool {
    sentence.clone().filter(|n| page.is(*n, cues::EVENT)).any(|n| {
        let first = n.saturating_sub(3).max(sentence.start);
        page.find_key(first..n, &[k("the"), k("this"), k("annual")]).is_some()
    })
}

fn one_sentence(page: &Page<'_, '_>, sentence: &Range<usize>, event: &mut Event) {
    let span = page.span(sentence);
    let mut is_used = organisers(page, sentence, event);
    if let Some(at) = page.find_key(sentence.clone(), &[k("approval"), k("auspices"), k("mandate"), k("patronage")]) {
        let is_under =
            at > sentence.start && page.find_key(at.saturating_sub(2)..at, &[k("under"), k("with")]).is_some();
        let who = page.organisations_in(page.span(&(at..sentence.end.min(at + 6)))).first();
        if let Some((_, who)) = who.filter(|_| is_under && event.mandate.is_empty()) {
            event.mandate.push(Who::Organisation(*who));
            is_used = true;
        }
    }
    if event.mode.is_none() && page.find(sentence.clone(), cues::HELD | cues::PLAN).is_some() {
        event.mode = places::mode(page, sentence).map(String::from);
        is_used |= event.mode.is_some();
    }
    if event.place.is_none() && event.mode.is_some() && is_used {
        event.place = places::place(page, sentence);
    }
    if event.status.is_none() && page.find_key(sentence.clone(), &[k("planned"), k("will")]).is_some() && is_used {
        event.status = Some("planned".into());
    }
    if event.theme.is_none() {
        event.theme = theme(page, sentence);
        is_used |= event.theme.is_some();
    }
    if is_used && event.evidence.iter().all(|found| found.span != span) {
        event.evidence.push(Found::new(span, "event-told", 0.85));
    }
}

/// Reads `organized by A`, `hosted by A and B`, `A and B have been jointly organizing`.
fn organisers(page: &Page<'_, '_>, sentence: &Range<usize>, event: &mut Event) -> bool {
    let Some(at) = page.find_key(
        sentence.clone(),
        &[
            k("organized"),
            k("organised"),
            k("organizing"),
            k("organising"),
            k("hosted"),
            k("co-organized"),
            k("co-organised"),
            k("co-hosted"),
            k("organizes"),
            k("organises"),
            k("hosts"),
        ],
    ) else {
        return false;
    };
    let is_passive = at > sentence.start && page.is_key(at - 1, &[k("was"), k("were"), k("is"), k("are"), k("be")]);
    let has_by = page.find_key(at..sentence.end.min(at + 5), &[k("by"), k("with")]).is_some();
    if !event.organisers.is_empty() || is_passive && !has_by {
        return false;
    }
    let by = page.find_key(at..sentence.end.min(at + 5), &[k("by"), k("with")]);
    let slot = by.map_or(sentence.start..at, |by| by + 1..sentence.end.min(by + 30));
    let mut end = slot.start;
    for (span, organisation) in page.organisations_in(page.span(&slot)) {
        let tokens = page.tokens(*span);
        // In `by A and B in the frame of C` the list ends where another phrase begins.
        let is_listed = by.is_none()
            || (end..tokens.start)
                .all(|n| page.is_mark(n, ",&()/") || page.is_key(n, &[k("and"), k("the"), k("with")]));
        if !is_listed {
            break;
        }
        let who = Who::Organisation(*organisation);
        if !event.organisers.contains(&who) {
            event.organisers.push(who);
        }
        end = tokens.end;
    }
    !event.organisers.is_empty()
}

/// Reads `The theme of the event is "..."`, `under the theme "..."`.
fn theme(page: &Page<'_, '_>, sentence: &Range<usize>) -> Option<String> {
    let at =
        page.find(sentence.clone(), cues::THEME).filter(|n| page.is_key(*n, &[k("theme"), k("themed"), k("motto")]))?;
    let open = (at..sentence.end).find(|n| page.is_mark(*n, "“\"‘«"))?;
    let close = (open + 1..sentence.end).find(|n| page.is_mark(*n, "”\"»"))?;
    Some(page.scan.folded(&(open + 1..close)))
}

/// Reads how often the event is held, and whether its programme is still provisional.
fn recurrence(page: &Page<'_, '_>, event: &mut Event) {
    let names = event.evidence.iter().map(|found| page.tokens(found.span));
    let is_annual = names.clone().any(|tokens| page.find_key(tokens, &[k("annual"), k("yearly")]).is_some());
    let is_twice = names.clone().any(|tokens| page.find_key(tokens, &[k("biennial"), k("biannual")]).is_some());
    if is_annual || event.name.to_lowercase().contains("annual") {
        event.recurrence = Some("annual".into());
    } else if is_twice {
        event.recurrence = Some("biennial".into());
    }
}

/// Returns the address at which the text says that material of the event can be found.
fn address(page: &Page<'_, '_>) -> Option<String> {
    page.sentences_with(&[cues::EVENT | cues::SESSION]).find_map(|sentence| {
        let span = page.span(sentence);
        let words = page.scan.text(span);
        let at = words.find("http")?;
        let is_of_event = page.find(sentence.clone(), cues::EVENT | cues::SESSION).is_some();
        let address = words.get(at..)?.split([' ', '\n', '\t', ')', '>', ',', '"']).next()?;
        is_of_event.then(|| address.trim_end_matches('.').to_string())
    })
}
