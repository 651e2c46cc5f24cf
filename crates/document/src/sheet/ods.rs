//! Workbooks of OpenDocument (.ods): an archive comes in, its sheets go out.
//!
//! Numbers are as they are shown where that is the same number; dates, truth values and text are as stored. Comments on
//! cells are left out. Repeated cells and rows are read as often as they stand there, within the limits.
//! OpenDocument 1.3 part 3, chapters 9 and 19.

use std::collections::BTreeSet;

use super::{Archive, COLUMNS, Kind, Refusal, Sheet, Sheets};
use crate::xml::{Next, Tag, Xml, text_of};

/// Most times a row with content is repeated: nobody writes the same row more often.
const REPEATS: usize = 10_000;

/// True when the archive holds such a workbook.
pub fn is_spreadsheet(archive: &Archive<'_>) -> bool {
    let kind = archive.read("mimetype").ok().flatten().unwrap_or_default();
    kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet")
}

/// Reads the sheets of a workbook, of each at most `most_rows` rows.
pub fn sheets(archive: &Archive<'_>, most_rows: usize) -> Sheets {
    let manifest = archive.read("META-INF/manifest.xml")?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(Refusal::Encrypted);
    }
    let Some(content) = archive.read("content.xml")? else {
        return Err(Refusal::Damaged("expected `content.xml`, found none".into()));
    };
    let text = text_of(content, "content.xml")?;
    let mut xml = Xml::new(&text, "content.xml");
    let (mut sheets, mut hidden, mut style) = (Vec::new(), BTreeSet::new(), String::new());
    loop {
        match xml.next()? {
            Next::Start(tag) => match tag.name().as_str() {
                "style" => style = tag.attribute("name").unwrap_or_default(),
                "table-properties" if tag.attribute("display").as_deref() == Some("false") => {
                    hidden.insert(style.clone());
                }
                "table" if !super::is_full(&mut sheets) => {
                    let is_hidden = tag.attribute("style-name").is_some_and(|style| hidden.contains(&style));
                    let sheet = Sheet::named(&tag.attribute("name").unwrap_or_default(), is_hidden);
                    sheets.push(Table { sheet, ..Table::default() }.read(&mut xml, most_rows)?);
                }
                _ => {}
            },
            Next::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// A sheet in the course of being read.
#[derive(Default)]
struct Table {
    sheet: Sheet,
    row: usize,
    /// Cells of the open row: column, how often, rows spanned, kind, text.
    cells: Vec<(usize, usize, usize, Kind, String)>,
    merged: Vec<(usize, std::ops::Range<usize>)>,
}

impl Table {
    fn read(mut self, xml: &mut Xml<'_>, most_rows: usize) -> Result<Sheet, Refusal> {
        let (mut column, mut repeats, mut is_hidden) = (0, 1, false);
        loop {
            match xml.next()? {
                Next::Start(tag) => match tag.name().as_str() {
                    "table-row" => {
                        repeats = tag.number("number-rows-repeated").unwrap_or(1).max(1);
                        is_hidden = tag.attribute("visibility").is_some_and(|shown| shown != "visible");
                        column = 0;
                    }
                    "table-cell" | "covered-table-cell" => {
                        let times = tag.number("number-columns-repeated").unwrap_or(1).clamp(1, COLUMNS);
                        let (kind, text) = cell(xml, &tag)?;
                        if !text.is_empty() && self.sheet.rows.len() <= most_rows {
                            let spanned = tag.number("number-rows-spanned").unwrap_or(1);
                            self.cells.push((column, times, spanned, kind, text));
                        }
                        column = (column + times).min(COLUMNS);
                    }
                    _ => {}
                },
                Next::End(name) if name == "table-row" => self.end_row(std::mem::take(&mut repeats), is_hidden),
                Next::End(name) if name == "table" => break,
                Next::Eof => break,
                _ => {}
            }
        }
        let Self { mut sheet, merged, .. } = self;
        sheet.close();
        sheet.rows.truncate(most_rows);
        for (column, rows) in merged {
            sheet.carry_down(column, rows);
        }
        Ok(sheet)
    }

    fn end_row(&mut self, repeats: usize, is_hidden: bool) {
        let cells = std::mem::take(&mut self.cells);
        let first = self.row + 1;
        self.row = self.row.saturating_add(repeats);
        if cells.is_empty() {
            return;
        }
        if repeats > REPEATS {
            let limit = format!("expected a row at most {REPEATS} times, found it {repeats} times");
            self.sheet.full.get_or_insert(limit);
        }
        for number in first..first + repeats.min(REPEATS) {
            if !self.sheet.open_row(number, 0..0, is_hidden) {
                return;
            }
            for (column, times, spanned, kind, text) in &cells {
                for nth in 0..*times {
                    self.sheet.put(column + nth, *kind, text);
                }
                if *spanned > 1 && self.merged.len() < super::ROWS {
                    self.merged.push((*column, number..number.saturating_add(*spanned)));
                }
            }
        }
    }
}

/// Reads a cell up to its end.
fn cell(xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<(Kind, String), Refusal> {
    let own = tag.name();
    let (mut text, mut n_comments) = (String::new(), 0_usize);
    loop {
        match xml.next()? {
            Next::Start(inner) => match inner.name().as_str() {
                "annotation" => n_comments += 1,
                "p" | "line-break" if n_comments == 0 && !text.is_empty() => text.push('\n'),
                "s" | "tab" if n_comments == 0 => text.push(' '),
                _ => {}
            },
            Next::Text(piece) if n_comments == 0 => text.push_str(&piece),
            Next::End(name) if name == "annotation" => n_comments = n_comments.saturating_sub(1),
            Next::End(name) if name == own => break,
            Next::Eof => break,
            _ => {}
        }
    }
    Ok(shown(tag, text))
}

fn shown(tag: &Tag<'_>, text: String) -> (Kind, String) {
    match tag.attribute("value-type").as_deref() {
        Some("date") => {
            let date = tag.attribute("date-value").unwrap_or_default();
            let minutes = date.strip_suffix("T00:00:00").or_else(|| date.strip_suffix(":00")).unwrap_or(&date);
            (Kind::Date, minutes.into())
        }
        Some("boolean") => {
            let is_true = tag.attribute("boolean-value").as_deref() == Some("true");
            (Kind::Truth, if is_true { "TRUE" } else { "FALSE" }.into())
        }
        Some("float" | "percentage" | "currency") => {
            let value = tag.attribute("value").and_then(|value| value.parse::<f64>().ok());
            let is_same = |value: f64| text.trim().parse::<f64>().is_ok_and(|shown| shown == value);
            match value {
                Some(value) if !is_same(value) => (Kind::Number, value.to_string()),
                _ => (Kind::Number, text),
            }
        }
        _ => (Kind::Text, text),
    }
}
