//! Who presented which topic, and what was concluded and resolved.

use fact::{Act, Fact, Mention, Party, Thing};

use super::Meeting;
use super::attendance::{Named, is_known, resolved, speaker};
use super::entry::{Entry, Style, entry};
use super::markup::plain;
use super::sheet::Shape;
use super::split::paragraph;
use super::talk::{Said, Talk};
use super::vocabulary::{is_capitals, is_full_name};

/// Longest conclusion that is kept whole, in characters.
const LONGEST: usize = 600;

/// Returns the facts, and how many lines were looked at for them.
pub(super) fn topics(talk: &Talk<'_, '_>, meeting: &Meeting, named: &[Named]) -> Vec<Fact> {
    let mut facts = Vec::new();
    for said in &talk.said {
        match said.piece.shape {
            Shape::Blank => {}
            Shape::Heading(_) => by_heading(said, meeting, named, &mut facts),
            _ if said.piece.is_fenced => {}
            _ => {
                by_label(said, meeting, named, &mut facts);
                facts.extend(conclusion(said, meeting));
            }
        }
    }
    facts
}

fn topic(words: &str) -> Thing {
    Thing { kind: "topic".into(), title: words.into(), ..Thing::default() }
}

fn spoke(said: &Said<'_, '_>, words: &str, of: &str, meeting: &Meeting, named: &[Named]) -> Option<Fact> {
    let Entry::Person(mut person) = entry(words, &Style { abbreviates: true, ..Style::default() }) else { return None };
    if is_capitals(&person.name) {
        resolved(&mut person, named);
    }
    let who = Mention { role: None, ..meeting.mention(&person) };
    Some(Fact { who, object: Some(topic(of)), ..meeting.fact(Act::Spoke, said.piece.whole()) })
}

/// `Presenter: A. Example (AEX)` below a topic.
fn by_label(said: &Said<'_, '_>, meeting: &Meeting, named: &[Named], facts: &mut Vec<Fact>) {
    let raw = said.piece.raw();
    let Some((label, rest)) = raw.split_once(':').filter(|(label, _)| label.len() <= 24) else { return };
    let label = plain(label).to_lowercase();
    let is_presenter =
        ["presenter", "presenters", "presenter(s)", "presented by", "speaker", "speakers"].contains(&label.as_str());
    if !is_presenter || said.topic.is_empty() {
        return;
    }
    for part in paragraph(rest) {
        facts.extend(spoke(said, &rest[part], said.topic, meeting, named));
    }
}

/// `#### Tail calls (A. Example, 15 minutes)`: the last brackets, if they name persons beside a time, or persons known.
fn by_heading(said: &Said<'_, '_>, meeting: &Meeting, named: &[Named], facts: &mut Vec<Fact>) {
    let words = said.piece.plain();
    for (open, close) in [('(', ')'), ('[', ']')] {
        let Some((title, inner)) = words.rsplit_once(open) else { continue };
        let Some((inner, after)) = inner.split_once(close) else { continue };
        let is_time = |text: &str| {
            let lower = text.to_lowercase();
            lower.bytes().any(|byte| byte.is_ascii_digit())
                && (lower.contains("min") || lower.contains("hour") || lower.contains(" hr"))
        };
        let has_time = is_time(inner) || is_time(after);
        let parts: Vec<&str> =
            paragraph(inner).into_iter().map(|part| inner[part].trim()).filter(|part| !is_time(part)).collect();
        let is_one = |part: &&str| (has_time && is_full_name(part)) || (is_full_name(part) && is_known(part, named));
        if parts.is_empty() || !parts.iter().all(is_one) {
            continue;
        }
        for part in parts {
            // `(A. Example - Slides)` names no organisation.
            let fact = spoke(said, part, title.trim(), meeting, named);
            facts.extend(fact.map(|fact| Fact { who: Mention { affiliation: None, ..fact.who.clone() }, ..fact }));
        }
        return;
    }
}

/// A line below a heading for conclusions, or one that says itself that it is one.
fn conclusion(said: &Said<'_, '_>, meeting: &Meeting) -> Option<Fact> {
    if said.piece.shape == Shape::Row {
        return None;
    }
    let text = said.piece.plain();
    let labelled = labelled(&text);
    let (act, words) = match labelled {
        Some((Outcome::Proposal, words)) => return proposal(said, &words, meeting),
        Some((Outcome::Resolution, words)) => (Act::Decided, words),
        Some((Outcome::Conclusion, words)) => (Act::Concluded, words),
        None if said.is_conclusion && speaker(said.piece).is_none() => (Act::Concluded, text.clone()),
        None => return None,
    };
    let is_empty = ["none", "n/a", "tbd", "no conclusion"].contains(&words.to_lowercase().trim_end_matches('.'));
    if is_empty || !words.chars().any(char::is_alphabetic) || words.starts_with("http") {
        return None;
    }
    let status = Some(words.chars().take(LONGEST).collect());
    let object = (!said.topic.is_empty()).then(|| topic(said.topic));
    Some(Fact { who: meeting.party(), object, status, ..meeting.fact(act, said.piece.whole()) })
}

enum Outcome {
    Conclusion,
    Resolution,
    Proposal,
}

/// `Conclusion: ...`, `Resolution #1: ...`, `RESOLVED: ...`, `[Decision: ...]`, `Proposed resolution: ...`.
fn labelled(text: &str) -> Option<(Outcome, String)> {
    let text = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let (label, words) =
        text.split_once(':').or_else(|| text.split_once(" - ")).filter(|(label, _)| label.len() <= 30)?;
    let lower = label.to_lowercase();
    let label = lower.trim_end_matches(|letter: char| !letter.is_alphabetic());
    let outcome = match label {
        "conclusion" | "conclusions" => Outcome::Conclusion,
        "resolution" | "resolved" | "decision" => Outcome::Resolution,
        "proposed resolution" | "proposed" | "proposal for resolution" => Outcome::Proposal,
        _ => return None,
    };
    let words = words.trim();
    (!words.is_empty()).then(|| (outcome, words.to_string()))
}

/// `Proposed resolution: ... (A. Example)`: who put it forward, where the minutes say so.
fn proposal(said: &Said<'_, '_>, words: &str, meeting: &Meeting) -> Option<Fact> {
    let (title, name) = words.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let name = name.trim();
    let object =
        Thing { kind: "resolution".into(), title: title.trim().chars().take(LONGEST).collect(), ..Thing::default() };
    let who = Mention { party: Party::Person, ..Mention::person(name, None) };
    is_full_name(name).then(|| Fact { who, object: Some(object), ..meeting.fact(Act::Proposed, said.piece.whole()) })
}
