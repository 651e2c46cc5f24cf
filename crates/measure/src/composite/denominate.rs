//! Making units of different size comparable: an indicator per inhabitant, per member, per year.

use super::Table;
use crate::{Error, Fault};

/// Returns the table with each indicator divided by its denominator (`None`: as it is). Where the denominator is missing
/// or 0, the value is missing.
///
/// # Errors
/// [`Error::Table`] for denominators that are not in their table.
///
/// # Panics
/// If `by` does not have one entry for each indicator, or the tables differ in their units.
pub fn denominated(table: &Table, denominators: &Table, by: &[Option<String>]) -> Result<Table, Error> {
    assert_eq!(by.len(), table.indicators.len(), "one entry for each indicator");
    assert_eq!(table.units, denominators.units, "both tables have the same units");
    let unknown = |(code, by): (&String, &Option<String>)| {
        let by = by.as_ref().filter(|by| denominators.column(by).is_none())?;
        let what = format!("expected the denominator `{by}` among {:?}, found none", denominators.indicators);
        Some(Fault::new(format!("`{code}`"), what, "add the column, or name another"))
    };
    let faults: Vec<Fault> = table.indicators.iter().zip(by).filter_map(unknown).collect();
    if !faults.is_empty() {
        return Err(Error::Table(faults));
    }
    Ok(table.map(|at, column| {
        let Some(denominator) = by[at].as_ref().and_then(|by| denominators.column(by)) else { return column.to_vec() };
        let one = |(value, size): (&f64, &f64)| if *size == 0.0 { f64::NAN } else { value / size };
        column.iter().zip(denominator).map(one).collect()
    }))
}
