//! Votes of any body in workbooks, CSV, TSV and HTML tables, as a mapping of their columns says.
//!
//! Comes in: one member a row, with its vote. Goes out: `voted` with the choice, or `abstained`. Who did not vote is no
//! fact. Without a mapping the list is a problem, not a guess.

use fact::{Adapter, Reading, Snapshot};

use crate::parts::list;
use crate::parts::mapping::List;

/// The adapter.
pub static ADAPTER: BallotList = BallotList;

/// Reads lists of votes.
pub struct BallotList;

impl Adapter for BallotList {
    fn name(&self) -> &'static str {
        "ballot_list"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Lists of votes in workbooks, CSV and HTML, by a mapping of their columns"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        list::list_of(snapshot) == Some(List::Ballot)
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        list::read(snapshot)
    }
}
