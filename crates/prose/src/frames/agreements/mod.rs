//! Agreements: the claims of all sentences on instruments, gathered to agreements.
//!
//! Signed, announced, approved and effective are four dates. What a sentence tells of an earlier instrument is a
//! predecessor and dates nothing; a date that is only relative stays words until the event dates it.

mod areas;
mod claims;
mod instrument;
mod later;
mod parties;
mod terms;

use std::ops::Range;

pub(crate) use parties::{group, meant};

use super::cues;
use super::page::Page;
use crate::answer::{Agreement, Answer, Found, Named, Organisation, Span};
use claims::{Claim, Verb};

/// Adds agreements to `answer`.
pub(crate) fn read(page: &Page<'_, '_>, answer: &mut Answer) {
    let published = claims::published(page);
    let day = published.as_ref().map(|(day, _)| day.as_str());
    let mut drafts: Vec<Draft> = Vec::new();
    for sentence in page.sentences_with(&[cues::INSTRUMENT]) {
        for instrument in instrument::all(page, sentence) {
            let claim = claims::read(page, sentence, instrument, day);
            gather(page, answer, &mut drafts, claim);
        }
    }
    drafts.retain(|draft| draft.parties.len() >= 2 && draft.is_asserted);
    for draft in &drafts {
        let agreement = draft.agreement(page, day);
        answer.agreements.push(agreement);
    }
    later::read(page, answer);
    terms::read(page, answer);
    areas::read(page, answer);
}

/// How many agreements back a sentence may speak of: a list of hundreds is read in one pass.
const NEAR: usize = 40;

/// An agreement in the making.
struct Draft {
    kind: String,
    is_bare: bool,
    parties: Vec<usize>,
    is_asserted: bool,
    claims: Vec<Claim>,
    predecessor: Option<String>,
    change: Option<String>,
}

impl Draft {
    fn agreement(&self, page: &Page<'_, '_>, published: Option<&str>) -> Agreement {
        let first = |of: fn(&Claim) -> Option<String>| self.claims.iter().find_map(of);
        let signed = first(|claim| claim.signed.clone());
        let relative = self.claims.iter().find_map(|claim| claim.signed_relative);
        let is_planned =
            self.claims.iter().all(|claim| matches!(claim.verb, Verb::Planned | Verb::None)) && signed.is_none();
        let announced = first(|claim| claim.announced.clone());
        let mut signatories = Vec::new();
        for claim in self.claims.iter().filter(|claim| claim.verb == Verb::Signed) {
            signatories
                .extend(claim.signatories.iter().filter(|n| !signatories.contains(*n)).copied().collect::<Vec<_>>());
        }
        Agreement {
            instrument: self.kind.clone(),
            parties: self.parties.clone(),
            signed_relative: relative.filter(|_| signed.is_none()),
            signed,
            announced: announced.or_else(|| published.filter(|_| !is_planned).map(String::from)),
            predecessor: self.predecessor.clone(),
            change: self.change.clone(),
            signatories,
            evidence: self.evidence(page),
            ..Agreement::default()
        }
    }

    /// The sentences that say so: the one with verb and most parties first.
    fn evidence(&self, page: &Page<'_, '_>) -> Vec<Found> {
        let mut order: Vec<&Claim> =
            self.claims.iter().filter(|claim| !claim.parties.is_empty() || claim.at.is_some()).collect();
        order.sort_by_key(|claim| (!(claim.verb != Verb::None && claim.parties.len() >= 2), claim.sentence.start));
        let mut found: Vec<Found> = Vec::new();
        for claim in order {
            let (rule, confidence) = match claim.verb {
                Verb::Signed => ("agreement-signed", 0.93),
                Verb::Announced => ("agreement-announced", 0.9),
                Verb::Changed => ("agreement-changed", 0.88),
                Verb::Planned => ("agreement-planned", 0.6),
                Verb::None => ("agreement-between", 0.8),
            };
            let span = page.span(&claim.sentence);
            if found.iter().all(|one| one.span != span) {
                found.push(Found::new(span, rule, confidence));
            }
        }
        found
    }
}

/// Adds a claim to the draft of which it speaks, or begins a new one.
fn gather(page: &Page<'_, '_>, answer: &mut Answer, drafts: &mut Vec<Draft>, mut claim: Claim) {
    if let Some((from, change)) = changed_into(page, &claim) {
        // `upgrading the MoU to a Cooperation Agreement`: the MoU was before.
        if let Some(draft) = drafts.last_mut() {
            draft.predecessor.get_or_insert(from);
            draft.change.get_or_insert(change);
            draft.claims.push(claim);
        }
        return;
    }
    if claim.instrument.is_earlier {
        let words = page.scan.folded(&claim.instrument.tokens);
        let is_own = drafts
            .last()
            .is_none_or(|draft| claim.parties.is_empty() || parties::are_same(answer, &draft.parties, &claim.parties));
        if let Some(draft) = drafts.last_mut().filter(|_| is_own || claim.verb == Verb::None) {
            draft.predecessor.get_or_insert(words);
        }
        return;
    }
    introduce(page, answer, &mut claim);
    claim.parties = claim.parties.iter().flat_map(|one| halves(answer, *one)).collect();
    // `Under this MoU both parties agreed`: the parties are those of the agreement that was read before.
    let is_meant = |draft: &&mut Draft| {
        let is_kind = claim.instrument.is_bare || draft.is_bare || claim.instrument.kind == draft.kind;
        claim.is_stand_in && is_kind && draft.parties.len() >= 2
    };
    let meant = drafts.last_mut().filter(|draft| is_meant(draft) || speaks_of(page, draft, &claim));
    if let Some(draft) = meant {
        claim.parties.clear();
        draft.join(page, claim);
        return;
    }
    let far = drafts.len().saturating_sub(NEAR);
    let known = drafts.iter().skip(far).rposition(|draft| {
        let is_kind = draft.kind == claim.instrument.kind || draft.is_bare || claim.instrument.is_bare;
        let is_party =
            if claim.parties.is_empty() { true } else { parties::are_same(answer, &draft.parties, &claim.parties) };
        is_kind && (is_party || draft.parties.is_empty())
    });
    let known = known.map(|at| at + far);
    let known = if claim.parties.is_empty() {
        drafts.len().checked_sub(1).filter(|_| known.is_some()).and(known)
    } else {
        known
    };
    let Some(draft) = known.and_then(|at| drafts.get_mut(at)) else {
        drafts.push(Draft::of(page, claim));
        return;
    };
    draft.join(page, claim);
}

/// True when a claim on `the agreement` names some of the parties of a draft, and others only by whom they sent: `the
/// Director of a department of B signed the agreement`.
fn speaks_of(page: &Page<'_, '_>, draft: &Draft, claim: &Claim) -> bool {
    let start = claim.instrument.tokens.start;
    let is_definite =
        start > claim.sentence.start && page.is_key(start - 1, &[cues::k("the"), cues::k("this"), cues::k("their")]);
    let shares = claim.parties.iter().any(|one| draft.parties.contains(one));
    let is_kind = claim.instrument.is_bare || claim.instrument.kind == draft.kind;
    is_definite && shares && is_kind && draft.parties.len() >= 2 && claim.parties.len() <= draft.parties.len()
}

impl Draft {
    fn of(page: &Page<'_, '_>, claim: Claim) -> Self {
        let is_asserted = claim.at.is_some() || claim.parties.len() >= 2;
        let change = change(page, &claim);
        Self {
            kind: claim.instrument.kind.clone(),
            is_bare: claim.instrument.is_bare,
            parties: claim.parties.clone(),
            is_asserted,
            predecessor: None,
            change,
            claims: vec![claim],
        }
    }

    fn join(&mut self, page: &Page<'_, '_>, claim: Claim) {
        if self.is_bare && !claim.instrument.is_bare {
            self.kind.clone_from(&claim.instrument.kind);
            self.is_bare = false;
        }
        if claim.parties.len() > self.parties.len() {
            self.parties.clone_from(&claim.parties);
        }
        self.is_asserted |= claim.at.is_some() || claim.parties.len() >= 2;
        if self.change.is_none() {
            self.change = change(page, &claim);
        }
        self.claims.push(claim);
    }
}

/// Adds organisations for names that stand in the place of parties and that nothing else knows.
fn introduce(page: &Page<'_, '_>, answer: &mut Answer, claim: &mut Claim) {
    let is_clear = claim.parties.len() + claim.strangers.len() >= 2;
    if !is_clear || claim.instrument.is_earlier || claim.strangers.len() > 8 {
        return;
    }
    for span in claim.strangers.clone() {
        let number = stranger(page, answer, span);
        if !claim.parties.contains(&number) {
            claim.parties.push(number);
        }
    }
}

/// Returns the two organisations of a joint name, `CEN and CENELEC`, where both are known; else the one it is.
fn halves(answer: &Answer, one: usize) -> Vec<usize> {
    let joint = answer.organisations.get(one).and_then(|one| one.name.split_once(" and "));
    let of = |name: &str| {
        let is_it = |one: &Organisation| one.acronym.as_deref() == Some(name) || one.name == name;
        answer.organisations.iter().position(is_it)
    };
    match joint.map(|(first, second)| (of(first), of(second))) {
        Some((Some(first), Some(second))) => vec![first, second],
        _ => vec![one],
    }
}

/// Returns the organisation of a name that nothing else knows, added where it is new; a bracket behind it is its acronym.
fn stranger(page: &Page<'_, '_>, answer: &mut Answer, span: Span) -> usize {
    let name = page.scan.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
    // `Organisation for Things ("OFT")`: a bracket behind an earlier name says what it is called.
    let in_bracket = |one: &Organisation| {
        let next = one.mentions.first().map_or(0, |first| page.tokens(first.found.span).end);
        let inner = next + 1 + usize::from(page.is_mark(next + 1, "“\"'"));
        page.is_mark(next, "(") && page.scan.word(inner) == name
    };
    let known = answer
        .organisations
        .iter()
        .position(|one| one.name == name || one.acronym.as_deref() == Some(&name) || in_bracket(one));
    if let Some(known) = known {
        return known;
    }
    let next = page.tokens(span).end;
    let is_bracket = page.is_mark(next, "(") && page.is_mark(next + 2, ")");
    let acronym = is_bracket.then(|| page.scan.word(next + 1).to_string());
    let found = Found::new(span, "party-of-agreement", 0.7);
    let mentions = vec![Named { found, is_nested: false }];
    answer.organisations.push(Organisation { name, acronym, mentions, ..Organisation::default() });
    answer.organisations.len() - 1
}

/// Returns what was before and what the change is, for `upgrading the MoU to a Cooperation Agreement`.
fn changed_into(page: &Page<'_, '_>, claim: &Claim) -> Option<(String, String)> {
    let at = claim.at.filter(|at| *at < claim.instrument.tokens.start && page.is(*at, cues::CHANGE))?;
    let to = claim.instrument.tokens.end..claim.sentence.end.min(claim.instrument.tokens.end + 4);
    let into = page.find_key(to, &[cues::k("to"), cues::k("into"), cues::k("by")])?;
    let next = page.find(into..claim.sentence.end.min(into + 6), cues::INSTRUMENT)?;
    let words = page.scan.folded(&claim.instrument.tokens);
    let noun = terms::noun_of_change(page.scan.word(at));
    (next > into).then(|| (words.clone(), format!("{noun} of {words}")))
}

/// Returns the change that a claim tells: `renewal`, `extension`.
fn change(page: &Page<'_, '_>, claim: &Claim) -> Option<String> {
    let before: Range<usize> =
        claim.instrument.tokens.start.saturating_sub(8).max(claim.sentence.start)..claim.instrument.tokens.start;
    let at = page.find(before, cues::CHANGE).or(claim.at.filter(|at| page.is(*at, cues::CHANGE)))?;
    (claim.verb != Verb::None || claim.parties.len() >= 2)
        .then(|| terms::noun_of_change(page.scan.word(at)).to_string())
}

/// Returns the span from the first to the last of some tokens without the full stop at the end.
fn without_stop(page: &Page<'_, '_>, tokens: &Range<usize>) -> Span {
    let mut end = tokens.end;
    while end > tokens.start && page.is_mark(end - 1, ".;,:") {
        end -= 1;
    }
    page.span(&(tokens.start..end))
}
