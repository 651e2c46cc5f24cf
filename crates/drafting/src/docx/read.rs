//! Reading: an archive comes in, a marked text with everybody's changes and remarks goes out, or one sentence that says why not.

use std::collections::{BTreeMap, BTreeSet};

use document::package::{Archive, Node, Numbering, Part, Refusal, Relation, Styles, main_part, part, relations};
use fact::{Evidence, Problem};

use super::inline::{Ids, alternative};
use super::lists::{Lists, Numbered};
use super::reviewers::Reviewers;
use super::styles::style;
use crate::filed::{LAST_COLUMN, labels, settle_marks};
use crate::{Change, Emphasis, Marked, Paragraph, Remark, Run, Style};

/// Most remarks of a document.
const REMARKS: usize = 10_000;
/// A file that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The text in its normal form.
    pub marked: Marked,
    /// Parts and stretches that could not be read; empty where all was.
    pub problems: Vec<Problem>,
}

/// Reads a Word document (.docx, .docm) with all tracked changes and remarks, as [`Marked::normal`] has them.
///
/// Moves are a deletion and an insertion; what one added and another struck is [`Change::Withdrawn`]; marks of lists are counted
/// and become words, for the base without what was added, for the result without what was struck. A table is its cells. Dates
/// are kept of remarks, not of changes. Where a part beside the text cannot be read, the rest is, and a problem says so.
///
/// # Errors
/// The problem, where the file is no Word document, is damaged, needs a password, or would grow beyond a bound when unpacked.
pub fn read(bytes: &[u8]) -> Result<Reading, Box<Problem>> {
    let archive = Archive::open(bytes).map_err(|refusal| Box::new(refused("document", refusal)))?;
    let main = main_part(&archive, "word/document.xml").map_err(|refusal| Box::new(refused("document", refusal)))?;
    let root = main.tree.root();
    let Some(body) = root.child("body").filter(|_| root.name() == "document") else {
        let name: String = root.name().chars().take(40).collect();
        let what = format!("expected the text of a Word document in `{}`, found `{name}`", main.path);
        return Err(Box::new(problem("not-word", "document", what, "add the .docx itself")));
    };
    let mut problems = Vec::new();
    let parts = parts(&archive, &main, &mut problems);
    let reviewers = Reviewers::listed(&archive).unwrap_or_else(|refusal| {
        problems.push(refused("authors", refusal));
        Reviewers::default()
    });
    let of = |kind: &str| parts.iter().find(|(is, _)| is == kind).map(|(_, part)| part.tree.root());
    let tree = |kind: &str| parts.iter().find(|(is, _)| is == kind).map(|(_, part)| &part.tree);
    let styles = tree("styles").map(Styles::read).unwrap_or_default();
    let numbering = tree("numbering").map(Numbering::read).unwrap_or_default();
    let reader = Reader { styles: &styles, reviewers, problems, ..Reader::default_of(&styles) };
    Ok(reader.read(body, &of, Lists::new(numbering, &styles)))
}

/// A reference to a note.
pub(super) struct Reference<'a> {
    pub kind: &'static str,
    pub id: &'a str,
    pub label: usize,
    pub change: Change,
}

/// A document in the course of being read.
pub(super) struct Reader<'a> {
    pub styles: &'a Styles,
    pub reviewers: Reviewers,
    /// What is being done to what is read.
    pub change: Change,
    /// Fields that are open; true while their code is read, not their result.
    pub fields: Vec<bool>,
    /// The runs of the paragraph so far.
    pub runs: Vec<Run>,
    /// Bytes of words so far.
    pub n_bytes: usize,
    /// Remarks by their id, those that were begun, and those that are open.
    pub remarks: Ids<'a>,
    pub begun: BTreeSet<&'a str>,
    pub open: Ids<'a>,
    /// Styles of letters.
    pub letters: BTreeMap<&'a str, Emphasis>,
    /// Text boxes of the paragraph, which come behind it.
    pub boxes: Vec<(Node<'a>, Change)>,
    /// The notes that there are, and the references to them so far.
    pub known_notes: BTreeMap<(&'static str, &'a str), Node<'a>>,
    pub notes: Vec<Reference<'a>>,
    pub note_labels: BTreeMap<(&'static str, &'a str), usize>,
    /// Labels that stand in the text as mere words.
    words: BTreeSet<usize>,
    /// What paragraphs are where their style does not say: cells and notes.
    inside: Option<Style>,
    n_tables: u32,
    paragraphs: Vec<Paragraph>,
    numbers: Vec<Numbered<'a>>,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn default_of(styles: &'a Styles) -> Self {
        Self {
            styles,
            reviewers: Reviewers::default(),
            change: Change::Kept,
            fields: Vec::new(),
            runs: Vec::new(),
            n_bytes: 0,
            remarks: Ids::new(),
            begun: BTreeSet::new(),
            open: Ids::new(),
            letters: BTreeMap::new(),
            boxes: Vec::new(),
            known_notes: BTreeMap::new(),
            notes: Vec::new(),
            note_labels: BTreeMap::new(),
            words: BTreeSet::new(),
            inside: None,
            n_tables: 0,
            paragraphs: Vec::new(),
            numbers: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn read(mut self, body: Node<'a>, of: &impl Fn(&str) -> Option<Node<'a>>, mut lists: Lists<'_>) -> Reading {
        self.letters = of("styles").map(letters).unwrap_or_default();
        for kind in ["footnotes", "endnotes"] {
            let notes = of(kind).into_iter().flat_map(Node::children);
            let notes = notes.filter(|note| matches!(note.attribute("type"), None | Some("normal")));
            self.known_notes.extend(notes.filter_map(|note| Some(((kind, note.attribute("id")?), note))));
        }
        for root in [Some(body), of("footnotes"), of("endnotes")].into_iter().flatten() {
            self.words.extend(root.below().filter(|node| matches!(node.name(), "t" | "delText")).flat_map(numbers));
        }
        let remarks = of("comments").map(|root| self.remarks_of(root)).unwrap_or_default();
        self.blocks(body);
        settle_marks(&mut self.paragraphs);
        lists.write(&mut self.paragraphs, &self.numbers);
        let mut paragraphs = std::mem::take(&mut self.paragraphs);
        for note in std::mem::take(&mut self.notes) {
            paragraphs.extend(self.note_of(&note, &mut lists));
        }
        let marked = Marked { authors: std::mem::take(&mut self.reviewers.names), paragraphs, remarks };
        Reading { marked: marked.normal(), problems: self.problems }
    }

    /// Reads paragraphs, tables and what holds them.
    fn blocks(&mut self, parent: Node<'a>) {
        for node in parent.children() {
            match node.name() {
                "p" => self.paragraph(node),
                "tbl" => self.table(node),
                "sdt" | "sdtContent" | "customXml" | "smartTag" => self.blocks(node),
                "ins" | "moveTo" | "del" | "moveFrom" => self.changed(node, |reader| reader.blocks(node)),
                "AlternateContent" => {
                    if let Some(chosen) = alternative(node) {
                        self.blocks(chosen);
                    }
                }
                "commentRangeStart" | "commentRangeEnd" => self.edge(node),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node<'a>) {
        let properties = node.child("pPr");
        let id = properties.and_then(|it| it.value("pStyle")).unwrap_or_default();
        self.inlines(node);
        self.fields.iter_mut().for_each(|is_code| *is_code = false);
        let mut mark = self.change.clone();
        for change in properties.and_then(|it| it.child("rPr")).into_iter().flat_map(Node::children) {
            if matches!(change.name(), "ins" | "moveTo" | "del" | "moveFrom") {
                mark = self.with(&mark, change);
            }
        }
        let style = self.inside.unwrap_or_else(|| style(self.styles, properties, id));
        self.paragraphs.push(Paragraph { style, runs: std::mem::take(&mut self.runs), mark });
        self.numbers.push(Numbered { properties, style: id });
        for (content, change) in std::mem::take(&mut self.boxes) {
            let before = std::mem::replace(&mut self.change, change);
            self.blocks(content);
            self.change = before;
        }
    }

    fn table(&mut self, node: Node<'a>) {
        let (outer, table) = (self.inside, self.n_tables);
        self.n_tables = self.n_tables.saturating_add(1);
        let mut row = 0;
        self.rows(node, table, &mut row);
        self.inside = outer;
    }

    fn rows(&mut self, parent: Node<'a>, table: u32, row: &mut u32) {
        for node in parent.children() {
            match node.name() {
                "tr" => {
                    let properties = node.child("trPr");
                    let before = properties.and_then(|it| it.value("gridBefore")).and_then(|n| n.parse().ok());
                    let mut column: u32 = before.unwrap_or(0);
                    self.under(properties, &["ins", "del"], |reader| reader.cells(node, [table, *row], &mut column));
                    *row = row.saturating_add(1);
                }
                "sdt" | "sdtContent" | "customXml" => self.rows(node, table, row),
                _ => {}
            }
        }
    }

    fn cells(&mut self, parent: Node<'a>, [table, row]: [u32; 2], column: &mut u32) {
        for node in parent.children() {
            match node.name() {
                "tc" => {
                    let properties = node.child("tcPr");
                    let span = properties.and_then(|it| it.value("gridSpan")).and_then(|span| span.parse().ok());
                    // In a note, cells are paragraphs of the note.
                    let is_note = self.inside == Some(Style::Note);
                    let cell = Style::Cell { table, row, column: (*column).min(LAST_COLUMN) };
                    let outer = self.inside.replace(if is_note { Style::Note } else { cell });
                    self.under(properties, &["cellIns", "cellDel"], |reader| reader.blocks(node));
                    self.inside = outer;
                    *column = column.saturating_add(span.unwrap_or(1).clamp(1, LAST_COLUMN));
                }
                "sdt" | "sdtContent" | "customXml" => self.cells(node, [table, row], column),
                _ => {}
            }
        }
    }

    /// Reads what stands under the changes that properties of a row or a cell state: an insertion, a deletion.
    fn under(&mut self, properties: Option<Node<'a>>, names: &[&str; 2], what: impl FnOnce(&mut Self)) {
        let before = self.change.clone();
        for (name, is_deleted) in names.iter().zip([false, true]) {
            if let Some(node) = properties.and_then(|it| it.child(name)) {
                let by = self.reviewers.of(node.attribute("author").unwrap_or_default());
                self.change = super::inline::upon(&self.change, by, is_deleted);
            }
        }
        what(self);
        self.change = before;
    }

    /// The paragraphs of a note, the first with its label.
    fn note_of(&mut self, note: &Reference<'a>, lists: &mut Lists<'_>) -> Vec<Paragraph> {
        let Some(node) = self.known_notes.get(&(note.kind, note.id)).copied() else { return Vec::new() };
        (self.inside, self.numbers) = (Some(Style::Note), Vec::new());
        self.blocks(node);
        let mut paragraphs = std::mem::take(&mut self.paragraphs);
        lists.write(&mut paragraphs, &self.numbers);
        if let Some(first) = paragraphs.first_mut() {
            let text = format!("[^{}]: ", note.label);
            first.runs.insert(0, Run { text, change: note.change.clone(), ..Run::default() });
        }
        paragraphs
    }

    /// The next number that no words of the text have.
    pub(super) fn next_label(&self) -> usize {
        let last = self.notes.last().map_or(0, |note| note.label);
        (last + 1..).find(|label| !self.words.contains(label)).unwrap_or(usize::MAX)
    }

    /// Reads the remarks, and which id each has.
    fn remarks_of(&mut self, root: Node<'a>) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for node in root.children().filter(|node| node.name() == "comment") {
            if remarks.len() >= REMARKS {
                let what = format!("expected at most {REMARKS} remarks, found more");
                self.refuse("remarks", Refusal::TooLarge(what));
                break;
            }
            let id = node.attribute("id").unwrap_or_default();
            if self.remarks.contains_key(id) {
                let what = format!(
                    "expected remarks with an id each, found `{}` twice",
                    id.chars().take(40).collect::<String>()
                );
                self.refuse("remarks", Refusal::Damaged(what));
            }
            self.remarks.entry(id).or_insert(remarks.len());
            let text: Vec<String> = node.below().filter(|it| it.name() == "p").map(line).collect();
            remarks.push(Remark {
                author: node.attribute("author").unwrap_or_default().into(),
                date: node.attribute("date").map(String::from),
                text: text.join("\n"),
            });
        }
        remarks
    }

    /// Tells once what could not be read.
    pub(super) fn refuse(&mut self, place: &str, refusal: Refusal) {
        let problem = refused(place, refusal);
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// The words of a paragraph of a remark.
fn line(paragraph: Node<'_>) -> String {
    let parts = paragraph.below().filter(|node| node.name() == "r").flat_map(Node::children);
    let words = parts.map(|part| match part.name() {
        "t" => part.text(),
        "tab" => "\t",
        "br" | "cr" => "\n",
        "noBreakHyphen" => "\u{2011}",
        "softHyphen" => "\u{ad}",
        _ => "",
    });
    words.collect()
}

/// The numbers that stand as labels of notes in the words of an element.
fn numbers(node: Node<'_>) -> impl Iterator<Item = usize> {
    labels(node.text()).filter_map(move |label| node.text()[label.start + 2..label.end - 1].parse().ok())
}

/// How the styles of letters set them.
fn letters(styles: Node<'_>) -> BTreeMap<&str, Emphasis> {
    let of_letters = styles.children().filter(|style| style.attribute("type") == Some("character"));
    let set = of_letters.filter_map(|style| {
        let properties = style.child("rPr")?;
        Some((
            style.attribute("styleId")?,
            Emphasis { is_italic: properties.is_on("i"), is_bold: properties.is_on("b") },
        ))
    });
    set.collect()
}

/// The parts that a text needs, with the kind of relation.
fn parts(archive: &Archive<'_>, main: &Part, problems: &mut Vec<Problem>) -> Vec<(String, Part)> {
    const KINDS: [&str; 5] = ["styles", "numbering", "comments", "footnotes", "endnotes"];
    let relations = relations(archive, &main.path).unwrap_or_else(|refusal| {
        problems.push(refused("relations", refusal));
        Vec::new()
    });
    let mut parts: Vec<(String, Part)> = Vec::new();
    for Relation { kind, path, .. } in relations {
        if !KINDS.contains(&kind.as_str()) || parts.iter().any(|(is, _)| *is == kind) {
            continue;
        }
        match part(archive, &path) {
            Ok(Some(part)) => parts.push((kind, part)),
            Ok(None) => {
                let what = format!("expected the part `{path}`, found none");
                problems.push(refused(&kind, Refusal::Damaged(what)));
            }
            Err(refusal) => problems.push(refused(&kind, refusal)),
        }
    }
    parts
}

fn refused(place: &str, refusal: Refusal) -> Problem {
    let (kind, what, hint) = refusal.told();
    problem(kind, place, what, hint)
}

fn problem(kind: &'static str, place: &str, what: String, hint: &str) -> Problem {
    Problem { kind, evidence: Evidence::new(0..0, place, ""), what, hint: hint.into() }
}
