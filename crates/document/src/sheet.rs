//! Tables of any file: bytes come in, sheets of rows of cells with their places go out. No meaning is read into a cell.
//!
//! Read are workbooks (.xlsx, .ods, .xls), text with delimiters (comma, semicolon, tab, bar; UTF-8, UTF-16, windows-1252
//! or a named encoding) and tables of HTML pages. The place of a row of text or HTML is its own bytes. A workbook is
//! packed, so the bytes of its rows are those of the whole file, and the place names sheet and cell.
//!
//! All reading is bounded: what is larger than a workbook can be is a problem `too-large`, with the figures.

use std::ops::Range;

use fact::{Evidence, Problem};

mod biff;
mod delimited;
mod html;
mod number;
mod ods;
mod xlsx;

pub use delimited::Hints;

use crate::zip::{Archive, Refusal};

/// Most rows of a sheet: as many as a workbook can have.
const ROWS: usize = 1 << 20;
/// Most columns of a row: as many as a workbook can have.
const COLUMNS: usize = 1 << 14;
/// Most cells of a sheet.
const CELLS: usize = 8_000_000;
/// Most bytes of text in a sheet.
const TEXT: usize = 256 << 20;

/// How the tables of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A packed workbook: rows have no bytes of their own.
    Workbook,
    /// Text with this delimiter.
    Delimited(u8),
    /// Tables of a page.
    Page,
}

/// All tables of a file.
#[derive(Debug)]
pub struct Book {
    /// How they are written.
    pub form: Form,
    /// Title of the page; empty where there is none.
    pub title: String,
    /// Text of the page outside its tables; empty where there is none.
    pub prose: String,
    /// The sheets in their order.
    pub sheets: Vec<Sheet>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// One sheet: its rows, empty ones left out.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its name; empty where it has none.
    pub name: String,
    /// True when the workbook does not show it.
    pub is_hidden: bool,
    /// Its rows from top to bottom.
    pub rows: Vec<Row>,
    /// What a person calls a row, where not `row`.
    unit: &'static str,
    text: String,
    n_cells: usize,
    n_carried: usize,
    /// The limit that was reached, if any.
    full: Option<String>,
}

/// One row with at least one cell.
#[derive(Debug)]
pub struct Row {
    /// Its number from 1, as a spreadsheet shows it.
    pub number: usize,
    /// Its bytes in the source; of the whole source where that is packed.
    pub at: Range<usize>,
    /// True when the workbook does not show it.
    pub is_hidden: bool,
    /// Number of cells as written, empty ones included; 0 where rows are not written out to their end.
    pub width: usize,
    cells: Vec<Cell>,
}

/// What kind of value a cell has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Text, or nothing.
    #[default]
    Text,
    /// A number, written as its format shows it.
    Number,
    /// A date, written `2024-06-17` or `2024-06-17T09:30`.
    Date,
    /// `TRUE` or `FALSE`.
    Truth,
    /// An error of a formula, e.g. `#N/A`.
    Fault,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    column: u32,
    start: u32,
    end: u32,
    kind: Kind,
}

/// Reads the tables of a file, of each sheet at most `most_rows` rows. `None` where the bytes are no tables at all.
pub fn book(bytes: &[u8], origin: &str, hints: &Hints<'_>, most_rows: usize) -> Option<Book> {
    let most_rows = most_rows.min(ROWS);
    let sheets = match signature(bytes) {
        Signature::Zip => zipped(bytes, origin, most_rows)?,
        Signature::Compound => biff::workbook(bytes, origin, most_rows)?,
        Signature::Html => return html::book(bytes, most_rows),
        Signature::Text => return delimited::book(bytes, hints, most_rows),
        Signature::Other => return None,
    };
    Some(workbook(bytes, sheets))
}

#[derive(Clone, Copy, PartialEq)]
enum Signature {
    Zip,
    Compound,
    Html,
    Text,
    Other,
}

fn signature(bytes: &[u8]) -> Signature {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Signature::Zip;
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Signature::Compound;
    }
    let head = &bytes[..bytes.len().min(4096)];
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    match head.first() {
        // JSON, front matter, PDF, RTF and messages are text too, but never tables.
        None | Some(b'{' | b'[' | b'%') => Signature::Other,
        Some(b'<') if is_html(head) => Signature::Html,
        Some(b'<') => Signature::Other,
        _ if head.starts_with(b"---\n") || head.starts_with(b"---\r") || head.starts_with(b"From ") => Signature::Other,
        _ => Signature::Text,
    }
}

/// True when these bytes are a page of HTML by their first letters.
#[must_use]
pub fn is_page(bytes: &[u8]) -> bool {
    signature(bytes) == Signature::Html
}

fn is_html(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    ["<html", "<!doctype html", "<table"].iter().any(|tag| head.contains(tag))
}

/// What a workbook's reader gives: its sheets, or why it could not be read.
type Sheets = Result<Vec<Sheet>, Refusal>;

/// `None` where the archive is no workbook.
fn zipped(bytes: &[u8], origin: &str, most_rows: usize) -> Option<Sheets> {
    match Archive::open(bytes) {
        Ok(archive) if xlsx::is_workbook(&archive) => Some(xlsx::sheets(&archive, most_rows)),
        Ok(archive) if archive.has("xl/workbook.bin") => {
            Some(Err(Refusal::Unsupported("expected a workbook in XML, found one in the binary form of .xlsb".into())))
        }
        Ok(archive) if ods::is_spreadsheet(&archive) => Some(ods::sheets(&archive, most_rows)),
        Ok(_) => None,
        Err(refusal) => {
            let head = &bytes[..bytes.len().min(1 << 16)];
            let has = |words: &[u8]| memchr::memmem::find(head, words).is_some();
            let is_named = is_named(origin, &[".xlsx", ".xlsm", ".ods"]);
            (is_named || has(b"xl/work") || has(b"opendocument.spreadsheet")).then_some(Err(refusal))
        }
    }
}

fn is_named(origin: &str, ends: &[&str]) -> bool {
    let origin = origin.to_ascii_lowercase();
    ends.iter().any(|end| origin.ends_with(end))
}

fn workbook(bytes: &[u8], sheets: Sheets) -> Book {
    let mut book = Book::new(Form::Workbook);
    match sheets {
        Ok(sheets) => book.sheets = sheets,
        Err(refusal) => {
            let (kind, what, hint) = match refusal {
                Refusal::TooLarge(what) => {
                    ("too-large", what, "leave the file out, or save the sheets that are needed as CSV")
                }
                Refusal::Damaged(what) => ("workbook-damaged", what, "add a complete copy of the workbook"),
                Refusal::Unsupported(what) => ("workbook-unsupported", what, "save the workbook as .xlsx or .ods"),
                Refusal::Entities(what) => {
                    ("entities-refused", what, "save the workbook anew from a spreadsheet program")
                }
                Refusal::Encrypted => {
                    let what = "expected a workbook that can be opened, found one with a password".into();
                    ("encrypted", what, "save the workbook without a password and add it again")
                }
            };
            let evidence = Evidence::new(0..bytes.len(), "workbook", "");
            book.problems.push(Problem { kind, evidence, what, hint: hint.into() });
        }
    }
    for sheet in &mut book.sheets {
        for row in &mut sheet.rows {
            row.at = 0..bytes.len();
        }
    }
    book.check_limits(bytes.len());
    book
}

impl Book {
    /// Returns a book without sheets.
    #[must_use]
    pub fn new(form: Form) -> Self {
        Self { form, title: String::new(), prose: String::new(), sheets: Vec::new(), problems: Vec::new() }
    }

    /// Tells of sheets that were not read to their end.
    pub fn check_limits(&mut self, n_bytes: usize) {
        for sheet in &self.sheets {
            if let Some(what) = &sheet.full {
                let place = sheet.rows.last().map_or_else(|| "sheet".into(), |row| sheet.place(row));
                let at = sheet.rows.last().map_or(0..n_bytes, |row| row.at.clone());
                let hint = "split the file, and add its parts".into();
                let evidence = Evidence::new(at, place, "");
                self.problems.push(Problem { kind: "too-large", evidence, what: what.clone(), hint });
            }
        }
    }
}

impl Sheet {
    /// Returns an empty sheet of which a person calls a row `unit`: `line`.
    #[must_use]
    pub fn counted_in(unit: &'static str) -> Self {
        Self { unit, ..Self::default() }
    }

    fn named(name: &str, is_hidden: bool) -> Self {
        Self { name: name.trim().into(), is_hidden, ..Self::default() }
    }

    /// Begins a row. `false` when no more rows are taken.
    pub fn open_row(&mut self, number: usize, at: Range<usize>, is_hidden: bool) -> bool {
        self.close_row();
        if self.full.is_none() && number > ROWS {
            self.full = Some(format!("expected at most {ROWS} rows, found more"));
        }
        if self.full.is_none() {
            self.rows.push(Row { number, at, is_hidden, width: 0, cells: Vec::new() });
        }
        self.full.is_none()
    }

    /// Leaves an empty row out.
    fn close_row(&mut self) {
        if self.rows.last().is_some_and(|row| row.cells.is_empty()) {
            self.rows.pop();
        }
    }

    /// Puts a cell into the open row; white space is folded, and an empty cell left out. A line break stays one.
    pub fn put(&mut self, column: usize, kind: Kind, text: &str) {
        if column >= COLUMNS || self.n_cells >= CELLS || self.text.len() + text.len() > TEXT {
            let limit = if column >= COLUMNS {
                format!("expected at most {COLUMNS} columns, found more")
            } else {
                format!("expected at most {CELLS} cells and {TEXT} bytes of text in a sheet, found more")
            };
            self.full.get_or_insert(limit);
            return;
        }
        let start = self.text.len();
        fold(text, &mut self.text);
        if let (Ok(column), Ok(from), Ok(end)) = (column.try_into(), start.try_into(), self.text.len().try_into())
            && end > from
            && let Some(row) = self.rows.last_mut()
        {
            row.cells.push(Cell { column, start: from, end, kind });
            self.n_cells += 1;
        }
    }

    /// Carries the first cell of an area down to the rows below: a cell merged over rows belongs to each of them.
    fn carry_down(&mut self, column: usize, rows: Range<usize>) {
        let first = self.rows.partition_point(|row| row.number < rows.start);
        let cell = self.rows.get(first).filter(|row| row.number == rows.start);
        let Some(cell) = cell.and_then(|row| row.cell(column)).copied() else { return };
        for row in self.rows.iter_mut().skip(first + 1).take_while(|row| row.number < rows.end) {
            self.n_carried += 1;
            if self.n_carried > CELLS {
                return;
            }
            if row.cell(column).is_none() && self.n_cells < CELLS {
                let at = row.cells.partition_point(|other| other.column < cell.column);
                row.cells.insert(at, cell);
                self.n_cells += 1;
            }
        }
    }

    /// Puts rows and cells into their order, where the file had them in another.
    pub fn close(&mut self) {
        self.close_row();
        self.rows.sort_by_key(|row| row.number);
        for row in &mut self.rows {
            row.cells.sort_by_key(|cell| cell.column);
        }
    }

    /// The text of a cell; empty where there is none. Line breaks of the cell are line breaks.
    pub fn text(&self, row: &Row, column: usize) -> &str {
        row.cell(column).map_or("", |cell| self.slice(cell))
    }

    /// What kind of value a cell has.
    pub fn kind(&self, row: &Row, column: usize) -> Kind {
        row.cell(column).map_or(Kind::Text, |cell| cell.kind)
    }

    /// The cells of a row that are not empty, with their columns from 0.
    pub fn cells<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (usize, &'a str)> {
        row.cells.iter().map(|cell| (cell.column as usize, self.slice(cell)))
    }

    fn slice(&self, cell: &Cell) -> &str {
        &self.text[cell.start as usize..cell.end as usize]
    }

    /// The place of a row as a person would name it: `sheet Tdocs, row 7`.
    pub fn place(&self, row: &Row) -> String {
        let shown = if row.is_hidden { " (hidden)" } else { "" };
        let unit = if self.unit.is_empty() { "row" } else { self.unit };
        format!("{}{unit} {}{shown}", self.place_of_sheet(), row.number)
    }

    /// The place of a cell: `sheet Tdocs, cell B7`; of a source without sheets, the place of its row.
    pub fn place_of_cell(&self, row: &Row, column: usize) -> String {
        if self.name.is_empty() {
            return self.place(row);
        }
        let shown = if row.is_hidden { " (hidden)" } else { "" };
        format!("{}cell {}{}{shown}", self.place_of_sheet(), number::letters(column), row.number)
    }

    fn place_of_sheet(&self) -> String {
        match (self.name.as_str(), self.is_hidden) {
            ("", _) => String::new(),
            (name, false) if name.starts_with("table ") || name.starts_with("inner table ") => format!("{name}, "),
            (name, false) => format!("sheet {name}, "),
            (name, true) => format!("sheet {name} (hidden), "),
        }
    }

    /// The words of a row, for a quotation: cells separated by bars, addresses without what stands before the `@`.
    pub fn quote(&self, row: &Row) -> String {
        let mut quote = String::with_capacity(256);
        for (_, text) in self.cells(row) {
            if !quote.is_empty() {
                quote.push_str(" | ");
            }
            quote.push_str(text);
            if quote.len() > Evidence::QUOTE * 4 {
                break;
            }
        }
        without_local_parts(&quote)
    }
}

impl Row {
    fn cell(&self, column: usize) -> Option<&Cell> {
        let at = self.cells.partition_point(|cell| (cell.column as usize) < column);
        self.cells.get(at).filter(|cell| cell.column as usize == column)
    }

    /// Number of cells that are not empty.
    pub fn n_cells(&self) -> usize {
        self.cells.len()
    }
}

/// True when the sheets read so far fill what a workbook may hold; the last one then says so.
fn is_full(sheets: &mut [Sheet]) -> bool {
    let (n_cells, n_bytes) = sheets.iter().fold((0, 0), |sum, sheet| (sum.0 + sheet.n_cells, sum.1 + sheet.text.len()));
    let is_full = n_cells >= CELLS || n_bytes >= TEXT;
    if let Some(last) = sheets.last_mut().filter(|_| is_full) {
        let limit = format!("expected at most {CELLS} cells and {TEXT} bytes of text in a workbook, found more");
        last.full.get_or_insert(limit);
    }
    is_full
}

/// Folds white space into one blank, or one line break where there is one in it. NUL bytes are left out.
fn fold(text: &str, to: &mut String) {
    let start = to.len();
    let (mut gap, mut is_break) = (false, false);
    for letter in text.chars().filter(|&letter| letter != '\0' && letter != '\u{feff}') {
        if letter.is_whitespace() {
            gap = true;
            is_break |= letter == '\n' || letter == '\r';
            continue;
        }
        if std::mem::take(&mut gap) && to.len() > start {
            to.push(if is_break { '\n' } else { ' ' });
        }
        is_break = false;
        to.push(letter);
    }
}

/// A text in which addresses of electronic mail begin with the `@`: the local part is never kept.
pub fn without_local_parts(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (nth, part) in text.split('@').enumerate() {
        if nth > 0 {
            let is_local = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
            let end = kept.trim_end_matches(is_local).len();
            kept.truncate(end);
            kept.push('@');
        }
        kept.push_str(part);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_their_local_part() {
        for (text, kept) in [
            ("A. Example <a.ex+l@made.example>", "A. Example <@made.example>"),
            ("x@a.example | y@b.example", "@a.example | @b.example"),
            ("é@a@b", "@@b"),
            ("none", "none"),
        ] {
            assert_eq!(without_local_parts(text), kept);
        }
    }

    #[test]
    fn white_space_is_folded_and_a_break_stays() {
        let mut text = String::from("x");
        fold("  A\u{a0}\u{a0}B \r\n C\0 ", &mut text);
        assert_eq!(text, "xA B\nC");
    }

    #[test]
    fn a_merged_cell_belongs_to_each_row_below() {
        let mut sheet = Sheet::named("S", false);
        for number in 1..=3 {
            assert!(sheet.open_row(number, 0..0, number == 3));
            if number == 1 {
                sheet.put(0, Kind::Text, "Acme");
            }
            sheet.put(1, Kind::Text, "x");
        }
        sheet.close();
        sheet.carry_down(0, 1..4);
        let texts: Vec<&str> = sheet.rows.iter().map(|row| sheet.text(row, 0)).collect();
        assert_eq!(texts, ["Acme", "Acme", "Acme"]);
        assert_eq!(sheet.place_of_cell(&sheet.rows[2], 27), "sheet S, cell AB3 (hidden)");
    }
}
