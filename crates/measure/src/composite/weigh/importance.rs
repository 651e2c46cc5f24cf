//! The true importance of indicators: how much of the index's variance each would take away by being known.
//!
//! Comes in: values, weights, and the index made of them. Goes out: for each indicator its main effect beside its weight.
//! Weights say how much a point counts; what an indicator matters depends as well on its spread and on its relatives.

use rayon::prelude::*;

use crate::composite::standard_deviation;

/// What one indicator matters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Importance {
    /// The weight as a share of all weights.
    pub nominal: f64,
    /// Var(E(index | indicator)) / Var(index), in `0.0..=1.0`: the share of the index's variance that vanishes on average
    /// once the indicator is known. `NaN` with fewer than three units, or where indicator or index do not vary.
    pub main_effect: f64,
    /// The main effect as a share of the sum of main effects, for comparison with `nominal`.
    pub share: f64,
    /// The squared correlation with the index: what `main_effect` is where the relation is a straight line.
    pub r_squared: f64,
    /// The bandwidth of the regression in units of the indicator; infinite where a straight line predicts best.
    pub bandwidth: f64,
}

/// Returns the importance of each of `columns` in `index`, over the units at which both have a value.
///
/// E(index | indicator) is estimated by local-linear regression with a Gaussian kernel. The bandwidth is the one of
/// sd n^(-1/5) 2^(k/2), k = -4..=8, and a straight line, that predicts best when each unit is left out in turn; of equals the
/// widest.
///
/// # Panics
/// If there are not as many weights as columns, or a column differs in length from the index.
///
/// # Source
/// P. Paruolo, M. Saisana and A. Saltelli, "Ratings and rankings: voodoo or science?", Journal of the Royal Statistical
/// Society A 176 (2013).
///
/// ```
/// // The index is the square of the indicator: no correlation at all, and yet everything depends on it.
/// let x: Vec<f64> = (-20..=20).map(f64::from).collect();
/// let index: Vec<f64> = x.iter().map(|x| x * x).collect();
/// let importance = measure::composite::true_importance(&[x], &[1.0], &index)[0];
/// assert!(importance.r_squared < 1e-9 && importance.main_effect > 0.95);
/// ```
#[must_use]
pub fn true_importance(columns: &[Vec<f64>], weights: &[f64], index: &[f64]) -> Vec<Importance> {
    assert_eq!(columns.len(), weights.len(), "every indicator has a weight");
    let sum: f64 = weights.iter().sum();
    let mut importances: Vec<Importance> =
        columns.par_iter().zip(weights).map(|(column, weight)| alone(column, weight / sum, index)).collect();
    let effects: f64 = importances.iter().map(|own| own.main_effect).filter(|effect| !effect.is_nan()).sum();
    for own in &mut importances {
        own.share = own.main_effect / effects;
    }
    importances
}

fn alone(column: &[f64], nominal: f64, index: &[f64]) -> Importance {
    assert_eq!(column.len(), index.len(), "indicator and index have a value for each unit");
    let pairs: Vec<(f64, f64)> =
        column.iter().copied().zip(index.iter().copied()).filter(|(x, y)| !x.is_nan() && !y.is_nan()).collect();
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let r_squared = crate::composite::correlation(&x, &y).powi(2);
    let (spread, of_index) = (standard_deviation(&x), standard_deviation(&y));
    let is_known = pairs.len() >= 3 && spread > 0.0 && of_index > 0.0;
    if !is_known {
        return Importance { nominal, main_effect: f64::NAN, share: f64::NAN, r_squared, bandwidth: f64::NAN };
    }
    let fits = fits(&pairs, spread * (pairs.len() as f64).powf(-0.2) * 2.0_f64.powi(4));
    let fit = fits.into_iter().reduce(|best, next| if next.error < best.error { next } else { best });
    let fit = fit.expect("there are bandwidths");
    let main_effect = (standard_deviation(&fit.fitted) / of_index).powi(2).min(1.0);
    Importance { nominal, main_effect, share: f64::NAN, r_squared, bandwidth: fit.bandwidth }
}

/// A straight line, and bandwidths from the widest down by a factor of the square root of 2 each.
const BANDWIDTHS: usize = 14;

/// The values that a regression gives at each unit, and its squared error when each unit is left out in turn.
struct Fit {
    bandwidth: f64,
    fitted: Vec<f64>,
    error: f64,
}

fn fits(pairs: &[(f64, f64)], widest: f64) -> Vec<Fit> {
    let bandwidth = |at: usize| if at == 0 { f64::INFINITY } else { widest * 2.0_f64.powf(-0.5 * (at - 1) as f64) };
    let mut fits: Vec<Fit> =
        (0..BANDWIDTHS).map(|at| Fit { bandwidth: bandwidth(at), fitted: Vec::new(), error: 0.0 }).collect();
    for &(x, y) in pairs {
        for (fit, sums) in fits.iter_mut().zip(sums(pairs, x, widest)) {
            let (value, own_part) = sums.line();
            // The error of a linear smoother without the unit follows from the one with it.
            fit.error += ((y - value) / (1.0 - own_part)).powi(2);
            fit.fitted.push(value);
        }
    }
    for fit in &mut fits {
        // A unit that only repeats itself leaves 0/0: such a bandwidth is too small to predict anything.
        fit.error = if fit.error.is_nan() { f64::INFINITY } else { fit.error };
    }
    fits
}

/// Sums over units by their nearness to a place, with their distances from it.
#[derive(Clone, Copy, Default)]
struct Sums {
    s0: f64,
    s1: f64,
    s2: f64,
    t0: f64,
    t1: f64,
}

/// The sums around `x` for each bandwidth. Narrowing a Gaussian by the square root of 2 squares it, so that one exponential
/// serves all.
fn sums(pairs: &[(f64, f64)], x: f64, widest: f64) -> [Sums; BANDWIDTHS] {
    let mut all = [Sums::default(); BANDWIDTHS];
    for &(other, y) in pairs {
        let distance = other - x;
        all[0].add(1.0, distance, y);
        let mut kernel = (-0.5 * (distance / widest).powi(2)).exp();
        for own in &mut all[1..] {
            own.add(kernel, distance, y);
            kernel *= kernel;
        }
    }
    all
}

impl Sums {
    fn add(&mut self, kernel: f64, distance: f64, y: f64) {
        self.s0 += kernel;
        self.s1 += kernel * distance;
        self.s2 += kernel * distance * distance;
        self.t0 += kernel * y;
        self.t1 += kernel * distance * y;
    }

    /// The local line's value at the place, and how much of it is the value of a unit that is there.
    fn line(self) -> (f64, f64) {
        let Self { s0, s1, s2, t0, t1 } = self;
        let determinant = s0 * s2 - s1 * s1;
        // Where all that is near lies at one place there is no slope, and the mean is taken.
        if determinant <= 1e-12 * s0 * s2 {
            (t0 / s0, 1.0 / s0)
        } else {
            ((s2 * t0 - s1 * t1) / determinant, s2 / determinant)
        }
    }
}
