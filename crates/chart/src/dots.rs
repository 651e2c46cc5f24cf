//! Dots: one row per unit, a dot on the bar of its plausible values, ranks as ranges, the value written beside it.

use crate::frame::{Axis, Form, Frame, Tone, Value, Width};
use crate::number::{self, exact};
use crate::pen::{Anchor, Pen, top};
use crate::scale::{Scale, extent, ticks};
use crate::table::{Cell, Table, header};
use crate::text;

/// A dot plot with intervals; rows are drawn in the given order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dots {
    /// Name, summary and origin.
    pub frame: Frame,
    /// What the dots measure.
    pub axis: Axis,
    /// What a row is, for the table: "organisation".
    pub unit: String,
    /// Rows from top to bottom.
    pub rows: Vec<Dot>,
}

/// A row of [`Dots`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dot {
    /// The unit's name; shortened in the middle where it does not fit.
    pub name: String,
    /// Where the rows behind the value are.
    pub href: Option<String>,
    /// The value with its interval.
    pub value: Value,
    /// Lowest and highest plausible rank, drawn as `4–9`.
    pub rank: Option<[u32; 2]>,
    /// Whether the row is stressed.
    pub tone: Tone,
}

/// Places of the columns, in units.
struct Columns {
    names: f64,
    name_room: f64,
    plot: [f64; 2],
    row: f64,
    /// From the top of a row to the middle of its mark.
    mark: f64,
    first: f64,
}

impl Form for Dots {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn svg(&self, width: Width) -> String {
        let columns = self.columns(width);
        let bottom = if self.rows.len() > 12 { 26.0 } else { 8.0 };
        let height = columns.first + columns.row * self.rows.len().max(1) as f64 + bottom;
        let mut pen = Pen::open("dots", &self.frame, width, [width.units(), height], self.rows.len());
        if self.rows.is_empty() {
            pen.nothing();
            return pen.close();
        }
        let span = extent(&self.axis, self.rows.iter().map(|row| row.value));
        let scale = Scale::new(span, columns.plot[0], columns.plot[1]);
        self.axis(&mut pen, width, &columns, &scale, span);
        for (at, row) in self.rows.iter().enumerate() {
            row.draw(&mut pen, width, &columns, &scale, columns.first + columns.row * at as f64);
        }
        pen.close()
    }

    fn table(&self) -> Table {
        let decimals = number::decimals(self.rows.iter().map(|row| row.value));
        let rows = self.rows.iter().map(|row| row.cells(decimals)).collect();
        let measure = if self.axis.label.is_empty() { "value" } else { &self.axis.label };
        let header = header(&[&self.unit, "rank", measure, "from", "to"]);
        Table { caption: self.frame.title.clone(), header, rows }
    }
}

impl Dots {
    fn columns(&self, width: Width) -> Columns {
        let worst = self.rows.iter().filter_map(|row| row.rank).map(|[_, worst]| worst).max();
        let ranks = worst.map(|worst| text::width(&format!("{worst}–{worst}"), width.text_size()) + 18.0);
        let first = top(&self.frame) + 44.0;
        match width {
            Width::Wide => {
                let names = ranks.map_or(4.0, |room| room.max(64.0));
                Columns { names, name_room: 326.0 - names, plot: [340.0, 676.0], row: 30.0, mark: 15.0, first }
            }
            Width::Narrow => {
                let names = ranks.unwrap_or(2.0);
                Columns { names, name_room: 232.0 - names, plot: [8.0, 292.0], row: 46.0, mark: 32.0, first }
            }
        }
    }

    /// The axis on top and under long pictures, with grid lines and one thin line per row.
    fn axis(&self, pen: &mut Pen, width: Width, columns: &Columns, scale: &Scale, span: [f64; 2]) {
        let [left, right] = columns.plot;
        let n_rows = self.rows.len() as f64;
        let (upper, lower) = (columns.first - 4.0, columns.first + columns.row * n_rows);
        pen.fitted("axis", [left, upper - 26.0], Anchor::Start, width.units() - left, &self.axis.label);
        if width == Width::Wide && self.rows.iter().any(|row| row.rank.is_some()) {
            pen.label("axis", columns.names - 16.0, upper - 6.0, Anchor::End, "rank");
        }
        for tick in ticks(span[0], span[1], if width == Width::Wide { 6 } else { 4 }) {
            let x = scale.at(tick);
            let class = if tick == 0.0 { "base" } else { "grid" };
            match width {
                Width::Wide => pen.line(class, [x, upper, x, lower]),
                // Under names only: a line through a name is hard to read past.
                Width::Narrow => pen.rungs(class, x, [columns.first + 23.0, 18.0], columns.row, self.rows.len()),
            }
            pen.label("axis", x, upper - 6.0, anchor_inside(x, columns.plot), &exact(tick));
            if n_rows > 12.0 {
                pen.label("axis", x, lower + 16.0, anchor_inside(x, columns.plot), &exact(tick));
            }
        }
        pen.raw("<path class=\"row\" d=\"");
        for at in 0..self.rows.len() {
            let y = columns.first + columns.row * at as f64 + columns.mark;
            pen.raw("M").num(left).raw(" ").num(y).raw("H").num(right);
        }
        pen.raw("\"/>");
    }
}

impl Dot {
    fn draw(&self, pen: &mut Pen, width: Width, columns: &Columns, scale: &Scale, y: f64) {
        let (units, full) = (width.units(), self.value.readout());
        pen.mark(self.href.as_deref(), &[&self.name, ": ", &full], |pen| {
            pen.hit([0.5, y + 0.5, units - 1.0, columns.row - 1.0]);
            let base = match width {
                Width::Wide => y + columns.mark + 5.0,
                Width::Narrow => y + 17.0,
            };
            if let Some(rank) = self.rank_label() {
                pen.label("muted", columns.names - 16.0, base, Anchor::End, &rank);
            }
            let class = if self.tone == Tone::Plain { "name" } else { "name strong" };
            pen.fitted(class, [columns.names, base], Anchor::Start, columns.name_room, &self.name);
            pen.value(self.value, self.tone.class(), scale, y + columns.mark, columns.plot);
            match width {
                Width::Wide => {
                    pen.label("value", 746.0, base, Anchor::End, &self.value.label());
                    pen.label("axis", 756.0, base, Anchor::Start, &self.value.interval_label());
                }
                Width::Narrow => pen.label("value", units - 6.0, base, Anchor::End, &self.value.label()),
            }
        });
    }

    fn rank_label(&self) -> Option<String> {
        let [best, worst] = self.rank?;
        Some(if best == worst { best.to_string() } else { format!("{best}–{worst}") })
    }

    fn cells(&self, decimals: usize) -> Vec<Cell> {
        let [value, low, high] = number::aligned(self.value, decimals);
        vec![
            Cell::linked(&self.name, self.href.as_deref()),
            Cell::plain(self.rank_label().unwrap_or_default()),
            Cell::linked(value, self.href.as_deref()),
            Cell::plain(low),
            Cell::plain(high),
        ]
    }
}

/// Keeps a tick's label inside the plot at both ends.
pub(crate) fn anchor_inside(x: f64, [left, right]: [f64; 2]) -> Anchor {
    if x <= left + 1.0 {
        Anchor::Start
    } else if x >= right - 1.0 {
        Anchor::End
    } else {
        Anchor::Middle
    }
}
