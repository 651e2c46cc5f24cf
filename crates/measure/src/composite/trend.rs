//! How a series of years moves.

/// Returns the compound annual growth rate between the first and the last of the `latest` most recent values that are there,
/// or `None` with fewer than two, or where one of both is not above 0.
///
/// `times` rise; `values` has one for each, `NaN` where missing. Exactly two values are enough.
///
/// ```
/// let rate = measure::composite::growth_rate(&[2018.0, 2019.0, 2020.0], &[100.0, f64::NAN, 121.0], 2).unwrap();
/// assert!((rate - 0.1).abs() < 1e-12);
/// ```
#[must_use]
pub fn growth_rate(times: &[f64], values: &[f64], latest: usize) -> Option<f64> {
    let (first, last) = ends(times, values, latest)?;
    let is_positive = first.1 > 0.0 && last.1 > 0.0;
    is_positive.then(|| (last.1 / first.1).powf(1.0 / (last.0 - first.0)) - 1.0)
}

/// Returns the change in percent per unit of time between the same two values, or `None` as [`growth_rate`]; the first may
/// have any sign but not be 0.
#[must_use]
pub fn percent_change(times: &[f64], values: &[f64], latest: usize) -> Option<f64> {
    let (first, last) = ends(times, values, latest)?;
    (first.1 != 0.0).then(|| 100.0 * (last.1 - first.1) / first.1.abs() / (last.0 - first.0))
}

fn ends(times: &[f64], values: &[f64], latest: usize) -> Option<((f64, f64), (f64, f64))> {
    let known: Vec<(f64, f64)> =
        times.iter().copied().zip(values.iter().copied()).filter(|(_, value)| !value.is_nan()).collect();
    let used = &known[known.len().saturating_sub(latest)..];
    (used.len() >= 2).then(|| (used[0], used[used.len() - 1]))
}
