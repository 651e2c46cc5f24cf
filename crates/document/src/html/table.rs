//! Tables of a page: cells with their coordinates; what spans rows pushes the cells below aside.

use super::{DEPTH, Reader};
use crate::Kind;

/// HTML allows a thousand columns; more is no table that somebody wrote.
const SPANNED: u32 = 1000;
/// Most columns of a row.
const COLUMNS: u32 = 1 << 14;

/// A table that is open.
pub(super) struct Table {
    number: u32,
    row: u32,
    column: u32,
    is_in_row: bool,
    is_in_cell: bool,
    /// For each column, the row from which it is free again.
    free_from: Vec<u32>,
}

impl Reader {
    pub(super) fn is_in_cell(&self) -> bool {
        self.tables.last().is_some_and(|table| table.is_in_cell)
    }

    pub(super) fn is_between_cells(&self) -> bool {
        self.tables.last().is_some_and(|table| !table.is_in_cell)
    }

    pub(super) fn start_table(&mut self) {
        self.cut_cell();
        if self.tables.len() >= DEPTH {
            return;
        }
        let number = self.n_tables;
        self.n_tables = self.n_tables.saturating_add(1);
        self.tables.push(Table {
            number,
            row: 0,
            column: 0,
            is_in_row: false,
            is_in_cell: false,
            free_from: Vec::new(),
        });
    }

    pub(super) fn start_row(&mut self) {
        self.end_row();
        if let Some(table) = self.tables.last_mut() {
            (table.column, table.is_in_row) = (0, true);
        }
    }

    pub(super) fn start_cell(&mut self, columns: Option<u32>, rows: Option<u32>) {
        self.end_cell();
        let Some(table) = self.tables.last_mut() else { return };
        table.is_in_row = true;
        while table.free_from.get(table.column as usize).is_some_and(|&free| free > table.row) {
            table.column += 1;
        }
        table.column = table.column.min(COLUMNS - 1);
        let columns = columns.unwrap_or(1).clamp(1, SPANNED).min(COLUMNS - table.column.min(COLUMNS - 1));
        let (from, to) = (table.column as usize, (table.column + columns) as usize);
        table.free_from.resize(table.free_from.len().max(to), 0);
        let free = table.row.saturating_add(rows.unwrap_or(1).clamp(1, SPANNED));
        table.free_from[from..to].fill(free);
        table.is_in_cell = true;
        self.from = self.build.len();
    }

    /// Makes a block of the words of the cell so far.
    fn cut_cell(&mut self) {
        let Some(table) = self.tables.last().filter(|table| table.is_in_cell) else { return };
        let (number, row, column) = (table.number, table.row, table.column);
        let place = format!("table {}, row {}, column {}", number + 1, row + 1, column + 1);
        let range = self.from..self.build.len();
        if self.build.block(range, Kind::Cell { table: number, row, column }, place).is_some() {
            self.build.push("\n");
        }
        self.gap = false;
        self.from = self.build.len();
    }

    pub(super) fn end_cell(&mut self) {
        self.cut_cell();
        let Some(table) = self.tables.last_mut().filter(|table| table.is_in_cell) else { return };
        table.is_in_cell = false;
        // The next cell stands where this one ends.
        let row = table.row;
        let width = table.free_from[table.column as usize..].iter().take_while(|&&free| free > row).count();
        table.column = table.column.saturating_add(u32::try_from(width.max(1)).unwrap_or(1)).min(COLUMNS - 1);
    }

    pub(super) fn end_row(&mut self) {
        self.end_cell();
        if let Some(table) = self.tables.last_mut().filter(|table| table.is_in_row) {
            table.is_in_row = false;
            table.row = table.row.saturating_add(1);
        }
        self.from = self.build.len();
    }

    pub(super) fn end_table(&mut self) {
        self.end_row();
        self.tables.pop();
        self.from = self.build.len();
    }
}
