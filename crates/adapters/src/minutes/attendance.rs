//! The attendance at the top of minutes: tables, lists with commas, labels that say who was in the room.

use std::ops::Range;

use fact::{Act, Mode, Problem};

use super::{Line, problem, whole};

/// What the lines between title and first topic say on attendance.
#[derive(Default)]
pub(super) struct List<'a> {
    pub entries: Vec<Entry<'a>>,
    pub problems: Vec<Problem>,
    /// Rows and list entries that were looked at.
    pub n_units: u64,
}

/// One person on the list, as written.
pub(super) struct Entry<'a> {
    pub act: Act,
    pub name: String,
    pub affiliation: Option<String>,
    pub mode: Option<Mode>,
    pub at: Range<usize>,
    pub line: Line<'a>,
}

/// What a label such as `Remote attendees:` says of the names below it.
#[derive(Clone, Copy)]
struct Label {
    /// `None` for those who were not there.
    act: Option<Act>,
    mode: Option<Mode>,
}

/// Columns of a table, by number.
#[derive(Clone, Copy)]
struct Columns {
    n_cells: usize,
    name: usize,
    affiliation: Option<usize>,
    location: Option<usize>,
}

/// Reads the attendance in the lines below the title; stops at the first topic or the first speaker.
pub(super) fn attendance<'a>(lines: &[Line<'a>]) -> List<'a> {
    let mut list = List::default();
    let present = Label { act: Some(Act::Attended), mode: None };
    let mut label = present;
    let mut columns = None;
    let (mut is_labelled, mut has_table) = (false, false);
    for &line in lines {
        let text = line.text.trim();
        if text.is_empty() || text.starts_with("```") || text.trim_matches('-').is_empty() {
            continue;
        }
        if text.starts_with(['|', '¦']) {
            (has_table, is_labelled) = (true, false);
            match header(text) {
                Some(found) => columns = Some(found),
                None => read_row(line, columns, label, &mut list),
            }
            continue;
        }
        columns = None;
        if let Some((found, rest)) = read_label(line) {
            label = found;
            is_labelled = true;
            if !rest.is_empty() {
                read_names(line, rest, label, &mut list);
                is_labelled = false;
                // `Notetakers: A, B` speaks of its own line; a list below it is of those present again.
                label = if label.act == present.act { label } else { present };
            }
        } else if text.starts_with('#') || is_speaker(text) {
            break;
        } else {
            if is_labelled || (!has_table && is_list(text)) {
                let start = line.start + line.text.len() - line.text.trim_start().len();
                read_names(line, start..start + text.len(), label, &mut list);
            }
            is_labelled = false;
        }
    }
    list
}

/// `Remote attendees:`, `**In-person attendees:** ...`, `## Attendees`: what it says, and the bytes of what follows it.
fn read_label(line: Line<'_>) -> Option<(Label, Range<usize>)> {
    let end = line.text.find(':').unwrap_or(line.text.len());
    let lower = line.text[..end].to_lowercase();
    let words = lower.trim_matches(|letter: char| letter.is_whitespace() || "#*_".contains(letter));
    let is_heading = line.text.starts_with('#');
    if (end == line.text.len() && !is_heading) || words.len() > 50 {
        return None;
    }
    let has = |word: &str| words.contains(word);
    let is_known = ["attendees", "attendance", "participants"].iter().any(|word| words.ends_with(word));
    let act = match words {
        _ if has("not present") || words == "absent" => None,
        "regrets" | "apologies" => Some(Act::Excused),
        "notetakers" | "note takers" | "scribe" | "scribes" => Some(Act::Scribed),
        "remote" | "in-person" | "in person" | "present" => Some(Act::Attended),
        _ if is_known => Some(Act::Attended),
        _ => return None,
    };
    let mode = match (has("remote"), has("in-person") || has("in person")) {
        (true, false) => Some(Mode::Remote),
        (false, true) => Some(Mode::InPerson),
        _ => None,
    };
    let rest = line.text.get(end + 1..).unwrap_or_default();
    let trimmed = rest.trim_start_matches(|letter: char| letter.is_whitespace() || "*_".contains(letter));
    let start = line.start + line.text.len() - trimmed.len();
    Some((Label { act, mode }, start..start + trimmed.trim_end().len()))
}

fn cells(text: &str) -> Vec<&str> {
    let inner = text.trim_start_matches(['|', '¦']).trim_end().trim_end_matches(['|', '¦']);
    inner.split(['|', '¦']).map(str::trim).collect()
}

fn header(text: &str) -> Option<Columns> {
    let cells: Vec<String> = cells(text).iter().map(|cell| cell.to_lowercase()).collect();
    let column = |words: &[&str]| cells.iter().position(|cell| words.iter().any(|word| cell.starts_with(word)));
    Some(Columns {
        n_cells: cells.len(),
        name: column(&["name"])?,
        affiliation: column(&["organi", "affiliation", "employer", "company"]),
        location: column(&["location", "mode"]),
    })
}

fn read_row<'a>(line: Line<'a>, columns: Option<Columns>, label: Label, list: &mut List<'a>) {
    let cells = cells(line.text.trim());
    let is_rule = cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|letter| "-:".contains(letter)));
    let is_blank = cells.iter().all(|cell| cell.is_empty());
    let (Some(columns), Some(act), false) = (columns, label.act, is_rule || is_blank) else { return };
    list.n_units += 1;
    let name = cells.get(columns.name).copied().unwrap_or_default();
    if cells.len() < columns.n_cells || name.is_empty() {
        let (kind, what) = if name.is_empty() {
            ("name-missing", "expected a name, found an empty cell".to_string())
        } else {
            ("cells-missing", format!("expected {} cells, found {}", columns.n_cells, cells.len()))
        };
        let hint = "complete the row or take it out".into();
        list.problems.push(problem(kind, whole(line), line, what, hint));
        return;
    }
    let said = |column: Option<usize>| column.map(|at| cells[at]).filter(|cell| !cell.is_empty());
    let mode = said(columns.location).and_then(|cell| Mode::from_slug(&cell.to_lowercase().replace(' ', "-")));
    list.entries.push(Entry {
        act,
        name: name.into(),
        affiliation: said(columns.affiliation).map(Into::into),
        mode: mode.or(label.mode),
        at: whole(line),
        line,
    });
}

/// Reads `Name (ABBR), Name (ABBR), ...` at the bytes `at` of a line.
fn read_names<'a>(line: Line<'a>, at: Range<usize>, label: Label, list: &mut List<'a>) {
    let Some(act) = label.act else { return };
    let text = &line.text[at.start - line.start..at.end - line.start];
    for part in parts(text) {
        let entry = &text[part.clone()];
        let bytes = at.start + part.start..at.start + part.end;
        if entry.to_lowercase().trim_start_matches('(').starts_with("none") {
            continue;
        }
        list.n_units += 1;
        let (name, note) = named(entry);
        if name.chars().filter(|letter| letter.is_alphabetic()).count() < 2 || name.chars().count() > 60 {
            let what = format!("expected `Name (ABBREVIATION)`, found `{entry}`");
            list.problems.push(problem("entry-unreadable", bytes, line, what, "write the name out".into()));
            continue;
        }
        let (name, note) = match named(name) {
            (name, remark) if is_by_line(remark) => (name, remark),
            _ => (name, note),
        };
        let mode = if is_by_line(note) { Some(Mode::Remote) } else { label.mode };
        list.entries.push(Entry { act, name: name.into(), affiliation: None, mode, at: bytes, line });
    }
}

/// Cuts a list at commas outside brackets, and where a name follows a closing bracket without one.
fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_i32);
    for (at, letter) in text.char_indices() {
        depth += i32::from("([".contains(letter)) - i32::from(")]".contains(letter));
        let rest = text[at + letter.len_utf8()..].trim_start();
        let is_run_on = letter == ')' && depth == 0 && rest.starts_with(char::is_alphabetic);
        if (letter == ',' && depth == 0) || is_run_on {
            let end = if letter == ',' { at } else { at + 1 };
            parts.push(start..end);
            start = at + 1;
        }
    }
    parts.push(start..text.len());
    let trimmed = parts.into_iter().map(|part| {
        let entry = &text[part.clone()];
        let start = part.start + entry.len() - entry.trim_start().len();
        start..start + entry.trim().len()
    });
    trimmed.filter(|part| !text[part.clone()].trim_matches('.').is_empty()).collect()
}

/// `Name (ABBR)` or `Name [ABBR]`: the name, and what stands in the brackets.
fn named(entry: &str) -> (&str, &str) {
    let entry = entry.trim_end_matches('.').trim_end();
    let open = match entry.chars().last() {
        Some(')') => entry.rfind('('),
        Some(']') => entry.rfind('['),
        _ => None,
    };
    open.map_or((entry, ""), |open| (entry[..open].trim_end(), &entry[open..]))
}

/// `(phone)`, `(ABC, via a video call)`.
fn is_by_line(note: &str) -> bool {
    ["via ", "remote", "phone"].iter().any(|word| note.to_lowercase().contains(word))
}

/// True when at least half of the parts are `Name (ABBR)`: prose with a comma is not.
fn is_list(text: &str) -> bool {
    let parts = parts(text);
    let n_named = parts.iter().filter(|part| {
        let (name, note) = named(&text[(*part).clone()]);
        let n_words = name.split_whitespace().count();
        note.len() > 2 && (1..=6).contains(&n_words) && name.starts_with(char::is_alphabetic)
    });
    let n_named = n_named.count();
    n_named > 0 && n_named * 2 >= parts.len()
}

/// `ABC: words`, as minutes write who speaks.
fn is_speaker(text: &str) -> bool {
    let Some((who, _)) = text.split_once(':') else { return false };
    (1..=4).contains(&who.len()) && who.chars().all(|letter| letter.is_ascii_uppercase() || letter == '?')
}
