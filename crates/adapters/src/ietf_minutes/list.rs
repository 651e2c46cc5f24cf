//! Lists of those present: below a heading of minutes, or a whole sheet.

use std::collections::BTreeSet;

use fact::{Act, Problem};

use super::kind::{Kind, speaker};
use super::people::{Found, Label, People, folded, label};
use super::row::Row;
use crate::parts::entry::{Columns, Entry, entry};
use crate::parts::names::{is_full_name, is_label_name, is_topic_word, people as parts};

/// Headings under which there is a list of people and nothing else.
const LISTS: [&str; 11] = [
    "participants",
    "attendees",
    "list of attendees",
    "list of participants",
    "attendance",
    "attendee list",
    "attendees affiliation",
    "bluesheet",
    "bluesheets",
    "blue sheet",
    "blue sheets",
];

/// Reads the list behind and below a label of attendance; returns the row after it.
pub(super) fn below(rows: &[Row<'_>], at: usize, label: Label, rest: &str, kind: Kind, people: &mut People) -> usize {
    let is_number = !rest.is_empty() && rest.chars().all(|letter| letter.is_ascii_digit() || letter == ' ');
    // `Blue sheets` is also an item of agendas: such lists have a heading, or a file, of their own.
    let words = folded(&rows[at].text);
    let is_item = words.starts_with("blue") && kind != Kind::Bluesheet && rows[at].level == 0 && rest.is_empty();
    if is_number || is_item || !rest.is_empty() && !is_names(rest) {
        return at + 1;
    }
    let before = people.found.len();
    let mut list = List::new(label, kind);
    list.is_loose |= LISTS.contains(&words.as_str());
    list.several(rest, at, people);
    let mut next = at + 1;
    while let Some(row) = rows.get(next) {
        let goes_on = if row.is_blank() { list.pause() } else { list.take(row, next, people) };
        if !goes_on {
            break;
        }
        next += 1;
    }
    parted(&mut people.found[before..]);
    let is_list = people.found.len() > before;
    people.has_list |= is_list;
    if !is_list && LISTS.contains(&words.as_str()) && rows[at].text.len() < 40 && kind == Kind::Minutes {
        people.has_list = true;
        people.problems.push(rows[at].problem(
            "no-attendance",
            "expected names below this heading, found none",
            "ask the chairs for the bluesheet; the meeting itself is kept",
        ));
    }
    next.max(at + 1)
}

/// A sheet without a label: every row below the title that can be an entry is one.
pub(super) fn sheet(rows: &[Row<'_>], people: &mut People) {
    let title = rows.iter().position(|row| !row.is_blank()).unwrap_or(0);
    let label = Label { act: Act::Attended, mode: None, is_chat: false };
    let mut list = List::new(label, Kind::Bluesheet);
    for (at, row) in rows.iter().enumerate().skip(title + 1).filter(|(_, row)| !row.is_blank()) {
        if row.text.chars().any(char::is_alphabetic) {
            list.take(row, at, people);
        }
    }
    parted(&mut people.found);
    people.has_list = !people.found.is_empty();
}

/// `Ann Example Acme` where another entry of the list is of `Acme`: the separator was left out.
fn parted(found: &mut [Found]) {
    let known: BTreeSet<String> =
        found.iter().filter_map(|one| Some(one.entry.affiliation.as_ref()?.to_lowercase())).collect();
    let is_company = |words: &str| {
        let last = words.rsplit(' ').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
        words.contains(' ') && ["llp", "llc", "inc", "ltd", "gmbh", "corp"].contains(&last.as_str())
    };
    for one in found.iter_mut().filter(|one| one.entry.affiliation.is_none() && !known.is_empty()) {
        // Two words at least are the name.
        let cuts = one.entry.name.match_indices(' ').map(|(at, _)| at).skip(1);
        let mut cuts = cuts.filter(|&at| is_full_name(&one.entry.name[..at]));
        let cut = cuts.find(|&at| {
            known.contains(&one.entry.name[at + 1..].to_lowercase()) || is_company(&one.entry.name[at + 1..])
        });
        if let Some(at) = cut {
            one.entry.affiliation = Some(one.entry.name[at + 1..].to_string());
            one.entry.name.truncate(at);
            one.is_parted = true;
        }
    }
}

/// A word in running text is no label: what stands behind one must be names.
fn is_names(text: &str) -> bool {
    let names = parts(text);
    let n_names = names.iter().filter(|name| entry(name).is_some_and(|entry| is_label_name(&entry.name))).count();
    n_names > 0 && n_names * 2 >= names.len()
}

/// The state of a list that is being read.
struct List {
    label: Label,
    kind: Kind,
    session: Option<String>,
    columns: Option<Columns>,
    /// The mark of the entries; `None` until the first one.
    mark: Option<char>,
    is_paused: bool,
    /// True where the heading says that its entries are people, whatever their names look like.
    is_loose: bool,
    /// Entries that could not be read: a problem only where the list goes on behind them.
    unread: Vec<Problem>,
}

impl List {
    fn new(label: Label, kind: Kind) -> Self {
        let is_loose = kind == Kind::Bluesheet;
        Self { label, kind, session: None, columns: None, mark: None, is_paused: false, is_loose, unread: Vec::new() }
    }

    /// A blank row: a list without marks ends with its paragraph, others may go on behind it.
    fn pause(&mut self) -> bool {
        self.is_paused = self.mark.is_some();
        self.kind == Kind::Bluesheet || self.mark != Some(' ')
    }

    /// Reads one row; false where the list has ended before it.
    fn take(&mut self, row: &Row<'_>, at: usize, people: &mut People) -> bool {
        let is_sheet = self.kind == Kind::Bluesheet;
        if let Some((label, rest)) = label(row, at) {
            let is_sub = is_sheet && label.act == Act::Attended && rest.is_empty();
            self.label.mode = if is_sub { label.mode } else { self.label.mode };
            return is_sub;
        }
        if row.level > 0 || is_session(&row.text) {
            self.session = Some(row.text.clone());
            return is_sheet || is_session(&row.text) && row.level > 0;
        }
        if is_furniture(&row.text) {
            return true;
        }
        if let Some(columns) = Columns::read(&row.text) {
            (self.columns, self.mark) = (Some(columns), Some(row.mark));
            return true;
        }
        // Initials and their names (`*[AE]: A. Example`), other marks and the first words of the text end a list.
        let is_text = row.text.starts_with('[') || speaker(&row.text).is_some();
        if !is_sheet && (is_text || self.mark.is_some_and(|mark| mark != row.mark)) || row.text.starts_with('[') {
            return false;
        }
        if is_run(&row.text) {
            self.several(&row.text, at, people);
        } else if !self.one(row, at, people) {
            return false;
        }
        self.mark.get_or_insert(row.mark);
        true
    }

    /// Reads one entry; false where prose without a mark shows that the list has ended.
    fn one(&mut self, row: &Row<'_>, at: usize, people: &mut People) -> bool {
        let is_sheet = self.kind == Kind::Bluesheet;
        let read = self.columns.and_then(|columns| columns.entry(&row.text)).or_else(|| entry(&row.text));
        let is_marked = row.bullet > 0 || is_sheet || self.columns.is_some();
        let is_loose = self.is_loose && is_marked && (!self.is_paused || is_sheet);
        let is_name = |entry: &Entry| is_person(&entry.name) || is_loose && is_small(entry);
        let read = read.filter(|entry| is_name(entry) && (is_loose || is_label_name(&entry.name)));
        match read {
            Some(entry) => {
                people.n_units += 1 + self.unread.len() as u64;
                people.problems.append(&mut self.unread);
                self.push(entry, at, people);
                self.is_paused = false;
                true
            }
            None if !is_marked || self.is_paused && !is_sheet || self.unread.len() > 1 && !is_sheet => false,
            None => {
                self.unread.push(row.problem(
                    "entry-unreadable",
                    format!("expected a name, found `{}`", row.text.chars().take(60).collect::<String>()),
                    "write the entry as `Name, Affiliation`",
                ));
                true
            }
        }
    }

    /// Reads several people of one row.
    fn several(&mut self, text: &str, at: usize, people: &mut People) {
        let parts = if text.contains(';') { text.split(';').map(str::trim).collect() } else { parts(text) };
        for entry in parts.into_iter().filter_map(entry).filter(|entry| is_person(&entry.name)) {
            people.n_units += 1;
            self.push(entry, at, people);
        }
    }

    fn push(&self, mut entry: Entry, at: usize, people: &mut People) {
        entry.mode = entry.mode.or(self.label.mode);
        let act = if entry.is_absent { Act::Excused } else { self.label.act };
        people.found.push(Found { act, entry, rows: at..at + 1, session: self.session.clone(), is_parted: false });
    }
}

/// `Ann Example, Bea Specimen, Cy Sample`: three names or more in one row, and nothing else.
fn is_run(text: &str) -> bool {
    let parts: Vec<&str> = text.trim_end_matches([',', '.']).split(',').map(str::trim).collect();
    parts.len() >= 3 && parts.iter().all(|part| is_full_name(part))
}

/// `Session II`, `Tuesday Session`, `Day 2`.
fn is_session(text: &str) -> bool {
    let lower = text.to_lowercase();
    let n_words = lower.split_whitespace().count();
    n_words <= 4 && lower.split_whitespace().any(|word| word == "session") || n_words == 2 && lower.starts_with("day ")
}

/// Lines of a sheet that name nobody: its number of entries, page numbers, rules.
fn is_furniture(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lower = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
    let is_digit = |letter: char| letter.is_ascii_digit();
    let is_page = lower.strip_prefix("page ").is_some_and(|rest| rest.starts_with(is_digit));
    let is_count = (lower.ends_with("attendees") || lower.ends_with("participants")) && lower.starts_with(is_digit);
    lower.is_empty() || is_page || is_count
}

/// A name as a list may give it: looser than in running text, for a list says what its entries are.
fn is_person(name: &str) -> bool {
    let n_words = name.split_whitespace().count();
    let n_small = name.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    let n_letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_initial = name.chars().rev().nth(1).is_some_and(char::is_uppercase) || name.ends_with("r.");
    let is_sentence =
        name.ends_with(['.', '?', '!']) && !is_initial || n_small > 2 || n_small > 1 && n_words == n_small;
    let is_nobody = ["none", "tbd", "name", "n/a", "etc", "and others"].contains(&name.to_lowercase().as_str());
    let is_sign = |letter: char| letter.is_ascii_digit() || ":`=<>#@*".contains(letter);
    (1..=7).contains(&n_words)
        && n_letters >= 2
        && name.chars().count() <= 60
        && !is_sentence
        && !is_nobody
        && !name.contains(is_sign)
}

/// `ann example, acme`: some write their names in small letters; words of sentences are no names.
fn is_small(entry: &Entry) -> bool {
    const WORDS: [&str; 30] = [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "and",
        "or",
        "with",
        "is",
        "are",
        "was",
        "not",
        "no",
        "see",
        "we",
        "you",
        "all",
        "list",
        "more",
        "other",
        "others",
        "than",
        "above",
        "below",
        "attendees",
        "name",
    ];
    let words: Vec<&str> = entry.name.split(' ').collect();
    let is_name = |word: &&str| {
        word.starts_with(char::is_lowercase)
            && word.chars().all(|letter| letter.is_lowercase() || "-'’".contains(letter))
            && !WORDS.contains(word)
            && !is_topic_word(word)
    };
    let n_most = if entry.affiliation.is_some() { 3 } else { 2 };
    (2..=n_most).contains(&words.len()) && words.iter().all(is_name)
}

#[cfg(test)]
mod tests {
    use fact::Mode;

    use super::*;
    use crate::ietf_minutes::people;
    use crate::ietf_minutes::row::rows;

    fn read(text: &str, kind: Kind) -> Vec<String> {
        let rows: Vec<Row<'_>> = rows(text.as_bytes()).collect();
        let show = |found: Found| {
            let mode = found.entry.mode.map(Mode::slug).unwrap_or_default();
            let session = found.session.unwrap_or_default();
            format!(
                "{} {}|{}|{mode}{session}",
                found.act.slug(),
                found.entry.name,
                found.entry.affiliation.unwrap_or_default()
            )
        };
        people::read(&rows, kind).found.into_iter().map(show).collect()
    }

    #[test]
    fn lists_are_read_below_every_kind_of_heading() {
        for text in [
            "Participants:\nAnn Example, Acme\n\nAnn doing introductions.",
            "## Attendees\n\n* Ann Example (Acme)\n\n## Monday\n* Bea Specimen",
            "Attendees\n\n* Ann Example (Acme)\n\nAE: hello",
            "Participants:\n1. Ann Example, Acme\n2. \n\n* New work on tokens",
            "## Participants\n\n1. Ann Example, Acme\n\n*[AE]: Ann Example",
            "Present: Ann Example (Acme)",
            "## Attendees\n| Name | Organisation |\n|---|---|\n| Ann Example | Acme |\n\nText",
        ] {
            assert_eq!(read(text, Kind::Minutes), ["attended Ann Example|Acme|"], "{text}");
        }
    }

    #[test]
    fn rooms_calls_and_those_who_sent_apologies_are_told_apart() {
        let text = "Participants:\n* Ann Example (Acme)\n* Bea Specimen (remote)\n\nRemote Participants:\n* Cy Sample\n\nRegrets: Dee Example";
        let read = read(text, Kind::Minutes);
        assert_eq!(
            read,
            [
                "attended Ann Example|Acme|",
                "attended Bea Specimen||remote",
                "attended Cy Sample||remote",
                "excused Dee Example||"
            ]
        );
    }

    #[test]
    fn a_sheet_needs_no_heading_and_has_sessions_and_pages() {
        let text = "Bluesheet for interim-2031-made-01\n=====\n\n2 attendees.\n\nAnn Example\tAcme\n\u{c}Page 2\nBea Specimen\t\n";
        assert_eq!(read(text, Kind::Bluesheet), ["attended Ann Example|Acme|", "attended Bea Specimen||"]);
        let text =
            "# Blue Sheets\n\n## Session I\n\n* Ann Example - Acme\n\n\n## Session II\n* yuki Example\n* Bea (?)";
        let two =
            ["attended Ann Example|Acme|Session I", "attended yuki Example||Session II", "attended Bea||Session II"];
        assert_eq!(read(text, Kind::Bluesheet), two);
    }

    #[test]
    fn items_of_an_agenda_are_no_list() {
        for text in [
            "Blue sheets\nScribe selection\nAgenda bashing",
            "* Blue sheets\n* Scribe selection",
            "Participants: 60",
            "Present: slides on tokens",
            "## Remote\n* Fix the queue",
        ] {
            assert_eq!(read(text, Kind::Minutes), Vec::<String>::new(), "{text}");
        }
    }
}
