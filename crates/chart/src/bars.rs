//! Bars: parts of a whole (stacked), the steps that lead to a sum, or counts side by side; exact values at the bars.

use crate::dots::anchor_inside;
use crate::frame::{Axis, Form, Frame, Value, Width};
use crate::number::{self, exact};
use crate::pen::{Anchor, Pen, top};
use crate::scale::{Scale, extent, ticks};
use crate::table::{Cell, Table, header};
use crate::text;

/// Horizontal bars of parts. Parts are told apart by letter and label; colour only helps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    /// Name, summary and origin.
    pub frame: Frame,
    /// What the bars measure.
    pub axis: Axis,
    /// What a row is, for the table: "organisation".
    pub unit: String,
    /// How parts stand to each other.
    pub arrangement: Arrangement,
    /// Names of the parts, the same in every row; at most eight keep a colour of their own.
    pub keys: Vec<String>,
    /// Rows from top to bottom.
    pub rows: Vec<Bar>,
}

/// How the parts of a row stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// One bar per row, parts end to end: composition.
    #[default]
    Stacked,
    /// Each part begins where the last one ended, on a line of its own: how a score comes about.
    Steps,
    /// Each part from zero, on a line of its own: counts to be compared.
    Grouped,
}

/// A row of [`Bars`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// The unit's name.
    pub name: String,
    /// Where the rows behind the whole are.
    pub href: Option<String>,
    /// The whole, where parts add up to one; [`Value::Unknown`] leaves it out.
    pub total: Value,
    /// Parts in the order of the keys; a missing one is unknown.
    pub parts: Vec<Part>,
}

/// A part of a [`Bar`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// Its value.
    pub value: Value,
    /// Where the rows behind it are.
    pub href: Option<String>,
}

/// Places of the columns, in units.
struct Columns {
    plot: [f64; 2],
    name_room: f64,
    row: f64,
    /// From the top of a row to the top of its bar.
    head: f64,
    first: f64,
    units: f64,
}

const BAR: f64 = 20.0;

impl Form for Bars {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn svg(&self, width: Width) -> String {
        let keys = self.key_places(width.units());
        let first = top(&self.frame) + 44.0 + keys.last().map_or(0.0, |[_, y]| y + 30.0);
        let (plot, name_room, row, head, units) = match width {
            Width::Wide => ([252.0, 700.0], 240.0, 30.0, 5.0, width.units()),
            Width::Narrow => ([4.0, 296.0], 220.0, 52.0, 26.0, width.units()),
        };
        let columns = Columns { plot, name_room, row, head, first, units };
        let lines = self.n_lines();
        let height = first + row * lines.max(1) as f64 + 8.0;
        let mut pen = Pen::open("bars", &self.frame, width, [units, height], lines * (1 + self.keys.len() / 2));
        if self.rows.is_empty() {
            pen.nothing();
            return pen.close();
        }
        self.key(&mut pen, &keys);
        let span = self.span();
        let scale = Scale::new(span, plot[0], plot[1]);
        self.axis(&mut pen, &columns, &scale, span, lines);
        let mut y = first;
        for bar in &self.rows {
            y = match self.arrangement {
                Arrangement::Stacked => self.stacked(&mut pen, &columns, &scale, bar, y),
                Arrangement::Steps | Arrangement::Grouped => self.lines(&mut pen, &columns, &scale, bar, y),
            };
        }
        pen.close()
    }

    fn table(&self) -> Table {
        let mut names = vec![self.unit.as_str()];
        names.extend(self.keys.iter().map(String::as_str));
        let has_total = self.rows.iter().any(Bar::has_total);
        names.extend(has_total.then_some("total"));
        let rows = self.rows.iter().map(|bar| {
            let parts = (0..self.keys.len()).map(|at| {
                let part = bar.parts.get(at);
                Cell::linked(
                    part.map_or(Value::Unknown, |part| part.value).readout(),
                    part.and_then(|part| part.href.as_deref()),
                )
            });
            let total = has_total.then(|| Cell::linked(bar.total.readout(), bar.href.as_deref()));
            std::iter::once(Cell::linked(&bar.name, bar.href.as_deref())).chain(parts).chain(total).collect()
        });
        Table { caption: self.frame.title.clone(), header: header(&names), rows: rows.collect() }
    }
}

impl Bars {
    fn n_lines(&self) -> usize {
        match self.arrangement {
            Arrangement::Stacked => self.rows.len(),
            _ => self.rows.len() * (1 + self.keys.len()),
        }
    }

    /// The span of all bars, with parts added up where they stand end to end.
    fn span(&self) -> [f64; 2] {
        let ends = self.rows.iter().flat_map(|bar| match self.arrangement {
            Arrangement::Grouped => bar.parts.iter().map(|part| part.value).collect::<Vec<_>>(),
            Arrangement::Stacked => bar.stack().into_iter().flatten().flatten().map(Value::exact).collect(),
            Arrangement::Steps => {
                bar.steps().into_iter().flatten().flatten().map(Value::exact).chain([bar.total]).collect()
            }
        });
        extent(&self.axis, ends)
    }

    /// Where the names of the keys stand over stacked bars, wrapped to the width; other arrangements name each line.
    fn key_places(&self, units: f64) -> Vec<[f64; 2]> {
        if self.arrangement != Arrangement::Stacked {
            return Vec::new();
        }
        let (mut x, mut y) = (4.0, 0.0);
        self.keys
            .iter()
            .map(|key| {
                let needed = (text::width(key, 13.0) + 44.0).min(units - 8.0);
                if x + needed > units && x > 4.0 {
                    (x, y) = (4.0, y + 26.0);
                }
                let place = [x, y];
                x += needed;
                place
            })
            .collect()
    }

    fn key(&self, pen: &mut Pen, places: &[[f64; 2]]) {
        for (at, ([x, y], key)) in places.iter().zip(&self.keys).enumerate() {
            let y = top(&self.frame) + y + 4.0;
            pen.rect(category(at), [*x, y, 20.0, 20.0]);
            pen.label("on", x + 10.0, y + 15.0, Anchor::Middle, &letter(at));
            pen.fitted("key", [x + 26.0, y + 15.0], Anchor::Start, 240.0, key);
        }
    }

    fn axis(&self, pen: &mut Pen, columns: &Columns, scale: &Scale, span: [f64; 2], n_lines: usize) {
        let [left, _] = columns.plot;
        let (upper, lower) = (columns.first - 4.0, columns.first + columns.row * n_lines as f64);
        pen.fitted("axis", [left, upper - 24.0], Anchor::Start, columns.units - left, &self.axis.label);
        for tick in ticks(span[0], span[1], if columns.head < 10.0 { 6 } else { 4 }) {
            let x = scale.at(tick);
            let class = if tick == 0.0 { "base" } else { "grid" };
            match columns.head > 10.0 {
                true => pen.rungs(class, x, [columns.first + columns.head, BAR], columns.row, n_lines),
                false => pen.line(class, [x, upper, x, lower]),
            }
            pen.label("axis", x, upper - 6.0, anchor_inside(x, columns.plot), &exact(tick));
        }
    }

    /// One row: the name with the whole, and the parts end to end.
    fn stacked(&self, pen: &mut Pen, columns: &Columns, scale: &Scale, bar: &Bar, y: f64) -> f64 {
        bar.head(pen, columns, y);
        for (at, (part, ends)) in bar.parts.iter().zip(bar.stack()).enumerate() {
            let key = self.keys.get(at).map_or("", String::as_str);
            let Some([from, to]) = ends.filter(|[from, to]| from != to) else { continue };
            let (start, end) = (scale.at(from.min(to)), scale.at(from.max(to)));
            let target = if columns.head > 10.0 { Width::Narrow.target() } else { Width::Wide.target() };
            let href = part.href.as_deref().filter(|_| end - start >= target);
            pen.mark(href, &[&bar.name, ", ", key, ": ", &part.value.readout()], |pen| {
                let top = y + columns.head;
                if href.is_some() {
                    pen.hit([start, top + BAR / 2.0 - target / 2.0, end - start, target]);
                }
                pen.rect(category(at), [start, top, (end - start).max(0.5), BAR]);
                if end - start >= 18.0 {
                    let value = part.value.label();
                    let both = format!("{} {value}", letter(at));
                    let fits = text::width(&both, 13.0) + 8.0 <= end - start;
                    let words = if fits { both } else { letter(at) };
                    pen.label("on", start.midpoint(end), top + 15.0, Anchor::Middle, &words);
                }
            });
        }
        y + columns.row
    }

    /// A line for the whole, then a line for each part.
    fn lines(&self, pen: &mut Pen, columns: &Columns, scale: &Scale, bar: &Bar, y: f64) -> f64 {
        bar.head(pen, columns, y);
        if bar.has_total()
            && let Value::Known { value, .. } = bar.total.settled()
        {
            let (start, end) = (scale.at(value.min(0.0)), scale.at(value.max(0.0)));
            pen.rect("whole", [start, y + columns.head, end - start, BAR]);
        }
        let steps = bar.steps();
        let absent = Part::default();
        let mut y = y + columns.row;
        for (at, key) in self.keys.iter().enumerate() {
            let part = bar.parts.get(at).unwrap_or(&absent);
            let ends = match self.arrangement {
                Arrangement::Steps => steps.get(at).copied().flatten(),
                _ => known(part.value).map(|value| [0.0, value]),
            };
            pen.mark(part.href.as_deref(), &[&bar.name, ", ", key, ": ", &part.value.readout()], |pen| {
                pen.hit([0.5, y + 0.5, columns.units - 1.0, columns.row - 1.0]);
                self.part(pen, columns, scale, at, part.value, ends, y);
            });
            y += columns.row;
        }
        y
    }

    #[expect(clippy::too_many_arguments, reason = "places and values of one mark; a struct would be built only here")]
    fn part(
        &self,
        pen: &mut Pen,
        columns: &Columns,
        scale: &Scale,
        at: usize,
        value: Value,
        ends: Option<[f64; 2]>,
        y: f64,
    ) {
        let (narrow, top) = (columns.head > 10.0, y + columns.head);
        let text_y = if narrow { y + 16.0 } else { top + 15.0 };
        let key = self.keys.get(at).map_or("", String::as_str);
        match narrow {
            true => pen.fitted("key", [4.0, text_y], Anchor::Start, columns.name_room, key),
            false => pen.fitted("key", [columns.plot[0] - 12.0, text_y], Anchor::End, columns.name_room - 16.0, key),
        }
        match ends {
            Some([from, to]) if from != to => {
                let (start, end) = (scale.at(from.min(to)), scale.at(from.max(to)));
                pen.rect(category(at), [start, top, (end - start).max(1.0), BAR]);
            }
            Some([from, _]) => pen.circle("zero", scale.at(from), top + BAR / 2.0, 4.5),
            None => pen.value(value, "plain", scale, top + BAR / 2.0, columns.plot),
        }
        let decimals = number::decimals(self.rows.iter().flat_map(|bar| bar.parts.iter().map(|part| part.value)));
        let [label, ..] = number::aligned(value, decimals);
        pen.label("value", columns.units - 6.0, text_y, Anchor::End, &label);
    }
}

impl Bar {
    fn has_total(&self) -> bool {
        self.total.settled() != Value::Unknown
    }

    /// The row's name on the left and its whole on the right.
    fn head(&self, pen: &mut Pen, columns: &Columns, y: f64) {
        let text_y = if columns.head > 10.0 { y + 16.0 } else { y + columns.head + 15.0 };
        let total = if self.has_total() { self.total.readout() } else { String::new() };
        let between = if total.is_empty() { "" } else { ": " };
        pen.mark(self.href.as_deref(), &[&self.name, between, &total], |pen| {
            let width = if columns.head > 10.0 { columns.units - 1.0 } else { columns.plot[0] - 8.0 };
            pen.hit([0.5, y, width, if columns.head > 10.0 { columns.head - 1.0 } else { columns.row - 1.0 }]);
            pen.fitted("name strong", [4.0, text_y], Anchor::Start, columns.name_room - 8.0, &self.name);
        });
        if self.has_total() {
            pen.label("value", columns.units - 6.0, text_y, Anchor::End, &self.total.label());
        }
    }

    /// Both ends of each part: positive ones to the right of zero, negative ones to the left.
    fn stack(&self) -> Vec<Option<[f64; 2]>> {
        let (mut right, mut left) = (0.0, 0.0);
        let place = |part: &Part| {
            let value = known(part.value)?;
            let end = if value < 0.0 { &mut left } else { &mut right };
            let from = *end;
            *end = finite(from + value);
            Some([from, *end])
        };
        self.parts.iter().map(place).collect()
    }

    /// Both ends of each part, each beginning where the last one ended.
    fn steps(&self) -> Vec<Option<[f64; 2]>> {
        let mut sum = 0.0;
        let place = |part: &Part| {
            let from = sum;
            sum = finite(sum + known(part.value)?);
            Some([from, sum])
        };
        self.parts.iter().map(place).collect()
    }
}

fn known(value: Value) -> Option<f64> {
    match value.settled() {
        Value::Known { value, .. } => Some(value),
        _ => None,
    }
}

fn finite(sum: f64) -> f64 {
    sum.clamp(-f64::MAX, f64::MAX)
}

fn category(at: usize) -> &'static str {
    ["c c1", "c c2", "c c3", "c c4", "c c5", "c c6", "c c7", "c c8"].get(at).copied().unwrap_or("c c8")
}

fn letter(at: usize) -> String {
    let letter = u8::try_from(at).ok().filter(|at| *at < 26).map(|at| char::from(b'A' + at));
    letter.map_or_else(|| (at + 1).to_string(), String::from)
}
