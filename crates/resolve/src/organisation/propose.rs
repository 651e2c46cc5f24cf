//! What the rules say of names on which nothing was decided yet, as decisions.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rayon::prelude::*;

use super::gather::{Centre, Gathered, Link, gather};
use super::known::{Belongs, Known};
use super::lexicon::Class;
use super::parse::Parsed;
use super::star::Node;
use super::weigh::Weights;
use crate::{Contribution, Decision, Doubt, Key, Kind, Op, Standing, Surface, Tables};

/// Version of the rules and of the tables that they use, kept with every decision that they make.
pub const VERSION: &str = "2";

/// What rules say.
#[derive(Clone, Debug, Default)]
pub struct Proposals {
    /// Decisions on names on which none was made.
    pub decisions: Vec<Decision>,
    /// Pairs on which a person has to decide.
    pub doubts: Vec<Doubt>,
    /// Blocks of names that were too large to be compared pair by pair, with their size.
    pub capped: Vec<(String, usize)>,
}

/// Returns what rules say of the names on which nothing was decided; `held` is what was. Names that are decided are centres
/// for new ones, and are not weighed again. Without `known` only the letters of the names are used.
#[must_use]
pub fn propose(
    surfaces: &[Surface],
    held: &Standing,
    tables: &Tables,
    known: Option<&Known>,
    at: Timestamp,
) -> Proposals {
    let read = |surface: &Surface| Read {
        key: Key::of(&surface.name),
        parsed: Parsed::of(&surface.name),
        is_none: tables.says_none(&surface.name),
    };
    let read: Vec<Read> = surfaces.par_iter().map(read).collect();
    let said = surfaces.iter().zip(read).filter(|(surface, read)| !tables.says_nothing_in(&surface.name, &read.key));
    let (none, said): (Vec<_>, Vec<_>) = said.partition(|(_, read)| read.is_none);
    let none: BTreeMap<Key, &str> =
        none.into_iter().rev().map(|(surface, read)| (read.key, surface.name.as_str())).collect();
    let mut proposals = Proposals::default();
    let nobodies = none.values().filter(|name| !held.is_decided(name)).map(|name| nobody(name, at));
    proposals.decisions.extend(nobodies);
    let names = Names::of(said, held);
    let gathered = gather(&names.nodes, known, &Weights::THESE, |node| names.fixed[node]);
    proposals.decisions.extend(names.decisions(&gathered, held, at));
    let reached = gathered.links.iter().filter_map(|link| match &link.centre {
        Centre::Known(name) => Some(name.as_str()),
        Centre::Node(_) => None,
    });
    if let Some(known) = known {
        proposals.decisions.extend(relations(reached, known, held, at));
    }
    proposals.decisions = proposals.decisions.into_par_iter().map(Decision::sealed).collect();
    proposals.doubts = names.doubts(&gathered);
    if gathered.n_capped > 0 {
        proposals.capped.push(("names without one letter".into(), gathered.n_capped));
    }
    proposals
}

/// What a name says by itself.
struct Read {
    key: Key,
    parsed: Parsed,
    is_none: bool,
}

/// Names that differ in more than spelling, each with the keys and surfaces that spell it.
struct Names<'a> {
    nodes: Vec<Node>,
    fixed: Vec<bool>,
    spellings: Vec<Vec<(Key, &'a Surface)>>,
}

impl<'a> Names<'a> {
    fn of(said: Vec<(&'a Surface, Read)>, held: &Standing) -> Self {
        let mut by_squash: BTreeMap<String, Vec<(&Surface, Read)>> = BTreeMap::new();
        for (surface, read) in said {
            by_squash.entry(identity(&read.parsed)).or_default().push((surface, read));
        }
        let mut names = Self { nodes: Vec::new(), fixed: Vec::new(), spellings: Vec::new() };
        for (squash, mut spelt) in by_squash {
            let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
            for (surface, _) in &spelt {
                *counts.entry(&surface.name).or_default() += surface.n;
            }
            // The spelling that others are linked to: one that is decided already, else the most frequent.
            spelt.sort_by_cached_key(|(surface, _)| {
                let n = counts[surface.name.as_str()];
                (!held.is_decided(&surface.name), std::cmp::Reverse(n), surface.name.as_str())
            });
            let most_words = spelt.iter().map(|(_, read)| &read.parsed).max_by_key(|parsed| parsed.core.len());
            names.fixed.push(held.is_decided(&spelt[0].0.name));
            names.nodes.push(Node {
                name: spelt[0].0.name.trim().into(),
                parsed: most_words.cloned().unwrap_or_default(),
                squash,
                beside: Vec::new(),
                domains: spelt.iter().flat_map(|(surface, _)| surface.domains.iter().cloned()).collect(),
                n: counts.values().sum(),
            });
            names.spellings.push(spelt.into_iter().map(|(surface, read)| (read.key, surface)).collect());
        }
        names.set_beside();
        names
    }

    fn set_beside(&mut self) {
        let all =
            || self.spellings.iter().enumerate().flat_map(|(node, spelt)| spelt.iter().map(move |one| (node, one.1)));
        if all().all(|(_, surface)| surface.beside.is_empty()) {
            return;
        }
        let node_of: BTreeMap<&str, usize> = all().map(|(node, surface)| (surface.name.as_str(), node)).collect();
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (node, surface) in all() {
            let others = surface.beside.iter().filter_map(|name| node_of.get(name.as_str()));
            pairs.extend(others.filter(|other| **other != node).flat_map(|&other| [(node, other), (other, node)]));
        }
        for (node, other) in pairs {
            self.nodes[node].beside.push(other);
        }
    }

    fn decisions(&self, gathered: &Gathered, held: &Standing, at: Timestamp) -> Vec<Decision> {
        let links: BTreeMap<usize, &Link> = gathered.links.iter().map(|link| (link.node, link)).collect();
        let mut decisions = Vec::new();
        for (node, spellings) in self.spellings.iter().enumerate() {
            let name = &self.nodes[node].name;
            if !self.fixed[node] {
                decisions.push(links.get(&node).map_or_else(|| own(name, at), |link| self.decision(link, at)));
            }
            let mut seen = BTreeSet::from([&spellings[0].0]);
            for (key, surface) in spellings {
                // A surface with the same key is the same name already; one that was decided is not decided again.
                if seen.insert(key) && !held.is_decided(&surface.name) {
                    decisions.push(spelling(&surface.name, name, at));
                }
            }
        }
        decisions
    }

    fn decision(&self, link: &Link, at: Timestamp) -> Decision {
        let decision = Decision::by_rule(
            Kind::Organisation,
            Op::Link,
            (&self.nodes[link.node].name, self.called(link)),
            link.rule,
            at,
        );
        let reason = link.contributions.last().map(|line| line.found.clone());
        let evidence = reason.into_iter().filter(|_| link.rule == "table").collect();
        Decision {
            bits: link.bits,
            version: VERSION.into(),
            contributions: link.contributions.clone(),
            evidence,
            ..decision
        }
    }

    fn called<'b>(&'b self, link: &'b Link) -> &'b str {
        match &link.centre {
            Centre::Node(node) => &self.nodes[*node].name,
            Centre::Known(name) => name,
        }
    }

    fn doubts(&self, gathered: &Gathered) -> Vec<Doubt> {
        let linked: BTreeSet<usize> = gathered.links.iter().map(|link| link.node).collect();
        let open = gathered.doubts.iter().filter(|doubt| !linked.contains(&doubt.node));
        // Of several doubts on one name the strongest is asked.
        let mut best: BTreeMap<usize, &Link> = BTreeMap::new();
        for doubt in open {
            let held = best.entry(doubt.node).or_insert(doubt);
            if doubt.bits > held.bits {
                *held = doubt;
            }
        }
        let doubt = |link: &&Link| Doubt {
            a: self.nodes[link.node].name.clone(),
            b: self.called(link).to_string(),
            bits: link.bits,
            contributions: link.contributions.clone(),
            n: self.nodes[link.node].n,
        };
        let is_pair = |doubt: &Doubt| Key::of(&doubt.a) != Key::of(&doubt.b);
        best.values().map(doubt).filter(is_pair).collect()
    }
}

/// What stays the same however a name is spelt. Many states have an office of one name: its country belongs to it.
fn identity(parsed: &Parsed) -> String {
    let mut squash = parsed.squash();
    if parsed.core.iter().any(|part| part.class == Class::Office) {
        for aside in &parsed.asides {
            squash.push(' ');
            squash.extend(aside.iter().map(|part| part.text.as_str()));
        }
    }
    squash
}

fn nobody(name: &str, at: Timestamp) -> Decision {
    let decision = Decision::by_rule(Kind::Organisation, Op::Reject, (name, ""), "no-affiliation", at);
    let evidence = vec!["the words say that there is no organisation".to_string()];
    Decision { version: VERSION.into(), evidence, ..decision }
}

/// A name that nothing else is known of stands for itself.
fn own(name: &str, at: Timestamp) -> Decision {
    let decision = Decision::by_rule(Kind::Organisation, Op::Link, (name, name), "key", at);
    Decision { version: VERSION.into(), evidence: vec![format!("key `{}`", Key::of(name).as_str())], ..decision }
}

fn spelling(name: &str, as_written: &str, at: Timestamp) -> Decision {
    let decision = Decision::by_rule(Kind::Organisation, Op::Link, (name, as_written), "spelling", at);
    let found = "the same letters, but for spaces, signs, legal form and slips in common words".to_string();
    let contributions = vec![Contribution { feature: "letters".into(), found, bits: Weights::THESE.most }];
    Decision { bits: Weights::THESE.most, version: VERSION.into(), contributions, ..decision }
}

/// To whom the known organisations among these belong, and to whom those belong in turn; each once.
fn relations<'a>(names: impl Iterator<Item = &'a str>, known: &Known, held: &Standing, at: Timestamp) -> Vec<Decision> {
    let said: BTreeSet<(Op, &str, &str)> =
        held.held().iter().map(|one| (one.op, one.subject.as_str(), one.object.as_str())).collect();
    let mut open: Vec<String> = names.map(Into::into).collect::<BTreeSet<String>>().into_iter().collect();
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    let mut decisions = Vec::new();
    while let Some(name) = open.pop() {
        for belongs in known.belongs(&name) {
            if !said.contains(&(belongs.op, belongs.of.as_str(), belongs.to.as_str())) {
                decisions.push(belonging(belongs, at));
            }
            if seen.insert(belongs.to.clone()) {
                open.push(belongs.to.clone());
            }
        }
    }
    decisions
        .sort_by(|one, other| (&one.subject, &one.object, &one.id).cmp(&(&other.subject, &other.object, &other.id)));
    decisions
}

fn belonging(belongs: &Belongs, at: Timestamp) -> Decision {
    let decision = Decision::by_rule(Kind::Organisation, belongs.op, (&belongs.of, &belongs.to), "table", at);
    Decision {
        from: belongs.from,
        to: belongs.until,
        version: VERSION.into(),
        evidence: vec![belongs.source.clone()],
        ..decision
    }
}
