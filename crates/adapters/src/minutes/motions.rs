//! Motions: who moved them, who seconded, and whether they carried.

use fact::{Act, Fact, Mention, Thing};

use super::Meeting;
use super::attendance::{Named, is_known, speaker};
use super::sheet::Shape;
use super::talk::{Said, Talk};
use super::vocabulary::is_name;

/// Lines after which a motion is no longer the one that is spoken of.
const REACH: usize = 12;

/// The motion on the table.
struct Motion {
    title: String,
    at: usize,
}

/// Returns the facts of all motions.
pub(super) fn motions(talk: &Talk<'_, '_>, meeting: &Meeting, named: &[Named]) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut motion: Option<Motion> = None;
    let said = talk.said.iter().filter(|said| said.piece.shape != Shape::Blank);
    for (at, said) in said.enumerate() {
        if matches!(said.piece.shape, Shape::Heading(_) | Shape::Row)
            || said.piece.is_fenced
            || speaker(said.piece).is_some()
        {
            motion = motion.filter(|_| said.piece.shape == Shape::Row);
            continue;
        }
        let text = said.piece.plain();
        if !may_speak_of_one(&text) {
            continue;
        }
        for sentence in sentences(&text) {
            read(sentence, said, at, &mut motion, meeting, named, &mut facts);
        }
    }
    facts
}

fn may_speak_of_one(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains("motion") || lower.contains("second") || lower.contains(" moved to ") || lower.contains(" moves to ")
}

fn read(
    sentence: &str,
    said: &Said<'_, '_>,
    at: usize,
    motion: &mut Option<Motion>,
    meeting: &Meeting,
    named: &[Named],
    facts: &mut Vec<Fact>,
) {
    let moved = moved(sentence, named);
    if let Some((who, title)) = &moved {
        *motion = Some(Motion { title: title.clone(), at });
        facts.push(stated(Act::Proposed, Some(*who), title, said, meeting));
    }
    let near = motion.as_ref().filter(|motion| at - motion.at <= REACH).map(|motion| motion.title.clone());
    let title = near.clone().unwrap_or_else(|| said.topic.to_string());
    for who in seconded(sentence, named) {
        facts.push(stated(Act::Supported, Some(who), &title, said, meeting));
    }
    if let Some(own) = carried(sentence).filter(|_| moved.is_none()) {
        let title = if own.is_empty() { near.unwrap_or_else(|| said.topic.to_string()) } else { own.to_string() };
        let fact = stated(Act::Decided, None, &title, said, meeting);
        facts.push(Fact { who: meeting.party(), status: Some(sentence.into()), ..fact });
    }
}

fn stated(act: Act, who: Option<&str>, title: &str, said: &Said<'_, '_>, meeting: &Meeting) -> Fact {
    let object = Thing { kind: "motion".into(), title: title.chars().take(600).collect(), ..Thing::default() };
    let who = who.map(|name| Mention::person(name, None)).unwrap_or_default();
    Fact { who, object: Some(object), ..meeting.fact(act, said.piece.whole()) }
}

/// Sentences of a line: cut at a full stop before a space and a capital, but not within `A. Example`.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends: Vec<usize> = text
        .match_indices(". ")
        .map(|(at, _)| at)
        .filter(|at| {
            let word = text[..*at].rsplit(' ').next().unwrap_or_default();
            word.chars().count() > 1 && text[at + 2..].trim_start().starts_with(char::is_uppercase)
        })
        .chain([text.len()])
        .collect();
    ends.into_iter().map(move |end| {
        let sentence = text[start.min(end)..end].trim_matches([' ', '.']);
        start = (end + 1).min(text.len());
        sentence
    })
}

/// `A. Example sets the motion to ...`, `A motion was presented by A. Example to ...`: who, and what for.
fn moved<'a>(sentence: &'a str, named: &[Named]) -> Option<(&'a str, String)> {
    const VERBS: [&str; 13] = [
        "set",
        "sets",
        "made",
        "makes",
        "make",
        "moved",
        "moves",
        "presented",
        "presents",
        "proposed",
        "proposes",
        "put",
        "states",
    ];
    let words: Vec<&str> = sentence.split(' ').collect();
    let verb = words.iter().take(5).position(|word| VERBS.contains(word) || word.eq_ignore_ascii_case("motion"));
    if let Some(at) = verb.filter(|at| *at > 0) {
        let who = &sentence[..sentence.len() - words[at..].join(" ").len()];
        let rest = words[at..].join(" ");
        let lower = rest.to_lowercase();
        let is_motion = lower.contains("motion") && lower.find("motion").is_some_and(|found| found < 40);
        let is_move = (lower.starts_with("moved to ") || lower.starts_with("moves to ")) && is_decision(&lower[9..]);
        let is_second = who.to_ascii_lowercase().contains("second");
        if (is_motion || is_move) && !is_second && is_person(who.trim(), named) {
            return Some((who.trim(), aim(&rest).to_string()));
        }
    }
    let lower = sentence.to_lowercase();
    let passive =
        ["motion was moved by ", "motion was presented by ", "motion was made by ", "motion was set by ", "motion by "];
    let start = passive.iter().find_map(|words| lower.find(words).map(|at| at + words.len()))?;
    let rest = sentence.get(start..)?;
    let who = rest.split(" to ").next()?.split([',', ';']).next()?.split(" and ").next()?.trim();
    let seconded = [" and seconded", ", seconded", " and the motion was seconded", ", and the motion was seconded"];
    let end = seconded.iter().filter_map(|words| rest.find(words)).min().unwrap_or(rest.len());
    let title = rest[..end].split_once(" to ").map_or("", |(_, title)| title);
    is_person(who, named).then(|| (who, title.trim_end_matches('.').to_string()))
}

/// Verbs that a body acts with; `moved to another company` is no motion.
fn is_decision(words: &str) -> bool {
    let verbs = [
        "approve",
        "accept",
        "adopt",
        "adjourn",
        "close",
        "reject",
        "extend",
        "postpone",
        "table",
        "amend",
        "elect",
        "appoint",
        "merge",
        "publish",
        "approving",
    ];
    let first = words.split_whitespace().next().unwrap_or_default();
    verbs.contains(&first)
}

/// What a motion is for: the words after `motion`, or after `moved`.
fn aim(rest: &str) -> &str {
    let lower = rest.to_ascii_lowercase();
    let start =
        lower.find("motion").map_or_else(|| lower.find(" to "), |at| lower[at..].find(' ').map(|space| at + space));
    let aim = start.and_then(|at| rest.get(at..)).unwrap_or(rest).trim();
    aim.strip_prefix("to ").unwrap_or(aim).trim_end_matches('.')
}

/// `B. Sample seconded`, `seconded by B. Sample`, `Second: B. Sample and C. Specimen`.
fn seconded<'a>(sentence: &'a str, named: &[Named]) -> Vec<&'a str> {
    let lower = sentence.to_ascii_lowercase();
    let after = ["seconded by ", "second by ", "second: ", "seconded: "]
        .iter()
        .find_map(|words| lower.find(words).and_then(|at| sentence.get(at + words.len()..)));
    let names = match after {
        Some(rest) => rest.split(['.', '(', ',']).next().unwrap_or_default(),
        None => {
            let at = [" seconded", " seconds", " second "].iter().filter_map(|words| lower.find(words)).min();
            let at = at.or_else(|| lower.ends_with(" second").then(|| lower.len() - 7));
            at.map_or("", |at| sentence.get(..at).unwrap_or_default())
        }
    };
    let names = names.trim_start_matches("and ").split(" and ").flat_map(|part| part.split([',', '&']));
    let names: Vec<&str> =
        names.map(|name| name.trim().trim_end_matches(" also").trim()).filter(|name| !name.is_empty()).collect();
    let are_all = names.iter().all(|name| is_person(name, named) && name.split(' ').count() <= 4);
    if are_all { names } else { Vec::new() }
}

/// The outcome of a motion: what it was for, if the sentence says so, else nothing.
fn carried(sentence: &str) -> Option<&str> {
    let lower = sentence.to_ascii_lowercase();
    let starts =
        ["motion ", "the motion ", "motions ", "the motions "].iter().find(|words| lower.starts_with(**words))?;
    let rest = lower.get(starts.len()..)?;
    let outcomes = [
        "passed",
        "passes",
        "approved",
        "carried",
        "carries",
        "not approved",
        "failed",
        "fails",
        "was approved",
        "was carried",
    ];
    let said = outcomes.iter().find_map(|word| {
        rest.strip_prefix(word).filter(|after| after.is_empty() || after.starts_with([' ', ',', ';']))
    });
    if let Some(after) = said {
        // `Motion passed to add a section`: the purpose stands behind the outcome.
        return after.strip_prefix(" to ").map_or(Some(""), |own| sentence.get(sentence.len() - own.len()..));
    }
    let end = outcomes.iter().filter_map(|word| rest.find(&format!(" {word}"))).min()?;
    let own = sentence.get(starts.len()..starts.len() + end)?;
    let own = own.trim_end_matches(" was").trim_end_matches(" were");
    (rest.starts_with("to ") || rest.starts_with("for "))
        .then(|| own.trim_start_matches("to ").trim_start_matches("for "))
}

fn is_person(who: &str, named: &[Named]) -> bool {
    is_name(who) && who.starts_with(char::is_uppercase) && {
        let first = who.split(' ').next().unwrap_or_default();
        is_known(who, named) || is_known(first, named)
    }
}
