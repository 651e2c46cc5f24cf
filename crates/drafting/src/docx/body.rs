//! The words of a Word document: paragraphs, runs and their changes, notes, remarks.

use std::collections::{BTreeMap, BTreeSet};

use super::reviewers::joined;
use super::styles;
use super::table::table;
use crate::filed::{Stories, is_cell, labels};
use crate::xml::Xml;
use crate::{Change, Emphasis, Paragraph, Run, Style};

const WORD: &[(&str, &str)] = &[("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")];

/// Where a run stands: its story (0 is the text, then the notes), its paragraph, its place in it.
type Place = (usize, usize, usize);

/// The parts with words in the course of being written.
pub(super) struct Body<'a> {
    pub xml: Xml,
    stories: &'a Stories,
    date: Option<&'a str>,
    /// Changes so far: each has its own number.
    n_changes: usize,
    /// The remarks that begin and end at a run.
    starts: BTreeMap<Place, BTreeSet<usize>>,
    ends: BTreeMap<Place, BTreeSet<usize>>,
    labels: BTreeSet<usize>,
}

impl<'a> Body<'a> {
    pub fn new(stories: &'a Stories, date: Option<&'a str>) -> Self {
        let mut stretches: BTreeMap<usize, (Place, Place)> = BTreeMap::new();
        let notes = stories.notes.iter().map(|note| &note.paragraphs);
        for (s, story) in [&stories.body].into_iter().chain(notes).enumerate() {
            for (p, paragraph) in story.iter().enumerate() {
                for (r, run) in paragraph.runs.iter().enumerate().filter(|(_, run)| !run.text.is_empty()) {
                    for remark in &run.remarks {
                        stretches.entry(*remark).or_insert(((s, p, r), (s, p, r))).1 = (s, p, r);
                    }
                }
            }
        }
        let (mut starts, mut ends): (BTreeMap<Place, BTreeSet<usize>>, BTreeMap<Place, BTreeSet<usize>>) =
            Default::default();
        for (remark, (start, end)) in stretches {
            starts.entry(start).or_default().insert(remark);
            ends.entry(end).or_default().insert(remark);
        }
        let labels = stories.notes.iter().map(|note| note.label).collect();
        Self { xml: Xml::new(), stories, date, n_changes: 0, starts, ends, labels }
    }

    pub fn document(&mut self) -> String {
        self.xml.open(
            "w:document",
            &[WORD[0], ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")],
        );
        self.xml.open("w:body", &[]);
        let body = &self.stories.body;
        let mut p = 0;
        while let Some(paragraph) = body.get(p) {
            self.xml.line();
            p = if is_cell(paragraph) { table(self, body, p) } else { self.paragraph((0, p), paragraph) };
        }
        if body.last().is_none_or(is_cell) {
            self.xml.leaf("w:p", &[]);
        }
        self.xml.open("w:sectPr", &[]);
        self.xml.leaf("w:footerReference", &[("w:type", "default"), ("r:id", "footer")]);
        self.xml.leaf("w:pgSz", &[("w:w", "11907"), ("w:h", "16840")]);
        let margins = ["w:top", "w:right", "w:bottom", "w:left"].map(|side| (side, "1418"));
        let rest = [("w:header", "720"), ("w:footer", "720"), ("w:gutter", "0")];
        self.xml.leaf("w:pgMar", &[&margins[..], &rest[..]].concat());
        self.finish()
    }

    pub fn footnotes(&mut self) -> String {
        self.xml.open("w:footnotes", WORD);
        for (id, kind, mark) in
            [("-1", "separator", "w:separator"), ("0", "continuationSeparator", "w:continuationSeparator")]
        {
            self.xml.open("w:footnote", &[("w:type", kind), ("w:id", id)]);
            self.xml.open("w:p", &[]);
            self.xml.open("w:r", &[]);
            self.xml.leaf(mark, &[]);
            (0..3).for_each(|_| self.xml.close());
        }
        for (note, n) in self.stories.notes.iter().zip(1..) {
            self.xml.line();
            self.xml.open("w:footnote", &[("w:id", &note.label.to_string())]);
            for (p, paragraph) in note.paragraphs.iter().enumerate() {
                self.paragraph((n, p), paragraph);
            }
            self.xml.close();
        }
        self.finish()
    }

    pub fn comments(&mut self) -> String {
        self.xml.open("w:comments", WORD);
        for (id, remark) in self.stories.remarks.iter().enumerate() {
            let (id, initials) = (id.to_string(), initials(&remark.author));
            let mut values = vec![("w:id", id.as_str()), ("w:author", &remark.author)];
            values.extend(remark.date.as_deref().map(|date| ("w:date", date)));
            values.push(("w:initials", &initials));
            self.xml.line();
            self.xml.open("w:comment", &values);
            for (p, line) in remark.text.split('\n').enumerate() {
                self.xml.open("w:p", &[]);
                self.style("w:pPr", "w:pStyle", Some("CommentText"));
                if p == 0 {
                    self.mark_run("CommentReference", "w:annotationRef", &[]);
                }
                self.run(line, Emphasis::default(), "w:t");
                self.xml.close();
            }
            self.xml.close();
        }
        self.finish()
    }

    fn finish(&mut self) -> String {
        std::mem::replace(&mut self.xml, Xml::new()).finish()
    }

    /// Writes a paragraph, and returns the place of the next.
    pub fn paragraph(&mut self, (s, p): (usize, usize), paragraph: &Paragraph) -> usize {
        self.xml.open("w:p", &[]);
        self.properties(paragraph);
        if s > 0 && p == 0 {
            self.mark_run("FootnoteReference", "w:footnoteRef", &[]);
            self.run(" ", Emphasis::default(), "w:t");
        }
        let may_refer = s == 0 && paragraph.style != Style::Note;
        for (r, run) in paragraph.runs.iter().enumerate() {
            for remark in self.starts.remove(&(s, p, r)).unwrap_or_default() {
                self.xml.leaf("w:commentRangeStart", &[("w:id", &remark.to_string())]);
            }
            self.changed(run, may_refer);
            for remark in self.ends.remove(&(s, p, r)).unwrap_or_default() {
                self.xml.leaf("w:commentRangeEnd", &[("w:id", &remark.to_string())]);
                self.remark(remark);
            }
            if run.text.is_empty() {
                run.remarks.iter().for_each(|remark| self.remark(*remark));
            }
        }
        self.xml.close();
        p + 1
    }

    /// The style, then what was done to the mark: it stands last.
    fn properties(&mut self, paragraph: &Paragraph) {
        let style = styles::id(paragraph);
        if style.is_none() && paragraph.mark.is_kept() {
            return;
        }
        self.xml.open("w:pPr", &[]);
        if let Some(style) = style {
            self.xml.leaf("w:pStyle", &[("w:val", style)]);
        }
        if !paragraph.mark.is_kept() {
            self.xml.open("w:rPr", &[]);
            self.changes(&paragraph.mark, |xml, name, values| xml.leaf(name, values));
            self.xml.close();
        }
        self.xml.close();
    }

    /// Writes who changed something and when, once for an insertion and once for a deletion; returns how many there are.
    pub fn changes(&mut self, change: &Change, write: impl Fn(&mut Xml, &'static str, &[(&str, &str)])) -> usize {
        let by = [
            ("w:ins", joined(change.inserted(), &self.stories.authors), change.inserted().next()),
            ("w:del", joined(change.deleted(), &self.stories.authors), change.deleted().next()),
        ];
        let mut n = 0;
        for (name, author, _) in by.into_iter().filter(|(.., first)| first.is_some()) {
            self.n_changes += 1;
            let id = self.n_changes.to_string();
            let mut values = vec![("w:id", id.as_str()), ("w:author", &author)];
            values.extend(self.date.map(|date| ("w:date", date)));
            write(&mut self.xml, name, &values);
            n += 1;
        }
        n
    }

    fn changed(&mut self, run: &Run, may_refer: bool) {
        if run.text.is_empty() {
            return;
        }
        let n_open = self.changes(&run.change, |xml, name, values| xml.open(name, values));
        let element = if run.change.deleted().next().is_some() { "w:delText" } else { "w:t" };
        let mut at = 0;
        for label in labels(&run.text).filter(|_| may_refer) {
            let number = run.text[label.start + 2..label.end - 1].parse().ok();
            let Some(number) = number.filter(|number| self.labels.contains(number)) else { continue };
            self.run(&run.text[at..label.start], run.emphasis, element);
            self.reference(number, run.emphasis);
            at = label.end;
        }
        self.run(&run.text[at..], run.emphasis, element);
        (0..n_open).for_each(|_| self.xml.close());
    }

    fn reference(&mut self, number: usize, emphasis: Emphasis) {
        self.xml.open("w:r", &[]);
        self.emphasis(emphasis, Some("FootnoteReference"));
        self.xml.leaf("w:footnoteReference", &[("w:id", &number.to_string())]);
        self.xml.close();
    }

    fn remark(&mut self, remark: usize) {
        self.mark_run("CommentReference", "w:commentReference", &[("w:id", &remark.to_string())]);
    }

    fn mark_run(&mut self, style: &str, mark: &str, values: &[(&str, &str)]) {
        self.xml.open("w:r", &[]);
        self.style("w:rPr", "w:rStyle", Some(style));
        self.xml.leaf(mark, values);
        self.xml.close();
    }

    fn style(&mut self, properties: &'static str, name: &str, style: Option<&str>) {
        if let Some(style) = style {
            self.xml.open(properties, &[]);
            self.xml.leaf(name, &[("w:val", style)]);
            self.xml.close();
        }
    }

    fn emphasis(&mut self, emphasis: Emphasis, style: Option<&str>) {
        if emphasis == Emphasis::default() {
            return self.style("w:rPr", "w:rStyle", style);
        }
        self.xml.open("w:rPr", &[]);
        if let Some(style) = style {
            self.xml.leaf("w:rStyle", &[("w:val", style)]);
        }
        for name in [("w:b", emphasis.is_bold), ("w:i", emphasis.is_italic)].iter().filter(|it| it.1).map(|it| it.0) {
            self.xml.leaf(name, &[]);
        }
        self.xml.close();
    }

    /// Writes words, and what stands for letters that are no words in Word.
    fn run(&mut self, text: &str, emphasis: Emphasis, element: &'static str) {
        if text.is_empty() {
            return;
        }
        self.xml.open("w:r", &[]);
        self.emphasis(emphasis, None);
        let mut at = 0;
        for (special, letter) in text.match_indices(['\t', '\n', '\u{2011}', '\u{ad}']) {
            self.words(&text[at..special], element);
            let name = match letter {
                "\t" => "w:tab",
                "\n" => "w:br",
                "\u{2011}" => "w:noBreakHyphen",
                _ => "w:softHyphen",
            };
            self.xml.leaf(name, &[]);
            at = special + letter.len();
        }
        self.words(&text[at..], element);
        self.xml.close();
    }

    fn words(&mut self, text: &str, element: &'static str) {
        if !text.is_empty() {
            self.xml.word(element, &[("xml:space", "preserve")], text);
        }
    }
}

/// The first letters of the words of a name, at most three.
fn initials(author: &str) -> String {
    author.split_whitespace().filter_map(|word| word.chars().next()).take(3).collect()
}
