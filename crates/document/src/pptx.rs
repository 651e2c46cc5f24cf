//! Presentations of Office Open XML (.pptx): slides in their order come in, titles, bullets, cells and notes go out.

use crate::build::{Build, trimmed};
use crate::office::{self, Part};
use crate::tree::Node;
use crate::zip::{Archive, Refusal};
use crate::{Comment, Document, Format, Kind};

/// Most slides.
const SLIDES: usize = 5_000;

/// Reads a presentation.
pub(crate) fn read(archive: &Archive<'_>) -> Document {
    let mut reader = Reader { archive, build: Build::new(Format::Pptx), authors: Vec::new(), n_tables: 0, slide: 0 };
    if let Err(refusal) = reader.slides() {
        reader.build.refuse("presentation", refusal);
    } else if reader.build.text().trim().is_empty() {
        let what = "expected words, found none".into();
        reader.build.problem("no-text", "presentation", what, "read the pictures with a text recogniser");
    }
    reader.build.finish()
}

struct Reader<'a> {
    archive: &'a Archive<'a>,
    build: Build,
    /// Who wrote comments: id and name.
    authors: Vec<(String, String)>,
    n_tables: u32,
    slide: usize,
}

impl Reader<'_> {
    fn slides(&mut self) -> Result<(), Refusal> {
        let main = office::main_part(self.archive, "ppt/presentation.xml")?;
        let relations = office::relations(self.archive, &main.path)?;
        for relation in relations.iter().filter(|it| it.kind == "commentAuthors" || it.kind == "authors") {
            if let Some(part) = office::part(self.archive, &relation.path)? {
                let all = part.tree.root().children();
                let named = all.filter_map(|it| Some((it.attribute("id")?.into(), it.attribute("name")?.into())));
                self.authors.extend(named);
            }
        }
        let mut seen = Vec::new();
        let listed = main.tree.root().child("sldIdLst").into_iter().flat_map(Node::children);
        for id in listed.filter_map(|slide| slide.prefixed("id")).take(SLIDES) {
            let Some(relation) = relations.iter().find(|it| it.id == id) else { continue };
            // A slide that is listed twice would be a way to grow without bounds.
            if seen.contains(&relation.path.as_str()) || self.build.is_full() {
                continue;
            }
            seen.push(&relation.path);
            self.slide += 1;
            match office::part(self.archive, &relation.path) {
                Ok(Some(part)) => self.slide(&part)?,
                Ok(None) => {}
                Err(refusal) => self.build.refuse(&format!("slide {}", self.slide), refusal),
            }
        }
        Ok(())
    }

    fn slide(&mut self, part: &Part) -> Result<(), Refusal> {
        let start = self.build.len();
        if let Some(shapes) = part.tree.root().child("cSld").and_then(|it| it.child("spTree")) {
            self.shapes(shapes, None);
        }
        let about = trimmed(self.build.text(), start..self.build.len());
        for relation in office::relations(self.archive, &part.path)? {
            let read = matches!(relation.kind.as_str(), "notesSlide" | "comments");
            let Some(other) = read.then(|| office::part(self.archive, &relation.path)).transpose()?.flatten() else {
                continue;
            };
            if relation.kind == "comments" {
                self.comments(&other, &about);
            } else if let Some(shapes) = other.tree.root().child("cSld").and_then(|it| it.child("spTree")) {
                self.shapes(shapes, Some(&Kind::Note));
            }
        }
        Ok(())
    }

    /// Reads shapes in their order, the title first. With `kind` only the body of notes is read, as that.
    fn shapes(&mut self, parent: Node<'_>, kind: Option<&Kind>) {
        let is_title = |node: &Node<'_>| matches!(placeholder(*node), Some("title" | "ctrTitle"));
        let (titles, others): (Vec<_>, Vec<_>) = parent.children().partition(is_title);
        for node in titles.into_iter().chain(others) {
            match node.name() {
                "sp" => self.shape(node, kind),
                "grpSp" => self.shapes(node, kind),
                "graphicFrame" if kind.is_none() => {
                    let tables = node.below().filter(|it| it.name() == "tbl");
                    tables.for_each(|table| self.table(table));
                }
                "AlternateContent" => {
                    if let Some(chosen) = node.child("Choice").or_else(|| node.child("Fallback")) {
                        self.shapes(chosen, kind);
                    }
                }
                _ => {}
            }
        }
    }

    fn shape(&mut self, node: Node<'_>, kind: Option<&Kind>) {
        let holder = placeholder(node);
        let Some(body) = node.child("txBody") else { return };
        if kind.is_some() && holder != Some("body") {
            return;
        }
        for paragraph in body.children().filter(|it| it.name() == "p") {
            let kind = match (kind, holder) {
                (Some(kind), _) => kind.clone(),
                (None, Some("title" | "ctrTitle")) => Kind::Heading(1),
                (None, Some("ftr" | "hdr" | "sldNum" | "dt")) => Kind::Running,
                (None, holder) => bullet(paragraph, holder),
            };
            let start = self.build.len();
            self.paragraph(paragraph);
            let noted = if kind == Kind::Note { ", notes" } else { "" };
            self.build.block(start..self.build.len(), kind, format!("slide {}{noted}", self.slide));
            self.build.push("\n");
        }
    }

    fn paragraph(&mut self, node: Node<'_>) {
        for run in node.children() {
            match run.name() {
                "r" | "fld" => self.build.push(run.child("t").map_or("", Node::text)),
                "br" => self.build.push("\n"),
                _ => {}
            }
        }
    }

    fn table(&mut self, node: Node<'_>) {
        let table = self.n_tables;
        self.n_tables = self.n_tables.saturating_add(1);
        for (row, line) in (0..).zip(node.children().filter(|it| it.name() == "tr")) {
            for (column, cell) in (0..).zip(line.children().filter(|it| it.name() == "tc")) {
                let start = self.build.len();
                for paragraph in cell.child("txBody").into_iter().flat_map(Node::children) {
                    if paragraph.name() == "p" {
                        self.paragraph(paragraph);
                        self.build.push("\n");
                    }
                }
                let place =
                    format!("slide {}, table {}, row {}, column {}", self.slide, table + 1, row + 1, column + 1);
                self.build.block(start..self.build.len(), Kind::Cell { table, row, column }, place);
            }
        }
    }

    fn comments(&mut self, part: &Part, about: &std::ops::Range<usize>) {
        for node in part.tree.root().children().filter(|it| it.name() == "cm") {
            let start = self.build.len();
            for text in node.below().filter(|it| matches!(it.name(), "text" | "t")) {
                self.build.push(text.text());
                self.build.push("\n");
            }
            let place = format!("slide {}, comment", self.slide);
            let remark = self.build.block(start..self.build.len(), Kind::Comment, place);
            let author = node.attribute("authorId").unwrap_or_default();
            let author = self.authors.iter().find(|(id, _)| id == author).map(|(_, name)| name.clone());
            let date = node.attribute("dt").or_else(|| node.attribute("created")).unwrap_or_default().to_string();
            let remark = remark.unwrap_or(start..start);
            let author = author.unwrap_or_default();
            self.build.comment(Comment { about: about.clone(), remark, author, date });
        }
    }
}

/// What a shape stands for on the layout of its slide; `obj` where the layout leaves it open.
fn placeholder<'a>(node: Node<'a>) -> Option<&'a str> {
    let holder = node.find(&["nvSpPr", "nvPr", "ph"])?;
    Some(holder.attribute("type").unwrap_or("obj"))
}

/// An item with its depth and mark, or a paragraph. Bodies of layouts have bullets unless they say otherwise.
fn bullet(paragraph: Node<'_>, holder: Option<&str>) -> Kind {
    let properties = paragraph.child("pPr");
    let has = |name: &str| properties.and_then(|it| it.child(name));
    let level = properties.and_then(|it| it.attribute("lvl")).and_then(|level| level.parse::<u8>().ok()).unwrap_or(0);
    let depth = level.saturating_add(1);
    let own = has("buChar").and_then(|it| it.attribute("char")).map(String::from);
    let counted = has("buAutoNum").map(|_| "#".to_string());
    let usual = matches!(holder, Some("body" | "obj")).then(|| "•".to_string());
    let mark = if has("buNone").is_some() { None } else { own.or(counted).or(usual) };
    mark.map_or(Kind::Paragraph, |mark| Kind::Item { depth, mark })
}
