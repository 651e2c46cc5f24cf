//! Frames: what is said of and by the parties - events, sessions, agreements, conclusions, actions, quantities.
//!
//! One file is one kind of statement: a function that reads the scan and what was found before, and adds to the answer.

mod agreements;
mod cues;
pub(crate) mod dates;
mod events;
mod page;
mod projects;
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
}
