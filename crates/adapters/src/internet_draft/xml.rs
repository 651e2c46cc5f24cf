//! A draft or RFC as xml2rfc XML, versions 2 and 3.
//!
//! # Source
//! RFC 7991 (the "xml2rfc" version 3 vocabulary) and RFC 7749 (version 2).

use fact::{Act, Evidence, Mention, Party, Problem, Reading, Thing, When};
use jiff::civil::Date;

use super::{Cited, Draft, Writer, reference};
use crate::parts::address::domain_of;
use crate::parts::calendar::month;
use crate::parts::document_id::document_ids;
use crate::parts::xml::{self, Found, Node};

/// Lists within lists of references that are followed.
const NESTED: usize = 8;

/// True for a document whose root is `rfc`, with the front of a document near it.
pub(super) fn is_rfc(bytes: &[u8]) -> bool {
    let named = |root: &Node| {
        let known = ["docName", "number", "ipr", "submissionType", "category"];
        known.iter().any(|name| root.attribute(name).is_some())
    };
    xml::root(bytes).is_some_and(|root| root.name == "rfc" && named(&root))
}

pub(super) fn read(bytes: &[u8], reading: &mut Reading) -> Draft {
    let root = xml::root(bytes).unwrap_or_default();
    let found = xml::read(bytes, &["front", "references"]);
    let mut draft = Draft { head: Evidence::new(root.at.clone(), "element rfc", ""), ..Draft::default() };
    identify(&root, &mut draft);
    if let Some(front) = found.nodes.iter().find(|node| node.name == "front") {
        front_matter(front, &mut draft);
    }
    for list in found.nodes.iter().filter(|node| node.name == "references") {
        references(list, None, &found, NESTED, &mut draft);
    }
    if let Some(at) = found.unclosed {
        reading.problems.push(Problem {
            kind: "file-cut",
            evidence: Evidence::new(at..bytes.len(), "end", ""),
            what: "expected the end of an element, found the end of the file".into(),
            hint: "fetch the whole document".into(),
        });
    }
    for (label, act) in [("obsoletes", Act::Replaced), ("updates", Act::Updated)] {
        let Some(list) = root.attribute(label).filter(|list| !list.is_empty() && draft.id.starts_with("RFC ")) else {
            continue;
        };
        match document_ids(list) {
            Ok(ids) => draft.links.extend(ids.into_iter().map(|id| (act, id))),
            Err(word) => reading.problems.push(Problem {
                kind: "relation-unreadable",
                evidence: draft.head.clone(),
                what: format!("expected numbers of documents in `{label}`, found `{word}`"),
                hint: "compare the attribute with the RFC index".into(),
            }),
        }
    }
    draft
}

/// A number makes it an RFC, else it is the draft that the root names.
fn identify(root: &Node, draft: &mut Draft) {
    let number = root.attribute("number").filter(|number| !number.is_empty());
    match number {
        Some(number) => {
            draft.id = reference::in_series("RFC", number);
            draft.status = root.attribute("category").map(Into::into);
        }
        None => {
            draft.id = root.attribute("docName").unwrap_or_default().trim_end_matches(".txt").into();
            draft.status = Some("Internet-Draft".into());
        }
    }
}

fn front_matter(front: &Node, draft: &mut Draft) {
    draft.title = front.text_of("title").unwrap_or_default().into();
    if draft.id.is_empty() {
        let named = front.all("seriesInfo").find(|info| info.attribute("name") == Some("Internet-Draft"));
        draft.id = named.and_then(|info| info.attribute("value")).unwrap_or_default().into();
    }
    let place = format!("front of {}", if draft.id.is_empty() { "the draft" } else { &draft.id });
    draft.head = front.child("title").map_or_else(|| draft.head.clone(), |title| title.evidence(place, &title.text));
    draft.body = front.text_of("workgroup").map(Into::into);
    draft.when = front.child("date").and_then(when);
    for (nth, author) in front.all("author").enumerate() {
        draft.writers.extend(writer(author, nth));
    }
}

/// The date where it has a year; a month without day stays a month, and an empty date is none.
fn when(date: &Node) -> Option<When> {
    let given = |name: &str| date.attribute(name).filter(|value| !value.is_empty());
    let year: i16 = given("year")?.parse().ok()?;
    let Some(name) = given("month") else { return When::year(year) };
    let month = month(name).or_else(|| name.parse().ok())?;
    match given("day") {
        Some(day) => Date::new(year, month, day.parse().ok()?).ok().map(When::day),
        None => When::month(year, month),
    }
}

fn writer(author: &Node, nth: usize) -> Option<Writer> {
    let given = |name: &str| author.attribute(name).filter(|value| !value.is_empty());
    let short = || Some([given("initials").unwrap_or_default(), given("surname")?].join(" ").trim().to_string());
    // Of a name in two scripts the Latin one is kept, by which the author is known elsewhere.
    let name = given("asciiFullname").or_else(|| given("fullname")).map(Into::into).or_else(short);
    let affiliation = author.text_of("organization").map(Into::into);
    let address = author.child("address");
    let country = address.and_then(|address| address.child("postal")).and_then(|postal| postal.text_of("country"));
    let who = Mention {
        party: if name.is_some() { Party::Person } else { Party::Organisation },
        country: country.map(Into::into),
        domain: address.and_then(|address| address.text_of("email")).and_then(domain_of),
        name,
        affiliation,
        role: None,
    };
    let quote = [who.name.as_deref(), who.affiliation.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let evidence = author.evidence(format!("author {}", nth + 1), &quote);
    let is_editor = given("role") == Some("editor");
    (!quote.is_empty()).then_some(Writer { who, is_editor, confidence: 1.0, evidence })
}

/// Follows a list of references and the lists within it.
fn references(list: &Node, above: Option<&'static str>, found: &Found, depth: usize, draft: &mut Draft) {
    let title = list.attribute("title").or_else(|| list.text_of("name")).unwrap_or_default();
    let kind = reference::kind(title).or(above);
    for child in &list.children {
        match child.name.as_str() {
            "references" | "referencegroup" if depth > 0 => group(child, kind, found, depth, draft),
            "reference" => cite(draft, kind, child, target(child)),
            "xi:include" => {
                let id = child.attribute("href").and_then(reference::in_address);
                cite(draft, kind, child, id.map(|id| Thing::new("document", &id)));
            }
            "?rfc" if child.text.contains("include") => {
                let address = child.text.split(['"', '\'']).nth(1);
                let id = address.and_then(reference::in_address);
                cite(draft, kind, child, id.map(|id| Thing::new("document", &id)));
            }
            name => {
                let entity = name.strip_prefix('&').and_then(|name| found.entities.get(name.trim_end_matches(';')));
                let id = entity.and_then(|address| reference::in_address(address));
                cite(draft, kind, child, id.map(|id| Thing::new("document", &id)));
            }
        }
    }
}

/// A group such as BCP 14 is cited as itself; a list within a list is followed.
fn group(node: &Node, kind: Option<&'static str>, found: &Found, depth: usize, draft: &mut Draft) {
    match node.attribute("anchor").and_then(reference::known).filter(|_| node.name == "referencegroup") {
        Some(id) => cite(draft, kind, node, Some(Thing::new("document", &id))),
        None => references(node, kind, found, depth - 1, draft),
    }
}

fn cite(draft: &mut Draft, kind: Option<&'static str>, node: &Node, target: Option<Thing>) {
    let Some(target) = target else { return };
    let quote = if target.title.is_empty() { target.id.clone() } else { target.title.clone() };
    let evidence = node.evidence(format!("reference {}", draft.cited.len() + 1), &quote);
    draft.cited.push(Cited { target, kind, evidence });
}

/// What a reference refers to: an RFC or draft by its series or anchor, else any series, else its address.
fn target(node: &Node) -> Option<Thing> {
    let front = node.child("front");
    let title = front.and_then(|front| front.text_of("title")).unwrap_or_default();
    let series = || node.all("seriesInfo").chain(front.into_iter().flat_map(|front| front.all("seriesInfo")));
    let pair = |info: &Node| Some((info.attribute("name")?.to_string(), info.attribute("value")?.to_string()));
    let all: Vec<(String, String)> = series().filter_map(pair).collect();
    let best = ["RFC", "Internet-Draft", "BCP", "STD", "FYI"];
    let named = best.iter().find_map(|best| all.iter().find(|(name, _)| name.eq_ignore_ascii_case(best)));
    let id = named
        .map(|(name, value)| reference::in_series(name, value))
        .or_else(|| node.attribute("anchor").and_then(reference::known))
        .or_else(|| all.first().map(|(name, value)| reference::in_series(name, value)))
        .or_else(|| node.attribute("target").map(Into::into))
        .unwrap_or_default();
    (!id.is_empty() || !title.is_empty()).then(|| Thing::new("document", &id).titled(title))
}
