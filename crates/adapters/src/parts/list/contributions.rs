//! Rows of a list of contributions: `submitted` for each source, the outcome, what a document became, and `liaised` for
//! liaison statements.

use std::collections::{BTreeMap, BTreeSet};

use fact::{Act, Fact, Mention, Party, Thing, When};

mod submissions;

use super::Output;
use super::entry::{Entry, entries};
use super::table::Table;
use crate::parts::mapping::Numbering;
use crate::parts::meeting::Meeting;
use crate::parts::outcome::Outcome;
use crate::parts::remarks::{Links, document_number, links};
use crate::parts::sheet::Row;

/// Separators of documents and bodies.
const SEVERAL: &[&str] = &[",", ";"];

/// Reads the rows of a table.
pub fn read(table: &Table<'_>, output: &mut Output) {
    let mut list = List {
        table,
        meeting: meeting(table),
        output,
        seen: BTreeMap::new(),
        moved: BTreeSet::new(),
        answered: BTreeSet::new(),
    };
    let mut earlier = Vec::new();
    for entry in entries(table, &[]) {
        if let Some(item) = list.row(entry) {
            earlier.push(item);
        }
    }
    // What a document revises is stated at its own row too, where the list holds that row.
    for item in &earlier {
        list.revisions(item);
    }
    list.check();
}

/// The meeting: as labels and constants say; where the body has rules for it, as its numbers and files say.
fn meeting(table: &Table<'_>) -> Meeting {
    let mut meeting = Meeting::default();
    if table.mapping.numbering == Some(Numbering::ThreeGpp) {
        let mut documents = entries(table, &[]).filter_map(|entry| entry.get("document"));
        let number = documents.find_map(|text| document_number(&text).map(String::from));
        meeting = Meeting::find("", "", "", table.origin, number.as_deref());
    }
    let constant = |field: &str| table.constant(field).map(String::from);
    meeting.event = constant("event").or(meeting.event);
    meeting.body = constant("body").or(meeting.body);
    meeting
}

struct List<'t, 'o> {
    table: &'t Table<'t>,
    meeting: Meeting,
    output: &'o mut Output,
    /// The row in which a document stood first, and its title.
    seen: BTreeMap<String, (&'t Row, String)>,
    /// Revisions that were stated: from, to.
    moved: BTreeSet<(String, String)>,
    /// Answers that were stated at the row of the statement that they answer: from, to.
    answered: BTreeSet<(String, String)>,
}

/// One document row: what all its facts share.
struct Item<'t> {
    entry: Entry<'t>,
    document: String,
    title: String,
    kind: Option<String>,
    is_liaison: bool,
    is_incoming: bool,
}

impl Item<'_> {
    fn thing(&self, id: &str) -> Thing {
        Thing::new(if self.is_liaison { "liaison-statement" } else { "document" }, id)
    }
}

impl<'t> List<'t, '_> {
    /// Reads one row; `None` where it holds no document.
    fn row(&mut self, entry: Entry<'t>) -> Option<Item<'t>> {
        let text = |field: &str| entry.get(field).unwrap_or_default().into_owned();
        let document = text("document");
        if document.is_empty() {
            self.without_number(&entry);
            return None;
        }
        self.output.reading.n_units += 1;
        if entry.is_shifted(self.output) {
            return None;
        }
        let document = self.numbered(&entry, document)?;
        let kind = entry.get("kind").map(|kind| self.table.mapping.value("kind", &kind).unwrap_or(&kind).to_string());
        let words = kind.as_deref().unwrap_or_default().to_lowercase();
        let is_liaison =
            words == "ls" || words.starts_with("ls ") || words.starts_with("ls-") || words.contains("liaison");
        let is_incoming =
            is_liaison && words.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "in" | "incoming"));
        let item = Item { entry, document, title: text("title"), kind, is_liaison, is_incoming };
        if self.is_doubled(&item) {
            return None;
        }
        self.sources(&item);
        self.outcome(&item);
        self.relations(&item);
        Some(item)
    }

    /// Rows of the agenda and notes have no number; a row with a source has lost it.
    fn without_number(&mut self, entry: &Entry<'_>) {
        if entry.cell("source").is_some() && entry.cell("title").is_some() {
            self.output.reading.n_units += 1;
            let what = "expected the number of a document, found none";
            self.output.problem(entry.problem("number-missing", "source", what, "add the number to the list"));
        }
    }

    /// The number of the document as the body writes it. A body with rules for numbers has no others.
    fn numbered(&mut self, entry: &Entry<'_>, text: String) -> Option<String> {
        if self.table.mapping.numbering.is_none() {
            return Some(text);
        }
        let is_number = |text: &str| {
            text.split_once('-').is_some_and(|(code, rest)| {
                (2..=6).contains(&code.len())
                    && rest.len() >= 5
                    && rest.bytes().take(5).all(|byte| byte.is_ascii_digit())
            })
        };
        let number = document_number(&text).map(String::from);
        let number = number.or_else(|| text.split(' ').next().filter(|word| is_number(word)).map(String::from));
        if number.is_none() {
            let what = format!("expected a document number such as `S2-2001234`, found `{text}`");
            self.output.problem(entry.problem("number-unread", "document", what, "correct the number in the list"));
        }
        number
    }

    /// A number may stand in a row for each source, with one title. Any other repetition is a problem, and a row that
    /// stands twice is read once.
    fn is_doubled(&mut self, item: &Item<'t>) -> bool {
        let Some((first, title)) = self.seen.get(&item.document) else {
            self.seen.insert(item.document.clone(), (item.entry.row, item.title.clone()));
            return false;
        };
        let sheet = self.table.sheet;
        let is_same = sheet.cells(first).eq(sheet.cells(item.entry.row));
        let source = |row: &Row| self.table.columns("source").iter().map(|&at| sheet.text(row, at)).collect::<Vec<_>>();
        if is_same || *title != item.title || source(first) == source(item.entry.row) {
            let what = format!("expected each number once, found it in row {} before", first.number);
            let problem = item.entry.problem("number-repeated", "document", what, "remove the row that is wrong");
            self.output.problem(problem);
        }
        is_same
    }

    /// The act that the status states, or a problem where its word is not known.
    fn outcome(&mut self, item: &Item<'_>) {
        let Some(word) = item.entry.get("status") else { return };
        let (head, number) = [" to ", " into ", " in "]
            .iter()
            .find_map(|between| word.split_once(between))
            .map_or((&*word, None), |(head, number)| (head, Some(number.trim())));
        let stated = self.stated(&word).or_else(|| self.stated(head));
        let Some(stated) = stated else {
            let what = format!("expected a result such as `Approved`, found `{word}`");
            let hint = "say what it means in the mapping: `[values.status]`";
            return self.output.problem(item.entry.problem("unknown-result", "status", what, hint));
        };
        let Some((act, confidence)) = stated else { return };
        let status = Some(word.to_string());
        let fact = Fact { status, confidence, when: self.when(item), ..self.fact(act, item, "status") };
        match act {
            Act::RevisedInto => self.moved(item, &fact, "revised_to", number, "revision-target-missing"),
            Act::MergedInto => self.moved(item, &fact, "merged_into", number, "merge-target-missing"),
            Act::Answered => self.answered(item, &fact),
            _ => {
                let is_sent = matches!(act, Act::Approved | Act::Agreed) && confidence >= 1.0;
                if is_sent && item.is_liaison && !item.is_incoming {
                    self.sent(item, &fact);
                }
                self.output.fact(fact);
            }
        }
    }

    /// What a word of a status states: `None` where it is not known, `Some(None)` where it is no outcome.
    fn stated(&self, word: &str) -> Option<Option<(Act, f64)>> {
        if let Some(value) = self.table.mapping.value("status", word) {
            return Some(crate::parts::mapping::act_of(self.table.mapping.list, value).map(|act| (act, 1.0)));
        }
        match Outcome::of(word) {
            Outcome::Open => Some(None),
            Outcome::Closed(act, confidence) => Some(Some((act, confidence))),
            Outcome::Unknown => None,
        }
    }

    /// `Revised`, `Merged`: one fact for each document that it went into; none named is a problem.
    fn moved(&mut self, item: &Item<'_>, fact: &Fact, field: &str, number: Option<&str>, kind: &'static str) {
        let mut targets = item.entry.all(field, SEVERAL);
        if let Some(number) =
            number.filter(|number| targets.is_empty() && number.contains(|c: char| c.is_ascii_digit()))
        {
            targets.extend(number.split([',', ';']).map(|number| number.trim().trim_end_matches('.').to_string()));
        }
        if targets.is_empty() {
            let remarks = item.entry.get("remarks").unwrap_or_default();
            let Links { revised_to, merged_into, .. } = links(&remarks);
            let said = if field == "revised_to" { revised_to } else { merged_into };
            targets.extend(said.into_iter().map(String::from));
        }
        if targets.is_empty() {
            let word = fact.status.as_deref().unwrap_or_default().to_lowercase();
            let what = format!("expected the document that it was {word} into, found none");
            self.output.problem(item.entry.problem(kind, "status", what, "add the final list of the meeting"));
            self.output.fact(fact.clone());
        }
        for target in targets {
            self.moved.insert((item.document.clone(), target.clone()));
            self.output.fact(Fact { target: Some(item.thing(&target)), ..fact.clone() });
        }
    }

    /// `Replied to`, with the statement that does: the body answered this one.
    fn answered(&mut self, item: &Item<'_>, fact: &Fact) {
        let who = self.body(item).map(|body| body_of(&body)).unwrap_or_default();
        let (answers, target) = (item.entry.all("reply_in", SEVERAL), fact.object.clone());
        for answer in &answers {
            let object = Some(item.thing(answer));
            self.answered.insert((answer.clone(), item.document.clone()));
            self.output.fact(Fact { who: who.clone(), object, target: target.clone(), ..fact.clone() });
        }
        if answers.is_empty() {
            self.output.fact(Fact { who, object: None, target, ..fact.clone() });
        }
    }

    /// A liaison statement that was approved is sent to the bodies in its columns, or to bodies not named; it answers the
    /// statements in its column.
    fn sent(&mut self, item: &Item<'_>, outcome: &Fact) {
        let who = self.body(item).map(|body| body_of(&body)).unwrap_or_default();
        let fact = Fact { act: Act::Liaised, who, ..outcome.clone() };
        let (to, cc) = (item.entry.all("to", SEVERAL), item.entry.all("cc", SEVERAL));
        let status = |word: &str| Some(format!("{}, {word}", outcome.status.as_deref().unwrap_or_default()));
        for name in &to {
            self.output.fact(Fact { target: Some(Thing::new("body", name)), ..fact.clone() });
        }
        for name in cc.iter().filter(|name| !to.contains(name)) {
            self.output.fact(Fact { target: Some(Thing::new("body", name)), status: status("copy"), ..fact.clone() });
        }
        if to.is_empty() {
            self.output.fact(fact.clone());
        }
        let answered = item.entry.all("reply_to", SEVERAL).into_iter();
        for answered in answered.filter(|answered| !self.answered.contains(&(item.document.clone(), answered.clone())))
        {
            self.output.fact(Fact { act: Act::Answered, target: Some(item.thing(&answered)), ..fact.clone() });
        }
    }

    /// Columns that state by themselves what a document became, whatever its status.
    fn relations(&mut self, item: &Item<'_>) {
        for (act, field) in [(Act::RevisedInto, "revised_to"), (Act::MergedInto, "merged_into")] {
            for target in item.entry.all(field, SEVERAL).into_iter().filter(|target| *target != item.document) {
                if self.moved.insert((item.document.clone(), target.clone())) {
                    let fact = self.relation(act, item, field, &item.document, &target);
                    self.output.fact(fact);
                }
            }
        }
    }

    /// Documents that this one revises, where the list does not say so at their own row.
    fn revisions(&mut self, item: &Item<'_>) {
        for earlier in item.entry.all("revision_of", SEVERAL).into_iter().filter(|earlier| *earlier != item.document) {
            if self.moved.insert((earlier.clone(), item.document.clone())) {
                let fact = self.relation(Act::RevisedInto, item, "revision_of", &earlier, &item.document);
                self.output.fact(fact);
            }
        }
    }

    fn relation(&mut self, act: Act, item: &Item<'_>, field: &str, from: &str, to: &str) -> Fact {
        let column = self.table.columns(field).first().copied().unwrap_or_default();
        let heading = self.table.sheet.text(&self.table.sheet.rows[self.table.header], column);
        let (object, target) = (Some(item.thing(from)), Some(item.thing(to)));
        let status = Some(heading.replace('\n', " "));
        Fact { object, target, status, when: self.when(item), ..self.fact(act, item, field) }
    }

    /// When an outcome was so: the days of the meeting.
    fn when(&mut self, item: &Item<'_>) -> When {
        if self.table.columns("date").is_empty() {
            let when = item.entry.when("date", self.output);
            if when != When::UNKNOWN {
                return when;
            }
        }
        self.meeting.outcome(&item.document)
    }

    fn body(&self, item: &Item<'_>) -> Option<String> {
        let is_three_gpp = self.table.mapping.numbering == Some(Numbering::ThreeGpp);
        let numbered = is_three_gpp.then(|| self.meeting.body_of(&item.document)).flatten();
        item.entry.get("body").map(Into::into).or(numbered).or_else(|| self.meeting.body.clone())
    }

    fn fact(&self, act: Act, item: &Item<'_>, field: &str) -> Fact {
        let object = Some(item.thing(&item.document).titled(&item.title));
        let event = item.entry.get("event").map(Into::into).or_else(|| self.meeting.event.clone());
        Fact { object, body: self.body(item), event, ..Fact::new(act, item.entry.evidence(field)) }
    }

    /// Checks the table as a whole: in which body and at which meeting it was.
    fn check(&mut self) {
        let has = |field: &str, found: bool| found || !self.table.columns(field).is_empty();
        if self.seen.is_empty() {
            return;
        }
        let is_three_gpp = self.table.mapping.numbering == Some(Numbering::ThreeGpp);
        if !has("body", self.meeting.body.is_some() || is_three_gpp) {
            let what = "expected the name of a body in column, label or mapping, found none";
            let hint = "name it in a mapping: `[constants]`, `body = \"...\"`";
            self.tell("body-not-named", what, hint);
        }
        if !has("event", self.meeting.event.is_some()) && is_three_gpp {
            let what = "expected the name of a meeting in the name of the file, found none";
            self.tell(
                "meeting-not-named",
                what,
                "name the file after its meeting, e.g. `TDoc_List_Meeting_SA2#128Bis.xlsx`",
            );
        }
    }

    fn tell(&mut self, kind: &'static str, what: &str, hint: &str) {
        let evidence = self.table.evidence();
        self.output.problem(fact::Problem { kind, evidence, what: what.into(), hint: hint.into() });
    }
}

fn body_of(name: &str) -> Mention {
    Mention { party: Party::Body, ..Mention::organisation(name) }
}
