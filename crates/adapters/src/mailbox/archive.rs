//! An archive of many messages: each is taken in by itself, and what lies between, or is cut, becomes a problem.

use std::ops::Range;

use fact::{Evidence, Reading, Snapshot, When};

use super::form::content_start;
use super::head::{Head, Name};
use super::post::{Around, Place, Post, Posts};
use super::split::{Envelope, Kind, Piece, Pieces};
use super::{lists, words};
use crate::parts::lines::decoded;

/// Returns the messages of an archive as facts; `list` is what its file is named after.
pub fn read(snapshot: &Snapshot<'_>, kind: Kind, list: Option<&str>) -> Reading {
    let bytes = snapshot.bytes;
    let mut posts = Posts::default();
    let month = log_month(snapshot.origin);
    let mut lines = Lines { bytes, at: 0, number: 1 };
    let mut pieces = Pieces::new(bytes, kind, content_start(bytes)).peekable();
    let first = pieces.peek().map_or(bytes.len(), |piece| piece.separator.start);
    let before =
        before_first(bytes, first, &mut posts).map(|head| Piece { separator: head.at.start..head.at.start, head });
    let mut last = None;
    for piece in before.into_iter().chain(pieces) {
        let line = lines.number_at(piece.separator.start);
        let name = format!("message {}, line {line}", posts.reading.n_units + 1);
        let place = Place { bytes: evidence_of(kind, &piece), name };
        last = Some((piece.head.clone(), place.name.clone()));
        take(bytes, &piece, place, Around { envelope: None, month, list }, &mut posts);
    }
    if let Some((head, place)) = last {
        note_cut_body(bytes, &head, place, &mut posts);
    }
    name_list_by_tag(&mut posts.reading);
    let form = if kind == Kind::Mbox { "mbox archive" } else { "LISTSERV log" };
    posts.reading.about = super::about(form, &posts.reading);
    posts.reading
}

/// The month in the name of a LISTSERV log.
fn log_month(origin: &str) -> When {
    let month = origin.rsplit('.').next().and_then(lists::log_month);
    month.and_then(|(year, month)| When::month(year, month)).unwrap_or(When::UNKNOWN)
}

/// What stands before the first separator: a message that has lost its own, or text that is a problem.
fn before_first(bytes: &[u8], first: usize, posts: &mut Posts) -> Option<Head> {
    let start = content_start(bytes).min(first);
    if start == first {
        return None;
    }
    let head = Head::scan(&bytes[..first], start, |_| false);
    if head.has(Name::From) && head.n_known >= 2 {
        return Some(head);
    }
    let text = decoded(&bytes[start..first.min(start + 200)]).into_owned();
    posts.problem(
        "text-before-messages",
        Evidence::new(start..first, "before message 1", &words::masked(&text)),
        "expected the separator of a message, found other text",
        "look whether the beginning of the archive is lost",
    );
    None
}

fn evidence_of(kind: Kind, piece: &Piece) -> Range<usize> {
    let start = if kind == Kind::Mbox { piece.separator.start } else { piece.head.at.start };
    start..piece.head.at.end.max(start)
}

/// Takes in one message, or says that there is none behind its separator.
pub fn take(bytes: &[u8], piece: &Piece, place: Place, around: Around<'_>, posts: &mut Posts) {
    let head = &piece.head;
    let at = place.bytes.clone();
    let separator = decoded(&bytes[piece.separator.clone()]);
    if head.at.is_empty() {
        posts.reading.n_units += 1;
        posts.problem(
            "headers-missing",
            Evidence::new(piece.separator.clone(), place.name, &words::masked(&separator)),
            "expected headers after the separator of a message, found none",
            "look whether the line belongs to the text before it, and put `>` before it there",
        );
        return;
    }
    if !head.is_whole {
        let found = if head.at.end == bytes.len() { "the end of the file" } else { "the next message" };
        posts.problem(
            "message-cut",
            Evidence::new(at.clone(), place.name.clone(), ""),
            &format!("expected a blank line after the headers, found {found}"),
            "fetch the archive again: this message is not whole",
        );
    }
    let envelope = Envelope::read(&bytes[piece.separator.clone()]).and_then(|envelope| envelope.day);
    // Without an identifier a copy is known by its headers alone, if they say when it was sent.
    let is_dated = head.has(Name::Date) && head.has(Name::From);
    let is_known_by_headers = is_dated && !head.has(Name::MessageId);
    let doubled =
        if is_known_by_headers { String::from_utf8_lossy(&bytes[head.at.clone()]).into_owned() } else { String::new() };
    posts.take(Post::read(bytes, head), place, Around { envelope, ..around }, doubled);
}

/// The last message of a file is cut where its parts have an end mark and it is not there.
fn note_cut_body(bytes: &[u8], head: &Head, place: String, posts: &mut Posts) {
    let Some(kind) = head.raw(bytes, Name::ContentType).map(words::text).filter(|_| head.is_whole) else { return };
    let is_multipart = kind.to_ascii_lowercase().starts_with("multipart/");
    let Some((_, mark)) = kind.split_once("boundary=").filter(|_| is_multipart) else { return };
    let mark = mark.strip_prefix('"').map_or_else(|| mark.split(';').next(), |quoted| quoted.split('"').next());
    let end = format!("--{}--", mark.unwrap_or_default().trim());
    if end.len() > 4 && memchr::memmem::find(&bytes[head.at.end..], end.as_bytes()).is_none() {
        posts.problem(
            "message-cut",
            Evidence::new(head.at.clone(), place, ""),
            "expected the mark that ends the parts of the last message, found the end of the file",
            "fetch the archive again: its end is not there",
        );
    }
}

/// Monthly files carry the list's name only in the tag of their subjects.
fn name_list_by_tag(reading: &mut Reading) {
    if reading.facts.iter().any(|fact| fact.body.is_some()) {
        return;
    }
    let titles = reading.facts.iter().filter_map(|fact| fact.object.as_ref()).map(|thing| thing.title.as_str());
    if let Some(tag) = lists::tag_of(titles) {
        reading.facts.iter_mut().for_each(|fact| fact.body = Some(tag.clone()));
    }
}

/// Numbers of lines, counted on from place to place.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    number: usize,
}

impl Lines<'_> {
    fn number_at(&mut self, at: usize) -> usize {
        self.number += memchr::memchr_iter(b'\n', self.bytes.get(self.at..at).unwrap_or_default()).count();
        self.at = self.at.max(at);
        self.number
    }
}
