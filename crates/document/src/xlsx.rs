//! Workbooks (.xlsx, .ods, .xls): each sheet is a table, and each of its cells a block.

use crate::build::Build;
use crate::sheet::{self, Form, Hints};
use crate::{Document, Format, Kind};

/// Most rows of a sheet that are read as a document.
const ROWS: usize = 200_000;

/// Reads a workbook; `None` where the bytes are none.
pub(crate) fn read(bytes: &[u8], origin: &str) -> Option<Document> {
    let book = sheet::book(bytes, origin, &Hints::default(), ROWS).filter(|book| book.form == Form::Workbook)?;
    let mut build = Build::new(Format::Xlsx);
    for (table, sheet) in (0..).zip(&book.sheets) {
        let start = build.len();
        build.push(&sheet.name);
        build.block(start..build.len(), Kind::Heading(1), format!("sheet {}", sheet.name));
        build.push("\n");
        for row in &sheet.rows {
            if build.is_full() {
                break;
            }
            for (nth, (column, text)) in sheet.cells(row).enumerate() {
                build.push(if nth > 0 { "\t" } else { "" });
                let start = build.len();
                build.push(text);
                let number = u32::try_from(row.number.saturating_sub(1)).unwrap_or(u32::MAX);
                let kind = Kind::Cell { table, row: number, column: u32::try_from(column).unwrap_or(u32::MAX) };
                build.block(start..build.len(), kind, sheet.place_of_cell(row, column));
            }
            build.push("\n");
        }
    }
    if book.problems.is_empty() && build.text().trim().is_empty() {
        build.problem("no-text", "workbook", "expected words, found none".into(), "add a workbook that is filled in");
    }
    build.take_problems(book.problems);
    Some(build.finish())
}
