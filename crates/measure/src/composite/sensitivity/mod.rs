//! Variance-based sensitivity: how much of a figure's variance each uncertain choice explains.
//!
//! Comes in: the factors (each uniform on 0 to 1, or one of some levels) and a target, any function of a point of the unit
//! cube. Goes out: for each factor the first-order index S, what would vanish on average if the factor were known, and the
//! total index ST, what would remain if all others were known. A finite grid is enumerated and its indices are exact;
//! anything else is sampled at scrambled Sobol' points, with intervals. The same bytes come out at any number of threads.

mod design;
mod grid;
mod runs;

use rayon::prelude::*;

pub use grid::FactorGrid;
pub use runs::{Estimator, Runs};

/// Grids of at most this many points are enumerated.
pub const GRID_LIMIT: usize = 1_000_000;

/// What is uncertain: one coordinate of the target's point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// Uniform on the open interval 0..1.
    Continuous,
    /// One of this many levels, each as probable; the target finds the middle of the level's cell, see [`level`].
    Levels(usize),
}

/// How the indices are sampled where they cannot be enumerated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SensitivityDesign {
    /// Logarithm to base 2 of the number of rows; the target is asked (factors + 2) times a row. At most 24. Up to 16 the
    /// rows are one scrambled Sobol' net; above, nets of 2^16 points scrambled independently, and from there on the
    /// error falls no faster than that of random sampling.
    pub log2_rows: u32,
    /// Replicates of the bootstrap.
    pub replicates: u32,
    /// Seed of scrambling and bootstrap.
    pub seed: u64,
}

impl Default for SensitivityDesign {
    /// 2^14 rows, 1000 replicates.
    fn default() -> Self {
        Self { log2_rows: 14, replicates: 1000, seed: 1 }
    }
}

/// Where sensitivity indices come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SensitivityBasis {
    /// Every point of the grid was evaluated.
    Enumerated,
    /// Points were sampled.
    Sampled,
}

/// The indices of one factor, or of one group of factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SobolIndices {
    /// Share of the variance that the factor explains alone: Var(E\[y | x\]) / Var(y).
    pub first: f64,
    /// Share of the variance in which the factor takes part, alone or with others: E\[Var(y | all others)\] / Var(y).
    pub total: f64,
    /// Quantiles 5 and 95 % of the bootstrap; both ends are `first` where it is exact.
    pub first_interval: [f64; 2],
    /// The same for `total`.
    pub total_interval: [f64; 2],
}

/// The sensitivity of a target to its factors.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// Whether the indices are exact.
    pub basis: SensitivityBasis,
    /// Times that the target was asked.
    pub n_runs: usize,
    /// Mean of the target.
    pub mean: f64,
    /// Variance of the target: of all points where these are enumerated, else with n - 1 over both independent samples.
    pub variance: f64,
    /// By factor or by group, in the order they were given.
    pub indices: Vec<SobolIndices>,
}

/// Returns the sensitivity of `target` to each factor.
///
/// Exact where all factors have levels and their grid has at most [`GRID_LIMIT`] points; else estimated by Jansen's
/// formulas at scrambled Sobol' points. Indices are `NaN` where the target does not vary, and every figure is `NaN` where
/// the target gives one. An estimated index may leave 0..=1 by its error. The intervals are of a bootstrap of whole rows,
/// which takes Sobol' points for random ones: they are too wide rather than too narrow.
///
/// # Panics
/// If a factor has no level, if there are more than 32768 factors, or if `log2_rows` exceeds 24 or is 0.
///
/// # Source
/// I. M. Sobol', "Sensitivity estimates for nonlinear mathematical models" (1993); M. J. W. Jansen, "Analysis of variance
/// designs for model output", Computer Physics Communications 117 (1999); A. Saltelli et al., "Variance based sensitivity
/// analysis of model output", Computer Physics Communications 181 (2010).
///
/// ```
/// use measure::composite::{Factor, SensitivityDesign, level, sensitivity};
/// // Two switches, the second worth twice the first: variances 1/4 and 1 of 5/4 in all.
/// let target = |point: &[f64]| level(point[0], 2) as f64 + 2.0 * level(point[1], 2) as f64;
/// let found = sensitivity(&[Factor::Levels(2); 2], &SensitivityDesign::default(), target);
/// assert_eq!((found.mean, found.variance, found.n_runs), (1.5, 1.25, 4));
/// assert_eq!((found.indices[0].first, found.indices[1].total), (0.2, 0.8));
/// ```
#[must_use]
pub fn sensitivity(
    factors: &[Factor],
    design: &SensitivityDesign,
    target: impl Fn(&[f64]) -> f64 + Sync,
) -> Sensitivity {
    let each: Vec<Vec<usize>> = (0..factors.len()).map(|at| vec![at]).collect();
    sensitivity_of_groups(factors, &each, design, target)
}

/// Returns the sensitivity of `target` to groups of factors: a group's first index has all interactions within it.
///
/// `groups` holds places in `factors`; a factor may stand in several groups or in none. Otherwise as [`sensitivity`].
///
/// # Panics
/// As [`sensitivity`], and if a group names a factor that is not there.
#[must_use]
pub fn sensitivity_of_groups(
    factors: &[Factor],
    groups: &[Vec<usize>],
    design: &SensitivityDesign,
    target: impl Fn(&[f64]) -> f64 + Sync,
) -> Sensitivity {
    assert!(groups.iter().flatten().all(|&at| at < factors.len()), "a group holds places of factors");
    match grid_sizes(factors) {
        Some(sizes) => enumerated(&sizes, groups, target),
        None => sampled(factors, groups, design, target),
    }
}

/// Returns the level, from 0, that a coordinate of the unit interval stands for among `n_levels`: floor(u n).
///
/// Every level has the same share of the interval, whatever the sample: levels never depend on its range.
///
/// # Panics
/// If there are no levels.
///
/// ```
/// use measure::composite::level;
/// assert_eq!([0.0, 0.19, 0.2, 0.99].map(|u| level(u, 5)), [0, 0, 1, 4]);
/// ```
#[must_use]
pub fn level(u: f64, n_levels: usize) -> usize {
    assert!(n_levels > 0, "a factor has at least one level");
    ((u * n_levels as f64) as usize).min(n_levels - 1)
}

/// The middle of the level's cell, at which [`level`] gives it back.
fn middle(level: usize, n_levels: usize) -> f64 {
    (level as f64 + 0.5) / n_levels as f64
}

fn grid_sizes(factors: &[Factor]) -> Option<Vec<usize>> {
    let size = |factor: &Factor| match *factor {
        Factor::Continuous => None,
        Factor::Levels(n) => Some(n),
    };
    let sizes: Vec<usize> = factors.iter().map(size).collect::<Option<_>>()?;
    let n = sizes.iter().try_fold(1_usize, |n, &size| n.checked_mul(size))?;
    (n <= GRID_LIMIT).then_some(sizes)
}

fn enumerated(sizes: &[usize], groups: &[Vec<usize>], target: impl Fn(&[f64]) -> f64 + Sync) -> Sensitivity {
    let grid = FactorGrid::of(sizes, |levels| {
        let point: Vec<f64> = levels.iter().zip(sizes).map(|(&level, &size)| middle(level, size)).collect();
        target(&point)
    });
    let indices = groups.par_iter().map(|group| grid.indices(group)).collect();
    let (basis, n_runs) = (SensitivityBasis::Enumerated, grid.n_points());
    Sensitivity { basis, n_runs, mean: grid.mean(), variance: grid.variance(), indices }
}

fn sampled(
    factors: &[Factor],
    groups: &[Vec<usize>],
    design: &SensitivityDesign,
    target: impl Fn(&[f64]) -> f64 + Sync,
) -> Sensitivity {
    let runs = design::runs(factors, groups, design, target);
    let indices = runs.indices(Estimator::Jansen, design.replicates, design.seed);
    let (basis, n_runs) = (SensitivityBasis::Sampled, runs.n_runs());
    Sensitivity { basis, n_runs, mean: runs.mean(), variance: runs.variance(), indices }
}

/// Returns the values less their mean, and the mean. Values that are all alike give exact zeros.
fn centred(values: &[f64]) -> (Vec<f64>, f64) {
    let Some(&first) = values.first() else { return (Vec::new(), f64::NAN) };
    let shift = values.iter().map(|value| value - first).sum::<f64>() / values.len() as f64;
    (values.iter().map(|value| value - first - shift).collect(), first + shift)
}
