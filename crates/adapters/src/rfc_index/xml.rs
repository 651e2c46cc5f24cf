//! The index as XML: `rfc-entry`, and the series `bcp-entry`, `std-entry`, `fyi-entry` that hold RFCs.
//!
//! # Source
//! The schema `https://www.rfc-editor.org/rfc-index.xsd`, namespace `http://www.rfc-editor.org/rfc-index`.

use fact::{Problem, Reading, When};
use jiff::civil::Date;

use super::{Entry, Link, Writer};
use crate::parts::calendar::month;
use crate::parts::document_id::document_id;
use crate::parts::xml::{self, Node};

const ENTRIES: [&str; 5] = ["rfc-entry", "rfc-not-issued-entry", "bcp-entry", "std-entry", "fyi-entry"];

/// True for an XML document whose root is `rfc-index`.
pub(super) fn is_index(bytes: &[u8]) -> bool {
    xml::root(bytes).is_some_and(|root| root.name == "rfc-index")
}

/// Returns the entries, and a problem for each that cannot be read.
pub(super) fn entries(bytes: &[u8], reading: &mut Reading) -> Vec<Entry> {
    let found = xml::read(bytes, &ENTRIES);
    let mut entries = Vec::new();
    for node in &found.nodes {
        reading.n_units += 1;
        if node.name != "rfc-not-issued-entry" {
            entries.extend(entry(node, reading));
        }
    }
    if let Some(at) = found.unclosed {
        let evidence = fact::Evidence::new(at..bytes.len(), "end", "");
        reading.problems.push(Problem {
            kind: "file-cut",
            evidence,
            what: "expected the end of the last entry, found the end of the file".into(),
            hint: "fetch the whole index".into(),
        });
    }
    entries
}

fn entry(node: &Node, reading: &mut Reading) -> Option<Entry> {
    let written = node.text_of("doc-id").unwrap_or_default();
    let Some(id) = document_id(written) else {
        reading.problems.push(Problem {
            kind: "entry-unreadable",
            evidence: node.evidence(format!("entry {}", reading.n_units), &node.text),
            what: format!("expected a number such as `RFC0001` in `doc-id`, found `{written}`"),
            hint: "look at the entry in the index".into(),
        });
        return None;
    };
    let mut entry = Entry { title: node.text_of("title").unwrap_or_default().into(), ..Entry::default() };
    entry.evidence = node.evidence(id.clone(), &quote(node));
    entry.writers = node.all("author").filter_map(writer).collect();
    entry.when = node.child("date").and_then(when);
    entry.status = node.text_of("current-status").map(Into::into);
    entry.body = body(node);
    if node.name == "rfc-entry" && entry.when.is_none() {
        reading.problems.push(Problem {
            kind: "date-missing",
            evidence: entry.evidence.clone(),
            what: "expected `date` with a month and a year".into(),
            hint: "look for the date on the front page of the document".into(),
        });
    }
    entry.id = id;
    links(node, &mut entry, reading);
    Some(entry)
}

/// Title and authors: the abstract says nothing about who did what.
fn quote(node: &Node) -> String {
    let kept = node.children.iter().filter(|child| !matches!(child.name.as_str(), "abstract" | "keywords" | "format"));
    kept.map(|child| child.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn writer(node: &Node) -> Option<Writer> {
    let name = node.text_of("name")?.to_string();
    let is_editor = node.text_of("title").is_some_and(|title| title.eq_ignore_ascii_case("editor"));
    let affiliation = node.text_of("organization").or_else(|| node.text_of("org-abbrev")).map(Into::into);
    Some(Writer { name, is_editor, affiliation })
}

/// Month and year; the day only where it is given, as for the first of April.
fn when(node: &Node) -> Option<When> {
    let year: i16 = node.text_of("year")?.parse().ok()?;
    let Some(month) = node.text_of("month") else { return When::year(year) };
    let month = month_number(month)?;
    match node.text_of("day") {
        Some(day) => Date::new(year, month, day.parse().ok()?).ok().map(When::day),
        None => When::month(year, month),
    }
}

fn month_number(text: &str) -> Option<i8> {
    month(text).or_else(|| text.parse().ok())
}

/// Stream and working group as written; an RFC from outside a group has the stream alone.
fn body(node: &Node) -> Option<String> {
    let stream = node.text_of("stream").filter(|stream| *stream != "Legacy");
    let group = node.text_of("wg_acronym").filter(|group| !group.eq_ignore_ascii_case("non working group"));
    match (stream, group) {
        (Some(stream), Some(group)) => Some(format!("{stream} {group}")),
        (stream, group) => stream.or(group).map(Into::into),
    }
}

fn links(node: &Node, entry: &mut Entry, reading: &mut Reading) {
    let is_rfc = node.name == "rfc-entry";
    let also = if is_rfc { Link::Also } else { Link::Holds };
    let kinds = [
        ("obsoletes", Link::Obsoletes),
        ("obsoleted-by", Link::ObsoletedBy),
        ("updates", Link::Updates),
        ("updated-by", Link::UpdatedBy),
        ("is-also", also),
    ];
    for (name, link) in kinds {
        for child in node.all(name).flat_map(|list| list.all("doc-id")) {
            match document_id(&child.text) {
                Some(id) => entry.links.push((link, id)),
                None => reading.problems.push(Problem {
                    kind: "relation-unreadable",
                    evidence: child.evidence(entry.id.clone(), &child.text),
                    what: format!("expected a number such as `RFC0001` in `{name}`, found `{}`", child.text),
                    hint: "look at the entry in the index".into(),
                }),
            }
        }
    }
}
