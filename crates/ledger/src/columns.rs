//! Rows to Arrow columns: one short call per column, so that a table's file reads as its schema.

use std::sync::Arc;

use datafusion::arrow::array::TimestampMicrosecondArray;
use datafusion::arrow::array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, StringArray};
use jiff::Timestamp;
use jiff::civil::{Date, date};

/// A named column.
pub type Column = (&'static str, ArrayRef);

pub fn text<'a, R>(name: &'static str, rows: &'a [R], field: impl Fn(&'a R) -> &'a str) -> Column {
    (name, Arc::new(StringArray::from_iter_values(rows.iter().map(field))))
}

pub fn text_opt<'a, R>(name: &'static str, rows: &'a [R], field: impl Fn(&'a R) -> Option<&'a str>) -> Column {
    (name, Arc::new(rows.iter().map(field).collect::<StringArray>()))
}

pub fn int<'a, R>(name: &'static str, rows: &'a [R], field: impl Fn(&'a R) -> i64) -> Column {
    (name, Arc::new(Int64Array::from_iter_values(rows.iter().map(field))))
}

pub fn int_opt<'a, R>(name: &'static str, rows: &'a [R], field: impl Fn(&'a R) -> Option<i64>) -> Column {
    (name, Arc::new(rows.iter().map(field).collect::<Int64Array>()))
}

pub fn real<'a, R>(name: &'static str, rows: &'a [R], field: impl Fn(&'a R) -> f64) -> Column {
    (name, Arc::new(Float64Array::from_iter_values(rows.iter().map(field))))
}

pub fn real_opt<'a, R>(name: &'static str, rows: &'a [R], field: impl Fn(&'a R) -> Option<f64>) -> Column {
    (name, Arc::new(rows.iter().map(field).collect::<Float64Array>()))
}

pub fn truth<'a, R>(name: &'static str, rows: &'a [R], field: impl Fn(&'a R) -> bool) -> Column {
    (name, Arc::new(rows.iter().map(|row| Some(field(row))).collect::<BooleanArray>()))
}

pub fn day_opt<'a, R>(name: &'static str, rows: &'a [R], field: impl Fn(&'a R) -> Option<Date>) -> Column {
    (name, Arc::new(rows.iter().map(|row| field(row).map(days)).collect::<Date32Array>()))
}

pub fn moment<'a, R>(name: &'static str, rows: &'a [R], field: impl Fn(&'a R) -> Timestamp) -> Column {
    let values = rows.iter().map(|row| field(row).as_microsecond());
    (name, Arc::new(TimestampMicrosecondArray::from_iter_values(values).with_timezone("UTC")))
}

/// Days since 1970-01-01, as Arrow and Delta count them.
pub fn days(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}
