//! Internet-Drafts as they are written and as they are posted: kramdown-rfc with YAML front matter, xml2rfc XML (also
//! that of published RFCs), and plain text.
//!
//! Comes in: one document. Goes out: an author or editor for each one named, with organisation, country and domain;
//! the draft of which this is an edition; the publication where a day or month is stated; what the document cites, with
//! `normative` or `informative` as status. What a draft would obsolete if it were approved is not an act.

use fact::{Act, Adapter, Evidence, Fact, Mention, Problem, Reading, Snapshot, Thing, When};

#[path = "internet_draft/kramdown.rs"]
mod kramdown;
#[path = "internet_draft/reference.rs"]
mod reference;
#[path = "internet_draft/text.rs"]
mod text;
#[path = "internet_draft/xml.rs"]
mod xml;

/// The adapter.
pub static ADAPTER: InternetDraft = InternetDraft;

/// Reads an Internet-Draft or its source.
pub struct InternetDraft;

impl Adapter for InternetDraft {
    fn name(&self) -> &'static str {
        "internet_draft"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Internet-Drafts: kramdown-rfc, xml2rfc XML and plain text, with authors and references"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        Form::of(snapshot.bytes).is_some()
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading::default();
        let draft = match Form::of(snapshot.bytes) {
            Some(Form::Kramdown) => kramdown::read(snapshot.bytes, &mut reading),
            Some(Form::Xml) => xml::read(snapshot.bytes, &mut reading),
            Some(Form::Text) => text::read(snapshot.bytes, &mut reading),
            None => Draft::default(),
        };
        draft.state(&mut reading);
        reading
    }
}

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Kramdown,
    Xml,
    Text,
}

impl Form {
    fn of(bytes: &[u8]) -> Option<Self> {
        if kramdown::is_kramdown(bytes) {
            Some(Self::Kramdown)
        } else if xml::is_rfc(bytes) {
            Some(Self::Xml)
        } else {
            text::is_draft(bytes).then_some(Self::Text)
        }
    }
}

/// What a document says about itself.
#[derive(Debug, Default)]
struct Draft {
    /// `draft-sample-thing-03`, `RFC 9999`; empty where it is not named.
    id: String,
    title: String,
    body: Option<String>,
    when: Option<When>,
    /// `Internet-Draft`, or the category of a published RFC.
    status: Option<String>,
    head: Evidence,
    writers: Vec<Writer>,
    cited: Vec<Cited>,
    /// What a published RFC replaced and updated.
    links: Vec<(Act, String)>,
}

#[derive(Debug)]
struct Writer {
    who: Mention,
    is_editor: bool,
    confidence: f64,
    evidence: Evidence,
}

/// A document in the list of references.
#[derive(Debug)]
struct Cited {
    target: Thing,
    /// `normative` or `informative`; `None` where the list does not say.
    kind: Option<&'static str>,
    evidence: Evidence,
}

impl Draft {
    fn state(self, reading: &mut Reading) {
        let name = if self.id.is_empty() { "a draft without name" } else { &self.id };
        reading.about = format!("Internet-Draft {name}");
        if self.id.starts_with("RFC ") {
            reading.about = format!("source of {}", self.id);
        }
        reading.n_units += 1 + (self.writers.len() + self.cited.len()) as u64;
        if reading.problems.iter().all(|problem| problem.kind != "front-matter-unreadable") {
            self.doubts(reading);
        }
        if self.when.is_some() {
            reading.facts.push(Fact { status: self.status.clone(), ..self.fact(Act::Published, self.head.clone()) });
        }
        if let Some(whole) = without_version(&self.id) {
            let target = Some(Thing::new("document", whole));
            let status = Some("edition".into());
            reading.facts.push(Fact { target, status, ..self.fact(Act::PartOf, self.head.clone()) });
        }
        for (act, id) in &self.links {
            let target = Some(Thing::new("document", id));
            reading.facts.push(Fact { target, ..self.fact(*act, self.head.clone()) });
        }
        for writer in &self.writers {
            let act = if writer.is_editor { Act::Edited } else { Act::Authored };
            let fact = self.fact(act, writer.evidence.clone());
            reading.facts.push(Fact { who: writer.who.clone(), confidence: writer.confidence, ..fact });
        }
        for cited in &self.cited {
            let fact = self.fact(Act::Cited, cited.evidence.clone());
            let (target, status) = (Some(cited.target.clone()), cited.kind.map(Into::into));
            reading.facts.push(Fact { target, status, ..fact });
        }
    }

    fn fact(&self, act: Act, evidence: Evidence) -> Fact {
        Fact {
            object: Some(Thing::new("document", &self.id).titled(&self.title)),
            body: self.body.clone(),
            when: self.when.unwrap_or(When::UNKNOWN),
            ..Fact::new(act, evidence)
        }
    }

    fn doubts(&self, reading: &mut Reading) {
        let mut doubt = |kind, what: &str, hint: &str| {
            let (evidence, what, hint) = (self.head.clone(), what.into(), hint.into());
            reading.problems.push(Problem { kind, evidence, what, hint });
        };
        if self.id.is_empty() {
            doubt("name-missing", "expected a name such as `draft-sample-thing-00`, found none", "name the draft");
        }
        if self.writers.is_empty() {
            doubt("no-authors", "expected at least one author, found none", "look at the head of the document");
        }
    }
}

/// The name of a draft without its edition: `draft-sample-thing` for `draft-sample-thing-03`; `None` without one.
fn without_version(id: &str) -> Option<&str> {
    let (name, version) = id.rsplit_once('-')?;
    let is_version = version == "latest" || version.len() == 2 && version.bytes().all(|byte| byte.is_ascii_digit());
    (is_version && name.starts_with("draft-")).then_some(name)
}
