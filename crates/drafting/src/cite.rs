//! Citations: a text comes in, every place at which it names another text, or another place of its own, goes out.
//!
//! The forms are those of ITU resolutions (`Resolution 22 (Rev. Geneva, 2022)`, `No. 184A of the Convention`, `considering e)`)
//! and the commonest of other bodies (`RFC 8174`, `3GPP TS 23.501`, `ISO/IEC 27001:2022`). Nothing is looked up: whether what is
//! cited exists is not said, only, by [`expected_edition`], whether a place and a year of an assembly belong together.

mod assemblies;
mod forms;

use std::ops::Range;

use crate::spans::without_overlaps;

pub use assemblies::{Assembly, assemblies, expected_edition};
pub(crate) use assemblies::{bodies, short_name};

/// A place at which a text names another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The words, in bytes of the text; with the edition and the body where they follow.
    pub range: Range<usize>,
    /// What is cited.
    pub kind: Cited,
    /// What is cited in one spelling: `Resolution 22`, `ITU-T X.509`, `RFC 8174`, `considering e)`.
    pub id: String,
    /// The edition, where one is given.
    pub edition: Option<Edition>,
    /// The body that the text names for it, as its short name where that is known: `WTSA`; `None` where none is named.
    pub body: Option<String>,
}

/// The edition that a citation names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its words, in bytes of the text, with the brackets around them.
    pub range: Range<usize>,
    /// Where it was agreed; `None` for bodies that name editions by year alone.
    pub place: Option<String>,
    /// The year that is named.
    pub year: u16,
    /// True where it is said to be a revision: `Rev.`.
    pub is_revision: bool,
}

/// What is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cited {
    /// A resolution, decision or opinion of an assembly.
    Resolution,
    /// An ITU Recommendation.
    Recommendation,
    /// A document of a meeting: `Document TSAG-TD599`.
    Document,
    /// A provision of a treaty: `No. 184A of the Convention`, `Article 18 of the Constitution`.
    Provision,
    /// A clause of the same text: `considering e)`, `resolves 3`.
    Clause,
    /// A standard of another body: RFC, 3GPP, ETSI, ISO, IEC, IEEE.
    Standard,
    /// A part of a text: `Annex A`, `clause 4.2`.
    Part,
    /// A meeting by its place and year: `(Dubai, 2012)` after its name, or a history of editions.
    Meeting,
}

impl Cited {
    /// Returns its word, as reports and tables show it.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Resolution => "resolution",
            Self::Recommendation => "recommendation",
            Self::Document => "document",
            Self::Provision => "provision",
            Self::Clause => "clause",
            Self::Standard => "standard",
            Self::Part => "part",
            Self::Meeting => "meeting",
        }
    }
}

impl Edition {
    /// Returns place and year as they are written, without brackets: `Rev. Geneva, 2022`.
    #[must_use]
    pub fn written(&self) -> String {
        format!("{}{}", if self.is_revision { "Rev. " } else { "" }, self.said())
    }

    /// Returns place and year as they are compared: `Geneva, 2022`, or the year alone.
    #[must_use]
    pub fn said(&self) -> String {
        self.place.as_ref().map_or_else(|| self.year.to_string(), |place| format!("{place}, {}", self.year))
    }
}

/// Returns the citations of `text` in order, without overlaps; where two forms fit, the longer one.
///
/// ```
/// use drafting::cite::{Cited, citations};
/// let text = "as in Resolution 22 (Rev. Geneva, 2022), RFC 8174 and considering e) above";
/// let found = citations(text);
/// let said: Vec<_> = found.iter().map(|one| (one.kind, one.id.as_str())).collect();
/// assert_eq!(said, [
///     (Cited::Resolution, "Resolution 22"),
///     (Cited::Standard, "RFC 8174"),
///     (Cited::Clause, "considering e)"),
/// ]);
/// assert_eq!(&text[found[0].range.clone()], "Resolution 22 (Rev. Geneva, 2022)");
/// assert_eq!(found[0].edition.as_ref().unwrap().said(), "Geneva, 2022");
/// ```
#[must_use]
pub fn citations(text: &str) -> Vec<Citation> {
    without_overlaps(forms::found(text, |_| true), |one| &one.range)
}

/// Returns those of one kind, also where another form fits: for many short texts this is quicker.
pub(crate) fn citations_of(kind: Cited, text: &str) -> Vec<Citation> {
    without_overlaps(forms::found(text, |other| other == kind), |one| &one.range)
}
