//! Bibliographic records of standards in the YAML of Relaton: one document a file, in either generation of the schema.
//!
//! Comes in: a map with `docid` or `docidentifier`, dates, contributors, stage and relations. Goes out: that the
//! document was published (by each publisher named) and withdrawn, who wrote or edited it with what affiliation, of which
//! work it is an edition, and its relations in one direction each (`relaton/relation.rs` has the table). Nothing is
//! published without a date: that of the fields, or the one in the identifier, in the precision in which it is written.
//!
//! Decisions: a short code of a group (`S3`) is kept as written, behind the short name of the publisher where the record
//! states it. Without a publisher, the kind of identifier is the body (confidence 0.9). What Relaton writes as `author`
//! of a 3GPP specification is its rapporteur (it takes the person from that column of 3GPP's list of specifications),
//! so the act is `rapporteured` and the role stays as written. A contributor described as `Chair` held that office when
//! the document came out. Titles are taken in English; abstracts, keywords and web addresses are no acts.

#[path = "relaton/item.rs"]
mod item;
#[path = "relaton/party.rs"]
mod party;
#[path = "relaton/person.rs"]
mod person;
#[path = "relaton/relation.rs"]
mod relation;

use std::ops::Range;

use fact::{Act, Adapter, Evidence, Fact, Mention, Problem, Reading, Snapshot, Thing};

use crate::parts::identifier;
use crate::parts::words::without_addresses;
use crate::parts::yaml::{Node, Tree};
use item::Item;

/// The adapter.
pub static ADAPTER: Relaton = Relaton;

/// Reads bibliographic records.
pub struct Relaton;

impl Adapter for Relaton {
    fn name(&self) -> &'static str {
        "relaton"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Bibliographic records of standards in Relaton's YAML"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let head = &snapshot.bytes[..snapshot.bytes.len().min(1 << 16)];
        let (mut has_id, mut has_field) = (false, false);
        for line in head.split(|&byte| byte == b'\n') {
            let line = line.trim_ascii_end();
            let fields: [&[u8]; 5] =
                [b"schema-version:", b"schema_version:", b"contributor:", b"date:", b"type: standard"];
            has_id |= matches!(line, b"docid:" | b"docidentifier:");
            has_field |= fields.iter().any(|field| line.starts_with(field));
            if has_id && has_field {
                return true;
            }
        }
        false
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut teller = Teller { bytes: snapshot.bytes, body: None, reading: Reading::default() };
        teller.reading.about = "bibliographic record".into();
        match std::str::from_utf8(snapshot.bytes) {
            Ok(text) => teller.text(text),
            Err(error) => {
                let at = error.valid_up_to();
                let line = 1 + snapshot.bytes[..at].iter().filter(|&&byte| byte == b'\n').count();
                teller.reading.problems.push(Problem {
                    kind: "encoding-unknown",
                    evidence: Evidence::new(at..at + 1, format!("line {line}"), ""),
                    what: format!("expected UTF-8, found byte {:#04x}", snapshot.bytes[at]),
                    hint: "save the record as UTF-8".into(),
                });
            }
        }
        teller.reading
    }
}

/// What is stated so far, and what all facts of one item share.
struct Teller<'a> {
    bytes: &'a [u8],
    body: Option<String>,
    reading: Reading,
}

impl Teller<'_> {
    fn text(&mut self, text: &str) {
        let tree = match Tree::read(text, 0) {
            Ok(tree) => tree,
            Err(fault) => {
                let hint = "correct the YAML at this place";
                self.reading.n_units += 1;
                self.reading.problems.push(fault.problem(self.bytes, "yaml-unreadable", hint));
                return;
            }
        };
        for root in tree.roots() {
            match Item::read(root) {
                Some(item) => {
                    if self.reading.n_units == 0 {
                        self.reading.about = format!("bibliographic record of {}", item.id);
                    }
                    self.item(&item);
                }
                None => {
                    self.reading.n_units += 1;
                    self.problem("id-missing", root, "expected an identifier of the document, found none".into());
                }
            }
        }
    }

    /// A record inside another one: what it says of itself, with its own group.
    fn embedded(&mut self, bibitem: Node<'_>) {
        let body = self.body.take();
        if let Some(item) = Item::read(bibitem) {
            self.item(&item);
        }
        self.body = body;
    }

    fn item(&mut self, item: &Item<'_>) {
        self.reading.n_units += 1 + party::contributors(item.node).count() as u64;
        let publishers = party::publishers(item);
        let (body, unknown) = party::group(item, &publishers);
        self.body = body;
        if let Some(party::Unknown(at, group)) = unknown {
            self.problem("group-unknown", at, format!("expected the name of a group, found `{group}`"));
        }
        for (at, value) in &item.unreadable {
            self.problem("date-unreadable", *at, format!("expected a date such as `2003-03-16`, found `{value}`"));
        }
        self.published(item, &publishers);
        let work = identifier::work(&item.id);
        if let Some(work) = work.as_ref().filter(|_| !relation::names_work(item)) {
            self.reading.facts.push(Fact {
                target: Some(Thing::new("work", &work.id)),
                status: Some(work.how.into()),
                ..self.of(item, Act::PartOf, self.evidence(item.id_at))
            });
        }
        for contributor in party::contributors(item.node) {
            person::tell(item, contributor, &publishers, self);
        }
        relation::tell(item, work.as_ref(), self);
    }

    fn published(&mut self, item: &Item<'_>, publishers: &[party::Body<'_>]) {
        let mut by: Vec<(Mention, f64)> = publishers.iter().map(|one| (party::body(&one.name), 1.0)).collect();
        if by.is_empty() && !item.scheme.is_empty() {
            by.push((party::body(party::body_of(&item.id, item.scheme)), 0.9));
        }
        let Some((_, at)) = item.issued else {
            if !item.is_draft() && !relation::holds_others(item) {
                self.problem("date-missing", item.id_at, "expected a date of publication, found none".into());
            }
            return;
        };
        for (who, confidence) in by {
            if item.is_withdrawn() {
                let at = item.stage.as_ref().map_or(item.id_at, |(_, at)| *at);
                self.reading.facts.push(Fact {
                    who: who.clone(),
                    when: item.ended(),
                    status: item.stage.as_ref().map(|(stage, _)| stage.clone()),
                    confidence,
                    ..self.of(item, Act::Withdrawn, self.evidence(at))
                });
            }
            let status = item.stage.as_ref().map(|(stage, _)| stage.clone());
            self.reading.facts.push(Fact {
                who,
                status,
                confidence,
                ..self.of(item, Act::Published, self.evidence(at))
            });
        }
    }

    /// A fact about the item itself.
    fn of(&self, item: &Item<'_>, act: Act, evidence: Evidence) -> Fact {
        Fact {
            object: Some(Thing::new("document", &item.id).titled(&item.title)),
            body: self.body.clone(),
            when: item.when(),
            ..Fact::new(act, evidence)
        }
    }

    fn words(&self, bytes: Range<usize>) -> &str {
        std::str::from_utf8(self.bytes.get(bytes).unwrap_or_default()).unwrap_or_default()
    }

    /// The words of a value as evidence, without the local parts of mail addresses.
    fn evidence(&self, at: Node<'_>) -> Evidence {
        let words = self.words(at.at());
        at.evidence(&without_addresses(words))
    }

    fn problem(&mut self, kind: &'static str, at: Node<'_>, what: String) {
        let hint = "look the document up where it is published";
        self.reading.problems.push(Problem { kind, evidence: self.evidence(at), what, hint: hint.into() });
    }
}
