//! The header block of a message: where it ends, and where the values of the few headers stand that are read.

use std::ops::Range;

use memchr::memchr;

/// Headers that are read; several spellings of one meaning are one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    From,
    Date,
    Subject,
    MessageId,
    InReplyTo,
    References,
    ListId,
    ListPost,
    BeenThere,
    MailingList,
    Sender,
    OriginalFrom,
    ContentType,
    ContentLength,
    /// A header that says that this is mail and is not read further.
    Other,
}

const N_READ: usize = Name::Other as usize;

const NAMES: &[(&str, Name)] = &[
    ("From", Name::From),
    ("Date", Name::Date),
    ("Subject", Name::Subject),
    ("Message-ID", Name::MessageId),
    ("In-Reply-To", Name::InReplyTo),
    ("References", Name::References),
    ("List-Id", Name::ListId),
    ("List-Post", Name::ListPost),
    ("X-BeenThere", Name::BeenThere),
    ("X-Mailing-List", Name::MailingList),
    ("Mailing-List", Name::MailingList),
    ("X-List-Name", Name::MailingList),
    ("X-List", Name::MailingList),
    ("Sender", Name::Sender),
    ("X-Original-From", Name::OriginalFrom),
    ("Content-Type", Name::ContentType),
    ("Content-Length", Name::ContentLength),
    ("To", Name::Other),
    ("Cc", Name::Other),
    ("Reply-To", Name::Other),
    ("Received", Name::Other),
    ("Return-Path", Name::Other),
    ("Delivered-To", Name::Other),
    ("MIME-Version", Name::Other),
    ("Content-Transfer-Encoding", Name::Other),
    ("Organization", Name::Other),
    ("Comments", Name::Other),
    ("X-Mailer", Name::Other),
    ("User-Agent", Name::Other),
];

/// Longest name of a header; longer ones are not headers.
const LONGEST_NAME: usize = 76;

/// The headers of one message. All places are bytes of the whole source.
#[derive(Clone, Debug)]
pub struct Head {
    /// From the first header to the end of the last, without the blank line.
    pub at: Range<usize>,
    /// Whether a blank line or a body follows: false where the source or the next message cuts the block.
    pub is_whole: bool,
    /// Known headers found, those that are not read included.
    pub n_known: usize,
    values: [Option<(usize, usize)>; N_READ],
}

impl Head {
    /// Returns the header block that starts at `start`. `separates` tells whether another message starts at a line.
    ///
    /// A line that is no header is passed over when a header follows it: broken folding is common in old archives.
    pub fn scan(bytes: &[u8], start: usize, separates: impl Fn(usize) -> bool) -> Self {
        let mut head = Self { at: start..start, is_whole: false, n_known: 0, values: [None; N_READ] };
        let mut open = None;
        while head.at.end < bytes.len() {
            let at = head.at.end;
            let next = next_line(bytes, at);
            let line = trimmed(&bytes[at..next]);
            if line.is_empty() {
                head.is_whole = true;
                break;
            }
            if matches!(line[0], b' ' | b'\t') {
                head.extend(open, at + line.len());
            } else if let Some(name) = header_name(line) {
                open = head.put(name, at + name.len(), at + line.len(), bytes);
            } else if line.starts_with(b"From ") && separates(at) || line[0] == b'=' && separates(at) {
                break;
            } else if !line.starts_with(b">From ")
                && header_name(trimmed(&bytes[next..next_line(bytes, next)])).is_none()
            {
                head.is_whole = next < bytes.len();
                break;
            } else {
                open = None;
            }
            head.at.end = next;
        }
        head
    }

    /// Notes the value of a header where it is the first of its name; returns it if its continuation lines are wanted.
    fn put(&mut self, name: &[u8], name_end: usize, end: usize, bytes: &[u8]) -> Option<Name> {
        let name = known(name)?;
        self.n_known += 1;
        let value = self.values.get_mut(name as usize)?;
        if value.is_some() {
            return None;
        }
        let colon = name_end + memchr(b':', &bytes[name_end..end])?;
        *value = Some((colon + 1, end));
        Some(name)
    }

    fn extend(&mut self, open: Option<Name>, end: usize) {
        if let Some(Some(value)) = open.and_then(|name| self.values.get_mut(name as usize)) {
            value.1 = end;
        }
    }

    /// Returns the bytes of a value, continuation lines included.
    pub fn raw<'a>(&self, bytes: &'a [u8], name: Name) -> Option<&'a [u8]> {
        let &(start, end) = self.values.get(name as usize)?.as_ref()?;
        Some(&bytes[start..end])
    }

    /// True where the message has this header.
    pub fn has(&self, name: Name) -> bool {
        self.values.get(name as usize).is_some_and(Option::is_some)
    }
}

/// Returns where the line after the one at `at` starts.
pub fn next_line(bytes: &[u8], at: usize) -> usize {
    memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1)
}

/// Returns a line without its end.
pub fn trimmed(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Returns the name that a header line starts with.
pub fn header_name(line: &[u8]) -> Option<&[u8]> {
    let colon = memchr(b':', &line[..line.len().min(LONGEST_NAME + 3)])?;
    let name = line[..colon].trim_ascii_end();
    let is_name = !name.is_empty() && name.len() <= LONGEST_NAME && name.iter().all(u8::is_ascii_graphic);
    is_name.then_some(name)
}

/// Returns what a header means, if it is one of those that mail has.
pub fn known(name: &[u8]) -> Option<Name> {
    NAMES.iter().find(|(known, _)| name.eq_ignore_ascii_case(known.as_bytes())).map(|&(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> Head {
        Head::scan(text.as_bytes(), 0, |at| text[at..].starts_with("From x"))
    }

    #[test]
    fn values_are_the_first_of_their_name_with_what_is_folded() {
        let text = "FROM : a\r\nReceived: x\r\n by y\r\nsubject: one\r\n\ttwo\r\nSubject: three\r\n\r\nDate: body";
        let head = scan(text);
        let value = |name| head.raw(text.as_bytes(), name).map(|raw| String::from_utf8_lossy(raw).into_owned());
        assert_eq!(value(Name::From).as_deref(), Some(" a"));
        assert_eq!(value(Name::Subject).as_deref(), Some(" one\r\n\ttwo"));
        assert_eq!(value(Name::Date), None);
        assert!(head.is_whole && text[head.at.end..].starts_with("\r\n"));
        assert_eq!(head.n_known, 4);
    }

    #[test]
    fn broken_folding_is_passed_over_and_a_body_is_not() {
        assert!(scan("From: a\nbroken fold\nDate: d\n\n").has(Name::Date));
        let head = scan("From: a\nHello all\nthere\nDate: d\n\n");
        assert!(!head.has(Name::Date) && head.is_whole);
    }

    #[test]
    fn the_next_message_cuts_a_block() {
        let head = scan("From: a\nFrom x\nDate: d\n\n");
        assert!(!head.is_whole && !head.has(Name::Date));
        assert_eq!(head.at, 0..8);
        assert!(!scan("From: a").is_whole);
    }

    #[test]
    fn not_every_colon_makes_a_header() {
        for line in ["", ": x", "two words: x", "caf\u{e9}: x", &format!("{}: x", "a".repeat(77))] {
            assert_eq!(header_name(line.as_bytes()), None, "{line}");
        }
        assert_eq!(header_name(b"Date\t: x"), Some(&b"Date"[..]));
    }
}
