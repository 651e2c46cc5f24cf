//! The benefit of the doubt: each unit is scored with the weights that suit it best, against the others with the same weights.
//!
//! Comes in: values of 0 or more, higher being better, and bounds that keep a unit from standing on one indicator alone.
//! Goes out: for each unit a score or the reason why it has none. A score is 1 where no other unit does better under the
//! weights that this unit would choose. The weights are an answer among several more often than not, and say so.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use nalgebra::DMatrix;
use rayon::prelude::*;

use crate::Fault;

/// What the weights of a unit may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bounds {
    /// Anything of 0 or more.
    Free,
    /// Each weight is `low..=high` of the sum of weights. This depends on the units of measurement of the indicators.
    Weights {
        /// The least share.
        low: f64,
        /// The greatest share.
        high: f64,
    },
    /// Each indicator makes up `low..=high` of the unit's own score, whatever it is measured in.
    Pies {
        /// The least share.
        low: f64,
        /// The greatest share.
        high: f64,
    },
}

/// Whether the weights of a score are the only ones that give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solutions {
    /// No other weights give this score.
    One,
    /// Other weights give the same score: those that are told are an example, and not to be read as what the unit prefers.
    Many,
}

/// The answer for one unit.
#[derive(Clone, Debug, PartialEq)]
pub enum BenefitOfDoubt {
    /// The unit has a score.
    Scored {
        /// The highest score that weights within the bounds give while none gives any unit more than 1; `0.0..=1.0`,
        /// exactly 1 from a billionth below it.
        score: f64,
        /// Multipliers of the values; these sum to the score with the unit's values, not to 1.
        weights: Vec<f64>,
        /// Whether other weights would do as well.
        solutions: Solutions,
    },
    /// The unit has none.
    Unscored {
        /// Why, as a sentence without a full stop.
        reason: String,
    },
}

impl BenefitOfDoubt {
    /// Returns the score, or `NaN` where there is none.
    #[must_use]
    pub fn score(&self) -> f64 {
        match self {
            Self::Scored { score, .. } => *score,
            Self::Unscored { .. } => f64::NAN,
        }
    }
}

/// Returns the answer for each unit of `columns`. A unit with a missing value has no score, and others are not held against it.
///
/// # Errors
/// If a value is negative or infinite, or the bounds are none: `low` below 0 or above `high`, or `high` above 1.
///
/// # Source
/// L. Cherchye, W. Moesen, N. Rogge and T. Van Puyenbroeck, "An introduction to 'benefit of the doubt' composite
/// indicators", Social Indicators Research 82 (2007). Whether weights are unique: O. L. Mangasarian, "Uniqueness of solution
/// in linear programming", Linear Algebra and its Applications 25 (1979).
///
/// ```
/// use measure::composite::{Bounds, benefit_of_doubt};
/// // The third unit has three quarters of what a mixture of the others has.
/// let columns = [vec![1.0, 0.0, 0.375], vec![0.0, 1.0, 0.375]];
/// let answers = benefit_of_doubt(&columns, Bounds::Free).unwrap();
/// assert!((answers[2].score() - 0.75).abs() < 1e-9);
/// ```
pub fn benefit_of_doubt(columns: &[Vec<f64>], bounds: Bounds) -> Result<Vec<BenefitOfDoubt>, Fault> {
    check(columns, bounds)?;
    let n = columns.first().map_or(0, Vec::len);
    let rows: Vec<Vec<f64>> =
        (0..n).map(|unit| columns.iter().map(|column| column[unit]).collect::<Vec<f64>>()).collect();
    let greatest = rows.iter().flatten().copied().fold(0.0, f64::max);
    // The solver's tolerances are absolute, so the greatest value is made 1; shares of weights stay what they are.
    let unit_of_scale = if greatest > 0.0 { greatest } else { 1.0 };
    let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|value| value / unit_of_scale).collect()).collect();
    let peers: Vec<&Vec<f64>> = rows.iter().filter(|row| row.iter().all(|value| !value.is_nan())).collect();
    let back = |answer| match answer {
        BenefitOfDoubt::Scored { score, weights, solutions } => {
            let weights = weights.iter().map(|weight: &f64| weight / unit_of_scale).collect();
            BenefitOfDoubt::Scored { score, weights, solutions }
        }
        unscored @ BenefitOfDoubt::Unscored { .. } => unscored,
    };
    Ok(rows.par_iter().map(|row| back(answer(row, &peers, bounds))).collect())
}

fn check(columns: &[Vec<f64>], bounds: Bounds) -> Result<(), Fault> {
    for (at, column) in columns.iter().enumerate() {
        assert_eq!(column.len(), columns[0].len(), "every column has a value for each unit");
        if let Some(value) = column.iter().find(|value| **value < 0.0 || value.is_infinite()) {
            let what = format!("expected values of 0 or more, found {value}");
            return Err(Fault::new(format!("indicator {}", at + 1), what, "normalise to 0..1 first"));
        }
    }
    if let Bounds::Weights { low, high } | Bounds::Pies { low, high } = bounds {
        let is_range = 0.0 <= low && low <= high && high <= 1.0;
        if !is_range {
            let what = format!("expected 0 <= low <= high <= 1, found {low} and {high}");
            return Err(Fault::new("bounds", what, "give both bounds as shares"));
        }
    }
    Ok(())
}

fn answer(own: &[f64], peers: &[&Vec<f64>], bounds: Bounds) -> BenefitOfDoubt {
    let unscored = |reason: String| BenefitOfDoubt::Unscored { reason };
    if own.iter().any(|value| value.is_nan()) {
        return unscored("a value is missing".to_string());
    }
    if let Some(reason) = contradiction(own, bounds) {
        return unscored(reason);
    }
    let limits = limits(own, peers, bounds);
    match optimum(own, &limits) {
        Err(error) => unscored(format!("the solver gave no answer: {error}")),
        Ok(weights) => {
            let score = rounded(dot(own, &weights));
            let solutions = if is_unique(own, &limits, &weights) { Solutions::One } else { Solutions::Many };
            BenefitOfDoubt::Scored { score, weights, solutions }
        }
    }
}

/// The solver is good to about 1e-9, and a unit that no other one surpasses has 1, so that such units tie.
fn rounded(score: f64) -> f64 {
    if score > 1.0 - 1e-9 { 1.0 } else { score.max(0.0) }
}

/// Why no weights but noughts lie within the bounds. Noughts always do, and would pass for a score of 0.
fn contradiction(own: &[f64], bounds: Bounds) -> Option<String> {
    const SLACK: f64 = 1e-12;
    let (low, high, n, of) = match bounds {
        Bounds::Free => return None,
        Bounds::Weights { low, high } => (low, high, own.len(), "weights"),
        Bounds::Pies { low, high } => {
            let n_positive = own.iter().filter(|value| **value > 0.0).count();
            if low > 0.0 && n_positive < own.len() {
                return Some(format!("a value is 0, and so cannot make up {low} of the score"));
            }
            (low, high, n_positive, "parts")
        }
    };
    let n_all = own.len() as f64;
    let fits = low * n_all <= 1.0 + SLACK && high * n as f64 >= 1.0 - SLACK;
    (!fits).then(|| format!("{n} {of} between {low} and {high} cannot sum to 1"))
}

/// `coefficients . weights <= limit`.
struct Limit {
    coefficients: Vec<f64>,
    limit: f64,
}

fn limits(own: &[f64], peers: &[&Vec<f64>], bounds: Bounds) -> Vec<Limit> {
    let peers = peers.iter().map(|peer| Limit { coefficients: (*peer).clone(), limit: 1.0 });
    // Sizes by which the share of an indicator is measured: 1 for weights, the own values for parts of the score.
    let (low, high, sizes) = match bounds {
        Bounds::Free => return peers.collect(),
        Bounds::Weights { low, high } => (low, high, vec![1.0; own.len()]),
        Bounds::Pies { low, high } => (low, high, own.to_vec()),
    };
    let share = |at: usize, sign: f64, bound: f64| {
        let entry = |other: usize| sign * sizes[other] * (f64::from(u8::from(at == other)) - bound);
        Limit { coefficients: (0..sizes.len()).map(entry).collect(), limit: 0.0 }
    };
    let shares =
        (0..sizes.len()).flat_map(|at| [(low > 0.0, -1.0, low), (high < 1.0, 1.0, high)].map(|bound| (at, bound)));
    peers.chain(shares.filter(|(_, bound)| bound.0).map(|(at, (_, sign, bound))| share(at, sign, bound))).collect()
}

/// The weights at the optimum. Few of the limits matter, so that those broken most are added until none is broken: the same
/// answer as with all of them, in a fraction of the time.
fn optimum(own: &[f64], limits: &[Limit]) -> Result<Vec<f64>, microlp::Error> {
    const BROKEN: f64 = 1e-10;
    let mut is_held = first_held(own.len(), limits);
    loop {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let variables: Vec<Variable> = own.iter().map(|&value| problem.add_var(value, (0.0, f64::INFINITY))).collect();
        for (limit, _) in limits.iter().zip(&is_held).filter(|(_, is_held)| **is_held) {
            constrain(&mut problem, &variables, &limit.coefficients, (ComparisonOp::Le, limit.limit));
        }
        let weights = solved(&problem, &variables)?;
        let excess = |at: usize| dot(&limits[at].coefficients, &weights) - limits[at].limit;
        let mut broken: Vec<usize> = (0..limits.len()).filter(|&at| !is_held[at] && excess(at) > BROKEN).collect();
        if broken.is_empty() {
            return Ok(weights);
        }
        broken.sort_by(|&one, &other| excess(other).total_cmp(&excess(one)));
        broken.iter().take(own.len()).for_each(|&at| is_held[at] = true);
    }
}

/// Bounds on shares, and for each indicator the peer with most of it: with these no weight can grow for ever.
fn first_held(n: usize, limits: &[Limit]) -> Vec<bool> {
    let mut is_held: Vec<bool> = limits.iter().map(|limit| limit.limit == 0.0).collect();
    for at in 0..n {
        let most = |one: usize, other: usize| {
            if limits[other].coefficients[at] > limits[one].coefficients[at] { other } else { one }
        };
        if let Some(best) = (0..limits.len()).filter(|&limit| limits[limit].limit > 0.0).reduce(most) {
            is_held[best] = true;
        }
    }
    is_held
}

/// Mangasarian's test: weights are unique if no direction keeps the score and every limit that they touch. The directions
/// form a cone, so that the furthest one within a bound lies either at 0 or at the bound, and no tolerance decides.
fn is_unique(own: &[f64], limits: &[Limit], weights: &[f64]) -> bool {
    const TOUCH: f64 = 1e-7;
    let size = 1.0 + weights.iter().sum::<f64>();
    let is_touched = |limit: &&Limit| limit.limit - dot(&limit.coefficients, weights) < TOUCH * size;
    let at_zero = (0..own.len()).filter(|&at| weights[at] < TOUCH * size).map(|at| {
        let entry = |other: usize| if other == at { -1.0 } else { 0.0 };
        (0..own.len()).map(entry).collect::<Vec<f64>>()
    });
    let touched: Vec<Vec<f64>> =
        limits.iter().filter(is_touched).map(|limit| limit.coefficients.clone()).chain(at_zero).collect();
    let matrix = DMatrix::from_fn(touched.len(), own.len(), |i, j| touched[i][j]);
    if touched.len() < own.len() || matrix.rank(1e-9) < own.len() {
        return false;
    }
    let inward: Vec<f64> = (0..own.len()).map(|at| -touched.iter().map(|row| row[at]).sum::<f64>()).collect();
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let free = (f64::NEG_INFINITY, f64::INFINITY);
    let direction: Vec<Variable> = inward.iter().map(|&entry| problem.add_var(entry, free)).collect();
    for row in &touched {
        constrain(&mut problem, &direction, row, (ComparisonOp::Le, 0.0));
    }
    constrain(&mut problem, &direction, own, (ComparisonOp::Ge, 0.0));
    constrain(&mut problem, &direction, &inward, (ComparisonOp::Le, 1.0));
    // Where the solver fails, uniqueness is not shown, and only what is shown is claimed.
    solved(&problem, &direction).is_ok_and(|furthest| dot(&inward, &furthest) < 0.5)
}

fn constrain(problem: &mut Problem, variables: &[Variable], coefficients: &[f64], limit: (ComparisonOp, f64)) {
    let terms: Vec<(Variable, f64)> = variables.iter().copied().zip(coefficients.iter().copied()).collect();
    problem.add_constraint(&terms, limit.0, limit.1);
}

fn solved(problem: &Problem, variables: &[Variable]) -> Result<Vec<f64>, microlp::Error> {
    let solution = problem.solve()?.into_solution().expect("without a time limit nothing interrupts the solver");
    Ok(variables.iter().map(|&variable| solution.var_value(variable)).collect())
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(x, y)| x * y).sum()
}
