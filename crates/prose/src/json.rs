//! An answer in the schema of the answer keys, `sdo-gold/1`, so that anyone can score it.
//!
//! Every quote carries its offsets in characters (`start`, `end`) and in UTF-8 bytes (`bstart`, `bend`) of the document's
//! text. Beyond the keys, each item names its `rule` and `confidence`.

use std::collections::BTreeMap;

use document::Document;
use serde_json::{Map, Value, json};

use crate::answer::{Agreement, Answer, Event, Found, Named, Organisation, Person, Role, Span, Time, Who};

/// Returns `answer` on `document` as an object of schema `sdo-gold/1`; `name` and `sha256` are those of the file.
#[must_use]
pub fn gold(answer: &Answer, document: &Document, name: &str, sha256: &str) -> Value {
    let writer = Writer { document, marks: Marks::of(&document.text), ids: Ids::of(answer) };
    let mut object = json!({
        "schema": "sdo-gold/1",
        "doc": name,
        "sha256": sha256,
        "offsets": "start/end: characters (Unicode scalar values) of the text; bstart/bend: its UTF-8 bytes",
        "doc_kind": answer.kind,
    });
    for (key, items) in writer.items(answer) {
        object[key] = Value::Array(items);
    }
    object
}

/// How many characters stand before each 64th byte: offsets in characters without counting from the start each time.
struct Marks<'a> {
    text: &'a str,
    before: Vec<usize>,
}

impl<'a> Marks<'a> {
    const STEP: usize = 64;

    fn of(text: &'a str) -> Self {
        let mut n_chars = 0;
        let mut before = Vec::with_capacity(text.len() / Self::STEP + 1);
        for (at, byte) in text.bytes().enumerate() {
            if at % Self::STEP == 0 {
                before.push(n_chars);
            }
            n_chars += usize::from(byte & 0xc0 != 0x80);
        }
        before.push(n_chars);
        Self { text, before }
    }

    /// Characters that begin before byte `at`.
    fn chars(&self, at: usize) -> usize {
        let mark = at / Self::STEP;
        let Some(before) = self.before.get(mark) else { return self.text.chars().count() };
        let tail = self.text.as_bytes().get(mark * Self::STEP..at).unwrap_or_default();
        before + tail.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
    }
}

/// Identifiers of persons and organisations: readable, unique within the document.
struct Ids {
    persons: Vec<String>,
    organisations: Vec<String>,
}

impl Ids {
    fn of(answer: &Answer) -> Self {
        let persons = answer.persons.iter().map(|person| person.name.as_str());
        let organisations = answer.organisations.iter().map(|one| one.acronym.as_deref().unwrap_or(&one.name));
        Self { persons: unique("p", persons), organisations: unique("o", organisations) }
    }
}

fn unique<'a>(prefix: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    names
        .map(|name| {
            let slug: Vec<String> = name
                .split(|c: char| !c.is_alphanumeric())
                .filter(|part| !part.is_empty())
                .map(str::to_lowercase)
                .collect();
            let slug = format!("{prefix}:{}", slug.join("-"));
            let n_before = seen.entry(slug.clone()).or_insert(0);
            *n_before += 1;
            if *n_before == 1 { slug } else { format!("{slug}-{n_before}") }
        })
        .collect()
}

struct Writer<'a> {
    document: &'a Document,
    marks: Marks<'a>,
    ids: Ids,
}

impl Writer<'_> {
    fn items(&self, answer: &Answer) -> Vec<(&'static str, Vec<Value>)> {
        let sessions = answer.sessions.iter().enumerate();
        let agreements = answer.agreements.iter().enumerate();
        vec![
            ("events", answer.events.iter().enumerate().map(|(n, event)| self.event(n, event)).collect()),
            (
                "sessions",
                sessions
                    .map(|(n, one)| {
                        json!({
                            "id": session_id(n),
                            "event": "e1",
                            "title": one.title,
                            "moderator": one.moderator.and_then(|n| self.ids.persons.get(n)),
                            "time": one.time,
                            "planned_minutes": one.planned_minutes,
                            "planned_speakers": one.planned_speakers,
                            "evidence": self.found(&one.found),
                        })
                    })
                    .collect(),
            ),
            ("persons", answer.persons.iter().enumerate().map(|(n, person)| self.person(n, person)).collect()),
            (
                "organisations",
                answer.organisations.iter().enumerate().map(|(n, one)| self.organisation(n, one)).collect(),
            ),
            ("agreements", agreements.map(|(n, one)| self.agreement(n, one)).collect()),
            ("partnership_projects", self.projects(answer)),
            ("dates", self.dates(answer)),
            ("metrics", self.metrics(answer)),
            ("conclusions", self.conclusions(answer)),
            ("action_items", self.actions(answer)),
            ("references", answer.references.iter().map(|found| self.reference(found)).collect()),
            ("planned_activities", self.activities(answer)),
            ("clauses", self.clauses(answer)),
            ("acronyms", self.acronyms(answer)),
            ("doubts", self.doubts(answer)),
        ]
    }

    fn event(&self, n: usize, event: &Event) -> Value {
        json!({
            "id": format!("e{}", n + 1),
            "name": event.name,
            "ordinal": event.ordinal,
            "date": event.date,
            "place": event.place,
            "mode": event.mode,
            "theme": event.theme,
            "status": event.status,
            "recurrence": event.recurrence,
            "organizers": self.parties(&event.organisers),
            "approved_by": self.parties(&event.mandate),
            "url": event.url,
            "evidence": self.all(&event.evidence),
        })
    }

    fn person(&self, n: usize, person: &Person) -> Value {
        json!({
            "id": self.ids.persons.get(n),
            "name": person.name,
            "honorific": person.honorific,
            "given_name_only": person.is_given_name_only,
            "mentions": self.all(&person.mentions),
            "roles": person.roles.iter().map(|role| self.role(role)).collect::<Vec<_>>(),
        })
    }

    fn role(&self, role: &Role) -> Value {
        json!({
            "role": role.title,
            "org": self.organisation_id(role.organisation),
            "event_role": role.part,
            "session": role.session.map(session_id),
            "status": role.status,
            "mode": role.mode,
            "talk": role.talk,
            "evidence": self.found(&role.found),
        })
    }

    fn organisation(&self, n: usize, one: &Organisation) -> Value {
        let mut surfaces: Vec<&str> = Vec::new();
        for mention in &one.mentions {
            let words = self.document.slice(&mention.found.span.range());
            if !surfaces.contains(&words) {
                surfaces.push(words);
            }
        }
        json!({
            "id": self.ids.organisations.get(n),
            "name": one.name,
            "acronym": one.acronym,
            "kind": one.kind,
            "country": one.country,
            "country_basis": one.country_basis.as_deref().unwrap_or("-"),
            "surfaces": surfaces,
            "mentions": one.mentions.iter().map(|named| self.named(named)).collect::<Vec<_>>(),
        })
    }

    fn named(&self, named: &Named) -> Value {
        let mut value = self.found(&named.found);
        value["nested"] = Value::Bool(named.is_nested);
        value
    }

    fn agreement(&self, n: usize, one: &Agreement) -> Value {
        let organisation = |n: &usize| self.organisation_id(Some(*n));
        json!({
            "id": format!("a{}", n + 1),
            "type": one.instrument,
            "parties": one.parties.iter().map(organisation).collect::<Vec<_>>(),
            "date_signed": one.signed,
            "date_signed_relative": one.signed_relative.map(|span| self.quote(span)),
            "date_announced": one.announced,
            "date_effective": one.effective,
            "date_until": one.until,
            "signing_mode": one.signing_mode,
            "predecessor": one.predecessor,
            "change": one.change,
            "approvals": one.approvals.iter().map(|approval| json!({
                "body": approval.organ,
                "org": self.organisation_id(approval.organisation),
                "when": approval.when,
                "evidence": self.found(&approval.found),
            })).collect::<Vec<_>>(),
            "subject": one.subject.map(|span| self.document.slice(&span.range())),
            "aim": one.aim.as_ref().map(|found| self.found(found)),
            "areas": one.areas.iter().map(|area| json!({
                "text": area.text,
                "parent": area.parent,
                "evidence": self.found(&area.found),
            })).collect::<Vec<_>>(),
            "list_lead_in": one.lead_ins.iter().map(|span| self.quote(*span)).collect::<Vec<_>>(),
            "signatories": one.signatories.iter().map(|n| self.ids.persons.get(*n)).collect::<Vec<_>>(),
            "evidence": self.all(&one.evidence),
        })
    }

    fn projects(&self, answer: &Answer) -> Vec<Value> {
        let partners = |list: &[usize]| list.iter().map(|n| self.organisation_id(Some(*n))).collect::<Vec<_>>();
        answer
            .projects
            .iter()
            .map(|one| {
                json!({
                    "name": one.name,
                    "partners": partners(&one.partners),
                    "since": one.since,
                    "evidence": self.found(&one.found),
                })
            })
            .collect()
    }

    fn dates(&self, answer: &Answer) -> Vec<Value> {
        let value = |time: &Time| match time {
            Time::Date(text) | Time::Clock(text) => text.clone(),
            Time::Relative => "relative".to_string(),
        };
        answer
            .dates
            .iter()
            .map(|one| json!({ "value": value(&one.time), "evidence": self.found(&one.found) }))
            .collect()
    }

    fn metrics(&self, answer: &Answer) -> Vec<Value> {
        answer
            .metrics
            .iter()
            .map(|one| {
                let number = one.value.parse::<i64>().map_or_else(|_| json!(one.value), |number| json!(number));
                json!({
                    "subject": one.subject,
                    "value": number,
                    "op": one.operator,
                    "unit": one.unit,
                    "as_of": one.as_of,
                    "evidence": self.found(&one.found),
                })
            })
            .collect()
    }

    fn conclusions(&self, answer: &Answer) -> Vec<Value> {
        answer
            .conclusions
            .iter()
            .map(|one| {
                json!({
                    "kind": one.kind,
                    "session": one.session.map(session_id),
                    "by": self.parties(&one.by),
                    "date": one.date,
                    "evidence": self.found(&one.found),
                })
            })
            .collect()
    }

    fn actions(&self, answer: &Answer) -> Vec<Value> {
        answer
            .actions
            .iter()
            .map(|one| {
                json!({
                    "owner": self.parties(&one.owners),
                    "addressee": self.parties(&one.addressees),
                    "instrument": one.instrument,
                    "due": one.due,
                    "evidence": self.found(&one.found),
                })
            })
            .collect()
    }

    fn reference(&self, found: &Found) -> Value {
        json!({ "name": folded(self.document.slice(&found.span.range())), "evidence": self.found(found) })
    }

    fn activities(&self, answer: &Answer) -> Vec<Value> {
        answer
            .activities
            .iter()
            .map(|one| {
                let agreement = one.agreement.map(|n| format!("a{}", n + 1));
                json!({ "agreement": agreement, "kind": one.kind, "evidence": self.found(&one.found) })
            })
            .collect()
    }

    fn clauses(&self, answer: &Answer) -> Vec<Value> {
        answer
            .clauses
            .iter()
            .map(|one| {
                json!({
                    "section": one.section,
                    "label": one.label,
                    "addressees": self.parties(&one.addressees),
                    "evidence": self.found(&one.found),
                })
            })
            .collect()
    }

    fn acronyms(&self, answer: &Answer) -> Vec<Value> {
        answer
            .acronyms
            .iter()
            .map(|one| json!({ "short": self.quote(one.short), "long": self.quote(one.long) }))
            .collect()
    }

    fn doubts(&self, answer: &Answer) -> Vec<Value> {
        answer
            .doubts
            .iter()
            .map(|one| json!({ "kind": one.kind, "what": one.what, "hint": one.hint, "evidence": self.found(&one.found) }))
            .collect()
    }

    fn organisation_id(&self, n: Option<usize>) -> Value {
        n.and_then(|n| self.ids.organisations.get(n)).map_or(Value::Null, |id| json!(id))
    }

    fn parties(&self, parties: &[Who]) -> Vec<Value> {
        let id = |who: &Who| match who {
            Who::Person(n) => json!(self.ids.persons.get(*n)),
            Who::Organisation(n) => self.organisation_id(Some(*n)),
            Who::Words(span) => json!(folded(self.document.slice(&span.range()))),
        };
        parties.iter().map(id).collect()
    }

    fn all(&self, found: &[Found]) -> Vec<Value> {
        found.iter().map(|one| self.found(one)).collect()
    }

    fn found(&self, found: &Found) -> Value {
        let mut value = self.quote(found.span);
        value["rule"] = json!(found.rule);
        value["confidence"] = json!(found.confidence);
        value
    }

    fn quote(&self, span: Span) -> Value {
        let mut object = Map::new();
        object.insert("quote".into(), json!(self.document.slice(&span.range())));
        object.insert("start".into(), json!(self.marks.chars(span.start)));
        object.insert("end".into(), json!(self.marks.chars(span.end)));
        object.insert("bstart".into(), json!(span.start));
        object.insert("bend".into(), json!(span.end));
        Value::Object(object)
    }
}

fn session_id(n: usize) -> String {
    format!("s{}", n + 1)
}

/// Words with white space folded.
fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
