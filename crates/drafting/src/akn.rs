//! Akoma Ntoso 3.0, as the United Nations use it (AKN4UN): a marked resolution comes in, one XML document goes out.
//!
//! Titles are the preface, the enacting line a formula, preambular calls containers of the preamble, operative calls containers of
//! the main body with numbered paragraphs. Insertions and deletions stay, and refer to those who made them; remarks are notes of
//! the metadata. OASIS, Akoma Ntoso Version 1.0 Part 1 (2018); UN HLCM, AKN4UN guidelines, part 3.

mod address;
mod inline;
mod meta;
mod parts;

use std::collections::BTreeMap;

use crate::filed::{Note, Stories, is_all, is_cell, place};
use crate::xml::Xml;
use crate::{Change, Marked, Paragraph, Style};
use parts::{Group, Parts};

pub use meta::Meta;

/// Returns an Akoma Ntoso document of the marked text; valid against the schema of OASIS whatever the text.
///
/// Every insertion and deletion is an `ins` or `del` that refers to its authors; a paragraph that was struck whole has the status
/// `removed`. Citations of resolutions, recommendations and documents are references, with body and year where the citation says
/// enough to know them.
///
/// ```
/// use drafting::akn::{self, Meta};
/// use drafting::{Marked, Paragraph, Run, Style};
/// let line = |style, text: &str| Paragraph { style, runs: vec![Run { text: text.into(), ..Run::default() }], ..Paragraph::default() };
/// let paragraphs = vec![line(Style::Call, "resolves"), line(Style::Item(1), "1\tto go on.")];
/// let marked = Marked { paragraphs, ..Marked::default() };
/// let date = jiff::civil::date(2024, 10, 24);
/// let xml = akn::written(&marked, &Meta { body: "WTSA", number: "68", date, made: date, language: "en" });
/// assert!(xml.contains("<num>1</num><content eId=\"hcontainer_1__paragraph_1__content\"><p>to go on.</p></content>"));
/// ```
#[must_use]
pub fn written(marked: &Marked, meta: &Meta<'_>) -> String {
    let stories = Stories::of(marked.normal());
    let parts = Parts::of(&stories.body);
    let mut write = Write::new(&stories);
    write.xml.open("akomaNtoso", &[("xmlns", "http://docs.oasis-open.org/legaldocml/ns/akn/3.0")]);
    write.xml.open("statement", &[("name", "resolution"), ("contains", "originalVersion")]);
    meta::write(&mut write.xml, &stories, meta);
    write.preface(&parts.preface);
    write.preamble(&parts);
    write.main_body(&parts);
    write.xml.finish()
}

/// A document in the course of being written.
struct Write<'a> {
    xml: Xml,
    /// Notes by their label.
    notes: BTreeMap<usize, &'a Note>,
    /// For each remark, the last run that it is about.
    ends: BTreeMap<*const crate::Run, Vec<usize>>,
}

impl<'a> Write<'a> {
    fn new(stories: &'a Stories) -> Self {
        let notes = stories.notes.iter().map(|note| (note.label, note)).collect();
        let mut last: BTreeMap<usize, *const crate::Run> = BTreeMap::new();
        let paragraphs = stories.body.iter().chain(stories.notes.iter().flat_map(|note| &note.paragraphs));
        for run in paragraphs.flat_map(|paragraph| &paragraph.runs) {
            last.extend(run.remarks.iter().map(|remark| (*remark, std::ptr::from_ref(run))));
        }
        let mut ends: BTreeMap<*const crate::Run, Vec<usize>> = BTreeMap::new();
        for (remark, run) in last {
            ends.entry(run).or_default().push(remark);
        }
        Self { xml: Xml::new(), notes, ends }
    }

    /// Number, title and history.
    fn preface(&mut self, paragraphs: &[&'a Paragraph]) {
        if paragraphs.is_empty() {
            return;
        }
        self.xml.line();
        self.xml.open("preface", &[("eId", "preface")]);
        let mut titles = ["docNumber", "docTitle"].into_iter();
        for paragraph in paragraphs {
            match paragraph.style {
                Style::Heading(_) => self.line(paragraph, titles.next()),
                _ => self.line(paragraph, None),
            }
        }
        self.xml.close();
    }

    fn preamble(&mut self, parts: &Parts<'a>) {
        if parts.enacting.is_none() && parts.preamble.is_empty() {
            return;
        }
        self.xml.line();
        self.xml.open("preamble", &[("eId", "preamble")]);
        if let Some(enacting) = parts.enacting {
            self.xml.open("formula", &[("name", "enactingFormula"), ("eId", "preamble__formula")]);
            self.line(enacting, None);
            self.xml.close();
        }
        for (group, n) in parts.preamble.iter().zip(1..) {
            let id = format!("preamble__container_{n}");
            self.xml.line();
            self.xml.open("container", &[("name", "preambular"), ("eId", &id)]);
            group.call.into_iter().for_each(|call| self.line(call, None));
            self.blocks(&group.clauses, &id);
            self.xml.close();
        }
        self.xml.close();
    }

    fn main_body(&mut self, parts: &Parts<'a>) {
        self.xml.line();
        self.xml.open("mainBody", &[("eId", "body")]);
        if parts.main.is_empty() {
            self.xml.leaf("p", &[]);
        }
        for (group, n) in parts.main.iter().zip(1..) {
            let id = format!("hcontainer_{n}");
            self.xml.line();
            self.xml.open("hcontainer", &[("name", "operative"), ("eId", &id)]);
            if let Some(call) = group.call {
                self.xml.open("intro", &[("eId", &format!("{id}__intro"))]);
                self.line(call, None);
                self.xml.close();
            }
            self.clauses(group, &id);
            self.xml.close();
        }
        self.xml.close();
    }

    /// Operative clauses: each a paragraph, with those that stand deeper in its content.
    fn clauses(&mut self, group: &Group<'a>, id: &str) {
        let mut rest = &group.clauses[..];
        let mut n = 0;
        while let Some((clause, after)) = rest.split_first() {
            n += 1;
            let n_deeper = after.iter().take_while(|it| parts::depth(it) > parts::depth(clause).max(1)).count();
            let (deeper, after) = after.split_at(n_deeper);
            let id = format!("{id}__paragraph_{n}");
            let words = self.labelled("paragraph", clause, &id);
            let content = format!("{id}__content");
            self.xml.open("content", &[("eId", &content)]);
            if is_cell(clause) {
                self.blocks(&[&[*clause], deeper].concat(), &content);
            } else {
                self.xml.open("p", &[]);
                self.runs(&words);
                self.xml.close();
                self.blocks(deeper, &content);
            }
            self.xml.close();
            self.xml.close();
            rest = after;
        }
    }

    /// Opens the element of a clause, writes its label, and returns its words.
    fn labelled(&mut self, name: &'static str, clause: &'a Paragraph, id: &str) -> Vec<inline::Piece<'a>> {
        let mut values = vec![("eId", id)];
        values.extend(is_removed(clause).then_some(("status", "removed")));
        self.xml.line();
        self.xml.open(name, &values);
        let (label, words) = inline::parted(clause);
        if !label.is_empty() {
            self.xml.open("num", &[]);
            self.runs(&label);
            self.xml.close();
        }
        words
    }

    /// Clauses as blocks: items of lists in lists, cells in tables, all else as it stands.
    fn blocks(&mut self, paragraphs: &[&'a Paragraph], id: &str) {
        let mut rest = paragraphs;
        let mut n_lists = 0;
        while let Some(first) = rest.first() {
            let depth = parts::depth(first);
            let is_alike = |it: &&&Paragraph| match depth {
                0 => is_cell(first) && parts::table(it) == parts::table(first),
                _ => parts::depth(it) >= depth,
            };
            let n = rest.iter().take_while(is_alike).count().max(1);
            let (some, after) = rest.split_at(n);
            if depth > 0 {
                n_lists += 1;
                self.list(some, depth, &format!("{id}__list_{n_lists}"));
            } else if is_cell(first) {
                self.table(some);
            } else {
                self.line(first, None);
            }
            rest = after;
        }
    }

    fn list(&mut self, paragraphs: &[&'a Paragraph], depth: u8, id: &str) {
        self.xml.open("blockList", &[("eId", id)]);
        let mut rest = paragraphs;
        let mut n = 0;
        while let Some((item, after)) = rest.split_first() {
            n += 1;
            let (deeper, after) = after.split_at(after.iter().take_while(|it| parts::depth(it) > depth).count());
            let id = format!("{id}__item_{n}");
            let words = self.labelled("item", item, &id);
            self.xml.open("p", &[]);
            self.runs(&words);
            self.xml.close();
            self.blocks(deeper, &id);
            self.xml.close();
            rest = after;
        }
        self.xml.close();
    }

    fn table(&mut self, cells: &[&'a Paragraph]) {
        self.xml.open("table", &[]);
        let row = |cell: &Paragraph| place(cell).map(|[table, row, _]| [table, row]);
        for row in cells.chunk_by(|one, other| row(one) == row(other)) {
            self.xml.open("tr", &[]);
            for cell in row.chunk_by(|one, other| place(one) == place(other)) {
                self.xml.open("td", &[]);
                cell.iter().for_each(|paragraph| self.line(paragraph, None));
                self.xml.close();
            }
            self.xml.close();
        }
        self.xml.close();
    }

    /// A paragraph as a line, all of it in an element if one is named.
    fn line(&mut self, paragraph: &'a Paragraph, within: Option<&'static str>) {
        let status = is_removed(paragraph).then_some(("status", "removed"));
        self.xml.open("p", &status.into_iter().collect::<Vec<_>>());
        within.into_iter().for_each(|name| self.xml.open(name, &[]));
        let runs: Vec<inline::Piece<'a>> = paragraph.runs.iter().map(inline::Piece::whole).collect();
        self.runs(&runs);
        within.into_iter().for_each(|_| self.xml.close());
        self.xml.close();
    }
}

/// True for a paragraph that was struck whole.
fn is_removed(paragraph: &Paragraph) -> bool {
    matches!(paragraph.mark, Change::Deleted(_) | Change::Withdrawn { .. }) && is_all(paragraph, &paragraph.mark)
}
