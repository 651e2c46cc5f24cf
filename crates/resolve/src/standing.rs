//! What stands: the decisions of a log, folded. Who a name is, why, and what else is known of who it is.
//!
//! Nothing here is stored: it is a pure function of the log, so that taking a decision back gives exactly what was before.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::effective::split;
use crate::fold::{Folded, Pair, Stopped, fold};
use crate::naming::{Naming, entities};
use crate::{Actor, Decision, Identity, Key, Kind, Op, Surface, slug};

/// Who or what a cluster of names stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// As it stands in addresses and tables.
    pub slug: String,
    /// Name for people; a neutral label where it asked not to be shown.
    pub name: String,
    /// True where it asked not to be shown by name.
    pub is_hidden: bool,
    /// Names in the cluster, as decisions write them, sorted.
    pub members: Vec<String>,
}

/// A decision that does not count, and what stands in its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The decision that does not count.
    pub decision: Decision,
    /// The wall, or the later word, that stops it.
    pub by: Decision,
}

/// That one entity belongs to another, or goes on as another, in an interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// [`Op::PartOf`], [`Op::SucceededBy`] or [`Op::AcquiredBy`].
    pub op: Op,
    /// The unit, the predecessor, the acquired.
    pub subject: String,
    /// The parent, the successor, the buyer.
    pub object: String,
    /// First day; `None`: always was.
    pub from: Option<Date>,
    /// Last day; `None`: still is.
    pub to: Option<Date>,
    /// The decision that says so.
    pub decision: Decision,
}

/// What is known of one name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stands<'a> {
    /// For this entity.
    For(&'a Entity),
    /// For nobody, as the decision says.
    ForNobody(&'a Decision),
    /// Nothing is decided: it stands for itself.
    Undecided,
}

/// A log of decisions, folded.
#[derive(Debug)]
pub struct Standing {
    kind: Kind,
    held: Vec<Decision>,
    keys: BTreeMap<Key, usize>,
    nodes: Vec<Pair>,
    folded: Folded,
    entities: Vec<Entity>,
    /// Entity of each node that is not rejected.
    entity_of: Vec<Option<usize>>,
    /// The decision of each node that says what it stands for.
    grounds: BTreeMap<usize, usize>,
    /// Nodes of which a rule has said what they stand for, or a person that they stand for one thing and no other.
    decided: BTreeSet<usize>,
    relations: Vec<Relation>,
    undone: BTreeSet<(Op, Key, Key, String)>,
}

impl Standing {
    /// Folds a log, as far as it is about this kind. The order of the log does not matter.
    #[must_use]
    pub fn of(kind: Kind, log: &[Decision]) -> Self {
        let mut split = split(log);
        split.held.retain(|decision| decision.kind == kind);
        let undone = split.undone.iter().filter(|decision| decision.kind == kind && decision.actor != Actor::Person);
        let undone = undone.map(|decision| what(kind, decision)).collect();
        let (keys, nodes) = interned(kind, &split.held);
        let folded = fold(&split.held, &nodes, keys.len());
        let naming = Naming { held: &split.held, nodes: &nodes, folded: &folded, n_nodes: keys.len() };
        let (entities, entity_of) = entities(&naming);
        let mut standing = Self {
            kind,
            grounds: grounds(&split.held, &nodes, &folded),
            decided: decided(&split.held, &nodes),
            held: split.held,
            keys,
            nodes,
            folded,
            entities,
            entity_of,
            relations: Vec::new(),
            undone,
        };
        standing.relations = standing.related();
        standing
    }

    /// Returns what it is about.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns every entity, sorted by slug.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Returns every relation between entities, sorted.
    #[must_use]
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// Returns the links that a wall stopped.
    pub fn blocked(&self) -> impl Iterator<Item = Conflict> {
        self.folded.blocked.iter().map(|stopped| self.conflict(*stopped))
    }

    /// Returns the statements of persons that later ones contradict.
    pub fn contradictions(&self) -> impl Iterator<Item = Conflict> {
        self.folded.contradicted.iter().map(|stopped| self.conflict(*stopped))
    }

    /// Returns the decisions that hold, in order of time, whether they count or not.
    #[must_use]
    pub fn held(&self) -> &[Decision] {
        &self.held
    }

    /// Returns what a name stands for.
    #[must_use]
    pub fn stands(&self, name: &str) -> Stands<'_> {
        self.stands_by(&key(self.kind, name))
    }

    fn stands_by(&self, key: &Key) -> Stands<'_> {
        let Some(&node) = self.keys.get(key) else { return Stands::Undecided };
        match (self.folded.rejected.get(&node), self.entity_of[node]) {
            (Some(&at), _) => Stands::ForNobody(&self.held[at]),
            (None, Some(entity)) => Stands::For(&self.entities[entity]),
            (None, None) => Stands::Undecided,
        }
    }

    /// Returns the entity with this slug.
    #[must_use]
    pub fn entity(&self, slug: &str) -> Option<&Entity> {
        self.entities.binary_search_by(|entity| entity.slug.as_str().cmp(slug)).ok().map(|at| &self.entities[at])
    }

    /// True where a rule or a person has said what a name stands for, so that it need not be asked again.
    #[must_use]
    pub fn is_decided(&self, name: &str) -> bool {
        self.keys.get(&key(self.kind, name)).is_some_and(|node| self.decided.contains(node))
    }

    /// True where a decision that says this, by this rule, was taken back: it is not to be made again.
    #[must_use]
    pub fn was_undone(&self, decision: &Decision) -> bool {
        !self.undone.is_empty() && self.undone.contains(&what(self.kind, decision))
    }

    /// Returns the rows of the table `identity` for the names in facts, sorted by mention, each once. A name that says
    /// nothing gives no row; one on which nothing is decided is called by the most frequent spelling of its key.
    #[must_use]
    pub fn identities(&self, surfaces: &[Surface]) -> Vec<Identity> {
        let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
        for surface in surfaces {
            *counts.entry(surface.name.as_str()).or_default() += surface.n;
        }
        let counts: Vec<(&str, i64)> = counts.into_iter().collect();
        let keyed: Vec<Key> = counts.par_iter().map(|(name, _)| key(self.kind, name)).collect();
        let mut most: BTreeMap<&Key, (i64, std::cmp::Reverse<&str>)> = BTreeMap::new();
        for (key, &(name, n)) in keyed.iter().zip(&counts) {
            let best = most.entry(key).or_insert((n, std::cmp::Reverse(name)));
            *best = (*best).max((n, std::cmp::Reverse(name)));
        }
        let row = |(key, (name, _)): (&Key, &(&str, i64))| {
            let mut row = self.row(name, key);
            if matches!(self.stands_by(key), Stands::Undecided) {
                row.name = most[key].1.0.trim().into();
            }
            row
        };
        keyed.iter().zip(&counts).filter(|(key, _)| !key.is_empty()).map(row).collect()
    }

    /// Returns the row of the table `identity` for a mention. Neither ids nor times stand in it: what is the same, reads
    /// the same however it came about.
    #[must_use]
    pub fn identity(&self, mention: &str) -> Identity {
        self.row(mention, &key(self.kind, mention))
    }

    fn row(&self, mention: &str, key: &Key) -> Identity {
        let kind = if self.kind == Kind::Person { "person" } else { "organisation" };
        let ground = self.keys.get(key).and_then(|node| self.grounds.get(node)).map(|&at| &self.held[at]);
        let (rule, reason) = ground.map_or_else(|| ("key".into(), format!("key `{}`", key.as_str())), ground_of);
        let row = |entity: Option<&str>, name: &str, rule: String, reason: String| Identity {
            kind,
            mention: mention.into(),
            entity: entity.map(Into::into),
            name: name.into(),
            rule,
            reason,
        };
        match self.stands_by(key) {
            Stands::For(entity) if entity.is_hidden => {
                row(Some(&entity.slug), &entity.name, HIDDEN.into(), "asked not to be shown by name".into())
            }
            Stands::For(entity) => row(Some(&entity.slug), &entity.name, rule, reason),
            Stands::ForNobody(_) => row(None, "no affiliation", rule, reason),
            Stands::Undecided => row(Some(&slug(key.as_str())), mention.trim(), rule, reason),
        }
    }

    /// Returns the decisions that made an entity what it is: what joined its names, and what says what they stand for.
    #[must_use]
    pub fn made_by(&self, slug: &str) -> Vec<&Decision> {
        let is_meant = |at: &&usize| {
            let node = self.nodes[**at].map(|(subject, _)| subject);
            node.and_then(|node| self.entity_of[node]).is_some_and(|entity| self.entities[entity].slug == slug)
        };
        self.folded.joining.iter().filter(is_meant).map(|&at| &self.held[at]).collect()
    }

    pub(crate) fn node(&self, name: &str) -> Option<usize> {
        self.keys.get(&key(self.kind, name)).copied()
    }

    pub(crate) fn joins(&self) -> impl Iterator<Item = (usize, usize, &Decision)> {
        self.folded.joining.iter().filter_map(|&at| {
            let (one, other) = self.nodes[at]?;
            Some((one, other, &self.held[at]))
        })
    }

    /// Walls that stand, each with the clusters that it parts.
    pub(crate) fn walls(&self) -> impl Iterator<Item = (usize, usize, &Decision)> {
        self.folded.walls.iter().filter_map(|&at| {
            let (one, other) = self.nodes[at]?;
            Some((self.folded.cluster[one], self.folded.cluster[other], &self.held[at]))
        })
    }

    pub(crate) fn cluster(&self, node: usize) -> usize {
        self.folded.cluster[node]
    }

    fn conflict(&self, stopped: Stopped) -> Conflict {
        Conflict { decision: self.held[stopped.decision].clone(), by: self.held[stopped.by].clone() }
    }

    fn related(&self) -> Vec<Relation> {
        let slug_of = |node: usize| self.entity_of[node].map(|entity| self.entities[entity].slug.clone());
        let relation = |(at, decision): (usize, &Decision)| {
            let (one, other) = self.nodes[at]?;
            let (subject, object) = (slug_of(one)?, slug_of(other)?);
            let (from, to) = (decision.from, decision.to);
            (subject != object).then(|| Relation {
                op: decision.op,
                subject,
                object,
                from,
                to,
                decision: decision.clone(),
            })
        };
        let held = self.held.iter().enumerate().filter(|(_, decision)| is_relation(decision.op));
        let mut relations: Vec<Relation> = held.filter_map(relation).collect();
        relations.sort_by(|one, other| {
            let rank = |relation: &Relation| {
                (relation.subject.clone(), relation.from, relation.op, relation.object.clone(), relation.to)
            };
            rank(one).cmp(&rank(other))
        });
        relations
    }
}

/// The rule that stands in the identity of what asked not to be shown.
pub const HIDDEN: &str = "hidden";

pub(crate) fn is_relation(op: Op) -> bool {
    matches!(op, Op::PartOf | Op::SucceededBy | Op::AcquiredBy)
}

/// The key of a name: an organisation is the same with another legal form, a person has none.
pub(crate) fn key(kind: Kind, name: &str) -> Key {
    if kind == Kind::Person { Key::whole(name) } else { Key::of(name) }
}

fn what(kind: Kind, decision: &Decision) -> (Op, Key, Key, String) {
    (decision.op, key(kind, &decision.subject), key(kind, &decision.object), decision.rule.clone())
}

/// Numbers the names in the order of their keys, and gives subject and object of every decision that names anybody.
fn interned(kind: Kind, held: &[Decision]) -> (BTreeMap<Key, usize>, Vec<Pair>) {
    let pair = |decision: &Decision| {
        let subject = key(kind, &decision.subject);
        let is_alone = matches!(decision.op, Op::Reject | Op::Hide);
        let object = if is_alone { subject.clone() } else { key(kind, &decision.object) };
        (decision.op != Op::Undo && !subject.is_empty() && !object.is_empty()).then_some((subject, object))
    };
    let pairs: Vec<Option<(Key, Key)>> = held.par_iter().map(pair).collect();
    let mut all: Vec<&Key> = pairs.iter().flatten().flat_map(|(one, other)| [one, other]).collect();
    all.par_sort_unstable();
    all.dedup();
    let keys: BTreeMap<Key, usize> = all.into_iter().cloned().zip(0..).collect();
    let nodes = pairs.par_iter().map(|pair| pair.as_ref().map(|(one, other)| (keys[one], keys[other]))).collect();
    (keys, nodes)
}

fn decided(held: &[Decision], nodes: &[Pair]) -> BTreeSet<usize> {
    let says = |decision: &Decision| match decision.op {
        Op::Link | Op::Reject => true,
        Op::SameAs => decision.actor != Actor::Person,
        _ => false,
    };
    held.iter().zip(nodes).filter(|(decision, _)| says(decision)).filter_map(|(_, pair)| Some((*pair)?.0)).collect()
}

/// The decision of each name that says what it stands for: a person's word, or else the link of a rule.
fn grounds(held: &[Decision], nodes: &[Pair], folded: &Folded) -> BTreeMap<usize, usize> {
    let mut grounds: BTreeMap<usize, usize> = BTreeMap::new();
    let rank = |at: usize| {
        let (subject, object) = nodes[at].unwrap_or_default();
        let is_person = held[at].actor == Actor::Person;
        (is_person, subject != object, if is_person { at } else { usize::MAX - at })
    };
    for &at in &folded.joining {
        let Some((subject, _)) = nodes[at] else { continue };
        let best = grounds.entry(subject).or_insert(at);
        if rank(at) > rank(*best) {
            *best = at;
        }
    }
    grounds.extend(folded.rejected.iter().map(|(&node, &at)| (node, at)));
    grounds
}

/// Rule and reason of a row of `identity`.
fn ground_of(decision: &Decision) -> (String, String) {
    let rule = if decision.actor == Actor::Person { "decision".into() } else { decision.rule.clone() };
    let found = decision.contributions.iter().map(|part| format!("{}: {}", part.feature, part.found));
    let reason = match (decision.evidence.is_empty(), decision.contributions.is_empty()) {
        (false, _) => decision.evidence.join("; "),
        (true, false) => found.collect::<Vec<_>>().join("; "),
        (true, true) => "a person's word".into(),
    };
    (rule, reason)
}
