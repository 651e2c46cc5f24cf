//! Budget allocation: each expert shares out 100 points, and the weights are the mean.
//!
//! Comes in: points of experts by indicators. Goes out: weights, with how far the experts differ and how far they agree.

use crate::Fault;
use crate::composite::{mean, standard_deviation};

/// What each expert has to spend.
const POINTS: f64 = 100.0;

/// The answer of a group of experts.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// Weight of each indicator; they sum to 1.
    pub weights: Vec<f64>,
    /// Standard deviation (n - 1) of the experts' points for each indicator; `NaN` with one expert.
    pub deviations: Vec<f64>,
    /// Kendall's coefficient of concordance, corrected for ties: 0 where the experts' orders have nothing in common, 1
    /// where they are the same; `NaN` with one expert, or where nobody prefers anything.
    pub concordance: f64,
}

/// Returns the mean allocation of `points`, one row for each expert and one entry for each indicator.
///
/// # Errors
/// If there is no expert, an expert has another number of entries, a negative or missing entry, or spends other than 100
/// points (within one millionth).
///
/// # Source
/// OECD and JRC, "Handbook on Constructing Composite Indicators" (2008), section 6.2; M. G. Kendall and B. Babington Smith,
/// "The problem of m rankings", Annals of Mathematical Statistics 10 (1939).
///
/// ```
/// let budget = measure::composite::budget_allocation(&[vec![60.0, 40.0], vec![70.0, 30.0]]).unwrap();
/// assert!((budget.weights[0] - 0.65).abs() < 1e-12);
/// assert_eq!(budget.concordance, 1.0);
/// ```
pub fn budget_allocation(points: &[Vec<f64>]) -> Result<Budget, Fault> {
    let Some(first) = points.first() else {
        return Err(Fault::new("budget", "expected 1 or more experts, found none", "ask an expert"));
    };
    for (at, row) in points.iter().enumerate() {
        let expert = format!("expert {}", at + 1);
        if row.len() != first.len() {
            let what = format!("expected {} entries, found {}", first.len(), row.len());
            return Err(Fault::new(expert, what, "give an entry for each indicator, 0 where it counts for nothing"));
        }
        let spent: f64 = row.iter().sum();
        let is_spent = row.iter().all(|points| *points >= 0.0) && (spent - POINTS).abs() <= 1e-6;
        if !is_spent {
            let what = format!("expected entries of 0 or more that sum to 100, found a sum of {spent}");
            return Err(Fault::new(expert, what, "ask the expert again rather than rescaling an answer"));
        }
    }
    let columns: Vec<Vec<f64>> =
        (0..first.len()).map(|at| points.iter().map(|row| row[at]).collect::<Vec<f64>>()).collect();
    Ok(Budget {
        // By their sum rather than by 100, so that a millionth too much still gives weights that sum to 1.
        weights: shares(&columns.iter().map(|column| mean(column)).collect::<Vec<f64>>()),
        deviations: columns.iter().map(|column| standard_deviation(column)).collect(),
        concordance: concordance(points),
    })
}

fn shares(values: &[f64]) -> Vec<f64> {
    let sum: f64 = values.iter().sum();
    values.iter().map(|value| value / sum).collect()
}

/// Kendall's W with the correction for ties.
fn concordance(rows: &[Vec<f64>]) -> f64 {
    let (m, n) = (rows.len() as f64, rows[0].len() as f64);
    if rows.len() < 2 {
        return f64::NAN;
    }
    let ranked: Vec<Vec<f64>> = rows.iter().map(|row| middle_ranks(row)).collect();
    let sums = (0..rows[0].len()).map(|at| ranked.iter().map(|row| row[at]).sum::<f64>());
    let spread: f64 = sums.map(|sum| (sum - m * (n + 1.0) / 2.0).powi(2)).sum();
    let ties: f64 = rows.iter().map(|row| tied(row)).sum();
    12.0 * spread / (m * m * (n.powi(3) - n) - m * ties)
}

/// Ranks from the lowest, equals at the middle of their places.
fn middle_ranks(row: &[f64]) -> Vec<f64> {
    let count = |of: &dyn Fn(&f64) -> bool| row.iter().filter(|value| of(value)).count() as f64;
    row.iter().map(|own| count(&|value| value < own) + (count(&|value| value == own) + 1.0) / 2.0).collect()
}

/// The sum of t^3 - t over groups of equals of t members: each member adds t^2 - 1.
fn tied(row: &[f64]) -> f64 {
    row.iter().map(|own| (row.iter().filter(|value| *value == own).count() as f64).powi(2) - 1.0).sum()
}
