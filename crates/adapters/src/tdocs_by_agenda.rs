//! 3GPP document lists ordered by agenda item, as exported from Word: one table row is one document of a meeting.
//!
//! Comes in: a page titled `Document List for meeting ...`, or the one-row page of the document on the screen. Goes out,
//! for each row: `submitted` for every source, the outcome, what it was revised or merged into, and `liaised` for
//! liaison statements that came in or were sent. Rows of the agenda are understood and give no fact; `OPEN`, blank and
//! `BLOCK APPROVE?` are no outcomes. Rows are counted from 1 with the header; names stay as written.

use fact::{Adapter, Evidence, Problem, Reading, Snapshot};

use self::columns::{Columns, Entry};
use self::facts::List;
use crate::parts::meeting::Meeting;
use crate::parts::remarks::document_number;
use document::page::{Page, Row};

#[path = "tdocs_by_agenda/columns.rs"]
pub(crate) mod columns;
#[path = "tdocs_by_agenda/facts.rs"]
mod facts;

/// The adapter for document lists ordered by agenda item.
pub static ADAPTER: TdocsByAgenda = TdocsByAgenda;

/// See the story of this file.
#[derive(Clone, Copy, Debug)]
pub struct TdocsByAgenda;

impl Adapter for TdocsByAgenda {
    fn name(&self) -> &'static str {
        "tdocs_by_agenda"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "3GPP document lists ordered by agenda item (HTML)"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let head = String::from_utf8_lossy(&snapshot.bytes[..snapshot.bytes.len().min(4096)]).to_ascii_lowercase();
        head.contains("<title>document list for meeting") || head.contains("<title>current td<")
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        match Page::read(snapshot.bytes) {
            Ok(page) if page.title.starts_with("Current TD") => on_screen(&page, snapshot.origin),
            Ok(page) => list(&page, snapshot.origin),
            Err(charset) => {
                let what = format!("expected UTF-8 or a character set of one byte a character, found `{charset}`");
                let place = Evidence::new(0..snapshot.bytes.len().min(4096), "page", "");
                let problem = problem("charset-unsupported", place, what, "save the page as UTF-8 and add it again");
                Reading { about: "document list".into(), problems: vec![problem], n_units: 1, ..Reading::default() }
            }
        }
    }
}

fn problem(kind: &'static str, evidence: Evidence, what: impl Into<String>, hint: &str) -> Problem {
    Problem { kind, evidence, what: what.into(), hint: hint.into() }
}

/// Reads a list: every row below a header that has a column `TD#`.
fn list(page: &Page, origin: &str) -> Reading {
    let mut rows: Vec<(&Row, Entry<'_>)> = Vec::with_capacity(page.rows.len());
    let mut header: Option<(usize, Columns)> = None;
    for row in &page.rows {
        if let Some(columns) = Columns::of(&page.cells(row)) {
            header = Some((row.table, columns));
        } else if let Some((table, columns)) = &header
            && row.table == *table
        {
            rows.push((row, columns.entry(&page.cells(row))));
        }
    }
    let number = rows.iter().find_map(|(_, entry)| document_number(entry.number));
    let agenda = rows.first().map(|(_, entry)| entry.work_item).unwrap_or_default();
    let meeting = Meeting::find(&page.title, &page.prose, agenda, origin, number);
    let mut list = List::new(page, meeting, rows.len());
    for (row, entry) in &rows {
        list.row(row, entry);
    }
    list.check(header.map(|(_, columns)| columns), &rows);
    list.reading
}

/// Reads the page that shows the document on the screen: one row, `Current Document:` and its number, type, title and
/// source. It says nothing of an outcome.
fn on_screen(page: &Page, origin: &str) -> Reading {
    let shown = page.rows.iter().find_map(|row| {
        let cells: Vec<&str> = page.cells(row).collect();
        let at = cells.iter().position(|cell| document_number(cell).is_some())?;
        Some((row, at, cells))
    });
    let meeting = Meeting::find("", &page.prose, "", origin, None);
    let mut list = List::new(page, meeting, 1);
    list.reading.about = "page of the document on the screen".into();
    let Some((row, at, cells)) = shown else {
        let place = Evidence::new(0..0, "page", &page.title);
        let what = "expected the number of the document on the screen, found none";
        list.reading.problems.push(problem("no-document", place, what, "leave this page out"));
        return list.reading;
    };
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let agenda_item = cell(0).trim_start_matches("AI:").trim();
    let (number, kind, title, source) = (cell(at), cell(at + 1), cell(at + 2), cell(at + 3));
    list.row(row, &Entry { agenda_item, number, kind, title, source, ..Entry::default() });
    list.reading
}
