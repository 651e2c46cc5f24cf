//! How well the rules agree with a truth that people made: on the level of organisations, of families of names, of groups.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::gather::blocks;
use super::known::Known;
use super::parse::Parsed;
use super::propose::{Proposals, propose};
use crate::{Agreement, Decision, Entity, Key, Kind, Op, Standing, Stands, Surface, Tables};

/// A name and the cluster that people put it in; or a name of the background, on which the truth says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// As written.
    pub name: String,
    /// Identity of the cluster. Empty for the background: such a name takes part in resolving, but is not counted.
    pub cluster: String,
}

impl Truth {
    fn is_background(&self) -> bool {
        self.cluster.is_empty()
    }
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
    /// Clusters of the truth of which a name was taken for one with a name of the background, on each level.
    pub n_mixed: BTreeMap<Level, usize>,
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
    let proposals = decided(&surfaces, known);
    let standing = Standing::of(Kind::Organisation, &proposals.decisions);
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
        score.count(Level::Group, &groups, truth);
        families = family(&surfaces, &standing, &entities);
    }
    score.count(Level::Organisation, &organisations, truth);
    score.count(Level::Family, &families, truth);
    score
}

impl Score {
    /// Counts agreement on one level over the names of the truth, and what was joined with the background.
    fn count(&mut self, level: Level, found: &[u64], truth: &[Truth]) {
        let wanted = numbered(truth.iter().map(|row| row.cluster.clone()));
        let rows = || truth.iter().zip(found.iter().zip(&wanted));
        let (own, theirs): (Vec<u64>, Vec<u64>) =
            rows().filter(|(row, _)| !row.is_background()).map(|(_, (&found, &wanted))| (found, wanted)).unzip();
        let background: BTreeSet<u64> =
            rows().filter(|(row, _)| row.is_background()).map(|(_, (&found, _))| found).collect();
        let mixed: BTreeSet<u64> =
            own.iter().zip(&theirs).filter(|(own, _)| background.contains(own)).map(|(_, &wanted)| wanted).collect();
        self.levels.insert(level, Agreement::of(&own, &theirs));
        self.n_mixed.insert(level, mixed.len());
    }
}

/// Returns pair completeness: the share of the pairs of the truth whose names share a block, so that they are compared at
/// all; `None` where the truth has no pair.
#[must_use]
pub fn pair_completeness(truth: &[Truth]) -> Option<f64> {
    let mut clusters: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in truth.iter().filter(|row| !row.is_background()) {
        clusters.entry(&row.cluster).or_default().push(&row.name);
    }
    let (mut n, mut n_met) = (0_u64, 0_u64);
    for names in clusters.values() {
        let blocks: Vec<BTreeSet<String>> = names.iter().map(|name| blocks(&Parsed::of(name))).collect();
        for (at, one) in blocks.iter().enumerate() {
            n += at as u64;
            n_met += blocks[..at].iter().filter(|other| !one.is_disjoint(other)).count() as u64;
        }
    }
    (n > 0).then(|| n_met as f64 / n as f64)
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

fn decided(surfaces: &[Surface], known: Option<&Known>) -> Proposals {
    let empty = Standing::of(Kind::Organisation, &[]);
    propose(surfaces, &empty, &Tables::shipped(), known, Timestamp::UNIX_EPOCH)
}

/// Families: organisations whose names the letters alone put together. An organisation goes with one family, so that a joint
/// venture ties no two groups together.
fn family(surfaces: &[Surface], standing: &Standing, entities: &[String]) -> Vec<u64> {
    let named = |entity: &Entity| Surface { name: entity.name.clone(), ..Surface::default() };
    let all: Vec<Surface> = surfaces.iter().cloned().chain(standing.entities().iter().map(named)).collect();
    let letters = Standing::of(Kind::Organisation, &decided(&all, None).decisions);
    let brand = |slug: &String| {
        let name = standing.entity(slug).map(|entity| entity.name.as_str());
        match name.map(|name| letters.stands(name)) {
            Some(Stands::For(brand)) => brand.slug.clone(),
            _ => format!("\u{0}{slug}"),
        }
    };
    numbered(entities.iter().map(brand))
}

/// How often each rule was right: of two names linked to one centre by it, whether the truth puts them together.
fn rules(truth: &[Truth], decisions: &[Decision]) -> BTreeMap<String, Right> {
    let told = truth.iter().filter(|row| !row.is_background());
    let cluster: BTreeMap<Key, &str> = told.map(|row| (Key::of(&row.name), row.cluster.as_str())).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, cluster: &str) -> Truth {
        Truth { name: name.into(), cluster: cluster.into() }
    }

    #[test]
    fn the_background_takes_part_but_is_not_counted() {
        let mut truth = vec![row("Zorblatt", "1"), row("Zorblatt GmbH", "1"), row("Quexil", "2")];
        let alone = score(&truth, None, None);
        truth.extend([row("ZORBLATT, Inc.", ""), row("Vimtor", ""), row("Vimtor Networks", "")]);
        let beside = score(&truth, None, None);
        let level = Level::Organisation;
        assert_eq!(alone.levels[&level], beside.levels[&level]);
        let counted = beside.levels[&level];
        assert_eq!((counted.n_names, counted.n_found, counted.n_true, counted.n_both), (3, 1, 1, 1));
        assert_eq!((alone.n_mixed[&level], beside.n_mixed[&level]), (0, 1));
        let n_links: u64 = beside.rules.values().map(|right| right.n).sum();
        assert!(n_links <= 1, "links of the background are neither right nor wrong");
    }
}
