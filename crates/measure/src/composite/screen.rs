//! Which units have data enough to be looked at.

use super::moments::present;
use super::{Hierarchy, Table};

/// How much of a unit's data must be there. `None` asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Screening {
    /// Least share of the indicators that have a value, e.g. 2/3.
    pub availability: Option<f64>,
    /// Least share of the values that are not 0, e.g. 0.05.
    pub nonzero: Option<f64>,
    /// Units that stay in, or out, whatever their data: a statement that needs a reason.
    pub keep: Vec<String>,
    /// Units that are left out, whatever their data.
    pub drop: Vec<String>,
}

/// What a unit has.
#[derive(Clone, Debug, PartialEq)]
pub struct Availability {
    /// Code of the unit.
    pub unit: String,
    /// Indicators without a value.
    pub n_missing: usize,
    /// Indicators with the value 0.
    pub n_zero: usize,
    /// Share of the indicators that have a value.
    pub availability: f64,
    /// Share of the values that are not 0; `NaN` without any value.
    pub nonzero: f64,
    /// True where the unit stays.
    pub is_included: bool,
}

/// Returns what each unit has, and whether it stays under a screening.
#[must_use]
pub fn availability(table: &Table, screening: &Screening) -> Vec<Availability> {
    let one = |(at, unit): (usize, &String)| {
        let values: Vec<f64> = table.columns.iter().map(|column| column[at]).collect();
        let n_present = present(&values).count();
        let n_zero = values.iter().filter(|value| **value == 0.0).count();
        let availability = n_present as f64 / values.len() as f64;
        let nonzero = 1.0 - n_zero as f64 / n_present as f64;
        let falls_short = screening.availability.is_some_and(|least| availability < least)
            || screening.nonzero.is_some_and(|least| nonzero < least || nonzero.is_nan());
        let is_included = screening.keep.contains(unit) || (!falls_short && !screening.drop.contains(unit));
        Availability {
            unit: unit.clone(),
            n_missing: values.len() - n_present,
            n_zero,
            availability,
            nonzero,
            is_included,
        }
    };
    table.units.iter().enumerate().map(one).collect()
}

/// Returns the table with the units that stay, in their order.
#[must_use]
pub fn screened(table: &Table, availability: &[Availability]) -> Table {
    let kept: Vec<usize> = (0..table.units.len()).filter(|&at| availability[at].is_included).collect();
    table.only(&kept)
}

/// Returns for each aggregate the share of the indicators below it that have a value: one row for each unit. Columns stand
/// by level, then in the order of the level.
#[must_use]
pub fn availability_by_aggregate(table: &Table, hierarchy: &Hierarchy) -> Table {
    let columns: Vec<Option<&[f64]>> = hierarchy.indicators().iter().map(|code| table.column(code)).collect();
    let lineage = hierarchy.lineage();
    let aggregates: Vec<&String> = hierarchy.levels[1..].iter().flat_map(|level| &level.codes).collect();
    let share = |aggregate: &&String| -> Vec<f64> {
        let below = || columns.iter().zip(&lineage).filter(|(_, path)| path.contains(&aggregate.as_str()));
        let n = below().count() as f64;
        let is_present = |at: usize, column: &Option<&[f64]>| column.is_some_and(|column| !column[at].is_nan());
        (0..table.units.len())
            .map(|at| below().filter(|(column, _)| is_present(at, column)).count() as f64 / n)
            .collect()
    };
    Table {
        units: table.units.clone(),
        columns: aggregates.iter().map(share).collect(),
        indicators: aggregates.into_iter().cloned().collect(),
    }
}
