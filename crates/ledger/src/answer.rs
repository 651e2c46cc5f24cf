//! Answers to queries as plain values, so that nothing outside this crate needs to know Arrow.

use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::error::DataFusionError;
use serde::{Serialize, Serializer};

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Not known, or not applicable.
    Null,
    /// Text; dates and times are ISO 8601.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A real number.
    Real(f64),
    /// True or false.
    Truth(bool),
}

impl Value {
    /// Returns the text, or `""` for anything else.
    #[must_use]
    pub fn text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }

    /// Returns the text, or `None` where there is none.
    #[must_use]
    pub fn text_opt(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Returns the whole number, or 0 where there is none.
    #[must_use]
    pub fn int(&self) -> i64 {
        if let Self::Int(number) = self { *number } else { 0 }
    }

    /// Returns the number, or `None` where there is none.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub fn real(&self) -> Option<f64> {
        match self {
            Self::Real(number) => Some(*number),
            Self::Int(number) => Some(*number as f64),
            _ => None,
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Text(text) => out.write_str(text),
            Self::Int(number) => write!(out, "{number}"),
            Self::Real(number) => write!(out, "{number}"),
            Self::Truth(truth) => write!(out, "{truth}"),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => out.serialize_none(),
            Self::Text(text) => out.serialize_str(text),
            Self::Int(number) => out.serialize_i64(*number),
            Self::Real(number) => out.serialize_f64(*number),
            Self::Truth(truth) => out.serialize_bool(*truth),
        }
    }
}

/// The rows that a query gave, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
}

impl Answer {
    /// Returns the values of the first column, as text.
    #[must_use]
    pub fn first_column(&self) -> Vec<String> {
        self.rows.iter().filter_map(|row| row.first()).map(ToString::to_string).collect()
    }

    pub(crate) fn from_batch(batch: &RecordBatch) -> Result<Self, DataFusionError> {
        let columns = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
        let cells: Vec<Vec<Value>> = batch.columns().iter().map(values).collect::<Result<_, _>>()?;
        let rows = (0..batch.num_rows()).map(|at| cells.iter().map(|column| column[at].clone()).collect()).collect();
        Ok(Self { columns, rows })
    }

    pub(crate) fn append(&mut self, other: Self) {
        if self.columns.is_empty() {
            self.columns = other.columns;
        }
        self.rows.extend(other.rows);
    }
}

fn values(column: &ArrayRef) -> Result<Vec<Value>, DataFusionError> {
    let seen = |at: usize, value: Value| if column.is_null(at) { Value::Null } else { value };
    let n = column.len();
    Ok(match column.data_type() {
        DataType::Null => vec![Value::Null; n],
        DataType::Boolean => (0..n).map(|at| seen(at, Value::Truth(column.as_boolean().value(at)))).collect(),
        kind if kind.is_integer() => {
            let column = cast(column, &DataType::Int64)?;
            let numbers = column.as_primitive::<Int64Type>();
            (0..n).map(|at| seen(at, Value::Int(numbers.value(at)))).collect()
        }
        kind if kind.is_floating() || matches!(kind, DataType::Decimal128(..)) => {
            let column = cast(column, &DataType::Float64)?;
            let numbers = column.as_primitive::<Float64Type>();
            (0..n).map(|at| seen(at, Value::Real(numbers.value(at)))).collect()
        }
        _ => {
            let column = cast(column, &DataType::Utf8)?;
            let texts = column.as_string::<i32>();
            (0..n).map(|at| seen(at, Value::Text(texts.value(at).into()))).collect()
        }
    })
}
