//! Tables: each cell is a block; a table inside a cell parts the words of the cell.

use super::{Inside, Reader, mark_changes};
use crate::Kind;
use crate::tree::Node;

/// The cell that is read: its coordinates, and where its words that are no block yet begin.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    table: u32,
    row: u32,
    column: u32,
    start: usize,
}

/// Where the next cell of a row stands.
struct Place {
    table: u32,
    row: u32,
    column: u32,
    is_first: bool,
}

/// Most columns of a table; Word knows 63.
const COLUMNS: u32 = 1 << 14;

impl<'a> Reader<'a> {
    pub(super) fn table(&mut self, node: Node<'a>, inside: Inside) {
        self.close_mark();
        self.close_cell();
        let (outer, table) = (self.cell.take(), self.n_tables);
        if inside != Inside::Flow {
            self.n_tables = self.n_tables.saturating_add(1);
        }
        let mut row = 0;
        self.rows(node, inside, table, &mut row);
        self.cell = outer.map(|cell| Cell { start: self.build.len(), ..cell });
    }

    fn rows(&mut self, parent: Node<'a>, inside: Inside, table: u32, row: &mut u32) {
        for node in parent.children() {
            match node.name() {
                "tr" if !self.build.is_full() => {
                    let properties = node.child("trPr");
                    let changes = properties.map(mark_changes).unwrap_or_default();
                    let before = properties.and_then(|it| it.value("gridBefore")).and_then(|n| n.parse().ok());
                    let mut place = Place { table, row: *row, column: before.unwrap_or(0), is_first: true };
                    self.within(changes, |reader| {
                        reader.cells(node, inside, &mut place);
                        reader.build.push("\n");
                    });
                    *row = row.saturating_add(1);
                }
                "sdt" | "sdtContent" | "customXml" => self.rows(node, inside, table, row),
                _ => {}
            }
        }
    }

    fn cells(&mut self, parent: Node<'a>, inside: Inside, place: &mut Place) {
        for node in parent.children() {
            match node.name() {
                "tc" => {
                    if !std::mem::take(&mut place.is_first) {
                        self.build.push("\t");
                    }
                    let properties = node.child("tcPr");
                    let span = properties.and_then(|it| it.value("gridSpan")).and_then(|span| span.parse().ok());
                    self.cell_at(node, inside, place);
                    place.column = place.column.saturating_add(span.unwrap_or(1).clamp(1, COLUMNS)).min(COLUMNS);
                }
                "sdt" | "sdtContent" | "customXml" => self.cells(node, inside, place),
                _ => {}
            }
        }
    }

    fn cell_at(&mut self, node: Node<'a>, inside: Inside, place: &Place) {
        let &Place { table, row, column, .. } = place;
        if inside == Inside::Flow {
            self.blocks(node, Inside::Flow);
        } else {
            self.cell = Some(Cell { table, row, column, start: self.build.len() });
            self.blocks(node, Inside::Cell);
            self.close_cell();
            self.cell = None;
        }
        // The last mark of a cell is its end, which nobody can delete alone.
        self.mark = None;
    }

    /// Makes a block of the words of the cell so far.
    fn close_cell(&mut self) {
        let Some(Cell { table, row, column, start }) = self.cell else { return };
        let place = format!("table {}, row {}, column {}", table + 1, row + 1, column + 1);
        let kind = Kind::Cell { table, row, column };
        self.build.block(start..self.build.len(), kind, place);
    }
}
