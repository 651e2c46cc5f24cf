//! Claims: what one sentence says of one instrument - who, by which verb, when.

use std::ops::Range;

use super::super::cues::{self, k};
use super::super::page::Page;
use super::instrument::Instrument;
use super::parties;
use crate::answer::{Found, Span, Time};

/// What a sentence says was done with an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// Signed, or entered into.
    Signed,
    /// Announced.
    Announced,
    /// Renewed, extended, amended ...
    Changed,
    /// It is only planned: `plan to sign`, `a draft of`.
    Planned,
    /// Nothing that dates it.
    None,
}

/// What one sentence says of one instrument.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// The sentence.
    pub sentence: Range<usize>,
    /// The instrument.
    pub instrument: Instrument,
    /// The word of the verb, where there is one.
    pub at: Option<usize>,
    /// The word after which its date stands: `signed` in `an agreement, which was signed on`.
    pub dated_by: Option<usize>,
    /// What was done.
    pub verb: Verb,
    /// Parties that it names.
    pub parties: Vec<usize>,
    /// True when a group stood for them: `the two organizations`.
    pub is_stand_in: bool,
    /// Names in the place of parties that no organisation is known by.
    pub strangers: Vec<Span>,
    /// The day of signing.
    pub signed: Option<String>,
    /// The words of a day of signing that is only relative.
    pub signed_relative: Option<Span>,
    /// When it was announced.
    pub announced: Option<String>,
    /// Persons who signed.
    pub signatories: Vec<usize>,
}

/// Reads what a sentence says of `instrument`; `published` is the date of the dateline.
pub(super) fn read(
    page: &Page<'_, '_>,
    sentence: &Range<usize>,
    instrument: Instrument,
    published: Option<&str>,
) -> Claim {
    let (at, verb) = verb(page, sentence, &instrument);
    let later = instrument.tokens.end..sentence.end.min(instrument.tokens.end + 40);
    let signed = later.clone().find(|n| page.is(*n, cues::SIGN) && is_passive(page, *n, later.start));
    let is_signing = at.is_some_and(|at| page.is(at, cues::SIGN));
    let mut claim = Claim {
        sentence: sentence.clone(),
        instrument,
        at,
        dated_by: if is_signing { at } else { signed.or(at) },
        verb,
        parties: Vec::new(),
        is_stand_in: false,
        strangers: Vec::new(),
        signed: None,
        signed_relative: None,
        announced: None,
        signatories: Vec::new(),
    };
    name_parties(page, &mut claim);
    if matches!(verb, Verb::Signed | Verb::Changed) && !claim.instrument.is_earlier {
        date(page, &mut claim, published);
        claim.announced = told(page, &claim);
    } else if verb == Verb::Announced {
        claim.announced = when(page, &claim).and_then(|(time, _)| match time {
            Time::Date(day) => Some(day),
            Time::Relative | Time::Clock(_) => published.map(String::from),
        });
    } else if verb == Verb::None && !claim.instrument.is_earlier {
        claim.signed = listed(page, &claim);
    }
    claim
}

/// The day of an announcement that tells of the signing: `A announced on 5 June that A and B signed`.
fn told(page: &Page<'_, '_>, claim: &Claim) -> Option<String> {
    let at = claim.dated_by?;
    let verb = page.find(claim.sentence.start..at, cues::ANNOUNCE)?;
    let date = page.dates_in(page.span(&(verb..at))).first()?;
    match &date.time {
        Time::Date(day) if page.tokens(date.found.span).start <= verb + 4 => Some(day.clone()),
        _ => None,
    }
}

/// Returns the verb that says what was done with the instrument: before it, or after it in the passive.
fn verb(page: &Page<'_, '_>, sentence: &Range<usize>, instrument: &Instrument) -> (Option<usize>, Verb) {
    let acts = cues::SIGN | cues::ENTER | cues::ANNOUNCE | cues::CHANGE;
    let near = instrument.tokens.start.saturating_sub(24).max(sentence.start)..instrument.tokens.start;
    let before = near.rev().take_while(|n| !page.is_mark(*n, ";:")).find(|n| page.is(*n, acts) && !is_noun(page, *n));
    let later = instrument.tokens.end..sentence.end.min(instrument.tokens.end + 40);
    let passive = later.clone().find(|n| page.is(*n, cues::SIGN | cues::CHANGE) && is_passive(page, *n, later.start));
    let (Some(at), is_before) = (before.or(passive), before.is_some()) else { return (None, Verb::None) };
    if is_planned(page, sentence.start, at) {
        return (Some(at), Verb::Planned);
    }
    // `announced the signing of`, `announced that they have signed`: the signing counts only with its own date.
    let verb = if page.is(at, cues::SIGN | cues::ENTER) {
        Verb::Signed
    } else if page.is(at, cues::ANNOUNCE) {
        // `announced ... an agreement, which was signed on ...`
        let is_signed = is_before && passive.is_some_and(|n| page.is(n, cues::SIGN));
        if is_signed { Verb::Signed } else { Verb::Announced }
    } else {
        Verb::Changed
    };
    (if verb == Verb::Signed && page.is(at, cues::ANNOUNCE) { passive } else { Some(at) }, verb)
}

/// True for `signed` after `was`, `were`, `been`, or right after the instrument: `MoU signed between`.
fn is_passive(page: &Page<'_, '_>, n: usize, start: usize) -> bool {
    let first = n.saturating_sub(4).max(start);
    n == start
        || (first..n).any(|n| page.is(n, cues::AUXILIARY))
        || page.is_mark(n - 1, ",)")
        || page.is_key(n + 1, &[k("by"), k("on"), k("in")])
}

/// True for words that look like a verb and are none: `protocol established`, `the extended agreement` are left to it.
fn is_noun(page: &Page<'_, '_>, n: usize) -> bool {
    page.is_key(n, &[k("form"), k("strike"), k("signatory"), k("signatories")])
}

/// True where the act is only planned: `plan to sign`, `with a view to finalize`, `potential formalization`, `will sign`.
fn is_planned(page: &Page<'_, '_>, start: usize, at: usize) -> bool {
    const HOPES: [u64; 14] = [
        k("plan"),
        k("plans"),
        k("planned"),
        k("planning"),
        k("intend"),
        k("intends"),
        k("potential"),
        k("possible"),
        k("view"),
        k("towards"),
        k("draft"),
        k("discuss"),
        k("would"),
        k("should"),
    ];
    let near = at.saturating_sub(6).max(start)..at;
    let will = page.find_key(at.saturating_sub(2).max(start)..at, &[k("will"), k("may"), k("could"), k("not")]);
    page.find_key(near, &HOPES).is_some() || will.is_some()
}

/// Names the parties: after `between` and `with`, in the subject, behind `by`, or by a group that stands for them.
fn name_parties(page: &Page<'_, '_>, claim: &mut Claim) {
    if let Some(at) = between(page, claim.instrument.tokens.end, claim.sentence.end)
        && are_between(page, claim, at)
    {
        return;
    }
    after_with(page, claim);
    match claim.at.filter(|_| claim.verb != Verb::None) {
        Some(at) if at < claim.instrument.tokens.start => before_verb(page, claim, at),
        Some(at) => after_by(page, claim, at),
        None => {}
    }
    otherwise(page, claim);
}

/// Names the parties listed from the token `at` on, or the group that stands there; true when that settles it.
fn are_between(page: &Page<'_, '_>, claim: &mut Claim, at: usize) -> bool {
    let end = claim.sentence.end;
    claim.parties = parties::list(page, at, end);
    add_strangers(page, claim, at..end.min(at + 30));
    if claim.parties.len() + claim.strangers.len() >= 2 {
        return true;
    }
    let group = at..end.min(at + 6);
    let is_group = claim.parties.is_empty() && parties::group(page, &group).is_some();
    if is_group {
        // `The MoU between the two organisations was signed by ...`: who signs is no party by that.
        claim.parties = stand_in(page, &group);
        claim.is_stand_in = true;
        let rest = page.span(&(at..end));
        claim.signatories = page.persons_in(rest).iter().map(|(_, person)| *person).collect();
    }
    is_group
}

/// Names the parties of `the agreement with A and B`.
fn after_with(page: &Page<'_, '_>, claim: &mut Claim) {
    let (with, end) = (claim.instrument.tokens.end, claim.sentence.end);
    if !page.is_key(with, &[k("with")]) {
        return;
    }
    let named = parties::list(page, with + 1, end);
    if named.len() >= 2 {
        claim.parties = named;
    } else if claim.parties.is_empty() {
        let near = with + 1..end.min(with + 12);
        add_strangers(page, claim, near.clone());
        if !claim.strangers.is_empty() {
            claim.parties = parties::list(page, near.start, near.end);
        }
    }
}

/// Names the parties in the subject of the verb at `at`, and those after `with`.
fn before_verb(page: &Page<'_, '_>, claim: &mut Claim, at: usize) {
    let subject = claim.sentence.start..at;
    let (from, end) = (claim.instrument.tokens.end, claim.sentence.end);
    claim.signatories = page.persons_in(page.span(&subject)).iter().map(|(_, person)| *person).collect();
    let mut found = parties::subject(page, &subject);
    if found.is_empty() {
        found = stand_in(page, &subject);
        claim.is_stand_in = true;
    }
    add_strangers(page, claim, subject);
    add(&mut claim.parties, found);
    if let Some(with) = page.find_key(from..end.min(from + 25), &[k("with")]) {
        let named = parties::list(page, with + 1, end);
        if named.is_empty() {
            add_strangers(page, claim, with + 1..end.min(with + 14));
        }
        add(&mut claim.parties, named);
    }
}

/// Names the parties for whom somebody signed: `was signed by the Chair of A and the President of B`.
fn after_by(page: &Page<'_, '_>, claim: &mut Claim, at: usize) {
    let end = claim.sentence.end;
    if let Some(by) = page.find_key(at..end.min(at + 12), &[k("by")]) {
        let who = by + 1..end;
        claim.signatories = page.persons_in(page.span(&who)).iter().map(|(_, person)| *person).collect();
        add(&mut claim.parties, parties::subject(page, &who));
    }
}

/// Names the parties where neither slot does: `The parties of the MoU include`, `cooperation among`, `In an MoU the four`.
fn otherwise(page: &Page<'_, '_>, claim: &mut Claim) {
    let (from, end) = (claim.instrument.tokens.end, claim.sentence.end);
    if claim.parties.len() < 2
        && let Some(at) = members(page, claim)
    {
        claim.parties = parties::list(page, at, end);
        add_strangers(page, claim, at..end);
    }
    if claim.parties.is_empty() && claim.strangers.is_empty() {
        // `The purpose of this MoU is to facilitate cooperation among A, B and C.`
        let later = page.find_key(from..end.min(from + 40), &[k("among"), k("between"), k("amongst")]);
        let named = later.map_or(Vec::new(), |at| parties::list(page, at + 1, end));
        claim.parties = if named.len() >= 2 { named } else { Vec::new() };
    }
    if claim.parties.len() < 2 && is_set_in(page, &claim.instrument.tokens) {
        claim.parties = stand_in(page, &(from..end.min(from + 10)));
        claim.is_stand_in = true;
    }
}

/// True in `In a Memorandum of Understanding the four operators ...`.
fn is_set_in(page: &Page<'_, '_>, instrument: &Range<usize>) -> bool {
    let start = instrument.start;
    start >= 2
        && page.is_key(start - 2, &[k("in"), k("through"), k("under")])
        && page.is_key(start - 1, &[k("a"), k("an"), k("this"), k("the")])
}

fn add(list: &mut Vec<usize>, more: Vec<usize>) {
    for one in more {
        if !list.contains(&one) {
            list.push(one);
        }
    }
}

/// Returns the token after `between` or `among` that tells the parties of an instrument that ends at `end`.
fn between(page: &Page<'_, '_>, end: usize, stop: usize) -> Option<usize> {
    let near = end..stop.min(end + 20);
    let at = page.find_key(near, &[k("between"), k("among"), k("amongst"), k("of")])?;
    // `of` counts right after the instrument only: `the MoU of ETSI and CCSA`.
    if page.is_key(at, &[k("of")]) && at != end {
        let later = at + 1..stop.min(end + 20);
        return page.find_key(later, &[k("between"), k("among")]).filter(|at| is_open(page, end, *at)).map(|at| at + 1);
    }
    is_open(page, end, at).then_some(at + 1)
}

/// True when no other statement stands between an instrument and its `between`; `was signed` may.
fn is_open(page: &Page<'_, '_>, end: usize, at: usize) -> bool {
    let is_signed = page.find(end..at, cues::SIGN).is_some();
    let is_clause = page.find_key(end..at, &[k("which"), k("that"), k("to"), k("in")]).is_some();
    let is_other = (end..at).any(|n| page.is(n, cues::COOPERATE | cues::ANNOUNCE) || page.is_mark(n, ";:"));
    !is_other && (is_signed || !is_clause)
}

/// Returns the token after `include` in `The Parties of the Memorandum include A, B and C`.
fn members(page: &Page<'_, '_>, claim: &Claim) -> Option<usize> {
    let before = claim.sentence.start..claim.instrument.tokens.start;
    let group = page.find_key(before.clone(), &[k("parties"), k("signatories"), k("partners"), k("members")])?;
    let after = claim.instrument.tokens.end..claim.sentence.end.min(claim.instrument.tokens.end + 6);
    let verb = page.find_key(after, &[k("include"), k("includes"), k("are"), k("were"), k("comprise")])?;
    (group < verb).then_some(verb + 1 + usize::from(page.is_mark(verb + 1, ",:")))
}

/// Returns the parties for which `the two organizations` of a subject stands.
fn stand_in(page: &Page<'_, '_>, subject: &Range<usize>) -> Vec<usize> {
    match (parties::group(page, subject), page.find(subject.clone(), cues::GROUP)) {
        (Some(number), Some(at)) => parties::antecedent(page, at, number),
        _ => Vec::new(),
    }
}

/// Adds names in a slot that no organisation is known by; a slot ends at the next verb or stop.
fn add_strangers(page: &Page<'_, '_>, claim: &mut Claim, slot: Range<usize>) {
    let stop = |n: &usize| page.is(*n, cues::AUXILIARY | cues::SIGN | cues::ANNOUNCE) || page.is_mark(*n, ".;:");
    let end = slot.clone().find(stop).unwrap_or(slot.end);
    for span in parties::unknown(page, &(slot.start..end)) {
        if !claim.strangers.contains(&span) {
            claim.strangers.push(span);
        }
    }
}

/// Dates the signing: by the date before or after its verb, or by `today` and the dateline.
fn date(page: &Page<'_, '_>, claim: &mut Claim, published: Option<&str>) {
    match when(page, claim) {
        Some((Time::Date(day), _)) => claim.signed = Some(day),
        Some((Time::Relative, span)) => {
            let is_today = page.is_key(page.tokens(span).start, &[k("today")]);
            claim.signed = published.filter(|_| is_today).map(String::from).or_else(|| complete(page, span, published));
            claim.signed_relative = claim.signed.is_none().then_some(span);
        }
        _ => {}
    }
}

/// Returns the date that belongs to the verb of a claim: one that opens the sentence, or one after the verb that no aside
/// (`after`, `replacing`) comes before.
fn when(page: &Page<'_, '_>, claim: &Claim) -> Option<(Time, Span)> {
    let dates = page.dates_in(page.span(&claim.sentence));
    let at = claim.dated_by?;
    let is_date = |time: &Time| !matches!(time, Time::Clock(_));
    let opening = dates.iter().find(|date| {
        let tokens = page.tokens(date.found.span);
        let is_dateline = page.is_mark(tokens.end, "–—-") && tokens.end < at;
        // `A announced on 5 June that A and B signed on 2 June`: the first date is the announcement's.
        let is_announced = page.find(claim.sentence.start..tokens.start, cues::ANNOUNCE).is_some_and(|verb| verb != at);
        let opens = tokens.start <= claim.sentence.start + 5 && tokens.end <= at;
        is_date(&date.time) && opens && !is_dateline && !is_announced
    });
    if let Some(date) = opening {
        return Some((date.time.clone(), date.found.span));
    }
    // `today` just before the verb: `X and Y today signed`.
    let near = dates.iter().find(|date| {
        let tokens = page.tokens(date.found.span);
        date.time == Time::Relative && tokens.end <= at && tokens.end + 2 >= at
    });
    let after = dates.iter().find(|date| {
        let tokens = page.tokens(date.found.span);
        let way = at + 1..tokens.start;
        is_date(&date.time) && tokens.start > at && !has_aside(page, &way) && !is_future(page, &date.time, &way)
    });
    near.or(after).map(|date| (date.time.clone(), date.found.span))
}

/// True when the words on the way to a date turn to something else than the signing.
fn has_aside(page: &Page<'_, '_>, way: &Range<usize>) -> bool {
    // The meeting at which it was signed may date it: `at the 2nd meeting held in Tokyo, 4-5 November 2002`.
    let other = [k("until"), k("expires"), k("valid"), k("effective"), k("force")];
    let is_aside = |n: usize| page.is(n, cues::ASIDE) && !page.is_key(n, &[k("first"), k("established")]);
    way.clone().any(|n| is_aside(n) || page.is_key(n, &other))
}

/// True for a bare year that is a goal: `to sign the MoU in 2014` is planned, `by 2030` a horizon.
fn is_future(page: &Page<'_, '_>, time: &Time, way: &Range<usize>) -> bool {
    let is_year = matches!(time, Time::Date(text) if text.len() == 4);
    let is_in = page.is_key(way.end.saturating_sub(1), &[k("in"), k("of"), k("year")]);
    is_year && (!is_in || way.len() > 25 || page.is_key(way.end.saturating_sub(1), &[k("by"), k("until"), k("beyond")]))
}

/// Completes a day without year by the dateline: `On 28 April` in a text of 4 May 2015.
fn complete(page: &Page<'_, '_>, span: Span, published: Option<&str>) -> Option<String> {
    let published: jiff::civil::Date = published?.parse().ok()?;
    let words = page.scan.text(span);
    let text = format!("{words} {}", published.year());
    let day =
        ["%d %B %Y", "%B %d %Y", "%d %b %Y"].iter().find_map(|form| jiff::civil::Date::strptime(form, &text).ok())?;
    let age = published.since(day).ok()?.get_days();
    (0..=120).contains(&age).then(|| day.to_string())
}

/// Returns the date of a list of agreements: `03 July 2012: The MoU between ...`.
fn listed(page: &Page<'_, '_>, claim: &Claim) -> Option<String> {
    if claim.parties.len() + claim.strangers.len() < 2 {
        return None;
    }
    let date = page.dates_in(page.span(&claim.sentence)).first()?;
    let tokens = page.tokens(date.found.span);
    let is_label = tokens.start == claim.sentence.start && page.is_mark(tokens.end, ":–-");
    match &date.time {
        Time::Date(day) if is_label => Some(day.clone()),
        _ => None,
    }
}

/// Returns the date of the dateline or of publication: `Brussels, 21 June 2011 -`, `Press release, 11 August 2022`.
pub(super) fn published(page: &Page<'_, '_>) -> Option<(String, Found)> {
    let is_day = |time: &Time| matches!(time, Time::Date(text) if text.len() == 10);
    let lines = (0..page.scan.blocks.len()).take(8);
    let mut best: Option<(String, Found, bool)> = None;
    for n in lines {
        let block = page.block(n);
        let Some(date) = page.dates_in(page.span(&block)).first().filter(|date| is_day(&date.time)) else { continue };
        let tokens = page.tokens(date.found.span);
        let is_short = block.len() <= 14 && page.find(block.clone(), cues::SIGN | cues::HELD).is_none();
        let is_dash = tokens.start < block.start + 12 && page.is_mark(tokens.end, "–—-)") && block.len() > 16;
        let has_place = tokens.start > block.start && page.is_mark(tokens.start - 1, ",–—-");
        let is_new = best.as_ref().is_none_or(|(.., placed)| has_place && !placed);
        if let Time::Date(day) = &date.time
            && (is_short || is_dash)
            && is_new
        {
            best = Some((day.clone(), Found::new(date.found.span, "dateline", 0.9), has_place));
        }
    }
    best.map(|(day, found, _)| (day, found))
}
