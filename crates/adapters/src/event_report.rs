//! What happened at an event, read from its report.
//!
//! Comes in: a report (`.docx`, `.pdf`, `.html`, `.md`, `.txt`). Goes out: who spoke, moderated, attended and in which session, offices, conclusions, tasks, quantities and citations.
//! Read by a grammar of cue phrases, layouts and gazetteers (crate `prose`); what is less sure than the accept threshold is
//! a candidate for review.

use fact::{Adapter, Reading, Snapshot};

use crate::parts::prose::{self, Sort};

/// The adapter.
pub static ADAPTER: EventReport = EventReport;

/// Reads reports of workshops, seminars and meetings, written as prose.
pub struct EventReport;

impl Adapter for EventReport {
    fn name(&self) -> &'static str {
        "event_report"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Reports of workshops, seminars and meetings, written as prose"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        prose::is(snapshot, Sort::Report)
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        prose::read(snapshot)
    }
}
