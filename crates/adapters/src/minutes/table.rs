//! Tables of attendees: which column says what, and one person for each row.

use fact::Mode;

use super::entry::Person;
use super::markup::{domain, plain};
use super::vocabulary::{is_nobody, mode};

/// Columns of a table, by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    pub n_cells: usize,
    name: Option<usize>,
    family: Option<usize>,
    abbreviation: Option<usize>,
    affiliation: Option<usize>,
    role: Option<usize>,
    location: Option<usize>,
    present: Option<usize>,
    email: Option<usize>,
    country: Option<usize>,
}

/// What a row says.
#[derive(Debug)]
pub(super) enum Row {
    Person(Box<Person>, Option<String>),
    /// The rule below the header, a row of empty cells, a person who was not there.
    Nobody,
    NameMissing,
    CellsMissing(usize),
}

/// The cells of a row, without the bars at its ends. A bar that is escaped is a letter.
pub(super) fn cells(text: &str) -> Vec<String> {
    let inner = text.trim_start_matches(['|', '¦']).trim_end();
    let inner = inner.strip_suffix(['|', '¦']).unwrap_or(inner);
    let (mut cells, mut start, mut is_escaped) = (Vec::new(), 0, false);
    for (at, letter) in inner.char_indices() {
        if (letter == '|' || letter == '¦') && !is_escaped {
            cells.push(plain(&inner[start..at]));
            start = at + letter.len_utf8();
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    cells.push(plain(&inner[start..]));
    cells
}

/// True for `|---|:--:|`.
pub(super) fn is_rule(cells: &[String]) -> bool {
    cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|letter| "-:".contains(letter)))
}

impl Columns {
    /// Reads the header of a table; `None` where no column holds names.
    pub(super) fn of(cells: &[String]) -> Option<Self> {
        let lower: Vec<String> = cells.iter().map(|cell| cell.to_lowercase()).collect();
        let starts = |words: &[&str]| lower.iter().position(|cell| words.iter().any(|word| cell.starts_with(word)));
        let family = starts(&["family", "last name", "surname"]);
        let names = ["name", "full name", "attendee", "participant", "delegate", "person", "who"];
        let name = starts(&["given", "first name"]).or_else(|| starts(&names));
        let columns = Self {
            n_cells: cells.len(),
            name,
            family,
            abbreviation: starts(&["abbr", "initials", "acronym", "tla", "id"]),
            affiliation: starts(&["organi", "affiliation", "employer", "company", "represent", "member org"]),
            role: starts(&["role", "function", "position", "voting", "capacity"]),
            location: starts(&["location", "mode", "how"]),
            present: starts(&["present", "attended", "attendance", "here", "attending"]),
            email: starts(&["email", "e-mail", "mail"]),
            country: starts(&["country", "nation"]),
        };
        (columns.name.is_some() && columns.family != columns.name).then_some(columns)
    }

    /// True when the columns beside the name are those of a list of persons.
    pub(super) fn is_of_persons(&self) -> bool {
        [self.family, self.abbreviation, self.affiliation, self.present, self.email].iter().any(Option::is_some)
    }

    /// Reads one row. The second part of a person is the cell of its office, where that speaks of the minutes.
    pub(super) fn row(&self, cells: &[String]) -> Row {
        if is_rule(cells) || cells.iter().all(String::is_empty) {
            return Row::Nobody;
        }
        let cell = |column: Option<usize>| column.and_then(|at| cells.get(at)).filter(|cell| !cell.is_empty());
        let given = cell(self.name).map(String::as_str).unwrap_or_default();
        if cells.len() < self.n_cells {
            return if given.is_empty() { Row::NameMissing } else { Row::CellsMissing(cells.len()) };
        }
        let family = cell(self.family).map(String::as_str).unwrap_or_default();
        let name = format!("{given} {family}");
        let name = name.trim();
        if name.is_empty() {
            return Row::NameMissing;
        }
        let Some(presence) = self.presence(cells) else { return Row::Nobody };
        if is_nobody(name) {
            return Row::Nobody;
        }
        let said = cell(self.location).and_then(|cell| mode(cell, true).or(Mode::from_slug(&slug(cell))));
        let person = Person {
            name: name.into(),
            affiliation: cell(self.affiliation).cloned(),
            abbreviation: cell(self.abbreviation).cloned(),
            role: cell(self.role).cloned(),
            mode: said.or(presence),
            domain: cell(self.email).and_then(|cell| domain(cell)).map(String::from),
            is_tentative: false,
        };
        Row::Person(Box::new(person), cell(self.country).cloned())
    }

    /// `None` where the table says that somebody was not there; else how they took part, if it says so.
    fn presence(&self, cells: &[String]) -> Option<Option<Mode>> {
        let Some(cell) = self.present.and_then(|at| cells.get(at)) else { return Some(None) };
        let lower = cell.to_lowercase();
        let is_yes = ["yes", "y", "x", "✓", "✔", "✅", "present", "1", "true", "attended", "p", "joined"]
            .contains(&lower.as_str());
        let mode = mode(cell, true);
        (is_yes || mode.is_some() || lower.starts_with("yes")).then_some(mode)
    }
}

fn slug(cell: &str) -> String {
    cell.to_lowercase().replace(' ', "-")
}
