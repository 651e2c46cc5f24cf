//! The one form in which files hold a marked text: a marked text comes in, an equal one goes out that says each thing one way.
//!
//! Word knows a change of paragraphs in two ways, footnotes apart from the text, and remarks as one stretch. Both writing and
//! reading end here, so that what was written is read as it was.

mod clean;
mod marks;
mod notes;
mod remarks;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use crate::{Change, Marked, Paragraph, Remark, Run, Style};

pub(crate) use clean::{is_moment, name as one_line};
pub(crate) use marks::ending_kept;
pub(crate) use notes::{Note, labels};
pub(crate) use tables::LAST_COLUMN;

/// A marked text with its notes apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stories {
    pub authors: Vec<String>,
    pub remarks: Vec<Remark>,
    /// What is no note.
    pub body: Vec<Paragraph>,
    /// The notes, in the order of their references, each referred to once.
    pub notes: Vec<Note>,
}

/// How often the form is sought: what was joined may read as a reference.
const ROUNDS: usize = 8;

impl Marked {
    /// Returns the same text in its normal form, which a file of Word keeps exactly.
    ///
    /// - Adjacent runs of one kind are one; empty runs remain only where a remark is about a point.
    /// - A remark is about one stretch without gaps; one about nothing is about the end of the text.
    /// - Notes whose mark `[^1]` stands once in the text are at the end, in the order of their marks, which count from 1;
    ///   a note comes and goes with its mark.
    /// - A paragraph that was added or struck whole has its own mark changed, not that of the one before.
    /// - The last mark before a table, of a cell and of the text is kept where words before it would join with nothing.
    /// - Tables, and the rows of each, count from 0 without gaps.
    /// - Authors are named once; a change without an author has one without a name; headings and items stand at most 9 deep.
    /// - What XML cannot hold (control characters) is U+FFFD; a date that is no RFC 3339 date is none. There is a paragraph.
    ///
    /// Accepted and rejected it reads as before, but for the places of notes.
    #[must_use]
    pub fn normal(&self) -> Self {
        let mut marked = self.clone();
        for _ in 0..ROUNDS {
            let next = Stories::of(marked.clone()).together();
            if next == marked {
                break;
            }
            marked = next;
        }
        marked
    }
}

impl Stories {
    /// Parts notes from the text, and brings all into its form.
    pub fn of(marked: Marked) -> Self {
        let mut marked = clean::cleaned(marked);
        marked.paragraphs.iter_mut().for_each(join);
        remarks::fill(&mut marked);
        marked.paragraphs.iter_mut().for_each(join);
        let Marked { authors, remarks, paragraphs } = marked;
        let (mut body, mut notes) = notes::parted(paragraphs);
        tables::count(&mut body);
        remarks::keep_in_one_story(&mut body, &mut notes, remarks.len());
        for paragraph in body.iter_mut().chain(notes.iter_mut().flat_map(|note| &mut note.paragraphs)) {
            join(paragraph);
        }
        for part in marks::segments(&mut body).into_iter().chain(notes.iter_mut().map(|note| &mut note.paragraphs[..]))
        {
            marks::settle(part);
        }
        Self { authors, remarks, body, notes }
    }

    /// Puts the notes behind the text.
    fn together(self) -> Marked {
        let mut paragraphs = self.body;
        for note in self.notes {
            paragraphs.extend(note.written());
        }
        paragraphs.iter_mut().for_each(join);
        Marked { authors: self.authors, paragraphs, remarks: self.remarks }
    }
}

/// Gives each paragraph that came or went whole its own mark.
pub(crate) fn settle_marks(body: &mut [Paragraph]) {
    marks::segments(body).into_iter().for_each(marks::settle);
}

fn join(paragraph: &mut Paragraph) {
    paragraph.runs = joined(std::mem::take(&mut paragraph.runs));
}

/// Makes one of adjacent runs of one kind, and drops those that say nothing.
pub(crate) fn joined(all: Vec<Run>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::with_capacity(all.len());
    for mut run in all {
        if run.text.is_empty() {
            if run.remarks.is_empty() {
                continue;
            }
            (run.change, run.emphasis) = Default::default();
        }
        match runs.last_mut() {
            Some(last) if last.text.is_empty() && run.text.is_empty() => last.remarks.append(&mut run.remarks),
            Some(last) if !last.text.is_empty() && !run.text.is_empty() && is_alike(last, &run) => {
                last.text.push_str(&run.text);
            }
            _ => runs.push(run),
        }
    }
    runs
}

fn is_alike(one: &Run, other: &Run) -> bool {
    (&one.change, one.emphasis, &one.remarks) == (&other.change, other.emphasis, &other.remarks)
}

/// Replaces every author of a change by its new position.
fn renumbered(change: Change, new: &BTreeMap<usize, usize>, nobody: usize) -> Change {
    let of = |by: BTreeSet<usize>| {
        let by: BTreeSet<usize> = by.iter().filter_map(|author| new.get(author)).copied().collect();
        if by.is_empty() { [nobody].into() } else { by }
    };
    match change {
        Change::Kept => Change::Kept,
        Change::Inserted(by) => Change::Inserted(of(by)),
        Change::Deleted(by) => Change::Deleted(of(by)),
        Change::Withdrawn { inserted, deleted } => Change::Withdrawn { inserted: of(inserted), deleted: of(deleted) },
    }
}

/// True where all words of a paragraph were changed so; also where it has none.
pub(crate) fn is_all(paragraph: &Paragraph, change: &Change) -> bool {
    paragraph.runs.iter().all(|run| run.text.is_empty() || run.change == *change)
}

/// True for a paragraph in a table.
pub(crate) fn is_cell(paragraph: &Paragraph) -> bool {
    place(paragraph).is_some()
}

/// Returns table, row and column of a paragraph in a table.
pub(crate) fn place(paragraph: &Paragraph) -> Option<[u32; 3]> {
    match paragraph.style {
        Style::Cell { table, row, column } => Some([table, row, column]),
        _ => None,
    }
}
