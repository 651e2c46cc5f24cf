//! `index`: organisation x body x period: score, interval, rank interval, method. Never a number without its interval.

use super::Table;
use crate::columns::{Column, int_opt, real, text};

/// The index of one organisation in one body and period.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexRow {
    /// The body, or a family of bodies.
    pub body: String,
    /// Calendar year, or `all`.
    pub period: String,
    /// The organisation.
    pub organisation: String,
    /// Score, 0 to 100.
    pub score: f64,
    /// Lower end of its 90 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Rank; `None` where coverage is too thin to rank.
    pub rank: Option<i64>,
    /// Best rank in its 90 % interval.
    pub rank_low: Option<i64>,
    /// Worst rank in it.
    pub rank_high: Option<i64>,
    /// Share of the method's weight that could be observed.
    pub coverage: f64,
    /// Grade of coverage, A to D.
    pub grade: String,
    /// Version of the method.
    pub method: String,
}

impl Table for IndexRow {
    const NAME: &'static str = "index";

    fn columns(rows: &[Self]) -> Vec<Column> {
        vec![
            text("body", rows, |row| &row.body),
            text("period", rows, |row| &row.period),
            text("organisation", rows, |row| &row.organisation),
            real("score", rows, |row| row.score),
            real("low", rows, |row| row.low),
            real("high", rows, |row| row.high),
            int_opt("rank", rows, |row| row.rank),
            int_opt("rank_low", rows, |row| row.rank_low),
            int_opt("rank_high", rows, |row| row.rank_high),
            real("coverage", rows, |row| row.coverage),
            text("grade", rows, |row| &row.grade),
            text("method", rows, |row| &row.method),
        ]
    }
}
