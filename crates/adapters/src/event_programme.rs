//! What is planned for an event, read from its programme.
//!
//! Comes in: a programme or agenda. Goes out: who is to speak and to moderate in which session, and a problem where the number of speakers announced differs from those listed.
//! Read by a grammar of cue phrases, layouts and gazetteers (crate `prose`); what is less sure than the accept threshold is
//! a candidate for review.

use fact::{Adapter, Reading, Snapshot};

use crate::parts::prose::{self, Sort};

/// The adapter.
pub static ADAPTER: EventProgramme = EventProgramme;

/// Reads programmes and agendas of events.
pub struct EventProgramme;

impl Adapter for EventProgramme {
    fn name(&self) -> &'static str {
        "event_programme"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Programmes and agendas of events"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        prose::is(snapshot, Sort::Programme)
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        prose::read(snapshot)
    }
}
