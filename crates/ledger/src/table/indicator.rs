//! `indicator`: organisation x body x period x indicator, with its interval. Never contains a normalised score.

use super::Table;
use crate::columns::{Column, int, real, real_opt, text};

/// One indicator of one organisation in one body and period.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorRow {
    /// The indicator.
    pub indicator: String,
    /// The organisation.
    pub organisation: String,
    /// The body.
    pub body: String,
    /// Calendar year.
    pub period: String,
    /// What was counted.
    pub events: f64,
    /// Out of how much.
    pub exposure: f64,
    /// The value; `None` where nothing could be observed.
    pub value: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Meetings behind it.
    pub n_meetings: i64,
}

impl Table for IndicatorRow {
    const NAME: &'static str = "indicator";

    fn columns(rows: &[Self]) -> Vec<Column> {
        vec![
            text("indicator", rows, |row| &row.indicator),
            text("organisation", rows, |row| &row.organisation),
            text("body", rows, |row| &row.body),
            text("period", rows, |row| &row.period),
            real("events", rows, |row| row.events),
            real("exposure", rows, |row| row.exposure),
            real_opt("value", rows, |row| row.value),
            real_opt("low", rows, |row| row.low),
            real_opt("high", rows, |row| row.high),
            int("n_meetings", rows, |row| row.n_meetings),
        ]
    }
}
