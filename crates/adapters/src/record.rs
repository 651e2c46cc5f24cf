//! Hand-written record files: a clerk states events, sessions, roles, agreements and corrections, each with a citation.
//!
//! Comes in: one TOML file that starts with `record = 1`, described in `docs/records.md` and by
//! `schema/record.schema.json`. Goes out: the facts of every entry that keeps to its form, with the entry's own bytes as
//! evidence; every other entry is a problem and states nothing. An entry takes body, dates and mode from the `[[event]]`
//! that it names, and never from anywhere else.

#[path = "record/check.rs"]
mod check;
#[path = "record/entry.rs"]
mod entry;
#[path = "record/form.rs"]
mod form;

use std::collections::BTreeMap;
use std::ops::Range;

use fact::{Adapter, Evidence, Problem, Reading, Snapshot};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use check::{Text, check, check_source, did_you_mean, unknown_entry, words};
use entry::{Entry, said};
use form::{FORMS, Form};

/// The adapter.
pub static ADAPTER: Record = Record;

/// Reads record files.
pub struct Record;

impl Adapter for Record {
    fn name(&self) -> &'static str {
        "record"
    }

    fn version(&self) -> u32 {
        2
    }

    fn title(&self) -> &'static str {
        "Record files (TOML) in which a clerk states facts with their citation"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let text = snapshot.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(snapshot.bytes);
        let mut lines = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
        let first = lines.find(|line| !line.is_empty() && !line.starts_with(b"#")).unwrap_or_default();
        let value =
            first.strip_prefix(b"record").map(<[u8]>::trim_ascii_start).and_then(|rest| rest.strip_prefix(b"="));
        value.is_some_and(|value| value.trim_ascii().first().is_some_and(u8::is_ascii_digit))
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "record file".into(), ..Reading::default() };
        let Ok(text) = std::str::from_utf8(snapshot.bytes).map(Text) else {
            let what = "expected UTF-8, found other bytes".into();
            reading.problems.push(Text("").problem("not-utf8", 0..0, what, "save the file as UTF-8".into()));
            return reading;
        };
        let (root, errors) = DeTable::parse_recoverable(text.0);
        let root = root.get_ref();
        let broken: Vec<usize> = errors.iter().map(|error| error.span().map_or(0, |span| span.start)).collect();
        for (error, &at) in errors.iter().zip(&broken) {
            let what = format!("expected TOML, found: {}", error.message().trim().to_lowercase());
            let hint = "correct the line; the other entries are read without it".into();
            reading.problems.push(text.problem("toml-syntax", text.whole_line(at), what, hint));
        }
        if let Some(version) = root.get("record").filter(|version| words(version.get_ref()).as_deref() != Some("1")) {
            let found = words(version.get_ref()).unwrap_or_default();
            let what = format!("expected `record = 1`, found `record = {found}`");
            let hint = "write the file in version 1 of the form".into();
            reading.problems.push(text.problem("record-version", version.span(), what, hint));
            return reading;
        }
        if let Some(title) = root.get("source").and_then(|source| said(source.get_ref().as_table()?, "title")) {
            reading.about = format!("record of {title}");
        }
        reading.problems.extend(check_source(text, root));
        read_entries(text, root, &broken, &mut reading);
        reading.problems.sort_by_key(|problem| problem.evidence.start);
        reading
    }
}

/// An entry's form and its table, in the order of the file; names that are no kind of entry become problems.
fn entries<'a>(text: Text<'_>, root: &'a DeTable<'a>, reading: &mut Reading) -> Vec<Found<'a>> {
    let mut entries = Vec::new();
    for (key, value) in root.iter().filter(|(key, _)| !["record", "source"].contains(&key.get_ref().as_ref())) {
        let form = FORMS.iter().find(|form| form.key == key.get_ref().as_ref());
        match (form, value.get_ref()) {
            (Some(form), DeValue::Array(items)) => entries.extend(items.iter().map(|item| (form, item))),
            (Some(form), _) => entries.push((form, value)),
            (None, value) => {
                reading.n_units += value.as_array().map_or(1, |items| items.len() as u64);
                reading.problems.push(unknown_entry(text, key.span(), key.get_ref()));
            }
        }
    }
    entries.sort_by_key(|(_, item)| item.span().start);
    reading.n_units += entries.len() as u64;
    entries
}

type Found<'a> = (&'static Form, &'a Spanned<DeValue<'a>>);

fn read_entries(text: Text<'_>, root: &DeTable<'_>, broken: &[usize], reading: &mut Reading) {
    let source = root.get("source").and_then(|source| said(source.get_ref().as_table()?, "title"));
    let source = source.map(|title| format!(" of {title}")).unwrap_or_default();
    let entries = entries(text, root, reading);
    let events: BTreeMap<String, &DeTable<'_>> = entries
        .iter()
        .filter(|(form, _)| form.key == "event")
        .filter_map(|(_, item)| item.get_ref().as_table().and_then(|table| Some((said(table, "name")?, table))))
        .collect();
    for (at, (form, item)) in entries.iter().enumerate() {
        let header = item.span();
        let next = entries.get(at + 1).map_or(text.0.len(), |(_, next)| next.span().start);
        if broken.iter().any(|byte| (header.start..next).contains(byte)) {
            continue;
        }
        let Some(table) = item.get_ref().as_table().filter(|_| text.0[header.clone()].starts_with("[[")) else {
            let what = format!("expected `[[{}]]`, found another notation", form.key);
            let hint = "write the name in double brackets on a line of its own".into();
            reading.problems.push(text.problem("entry-unknown", header, what, hint));
            continue;
        };
        let event = said(table, "event");
        let mut problems = check(text, form, &header, table);
        problems.extend(event.as_deref().and_then(|name| check_event(text, &header, name, &events)));
        if problems.is_empty() {
            let cite = said(table, "cite").unwrap_or_default();
            let at = extent(&header, table);
            let place = format!("line {}, {cite}{source}", text.line(header.start));
            let evidence = Evidence::new(at.clone(), place, &text.0[at]);
            let event = event.and_then(|name| events.get(&name).copied());
            reading.facts.extend(Entry { form, table, event, evidence }.facts());
        }
        reading.problems.extend(problems);
    }
}

fn check_event(
    text: Text<'_>,
    header: &Range<usize>,
    name: &str,
    events: &BTreeMap<String, &DeTable<'_>>,
) -> Option<Problem> {
    let known: Vec<&str> = events.keys().map(String::as_str).collect();
    let what = format!("expected an `[[event]]` of this file, found `{name}`");
    let unknown = || text.problem("event-unknown", header.clone(), what, did_you_mean(name, &known));
    (!events.contains_key(name)).then(unknown)
}

/// From the entry's header to the end of its last value.
fn extent(header: &Range<usize>, table: &DeTable<'_>) -> Range<usize> {
    header.start..table.iter().map(|(_, value)| value.span().end).fold(header.end, usize::max)
}
