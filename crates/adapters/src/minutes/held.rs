//! Whether a meeting took place, by what the file says of itself: cancelled, a template, an agenda whose notes were
//! never added, or an agenda that says where its minutes are.

use super::attendance::speaker;
use super::kind::{Claim, What};
use super::sheet::{Piece, Shape, is_cut};

/// What became of the meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Held,
    Cancelled,
    Template,
    /// Nothing was noted; the meeting may have been held or not.
    Announced,
    /// The agenda says that there are minutes elsewhere: the piece that says so.
    Elsewhere(usize),
}

/// Returns what became of the meeting.
pub(super) fn state(pieces: &[Piece<'_>], claim: &Claim, origin: &str, n_attended: usize) -> State {
    let said = || {
        pieces.iter().enumerate().filter(|(_, piece)| !matches!(piece.shape, Shape::Blank | Shape::Mark | Shape::Front))
    };
    let is_template =
        said().take(12).any(|(_, piece)| has_placeholder(piece.raw())) || origin.to_lowercase().contains("template");
    let cancellation = said().filter(|(_, piece)| !piece.is_fenced).find_map(|(_, piece)| cancellation(&piece.plain()));
    let n_turns = said().filter(|(_, piece)| speaker(piece).is_some()).take(3).count();
    match cancellation {
        Some(Cancelled::This) if n_turns < 3 => return State::Cancelled,
        Some(Cancelled::Some) if n_attended == 0 && n_turns < 3 => return State::Cancelled,
        _ => {}
    }
    if n_attended > 0 {
        return State::Held;
    }
    if is_template {
        return State::Template;
    }
    let elsewhere = said().find(|(_, piece)| points_to_minutes(piece.raw())).filter(|_| n_turns < 2);
    match elsewhere {
        Some((at, _)) => State::Elsewhere(at),
        None if has_notes(pieces) || (claim.what == What::Minutes && is_report(claim)) => State::Held,
        None => State::Announced,
    }
}

/// True when the mark of those who cut a file stands at its end.
pub(super) fn is_cut_short(pieces: &[Piece<'_>]) -> bool {
    pieces.iter().rev().find(|piece| piece.shape != Shape::Blank).is_some_and(|piece| is_cut(piece.raw()))
}

fn has_placeholder(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["{month}", "{day}", "{date}", "{{date", "[date]", "<date>", "yyyy-mm-dd", "{year}"]
        .iter()
        .any(|mark| lower.contains(mark))
}

enum Cancelled {
    /// `This meeting was cancelled`: plain even beside a list of those who came.
    This,
    /// `Cancelled`, `Meeting cancelled due to ...`: may be said of another one where there are minutes.
    Some,
}

/// A short line that says of the meeting that it was cancelled. `Will be automatically canceled` says nothing yet.
fn cancellation(text: &str) -> Option<Cancelled> {
    let lower = text.to_lowercase();
    let lower = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
    let lower = lower.strip_prefix("note:").unwrap_or(lower).trim_start_matches([' ', '*', '_']);
    if lower.len() > 120 || text.starts_with('<') {
        return None;
    }
    let this =
        ["this meeting was cancel", "this meeting is cancel", "this meeting has been cancel", "this call was cancel"];
    let starts = [
        "meeting cancel",
        "meeting is cancel",
        "meeting was cancel",
        "meeting has been cancel",
        "the meeting is cancel",
        "the meeting was cancel",
        "cancelled",
        "canceled",
        "call cancel",
        "no notes, meeting cancel",
        "there is no meeting",
        "there was no meeting",
    ];
    let exact = ["no meeting", "no meeting today", "no meeting this week", "no meeting held"];
    if this.iter().any(|words| lower.contains(words)) {
        Some(Cancelled::This)
    } else {
        (starts.iter().any(|words| lower.starts_with(words)) || exact.contains(&lower)).then_some(Cancelled::Some)
    }
}

/// True when something stands below a heading for notes that is more than its template.
fn has_notes(pieces: &[Piece<'_>]) -> bool {
    let mut is_below = false;
    let mut n_turns = 0;
    for piece in pieces {
        match piece.shape {
            Shape::Blank | Shape::Mark | Shape::Front => {}
            Shape::Heading(_) => {
                let words = piece.plain().to_lowercase();
                let words = words.trim_matches(|letter: char| !letter.is_alphanumeric());
                let is_notes =
                    ["notes", "meeting notes", "minutes", "discussion", "discussions", "decisions", "actions"];
                is_below = is_notes.contains(&words) || (is_below && !words.starts_with("agenda"));
            }
            _ if is_below && !is_skeleton(&piece.plain()) => return true,
            _ => n_turns += usize::from(speaker(piece).is_some()),
        }
    }
    n_turns > 1
}

/// What templates of minutes hold where notes should be.
fn is_skeleton(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lower = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
    let starts = [
        "to be added",
        "to be filled",
        "posted after",
        "added after",
        "notes added",
        "notes to be",
        "notes will",
        "not yet",
        "no notes",
        "coming soon",
        "please help",
        "submit a pr",
        "sumbit a pr",
    ];
    lower.is_empty()
        || ["tbd", "tba", "none", "n/a"].contains(&lower)
        || starts.iter().any(|words| lower.starts_with(words))
}

/// True when the title calls the file minutes or notes.
fn is_report(claim: &Claim) -> bool {
    let title = claim.titles.first().map(|title| title.to_lowercase()).unwrap_or_default();
    claim.front.is_some() || title.contains("notes") || title.contains("minutes")
}

/// `[Minutes](https://.../...-minutes.html) are available`: minutes stand elsewhere.
fn points_to_minutes(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_address = lower.contains("-minutes.html") || lower.contains("minutes](http");
    is_address && lower.len() < 400
}
