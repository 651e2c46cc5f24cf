//! Dates and times as they stand.

use crate::answer::Answer;
use crate::scan::Scan;

/// Adds every date, time of day and relative date to `answer`.
pub(crate) fn read(_scan: &Scan<'_>, _answer: &mut Answer) {}
