//! How well the rules agree with a truth that people made: on the level of organisations, of families of names, of groups.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::known::Known;
use super::propose::propose;
use crate::{Agreement, Decision, Key, Kind, Op, Standing, Stands, Surface, Tables};

/// A name and the cluster that people put it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// As written.
    pub name: String,
    /// Identity of the cluster.
    pub cluster: String,
}

/// What is taken for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Names of one organisation.
    Organisation,
    /// Names that share a brand too: `Motorola Solutions` and `Motorola Mobility`.
    Family,
    /// Names of organisations that belong to one group as of a day.
    Group,
}

/// How often a rule was right, where that can be told from the truth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Right {
    /// Links that the truth holds for right.
    pub n_right: u64,
    /// Links that can be compared.
    pub n: u64,
}

/// What came of comparing the rules with a truth.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Agreement on each level.
    pub levels: BTreeMap<Level, Agreement>,
    /// Precision of each rule.
    pub rules: BTreeMap<String, Right>,
    /// Pairs that a person would be asked about.
    pub n_doubts: usize,
    /// Blocks that were too large to be compared in full.
    pub n_capped: usize,
}

/// Compares what the rules say of the names of a truth with it. Without `known` only the letters are used; then there are
/// no groups. `as_of` is the day for groups; `None` is today.
#[must_use]
pub fn score(truth: &[Truth], known: Option<&Known>, as_of: Option<Date>) -> Score {
    let surface = |row: &Truth| Surface { name: row.name.clone(), n: 1, ..Surface::default() };
    let surfaces: Vec<Surface> = truth.iter().map(surface).collect();
    let (empty, tables) = (Standing::of(Kind::Organisation, &[]), Tables::with(&[]));
    let run = |known| propose(&surfaces, &empty, &tables, known, Timestamp::UNIX_EPOCH);
    let proposals = run(known);
    let standing = Standing::of(Kind::Organisation, &proposals.decisions);
    let wanted = numbered(truth.iter().map(|row| row.cluster.clone()));
    let entity = |row: &Truth| match standing.stands(&row.name) {
        Stands::For(entity) => entity.slug.clone(),
        // Nobody is the same as nobody else.
        _ => format!("\u{0}{}", row.name),
    };
    let entities: Vec<String> = truth.iter().map(entity).collect();
    let mut score = Score {
        rules: rules(truth, &proposals.decisions),
        n_doubts: proposals.doubts.len(),
        n_capped: proposals.capped.len(),
        ..Score::default()
    };
    let organisations = numbered(entities.iter().cloned());
    let mut families = organisations.clone();
    if known.is_some() {
        let groups = numbered(entities.iter().map(|slug| standing.group_of(slug, as_of).to_string()));
        score.levels.insert(Level::Group, Agreement::of(&groups, &wanted));
        let letters = Standing::of(Kind::Organisation, &run(None).decisions);
        let brands = truth.iter().map(|row| match letters.stands(&row.name) {
            Stands::For(entity) => entity.slug.clone(),
            _ => format!("\u{0}{}", row.name),
        });
        families = joined(&organisations, &numbered(brands));
    }
    score.levels.insert(Level::Organisation, Agreement::of(&organisations, &wanted));
    score.levels.insert(Level::Family, Agreement::of(&families, &wanted));
    score
}

/// Numbers texts in order of their first coming.
fn numbered(texts: impl Iterator<Item = String>) -> Vec<u64> {
    let mut numbers: BTreeMap<String, u64> = BTreeMap::new();
    texts
        .map(|text| {
            let next = numbers.len() as u64;
            *numbers.entry(text).or_insert(next)
        })
        .collect()
}

/// Clusters of which either clustering makes one.
fn joined(one: &[u64], other: &[u64]) -> Vec<u64> {
    let mut sets = crate::sets::Sets::new(one.len());
    let (mut first_of_one, mut first_of_other) = (BTreeMap::new(), BTreeMap::new());
    for at in 0..one.len() {
        sets.join(at, *first_of_one.entry(one[at]).or_insert(at));
        sets.join(at, *first_of_other.entry(other[at]).or_insert(at));
    }
    (0..one.len()).map(|at| sets.least(at) as u64).collect()
}

/// How often each rule was right: of two names linked to one centre by it, whether the truth puts them together.
fn rules(truth: &[Truth], decisions: &[Decision]) -> BTreeMap<String, Right> {
    let cluster: BTreeMap<Key, &str> = truth.iter().map(|row| (Key::of(&row.name), row.cluster.as_str())).collect();
    let links = || decisions.iter().filter(|decision| decision.op == Op::Link && decision.subject != decision.object);
    // A centre that is no name of the truth is what the first name linked to it is.
    let mut centres: BTreeMap<Key, (&str, &str)> = BTreeMap::new();
    for link in links() {
        let (subject, object) = (Key::of(&link.subject), Key::of(&link.object));
        if let Some(of) = cluster.get(&object).or_else(|| cluster.get(&subject)) {
            centres.entry(object).or_insert((of, &link.subject));
        }
    }
    let mut rules: BTreeMap<String, Right> = BTreeMap::new();
    for link in links() {
        let (subject, object) = (Key::of(&link.subject), Key::of(&link.object));
        let (Some(own), Some((of, by))) = (cluster.get(&subject), centres.get(&object)) else { continue };
        if cluster.contains_key(&object) || *by != link.subject {
            let right = rules.entry(link.rule.clone()).or_default();
            right.n += 1;
            right.n_right += u64::from(own == of);
        }
    }
    rules
}
