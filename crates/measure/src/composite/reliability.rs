//! Cronbach's alpha: how far the indicators of a group measure one thing.

use super::{correlation, covariance};

/// On which scale the indicators of a group are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Items {
    /// As they are given, by covariances. Say this of normalised and directed values only: on raw values the indicator with
    /// the largest numbers decides alone, and one where less is better counts as a contradiction.
    AsGiven,
    /// Each brought to the same spread, by correlations. Their directions still matter.
    Standardised,
}

/// Returns Cronbach's alpha of a group of indicators, 1 where they all say the same and negative where they contradict one
/// another: k^2 times the mean covariance of two over the sum of all covariances. Each covariance is over the units at which
/// both are there. `NaN` below two indicators, or where one of them has fewer than two values.
///
/// # Source
/// L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16 (1951).
///
/// ```
/// use measure::composite::{Items, cronbach_alpha};
/// let columns = [vec![1.0, 2.0, 3.0], vec![10.0, 20.0, 30.0]];
/// assert!((cronbach_alpha(&columns, Items::Standardised) - 1.0).abs() < 1e-12);
/// // Covariances 1, 100 and twice 10: 4 * 10 / 121.
/// assert!((cronbach_alpha(&columns, Items::AsGiven) - 40.0 / 121.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn cronbach_alpha(columns: &[Vec<f64>], items: Items) -> f64 {
    let all: Vec<&Vec<f64>> = columns.iter().collect();
    alpha(&all, items)
}

/// Returns for each indicator the alpha of the group without it (see [`cronbach_alpha`]): where that is higher, the group
/// measures one thing better without the indicator.
///
/// ```
/// use measure::composite::{Items, alpha_if_deleted};
/// let columns = [vec![1.0, 2.0, 3.0], vec![2.0, 3.0, 4.0], vec![5.0, 1.0, 3.0]];
/// assert!((alpha_if_deleted(&columns, Items::AsGiven)[2] - 1.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn alpha_if_deleted(columns: &[Vec<f64>], items: Items) -> Vec<f64> {
    let without =
        |at: usize| columns.iter().enumerate().filter(move |(other, _)| *other != at).map(|(_, column)| column);
    (0..columns.len()).map(|at| alpha(&without(at).collect::<Vec<_>>(), items)).collect()
}

fn alpha(columns: &[&Vec<f64>], items: Items) -> f64 {
    let k = columns.len() as f64;
    if columns.len() < 2 {
        return f64::NAN;
    }
    let [mut between, mut own] = [0.0; 2];
    for (at, one) in columns.iter().enumerate() {
        own += match items {
            Items::AsGiven => covariance(one, one),
            Items::Standardised => correlation(one, one),
        };
        for other in &columns[at + 1..] {
            between += 2.0
                * match items {
                    Items::AsGiven => covariance(one, other),
                    Items::Standardised => correlation(one, other),
                };
        }
    }
    k / (k - 1.0) * between / (between + own)
}
