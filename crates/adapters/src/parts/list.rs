//! Lists in tables: a file comes in, facts and problems go out, as the mapping of its columns says.
//!
//! A table is known by the mapping whose headings all stand in its header row: the workspace's mappings first, then those
//! that are shipped. A table that is only understood by a guess is a problem that asks for a mapping, and gives no fact.

use std::collections::BTreeSet;

use fact::{Evidence, Fact, Problem, Reading, Snapshot, fact_id};

mod attendance;
mod ballots;
mod contributions;
mod entry;
mod liaisons;
mod table;

use self::table::Table;
use super::mapping::{List, Mapping, presets, propose};
use super::sheet::{self, Book, Form, Hints};

/// How many rows of each sheet are looked at to tell what a file is.
const HEAD: usize = 200;

/// Which list a file holds: that of its first table. A workbook that cannot be opened counts as one of contributions, so
/// that somebody says so.
pub fn list_of(snapshot: &Snapshot<'_>) -> Option<List> {
    let known = Known::of(snapshot);
    let book = known.book(snapshot, HEAD)?;
    if book.form == Form::Workbook && book.sheets.is_empty() && !book.problems.is_empty() {
        return Some(List::Contributions);
    }
    if let Some(table) = known.tables(&book, snapshot.origin).first() {
        return Some(table.mapping.list);
    }
    // A guess takes nothing from an adapter that knows the file.
    let guess = book.sheets.iter().find_map(|sheet| propose::guess(&book, sheet, snapshot.origin))?;
    let is_known = || others().any(|adapter| adapter.is_mine(snapshot));
    (!is_known()).then_some(guess.list)
}

/// True where a mapping, kept or built in, knows the first table of the file.
pub fn knows(snapshot: &Snapshot<'_>) -> bool {
    let known = Known::of(snapshot);
    known.book(snapshot, HEAD).is_some_and(|book| !known.tables(&book, snapshot.origin).is_empty())
}

/// Name of the adapter for a file that a mapping of the workspace knows. What somebody kept goes before what an adapter
/// takes for its own; without mappings this costs nothing.
pub fn kept_for(snapshot: &Snapshot<'_>) -> Option<&'static str> {
    if snapshot.mappings.is_empty() {
        return None;
    }
    let known = Known { presets: &[], ..Known::of(snapshot) };
    let book = known.book(snapshot, HEAD)?;
    let tables = known.tables(&book, snapshot.origin);
    Some(match tables.first()?.mapping.list {
        List::Attendance => OWN[0],
        List::Ballot => OWN[1],
        List::Contributions | List::Liaisons => OWN[2],
    })
}

/// Names of the adapters that read lists with mappings.
const OWN: [&str; 3] = ["attendance_list", "ballot_list", "contribution_list"];

/// All other adapters.
fn others() -> impl Iterator<Item = &'static dyn fact::Adapter> {
    crate::ADAPTERS.iter().copied().filter(|adapter| !OWN.contains(&adapter.name()))
}

/// Reads all tables of a file.
pub fn read(snapshot: &Snapshot<'_>) -> Reading {
    let known = Known::of(snapshot);
    let mut reading = read_with(&known, snapshot, usize::MAX);
    for (nth, what) in known.unreadable {
        let evidence = Evidence::new(0..0, format!("mapping {nth} of the workspace"), "");
        let hint = "correct the mapping, or remove it from the workspace".into();
        reading.problems.push(Problem { kind: "mapping-unreadable", evidence, what, hint });
    }
    reading
}

/// Returns a mapping guessed from the headings of a file, with its reasons; `None` where no table has enough headings that
/// are known, or a mapping knows the file already.
///
/// The guess is never applied by itself: a person looks at it, keeps it, and then the file is read with it.
#[must_use]
pub fn propose_mapping(snapshot: &Snapshot<'_>) -> Option<Mapping> {
    let known = Known::of(snapshot);
    let book = known.book(snapshot, HEAD)?;
    if !known.tables(&book, snapshot.origin).is_empty() {
        return None;
    }
    book.sheets.iter().find_map(|sheet| propose::guess(&book, sheet, snapshot.origin)).map(|guess| guess.mapping())
}

/// Returns what this mapping alone reads from the first `n_rows` rows of each table, so that a person can look at it.
#[must_use]
pub fn try_mapping(mapping: &Mapping, snapshot: &Snapshot<'_>, n_rows: usize) -> Reading {
    let known = Known { own: vec![mapping.clone()], presets: &[], unreadable: Vec::new() };
    let mut reading = read_with(&known, snapshot, n_rows);
    if reading.n_units == 0 && reading.problems.is_empty() {
        let what = format!("expected a row with the headings {}, found none", mapping.headings.join(", "));
        let evidence = Evidence::new(0..0, "file", "");
        let hint = "correct `headings`: all of them must stand in one row".into();
        reading.problems.push(Problem { kind: "headings-missing", evidence, what, hint });
    }
    reading
}

/// The mappings that a file is compared with.
struct Known {
    own: Vec<Mapping>,
    presets: &'static [Mapping],
    /// Mappings of the workspace that are none, counted from 1, with their fault.
    unreadable: Vec<(usize, String)>,
}

impl Known {
    fn of(snapshot: &Snapshot<'_>) -> Self {
        let mut known = Self { own: Vec::new(), presets: presets::all(), unreadable: Vec::new() };
        for (text, nth) in snapshot.mappings.iter().zip(1..) {
            match Mapping::from_toml(text) {
                Ok(mapping) => known.own.push(mapping),
                Err(fault) => known.unreadable.push((nth, fault.to_string())),
            }
        }
        known
    }

    fn all(&self) -> impl Iterator<Item = &Mapping> {
        self.own.iter().chain(self.presets)
    }

    /// The tables of the file, as the first mapping with words on its encoding that fits wants it read.
    fn book(&self, snapshot: &Snapshot<'_>, most_rows: usize) -> Option<Book> {
        let plain = Hints::default();
        let hints = self.own.iter().find(|mapping| {
            let is_said = mapping.format.encoding.is_some() || mapping.format.delimiter.is_some();
            is_said && {
                let head = sheet::book(snapshot.bytes, snapshot.origin, &mapping.hints(), HEAD);
                head.is_some_and(|book| !table::tables(&book, &[mapping], snapshot.origin).is_empty())
            }
        });
        let hints = hints.map_or(plain, |mapping| mapping.hints());
        sheet::book(snapshot.bytes, snapshot.origin, &hints, most_rows)
    }

    fn tables<'a>(&'a self, book: &'a Book, origin: &'a str) -> Vec<Table<'a>> {
        let mappings: Vec<&Mapping> = self.all().collect();
        table::tables(book, &mappings, origin)
    }
}

fn read_with(known: &Known, snapshot: &Snapshot<'_>, n_rows: usize) -> Reading {
    let Some(mut book) = known.book(snapshot, usize::MAX) else { return Reading::default() };
    let problems = std::mem::take(&mut book.problems);
    let mut output =
        Output { reading: Reading { problems, ..Reading::default() }, seen: BTreeSet::new(), told: BTreeSet::new() };
    let mut tables = known.tables(&book, snapshot.origin);
    for table in &mut tables {
        let end = table.rows.end.min(table.rows.start.saturating_add(n_rows));
        table.rows.end = end;
        match table.mapping.list {
            List::Contributions => contributions::read(table, &mut output),
            List::Liaisons => liaisons::read(table, &mut output),
            List::Attendance => attendance::read(table, &mut output),
            List::Ballot => ballots::read(table, &mut output),
        }
    }
    if !known.presets.is_empty() {
        ask_for_mappings(&book, snapshot, &tables, &mut output);
    }
    about(&book, &tables, &mut output.reading);
    output.reading
}

/// A table that only a guess understands is a problem, and its rows give no facts.
fn ask_for_mappings(book: &Book, snapshot: &Snapshot<'_>, tables: &[Table<'_>], output: &mut Output) {
    for sheet in book.sheets.iter().filter(|sheet| !tables.iter().any(|table| std::ptr::eq(table.sheet, *sheet))) {
        let Some(guess) = propose::guess(book, sheet, snapshot.origin) else { continue };
        let row = &sheet.rows[guess.header];
        let words: Vec<&str> = sheet.cells(row).map(|(_, text)| text).take(8).collect();
        let what = format!("expected headings that a mapping knows, found `{}`", words.join(" | ").replace('\n', " "));
        let evidence = Evidence::new(row.at.clone(), sheet.place(row), &sheet.quote(row));
        let hint = "run `rapporteur add FILE` to see and keep the proposed mapping".into();
        output.problem(Problem { kind: "mapping-needed", evidence, what, hint });
        output.reading.n_units += (sheet.rows.len() - guess.header - 1) as u64;
        if output.reading.about.is_empty() {
            output.reading.about = format!("{}, not read: its columns need a mapping", guess.title());
        }
    }
}

fn about(book: &Book, tables: &[Table<'_>], reading: &mut Reading) {
    if let Some(table) = tables.first() {
        let stated = || reading.facts.first().and_then(|fact| fact.event.as_deref());
        let of = table.event().or_else(stated).map(|event| format!(" of {event}")).unwrap_or_default();
        reading.about = format!("{}{of}", table.mapping.title());
    }
    if reading.about.is_empty() {
        reading.about = if book.sheets.is_empty() { "workbook that cannot be opened" } else { "tables" }.into();
    }
    let n_hidden =
        book.sheets.iter().flat_map(|sheet| sheet.rows.iter().map(move |row| sheet.is_hidden || row.is_hidden));
    let n_hidden = n_hidden.filter(|is_hidden| *is_hidden).count();
    if n_hidden > 0 {
        reading.about.push_str(&format!(", {n_hidden} hidden rows among them"));
    }
}

/// What was read so far. A fact or problem that was stated before in the same words at the same place is not stated again.
struct Output {
    reading: Reading,
    seen: BTreeSet<String>,
    told: BTreeSet<(&'static str, String, String)>,
}

impl Output {
    /// Keeps a fact; `false` where it was kept before.
    fn fact(&mut self, fact: Fact) -> bool {
        let is_new = self.seen.insert(fact_id("", "", &fact));
        if is_new {
            self.reading.facts.push(fact);
        }
        is_new
    }

    fn problem(&mut self, problem: Problem) {
        if self.told.insert((problem.kind, problem.evidence.place.clone(), problem.what.clone())) {
            self.reading.problems.push(problem);
        }
    }
}
