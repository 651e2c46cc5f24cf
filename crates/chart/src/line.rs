//! Line: a value with its band per period, and under the axis what share of each period's sources was held.

use crate::frame::{Axis, Form, Frame, Value, Width};
use crate::number::{self, exact};
use crate::pen::{Anchor, Pen, top};
use crate::scale::{Scale, extent, ticks};
use crate::strip::{self, STRIP};
use crate::table::{Cell, Table, header};
use crate::text;

/// A value over equal periods. A period without a value is a gap; no line crosses it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Name, summary and origin.
    pub frame: Frame,
    /// What is measured.
    pub axis: Axis,
    /// One point per period, in order of time, none left out.
    pub points: Vec<Point>,
}

/// A period of a [`Line`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// The period's name: "2025", "2025-04".
    pub period: String,
    /// The value with its interval.
    pub value: Value,
    /// Share of the period's sources that was held, `0.0..=1.0`; `None` where it is not known what there was to hold.
    pub held: Option<f64>,
    /// Where the rows behind the value are.
    pub href: Option<String>,
}

/// Places of the plot, in units.
struct Plot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// Room of one period.
    step: f64,
}

impl Plot {
    fn x(&self, at: usize) -> f64 {
        self.left + self.step * (at as f64 + 0.5)
    }
}

impl Form for Line {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn svg(&self, width: Width) -> String {
        let upper = top(&self.frame) + 34.0;
        let height = upper + if width == Width::Wide { 240.0 } else { 180.0 } + 26.0 + STRIP;
        let mut pen = Pen::open("line", &self.frame, width, [width.units(), height], self.points.len());
        if self.points.is_empty() {
            pen.nothing();
            return pen.close();
        }
        let span = extent(&self.axis, self.points.iter().map(|point| point.value));
        let levels = ticks(span[0], span[1], 5);
        let labels = levels.iter().map(|level| text::width(&exact(*level), 12.0)).fold(20.0, f64::max);
        let (left, right) = ((labels + 10.0).min(90.0), width.units() - 6.0);
        let step = (right - left) / self.points.len() as f64;
        let plot = Plot { left, right, top: upper, bottom: height - STRIP - 26.0, step };
        let scale = Scale::new(span, plot.bottom, plot.top + 18.0);
        self.axes(&mut pen, &plot, &scale, &levels);
        self.band(&mut pen, &plot, &scale);
        self.marks(&mut pen, &plot, &scale, width.target());
        pen.close()
    }

    fn table(&self) -> Table {
        let measure = if self.axis.label.is_empty() { "value" } else { &self.axis.label };
        let decimals = number::decimals(self.points.iter().map(|point| point.value));
        let rows = self.points.iter().map(|point| point.cells(decimals)).collect();
        let header = header(&["period", measure, "from", "to", "share of sources held"]);
        Table { caption: self.frame.title.clone(), header, rows }
    }
}

impl Line {
    fn axes(&self, pen: &mut Pen, plot: &Plot, scale: &Scale, levels: &[f64]) {
        pen.fitted("axis", [2.0, plot.top - 18.0], Anchor::Start, plot.right - 2.0, &self.axis.label);
        for level in levels {
            let y = scale.at(*level);
            pen.line(if *level == 0.0 { "base" } else { "grid" }, [plot.left, y, plot.right, y]);
            pen.label("axis", plot.left - 6.0, y + 4.0, Anchor::End, &exact(*level));
        }
        let widest = self.points.iter().map(|point| text::width(&point.period, 12.0)).fold(1.0, f64::max);
        let every = ((widest + 10.0) / plot.step).ceil().max(1.0) as usize;
        for (at, point) in self.points.iter().enumerate().step_by(every) {
            let (y, room) = (plot.bottom + 18.0, plot.step * every as f64);
            match every {
                1 => pen.label("axis", plot.x(at), y, Anchor::Middle, &point.period),
                _ if at + every <= self.points.len() || at == 0 => {
                    pen.fitted("axis", [plot.x(at) - plot.step / 2.0, y], Anchor::Start, room, &point.period);
                }
                _ => {}
            }
        }
        pen.label("axis", plot.left, plot.bottom + 26.0 + 26.0, Anchor::Start, "share of sources held");
    }

    /// The band and the line of each unbroken run of periods.
    fn band(&self, pen: &mut Pen, plot: &Plot, scale: &Scale) {
        let known = |at: usize| match self.points[at].value.settled() {
            Value::Known { value, low, high } => Some([scale.at(value), scale.at(low), scale.at(high)]),
            _ => None,
        };
        let mut at = 0;
        while at < self.points.len() {
            let run: Vec<[f64; 3]> = (at..self.points.len()).map_while(known).collect();
            if run.len() > 1 {
                let there = run.iter().enumerate().map(|(step, [_, _, high])| [plot.x(at + step), *high]);
                let back = run.iter().enumerate().rev().map(|(step, [_, low, _])| [plot.x(at + step), *low]);
                pen.path("band", there.chain(back));
                pen.path("curve", run.iter().enumerate().map(|(step, [value, ..])| [plot.x(at + step), *value]));
            }
            at += run.len().max(1);
        }
    }

    /// Marks, coverage and links; where periods are narrower than a finger the table alone has the links.
    fn marks(&self, pen: &mut Pen, plot: &Plot, scale: &Scale, target: f64) {
        let n_known = self.points.iter().filter(|point| matches!(point.value.settled(), Value::Known { .. })).count();
        for (at, point) in self.points.iter().enumerate() {
            let href = point.href.as_deref().filter(|_| plot.step >= target);
            let full =
                [&*point.period, ": ", &point.value.readout(), "; sources held: ", &strip::share_label(point.held)];
            pen.mark(href, &full, |pen| {
                let left = plot.x(at) - plot.step / 2.0;
                pen.hit([left, plot.top, plot.step, plot.bottom + 26.0 + 14.0 - plot.top]);
                let alone = n_known < 2 || self.is_alone(at);
                point.draw(pen, plot, scale, at, alone);
                let strip = [left + plot.step * 0.05, plot.bottom + 26.0, plot.step * 0.9, 12.0];
                strip::cell(pen, point.held, strip);
            });
        }
    }

    fn is_alone(&self, at: usize) -> bool {
        let known = |at: Option<usize>| {
            at.and_then(|at| self.points.get(at))
                .is_some_and(|point| matches!(point.value.settled(), Value::Known { .. }))
        };
        !known(at.checked_sub(1)) && !known(at.checked_add(1))
    }
}

impl Point {
    fn draw(&self, pen: &mut Pen, plot: &Plot, scale: &Scale, at: usize, alone: bool) {
        let x = plot.x(at);
        match self.value.settled() {
            Value::Known { value, low, high } => {
                let y = scale.at(value);
                if alone && low < high {
                    pen.rect("range", [x - 3.0, scale.at(high), 6.0, scale.at(low) - scale.at(high)]);
                }
                match value == 0.0 {
                    true => pen.circle("zero", x, y, 4.5),
                    false => pen.circle("dot plain", x, y, if plot.step < 10.0 { 1.5 } else { 4.0 }),
                }
                if plot.step >= 56.0 {
                    let above = scale.at(high).min(y - 3.0) - 7.0;
                    pen.label("value", x, above, Anchor::Middle, &self.value.label());
                }
            }
            Value::Suppressed { below } => {
                let (low, high) = (scale.at(0.0), scale.at(f64::from(below)));
                let half = (plot.step * 0.3).min(12.0);
                pen.hatched("suppressed", [x - half, high, 2.0 * half, (low - high).max(4.0)]);
                if plot.step >= 24.0 {
                    pen.label("muted", x, high - 5.0, Anchor::Middle, &self.value.label());
                }
            }
            Value::Unknown => {
                pen.line("unknown", [x, plot.top, x, plot.bottom]);
                if plot.step >= 24.0 {
                    pen.label("muted", x, plot.top - 4.0, Anchor::Middle, "?");
                }
            }
        }
    }

    fn cells(&self, decimals: usize) -> Vec<Cell> {
        let [value, low, high] = number::aligned(self.value, decimals);
        vec![
            Cell::plain(&self.period),
            Cell::linked(value, self.href.as_deref()),
            Cell::plain(low),
            Cell::plain(high),
            Cell::plain(strip::share_label(self.held)),
        ]
    }
}
