//! Tables: counted through the text, their rows without gaps.

use super::is_cell;
use crate::{Paragraph, Style};

/// Last column; Word knows 63.
pub(crate) const LAST_COLUMN: u32 = 62;

pub(super) fn count(body: &mut Vec<Paragraph>) {
    let mut n_tables = 0;
    // What was read last, as it stood there, and what became of it.
    let mut last: Option<([u32; 3], [u32; 2])> = None;
    for paragraph in body.iter_mut() {
        let Style::Cell { table, row, column } = &mut paragraph.style else {
            last = None;
            continue;
        };
        let was = [*table, *row, (*column).min(LAST_COLUMN)];
        let [new_table, new_row] = match last {
            Some(([old, ..], _)) if old != was[0] => [n_tables, 0],
            Some(([_, old_row, old_column], [table, row])) if old_row != was[1] || was[2] < old_column => {
                [table, row + 1]
            }
            Some((_, place)) => place,
            None => [n_tables, 0],
        };
        n_tables = new_table + 1;
        (*table, *row, *column) = (new_table, new_row, was[2]);
        last = Some((was, [new_table, new_row]));
    }
    // A file has a paragraph behind a table at its end: it says nothing.
    if let [.., before, end] = &body[..]
        && is_cell(before)
        && *end == Paragraph::default()
    {
        body.pop();
    }
}
