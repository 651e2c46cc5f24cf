//! JSON with places: every value knows which bytes of the source it stands on.
//!
//! Comes in: the bytes of a source. Goes out: values that are read one level at a time, each borrowed from the source. A
//! text that breaks off in the middle gives what stands before the break and a [`Break`] that says where; nothing is
//! lost in silence. Depth and memory are bounded by the levels that a caller asks for, not by the input.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use fact::{Evidence, Problem};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// In bytes.
const LONGEST_TEXT: usize = 4096;

/// One value of a JSON text.
#[derive(Clone, Copy, Debug)]
pub struct Json<'a> {
    whole: &'a str,
    text: &'a str,
    /// Bytes before `whole` in the source: a byte order mark.
    mark: usize,
}

/// The members of an object, in their order; names may come twice.
#[derive(Clone, Debug, Default)]
pub struct Members<'a>(pub Vec<(Cow<'a, str>, Json<'a>)>);

/// Where a text stops being JSON of the expected shape, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// Byte of the source.
    pub at: usize,
    /// Line of the source, from 1.
    pub line: usize,
    /// What the reader says, without its place.
    pub what: String,
}

impl Break {
    /// Returns the problem of a text that stops being JSON here.
    #[must_use]
    pub fn problem(&self, hint: &str) -> Problem {
        Problem {
            kind: "json-syntax",
            evidence: Evidence::new(self.at..self.at, format!("line {}", self.line), ""),
            what: format!("expected JSON, found: {}", self.what),
            hint: hint.into(),
        }
    }
}

impl<'a> Json<'a> {
    /// Returns the text of a source as one value, not yet read. A byte order mark is left out.
    ///
    /// # Errors
    /// A problem where the bytes are not UTF-8: JSON has no other encoding (RFC 8259, section 8.1).
    pub fn new(bytes: &'a [u8]) -> Result<Self, Box<Problem>> {
        let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        match std::str::from_utf8(&bytes[mark..]) {
            Ok(text) => Ok(Self { whole: text, text: text.trim_matches([' ', '\t', '\n', '\r']), mark }),
            Err(error) => {
                let at = mark + error.valid_up_to();
                let line = 1 + memchr::memchr_iter(b'\n', &bytes[..at]).count();
                let evidence = Evidence::new(at..at + 1, format!("line {line}"), "");
                let what = "expected UTF-8, found other bytes".into();
                Err(Box::new(Problem { kind: "not-utf8", evidence, what, hint: "save the file as UTF-8".into() }))
            }
        }
    }

    /// Returns the bytes of the source on which the value stands.
    #[must_use]
    pub fn at(&self) -> Range<usize> {
        let start = self.mark + (self.text.as_ptr() as usize - self.whole.as_ptr() as usize);
        start..start + self.text.len()
    }

    /// Returns the elements of an array, and where it breaks off. What is not an array has none and is a break.
    #[must_use]
    pub fn elements(&self) -> (Vec<Self>, Option<Break>) {
        let mut found = Vec::new();
        let broken = self.read(Elements(&mut found));
        (found.into_iter().map(|raw| self.inner(raw)).collect(), broken)
    }

    /// Returns the members of an object, and where it breaks off. What is not an object has none and is a break.
    #[must_use]
    pub fn members(&self) -> (Members<'a>, Option<Break>) {
        let mut found = Vec::new();
        let broken = self.read(Pairs(&mut found));
        (Members(found.into_iter().map(|(name, raw)| (name, self.inner(raw))).collect()), broken)
    }

    /// Returns the members of an object, none for anything else: for values inside one that was read without a break.
    #[must_use]
    pub fn object(&self) -> Members<'a> {
        self.members().0
    }

    /// Returns the elements of an array, none for anything else: for values inside one that was read without a break.
    #[must_use]
    pub fn array(&self) -> Vec<Self> {
        self.elements().0
    }

    /// Returns a string without its escapes, or `None` for anything else.
    #[must_use]
    pub fn string(&self) -> Option<Cow<'a, str>> {
        serde_json::from_str::<Text<'a>>(self.text).ok().map(|text| text.0)
    }

    /// Returns `true` or `false`, or `None` for anything else.
    #[must_use]
    pub fn boolean(&self) -> Option<bool> {
        self.text.parse().ok()
    }

    /// Returns the value as it is written.
    #[must_use]
    pub fn written(&self) -> &'a str {
        self.text
    }

    fn inner(&self, raw: &'a RawValue) -> Self {
        Self { text: raw.get(), ..*self }
    }

    fn read(&self, seed: impl DeserializeSeed<'a>) -> Option<Break> {
        let mut reader = serde_json::Deserializer::from_str(self.text);
        let end = seed.deserialize(&mut reader).map(|_| ()).and_then(|()| reader.end());
        end.err().map(|error| self.broken(&error))
    }

    /// The reader counts lines and columns of bytes from where the value starts.
    fn broken(&self, error: &serde_json::Error) -> Break {
        let mut line_start = 0;
        for _ in 1..error.line() {
            line_start += memchr::memchr(b'\n', &self.text.as_bytes()[line_start..]).map_or(0, |end| end + 1);
        }
        let inside = (line_start + error.column()).min(self.text.len());
        let start = self.at().start - self.mark;
        let line = 1 + memchr::memchr_iter(b'\n', &self.whole.as_bytes()[..start + inside]).count();
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or_default().to_lowercase();
        Break { at: self.mark + start + inside, line, what }
    }
}

impl<'a> Members<'a> {
    /// Returns the member of this name; the last, where there are several, as most readers do.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Json<'a>> {
        self.0.iter().rev().find(|(found, _)| found == name).map(|(_, value)| *value)
    }

    /// Returns the string of this name, without white space around it: a name, an identifier, a date. `None` where there is
    /// none, where it is empty, and where it is longer than such a thing can be: one that stands in many facts would
    /// otherwise let the input decide how much memory they take.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        let text = self.get(name)?.string()?;
        Some(text.trim()).filter(|text| !text.is_empty() && text.len() <= LONGEST_TEXT).map(Into::into)
    }
}

/// A string, borrowed where it holds no escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

struct Elements<'v, 'a>(&'v mut Vec<&'a RawValue>);

impl<'a> DeserializeSeed<'a> for Elements<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'a> Visitor<'a> for Elements<'_, 'a> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(raw) = list.next_element()? {
            self.0.push(raw);
        }
        Ok(())
    }
}

struct Pairs<'v, 'a>(&'v mut Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> DeserializeSeed<'a> for Pairs<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Pairs<'_, 'a> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut object: A) -> Result<(), A::Error> {
        while let Some((name, raw)) = object.next_entry::<Text<'a>, &'a RawValue>()? {
            self.0.push((name.0, raw));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_knows_its_bytes() {
        let bytes = "\u{feff} {\"a\": [1, {\"b\": \"\\u00fc x \"}], \"é\": true}\n".as_bytes();
        let json = Json::new(bytes).expect("it is UTF-8");
        let (root, broken) = json.members();
        assert_eq!(broken, None);
        let list = root.get("a").expect("a stands there").array();
        assert_eq!(&bytes[list[1].at()], b"{\"b\": \"\\u00fc x \"}");
        assert_eq!(list[1].object().text("b").as_deref(), Some("ü x"));
        assert_eq!(root.get("é").and_then(|value| value.boolean()), Some(true));
        assert_eq!(list[0].string(), None);
        assert_eq!(&bytes[list[0].at()], list[0].written().as_bytes());
    }

    #[test]
    fn a_text_that_breaks_off_keeps_what_stands_before() {
        let bytes = b"[\n {\"a\": 1},\n {\"a\": 2},\n {\"a\":";
        let (list, broken) = Json::new(bytes).expect("it is UTF-8").elements();
        assert_eq!(list.len(), 2);
        let broken = broken.expect("it breaks off");
        assert_eq!((broken.line, broken.at), (4, bytes.len()));
        assert!(broken.what.starts_with("eof"), "{}", broken.what);
    }

    #[test]
    fn other_shapes_and_rubbish_behind_the_end_are_breaks() {
        let broken = |text: &'static str| Json::new(text.as_bytes()).expect("it is UTF-8").elements().1.is_some();
        assert!(broken("{}") && broken("") && broken("7") && broken("[1] x"));
        assert!(!broken("[1] \n"));
        assert_eq!(Json::new(b"[\xff").expect_err("it is not UTF-8").kind, "not-utf8");
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = "[".repeat(1_000_000);
        assert!(Json::new(deep.as_bytes()).expect("it is UTF-8").elements().1.is_some());
        let closed = format!("{deep}{}", "]".repeat(1_000_000));
        let (list, broken) = Json::new(closed.as_bytes()).expect("it is UTF-8").elements();
        assert_eq!((list.len(), broken), (1, None));
    }

    #[test]
    fn of_two_members_of_one_name_the_last_counts() {
        let json = Json::new(br#"{"a": "one", "a": "two"}"#).expect("it is UTF-8");
        assert_eq!(json.object().text("a").as_deref(), Some("two"));
    }
}
