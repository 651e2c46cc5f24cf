//! The right-hand column of a front page: which lines are names, which are organisations, and whose they are.

use fact::{Evidence, Mention, Party, When};

use super::addresses::Section;
use super::rows::Row;
use super::{Writer, cell_evidence, plain};
use crate::parts::address::{blanked, domain_of};
use crate::parts::author::{author, initials, is_initialled, is_organisation};
use crate::parts::english_date::english_date;

/// The cells of the column from the first name to the last organisation; `None` where a line has none.
pub(super) struct Column<'a> {
    rows: Vec<&'a Row<'a>>,
    date: Option<(When, Evidence)>,
    has_initials: bool,
}

/// What one cell says.
enum Cell<'a> {
    People(Vec<Named<'a>>),
    Organisation(&'a str),
    /// `Editor` or `Editors` alone on a line.
    Editors {
        is_all: bool,
    },
    /// An address of the author above.
    Domain(String),
    Unclear,
}

/// A person of one cell.
struct Named<'a> {
    name: &'a str,
    is_editor: bool,
    affiliation: Option<&'a str>,
}

impl<'a> Column<'a> {
    /// Takes the column out of the rows; the last date in it is the date of the document.
    pub fn new(rows: &'a [Row<'a>]) -> Self {
        let text = |row: &'a Row<'a>| row.right.as_ref().map(|cell| cell.text.as_str());
        let dated = rows.iter().enumerate().rev().find_map(|(at, row)| {
            let when = english_date(text(row)?)?;
            Some((at, when, cell_evidence(&row.line, text(row)?)))
        });
        let date_at = dated.as_ref().map(|(at, ..)| *at);
        let kept = rows
            .iter()
            .enumerate()
            .filter(|(at, row)| Some(*at) != date_at && text(row).is_none_or(|text| english_date(text).is_none()));
        let mut kept: Vec<&Row<'_>> = kept.map(|(_, row)| row).collect();
        while kept.last().is_some_and(|row| row.right.is_none()) {
            kept.pop();
        }
        let has_initials = kept.iter().filter_map(|row| text(row)).any(|text| !initialled(text).is_empty());
        Self { rows: kept, date: dated.map(|(_, when, evidence)| (when, evidence)), has_initials }
    }

    pub fn date(&self) -> Option<(When, Evidence)> {
        self.date.clone()
    }

    /// Returns every text that may be the name of a person, for finding them among the addresses.
    pub fn candidates(&self) -> Vec<String> {
        let texts = self.rows.iter().filter_map(|row| row.right.as_ref());
        let names = texts.flat_map(|cell| {
            let people = initialled(&cell.text);
            let whole = people.is_empty() && is_full_name(plain(&cell.text));
            let names = people.into_iter().map(|named| plain(named.name).to_string());
            names.chain(whole.then(|| plain(&cell.text).to_string())).collect::<Vec<_>>()
        });
        names.collect()
    }

    /// Gives each author the organisation that stands below, and returns lines that could not be told.
    pub fn writers(&self, section: &Section) -> (Vec<Writer>, Vec<Evidence>) {
        let mut state = State::default();
        for row in &self.rows {
            let Some(cell) = &row.right else {
                state.open = state.writers.len();
                state.is_wrapping = false;
                continue;
            };
            let is_first = state.writers.is_empty();
            let evidence = cell_evidence(&row.line, &blanked(&cell.text));
            match self.cell(&cell.text, is_first, section) {
                Cell::People(people) => state.people(&people, &evidence),
                Cell::Organisation(name) => state.organisation(name, &evidence),
                Cell::Editors { is_all } => state.editors(is_all),
                Cell::Domain(domain) => {
                    if let Some(last) = state.writers.last_mut() {
                        last.who.domain = Some(domain);
                    }
                }
                Cell::Unclear => {
                    state.open = state.writers.len();
                    state.unclear.push(evidence);
                }
            }
        }
        (state.writers, state.unclear)
    }

    fn cell<'c>(&self, text: &'c str, is_first: bool, section: &Section) -> Cell<'c> {
        if let "editor" | "editors" | "eds." | "ed." = text.to_ascii_lowercase().as_str() {
            return Cell::Editors { is_all: text.to_ascii_lowercase().starts_with("editors") };
        }
        if let Some(domain) = domain_of(text)
            && !text.contains(' ')
        {
            return Cell::Domain(domain);
        }
        let people = initialled(text);
        if !people.is_empty() {
            let is_place = people.iter().all(|named| is_university(named.name, section));
            return if is_place { Cell::Organisation(text) } else { Cell::People(people) };
        }
        self.full_name(text, is_first, section)
    }

    /// A line without initials: an organisation, or in early documents a name in full.
    fn full_name<'c>(&self, text: &'c str, is_first: bool, section: &Section) -> Cell<'c> {
        let Author { name, is_editor, affiliation } = split_affiliation(text);
        let person = || Cell::People(vec![Named { name, is_editor, affiliation }]);
        let is_plain = is_full_name(name);
        if is_plain && section.names(name) {
            return person();
        }
        if self.has_initials || !is_plain {
            return Cell::Organisation(text);
        }
        let has_initial = name.split(' ').any(|word| word.len() == 2 && word.ends_with('.'));
        if has_initial || is_first { person() } else { Cell::Unclear }
    }
}

/// A name with what stands behind it on the same line.
struct Author<'a> {
    name: &'a str,
    is_editor: bool,
    affiliation: Option<&'a str>,
}

/// Splits `P. Sample, Acme`, `P. Sample - Acme` and `P. Sample (Acme)`.
fn split_affiliation(text: &str) -> Author<'_> {
    let whole = author(text);
    for mark in [", ", " - ", " (", "/"] {
        let Some((name, rest)) = whole.name.split_once(mark) else { continue };
        let rest = rest.trim_end_matches(')').trim();
        let is_suffix = ["jr", "sr", "ii", "iii", "3rd"].contains(&rest.trim_end_matches('.').to_lowercase().as_str());
        if !rest.is_empty() && !is_suffix {
            let named = author(name);
            let is_editor = whole.is_editor || named.is_editor;
            return Author { name: named.name, is_editor, affiliation: Some(rest) };
        }
    }
    Author { name: whole.name, is_editor: whole.is_editor, affiliation: None }
}

/// The persons of a line whose names are in initials: one, one with an organisation behind it, or several.
fn initialled(text: &str) -> Vec<Named<'_>> {
    let whole = author(text);
    if is_initialled(whole.name) {
        return vec![Named { name: whole.name, is_editor: whole.is_editor, affiliation: None }];
    }
    for mark in [" & ", " and ", ", ", "/"] {
        let parts: Vec<&str> = text.split(mark).collect();
        if parts.len() > 1 && parts.iter().all(|part| is_initialled(author(part).name)) {
            let named = |part| author(part);
            return parts
                .into_iter()
                .map(named)
                .map(|one| Named { name: one.name, is_editor: one.is_editor, affiliation: None })
                .collect();
        }
    }
    let Author { name, is_editor, affiliation } = split_affiliation(text);
    if is_initialled(name) { vec![Named { name, is_editor, affiliation }] } else { Vec::new() }
}

/// `U. Sampleton` and `U.C. Sampleton` are universities where the addresses name no such person but a university.
fn is_university(name: &str, section: &Section) -> bool {
    let Some((given, surname)) = initials(name) else { return false };
    if section.contact(name).is_some() {
        return false;
    }
    match given {
        "U.C." | "K.U." | "T.U." => true,
        "U." => section.mentions("niversity") && section.mentions(surname),
        _ => false,
    }
}

/// Two to four words of letters, each with a capital, none an organisation's: `Ann Example`, `Ann B. Example`.
fn is_full_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let is_word = |word: &&str| {
        let is_initial = word.len() == 2 && word.ends_with('.');
        word.starts_with(char::is_uppercase)
            && (is_initial || word.chars().all(|letter| letter.is_alphabetic() || "-'’".contains(letter)))
    };
    (2..=4).contains(&words.len()) && words.iter().all(is_word) && !is_organisation(name)
}

/// The authors so far.
#[derive(Default)]
struct State {
    writers: Vec<Writer>,
    unclear: Vec<Evidence>,
    /// Authors from here on wait for an organisation.
    open: usize,
    /// Those who got the organisation of the line before.
    group: (usize, usize),
    is_wrapping: bool,
}

impl State {
    fn people(&mut self, people: &[Named<'_>], evidence: &Evidence) {
        self.is_wrapping = false;
        for named in people {
            if named.affiliation.is_some() && self.open == self.writers.len() {
                self.open += 1;
            }
            let who = Mention::person(named.name, named.affiliation);
            let evidence = evidence.clone();
            self.writers.push(Writer { who, is_editor: named.is_editor, is_completed: false, evidence });
        }
    }

    /// An organisation belongs to the authors above it since the last organisation or blank line.
    fn organisation(&mut self, name: &str, evidence: &Evidence) {
        let to = self.writers.len();
        if self.is_wrapping {
            let (from, to) = self.group;
            for writer in self.writers[from..to].iter_mut() {
                wrap(writer, name);
                extend(&mut writer.evidence, evidence);
            }
            return;
        }
        if self.open == to {
            let who = Mention::organisation(name);
            self.writers.push(Writer { who, is_editor: false, is_completed: false, evidence: evidence.clone() });
            self.open = to + 1;
            return;
        }
        self.group = (self.open, to);
        for writer in self.writers[self.open..to].iter_mut().filter(|writer| writer.who.affiliation.is_none()) {
            writer.who.affiliation = Some(name.into());
            extend(&mut writer.evidence, evidence);
        }
        self.open = to;
        self.is_wrapping = true;
    }

    fn editors(&mut self, is_all: bool) {
        let from = if is_all { 0 } else { self.writers.len().saturating_sub(1) };
        for writer in self.writers[from..].iter_mut().filter(|writer| writer.who.party == Party::Person) {
            writer.is_editor = true;
        }
    }
}

/// Adds the second line of an organisation.
fn wrap(writer: &mut Writer, name: &str) {
    if let Some(affiliation) = &mut writer.who.affiliation {
        affiliation.push(' ');
        affiliation.push_str(name);
    }
}

/// Lets the evidence of a name reach down to the line of its organisation.
fn extend(evidence: &mut Evidence, to: &Evidence) {
    evidence.end = to.end;
    let last = to.place.trim_start_matches("line ");
    let first = evidence.place.trim_start_matches("lines ").trim_start_matches("line ");
    let first = first.split(' ').next().unwrap_or(first).to_string();
    evidence.place = format!("lines {first} to {last}");
    evidence.quote = format!("{} {}", evidence.quote, to.quote);
}
