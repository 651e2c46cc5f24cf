//! Means, spreads and correlations of columns in which values may be missing (`NaN`).

/// Returns the values that are there.
pub(crate) fn present(values: &[f64]) -> impl Iterator<Item = f64> + Clone + '_ {
    values.iter().copied().filter(|value| !value.is_nan())
}

/// Returns the mean of the values that are there, or `NaN` where there is none.
#[must_use]
pub fn mean(values: &[f64]) -> f64 {
    let (sum, n) = present(values).fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
    sum / n
}

/// Returns the median of the values that are there, or `NaN` where there is none.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// Returns the quantile of the values that are there by linear interpolation (type 7 of Hyndman and Fan, 1996), or `NaN`
/// where there is none. `p` lies in `0.0..=1.0`.
///
/// ```
/// assert_eq!(measure::composite::quantile(&[4.0, 1.0, f64::NAN, 2.0], 0.75), 3.0);
/// ```
#[must_use]
pub fn quantile(values: &[f64], p: f64) -> f64 {
    let mut sorted: Vec<f64> = present(values).collect();
    if sorted.is_empty() {
        return f64::NAN;
    }
    sorted.sort_unstable_by(f64::total_cmp);
    crate::replicate::quantile(&sorted, p)
}

/// Returns the standard deviation with n - 1, or `NaN` below two values.
#[must_use]
pub fn standard_deviation(values: &[f64]) -> f64 {
    covariance(values, values).sqrt()
}

/// Returns the covariance with n - 1 over the units at which both are there, or `NaN` where these are fewer than two.
///
/// # Panics
/// If the columns differ in length.
#[must_use]
pub fn covariance(one: &[f64], other: &[f64]) -> f64 {
    let [sum, _, _, n] = products(one, other);
    if n < 2.0 { f64::NAN } else { sum / (n - 1.0) }
}

/// Returns Pearson's correlation over the units at which both are there, or `NaN` where it is not defined.
///
/// # Panics
/// If the columns differ in length.
#[must_use]
pub fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let [sum, of_one, of_other, _] = products(one, other);
    (sum / (of_one * of_other).sqrt()).clamp(-1.0, 1.0)
}

/// Sums of products of deviations: of both, of one, of the other; and their number.
fn products(one: &[f64], other: &[f64]) -> [f64; 4] {
    assert_eq!(one.len(), other.len(), "both columns have a value for each unit");
    let pairs = || one.iter().zip(other).filter(|(x, y)| !x.is_nan() && !y.is_nan());
    let [x, y, n] = pairs().fold([0.0, 0.0, 0.0], |[x, y, n], (one, other)| [x + one, y + other, n + 1.0]);
    let [x, y] = [x / n, y / n];
    pairs().fold([0.0, 0.0, 0.0, n], |[sum, of_one, of_other, n], (one, other)| {
        let (dx, dy) = (one - x, other - y);
        [sum + dx * dy, of_one + dx * dx, of_other + dy * dy, n]
    })
}
