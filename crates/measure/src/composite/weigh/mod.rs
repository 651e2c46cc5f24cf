//! Weights of indicators, one method a file, and what each method is worth saying about its own answer.
//!
//! Comes in: values (one column for each indicator, `NaN` where missing), or the opinions of people. Goes out: weights
//! that sum to 1, with the figures by which a reader can judge them. A method that cannot answer says so in a value or a
//! [`crate::Fault`]; it never hands out weights that it would itself call wrong. Values are expected normalised and
//! directed, higher being better.

mod budget;
mod component;
mod doubt;
mod equal;
mod factor;
mod hierarchy;
mod importance;
mod quadratic;
mod target;
mod varimax;

pub use budget::{Budget, budget_allocation};
pub use component::{ComponentWeights, Components, principal_components};
pub use doubt::{BenefitOfDoubt, Bounds, Solutions, benefit_of_doubt};
pub use equal::equal_weights;
pub use factor::{Factors, Keep, factor_weights};
pub use hierarchy::{Consistency, Judgement, analytic_hierarchy, group_judgement};
pub use importance::{Importance, true_importance};
pub use target::{Block, Reach, TargetWeights, importances, weights_for_importance};
pub use varimax::{Rotation, varimax};

use crate::Fault;

/// The units at which every column has a value, as rows; a fault where the columns cannot be compared at all.
fn complete_rows(columns: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Fault> {
    let n = columns.first().map_or(0, Vec::len);
    assert!(columns.iter().all(|column| column.len() == n), "every column has a value for each unit");
    let rows = (0..n).map(|unit| columns.iter().map(|column| column[unit]).collect::<Vec<f64>>());
    let rows: Vec<Vec<f64>> = rows.filter(|row| row.iter().all(|value| !value.is_nan())).collect();
    if rows.len() < 2 {
        let what = format!("expected 2 or more units with a value in every indicator, found {}", rows.len());
        return Err(Fault::new("values", what, "impute missing values first, or leave out what is seldom known"));
    }
    Ok(rows)
}

/// The columns at the units at which every column has a value; a fault where one of them then varies no more.
fn complete_columns(columns: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Fault> {
    let rows = complete_rows(columns)?;
    let complete: Vec<Vec<f64>> =
        (0..columns.len()).map(|at| rows.iter().map(|row| row[at]).collect::<Vec<f64>>()).collect();
    match complete.iter().position(|column| column.iter().all(|value| *value == column[0])) {
        None => Ok(complete),
        Some(at) => Err(Fault::new(
            format!("indicator {}", at + 1),
            "expected values that differ, found the same value at every unit".to_string(),
            "leave the indicator out: what does not vary has no correlation",
        )),
    }
}
