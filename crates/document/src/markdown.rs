//! Markdown: the text of the file comes in and stays as it is; blocks and the stretches that are only markup go out.
//!
//! `CommonMark` with tables, footnotes, lists of tasks and front matter, as `pulldown-cmark` reads them.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::build::{Build, trimmed};
use crate::{Document, Format, Kind};

/// Most bytes of a file: more is no document that somebody wrote.
const BYTES: usize = 32 << 20;

/// Reads Markdown. The ranges of the document are those of `text`.
pub(crate) fn read(text: &str) -> Document {
    let mut build = Build::new(Format::Markdown);
    if text.len() > BYTES {
        let what = format!("expected at most {BYTES} bytes of Markdown, found {}", text.len());
        build.problem("too-large", "document", what, "split the file, and add its parts");
        return build.finish();
    }
    build.push(text);
    let mut reader = Reader {
        text,
        starts: std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect(),
        build,
        words: Vec::new(),
        open: Vec::new(),
        table: Place::default(),
        is_skipped: false,
        done: 0,
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.close();
    reader.markup_until(text.len());
    reader.build.finish()
}

struct Reader<'a> {
    text: &'a str,
    /// Where each line begins.
    starts: Vec<usize>,
    build: Build,
    /// Stretches of words that are not yet a block.
    words: Vec<Range<usize>>,
    /// What is open around them, innermost last.
    open: Vec<Open>,
    table: Place,
    is_skipped: bool,
    /// The text up to here is words or markup.
    done: usize,
}

/// The table of which cells are read: 0 before the first.
#[derive(Default)]
struct Place {
    table: u32,
    row: u32,
    column: u32,
}

enum Open {
    Heading(u8),
    List,
    /// An item, with the first byte of its mark, and the mark once it is read.
    Item(usize, Option<String>),
    Cell,
    Note,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(_) if !self.is_skipped => self.add(range),
            Event::Code(_) => self.code(range),
            Event::InlineMath(_) | Event::DisplayMath(_) => self.add(range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.close();
                self.open.push(Open::Heading(*level as u8));
            }
            Tag::List(_) => {
                self.close();
                self.open.push(Open::List);
            }
            Tag::Item => self.open.push(Open::Item(range.start, None)),
            Tag::FootnoteDefinition(_) => {
                self.close();
                self.open.push(Open::Note);
            }
            Tag::Table(_) => {
                self.close();
                self.table = Place { table: self.table.table.saturating_add(1), row: 0, column: 0 };
            }
            Tag::TableHead | Tag::TableRow => self.table.column = 0,
            Tag::TableCell => self.open.push(Open::Cell),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => self.is_skipped = true,
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::CodeBlock(_) => self.close(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.close();
                self.open.pop();
            }
            TagEnd::TableCell => {
                self.close();
                self.open.pop();
                self.table.column = self.table.column.saturating_add(1);
            }
            TagEnd::TableHead | TagEnd::TableRow => self.table.row = self.table.row.saturating_add(1),
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => self.is_skipped = false,
            TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::CodeBlock => self.close(),
            _ => {}
        }
    }

    fn add(&mut self, range: Range<usize>) {
        // An escaped bar of a table, and tabs that were split, come out of order or twice.
        let from = self.words.last().map_or(self.done, |last| last.end);
        let range = range.start.max(from)..range.end;
        if range.start < range.end && self.text.get(range.clone()).is_some() {
            self.words.push(range);
        }
    }

    /// Code stands between as many back ticks on both sides.
    fn code(&mut self, range: Range<usize>) {
        let words = self.text.get(range.clone()).unwrap_or_default();
        let n_ticks = words.len() - words.trim_start_matches('`').len();
        self.add(range.start + n_ticks..range.end.saturating_sub(n_ticks).max(range.start + n_ticks));
    }

    /// Makes a block of the words so far.
    fn close(&mut self) {
        let words = std::mem::take(&mut self.words);
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let range = trimmed(self.text, first.start..last.end);
        if range.is_empty() {
            return;
        }
        let kind = self.kind(range.start);
        let line = self.starts.partition_point(|&start| start <= range.start);
        if self.build.block(range, kind, format!("line {line}")).is_none() {
            return;
        }
        for piece in words {
            self.markup_until(piece.start);
            self.done = piece.end;
        }
    }

    /// What is neither words nor white space up to `end` is markup.
    fn markup_until(&mut self, end: usize) {
        let range = trimmed(self.text, self.done..end);
        self.build.markup(range);
    }

    fn kind(&mut self, start: usize) -> Kind {
        let n_lists = self.open.iter().filter(|open| matches!(open, Open::List)).count();
        let depth = u8::try_from(n_lists).unwrap_or(u8::MAX).max(1);
        let text = self.text;
        match self.open.last_mut() {
            Some(Open::Heading(level)) => Kind::Heading(*level),
            Some(Open::Cell) => {
                let Place { table, row, column } = self.table;
                Kind::Cell { table: table.saturating_sub(1), row, column }
            }
            Some(Open::Item(from, known @ None)) => {
                let lead = text.get(*from..start).unwrap_or_default();
                let mark = lead.split_whitespace().next().unwrap_or_default().to_string();
                *known = Some(mark.clone());
                Kind::Item { depth, mark }
            }
            Some(Open::Note) => Kind::Note,
            _ => Kind::Paragraph,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<(String, Kind)> {
        let document = read(text);
        document.blocks.iter().map(|block| (document.slice(&block.range).to_string(), block.kind.clone())).collect()
    }

    fn markup(text: &str) -> Vec<String> {
        let document = read(text);
        document.markup.iter().map(|range| document.slice(range).to_string()).collect()
    }

    #[test]
    fn words_and_markup_are_parted() {
        let text = "---\na: b\n---\n# Minutes of *June*\n\nSee [the list](https://made.example) and `N7`.\n";
        let kinds = [
            ("Minutes of *June".into(), Kind::Heading(1)),
            ("See [the list](https://made.example) and `N7`.".into(), Kind::Paragraph),
        ];
        assert_eq!(blocks(text), kinds);
        assert_eq!(
            markup(text),
            ["---\na: b\n---\n# ", "*", "*", "[", "](https://made.example)", "`", "`"].map(str::trim)
        );
    }

    #[test]
    fn items_have_their_depth_and_mark() {
        let text = "- one\n  1. two\n     more\n\n     apart\n- three\n";
        let item = |depth, mark: &str| Kind::Item { depth, mark: mark.into() };
        let expected = [
            ("one".into(), item(1, "-")),
            ("two\n     more".into(), item(2, "1.")),
            ("apart".into(), Kind::Paragraph),
            ("three".into(), item(1, "-")),
        ];
        assert_eq!(blocks(text), expected);
    }

    #[test]
    fn cells_have_their_place() {
        let text = "| Who | From |\n|---|---|\n| A. Example | Acme \\| Co |\n\n[^1]: A note.\n";
        let cell = |row, column| Kind::Cell { table: 0, row, column };
        let expected = [
            ("Who".into(), cell(0, 0)),
            ("From".into(), cell(0, 1)),
            ("A. Example".into(), cell(1, 0)),
            ("Acme \\| Co".into(), cell(1, 1)),
            ("A note.".into(), Kind::Note),
        ];
        assert_eq!(blocks(text), expected);
    }
}
