//! A text as clauses: resolutions with their calls and lettered clauses, numbered specifications, plain paragraphs.
//!
//! Comes in: a text. Goes out: a [`Draft`], whose clauses follow each other without gap, so that it writes itself back byte for
//! byte. A clause is known by the call or heading above it and by what it says; its label is only where it stands now.

mod call;
mod document;
mod frame;
mod label;
mod read;
mod wrap;

use std::ops::Range;

pub use label::Count;
pub(crate) use label::{Label, bare, label, relabelled};
pub use wrap::unwrapped;

/// A text and its clauses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    text: String,
    clauses: Vec<Clause>,
    /// Where the first clause starts: before it there is only white space.
    start: usize,
}

/// One clause: a numbered or lettered provision, a heading, a line of the title, a paragraph.
///
/// Its bytes are white space or markup, the label, the gap after the label, the words, the end punctuation, and what follows up to the
/// next clause; every range is of the text of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// What it is.
    pub kind: ClauseKind,
    /// What the call says, for a call.
    pub call: Option<Call>,
    /// Position of the call or heading that it stands under.
    pub under: Option<usize>,
    /// Which resolution of the text it belongs to, from 0; a text without resolutions is one.
    pub section: usize,
    /// How deep it stands; 0 is the number of a resolution.
    pub depth: u8,
    /// How its label counts; `None` without a label.
    pub count: Option<Count>,
    /// Its own number: 4 for `d)`, 2 for `1.2`; dashes are counted; 0 without a label.
    pub ordinal: u32,
    /// All its bytes.
    pub range: Range<usize>,
    /// The label as written, empty where there is none.
    pub label: Range<usize>,
    /// The words, without label and end punctuation.
    pub words: Range<usize>,
    /// The punctuation that ties it to the next clause: `;`, `,`, `.`, `; and`; empty for what is not an item.
    pub end: Range<usize>,
}

/// What a clause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClauseKind {
    /// What a contribution proposes for the resolution below: `MOD`, `ADD`, `SUP`, `NOC`.
    Symbol,
    /// The number of a resolution.
    Number,
    /// The title of a resolution.
    Title,
    /// The history under the title.
    Reference,
    /// Who enacts: `The World Telecommunication Standardization Assembly (New Delhi, 2024),`.
    Enacting,
    /// What introduces clauses: `considering`, `resolves to instruct TSAG`.
    Call,
    /// A heading, 1 the highest.
    Heading(u8),
    /// A numbered, lettered or dashed clause, or the only clause below a call.
    Item,
    /// A plain paragraph.
    Paragraph,
    /// A note at the foot: `[^1]: ...`.
    Note,
}

/// What a call says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    /// True for what is done (`resolves`), false for why (`considering`).
    pub is_operative: bool,
    /// The verb, in small letters: `recognizing also`, `resolves to instruct`.
    pub verb: String,
    /// Whom it addresses, as written; empty where nobody is named.
    pub addressee: String,
}

impl ClauseKind {
    /// True for what other clauses stand under.
    #[must_use]
    pub fn is_head(self) -> bool {
        matches!(self, Self::Number | Self::Call | Self::Heading(_))
    }

    /// True for clauses that hold the matter itself, not its frame.
    #[must_use]
    pub fn is_matter(self) -> bool {
        matches!(self, Self::Item | Self::Paragraph)
    }
}

impl Draft {
    /// Returns the text that was read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the clauses, in order; together with white space before the first they are the text.
    #[must_use]
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// Returns the white space before the first clause; all of a text without clauses.
    #[must_use]
    pub fn start(&self) -> &str {
        &self.text[..self.start]
    }

    /// Returns the words of a clause, without label and end punctuation.
    #[must_use]
    pub fn words(&self, clause: &Clause) -> &str {
        &self.text[clause.words.clone()]
    }

    /// Returns the words of the clause at a position.
    pub(crate) fn words_at(&self, at: usize) -> &str {
        self.words(&self.clauses[at])
    }

    /// Returns the label of a clause, as written.
    #[must_use]
    pub fn label(&self, clause: &Clause) -> &str {
        &self.text[clause.label.clone()]
    }

    /// Returns the end punctuation of a clause, with white space before it.
    #[must_use]
    pub fn end(&self, clause: &Clause) -> &str {
        &self.text[clause.end.clone()]
    }

    /// Returns the bytes of a clause before its label: indent and markup.
    pub(crate) fn lead(&self, clause: &Clause) -> &str {
        &self.text[clause.range.start..clause.label.start]
    }

    /// Returns the white space between label and words.
    pub(crate) fn gap(&self, clause: &Clause) -> &str {
        &self.text[clause.label.end..clause.words.start]
    }

    /// Returns what follows a clause up to the next: the end of its line, and empty lines.
    pub(crate) fn tail(&self, clause: &Clause) -> &str {
        &self.text[clause.end.end..clause.range.end]
    }

    /// Returns the place of a clause as a person names it: `recognizing/d`, `resolves to instruct TSAG/2`, `3.1`.
    ///
    /// With the number of the resolution before it where the text holds several.
    #[must_use]
    pub fn place(&self, at: usize) -> String {
        let Some(clause) = self.clauses.get(at) else { return String::new() };
        let is_one = self.clauses.last().is_none_or(|last| last.section == 0);
        let number = if is_one { None } else { self.number(clause.section) };
        let own = self.own_place(clause, at);
        number.map_or(own.clone(), |number| format!("Resolution {number}, {own}"))
    }

    fn own_place(&self, clause: &Clause, at: usize) -> String {
        let label = bare(self.label(clause));
        match clause.kind {
            ClauseKind::Symbol => "symbol".into(),
            ClauseKind::Number => "number".into(),
            ClauseKind::Title => "title".into(),
            ClauseKind::Reference => "reference".into(),
            ClauseKind::Enacting => "enacting words".into(),
            ClauseKind::Note => format!("note {}", label.trim_matches(['[', '^', ']', ':'])),
            ClauseKind::Call => self.words(clause).to_string(),
            ClauseKind::Heading(_) if !label.is_empty() => label.to_string(),
            ClauseKind::Heading(_) => self.words(clause).to_string(),
            ClauseKind::Item | ClauseKind::Paragraph => self.item_place(clause, at),
        }
    }

    fn item_place(&self, clause: &Clause, at: usize) -> String {
        let label = bare(self.label(clause));
        if matches!(clause.count, Some(Count::Nested { .. })) {
            return label.to_string();
        }
        let parent = (0..at).rev().take_while(|&other| Some(other) != clause.under);
        let parent = parent.map(|other| &self.clauses[other]).zip((0..at).rev());
        let parent = parent.filter(|(other, _)| other.depth < clause.depth && other.kind.is_matter()).map(|(_, at)| at);
        let above = match parent.max() {
            Some(parent) => self.item_place(&self.clauses[parent], parent),
            None => clause.under.map_or(String::new(), |head| self.own_place(&self.clauses[head], head)),
        };
        let own = match clause.count {
            Some(Count::Dash) => clause.ordinal.to_string(),
            Some(_) => label.to_string(),
            None => format!("paragraph {}", clause.ordinal.max(1)),
        };
        if above.is_empty() { own } else { format!("{above}/{own}") }
    }
}
