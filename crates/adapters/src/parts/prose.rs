//! Documents of prose: which of the adapters of prose reads one, and what an answer on it becomes as facts.
//!
//! An answer keeps every name as it was written, and each fact stands on the words that say it. What is less sure than the
//! accept threshold is a candidate that waits for review; what could not be decided is a problem.

use std::collections::BTreeSet;

use document::Document;
use fact::{Act, Fact, Mention, Party, Problem, Reading, Snapshot, Thing, When};
use prose::{Agreement, Answer, Found, Role, Span, Who};

mod agreements;
mod statements;

/// Most bytes of a document of prose: a report of a thousand pages has fewer.
const LARGEST: usize = 64 << 20;
/// Bytes of a text that are looked at for the words of a kind.
const HEAD: usize = 48 << 10;

/// Kinds of documents of prose, one for each adapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// What happened at an event.
    Report,
    /// What is planned for an event.
    Programme,
    /// What organisations agreed.
    Agreement,
    /// What a body resolves.
    Resolution,
}

/// True when these bytes are a document of prose of this kind.
pub fn is(snapshot: &Snapshot<'_>, sort: Sort) -> bool {
    may_be(snapshot, sort) && answer(snapshot).is_some_and(|(_, answer)| sort_of(&answer.kind) == Some(sort))
}

/// The facts of a document of prose.
pub fn read(snapshot: &Snapshot<'_>) -> Reading {
    let Some((document, answer)) = answer(snapshot) else {
        return Reading { about: "no document".into(), ..Reading::default() };
    };
    let mut pen = Pen::of(&document, &answer);
    pen.events();
    pen.persons();
    agreements::read(&mut pen);
    statements::read(&mut pen);
    pen.doubts();
    let mut reading = pen.reading;
    reading.problems.extend(document.problems.iter().cloned());
    reading.about = about(&answer);
    reading.n_units = (reading.facts.len() + reading.problems.len()) as u64;
    reading
}

/// `workshop report: ITU-T Industry Engagement Workshop`.
fn about(answer: &Answer) -> String {
    match answer.events.first() {
        Some(event) => format!("{}: {}", answer.kind, event.name),
        None => answer.kind.clone(),
    }
}

/// A cheap look before the document is read: its name and its first bytes.
fn may_be(snapshot: &Snapshot<'_>, sort: Sort) -> bool {
    if snapshot.bytes.len() > LARGEST {
        return false;
    }
    let name = snapshot.origin.to_lowercase();
    let is_packed = [".docx", ".doc", ".pdf", ".pptx"].iter().any(|end| name.ends_with(end));
    let is_text = [".txt", ".md", ".html", ".htm"].iter().any(|end| name.ends_with(end));
    if is_packed || !is_text {
        return is_packed;
    }
    let head = snapshot.bytes.get(..snapshot.bytes.len().min(HEAD)).unwrap_or_default();
    let small = String::from_utf8_lossy(head).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| small.contains(word));
    match sort {
        Sort::Agreement => has(&["memorandum", "agreement", "letter of intent", " mou"]),
        Sort::Resolution => has(&["resolves", "resolution"]) && has(&["considering", "recogni", "noting", "recalling"]),
        Sort::Programme => {
            has(&["agenda", "programme", "program", "session"]) && has(&["speaker", "moderator", "session", "chair"])
        }
        Sort::Report => {
            has(&["report", "workshop", "seminar"]) && has(&["session", "participants", "moderated", "presented"])
        }
    }
}

fn answer(snapshot: &Snapshot<'_>) -> Option<(Document, Answer)> {
    let document = document::read(snapshot)?;
    let answer = prose::read(&document);
    Some((document, answer))
}

/// The kind that reads a document which is called so ([`Answer::kind`]).
fn sort_of(kind: &str) -> Option<Sort> {
    if kind.contains("resolution") {
        Some(Sort::Resolution)
    } else if kind.starts_with("news: mou") || kind.starts_with("news: agreement") {
        Some(Sort::Agreement)
    } else if kind.ends_with("report") {
        Some(Sort::Report)
    } else if kind == "event programme" {
        Some(Sort::Programme)
    } else {
        None
    }
}

/// Writes facts of one answer.
pub(super) struct Pen<'a> {
    document: &'a Document,
    answer: &'a Answer,
    event: Option<String>,
    when: When,
    reading: Reading,
}

impl<'a> Pen<'a> {
    fn of(document: &'a Document, answer: &'a Answer) -> Self {
        // A resolution takes place at no event, though it names some.
        let main = answer.events.first().filter(|_| sort_of(&answer.kind) != Some(Sort::Resolution));
        let when = main.and_then(|event| event.date.as_deref()).map_or(When::UNKNOWN, when);
        Self { document, answer, event: main.map(|event| event.name.clone()), when, reading: Reading::default() }
    }

    /// A fact that stands on `found`, at the event of the document.
    fn fact(&self, act: Act, found: &Found) -> Fact {
        let mut fact = Fact::new(act, self.document.evidence(&found.span.range()));
        (fact.event, fact.when, fact.confidence) = (self.event.clone(), self.when, found.confidence);
        fact.rule = Some(found.rule.into());
        fact
    }

    fn push(&mut self, fact: Fact) {
        self.reading.facts.push(fact);
    }

    /// The words of `span`, white space folded.
    fn words(&self, span: Span) -> String {
        self.document.slice(&span.range()).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A party as the document writes it where `near` stands, else as it is called first.
    fn party(&self, who: &Who, near: Span) -> Mention {
        match who {
            Who::Person(n) => {
                let person = self.answer.persons.get(*n);
                let role = person.and_then(|person| person.roles.first());
                let affiliation = role.and_then(|role| role.organisation).map(|n| self.organisation(n, near));
                Mention::person(person.map_or("", |person| person.name.as_str()), affiliation.as_deref())
            }
            Who::Organisation(n) => self.body(*n, near),
            Who::Words(span) => {
                Mention { party: Party::Unknown, affiliation: Some(self.words(*span)), ..Mention::default() }
            }
        }
    }

    /// An organisation as a party.
    fn body(&self, n: usize, near: Span) -> Mention {
        let kind = self.answer.organisations.get(n).map_or("", |one| one.kind.as_str());
        let is_body = kind.starts_with("SDO") || kind.starts_with("UN") || kind.starts_with("association");
        let party = if is_body { Party::Body } else { Party::Organisation };
        Mention { party, affiliation: Some(self.organisation(n, near)), ..Mention::default() }
    }

    /// The name of an organisation as written inside `near`, else as written first.
    fn organisation(&self, n: usize, near: Span) -> String {
        let Some(one) = self.answer.organisations.get(n) else { return String::new() };
        let inside = one.mentions.iter().find(|named| near.holds(named.found.span));
        inside.or(one.mentions.first()).map_or_else(|| one.name.clone(), |named| self.words(named.found.span))
    }

    /// The event of the document, who organised it, and others that it dates.
    fn events(&mut self) {
        let answer = self.answer;
        for (n, event) in answer.events.iter().enumerate() {
            let is_main = n == 0 && self.event.is_some();
            let Some(found) = event.evidence.first() else { continue };
            if !is_main && (event.date.is_none() || event.status.is_some()) {
                continue;
            }
            let mut held = self.fact(Act::HeldMeeting, found);
            held.event = Some(event.name.clone());
            held.when = event.date.as_deref().map_or(When::UNKNOWN, when);
            held.object = Some(Thing::new("event", "").titled(&event.name));
            let planned = (is_main && self.is_planned()).then(|| "planned".to_string());
            let place = || event.place.as_ref().map(|place| format!("in {place}"));
            held.status = planned.or_else(|| event.status.clone()).or_else(place);
            held.mode = event.mode.as_deref().and_then(mode);
            if let Some(first) = event.organisers.first() {
                held.who = self.party(first, found.span);
            }
            self.push(held);
            for who in &event.organisers {
                let mut organised = self.fact(Act::Organised, found);
                organised.who = self.party(who, found.span);
                organised.object = Some(Thing::new("event", "").titled(&event.name));
                self.push(organised);
            }
        }
    }

    fn persons(&mut self) {
        let answer = self.answer;
        for person in &answer.persons {
            let mut seen = BTreeSet::new();
            for role in &person.roles {
                let act = act_of(role).filter(|act| role.session.is_some() || !is_told_again(&person.roles, *act));
                if let Some(act) = act.filter(|act| seen.insert((act.slug(), role.session))) {
                    let fact = self.part(act, &person.name, role);
                    self.push(fact);
                }
                if let Some(fact) = self.office(&person.name, role).filter(|_| seen.insert((office_key(role), None))) {
                    self.push(fact);
                }
            }
        }
    }

    /// What a person did at the event.
    fn part(&self, act: Act, name: &str, role: &Role) -> Fact {
        let first =
            || self.answer.persons.iter().find(|one| one.name == name)?.roles.iter().find_map(|one| one.organisation);
        let affiliation = role.organisation.or_else(first).map(|n| self.organisation(n, role.found.span));
        let mut fact = self.fact(act, &role.found);
        // A former office is named with its word, for the person acted in no such role.
        let title = match (&role.title, role.status.as_deref()) {
            (Some(title), Some("former")) => Some(format!("former {title}")),
            (title, _) => title.clone(),
        };
        fact.who = Mention { role: title, ..Mention::person(name, affiliation.as_deref()) };
        let session = role.session.and_then(|n| self.answer.sessions.get(n));
        fact.object = match (&role.talk, session) {
            (Some(talk), _) => Some(Thing::new("talk", "").titled(talk)),
            (None, Some(session)) => Some(Thing::new("session", "").titled(&session.title)),
            (None, None) => None,
        };
        let is_planned = self.is_planned();
        let part = role.part.clone().filter(|part| !matches!(part.as_str(), "speaker" | "moderator" | "attendee"));
        fact.status = if is_planned { Some("planned".into()) } else { part };
        fact.mode = role.mode.as_deref().and_then(mode);
        fact
    }

    /// True for a programme: it says what is to happen, not what did.
    fn is_planned(&self) -> bool {
        let status = self.answer.events.first().and_then(|event| event.status.as_deref());
        sort_of(&self.answer.kind) == Some(Sort::Programme)
            || status.is_some_and(|status| status.starts_with("planned"))
    }

    /// An office in a body: held on the day of the event, or left.
    fn office(&self, name: &str, role: &Role) -> Option<Fact> {
        let (title, n) = (role.title.as_ref()?, role.organisation?);
        let kind = self.answer.organisations.get(n)?.kind.as_str();
        let is_body = kind.starts_with("SDO") || kind.starts_with("UN") || kind.starts_with("association");
        let is_former = role.status.as_deref() == Some("former");
        if !is_body {
            return None;
        }
        let mut fact = self.fact(if is_former { Act::Left } else { Act::Held }, &role.found);
        let body = self.organisation(n, role.found.span);
        fact.who = Mention { role: Some(title.clone()), ..Mention::person(name, Some(&body)) };
        fact.object = Some(Thing::new("office", "").titled(title));
        fact.status = role.status.clone();
        if is_former {
            fact.when = When::UNKNOWN;
        }
        fact.body = Some(body);
        Some(fact)
    }

    fn doubts(&mut self) {
        for doubt in &self.answer.doubts {
            self.reading.problems.push(Problem {
                kind: doubt.kind,
                evidence: self.document.evidence(&doubt.found.span.range()),
                what: doubt.what.clone(),
                hint: doubt.hint.clone(),
            });
        }
    }
}

/// Reads `2024-06-17` and `2024-06-17/2024-06-19`.
fn when(date: &str) -> When {
    let mut ends = date.split('/');
    match (ends.next().and_then(When::parse), ends.next().and_then(When::parse)) {
        (Some(one), Some(other)) => match (one.from, other.to) {
            (Some(from), Some(to)) => When::days(from, to),
            _ => one,
        },
        (Some(one), None) => one,
        _ => When::UNKNOWN,
    }
}

/// True when another statement on the same act names the session: then one without it says nothing new.
fn is_told_again(roles: &[Role], act: Act) -> bool {
    roles.iter().any(|role| role.session.is_some() && act_of(role) == Some(act))
}

/// The act of a part in the event.
fn act_of(role: &Role) -> Option<Act> {
    Some(match role.part.as_deref()? {
        "attendee" => Act::Attended,
        "absent" => Act::Excused,
        "moderator" => Act::Moderated,
        "chair" => Act::Chaired,
        "floor" => Act::Commented,
        "editor" if role.found.rule == "remark-by" => Act::Commented,
        "editor" => Act::Edited,
        "signatory" => Act::Signed,
        "speaker" | "keynote" | "panellist" => Act::Spoke,
        _ => return None,
    })
}

fn office_key(role: &Role) -> &str {
    role.title.as_deref().unwrap_or_default()
}

fn mode(words: &str) -> Option<fact::Mode> {
    let small = words.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|word| small.contains(word));
    if has(&["hybrid"]) {
        Some(fact::Mode::Hybrid)
    } else if has(&["record", "received", "message"]) {
        Some(fact::Mode::Recorded)
    } else if has(&["remote", "online", "virtual", "video", "zoom", "webex"]) {
        Some(fact::Mode::Remote)
    } else if has(&["person", "physical"]) {
        Some(fact::Mode::InPerson)
    } else {
        None
    }
}
