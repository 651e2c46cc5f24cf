//! What stands inside a paragraph: runs, links, fields, insertions and deletions.

use super::{Reader, alternative, symbol};
use crate::tree::Node;

impl<'a> Reader<'a> {
    /// Reads runs and what holds them.
    pub(super) fn inlines(&mut self, parent: Node<'a>) {
        for node in parent.children() {
            match node.name() {
                "r" => self.run(node),
                "hyperlink" | "smartTag" | "sdt" | "sdtContent" | "customXml" | "fldSimple" | "dir" | "bdo" => {
                    self.inlines(node);
                }
                "ins" | "moveTo" => self.changed(node, false, |reader| reader.inlines(node)),
                "del" | "moveFrom" => self.changed(node, true, |reader| reader.inlines(node)),
                "commentRangeStart" | "commentRangeEnd" => self.comment_edge(node),
                "oMath" | "oMathPara" => self.formula(node),
                "AlternateContent" => {
                    if let Some(chosen) = alternative(node) {
                        self.inlines(chosen);
                    }
                }
                _ => {}
            }
        }
    }

    fn run(&mut self, node: Node<'a>) {
        let is_hidden = node.child("rPr").is_some_and(|properties| properties.is_on("vanish"));
        self.run_parts(node, is_hidden);
    }

    fn run_parts(&mut self, parent: Node<'a>, is_hidden: bool) {
        for node in parent.children() {
            match node.name() {
                "fldChar" => self.field(node.attribute("fldCharType").unwrap_or_default()),
                _ if is_hidden => {}
                "t" | "delText" => self.words(node.text()),
                "tab" | "ptab" => self.words("\t"),
                "br" | "cr" => self.words("\n"),
                "noBreakHyphen" => self.words("\u{2011}"),
                "softHyphen" => self.words("\u{ad}"),
                "sym" => self.symbol(node),
                "footnoteReference" => self.note("footnotes", node),
                "endnoteReference" => self.note("endnotes", node),
                "commentReference" => self.comment_point(node),
                "drawing" | "pict" | "object" => self.find_boxes(node),
                "ruby" => node.children().filter(|it| it.name() == "rubyBase").for_each(|base| self.inlines(base)),
                "AlternateContent" => {
                    if let Some(chosen) = alternative(node) {
                        self.run_parts(chosen, is_hidden);
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds words, unless they belong to the code of a field.
    fn words(&mut self, words: &str) {
        if !self.fields.contains(&true) {
            self.build.push(words);
        }
    }

    fn field(&mut self, edge: &str) {
        /// Most fields inside each other.
        const DEPTH: usize = 100;
        match edge {
            "begin" if self.fields.len() < DEPTH => self.fields.push(true),
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

    fn symbol(&mut self, node: Node<'_>) {
        let code = node.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
        let letter = code.and_then(|code| symbol::letter(node.attribute("font").unwrap_or_default(), code));
        if let Some(letter) = letter {
            self.words(letter.encode_utf8(&mut [0; 4]));
        }
    }

    /// The letters of a formula, one after the other.
    fn formula(&mut self, node: Node<'_>) {
        for part in node.below().filter(|part| part.name() == "t") {
            self.words(part.text());
        }
    }

    fn note(&mut self, part: &'static str, node: Node<'a>) {
        if let Some(id) = node.attribute("id") {
            self.notes.push((part, id, self.changes.clone()));
        }
    }

    /// Keeps the text boxes of a drawing for the end of the paragraph.
    fn find_boxes(&mut self, node: Node<'a>) {
        match node.name() {
            "txbxContent" => self.boxes.push((node, self.changes.clone())),
            "AlternateContent" => {
                if let Some(chosen) = alternative(node) {
                    self.find_boxes(chosen);
                }
            }
            _ => node.children().for_each(|child| self.find_boxes(child)),
        }
    }

    pub(super) fn comment_edge(&mut self, node: Node<'a>) {
        let Some(id) = node.attribute("id") else { return };
        let at = self.build.len();
        if node.name() == "commentRangeStart" {
            self.about.insert(id, at..at);
        } else if let Some(about) = self.about.get_mut(id) {
            about.end = at.max(about.start);
        }
    }

    /// A comment without a stretch of text is about a point.
    fn comment_point(&mut self, node: Node<'a>) {
        let at = self.build.len();
        if let Some(id) = node.attribute("id") {
            self.about.entry(id).or_insert(at..at);
        }
    }
}
