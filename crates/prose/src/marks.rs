//! What was read, as marks on the text: one for each stretch of words with what they were read as. For pages and terminals.

use crate::answer::{Answer, Found, Span, Time, Who};

/// A stretch of a document's text and what it was read as.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The words.
    pub found: Found,
    /// What they were read as: a list of schema `sdo-gold/1` (one of [`LISTS`]).
    pub list: &'static str,
    /// Number of the entry of that list, from 0.
    pub entry: usize,
    /// What one entry is called: `person`, `organisation`.
    pub noun: &'static str,
    /// What was read beyond the words themselves; empty where there is nothing to add.
    pub said: String,
}

/// The lists of which marks are made, with the word for one entry, in the order in which they are told.
pub const LISTS: [(&str, &str); 15] = [
    ("persons", "person"),
    ("organisations", "organisation"),
    ("events", "event"),
    ("sessions", "session"),
    ("agreements", "agreement"),
    ("partnership_projects", "project"),
    ("dates", "date"),
    ("metrics", "quantity"),
    ("conclusions", "conclusion"),
    ("action_items", "action"),
    ("references", "reference"),
    ("planned_activities", "activity"),
    ("clauses", "clause"),
    ("acronyms", "acronym"),
    ("doubts", "doubt"),
];

/// Returns a mark for every stretch of words that `answer` rests on, in order of the text, longer ones first.
#[must_use]
pub fn marks(answer: &Answer) -> Vec<Mark> {
    let mut pen = Pen::default();
    persons(answer, &mut pen);
    organisations(answer, &mut pen);
    happenings(answer, &mut pen);
    agreements(answer, &mut pen);
    statements(answer, &mut pen);
    pen.marks.sort_by(|one, other| {
        let order = |mark: &Mark| (mark.found.span.start, usize::MAX - mark.found.span.end);
        order(one).cmp(&order(other)).then(rank(one.list).cmp(&rank(other.list))).then(one.entry.cmp(&other.entry))
    });
    pen.marks.dedup();
    pen.marks
}

fn rank(list: &str) -> usize {
    LISTS.iter().position(|(known, _)| *known == list).unwrap_or(LISTS.len())
}

/// Collects marks of one list after another.
#[derive(Default)]
struct Pen {
    marks: Vec<Mark>,
}

impl Pen {
    fn mark(&mut self, list: &'static str, entry: usize, found: Found, said: impl Into<String>) {
        let noun = LISTS[rank(list).min(LISTS.len() - 1)].1;
        self.put(list, entry, noun, found, said.into());
    }

    fn put(&mut self, list: &'static str, entry: usize, noun: &'static str, found: Found, said: String) {
        self.marks.push(Mark { found, list, entry, noun, said });
    }
}

fn persons(answer: &Answer, pen: &mut Pen) {
    for (n, person) in answer.persons.iter().enumerate() {
        let note = if person.is_given_name_only { "given name only" } else { "" };
        for found in &person.mentions {
            pen.mark("persons", n, *found, note);
        }
        for role in &person.roles {
            let organisation = role.organisation.map(|n| organisation(answer, n));
            let session = role.session.and_then(|n| answer.sessions.get(n)).map(|session| session.title.as_str());
            let parts = [
                Some(person.name.as_str()),
                role.status.as_deref(),
                role.title.as_deref(),
                organisation,
                role.part.as_deref(),
                role.mode.as_deref(),
                session,
                role.talk.as_deref(),
            ];
            pen.put("persons", n, "role", role.found, listed(parts));
        }
    }
}

fn organisations(answer: &Answer, pen: &mut Pen) {
    for (n, one) in answer.organisations.iter().enumerate() {
        for named in &one.mentions {
            let short = one.acronym.as_deref().unwrap_or(&one.name);
            pen.mark("organisations", n, named.found, listed([Some(short), Some(one.kind.as_str())]));
        }
    }
    for (n, one) in answer.acronyms.iter().enumerate() {
        let confidence = 1.0;
        pen.mark("acronyms", n, Found::new(one.short, "acronym", confidence), "");
        pen.mark("acronyms", n, Found::new(one.long, "acronym", confidence), "written out");
    }
}

fn happenings(answer: &Answer, pen: &mut Pen) {
    for (n, one) in answer.events.iter().enumerate() {
        let parts = [
            Some(one.name.as_str()),
            one.date.as_deref(),
            one.place.as_deref(),
            one.mode.as_deref(),
            one.status.as_deref(),
        ];
        for found in &one.evidence {
            pen.mark("events", n, *found, listed(parts));
        }
    }
    for (n, one) in answer.sessions.iter().enumerate() {
        let moderator = one.moderator.and_then(|n| answer.persons.get(n)).map(|person| person.name.as_str());
        pen.mark("sessions", n, one.found, listed([one.time.as_deref(), moderator]));
    }
}

fn agreements(answer: &Answer, pen: &mut Pen) {
    for (n, one) in answer.agreements.iter().enumerate() {
        let parties: Vec<&str> = one.parties.iter().map(|n| organisation(answer, *n)).collect();
        let said = listed([Some(one.instrument.as_str()), Some(&parties.join(" + ")), one.signed.as_deref()]);
        for found in one.evidence.iter().chain(&one.aim) {
            pen.mark("agreements", n, *found, said.clone());
        }
        for approval in &one.approvals {
            let of = approval.organisation.map(|n| organisation(answer, n));
            let said = listed([Some(approval.organ.as_str()), of, approval.when.as_deref()]);
            pen.put("agreements", n, "approval", approval.found, said);
        }
        for area in &one.areas {
            pen.put("agreements", n, "area", area.found, String::new());
        }
    }
    for (n, one) in answer.projects.iter().enumerate() {
        let partners: Vec<&str> = one.partners.iter().map(|n| organisation(answer, *n)).collect();
        let said = listed([Some(one.name.as_str()), Some(&partners.join(" + ")), one.since.as_deref()]);
        pen.mark("partnership_projects", n, one.found, said);
    }
    for (n, one) in answer.activities.iter().enumerate() {
        pen.mark("planned_activities", n, one.found, one.kind.clone());
    }
}

fn statements(answer: &Answer, pen: &mut Pen) {
    for (n, one) in answer.dates.iter().enumerate() {
        let said = match &one.time {
            Time::Date(text) | Time::Clock(text) => text.as_str(),
            Time::Relative => "relative",
        };
        pen.mark("dates", n, one.found, said);
    }
    for (n, one) in answer.metrics.iter().enumerate() {
        let number = format!("{} {} {}", one.operator, one.value, one.unit);
        pen.mark(
            "metrics",
            n,
            one.found,
            listed([Some(number.trim()), Some(one.subject.as_str()), one.as_of.as_deref()]),
        );
    }
    for (n, one) in answer.conclusions.iter().enumerate() {
        let by = parties(answer, &one.by);
        pen.mark("conclusions", n, one.found, listed([Some(one.kind), Some(&by), one.date.as_deref()]));
    }
    for (n, one) in answer.actions.iter().enumerate() {
        let owners = parties(answer, &one.owners);
        pen.mark("action_items", n, one.found, listed([Some(owners.as_str()), one.due.as_deref()]));
    }
    for (n, found) in answer.references.iter().enumerate() {
        pen.mark("references", n, *found, "");
    }
    for (n, one) in answer.clauses.iter().enumerate() {
        pen.mark("clauses", n, one.found, listed([Some(one.section.as_str()), Some(one.label.as_str())]));
    }
    for (n, one) in answer.doubts.iter().enumerate() {
        pen.mark("doubts", n, one.found, listed([Some(one.kind), Some(one.what.as_str()), Some(one.hint.as_str())]));
    }
}

fn organisation(answer: &Answer, n: usize) -> &str {
    answer.organisations.get(n).map_or("", |one| one.acronym.as_deref().unwrap_or(&one.name))
}

/// Parties by name; those that are only described are left to the words.
fn parties(answer: &Answer, parties: &[Who]) -> String {
    let name = |who: &Who| match who {
        Who::Person(n) => answer.persons.get(*n).map(|person| person.name.as_str()),
        Who::Organisation(n) => Some(organisation(answer, *n)),
        Who::Words(Span { .. }) => None,
    };
    parties.iter().filter_map(name).collect::<Vec<_>>().join(" + ")
}

/// Parts that say something, with commas.
fn listed<'a>(parts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Organisation, Person, Role};

    #[test]
    fn marks_stand_in_the_order_of_the_text_longer_ones_first() {
        let found = |start, end| Found::new(Span::new(start, end), "rule", 0.9);
        let role = Role {
            title: Some("Chair".into()),
            organisation: Some(0),
            part: None,
            session: None,
            status: Some("former".into()),
            mode: None,
            talk: None,
            found: found(0, 30),
        };
        let ada = Person { name: "Ada".into(), mentions: vec![found(0, 3)], roles: vec![role], ..Person::default() };
        let acme = Organisation { name: "Acme".into(), kind: "company".into(), ..Organisation::default() };
        let answer = Answer { persons: vec![ada], organisations: vec![acme], ..Answer::default() };
        let marks = marks(&answer);
        let shown: Vec<(&str, &str)> = marks.iter().map(|mark| (mark.noun, mark.said.as_str())).collect();
        assert_eq!(shown, [("role", "Ada, former, Chair, Acme"), ("person", "")]);
    }
}
