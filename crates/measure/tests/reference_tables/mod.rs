//! Reading the reference tables of `crates/measure/reference`, for the tests that reproduce them.
#![allow(dead_code, missing_docs, clippy::unwrap_used, reason = "each test uses its part; a panic is its answer")]
#![allow(clippy::disallowed_methods, reason = "the tables are files beside the crate")]

use std::path::PathBuf;

use measure::composite::Table;

/// A file as text.
pub fn text(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("reference").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file as rows of cells, the header first.
pub fn rows(name: &str) -> Vec<Vec<String>> {
    let text = text(name);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_string).collect()).collect()
}

/// A number as R and numpy write it; `NA`, an empty cell and `NaN` are missing.
pub fn number(cell: &str) -> f64 {
    if ["NA", "", "NaN", "nan"].contains(&cell) { f64::NAN } else { cell.parse().unwrap() }
}

/// A file as a table: units in the first column, the numeric columns as indicators, others left out.
pub fn table(name: &str) -> Table {
    let rows = rows(name);
    let is_numeric = |at: &usize| {
        rows[1..]
            .iter()
            .all(|row| ["NA", "", "NaN", "nan"].contains(&row[*at].as_str()) || row[*at].parse::<f64>().is_ok())
    };
    let columns: Vec<usize> = (1..rows[0].len()).filter(is_numeric).collect();
    Table {
        units: rows[1..].iter().map(|row| row[0].clone()).collect(),
        indicators: columns.iter().map(|&at| rows[0][at].clone()).collect(),
        columns: columns.iter().map(|&at| rows[1..].iter().map(|row| number(&row[at])).collect()).collect(),
    }
}

/// A JSON file.
pub fn json(name: &str) -> serde_json::Value {
    serde_json::from_str(&text(name)).unwrap()
}

/// True within 1e-9 relative (absolute below 1), or where both are missing.
pub fn is_near(one: f64, other: f64) -> bool {
    is_within(one, other, 1e-9)
}

/// True within `tolerance` relative (absolute below 1), or where both are missing.
pub fn is_within(one: f64, other: f64, tolerance: f64) -> bool {
    (one.is_nan() && other.is_nan()) || (one - other).abs() <= tolerance * other.abs().max(1.0)
}

/// Every unit and indicator of `expected` has the same value in `found`.
pub fn assert_same(found: &Table, expected: &Table) {
    for (indicator, column) in expected.indicators.iter().zip(&expected.columns) {
        let own = found.column(indicator).unwrap_or_else(|| panic!("no column `{indicator}`"));
        for (unit, value) in expected.units.iter().zip(column) {
            let at = found.units.iter().position(|code| code == unit).unwrap_or_else(|| panic!("no unit `{unit}`"));
            assert!(is_near(own[at], *value), "{unit} in {indicator}: found {}, expected {value}", own[at]);
        }
    }
}

/// The table without some columns.
pub fn without(table: &Table, columns: &[&str]) -> Table {
    let kept: Vec<usize> =
        (0..table.indicators.len()).filter(|&at| !columns.contains(&table.indicators[at].as_str())).collect();
    Table {
        units: table.units.clone(),
        indicators: kept.iter().map(|&at| table.indicators[at].clone()).collect(),
        columns: kept.iter().map(|&at| table.columns[at].clone()).collect(),
    }
}

/// A column of a file by its header, as text, under the units or codes of its first column.
pub fn texts(name: &str, column: &str) -> Vec<(String, String)> {
    let rows = rows(name);
    let at = rows[0].iter().position(|header| header == column).unwrap();
    rows[1..].iter().map(|row| (row[0].clone(), row[at].clone())).collect()
}

/// The scores of all levels in one table.
pub fn all_levels(levels: &[Table]) -> Table {
    let mut all = levels[0].clone();
    for level in &levels[1..] {
        all.indicators.extend(level.indicators.clone());
        all.columns.extend(level.columns.clone());
    }
    all
}

/// Indicators and scores of all levels in one table, as the reference keeps them.
pub fn whole(indicators: &Table, levels: &[Table]) -> Table {
    let mut all = vec![indicators.clone()];
    all.extend_from_slice(levels);
    all_levels(&all)
}

/// In `TolMin` COINr's values differ in bits that its tables do not print: Japan and Norway are both 3.4 there and have two
/// ranks. Ours, from the printed values, ties them; elsewhere the order is the same.
pub fn assert_ties_of_tolmin(treated: &Table, own: &[f64], theirs: &Table) {
    let printed = treated.column("TolMin").unwrap();
    let units = &treated.units;
    let their = |at: usize| theirs.columns[0][theirs.units.iter().position(|unit| *unit == units[at]).unwrap()];
    let pairs = (0..units.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    for (one, other) in pairs {
        if printed[one] == printed[other] {
            assert_eq!(own[one], own[other]);
        } else {
            assert_eq!(own[one] < own[other], their(one) < their(other), "{} {}", units[one], units[other]);
        }
    }
}
