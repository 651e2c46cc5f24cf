//! `observation`: one countable item behind an indicator, with the fact that shows it. What `explain` lists.

use jiff::civil::Date;

use super::Table;
use crate::columns::{Column, day_opt, real, text, text_opt};

/// One item that an indicator counts for one organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservationRow {
    /// The indicator.
    pub indicator: String,
    /// The organisation.
    pub organisation: String,
    /// The body.
    pub body: String,
    /// Calendar year of the day.
    pub period: String,
    /// The meeting; `None` for what is not tied to a meeting, such as an office.
    pub meeting: Option<String>,
    /// Last day of the meeting, or of what is known of it.
    pub day: Option<Date>,
    /// What is counted: a document, a meeting, a work item, an office.
    pub item: String,
    /// How much of it is this organisation's.
    pub events: f64,
    /// Out of how much.
    pub exposure: f64,
    /// The fact that shows it; `None` for a meeting at which the organisation was not seen.
    pub fact: Option<String>,
}

impl Table for ObservationRow {
    const NAME: &'static str = "observation";

    fn columns(rows: &[Self]) -> Vec<Column> {
        vec![
            text("indicator", rows, |row| &row.indicator),
            text("organisation", rows, |row| &row.organisation),
            text("body", rows, |row| &row.body),
            text("period", rows, |row| &row.period),
            text_opt("meeting", rows, |row| row.meeting.as_deref()),
            day_opt("day", rows, |row| row.day),
            text("item", rows, |row| &row.item),
            real("events", rows, |row| row.events),
            real("exposure", rows, |row| row.exposure),
            text_opt("fact", rows, |row| row.fact.as_deref()),
        ]
    }
}
