//! The front page of an RFC: who wrote it and for whom, when, in which category, and what it replaces and updates.
//!
//! Comes in: the text of an RFC, or its first page with the section of addresses. Goes out: the publication with the
//! body as stated (`Network Working Group`, a stream), an author or editor for each name of the right-hand column, and
//! the relations at the left. `Obsoleted by` is the same act as `Obsoletes`, told by the older document.

use fact::{Act, Adapter, Evidence, Fact, Problem, Reading, Snapshot, Thing, When};

use crate::parts::document_id::{document_id, document_ids};
use crate::parts::front_page::{Field, FrontPage, Writer};
use crate::parts::lines::lines;

/// The adapter.
pub static ADAPTER: RfcFrontPage = RfcFrontPage;

/// Reads the front page of an RFC.
pub struct RfcFrontPage;

impl Adapter for RfcFrontPage {
    fn name(&self) -> &'static str {
        "rfc_front_page"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Front pages of RFCs: authors with organisation, date, category, relations"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        number(snapshot.bytes).is_some()
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let Some(Number { id, is_issued }) = number(snapshot.bytes) else { return Reading::default() };
        if !is_issued {
            return Reading { about: format!("note that {id} was never issued"), n_units: 1, ..Reading::default() };
        }
        let page = FrontPage::read(snapshot.bytes);
        let mut reading = Reading { about: format!("front page of {id}"), n_units: 1, ..Reading::default() };
        let common = Common {
            document: Thing::new("document", &id).titled(&page.title),
            body: page.body.clone(),
            when: page.date.as_ref().map_or(When::UNKNOWN, |(when, _)| *when),
        };
        published(&page, &common, &mut reading);
        for writer in &page.writers {
            reading.n_units += 1;
            reading.facts.push(common.authored(writer));
        }
        relations(&page, &common, &mut reading);
        doubts(&page, &mut reading);
        reading
    }
}

/// What all facts of a front page share.
struct Common {
    document: Thing,
    body: Option<String>,
    when: When,
}

impl Common {
    fn fact(&self, act: Act, evidence: Evidence) -> Fact {
        Fact {
            object: Some(self.document.clone()),
            body: self.body.clone(),
            when: self.when,
            ..Fact::new(act, evidence)
        }
    }

    fn authored(&self, writer: &Writer) -> Fact {
        let act = if writer.is_editor { Act::Edited } else { Act::Authored };
        let confidence = if writer.is_completed { 0.9 } else { 1.0 };
        Fact { who: writer.who.clone(), confidence, ..self.fact(act, writer.evidence.clone()) }
    }
}

/// The number of an RFC, and whether there is such an RFC.
struct Number {
    id: String,
    is_issued: bool,
}

/// Finds the number in the first lines: `Request for Comments: 9999`, in early texts also `RFC: 9999` or `RFC # 9999`.
fn number(bytes: &[u8]) -> Option<Number> {
    let is_blank =
        |text: &str| text.trim_matches(|letter: char| letter.is_whitespace() || letter.is_control()).is_empty();
    let head = &bytes[..bytes.len().min(8_000)];
    let first = lines(head).filter(|line| !is_blank(&line.text)).take(12);
    for (nth, line) in first.enumerate() {
        let lower = line.text.to_ascii_lowercase();
        let text = lower.trim_matches(|letter: char| letter.is_control() || letter == ' ');
        if lower.len() - lower.trim_start().len() > 4 {
            continue;
        }
        if let Some(rest) = text.strip_prefix("request for comments") {
            let digits = leading_digits(rest.trim_start_matches([':', '#', ' ', '.', '\t']));
            return document_id(&format!("RFC {digits}")).map(|id| Number { id, is_issued: true });
        }
        let Some(rest) = text.strip_prefix("rfc").filter(|_| nth == 0) else { continue };
        let rest = rest.trim_start_matches([':', '#', ' ', '-']);
        let digits = leading_digits(rest);
        let Some(id) = document_id(&format!("RFC {digits}")) else { continue };
        let rest = &rest[digits.len()..];
        let is_issued = rest.trim_matches(['.', ' ']) != "was never issued";
        let is_head = rest.is_empty() || (rest.starts_with("   ") && !rest.trim().contains("  "));
        return (is_head || !is_issued).then_some(Number { id, is_issued });
    }
    None
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

fn published(page: &FrontPage, common: &Common, reading: &mut Reading) {
    let status = page.field(&["category"]).map(|field| field.value.clone());
    let evidence = page.whole.clone();
    reading.facts.push(Fact { status, ..common.fact(Act::Published, evidence) });
    for label in ["bcp", "std", "fyi"] {
        let Some(field) = page.field(&[label]) else { continue };
        let Some(id) = document_id(&format!("{label} {}", leading_digits(&field.value))) else { continue };
        let target = Some(Thing::new("document", &id));
        let status = Some("series".into());
        reading.facts.push(Fact { target, status, ..common.fact(Act::PartOf, field.evidence.clone()) });
    }
}

/// `Obsoletes` and `Updates`; `Obsoleted by` and `Updated by` name the newer document, whose day is not known here.
fn relations(page: &FrontPage, common: &Common, reading: &mut Reading) {
    for field in &page.fields {
        let (act, is_by) = match field.label.as_str() {
            "obsoleted by" => (Act::Replaced, true),
            "updated by" => (Act::Updated, true),
            label if label.starts_with("obsoletes") => (Act::Replaced, false),
            label if label.starts_with("updates") => (Act::Updated, false),
            _ => continue,
        };
        match document_ids(&field.value) {
            Ok(ids) => reading.facts.extend(ids.iter().map(|id| relation(common, act, is_by, id, field))),
            Err(word) => reading.problems.push(Problem {
                kind: "relation-unreadable",
                evidence: field.evidence.clone(),
                what: format!("expected numbers of documents, found `{word}`"),
                hint: "compare the line with the RFC index".into(),
            }),
        }
    }
}

fn relation(common: &Common, act: Act, is_by: bool, id: &str, field: &Field) -> Fact {
    let other = Thing::new("document", id);
    let fact = common.fact(act, field.evidence.clone());
    if is_by {
        let target = fact.object.clone();
        return Fact { object: Some(other), target, when: When::UNKNOWN, body: None, ..fact };
    }
    Fact { target: Some(other), ..fact }
}

/// What a front page should have had.
fn doubts(page: &FrontPage, reading: &mut Reading) {
    let mut doubt = |kind, evidence: &Evidence, what: &str, hint: &str| {
        let (evidence, what, hint) = (evidence.clone(), what.into(), hint.into());
        reading.problems.push(Problem { kind, evidence, what, hint });
    };
    for evidence in &page.unclear {
        let hint = "look whether the line is a person or an organisation";
        doubt("column-unclear", evidence, "expected a name in initials or an organisation", hint);
    }
    if page.writers.is_empty() {
        let hint = "look for the authors below the title";
        doubt("no-authors", &page.whole, "expected authors in the right-hand column, found none", hint);
    }
    if page.date.is_none() {
        let hint = "look for the date in the RFC index";
        doubt("date-missing", &page.whole, "expected a date such as `October 1996` below the authors", hint);
    }
    if page.title.is_empty() {
        doubt("title-missing", &page.whole, "expected a title below the head, found none", "look at the first page");
    }
}
