//! Frames: what is said of and by the parties - events, sessions, agreements, conclusions, actions, quantities.
//!
//! One file is one kind of statement: a function that reads the scan and what was found before, and adds to the answer.

mod actions;
mod agreements;
mod clause;
mod clauses;
mod conclusions;
mod cues;
pub(crate) mod dates;
mod doubts;
mod events;
mod kind;
mod metrics;
mod page;
mod projects;
mod references;
mod sections;
pub(crate) mod sessions;

use crate::answer::Answer;
use crate::scan::Scan;

/// Reads all frames, in the order in which they need each other.
pub(crate) fn read(scan: &Scan<'_>, answer: &mut Answer) {
    let page = page::Page::of(scan, answer);
    sessions::moderators(&page, answer);
    agreements::read(&page, answer);
    projects::read(&page, answer);
    events::read(&page, answer);
    let suspicious = doubts::fused(&page, answer);
    metrics::read(&page, answer, &suspicious);
    references::read(&page, answer);
    clauses::read(&page, answer);
    let layout = sections::Layout::of(&page, answer);
    conclusions::read(&page, answer, &layout);
    actions::read(&page, answer, &layout);
    doubts::read(&page, answer);
    answer.kind = kind::of(&page, answer);
}
