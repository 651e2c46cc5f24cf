//! The index of the RFC series, as text (`rfc-index.txt`) or as XML (`rfc-index.xml`).
//!
//! Comes in: an index. Goes out: for each RFC its publication with its standing, its authors and editors, and how it
//! stands to others. An index says each relation twice, `Obsoletes` at the newer document and `Obsoleted by` at the
//! older one; the act is stated once: where the newer one says it, else where the older one does. It happened on the
//! day on which the newer one was published.

use std::collections::{HashMap, HashSet};

use fact::{Act, Adapter, Evidence, Fact, Mention, Party, Problem, Reading, Snapshot, Thing, When};

use crate::parts::author::{has_organisation_word, is_initialled_in_list, is_organisation};

#[path = "rfc_index/text.rs"]
mod text;
#[path = "rfc_index/xml.rs"]
mod xml;

/// The adapter.
pub static ADAPTER: RfcIndex = RfcIndex;

/// Reads an index of the RFC series.
pub struct RfcIndex;

/// One document of the index.
#[derive(Debug, Default)]
struct Entry {
    /// `RFC 9999`, `BCP 999`.
    id: String,
    title: String,
    writers: Vec<Writer>,
    when: Option<When>,
    /// `PROPOSED STANDARD`.
    status: Option<String>,
    /// Stream and working group; only the XML names them.
    body: Option<String>,
    /// Links in the order of [`Link`].
    links: Vec<(Link, String)>,
    evidence: Evidence,
}

#[derive(Debug, PartialEq, Eq)]
struct Writer {
    name: String,
    is_editor: bool,
    affiliation: Option<String>,
}

/// How an entry stands to another document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Obsoletes,
    ObsoletedBy,
    Updates,
    UpdatedBy,
    /// Also in a series of its own: BCP, STD, FYI.
    Also,
    /// The series says which RFCs are in it; the same act as `Also`.
    Holds,
}

impl Link {
    /// The act, and whether the entry is the one acted upon.
    fn act(self) -> (Act, bool) {
        match self {
            Self::Obsoletes => (Act::Replaced, false),
            Self::ObsoletedBy => (Act::Replaced, true),
            Self::Updates => (Act::Updated, false),
            Self::UpdatedBy => (Act::Updated, true),
            Self::Also => (Act::PartOf, false),
            Self::Holds => (Act::PartOf, true),
        }
    }
}

impl Adapter for RfcIndex {
    fn name(&self) -> &'static str {
        "rfc_index"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Index of the RFC series, text or XML: authors, dates, standing, relations"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        xml::is_index(snapshot.bytes) || text::is_index(snapshot.bytes)
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading::default();
        let entries = if xml::is_index(snapshot.bytes) {
            xml::entries(snapshot.bytes, &mut reading)
        } else {
            text::entries(snapshot.bytes, &mut reading)
        };
        reading.about = format!("RFC index of {} documents", entries.len());
        if entries.is_empty() && reading.problems.is_empty() {
            reading.problems.push(Problem {
                kind: "no-entries",
                evidence: Evidence::new(0..0, "start", ""),
                what: "expected entries such as `0001 Title. A. Author. April 1969.`, found none".into(),
                hint: "fetch the whole index".into(),
            });
        }
        let known = Known::new(&entries);
        for entry in &entries {
            document(entry, &mut reading);
            links(entry, &known, &mut reading);
        }
        reading
    }
}

/// The publication and its authors. A series of its own (`BCP 999`) has neither.
fn document(entry: &Entry, reading: &mut Reading) {
    let object = Thing::new("document", &entry.id).titled(&entry.title);
    let fact = |act| Fact {
        object: Some(object.clone()),
        when: entry.when.unwrap_or(When::UNKNOWN),
        body: entry.body.clone(),
        ..Fact::new(act, entry.evidence.clone())
    };
    if entry.when.is_some() || entry.status.is_some() {
        reading.facts.push(Fact { status: entry.status.clone(), ..fact(Act::Published) });
    }
    for writer in &entry.writers {
        let act = if writer.is_editor { Act::Edited } else { Act::Authored };
        reading.facts.push(Fact { who: who(writer), ..fact(act) });
    }
}

/// Authors that are bodies of the Internet standards process or standards bodies.
const BODIES: [&str; 12] = [
    "IAB",
    "IAB and IESG",
    "IANA",
    "IESG",
    "ISO",
    "International Organization for Standardization",
    "Internet Activities Board",
    "Internet Architecture Board",
    "Internet Assigned Numbers Authority (IANA)",
    "Internet Engineering Steering Group",
    "Internet Engineering Task Force",
    "RFC Editor",
];

/// Initials make a person; words and capitals of organisations make an organisation; of anything else it is not shown.
fn who(writer: &Writer) -> Mention {
    let name = writer.name.as_str();
    if is_initialled_in_list(name) {
        return Mention::person(name, writer.affiliation.as_deref());
    }
    match name {
        _ if BODIES.contains(&name) => Mention { party: Party::Body, ..Mention::organisation(name) },
        _ if has_organisation_word(name) || is_organisation(name) => Mention::organisation(name),
        _ => Mention { name: Some(name.into()), affiliation: writer.affiliation.clone(), ..Mention::default() },
    }
}

/// What the newer side of a relation says, and when each document was published.
struct Known<'a> {
    said: HashSet<(&'static str, &'a str, &'a str)>,
    published: HashMap<&'a str, When>,
}

impl<'a> Known<'a> {
    fn new(entries: &'a [Entry]) -> Self {
        let said = entries.iter().flat_map(|entry| {
            entry.links.iter().filter_map(|(link, other)| {
                let (act, is_upon) = link.act();
                (!is_upon).then_some((act.slug(), entry.id.as_str(), other.as_str()))
            })
        });
        let published = entries.iter().filter_map(|entry| Some((entry.id.as_str(), entry.when?)));
        Self { said: said.collect(), published: published.collect() }
    }
}

fn links(entry: &Entry, known: &Known<'_>, reading: &mut Reading) {
    for (link, other) in &entry.links {
        let (act, is_upon) = link.act();
        let (doer, upon) = if is_upon { (other, &entry.id) } else { (&entry.id, other) };
        if is_upon && known.said.contains(&(act.slug(), doer.as_str(), upon.as_str())) {
            continue;
        }
        let title = |id: &String| if *id == entry.id { entry.title.as_str() } else { "" };
        reading.facts.push(Fact {
            object: Some(Thing::new("document", doer).titled(title(doer))),
            target: Some(Thing::new("document", upon).titled(title(upon))),
            when: known.published.get(doer.as_str()).copied().unwrap_or(When::UNKNOWN),
            status: (act == Act::PartOf).then(|| "series".into()),
            ..Fact::new(act, entry.evidence.clone())
        });
    }
}
