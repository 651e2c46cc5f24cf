//! Liaison statements as the IETF Datatracker gives them: JSON of `/api/v1/liaisons/`.
//!
//! Three kinds of records, alone or in lists: statements, events of statements, and relations of two statements. A
//! statement was sent when its state is `posted` (or `approved`, as it was called before); its day is that of its event.
//!
//! # Source
//! <https://github.com/ietf-tools/datatracker>, `ietf/liaisons/models.py` and `resources.py`; RFC 4053 for purposes,
//! deadlines and contacts.

use std::collections::BTreeMap;

use fact::{Act, Evidence, Fact, Mention, Problem, Reading, Thing, When};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{body, is_answer};
use crate::parts::address::domain_of;

/// True for JSON whose first records are those of liaison statements.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(16_000)];
    let first = head.iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'[')) && memchr::memmem::find(head, b"/api/v1/liaisons/").is_some()
}

/// A record of any of the three kinds; the address says which.
#[derive(Deserialize)]
struct Record<'a> {
    #[serde(default)]
    resource_uri: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    from_name: Option<String>,
    #[serde(default)]
    to_name: Option<String>,
    #[serde(default)]
    from_contact: Option<String>,
    #[serde(default)]
    purpose: Option<String>,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    deadline: Option<String>,
    #[serde(default)]
    tags: Option<Vec<String>>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    time: Option<String>,
    #[serde(default)]
    statement: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    target: Option<String>,
    #[serde(default, borrow)]
    objects: Option<Vec<&'a RawValue>>,
}

/// A record with its place.
struct Placed<'a> {
    record: Record<'a>,
    evidence: Evidence,
}

pub(super) fn read(bytes: &[u8]) -> Reading {
    let mut reading = Reading { about: "liaison statements of the IETF Datatracker".into(), ..Reading::default() };
    let records = records(bytes, &mut reading);
    let days = days(&records);
    let known: BTreeMap<String, &Record<'_>> = records
        .iter()
        .filter_map(|placed| Some((number(&placed.record.resource_uri, "liaisonstatement")?.into(), &placed.record)))
        .collect();
    for placed in &records {
        reading.n_units += 1;
        let uri = &placed.record.resource_uri;
        if number(uri, "liaisonstatement").is_some() {
            statement(placed, &days, &mut reading);
        } else if number(uri, "liaisonstatementevent").is_some() {
            event(placed, &known, &mut reading);
        } else if number(uri, "relatedliaisonstatement").is_some() {
            relation(placed, &known, &days, &mut reading);
        }
    }
    reading
}

/// The records of a list, of an answer with `objects`, or the one that stands alone.
fn records<'a>(bytes: &'a [u8], reading: &mut Reading) -> Vec<Placed<'a>> {
    let parts: Result<Vec<&RawValue>, _> = if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        serde_json::from_slice(bytes)
    } else {
        serde_json::from_slice::<&RawValue>(bytes).map(|whole| vec![whole])
    };
    let mut records = Vec::new();
    let refuse = |at: Evidence, error: &serde_json::Error, reading: &mut Reading| {
        reading.problems.push(Problem {
            kind: "json-unreadable",
            evidence: at,
            what: format!("expected JSON of the Datatracker, found {error}"),
            hint: "fetch the page again".into(),
        });
    };
    match parts {
        Err(error) => refuse(Evidence::new(0..bytes.len(), "file", ""), &error, reading),
        Ok(parts) => {
            // Lists stand one within the other at most once: deeper ones would be read again at each level.
            let mut open: Vec<(&RawValue, usize)> = parts.into_iter().rev().map(|raw| (raw, 0)).collect();
            let mut nth = 0;
            while let Some((raw, depth)) = open.pop() {
                let start = raw.get().as_ptr() as usize - bytes.as_ptr() as usize;
                let at = start..start + raw.get().len();
                match serde_json::from_str::<Record<'_>>(raw.get()) {
                    Err(error) => refuse(Evidence::new(at, format!("record {}", nth + 1), ""), &error, reading),
                    Ok(Record { objects: Some(objects), .. }) if depth < 2 => {
                        open.extend(objects.into_iter().rev().map(|raw| (raw, depth + 1)));
                    }
                    Ok(record) => {
                        nth += 1;
                        let quote = record.title.clone().or_else(|| record.kind.clone()).unwrap_or_default();
                        records.push(Placed { evidence: Evidence::new(at, format!("record {nth}"), &quote), record });
                    }
                }
            }
        }
    }
    records
}

/// The number in an address such as `/api/v1/liaisons/liaisonstatement/7/`, for this kind of record.
fn number<'a>(uri: &'a str, kind: &str) -> Option<&'a str> {
    let mut parts = uri.trim_end_matches('/').rsplit('/');
    let (number, found) = (parts.next()?, parts.next()?);
    (found == kind && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

/// The last part of an address of a name: `action` of `.../liaisonstatementpurposename/action/`.
fn slug(uri: &str) -> &str {
    uri.trim_end_matches('/').rsplit('/').next().unwrap_or(uri)
}

fn day(time: &str) -> Option<When> {
    When::parse(time.get(..10)?)
}

/// When each statement was posted, or else submitted, by its number.
fn days(records: &[Placed<'_>]) -> BTreeMap<String, When> {
    let mut days: BTreeMap<String, (bool, When)> = BTreeMap::new();
    for Placed { record, .. } in records {
        let kind = record.kind.as_deref().map(slug).unwrap_or_default();
        let is_posted = matches!(kind, "posted" | "approved");
        let uri = record.statement.as_deref().and_then(|uri| number(uri, "liaisonstatement"));
        let (Some(number), Some(when)) = (uri, record.time.as_deref().and_then(day)) else { continue };
        if is_posted || kind == "submitted" {
            let known = days.entry(number.into()).or_insert((is_posted, when));
            if is_posted && !known.0 {
                *known = (true, when);
            }
        }
    }
    days.into_iter().map(|(number, (_, when))| (number, when)).collect()
}

fn statement(placed: &Placed<'_>, days: &BTreeMap<String, When>, reading: &mut Reading) {
    let Placed { record, evidence } = placed;
    let number = number(&record.resource_uri, "liaisonstatement").unwrap_or_default();
    let state = record.state.as_deref().map_or("posted", slug);
    if !matches!(state, "posted" | "approved") {
        // Pending and dead statements were never sent.
        return;
    }
    let (Some(from), Some(to)) = (named(record.from_name.as_deref()), named(record.to_name.as_deref())) else {
        reading.problems.push(Problem {
            kind: "body-not-named",
            evidence: evidence.clone(),
            what: "expected `from_name` and `to_name`, found one of them empty".into(),
            hint: "look the statement up in the Datatracker".into(),
        });
        return;
    };
    let object = Thing::new("liaison-statement", number).titled(record.title.as_deref().unwrap_or_default().trim());
    let when = days.get(number).copied().unwrap_or(When::UNKNOWN);
    let status = record.purpose.as_deref().map(slug).filter(|slug| !slug.is_empty()).map(String::from);
    let fact =
        |act| Fact { object: Some(object.clone()), body: Some(to.into()), when, ..Fact::new(act, evidence.clone()) };
    let who = Mention { domain: record.from_contact.as_deref().and_then(domain_of), ..body(from) };
    reading.facts.push(Fact { who, target: Some(Thing::new("body", to)), status, ..fact(Act::Liaised) });
    deadline(placed, to, &fact(Act::Assigned), reading);
    if record.tags.iter().flatten().any(|tag| slug(tag) == "taken") {
        reading.facts.push(Fact {
            who: body(to),
            when: When::UNKNOWN,
            status: Some("action taken".into()),
            ..fact(Act::Closed)
        });
    }
}

/// An answer is asked for until a day.
fn deadline(placed: &Placed<'_>, to: &str, fact: &Fact, reading: &mut Reading) {
    let Some(written) = placed.record.deadline.as_deref() else { return };
    match When::parse(written) {
        Some(when) => {
            let status = Some("answer".into());
            reading.facts.push(Fact { who: body(to), when, status, ..fact.clone() });
        }
        None => reading.problems.push(Problem {
            kind: "date-unreadable",
            evidence: placed.evidence.clone(),
            what: format!("expected a deadline such as `2024-06-17`, found `{written}`"),
            hint: "look the deadline up in the Datatracker".into(),
        }),
    }
}

fn named(name: Option<&str>) -> Option<&str> {
    name.map(str::trim).filter(|name| !name.is_empty())
}

/// An event of a statement that stands elsewhere. Of one that stands here, its day is the day of the statement.
fn event(placed: &Placed<'_>, known: &BTreeMap<String, &Record<'_>>, reading: &mut Reading) {
    let Placed { record, evidence } = placed;
    let uri = record.statement.as_deref().and_then(|uri| number(uri, "liaisonstatement"));
    let Some(number) = uri.filter(|number| !known.contains_key(*number)) else { return };
    let kind = record.kind.as_deref().map(slug).unwrap_or_default();
    let act = match kind {
        "submitted" => Act::Submitted,
        "approved" => Act::Approved,
        "posted" => Act::Published,
        "killed" => Act::Withdrawn,
        "taken" => Act::Closed,
        _ => return,
    };
    let when = record.time.as_deref().and_then(day).unwrap_or(When::UNKNOWN);
    let object = Some(Thing::new("liaison-statement", number));
    reading.facts.push(Fact { object, when, status: Some(kind.into()), ..Fact::new(act, evidence.clone()) });
}

/// A later statement refers to an earlier one: it answers it where its title says that it is an answer.
fn relation(
    placed: &Placed<'_>,
    known: &BTreeMap<String, &Record<'_>>,
    days: &BTreeMap<String, When>,
    reading: &mut Reading,
) {
    let Placed { record, evidence } = placed;
    let end = |uri: &Option<String>| uri.as_deref().and_then(|uri| number(uri, "liaisonstatement")).map(String::from);
    let (Some(source), Some(target)) = (end(&record.source), end(&record.target)) else {
        reading.problems.push(Problem {
            kind: "relation-unreadable",
            evidence: evidence.clone(),
            what: "expected the addresses of two statements in `source` and `target`".into(),
            hint: "fetch the record again".into(),
        });
        return;
    };
    let title = |number: &String| known.get(number).and_then(|record| record.title.as_deref()).unwrap_or_default();
    let thing = |number: &String| Thing::new("liaison-statement", number).titled(title(number));
    let from = known.get(&source).and_then(|record| named(record.from_name.as_deref()));
    reading.facts.push(Fact {
        who: from.map(body).unwrap_or_default(),
        object: Some(thing(&source)),
        target: Some(thing(&target)),
        when: days.get(&source).copied().unwrap_or(When::UNKNOWN),
        ..Fact::new(if is_answer(title(&source)) { Act::Answered } else { Act::Cited }, evidence.clone())
    });
}
