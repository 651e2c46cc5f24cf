//! The fold: decisions that hold in, clusters of names out.
//!
//! In this order: walls of persons; what persons say is one, the latest first; walls of rules; the strongest link of each
//! name by a rule. Whatever would join two names with a wall between them is left out and listed.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Actor, Decision, Op};

/// Subject and object of a decision; nothing where it names nobody.
pub type Pair = Option<(usize, usize)>;

/// A decision that does not count, and the one that stands in its way; both by their place in the log that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stopped {
    pub decision: usize,
    pub by: usize,
}

/// What the fold found, by node and by place in the log.
#[derive(Debug, Default)]
pub struct Folded {
    /// Statements that joined two names, or gave a name its own.
    pub joining: Vec<usize>,
    /// Walls that stand.
    pub walls: Vec<usize>,
    /// Nodes behind which there is nobody, with the statement that says so.
    pub rejected: BTreeMap<usize, usize>,
    /// Links that a wall stopped.
    pub blocked: Vec<Stopped>,
    /// Statements of persons that later ones contradict.
    pub contradicted: Vec<Stopped>,
    /// The cluster of each node: the least node in it.
    pub cluster: Vec<usize>,
}

/// Folds `held`, in order of time; `nodes` are subject and object of each, of `n_nodes` in all.
pub fn fold(held: &[Decision], nodes: &[Pair], n_nodes: usize) -> Folded {
    let said = Said { held, nodes };
    let mut sets = Sets::new(n_nodes);
    let mut found = Folded::default();
    let words = Words::of(&said, &mut found.contradicted);
    for &wall in &words.walls {
        said.wall(wall, &mut sets, &mut found);
    }
    for &word in words.joining.iter().rev() {
        said.join(word, &mut sets, &mut found);
    }
    found.rejected = words.rejected;
    said.rules_reject(&words.spoken_for, &mut found);
    for rule in said.of(Actor::Rule, &[Op::NotSame]) {
        said.wall(rule, &mut sets, &mut found);
    }
    said.rules_link(&words.stands, &mut sets, &mut found);
    found.joining.sort_unstable();
    found.cluster = (0..n_nodes).map(|node| sets.least(node)).collect();
    found
}

/// What is said, with the nodes that it is about.
struct Said<'a> {
    held: &'a [Decision],
    nodes: &'a [Pair],
}

impl Said<'_> {
    /// Places of the statements of an actor with one of these operations, in order of time. A model counts as a rule.
    fn of(&self, actor: Actor, ops: &[Op]) -> Vec<usize> {
        let is_meant = |at: &usize| {
            let decision = &self.held[*at];
            let is_person = decision.actor == Actor::Person;
            is_person == (actor == Actor::Person) && ops.contains(&decision.op) && self.nodes[*at].is_some()
        };
        (0..self.held.len()).filter(is_meant).collect()
    }

    fn nodes(&self, at: usize) -> (usize, usize) {
        self.nodes[at].unwrap_or_default()
    }

    fn wall(&self, at: usize, sets: &mut Sets, found: &mut Folded) {
        let (one, other) = self.nodes(at);
        if sets.part(one, other, at) {
            found.walls.push(at);
        }
    }

    fn join(&self, at: usize, sets: &mut Sets, found: &mut Folded) -> bool {
        let (one, other) = self.nodes(at);
        match sets.join(one, other) {
            Ok(()) => {
                found.joining.push(at);
                true
            }
            Err(wall) => {
                found.blocked.push(Stopped { decision: at, by: wall });
                false
            }
        }
    }

    /// A rule may say that there is nobody behind a name, unless a person says who it is.
    fn rules_reject(&self, spoken_for: &BTreeSet<usize>, found: &mut Folded) {
        for at in self.of(Actor::Rule, &[Op::Reject]) {
            let (node, _) = self.nodes(at);
            if !spoken_for.contains(&node) {
                found.rejected.entry(node).or_insert(at);
            }
        }
    }

    /// Of each name the strongest link that crosses no wall, the strongest of all first.
    fn rules_link(&self, stands: &BTreeMap<usize, usize>, sets: &mut Sets, found: &mut Folded) {
        let mut links = self.of(Actor::Rule, &[Op::Link, Op::SameAs]);
        links.sort_by(|&one, &other| {
            let bits = self.held[other].bits.total_cmp(&self.held[one].bits);
            bits.then_with(|| self.nodes(one).cmp(&self.nodes(other))).then_with(|| {
                let name = |at: usize| (&self.held[at].object, &self.held[at].rule, &self.held[at].id);
                name(one).cmp(&name(other))
            })
        });
        let mut linked: BTreeSet<usize> = stands.keys().copied().collect();
        for at in links {
            let (subject, object) = self.nodes(at);
            let is_open = !found.rejected.contains_key(&subject) && !found.rejected.contains_key(&object);
            // A name linked to itself has only been seen; it may still be linked to another.
            if is_open && !linked.contains(&subject) && self.join(at, sets, found) && subject != object {
                linked.insert(subject);
            }
        }
    }
}

/// What persons say: the latest word on a name, and on a pair of names, counts.
#[derive(Default)]
struct Words {
    walls: Vec<usize>,
    joining: Vec<usize>,
    rejected: BTreeMap<usize, usize>,
    /// Names of which a person says what they stand for, with the statement.
    stands: BTreeMap<usize, usize>,
    /// Names that a person's statement joins to something.
    spoken_for: BTreeSet<usize>,
}

impl Words {
    fn of(said: &Said<'_>, contradicted: &mut Vec<Stopped>) -> Self {
        let mut words = Self::default();
        let ops = [Op::Link, Op::SameAs, Op::NotSame, Op::Reject];
        let all = said.of(Actor::Person, &ops);
        let op = |at: usize| said.held[at].op;
        // The last word on a name, on a pair, and on whether there is anybody.
        let (mut on_pair, mut on_being) = (BTreeMap::new(), BTreeMap::new());
        let links = all.iter().filter(|&&at| op(at) == Op::Link);
        words.stands.extend(links.map(|&at| (said.nodes(at).0, at)));
        let is_last_link = |at: usize| op(at) != Op::Link || words.stands[&said.nodes(at).0] == at;
        for &at in all.iter().filter(|&&at| is_last_link(at)) {
            let (one, other) = said.nodes(at);
            if op(at) != Op::Reject {
                on_pair.insert((one.min(other), one.max(other)), at);
            }
            if op(at) != Op::NotSame {
                on_being.extend([(one, at), (other, at)]);
            }
        }
        for &at in &all {
            let (one, other) = said.nodes(at);
            let last = match op(at) {
                Op::Link if !is_last_link(at) => words.stands[&one],
                Op::Reject => on_being[&one],
                Op::NotSame => on_pair[&(one.min(other), one.max(other))],
                _ => {
                    let rejected = [one, other].map(|node| on_being[&node]).into_iter();
                    let rejected = rejected.filter(|&last| op(last) == Op::Reject).max();
                    rejected.unwrap_or(on_pair[&(one.min(other), one.max(other))])
                }
            };
            let agrees = op(last) == op(at) || (is_joining(op(last)) && is_joining(op(at)));
            let agrees = agrees && (op(at) != Op::Link || is_last_link(at));
            match op(at) {
                _ if !agrees => contradicted.push(Stopped { decision: at, by: last }),
                Op::NotSame if one != other => words.walls.push(at),
                // The same key is the same name: there is no room for a wall.
                Op::NotSame => contradicted.push(Stopped { decision: at, by: at }),
                Op::Reject => drop(words.rejected.insert(one, at)),
                _ => words.joining.push(at),
            }
        }
        let joining: BTreeSet<usize> = words.joining.iter().copied().collect();
        words.stands.retain(|_, at| joining.contains(at));
        words.spoken_for = words.joining.iter().flat_map(|&at| <[usize; 2]>::from(said.nodes(at))).collect();
        words
    }
}

fn is_joining(op: Op) -> bool {
    matches!(op, Op::Link | Op::SameAs)
}

/// Disjoint sets with walls between them.
struct Sets {
    parent: Vec<usize>,
    /// For the root of a set: roots from which a wall parts it, with the statement.
    apart: Vec<BTreeMap<usize, usize>>,
}

impl Sets {
    fn new(n: usize) -> Self {
        Self { parent: (0..n).collect(), apart: vec![BTreeMap::new(); n] }
    }

    /// The least node of a set, which is its root.
    fn least(&mut self, mut node: usize) -> usize {
        while self.parent[node] != node {
            self.parent[node] = self.parent[self.parent[node]];
            node = self.parent[node];
        }
        node
    }

    /// Puts a wall; false where the two are one already.
    fn part(&mut self, one: usize, other: usize, wall: usize) -> bool {
        let (one, other) = (self.least(one), self.least(other));
        if one == other {
            return false;
        }
        self.apart[one].entry(other).or_insert(wall);
        self.apart[other].entry(one).or_insert(wall);
        true
    }

    /// Makes two sets one, or returns the wall between them.
    fn join(&mut self, one: usize, other: usize) -> Result<(), usize> {
        let (one, other) = (self.least(one), self.least(other));
        if one == other {
            return Ok(());
        }
        if let Some(&wall) = self.apart[one].get(&other) {
            return Err(wall);
        }
        let (root, leaf) = (one.min(other), one.max(other));
        self.parent[leaf] = root;
        for (far, wall) in std::mem::take(&mut self.apart[leaf]) {
            self.apart[far].remove(&leaf);
            self.apart[far].entry(root).or_insert(wall);
            self.apart[root].entry(far).or_insert(wall);
        }
        Ok(())
    }
}
