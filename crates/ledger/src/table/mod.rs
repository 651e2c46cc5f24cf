//! The tables, one file each: a row type and its columns. The list here is every table that a workspace holds.

mod decision;
mod doubt;
mod fact;
mod identity;
mod index;
mod indicator;
mod observation;
mod problem;
mod review;
mod sighting;
mod snapshot;

use std::sync::Arc;

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;

pub use self::decision::DecisionRow;
pub use self::doubt::DoubtRow;
pub use self::fact::FactRow;
pub use self::identity::IdentityRow;
pub use self::index::IndexRow;
pub use self::indicator::IndicatorRow;
pub use self::observation::ObservationRow;
pub use self::problem::ProblemRow;
pub use self::sighting::SightingRow;
pub use self::snapshot::{SnapshotRow, reading_id};
use crate::columns::Column;

/// One table: what one row is and which columns it has. Rows of facts, problems, snapshots, sightings and
/// decisions are only ever appended; the others
/// are derived, and replaced as a whole by a new version of the table.
pub trait Table: Sized {
    /// Name of the table, its folder and its name in SQL.
    const NAME: &'static str;

    /// The columns of these rows; the schema is that of no rows.
    fn columns(rows: &[Self]) -> Vec<Column>;
}

/// Returns rows as one Arrow batch.
pub fn batch<T: Table>(rows: &[T]) -> RecordBatch {
    // Every column may hold nulls as far as the schema goes, so that a later version of a table can leave one out.
    let columns = T::columns(rows).into_iter().map(|(name, array)| (name, array, true));
    RecordBatch::try_from_iter_with_nullable(columns).expect("all columns are made from the same rows")
}

/// Returns the schema of a table.
pub fn schema<T: Table>() -> SchemaRef {
    Arc::clone(&batch::<T>(&[]).schema())
}
