//! Finds the tables of a file: rows in which all headings of a mapping stand, and the rows below each.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use fact::Evidence;

use crate::parts::mapping::{Mapping, normal};
use crate::parts::sheet::{Book, Row, Sheet};

/// Longest text that is compared with headings and labels.
const LONGEST: usize = 200;

/// One table of a file, with the mapping that knows it.
pub struct Table<'a> {
    /// The sheet that it stands on.
    pub sheet: &'a Sheet,
    /// The mapping that knows it.
    pub mapping: &'a Mapping,
    /// The rows below its header, by their place in the sheet.
    pub rows: Range<usize>,
    /// The row of headings, by its place in the sheet.
    pub header: usize,
    /// Number of cells of the header as written; 0 where rows are not written out to their end.
    pub width: usize,
    /// Where the file came from.
    pub origin: &'a str,
    /// Title of the page, and texts above the header, from top to bottom.
    above: Vec<(usize, &'a str)>,
    columns: BTreeMap<&'a str, Vec<usize>>,
    /// Columns of sessions, with their headings.
    pub sessions: Vec<(usize, &'a str)>,
    stated: BTreeMap<&'a str, String>,
}

/// Finds the tables that these mappings know, sheet by sheet from top to bottom.
pub fn tables<'a>(book: &'a Book, mappings: &[&'a Mapping], origin: &'a str) -> Vec<Table<'a>> {
    let wanted: Vec<Vec<String>> =
        mappings.iter().map(|mapping| mapping.headings.iter().map(|heading| normal(heading)).collect()).collect();
    let firsts: BTreeSet<&str> = wanted.iter().filter_map(|headings| headings.first()).map(String::as_str).collect();
    let mut tables: Vec<Table<'a>> = Vec::new();
    for sheet in &book.sheets {
        let first = tables.len();
        for (at, row) in sheet.rows.iter().enumerate() {
            let Some(cells) = headings(sheet, row, &firsts) else { continue };
            let fits = |nth: &usize| {
                wanted[*nth].iter().all(|heading| cells.contains(heading.as_str()))
                    && has_words(book, sheet, at, &mappings[*nth].words)
            };
            let Some(nth) = (0..mappings.len()).find(fits) else { continue };
            if let Some(before) = tables.get_mut(first..).and_then(<[_]>::last_mut) {
                before.rows.end = at;
            }
            tables.push(Table::new(book, sheet, at, mappings[nth], origin));
        }
    }
    // Of two header rows one below the other, the second is the one that heads the rows.
    tables.retain(|table| !table.rows.is_empty() || table.header + 1 == table.sheet.rows.len());
    tables
}

/// The headings of a row, as they are compared; `None` where it has none that any mapping begins with.
fn headings(sheet: &Sheet, row: &Row, firsts: &BTreeSet<&str>) -> Option<BTreeSet<String>> {
    let cells: BTreeSet<String> =
        sheet.cells(row).filter(|(_, text)| text.len() < LONGEST).map(|(_, text)| normal(text)).collect();
    cells.iter().any(|cell| firsts.contains(cell.as_str())).then_some(cells)
}

fn has_words(book: &Book, sheet: &Sheet, header: usize, words: &[String]) -> bool {
    words.iter().all(|word| {
        let word = normal(word);
        let texts = [book.title.as_str(), &sheet.name].into_iter().chain(above(sheet, header).map(|(_, text)| text));
        texts.map(normal).any(|text| text.contains(&word)) || normal(&book.prose).contains(&word)
    })
}

/// The texts above a header row, at most those of a hundred rows, each with the number of its row.
fn above(sheet: &Sheet, header: usize) -> impl Iterator<Item = (usize, &str)> {
    let rows = sheet.rows[header.saturating_sub(100)..header].iter();
    rows.flat_map(|row| sheet.cells(row).map(|(_, text)| (row.number, text)))
}

impl<'a> Table<'a> {
    fn new(book: &'a Book, sheet: &'a Sheet, header: usize, mapping: &'a Mapping, origin: &'a str) -> Self {
        let row = &sheet.rows[header];
        let cells: Vec<(usize, String, &str)> =
            sheet.cells(row).map(|(column, text)| (column, normal(&text[..floor(text)]), text)).collect();
        let at = |heading: &str| {
            let heading = normal(heading);
            cells.iter().find(|(_, cell, _)| *cell == heading).map(|(column, ..)| *column)
        };
        let mut columns: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (field, headings) in mapping.columns.iter().filter(|(field, _)| *field != "sessions") {
            let found: Vec<usize> = headings.iter().filter_map(at).collect();
            if !found.is_empty() {
                columns.insert(field, found);
            }
        }
        let taken: BTreeSet<usize> = columns.values().flatten().copied().collect();
        let is_session =
            |cell: &str| mapping.columns.get("sessions").is_some_and(|words| words.iter().any(|word| fits(word, cell)));
        let sessions = cells
            .iter()
            .filter(|(column, cell, _)| !taken.contains(column) && is_session(cell))
            .map(|(column, _, text)| (*column, *text))
            .collect();
        let above: Vec<(usize, &str)> = std::iter::once((0, book.title.as_str())).chain(above(sheet, header)).collect();
        let rows = header + 1..sheet.rows.len();
        let stated = BTreeMap::new();
        let mut table =
            Self { sheet, mapping, rows, header, width: row.width, origin, above, columns, sessions, stated };
        table.stated = table.stated(&book.prose);
        table
    }

    /// What stands above the table, in the name of the file or in the mapping, for the whole table.
    fn stated(&self, prose: &str) -> BTreeMap<&'a str, String> {
        let mut stated: BTreeMap<&str, String> = BTreeMap::new();
        for (field, labels) in &self.mapping.labels {
            if let Some(value) = labels.iter().find_map(|label| self.labelled(label, prose)) {
                stated.insert(field, value);
            }
        }
        for (field, value) in &self.mapping.constants {
            stated.entry(field).or_insert_with(|| value.clone());
        }
        stated
    }

    /// The value that stands with a label: `Meeting: X`, `Meeting` and `X` in the next cell, or `X` at the `*` of a
    /// pattern; a pattern that begins with `file:` is for the name of the file.
    fn labelled(&self, label: &str, prose: &str) -> Option<String> {
        if let Some(pattern) = label.strip_prefix("file:") {
            let file = self.origin.rsplit(['/', '\\']).next().unwrap_or_default();
            return captured(pattern.trim(), file, true);
        }
        if let Some(pattern) = label.strip_prefix("sheet:") {
            return captured(pattern.trim(), &self.sheet.name, true);
        }
        if label.contains('*') {
            let texts = self.above.iter().map(|(_, text)| *text).chain([self.sheet.name.as_str()]);
            let found = texts.filter_map(|text| captured(label, text, true)).next();
            return found.or_else(|| captured(label, prose, false));
        }
        let label = normal(label);
        let mut texts = self.above.iter().filter(|(_, text)| text.len() < LONGEST).peekable();
        while let Some((row, text)) = texts.next() {
            if let Some((before, value)) = text.split_once(':')
                && normal(before) == label
                && !value.trim().is_empty()
            {
                return Some(value.trim().into());
            }
            if let Some((_, value)) = texts.peek().filter(|(next, _)| next == row && normal(text) == label) {
                return Some((*value).to_string());
            }
        }
        None
    }

    /// The columns of a field; empty where the table has none.
    pub fn columns(&self, field: &str) -> &[usize] {
        self.columns.get(field).map_or(&[], Vec::as_slice)
    }

    /// What holds for the whole table, from labels and constants.
    pub fn constant(&self, field: &str) -> Option<&str> {
        self.stated.get(field).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The meeting that the whole table belongs to.
    pub fn event(&self) -> Option<&str> {
        self.constant("event")
    }

    /// The header row as evidence.
    pub fn evidence(&self) -> Evidence {
        let row = &self.sheet.rows[self.header];
        Evidence::new(row.at.clone(), self.sheet.place(row), &self.sheet.quote(row))
    }

    /// The separators of a field in the mapping.
    pub fn separators(&self, field: &str) -> Option<Vec<&'a str>> {
        Some(self.mapping.separators.get(field)?.iter().map(String::as_str).collect())
    }
}

/// The largest boundary of a character up to [`LONGEST`].
fn floor(text: &str) -> usize {
    text.floor_char_boundary(LONGEST)
}

/// True for a heading that is the word, or begins as the word does before a `*`.
fn fits(word: &str, cell: &str) -> bool {
    match word.strip_suffix('*') {
        Some(start) => cell.starts_with(&normal(start)) && !cell.is_empty(),
        None => normal(word) == cell,
    }
}

/// What stands at the `*` of a pattern. `is_whole`: the pattern must fit the text to its ends, letter case aside.
fn captured(pattern: &str, text: &str, is_whole: bool) -> Option<String> {
    let (before, after) = pattern.split_once('*')?;
    let start = find(text, before).filter(|&start| !is_whole || start == 0)? + before.len();
    let rest = text.get(start..)?;
    let length = match (after, is_whole) {
        ("", true) => rest.len(),
        ("", false) => return None,
        (after, true) => rest
            .len()
            .checked_sub(after.len())
            .filter(|&at| rest.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(after)))?,
        (after, false) => find(rest, after)?,
    };
    let value = rest.get(..length)?.trim();
    (!value.is_empty() && value.len() < LONGEST).then(|| value.into())
}

/// Where `words` stand in `text`, capital letters aside.
fn find(text: &str, words: &str) -> Option<usize> {
    if words.is_empty() {
        return Some(0);
    }
    memchr::memmem::find(text.to_ascii_lowercase().as_bytes(), words.to_ascii_lowercase().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_gives_what_stands_at_its_star() {
        let whole = |pattern, text| captured(pattern, text, true);
        assert_eq!(whole("Attendee list of * meeting", "Attendee list of MADE 7 meeting").as_deref(), Some("MADE 7"));
        assert_eq!(whole("attendance-*.csv", "attendance-TC9 March.csv").as_deref(), Some("TC9 March"));
        assert_eq!(whole("Meeting *", "Meeting of é").as_deref(), Some("of é"));
        assert_eq!(whole("x*y", "xé"), None);
        assert_eq!(captured("list of * meeting", "Home list of MADE 7 meeting Name", false).as_deref(), Some("MADE 7"));
        assert_eq!(captured("list of *", "Home list of MADE 7 meeting Name", false), None);
    }

    #[test]
    fn a_star_stands_for_the_rest_of_a_heading() {
        assert!(fits("Mon*", "monday 17 june") && fits("*", "any") && fits("Mon", "mon"));
        assert!(!fits("Mon", "monday") && !fits("*", ""));
    }
}
