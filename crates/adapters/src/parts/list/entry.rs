//! One row of a table by its meaning: the field of a mapping comes in, what the row says of it goes out.

use std::borrow::Cow;

use fact::{Evidence, Problem, When};

use super::Output;
use super::table::Table;
use crate::parts::dates::{self, Unclear};
use crate::parts::sheet::{Kind, Row, without_local_parts};

/// One row of a table.
#[derive(Clone, Copy)]
pub struct Entry<'t> {
    /// The table.
    pub table: &'t Table<'t>,
    /// The row.
    pub row: &'t Row,
    /// What the last row with a single cell said, where the mapping takes it for a field.
    group: Option<&'t str>,
}

/// Goes through the rows of a table. Rows with a single cell that is none of `keys` are headings or notes: they state the
/// field that the mapping names for them, or nothing.
pub fn entries<'t>(table: &'t Table<'t>, keys: &'t [&'t str]) -> impl Iterator<Item = Entry<'t>> {
    let mut group = None;
    table.sheet.rows[table.rows.clone()].iter().filter_map(move |row| {
        let entry = Entry { table, row, group };
        let is_key = || keys.iter().any(|field| entry.cell(field).is_some());
        if row.n_cells() > 1 || table.mapping.groups.is_none() && is_key() {
            return Some(entry);
        }
        if table.mapping.groups.is_some() {
            group = table.sheet.cells(row).next().map(|(_, text)| text);
        }
        None
    })
}

impl<'t> Entry<'t> {
    /// The first cell of a field that is not empty, with its column.
    pub fn cell(&self, field: &str) -> Option<(usize, &'t str)> {
        let texts = self.table.columns(field).iter().map(|&column| (column, self.table.sheet.text(self.row, column)));
        let is_said = |text: &str| !matches!(text, "" | "-" | "–" | "—" | "n/a" | "N/A");
        texts
            .into_iter()
            .find(|(column, text)| is_said(text) && self.table.sheet.kind(self.row, *column) != Kind::Fault)
    }

    /// What the row says of a field, in one line; else what holds for the group of rows or the table.
    pub fn get(&self, field: &str) -> Option<Cow<'t, str>> {
        if let Some((_, text)) = self.cell(field) {
            let is_plain = field == "title" || !text.contains('@');
            return Some(if is_plain {
                one_line(text)
            } else {
                Cow::Owned(one_line(&without_local_parts(text)).into_owned())
            });
        }
        let is_group = self.table.mapping.groups.as_deref() == Some(field);
        self.group.filter(|_| is_group).or_else(|| self.table.constant(field)).map(one_line)
    }

    /// The pieces of a field that may hold several, over all its columns.
    pub fn all(&self, field: &str, separators: &[&str]) -> Vec<String> {
        let own = self.table.separators(field);
        let separators = own.as_deref().unwrap_or(separators);
        let mut pieces: Vec<String> = Vec::new();
        let columns = self.table.columns(field);
        let cells = columns.iter().map(|&column| self.table.sheet.text(self.row, column));
        let constant = if columns.is_empty() { self.table.constant(field) } else { None };
        for text in cells.chain(constant) {
            let mut open = vec![text];
            for separator in separators {
                open = open.iter().flat_map(|piece| piece.split(separator)).collect();
            }
            for piece in open.iter().map(|piece| one_line(piece.trim())) {
                let piece = if piece.contains('@') { Cow::Owned(without_local_parts(&piece)) } else { piece };
                if !matches!(&*piece, "" | "-") && !pieces.iter().any(|held| **held == *piece) {
                    pieces.push(piece.into_owned());
                }
            }
        }
        pieces
    }

    /// The time that a field states; unknown where it states none, and a problem where it cannot be read.
    pub fn when(&self, field: &str, output: &mut Output) -> When {
        let Some(text) = self.get(field) else { return When::UNKNOWN };
        let order = self.table.mapping.format.dates;
        match dates::parse(&text, order) {
            Ok(when) => when,
            Err(unclear) => {
                let (kind, what, hint) = match unclear {
                    Unclear::Order => (
                        "date-ambiguous",
                        format!("expected a date of which day and month are told apart, found `{text}`"),
                        "say it in the mapping: `[format]`, `dates = \"day-month-year\"` or another order",
                    ),
                    Unclear::Unreadable => (
                        "date-unreadable",
                        format!("expected a date such as `2024-06-17`, found `{text}`"),
                        "correct the date in the list",
                    ),
                };
                let mut problem = self.problem(kind, field, what, hint);
                if self.cell(field).is_none() {
                    // What holds for the whole table is told once.
                    problem.evidence = self.table.evidence();
                }
                output.problem(problem);
                When::UNKNOWN
            }
        }
    }

    /// The row as evidence; the place names the cell of a field, where the source has cells.
    pub fn evidence(&self, field: &str) -> Evidence {
        let sheet = self.table.sheet;
        let column = self.cell(field).map(|(column, _)| column);
        let place = column.map_or_else(|| sheet.place(self.row), |column| sheet.place_of_cell(self.row, column));
        Evidence::new(self.row.at.clone(), place, &sheet.quote(self.row))
    }

    /// A problem of this row.
    pub fn problem(&self, kind: &'static str, field: &str, what: impl Into<String>, hint: &str) -> Problem {
        let what = without_local_parts(&what.into());
        Problem { kind, evidence: self.evidence(field), what, hint: hint.into() }
    }

    /// True where the row has more cells than the header: they are shifted, and nothing can be read from them. Tells of it,
    /// and of cells that are missing.
    pub fn is_shifted(&self, output: &mut Output) -> bool {
        let (width, expected) = (self.row.width, self.table.width);
        let last = self.table.sheet.cells(self.row).last().map_or(0, |(column, _)| column + 1);
        if expected == 0 || width == 0 {
            return false;
        }
        if last > expected {
            let what = format!("expected {expected} cells, found {width}");
            let hint = "quote the cell that holds the delimiter, and add the list again";
            output.problem(self.problem("cells-surplus", "", what, hint));
        } else if width < expected {
            let what = format!("expected {expected} cells, found {width}");
            output.problem(self.problem("cells-missing", "", what, "add a complete copy of the list"));
        }
        last > expected
    }
}

fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains('\n') { Cow::Owned(text.replace('\n', " ")) } else { Cow::Borrowed(text) }
}

/// What stands for a name in a cell that may hold an address, and the part of the address behind the `@`.
pub fn name_and_domain(text: &str) -> (String, Option<String>) {
    let kept = without_local_parts(text);
    let Some((before, after)) = kept.split_once('@') else { return (text.into(), None) };
    let end = after.find(|c: char| !c.is_alphanumeric() && c != '.' && c != '-').unwrap_or(after.len());
    let domain = after[..end].trim_end_matches('.');
    let name = before.trim_end_matches(['<', '(', '[', ' ', ':']).trim_end_matches("mailto").trim();
    (name.into(), (!domain.is_empty()).then(|| domain.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leaves_only_its_domain() {
        for (text, name, domain) in [
            ("A. Example <a.example@made.example>", "A. Example", Some("made.example")),
            ("a@made.example.", "", Some("made.example")),
            ("mailto:a@made.example", "", Some("made.example")),
            ("A. Example", "A. Example", None),
        ] {
            assert_eq!(name_and_domain(text), (name.into(), domain.map(String::from)), "{text}");
        }
    }
}
