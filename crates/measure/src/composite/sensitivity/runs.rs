//! Estimates of the indices from sampled runs, and their bootstrap.

use rayon::prelude::*;

use super::{SobolIndices, centred};
use crate::draw::{Draws, owner};
use crate::replicate::quantile;

/// How the first-order index is estimated. The total index is Jansen's throughout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Estimator {
    /// 1 - mean (yB - yAB)^2 / 2V: no worse for a target far from 0.
    #[default]
    Jansen,
    /// mean yB (yAB - yA) / V with y centred first (Saltelli et al. 2010).
    Saltelli,
    /// The same without centring, as COINr has it: its variance grows with the square of the target's mean. To replay.
    SaltelliUncentred,
}

/// Values of a target at the rows of a design: at A, at B, and at A with each factor's column from B in turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Runs {
    n_groups: usize,
    mean: f64,
    /// By row: A, B, then AB of each factor or group; less the mean.
    rows: Vec<f64>,
}

/// Sums over rows, before the factors' own.
const POOLED: usize = 2;
/// Sums over rows for each factor.
const EACH: usize = 4;

impl Runs {
    /// Returns the runs whose values come in blocks: all of A, all of B, all of AB1, and so on to the last factor.
    ///
    /// # Panics
    /// If the values are not `n_factors` + 2 blocks of the same length, or there are none.
    #[must_use]
    pub fn from_blocks(values: &[f64], n_factors: usize) -> Self {
        let n = values.len() / (n_factors + 2);
        let rows = (0..n).flat_map(|row| (0..n_factors + 2).map(move |block| values[block * n + row])).collect();
        assert_eq!(values.len(), n * (n_factors + 2), "there is a block for A, for B and for each factor");
        Self::from_rows(rows, n_factors)
    }

    /// Returns the runs whose values come by row: A, B, AB1, and so on.
    ///
    /// # Panics
    /// If the values are not rows of `n_factors` + 2, or there are none.
    #[must_use]
    pub fn from_rows(values: Vec<f64>, n_factors: usize) -> Self {
        let width = n_factors + 2;
        assert!(!values.is_empty() && values.len().is_multiple_of(width), "each row has A, B and each factor");
        let pooled: Vec<f64> = values.chunks_exact(width).flat_map(|row| [row[0], row[1]]).collect();
        let (_, mean) = centred(&pooled);
        let mut rows = values;
        rows.iter_mut().for_each(|value| *value -= mean);
        Self { n_groups: n_factors, mean, rows }
    }

    /// Returns the number of values.
    #[must_use]
    pub fn n_runs(&self) -> usize {
        self.rows.len()
    }

    /// Returns the mean over A and B.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Returns the variance over A and B, with n - 1.
    ///
    /// ```
    /// let runs = measure::composite::Runs::from_blocks(&[1.0, 2.0, 3.0, 4.0, 0.0, 0.0], 1);
    /// assert!((runs.variance() - 5.0 / 3.0).abs() < 1e-12); // of 1, 2, 3, 4
    /// ```
    #[must_use]
    pub fn variance(&self) -> f64 {
        let rows = self.terms();
        variance(&sums(&rows, self.n_terms(), &vec![1.0; self.n_rows()]), self.n_rows() as f64)
    }

    /// Returns the indices with intervals of 5 to 95 % of a bootstrap.
    ///
    /// Whole rows are drawn, so A, B and all AB of a row stay together and the variance is estimated anew in each
    /// replicate. Without replicates both ends of an interval are `NaN`.
    ///
    /// # Source
    /// G. E. B. Archer, A. Saltelli and I. M. Sobol', "Sensitivity measures, ANOVA-like techniques and the use of bootstrap",
    /// Journal of Statistical Computation and Simulation 58 (1997).
    #[must_use]
    pub fn indices(&self, estimator: Estimator, replicates: u32, seed: u64) -> Vec<SobolIndices> {
        let terms = self.terms();
        let nominal = self.estimates(&terms, &vec![1.0; self.n_rows()], estimator);
        let drawn: Vec<Vec<[f64; 2]>> = (0..replicates)
            .into_par_iter()
            .map(|replicate| self.estimates(&terms, &self.times_drawn(seed, replicate), estimator))
            .collect();
        let interval = |group: usize, which: usize| {
            let mut values: Vec<f64> = drawn.iter().map(|estimates| estimates[group][which]).collect();
            values.sort_by(f64::total_cmp);
            if values.is_empty() { [f64::NAN; 2] } else { [quantile(&values, 0.05), quantile(&values, 0.95)] }
        };
        let of_group = |(group, &[first, total]): (usize, &[f64; 2])| SobolIndices {
            first,
            total,
            first_interval: interval(group, 0),
            total_interval: interval(group, 1),
        };
        nominal.iter().enumerate().map(of_group).collect()
    }

    fn n_rows(&self) -> usize {
        self.rows.len() / (self.n_groups + 2)
    }

    fn n_terms(&self) -> usize {
        POOLED + EACH * self.n_groups
    }

    /// What each row adds to the sums from which every estimate is made.
    fn terms(&self) -> Vec<f64> {
        let mut terms = Vec::with_capacity(self.n_rows() * self.n_terms());
        for row in self.rows.chunks_exact(self.n_groups + 2) {
            let (a, b) = (row[0], row[1]);
            terms.extend([a + b, a * a + b * b]);
            for ab in &row[2..] {
                terms.extend([(b - ab).powi(2), (a - ab).powi(2), b * (ab - a), ab - a]);
            }
        }
        terms
    }

    /// How often each row is drawn in a replicate.
    fn times_drawn(&self, seed: u64, replicate: u32) -> Vec<f64> {
        let mut times = vec![0.0; self.n_rows()];
        let mut draws = Draws::at(seed, owner("sobol bootstrap"), replicate, 0);
        for _ in 0..times.len() {
            times[draws.below(self.n_rows())] += 1.0;
        }
        times
    }

    /// First-order and total index of each group.
    fn estimates(&self, terms: &[f64], times: &[f64], estimator: Estimator) -> Vec<[f64; 2]> {
        let n = self.n_rows() as f64;
        let sums = sums(terms, self.n_terms(), times);
        let variance = variance(&sums, n);
        let shift = sums[0] / (2.0 * n);
        let of_group = |group: &[f64]| {
            let [of_b, of_a, product, difference] = [group[0], group[1], group[2], group[3]].map(|sum| sum / n);
            let first = match estimator {
                Estimator::Jansen => 1.0 - of_b / (2.0 * variance),
                Estimator::Saltelli => (product - shift * difference) / variance,
                Estimator::SaltelliUncentred => (product + self.mean * difference) / variance,
            };
            [first, of_a / (2.0 * variance)]
        };
        sums[POOLED..].chunks_exact(EACH).map(of_group).collect()
    }
}

/// Column sums of rows that count so many times. Row by row, so that the columns are added side by side.
fn sums(terms: &[f64], n_terms: usize, times: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; n_terms];
    for (row, &times) in terms.chunks_exact(n_terms).zip(times) {
        if times > 0.0 {
            sums.iter_mut().zip(row).for_each(|(sum, term)| *sum += times * term);
        }
    }
    sums
}

fn variance(sums: &[f64], n_rows: f64) -> f64 {
    let n = 2.0 * n_rows;
    (sums[1] - sums[0] * sums[0] / n) / (n - 1.0)
}
