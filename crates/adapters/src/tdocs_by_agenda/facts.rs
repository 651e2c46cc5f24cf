//! Facts of a document list: the cells of a row by their meaning come in, acts with evidence and problems go out.

use std::collections::BTreeMap;

use fact::{Act, Evidence, Fact, Mention, Party, Reading, Thing};

use super::columns::{Columns, Entry};
use super::problem;
use crate::parts::meeting::{Meeting, in_3gpp};
use crate::parts::outcome::Outcome;
use crate::parts::remarks::{Links, document_number, links};
use crate::parts::sources::{Piece, split};
use document::page::{Page, Row};

/// A list in the course of being read.
pub struct List<'a> {
    page: &'a Page,
    meeting: Meeting,
    /// What was read so far.
    pub reading: Reading,
    /// The row in which a document number stood first.
    seen: BTreeMap<String, &'a Row>,
}

/// One document row: what all its facts share.
struct Item<'a> {
    entry: &'a Entry<'a>,
    number: &'a str,
    evidence: Evidence,
}

impl<'a> List<'a> {
    /// Starts a list of `n_rows` rows. A meeting without a name is a problem, once.
    pub fn new(page: &'a Page, meeting: Meeting, n_rows: usize) -> Self {
        let event = meeting.event.clone();
        let is_3gpp = meeting.body.as_deref().is_none_or(|body| body.starts_with("3GPP"));
        let mut about = if is_3gpp { "3GPP document list".to_string() } else { "document list".to_string() };
        about.extend(event.iter().map(|event| format!(" of {event}")));
        let mut reading = Reading { about, n_units: n_rows as u64, ..Reading::default() };
        if event.is_none() {
            let place = Evidence::new(0..0, "title", &page.title);
            let what = "expected the name of a meeting in title, heading or file name, found none";
            let hint = "name the file after its meeting, e.g. `SA2-137E.htm`";
            reading.problems.push(problem("meeting-not-named", place, what, hint));
        }
        Self { page, meeting, reading, seen: BTreeMap::new() }
    }

    /// Reads one row.
    pub fn row(&mut self, row: &'a Row, entry: &Entry<'_>) {
        let Some(number) = document_number(entry.number) else {
            if !matches!(entry.number, "" | "-") || !matches!(entry.kind, "" | "-") {
                let place = self.place(row, &format!("row {}", row.number));
                let what = format!("expected a document number such as `S2-2001234`, found `{}`", entry.number);
                self.problem("number-unread", &place, what, "correct the number in the list and add it again");
            }
            return;
        };
        let evidence = self.place(row, &format!("row {}, {number}", row.number));
        let item = Item { entry, number, evidence };
        if self.is_doubled(&item, row) {
            return;
        }
        if entry.n_missing > 0 {
            let what = format!("expected {} more cells, found the end of the row", entry.n_missing);
            self.problem("cells-missing", &item.evidence, what, "add a complete copy of the list");
        }
        let links = links(entry.comment);
        self.sources(&item);
        self.outcome(&item, &links);
        self.relations(&item, &links);
    }

    /// A number that stands twice is a problem; a row that stands twice is read once.
    fn is_doubled(&mut self, item: &Item<'_>, row: &'a Row) -> bool {
        let Some(first) = self.seen.get(item.number).copied() else {
            self.seen.insert(item.number.into(), row);
            return false;
        };
        let what = format!("expected each number once, found it in row {} before", first.number);
        self.problem("number-repeated", &item.evidence, what, "remove the row that is wrong");
        self.page.cells(first).eq(self.page.cells(row))
    }

    /// Checks the list as a whole, after its last row.
    pub fn check(&mut self, columns: Option<Columns>, rows: &[(&Row, Entry<'_>)]) {
        let prose = &self.page.prose;
        let Some(columns) = columns else {
            let place = Evidence::new(0..0, "page", &self.page.title);
            let what = "expected a table with a column `TD#`, found the frame of a list without it";
            self.reading.about.push_str(", without its table");
            return self.problem("no-document-table", &place, what, "add the list itself");
        };
        if !columns.has_sources() {
            let place = Evidence::new(0..0, "header", &self.page.title);
            self.problem(
                "column-missing",
                &place,
                "expected a column `Source`, found none",
                "name the column `Source`",
            );
        }
        let is_open = prose.contains("START OF LIST") && !prose.contains("END OF LIST");
        if let Some((row, last)) = rows.last()
            && (is_open || last.n_missing > 0)
        {
            let place = self.place(row, &format!("row {}", row.number));
            let found = columns.n_cells - last.n_missing.min(columns.n_cells);
            let what = format!("expected {} cells and `END OF LIST`, found {found} cells and no more", columns.n_cells);
            self.reading.about.push_str(", cut short");
            self.problem("list-cut", &place, what, "add a complete copy of the list");
        }
        let total = prose.split_once("Total documents:").and_then(|(_, rest)| rest.split_whitespace().next());
        if let Some(total) = total.filter(|total| total.parse() != Ok(self.seen.len())) {
            let place = Evidence::new(0..0, "foot of the list", &format!("Total documents: {total}"));
            let what = format!("expected {total} documents as stated, found {}", self.seen.len());
            self.problem("total-differs", &place, what, "add a complete copy of the list");
        }
    }

    /// `submitted` by each source; for a liaison statement that came in, `liaised` by each body.
    fn sources(&mut self, item: &Item<'_>) {
        let entry = item.entry;
        let mut names = Vec::new();
        for piece in split(entry.source) {
            let (name, is_tentative) = match piece {
                Piece::Source(name) => (name, false),
                Piece::Tentative(name) => (name, true),
                Piece::Remark(remark) => {
                    self.role(item, remark);
                    continue;
                }
                Piece::Unclear("-") => continue,
                Piece::Unclear(text) => {
                    let what = format!("expected the name of a source, found `{text}`");
                    self.problem("source-unclear", &item.evidence, what, "look the sources up in the document");
                    continue;
                }
            };
            if names.contains(&name) {
                // `Acme, Acme` is one source (S2-187676).
                continue;
            }
            names.push(name);
            let mut fact = self.source(item, name);
            if is_tentative {
                fact.who.role = Some("tentative source".into());
                fact.confidence = 0.5;
            }
            self.reading.facts.push(fact);
        }
        // A number that was set aside has no source: understood, and whether it was withdrawn is its outcome.
        if names.is_empty() && entry.n_missing == 0 && !entry.is_reserved() {
            let what = format!("expected a source, found `{}`", entry.source);
            self.problem("source-missing", &item.evidence, what, "look the sources up in the document");
        }
    }

    fn source(&self, item: &Item<'_>, name: &str) -> Fact {
        let when = self.meeting.submitted(item.number);
        let status = Some(item.entry.kind).filter(|kind| !kind.is_empty()).map(String::from);
        if item.entry.is_incoming() {
            let who = body(name);
            let target = self.meeting.body_of(item.number).map(|body| Thing::new("body", &body));
            return Fact { who, target, when, status, ..self.fact(Act::Liaised, item) };
        }
        let work_item = Some(item.entry.work_item).filter(|code| !matches!(*code, "" | "-"));
        let agenda_item = Some(item.entry.agenda_item).filter(|number| !matches!(*number, "" | "-"));
        let target = work_item.map(|code| Thing::new("work-item", code));
        let target = target.or_else(|| agenda_item.map(|number| Thing::new("agenda-item", number)));
        Fact { who: self.party(name), target, when, status, ..self.fact(Act::Submitted, item) }
    }

    /// `Acme (Rapporteur)`: the office belongs to the source just read. Other remarks name no office.
    fn role(&mut self, item: &Item<'_>, remark: &str) {
        if remark.eq_ignore_ascii_case("rapporteur")
            && let Some(fact) = self.reading.facts.last_mut()
            && fact.evidence == item.evidence
            && fact.who.party == Party::Organisation
        {
            fact.who.role.get_or_insert_with(|| remark.into());
        }
    }

    fn party(&self, name: &str) -> Mention {
        const OFFICES: [&str; 8] =
            ["Chairman", "Chairwoman", "Chair", "Vice-Chair", "Convenor", "Secretary", "Rapporteur", "MCC"];
        let last = name.rsplit(' ').next().unwrap_or_default();
        if OFFICES.iter().any(|office| last.eq_ignore_ascii_case(office)) {
            return Mention { party: Party::Office, role: Some(name.into()), ..Mention::default() };
        }
        if self.meeting.is_body(name) { body(name) } else { Mention::organisation(name) }
    }

    /// The act that the result states, or a problem where its word is not known.
    fn outcome(&mut self, item: &Item<'_>, links: &Links<'_>) {
        let (act, confidence) = match Outcome::of(item.entry.result) {
            Outcome::Open => return,
            Outcome::Closed(act, confidence) => (act, confidence),
            Outcome::Unknown => {
                let what = format!("expected a result such as `Approved`, found `{}`", item.entry.result);
                return self.problem(
                    "unknown-result",
                    &item.evidence,
                    what,
                    "report the word, so that it can be added",
                );
            }
        };
        let when = self.meeting.outcome(item.number);
        let status = Some(item.entry.result.into());
        let fact = Fact { when, status, confidence, ..self.fact(act, item) };
        match act {
            Act::RevisedInto => self.moved(item, &fact, &links.revised_to, "revision-target-missing"),
            Act::MergedInto => self.moved(item, &fact, &links.merged_into, "merge-target-missing"),
            Act::Answered => self.answered(&fact, &links.final_response),
            _ => {
                let is_sent = matches!(act, Act::Approved | Act::Agreed) && confidence == 1.0;
                if is_sent && item.entry.is_liaison() && !item.entry.is_incoming() {
                    self.sent(item, &fact, &links.response_to);
                }
                self.reading.facts.push(fact);
            }
        }
    }

    /// `Revised to ...`, `Merged into ...`: one fact for each number named; none named is a problem.
    fn moved(&mut self, item: &Item<'_>, fact: &Fact, numbers: &[&str], kind: &'static str) {
        if numbers.is_empty() {
            let what = format!("expected the number that it was {} into, found none", item.entry.result.to_lowercase());
            self.problem(kind, &item.evidence, what, "add the final list of the meeting");
            self.reading.facts.push(fact.clone());
        }
        for number in numbers {
            self.reading.facts.push(Fact { target: Some(Thing::new(item.kind(), number)), ..fact.clone() });
        }
    }

    /// `Final response in ...`: the body answered this statement by those.
    fn answered(&mut self, fact: &Fact, numbers: &[&str]) {
        let who = fact.body.as_deref().map(body).unwrap_or_default();
        let target = fact.object.clone();
        let answers = numbers.iter().map(|number| Some(Thing::new("liaison-statement", number)));
        let none = numbers.is_empty().then_some(None);
        for object in answers.chain(none) {
            self.reading.facts.push(Fact { who: who.clone(), object, target: target.clone(), ..fact.clone() });
        }
    }

    /// A liaison statement that was approved is sent: to the bodies that its title names, or to bodies not named. It
    /// answers the statements that its comments name.
    fn sent(&mut self, item: &Item<'_>, outcome: &Fact, answered: &[&str]) {
        let who = outcome.body.as_deref().map(body).unwrap_or_default();
        let fact = Fact { act: Act::Liaised, who, ..outcome.clone() };
        let receivers = item.entry.receivers();
        let none = receivers.is_empty().then_some(None);
        for target in receivers.iter().map(|name| Some(Thing::new("body", name))).chain(none) {
            self.reading.facts.push(Fact { target, ..fact.clone() });
        }
        for number in answered {
            let target = Some(Thing::new(item.kind(), number));
            self.reading.facts.push(Fact { act: Act::Answered, target, ..fact.clone() });
        }
    }

    /// What the comments say of other documents: those that this one revises, merges or was at an earlier meeting.
    fn relations(&mut self, item: &Item<'_>, links: &Links<'_>) {
        let revision = links.revised_to.first().copied().unwrap_or(item.number);
        let moves = [
            (Act::RevisedInto, &links.revision_of, item.number, "Revision of"),
            (Act::MergedInto, &links.merging, item.number, "merging"),
            (Act::MergedInto, &links.revised_merging, revision, "merging"),
        ];
        for (act, numbers, target, words) in moves {
            for number in numbers.iter().filter(|number| **number != target) {
                let fact = self.relation(act, item, number, target, words);
                self.reading.facts.push(fact);
            }
        }
        if let Some((number, meeting)) = links.postponed {
            let fact = self.relation(Act::Postponed, item, number, item.number, "Postponed");
            let event = Some(meeting).filter(|meeting| !meeting.is_empty());
            let event = event.map(|meeting| in_3gpp(meeting).unwrap_or_else(|| meeting.into()));
            let when = Meeting::default().outcome(number);
            self.reading.facts.push(Fact { event, when, ..fact });
        }
    }

    fn relation(&self, act: Act, item: &Item<'_>, from: &str, to: &str, words: &str) -> Fact {
        let kind = item.kind();
        let when = self.meeting.submitted(item.number);
        let (object, target) = (Some(Thing::new(kind, from)), Some(Thing::new(kind, to)));
        Fact { object, target, when, status: Some(words.into()), ..self.fact(act, item) }
    }

    fn fact(&self, act: Act, item: &Item<'_>) -> Fact {
        let object = Some(Thing::new(item.kind(), item.number).titled(item.entry.title));
        let (body, event) = (self.meeting.body_of(item.number), self.meeting.event.clone());
        Fact { object, body, event, ..Fact::new(act, item.evidence.clone()) }
    }

    fn place(&self, row: &Row, place: &str) -> Evidence {
        let mut quote = String::with_capacity(256);
        for (at, cell) in self.page.cells(row).enumerate() {
            quote.push_str(if at > 0 { " | " } else { "" });
            quote.push_str(cell);
        }
        Evidence::new(row.bytes.clone(), place, &quote)
    }

    fn problem(&mut self, kind: &'static str, evidence: &Evidence, what: impl Into<String>, hint: &str) {
        self.reading.problems.push(problem(kind, evidence.clone(), what, hint));
    }
}

impl Item<'_> {
    fn kind(&self) -> &'static str {
        if self.entry.is_liaison() { "liaison-statement" } else { "document" }
    }
}

fn body(name: &str) -> Mention {
    Mention { party: Party::Body, affiliation: Some(name.into()), ..Mention::default() }
}
