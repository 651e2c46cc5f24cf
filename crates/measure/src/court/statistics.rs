//! Ranks, rank correlation, areas and shares of variance, over values of which some may be missing (`NaN`).

use crate::composite::correlation;

/// Returns average ranks, the lowest first; a missing value has the rank `NaN`. Values that differ by rounding are ties.
pub(crate) fn average_ranks(values: &[f64]) -> Vec<f64> {
    // Values beside their places: a sort that had to look each value up would take three times as long.
    let mut order: Vec<(f64, u32)> = values.iter().copied().zip(0..).filter(|(value, _)| !value.is_nan()).collect();
    order.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    let mut ranks = vec![f64::NAN; values.len()];
    let largest = order.first().zip(order.last()).map_or(0.0, |(low, high)| low.0.abs().max(high.0.abs()));
    let mut before = 0;
    for ties in order.chunk_by(|one, other| other.0 - one.0 <= 1e-12 * largest) {
        let rank = before as f64 + (ties.len() + 1) as f64 / 2.0;
        for (_, at) in ties {
            ranks[*at as usize] = rank;
        }
        before += ties.len();
    }
    ranks
}

/// Returns Spearman's rank correlation, ties at their average rank, over the units at which both are there; `NaN` where
/// it is not defined.
///
/// # Panics
/// If the columns differ in length.
///
/// ```
/// use measure::court::spearman;
/// assert_eq!(spearman(&[1.0, 2.0, 30.0, f64::NAN], &[0.1, 0.2, 0.3, 9.0]), 1.0);
/// ```
#[must_use]
pub fn spearman(one: &[f64], other: &[f64]) -> f64 {
    let (one, other) = common(one, other);
    correlation(&average_ranks(&one), &average_ranks(&other))
}

/// Returns the area under the curve: how often a positive unit has the higher value than a negative one, ties counting
/// half. `NaN` without units of both sorts; a unit that is `None` or has no value is left out.
///
/// # Panics
/// If the columns differ in length.
///
/// # Source
/// J. A. Hanley and B. J. McNeil, Radiology 143 (1982): the Mann-Whitney statistic over the number of pairs.
///
/// ```
/// use measure::court::area_under_curve;
/// // Of four pairs the positive one is higher in three.
/// assert_eq!(area_under_curve(&[4.0, 2.0, 3.0, 1.0], &[Some(true), Some(true), Some(false), Some(false)]), 0.75);
/// ```
#[must_use]
pub fn area_under_curve(values: &[f64], is_positive: &[Option<bool>]) -> f64 {
    assert_eq!(values.len(), is_positive.len(), "every unit is positive, negative or neither");
    let (known, sort): (Vec<f64>, Vec<bool>) = values
        .iter()
        .zip(is_positive)
        .filter(|(value, _)| !value.is_nan())
        .filter_map(|(v, s)| Some((*v, (*s)?)))
        .unzip();
    let n_positive = sort.iter().filter(|sort| **sort).count() as f64;
    let n_negative = sort.len() as f64 - n_positive;
    let sum: f64 = average_ranks(&known).iter().zip(&sort).filter(|(_, sort)| **sort).map(|(rank, _)| rank).sum();
    (sum - n_positive * (n_positive + 1.0) / 2.0) / (n_positive * n_negative)
}

/// Returns the share of the variance of `column` that the others explain together (R squared of least squares with a
/// constant), over the units at which all are there. `NaN` where the column does not vary.
///
/// Columns that follow from earlier ones add nothing, and take nothing away.
pub(crate) fn variance_explained(column: &[f64], others: &[&[f64]]) -> f64 {
    let is_whole = |at: &usize| !column[*at].is_nan() && others.iter().all(|other| !other[*at].is_nan());
    let rows: Vec<usize> = (0..column.len()).filter(is_whole).collect();
    let centred = |values: &[f64]| {
        let mean = rows.iter().map(|&at| values[at]).sum::<f64>() / rows.len() as f64;
        rows.iter().map(|&at| values[at] - mean).collect::<Vec<f64>>()
    };
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for other in others {
        let mut direction = centred(other);
        let whole = dot(&direction, &direction);
        // Twice, for the first pass leaves a rounding error in directions that are nearly known already.
        remove(&mut direction, &basis);
        remove(&mut direction, &basis);
        let left = dot(&direction, &direction);
        if left > 1e-12 * whole && left > 0.0 {
            let length = left.sqrt();
            direction.iter_mut().for_each(|value| *value /= length);
            basis.push(direction);
        }
    }
    let mut residual = centred(column);
    let whole = dot(&residual, &residual);
    let scale = rows.iter().map(|&at| column[at] * column[at]).sum::<f64>();
    if whole <= 1e-24 * scale || rows.len() <= basis.len() + 1 {
        return f64::NAN;
    }
    remove(&mut residual, &basis);
    (1.0 - dot(&residual, &residual) / whole).clamp(0.0, 1.0)
}

/// Returns the standardised mean difference, positive less negative, over the mean of the two variances; `NaN` below two
/// of either sort.
pub(crate) fn standardised_difference(values: &[f64], is_positive: &[bool]) -> f64 {
    let of = |sort: bool| -> Vec<f64> {
        values.iter().zip(is_positive).filter(|(v, is)| !v.is_nan() && **is == sort).map(|(v, _)| *v).collect()
    };
    let (positive, negative) = (of(true), of(false));
    let [one, other] = [&positive, &negative].map(|values| crate::composite::covariance(values, values));
    (mean(&positive) - mean(&negative)) / ((one + other) / 2.0).sqrt()
}

/// Returns the mean of values none of which is missing.
pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Returns both columns at the units at which both are there.
fn common(one: &[f64], other: &[f64]) -> (Vec<f64>, Vec<f64>) {
    assert_eq!(one.len(), other.len(), "both columns have a value for each unit");
    one.iter().zip(other).filter(|(x, y)| !x.is_nan() && !y.is_nan()).map(|(x, y)| (*x, *y)).unzip()
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(x, y)| x * y).sum()
}

fn remove(vector: &mut [f64], basis: &[Vec<f64>]) {
    for direction in basis {
        let along = dot(vector, direction);
        vector.iter_mut().zip(direction).for_each(|(value, part)| *value -= along * part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_their_ranks() {
        let ranks = average_ranks(&[3.0, f64::NAN, 1.0, 3.0]);
        assert_eq!((ranks[0], ranks[2], ranks[3]), (2.5, 1.0, 2.5));
        assert!(ranks[1].is_nan());
    }

    #[test]
    fn variance_explained_by_hand() {
        // The line through (0, 0), (1, 1), (2, 0) is flat; with the square of x it goes through all three and a fourth.
        let (x, square) = ([0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 4.0, 9.0]);
        let y = [1.0, 0.0, 1.0, 4.0];
        assert!((variance_explained(&y, &[&x, &square]) - 1.0).abs() < 1e-12);
        let slope = variance_explained(&y, &[&x]);
        assert!((slope - correlation(&y, &x).powi(2)).abs() < 1e-12);
        assert!((variance_explained(&y, &[&x, &x]) - slope).abs() < 1e-12, "a copy adds nothing");
        assert!(variance_explained(&[1.0; 4], &[&x]).is_nan());
    }
}
