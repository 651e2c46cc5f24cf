//! Weights that give each indicator the importance that is wanted for it.
//!
//! Comes in: values and targets. Goes out: weights, the importances that they have, and whether the targets can be met at
//! all. Importance is an indicator's share of the correlations with the index, r / sum r. These shares do not change when
//! all weights are multiplied, so that the weights may be scaled until the correlations have a fixed sum; in these scaled
//! weights the shares are linear and the problem is one of convex least squares. Its optimum is found exactly, so that a
//! gap which remains is the fault of the targets and not of the search.

use nalgebra::{DMatrix, DVector};

use super::quadratic::Problem;
use crate::Fault;
use crate::composite::{correlation, standard_deviation};

/// Indicators whose weights have a given sum, such as those of a pillar in an index of pillars.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Places of the indicators; each is in one block.
    pub members: Vec<usize>,
    /// The sum of their weights; over all blocks these sum to 1.
    pub share: f64,
}

impl Block {
    /// Returns the one block of an index without pillars.
    #[must_use]
    pub fn whole(n: usize) -> Vec<Self> {
        vec![Self { members: (0..n).collect(), share: 1.0 }]
    }
}

/// How far the targets are met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reach {
    /// Every importance is its target, to within 1e-8.
    Reached,
    /// No weights of 0 or more meet the targets; these come nearest in squares.
    OutOfReach {
        /// The largest difference between an importance and its target.
        furthest: f64,
    },
    /// The search ended without proof that these weights are the nearest.
    Unproven {
        /// The largest difference between an importance and its target.
        furthest: f64,
    },
}

/// Weights for given targets of importance.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetWeights {
    /// Weights of 0 or more that sum to 1 over all indicators, and in each block to its share.
    pub weights: Vec<f64>,
    /// The importance of each indicator under these weights; they sum to 1.
    pub importances: Vec<f64>,
    /// Sum of squared differences between importances and targets.
    pub objective: f64,
    /// Whether the targets are met.
    pub reach: Reach,
    /// The number of units with a value in every indicator, which alone counted.
    pub n_units: usize,
}

/// Returns the importance of each indicator in the weighted mean of `columns`: r / sum r, where r is its correlation with
/// that mean, over the units at which every indicator has a value.
///
/// # Errors
/// As of [`super::principal_components`].
///
/// ```
/// // The second indicator runs against the first and has the smaller weight: its importance is negative.
/// let columns = [vec![1.0, 2.0, 3.0], vec![2.0, 3.0, 1.0]];
/// let importances = measure::composite::importances(&columns, &[0.75, 0.25]).unwrap();
/// assert!(importances[1] < 0.0 && (importances.iter().sum::<f64>() - 1.0).abs() < 1e-12);
/// ```
pub fn importances(columns: &[Vec<f64>], weights: &[f64]) -> Result<Vec<f64>, Fault> {
    let complete = super::complete_columns(columns)?;
    let index: Vec<f64> = (0..complete[0].len())
        .map(|unit| complete.iter().zip(weights).map(|(column, weight)| weight * column[unit]).sum())
        .collect();
    let own: Vec<f64> = complete.iter().map(|column| correlation(column, &index)).collect();
    let sum: f64 = own.iter().sum();
    Ok(own.iter().map(|r| r / sum).collect())
}

/// Returns the weights whose importances (see [`importances`]) come nearest to `targets`, in the sum of squares.
///
/// `targets` are relative: they are divided by their sum.
///
/// # Errors
/// As of [`importances`]; if a target is not above 0; if blocks leave out an indicator, name one twice, or have shares
/// that are not above 0 or do not sum to 1; or if the correlations have a negative sum under any weights.
///
/// # Source
/// W. Becker, P. Paruolo, M. Saisana and A. Saltelli, "Weights and importance in composite indicators: mind the gap", in
/// "Handbook of Uncertainty Quantification" (2017) states the problem; the reduction to least squares is our own.
///
/// ```
/// use measure::composite::{Block, Reach, weights_for_importance};
/// // Two unrelated indicators, one with twice the spread: equal importance takes half the weight for it.
/// let columns = [vec![2.0, 2.0, -2.0, -2.0], vec![1.0, -1.0, 1.0, -1.0]];
/// let answer = weights_for_importance(&columns, &[1.0, 1.0], &Block::whole(2)).unwrap();
/// assert!((answer.weights[0] - 1.0 / 3.0).abs() < 1e-9);
/// assert_eq!(answer.reach, Reach::Reached);
/// ```
pub fn weights_for_importance(columns: &[Vec<f64>], targets: &[f64], blocks: &[Block]) -> Result<TargetWeights, Fault> {
    check(columns.len(), targets, blocks)?;
    let complete = super::complete_columns(columns)?;
    let wanted: f64 = targets.iter().sum();
    let targets: Vec<f64> = targets.iter().map(|target| target / wanted).collect();
    let spreads: Vec<f64> = complete.iter().map(|column| standard_deviation(column)).collect();
    let n = complete.len();
    // Unknowns are weights times spreads, so that the matrix is that of correlations whatever the units of measurement.
    let m = DMatrix::from_fn(n, n, |i, j| correlation(&complete[i], &complete[j]));
    let sums: Vec<f64> = (0..n).map(|at| m.column(at).sum()).collect();
    let start = start(&spreads, &sums, blocks)?;
    let equations = equations(&spreads, &sums, blocks);
    let problem = Problem { m, t: DVector::from_column_slice(&targets), equations };
    let answer = problem.solve(start);
    let weights = normalised(&answer.v, &spreads, blocks);
    let importances = importances(&complete, &weights)?;
    let gaps = importances.iter().zip(&targets).map(|(own, target)| (own - target).abs());
    let furthest = gaps.clone().fold(0.0, f64::max);
    let reach = match (furthest <= 1e-8, answer.is_optimal) {
        (true, _) => Reach::Reached,
        (false, true) => Reach::OutOfReach { furthest },
        (false, false) => Reach::Unproven { furthest },
    };
    Ok(TargetWeights {
        objective: gaps.map(|gap| gap * gap).sum(),
        weights,
        importances,
        reach,
        n_units: complete[0].len(),
    })
}

fn check(n: usize, targets: &[f64], blocks: &[Block]) -> Result<(), Fault> {
    assert_eq!(n, targets.len(), "every indicator has a target");
    if let Some(at) = targets.iter().position(|target| target.is_nan() || *target <= 0.0) {
        let what = format!("expected a target above 0, found {}", targets[at]);
        return Err(Fault::new(
            format!("indicator {}", at + 1),
            what,
            "leave out an indicator that is to count for nothing",
        ));
    }
    let mut members: Vec<usize> = blocks.iter().flat_map(|block| block.members.iter().copied()).collect();
    members.sort_unstable();
    let shares: f64 = blocks.iter().map(|block| block.share).sum();
    let is_partition =
        members.into_iter().eq(0..n) && blocks.iter().all(|block| block.share > 0.0 && !block.members.is_empty());
    if !is_partition || (shares - 1.0).abs() > 1e-9 {
        let what = format!("expected each indicator in one block and shares that sum to 1, found a sum of {shares}");
        return Err(Fault::new("blocks", what, "list every indicator once"));
    }
    Ok(())
}

/// Weights within the blocks with a positive sum of correlations, scaled to a sum of 1: equal ones, or else those that
/// favour in each block the indicator that adds most.
fn start(spreads: &[f64], sums: &[f64], blocks: &[Block]) -> Result<DVector<f64>, Fault> {
    let mut equal = DVector::zeros(spreads.len());
    let mut best = equal.clone();
    for block in blocks {
        for &at in &block.members {
            equal[at] = spreads[at] * block.share / block.members.len() as f64;
        }
        let adds = |at: &usize| sums[*at] * spreads[*at];
        let most =
            block.members.iter().max_by(|one, other| adds(one).total_cmp(&adds(other))).expect("no block is empty");
        best[*most] = spreads[*most] * block.share;
    }
    let total = |v: &DVector<f64>| v.iter().zip(sums).map(|(own, sum)| own * sum).sum::<f64>();
    [equal, best].into_iter().find(|v| total(v) > 1e-9 * v.sum()).map(|v| &v / total(&v)).ok_or_else(|| {
        let what = "expected correlations with a positive sum under some weights, found none".to_string();
        Fault::new("values", what, "direct the indicators so that higher is better in each")
    })
}

/// The sum of correlations is 1, and each block has its share: the same ratio of weights to share as the first one.
fn equations(spreads: &[f64], sums: &[f64], blocks: &[Block]) -> DMatrix<f64> {
    let scale = spreads.iter().copied().fold(f64::INFINITY, f64::min);
    let ratio =
        |block: &Block, at: usize| if block.members.contains(&at) { scale / (spreads[at] * block.share) } else { 0.0 };
    DMatrix::from_fn(blocks.len(), spreads.len(), |row, at| {
        if row == 0 { sums[at] } else { ratio(&blocks[row], at) - ratio(&blocks[0], at) }
    })
}

/// Weights from the unknowns, each block at exactly its share.
fn normalised(v: &DVector<f64>, spreads: &[f64], blocks: &[Block]) -> Vec<f64> {
    let raw: Vec<f64> = v.iter().zip(spreads).map(|(own, spread)| (own / spread).max(0.0)).collect();
    let mut weights = vec![0.0; raw.len()];
    for block in blocks {
        let sum: f64 = block.members.iter().map(|&at| raw[at]).sum();
        for &at in &block.members {
            weights[at] = raw[at] * block.share / sum;
        }
    }
    weights
}
