//! A marked text: paragraphs of runs, each kept, inserted or deleted, by whom, with remarks in the margin.
//!
//! It is what merging ends in and what files with tracked changes are written from and read into. To accept or reject is to
//! drop what was deleted or inserted; paragraphs whose mark was inserted or deleted come and go with it, as in Word.

use std::collections::BTreeSet;

/// A text with its changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// Who changed anything: contributions, mostly. [`Change`] points here.
    pub authors: Vec<String>,
    /// The paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Remarks in the margin. [`Run::remarks`] points here.
    pub remarks: Vec<Remark>,
}

/// One paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub style: Style,
    /// Its words, in order.
    pub runs: Vec<Run>,
    /// What was done to its end: where that was inserted, the paragraph is new; where it was deleted, what remains of it joins the next.
    pub mark: Change,
}

/// A stretch of words of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The words; a tab stands for a tab.
    pub text: String,
    /// What was done to them.
    pub change: Change,
    /// How they are set.
    pub emphasis: Emphasis,
    /// Positions of the remarks about them in [`Marked::remarks`].
    pub remarks: BTreeSet<usize>,
}

/// What was done to a stretch, and by whom: positions in [`Marked::authors`], none of them twice, at least one where there is a change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// Nothing: it stands in the base and stays.
    #[default]
    Kept,
    /// Added by all of these.
    Inserted(BTreeSet<usize>),
    /// Struck by all of these.
    Deleted(BTreeSet<usize>),
    /// Added by some and struck by others: it stands neither in the base nor in the result, yet it was proposed. Files that
    /// several people worked on have it; merging never makes it.
    Withdrawn {
        /// Who added it.
        inserted: BTreeSet<usize>,
        /// Who struck it again.
        deleted: BTreeSet<usize>,
    },
}

/// How words are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Emphasis {
    /// True for italic words, such as the calls of a resolution.
    pub is_italic: bool,
    /// True for bold words.
    pub is_bold: bool,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// Running text.
    #[default]
    Plain,
    /// A heading, 1 the highest; the number or title of a resolution is 1.
    Heading(u8),
    /// A line under the title: history, enacting words.
    Reference,
    /// What introduces clauses: `considering`, `resolves`.
    Call,
    /// A numbered or lettered clause, by its depth from 1; the label is its first words, then a tab.
    Item(u8),
    /// A note at the foot.
    Note,
    /// A paragraph in a cell of a table; all three count from 0, and tables through the document.
    Cell {
        /// Which table.
        table: u32,
        /// Which row of it.
        row: u32,
        /// Which column of it.
        column: u32,
    },
}

/// A remark in the margin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remark {
    /// Who makes it.
    pub author: String,
    /// When, as RFC 3339; `None` where it is not said.
    pub date: Option<String>,
    /// What it says.
    pub text: String,
}

impl Change {
    /// True where nothing was done.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        *self == Self::Kept
    }

    /// Returns the change that some made by adding and others by striking: none where nobody did either.
    #[must_use]
    pub fn of(inserted: BTreeSet<usize>, deleted: BTreeSet<usize>) -> Self {
        match (inserted.is_empty(), deleted.is_empty()) {
            (true, true) => Self::Kept,
            (false, true) => Self::Inserted(inserted),
            (true, false) => Self::Deleted(deleted),
            (false, false) => Self::Withdrawn { inserted, deleted },
        }
    }

    /// Returns who added it; nobody where it was not added.
    pub fn inserted(&self) -> impl Iterator<Item = usize> {
        let by = match self {
            Self::Inserted(by) | Self::Withdrawn { inserted: by, .. } => Some(by),
            Self::Kept | Self::Deleted(_) => None,
        };
        by.into_iter().flatten().copied()
    }

    /// Returns who struck it; nobody where it was not struck.
    pub fn deleted(&self) -> impl Iterator<Item = usize> {
        let by = match self {
            Self::Deleted(by) | Self::Withdrawn { deleted: by, .. } => Some(by),
            Self::Kept | Self::Inserted(_) => None,
        };
        by.into_iter().flatten().copied()
    }

    /// True where the base has it: kept, or struck from it.
    pub(crate) fn is_of_base(&self) -> bool {
        matches!(self, Self::Kept | Self::Deleted(_))
    }

    /// True where the result has it: kept, or added to it.
    pub(crate) fn is_of_result(&self) -> bool {
        matches!(self, Self::Kept | Self::Inserted(_))
    }

    /// Returns what is left of it when some authors' changes are accepted and the others' rejected: `None` where the words go.
    ///
    /// An insertion stays if one of its authors is accepted; a deletion stands if one of its authors is.
    fn settled(&self, is_accepted: &impl Fn(usize) -> bool) -> bool {
        match self {
            Self::Kept => true,
            Self::Inserted(by) => by.iter().any(|author| is_accepted(*author)),
            Self::Deleted(by) => !by.iter().any(|author| is_accepted(*author)),
            Self::Withdrawn { inserted, deleted } => {
                inserted.iter().any(|author| is_accepted(*author)) && !deleted.iter().any(|author| is_accepted(*author))
            }
        }
    }
}

impl Marked {
    /// Returns the text with every change accepted, a line a paragraph.
    ///
    /// ```
    /// use drafting::{Change, Marked, Paragraph, Run};
    /// let by = |author: usize| [author].into();
    /// let run = |text: &str, change| Run { text: text.into(), change, ..Run::default() };
    /// let words = vec![
    ///     run("to ", Change::Kept),
    ///     run("bring", Change::Deleted(by(0))),
    ///     run("address", Change::Inserted(by(0))),
    ///     run(" needs", Change::Kept),
    /// ];
    /// let paragraph = Paragraph { runs: words, ..Paragraph::default() };
    /// let marked = Marked { authors: vec!["C102".into()], paragraphs: vec![paragraph], remarks: vec![] };
    /// assert_eq!((marked.accepted(), marked.rejected()), ("to address needs\n".into(), "to bring needs\n".into()));
    /// ```
    #[must_use]
    pub fn accepted(&self) -> String {
        self.settled(|_| true)
    }

    /// Returns the text with every change rejected: the base.
    #[must_use]
    pub fn rejected(&self) -> String {
        self.settled(|_| false)
    }

    /// Returns the text with the changes of some authors accepted and those of nobody else.
    #[must_use]
    pub fn settled(&self, is_accepted: impl Fn(usize) -> bool) -> String {
        let mut text = String::new();
        let mut is_open = false;
        for paragraph in &self.paragraphs {
            for run in paragraph.runs.iter().filter(|run| run.change.settled(&is_accepted)) {
                text.push_str(&run.text);
                is_open |= !run.text.is_empty();
            }
            // A paragraph that stays without words is an empty line of its own.
            if paragraph.mark.settled(&is_accepted) {
                text.push('\n');
                is_open = false;
            }
        }
        if is_open {
            text.push('\n');
        }
        text
    }
}
