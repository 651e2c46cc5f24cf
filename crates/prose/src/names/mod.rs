//! Names: organisations, then persons with their offices.

use crate::answer::Answer;
use crate::scan::Scan;

/// Adds organisations, acronyms and persons to `answer`.
pub(crate) fn read(_scan: &Scan<'_>, _answer: &mut Answer) {}
