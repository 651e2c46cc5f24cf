//! Pictures of numbers: each form takes plain values and gives an SVG text and the table with the same numbers.
//!
//! Comes in: names, values with intervals, addresses to link to. Goes out: SVG whose colours are class names (the
//! stylesheet of the pages decides them, light or dark) and a [`Table`]. Nothing is measured, fetched or remembered
//! here: the same data give the same bytes. What is not known is drawn as not known; no input makes a chart panic.

mod bars;
mod coverage;
mod dots;
mod export;
mod frame;
mod lanes;
mod line;
mod number;
mod pen;
mod scale;
mod spark;
mod strip;
mod table;
mod text;

pub use bars::{Arrangement, Bar, Bars, Part};
pub use coverage::{Coverage, CoverageCell, CoverageRow};
pub use dots::{Dot, Dots};
pub use export::exported;
pub use frame::{Axis, Form, Frame, Origin, Tone, Value, Width};
pub use lanes::{Lane, Lanes, Marks, Moment, Span};
pub use line::{Line, Point};
pub use number::{exact, round_to_interval};
pub use scale::{month, ticks};
pub use spark::Spark;
pub use strip::Held;
pub use table::{Cell, Table};
