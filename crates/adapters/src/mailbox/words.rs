//! Text of header values: unfolded, encoded words decoded (RFC 2047), control characters left out.
//!
//! The named character set is believed as long as the bytes can be of it. Where none is named, or it is unknown, or the
//! bytes break it, they are UTF-8 where they can be, else windows-1252, as everywhere in this crate.

use std::borrow::Cow;

use encoding_rs::Encoding;
use mail_parser::parsers::MessageStream;

use crate::parts::lines::decoded;

/// Bytes of a value that are read; nobody has a longer name or subject.
pub const LONGEST_VALUE: usize = 16 * 1024;

/// Returns the text of a value.
pub fn text(raw: &[u8]) -> String {
    let raw = decoded(shortened(raw));
    if raw.contains("=?") { folded(&unwrapped(&raw, |out, word| out.push_str(word))) } else { folded(&raw) }
}

/// Returns an address as mail-parser reads it: every encoded word in UTF-8, and a line end behind.
pub fn address(raw: &[u8]) -> String {
    let raw = decoded(shortened(raw));
    let mut text = if raw.contains("=?") { folded(&unwrapped(&raw, wrap)) } else { folded(&raw) };
    text.push('\n');
    text
}

/// Returns a text without control characters, every run of white space one space.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(256));
    for word in text.split_whitespace() {
        let at = out.len();
        if at > 0 {
            out.push(' ');
        }
        out.extend(word.chars().filter(|letter| !letter.is_control()));
        if out.len() == at + usize::from(at > 0) {
            out.truncate(at);
        }
    }
    out
}

/// Returns a text in which the part of e-mail addresses before the `@` is blanked out.
pub fn masked(text: &str) -> Cow<'_, str> {
    if !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split('@').peekable();
    while let Some(piece) = pieces.next() {
        let is_followed = pieces.peek().is_some_and(|next| next.starts_with(char::is_alphanumeric));
        let local = if is_followed { local_part(piece) } else { 0 };
        out.push_str(&piece[..piece.len() - local]);
        if local > 0 {
            out.push('…');
        }
        if pieces.peek().is_some() {
            out.push('@');
        }
    }
    Cow::Owned(out)
}

/// Length of what can be the part of an address before the `@`, at the end of a text.
fn local_part(text: &str) -> usize {
    let is_part = |letter: &char| letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(*letter);
    text.chars().rev().take_while(is_part).map(char::len_utf8).sum()
}

/// The first bytes of a value, not cut within a character.
fn shortened(raw: &[u8]) -> &[u8] {
    let mut end = raw.len().min(LONGEST_VALUE);
    while end < raw.len() && end > 0 && raw[end] & 0xC0 == 0x80 {
        end -= 1;
    }
    &raw[..end]
}

/// One encoded word: `=?charset?encoding?payload?=`.
struct Word<'a> {
    charset: &'a str,
    is_base64: bool,
    /// The payload with its end, as mail-parser's decoders expect it.
    payload: &'a str,
    len: usize,
}

impl<'a> Word<'a> {
    /// The word that `text` starts with. Each part ends at its first `?`, so that no text is searched twice.
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.strip_prefix("=?")?.splitn(3, '?');
        let charset = parts.next().filter(|charset| (2..=40).contains(&charset.len()))?;
        let is_base64 = match parts.next()? {
            "B" | "b" => true,
            "Q" | "q" => false,
            _ => return None,
        };
        let rest = parts.next()?;
        let end = rest.find('?').filter(|&end| rest[end..].starts_with("?="))?;
        let len = text.len() - rest.len() + end + 2;
        let charset = charset.split('*').next().unwrap_or(charset);
        Some(Self { charset, is_base64, payload: &rest[..end + 2], len })
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        let mut stream = MessageStream::new(self.payload.as_bytes());
        if self.is_base64 { stream.decode_base64_word() } else { stream.decode_quoted_printable_word() }
    }
}

/// Returns `text` with its encoded words decoded, each run of them handed to `emit`. White space between two words is
/// theirs and goes. Words of one character set are put together first: a character may be cut between two of them.
fn unwrapped(text: &str, emit: impl Fn(&mut String, &str)) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("=?") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((run, charset, len)) = run(rest) {
            emit(&mut out, &in_charset(&run, charset));
            rest = &rest[len..];
            let next = rest.trim_start();
            if run_starts(next) {
                rest = next;
            }
        } else {
            emit(&mut out, "=?");
            rest = &rest[2..];
        }
    }
    out.push_str(rest);
    out
}

fn run_starts(text: &str) -> bool {
    Word::read(text).is_some_and(|word| word.bytes().is_some())
}

/// The bytes of the encoded words of one character set that `text` starts with, and the length of them all.
fn run(text: &str) -> Option<(Vec<u8>, &str, usize)> {
    let first = Word::read(text)?;
    let mut bytes = first.bytes()?;
    let mut len = first.len;
    loop {
        let next = text[len..].trim_start();
        let at = text.len() - next.len();
        let Some(word) = Word::read(next).filter(|word| word.charset.eq_ignore_ascii_case(first.charset)) else {
            break;
        };
        let Some(more) = word.bytes() else { break };
        bytes.extend(more);
        len = at + word.len;
    }
    Some((bytes, first.charset, len))
}

fn in_charset<'a>(bytes: &'a [u8], charset: &str) -> Cow<'a, str> {
    let named = Encoding::for_label(charset.as_bytes()).filter(|_| !charset.eq_ignore_ascii_case("us-ascii"));
    if let Some(encoding) = named.filter(|encoding| *encoding != encoding_rs::UTF_8) {
        let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
        if !is_broken || std::str::from_utf8(bytes).is_err() {
            return text;
        }
    }
    decoded(bytes)
}

/// Puts a word in quoted-printable UTF-8, which every reader of addresses knows and no comma or quote can break.
fn wrap(out: &mut String, word: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    if out.ends_with(|letter: char| letter.is_alphanumeric()) {
        out.push(' ');
    }
    out.push_str("=?utf-8?Q?");
    for byte in word.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push('=');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out.push_str("?=");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_come_in_every_character_set() {
        for (raw, expected) in [
            ("=?iso-8859-1?q?K=FCpper?=", "Küpper"),
            ("=?utf-8?B?w5bDpMO8?= and on", "Öäü and on"),
            ("=?gb2312?B?tPC4tDo=?= clocks", "答复: clocks"),
            ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
            ("=?ks_c_5601-1987?B?x9G5zg==?=", "한민"),
            ("=?utf-8*en?Q?a_b?=", "a b"),
        ] {
            assert_eq!(text(raw.as_bytes()), expected, "{raw}");
        }
    }

    #[test]
    fn a_character_cut_between_two_words_is_whole_again() {
        assert_eq!(text(b"=?utf-8?B?5L0=?= =?utf-8?B?oOWlvQ==?="), "你好");
        assert_eq!(text(b"=?utf-8?Q?J=C3?=\r\n =?utf-8?Q?=B6rg?= x"), "Jörg x");
        assert_eq!(text(b"=?utf-8?Q?a?= =?iso-8859-1?Q?=E9?="), "aé");
    }

    #[test]
    fn a_wrong_character_set_loses_nothing() {
        assert_eq!(text(b"=?utf-8?Q?Andr=E9?="), "André");
        assert_eq!(text(b"=?us-ascii?Q?Andr=C3=A9?="), "André");
        assert_eq!(text(b"=?x-unknown?Q?Andr=E9?="), "André");
        assert_eq!(text(b"Andr\xE9 at caf\xE9"), "André at café");
        assert_eq!(text("André".as_bytes()), "André");
    }

    #[test]
    fn what_is_no_encoded_word_stays_as_it_stands() {
        for raw in ["=?", "=?utf-8?", "=?utf-8?X?a?=", "=?utf-8?Q?=GG?=", "what=?a?b", "=?=?=?=?", "=?utf-8?Q?a"] {
            assert_eq!(text(raw.as_bytes()), raw, "{raw}");
        }
    }

    #[test]
    fn white_space_and_control_characters_are_folded_away() {
        assert_eq!(text(b" one\r\n\ttwo \x00 th\x00ree "), "one two three");
        assert_eq!(text(&vec![0; 100_000]), "");
        assert_eq!(text("ü".repeat(LONGEST_VALUE).as_bytes()), "ü".repeat(LONGEST_VALUE / 2));
    }

    #[test]
    fn local_parts_are_masked() {
        assert_eq!(masked("subscribe jane.doe@example.org, please"), "subscribe …@example.org, please");
        assert_eq!(masked("SA2 @ 98, a@b"), "SA2 @ 98, …@b");
        assert_eq!(masked("nothing"), "nothing");
        assert_eq!(masked("<é.x@é>@"), "<…@é>@");
    }
}
