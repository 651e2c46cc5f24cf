//! Rows of the table of clauses, and mechanical changes.

use std::collections::BTreeSet;

use super::conflict::ConflictKind;
use super::write::{Part, Scalar};
use crate::marked::{Change, Style};

/// What became of one clause.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its position in the base; `None` for an addition.
    pub base: Option<usize>,
    /// Its place in the base: `recognizing/d`; `None` for an addition.
    pub place_before: Option<String>,
    /// Its place in the merged text; `None` where it is deleted or dropped.
    pub place_after: Option<String>,
    /// How it came about.
    pub outcome: Outcome,
    /// Who changed it, added it or deleted it: positions in [`super::Merged::authors`].
    pub authors: BTreeSet<usize>,
    /// Who moved it.
    pub movers: BTreeSet<usize>,
    /// What the base says, without label; `None` for an addition.
    pub before: Option<String>,
    /// What the merged text says, without label, with open alternatives in brackets; `None` where it is deleted or dropped.
    pub after: Option<String>,
    /// Ids of the conflicts that it takes part in.
    pub conflicts: Vec<String>,
    pub(super) style: Style,
    /// What was done to the clause as a whole.
    pub(super) whole: Change,
    pub(super) parts: Vec<Part>,
    pub(super) tail: Scalar,
    /// What stands there without square brackets: places are read from it.
    pub(super) unbracketed: String,
    /// True for the place that a clause was moved away from.
    pub(super) is_left: bool,
}

/// How a row came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// As in the base.
    #[default]
    Untouched,
    /// Several did the same.
    Agreed,
    /// One did it.
    OneSided,
    /// Several changed different words.
    Composable,
    /// They do not agree: open, or settled by a decision.
    Contested(ConflictKind),
}

/// A change that follows from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mechanical {
    /// What was done.
    pub kind: MechanicalKind,
    /// The place in the merged text.
    pub place: String,
    /// What stood there.
    pub before: String,
    /// What stands there.
    pub after: String,
}

/// What was done mechanically.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MechanicalKind {
    /// A label was counted anew.
    Label,
    /// `;` inside a block, `,` at its end, `.` at the end of all.
    End,
    /// A reference to another clause follows it.
    Reference,
    /// A reference no longer leads to what it was written for: a clause is gone, or a span (`a) to c)`) covers others. It is left as it stands.
    LostReference,
    /// The mark of a note follows its note: counted anew, gone with it, or back because the note stays.
    Note,
    /// Additions of several contributions at one place: in the order of ids, before and after.
    Order,
    /// The same addition at different places: it stands where the first by id puts it, before where the others do.
    Place,
    /// Words that only look different (hyphens, quotes, spaces) gave way to words that are different.
    Typography,
}

impl MechanicalKind {
    /// Returns its name in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::End => "end mark",
            Self::Reference => "reference",
            Self::LostReference => "reference that leads nowhere",
            Self::Order => "order of additions",
            Self::Place => "place of an addition",
            Self::Typography => "typography",
            Self::Note => "note",
        }
    }
}
