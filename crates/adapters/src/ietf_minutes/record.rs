//! Facts from minutes and sheets: the meeting, its people, and what they came to.

use std::collections::BTreeMap;
use std::ops::Range;

use fact::{Act, Amount, Evidence, Fact, Mention, Party, Problem, Reading, Thing, When};

use super::kind::Kind;
use super::meeting::{Meeting, section_day};
use super::people::{self, Found, People};
use super::row::Row;
use super::{named, outcomes, polls, spoken};

/// Everything that facts of one file share, and what changes from section to section.
struct Record<'a, 'b> {
    rows: &'b [Row<'a>],
    meeting: Meeting,
    /// The day and the topic that each row stands under.
    sections: Vec<(When, usize)>,
}

/// Reads minutes or a sheet: a meeting that was held, and what is said of it.
pub(super) fn record(rows: &[Row<'_>], mut meeting: Meeting, kind: Kind) -> Reading {
    let found = people::read(rows, kind);
    let mut reading = Reading { problems: std::mem::take(&mut meeting.problems), ..Reading::default() };
    let sections = sections(rows, meeting.when());
    let record = Record { rows, meeting, sections };
    let held = record.held(&found, kind);
    reading.facts.push(held);
    record.missing(&mut reading);
    record.people(&found, &mut reading);
    if kind == Kind::Minutes {
        record.text(&found, &mut reading);
    }
    let n_listed = reading.facts.iter().filter(|fact| fact.act == Act::Attended).count();
    reading.about = match kind {
        Kind::Bluesheet => format!("bluesheet of {}", named(&record.meeting)),
        _ if n_listed == 0 => format!("minutes of {}, without a list of attendees", named(&record.meeting)),
        _ => format!("minutes of {}", named(&record.meeting)),
    };
    reading.n_units += 1 + found.n_units;
    reading.problems.extend(found.problems);
    record.empty(kind, n_listed, found.n_stated, &mut reading);
    reading.problems.sort_by_key(|problem| problem.evidence.start);
    reading
}

/// The day and the heading that each row stands under.
fn sections(rows: &[Row<'_>], meeting: When) -> Vec<(When, usize)> {
    let (mut when, mut topic) = (meeting, usize::MAX);
    let mut sections = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let day = section_day(row, meeting).filter(|day| day.from >= meeting.from && day.to <= meeting.to);
        match day {
            Some(day) if row.level > 0 => when = day,
            _ if row.level > 0 && !row.is_blank() => topic = at,
            _ => {}
        }
        sections.push((when, topic));
    }
    sections
}

/// What makes two entries the same: act, session, role and name.
type Key<'a> = (Act, Option<&'a str>, Option<&'a str>, String);

impl Record<'_, '_> {
    fn fact(&self, act: Act, at: usize) -> Fact {
        Fact {
            object: self.meeting.event.as_deref().map(|event| Thing::new("meeting", event)),
            body: self.meeting.body.clone(),
            event: self.meeting.event.clone(),
            when: self.sections.get(at).map_or(self.meeting.when(), |section| section.0),
            ..Fact::new(act, self.rows[at].evidence())
        }
    }

    /// A fact that several rows state together.
    fn spanning(&self, act: Act, rows: &Range<usize>) -> Fact {
        let fact = self.fact(act, rows.start);
        let last = rows.end.saturating_sub(1).max(rows.start);
        Fact { evidence: self.rows[rows.start].evidence_to(&self.rows[rows.start..=last]), ..fact }
    }

    fn of_body(&self) -> Mention {
        let affiliation = self.meeting.body.clone();
        Mention { party: Party::Body, affiliation, ..Mention::default() }
    }

    fn held(&self, found: &People, kind: Kind) -> Fact {
        let first = self.rows.iter().position(|row| !row.is_blank()).unwrap_or(0);
        if self.rows.is_empty() {
            return Fact::new(Act::HeldMeeting, Evidence::new(0..0, "line 1", ""));
        }
        let amount = found.n_stated.filter(|_| kind == Kind::Minutes);
        let amount = amount.map(|(number, _)| Amount { value: f64::from(number), unit: "attendees".into() });
        let fact = self.fact(Act::HeldMeeting, first);
        Fact { who: self.of_body(), when: self.meeting.when(), mode: self.meeting.mode, amount, ..fact }
    }

    /// Says what of the meeting itself is not known.
    fn missing(&self, reading: &mut Reading) {
        let Some(row) = self.rows.iter().find(|row| !row.is_blank()) else { return };
        let mut say = |kind, what: &str, hint: &str| reading.problems.push(row.problem(kind, what, hint));
        if self.meeting.body.is_none() {
            let hint = "add the folder above, so that its name is part of the path";
            say("body-missing", "expected the name of a group in title, links or path, found none", hint);
        }
        if self.meeting.event.is_none() {
            let hint = "name the folder after the meeting, such as `ietf118` or `interim-2023-03-15`";
            say("meeting-missing", "expected the number or the date of the meeting, found neither", hint);
        }
    }

    /// Each person once for what they did, in each session; the row that says more is kept.
    fn people(&self, found: &People, reading: &mut Reading) {
        let mut seen: BTreeMap<Key<'_>, (usize, usize)> = BTreeMap::new();
        for found in &found.found {
            let Found { act, entry, rows, session, is_parted } = found;
            let folded = entry.name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let key = (*act, session.as_deref(), entry.role.as_deref().filter(|_| *act == Act::Scribed), folded);
            if let Some(&(at, first)) = seen.get(&key) {
                if *act == Act::Attended {
                    reading.problems.push(self.doubled(rows.start, first, &entry.name));
                }
                if reading.facts[at].who.affiliation.is_none() && entry.affiliation.is_some() && *act == Act::Attended {
                    reading.facts[at] = self.person(found);
                }
                continue;
            }
            seen.insert(key, (reading.facts.len(), rows.start));
            if *is_parted {
                reading.problems.push(self.parted(found));
            }
            reading.facts.push(self.person(found));
        }
    }

    fn person(&self, found: &Found) -> Fact {
        let entry = &found.entry;
        let mut who = Mention::person(&entry.name, entry.affiliation.as_deref());
        who.role.clone_from(&entry.role);
        who.domain.clone_from(&entry.domain);
        let fact = self.spanning(found.act, &found.rows);
        let session = found.session.as_deref().map(|session| Thing::new("session", session));
        let confidence = if found.is_parted { 0.8 } else { 1.0 };
        Fact { who, mode: entry.mode, object: session.or(fact.object.clone()), confidence, ..fact }
    }

    fn parted(&self, found: &Found) -> Problem {
        let affiliation = found.entry.affiliation.as_deref().unwrap_or_default();
        self.rows[found.rows.start].problem(
            "separator-missing",
            format!("expected a comma between name and affiliation, found `{} {affiliation}`", found.entry.name),
            "write the entry as `Name, Affiliation`; until then it is parted as other entries of the list show",
        )
    }

    fn doubled(&self, row: usize, first: usize, name: &str) -> Problem {
        self.rows[row].problem(
            "doubled-row",
            format!("expected each person once, found `{name}` again after line {}", self.rows[first].number()),
            "take one of the two out; the person counts once",
        )
    }

    /// What the text says: talks, polls, decisions, tasks.
    fn text(&self, found: &People, reading: &mut Reading) {
        let before = reading.facts.len();
        let voices = spoken::Voices::read(self.rows, found.found.iter().map(|found| found.entry.name.as_str()));
        for talk in spoken::talks(self.rows, &voices) {
            let who = Mention::person(&talk.name, talk.affiliation.as_deref());
            let object = Some(Thing::new("topic", "").titled(&talk.topic));
            let confidence = if talk.is_planned { 0.8 } else { 1.0 };
            reading.facts.push(Fact { who, object, mode: talk.mode, confidence, ..self.fact(Act::Spoke, talk.row) });
        }
        for count in polls::counts(self.rows) {
            let amount = Some(Amount { value: f64::from(count.n_voices), unit: "voices".into() });
            let object = Some(Thing::new("poll", "").titled(&count.question));
            let fact = self.fact(Act::Polled, count.row);
            reading.facts.push(Fact { who: self.of_body(), object, amount, status: Some(count.choice), ..fact });
        }
        for outcome in outcomes::outcomes(self.rows) {
            let object = self.topic(outcome.rows.start);
            let fact = self.spanning(outcome.act, &outcome.rows);
            reading.facts.push(Fact { who: self.of_body(), object, status: Some(outcome.words), ..fact });
        }
        for task in outcomes::tasks(self.rows) {
            let object = Some(Thing::new("action", "").titled(&task.words));
            reading.facts.push(Fact { who: task.owner, object, ..self.spanning(Act::Assigned, &task.rows) });
        }
        reading.n_units += (reading.facts.len() - before) as u64;
    }

    fn topic(&self, at: usize) -> Option<Thing> {
        let heading = self.sections.get(at).and_then(|section| self.rows.get(section.1));
        heading.map(|heading| Thing::new("topic", "").titled(&heading.text))
    }

    /// Sets the number of entries against the one that the sheet states; a sheet without entries is a problem.
    fn empty(&self, kind: Kind, n_listed: usize, n_stated: Option<(u32, usize)>, reading: &mut Reading) {
        let n_doubled = reading.problems.iter().filter(|problem| problem.kind == "doubled-row").count();
        let first = self.rows.iter().find(|row| !row.is_blank());
        if let (Kind::Bluesheet, Some((stated, row))) = (kind, n_stated)
            && stated as usize != n_listed + n_doubled
        {
            reading.problems.push(self.rows[row].problem(
                "attendees-disagree",
                format!("expected {stated} attendees, found {}", n_listed + n_doubled),
                "look for a line that was cut or joined",
            ));
        }
        if let (Kind::Bluesheet, 0, Some(row)) = (kind, n_listed, first) {
            reading.problems.push(row.problem(
                "no-attendance",
                "expected names on this sheet, found none",
                "write one person a line, as `Name, Affiliation`",
            ));
        }
    }
}
