//! Principal components of a correlation matrix, and the weights that the first of them gives.

use nalgebra::{DMatrix, SymmetricEigen};

use crate::Fault;
use crate::composite::correlation;

/// The principal components of some indicators, the one that explains most first.
#[derive(Clone, Debug, PartialEq)]
pub struct Components {
    /// Variance that each component explains, descending; they sum to the number of indicators.
    pub eigenvalues: Vec<f64>,
    /// One vector of length 1 for each component, an entry for each indicator.
    pub vectors: Vec<Vec<f64>>,
    /// The number of units with a value in every indicator, which alone counted.
    pub n_units: usize,
}

/// What the first component says about weights.
#[derive(Clone, Debug, PartialEq)]
pub struct ComponentWeights {
    /// The first eigenvector divided by its sum; `None` where an entry is negative, for a negative weight would reward less
    /// of something good.
    pub weights: Option<Vec<f64>>,
    /// The indicators with a negative entry, by their places: they run against the others.
    pub negative: Vec<usize>,
}

impl Components {
    /// Returns the share of all variance that each component explains.
    #[must_use]
    pub fn shares(&self) -> Vec<f64> {
        self.eigenvalues.iter().map(|value| value / self.eigenvalues.len() as f64).collect()
    }

    /// Returns the loadings: for each component the correlation of each indicator with it.
    #[must_use]
    pub fn loadings(&self) -> Vec<Vec<f64>> {
        let scaled = |(vector, value): (&Vec<f64>, &f64)| vector.iter().map(|entry| entry * value.sqrt()).collect();
        self.vectors.iter().zip(&self.eigenvalues).map(scaled).collect()
    }

    /// Returns the weights that the first component gives.
    #[must_use]
    pub fn weights(&self) -> ComponentWeights {
        let first = &self.vectors[0];
        let sum: f64 = first.iter().sum();
        let negative: Vec<usize> = (0..first.len()).filter(|&at| first[at] < 0.0).collect();
        let weights = negative.is_empty().then(|| first.iter().map(|entry| entry / sum).collect());
        ComponentWeights { weights, negative }
    }
}

/// Returns the principal components of the correlations between `columns`, over the units at which all have a value.
///
/// The sign of an eigenvector is arbitrary; here each is turned so that its entries sum to 0 or more, which is to say that
/// it points where the indicators point together. Where they sum to nearly 0, the first entry that is not nearly 0 is positive.
///
/// # Errors
/// If fewer than two units have a value in every indicator, or an indicator does not vary over them.
///
/// # Source
/// OECD and JRC, "Handbook on Constructing Composite Indicators" (2008), section 4.1.
///
/// ```
/// let columns = [vec![1.0, 2.0, 3.0], vec![2.0, 4.0, 6.0]];
/// let components = measure::composite::principal_components(&columns).unwrap();
/// assert!((components.eigenvalues[0] - 2.0).abs() < 1e-12);
/// assert!((components.weights().weights.unwrap()[0] - 0.5).abs() < 1e-12);
/// ```
pub fn principal_components(columns: &[Vec<f64>]) -> Result<Components, Fault> {
    let complete = super::complete_columns(columns)?;
    let n = complete.len();
    let matrix = DMatrix::from_fn(n, n, |i, j| if i == j { 1.0 } else { correlation(&complete[i], &complete[j]) });
    let eigen = SymmetricEigen::new(matrix);
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&one, &other| eigen.eigenvalues[other].total_cmp(&eigen.eigenvalues[one]));
    Ok(Components {
        // A correlation matrix has no negative eigenvalue; rounding may leave one of -1e-16.
        eigenvalues: order.iter().map(|&at| eigen.eigenvalues[at].max(0.0)).collect(),
        vectors: order.iter().map(|&at| turned(eigen.eigenvectors.column(at).iter().copied().collect())).collect(),
        n_units: complete[0].len(),
    })
}

fn turned(vector: Vec<f64>) -> Vec<f64> {
    const NEARLY_ZERO: f64 = 1e-9;
    let sum: f64 = vector.iter().sum();
    let first = vector.iter().copied().find(|entry| entry.abs() > NEARLY_ZERO).unwrap_or(0.0);
    let direction = if sum.abs() > NEARLY_ZERO { sum } else { first };
    if direction < 0.0 { vector.iter().map(|entry| -entry).collect() } else { vector }
}
