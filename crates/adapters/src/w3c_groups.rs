//! Groups of the W3C as its interface lists them: when each was established, when it closed, what it belongs to.
//!
//! Comes in: one group (`group.json`), the list of all of them (`w3c-groups.json`), or the list of their identifiers, which
//! states nothing else. Goes out: `established` with the start of the first charter, or else the day the group was created;
//! `closed` for a group that is; `part-of` for a task force and each of the groups that it belongs to. Chairs, team
//! contacts, charters and participants are only linked to, not named, so nothing is said of them. `end-date` is the end of
//! the charter in force and no act: a group whose charter has run out is not closed by that.

use fact::{Act, Adapter, Evidence, Fact, Mention, Party, Problem, Reading, Snapshot, Thing, When};

use crate::parts::json::{Json, Members};

/// The adapter.
pub static ADAPTER: W3cGroups = W3cGroups;

/// Reads lists of W3C groups.
pub struct W3cGroups;

impl Adapter for W3cGroups {
    fn name(&self) -> &'static str {
        "w3c_groups"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Groups of the W3C (JSON): established, closed, part of"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let text = snapshot.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(snapshot.bytes).trim_ascii_start();
        let has = |words: &[u8]| memchr::memmem::find(text, words).is_some();
        let is_group = || has(b"\"is_closed\"") && has(b"\"shortname\"") && has(b"api.w3.org/groups/");
        match text.first() {
            Some(b'{') => is_group(),
            Some(b'[') => is_group() || is_identifiers(text),
            _ => false,
        }
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "groups of the W3C".into(), ..Reading::default() };
        let root = match Json::new(snapshot.bytes) {
            Ok(root) => root,
            Err(problem) => {
                reading.problems.push(*problem);
                return reading;
            }
        };
        let (groups, broken) =
            if root.written().starts_with('[') { root.elements() } else { (vec![root], root.members().1) };
        for (json, number) in groups.iter().zip(1..) {
            reading.n_units += 1;
            let group = json.object();
            if !group.0.is_empty() && group.0.iter().all(|(name, _)| name == "id" || name == "identifier") {
                reading.about = "identifiers of W3C groups".into();
            } else {
                state(json, &group, number, &mut reading);
            }
        }
        let hint = "fetch the file again; the groups before this place were read";
        reading.problems.extend(broken.map(|broken| broken.problem(hint)));
        reading
    }
}

/// True for a list whose first element has a number and an identifier such as `wg/css`, and nothing else.
fn is_identifiers(text: &[u8]) -> bool {
    let end = memchr::memchr(b'}', &text[..text.len().min(400)]);
    let Some(Ok(first)) = end.map(|end| std::str::from_utf8(&text[1..=end])) else { return false };
    let Ok(first) = Json::new(first.as_bytes()) else { return false };
    let members = first.object();
    let kinds = ["wg/", "cg/", "bg/", "ig/", "tf/", "other/"];
    let is_kind = |identifier: &str| kinds.iter().any(|kind| identifier.starts_with(kind));
    members.0.len() == 2 && members.get("id").is_some() && members.text("identifier").is_some_and(|text| is_kind(&text))
}

fn state(json: &Json<'_>, group: &Members<'_>, number: usize, reading: &mut Reading) {
    let Some(thing) = thing(group) else {
        return reading.problems.push(nameless(json, format!("record {number}")));
    };
    let fact = |act, at: &Json<'_>| {
        let evidence =
            Evidence::new(at.at(), format!("group {}", thing.id), &format!("{} {}", thing.title, at.written()));
        let who = Mention { party: Party::Body, affiliation: Some(thing.title.clone()), ..Mention::default() };
        let (object, body) = (Some(thing.clone()), Some("W3C".into()));
        Fact { who, object, body, status: kind(group, &thing.id), ..Fact::new(act, evidence) }
    };
    let identifier = group.get("identifier").unwrap_or(*json);
    let start = ["start-date", "creation-date"].iter().find_map(|name| group.get(name));
    let established = fact(Act::Established, &start.unwrap_or(identifier));
    let when = when_stated(start, &established.evidence, reading);
    reading.facts.push(Fact { when, ..established });
    if group.get("is_closed").and_then(|closed| closed.boolean()) == Some(true) {
        let end = group.get("closed_date").or_else(|| group.get("closed-date"));
        let closed = fact(Act::Closed, &end.unwrap_or(identifier));
        let when = when_stated(end, &closed.evidence, reading);
        reading.facts.push(Fact { when, ..closed });
    }
    for parent in group.get("members").map(|list| list.array()).unwrap_or_default() {
        let Some(target) = self::thing(&parent.object()) else {
            reading.problems.push(nameless(&parent, format!("group {}", thing.id)));
            continue;
        };
        let at = parent.object().get("identifier").unwrap_or(parent);
        reading.facts.push(Fact { target: Some(target), ..fact(Act::PartOf, &at) });
    }
}

fn thing(group: &Members<'_>) -> Option<Thing> {
    Some(Thing::new("body", &group.text("identifier")?).titled(&group.text("name")?))
}

fn nameless(json: &Json<'_>, place: String) -> Problem {
    Problem {
        kind: "name-missing",
        evidence: Evidence::new(json.at(), place, ""),
        what: "expected `identifier` and `name`, found a group without".into(),
        hint: "name the group; nothing was read of it".into(),
    }
}

/// `working group` and the like, as the list says it; task forces are only known by their identifier.
fn kind(group: &Members<'_>, identifier: &str) -> Option<String> {
    group.text("type").or_else(|| identifier.starts_with("tf/").then(|| "task force".into()))
}

/// A day as stated; one that is not stated is unknown, one that is no day is a problem.
fn when_stated(day: Option<Json<'_>>, evidence: &Evidence, reading: &mut Reading) -> When {
    let Some(day) = day else { return When::UNKNOWN };
    day.string().and_then(|text| When::parse(text.trim())).unwrap_or_else(|| {
        let found: String = day.written().chars().take(40).collect();
        let what = format!("expected a day such as `2024-06-17`, found `{found}`");
        let hint = "correct the date at its source; the act stays without a day".into();
        reading.problems.push(Problem { kind: "date-unreadable", evidence: evidence.clone(), what, hint });
        When::UNKNOWN
    })
}
