//! Frames: what is said of and by the parties - events, sessions, agreements, conclusions, actions, quantities.
//!
//! One file is one kind of statement: a function that reads the scan and what was found before, and adds to the answer.

pub(crate) mod dates;

use crate::answer::Answer;
use crate::scan::Scan;

/// Reads all frames, in the order in which they need each other.
pub(crate) fn read(_scan: &Scan<'_>, _answer: &mut Answer) {}
