//! Guesses what the columns of a table mean, from headings that are usual. A guess is shown to a person, with its reasons;
//! no fact is made of it.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{LABELS, WORDS};
use super::{Format, List, Mapping, Order, Words, normal};
use crate::parts::dates::{self, Unclear};
use crate::parts::sheet::{Book, Form, Sheet};

/// Rows in which a header is looked for.
const TOP: usize = 50;
/// Rows below it that are looked at.
const SAMPLE: usize = 100;
/// Words that tell a list of persons at a meeting from any other list of persons.
const HINTS: &[&str] = &[
    "attend",
    "participa",
    "regist",
    "delegate",
    "roster",
    "sign in",
    "present",
    "check in",
    "checked in",
    "参会",
    "签到",
    "出席",
    "报名",
];

/// What a table seems to be.
pub struct Guess<'a> {
    /// Which list.
    pub list: List,
    /// Its header row, by its place in the sheet.
    pub header: usize,
    sheet: &'a Sheet,
    origin: &'a str,
    /// Field, column and heading, what the field is in words.
    fields: Vec<(&'static str, usize, &'a str, &'static str)>,
    sessions: Vec<(usize, &'a str)>,
    is_registration: bool,
}

/// Guesses what the table of a sheet is; `None` where too few headings are known.
pub fn guess<'a>(book: &Book, sheet: &'a Sheet, origin: &'a str) -> Option<Guess<'a>> {
    (0..sheet.rows.len().min(TOP)).find_map(|header| {
        let row = &sheet.rows[header];
        // Two headings may stand in any line of text; in a workbook they are a table.
        let least = if book.form == Form::Workbook { 2 } else { 3 };
        if row.n_cells() < least || header + 1 >= sheet.rows.len() || !is_even(book.form, sheet, header) {
            return None;
        }
        let cells: Vec<(usize, String, &str)> = sheet
            .cells(row)
            .filter(|(_, text)| text.len() < 80)
            .map(|(column, text)| (column, normal(text), text))
            .collect();
        let lists = [List::Ballot, List::Liaisons, List::Contributions, List::Attendance];
        let guesses = lists.into_iter().filter_map(|list| Guess::of(list, header, sheet, origin, &cells, &book.title));
        // Of equal guesses, the first list of these is the one with the more telling headings.
        guesses.rev().max_by_key(|guess| guess.fields.len())
    })
}

/// True where the rows below are as wide as the header: prose with commas is not.
fn is_even(form: Form, sheet: &Sheet, header: usize) -> bool {
    let width = sheet.rows[header].width;
    let below = sheet.rows[header + 1..].iter().take(20);
    let n_even = below.clone().filter(|row| row.width == width).count();
    !matches!(form, Form::Delimited(_)) || n_even * 2 >= below.count()
}

impl<'a> Guess<'a> {
    fn of(
        list: List,
        header: usize,
        sheet: &'a Sheet,
        origin: &'a str,
        cells: &[(usize, String, &'a str)],
        title: &str,
    ) -> Option<Self> {
        let mut fields: Vec<(&str, usize, &str, &str)> = Vec::new();
        for (_, field, what, words) in WORDS.iter().filter(|line| line.0 == list) {
            let found = words.iter().find_map(|word| {
                let is_free = |column: usize| fields.iter().all(|field| field.1 != column);
                cells.iter().find(|(column, cell, _)| cell == word && is_free(*column))
            });
            fields.extend(found.map(|(column, _, heading)| (*field, *column, *heading, *what)));
        }
        let mut guess = Self { list, header, sheet, origin, fields, sessions: Vec::new(), is_registration: false };
        let has = |field: &str| guess.fields.iter().any(|known| known.0 == field);
        let is_enough = match list {
            List::Contributions => {
                has("document") && has("title") && (has("source") || has("author")) && !guess.is_of_liaisons()
            }
            List::Liaisons => (has("title") || has("document")) && has("from") && has("to"),
            List::Ballot => has("vote") && (has("organisation") || has("country") || has("name")),
            List::Attendance => (has("name") || has("given") && has("family")) && has("organisation"),
        };
        if !is_enough {
            return None;
        }
        if list == List::Attendance {
            guess.sessions = guess.marked(cells);
            let above = guess.above().map(String::from);
            let texts = above.chain([title.into(), sheet.name.clone(), origin.into()]);
            let texts: Vec<String> =
                texts.chain(cells.iter().map(|cell| cell.1.clone())).map(|text| normal(&text)).collect();
            let is_said = |hint: &str| texts.iter().any(|text| text.contains(hint));
            if !HINTS.iter().any(|hint| is_said(hint)) {
                return None;
            }
            guess.is_registration = is_said("regist") && !is_said("attend");
        }
        Some(guess)
    }

    fn sample(&self, column: usize) -> impl Iterator<Item = &'a str> {
        let sheet = self.sheet;
        sheet.rows[self.header + 1..]
            .iter()
            .take(SAMPLE)
            .map(move |row| sheet.text(row, column))
            .filter(|text| !text.is_empty())
    }

    fn above(&self) -> impl Iterator<Item = &'a str> {
        let sheet = self.sheet;
        sheet.rows[..self.header].iter().flat_map(move |row| sheet.cells(row)).map(|(_, text)| text)
    }

    /// A list in which every type is that of a liaison statement is none of contributions.
    fn is_of_liaisons(&self) -> bool {
        let Some(kind) = self.fields.iter().find(|field| field.0 == "kind") else { return false };
        let mut kinds = self.sample(kind.1).map(str::to_lowercase).peekable();
        kinds.peek().is_some() && kinds.all(|kind| kind == "ls" || kind.starts_with("ls ") || kind.contains("liaison"))
    }

    /// Columns of which nothing is known but that all their cells are marks.
    fn marked(&self, cells: &[(usize, String, &'a str)]) -> Vec<(usize, &'a str)> {
        let is_mark = |text: &str| {
            text.chars().count() <= 2 || ["yes", "no", "present", "absent"].contains(&&*text.to_lowercase())
        };
        let is_free = |column: usize| self.fields.iter().all(|field| field.1 != column);
        let is_session = |column: usize| self.sample(column).next().is_some() && self.sample(column).all(is_mark);
        let marked =
            cells.iter().filter(|cell| is_free(cell.0) && is_session(cell.0) && !["no", "#", "nr"].contains(&&*cell.1));
        marked.map(|(column, _, heading)| (*column, *heading)).collect()
    }

    /// What the list seems to be, for people.
    pub fn title(&self) -> &'static str {
        self.list.title()
    }

    /// The guess as a mapping, with a reason for each of its words.
    pub fn mapping(self) -> Mapping {
        let mut reasons = BTreeMap::new();
        let mut columns = BTreeMap::new();
        for (field, _, heading, what) in &self.fields {
            let heading = heading.replace('\n', " ");
            reasons.insert((*field).to_string(), format!("`{heading}` is a usual heading for {what}"));
            columns.insert((*field).to_string(), Words::One(heading));
        }
        if !self.sessions.is_empty() {
            let headings = self.sessions.iter().map(|(_, heading)| heading.replace('\n', " ")).collect();
            columns.insert("sessions".into(), Words::Many(headings));
            reasons.insert("sessions".into(), "these columns hold marks only".into());
        }
        let mut constants = BTreeMap::new();
        let is_said = ["status", "registered", "checked_in", "attended", "sessions"]
            .iter()
            .any(|field| columns.contains_key(*field));
        if self.list == List::Attendance && !is_said {
            let act = if self.is_registration { "registered" } else { "attended" };
            constants.insert("act".into(), act.into());
            reasons
                .insert("act".into(), format!("no column says what the persons did, and the file speaks of `{act}`"));
        }
        let labels = self.labels(&mut reasons);
        let format = self.format(&mut reasons);
        Mapping {
            mapping: 1,
            name: name_of(self.origin),
            title: String::new(),
            list: self.list,
            headings: self.fields.iter().map(|field| field.2.replace('\n', " ")).collect(),
            words: Vec::new(),
            numbering: None,
            groups: None,
            columns,
            constants,
            labels,
            format,
            separators: BTreeMap::new(),
            values: BTreeMap::new(),
            reasons,
        }
    }

    fn labels(&self, reasons: &mut BTreeMap<String, String>) -> BTreeMap<String, Words> {
        let mut labels = BTreeMap::new();
        for text in self.above() {
            let label = text.split(':').next().unwrap_or_default().trim();
            let known = LABELS.iter().find(|(_, words)| words.contains(&&*normal(label)));
            let Some((field, _)) = known.filter(|(field, _)| !labels.contains_key(*field)) else { continue };
            if self.fields.iter().all(|known| known.0 != *field) {
                reasons.insert((*field).to_string(), format!("`{label}` stands above the table"));
                labels.insert((*field).to_string(), Words::One(label.into()));
            }
        }
        labels
    }

    /// The order of day and month, where a date of the sample tells it.
    fn format(&self, reasons: &mut BTreeMap<String, String>) -> Format {
        let mut format = Format::default();
        let dates = ["date", "registered", "checked_in", "attended"];
        let columns = self.fields.iter().filter(|field| dates.contains(&field.0));
        let texts: BTreeSet<&str> = columns.flat_map(|field| self.sample(field.1)).collect();
        if !texts.iter().any(|text| dates::parse(text, None) == Err(Unclear::Order)) {
            return format;
        }
        let fits = |order: Order| texts.iter().all(|text| dates::parse(text, Some(order)).is_ok());
        let orders = [Order::DayMonthYear, Order::MonthDayYear].map(|order| (order, fits(order)));
        if let [(order, true), (_, false)] | [(_, false), (order, true)] = orders {
            format.dates = Some(order);
            reasons.insert("dates".into(), "all dates fit this order, and not all the other one".into());
        }
        format
    }
}

/// A name for the mapping, after the file.
fn name_of(origin: &str) -> String {
    let file = origin.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let name = normal(stem).replace('#', " ");
    let words: Vec<&str> = name.split(' ').filter(|word| word.is_ascii() && !word.is_empty()).collect();
    if words.is_empty() { "list".into() } else { words.join("-") }
}
