//! Liaison rows of 3GPP document lists, one a line with tabs: `file, tdoc, type, title, source, result`.
//!
//! A row `LS In` was sent by the body in its source. A row `LS OUT` is a draft by its sources until the group itself is
//! the source and the result is `Approved`: only then it was sent. Several lists of one meeting stand below each other.

use std::collections::BTreeSet;

use fact::{Act, Evidence, Fact, Mention, Party, Problem, Reading, Snapshot, Thing, When};

use super::{body, is_answer};
use crate::parts::lines::{Line, lines};
use crate::parts::meeting::Meeting;
use crate::parts::outcome::Outcome;
use crate::parts::remarks::document_number;
use crate::parts::sources::{Piece, split};
use crate::tdocs_by_agenda::columns::Columns;

const COLUMNS: [&str; 5] = ["tdoc", "type", "title", "source", "result"];

/// True for a heading with all columns and a liaison statement in the row below.
pub(super) fn is_list(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4_000)];
    let mut rows = lines(head);
    let (Some(heading), Some(first)) = (rows.next(), rows.next()) else { return false };
    let Some(at) = places(&heading.text) else { return false };
    first.text.split('\t').nth(at.of[1]).is_some_and(|kind| kind.to_ascii_lowercase().starts_with("ls "))
}

/// Where each column stands, and that of the file.
struct Places {
    of: [usize; 5],
    file: Option<usize>,
    n_cells: usize,
}

fn places(heading: &str) -> Option<Places> {
    let names: Vec<String> = heading.split('\t').map(|name| name.trim().to_lowercase()).collect();
    let find = |wanted: &str| names.iter().position(|name| name == wanted);
    let mut of = [0; 5];
    for (at, wanted) in COLUMNS.into_iter().enumerate() {
        of[at] = find(wanted)?;
    }
    Some(Places { of, file: find("file"), n_cells: names.len() })
}

/// One row by its columns.
struct Row<'a> {
    number: &'a str,
    kind: &'a str,
    title: &'a str,
    source: &'a str,
    result: &'a str,
    evidence: Evidence,
    meeting: Meeting,
}

pub(super) fn read(snapshot: &Snapshot<'_>) -> Reading {
    let mut reading = Reading { about: "list of 3GPP liaison statements".into(), ..Reading::default() };
    let mut all = lines(snapshot.bytes);
    let Some(places) = all.next().and_then(|heading| places(&heading.text)) else { return reading };
    let mut seen = BTreeSet::new();
    for line in all.filter(|line| !line.text.trim().is_empty()) {
        reading.n_units += 1;
        let cells: Vec<&str> = line.text.split('\t').map(str::trim).collect();
        if cells.len() != places.n_cells {
            let what = format!("expected {} cells, found {}", places.n_cells, cells.len());
            reading.problems.push(line.problem("cells-missing", what, "look for a tab that is missing or too many"));
            continue;
        }
        let first = reading.facts.len();
        row(&places, &cells, &line).state(&mut reading);
        // The lists of several days repeat a row, often with a result that was missing before: each act counts once.
        let own = reading.facts.split_off(first);
        reading.facts.extend(own.into_iter().filter(|fact| seen.insert(said(fact))));
    }
    reading
}

/// What makes an act of this list the same act.
fn said(fact: &Fact) -> String {
    let id = |thing: &Option<Thing>| thing.as_ref().map(|thing| thing.id.clone()).unwrap_or_default();
    let who = fact.who.affiliation.as_deref().or(fact.who.role.as_deref()).unwrap_or_default();
    let status = fact.status.as_deref().unwrap_or_default();
    [fact.act.slug(), &id(&fact.object), &id(&fact.target), who, status].join("\t")
}

fn row<'a>(places: &Places, cells: &[&'a str], line: &Line<'_>) -> Row<'a> {
    let [number, kind, title, source, result] = places.of.map(|at| cells[at]);
    let file = places.file.map_or("", |at| cells[at]);
    let mut meeting = Meeting::find("", "", "", file, Some(number));
    meeting.body = meeting.body_of(number);
    Row { number, kind, title, source, result, evidence: line.evidence(), meeting }
}

impl Row<'_> {
    fn state(&self, reading: &mut Reading) {
        if document_number(self.number) != Some(self.number) {
            let what = format!("expected a document number such as `S2-2001234`, found `{}`", self.number);
            reading.problems.push(self.problem("number-unread", what, "correct the number in the list"));
            return;
        }
        let is_incoming = self.kind.eq_ignore_ascii_case("ls in");
        let is_sent = !is_incoming
            && self.is_own()
            && matches!(Outcome::of(self.result), Outcome::Closed(Act::Approved | Act::Agreed, 1.0));
        self.sources(is_incoming, is_sent, reading);
        if is_sent {
            self.sent(reading);
        }
        self.outcome(reading);
    }

    /// True when the group of the list is the source.
    fn is_own(&self) -> bool {
        self.meeting.is_body(self.source) || self.meeting.is_body(self.source.trim_start_matches("3GPP "))
    }

    fn fact(&self, act: Act) -> Fact {
        let object = Some(Thing::new("liaison-statement", self.number).titled(self.title));
        let (body, event) = (self.meeting.body.clone(), self.meeting.event.clone());
        let when = self.meeting.submitted(self.number);
        Fact { object, body, event, when, ..Fact::new(act, self.evidence.clone()) }
    }

    /// `liaised` by each body that sent it; `submitted` by each source of a draft.
    fn sources(&self, is_incoming: bool, is_sent: bool, reading: &mut Reading) {
        let mut n_sources = 0;
        for piece in split(self.source) {
            let (name, confidence) = match piece {
                Piece::Source(name) => (name, 1.0),
                Piece::Tentative(name) => (name, 0.5),
                Piece::Remark(_) | Piece::Unclear("-") => continue,
                Piece::Unclear(text) => {
                    let what = format!("expected the name of a source, found `{text}`");
                    reading.problems.push(self.problem("source-unclear", what, "look the sources up in the document"));
                    continue;
                }
            };
            n_sources += 1;
            let status = Some(self.kind.into());
            let who = self.party(name, is_incoming);
            if is_incoming {
                let target = self.meeting.body.as_deref().map(|name| Thing::new("body", name));
                reading.facts.push(Fact { who: who.clone(), target, status, confidence, ..self.fact(Act::Liaised) });
                self.answers(&who, reading);
            } else if !is_sent {
                reading.facts.push(Fact { who, status, confidence, ..self.fact(Act::Submitted) });
            }
        }
        // A number that was set aside has no source: understood, and whether it was withdrawn is its outcome.
        let title = self.title.to_ascii_lowercase();
        if n_sources == 0 && !title.contains("reserved") && !title.contains("not used") {
            let what = format!("expected a source, found `{}`", self.source);
            reading.problems.push(self.problem("source-missing", what, "look the sources up in the document"));
        }
    }

    /// A body, an office such as `SA WG2 Chair`, or a company.
    fn party(&self, name: &str, is_incoming: bool) -> Mention {
        let last = name.rsplit(' ').next().unwrap_or_default();
        if ["chair", "chairman", "convenor", "secretary"].contains(&last.to_ascii_lowercase().as_str()) {
            return Mention { party: Party::Office, role: Some(name.into()), ..Mention::default() };
        }
        if is_incoming || self.meeting.is_body(name) { body(name) } else { Mention::organisation(name) }
    }

    /// A statement that was approved is sent, to the bodies that its title names or to bodies not named.
    fn sent(&self, reading: &mut Reading) {
        let who = self.meeting.body.as_deref().map(body).unwrap_or_default();
        let receivers = Columns::receivers_in(self.title);
        let none = receivers.is_empty().then_some(None);
        for target in receivers.iter().map(|name| Some(Thing::new("body", name))).chain(none) {
            reading.facts.push(Fact { who: who.clone(), target, ..self.fact(Act::Liaised) });
        }
        self.answers(&who, reading);
    }

    /// `Response to SA WG2 liaison S2-183036` names the statement that it answers; a reply to such a response names
    /// only what that one answered.
    fn answers(&self, who: &Mention, reading: &mut Reading) {
        let number = document_number(self.title).filter(|number| is_answer(self.title) && *number != self.number);
        let lower = self.title.to_lowercase();
        let n_answers: usize = ["reply", "response", "answer"].iter().map(|word| lower.matches(word).count()).sum();
        if let Some(number) = number.filter(|_| n_answers == 1) {
            let target = Some(Thing::new("liaison-statement", number));
            reading.facts.push(Fact { who: who.clone(), target, ..self.fact(Act::Answered) });
        }
    }

    /// What the result says. The list does not name what a statement was revised or merged into.
    fn outcome(&self, reading: &mut Reading) {
        let (act, confidence) = match Outcome::of(self.result) {
            Outcome::Open => return,
            Outcome::Closed(act, confidence) => (act, confidence),
            Outcome::Unknown => {
                let what = format!("expected a result such as `Approved`, found `{}`", self.result);
                reading.problems.push(self.problem("unknown-result", what, "report the word, so that it can be added"));
                return;
            }
        };
        let when: When = self.meeting.outcome(self.number);
        let mut fact = Fact { when, confidence, status: Some(self.result.into()), ..self.fact(act) };
        if act == Act::Answered {
            fact.target = fact.object.take();
            fact.who = self.meeting.body.as_deref().map(body).unwrap_or_default();
        }
        reading.facts.push(fact);
    }

    fn problem(&self, kind: &'static str, what: String, hint: &str) -> Problem {
        Problem { kind, evidence: self.evidence.clone(), what, hint: hint.into() }
    }
}
