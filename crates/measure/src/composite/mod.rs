//! Composite indicators of anything: from a table of values to scores, ranks, and how far to trust them.
//!
//! Comes in: a [`Table`] of units by indicators, in which a missing value is not 0. No unit here knows what it measures:
//! countries, organisations and standards bodies are rows alike. Every function is pure, keeps the order of units and
//! indicators, and says what it left out.

mod moments;
mod order;
mod sensitivity;
mod table;

pub use moments::{correlation, covariance, mean, median, quantile, standard_deviation};
pub use order::{Kemeny, KemenySearch, borda, copeland, counts_above_mean, kemeny, n_dominant, outranking};
pub use sensitivity::{
    Estimator, Factor, FactorGrid, GRID_LIMIT, Runs, Sensitivity, SensitivityBasis, SensitivityDesign, SobolIndices,
    level, sensitivity, sensitivity_of_groups,
};
pub use table::{Table, ranks};
