//! Who was there, who chaired and who took notes: lists below a label, and names behind one.

use std::ops::Range;

use fact::{Act, Mode, Problem};

use super::kind::Kind;
use super::list;
use super::row::Row;
use crate::parts::entry::{Entry, entry, last_brackets};
use crate::parts::names::{is_full_name, is_label_name};

/// A person, what they did, and the row that says so.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub act: Act,
    pub entry: Entry,
    /// The rows that say so, numbered from 0.
    pub rows: Range<usize>,
    /// `Tuesday Session`, where a sheet has several.
    pub session: Option<String>,
    /// True where name and affiliation were not set apart, and were parted as other entries show.
    pub is_parted: bool,
}

/// What the lists and labels of a file say.
#[derive(Debug, Default)]
pub(super) struct People {
    pub found: Vec<Found>,
    pub problems: Vec<Problem>,
    pub n_units: u64,
    /// `11 attendees.`, `Bluesheet Attendance: 129`: the number, and its row.
    pub n_stated: Option<(u32, usize)>,
    /// True where the file has a label of an attendance list.
    pub has_list: bool,
}

/// What a label says of the names behind or below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Label {
    pub act: Act,
    pub mode: Option<Mode>,
    /// True for those who keep an eye on the chat: `scribed` only by their role.
    pub is_chat: bool,
}

/// How far down a file names its chairs: below, `Chairs:` is somebody speaking.
const HEAD: usize = 60;

/// Reads all lists and labels of a file.
pub(super) fn read(rows: &[Row<'_>], kind: Kind) -> People {
    let mut people = People::default();
    let mut at = 0;
    while at < rows.len() {
        let row = &rows[at];
        count(row, at, &mut people);
        at = match label(row, at) {
            Some((label, rest)) if label.act == Act::Attended || label.act == Act::Excused => {
                list::below(rows, at, label, &rest, kind, &mut people)
            }
            Some((label, rest)) => named(rows, at, label, &rest, &mut people),
            None => at + 1,
        };
    }
    if kind == Kind::Bluesheet && !people.has_list {
        list::sheet(rows, &mut people);
    }
    people
}

fn count(row: &Row<'_>, at: usize, people: &mut People) {
    let lower = row.text.to_lowercase();
    let first = lower.split_whitespace().next().and_then(|word| word.parse().ok());
    let stated = match first {
        Some(number)
            if ["attendees.", "attendees", "participants"].iter().any(|end| lower.ends_with(end))
                && lower.len() < 30 =>
        {
            Some(number)
        }
        _ => lower.strip_prefix("bluesheet attendance:").and_then(|rest| rest.trim().parse().ok()),
    };
    if let (Some(number), None) = (stated, people.n_stated) {
        people.n_stated = Some((number, at));
    }
}

/// The label that a row begins with or is, and what stands behind it.
pub(super) fn label(row: &Row<'_>, at: usize) -> Option<(Label, String)> {
    if row.is_blank() || row.is_contents || row.text.len() > 600 {
        return None;
    }
    let text = row.text.as_str();
    if let Some(names) = taken_by(text) {
        return Some((Label { act: Act::Scribed, mode: None, is_chat: false }, names.trim().to_string()));
    }
    let split = text.split_once(':').or_else(|| text.split_once(" - ")).or_else(|| text.split_once(';'));
    let (before, rest) = split.unwrap_or((text, ""));
    let is_whole = split.is_none();
    let words = folded(before);
    let label =
        presence(&words).filter(|_| !is_whole || row.level > 0 || row.bullet == 0).or_else(|| office(&words, at))?;
    let is_head = label.act != Act::Chaired || at < HEAD;
    let is_said = !is_whole || [Act::Attended, Act::Excused, Act::Chaired].contains(&label.act);
    // `Minutes`, `Notes` head a text; with names behind a colon they are a label.
    (is_head && is_said && (text.contains(':') || label.act != Act::Scribed || !is_whole))
        .then(|| (label, rest.trim().to_string()))
}

/// `Minutes taken by A. Example and B. Sample`: the names.
pub(super) fn taken_by(text: &str) -> Option<&str> {
    const STARTS: [&str; 5] = ["Minutes taken by ", "Minutes by ", "Notes taken by ", "Notes by ", "Scribed by "];
    let names = STARTS.iter().find_map(|start| text.strip_prefix(start))?;
    let first = crate::parts::names::people(sentence(names)).into_iter().next()?;
    (text.len() < 160 && entry(first).is_some_and(|entry| is_label_name(&entry.name))).then_some(names)
}

/// Small letters, without brackets, numbers and signs: `## Attendees (12)` is `attendees`.
pub(super) fn folded(text: &str) -> String {
    let mut rest = text.trim();
    while let Some((before, _)) = last_brackets(rest) {
        if before.is_empty() {
            break;
        }
        rest = before;
    }
    let words = rest.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Headings of lists of those who were there.
const PRESENT: [&str; 27] = [
    "participants",
    "attendees",
    "attendance",
    "present",
    "in attendance",
    "attending",
    "list of attendees",
    "list of participants",
    "attendee list",
    "attendees list",
    "participant list",
    "participants list",
    "attendance list",
    "people present",
    "present at the meeting",
    "meeting attendees",
    "meeting participants",
    "blue sheet",
    "blue sheets",
    "bluesheet",
    "bluesheets",
    "attendees present",
    "members present",
    "roster",
    "attendees affiliation",
    "attendees affiliations",
    "participants affiliation",
];

/// Headings of lists of those who called in.
const REMOTE: [&str; 15] = [
    "remote",
    "remote participants",
    "remote attendees",
    "remotely",
    "participants remote",
    "attendees remote",
    "remote participation",
    "online",
    "online participants",
    "virtual attendees",
    "via webex",
    "on the phone",
    "via meetecho",
    "remote attendance",
    "virtual participants",
];

/// Headings of lists of those who were in the room.
const IN_ROOM: [&str; 15] = [
    "in person",
    "in person attendees",
    "in person participants",
    "in the room",
    "on site",
    "onsite",
    "on site attendees",
    "on site participants",
    "local participants",
    "local attendees",
    "onsite attendees",
    "in person attendance",
    "onsite participants",
    "attendees in person",
    "participants in person",
];

/// Headings of lists of those who were not there.
const AWAY: [&str; 5] = ["regrets", "apologies", "absent", "excused", "not present"];

fn presence(words: &str) -> Option<Label> {
    let (act, mode) = if PRESENT.contains(&words) {
        (Act::Attended, None)
    } else if REMOTE.contains(&words) {
        (Act::Attended, Some(Mode::Remote))
    } else if IN_ROOM.contains(&words) {
        (Act::Attended, Some(Mode::InPerson))
    } else if AWAY.contains(&words) {
        (Act::Excused, None)
    } else {
        return None;
    };
    Some(Label { act, mode, is_chat: false })
}

fn office(words: &str, at: usize) -> Option<Label> {
    let of = |act, is_chat| Some(Label { act, mode: None, is_chat });
    let last = words.rsplit(' ').next().unwrap_or_default();
    let n_words = words.split(' ').count();
    let starts = |starts: &[&str]| starts.iter().any(|start| words.starts_with(start));
    match words {
        "chair" | "chairs" | "co chairs" | "co chair" | "wg chairs" | "wg chair" | "chaired by" | "meeting chair"
        | "session chairs" => of(Act::Chaired, false),
        _ if at < HEAD && n_words == 2 && last == "chairs" => of(Act::Chaired, false),
        _ if starts(&[
            "jabber scribe",
            "jabber relay",
            "chat scribe",
            "chat monitor",
            "zulip scribe",
            "zulip meetecho scribe",
            "chat relay",
            "meetecho scribe",
            "xmpp scribe",
            "remote scribe",
        ]) || starts(&["jabber", "chat"]) && last.starts_with("scribe") =>
        {
            of(Act::Scribed, true)
        }
        "minutes" | "notes" | "minutes by" | "notes by" | "scribed by" | "minutes taken by" | "notes taken by" => {
            of(Act::Scribed, false)
        }
        _ if n_words <= 4 && ["scribe", "scribes", "notetaker", "notetakers", "scriber"].contains(&last) => {
            of(Act::Scribed, false)
        }
        _ if n_words <= 4
            && ["taker", "takers"].contains(&last)
            && ["note ", "notes ", "minute ", "minutes "].iter().any(|word| words.contains(word)) =>
        {
            of(Act::Scribed, false)
        }
        _ => None,
    }
}

/// Reads the names behind `Chairs:` or `Note takers:`, or below it where nothing is behind; returns the row after them.
fn named(rows: &[Row<'_>], at: usize, label: Label, rest: &str, people: &mut People) -> usize {
    let mut text = rest.to_string();
    let mut next = at + 1;
    while (text.ends_with([',', '&']) || rows[next - 1].goes_on) && rows.get(next).is_some_and(|row| goes_on(row, next))
    {
        text = format!("{text} {}", rows[next].text);
        next += 1;
    }
    if !text.is_empty() {
        names(&text, at..next, label, people);
        return next;
    }
    // `Chairs:` with entries below it, `Scribes:` with `- Monday: A. Example` below it.
    let mut is_first = true;
    while let Some(row) = rows.get(next) {
        if row.is_blank() && is_first {
            next += 1;
            continue;
        }
        if row.bullet == 0 || self::label(row, next).is_some() {
            break;
        }
        is_first = false;
        match row.text.split_once(": ") {
            Some((_, after)) if label.act == Act::Scribed => names(after, next..next + 1, label, people),
            _ => listed(&row.text, next, label, people),
        }
        next += 1;
    }
    if is_first { at + 1 } else { next }
}

fn goes_on(row: &Row<'_>, at: usize) -> bool {
    !row.is_blank() && row.bullet == 0 && row.level == 0 && label(row, at).is_none() && !row.text.contains("://")
}

/// An entry below `Chairs:`: its comma parts name and affiliation.
fn listed(text: &str, at: usize, label: Label, people: &mut People) {
    people.n_units += 1;
    if let Some(entry) = entry(text).filter(|entry| is_label_name(&entry.name) && !entry.is_absent) {
        push(entry, at..at + 1, label, people);
    }
}

/// Names behind a label; words that are no names are left alone.
fn names(text: &str, rows: Range<usize>, label: Label, people: &mut People) {
    if text.contains("://") {
        return;
    }
    // `🪑🪑 (A. Example (for the last time), B. Sample)`: signs before brackets that hold the names.
    let text = match last_brackets(text) {
        Some((before, inner)) if !before.chars().any(char::is_alphanumeric) => inner,
        _ => text,
    };
    let parts = crate::parts::names::people(sentence(text));
    let read: Vec<Option<Entry>> = parts.iter().map(|part| labelled(part)).collect();
    // `Chairs: we can talk about it` is somebody speaking: a list of chairs is names and nothing else.
    let is_speech = label.act == Act::Chaired && read.iter().any(Option::is_none);
    if is_speech {
        return;
    }
    people.n_units += parts.len() as u64;
    for entry in read.into_iter().flatten().filter(|entry| !entry.is_absent) {
        push(entry, rows.clone(), label, people);
    }
}

/// A name behind a label; `(mnot)` behind it is what they are called, not where they come from.
fn labelled(part: &str) -> Option<Entry> {
    let entry = entry(part)?;
    let name = trimmed(&entry.name);
    let is_whole = name.len() == entry.name.len();
    let is_name = is_label_name(name) && (is_whole || is_full_name(name));
    let affiliation =
        entry.affiliation.clone().filter(|words| words.contains(' ') || words.starts_with(char::is_uppercase));
    is_name.then(|| Entry { name: name.into(), affiliation, ..entry })
}

fn push(mut entry: Entry, rows: Range<usize>, label: Label, people: &mut People) {
    let role = if label.is_chat { Some("jabber scribe".to_string()) } else { None };
    entry.role = role;
    people.found.push(Found { act: label.act, entry, rows, session: None, is_parted: false });
}

/// The first sentence: `A. Example. Thank you!` thanks nobody else.
fn sentence(text: &str) -> &str {
    let end = text.match_indices(". ").find(|(at, _)| {
        let word = text[..*at].rsplit([' ', ',']).next().unwrap_or_default();
        word.chars().count() > 2
    });
    end.map_or(text, |(at, _)| &text[..at]).trim()
}

/// `A. Example filling in`: words in small letters behind a name say what it did.
fn trimmed(name: &str) -> &str {
    let mut end = 0;
    let mut start = 0;
    for word in name.split_inclusive(' ') {
        let is_small = word.starts_with(char::is_lowercase) && start > 0;
        let is_particle = ["de ", "van ", "von ", "der ", "den ", "da ", "di "].contains(&word);
        if is_small && !is_particle {
            break;
        }
        start += word.len();
        end = start;
    }
    name[..end].trim()
}
