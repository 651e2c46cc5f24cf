//! Coverage: a calendar of sources or bodies by year, each cell filled to the share that is held. Gaps are gaps.

use crate::frame::{Form, Frame, Width};
use crate::pen::{Anchor, Pen, top};
use crate::strip;
use crate::table::{Cell, Table};
use crate::text;

/// A matrix of shares held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Name, summary and origin.
    pub frame: Frame,
    /// What a row is, for the table: "source".
    pub unit: String,
    /// Periods from left to right, none left out.
    pub columns: Vec<String>,
    /// Rows from top to bottom.
    pub rows: Vec<CoverageRow>,
}

/// A row of [`Coverage`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CoverageRow {
    /// The source or body.
    pub name: String,
    /// Its page.
    pub href: Option<String>,
    /// One cell per column; a missing one is a cell of which nothing is known.
    pub cells: Vec<CoverageCell>,
}

/// A cell of [`Coverage`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CoverageCell {
    /// Share held, `0.0..=1.0`: 0 is a gap, `None` says that it is not known what there was to hold.
    pub share: Option<f64>,
    /// What the share is of: "3 of 4 meetings". Shown in the read-out.
    pub note: String,
    /// What is held.
    pub href: Option<String>,
}

/// Places of the matrix, in units.
struct Grid {
    left: f64,
    top: f64,
    row: f64,
    /// From the top of a row to the top of its cells.
    head: f64,
    column: f64,
    name_room: f64,
}

impl Form for Coverage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn svg(&self, width: Width) -> String {
        let units = width.units();
        let first = top(&self.frame) + 24.0;
        let n_columns = self.columns.len().max(1) as f64;
        let grid = match width {
            Width::Wide => Grid {
                left: 232.0,
                top: first,
                row: 30.0,
                head: 2.0,
                column: ((units - 236.0) / n_columns).min(80.0),
                name_room: 222.0,
            },
            Width::Narrow => Grid {
                left: 2.0,
                top: first,
                row: 54.0,
                head: 25.0,
                column: ((units - 4.0) / n_columns).min(80.0),
                name_room: units - 8.0,
            },
        };
        let height = first + grid.row * self.rows.len().max(1) as f64 + 34.0;
        let n_marks = self.rows.len() * (self.columns.len() / 2 + 1);
        let mut pen = Pen::open("coverage", &self.frame, width, [units, height], n_marks);
        if self.rows.is_empty() || self.columns.is_empty() {
            pen.nothing();
            return pen.close();
        }
        self.heads(&mut pen, &grid);
        for (at, row) in self.rows.iter().enumerate() {
            self.row(&mut pen, &grid, row, first + grid.row * at as f64, units);
        }
        key(&mut pen, [grid.left, height - 20.0]);
        pen.close()
    }

    fn table(&self) -> Table {
        let header = std::iter::once(&self.unit).chain(&self.columns).cloned().collect();
        let rows = self.rows.iter().map(|row| {
            let name = Cell::linked(&row.name, row.href.as_deref());
            let cells = (0..self.columns.len()).map(|at| {
                row.cells.get(at).map_or(Cell::plain("unknown"), |cell| {
                    Cell::linked(strip::share_label(cell.share), cell.href.as_deref())
                })
            });
            std::iter::once(name).chain(cells).collect()
        });
        Table { caption: self.frame.title.clone(), header, rows: rows.collect() }
    }
}

impl Coverage {
    fn heads(&self, pen: &mut Pen, grid: &Grid) {
        let widest = self.columns.iter().map(|column| text::width(column, 12.0)).fold(1.0, f64::max);
        let every = ((widest + 6.0) / grid.column).ceil().max(1.0) as usize;
        for (at, column) in self.columns.iter().enumerate().step_by(every) {
            // The first of a group of columns carries the name, so that the last one never hangs over the edge.
            let x = grid.left + grid.column * at as f64;
            match every {
                1 => pen.label("axis", x + grid.column / 2.0, grid.top - 6.0, Anchor::Middle, column),
                _ if at + every <= self.columns.len() => {
                    pen.fitted("axis", [x, grid.top - 6.0], Anchor::Start, grid.column * every as f64, column);
                }
                _ => {}
            }
        }
    }

    fn row(&self, pen: &mut Pen, grid: &Grid, row: &CoverageRow, y: f64, units: f64) {
        let base = if grid.head > 10.0 { y + 16.0 } else { y + 20.0 };
        let name_area = [0.5, y + 0.5, grid.name_room + 4.0, if grid.head > 10.0 { 25.0 } else { grid.row - 1.0 }];
        pen.mark(row.href.as_deref(), &[&row.name], |pen| {
            pen.hit([name_area[0], name_area[1], name_area[2].min(units - 1.0), name_area[3]]);
            pen.fitted("name", [4.0, base], Anchor::Start, grid.name_room, &row.name);
        });
        let unknown = CoverageCell::default();
        for (at, column) in self.columns.iter().enumerate() {
            let cell = row.cells.get(at).unwrap_or(&unknown);
            let x = grid.left + grid.column * at as f64;
            let (top, height) = (y + grid.head, grid.row - grid.head - 2.0);
            let href = cell.href.as_deref().filter(|_| grid.column >= if grid.head > 10.0 { 25.0 } else { 29.0 });
            let share = strip::share_label(cell.share);
            let between = if cell.note.is_empty() { "" } else { "; " };
            pen.mark(href, &[&row.name, ", ", column, ": ", &share, between, &cell.note], |pen| {
                pen.hit([x, top - 1.5, grid.column, height + 3.0]);
                let gap = if grid.column > 8.0 { 2.0 } else { 0.0 };
                strip::cell(pen, cell.share, [x + gap, top + 3.0, grid.column - 2.0 * gap, height - 6.0]);
            });
        }
    }
}

/// What a cell can look like: held, partly held, a gap, not known.
fn key(pen: &mut Pen, [x, y]: [f64; 2]) {
    let kinds = [(Some(1.0), "held"), (Some(0.5), "half"), (Some(0.0), "gap"), (None, "not known")];
    for (at, (share, name)) in kinds.into_iter().enumerate() {
        let x = x + 64.0 * at as f64;
        strip::cell(pen, share, [x + 2.0, y, 16.0, 12.0]);
        pen.label("axis", x + 23.0, y + 10.0, Anchor::Start, name);
    }
}
