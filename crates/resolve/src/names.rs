//! Organisations, bodies and meetings: from the names in facts to entities.

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

/// A statement that a mention stands for a named entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The mention, in any spelling with the same key.
    pub mention: String,
    /// Name of the entity; empty for "there is no organisation behind this".
    pub entity: String,
    /// Where one can look it up, and who said so.
    pub source: String,
}

/// The tables that this crate ships, and the decisions of a workspace on top.
#[derive(Clone, Debug)]
pub struct Tables {
    organisations: BTreeMap<Key, Named>,
    decided: BTreeMap<Key, Alias>,
    bodies: BTreeMap<Key, BodyEntry>,
    none: NoAffiliation,
}

#[derive(Clone, Debug)]
struct Named {
    name: String,
    reason: String,
}

#[derive(Clone, Debug, Deserialize)]
struct NoAffiliation {
    words: BTreeSet<String>,
    containing: Vec<String>,
    starting: Vec<String>,
    unknown: BTreeSet<String>,
}

#[derive(Deserialize)]
struct OrganisationFile {
    organisation: Vec<OrganisationEntry>,
}

#[derive(Deserialize)]
struct OrganisationEntry {
    name: String,
    also: Vec<String>,
    relation: String,
    source: String,
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
    /// Returns the shipped tables, overridden by `decided`, of which the last on a mention counts.
    #[must_use]
    pub fn with(decided: &[Alias]) -> Self {
        let file: OrganisationFile = shipped(include_str!("../data/organisations.toml"));
        let mut organisations = BTreeMap::new();
        for entry in file.organisation {
            let reason = format!("{}: {}", entry.relation, entry.source);
            for also in entry.also {
                organisations.insert(Key::of(&also), Named { name: entry.name.clone(), reason: reason.clone() });
            }
        }
        let file: BodyFile = shipped(include_str!("../data/bodies.toml"));
        let mut bodies = BTreeMap::new();
        for entry in file.body {
            for also in entry.also.iter().chain([&entry.name]) {
                bodies.insert(Key::of(also), entry.clone());
            }
        }
        let decided = decided.iter().map(|alias| (Key::of(&alias.mention), alias.clone())).collect();
        Self { organisations, decided, bodies, none: shipped(include_str!("../data/none.toml")) }
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

/// Returns what every organisation mention stands for, sorted by mention. A mention that says nothing gives no row.
///
/// The name shown for an entity is that of the table, or else its most frequent spelling.
#[must_use]
pub fn resolve_organisations(mentions: &[Counted], tables: &Tables) -> Vec<Identity> {
    let mut found: Vec<(Identity, i64)> = Vec::new();
    for Counted { mention, n } in mentions {
        if !tables.says_nothing(mention) {
            found.push((organisation(mention, tables), *n));
        }
    }
    // The name of an entity: the first given by a table, or else its most frequent spelling.
    let mut names: BTreeMap<String, BTreeMap<&str, i64>> = BTreeMap::new();
    for (identity, n) in &found {
        if let (Some(entity), true) = (&identity.entity, identity.rule == "key") {
            *names.entry(entity.clone()).or_default().entry(identity.mention.as_str()).or_default() += n;
        }
    }
    let given: BTreeMap<String, String> = found
        .iter()
        .filter(|(identity, _)| identity.rule != "key")
        .filter_map(|(identity, _)| Some((identity.entity.clone()?, identity.name.clone())))
        .collect();
    let names: BTreeMap<String, String> = names
        .into_iter()
        .filter_map(|(entity, spellings)| {
            let most = spellings.into_iter().max_by_key(|(spelling, n)| (*n, std::cmp::Reverse(*spelling)))?;
            Some((entity, most.0.to_string()))
        })
        .collect();
    let mut rows: Vec<Identity> = found
        .iter()
        .map(|(identity, _)| {
            let name = identity.entity.as_ref().and_then(|entity| given.get(entity).or_else(|| names.get(entity)));
            Identity { name: name.unwrap_or(&identity.name).clone(), ..identity.clone() }
        })
        .collect();
    rows.sort_by(|one, other| one.mention.cmp(&other.mention));
    rows
}

fn organisation(mention: &str, tables: &Tables) -> Identity {
    let key = Key::of(mention);
    let row = |entity: Option<String>, name: &str, rule: &str, reason: String| Identity {
        kind: "organisation",
        mention: mention.into(),
        entity,
        name: name.into(),
        rule: String::from(rule),
        reason,
    };
    if let Some(alias) = tables.decided.get(&key) {
        let entity = (!alias.entity.is_empty()).then(|| slug(Key::of(&alias.entity).as_str()));
        let name = if alias.entity.is_empty() { "no affiliation" } else { &alias.entity };
        return row(entity, name, "decision", alias.source.clone());
    }
    if tables.says_none(mention) {
        return row(None, "no affiliation", "no-affiliation", "the words say that there is no organisation".into());
    }
    match tables.organisations.get(&key) {
        Some(named) => row(Some(slug(Key::of(&named.name).as_str())), &named.name, "table", named.reason.clone()),
        None => row(Some(slug(key.as_str())), mention.trim(), "key", format!("key `{}`", key.as_str())),
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
