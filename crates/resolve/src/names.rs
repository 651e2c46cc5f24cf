//! Bodies and meetings, and words that name nobody: from the names in facts to entities.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::Identity;
use crate::body::Body;
use crate::key::{Key, slug};

/// A mention and how often it stands in facts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    /// As written.
    pub mention: String,
    /// Number of facts.
    pub n: i64,
}

/// The tables of bodies, and of words that name nobody, that this crate ships.
#[derive(Clone, Debug)]
pub struct Tables {
    bodies: BTreeMap<Key, BodyEntry>,
    none: NoAffiliation,
}

#[derive(Clone, Debug, Deserialize)]
struct NoAffiliation {
    words: BTreeSet<String>,
    containing: Vec<String>,
    starting: Vec<String>,
    unknown: BTreeSet<String>,
}

#[derive(Deserialize)]
struct BodyFile {
    body: Vec<BodyEntry>,
}

#[derive(Clone, Debug, Deserialize)]
struct BodyEntry {
    id: String,
    name: String,
    also: Vec<String>,
    source: String,
}

impl Tables {
    /// Returns the shipped tables.
    #[must_use]
    pub fn shipped() -> Self {
        let file: BodyFile = shipped(include_str!("../data/bodies.toml"));
        let mut bodies = BTreeMap::new();
        for entry in file.body {
            for also in entry.also.iter().chain([&entry.name]) {
                bodies.insert(Key::of(also), entry.clone());
            }
        }
        Self { bodies, none: shipped(include_str!("../data/none.toml")) }
    }

    /// True where a mention says neither who it is nor that there is nobody, as `?` does.
    #[must_use]
    pub fn says_nothing(&self, mention: &str) -> bool {
        self.says_nothing_in(mention, &Key::of(mention))
    }

    /// True where a mention says nothing, given its key.
    pub(crate) fn says_nothing_in(&self, mention: &str, key: &Key) -> bool {
        key.is_empty() || self.none.unknown.contains(mention.trim().to_lowercase().as_str())
    }

    /// True where the words of a mention say that there is no organisation: `Independent`.
    #[must_use]
    pub fn says_none(&self, mention: &str) -> bool {
        // `Individual Inc.` is a company: its legal form counts here.
        let key = Key::whole(mention);
        let words = key.as_str();
        let plain = mention.trim().to_lowercase();
        self.none.words.contains(words)
            || self.none.words.contains(&plain)
            || self.none.containing.iter().any(|part| words.contains(part.as_str()))
            || self.none.starting.iter().any(|part| words.starts_with(part.as_str()))
    }
}

/// Returns what every mention of a body stands for, sorted by mention. `ITU-T SG17` becomes `itu-t/sg17`.
#[must_use]
pub fn resolve_bodies(mentions: &[Counted], tables: &Tables) -> Vec<Identity> {
    let mut rows: Vec<Identity> = mentions
        .iter()
        .filter(|counted| !tables.says_nothing(&counted.mention))
        .map(|counted| body(&counted.mention, tables))
        .collect();
    rows.sort_by(|one, other| one.mention.cmp(&other.mention));
    rows
}

/// The table comes first, then what the form of the name says, then the name as it is.
fn body(mention: &str, tables: &Tables) -> Identity {
    let row = |entity: String, name: String, rule: &str, reason: String| Identity {
        kind: "body",
        mention: mention.into(),
        entity: Some(entity),
        name,
        rule: rule.into(),
        reason,
    };
    if let Some(entry) = tables.bodies.get(&Key::of(mention)) {
        return row(entry.id.clone(), entry.name.clone(), "table", entry.source.clone());
    }
    match Body::parse(mention) {
        Some(body) => {
            let reason = body.to_string();
            row(body.id, body.name, "grammar", reason)
        }
        None => row(body_path(mention), mention.trim().into(), "key", "organisation, then group".into()),
    }
}

/// The first word is the organisation, the rest the group within it.
fn body_path(mention: &str) -> String {
    match mention.trim().split_once(char::is_whitespace) {
        Some((organisation, group)) => format!("{}/{}", slug(organisation), slug(group)),
        None => slug(mention),
    }
}

/// Returns what every mention of a meeting stands for, sorted by mention.
#[must_use]
pub fn resolve_meetings(mentions: &[Counted]) -> Vec<Identity> {
    let mut rows: Vec<Identity> = mentions
        .iter()
        .map(|Counted { mention, .. }| Identity {
            kind: "meeting",
            mention: mention.clone(),
            entity: Some(slug(mention)),
            name: mention.clone(),
            rule: "key".into(),
            reason: "the name of the meeting".into(),
        })
        .collect();
    rows.sort_by(|one, other| one.mention.cmp(&other.mention));
    rows
}

fn shipped<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    toml::from_str(text).expect("the shipped tables are well-formed")
}
