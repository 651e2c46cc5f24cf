//! Attendance lists of any body in workbooks, CSV, TSV and HTML tables, as a mapping of their columns says.
//!
//! Comes in: one person or organisation a row, with a status, dates, or a column of marks for each session. Goes out:
//! `registered`, `checked-in`, `attended`, `excused` or `invited`, which stay what they are. Of an address only the domain is
//! kept. Without a mapping the list is a problem, not a guess.

use fact::{Adapter, Reading, Snapshot};

use crate::parts::list;
use crate::parts::mapping::List;

/// The adapter.
pub static ADAPTER: AttendanceList = AttendanceList;

/// Reads attendance lists.
pub struct AttendanceList;

impl Adapter for AttendanceList {
    fn name(&self) -> &'static str {
        "attendance_list"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Attendance lists in workbooks, CSV and HTML, by a mapping of their columns"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        list::list_of(snapshot) == Some(List::Attendance)
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        list::read(snapshot)
    }
}
