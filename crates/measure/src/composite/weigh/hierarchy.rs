//! The analytic hierarchy process: weights from comparisons two by two, and how far these contradict each other.
//!
//! Comes in: a matrix whose entry in row i and column j says how many times as important i is as j. Goes out: its
//! principal eigenvector, and the consistency ratio with the verdict on it. A rejected matrix still has its weights: the
//! verdict is a value, for whoever asked the question decides whether to ask again.

use crate::Fault;

/// The mean consistency index of random matrices of order 1 to 10 (T. L. Saaty, "The Analytic Hierarchy Process", 1980).
const RANDOM_INDEX: [f64; 10] = [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49];

/// The highest consistency ratio that is accepted.
const ACCEPTED: f64 = 0.10;

/// The verdict on a matrix of comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consistency {
    /// The consistency ratio is at most .10.
    Accepted,
    /// It is higher: the comparisons contradict each other too much to be summed up in weights.
    Rejected,
}

/// What a matrix of comparisons says.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The principal eigenvector, of positive entries that sum to 1.
    pub weights: Vec<f64>,
    /// The principal eigenvalue; the order of the matrix where no comparison contradicts another, and more otherwise.
    pub lambda_max: f64,
    /// (lambda - n) / (n - 1), 0 for orders 1 and 2.
    pub consistency_index: f64,
    /// The index over that of random matrices of the same order; 0 for orders 1 and 2, which cannot contradict themselves.
    pub consistency_ratio: f64,
    /// Whether the ratio is low enough.
    pub consistency: Consistency,
}

/// Returns the weights of a matrix of comparisons and how consistent it is.
///
/// # Errors
/// If the matrix is empty, not square, of an order above 10, or not reciprocal with positive entries (within one millionth).
///
/// # Source
/// T. L. Saaty, "The Analytic Hierarchy Process" (1980); OECD and JRC, "Handbook on Constructing Composite Indicators"
/// (2008), section 6.2.
///
/// ```
/// let hierarchy = measure::composite::analytic_hierarchy(&[vec![1.0, 3.0], vec![1.0 / 3.0, 1.0]]).unwrap();
/// assert!((hierarchy.weights[0] - 0.75).abs() < 1e-12);
/// assert_eq!(hierarchy.consistency_ratio, 0.0);
/// ```
pub fn analytic_hierarchy(matrix: &[Vec<f64>]) -> Result<Judgement, Fault> {
    check(matrix)?;
    let n = matrix.len();
    let weights = principal_vector(matrix);
    let lambda_max =
        product(matrix, &weights).iter().zip(&weights).map(|(image, own)| image / own).sum::<f64>() / n as f64;
    let random = RANDOM_INDEX[n - 1];
    // Rounding alone may put the eigenvalue a little under the order, which no reciprocal matrix can have.
    let consistency_index = if n < 3 { 0.0 } else { ((lambda_max - n as f64) / (n as f64 - 1.0)).max(0.0) };
    let consistency_ratio = if n < 3 { 0.0 } else { consistency_index / random };
    let consistency = if consistency_ratio > ACCEPTED { Consistency::Rejected } else { Consistency::Accepted };
    Ok(Judgement { weights, lambda_max, consistency_index, consistency_ratio, consistency })
}

/// Returns the matrix of a group: the geometric mean of its members' entries, which is the only mean that keeps a matrix
/// reciprocal.
///
/// # Errors
/// If there is no member, a member's matrix is none of comparisons (see [`analytic_hierarchy`]), or orders differ.
///
/// # Source
/// J. Aczél and T. L. Saaty, "Procedures for synthesizing ratio judgements", Journal of Mathematical Psychology 27 (1983).
///
/// ```
/// let one = vec![vec![1.0, 4.0], vec![0.25, 1.0]];
/// let other = vec![vec![1.0, 1.0], vec![1.0, 1.0]];
/// assert!((measure::composite::group_judgement(&[one, other]).unwrap()[0][1] - 2.0).abs() < 1e-12);
/// ```
pub fn group_judgement(matrices: &[Vec<Vec<f64>>]) -> Result<Vec<Vec<f64>>, Fault> {
    let Some(first) = matrices.first() else {
        return Err(Fault::new("comparisons", "expected 1 or more members, found none", "ask a member"));
    };
    for matrix in matrices {
        check(matrix)?;
        if matrix.len() != first.len() {
            let what = format!("expected matrices of one order, found {} and {}", first.len(), matrix.len());
            return Err(Fault::new("comparisons", what, "ask every member about the same indicators"));
        }
    }
    let n = first.len();
    let mean = |i: usize, j: usize| {
        (matrices.iter().map(|matrix| matrix[i][j].ln()).sum::<f64>() / matrices.len() as f64).exp()
    };
    Ok((0..n).map(|i| (0..n).map(|j| mean(i, j)).collect()).collect())
}

fn check(matrix: &[Vec<f64>]) -> Result<(), Fault> {
    let n = matrix.len();
    if n == 0 || n > RANDOM_INDEX.len() || matrix.iter().any(|row| row.len() != n) {
        let what = format!("expected a square matrix of order 1 to 10, found {n} rows");
        return Err(Fault::new(
            "comparisons",
            what,
            "compare at most 10 at once: group the indicators and compare groups",
        ));
    }
    for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))) {
        let (own, other) = (matrix[i][j], matrix[j][i]);
        let is_reciprocal = own > 0.0 && own.is_finite() && (own * other - 1.0).abs() <= 1e-6;
        if !is_reciprocal {
            let what = format!("expected positive entries whose product is 1, found {own} and {other}");
            let place = format!("comparison of {} with {}", i + 1, j + 1);
            return Err(Fault::new(place, what, "state each comparison once and let its reverse follow"));
        }
    }
    Ok(())
}

/// By the power method, which cannot fail on positive entries (Perron): the vector's error shrinks by a factor each round.
fn principal_vector(matrix: &[Vec<f64>]) -> Vec<f64> {
    let mut vector = vec![1.0 / matrix.len() as f64; matrix.len()];
    for _ in 0..10_000 {
        let image = product(matrix, &vector);
        let sum: f64 = image.iter().sum();
        let next: Vec<f64> = image.iter().map(|entry| entry / sum).collect();
        let change = next.iter().zip(&vector).map(|(new, old)| (new - old).abs()).fold(0.0, f64::max);
        vector = next;
        if change < 1e-16 {
            break;
        }
    }
    vector
}

fn product(matrix: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| row.iter().zip(vector).map(|(entry, own)| entry * own).sum()).collect()
}
