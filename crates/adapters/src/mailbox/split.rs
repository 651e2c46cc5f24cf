//! Where the messages of an archive start, and where none starts although a line looks like it.
//!
//! In mbox files a message starts with a `From ` line that follows a blank line and has headers behind it. The line must
//! have the form `From ADDRESS DATE`; where only one of the two can be read, two known headers must follow. A complete line
//! that follows text (an archive cut short, with another one appended) counts when two known headers follow. So
//! `From the start ...` in a body starts nothing. In LISTSERV logs a message starts with a line of 73 `=` and a header
//! whose value stands in column 15.

use std::ops::Range;

use jiff::civil::Date;
use memchr::memmem::Finder;

use super::head::{Head, Name, header_name, known, next_line, trimmed};
use super::{date, sender};
use crate::parts::lines::decoded;

/// How an archive separates its messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `From ` lines.
    Mbox,
    /// Lines of 73 `=`.
    Log,
}

/// Length of the line that LISTSERV writes before each message.
const BAR: usize = 73;
const BAR_LINE: &[u8; BAR + 1] = &{
    let mut line = [b'='; BAR + 1];
    line[0] = b'\n';
    line
};

/// Longest `From ` line.
const LONGEST_LINE: usize = 1000;

/// One message: its separator line, and its headers.
#[derive(Debug)]
pub struct Piece {
    /// The separator line, without its end; empty where there is none.
    pub separator: Range<usize>,
    /// The headers.
    pub head: Head,
}

/// The messages of an archive, in order.
pub struct Pieces<'a> {
    bytes: &'a [u8],
    kind: Kind,
    finder: Finder<'static>,
    at: usize,
}

impl<'a> Pieces<'a> {
    /// Returns the messages of `bytes` from `start` on.
    pub fn new(bytes: &'a [u8], kind: Kind, start: usize) -> Self {
        let needle = if kind == Kind::Mbox { &b"\nFrom "[..] } else { BAR_LINE };
        Self { bytes, kind, finder: Finder::new(needle), at: start }
    }

    fn next_start(&mut self) -> Option<usize> {
        if self.kind.separates(self.bytes, self.at) {
            return Some(self.at);
        }
        loop {
            let start = self.at + self.finder.find(self.bytes.get(self.at..)?)? + 1;
            if self.kind.separates(self.bytes, start) {
                return Some(start);
            }
            self.at = start;
        }
    }

    /// Where the search for the next message goes on: past the body, if its length is stated and a message follows there.
    fn after(&self, head: &Head) -> usize {
        let stated =
            head.raw(self.bytes, Name::ContentLength).and_then(|raw| decoded(raw.trim_ascii()).parse::<usize>().ok());
        let body = next_line(self.bytes, head.at.end);
        let Some(mut end) = stated.and_then(|length| body.checked_add(length)) else { return head.at.end };
        for _ in 0..4 {
            end += usize::from(matches!(self.bytes.get(end), Some(b'\n' | b'\r')));
        }
        let is_right = end == self.bytes.len() || end < self.bytes.len() && self.kind.separates(self.bytes, end);
        if is_right { end } else { head.at.end }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let start = self.next_start()?;
        let next = next_line(self.bytes, start);
        let separator = start..start + trimmed(&self.bytes[start..next]).len();
        let head = Head::scan(self.bytes, next, |at| self.kind.separates(self.bytes, at));
        self.at = if head.is_whole { self.after(&head) } else { head.at.end };
        Some(Piece { separator, head })
    }
}

impl Kind {
    /// Whether a message starts at `at`.
    pub fn separates(self, bytes: &[u8], at: usize) -> bool {
        let is_line_start = at == 0 || bytes.get(at - 1) == Some(&b'\n') || bytes[..at] == *b"\xEF\xBB\xBF";
        is_line_start
            && match self {
                Self::Mbox => starts_mbox_message(bytes, at),
                Self::Log => starts_log_message(bytes, at),
            }
    }
}

fn starts_mbox_message(bytes: &[u8], at: usize) -> bool {
    let Some(envelope) = bytes.get(at..).and_then(Envelope::read) else { return false };
    let after = next_line(bytes, at);
    let is_complete = envelope.has_address && envelope.has_date;
    match (is_complete, follows_blank(bytes, at)) {
        (true, true) => is_blank(bytes, after) || starts_headers(bytes, after),
        (true, false) => has_two_known(bytes, after),
        (false, true) => {
            (envelope.has_address || envelope.has_date || envelope.is_empty) && has_two_known(bytes, after)
        }
        (false, false) => false,
    }
}

fn starts_log_message(bytes: &[u8], at: usize) -> bool {
    if !bytes.get(at..).is_some_and(|rest| rest.starts_with(&BAR_LINE[1..])) {
        return false;
    }
    let after = next_line(bytes, at);
    let is_bar = trimmed(&bytes[at..after]).len() == BAR;
    let line = trimmed(&bytes[after..next_line(bytes, after)]);
    let Some(name) = header_name(line).filter(|_| is_bar) else { return false };
    let value = line[name.len() + 1..].iter().position(|&byte| byte != b' ');
    known(name).is_some() && value.is_none_or(|start| name.len() + 1 + start >= 14)
}

fn follows_blank(bytes: &[u8], at: usize) -> bool {
    let Some(before) = bytes[..at].strip_suffix(b"\n") else { return true };
    let start = before.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
    start.is_none_or(|start| before[start] == b'\n')
}

fn is_blank(bytes: &[u8], at: usize) -> bool {
    trimmed(&bytes[at..next_line(bytes, at)]).is_empty()
}

/// Whether headers start at `at`; the first may be spoilt.
fn starts_headers(bytes: &[u8], at: usize) -> bool {
    let second = next_line(bytes, at);
    headers(bytes, at).next().is_some() || !is_blank(bytes, second) && headers(bytes, second).next().is_some()
}

/// Whether the block at `at` has two known headers of different names.
fn has_two_known(bytes: &[u8], at: usize) -> bool {
    let mut known = headers(bytes, at).filter(|name| known(name).is_some());
    known.next().is_some_and(|first| known.any(|other| !other.eq_ignore_ascii_case(first)))
}

/// Names of the headers from `at` on, up to the first line that is none; `>From ` lines are passed over.
fn headers(bytes: &[u8], mut at: usize) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let line = trimmed(&bytes[at..next_line(bytes, at)]);
            at = next_line(bytes, at);
            if let Some(name) = header_name(line) {
                return Some(name);
            }
            if !line.starts_with(b">From ") && !line.starts_with(b" ") && !line.starts_with(b"\t") {
                at = bytes.len();
            }
        }
        None
    })
}

/// What a `From ` line says.
#[derive(Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The day of delivery, or of download.
    pub day: Option<Date>,
    has_address: bool,
    has_date: bool,
    is_empty: bool,
}

impl Envelope {
    /// Reads the line that `bytes` start with.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let line = trimmed(&bytes[..next_line(bytes, 0).min(LONGEST_LINE)]);
        let rest = decoded(line.strip_prefix(b"From ")?);
        let ends = rest.match_indices(' ').map(|(at, _)| at).take(8);
        let dated = std::iter::once(0).chain(ends).find_map(|at| Some((rest[..at].trim(), stated(&rest[at..])?)));
        let Some((address, day)) = dated else {
            let has_address = is_address(rest.trim());
            return Some(Self { day: None, has_address, has_date: false, is_empty: rest.trim().is_empty() });
        };
        let has_address = is_address(address) || !address.is_empty() && !address.contains(' ');
        // Archives made from other stores write the clock's zero, and Git a day of its own, where they know no date.
        let is_made_up = ["1970-01-01", "2001-09-17"].contains(&day.to_string().as_str());
        Some(Self { day: (!is_made_up).then_some(day), has_address, has_date: true, is_empty: false })
    }
}

/// The day that a text states which is a date with a time and nothing else.
fn stated(text: &str) -> Option<Date> {
    let first = text.split([' ', ',']).find(|word| !word.is_empty())?;
    let starts_well = date::is_weekday(first) || first.starts_with(|letter: char| letter.is_ascii_digit());
    let stated = date::read(text).filter(|stated| starts_well && stated.has_time && stated.n_left == 0)?;
    Some(stated.day)
}

/// `jane@example.org`, `jane at example.org`, and the marks that stand for an address.
fn is_address(text: &str) -> bool {
    let is_hidden = || {
        let mut words = text.split(' ').filter(|word| !word.is_empty());
        let is_word = |word: Option<&str>| word.is_some_and(|word| word.len() > 1);
        is_word(words.next())
            && words.next() == Some("at")
            && words.next().is_some_and(|host| host.contains('.'))
            && words.next().is_none()
    };
    let first = text.split(' ').next().unwrap_or_default();
    ["MAILER-DAEMON", "-", "???@???"].contains(&first) || sender::domain(first).is_some() || is_hidden()
}

/// Whether the line at the start of `bytes` is that of a patch that Git wrote, not of a message that was sent.
pub fn is_patch(bytes: &[u8]) -> bool {
    let line = &bytes[..next_line(bytes, 0).min(100)];
    let is_hash = line.get(5..45).is_some_and(|hash| hash.iter().all(u8::is_ascii_hexdigit));
    is_hash && line.get(45..).is_some_and(|rest| rest.starts_with(b" Mon Sep 17 00:00:00 2001"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(text: &str) -> Vec<usize> {
        Pieces::new(text.as_bytes(), Kind::Mbox, 0).map(|piece| piece.separator.start).collect()
    }

    const FIRST: &str = "From jane@example.org Thu Nov  1 11:19:12 2001\nSubject: x\n\nbody\n";

    #[test]
    fn an_unescaped_body_line_is_not_a_separator() {
        for line in [
            "From the start we had two clocks.\nNote: both were late.",
            "From 1 Nov 2001 on\nSubject: clocks",
            "From jane@example.org\nhello",
            "From here to there Thu Nov  1 11:19:12 2001 it went\nDate: x\nFrom: y",
            "From Thursday",
            "From ",
        ] {
            assert_eq!(starts(&format!("{FIRST}\n{line}\nmore\n")), [0], "{line}");
        }
    }

    #[test]
    fn every_form_of_from_line_is_a_separator() {
        for line in [
            "From jane@example.org Thu Nov  1 11:19:12 2001",
            "From jane@example.org Thu Nov  1 11:19 MET 2001",
            "From jane@example.org Thu Nov  1 11:19:12 2001 +0100",
            "From jane at example.org  Thu Nov  1 11:19:12 2001",
            "From MAILER-DAEMON Thu Nov  1 11:19:12 2001",
            "From - Thu Nov  1 11:19:12 2001",
            "From nobody Thu, 1 Nov 2001 11:19:12 +0000",
            "From j\u{f6}rg@example.org Thu Nov  1 11:19:12 2001",
            "From jane@example.org sometime",
            "From ???@??? 00:00:00 2001",
            "From ",
        ] {
            let text = format!("{FIRST}\n{line}\nFrom: a\nSubject: y\n\n");
            assert_eq!(starts(&text), [0, FIRST.len() + 1], "{line}");
            let text = text.replace('\n', "\r\n");
            assert_eq!(starts(&text).len(), 2, "{line} with CRLF");
        }
    }

    #[test]
    fn an_archive_cut_short_with_another_appended_loses_no_message() {
        assert_eq!(starts(&format!("{FIRST}{FIRST}")), [0]);
        let whole = "From a@example.org Thu Nov  1 11:19:12 2001\nFrom: a\nDate: x\n\nbody\n";
        assert_eq!(starts(&format!("{FIRST}{whole}")), [0, FIRST.len()]);
        let cut = "From a@example.org Thu Nov  1 11:19:12 2001\nFrom: a\nDate: x\n";
        assert_eq!(starts(&format!("{cut}{whole}")), [0, cut.len()]);
    }

    #[test]
    fn a_stated_length_is_believed_only_where_a_message_follows() {
        let inner = "\nFrom b@example.org Thu Nov  1 11:19:12 2001\nFrom: b\nDate: x\n\n";
        let message = |length: usize| {
            format!("From a@example.org Thu Nov  1 11:19:12 2001\nContent-Length: {length}\n\n{inner}\n{FIRST}")
        };
        assert_eq!(starts(&message(inner.len())).len(), 2);
        assert_eq!(starts(&message(inner.len() + 7)).len(), 3);
        assert_eq!(starts(&message(usize::MAX)).len(), 3);
    }

    #[test]
    fn made_up_days_of_envelopes_are_not_taken() {
        let day =
            |line: &str| Envelope::read(line.as_bytes()).and_then(|envelope| envelope.day).map(|day| day.to_string());
        assert_eq!(day("From mboxrd@z Thu Jan  1 00:00:00 1970"), None);
        assert_eq!(day("From 0123 Mon Sep 17 00:00:00 2001"), None);
        assert_eq!(day("From a@example.org Thu Nov  1 11:19:12 2001").as_deref(), Some("2001-11-01"));
    }

    #[test]
    fn bars_of_another_length_and_quoted_headers_split_no_log() {
        let bar = "=".repeat(73);
        let log = |bar: &str, header: &str| {
            let text = format!("{}\r\nDate:         x\r\n\r\nbody\r\n{bar}\r\n{header}\r\n", "=".repeat(73));
            Pieces::new(text.as_bytes(), Kind::Log, 0).count()
        };
        assert_eq!(log(&bar, "Reply-To:     a"), 2);
        assert_eq!(log(&bar, "Organization: a"), 2);
        assert_eq!(log(&bar, "From: a"), 1);
        assert_eq!(log(&bar, "Note:         a"), 1);
        assert_eq!(log(&"=".repeat(72), "Date:         a"), 1);
        assert_eq!(log(&"=".repeat(74), "Date:         a"), 1);
    }
}
