//! Words: changes with their authors, emphasis, notes, remarks, citations.

use super::Write;
use super::address::references;
use super::meta::{author_id, remark_id};
use crate::filed::labels;
use crate::{Paragraph, Run};

/// A run, or a stretch of it.
#[derive(Clone, Copy)]
pub(super) struct Piece<'a> {
    run: &'a Run,
    text: &'a str,
    /// True where it holds the end of the run.
    is_last: bool,
}

impl<'a> Piece<'a> {
    pub fn whole(run: &'a Run) -> Self {
        Self { run, text: &run.text, is_last: true }
    }
}

/// The label of a clause, and its words: they are parted by the first tab of an item.
pub(super) fn parted(paragraph: &Paragraph) -> (Vec<Piece<'_>>, Vec<Piece<'_>>) {
    let (mut label, mut words) = (Vec::new(), Vec::new());
    let tab =
        paragraph.runs.iter().position(|run| run.text.contains('\t')).filter(|_| super::parts::depth(paragraph) > 0);
    for (at, run) in paragraph.runs.iter().enumerate() {
        match tab {
            Some(tab) if at < tab => label.push(Piece::whole(run)),
            Some(tab) if at == tab => {
                let (before, after) = run.text.split_once('\t').unwrap_or(("", &run.text));
                if !before.is_empty() {
                    label.push(Piece { run, text: before, is_last: false });
                }
                words.push(Piece { run, text: after, is_last: true });
            }
            _ => words.push(Piece::whole(run)),
        }
    }
    (label, words)
}

impl<'a> Write<'a> {
    pub(super) fn runs(&mut self, pieces: &[Piece<'a>]) {
        for piece in pieces {
            if !piece.text.is_empty() {
                self.piece(*piece);
            }
            let ends = self.ends.get(&std::ptr::from_ref(piece.run)).filter(|_| piece.is_last).cloned();
            for remark in ends.unwrap_or_default() {
                let (marker, href) = ((remark + 1).to_string(), format!("#{}", remark_id(remark)));
                self.xml.leaf("noteRef", &[("marker", &marker), ("placement", "side"), ("href", &href)]);
            }
        }
    }

    fn piece(&mut self, Piece { run, text, .. }: Piece<'a>) {
        let mut n_open = 0;
        for (name, by) in [("ins", ids(run.change.inserted())), ("del", ids(run.change.deleted()))] {
            if !by.is_empty() {
                self.xml.open(name, &[("refersTo", &by)]);
                n_open += 1;
            }
        }
        for (name, _) in [("b", run.emphasis.is_bold), ("i", run.emphasis.is_italic)].iter().filter(|it| it.1) {
            self.xml.open(name, &[]);
            n_open += 1;
        }
        let mut at = 0;
        for label in labels(text) {
            let note = text[label.start + 2..label.end - 1]
                .parse()
                .ok()
                .and_then(|label: usize| self.notes.get(&label).copied());
            let Some(note) = note else { continue };
            self.words(&text[at..label.start]);
            self.xml.open("authorialNote", &[("marker", &note.label.to_string()), ("placement", "bottom")]);
            for paragraph in &note.paragraphs {
                self.line(paragraph, None);
            }
            self.xml.close();
            at = label.end;
        }
        self.words(&text[at..]);
        (0..n_open).for_each(|_| self.xml.close());
    }

    /// Words with references to what they cite.
    fn words(&mut self, text: &str) {
        let mut at = 0;
        for (range, address) in references(text) {
            self.plain(&text[at..range.start]);
            self.xml.open("ref", &[("href", &address)]);
            self.plain(&text[range.clone()]);
            self.xml.close();
            at = range.end;
        }
        self.plain(&text[at..]);
    }

    fn plain(&mut self, text: &str) {
        for (n, line) in text.split('\n').enumerate() {
            if n > 0 {
                self.xml.leaf("br", &[]);
            }
            self.xml.words(&line.replace('\t', " "));
        }
    }
}

/// References to authors.
fn ids(by: impl Iterator<Item = usize>) -> String {
    by.map(|author| format!("#{}", author_id(author))).collect::<Vec<_>>().join(" ")
}
