//! Word documents of Office Open XML (.docx, .docm): an archive comes in, a document with its revisions goes out.
//!
//! The body comes first; after it stand notes, remarks in the margin, and what stands on every page. Marks of lists and
//! numbers of headings stand in the text before their block, and are markup. ECMA-376 part 1, chapter 17; names are read
//! without their name space, so that the strict form is read alike.

mod inline;
mod notes;
mod numbering;
mod style;
mod symbol;
mod table;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::build::{Build, Change};
use crate::office::{self, Part, Relation};
use crate::tree::Node;
use crate::zip::{Archive, Refusal};
use crate::{Document, Format, Kind};
pub use numbering::{Mark, Numbering};
pub use style::{Number, Styles, outline};
pub use symbol::letter;

/// Reads a Word document.
pub(crate) fn read(archive: &Archive<'_>) -> Document {
    match office::main_part(archive, "word/document.xml") {
        Ok(main) => Reader::read(archive, &main),
        Err(refusal) => Build::refused(Format::Docx, refusal),
    }
}

/// Where paragraphs stand.
#[derive(Clone, Copy, PartialEq)]
enum Inside {
    /// In the body: each is a block.
    Body,
    /// In a cell, which is a block.
    Cell,
    /// In a note or the like, which is one block.
    Flow,
}

struct Reader<'a> {
    build: Build,
    styles: Styles,
    numbering: Numbering,
    /// Insertions and deletions that are open.
    changes: Vec<Change>,
    /// Fields that are open; true while their code is read, not their result.
    fields: Vec<bool>,
    /// The mark of the last paragraph, not yet written: what became of it.
    mark: Option<Vec<Change>>,
    /// Text boxes of the paragraph, which come behind it.
    boxes: Vec<(Node<'a>, Vec<Change>)>,
    /// Notes in the order of their references: the kind of part, the id, and what became of the reference.
    notes: Vec<(&'static str, &'a str, Vec<Change>)>,
    /// What comments are about, by their id.
    about: BTreeMap<&'a str, Range<usize>>,
    cell: Option<table::Cell>,
    n_paragraphs: usize,
    n_tables: u32,
}

impl<'a> Reader<'a> {
    fn read(archive: &Archive<'_>, main: &Part) -> Document {
        let mut build = Build::new(Format::Docx);
        let relations = office::relations(archive, &main.path).unwrap_or_else(|refusal| {
            build.refuse("relations", refusal);
            Vec::new()
        });
        let parts = parts(archive, &relations, &mut build);
        let of = |kind: &str| parts.iter().find(|(is, _)| is == kind).map(|(_, part)| part);
        let mut reader = Reader {
            build,
            styles: of("styles").map(|part| Styles::read(&part.tree)).unwrap_or_default(),
            numbering: of("numbering").map(|part| Numbering::read(&part.tree)).unwrap_or_default(),
            changes: Vec::new(),
            fields: Vec::new(),
            mark: None,
            boxes: Vec::new(),
            notes: Vec::new(),
            about: BTreeMap::new(),
            cell: None,
            n_paragraphs: 0,
            n_tables: 0,
        };
        let root = main.tree.root();
        reader.blocks(root.child("body").unwrap_or(root), Inside::Body);
        reader.close_mark();
        reader.notes(&parts);
        reader.comments(of("comments"));
        reader.running(&parts);
        if reader.build.text().trim().is_empty() {
            let what = "expected words, found none".into();
            reader.build.problem(
                "no-text",
                "document",
                what,
                "read the pictures, if there are any, with a text recogniser",
            );
        }
        reader.build.finish()
    }

    /// Reads paragraphs, tables and what holds them.
    fn blocks(&mut self, parent: Node<'a>, inside: Inside) {
        for node in parent.children() {
            if self.build.is_full() {
                return;
            }
            match node.name() {
                "p" => self.paragraph(node, inside),
                "tbl" => self.table(node, inside),
                "sdt" | "sdtContent" | "customXml" | "smartTag" => self.blocks(node, inside),
                "ins" | "moveTo" => self.changed(node, false, |reader| reader.blocks(node, inside)),
                "del" | "moveFrom" => self.changed(node, true, |reader| reader.blocks(node, inside)),
                "AlternateContent" => {
                    if let Some(chosen) = alternative(node) {
                        self.blocks(chosen, inside);
                    }
                }
                "commentRangeStart" | "commentRangeEnd" => self.comment_edge(node),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node<'a>, inside: Inside) {
        self.close_mark();
        let properties = node.child("pPr");
        let from = self.build.len();
        let (kind, mark) = self.kind(properties);
        if let Some(mark) = &mark {
            self.build.push(&mark.text);
            self.build.push("\t");
        }
        let start = self.build.len();
        self.inlines(node);
        self.fields.iter_mut().for_each(|is_code| *is_code = false);
        if inside == Inside::Body {
            if self.build.text().get(start..).is_some_and(|words| !words.trim().is_empty()) {
                self.n_paragraphs += 1;
                self.build.markup(trimmed_end(from..start, self.build.text()));
            } else if start == self.build.len() {
                self.build.cut(from);
            }
            self.build.block(start..self.build.len(), kind, format!("paragraph {}", self.n_paragraphs));
        }
        self.mark = Some(properties.and_then(|it| it.child("rPr")).map(mark_changes).unwrap_or_default());
        for (content, changes) in std::mem::take(&mut self.boxes) {
            self.within(changes, |reader| reader.blocks(content, inside));
        }
    }

    /// Writes the end of the paragraph before.
    fn close_mark(&mut self) {
        let Some(changes) = self.mark.take() else { return };
        let at = self.build.len();
        self.build.push("\n");
        for change in changes {
            self.build.revise(at..self.build.len(), &change);
        }
    }

    /// What a paragraph is, and its mark.
    fn kind(&mut self, properties: Option<Node<'_>>) -> (Kind, Option<Mark>) {
        let style = properties.and_then(|it| it.value("pStyle")).unwrap_or_default();
        let mark = self.numbering.mark(&self.styles, properties, style);
        if let Some(level) = properties.and_then(outline).or_else(|| self.styles.heading(style)) {
            return (Kind::Heading(level.clamp(1, 9)), mark);
        }
        let Some(mark) = mark else { return (Kind::Paragraph, None) };
        let depth = u8::try_from(mark.level + 1).unwrap_or(u8::MAX);
        (Kind::Item { depth, mark: mark.text.clone() }, Some(mark))
    }

    /// Does something under a revision that `node` states.
    fn changed(&mut self, node: Node<'a>, is_deleted: bool, what: impl FnOnce(&mut Self)) {
        self.within(vec![change(node, is_deleted)], what);
    }

    /// Does something under revisions.
    fn within(&mut self, changes: Vec<Change>, what: impl FnOnce(&mut Self)) {
        let (start, n_open) = (self.build.len(), self.changes.len());
        self.changes.extend(changes.iter().cloned());
        what(self);
        self.changes.truncate(n_open);
        for change in changes {
            self.build.revise(start..self.build.len(), &change);
        }
    }
}

/// All parts that the document points to, with the kind of relation.
fn parts(archive: &Archive<'_>, relations: &[Relation], build: &mut Build) -> Vec<(String, Part)> {
    const KINDS: [&str; 7] = ["styles", "numbering", "comments", "footnotes", "endnotes", "header", "footer"];
    /// Most heads and feet.
    const MOST: usize = 200;
    let mut parts: Vec<(String, Part)> = Vec::new();
    for relation in relations.iter().filter(|relation| KINDS.contains(&relation.kind.as_str())).take(MOST) {
        if parts.iter().any(|(_, part)| part.path == relation.path) {
            continue;
        }
        match office::part(archive, &relation.path) {
            Ok(Some(part)) => parts.push((relation.kind.clone(), part)),
            Ok(None) => {}
            Err(refusal @ Refusal::Encrypted) => {
                build.refuse(&relation.kind, refusal);
                break;
            }
            Err(refusal) => build.refuse(&relation.kind, refusal),
        }
    }
    parts
}

/// The alternative that is read: the first choice, else what stands in for it; never both.
fn alternative(node: Node<'_>) -> Option<Node<'_>> {
    node.child("Choice").or_else(|| node.child("Fallback"))
}

fn change(node: Node<'_>, is_deleted: bool) -> Change {
    let own = |name| node.attribute(name).unwrap_or_default().to_string();
    Change { is_deleted, author: own("author"), date: own("date") }
}

/// What became of the mark of a paragraph or a row, as its properties say.
fn mark_changes(properties: Node<'_>) -> Vec<Change> {
    let changes = properties.children().filter_map(|node| match node.name() {
        "ins" | "moveTo" => Some(change(node, false)),
        "del" | "moveFrom" => Some(change(node, true)),
        _ => None,
    });
    changes.collect()
}

fn trimmed_end(range: Range<usize>, text: &str) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default();
    range.start..range.start + words.trim_end().len()
}
