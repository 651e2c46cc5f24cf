//! What a body resolves, read from the text of a resolution or its draft.
//!
//! Comes in: a resolution in the style of ITU. Goes out: tasks with their addressees, citations with their editions, decisions; a problem where words of two versions stand side by side.
//! Read by a grammar of cue phrases, layouts and gazetteers (crate `prose`); what is less sure than the accept threshold is
//! a candidate for review.

use fact::{Adapter, Reading, Snapshot};

use crate::parts::prose::{self, Sort};

/// The adapter.
pub static ADAPTER: Resolution = Resolution;

/// Reads resolutions and their drafts.
pub struct Resolution;

impl Adapter for Resolution {
    fn name(&self) -> &'static str {
        "resolution"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Resolutions and their drafts"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        prose::is(snapshot, Sort::Resolution)
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        prose::read(snapshot)
    }
}
