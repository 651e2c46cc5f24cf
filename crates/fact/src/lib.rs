//! The vocabulary that every other crate speaks: acts, facts, mentions, evidence, snapshots, readings and problems.
//!
//! Comes in: nothing. Goes out: plain values. This crate does no I/O, knows no query engine and no async; a fact keeps
//! every name as it was written, and who that is gets decided elsewhere (crate `resolve`).

mod act;
mod date;
mod fault;
mod reading;

pub use act::{Act, TERMS, Term};
pub use date::{Precision, When};
pub use fault::{Fault, Remedy};
pub use reading::{
    Adapter, Amount, Evidence, Fact, Mention, Mode, Party, Problem, Reading, Snapshot, Thing, content_id, fact_id,
};
