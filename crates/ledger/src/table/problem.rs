//! `problem`: one place in a snapshot that could not be read. Never contains a guess.

use super::Table;
use crate::columns::{Column, int, text};

/// One place that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemRow {
    /// The snapshot.
    pub snapshot: String,
    /// The reading of that snapshot which met it.
    pub reading: String,
    /// The adapter that met it, or `intake` where no adapter recognised the source.
    pub adapter: String,
    /// What was met.
    pub problem: fact::Problem,
}

impl Table for ProblemRow {
    const NAME: &'static str = "problem";

    fn columns(rows: &[Self]) -> Vec<Column> {
        vec![
            text("snapshot", rows, |row| &row.snapshot),
            text("reading", rows, |row| &row.reading),
            text("adapter", rows, |row| &row.adapter),
            text("kind", rows, |row| row.problem.kind),
            text("what", rows, |row| &row.problem.what),
            text("hint", rows, |row| &row.problem.hint),
            int("start_byte", rows, |row| row.problem.evidence.start.cast_signed()),
            int("end_byte", rows, |row| row.problem.evidence.end.cast_signed()),
            text("place", rows, |row| &row.problem.evidence.place),
            text("quote", rows, |row| &row.problem.evidence.quote),
        ]
    }
}
