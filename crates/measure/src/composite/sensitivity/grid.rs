//! Exact sensitivity on a finite grid: variances of conditional means, by averaging the grid over axes.

use std::borrow::Cow;

use rayon::prelude::*;

use super::{SobolIndices, centred};

/// A target's value at every point of a grid of discrete factors, all points as probable.
#[derive(Clone, Debug, PartialEq)]
pub struct FactorGrid {
    sizes: Vec<usize>,
    /// Values less their mean; the last factor runs fastest.
    values: Vec<f64>,
    mean: f64,
    variance: f64,
}

impl FactorGrid {
    /// Returns the grid of these values. `sizes` are the numbers of levels of the factors, and in `values` the last factor
    /// runs fastest.
    ///
    /// # Panics
    /// If the number of values is not the product of the sizes, or that product is 0.
    ///
    /// ```
    /// use measure::composite::FactorGrid;
    /// // y = 1 only where both switches are on: S = 1/3 each, and the interaction has the last third.
    /// let grid = FactorGrid::new(&[2, 2], &[0.0, 0.0, 0.0, 1.0]);
    /// assert!((grid.first(0) - 1.0 / 3.0).abs() < 1e-12 && (grid.total(0) - 2.0 / 3.0).abs() < 1e-12);
    /// assert!((grid.interaction(&[0, 1]) - 1.0 / 3.0).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn new(sizes: &[usize], values: &[f64]) -> Self {
        assert_eq!(sizes.iter().product::<usize>(), values.len(), "each point of the grid has one value");
        assert!(!values.is_empty(), "each factor has at least one level");
        let (values, mean) = centred(values);
        let variance = mean_square(&values);
        Self { sizes: sizes.to_vec(), values, mean, variance }
    }

    /// Returns the grid of a target of levels, from 0, one for each factor. The target is asked in parallel.
    ///
    /// # Panics
    /// If a factor has no level.
    #[must_use]
    pub fn of(sizes: &[usize], target: impl Fn(&[usize]) -> f64 + Sync) -> Self {
        let n: usize = sizes.iter().product();
        let values: Vec<f64> = (0..n)
            .into_par_iter()
            .map_init(
                || vec![0; sizes.len()],
                |levels, point| {
                    let mut left = point;
                    for (level, &size) in levels.iter_mut().zip(sizes).rev() {
                        (*level, left) = (left % size, left / size);
                    }
                    target(levels)
                },
            )
            .collect();
        Self::new(sizes, &values)
    }

    /// Returns the number of points.
    #[must_use]
    pub fn n_points(&self) -> usize {
        self.values.len()
    }

    /// Returns the mean over all points.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Returns the variance over all points; the divisor is their number, for they are the whole population.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// Returns the first-order index of a factor, or `NaN` where the target does not vary.
    #[must_use]
    pub fn first(&self, factor: usize) -> f64 {
        self.closed(&[factor])
    }

    /// Returns the total index of a factor, or `NaN` where the target does not vary.
    #[must_use]
    pub fn total(&self, factor: usize) -> f64 {
        self.total_of(&[factor])
    }

    /// Returns the closed index of a group, Var(E\[y | group\]) / Var(y): all that its factors explain together.
    ///
    /// # Panics
    /// If the group names a factor that is not there.
    #[must_use]
    pub fn closed(&self, group: &[usize]) -> f64 {
        let mut is_known = vec![false; self.sizes.len()];
        group.iter().for_each(|&factor| is_known[factor] = true);
        mean_square(&self.means_given(&is_known)) / self.variance
    }

    /// Returns the total index of a group: what its complement does not explain.
    ///
    /// # Panics
    /// If the group names a factor that is not there.
    #[must_use]
    pub fn total_of(&self, group: &[usize]) -> f64 {
        let mut is_known = vec![true; self.sizes.len()];
        group.iter().for_each(|&factor| is_known[factor] = false);
        // The mean square around the conditional mean, which cannot fall below 0 as 1 - closed could.
        let means = self.means_given(&is_known);
        let mut left = self.values.clone();
        self.for_each_given(&is_known, |point, cell| left[point] -= means[cell]);
        mean_square(&left) / self.variance
    }

    /// Returns the interaction index of a group: what its factors explain together and no part of them does. The
    /// interaction of one factor is its first-order index; all interactions of a grid sum to 1.
    ///
    /// # Panics
    /// If the group names a factor twice, one that is not there, or more than 20.
    #[must_use]
    pub fn interaction(&self, group: &[usize]) -> f64 {
        assert!(group.len() <= 20, "an interaction is of at most 20 factors");
        assert!(group.iter().enumerate().all(|(at, factor)| !group[..at].contains(factor)), "each factor once");
        let part = |subset: usize| -> f64 {
            let members: Vec<usize> =
                group.iter().enumerate().filter(|(at, _)| subset >> at & 1 == 1).map(|(_, &factor)| factor).collect();
            let sign = if (group.len() - members.len()).is_multiple_of(2) { 1.0 } else { -1.0 };
            sign * self.closed(&members)
        };
        (0..1 << group.len()).map(part).sum()
    }

    pub(super) fn indices(&self, group: &[usize]) -> SobolIndices {
        let (first, total) = (self.closed(group), self.total_of(group));
        SobolIndices { first, total, first_interval: [first; 2], total_interval: [total; 2] }
    }

    /// Averages over the factors that are not known; the known ones keep their order.
    fn means_given(&self, is_known: &[bool]) -> Vec<f64> {
        let mut values = Cow::Borrowed(&self.values);
        let mut stride = 1;
        for (&size, &is_known) in self.sizes.iter().zip(is_known).rev() {
            if is_known {
                stride *= size;
            } else {
                values = Cow::Owned(averaged(&values, size, stride));
            }
        }
        values.into_owned()
    }

    /// Visits every point with the place of its cell among the means given the known factors.
    fn for_each_given(&self, is_known: &[bool], mut visit: impl FnMut(usize, usize)) {
        let mut strides = vec![0; self.sizes.len()];
        let mut stride = 1;
        for factor in (0..self.sizes.len()).rev() {
            if is_known[factor] {
                strides[factor] = stride;
                stride *= self.sizes[factor];
            }
        }
        let (mut levels, mut cell) = (vec![0; self.sizes.len()], 0);
        for point in 0..self.values.len() {
            visit(point, cell);
            for factor in (0..self.sizes.len()).rev() {
                levels[factor] += 1;
                cell += strides[factor];
                if levels[factor] < self.sizes[factor] {
                    break;
                }
                cell -= strides[factor] * self.sizes[factor];
                levels[factor] = 0;
            }
        }
    }
}

/// Averages one axis out: `size` levels that lie `stride` apart.
fn averaged(values: &[f64], size: usize, stride: usize) -> Vec<f64> {
    let mean = |block: &[f64], at: usize| block[at..].iter().step_by(stride).sum::<f64>() / size as f64;
    values.chunks_exact(size * stride).flat_map(|block| (0..stride).map(move |at| mean(block, at))).collect()
}

fn mean_square(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum::<f64>() / values.len() as f64
}
