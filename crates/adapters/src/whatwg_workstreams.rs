//! The WHATWG's own list of its workstreams (`db.json`): their editors, their standards and who wrote those.
//!
//! Comes in: an object with `workstreams`, `ideas` and `biblio`. Goes out: `held` for each editor of a workstream, `part-of`
//! for each standard of one, `authored` for each author of a standard, idea or superseded document, and `replaced` where a
//! document is said to be obsoleted. The list states what is so now and gives no dates, so none are made up.

use fact::{Act, Adapter, Evidence, Fact, Mention, Problem, Reading, Snapshot, Thing};

use crate::parts::address::domain;
use crate::parts::json::{Json, Members};

/// The adapter.
pub static ADAPTER: WhatwgWorkstreams = WhatwgWorkstreams;

/// Reads the list of workstreams.
pub struct WhatwgWorkstreams;

const BODY: &str = "WHATWG";
const LISTS: [&str; 3] = ["workstreams", "ideas", "biblio"];
const HEAD_BYTES: usize = 8192;

impl Adapter for WhatwgWorkstreams {
    fn name(&self) -> &'static str {
        "whatwg_workstreams"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Workstreams of the WHATWG (JSON): editors, standards and their authors"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let head = &snapshot.bytes[..snapshot.bytes.len().min(HEAD_BYTES)];
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        let has = |words: &[u8]| memchr::memmem::find(head, words).is_some();
        head.starts_with(b"{")
            && has(b"\"workstreams\"")
            && has(b"\"scope\"")
            && has(b"\"editors\"")
            && has(b"\"standards\"")
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "workstreams of the WHATWG".into(), ..Reading::default() };
        let root = match Json::new(snapshot.bytes) {
            Ok(root) => root,
            Err(problem) => {
                reading.problems.push(*problem);
                return reading;
            }
        };
        let (members, broken) = root.members();
        for (name, json) in members.0.iter().filter(|(name, _)| LISTS.contains(&name.as_ref())) {
            let (entries, broken) = json.elements();
            for (entry, number) in entries.iter().zip(1..) {
                let place = format!("{} {number}", name.trim_end_matches('s'));
                if name == "workstreams" {
                    workstream(entry, &place, &mut reading);
                } else {
                    document(entry, &place, None, &mut reading);
                }
            }
            reading.problems.extend(broken.map(|broken| broken.problem("write the entries in brackets")));
        }
        let hint = "fetch the file again; what stands before this place was read";
        reading.problems.extend(broken.map(|broken| broken.problem(hint)));
        reading
    }
}

fn workstream(json: &Json<'_>, place: &str, reading: &mut Reading) {
    reading.n_units += 1;
    let entry = json.object();
    let (Some(id), name) = (entry.text("id"), entry.text("name").unwrap_or_default()) else {
        return reading.problems.push(nameless(json, place, "id"));
    };
    let office = Thing::new("office", &id).titled("editor");
    for (editor, json) in people(&entry, "editors", place, reading) {
        let who = Mention { role: Some("editor".into()), ..editor };
        reading.facts.push(fact(Act::Held, who, office.clone(), &json, place, &name));
    }
    let workstream = Thing::new("workstream", &id).titled(&name);
    for standard in entry.get("standards").map(|list| list.array()).unwrap_or_default() {
        document(&standard, place, Some(&workstream), reading);
    }
}

/// A standard, idea or superseded document: its authors, its workstream, and what it replaces or is replaced by.
fn document(json: &Json<'_>, place: &str, workstream: Option<&Thing>, reading: &mut Reading) {
    reading.n_units += 1;
    let entry = json.object();
    let title = entry.text("name").or_else(|| entry.text("title")).unwrap_or_default();
    let Some(id) = entry.text("reference") else {
        return reading.problems.push(nameless(json, place, "reference"));
    };
    let thing = Thing::new("document", &id).titled(&title);
    if let Some(workstream) = workstream {
        let part = fact(Act::PartOf, Mention::default(), thing.clone(), json, place, &title);
        reading.facts.push(Fact { target: Some(workstream.clone()), status: Some("standard".into()), ..part });
    }
    for (author, json) in people(&entry, "authors", place, reading) {
        reading.facts.push(fact(Act::Authored, author, thing.clone(), &json, place, &title));
    }
    for newer in entry.get("obsoletedBy").map(|list| list.array()).unwrap_or_default() {
        let Some(id) = newer.string() else {
            reading.problems.push(nameless(&newer, place, "reference"));
            continue;
        };
        let replaced = fact(Act::Replaced, Mention::default(), Thing::new("document", &id), &newer, place, &title);
        reading.facts.push(Fact { target: Some(thing.clone()), ..replaced });
    }
}

/// The people of a list, with the place of each; one without a name is a problem.
fn people<'a>(entry: &Members<'a>, list: &str, place: &str, reading: &mut Reading) -> Vec<(Mention, Json<'a>)> {
    let mut named = Vec::new();
    for json in entry.get(list).map(|list| list.array()).unwrap_or_default() {
        let person = json.object();
        let domain = person.text("email").and_then(|address| domain(&address));
        match person.text("name") {
            Some(name) => named.push((Mention { domain, ..Mention::person(&name, None) }, json)),
            None => reading.problems.push(nameless(&json, place, "name")),
        }
    }
    named
}

fn fact(act: Act, who: Mention, object: Thing, json: &Json<'_>, place: &str, of: &str) -> Fact {
    let name = who.name.clone().unwrap_or_default();
    let evidence = Evidence::new(json.at(), place, &format!("{of} {name}"));
    Fact { who, object: Some(object), body: Some(BODY.into()), ..Fact::new(act, evidence) }
}

fn nameless(json: &Json<'_>, place: &str, member: &str) -> Problem {
    Problem {
        kind: "name-missing",
        evidence: Evidence::new(json.at(), place, ""),
        what: format!("expected `{member}`, found none"),
        hint: "name the entry; nothing was read of it".into(),
    }
}
