//! A mapping says what the columns of a list mean: TOML text comes in and goes out, checked. `docs/mappings.md` describes
//! the text.
//!
//! A mapping knows its file by the headings that must stand in one row. It is written by a person, proposed from known
//! headings for a person to look at ([`propose`]), or shipped for layouts that are known ([`presets`]).

use std::collections::BTreeMap;

use fact::{Fault, Remedy};
use serde::{Deserialize, Serialize};

mod check;
pub mod presets;
pub mod propose;
mod words;

pub use check::act_of;

use super::sheet::Hints;

/// What the columns of a list mean: which list it is, how it is recognised, and which column holds what.
///
/// ```
/// let text = r#"
/// mapping = 1
/// name = "made-register"
/// list = "contributions"
/// headings = ["Doc No", "Subject", "Company"]
///
/// [columns]
/// document = "Doc No"
/// title = "Subject"
/// source = "Company"
///
/// [constants]
/// body = "MADE WG1"
/// "#;
/// let mapping = adapters::Mapping::from_toml(text).unwrap();
/// assert_eq!(mapping.name(), "made-register");
/// assert_eq!(adapters::Mapping::from_toml(&mapping.to_toml()).unwrap(), mapping);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    mapping: u32,
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    pub(crate) list: List,
    pub(crate) headings: Vec<String>,
    /// Words that must stand above the table, in the title or in the name of the sheet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) words: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) numbering: Option<Numbering>,
    /// The field that a row with a single cell states for the rows below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) groups: Option<String>,
    pub(crate) columns: BTreeMap<String, Words>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) constants: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) labels: BTreeMap<String, Words>,
    #[serde(default, skip_serializing_if = "Format::is_empty")]
    pub(crate) format: Format,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) separators: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) values: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    reasons: BTreeMap<String, String>,
}

/// What a list lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum List {
    /// Documents handed in to a meeting.
    Contributions,
    /// Persons or organisations that registered, checked in or attended.
    Attendance,
    /// Votes of one ballot or several.
    Ballot,
    /// Liaison statements.
    Liaisons,
}

/// Rules of a body that give meeting and body where the list states neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Numbering {
    /// Document numbers begin with the code of a 3GPP group, and files are named after the meeting.
    #[serde(rename = "3gpp")]
    ThreeGpp,
}

/// One word, or several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// One.
    One(String),
    /// Several, in the order of preference.
    Many(Vec<String>),
}

impl Words {
    /// The words.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(word) => std::slice::from_ref(word).iter(),
            Self::Many(words) => words.iter(),
        }
        .map(String::as_str)
    }
}

/// How cells are written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    /// The order of day, month and year in dates of numbers alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<Order>,
    /// True where `1,5` is one and a half.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decimal_comma: bool,
    /// Label of the encoding of text, where it is neither UTF-8 nor UTF-16 nor windows-1252.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Delimiter of text, where the wrong one is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
}

impl Format {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The order of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// `17/06/2024`
    DayMonthYear,
    /// `06/17/2024`
    MonthDayYear,
    /// `2024/06/17`
    YearMonthDay,
}

impl Mapping {
    /// Reads and checks the text of a mapping.
    ///
    /// # Errors
    /// A fault with its place, where the text is no TOML, or says what cannot be.
    pub fn from_toml(text: &str) -> Result<Self, Fault> {
        let mapping: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            let hint = "docs/mappings.md shows a complete mapping";
            Fault::new(Remedy::Source, format!("mapping, line {line}"), error.message(), hint)
        })?;
        mapping.check().map(|()| mapping)
    }

    /// Returns the mapping as text that [`Mapping::from_toml`] reads back as it is.
    #[must_use]
    pub fn to_toml(&self) -> String {
        // All keys are text and all values text, numbers or tables of these: nothing that TOML cannot say.
        toml::to_string(self).unwrap_or_default()
    }

    /// Returns the name by which a workspace keeps it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns what its files are, for people.
    #[must_use]
    pub fn title(&self) -> &str {
        if self.title.is_empty() { self.list.title() } else { &self.title }
    }

    /// Returns which list it reads: `contributions`, `attendance`, `ballot` or `liaisons`.
    #[must_use]
    pub fn list(&self) -> &'static str {
        match self.list {
            List::Contributions => "contributions",
            List::Attendance => "attendance",
            List::Ballot => "ballot",
            List::Liaisons => "liaisons",
        }
    }

    /// Returns why each column was proposed: field or key, and the reason. Empty for a mapping that a person wrote.
    pub fn reasons(&self) -> impl Iterator<Item = (&str, &str)> {
        self.reasons.iter().map(|(field, reason)| (field.as_str(), reason.as_str()))
    }

    /// How the text of its files is written.
    pub(crate) fn hints(&self) -> Hints<'_> {
        let delimiter = self.format.delimiter.as_ref().and_then(|delimiter| delimiter.bytes().next());
        Hints { encoding: self.format.encoding.as_deref(), delimiter }
    }

    /// What the mapping makes of a word of a field; `None` where it says nothing of it.
    pub(crate) fn value(&self, field: &str, word: &str) -> Option<&str> {
        let values = self.values.get(field)?;
        let word = word.trim();
        let found = values.get(word).or_else(|| {
            let folded = word.to_lowercase();
            values.iter().find(|(key, _)| key.to_lowercase() == folded).map(|(_, value)| value)
        });
        found.map(String::as_str)
    }
}

impl List {
    fn title(self) -> &'static str {
        match self {
            Self::Contributions => "list of contributions",
            Self::Attendance => "attendance list",
            Self::Ballot => "list of votes",
            Self::Liaisons => "list of liaison statements",
        }
    }
}

/// A heading as it is compared: small letters and digits, everything else but `#` a blank.
pub fn normal(heading: &str) -> String {
    let mut normal = String::with_capacity(heading.len());
    for letter in heading.chars() {
        if letter.is_alphanumeric() || letter == '#' {
            normal.extend(letter.to_lowercase());
        } else if !normal.ends_with(' ') && !normal.is_empty() {
            normal.push(' ');
        }
    }
    normal.truncate(normal.trim_end().len());
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_compared_by_their_letters() {
        assert_eq!(normal(" E-mail\nAddress: "), "e mail address");
        assert_eq!(normal("TD#"), "td#");
        assert_eq!(normal("WG\u{2009}14"), "wg 14");
        assert_eq!(normal("--"), "");
    }
}
