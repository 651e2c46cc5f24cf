//! Filling in what is missing many times over, so that what is not known stays uncertain.
//!
//! Each time units are drawn with replacement, a multivariate normal is fitted to them by expectation and maximisation, and
//! every missing value is drawn from what the unit's other values leave open. Between the fillings lies the uncertainty that
//! a single filling hides; [`pooled`] adds it to that within.
//!
//! # Source
//! D. B. Rubin, "Multiple Imputation for Nonresponse in Surveys" (1987); J. Honaker, G. King and M. Blackwell, "Amelia II",
//! Journal of Statistical Software 45 (2011); OECD and JRC handbook (2008), equations 9 to 13 and box 4.

use nalgebra::{Cholesky, DMatrix, DVector};
use rayon::prelude::*;
use serde::Serialize;

use super::moments::{mean, standard_deviation};
use super::{Table, correlation};
use crate::draw::{Draws, owner};

/// Steps of expectation and maximisation; with shrunk correlations the fit moves by less than a thousandth after that.
const STEPS: usize = 25;

/// Returns the table filled in `n` times. Filling number k is a function of the seed and k.
///
/// `shrinkage` (above 0 to 1) draws correlations towards 0: with fewer units than indicators they cannot be taken at face
/// value; 0.1 is a start. An indicator without spread takes its mean.
///
/// # Panics
/// If `shrinkage` is not above 0 and at most 1.
#[must_use]
pub fn imputed_many(table: &Table, n: u32, shrinkage: f64, seed: u64) -> Vec<Table> {
    assert!(shrinkage > 0.0 && shrinkage <= 1.0, "correlations are shrunk by a share above 0");
    let scales: Vec<(f64, f64)> = table.columns.iter().map(|column| scale(column)).collect();
    let rows: Vec<Vec<f64>> = (0..table.units.len())
        .map(|unit| {
            table
                .columns
                .iter()
                .zip(&scales)
                .map(|(column, (centre, spread))| (column[unit] - centre) / spread)
                .collect()
        })
        .collect();
    let one = |filling: u32| {
        let mut draws = Draws::at(seed, owner("units of a filling"), filling, 0);
        let drawn: Vec<&Vec<f64>> = rows.iter().map(|_| &rows[draws.below(rows.len())]).collect();
        let normal = Normal::fitted(&drawn, scales.len(), shrinkage);
        let filled: Vec<Vec<f64>> = rows
            .iter()
            .enumerate()
            .map(|(unit, row)| normal.filled(row, Some(&mut Draws::at(seed, owner(&table.units[unit]), filling, 0))))
            .collect();
        table.map(|at, column| {
            let (centre, spread) = scales[at];
            let value =
                |unit: usize| if column[unit].is_nan() { centre + spread * filled[unit][at] } else { column[unit] };
            (0..column.len()).map(value).collect()
        })
    };
    (0..n).into_par_iter().map(one).collect()
}

fn scale(column: &[f64]) -> (f64, f64) {
    let spread = standard_deviation(column);
    (mean(column), if spread > 0.0 { spread } else { 1.0 })
}

/// A multivariate normal of standardised values.
struct Normal {
    centre: DVector<f64>,
    covariance: DMatrix<f64>,
}

impl Normal {
    fn fitted(rows: &[&Vec<f64>], p: usize, shrinkage: f64) -> Self {
        let mut normal = Self { centre: DVector::zeros(p), covariance: DMatrix::identity(p, p) };
        for _ in 0..STEPS {
            normal = normal.improved(rows, shrinkage);
        }
        normal
    }

    /// One step: missing values are expected, then centre and covariance are those of the filled rows, plus what is not
    /// known of the missing ones.
    fn improved(&self, rows: &[&Vec<f64>], shrinkage: f64) -> Self {
        let (p, n) = (self.centre.len(), rows.len() as f64);
        let filled: Vec<DVector<f64>> = rows.iter().map(|row| DVector::from_vec(self.filled(row, None))).collect();
        let centre = filled.iter().sum::<DVector<f64>>() / n;
        let mut covariance = DMatrix::zeros(p, p);
        for (row, filled) in rows.iter().zip(&filled) {
            let deviation = filled - &centre;
            covariance += &deviation * deviation.transpose();
            let (missing, _, open) = self.conditional(row);
            for (i, &at) in missing.iter().enumerate() {
                for (j, &other) in missing.iter().enumerate() {
                    covariance[(at, other)] += open[(i, j)];
                }
            }
        }
        covariance /= n;
        for at in 0..p {
            for other in 0..p {
                let is_own = at == other;
                covariance[(at, other)] *= if is_own { 1.0 } else { 1.0 - shrinkage };
            }
            covariance[(at, at)] += 1e-6;
        }
        Self { centre, covariance }
    }

    /// What is missing of a row, what it is expected to be, and the covariance that stays open.
    fn conditional(&self, row: &[f64]) -> (Vec<usize>, DVector<f64>, DMatrix<f64>) {
        let (missing, known): (Vec<usize>, Vec<usize>) = (0..row.len()).partition(|&at| row[at].is_nan());
        let part = |rows: &[usize], columns: &[usize]| {
            DMatrix::from_fn(rows.len(), columns.len(), |i, j| self.covariance[(rows[i], columns[j])])
        };
        let own = DVector::from_fn(missing.len(), |i, _| self.centre[missing[i]]);
        if missing.is_empty() || known.is_empty() {
            let open = part(&missing, &missing);
            return (missing, own, open);
        }
        let cross = part(&known, &missing);
        let factor = Cholesky::new(part(&known, &known)).expect("the diagonal was raised");
        let slopes = factor.solve(&cross);
        let deviation = DVector::from_fn(known.len(), |i, _| row[known[i]] - self.centre[known[i]]);
        let expected = own + slopes.transpose() * deviation;
        let open = part(&missing, &missing) - cross.transpose() * slopes;
        (missing, expected, open)
    }

    /// The row with missing values expected, or drawn.
    fn filled(&self, row: &[f64], draws: Option<&mut Draws>) -> Vec<f64> {
        let mut filled = row.to_vec();
        if row.iter().all(|value| !value.is_nan()) {
            return filled;
        }
        let (missing, mut values, open) = self.conditional(row);
        if let Some(draws) = draws {
            let open = (&open + open.transpose()) / 2.0 + DMatrix::identity(missing.len(), missing.len()) * 1e-9;
            let noise = DVector::from_fn(missing.len(), |_, _| draws.normal());
            // A covariance that is not positive by rounding has nothing open worth drawing.
            values += Cholesky::new(open).map_or_else(|| DVector::zeros(missing.len()), |factor| factor.l() * noise);
        }
        missing.iter().zip(values.iter()).for_each(|(&at, value)| filled[at] = *value);
        filled
    }
}

/// One estimate out of those of several fillings.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Pooled {
    /// Mean of the estimates.
    pub estimate: f64,
    /// Variance within and between the fillings: W + (1 + 1/M) B.
    pub variance: f64,
    /// Share of the variance that comes from what is missing.
    pub missing_share: f64,
}

/// Returns the estimate of several fillings and its variance by Rubin's rules; `None` with fewer than two.
///
/// ```
/// let pooled = measure::composite::pooled(&[(1.0, 0.5), (3.0, 0.5)]).unwrap();
/// assert!(pooled.estimate == 2.0 && (pooled.variance - (0.5 + 1.5 * 2.0)).abs() < 1e-12);
/// ```
#[must_use]
pub fn pooled(estimates: &[(f64, f64)]) -> Option<Pooled> {
    let n = estimates.len() as f64;
    if estimates.len() < 2 {
        return None;
    }
    let values: Vec<f64> = estimates.iter().map(|(estimate, _)| *estimate).collect();
    let within = estimates.iter().map(|(_, variance)| variance).sum::<f64>() / n;
    let between = (1.0 + 1.0 / n) * standard_deviation(&values).powi(2);
    Some(Pooled { estimate: mean(&values), variance: within + between, missing_share: between / (within + between) })
}

/// How well an imputation finds values that were known and hidden from it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ImputationTest {
    /// Values that were hidden.
    pub n: usize,
    /// Squared correlation of found and true values, each standardised by its indicator.
    pub r_squared: f64,
    /// Willmott's index of agreement, 0 to 1.
    pub agreement: f64,
    /// Root mean square error, in standard deviations of the indicator.
    pub rms_error: f64,
    /// Mean absolute error, in standard deviations of the indicator.
    pub mean_error: f64,
}

/// Hides a share of the known values, lets `impute` fill them in, and compares. `None` where fewer than three were hidden.
#[must_use]
pub fn imputation_test(
    table: &Table,
    share: f64,
    seed: u64,
    impute: impl Fn(&Table) -> Table,
) -> Option<ImputationTest> {
    let mut hidden = table.clone();
    let mut cells = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        for (unit, value) in column.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
            if Draws::at(seed, owner(&table.units[unit]), 0, at as u16).uniform() < share {
                hidden.columns[at][unit] = f64::NAN;
                cells.push((at, unit, *value));
            }
        }
    }
    let found = impute(&hidden);
    let scales: Vec<(f64, f64)> = table.columns.iter().map(|column| scale(column)).collect();
    let pairs = cells.iter().map(|&(at, unit, value)| {
        let (centre, spread) = scales[at];
        ((value - centre) / spread, (found.columns[at][unit] - centre) / spread)
    });
    let (truth, found): (Vec<f64>, Vec<f64>) = pairs.filter(|(_, found)| !found.is_nan()).unzip();
    if truth.len() < 3 {
        return None;
    }
    let n = truth.len() as f64;
    let errors: Vec<f64> = truth.iter().zip(&found).map(|(truth, found)| found - truth).collect();
    let centre = mean(&truth);
    let possible: f64 =
        truth.iter().zip(&found).map(|(truth, found)| ((found - centre).abs() + (truth - centre).abs()).powi(2)).sum();
    let squares: f64 = errors.iter().map(|error| error * error).sum();
    Some(ImputationTest {
        n: truth.len(),
        r_squared: correlation(&truth, &found).powi(2),
        agreement: 1.0 - squares / possible,
        rms_error: (squares / n).sqrt(),
        mean_error: errors.iter().map(|error| error.abs()).sum::<f64>() / n,
    })
}
