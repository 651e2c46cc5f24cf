//! Roll calls in minutes of a forum that votes: `A. Example – (Acme), B. Sample – (Borealis)`.

use std::collections::BTreeMap;

use fact::{Act, Fact, Mention, Party, Problem, Reading, Thing, When};

use crate::parts::entry::entry;
use crate::parts::stated_date::dates;

use super::page::{Line, Page};
use super::votes::voters;

/// True for posted minutes of the forum or one of its groups.
pub(super) fn is_roll_call(page: &Page<'_>) -> bool {
    let Some((title, _)) = page.field("title") else { return false };
    let is_minutes = title.contains("Minutes") || title.contains("minutes");
    let names = [
        "CA/Browser Forum",
        "CA/B Forum",
        "Certificate Working Group",
        "NetSec",
        "Forum Teleconference",
        "F2F",
        "Minutes of the Forum",
    ];
    is_minutes
        && names.iter().any(|name| title.contains(name))
        && (page.forum().is_some() || title.contains("Working Group"))
}

pub(super) fn read(page: &Page<'_>) -> Reading {
    let (title, line) = page.title();
    let titled = dates(title).first().map(|date| date.when(When::UNKNOWN)).filter(|when| *when != When::UNKNOWN);
    let when = titled.or_else(|| loose_date(title)).unwrap_or_else(|| page.date());
    let body = body(title).or_else(|| page.forum().map(String::from));
    let day = when.from.map(|day| day.to_string());
    let event = body.as_ref().zip(day).map(|(body, day)| format!("{body} {day}"));
    let named = event.clone().unwrap_or_else(|| "a meeting".into());
    let mut reading = Reading { about: format!("minutes of {named}"), n_units: 1, ..Reading::default() };
    let make = |act, line: &Line<'_>| Fact {
        object: event.as_deref().map(|event| Thing::new("meeting", event)),
        body: body.clone(),
        event: event.clone(),
        when,
        ..Fact::new(act, line.evidence())
    };
    if let Some(line) = line {
        let who = Mention { party: Party::Body, affiliation: body.clone(), ..Mention::default() };
        reading.facts.push(Fact { who, ..make(Act::HeldMeeting, line) });
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (line, part) in present(page) {
        reading.n_units += 1;
        let Some(entry) = entry(part).filter(|entry| is_person(&entry.name)) else {
            reading.problems.push(unreadable(line, part));
            continue;
        };
        let folded = entry.name.to_lowercase();
        if let Some(first) = seen.get(&folded) {
            reading.problems.push(doubled(line, &entry.name, *first));
            continue;
        }
        seen.insert(folded, line.number);
        let mut who = Mention::person(&entry.name, entry.affiliation.as_deref());
        (who.role, who.domain) = (entry.role, entry.domain);
        reading.facts.push(Fact { who, mode: entry.mode, evidence: line.part(part), ..make(Act::Attended, line) });
    }
    for line in page.body_lines().iter().take(60) {
        if let Some(entry) =
            line.text.strip_prefix("Minutes prepared by ").and_then(|rest| entry(rest.trim_end_matches('.')))
        {
            reading.facts.push(Fact {
                who: Mention::person(&entry.name, entry.affiliation.as_deref()),
                ..make(Act::Scribed, line)
            });
        }
    }
    if seen.is_empty() {
        reading.about.push_str(", without a roll call");
    }
    reading
}

/// The members whose people a roll call names.
pub(super) fn members(page: &Page<'_>) -> Vec<String> {
    present(page).into_iter().filter_map(|(_, part)| entry(part)?.affiliation).collect()
}

/// `2023-2-2 Minutes of ...`: a day without leading zeros.
fn loose_date(title: &str) -> Option<When> {
    let word = title.split_whitespace().next()?;
    let parts: Vec<&str> = word.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    When::parse(&format!("{year}-{month:0>2}-{day:0>2}"))
}

/// `2023-04-27 Minutes of the CA/Browser Forum Teleconference`: the body between `of` and the kind of meeting.
fn body(title: &str) -> Option<String> {
    let at = ["inutes of the ", "inutes for the ", "inutes of ", "inutes for "]
        .iter()
        .find_map(|words| title.find(words).map(|at| at + words.len()))?;
    let rest = title[at..].trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '-' || letter == ' ');
    let ends = [" Teleconference", " teleconference", " F2F", " meeting", " Meeting", " Face"];
    let end = ends.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    let name = rest[..end].trim();
    (!name.is_empty() && !name.starts_with("F2F")).then(|| name.to_string())
}

/// The entries below the heading of a roll call: a paragraph with commas, or one a line.
fn present<'a, 'b>(page: &'b Page<'a>) -> Vec<(&'b Line<'a>, &'b str)> {
    let lines = page.body_lines();
    let Some((at, rest)) = lines.iter().enumerate().find_map(|(at, line)| Some((at, label(line)?))) else {
        return Vec::new();
    };
    let mut found: Vec<(&Line<'_>, &str)> = Vec::new();
    found.extend(entries(rest).into_iter().map(|part| (&lines[at], part)));
    for line in lines[at + 1..].iter().skip_while(|line| line.text.is_empty()) {
        let is_end = line.text.is_empty() || line.is_heading || label(line).is_some();
        let is_list =
            line.text.contains('(') || line.text.contains(" - ") || line.text.contains(" – ") || line.is_bullet;
        if is_end && !found.is_empty() || line.is_heading || !is_list && !line.text.is_empty() {
            break;
        }
        found.extend(entries(&line.text).into_iter().map(|part| (line, part)));
    }
    found
}

/// `Attendees:`, `Attendance`, `Attendees (in alphabetical order)`, `1. Roll Call`: what stands behind it.
fn label<'b>(line: &'b Line<'_>) -> Option<&'b str> {
    let (head, rest) = line.text.split_once(':').unwrap_or((&line.text, ""));
    let words = head.split('(').next().unwrap_or(head).to_lowercase();
    let words = words.trim_matches(|letter: char| !letter.is_alphabetic());
    let is_label = [
        "attendees",
        "attendance",
        "roll call",
        "roll-call",
        "roll-call via webex",
        "attendees in person",
        "present",
        "participants",
    ]
    .contains(&words);
    let is_whole = line.is_heading || line.text.contains(':') || line.text.len() < 45;
    (is_label && is_whole).then(|| rest.trim())
}

/// Cuts a roll call at commas outside brackets.
fn entries(text: &str) -> Vec<&str> {
    voters(text)
}

fn is_person(name: &str) -> bool {
    let n_words = name.split_whitespace().count();
    (1..=6).contains(&n_words)
        && !name.contains(|letter: char| letter.is_ascii_digit() || "(){}:".contains(letter))
        && name.chars().count() <= 60
}

fn unreadable(line: &Line<'_>, part: &str) -> Problem {
    let shown: String = part.chars().take(60).collect();
    Problem {
        kind: "entry-unreadable",
        evidence: line.part(part),
        what: format!("expected `Name – (Member)`, found `{shown}`"),
        hint: "look for a bracket that is not closed".into(),
    }
}

fn doubled(line: &Line<'_>, name: &str, first: usize) -> Problem {
    Problem {
        kind: "doubled-row",
        evidence: line.evidence(),
        what: format!("expected each person once, found `{name}` again after line {first}"),
        hint: "take one of the two out; the person counts once".into(),
    }
}
