//! What stands inside a paragraph: runs, links, fields, insertions and deletions, edges of remarks.

use std::collections::{BTreeMap, BTreeSet};

use document::package::{Node, letter};

use super::read::{Reader, Reference};
use crate::{Change, Emphasis, Run};

/// Most remarks that are about one word.
const OPEN: usize = 100;
/// Most fields inside each other.
const FIELDS: usize = 100;
/// Most bytes of words.
const WORDS: usize = 64 << 20;

impl<'a> Reader<'a> {
    /// Reads runs and what holds them.
    pub(super) fn inlines(&mut self, parent: Node<'a>) {
        for node in parent.children() {
            match node.name() {
                "r" => self.run(node),
                "hyperlink" | "smartTag" | "sdt" | "sdtContent" | "customXml" | "fldSimple" | "dir" | "bdo" => {
                    self.inlines(node);
                }
                "ins" | "moveTo" | "del" | "moveFrom" => self.changed(node, |reader| reader.inlines(node)),
                "commentRangeStart" | "commentRangeEnd" => self.edge(node),
                "oMath" | "oMathPara" => {
                    node.below()
                        .filter(|part| part.name() == "t")
                        .for_each(|part| self.words(part.text(), Emphasis::default()));
                }
                "AlternateContent" => {
                    if let Some(chosen) = alternative(node) {
                        self.inlines(chosen);
                    }
                }
                _ => {}
            }
        }
    }

    /// Reads what stands under a change.
    pub(super) fn changed(&mut self, node: Node<'a>, what: impl FnOnce(&mut Self)) {
        let before = self.change.clone();
        self.change = self.with(&before, node);
        what(self);
        self.change = before;
    }

    /// A change, and that which `node` states upon it.
    pub(super) fn with(&mut self, change: &Change, node: Node<'_>) -> Change {
        let by = self.reviewers.of(node.attribute("author").unwrap_or_default());
        upon(change, by, matches!(node.name(), "del" | "moveFrom"))
    }

    fn run(&mut self, node: Node<'a>) {
        let properties = node.child("rPr");
        if properties.is_some_and(|properties| properties.is_on("vanish")) {
            // Edges of fields count where nobody sees them.
            node.children().filter(|it| it.name() == "fldChar").for_each(|it| self.field(it));
            return;
        }
        let style = properties.and_then(|it| it.value("rStyle")).and_then(|style| self.letters.get(style)).copied();
        let mut emphasis = style.unwrap_or_default();
        if let Some(properties) = properties {
            let own =
                |name, inherited| if properties.child(name).is_some() { properties.is_on(name) } else { inherited };
            emphasis = Emphasis { is_italic: own("i", emphasis.is_italic), is_bold: own("b", emphasis.is_bold) };
        }
        self.run_parts(node, emphasis);
    }

    fn run_parts(&mut self, parent: Node<'a>, emphasis: Emphasis) {
        for node in parent.children() {
            match node.name() {
                "fldChar" => self.field(node),
                "t" | "delText" => self.words(node.text(), emphasis),
                "tab" | "ptab" => self.words("\t", emphasis),
                "br" | "cr" => self.words("\n", emphasis),
                "noBreakHyphen" => self.words("\u{2011}", emphasis),
                "softHyphen" => self.words("\u{ad}", emphasis),
                "sym" => {
                    let code = node.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
                    let letter = code.and_then(|code| letter(node.attribute("font").unwrap_or_default(), code));
                    self.words(letter.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]), emphasis);
                }
                "footnoteReference" | "endnoteReference" => self.note(node, emphasis),
                "commentReference" => self.point(node),
                "drawing" | "pict" | "object" => self.find_boxes(node),
                "ruby" => node.children().filter(|it| it.name() == "rubyBase").for_each(|base| self.inlines(base)),
                "AlternateContent" => {
                    if let Some(chosen) = alternative(node) {
                        self.run_parts(chosen, emphasis);
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds words, unless they belong to the code of a field.
    fn words(&mut self, words: &str, emphasis: Emphasis) {
        if words.is_empty() || self.fields.contains(&true) {
            return;
        }
        self.n_bytes += words.len();
        if self.n_bytes > WORDS {
            return self.refuse("document", too_large(&format!("{WORDS} bytes of words")));
        }
        let (change, remarks) = (self.change.clone(), self.open.values().copied().collect::<BTreeSet<usize>>());
        match self.runs.last_mut() {
            Some(last)
                if !last.text.is_empty()
                    && (&last.change, last.emphasis, &last.remarks) == (&change, emphasis, &remarks) =>
            {
                last.text.push_str(words);
            }
            _ => self.runs.push(Run { text: words.into(), change, emphasis, remarks }),
        }
    }

    fn field(&mut self, node: Node<'_>) {
        match node.attribute("fldCharType").unwrap_or_default() {
            "begin" if self.fields.len() < FIELDS => self.fields.push(true),
            "separate" => {
                if let Some(is_code) = self.fields.last_mut() {
                    *is_code = false;
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// A reference to a note: its number stands in the text, its words are read behind it.
    fn note(&mut self, node: Node<'a>, emphasis: Emphasis) {
        let kind = if node.name() == "footnoteReference" { "footnotes" } else { "endnotes" };
        let Some(id) = node.attribute("id").filter(|id| self.known_notes.contains_key(&(kind, *id))) else { return };
        let known = self.note_labels.get(&(kind, id)).copied();
        let label = known.unwrap_or_else(|| self.next_label());
        self.words(&format!("[^{label}]"), emphasis);
        if known.is_none() {
            let change = self.change.clone();
            self.note_labels.insert((kind, id), label);
            self.notes.push(Reference { kind, id, label, change });
        }
    }

    /// Keeps the text boxes of a drawing for the end of the paragraph.
    fn find_boxes(&mut self, node: Node<'a>) {
        match node.name() {
            "txbxContent" => self.boxes.push((node, self.change.clone())),
            "AlternateContent" => {
                if let Some(chosen) = alternative(node) {
                    self.find_boxes(chosen);
                }
            }
            _ => node.children().for_each(|child| self.find_boxes(child)),
        }
    }

    /// What a remark is about begins or ends.
    pub(super) fn edge(&mut self, node: Node<'a>) {
        let Some(id) = node.attribute("id") else { return };
        if node.name() == "commentRangeEnd" {
            self.open.remove(id);
        } else if let Some(remark) = self.remark(id) {
            if self.open.len() >= OPEN {
                return self.refuse("remarks", too_large(&format!("{OPEN} remarks about one word")));
            }
            // An id that is used twice begins once.
            if self.begun.insert(id) {
                self.open.insert(id, remark);
            }
        }
    }

    /// A remark without a stretch is about a point.
    fn point(&mut self, node: Node<'a>) {
        if let Some(remark) = node.attribute("id").and_then(|id| self.remark(id)) {
            self.runs.push(Run { remarks: [remark].into(), ..Run::default() });
        }
    }

    fn remark(&self, id: &str) -> Option<usize> {
        self.remarks.get(id).copied()
    }
}

fn too_large(most: &str) -> document::package::Refusal {
    document::package::Refusal::TooLarge(format!("expected at most {most}, found more"))
}

/// The alternative that is read: the first choice, else what stands in for it; never both.
pub(super) fn alternative(node: Node<'_>) -> Option<Node<'_>> {
    node.child("Choice").or_else(|| node.child("Fallback"))
}

/// A change upon another: who strikes what another added withdraws it, and who does as another did does it with him.
pub(super) fn upon(change: &Change, by: BTreeSet<usize>, is_deleted: bool) -> Change {
    let (mut inserted, mut deleted): (BTreeSet<usize>, BTreeSet<usize>) =
        (change.inserted().collect(), change.deleted().collect());
    if is_deleted {
        deleted.extend(by)
    } else {
        inserted.extend(by)
    }
    Change::of(inserted, deleted)
}

/// Remarks by their id, as the file numbers them.
pub(super) type Ids<'a> = BTreeMap<&'a str, usize>;
