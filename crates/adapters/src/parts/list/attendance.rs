//! Rows of an attendance list: one person a row, with a status, with columns of dates or marks, or with a column for each
//! session. Registered, checked in and attended stay three acts.

use std::collections::BTreeMap;

use fact::{Act, Amount, Fact, Mention, Mode, Party, Thing, When};

use super::Output;
use super::entry::{Entry, entries, name_and_domain};
use super::table::Table;
use crate::parts::dates;
use crate::parts::mapping::act_of;

/// Fields that name a person or, where there is none, an organisation.
const KEYS: &[&str] = &["name", "family", "given"];

/// Reads the rows of a table.
pub fn read(table: &Table<'_>, output: &mut Output) {
    let mut list = List { table, output, seen: BTreeMap::new(), marks: BTreeMap::new() };
    for entry in entries(table, KEYS) {
        list.row(&entry);
    }
    list.check();
}

struct List<'t, 'o> {
    table: &'t Table<'t>,
    output: &'o mut Output,
    /// Who was read, with what they did, and in which row first.
    seen: BTreeMap<Vec<String>, usize>,
    /// Marks that are not known: how often, and a problem for the first.
    marks: BTreeMap<String, (usize, fact::Problem)>,
}

/// What a mark, a status or a cell of a column says.
#[derive(Clone, Copy, PartialEq)]
enum Said {
    /// Nothing was done.
    Nothing,
    /// This was done, in this way where it says so.
    Done(Act, Option<Mode>),
}

impl List<'_, '_> {
    fn row(&mut self, entry: &Entry<'_>) {
        if entry.row.n_cells() == 1 && !is_name(entry) {
            return;
        }
        self.output.reading.n_units += 1;
        if entry.is_shifted(self.output) {
            return;
        }
        let Some(who) = self.who(entry) else { return };
        let mode = self.mode(entry);
        let when = entry.when("date", self.output);
        let own = |field: &str| entry.get(field).map(String::from);
        let day =
            self.table.columns("date").iter().find_map(|_| entry.cell("date")).map(|(_, day)| day.replace('\n', " "));
        let session = own("session").or(day).map(|session| Thing::new("session", &session));
        let meeting = own("event").map(|event| Thing::new("meeting", &event));
        let fact = Fact {
            who,
            object: session.or(meeting),
            body: own("body"),
            event: own("event"),
            when,
            mode,
            amount: self.minutes(entry),
            ..Fact::new(
                Act::Attended,
                entry.evidence(if self.table.columns("name").is_empty() { "family" } else { "name" }),
            )
        };
        let facts = self.acts(entry, &fact);
        if !self.is_doubled(entry, &facts) {
            let n_before = facts.iter().filter(|fact| !self.output.fact((*fact).clone())).count();
            if n_before > 0 {
                // Of a packed workbook all rows have one place, so that two of a name and organisation are one.
                let what = "expected each person once, found one of this name and organisation before";
                let hint = "remove one of the rows, or name the sessions in the mapping";
                self.output.problem(entry.problem("doubled-row", "name", what, hint));
            }
        }
    }

    /// The party of a row. A row without a person is one of an organisation only where the list has no names at all.
    fn who(&mut self, entry: &Entry<'_>) -> Option<Mention> {
        let text = |field: &str| entry.get(field);
        let full = ["given", "family"].iter().filter_map(|field| text(field)).collect::<Vec<_>>().join(" ");
        let name = text("name").map(String::from).or(Some(full).filter(|full| !full.is_empty()));
        let has_names = KEYS.iter().any(|field| !self.table.columns(field).is_empty());
        let affiliation = text("organisation").map(String::from);
        let (name, in_name) = name.as_deref().map(name_and_domain).unwrap_or_default();
        let in_column = text("email").and_then(|email| name_and_domain(&email).1);
        let role = [text("role"), text("category")].into_iter().flatten().collect::<Vec<_>>().join("; ");
        let who = Mention {
            party: if name.is_empty() { Party::Organisation } else { Party::Person },
            country: text("country").map(String::from),
            domain: in_column.or(in_name),
            role: Some(role).filter(|role| !role.is_empty()),
            name: Some(name).filter(|name| !name.is_empty()),
            affiliation,
        };
        if who.name.is_none() && (has_names || who.affiliation.is_none()) {
            let what =
                format!("expected the name of {}, found none", if has_names { "a person" } else { "an organisation" });
            self.output.problem(entry.problem("name-missing", "organisation", what, "add the name to the list"));
            return None;
        }
        Some(who)
    }

    /// Every act that the row states.
    fn acts(&mut self, entry: &Entry<'_>, fact: &Fact) -> Vec<Fact> {
        let mut facts = Vec::new();
        if !self.table.columns("status").is_empty() {
            facts.extend(self.status(entry).map(|(act, status)| Fact { act, status, ..fact.clone() }));
        }
        let columns = [("registered", Act::Registered), ("checked_in", Act::CheckedIn), ("attended", Act::Attended)];
        for (field, act) in columns {
            let Some((column, text)) = entry.cell(field) else { continue };
            // A date in such a column is the day on which it was done.
            if let Ok(when) = dates::parse(text, self.table.mapping.format.dates) {
                facts.push(Fact { act, when, ..fact.clone() });
            } else if let Said::Done(_, mode) = self.mark(entry, column, text, act) {
                facts.push(Fact { act, mode: mode.or(fact.mode), ..fact.clone() });
            }
        }
        for &(column, heading) in &self.table.sessions {
            let text = self.table.sheet.text(entry.row, column);
            let Said::Done(act, mode) = self.mark(entry, column, text, Act::Attended) else { continue };
            let day = dates::day(heading, self.table.mapping.format.dates);
            let when = day.map_or(fact.when, When::day);
            let object = Some(Thing::new("session", &heading.replace('\n', " ")));
            let place = self.table.sheet.place_of_cell(entry.row, column);
            let evidence = fact::Evidence { place, ..fact.evidence.clone() };
            facts.push(Fact { act, mode: mode.or(fact.mode), when, object, evidence, ..fact.clone() });
        }
        let is_said =
            ["status", "registered", "checked_in", "attended"].iter().any(|at| !self.table.columns(at).is_empty());
        if !is_said && self.table.sessions.is_empty() {
            let act = self.table.constant("act").and_then(|slug| act_of(self.table.mapping.list, slug));
            facts.extend(act.map(|act| Fact { act, ..fact.clone() }));
        }
        facts
    }

    /// The act that a status states, with its words; none, and a problem, where the word is not known. An empty cell says
    /// what the mapping's constant says.
    fn status(&mut self, entry: &Entry<'_>) -> Option<(Act, Option<String>)> {
        let list = self.table.mapping.list;
        let Some(word) = entry.get("status") else {
            let act = self.table.constant("act").and_then(|slug| act_of(list, slug))?;
            return Some((act, None));
        };
        let said = match self.table.mapping.value("status", &word) {
            Some(value) => Some(act_of(list, value)),
            None => status_of(&word),
        };
        let Some(said) = said else {
            let what = format!("expected a status such as `registered` or `attended`, found `{word}`");
            let hint = "say what it means in the mapping: `[values.status]`";
            self.output.problem(entry.problem("status-unknown", "status", what, hint));
            return None;
        };
        said.map(|act| (act, Some(word.into_owned())))
    }

    fn mode(&mut self, entry: &Entry<'_>) -> Option<Mode> {
        let word = entry.get("mode")?;
        match self.table.mapping.value("mode", &word) {
            Some(value) => return Mode::from_slug(value),
            None if matches!(&*word, "none" | "unknown") => return None,
            None => {}
        }
        let mode = mode_of(&word);
        if mode.is_none() {
            let what = format!("expected a way of taking part such as `remote`, found `{word}`");
            let hint = "say what it means in the mapping: `[values.mode]`";
            self.output.problem(entry.problem("mode-unknown", "mode", what, hint));
        }
        mode
    }

    /// What a mark says: by the mapping, or where it can only mean yes or no. All others are told of once for each mark.
    fn mark(&mut self, entry: &Entry<'_>, column: usize, text: &str, act: Act) -> Said {
        if let Some(value) = self.table.mapping.value("mark", text) {
            let words = || value.split(' ');
            let own = words().find_map(|word| act_of(self.table.mapping.list, word));
            let mode = words().find_map(Mode::from_slug);
            return if value == "none" { Said::Nothing } else { Said::Done(own.unwrap_or(act), mode) };
        }
        match text.to_lowercase().as_str() {
            "x" | "✓" | "✔" | "☑" | "y" | "yes" | "1" | "true" | "present" | "attended" => Said::Done(act, None),
            "" | "-" | "–" | "n" | "no" | "0" | "false" | "absent" | "n/a" => Said::Nothing,
            _ if mode_of(text).is_some() => Said::Done(act, mode_of(text)),
            _ => {
                let cut: String = text.chars().take(40).collect();
                let what = format!("expected a mark such as `x`, found `{cut}`");
                let hint = "say what it means in the mapping: `[values.mark]`, e.g. `R = \"attended remote\"`";
                let mut problem = entry.problem("mark-unknown", "name", what, hint);
                problem.evidence.place = self.table.sheet.place_of_cell(entry.row, column);
                self.marks.entry(cut).or_insert((0, problem)).0 += 1;
                Said::Nothing
            }
        }
    }

    fn minutes(&mut self, entry: &Entry<'_>) -> Option<Amount> {
        let text = entry.get("minutes")?;
        let is_comma = self.table.mapping.format.decimal_comma;
        let plain = if is_comma { text.replace('.', "").replace(',', ".") } else { text.replace(',', "") };
        match plain.trim().parse::<f64>() {
            Ok(value) if value.is_finite() && value >= 0.0 => Some(Amount { value, unit: "minutes".into() }),
            _ => {
                let what = format!("expected a number of minutes, found `{text}`");
                self.output.problem(entry.problem("number-unread", "minutes", what, "correct the number in the list"));
                None
            }
        }
    }

    /// The same party in the same act twice is a problem, and counts once.
    fn is_doubled(&mut self, entry: &Entry<'_>, facts: &[Fact]) -> bool {
        let mut first = None;
        for fact in facts {
            let text = |text: &Option<String>| text.clone().unwrap_or_default().to_lowercase();
            let object = fact.object.as_ref().map(|thing| thing.id.clone()).unwrap_or_default();
            let day = fact.when.from.map(|day| day.to_string()).unwrap_or_default();
            let key = vec![
                text(&fact.who.name),
                text(&fact.who.affiliation),
                text(&fact.who.country),
                text(&fact.who.domain),
                fact.act.slug().into(),
                text(&fact.event),
                object,
                day,
            ];
            match self.seen.get(&key) {
                Some(row) => first = first.or(Some(*row)),
                None => drop(self.seen.insert(key, entry.row.number)),
            }
        }
        let Some(first) = first else { return false };
        let what = format!("expected each person once, found this one in row {first} before");
        self.output.problem(entry.problem("doubled-row", "name", what, "remove one of the rows"));
        true
    }

    fn check(&mut self) {
        for (n_cells, mut problem) in std::mem::take(&mut self.marks).into_values() {
            if n_cells > 1 {
                problem.what.push_str(&format!(" in {n_cells} cells"));
            }
            self.output.problem(problem);
        }
        if !self.seen.is_empty() && self.table.event().is_none() && self.table.columns("event").is_empty() {
            let what = "expected the name of a meeting in column, label or mapping, found none".into();
            let hint = "name it in a mapping: `[constants]`, `event = \"...\"`".into();
            self.output.problem(fact::Problem {
                kind: "meeting-not-named",
                evidence: self.table.evidence(),
                what,
                hint,
            });
        }
    }
}

/// True for a single cell that can be the name of a person: a note or a sum is none.
fn is_name(entry: &Entry<'_>) -> bool {
    let text = entry.table.sheet.cells(entry.row).next().map_or("", |(_, text)| text);
    let n_words = text.split_whitespace().count();
    let is_note =
        text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '=' | '*' | '?' | '!')) || text.ends_with('.');
    let is_sum = ["total", "sum", "note", "notes", "participants", "end"].contains(&text.to_lowercase().as_str());
    (2..=5).contains(&n_words) && !is_note && !is_sum
}

/// What a status says; `None` where the word is not known.
fn status_of(word: &str) -> Option<Option<Act>> {
    let word = word.to_lowercase().replace(['-', '_'], " ");
    Some(match word.trim() {
        "registered" | "confirmed" | "pre registered" | "preregistered" => Some(Act::Registered),
        "checked in" | "check in" | "checkedin" | "badge collected" | "badged" | "arrived" => Some(Act::CheckedIn),
        "attended" | "present" | "participated" | "attending" | "in attendance" => Some(Act::Attended),
        "excused" | "apologies" | "apology" | "regrets" | "sent apologies" => Some(Act::Excused),
        "invited" => Some(Act::Invited),
        "absent" | "no show" | "cancelled" | "canceled" | "declined" | "not attended" | "did not attend"
        | "withdrawn" | "pending" | "waitlisted" => None,
        _ => return None,
    })
}

/// The way of taking part that a word names.
fn mode_of(word: &str) -> Option<Mode> {
    let word = word.to_lowercase().replace(['-', '_', '/'], " ");
    Some(match word.trim() {
        "in person" | "inperson" | "onsite" | "on site" | "face to face" | "f2f" | "physical" | "physically"
        | "in room" | "in the room" | "local" | "hackathon onsite" => Mode::InPerson,
        "remote" | "remotely" | "online" | "on line" | "virtual" | "virtually" | "e participation" | "by phone"
        | "phone" | "webex" | "zoom" | "teams" | "dial in" | "hackathon remote" => Mode::Remote,
        "hybrid" => Mode::Hybrid,
        _ => return None,
    })
}
