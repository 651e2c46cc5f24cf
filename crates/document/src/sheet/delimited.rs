//! Text with delimiters: bytes come in, one sheet goes out whose rows have the bytes of their lines as places.
//!
//! The delimiter is the one that makes the most even table. Quoted cells may hold delimiters and line breaks; a quote that
//! is not closed is a letter like others. UTF-8, UTF-16 (as spreadsheets save "Unicode text"), else windows-1252 row by
//! row, or the encoding that a mapping names.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, WINDOWS_1252};
use fact::{Evidence, Problem};

use super::{Book, Form, Kind, ROWS, Sheet};

/// Most columns of text: wider lists are workbooks.
const COLUMNS: usize = 4096;
/// How far a quote may be from the one that closes it.
const QUOTED: usize = 1 << 16;
/// How much is looked at where only the first rows are wanted.
const HEAD: usize = 1 << 18;

/// What a mapping says of the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// Label of the encoding, e.g. `gb18030`.
    pub encoding: Option<&'a str>,
    /// The delimiter.
    pub delimiter: Option<u8>,
}

/// Reads text; `None` where it is no text or no table.
pub fn book(bytes: &[u8], hints: &Hints<'_>, most_rows: usize) -> Option<Book> {
    let is_head = most_rows < ROWS && bytes.len() > HEAD;
    let bytes = if is_head { &bytes[..HEAD] } else { bytes };
    let (text, scale) = match wide(bytes) {
        Some((text, scale)) => (Cow::Owned(text.into_bytes()), Some(scale)),
        None => (Cow::Borrowed(bytes), None),
    };
    if scale.is_none() && is_binary(bytes) {
        return None;
    }
    let start = if text.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let (directive, start) = directive(&text, start);
    let delimiter = hints.delimiter.or(directive).or_else(|| delimiter(&text[start..]))?;
    let mut reader = Reader {
        split: Split { bytes: &text, at: start, delimiter, ends: ends(&text[start..]) },
        encoding: hints.encoding.and_then(|label| Encoding::for_label(label.as_bytes())),
        sheet: Sheet::default(),
        problems: Vec::new(),
        high: [0, 0],
    };
    reader.read(usize::from(start > 3), most_rows);
    let Reader { mut sheet, mut problems, .. } = reader;
    if delimiter == b'|' && is_markdown(&sheet) {
        return None;
    }
    if is_head && sheet.rows.len() < most_rows {
        // The last row is cut by the end of what was looked at.
        sheet.rows.pop();
    }
    if let Some(scale) = scale {
        scale.bring_back(&text, &mut sheet, &mut problems);
    }
    let mut book = Book { sheets: vec![sheet], problems, ..Book::new(Form::Delimited(delimiter)) };
    book.check_limits(bytes.len());
    Some(book)
}

/// True where a row is a rule between header and rows, as tables have in Markdown: that is not this kind of table.
fn is_markdown(sheet: &Sheet) -> bool {
    let is_rule = |text: &str| text.contains("--") && text.chars().all(|c| matches!(c, '-' | ':' | ' '));
    sheet.rows.iter().take(300).any(|row| sheet.cells(row).all(|(_, text)| is_rule(text)))
}

/// True where the head holds more than a few bytes that no text has.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let n_odd =
        head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C)).count();
    n_odd * 50 > head.len()
}

/// A first line `sep=;`, as spreadsheet programs write it.
fn directive(text: &[u8], start: usize) -> (Option<u8>, usize) {
    let rest = &text[start..];
    let Some(&delimiter) = rest.strip_prefix(b"sep=").and_then(|rest| rest.first()) else { return (None, start) };
    let end = memchr::memchr(b'\n', &rest[..rest.len().min(16)]).map_or(start, |end| start + end + 1);
    if end == start { (None, start) } else { (Some(delimiter), end) }
}

/// The bytes that end a line: LF, or CR in text that has no LF.
fn ends(text: &[u8]) -> u8 {
    let head = &text[..text.len().min(HEAD)];
    if memchr::memchr(b'\n', head).is_none() && memchr::memchr(b'\r', head).is_some() { b'\r' } else { b'\n' }
}

/// The delimiter that makes the most even table of the first rows.
fn delimiter(text: &[u8]) -> Option<u8> {
    let head = &text[..text.len().min(1 << 16)];
    let evenness = |delimiter: u8| {
        let mut split = Split { bytes: head, at: 0, delimiter, ends: ends(head) };
        let mut widths: Vec<usize> = std::iter::from_fn(|| split.next()).map(|record| record.width).take(300).collect();
        widths.sort_unstable();
        let runs = widths.chunk_by(|one, other| one == other);
        runs.map(|run| (run.len() + 1) * (run[0] - 1)).max().unwrap_or_default()
    };
    let best = [b'\t', b';', b',', b'|'].map(|delimiter| (evenness(delimiter), delimiter));
    best.into_iter()
        .rev()
        .max_by_key(|(evenness, _)| *evenness)
        .filter(|(evenness, _)| *evenness > 0)
        .map(|best| best.1)
}

/// Rows of text in the course of being read.
struct Reader<'a> {
    split: Split<'a>,
    encoding: Option<&'static Encoding>,
    sheet: Sheet,
    problems: Vec<Problem>,
    /// Bytes above 0x7F in rows that are no UTF-8: those that stand alone, and those beside another.
    high: [usize; 2],
}

impl Reader<'_> {
    fn read(&mut self, n_before: usize, most_rows: usize) {
        let mut number = n_before;
        let mut n_nuls = 0;
        while self.sheet.rows.len() <= most_rows {
            let Some(record) = self.split.next() else { break };
            number += 1;
            let row = &self.split.bytes[record.at.clone()];
            n_nuls += memchr::memchr_iter(0, row).count();
            if record.width > COLUMNS {
                let what = format!("expected at most {COLUMNS} columns, found {}", record.width);
                self.problem("too-wide", &record, number, what, "save the list as a workbook, or correct the row");
                continue;
            }
            if let Some(at) = record.open_quote {
                let what = format!("expected a quote that closes the one in cell {}, found none", at + 1);
                self.problem("quote-open", &record, number, what, "close the quote, or double it where it is a letter");
            }
            if !self.sheet.open_row(number, record.at.clone(), false) {
                break;
            }
            self.row(&record);
        }
        self.sheet.close();
        self.sheet.rows.truncate(most_rows);
        self.check(n_nuls);
    }

    fn row(&mut self, record: &Record) {
        let bytes = self.split.bytes;
        let is_utf_8 = self.encoding.is_none() && std::str::from_utf8(&bytes[record.at.clone()]).is_ok();
        if !is_utf_8 && self.encoding.is_none() {
            let row = &bytes[record.at.clone()];
            let is_high = |at: usize| row.get(at).is_some_and(|&byte| byte >= 0x80);
            for at in (0..row.len()).filter(|&at| is_high(at)) {
                self.high[usize::from(is_high(at + 1) || at > 0 && is_high(at - 1))] += 1;
            }
        }
        for (column, (at, is_quoted)) in record.cells.iter().enumerate() {
            let cell = &bytes[at.clone()];
            let encoding = self.encoding.unwrap_or(if is_utf_8 { encoding_rs::UTF_8 } else { WINDOWS_1252 });
            let text = encoding.decode_without_bom_handling(cell).0;
            let text = if *is_quoted { Cow::Owned(text.replace("\"\"", "\"")) } else { text };
            self.sheet.put(column, Kind::Text, &text);
        }
        if let Some(row) = self.sheet.rows.last_mut() {
            row.width = record.width;
        }
    }

    fn check(&mut self, n_nuls: usize) {
        let Some(first) = self.sheet.rows.first() else { return };
        let (place, at) = (self.sheet.place(first), first.at.clone());
        let mut tell = |kind, what: String, hint: &str| {
            let evidence = Evidence::new(at.clone(), place.clone(), "");
            self.problems.push(Problem { kind, evidence, what, hint: hint.into() });
        };
        if n_nuls > 0 {
            let what = format!("expected text, found {n_nuls} NUL bytes in it, which were left out");
            tell("nul-bytes", what, "export the list again");
        }
        let [alone, paired] = self.high;
        if paired > alone && paired > 3 {
            let what = "expected UTF-8 or windows-1252, found letters of two bytes each";
            let hint = "name the encoding in the mapping: `[format]`, `encoding = \"gb18030\"`";
            tell("encoding-unclear", what.into(), hint);
        }
    }

    fn problem(&mut self, kind: &'static str, record: &Record, number: usize, what: String, hint: &str) {
        let head = &self.split.bytes[record.at.start..record.at.end.min(record.at.start + 400)];
        let quote = super::without_local_parts(&String::from_utf8_lossy(head));
        let evidence = Evidence::new(record.at.clone(), format!("row {number}"), &quote);
        self.problems.push(Problem { kind, evidence, what, hint: hint.into() });
    }
}

/// One record: a line, or several where quotes run over lines.
struct Record {
    at: Range<usize>,
    /// Bytes of each cell without its quotes, and whether it had some; at most [`COLUMNS`].
    cells: Vec<(Range<usize>, bool)>,
    width: usize,
    /// The cell in which a quote was not closed.
    open_quote: Option<usize>,
}

/// Splits text into records.
struct Split<'a> {
    bytes: &'a [u8],
    at: usize,
    delimiter: u8,
    ends: u8,
}

impl Split<'_> {
    fn next(&mut self) -> Option<Record> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let start = self.at;
        let mut record = Record { at: start..start, cells: Vec::new(), width: 0, open_quote: None };
        loop {
            let (cell, is_quoted, is_open) = self.cell();
            if is_open {
                record.open_quote.get_or_insert(record.width);
            }
            record.width += 1;
            if record.width <= COLUMNS {
                record.cells.push((cell, is_quoted));
            }
            match self.bytes.get(self.at) {
                Some(&byte) if byte == self.delimiter => self.at += 1,
                _ => break,
            }
            if record.width > COLUMNS {
                // Nothing is read from such a row: what is left of it is only counted.
                let rest = &self.bytes[self.at..];
                let end = memchr::memchr(self.ends, rest).unwrap_or(rest.len());
                record.width += 1 + memchr::memchr_iter(self.delimiter, &rest[..end]).count();
                self.at += end;
                break;
            }
        }
        record.at.end = self.at;
        if self.bytes[..self.at].ends_with(b"\r") && self.at > start {
            record.at.end -= 1;
        }
        self.at += usize::from(self.at < self.bytes.len());
        Some(record)
    }

    /// Reads one cell up to the delimiter or the end of the line: its bytes, whether it was quoted, whether a quote is
    /// open.
    fn cell(&mut self) -> (Range<usize>, bool, bool) {
        let rest = &self.bytes[self.at..];
        let n_blank = rest.iter().take_while(|&&byte| byte == b' ').count();
        let is_quote = rest.get(n_blank) == Some(&b'"');
        if is_quote {
            let start = self.at + n_blank + 1;
            if let Some(end) = self.closing(start) {
                self.at = end + 1;
                self.skip_cell();
                // `"Acme" and others`: what stands behind the quote belongs to the cell.
                let is_more = self.bytes[end + 1..self.at].iter().any(|byte| !byte.is_ascii_whitespace());
                return if is_more { (start - 1..self.at, false, false) } else { (start..end, true, false) };
            }
        }
        let start = self.at;
        self.skip_cell();
        let end = if self.bytes[start..self.at].ends_with(b"\r") { self.at - 1 } else { self.at };
        (start..end, false, is_quote)
    }

    fn skip_cell(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += memchr::memchr2(self.delimiter, self.ends, rest).unwrap_or(rest.len());
    }

    /// The quote that closes a cell. One that is followed by other letters, on another line than the first, closes
    /// nothing: there, two cells with one quote each were taken for one.
    fn closing(&self, start: usize) -> Option<usize> {
        let window = &self.bytes[..self.bytes.len().min(start + QUOTED)];
        let mut at = start;
        loop {
            let end = at + memchr::memchr(b'"', window.get(at..)?)?;
            if window.get(end + 1) == Some(&b'"') {
                at = end + 2;
                continue;
            }
            let behind = self.bytes[end + 1..].iter().find(|&&byte| byte != b' ' && byte != b'\r');
            let is_end = behind.is_none_or(|&byte| byte == self.delimiter || byte == self.ends);
            let is_one_line = memchr::memchr(self.ends, &self.bytes[start..end]).is_none();
            return (is_end || is_one_line).then_some(end);
        }
    }
}

/// How places in decoded text become places in the bytes: two bytes for each unit of UTF-16.
struct Scale {
    mark: usize,
}

/// Text in UTF-16: with its mark, or with a NUL in every other byte.
fn wide(bytes: &[u8]) -> Option<(String, Scale)> {
    let head = &bytes[..bytes.len().min(256)];
    let nuls = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count() * 5 > head.len();
    let (mark, is_little) = match bytes {
        [0xFF, 0xFE, ..] => (2, true),
        [0xFE, 0xFF, ..] => (2, false),
        _ if nuls(1) && !nuls(0) => (0, true),
        _ if nuls(0) && !nuls(1) => (0, false),
        _ => return None,
    };
    let units = bytes[mark..].chunks_exact(2).map(|two| {
        let two = [two[0], two[1]];
        if is_little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) }
    });
    let text = char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Some((text, Scale { mark }))
}

impl Scale {
    /// Turns the places of rows and problems, which are in order, into places in the bytes.
    fn bring_back(&self, text: &[u8], sheet: &mut Sheet, problems: &mut [Problem]) {
        let place = |seen: &mut (usize, usize), at: usize| {
            let between = text.get(seen.0.min(at)..at).unwrap_or_default();
            let starts = between.iter().filter(|&&byte| !(0x80..0xC0).contains(&byte));
            // A character of four bytes is two units, all others are one.
            *seen = (at.max(seen.0), seen.1 + starts.map(|&byte| if byte >= 0xF0 { 4 } else { 2 }).sum::<usize>());
            self.mark + seen.1
        };
        let mut seen = (0, 0);
        for row in &mut sheet.rows {
            row.at = place(&mut seen, row.at.start)..place(&mut seen, row.at.end);
        }
        problems.sort_by_key(|problem| problem.evidence.start);
        seen = (0, 0);
        for Problem { evidence, .. } in problems {
            evidence.start = place(&mut seen, evidence.start as usize) as u64;
            let mut end = seen;
            evidence.end = place(&mut end, evidence.end as usize) as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Book {
        book(bytes, &Hints::default(), ROWS).unwrap()
    }

    fn rows(book: &Book) -> Vec<Vec<String>> {
        let sheet = &book.sheets[0];
        sheet.rows.iter().map(|row| (0..row.width).map(|column| sheet.text(row, column).into()).collect()).collect()
    }

    #[test]
    fn quoted_cells_hold_delimiters_and_lines() {
        let bytes = b"a,b\r\n\"x, y\",\"one\r\ntwo \"\"2\"\"\"\r\n\r\nz,";
        let book = read(bytes);
        assert_eq!(rows(&book), [vec!["a", "b"], vec!["x, y", "one\ntwo \"2\""], vec!["z", ""]]);
        let places: Vec<(usize, &[u8])> =
            book.sheets[0].rows.iter().map(|row| (row.number, &bytes[row.at.clone()])).collect();
        assert_eq!(places[1].1, b"\"x, y\",\"one\r\ntwo \"\"2\"\"\"");
        assert_eq!(places[2], (4, b"z,".as_slice()));
    }

    #[test]
    fn a_quote_that_is_not_closed_swallows_nothing() {
        let book = read(b"a,b\n\"Acme,x\nBorealis,\"Cygnus\"\n1,2\n");
        assert_eq!(rows(&book), [vec!["a", "b"], vec!["\"Acme", "x"], vec!["Borealis", "Cygnus"], vec!["1", "2"]]);
        assert_eq!(book.problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(), ["quote-open"]);
        assert_eq!(book.problems[0].evidence.place, "row 2");
    }

    #[test]
    fn the_delimiter_is_found() {
        for (text, delimiter) in [
            ("a;b;c\nAcme, Inc;1,5;x, y\nBorealis;2,5;z\n", b';'),
            ("List of documents, May\na\tb\tc\n1, 2\t2\t3\n", b'\t'),
            ("a,b,c\nx;y;z,1,2\n", b','),
            ("a|b\n1|2\n", b'|'),
            ("sep=|\na,b|c,d\ne,f|g,h\n", b'|'),
        ] {
            assert_eq!(read(text.as_bytes()).form, Form::Delimited(delimiter), "{text}");
        }
        assert!(book(b"plain\ntext\n", &Hints::default(), ROWS).is_none());
        assert!(book(b"| a | b |\n|---|---|\n| 1 | 2 |\n", &Hints::default(), ROWS).is_none());
    }

    #[test]
    fn utf_16_has_places_in_its_own_bytes() {
        for is_little in [true, false] {
            let text = "\u{feff}a\té\n\u{1F600}x\tb\ny\tz";
            let bytes: Vec<u8> = text
                .encode_utf16()
                .flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() })
                .collect();
            let book = read(&bytes);
            assert_eq!(rows(&book), [vec!["a", "é"], vec!["\u{1F600}x", "b"], vec!["y", "z"]]);
            let places: Vec<Range<usize>> = book.sheets[0].rows.iter().map(|row| row.at.clone()).collect();
            assert_eq!(places, [2..8, 10..20, 22..28]);
        }
    }

    #[test]
    fn old_encodings_are_told_apart() {
        let book = read(b"a,b\ncaf\xE9,na\xEFve\nna\xC3\xAFve,x\n");
        assert_eq!(rows(&book)[1..], [vec!["café", "naïve"], vec!["naïve", "x"]]);
        assert!(book.problems.is_empty());
        let chinese = b"a,b\n\xD6\xD0\xB9\xFA\xD2\xC6\xB6\xAF,x\n";
        assert_eq!(read(chinese).problems[0].kind, "encoding-unclear");
        let hints = Hints { encoding: Some("gb18030"), ..Hints::default() };
        assert_eq!(rows(&super::book(chinese, &hints, ROWS).unwrap())[1][0], "中国移动");
    }

    #[test]
    fn old_line_ends_and_nuls_are_read() {
        let book = read(b"a,b\r1,2\r");
        assert_eq!(rows(&book), [vec!["a", "b"], vec!["1", "2"]]);
        let text = format!("a,b\n1\0,2\n{}", "x,y\n".repeat(20));
        let book = read(text.as_bytes());
        assert_eq!((rows(&book)[1].clone(), book.problems[0].kind), (vec!["1".into(), "2".into()], "nul-bytes"));
    }

    proptest! {
        #[test]
        fn places_of_rows_lie_in_order_within_the_bytes(bytes in prop::collection::vec(
            prop::sample::select(b"a\",;\t\n\r \0\xE9\xC3\xA9\xFF\xFE".to_vec()), 0..80,
        )) {
            let Some(book) = book(&bytes, &Hints::default(), ROWS) else { return Ok(()) };
            let mut end = 0;
            for row in &book.sheets[0].rows {
                prop_assert!(end <= row.at.start && row.at.start <= row.at.end && row.at.end <= bytes.len());
                end = row.at.end;
            }
            for problem in &book.problems {
                prop_assert!(problem.evidence.start <= problem.evidence.end && problem.evidence.end <= bytes.len() as u64);
            }
        }
    }
}
