//! Ballots as forums and committees post them: who voted how, who moved, what came out, who was at the roll call.
//!
//! Comes in: Markdown with front matter (`title: Ballot 185 – ...`) and lines such as `2 Yes votes: Acme, Borealis` under
//! headings of classes; tables of members, votes and comments, in Markdown or CSV; roll calls; tables of revisions that
//! name their ballots. Goes out: a vote or abstention for each name, mover and supporters, the outcome, comments,
//! presence. A stated number of votes that the names do not make up is a problem: nobody is lost, and a name is split
//! only where the same file shows that one half is a member of its own.

#[path = "ballot/motion.rs"]
mod motion;
#[path = "ballot/outcome.rs"]
mod outcome;
#[path = "ballot/page.rs"]
mod page;
#[path = "ballot/result.rs"]
mod result;
#[path = "ballot/revisions.rs"]
mod revisions;
#[path = "ballot/roll_call.rs"]
mod roll_call;
#[path = "ballot/table.rs"]
mod table;
#[path = "ballot/votes.rs"]
mod votes;

use fact::{Adapter, Reading, Snapshot};

use page::Page;

use crate::parts::list;

/// The adapter.
pub static ADAPTER: Ballot = Ballot;

/// Reads results of ballots, and what stands around them.
pub struct Ballot;

/// How many bytes of a file decide what kind it is.
const HEAD: usize = 300_000;

/// The kinds of files that are read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `2 Yes votes: Acme, Borealis`.
    Result,
    /// `Member | Vote | Comment`.
    Table,
    /// `Version | Ballot | Description | Adopted | Effective`.
    Revisions,
    /// Minutes of the forum that votes, with those present.
    RollCall,
}

impl Adapter for Ballot {
    fn name(&self) -> &'static str {
        "ballot"
    }

    fn version(&self) -> u32 {
        2
    }

    fn title(&self) -> &'static str {
        "Results of ballots: voters by choice, movers, outcome, roll calls"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let has = |word: &[u8]| memchr::memmem::find(snapshot.bytes, word).is_some();
        let head = Snapshot { bytes: &snapshot.bytes[..snapshot.bytes.len().min(HEAD)], ..*snapshot };
        let is_other =
            [&b"%PDF"[..], b"PK\x03\x04", b"{", b"[{", b"<"].iter().any(|magic| snapshot.bytes.starts_with(magic));
        // Cheap words first: most files hold none of them.
        let is_near = has(b"allot") || has(b"Vote") || has(b"vote") || has(b"Minutes") || has(b"VOTE");
        // What a mapping of columns knows is a list.
        let is_ours = |kind| kind != Kind::Table || !list::knows(snapshot);
        !is_other && is_near && kind(&Page::read(&head)).is_some_and(is_ours)
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let page = Page::read(snapshot);
        let mut reading = match kind(&page) {
            Some(Kind::Result) => result::read(&page),
            Some(Kind::Table) => table::read(&page),
            Some(Kind::Revisions) => revisions::read(&page),
            Some(Kind::RollCall) => roll_call::read(&page),
            None => Reading { about: "no ballot".into(), ..Reading::default() },
        };
        reading.problems.sort_by_key(|problem| problem.evidence.start);
        reading
    }
}

fn kind(page: &Page<'_>) -> Option<Kind> {
    if result::is_result(page) {
        Some(Kind::Result)
    } else if revisions::is_revisions(page) {
        Some(Kind::Revisions)
    } else if roll_call::is_roll_call(page) {
        Some(Kind::RollCall)
    } else if table::is_table(page) {
        Some(Kind::Table)
    } else {
        None
    }
}
