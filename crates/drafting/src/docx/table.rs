//! Tables of a Word document: cells of a marked text to rows and columns.

use super::body::Body;
use crate::filed::{is_all, place};
use crate::{Change, Paragraph};

/// Writes the table that begins at `from`, and returns the place behind it.
pub(super) fn table(body: &mut Body<'_>, paragraphs: &[Paragraph], from: usize) -> usize {
    let rest = paragraphs.get(from..).unwrap_or_default();
    let table = |paragraph: &Paragraph| place(paragraph).map(|[table, ..]| table);
    let n = rest.iter().take_while(|it| table(it).is_some() && table(it) == rest.first().and_then(table)).count();
    let rest = rest.get(..n).unwrap_or_default();
    let n_columns = rest.iter().filter_map(place).map(|[.., column]| column + 1).max().unwrap_or(1);
    body.xml.open("w:tbl", &[]);
    body.xml.open("w:tblPr", &[]);
    body.xml.leaf("w:tblStyle", &[("w:val", "TableGrid")]);
    body.xml.leaf("w:tblW", &[("w:w", "5000"), ("w:type", "pct")]);
    body.xml.close();
    body.xml.open("w:tblGrid", &[]);
    (0..n_columns).for_each(|_| body.xml.leaf("w:gridCol", &[("w:w", &(9071 / n_columns).to_string())]));
    body.xml.close();
    let mut p = from;
    for cells in rest.chunk_by(|one, other| place(one).map(|it| it[1]) == place(other).map(|it| it[1])) {
        body.xml.line();
        row(body, cells, p, n_columns);
        p += cells.len();
    }
    body.xml.close();
    p
}

fn row(body: &mut Body<'_>, paragraphs: &[Paragraph], mut p: usize, n_columns: u32) {
    let column = |paragraph: &Paragraph| place(paragraph).map_or(0, |[.., column]| column);
    let first = paragraphs.first().map_or(0, column);
    let change = whole(paragraphs);
    body.xml.open("w:tr", &[]);
    if first > 0 || change.is_some() {
        body.xml.open("w:trPr", &[]);
        if first > 0 {
            body.xml.leaf("w:gridBefore", &[("w:val", &first.to_string())]);
        }
        if let Some(change) = change {
            body.changes(change, |xml, name, values| xml.leaf(name, values));
        }
        body.xml.close();
    }
    let mut cells = paragraphs.chunk_by(|one, other| column(one) == column(other)).peekable();
    while let Some(cell) = cells.next() {
        let next = cells.peek().and_then(|next| next.first()).map_or(n_columns, column);
        let span = next.saturating_sub(cell.first().map_or(0, column));
        body.xml.open("w:tc", &[]);
        if span > 1 {
            body.xml.open("w:tcPr", &[]);
            body.xml.leaf("w:gridSpan", &[("w:val", &span.to_string())]);
            body.xml.close();
        }
        for paragraph in cell {
            p = body.paragraph((0, p), paragraph);
        }
        body.xml.close();
    }
    body.xml.close();
}

/// What was done to a row, where it was added or struck whole.
fn whole(paragraphs: &[Paragraph]) -> Option<&Change> {
    let change = &paragraphs.first()?.mark;
    let is_one = matches!(change, Change::Inserted(_) | Change::Deleted(_));
    (is_one && paragraphs.iter().all(|it| it.mark == *change && is_all(it, change))).then_some(change)
}
