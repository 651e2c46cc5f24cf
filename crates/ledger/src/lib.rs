//! The ledger: an append-only store of facts with their evidence, and the one door to the query engine.
//!
//! Comes in: readings of snapshots, decisions on identity, derived tables. Goes out: answers to SQL. This is the only
//! crate that knows DataFusion, Delta Lake, Parquet, the object store and SQLite; it never parses a source and never
//! decides who somebody is.
#![deny(missing_docs)]

mod answer;
mod blobs;
mod columns;
mod decisions;
mod ledger;
mod lock;
mod query;
mod registry;
mod review;
mod store;
mod table;

pub use answer::{Answer, Value};
pub use ledger::{Added, Entry, Known, Ledger, Sighted, Verified};
pub use query::{Params, Session};
pub use registry::{Carried, carried};
pub use review::{REVIEWS, Review, Verdict};
pub use table::{
    DecisionRow, DoubtRow, FactRow, IdentityRow, IndexRow, IndicatorRow, ObservationRow, ProblemRow, SightingRow,
    SnapshotRow, Table, reading_id,
};
