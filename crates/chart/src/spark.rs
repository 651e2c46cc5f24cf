//! Spark: the course of a value in the height of a line of text; a gap stays a gap, the last value is a dot.

use crate::frame::{Axis, Form, Frame, Value, Width};
use crate::line::{Line, Point};
use crate::pen::Pen;
use crate::scale::{Scale, extent};
use crate::table::Table;

/// A sparkline; it has no axis and no links, and stands beside the number that it leads to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spark {
    /// Name, summary and origin; made-up data are not hatched here, for the page says so.
    pub frame: Frame,
    /// One point per period, in order of time.
    pub points: Vec<Point>,
}

impl Form for Spark {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn svg(&self, width: Width) -> String {
        let [units, height] = [120.0, 28.0];
        let frame = Frame { origin: Default::default(), ..self.frame.clone() };
        let mut pen = Pen::open("spark", &frame, width, [units, height], 1 + self.points.len() / 30);
        let span = extent(&Axis::default(), self.points.iter().map(|point| point.value));
        let scale = Scale::new(span, height - 4.0, 4.0);
        let step = (units - 10.0) / (self.points.len().max(2) - 1) as f64;
        let place = |at: usize| match self.points[at].value.settled() {
            Value::Known { value, .. } => Some([4.0 + step * at as f64, scale.at(value)]),
            _ => None,
        };
        pen.line("base", [2.0, scale.at(0.0), units - 2.0, scale.at(0.0)]);
        let mut at = 0;
        while at < self.points.len() {
            let run: Vec<[f64; 2]> = (at..self.points.len()).map_while(place).collect();
            at += run.len().max(1);
            match run[..] {
                [] => {}
                [[x, y]] => pen.circle("dot plain", x, y, 1.5),
                _ => pen.path("curve", run),
            }
        }
        if let Some([x, y]) = self.points.len().checked_sub(1).and_then(place) {
            pen.circle("dot accent", x, y, 3.5);
        }
        pen.close()
    }

    fn table(&self) -> Table {
        Line { frame: self.frame.clone(), axis: Axis::default(), points: self.points.clone() }.table()
    }

    /// One drawing serves every width.
    fn pair(&self) -> String {
        self.svg(Width::Wide)
    }
}
