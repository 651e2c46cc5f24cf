//! Lines of a text with their places in the bytes of the source, whatever encoding the source is in.

use std::borrow::Cow;
use std::ops::Range;

use fact::{Evidence, Problem};

/// One line, without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Number of the line, from 1.
    pub number: usize,
    /// Its bytes in the source, without CR and LF.
    pub at: Range<usize>,
    /// Its text. Where this is borrowed, offsets in the text are offsets in the bytes.
    pub text: Cow<'a, str>,
}

impl Line<'_> {
    /// Returns the evidence of the whole line.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        Evidence::new(self.at.clone(), format!("line {}", self.number), &self.text)
    }

    /// Returns a problem of the whole line.
    #[must_use]
    pub fn problem(&self, kind: &'static str, what: impl Into<String>, hint: &str) -> Problem {
        Problem { kind, evidence: self.evidence(), what: what.into(), hint: hint.into() }
    }
}

/// Returns the lines of a source: UTF-8, and windows-1252 for each line that is not. A byte order mark is left out.
pub fn lines(bytes: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let mut start = mark;
    bytes[mark..].split_inclusive(|&byte| byte == b'\n').enumerate().map(move |(nth, line)| {
        let mut end = line.len();
        while end > 0 && matches!(line[end - 1], b'\n' | b'\r') {
            end -= 1;
        }
        let at = start..start + end;
        start += line.len();
        Line { number: nth + 1, at, text: decoded(&line[..end]) }
    })
}

/// Returns bytes as text: UTF-8 where they are, else windows-1252, in which every byte is a letter.
#[must_use]
pub fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes)
        .map_or_else(|_| encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0, Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_keeps_its_place_and_its_own_encoding() {
        let bytes = b"\xEF\xBB\xBFone\r\ncaf\xE9\n\nna\xC3\xAFve";
        let read: Vec<Line<'_>> = lines(bytes).collect();
        let texts: Vec<&str> = read.iter().map(|line| line.text.as_ref()).collect();
        assert_eq!(texts, ["one", "café", "", "naïve"]);
        assert_eq!(read[1].at, 8..12);
        assert_eq!(read[3].number, 4);
    }
}
