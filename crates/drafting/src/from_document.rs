//! From documents: what the crate `document` reads (.pdf, .html, Markdown, plain text) as a marked text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use document::{Block, Document, Format, Kind};

use crate::{Change, Emphasis, Marked, Paragraph, Remark, Run, Style};

impl Marked {
    /// Returns a document as a marked text in its normal form: each block a paragraph, marks of items in front of them.
    ///
    /// Revisions are changes, comments remarks; what stands on every page is left out. For Word documents [`crate::docx::read`]
    /// keeps more. Asterisks and underscores of Markdown are emphasis; other emphasis and calls are not known here.
    ///
    /// ```
    /// use drafting::{Marked, Style};
    /// let text = b"# Resolution 9\n\nThe *Assembly*,\n\na)\tthat all is well;\n";
    /// let document = document::read(&fact::Snapshot::new("1", "r9.md", text)).unwrap();
    /// let marked = Marked::from_document(&document);
    /// assert_eq!(marked.accepted(), "Resolution 9\nThe Assembly,\na)\tthat all is well;\n");
    /// assert_eq!(marked.paragraphs[0].style, Style::Heading(1));
    /// ```
    #[must_use]
    pub fn from_document(document: &Document) -> Self {
        let mut reader = Reader::new(document);
        let kept = |block: &&Block| !matches!(block.kind, Kind::Comment | Kind::Running);
        let blocks: Vec<&Block> = document.blocks.iter().filter(kept).collect();
        let mut paragraphs = Vec::new();
        for (nth, block) in blocks.iter().enumerate() {
            let next = blocks.get(nth + 1).map_or(document.text.len(), |next| next.range.start);
            paragraphs.push(reader.paragraph(block, next));
        }
        let remarks = document.comments.iter().map(|comment| Remark {
            author: comment.author.clone(),
            date: Some(comment.date.clone()).filter(|date| !date.is_empty()),
            text: document.slice(&comment.remark).into(),
        });
        Self { authors: reader.authors, paragraphs, remarks: remarks.collect() }.normal()
    }
}

struct Reader<'a> {
    document: &'a Document,
    authors: Vec<String>,
    /// Places at which anything begins or ends: a revision, a remark, markup.
    edges: BTreeSet<usize>,
    emphasis: Emphasis,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Document) -> Self {
        let authors: BTreeSet<&String> = document.revisions.iter().map(|revision| &revision.author).collect();
        let revisions = document.revisions.iter().map(|revision| &revision.range);
        let about = document.comments.iter().map(|comment| &comment.about);
        let ranges = revisions.chain(about).chain(&document.markup);
        let edges = ranges.flat_map(|range| [range.start, range.end]).collect();
        let authors = authors.into_iter().cloned().collect();
        Self { document, authors, edges, emphasis: Emphasis::default() }
    }

    fn paragraph(&mut self, block: &Block, next: usize) -> Paragraph {
        let mut paragraph = Paragraph { style: style(&block.kind), ..Paragraph::default() };
        self.emphasis = Emphasis::default();
        let runs = self.runs(&block.range);
        if let Kind::Item { mark, .. } = &block.kind {
            let change = runs
                .first()
                .map(|run| run.change.clone())
                .filter(|change| runs.iter().all(|run| run.change == *change));
            paragraph.runs.push(Run {
                text: format!("{mark}\t"),
                change: change.unwrap_or_default(),
                ..Run::default()
            });
        }
        paragraph.runs.extend(runs);
        let gap = self.document.text.get(block.range.end..next).unwrap_or_default();
        if let Some(end) = gap.find('\n').map(|at| block.range.end + at) {
            paragraph.mark = self.change_at(end);
        }
        paragraph
    }

    fn runs(&mut self, range: &Range<usize>) -> Vec<Run> {
        let inner: Vec<usize> = self.edges.range(range.start + 1..range.end).copied().collect();
        let mut runs = Vec::new();
        let mut at = range.start;
        for end in inner.into_iter().chain([range.end]) {
            let text = self.document.slice(&(at..end));
            if self.is_markup(at) {
                self.emphasise(text);
            } else {
                let remarks = self.document.comments.iter().enumerate();
                let remarks = remarks.filter(|(_, comment)| comment.about.contains(&at)).map(|(nth, _)| nth).collect();
                let run = Run { text: text.into(), change: self.change_at(at), emphasis: self.emphasis, remarks };
                runs.push(run);
            }
            at = end;
        }
        runs
    }

    fn is_markup(&self, at: usize) -> bool {
        let next = self.document.markup.partition_point(|range| range.end <= at);
        self.document.markup.get(next).is_some_and(|range| range.contains(&at))
    }

    /// Asterisks and underscores of Markdown begin and end emphasis.
    fn emphasise(&mut self, markup: &str) {
        if self.document.format == Format::Markdown && matches!(markup, "*" | "_" | "***" | "___") {
            self.emphasis.is_italic ^= true;
        }
        if self.document.format == Format::Markdown && matches!(markup, "**" | "__" | "***" | "___") {
            self.emphasis.is_bold ^= true;
        }
    }

    fn change_at(&self, at: usize) -> Change {
        // Sorted by where they begin; one reaches as far as it reaches, so all before are looked at from the nearest.
        let end = self.document.revisions.partition_point(|revision| revision.range.start <= at);
        let mut by: BTreeMap<bool, BTreeSet<usize>> = BTreeMap::new();
        for revision in self.document.revisions.iter().take(end).rev().take(NEAREST).filter(|it| it.range.contains(&at))
        {
            let author = self.authors.binary_search(&revision.author).unwrap_or_default();
            by.entry(revision.is_deleted).or_default().insert(author);
        }
        Change::of(by.remove(&false).unwrap_or_default(), by.remove(&true).unwrap_or_default())
    }
}

/// How many revisions before a place may reach over it: rows of tables reach over the revisions of their words.
const NEAREST: usize = 1000;

fn style(kind: &Kind) -> Style {
    match *kind {
        Kind::Heading(level) => Style::Heading(level),
        Kind::Item { depth, .. } => Style::Item(depth),
        Kind::Cell { table, row, column } => Style::Cell { table, row, column },
        Kind::Note => Style::Note,
        Kind::Paragraph | Kind::Comment | Kind::Running => Style::Plain,
    }
}
