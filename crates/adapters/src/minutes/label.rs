//! What a heading or a label says of the names below or behind it: present, remote, excused, in the chair, taking notes.

use std::ops::Range;

use fact::{Act, Mode};

use super::sheet::{Piece, Shape};

/// What those named have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Label {
    /// `None` for those who were not there.
    pub act: Option<Act>,
    pub mode: Option<Mode>,
    /// `Guest`, `Observer`: the label's own word.
    pub role: Option<&'static str>,
    /// Whether it may stand alone, or only below a list of attendees: `Remote`, `Guests`.
    pub is_dependent: bool,
}

impl Label {
    /// Those who were present.
    pub(super) const PRESENT: Self = Self { act: Some(Act::Attended), mode: None, role: None, is_dependent: false };
}

/// The label that a heading is.
pub(super) fn of_heading(piece: &Piece<'_>) -> Option<Label> {
    matches!(piece.shape, Shape::Heading(_)).then(|| label(&piece.plain())).flatten()
}

/// The label at the head of a line, and what follows it: `**Present:** A, B`, `Attendees`, `- Scribe: A`.
pub(super) fn of_line(piece: &Piece<'_>) -> Option<(Label, Range<usize>)> {
    if !matches!(piece.shape, Shape::Plain | Shape::Bullet | Shape::Quote) {
        return None;
    }
    let raw = piece.raw();
    if let Some(found) = by_phrase(piece) {
        return Some(found);
    }
    // The colon of an address is none of a label.
    let colon = raw.find(':').filter(|at| *at <= 60 && !raw[..*at].ends_with("http") && !raw[..*at].ends_with("https"));
    let Some(colon) = colon else {
        let label = label(&piece.plain()).filter(|label| !label.is_dependent && label.act == Some(Act::Attended))?;
        return (piece.shape == Shape::Plain && piece.plain().len() <= 40)
            .then_some((label, piece.text.end..piece.text.end));
    };
    let label = label(&super::markup::plain(&raw[..colon]))?;
    let rest = raw[colon + 1..].trim_start_matches(|letter: char| letter.is_whitespace() || "*_".contains(letter));
    Some((label, piece.text.end - rest.len()..piece.text.end))
}

/// `Minutes prepared by A. Example (Acme).`: a label without a colon.
fn by_phrase(piece: &Piece<'_>) -> Option<(Label, Range<usize>)> {
    const PHRASES: [(&str, Act); 6] = [
        ("minutes prepared by ", Act::Scribed),
        ("minutes taken by ", Act::Scribed),
        ("minutes by ", Act::Scribed),
        ("notes taken by ", Act::Scribed),
        ("scribed by ", Act::Scribed),
        ("chaired by ", Act::Chaired),
    ];
    let lower = piece.raw().to_ascii_lowercase();
    let (phrase, act) = PHRASES.iter().find(|(phrase, _)| lower.starts_with(phrase))?;
    let label = Label { act: Some(*act), mode: None, role: None, is_dependent: false };
    Some((label, piece.text.start + phrase.len()..piece.text.end))
}

/// Reads the words of a label; dates, numbers and what stands in brackets are left out of account.
pub(super) fn label(text: &str) -> Option<Label> {
    let (outer, bracket) = text.split_once('(').unwrap_or((text, ""));
    let lower = outer.to_lowercase().replace(['’', '\''], "");
    let is_between = |letter: char| !(letter.is_alphabetic() || letter == '-');
    let words: Vec<&str> =
        lower.split(is_between).map(|word| word.trim_matches('-')).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.len() > 8 {
        return None;
    }
    let said = words.join(" ").replace("roll-call", "roll call");
    let act = act(&said, &words)?;
    let both = format!("{said} {}", bracket.to_lowercase());
    let has = |wanted: &[&str]| wanted.iter().any(|word| both.contains(word));
    let is_remote = has(&["remote", "virtual", "online", "on the phone", "by phone", "dial-in", "on zoom"]);
    let is_room = has(&["in-person", "in person", "on-site", "onsite", "on site", "in the room", "in room"]);
    let mode = match (is_remote, is_room) {
        (true, false) => Some(Mode::Remote),
        (false, true) => Some(Mode::InPerson),
        _ => None,
    };
    let role = match () {
        () if act != Some(Act::Attended) => None,
        () if has(&["guest"]) => Some("Guest"),
        () if has(&["observer"]) => Some("Observer"),
        () => None,
    };
    Some(Label { act, mode, role, is_dependent: is_dependent(&said) })
}

/// `Some(None)` for those who were not there; `None` where the words are no label.
fn act(said: &str, words: &[&str]) -> Option<Option<Act>> {
    let last = words.last().copied().unwrap_or_default();
    let has = |word: &str| words.contains(&word);
    let is_absent =
        ["not present", "not attending", "not in attendance", "did not attend", "non-attending", "absent", "absentees"];
    if is_absent.iter().any(|phrase| said.starts_with(phrase) || said.ends_with(phrase)) {
        return Some(None);
    }
    let present =
        ["attendees", "attendee", "participants", "participant", "attendance", "attending", "present", "rollcall"];
    // `Previous scribe`, `Prospective voting members attending their first meeting`, `Next chair` speak of others.
    let speaks_of_others =
        ["previous", "next", "last", "prospective", "future", "losing", "attaining", "former", "expected"];
    if speaks_of_others.iter().any(|word| has(word)) {
        return None;
    }
    match said {
        "regrets" | "apologies" | "excused" | "regrets from" | "apologies from" | "regrets received"
        | "sent regrets" => Some(Some(Act::Excused)),
        "remote"
        | "in-person"
        | "in person"
        | "virtual"
        | "online"
        | "on-site"
        | "onsite"
        | "in the room"
        | "on the phone"
        | "guests"
        | "guest"
        | "observers"
        | "observer"
        | "invited guests"
        | "in attendance"
        | "attendees list"
        | "whos here"
        | "attendance list"
        | "list of attendees"
        | "list of participants"
        | "participants list"
        | "attendees and regrets" => Some(Some(Act::Attended)),
        _ if is_chair(said) => Some(Some(Act::Chaired)),
        _ if is_scribe(said) => Some(Some(Act::Scribed)),
        _ if said.ends_with("roll call") || said.starts_with("roll call via") => Some(Some(Act::Attended)),
        _ if present.contains(&last) && words.len() <= 6 => Some(Some(Act::Attended)),
        _ => None,
    }
}

fn is_chair(said: &str) -> bool {
    let said = said.trim_end_matches(" was").trim_end_matches(" is").trim_end_matches(" by");
    let offices = [
        "chair",
        "chairs",
        "co-chair",
        "co-chairs",
        "chaired",
        "meeting chair",
        "meeting chairs",
        "acting chair",
        "moderator",
        "moderators",
        "moderated",
        "facilitator",
        "facilitators",
        "convenor",
        "convener",
        "meeting lead",
        "presiding",
        "session chair",
        "session chairs",
        "chairperson",
        "chairman",
    ];
    offices.contains(&said)
}

fn is_scribe(said: &str) -> bool {
    // `Minutes: https://...` names nobody; `Minutes by` does. Whom `Notes:` names is checked against the list.
    if ["minutes by", "notes by", "notes"].contains(&said) {
        return true;
    }
    let said = said.trim_end_matches(" was").trim_end_matches(" is").trim_end_matches(" by");
    let offices = [
        "scribe",
        "scribes",
        "scribe s",
        "scribed",
        "note taker",
        "note takers",
        "note-taker",
        "note-takers",
        "notetaker",
        "notetakers",
        "note taking",
        "notes taken",
        "minute taker",
        "minute takers",
        "minute-taker",
        "minutes taken",
        "minuted",
        "taking notes",
        "notes taker",
    ];
    offices.contains(&said) || said.ends_with(" scribe") || said.ends_with(" scribes")
}

fn is_dependent(said: &str) -> bool {
    let alone = [
        "remote",
        "in-person",
        "in person",
        "virtual",
        "online",
        "on-site",
        "onsite",
        "in the room",
        "on the phone",
        "guests",
        "guest",
        "observers",
        "observer",
        "invited guests",
        "notes",
    ];
    alone.contains(&said)
}
