//! What a file of the kind is, and whether it is of the kind at all: minutes, agenda, table of contents, roster.

use std::collections::BTreeSet;

use super::attendance::{attendance, speaker};
use super::body::is_known;
use super::label;
use super::sheet::{Piece, Shape};
use super::table::cells;
use super::title::{self, Kind};
use super::vocabulary::is_capitals;
use super::when::stated;

/// What a file says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Minutes,
    /// It announces a meeting; notes may have been added to it.
    Agenda,
    Contents,
    Summary,
    /// A list of those who may take part, not of those who did.
    Roster,
}

/// A file of the kind.
#[derive(Debug)]
pub(super) struct Claim {
    pub what: What,
    /// The piece that holds the title.
    pub title: Option<usize>,
    /// The words before the date in a title such as `MADE WG2#14, 8-12 March 2031 Meeting Notes`.
    pub own: Option<String>,
    /// What names the body, the title first.
    pub titles: Vec<String>,
    /// What states the day, the title first.
    pub said: Vec<String>,
    /// The title of the front matter.
    pub front: Option<String>,
}

/// Words that a title has when it is that of a meeting.
const MEETINGS: [&str; 18] = [
    "meeting",
    "meetings",
    "teleconference",
    "telecon",
    "telco",
    "call",
    "minutes",
    "notes",
    "session",
    "sessions",
    "f2f",
    "face-to-face",
    "plenary",
    "subgroup",
    "videoconference",
    "conference",
    "agenda",
    "tpac",
];

/// Returns what a file is, if it is of the kind. The path is a hint for what the text leaves open.
pub(super) fn claim(pieces: &[Piece<'_>], origin: &str) -> Option<Claim> {
    let is_markup = |piece: &Piece<'_>| {
        let words = piece.raw().to_ascii_lowercase();
        ["<html", "<!doctype", "<?xml", "<head", "<body", "<table", "<title", "<meta", "<style", "{", "from "]
            .iter()
            .any(|start| words.starts_with(start))
    };
    if pieces.iter().find(|piece| !piece.raw().is_empty()).is_some_and(is_markup) {
        return None;
    }
    let front = Front::of(pieces);
    let said: Vec<usize> = (0..pieces.len()).filter(|at| is_said(&pieces[*at])).take(80).collect();
    let first = *said.first().unwrap_or(&0);
    // Minutes of the IETF have a reader of their own.
    let is_ietf = || origin.to_lowercase().contains("ietf") || said.iter().any(|at| mentions_ietf(pieces[*at].raw()));
    if front.is_none()
        && let Some(claim) = by_first_line(pieces, &said)
    {
        return (claim.what != What::Agenda || !is_ietf()).then_some(claim);
    }
    if let Some(front) = front.filter(|front| front.is_minutes) {
        let heading = said.iter().copied().find(|at| matches!(pieces[*at].shape, Shape::Heading(_)));
        let mut claim = claimed(What::Minutes, heading, pieces, &said);
        claim.titles.splice(0..0, front.title.clone());
        // The title names the day of the meeting; the date may be that of the post.
        claim.said.splice(0..0, front.title.clone().into_iter().chain(front.date));
        claim.front = front.title;
        return Some(claim);
    }
    if is_roster(pieces, &said) {
        return Some(claimed(What::Roster, Some(first), pieces, &said));
    }
    let (what, title) = by_titles(pieces, &said).or_else(|| by_list(pieces, &said))?;
    let claim = claimed(what, title, pieces, &said);
    (claim.titles.iter().any(|title| is_known(title)) || !is_ietf()).then_some(claim)
}

fn is_said(piece: &Piece<'_>) -> bool {
    !matches!(piece.shape, Shape::Blank | Shape::Mark | Shape::Front)
}

fn mentions_ietf(text: &str) -> bool {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let mut words = words.map(str::to_lowercase);
    words.any(|word| matches!(word.as_str(), "ietf" | "irtf" | "bluesheet" | "bluesheets" | "datatracker"))
        || text.to_lowercase().contains("note well")
}

/// Titles of TC39 and of those who write theirs in the same way.
fn by_first_line(pieces: &[Piece<'_>], said: &[usize]) -> Option<Claim> {
    let first = *said.first()?;
    let below = said.iter().skip(1).take(60).map(|at| pieces[*at].line.text.as_ref());
    let title = title::title(pieces[first].line.text.trim_end(), below)?;
    let what = match title.kind {
        Kind::Day => What::Minutes,
        Kind::Contents => What::Contents,
        Kind::Summary => What::Summary,
        Kind::Agenda => What::Agenda,
    };
    let own = title.meeting.filter(|_| title.kind == Kind::Day);
    Some(Claim { own, ..claimed(what, Some(first), pieces, said) })
}

/// Puts together what names the body and states the day: the title, the labels, the lines below the title.
fn claimed(what: What, title: Option<usize>, pieces: &[Piece<'_>], said: &[usize]) -> Claim {
    let heading: Vec<String> = title.map(|at| pieces[at].plain()).into_iter().collect();
    let mut stated = heading.clone();
    let mut titles = heading;
    let headings = said.iter().filter(|at| matches!(pieces[**at].shape, Shape::Heading(_)) && Some(**at) != title);
    titles.extend(headings.map(|at| pieces[*at].plain()).filter(|text| is_meeting(text)));
    let opening = said.iter().filter(|at| title.is_none_or(|title| **at > title)).take(6);
    let opening =
        opening.take_while(|at| !pieces[**at].raw().contains(':') && !matches!(pieces[**at].shape, Shape::Heading(_)));
    stated.extend(opening.filter(|at| pieces[**at].raw().len() < 120).map(|at| pieces[*at].plain()));
    stated.extend(said.iter().filter_map(|at| dated_label(&pieces[*at])));
    stated.extend(said.first().map(|at| pieces[*at].plain()).filter(|text| text.len() < 100));
    stated.extend(titles.iter().skip(1).cloned());
    Claim { what, title, own: None, titles, said: stated, front: None }
}

/// `- **When**: May 5, 16:00 UTC`, `**Date:** 2031-05-05`, `Meeting Date: ...`: what follows the label.
fn dated_label(piece: &Piece<'_>) -> Option<String> {
    let text = piece.plain();
    let (label, rest) = text.split_once(':')?;
    let label = label.trim().to_lowercase();
    let is_date =
        ["when", "date", "dates", "meeting date", "date and time", "date & time", "day"].contains(&label.as_str());
    is_date.then(|| rest.trim().to_string())
}

/// True for a title that speaks of a meeting.
fn is_meeting(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: BTreeSet<&str> = lower.split(|letter: char| !(letter.is_alphanumeric() || letter == '-')).collect();
    let is_other = ["next", "future", "upcoming", "previous"].iter().any(|word| words.contains(word));
    let is_one = MEETINGS.iter().any(|word| words.contains(word)) || lower.contains("face to face");
    text.len() <= 200 && is_one && !is_other
}

/// A title that announces or reports a meeting, among the first headings or as the first line.
fn by_titles(pieces: &[Piece<'_>], said: &[usize]) -> Option<(What, Option<usize>)> {
    let has_agenda =
        said.iter().any(|at| is_heading_of(&pieces[*at], &["agenda", "agenda items", "call agenda", "meeting agenda"]));
    let has_list = has_label(pieces, said);
    let has_date = said.iter().any(|at| dated_label(&pieces[*at]).is_some());
    for (nth, &at) in said.iter().enumerate() {
        let piece = &pieces[at];
        let is_heading = matches!(piece.shape, Shape::Heading(_));
        if !is_heading && (nth > 0 || piece.shape != Shape::Plain || piece.raw().len() > 160) {
            continue;
        }
        let text = piece.plain();
        let lower = text.to_lowercase();
        let is_dated = stated(&text).is_some() || lower.contains(['{', '[']) && lower.contains("date");
        let announces =
            lower.starts_with("agenda for ") || lower.starts_with("agenda: ") || lower.starts_with("agenda of ");
        let is_title = is_meeting(&text) && (is_dated || ((has_list || has_agenda) && lower.ends_with("meeting")));
        if announces && is_meeting(&text.replacen("genda", "", 1))
            || (lower.ends_with("agenda") && (is_dated || is_known(&text)))
        {
            return Some((What::Agenda, Some(at)));
        }
        let is_minutes =
            is_title || (is_meeting(&text) && has_date) || (is_dated && has_list && label::label(&text).is_some());
        if is_minutes && (is_heading || !text.ends_with('.')) {
            return Some((What::Minutes, Some(at)));
        }
        let is_schedule = is_heading
            && ["dates", "schedule"].contains(&lower.as_str())
            && said.iter().any(|at| pieces[*at].shape == Shape::Row);
        if nth == 0 && (lower.starts_with("this is an initial agenda") || lower == "call agenda" || is_schedule) {
            return Some((What::Agenda, Some(at)));
        }
        let is_cancelled = is_heading && lower.starts_with("this meeting was cancel");
        if is_cancelled || (nth == 0 && is_dated && has_list && text.len() < 60) {
            return Some((What::Minutes, Some(at)));
        }
    }
    None
}

fn is_heading_of(piece: &Piece<'_>, words: &[&str]) -> bool {
    let text = piece.plain().to_lowercase();
    matches!(piece.shape, Shape::Heading(_))
        && words.contains(&text.trim_matches(|letter: char| !letter.is_alphanumeric()))
}

fn has_label(pieces: &[Piece<'_>], said: &[usize]) -> bool {
    let is_present = |label: label::Label| label.act == Some(fact::Act::Attended) && !label.is_dependent;
    said.iter().any(|at| {
        let piece = &pieces[*at];
        label::of_heading(piece).or_else(|| label::of_line(piece).map(|(label, _)| label)).is_some_and(is_present)
    })
}

/// No title, but a list of attendees with names in it, among the first lines.
fn by_list(pieces: &[Piece<'_>], said: &[usize]) -> Option<(What, Option<usize>)> {
    let end = said.get(60).map_or(pieces.len(), |at| *at);
    let list = attendance(&pieces[..end], None);
    let n_attended = list.named.iter().filter(|named| named.act == fact::Act::Attended).count();
    let has_talk = || said.iter().filter(|at| speaker(&pieces[**at]).is_some()).count() > 2;
    let is_listed = has_label(pieces, said) && (n_attended > 2 || (n_attended > 0 && has_talk()));
    is_listed.then_some((What::Minutes, None))
}

/// `Name (ABC)` line after line, or a heading that speaks of delegates.
fn is_roster(pieces: &[Piece<'_>], said: &[usize]) -> bool {
    let is_entry = |at: &&usize| {
        let words = pieces[**at].plain();
        let token = words.rsplit_once('(').map(|(name, token)| (name.trim(), token.trim_end_matches(')')));
        words.ends_with(')') && token.is_some_and(|(name, token)| is_capitals(token) && name.split(' ').count() < 6)
    };
    let n_entries = said.iter().filter(is_entry).count();
    let heads = said.iter().take(3).any(|at| {
        let words = pieces[*at].plain().to_lowercase();
        matches!(pieces[*at].shape, Shape::Heading(_))
            && (words.ends_with("delegates") || words.ends_with("delegate list"))
    });
    let is_all = n_entries > 20 && n_entries * 10 >= said.len() * 9;
    is_all || (heads && (n_entries > 4 || said.iter().any(|at| cells(pieces[*at].raw()).len() > 2)))
}

/// What the front matter says of the file.
struct Front {
    is_minutes: bool,
    title: Option<String>,
    date: Option<String>,
}

impl Front {
    fn of(pieces: &[Piece<'_>]) -> Option<Self> {
        let lines: Vec<&str> = pieces.iter().take_while(|piece| piece.shape == Shape::Front).map(Piece::raw).collect();
        let field = |name: &str| {
            let value = lines.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            value.map(|value| value.trim().trim_matches(['"', '\'']).to_string())
        };
        let title = field("title");
        let has = |wanted: &[&str]| lines.iter().any(|line| wanted.iter().any(|one| line.eq_ignore_ascii_case(one)));
        let is_minutes = has(&["layout: minutes", "- minutes", "type: minutes"])
            || lines.iter().any(|line| line.starts_with("\"genre\"") && line.contains("Minutes"))
            || title.as_ref().is_some_and(|title| title.to_lowercase().contains("minutes"));
        (!lines.is_empty()).then(|| Self {
            is_minutes,
            title: title.filter(|title| !title.is_empty()),
            date: field("date"),
        })
    }
}
