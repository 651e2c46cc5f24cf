//! What organisations agreed, read from the news of it.
//!
//! Comes in: a press note or news item. Goes out: who signed, announced, approved, renewed, upgraded or ended which agreement and when, its areas of cooperation, planned activities, and partnership projects.
//! Read by a grammar of cue phrases, layouts and gazetteers (crate `prose`); what is less sure than the accept threshold is
//! a candidate for review.

use fact::{Adapter, Reading, Snapshot};

use crate::parts::prose::{self, Sort};

/// The adapter.
pub static ADAPTER: AgreementNews = AgreementNews;

/// Reads news of agreements between organisations.
pub struct AgreementNews;

impl Adapter for AgreementNews {
    fn name(&self) -> &'static str {
        "agreement_news"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "News of agreements between organisations"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        prose::is(snapshot, Sort::Agreement)
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        prose::read(snapshot)
    }
}
