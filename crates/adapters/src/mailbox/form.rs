//! What kind of mail archive some bytes are, decided from their beginning.

use super::head::{Head, Name, header_name, next_line, trimmed};
use super::page::{self, Page};
use super::split::{Kind, Pieces, is_patch};

/// The forms of mail archives that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Messages with separators between them.
    Archive(Kind),
    /// One message.
    Message,
    /// A page of hypermail.
    Page(Page),
    /// LISTSERV's list of the logs of a list.
    Names,
}

/// Bytes that are looked at: an archive may begin with less than this of something else.
const HEAD: usize = 64 * 1024;

/// Returns the form of a source, or `None` where it is no mail.
pub fn form(origin: &str, bytes: &[u8]) -> Option<Form> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if head.starts_with(b"*LSV-F*") {
        return Some(Form::Names);
    }
    let start = content_start(head);
    match head.get(start)? {
        b'<' => page::kind(bytes).map(Form::Page).or_else(|| buried(origin, head, start)),
        _ if is_patch(&head[start..]) => None,
        b'=' if Kind::Log.separates(head, start) => Some(Form::Archive(Kind::Log)),
        b'F' if Kind::Mbox.separates(head, start) => Some(Form::Archive(Kind::Mbox)),
        _ if is_message(origin, head, start) => Some(message_form(origin, bytes, start)),
        _ => buried(origin, head, start),
    }
}

/// Returns where the first line stands that is not blank, a byte order mark passed over.
pub fn content_start(bytes: &[u8]) -> usize {
    let mut start = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    while start < bytes.len() {
        let next = next_line(bytes, start);
        if !bytes[start..next].trim_ascii().is_empty() {
            break;
        }
        start = next;
    }
    start
}

/// A message starts with headers of which one shows that it was sent; a letter with `From:`, `To:` and `Date:` was not,
/// nor was a page that a browser saved. The name of the file may stand in for that header.
fn is_message(origin: &str, bytes: &[u8], start: usize) -> bool {
    let line = trimmed(&bytes[start..next_line(bytes, start)]);
    if header_name(line).is_none() {
        return false;
    }
    let head = Head::scan(bytes, start, |_| false);
    let has = |mark: &str| lines(&bytes[head.at.clone()]).any(|line| starts_with(line, mark));
    // Files of a maildir are named after the second in which they came.
    let is_numbered = |rest: &str| rest.starts_with(|letter: char| letter.is_ascii_digit());
    let is_in = |folder| origin.rsplit_once(folder).is_some_and(|(_, rest)| is_numbered(rest));
    let is_filed = is_in("/cur/") || is_in("/new/") || ends(origin, &["eml"]);
    let was_sent =
        head.has(Name::MessageId) || ["received:", "return-path:", "delivered-to:"].iter().any(|mark| has(mark));
    let is_saved_page = has("snapshot-content-location:") || has("from: <saved by");
    head.has(Name::From) && head.n_known >= 2 && (was_sent || is_filed) && !is_saved_page
}

/// A file that starts with headers is one message, unless it is named as an archive and separators follow: then the first
/// separator is lost.
fn message_form(origin: &str, bytes: &[u8], start: usize) -> Form {
    let is_archive = is_archive_name(origin) && !ends(origin, &["eml"]);
    let has_more = || Pieces::new(bytes, Kind::Mbox, start).next().is_some();
    if is_archive && has_more() { Form::Archive(Kind::Mbox) } else { Form::Message }
}

/// An archive that begins with something else. Only files named as archives are searched, and two headers must follow.
fn buried(origin: &str, head: &[u8], start: usize) -> Option<Form> {
    let kinds = [Kind::Mbox, Kind::Log];
    let holds = |kind: &Kind| {
        let mut pieces = Pieces::new(head, *kind, start);
        pieces.any(|piece| piece.head.has(Name::From) && (piece.head.has(Name::Date) || piece.head.has(Name::Subject)))
    };
    kinds.into_iter().filter(|_| is_archive_name(origin)).find(holds).map(Form::Archive)
}

/// `wg.mbox`, `2001-November.txt`, `WG.LOG1305E`, `mbox`.
fn is_archive_name(origin: &str) -> bool {
    let file = origin.rsplit(['/', '\\']).next().unwrap_or_default();
    let end = file.rsplit('.').next().unwrap_or_default();
    !file.contains('.')
        || ends(origin, &["mbox", "mbx", "mail", "txt", "archive"])
        || super::lists::log_month(end).is_some()
}

fn ends(origin: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| origin.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(end)))
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|&byte| byte == b'\n')
}

fn starts_with(line: &[u8], mark: &str) -> bool {
    line.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &str = "From: Jane <j@example.org>\nDate: 1 Nov 2001\nMessage-ID: <a@x>\n\nbody\n";
    const MBOX: &str = "From j@example.org Thu Nov  1 11:19:12 2001\nFrom: Jane <j@example.org>\nSubject: x\n\n";

    #[test]
    fn every_form_is_known_by_its_beginning() {
        let log = format!("{}\r\nDate:         x\r\n", "=".repeat(73));
        for (origin, text, expected) in [
            ("a", "*LSV-F*\0", Some(Form::Names)),
            ("a", MBOX, Some(Form::Archive(Kind::Mbox))),
            ("a", &format!("\u{feff}\r\n\n{MBOX}"), Some(Form::Archive(Kind::Mbox))),
            ("a.mbox", &format!("garbage\n\n{MBOX}"), Some(Form::Archive(Kind::Mbox))),
            ("a.mbox", &format!("{SENT}\n{MBOX}"), Some(Form::Archive(Kind::Mbox))),
            ("a.eml", &format!("{SENT}\n{MBOX}"), Some(Form::Message)),
            ("a", &log, Some(Form::Archive(Kind::Log))),
            ("a.LOG0111A", &format!("x\n{log}From:         a\r\n"), Some(Form::Archive(Kind::Log))),
            ("a", SENT, Some(Form::Message)),
            ("mail/cur/1:2,S", "From: Jane\nSubject: x\n\n", Some(Form::Message)),
        ] {
            assert_eq!(form(origin, text.as_bytes()), expected, "{origin}: {text}");
        }
    }

    #[test]
    fn what_only_looks_like_mail_is_left_alone() {
        let patch =
            "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\nFrom: Jane <j@example.org>\n";
        for (origin, text) in [
            ("a.txt", ""),
            ("a.txt", "\n\n"),
            ("letter.txt", "From: SG 15\nTo: WG 2\nDate: 1 Nov 2001\nSubject: clocks\n\nDear all"),
            ("page.mht", "From: <Saved by a browser>\nSubject: x\nDate: x\nMessage-ID: <a>\n\n"),
            ("a.patch", patch),
            ("notes.md", &format!("# Notes\n\n{MBOX}")),
            ("notes.md", "title: Notes\ndate: 2001-11-01\n\nFrom the start"),
            ("a.html", "<html><body>no generator</body></html>"),
            ("a.txt", &"=".repeat(73)),
        ] {
            assert_eq!(form(origin, text.as_bytes()), None, "{origin}: {text}");
        }
    }
}
