//! What all forms share: the frame of a picture, its axis, and a value that may be missing in two ways.

use crate::number;
use crate::table::Table;

/// A picture that can be drawn at two widths and told as a table.
pub trait Form {
    /// Returns the name, summary and origin of the picture.
    fn frame(&self) -> &Frame;

    /// Draws the picture as one `<svg>` element, coloured by class names only.
    fn svg(&self, width: Width) -> String;

    /// Returns the numbers of the picture, in its order, with the same links.
    fn table(&self) -> Table;

    /// Draws the picture for a page: wide and narrow, of which the stylesheet shows the one that fits.
    fn pair(&self) -> String {
        let mut both = self.svg(Width::Wide);
        both.push_str(&self.svg(Width::Narrow));
        both
    }
}

/// What a picture says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Unique on its page; letters, digits, `-` and `_` (others become `-`). The narrow drawing adds `-n`.
    pub id: String,
    /// What is shown, as a heading: "Engagement of organisations, 2025".
    pub title: String,
    /// The picture in one sentence, for those who do not see it.
    pub summary: String,
    /// Whether the data are real.
    pub origin: Origin,
}

/// Whether the data come from sources or were made up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// Read from sources.
    #[default]
    Sources,
    /// Generated for a demonstration: drawn under a hatched band with the words "made-up data".
    MadeUp,
}

/// The room that a picture is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// 840 units: the main column of a page, print, export.
    Wide,
    /// 300 units: a phone.
    Narrow,
}

/// A value axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// What is measured, with its unit once: "score, 0 to 100".
    pub label: String,
    /// Values that the axis shows at least, for pictures to be compared; it grows where the data need more.
    pub range: Option<[f64; 2]>,
}

/// A number with the interval in which it plausibly lies, or the reason why there is none.
///
/// A number or bound that is not finite is drawn as [`Value::Unknown`]; bounds on the wrong side are moved to the value.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Value {
    /// A known number; `low == high` says that it is exact.
    Known {
        /// The best single number.
        value: f64,
        /// Lower bound of the interval.
        low: f64,
        /// Upper bound of the interval.
        high: f64,
    },
    /// Withheld to protect persons: more than nothing, and fewer than `below`.
    Suppressed {
        /// The number that the value does not reach.
        below: u32,
    },
    /// Not known; never the same as zero.
    #[default]
    Unknown,
}

/// What a mark stresses. One picture uses one tone besides [`Tone::Plain`], and never as the only sign of a meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// No stress.
    #[default]
    Plain,
    /// The row that the page is about.
    Accent,
    /// Wanted: adopted, agreed.
    Good,
    /// Unwanted: rejected, overdue.
    Bad,
}

impl Value {
    /// A number without uncertainty, such as a count.
    #[must_use]
    pub fn exact(value: f64) -> Value {
        Value::Known { value, low: value, high: value }
    }

    /// A number with its interval.
    #[must_use]
    pub fn between(value: f64, low: f64, high: f64) -> Value {
        Value::Known { value, low, high }
    }

    /// Returns the value as a picture labels it: rounded as the interval allows, `< 5`, or `unknown`.
    ///
    /// ```
    /// assert_eq!(chart::Value::between(12.4, 9.4, 15.4).label(), "12");
    /// assert_eq!(chart::Value::Suppressed { below: 5 }.label(), "< 5");
    /// ```
    #[must_use]
    pub fn label(self) -> String {
        match self.settled() {
            Value::Known { value, low, high } => number::round_to_interval(value, low, high),
            Value::Suppressed { below } => format!("< {}", number::exact(f64::from(below))),
            Value::Unknown => number::UNKNOWN.into(),
        }
    }

    /// Returns the interval as a picture labels it, such as `9–15`; empty where the value is exact or missing.
    #[must_use]
    pub fn interval_label(self) -> String {
        match self.settled() {
            Value::Known { value: _, low, high } if low < high => {
                let [low_text, high_text] = number::rounded_bounds(low, high);
                number::from_to(&low_text, &high_text)
            }
            _ => String::new(),
        }
    }

    /// Returns the value in full, as tables and read-outs give it: `12.4 (9.4–15.4)`.
    #[must_use]
    pub fn readout(self) -> String {
        match self.settled() {
            Value::Known { value, low, high } if low < high => {
                let bounds = number::from_to(&number::exact(low), &number::exact(high));
                [&number::exact(value), " (", &bounds, ")"].concat()
            }
            Value::Known { value, .. } => number::exact(value),
            other => other.label(),
        }
    }

    /// Returns the value that is drawn: finite with ordered bounds, or missing.
    pub(crate) fn settled(self) -> Value {
        match self {
            Value::Known { value, low, high } if value.is_finite() && low.is_finite() && high.is_finite() => {
                Value::Known { value, low: low.min(value), high: high.max(value) }
            }
            Value::Known { .. } => Value::Unknown,
            missing => missing,
        }
    }

    /// Returns the lowest and highest number that the mark of this value touches.
    pub(crate) fn extent(self) -> Option<[f64; 2]> {
        match self.settled() {
            Value::Known { low, high, .. } => Some([low, high]),
            Value::Suppressed { below } => Some([0.0, f64::from(below)]),
            Value::Unknown => None,
        }
    }
}

impl Tone {
    /// The class name that the stylesheet colours.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Accent => "accent",
            Tone::Good => "good",
            Tone::Bad => "bad",
        }
    }
}

impl Width {
    /// Units of the view box from left to right.
    pub(crate) fn units(self) -> f64 {
        match self {
            Width::Wide => 840.0,
            Width::Narrow => 300.0,
        }
    }

    /// Smallest width and height of a mark that is a link: 24 pixels at the smallest scale that the stylesheet shows
    /// (840 units in 704 pixels, 300 units in 288).
    pub(crate) fn target(self) -> f64 {
        match self {
            Width::Wide => 29.0,
            Width::Narrow => 25.0,
        }
    }

    /// Size of ordinary text in units; the stylesheet says the same.
    pub(crate) fn text_size(self) -> f64 {
        match self {
            Width::Wide => 14.0,
            Width::Narrow => 13.0,
        }
    }
}
