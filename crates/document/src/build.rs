//! A document in the course of being made: words and blocks come in, in reading order, and a bounded document goes out.

use std::cmp::Reverse;
use std::ops::Range;

use fact::{Evidence, Problem};

use crate::zip::Refusal;
use crate::{Block, Comment, Document, Format, Kind, Revision};

/// Most bytes of text of a document.
const TEXT: usize = 64 << 20;
/// Most blocks of a document.
const BLOCKS: usize = 1 << 20;

/// A document that is not finished.
pub(crate) struct Build {
    document: Document,
    is_full: bool,
}

/// Who inserted or deleted, and when.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub is_deleted: bool,
    pub author: String,
    pub date: String,
}

impl Build {
    pub fn new(format: Format) -> Self {
        let document = Document {
            format,
            text: String::new(),
            blocks: Vec::new(),
            markup: Vec::new(),
            revisions: Vec::new(),
            comments: Vec::new(),
            problems: Vec::new(),
        };
        Self { document, is_full: false }
    }

    /// The document that could not be read, and why.
    pub fn refused(format: Format, refusal: Refusal) -> Document {
        let mut build = Self::new(format);
        build.refuse("document", refusal);
        build.finish()
    }

    /// Tells why a part was not read.
    pub fn refuse(&mut self, place: &str, refusal: Refusal) {
        let (kind, what, hint) = refusal.told();
        self.problem(kind, place, what, hint);
    }

    pub fn problem(&mut self, kind: &'static str, place: &str, what: String, hint: &str) {
        let at = self.len();
        let evidence = Evidence::new(at..at, place, "");
        self.document.problems.push(Problem { kind, evidence, what, hint: hint.into() });
    }

    /// Keeps problems that another reader found.
    pub fn take_problems(&mut self, problems: Vec<Problem>) {
        self.document.problems.extend(problems);
    }

    pub fn len(&self) -> usize {
        self.document.text.len()
    }

    pub fn text(&self) -> &str {
        &self.document.text
    }

    /// True when there are neither words nor a problem that says why.
    pub fn is_without_words(&self) -> bool {
        self.document.problems.is_empty() && self.document.text.trim().is_empty()
    }

    /// Adds words, as long as there is room.
    pub fn push(&mut self, words: &str) {
        if self.len() + words.len() <= TEXT {
            self.document.text.push_str(words);
        } else {
            self.fill(format!("expected at most {TEXT} bytes of text, found more"));
        }
    }

    fn fill(&mut self, what: String) {
        if !std::mem::replace(&mut self.is_full, true) {
            self.problem("too-large", "document", what, "split the file, and add its parts");
        }
    }

    /// True when nothing more is taken.
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// Takes back what was added from `at` on, where that was white space or markup.
    pub fn cut(&mut self, at: usize) {
        self.document.text.truncate(at);
    }

    /// Adds a block, without the white space around its words; nothing where there are none.
    pub fn block(&mut self, range: Range<usize>, kind: Kind, place: String) -> Option<Range<usize>> {
        let range = trimmed(self.text(), range);
        if range.is_empty() {
            return None;
        }
        if self.document.blocks.len() >= BLOCKS {
            self.fill(format!("expected at most {BLOCKS} blocks, found more"));
            return None;
        }
        self.document.blocks.push(Block { range: range.clone(), kind, place });
        Some(range)
    }

    pub fn markup(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.document.markup.push(range);
        }
    }

    pub fn revise(&mut self, range: Range<usize>, change: &Change) {
        if range.is_empty() {
            return;
        }
        let Change { is_deleted, author, date } = change.clone();
        self.document.revisions.push(Revision { range, is_deleted, author, date });
    }

    pub fn comment(&mut self, comment: Comment) {
        self.document.comments.push(comment);
    }

    /// Puts everything into its order.
    pub fn finish(self) -> Document {
        let mut document = self.document;
        let n_bytes = document.text.len();
        // What was taken back may have been revised.
        for revision in &mut document.revisions {
            revision.range.end = revision.range.end.min(n_bytes);
        }
        document.revisions.retain(|revision| revision.range.start < revision.range.end);
        document.revisions.sort_by_key(|revision| (revision.range.start, Reverse(revision.range.end)));
        document.blocks.sort_by_key(|block| block.range.start);
        document.markup.sort_by_key(|range| range.start);
        document.comments.sort_by_key(|comment| (comment.about.start, comment.remark.start));
        document
    }
}

/// The range without the white space at its ends.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (words.len() - words.trim_start().len());
    let end = start + words.trim().len();
    start..end
}
