//! The tables of an HTML page: bytes come in, rows of cells with their byte ranges and the text around them go out.
//!
//! Styles, scripts, comments and attributes but spans are passed over; white space is folded. A table inside a cell is text of
//! that cell. Knows nothing of document lists and reads no meaning into a cell.

use std::convert::Infallible;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

/// Tables and text of one page. Texts of cells stand one after the other in one buffer.
#[derive(Debug, Default)]
pub struct Page {
    /// The first `<title>`, white space folded.
    pub title: String,
    /// The text outside tables, white space folded.
    pub prose: String,
    /// Every row of every table, in the order of the page.
    pub rows: Vec<Row>,
    /// True when a table stands inside a cell.
    pub has_inner: bool,
    cells: String,
}

/// One row of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// Which table of the page, counted from 1.
    pub table: usize,
    /// Which row of its table, counted from 1.
    pub number: usize,
    /// Bytes of the snapshot, from `<tr` to `</tr>`.
    pub bytes: Range<usize>,
    /// Cells that stand over several columns or rows: which cell, how many columns, how many rows.
    pub spans: Vec<(usize, usize, usize)>,
    ends: Vec<usize>,
    start: usize,
    /// How many tables are open, this row's included; counted where inner tables are read.
    depth: usize,
}

/// What a table inside a cell is.
#[derive(Clone, Copy, Default, PartialEq)]
enum Inner {
    /// Text of the cell.
    #[default]
    Text,
    /// A table of its own, which ends the row around it.
    Tables,
}

impl Page {
    /// Reads a page in the character set that it declares; UTF-8 or else windows-1252 where it declares none.
    ///
    /// # Errors
    /// The name of the character set, where a byte of the page cannot be told from a character of it: only UTF-8 and
    /// sets of one byte a character keep the places of the evidence.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        Self::read_as(bytes, Inner::Text, ' ')
    }

    /// Reads a page as [`Page::read`] does, and keeps line breaks inside cells.
    ///
    /// # Errors
    /// As there.
    pub fn read_lines(bytes: &[u8]) -> Result<Self, String> {
        Self::read_as(bytes, Inner::Text, '\n')
    }

    /// Reads a page as [`Page::read_lines`] does, but the tables that stand inside the cells of others, and only those.
    ///
    /// # Errors
    /// As there.
    pub fn read_inner(bytes: &[u8]) -> Result<Self, String> {
        let mut page = Self::read_as(bytes, Inner::Tables, '\n')?;
        page.rows.retain(|row| row.depth > 1);
        Ok(page)
    }

    fn read_as(bytes: &[u8], inner: Inner, line_break: char) -> Result<Self, String> {
        let encoding = declared(bytes);
        let is_utf_8 = encoding == UTF_8 && std::str::from_utf8(bytes).is_ok();
        if !is_utf_8 && !encoding.is_single_byte() {
            return Err(encoding.name().into());
        }
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let mut reader = Reader { inner, line_break, ..Reader::default() };
        let Ok(()) = Tokenizer::new_with_emitter(&*text, Emit(&mut reader)).finish();
        reader.end_row(text.len());
        let mut page = reader.page;
        if !is_utf_8 && text.len() != bytes.len() {
            page.count_single_bytes(&text);
        }
        Ok(page)
    }

    /// Returns the cells of a row, white space folded.
    pub fn cells<'a>(&'a self, row: &'a Row) -> impl ExactSizeIterator<Item = &'a str> + Clone {
        row.ends.iter().enumerate().map(|(at, &end)| {
            let start = if at == 0 { row.start } else { row.ends[at - 1] };
            self.cells[start..end].trim_end()
        })
    }

    /// Turns places in the decoded text into places in the bytes: one character was one byte.
    fn count_single_bytes(&mut self, text: &str) {
        let (mut seen, mut count) = (0, 0);
        let mut place = |at: usize| {
            let at = at.clamp(seen, text.len());
            count += text.as_bytes()[seen..at].iter().filter(|&&byte| !(0x80..0xc0).contains(&byte)).count();
            seen = at;
            count
        };
        for row in &mut self.rows {
            row.bytes = place(row.bytes.start)..place(row.bytes.end);
        }
    }
}

/// HTML allows a thousand columns; more is no table that somebody wrote.
const MOST_SPANNED: usize = 1000;

/// The character set named in the head of the page; where none is, UTF-8 if the bytes are, else windows-1252.
pub(crate) fn declared(bytes: &[u8]) -> &'static Encoding {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let label = head.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let end = |label: &str| label.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    label
        .and_then(|label| Encoding::for_label(&label.as_bytes()[..end(label).unwrap_or(label.len())]))
        .unwrap_or_else(|| if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 })
}

/// Where text goes that comes next.
#[derive(Clone, Copy, Default, PartialEq)]
enum Sink {
    #[default]
    Prose,
    Title,
    Table,
    Cell,
    Nowhere,
}

#[derive(Default)]
struct Reader {
    page: Page,
    inner: Inner,
    /// What a line break inside a cell becomes.
    line_break: char,
    n_open: usize,
    into: Sink,
    row_is_open: bool,
    n_tables: usize,
    n_rows: usize,
    /// Tables that were opened inside the open cell.
    depth: usize,
    /// White space was seen since the last word.
    gap: bool,
    /// A line break was among it.
    is_break: bool,
    name: Vec<u8>,
    last_start: Vec<u8>,
    is_end_tag: bool,
    tag_at: usize,
    at: usize,
    attribute: Vec<u8>,
    value: Vec<u8>,
    /// Columns and rows of the tag that is being read.
    span: (usize, usize),
}

impl Reader {
    fn start_tag(&mut self) {
        match self.name.as_slice() {
            b"title" if self.page.title.is_empty() => self.into = Sink::Title,
            b"style" | b"script" | b"title" => self.into = Sink::Nowhere,
            b"table" if self.inner == Inner::Tables => {
                self.n_open += 1;
                self.open_table();
            }
            b"table" if self.into == Sink::Cell => {
                self.depth += 1;
                self.page.has_inner = true;
            }
            _ if self.depth > 0 => self.gap = true,
            b"table" => self.open_table(),
            b"tr" if self.n_tables > 0 => self.open_row(),
            b"td" | b"th" if self.row_is_open => self.open_cell(),
            b"br" | b"p" | b"div" | b"li" => (self.gap, self.is_break) = (true, true),
            _ => {}
        }
    }

    fn end_tag(&mut self) {
        match self.name.as_slice() {
            b"title" | b"style" | b"script" => self.into = if self.row_is_open { Sink::Table } else { Sink::Prose },
            b"table" if self.depth > 0 => self.depth -= 1,
            _ if self.depth > 0 => self.gap = true,
            b"table" => {
                self.end_row(self.tag_at);
                self.n_open = self.n_open.saturating_sub(1);
                if self.n_open > 0 {
                    // What follows belongs to the table around.
                    self.open_table();
                }
                self.into = Sink::Prose;
            }
            b"tr" => self.end_row(self.at),
            b"td" | b"th" if self.into == Sink::Cell => self.end_cell(),
            b"p" | b"div" | b"li" => self.gap = true,
            _ => {}
        }
    }

    fn open_table(&mut self) {
        self.end_row(self.tag_at);
        self.n_tables += 1;
        self.n_rows = 0;
        self.into = Sink::Table;
    }

    fn open_row(&mut self) {
        self.end_row(self.tag_at);
        self.n_rows += 1;
        let start = self.page.cells.len();
        let bytes = self.tag_at..self.tag_at;
        self.page.rows.push(Row {
            table: self.n_tables,
            number: self.n_rows,
            bytes,
            spans: Vec::new(),
            ends: Vec::with_capacity(12),
            start,
            depth: self.n_open,
        });
        self.row_is_open = true;
        self.into = Sink::Table;
    }

    fn end_row(&mut self, end: usize) {
        if self.into == Sink::Cell {
            self.end_cell();
        }
        if std::mem::take(&mut self.row_is_open)
            && let Some(row) = self.page.rows.last_mut()
        {
            row.bytes.end = end;
        }
        self.depth = 0;
    }

    fn open_cell(&mut self) {
        if self.into == Sink::Cell {
            self.end_cell();
        }
        self.into = Sink::Cell;
        (self.gap, self.is_break) = (false, false);
        let (columns, rows) = self.span;
        if (columns, rows) != (1, 1)
            && let Some(row) = self.page.rows.last_mut()
        {
            row.spans.push((row.ends.len(), columns, rows));
        }
    }

    /// Takes the attribute that was read, where it says over how many columns or rows a cell stands.
    fn end_attribute(&mut self) {
        let n =
            || std::str::from_utf8(&self.value).ok()?.trim().parse().ok().filter(|n| (1..=MOST_SPANNED).contains(n));
        match self.attribute.as_slice() {
            b"colspan" => self.span.0 = n().unwrap_or(1),
            b"rowspan" => self.span.1 = n().unwrap_or(1),
            _ => {}
        }
        self.attribute.clear();
        self.value.clear();
    }

    fn end_cell(&mut self) {
        // The blank keeps the cells of a row apart in the one buffer, also when they are empty.
        self.page.cells.push(' ');
        let end = self.page.cells.len();
        if let Some(row) = self.page.rows.last_mut() {
            row.ends.push(end);
        }
        self.into = Sink::Table;
    }

    fn text(&mut self, text: &str) {
        let to = match self.into {
            Sink::Prose => &mut self.page.prose,
            Sink::Title => &mut self.page.title,
            Sink::Cell => &mut self.page.cells,
            Sink::Table | Sink::Nowhere => return,
        };
        let line_break = if self.into == Sink::Cell { self.line_break } else { ' ' };
        for (at, word) in text.split(char::is_whitespace).enumerate() {
            self.gap |= at > 0;
            if !word.is_empty() {
                let is_break = std::mem::take(&mut self.is_break);
                if std::mem::take(&mut self.gap) && !to.is_empty() && !to.ends_with(' ') {
                    to.push(if is_break { line_break } else { ' ' });
                }
                to.push_str(word);
            }
        }
    }
}

/// The tokenizer's door. What it tells of attributes, comments and errors is not needed.
struct Emit<'a>(&'a mut Reader);

impl Emitter for Emit<'_> {
    type Token = Infallible;

    fn emit_string(&mut self, text: &[u8]) {
        if !matches!(self.0.into, Sink::Table | Sink::Nowhere) {
            self.0.text(&String::from_utf8_lossy(text));
        }
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.0.end_attribute();
        if self.0.is_end_tag {
            self.0.end_tag();
            return None;
        }
        self.0.start_tag();
        let reader = &mut *self.0;
        std::mem::swap(&mut reader.last_start, &mut reader.name);
        naive_next_state(&self.0.last_start)
    }

    fn init_start_tag(&mut self) {
        self.0.name.clear();
        self.0.span = (1, 1);
        self.0.is_end_tag = false;
    }

    fn init_end_tag(&mut self) {
        self.0.name.clear();
        self.0.is_end_tag = true;
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.0.name.extend_from_slice(name);
    }

    fn init_attribute(&mut self) {
        self.0.end_attribute();
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.0.attribute.extend_from_slice(name);
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        // Long values are styles and addresses, which are not needed.
        if self.0.value.len() < 16 {
            self.0.value.extend_from_slice(&value[..value.len().min(16)]);
        }
    }

    fn start_open_tag(&mut self) {
        self.0.tag_at = self.0.at - 1;
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.0.is_end_tag && !self.0.last_start.is_empty() && self.0.last_start == self.0.name
    }

    fn move_position(&mut self, offset: isize) {
        self.0.at = self.0.at.saturating_add_signed(offset);
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn set_last_start_tag(&mut self, _: Option<&[u8]>) {}
    fn emit_eof(&mut self) {}
    fn emit_error(&mut self, _: Error) {}
    fn init_comment(&mut self) {}
    fn emit_current_comment(&mut self) {}
    fn emit_current_doctype(&mut self) {}
    fn set_self_closing(&mut self) {}
    fn set_force_quirks(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tables(page: &Page) -> Vec<Vec<&str>> {
        page.rows.iter().map(|row| page.cells(row).collect()).collect()
    }

    #[test]
    fn cells_end_where_a_browser_ends_them() {
        let html =
            b"<title> A <b>B</title>c<table><tr><td>1<td>2<p>3<tr><th>4<br>5<td><table><tr><td>6</table>7</table>d";
        let page = Page::read(html).unwrap();
        assert_eq!((page.title.as_str(), page.prose.as_str()), ("A <b>B", "cd"));
        assert_eq!(tables(&page), [vec!["1", "2 3"], vec!["4 5", "67"]]);
        assert_eq!(page.rows[1].number, 2);
    }

    #[test]
    fn an_inner_table_is_text_or_a_table() {
        let html = b"<table><tr><td>menu<td><table><tr><td>1<td>2</table>x<tr><td>3</table>";
        assert_eq!(tables(&Page::read(html).unwrap()), [vec!["menu", "1 2x"], vec!["3"]]);
        let page = Page::read_inner(html).unwrap();
        assert_eq!(tables(&page), [vec!["1", "2"]]);
        assert!(html[page.rows[0].bytes.clone()].starts_with(b"<tr><td>1"));
    }

    #[test]
    fn a_character_set_of_several_bytes_is_refused() {
        assert_eq!(Page::read(b"<meta charset='shift_jis'>").err().as_deref(), Some("Shift_JIS"));
        assert!(Page::read(b"<meta charset=utf-8>\xff").is_err());
    }

    #[test]
    fn letters_of_windows_1252_are_read_as_word_wrote_them() {
        let page =
            Page::read(b"<meta charset=windows-1252><table><tr><td>Caf\xe9 \x96 Acme</td></tr></table>").unwrap();
        assert_eq!(page.cells(&page.rows[0]).collect::<Vec<_>>(), ["Café – Acme"]);
    }

    fn fragment() -> impl Strategy<Value = &'static [u8]> {
        let fragments: &[&[u8]] = &[
            b"<table>",
            b"</table>",
            b"<TR VALIGN=TOP>",
            b"</tr>",
            b"<td>",
            b"</TD>",
            b"<th a='>'>",
            b"text",
            b"\r\n",
            b"\r",
            b"caf\xe9 ",
            b"\x96",
            b"&eacute;",
            b"&nbsp",
            b"&#8211;",
            b"&#x",
            b"<!-- <tr> -->",
            b"<!--",
            b"-->",
            b"<style>",
            b"</style>",
            b"<",
            b">",
            b"</",
            b"<![if x]>",
            b"<font size=9pt face=\"A\">",
            b"<title>",
            b"</title>",
            b"\0",
        ];
        prop::sample::select(fragments)
    }

    proptest! {
        #[test]
        fn the_place_of_a_row_is_its_tag(pieces in prop::collection::vec(fragment(), 0..40)) {
            let bytes = pieces.concat();
            let page = Page::read(&bytes).unwrap();
            let mut end = 0;
            for row in &page.rows {
                prop_assert!(end <= row.bytes.start && row.bytes.end <= bytes.len());
                prop_assert!(bytes[row.bytes.clone()].to_ascii_lowercase().starts_with(b"<tr"), "{row:?}");
                prop_assert!(page.cells(row).all(|cell| !cell.contains('\n')));
                end = row.bytes.end;
            }
        }
    }
}
