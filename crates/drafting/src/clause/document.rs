//! A draft out of a document: blocks become lines, revisions are accepted or rejected.

use std::ops::Range;

use document::{Block, Document, Kind, View};

use super::Draft;
use super::read::Hint;

impl Draft {
    /// Reads a document with its tracked changes accepted ([`View::Accepted`]: what is proposed) or rejected
    /// ([`View::Rejected`]: what it was proposed on).
    ///
    /// Every block is a line, its mark before it and a tab; the cells of a row of a table are one line. Remarks in the margin and what
    /// stands on every page are no text. A block whose words are all gone in this view is gone too.
    #[must_use]
    pub fn of(document: &Document, view: View) -> Self {
        let mut text = String::new();
        let mut hints = Vec::new();
        let mut row = None;
        for block in &document.blocks {
            let words = words(document, block, view);
            let is_gone = words.trim().is_empty();
            let (mark, hint) = match &block.kind {
                Kind::Comment | Kind::Running => continue,
                _ if is_gone => continue,
                Kind::Heading(level) => (String::new(), Hint::Heading(*level)),
                Kind::Item { mark, .. } if !mark.is_empty() => (format!("{mark}\t"), Hint::None),
                Kind::Note => (String::new(), Hint::Note),
                _ => (String::new(), Hint::None),
            };
            let this = match block.kind {
                Kind::Cell { table, row, .. } => Some((table, row)),
                _ => None,
            };
            if this.is_some() && this == row {
                text.truncate(text.trim_end_matches('\n').len());
                text.push('\t');
            } else {
                hints.push(hint);
            }
            row = this;
            text.push_str(&mark);
            text.push_str(words.trim());
            text.push('\n');
        }
        Self::read_with(&text, &hints)
    }
}

/// Returns the words of a block in this view, on one line.
fn words(document: &Document, block: &Block, view: View) -> String {
    let is_near = |range: &Range<usize>| range.start < block.range.end && block.range.start < range.end;
    let is_gone = |is_deleted: bool| match view {
        View::Accepted => is_deleted,
        View::Rejected => !is_deleted,
        View::Raw => false,
    };
    let gone =
        document.revisions.iter().filter(|revision| is_gone(revision.is_deleted)).map(|revision| &revision.range);
    let hidden: Vec<&Range<usize>> = document.markup.iter().chain(gone).filter(|range| is_near(range)).collect();
    let all = document.slice(&block.range).char_indices();
    let seen = all.filter(|(at, _)| !hidden.iter().any(|range| range.contains(&(block.range.start + at))));
    seen.map(|(_, c)| if c == '\n' || c == '\r' { ' ' } else { c }).collect()
}
