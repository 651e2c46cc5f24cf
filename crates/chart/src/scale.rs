//! From values to places on the picture: linear scales, tick values, and time in months.

use crate::frame::{Axis, Value};

/// A straight map from values to units of the view box; what lies outside is put on the edge.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// A scale over `[low, high]` of finite values that ends at `from` and `to`.
    pub(crate) fn new([low, high]: [f64; 2], from: f64, to: f64) -> Scale {
        Scale { low, high, from, to }
    }

    /// The place of `value`; halves keep the widest spans finite.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let span = self.high / 2.0 - self.low / 2.0;
        let share = if span > 0.0 { (value / 2.0 - self.low / 2.0) / span } else { 0.5 };
        self.from + (self.to - self.from) * if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) }
    }
}

/// Returns the span of an axis that holds every value, its asked range, and zero where all values are on one side.
pub(crate) fn extent(axis: &Axis, values: impl Iterator<Item = Value>) -> [f64; 2] {
    let asked = axis.range.filter(|range| range.iter().all(|bound| bound.is_finite()));
    let mut all = asked.into_iter().chain(values.filter_map(Value::extent));
    let first = all.next().unwrap_or([0.0, 1.0]);
    let [low, high] = all.fold(first, |[low, high], [a, b]| [low.min(a).min(b), high.max(a).max(b)]);
    match [low.min(0.0), high.max(0.0)] {
        [0.0, 0.0] => [0.0, 1.0],
        span => span,
    }
}

/// Returns at most `at_most + 1` round values inside `[low, high]`, a step of 1, 2 or 5 times a power of ten apart.
///
/// Empty where there is no span, or where bounds are not finite.
///
/// ```
/// assert_eq!(chart::ticks(0.0, 97.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0]);
/// assert_eq!(chart::ticks(-0.2, 0.3, 5), [-0.2, -0.1, 0.0, 0.1, 0.2, 0.3]);
/// ```
#[must_use]
pub fn ticks(low: f64, high: f64, at_most: usize) -> Vec<f64> {
    let span = high / 2.0 - low / 2.0;
    if !(span.is_finite() && span > 0.0) || at_most == 0 {
        return Vec::new();
    }
    let rough = span / at_most as f64 * 2.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|digit| digit * power).into_iter().find(|step| *step >= rough * 0.999_999);
    let Some(step) = step.filter(|step| step.is_finite() && *step > 0.0) else { return Vec::new() };
    let (first, last) = ((low / step - 1e-6).ceil(), (high / step + 1e-6).floor());
    if last < first {
        return Vec::new();
    }
    // Steps too small to move a number of this size give no axis.
    if last.abs().max(first.abs()) > 1e15 {
        return Vec::new();
    }
    (0..=(last - first).min(at_most as f64) as usize).map(|at| tidy((first + at as f64) * step, step)).collect()
}

/// Returns a place in time: years, with twelve equal months and 31 equal days in each.
///
/// `month` counts from 1 and is clamped to `1..=12`, `day` to `1..=31`.
///
/// ```
/// assert_eq!(chart::month(2025, 4, 1), 2025.25);
/// ```
#[must_use]
pub fn month(year: i16, month: i8, day: i8) -> f64 {
    f64::from(year) + f64::from(month.clamp(1, 12) - 1) / 12.0 + f64::from(day.clamp(1, 31) - 1) / 372.0
}

/// Removes what binary fractions leave behind: 0.30000000000000004 is 0.3.
fn tidy(value: f64, step: f64) -> f64 {
    if step < 1e-14 {
        return value;
    }
    let grain = step / 1000.0;
    let tidied = (value / grain).round() * grain;
    let text = format!("{tidied:.*}", (3.0 - step.log10()).clamp(0.0, 17.0) as usize);
    text.parse().map_or(value, |value: f64| if value == 0.0 { 0.0 } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(ticks(0.0, 1.0, 5), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(ticks(3.0, 17.0, 4), [5.0, 10.0, 15.0]);
        assert_eq!(ticks(0.0, 12_345.0, 4), [0.0, 5000.0, 10_000.0]);
        assert_eq!(ticks(1.0, 1.0, 4), [0.0; 0]);
        assert_eq!(ticks(f64::NAN, 1.0, 4), [0.0; 0]);
    }

    #[test]
    fn the_widest_span_still_has_places() {
        let scale = Scale::new([-f64::MAX, f64::MAX], 0.0, 100.0);
        assert_eq!([scale.at(-f64::MAX), scale.at(0.0), scale.at(f64::MAX)], [0.0, 50.0, 100.0]);
    }
}
