//! Bibliographic records in compact form: one JSON record a line, made of a set of Relaton's records.
//!
//! Comes in: lines with `file`, `id`, `type`, `title` by language, `published`, and where they are known `edition`,
//! `status`, `group`, `editions` (the sisters of an edition) and `complement_count` (how many supplements of its series a
//! document has). Goes out, as from the records themselves: that the document was published, withdrawn, of which work it
//! is an edition, and how many supplements belong to it. The body is the one that the identifier begins with. A sister
//! that has its own line in the file is stated there and not again; others are stated once.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use fact::{Act, Adapter, Amount, Evidence, Fact, Mention, Party, Problem, Reading, Snapshot, Thing, When};
use serde::Deserialize;

use crate::parts::identifier;
use crate::parts::lines::{Line, lines};

/// The adapter.
pub static ADAPTER: RelatonLines = RelatonLines;

/// Reads compact bibliographic records.
pub struct RelatonLines;

/// One line.
#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    _kind: Cow<'a, str>,
    #[serde(borrow, default)]
    title: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
    #[serde(borrow, default)]
    published: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    status: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    group: Vec<Cow<'a, str>>,
    #[serde(borrow, default)]
    editions: Vec<Cow<'a, str>>,
    complement_count: u64,
}

impl Adapter for RelatonLines {
    fn name(&self) -> &'static str {
        "relaton_lines"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Bibliographic records of standards, one JSON line each"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        // The head of a longer line would not parse; no record is as long as that.
        let head = &snapshot.bytes[..snapshot.bytes.len().min(1 << 16)];
        let first = head.split(|&byte| byte == b'\n').find(|line| !line.trim_ascii().is_empty());
        first.is_some_and(|line| line.starts_with(b"{") && serde_json::from_slice::<Entry<'_>>(line).is_ok())
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading::default();
        // What has a line of its own, before anything is stated.
        let mut known: HashSet<String> = lines(snapshot.bytes).filter_map(|line| id(&line.text)).collect();
        for line in lines(snapshot.bytes).filter(|line| !line.text.trim().is_empty()) {
            reading.n_units += 1;
            match parse(&line) {
                Ok(Some(entry)) => {
                    Record { entry: &entry, line: &line, nth: reading.n_units }.tell(&mut known, &mut reading);
                }
                Ok(None) => {}
                Err(error) => reading.problems.push(Problem {
                    kind: "record-unreadable",
                    evidence: evidence(&line, reading.n_units, 0..line.at.len()),
                    what: format!("expected a record in JSON, found {}", without_place(&error)),
                    hint: "make the file anew from the records it was made of".into(),
                }),
            }
        }
        reading.about = format!("{} bibliographic records, one a line", reading.n_units);
        reading
    }
}

/// What an error of the parser says, without its own place: ours is better.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(what, _)| what.into())
}

fn parse<'a>(line: &'a Line<'_>) -> Result<Option<Entry<'a>>, serde_json::Error> {
    if line.text.trim().is_empty() {
        return Ok(None);
    }
    serde_json::from_str(&line.text).map(Some)
}

/// The identifier, without reading the rest of the line.
fn id(line: &str) -> Option<String> {
    let at = memchr::memmem::find(line.as_bytes(), b"\"id\":")? + 5;
    let mut values = serde_json::Deserializer::from_str(line.get(at..)?).into_iter::<Cow<'_, str>>();
    values.next()?.ok().map(Cow::into_owned)
}

fn evidence(line: &Line<'_>, nth: u64, part: Range<usize>) -> Evidence {
    let words = line.text.get(part.clone()).unwrap_or(&line.text);
    let bytes = if matches!(line.text, Cow::Borrowed(_)) {
        line.at.start + part.start..line.at.start + part.end
    } else {
        line.at.clone()
    };
    Evidence::new(bytes, format!("record {nth}"), words)
}

/// One record with its place.
struct Record<'a> {
    entry: &'a Entry<'a>,
    line: &'a Line<'a>,
    nth: u64,
}

impl Record<'_> {
    fn tell(&self, known: &mut HashSet<String>, reading: &mut Reading) {
        let entry = self.entry;
        let when = entry.published.as_deref().and_then(When::parse);
        if let (Some(text), None) = (&entry.published, when) {
            reading.problems.push(Problem {
                kind: "date-unreadable",
                evidence: self.at("published"),
                what: format!("expected a date such as `2003-03-16`, found `{text}`"),
                hint: "look the document up where it is published".into(),
            });
        }
        self.published(when, reading);
        let work = identifier::work(&entry.id);
        if let Some(work) = &work {
            let status = Some(work.how.into());
            let target = Some(Thing::new("work", &work.id));
            reading.facts.push(Fact { target, status, ..self.fact(Act::PartOf, when, self.at("id")) });
        }
        self.sisters(known, reading);
        if entry.complement_count > 0 {
            reading.facts.push(Fact {
                object: Some(Thing::new("document", "").titled("supplements of the series")),
                target: Some(self.document()),
                amount: Some(Amount { value: entry.complement_count as f64, unit: "documents".into() }),
                status: Some("supplement".into()),
                ..self.fact(Act::PartOf, None, self.at("complement_count"))
            });
        }
    }

    fn published(&self, when: Option<When>, reading: &mut Reading) {
        let body = identifier::bodies(&self.entry.id).next();
        let who = body.map_or_else(Mention::default, |body| Mention {
            party: Party::Body,
            affiliation: Some(body.into()),
            ..Mention::default()
        });
        let status = self.entry.status.as_deref().map(String::from);
        if status.as_ref().is_some_and(|status| status.to_ascii_lowercase().starts_with("withdraw")) {
            let fact = self.fact(Act::Withdrawn, None, self.at("status"));
            reading.facts.push(Fact { who: who.clone(), status: status.clone(), ..fact });
        }
        if when.is_some() {
            reading.facts.push(Fact { who, status, ..self.fact(Act::Published, when, self.at("published")) });
        }
    }

    /// Other documents of the family that have no line and were not listed before. The family holds amendments and
    /// renumbered documents too, so each belongs to the work that its own identifier names.
    fn sisters(&self, known: &mut HashSet<String>, reading: &mut Reading) {
        let mut at = None;
        for edition in &self.entry.editions {
            let id = identifier::with_sector(edition, &self.entry.id);
            if known.contains(id.as_ref()) {
                continue;
            }
            let Some(work) = identifier::work(&id) else { continue };
            let evidence = at.get_or_insert_with(|| self.at("editions")).clone();
            reading.facts.push(Fact {
                object: Some(Thing::new("document", &id)),
                target: Some(Thing::new("work", &work.id)),
                status: Some(work.how.into()),
                ..self.fact(Act::PartOf, identifier::when(&id), evidence)
            });
            known.insert(id.into_owned());
        }
    }

    fn document(&self) -> Thing {
        let title = self.entry.title.get("en").map_or("", |title| title.trim());
        Thing::new("document", &self.entry.id).titled(title)
    }

    fn fact(&self, act: Act, when: Option<When>, evidence: Evidence) -> Fact {
        let body = self.entry.group.first().map(|group| group.trim().to_owned());
        Fact {
            object: Some(self.document()),
            body: body.or_else(|| identifier::bodies(&self.entry.id).next().map(String::from)),
            when: when.unwrap_or(When::UNKNOWN),
            ..Fact::new(act, evidence)
        }
    }

    /// The field, from its key to the one after it. Keys that are not found leave the whole line.
    fn at(&self, key: &str) -> Evidence {
        let text = &self.line.text;
        let quoted = format!("\"{key}\":");
        let Some(start) = memchr::memmem::find(text.as_bytes(), quoted.as_bytes()) else {
            return evidence(self.line, self.nth, 0..text.len());
        };
        let value = start + quoted.len();
        let mut stream = serde_json::Deserializer::from_str(&text[value..]).into_iter::<serde::de::IgnoredAny>();
        let end = stream.next().map_or(text.len(), |_| value + stream.byte_offset());
        evidence(self.line, self.nth, start..end)
    }
}
