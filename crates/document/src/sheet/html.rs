//! Tables of an HTML page as sheets: spans of columns leave cells empty, spans of rows carry the cell down. A table inside
//! a cell is text of the cell, and a table of its own as well: many pages are laid out with tables.

use fact::{Evidence, Problem};

use super::{Book, Form, Kind, Sheet};
use crate::page::{Page, Row};

/// Reads the tables of a page, of each at most `most_rows` rows; `None` where the page has none.
pub fn book(bytes: &[u8], most_rows: usize) -> Option<Book> {
    let mut book = Book::new(Form::Page);
    let page = match Page::read_lines(bytes) {
        Ok(page) => page,
        Err(charset) => {
            let what = format!("expected UTF-8 or a character set of one byte a character, found `{charset}`");
            let evidence = Evidence::new(0..bytes.len().min(4096), "page", "");
            let hint = "save the page as UTF-8 and add it again".into();
            book.problems.push(Problem { kind: "charset-unsupported", evidence, what, hint });
            return Some(book);
        }
    };
    sheets(&page, "table", most_rows, &mut book.sheets);
    if page.has_inner
        && let Ok(inner) = Page::read_inner(bytes)
    {
        sheets(&inner, "inner table", most_rows, &mut book.sheets);
    }
    if book.sheets.is_empty() {
        return None;
    }
    (book.title, book.prose) = (page.title, page.prose);
    book.check_limits(bytes.len());
    Some(book)
}

/// One sheet for each table; they have names only where there are several.
fn sheets(page: &Page, kind: &str, most_rows: usize, to: &mut Vec<Sheet>) {
    let n_tables = page.rows.iter().map(|row| row.table).max().unwrap_or_default();
    for rows in page.rows.chunk_by(|one, other| one.table == other.table) {
        let name = if n_tables > 1 { format!("{kind} {}", rows[0].table) } else { String::new() };
        to.push(sheet(page, &rows[..rows.len().min(most_rows)], &name));
    }
}

fn sheet(page: &Page, rows: &[Row], name: &str) -> Sheet {
    let mut sheet = Sheet::named(name, false);
    let mut merged = Vec::new();
    // Columns that a cell of an earlier row still covers, with the last row that it covers.
    let mut covered: Vec<usize> = Vec::new();
    for row in rows {
        if !sheet.open_row(row.number, row.bytes.clone(), false) {
            break;
        }
        let mut column = 0;
        for (nth, text) in page.cells(row).enumerate() {
            while covered.get(column).is_some_and(|&last| last >= row.number) {
                column += 1;
            }
            sheet.put(column, Kind::Text, text);
            let span = row.spans.binary_search_by_key(&nth, |span| span.0).ok().map(|at| row.spans[at]);
            let (_, n_columns, n_rows) = span.unwrap_or((nth, 1, 1));
            let last = row.number + n_rows - 1;
            if n_rows > 1 && column < super::COLUMNS {
                covered.resize(covered.len().max(column + n_columns), 0);
                covered[column..column + n_columns].fill(last);
                merged.push((column, row.number..last + 1));
            }
            column += n_columns;
        }
    }
    sheet.close();
    for (column, rows) in merged {
        sheet.carry_down(column, rows);
    }
    sheet
}
