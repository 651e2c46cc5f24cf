//! The XML of an office file's parts, one event after the other. Document types and entities are refused, not expanded.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, escape};

use crate::zip::Refusal;

/// What comes next in a part.
pub enum Next<'a> {
    /// A tag; empty elements have an end too.
    Start(Tag<'a>),
    /// The end of an element, by its name without prefix.
    End(String),
    /// Text, references resolved.
    Text(Cow<'a, str>),
    /// The end of the part.
    Eof,
}

/// A start tag.
pub struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// The name without prefix.
    pub fn name(&self) -> String {
        self.0.local_name().as_ref().to_string()
    }

    /// The value of the attribute with this name, with or without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found =
            attributes.with_checks(false).filter_map(Result::ok).find(|at| at.key.local_name().as_ref() == name)?;
        let value: &str = &found.value;
        Some(escape::unescape(value).map_or_else(|_| value.to_string(), Cow::into_owned))
    }

    /// All attributes with their prefixes, declarations of name spaces left out.
    pub fn attributes(&self) -> impl Iterator<Item = (String, String)> {
        let mut attributes = self.0.attributes();
        let all = attributes.with_checks(false).filter_map(Result::ok).map(|at| {
            let value: &str = &at.value;
            let value = escape::unescape(value).map_or_else(|_| value.to_string(), Cow::into_owned);
            (at.key.as_ref().to_string(), value)
        });
        let kept: Vec<(String, String)> = all.filter(|(key, _)| !key.starts_with("xmlns")).collect();
        kept.into_iter()
    }

    /// An attribute that counts something; `None` where it is missing or no number.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// True for an attribute that says so: `1` or `true`.
    pub fn is_true(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
    }
}

/// A part in the course of being read.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
    depth: usize,
}

impl<'a> Xml<'a> {
    /// Begins to read the text of a part; its name is for messages.
    pub fn new(text: &'a str, part: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Self { reader, part, depth: 0 }
    }

    /// Returns the next event.
    ///
    /// # Errors
    /// A [`Refusal`], where the part is not well-formed, is cut short, or declares entities.
    pub fn next(&mut self) -> Result<Next<'a>, Refusal> {
        loop {
            return Ok(match self.reader.read_event().map_err(|error| self.damaged(&error.to_string()))? {
                Event::Start(tag) | Event::Empty(tag) => {
                    self.depth += 1;
                    Next::Start(Tag(tag))
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    Next::End(tag.local_name().as_ref().to_string())
                }
                Event::Text(text) => Next::Text(text.into_inner()),
                Event::CData(text) => Next::Text(text.into_inner()),
                Event::GeneralRef(reference) => {
                    let letter = reference.resolve_char_ref().ok().flatten();
                    Next::Text(self.resolved(letter, &reference.into_inner())?)
                }
                Event::DocType(_) => {
                    let what = format!("expected XML without a document type, found one in `{}`", self.part);
                    return Err(Refusal::Entities(what));
                }
                Event::Eof if self.depth > 0 => return Err(self.damaged("an element that is not closed")),
                Event::Eof => Next::Eof,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }

    fn resolved(&self, letter: Option<char>, name: &str) -> Result<Cow<'a, str>, Refusal> {
        let text = match (letter, name) {
            (Some(letter), _) => return Ok(letter.to_string().into()),
            (None, "amp") => "&",
            (None, "lt") => "<",
            (None, "gt") => ">",
            (None, "quot") => "\"",
            (None, "apos") => "'",
            (None, name) => {
                let name: String = name.chars().take(40).collect();
                let what = format!("expected XML without entities of its own, found `&{name};` in `{}`", self.part);
                return Err(Refusal::Entities(what));
            }
        };
        Ok(text.into())
    }

    fn damaged(&self, found: &str) -> Refusal {
        Refusal::Damaged(format!("expected well-formed XML in `{}`, found {found}", self.part))
    }
}

/// The text of a part: UTF-8, or UTF-16 with its mark.
///
/// # Errors
/// A [`Refusal`] for other bytes.
pub fn text_of(bytes: Vec<u8>, part: &str) -> Result<String, Refusal> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        let (text, _, _) = encoding_rs::UTF_16LE.decode(&bytes);
        return Ok(text.into_owned());
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| Refusal::Damaged(format!("expected UTF-8 in `{part}`, found other bytes")))?;
    Ok(text.strip_prefix('\u{feff}').map(String::from).unwrap_or(text))
}
