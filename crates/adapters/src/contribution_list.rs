//! Contribution lists of any body in workbooks, CSV, TSV and HTML tables, as a mapping of their columns says; logs of
//! documents kept by hand; and listings of folders, which state nothing.
//!
//! Comes in: one document a row, with sources, status and what it became. Goes out: `submitted` for each source, the
//! outcome, and `liaised` for liaison statements. Without a mapping the list is a problem, not a guess.

use fact::{Adapter, Reading, Snapshot};

use crate::parts::list;
use crate::parts::mapping::List;

#[path = "contribution_list/listing.rs"]
mod listing;

/// The adapter.
pub static ADAPTER: ContributionList = ContributionList;

/// Reads contribution lists.
pub struct ContributionList;

impl Adapter for ContributionList {
    fn name(&self) -> &'static str {
        "contribution_list"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Contribution lists in workbooks, CSV and HTML, by a mapping of their columns"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        matches!(list::list_of(snapshot), Some(List::Contributions | List::Liaisons))
            || listing::Listing::of(snapshot).is_some()
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        match listing::Listing::of(snapshot) {
            Some(listing) => listing.read(),
            None => list::read(snapshot),
        }
    }
}
