//! Pages of hypermail, as the archives of W3C have them: one message a page, or a list of the messages of a period.
//!
//! The message is read from the comments that hypermail writes before the body for machines (`<!-- sent="..." -->`); the
//! body cannot counterfeit them. A list of messages makes no facts: each message is read from its own page, once.

use std::ops::Range;

use memchr::memmem;

use super::head::{next_line, trimmed};
use super::post::{Post, identifier};
use super::{lists, sender, words};
use crate::parts::lines::decoded;

/// Bytes in which the marks of hypermail must stand.
const HEAD: usize = 16 * 1024;

/// What is read from the comments.
const KEYS: [&[u8]; 6] = [b"name", b"email", b"sent", b"subject", b"id", b"inreplyto"];

/// What a page of hypermail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// One message.
    Message,
    /// The messages of a period.
    Index,
    /// Neither, as far as can be seen.
    Unknown,
}

/// Returns what kind of page these bytes are, if hypermail made them.
pub fn kind(bytes: &[u8]) -> Option<Page> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let has = |mark: &str| memmem::find(head, mark.as_bytes()).is_some();
    let is_hypermail = has("name=\"generator\" content=\"hypermail") || has("NAME=\"Generator\" CONTENT=\"hypermail");
    if has("<!-- sent=\"") && (is_hypermail || has("<!-- received=\"")) {
        return Some(Page::Message);
    }
    let (stated, n_shown) = counts(bytes);
    is_hypermail.then_some(if stated.is_some() || n_shown > 0 { Page::Index } else { Page::Unknown })
}

/// Returns the message of a page, and the bytes of the comments that say it.
pub fn message(bytes: &[u8]) -> (Post, Range<usize>) {
    let (mut post, mut at) = (Post::default(), 0..0);
    let (mut name, mut address, mut start) = (String::new(), String::new(), 0);
    while start < bytes.len() {
        let end = next_line(bytes, start);
        let line = trimmed(&bytes[start..end]);
        if line.starts_with(b"<!-- body=") {
            break;
        }
        if let Some((key, value)) = comment(line) {
            match key {
                b"name" => name = value,
                b"email" => address = value,
                b"sent" => post.date = Some(value),
                b"subject" => post.subject = words::masked(&value).into_owned(),
                b"id" => post.id = identifier(&value).unwrap_or(value),
                b"inreplyto" => post.parent = identifier(&value).or(Some(value).filter(|id| !id.is_empty())),
                _ => {}
            }
            if KEYS.contains(&key) {
                at = if at.is_empty() { start } else { at.start }..start + line.len();
            }
        }
        start = end;
    }
    let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
    post.sender = sender::of_text(&format!("\"{quoted}\" <{address}>\n"), None);
    post.is_reply = post.parent.is_some() || super::post::answers(&post.subject);
    post.list = list(bytes);
    (post, at)
}

/// `<!-- key="value" -->`, the whole line; the value decoded.
fn comment(line: &[u8]) -> Option<(&[u8], String)> {
    let inner = line.trim_ascii().strip_prefix(b"<!-- ")?.strip_suffix(b"-->")?.trim_ascii();
    let equals = memchr::memchr(b'=', inner)?;
    let value = inner[equals + 1..].strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let value = plain(&decoded(&value[..value.len().min(words::LONGEST_VALUE)]));
    Some((&inner[..equals], words::text(value.as_bytes())))
}

/// Returns the list that a page names: `title="wg@example.org archives"`, or the end of its title.
pub fn list(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let text = decoded(head);
    let linked = text.find(" archives\"").and_then(|end| text[..end].rsplit('"').next()).map(plain);
    let titled = || {
        let title = plain(text.split_once("<title>")?.1.split_once("</title>")?.0);
        let start = title.rfind('(').map_or(0, |at| at + 1);
        title[start..].split_once(" from ").map(|(list, _)| list.to_string())
    };
    let is_address = |list: &String| list.contains('@') && !list.contains(' ');
    linked.filter(is_address).or_else(|| titled().filter(is_address)).and_then(|list| lists::of_address(&list))
}

/// Returns how many messages a list says there are, and how many it shows.
pub fn counts(bytes: &[u8]) -> (Option<u64>, u64) {
    let stated = memmem::find(bytes, b" messages</a>").and_then(|end| {
        let figures = bytes[..end].rsplit(|byte| !byte.is_ascii_digit()).next()?;
        std::str::from_utf8(figures).ok()?.parse().ok()
    });
    let n_marks = |mark: &str| memmem::find_iter(bytes, mark.as_bytes()).count() as u64;
    (stated, n_marks("name=\"msg").max(n_marks("id=\"msg")))
}

/// Returns a text of HTML with its character references decoded: figures, and the five names that XML has.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split('&');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let reference = piece.split_once(';').and_then(|(name, rest)| Some((letter(name)?, rest)));
        if let Some((letter, rest)) = reference {
            out.push(letter);
            out.push_str(rest);
        } else {
            out.push('&');
            out.push_str(piece);
        }
    }
    out
}

fn letter(name: &str) -> Option<char> {
    let number = |figures: &str, base| u32::from_str_radix(figures, base).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let figures = name.strip_prefix('#')?;
            figures.strip_prefix(['x', 'X']).map_or_else(|| number(figures, 10), |figures| number(figures, 16))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn character_references_are_decoded_and_others_stay() {
        assert_eq!(
            plain("a&#x40;&#0101;&#120; &lt;&quot;&amp;amp; &foo; & &#xFFFFFFFF;"),
            "a@ex <\"&amp; &foo; & &#xFFFFFFFF;"
        );
    }

    #[test]
    fn a_body_cannot_counterfeit_the_headers() {
        let page = "<!-- sent=\"Thu, 1 Nov 2001\" -->\n<!-- body=\"start\" -->\n<!-- sent=\"Fri, 2 Nov 2001\" -->\n";
        let (post, at) = message(page.as_bytes());
        assert_eq!(post.date.as_deref(), Some("Thu, 1 Nov 2001"));
        assert_eq!(at, 0..31);
    }
}
