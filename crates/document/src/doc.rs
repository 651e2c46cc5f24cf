//! Word documents in the binary form (.doc, Word 97 to 2003): a compound file comes in, text with its revisions goes out.
//!
//! Read are the pieces of the text, paragraphs with their built-in headings, cells, notes, and what was inserted or deleted
//! (without who and when). Lists, styles of one's own and text boxes are not. MS-DOC 2.4.

mod format;

use crate::build::{Build, Change};
use crate::cfb::Compound;
use crate::zip::{Refusal, number};
use crate::{Document, Format, Kind};
use format::{Paragraphs, Runs};

/// Reads a document from its compound file.
pub(crate) fn read(file: &Compound<'_>) -> Document {
    match Source::open(file) {
        Ok(source) => Reader::new(&source).read(),
        Err(refusal) => Build::refused(Format::Doc, refusal),
    }
}

/// The streams of a document.
struct Source {
    main: Vec<u8>,
    table: Vec<u8>,
    /// Pieces of the text: where each begins in `main`, how many letters it has, and whether a letter is one byte.
    pieces: Vec<(usize, usize, bool)>,
}

impl Source {
    fn open(file: &Compound<'_>) -> Result<Self, Refusal> {
        let damaged = |what: &str| Refusal::Damaged(format!("expected {what}, found none"));
        let main = file.stream("WordDocument").ok_or_else(|| damaged("the stream `WordDocument`"))?;
        let field = |at, n| number(&main, at, n).ok_or_else(|| damaged("a header of a document"));
        if field(0, 2)? != 0xA5EC {
            return Err(Refusal::Unsupported("expected a document of Word 97 or later, found another one".into()));
        }
        if field(2, 2)? < 101 {
            return Err(Refusal::Unsupported("expected a document of Word 97 or later, found an older one".into()));
        }
        let flags = field(10, 2)?;
        if flags & 0x0100 != 0 {
            return Err(Refusal::Encrypted);
        }
        let name = if flags & 0x0200 == 0 { "0Table" } else { "1Table" };
        let table = file.stream(name).ok_or_else(|| damaged(&format!("the stream `{name}`")))?;
        let (at, size) = (field(0x1A2, 4)?, field(0x1A6, 4)?);
        let list = at.checked_add(size).and_then(|end| table.get(at..end));
        let pieces = list.and_then(pieces).ok_or_else(|| damaged("a list of pieces of text"))?;
        Ok(Self { main, table, pieces })
    }
}

/// The table of pieces, behind properties that are passed over. MS-DOC 2.8.35, 2.9.38.
fn pieces(mut list: &[u8]) -> Option<Vec<(usize, usize, bool)>> {
    while list.first() == Some(&1) {
        list = list.get(3 + number(list, 1, 2)?..)?;
    }
    if list.first() != Some(&2) {
        return None;
    }
    let size = number(list, 1, 4)?;
    let list = list.get(5..5_usize.checked_add(size)?)?;
    let n = size.checked_sub(4)? / 12;
    let mut pieces = Vec::new();
    for nth in 0..n {
        let length = number(list, 4 * nth + 4, 4)?.checked_sub(number(list, 4 * nth, 4)?)?;
        let at = number(list, 4 * (n + 1) + 8 * nth + 2, 4)?;
        let is_narrow = at & 0x4000_0000 != 0;
        let at = at & 0x3FFF_FFFF;
        pieces.push((if is_narrow { at / 2 } else { at }, length, is_narrow));
    }
    Some(pieces)
}

struct Reader<'a> {
    source: &'a Source,
    build: Build,
    paragraphs: Paragraphs,
    runs: Runs,
    /// Where the words begin that are no block yet.
    from: usize,
    /// Fields that are open; true while their code is read.
    fields: Vec<bool>,
    /// The kind of blocks after the body, by the number of letters before their end.
    parts: Vec<(usize, Option<Kind>)>,
    /// An insertion or deletion that is open: where it began.
    inserted: Option<usize>,
    deleted: Option<usize>,
    n_paragraphs: usize,
    n_notes: usize,
    table: (u32, u32, u32),
    is_in_table: bool,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Source) -> Self {
        let plc = |at: usize| {
            let (from, size) = (number(&source.main, at, 4)?, number(&source.main, at + 4, 4)?);
            source.table.get(from..from.checked_add(size)?)
        };
        // Body, notes, heads and feet, macros, remarks, end notes. MS-DOC 2.5.5
        let kinds = [
            (0x4C, None),
            (0x50, Some(Kind::Note)),
            (0x54, Some(Kind::Running)),
            (0x58, Some(Kind::Note)),
            (0x5C, Some(Kind::Comment)),
            (0x60, Some(Kind::Note)),
        ];
        let mut end = 0_usize;
        let parts = kinds.into_iter().map(|(at, kind)| {
            end = end.saturating_add(number(&source.main, at, 4).unwrap_or_default());
            (end, kind)
        });
        Self {
            parts: parts.collect(),
            source,
            build: Build::new(Format::Doc),
            paragraphs: Paragraphs::read(&source.main, plc(0x102).unwrap_or_default()),
            runs: Runs::read(&source.main, plc(0xFA).unwrap_or_default()),
            from: 0,
            fields: Vec::new(),
            inserted: None,
            deleted: None,
            n_paragraphs: 0,
            n_notes: 0,
            table: (0, 0, 0),
            is_in_table: false,
        }
    }

    fn read(mut self) -> Document {
        let last = self.parts.last().map_or(0, |(end, _)| *end);
        let mut n_letters = 0_usize;
        let mut high = None;
        'pieces: for &(start, length, is_narrow) in &self.source.pieces {
            for nth in 0..length {
                if n_letters >= last || self.build.is_full() {
                    break 'pieces;
                }
                let at = start.saturating_add(if is_narrow { nth } else { 2 * nth });
                let Some(code) = number(&self.source.main, at, if is_narrow { 1 } else { 2 }) else {
                    let what = "expected the bytes of a piece of text, found the end of the file".into();
                    self.build.problem("not-whole", "document", what, "add a complete copy of the file");
                    break 'pieces;
                };
                n_letters += 1;
                match letter(code, is_narrow, &mut high) {
                    Some(letter) => self.letter(letter, at, n_letters),
                    None => continue,
                }
            }
        }
        self.revised(false, false);
        self.end_block(Kind::Paragraph, n_letters);
        if self.build.text().trim().is_empty() {
            let what = "expected words, found none".into();
            self.build.problem("no-text", "document", what, "save the file as .docx and add it again");
        }
        self.build.finish()
    }

    fn letter(&mut self, letter: char, at: usize, n_letters: usize) {
        let (is_inserted, is_deleted) = self.runs.revised(at);
        self.revised(is_inserted, is_deleted);
        match letter {
            '\u{13}' => {
                if self.fields.len() < 100 {
                    self.fields.push(true);
                }
            }
            '\u{14}' => {
                if let Some(is_code) = self.fields.last_mut() {
                    *is_code = false;
                }
            }
            '\u{15}' => {
                self.fields.pop();
            }
            '\r' | '\u{c}' => self.end_paragraph(at, n_letters),
            '\u{7}' => self.end_cell(at, n_letters),
            _ if self.fields.contains(&true) => {}
            '\u{b}' => self.build.push("\n"),
            '\u{1e}' => self.build.push("\u{2011}"),
            '\u{1f}' => self.build.push("\u{ad}"),
            '\t' => self.build.push("\t"),
            letter if letter.is_control() => {}
            letter => self.build.push(letter.encode_utf8(&mut [0; 4])),
        }
    }

    /// Opens and closes revisions where they begin and end.
    fn revised(&mut self, is_inserted: bool, is_deleted: bool) {
        let at = self.build.len();
        for (is_now, open, is_deletion) in
            [(is_inserted, &mut self.inserted, false), (is_deleted, &mut self.deleted, true)]
        {
            if is_now {
                open.get_or_insert(at);
            } else if let Some(start) = open.take() {
                let change = Change { is_deleted: is_deletion, author: String::new(), date: String::new() };
                self.build.revise(start..at, &change);
            }
        }
    }

    fn end_paragraph(&mut self, at: usize, n_letters: usize) {
        let paragraph = self.paragraphs.at(at);
        if paragraph.is_in_table && n_letters <= self.parts.first().map_or(0, |(end, _)| *end) {
            self.build.push("\n");
            return;
        }
        if std::mem::take(&mut self.is_in_table) {
            self.table = (self.table.0.saturating_add(1), 0, 0);
        }
        let kind = paragraph.heading.map_or(Kind::Paragraph, Kind::Heading);
        self.end_block(kind, n_letters);
        self.build.push("\n");
        self.from = self.build.len();
    }

    fn end_cell(&mut self, at: usize, n_letters: usize) {
        if n_letters > self.parts.first().map_or(0, |(end, _)| *end) {
            self.build.push("\t");
            return;
        }
        self.is_in_table = true;
        let (table, row, column) = self.table;
        if self.paragraphs.at(at).ends_row {
            self.table = (table, row.saturating_add(1), 0);
            self.build.push("\n");
        } else {
            let place = format!("table {}, row {}, column {}", table + 1, row + 1, column + 1);
            self.build.block(self.from..self.build.len(), Kind::Cell { table, row, column }, place);
            self.table.2 = column.saturating_add(1);
            self.build.push("\t");
        }
        self.from = self.build.len();
    }

    fn end_block(&mut self, kind: Kind, n_letters: usize) {
        let part = self.parts.iter().find(|(end, _)| n_letters <= *end);
        let own = part.and_then(|(_, kind)| kind.clone());
        let range = self.from..self.build.len();
        if self.build.text().get(range.clone()).is_none_or(|words| words.trim().is_empty()) {
            return;
        }
        let place = match own {
            None => {
                self.n_paragraphs += 1;
                format!("paragraph {}", self.n_paragraphs)
            }
            Some(Kind::Running) => "running head or foot".into(),
            Some(_) => {
                self.n_notes += 1;
                format!("note {}", self.n_notes)
            }
        };
        // Remarks are told as notes: who made them is not read.
        let own = own.map(|own| if own == Kind::Comment { Kind::Note } else { own });
        self.build.block(range, own.unwrap_or(kind), place);
    }
}

/// A letter of a piece; `None` after the first half of one that takes two.
fn letter(code: usize, is_narrow: bool, high: &mut Option<u16>) -> Option<char> {
    if is_narrow {
        let byte = u8::try_from(code).unwrap_or(b'?');
        // Control letters are Word's own, also those that windows-1252 does not have.
        return Some(if byte < 0x80 { char::from(byte) } else { narrow(byte) });
    }
    let unit = u16::try_from(code).unwrap_or(0xFFFD);
    match (high.take(), unit) {
        (_, 0xD800..=0xDBFF) => {
            *high = Some(unit);
            None
        }
        (first, _) => char::decode_utf16(first.into_iter().chain([unit])).last()?.ok().or(Some('\u{fffd}')),
    }
}

fn narrow(byte: u8) -> char {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or('\u{fffd}')
}
