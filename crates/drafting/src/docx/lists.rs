//! Lists: marks that Word counts become words. Struck paragraphs count in the base only, added ones in the result only.

use std::collections::{BTreeMap, BTreeSet};

use document::package::{Mark, Node, Numbering, Styles};

use crate::{Change, Paragraph, Run, Style};

/// What numbers a paragraph: its own properties, and the id of its style.
#[derive(Clone, Copy, Default)]
pub(super) struct Numbered<'a> {
    pub properties: Option<Node<'a>>,
    pub style: &'a str,
}

/// The lists of a document, counted twice.
pub(super) struct Lists<'a> {
    base: Numbering,
    result: Numbering,
    styles: &'a Styles,
    /// Who changed how many paragraphs a list has, so far.
    changed: BTreeMap<String, BTreeSet<usize>>,
}

impl<'a> Lists<'a> {
    pub fn new(numbering: Numbering, styles: &'a Styles) -> Self {
        Self { base: numbering.clone(), result: numbering, styles, changed: BTreeMap::new() }
    }

    /// Writes the marks of some paragraphs into them.
    pub fn write(&mut self, paragraphs: &mut [Paragraph], numbers: &[Numbered<'_>]) {
        let base = self.count(paragraphs, numbers, Change::is_of_base, false);
        let result = self.count(paragraphs, numbers, Change::is_of_result, true);
        for ((paragraph, base), result) in paragraphs.iter_mut().zip(base).zip(result) {
            let Some(mark) = result.as_ref().or(base.as_ref()) else { continue };
            if matches!(paragraph.style, Style::Plain | Style::Call | Style::Reference | Style::Item(_)) {
                paragraph.style = Style::Item(u8::try_from(mark.level + 1).unwrap_or(u8::MAX).clamp(1, 9));
            }
            let by = self.changed.entry(mark.list.clone()).or_default();
            by.extend(paragraph.mark.inserted().chain(paragraph.mark.deleted()));
            let runs = mark_runs(paragraph, base.as_ref(), result.as_ref(), by);
            paragraph.runs.splice(0..0, runs);
        }
    }

    /// The mark of each paragraph in one of the two texts. Paragraphs that are one there have one mark, counted as the last says.
    fn count(
        &mut self,
        paragraphs: &[Paragraph],
        numbers: &[Numbered<'_>],
        stands: impl Fn(&Change) -> bool,
        is_result: bool,
    ) -> Vec<Option<Mark>> {
        let mut marks = vec![None; paragraphs.len()];
        let mut first = 0;
        for (at, (paragraph, number)) in paragraphs.iter().zip(numbers).enumerate() {
            if !stands(&paragraph.mark) {
                continue;
            }
            let has_words = |it: &Paragraph| it.runs.iter().any(|run| !run.text.is_empty() && stands(&run.change));
            let owner = (first..at).find(|nth| has_words(&paragraphs[*nth])).unwrap_or(at);
            let lists = if is_result { &mut self.result } else { &mut self.base };
            marks[owner] = lists.mark(self.styles, number.properties, number.style);
            first = at + 1;
        }
        marks
    }
}

/// The mark of a paragraph as runs: once where it is the same in both texts, else struck and added by those who changed the list.
fn mark_runs(paragraph: &Paragraph, base: Option<&Mark>, result: Option<&Mark>, by: &BTreeSet<usize>) -> Vec<Run> {
    let run = |text: String, change| Run { text, change, ..Run::default() };
    let text = |mark: &Mark| format!("{}\t", mark.text);
    match (base, result) {
        (Some(base), Some(result)) if base.text == result.text || by.is_empty() => {
            vec![run(text(result), Change::Kept)]
        }
        (Some(base), Some(result)) => vec![
            run(base.text.clone(), Change::Deleted(by.clone())),
            run(result.text.clone(), Change::Inserted(by.clone())),
            run("\t".into(), Change::Kept),
        ],
        (Some(base), None) => vec![run(text(base), of(paragraph, by, Change::Deleted))],
        (None, Some(result)) => vec![run(text(result), of(paragraph, by, Change::Inserted))],
        (None, None) => Vec::new(),
    }
}

/// The change of a mark that stands in one text only: that of its paragraph, or of those who changed the list.
fn of(paragraph: &Paragraph, by: &BTreeSet<usize>, change: impl Fn(BTreeSet<usize>) -> Change) -> Change {
    let own: BTreeSet<usize> = paragraph.mark.inserted().chain(paragraph.mark.deleted()).collect();
    let by = if own.is_empty() { by.clone() } else { own };
    if by.is_empty() { Change::Kept } else { change(by) }
}
