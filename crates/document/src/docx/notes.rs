//! What stands outside the body: notes, remarks in the margin, heads and feet.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Inside, Reader};
use crate::build::trimmed;
use crate::office::Part;
use crate::tree::Node;
use crate::{Comment, Kind};

impl<'a> Reader<'a> {
    /// Reads the notes in the order of their references, each once. What notes refer to themselves is not followed.
    pub(super) fn notes(&mut self, parts: &'a [(String, Part)]) {
        let by_id = |kind: &str| {
            let roots = parts.iter().filter(|(is, _)| is == kind).map(|(_, part)| part.tree.root());
            let notes = roots.flat_map(Node::children).filter_map(|note| Some((note.attribute("id")?, note)));
            notes.collect::<BTreeMap<&str, Node<'a>>>()
        };
        let (feet, ends) = (by_id("footnotes"), by_id("endnotes"));
        let mut seen = BTreeSet::new();
        for (kind, id, changes) in std::mem::take(&mut self.notes) {
            let note = if kind == "footnotes" { feet.get(id) } else { ends.get(id) };
            let Some(&note) = note.filter(|_| seen.insert((kind, id)) && !self.build.is_full()) else { continue };
            self.close_mark();
            let place = format!("note {}", seen.len());
            self.within(changes, |reader| {
                reader.flow(note, Kind::Note, place);
            });
        }
    }

    /// Reads the remarks in the margin.
    pub(super) fn comments(&mut self, part: Option<&'a Part>) {
        let comments = part.into_iter().flat_map(|part| part.tree.root().children());
        for (number, node) in (1..).zip(comments.filter(|node| node.name() == "comment")) {
            if self.build.is_full() {
                return;
            }
            self.close_mark();
            let remark = self.flow(node, Kind::Comment, format!("comment {number}"));
            let own = |name| node.attribute(name).unwrap_or_default().to_string();
            let about = node.attribute("id").and_then(|id| self.about.get(id)).cloned();
            let about = about.map(|about| trimmed(self.build.text(), about)).unwrap_or(remark.start..remark.start);
            self.build.comment(Comment { about, remark, author: own("author"), date: own("date") });
        }
    }

    /// Reads heads and feet, the same words once.
    pub(super) fn running(&mut self, parts: &'a [(String, Part)]) {
        let mut seen = BTreeSet::new();
        for (kind, part) in parts.iter().filter(|(kind, _)| matches!(kind.as_str(), "header" | "footer")) {
            self.close_mark();
            let words: String = part.tree.root().below().filter(|node| node.name() == "t").map(Node::text).collect();
            if seen.insert(words) {
                let place = if kind == "header" { "running head" } else { "running foot" };
                self.flow(part.tree.root(), Kind::Running, place.into());
            }
        }
    }

    /// Reads paragraphs as one block, and returns its words.
    fn flow(&mut self, node: Node<'a>, kind: Kind, place: String) -> Range<usize> {
        let start = self.build.len();
        self.blocks(node, Inside::Flow);
        self.build.block(start..self.build.len(), kind, place).unwrap_or(start..start)
    }
}
