//! Why two names are one, or are not.

use std::collections::{BTreeMap, VecDeque};

use crate::{Conflict, Decision, Relation, Standing, Stands};

/// How two names stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// They have the same key, so they are one name.
    OneName,
    /// They stand for one entity.
    Together,
    /// They stand for two.
    Apart,
}

/// Why two names are one, or are not.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation<'a> {
    /// What the first stands for.
    pub one: Stands<'a>,
    /// What the second stands for.
    pub other: Stands<'a>,
    /// Whether they are one.
    pub verdict: Likeness,
    /// The shortest way of decisions from the one to the other.
    pub because: Vec<&'a Decision>,
    /// The walls between them.
    pub walls: Vec<&'a Decision>,
    /// Decisions that would join them, or their clusters, and what stops these.
    pub blocked: Vec<Conflict>,
    /// The relations between the entities.
    pub relations: Vec<&'a Relation>,
}

impl Standing {
    /// Returns why two names are one, or are not.
    #[must_use]
    pub fn explain(&self, one: &str, other: &str) -> Explanation<'_> {
        let nodes = (self.node(one), self.node(other));
        let stands = (self.stands(one), self.stands(other));
        let is_one_name = crate::standing::key(self.kind(), one) == crate::standing::key(self.kind(), other);
        let is_one = matches!(stands, (Stands::For(one), Stands::For(other)) if one.slug == other.slug);
        let verdict = match (is_one_name, is_one) {
            (true, _) => Likeness::OneName,
            (false, true) => Likeness::Together,
            (false, false) => Likeness::Apart,
        };
        let mut explanation = Explanation {
            one: stands.0,
            other: stands.1,
            verdict,
            because: Vec::new(),
            walls: Vec::new(),
            blocked: Vec::new(),
            relations: Vec::new(),
        };
        let (Some(from), Some(to)) = nodes else { return explanation };
        match verdict {
            Likeness::OneName => {}
            Likeness::Together => explanation.because = self.way(from, to),
            Likeness::Apart => self.what_parts(&mut explanation, (from, to)),
        }
        explanation
    }

    /// True where it is clear whether two names are one: they are, or a wall or a relation says that they are not.
    #[must_use]
    pub fn is_settled(&self, one: &str, other: &str) -> bool {
        let (Some(from), Some(to)) = (self.node(one), self.node(other)) else { return false };
        let (from, to) = (self.cluster(from), self.cluster(to));
        let is_meant = |one: usize, other: usize| (one, other) == (from, to) || (other, one) == (from, to);
        let is_related = || match (self.stands(one), self.stands(other)) {
            (Stands::For(one), Stands::For(other)) => self
                .relations_of(&one.slug)
                .any(|relation| relation.subject == other.slug || relation.object == other.slug),
            _ => true,
        };
        from == to || self.walls().any(|(one, other, _)| is_meant(one, other)) || is_related()
    }

    fn what_parts<'a>(&'a self, explanation: &mut Explanation<'a>, (from, to): (usize, usize)) {
        let clusters = |one: usize, other: usize| (one.min(other), one.max(other));
        let meant = clusters(self.cluster(from), self.cluster(to));
        explanation.walls =
            self.walls().filter(|(one, other, _)| clusters(*one, *other) == meant).map(|(_, _, wall)| wall).collect();
        let is_between = |conflict: &Conflict| {
            let node = |name: &str| self.node(name).map(|node| self.cluster(node));
            let ends = node(&conflict.decision.subject).zip(node(&conflict.decision.object));
            ends.is_some_and(|(one, other)| clusters(one, other) == meant)
        };
        explanation.blocked = self.blocked().chain(self.contradictions()).filter(is_between).collect();
        if let (Stands::For(one), Stands::For(other)) = (explanation.one, explanation.other) {
            let is_meant = |relation: &&Relation| relation.subject == other.slug || relation.object == other.slug;
            explanation.relations = self.relations_of(&one.slug).filter(is_meant).collect();
        }
    }

    /// The shortest way along decisions that joined, breadth first and in order of names.
    fn way(&self, from: usize, to: usize) -> Vec<&Decision> {
        let mut ties: BTreeMap<usize, BTreeMap<usize, &Decision>> = BTreeMap::new();
        for (one, other, decision) in self.joins() {
            ties.entry(one).or_default().entry(other).or_insert(decision);
            ties.entry(other).or_default().entry(one).or_insert(decision);
        }
        let mut came: BTreeMap<usize, (usize, &Decision)> = BTreeMap::new();
        let mut open = VecDeque::from([from]);
        while let Some(node) = open.pop_front() {
            for (&next, &decision) in ties.get(&node).into_iter().flatten() {
                if next != from && !came.contains_key(&next) {
                    came.insert(next, (node, decision));
                    open.push_back(next);
                }
            }
        }
        let mut way = Vec::new();
        let mut node = to;
        while let Some((before, decision)) = came.get(&node) {
            way.push(*decision);
            node = *before;
        }
        way.reverse();
        way
    }
}
