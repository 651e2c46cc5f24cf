//! The coverage strip under a time axis: what share of a period's sources was held. A gap stays a gap.

use crate::number::{UNKNOWN, percent};
use crate::pen::{Anchor, Pen};
use crate::scale::Scale;

/// Height of the strip with the space above it.
pub(crate) const STRIP: f64 = 30.0;

/// The share of a period's sources that was held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Held {
    /// Start of the period, as [`crate::month`] gives it.
    pub from: f64,
    /// End of the period.
    pub to: f64,
    /// Share in `0.0..=1.0`; `None` where it is not known what there was to hold.
    pub share: Option<f64>,
}

/// Returns the share as a text; what is not a share of one is unknown.
pub(crate) fn share_label(share: Option<f64>) -> String {
    known(share).map_or(UNKNOWN.into(), percent)
}

/// Returns the share, clamped; `None` where it is not finite.
pub(crate) fn known(share: Option<f64>) -> Option<f64> {
    share.filter(|share| share.is_finite()).map(|share| share.clamp(0.0, 1.0))
}

/// Draws the share of one period into a cell `[x, y, width, height]`, filled from below.
pub(crate) fn cell(pen: &mut Pen, share: Option<f64>, [x, y, width, height]: [f64; 4]) {
    match known(share) {
        Some(share) => {
            pen.rect("held-all", [x, y, width, height]);
            if share > 0.0 {
                let part = (height * share).max(1.0);
                pen.rect("held", [x, y + height - part, width, part]);
            }
        }
        None => pen.line("unknown", [x, y + height / 2.0, x + width, y + height / 2.0]),
    }
}

/// Draws the strip of `held` on a time scale at `y`; `plot` are the left and right ends of the axis.
pub(crate) fn strip(pen: &mut Pen, held: &[Held], scale: &Scale, y: f64, plot: [f64; 2]) {
    for period in held.iter().filter(|period| period.from.is_finite() && period.to.is_finite()) {
        let (start, end) = (scale.at(period.from), scale.at(period.to));
        if end <= start {
            continue;
        }
        pen.mark(None, &["share of sources held: ", &share_label(period.share)], |pen| {
            cell(pen, period.share, [start + 0.5, y, (end - start - 1.0).max(0.2), 12.0]);
        });
    }
    pen.label("axis", plot[0], y + 26.0, Anchor::Start, "share of sources held");
}

/// Returns the span of time that `times` need, or the asked one; a year where nothing is known.
pub(crate) fn time_span(asked: [f64; 2], times: impl Iterator<Item = f64>) -> [f64; 2] {
    let all = asked.into_iter().chain(times).filter(|time| time.is_finite());
    let [low, high] = all.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], time| [low.min(time), high.max(time)]);
    match low < high {
        true => [low, high],
        false if low.is_finite() => [low, low + 1.0],
        false => [0.0, 1.0],
    }
}
