//! Filling in what is missing, where a method says so. What was observed stays bit by bit.
//!
//! Imputed is not observed: [`imputed`] returns which cells it filled, so that they can be shown and counted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::moments::{mean, median, present};
use super::{Hierarchy, Table};
use crate::{Error, Fault};

/// How a missing value is filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Imputation {
    /// Left missing: an aggregate is then the mean of what is there.
    None,
    /// Mean of the indicator.
    Mean,
    /// Median of the indicator.
    Median,
    /// Mean of the indicator among the units of the same group.
    GroupMean {
        /// Name of the grouping.
        group: String,
    },
    /// Median of the indicator among the units of the same group.
    GroupMedian {
        /// Name of the grouping.
        group: String,
    },
    /// The unit's own mean over the other indicators of the same pillar, each first put on 0 to 1 in its direction.
    RowMean,
    /// The unit's other years: rows of a panel are called `CODE@TIME`.
    Series {
        /// From which of them.
        how: SeriesImputation,
    },
}

/// What an imputation needs to know beside the table.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Groupings: name, and each unit's group.
    pub groups: &'a [(String, Vec<Option<String>>)],
    /// 1 or -1 for each indicator of the table.
    pub directions: &'a [f64],
    /// Which indicators share a pillar.
    pub hierarchy: &'a Hierarchy,
    /// Time of each row.
    pub times: &'a [Option<i64>],
}

/// Returns the table filled in, and the cells (unit, indicator) that were filled.
///
/// A cell stays missing where nothing is there to fill it from: no unit of its group, or no other indicator of its pillar.
///
/// # Errors
/// [`Error::Table`] for a grouping that is not there.
pub fn imputed(
    table: &Table,
    imputation: &Imputation,
    context: &Context<'_>,
) -> Result<(Table, Vec<(usize, usize)>), Error> {
    let filled = match imputation {
        Imputation::None => table.clone(),
        Imputation::Mean => table.map(|_, column| filled_with(column, |_| mean(column))),
        Imputation::Median => table.map(|_, column| filled_with(column, |_| median(column))),
        Imputation::GroupMean { group } => by_group(table, groups(context, group, table)?, mean),
        Imputation::GroupMedian { group } => by_group(table, groups(context, group, table)?, median),
        Imputation::RowMean => by_row(table, context),
        Imputation::Series { how } => by_time(table, context.times, *how),
    };
    let cells =
        (0..table.indicators.len()).flat_map(|indicator| (0..table.units.len()).map(move |unit| (unit, indicator)));
    let is_filled = |&(unit, indicator): &(usize, usize)| {
        table.columns[indicator][unit].is_nan() && !filled.columns[indicator][unit].is_nan()
    };
    let cells = cells.filter(is_filled).collect();
    Ok((filled, cells))
}

fn filled_with(column: &[f64], value: impl Fn(usize) -> f64) -> Vec<f64> {
    column.iter().enumerate().map(|(at, own)| if own.is_nan() { value(at) } else { *own }).collect()
}

fn groups<'a>(context: &Context<'a>, name: &str, table: &Table) -> Result<&'a [Option<String>], Error> {
    let found = context.groups.iter().find(|(other, groups)| other == name && groups.len() == table.units.len());
    found.map(|(_, groups)| groups.as_slice()).ok_or_else(|| {
        let known: Vec<&str> = context.groups.iter().map(|(name, _)| name.as_str()).collect();
        let what = format!("expected the grouping `{name}`, found {known:?}");
        Error::Table(vec![Fault::new("imputation", what, "name a group column of the table")])
    })
}

fn by_group(table: &Table, groups: &[Option<String>], of: fn(&[f64]) -> f64) -> Table {
    let same = |at: usize, column: &[f64]| -> f64 {
        let own = groups[at].as_ref();
        let peers = column.iter().zip(groups).filter(|(_, group)| group.is_some() && group.as_ref() == own);
        of(&peers.map(|(value, _)| *value).collect::<Vec<_>>())
    };
    table.map(|_, column| filled_with(column, |at| same(at, column)))
}

fn by_row(table: &Table, context: &Context<'_>) -> Table {
    let parents = &context.hierarchy.levels[0].parents;
    let pillar = |indicator: usize| {
        context
            .hierarchy
            .indicators()
            .iter()
            .position(|code| *code == table.indicators[indicator])
            .map(|at| parents[at])
    };
    let pillars: Vec<Option<usize>> = (0..table.indicators.len()).map(pillar).collect();
    let ends: Vec<[f64; 2]> = table
        .columns
        .iter()
        .zip(context.directions)
        .map(|(column, direction)| {
            let directed = || present(column).map(|value| value * direction);
            [directed().fold(f64::INFINITY, f64::min), directed().fold(f64::NEG_INFINITY, f64::max)]
        })
        .collect();
    let share = |indicator: usize, unit: usize| {
        let [low, high] = ends[indicator];
        (context.directions[indicator] * table.columns[indicator][unit] - low) / (high - low)
    };
    table.map(|indicator, column| {
        filled_with(column, |unit| {
            let peers =
                (0..pillars.len()).filter(|&other| pillars[other].is_some() && pillars[other] == pillars[indicator]);
            let [low, high] = ends[indicator];
            let share = mean(&peers.map(|other| share(other, unit)).collect::<Vec<_>>());
            (low + share * (high - low)) * context.directions[indicator]
        })
    })
}

fn by_time(table: &Table, times: &[Option<i64>], how: SeriesImputation) -> Table {
    let mut rows: BTreeMap<&str, Vec<(i64, usize)>> = BTreeMap::new();
    for (at, (unit, time)) in table.units.iter().zip(times).enumerate() {
        let code = unit.rsplit_once('@').map_or(unit.as_str(), |(code, _)| code);
        rows.entry(code).or_default().extend(time.map(|time| (time, at)));
    }
    rows.values_mut().for_each(|rows| rows.sort_unstable());
    table.map(|_, column| {
        let mut column = column.to_vec();
        for rows in rows.values() {
            let times: Vec<f64> = rows.iter().map(|(time, _)| *time as f64).collect();
            let values: Vec<f64> = rows.iter().map(|(_, at)| column[*at]).collect();
            rows.iter().zip(imputed_series(&times, &values, how)).for_each(|((_, at), value)| column[*at] = value);
        }
        column
    })
}

/// How gaps in a series of years are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesImputation {
    /// The latest earlier value.
    Latest,
    /// The nearest earlier value, or else the nearest later one.
    Constant,
    /// On the line between the neighbours; ends stay missing.
    Linear,
    /// On the line between the neighbours; ends take the nearest value.
    LinearConstant,
}

/// Returns one unit's series filled in. `times` rise; `values` has one for each, `NaN` where missing.
///
/// ```
/// use measure::composite::{SeriesImputation, imputed_series};
/// let found = imputed_series(&[2018.0, 2019.0, 2020.0], &[1.0, f64::NAN, 3.0], SeriesImputation::Linear);
/// assert_eq!(found, [1.0, 2.0, 3.0]);
/// ```
#[must_use]
pub fn imputed_series(times: &[f64], values: &[f64], imputation: SeriesImputation) -> Vec<f64> {
    let known: Vec<(f64, f64)> =
        times.iter().zip(values).filter(|(_, value)| !value.is_nan()).map(|(time, value)| (*time, *value)).collect();
    let filled = |time: f64| {
        let earlier = known.iter().rev().find(|(other, _)| *other < time);
        let later = known.iter().find(|(other, _)| *other > time);
        match (imputation, earlier, later) {
            (SeriesImputation::Latest, Some((_, value)), _) => *value,
            (SeriesImputation::Constant, Some((_, value)), _)
            | (SeriesImputation::Constant, None, Some((_, value))) => *value,
            (SeriesImputation::Linear | SeriesImputation::LinearConstant, Some((t, x)), Some((u, y))) => {
                x + (y - x) * (time - t) / (u - t)
            }
            (SeriesImputation::LinearConstant, Some((_, value)), None)
            | (SeriesImputation::LinearConstant, None, Some((_, value))) => *value,
            _ => f64::NAN,
        }
    };
    times.iter().zip(values).map(|(time, value)| if value.is_nan() { filled(*time) } else { *value }).collect()
}
