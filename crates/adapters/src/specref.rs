//! Bibliographies of standards in the JSON of Specref: a map from names of references to what they refer to.
//!
//! Comes in: `{"CSP3": {"title": ..., "publisher": ..., "date": "15 March 2005", "authors": [...], "obsoletedBy": [...]}}`.
//! Goes out: that a document was published (where a publisher or a date is given) or retired, by whom it was written, what
//! replaced or updated it, and of which work a version is an edition. A name that only stands for another one (`aliasOf`)
//! is no act. An author is a person unless the words say that it is a group; affiliations are not given and not guessed.

#[path = "specref/entry.rs"]
mod entry;
#[path = "specref/meaning.rs"]
mod meaning;

use fact::{Act, Adapter, Evidence, Fact, Mention, Party, Problem, Reading, Snapshot, Thing, When};
use serde_json::value::RawValue;

use crate::parts::words::tidy;
use entry::{Entries, Entry, first_entry, said, text};
use meaning::{author_of, date, is_body};

/// The adapter.
pub static ADAPTER: Specref = Specref;

/// Reads bibliographies.
pub struct Specref;

impl Adapter for Specref {
    fn name(&self) -> &'static str {
        "specref"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Bibliographies of standards in Specref's JSON"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        first_entry(snapshot.bytes).is_some_and(|Entries(fields)| {
            let names = || fields.iter().map(|(name, _)| name.as_ref());
            names().all(|name| entry::FIELDS.contains(&name)) && names().any(|name| matches!(name, "href" | "aliasOf"))
        })
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut teller = Teller { bytes: snapshot.bytes, reading: Reading::default() };
        match serde_json::from_slice(text(snapshot.bytes)) {
            Ok(Entries(entries)) => {
                for (name, value) in &entries {
                    teller.entry(name, value, None);
                }
                teller.reading.about = format!("bibliography of {} names of references", entries.len());
            }
            Err(error) => {
                teller.reading.about = "bibliography".into();
                let lines = snapshot.bytes.split_inclusive(|&byte| byte == b'\n').take(error.line().saturating_sub(1));
                let start = lines.map(<[u8]>::len).sum::<usize>();
                let at = (start + error.column()).min(snapshot.bytes.len());
                teller.reading.problems.push(Problem {
                    kind: "json-unreadable",
                    evidence: Evidence::new(at..at, format!("line {}", error.line()), ""),
                    what: format!("expected a map of references in JSON, found {error}"),
                    hint: "correct the JSON at this place".into(),
                });
            }
        }
        teller.reading
    }
}

/// What is stated so far.
struct Teller<'a> {
    bytes: &'a [u8],
    reading: Reading,
}

impl Teller<'_> {
    /// An entry, or a version of the entry `of`.
    fn entry(&mut self, name: &str, value: &RawValue, of: Option<&str>) {
        self.reading.n_units += 1;
        // A list would be taken for the fields in order.
        let parsed = if value.get().starts_with('{') { value.get() } else { "\"\"" };
        let entry: Entry<'_> = match serde_json::from_str(parsed) {
            Ok(entry) => entry,
            Err(error) => {
                let what = match value.get().starts_with('{') {
                    true => format!("expected an entry of a bibliography, found {error}"),
                    false => "expected an object as entry of a bibliography, found another value".into(),
                };
                self.problem("entry-unreadable", name, value, what);
                return;
            }
        };
        if let Some(work) = of {
            let edition = entry.alias_of.as_deref().unwrap_or(name);
            let mut fact = self.fact(Act::PartOf, edition, &entry, name, value);
            (fact.target, fact.status) = (Some(Thing::new("work", work)), Some("edition".into()));
            self.reading.facts.push(fact);
        }
        if entry.alias_of.is_some() {
            return;
        }
        let when = self.when(name, &entry);
        self.published(name, &entry, when, value);
        for author in &entry.authors {
            if let Some(who) = said(author).as_deref().map(author_of) {
                let fact = self.fact(Act::Authored, name, &entry, name, author);
                self.reading.facts.push(Fact { who, when, ..fact });
            }
        }
        self.relations(name, &entry, when);
        for (version, value) in entry.versions.iter().flat_map(|Entries(versions)| versions) {
            if of.is_none() {
                self.entry(&format!("{name}-{version}"), value, Some(name));
            }
        }
    }

    fn published(&mut self, name: &str, entry: &Entry<'_>, when: When, value: &RawValue) {
        let who = entry.publisher.as_deref().map_or_else(Mention::default, |publisher| {
            let party = if is_body(publisher) { Party::Body } else { Party::Organisation };
            Mention { party, ..Mention::organisation(&tidy(publisher)) }
        });
        if entry.is_retired == Some(true) {
            let fact = self.fact(Act::Withdrawn, name, entry, name, value);
            self.reading.facts.push(Fact { who: who.clone(), status: Some("retired".into()), ..fact });
        }
        if entry.publisher.is_some() || when != When::UNKNOWN {
            let at = entry.raw_date.or(entry.date).unwrap_or(value);
            let status = entry.status.as_deref().map(tidy);
            let fact = self.fact(Act::Published, name, entry, name, at);
            self.reading.facts.push(Fact { who, when, status, ..fact });
        }
    }

    fn relations(&mut self, name: &str, entry: &Entry<'_>, when: When) {
        let kinds = [
            (Act::Replaced, &entry.obsoletes, false),
            (Act::Replaced, &entry.obsoleted_by, true),
            (Act::Updated, &entry.updates, false),
            (Act::Updated, &entry.updated_by, true),
        ];
        for (act, others, is_inverse) in kinds {
            for (at, other) in others.iter().filter_map(|other| Some((other, said(other)?))) {
                let mut fact = self.fact(act, name, entry, name, at);
                let other = Some(Thing::new("document", &other));
                (fact.object, fact.target) = if is_inverse { (other, fact.object) } else { (fact.object, other) };
                fact.when = if is_inverse { When::UNKNOWN } else { when };
                self.reading.facts.push(fact);
            }
        }
    }

    fn when(&mut self, name: &str, entry: &Entry<'_>) -> When {
        let Some((at, text)) = entry.raw_date.or(entry.date).and_then(|at| Some((at, said(at)?))) else {
            return When::UNKNOWN;
        };
        date(&text).unwrap_or_else(|| {
            let what = format!("expected a date such as `15 March 2005`, found `{text}`");
            self.problem("date-unreadable", name, at, what);
            When::UNKNOWN
        })
    }

    fn fact(&self, act: Act, id: &str, entry: &Entry<'_>, name: &str, at: &RawValue) -> Fact {
        let title = entry.title.as_deref().map(tidy).unwrap_or_default();
        Fact {
            object: Some(Thing::new("document", id).titled(&title)),
            body: entry.publisher.as_deref().filter(|publisher| is_body(publisher)).map(tidy),
            ..Fact::new(act, self.evidence(name, at))
        }
    }

    fn evidence(&self, name: &str, at: &RawValue) -> Evidence {
        // The text of a raw value is a part of the bytes that were parsed.
        let start = (at.get().as_ptr() as usize).saturating_sub(self.bytes.as_ptr() as usize).min(self.bytes.len());
        let end = (start + at.get().len()).min(self.bytes.len());
        Evidence::new(start..end, format!("entry {name}"), at.get())
    }

    fn problem(&mut self, kind: &'static str, name: &str, at: &RawValue, what: String) {
        let evidence = self.evidence(name, at);
        let hint = "correct the entry, or look the document up where it is published";
        self.reading.problems.push(Problem { kind, evidence, what, hint: hint.into() });
    }
}
