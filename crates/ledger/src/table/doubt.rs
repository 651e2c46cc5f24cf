//! `doubt`: one pair of names that may or may not be one, for a person to say; derived, never edited.

use super::Table;
use crate::columns::{Column, int, real, text};

/// One pair of names in doubt.
#[derive(Clone, Debug, PartialEq)]
pub struct DoubtRow {
    /// `organisation` or `person`.
    pub kind: String,
    /// A name as written.
    pub a: String,
    /// Another one.
    pub b: String,
    /// Weight of evidence in bits; 0 is as likely one as two.
    pub bits: f64,
    /// What the weight is made of: a JSON list of `feature`, `found`, `bits`.
    pub contributions: String,
    /// Number of facts that the answer moves.
    pub n: i64,
}

impl Table for DoubtRow {
    const NAME: &'static str = "doubt";

    fn columns(rows: &[Self]) -> Vec<Column> {
        vec![
            text("kind", rows, |row| &row.kind),
            text("a", rows, |row| &row.a),
            text("b", rows, |row| &row.b),
            real("bits", rows, |row| row.bits),
            text("contributions", rows, |row| &row.contributions),
            int("n", rows, |row| row.n),
        ]
    }
}
