//! What a cluster of names is called: as persons say, else as most links say; and what it is called where it asked not to
//! be shown.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::{Folded, Pair};
use crate::{Actor, Decision, Entity, Key, Op, slug};

/// What names are made from.
pub struct Naming<'a> {
    pub held: &'a [Decision],
    pub nodes: &'a [Pair],
    pub folded: &'a Folded,
    pub n_nodes: usize,
}

/// Returns the entities, sorted by slug, and the entity of every node that is not rejected.
pub fn entities(naming: &Naming<'_>) -> (Vec<Entity>, Vec<Option<usize>>) {
    let written = naming.written();
    let called = naming.called();
    let mut clusters: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in (0..naming.n_nodes).filter(|node| !naming.folded.rejected.contains_key(node)) {
        clusters.entry(naming.folded.cluster[node]).or_default().push(node);
    }
    let mut found: Vec<(Entity, Vec<usize>)> = Vec::new();
    for members in clusters.into_values() {
        let name = naming.name(&members, &called, &written);
        let slug = slug(Key::of(&name).as_str());
        let members_written = members.iter().flat_map(|node| written[*node].iter());
        let members_written = members_written.map(|name| (*name).to_string()).collect();
        found.push((Entity { slug, name, is_hidden: false, members: members_written }, members));
    }
    naming.hide(&mut found);
    found.sort_by(|(one, of_one), (other, of_other)| (&one.slug, of_one).cmp(&(&other.slug, of_other)));
    told_apart(&mut found);
    found.sort_by(|(one, _), (other, _)| one.slug.cmp(&other.slug));
    let mut entity_of = vec![None; naming.n_nodes];
    for (at, (_, members)) in found.iter().enumerate() {
        for &node in members {
            entity_of[node] = Some(at);
        }
    }
    (found.into_iter().map(|(entity, _)| entity).collect(), entity_of)
}

impl Naming<'_> {
    /// All ways in which each node is written.
    fn written(&self) -> Vec<BTreeSet<&str>> {
        let mut written = vec![BTreeSet::new(); self.n_nodes];
        for (decision, nodes) in self.held.iter().zip(self.nodes) {
            let Some((subject, object)) = nodes else { continue };
            let has_object = !matches!(decision.op, Op::Reject | Op::Hide);
            let object = has_object.then_some((*object, &decision.object));
            for (node, name) in std::iter::once((*subject, &decision.subject)).chain(object) {
                if !name.trim().is_empty() {
                    written[node].insert(name.trim());
                }
            }
        }
        written
    }

    /// The statements that call something by the name of each node.
    fn called(&self) -> Vec<Vec<usize>> {
        let mut called = vec![Vec::new(); self.n_nodes];
        for &at in &self.folded.joining {
            if let Some((_, object)) = self.nodes[at] {
                called[object].push(at);
            }
        }
        called
    }

    /// The name of a cluster: of a node by which others are called and which is called by none, a person's word first.
    fn name(&self, members: &[usize], called: &[Vec<usize>], written: &[BTreeSet<&str>]) -> String {
        let subjects: BTreeSet<usize> = members
            .iter()
            .flat_map(|&node| &called[node])
            .filter_map(|&at| self.nodes[at].filter(|(subject, object)| subject != object))
            .map(|(subject, _)| subject)
            .collect();
        let rank = |node: usize| {
            let by_person = called[node].iter().filter(|&&at| self.is_by_person(at)).max().copied();
            (!called[node].is_empty(), !subjects.contains(&node), by_person, called[node].len(), usize::MAX - node)
        };
        let Some(centre) = members.iter().copied().max_by_key(|&node| rank(node)) else { return String::new() };
        self.spelling(&called[centre]).or_else(|| written[centre].first().copied()).unwrap_or_default().to_string()
    }

    /// The spelling of a name: that of the last person who used it, or else the most frequent one.
    fn spelling(&self, called: &[usize]) -> Option<&str> {
        let object = |at: usize| self.held[at].object.trim();
        if let Some(&at) = called.iter().filter(|&&at| self.is_by_person(at)).max() {
            return Some(object(at));
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for &at in called {
            *counts.entry(object(at)).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(name, n)| (*n, std::cmp::Reverse(*name))).map(|(name, _)| name)
    }

    fn is_by_person(&self, at: usize) -> bool {
        self.held[at].actor == Actor::Person
    }

    /// Gives a neutral label to what asked not to be shown. It is made from the request, not from the name, so that
    /// nobody finds the name by trying names; it has as many digits as it takes to tell one from another.
    fn hide(&self, found: &mut [(Entity, Vec<usize>)]) {
        let mut asked: BTreeMap<usize, &str> = BTreeMap::new();
        for (decision, nodes) in self.held.iter().zip(self.nodes) {
            if let (Op::Hide, Some((node, _))) = (decision.op, nodes) {
                asked.entry(self.folded.cluster[*node]).or_insert(&decision.id);
            }
        }
        let mut used = BTreeSet::new();
        for (entity, members) in found {
            let Some(id) = members.first().and_then(|node| asked.get(&self.folded.cluster[*node])) else { continue };
            let digest = fact::content_id(id.as_bytes());
            let n_digits = (4..=digest.len()).find(|&n| used.insert(digest[..n].to_string())).unwrap_or(4);
            entity.slug = format!("organisation-{}", &digest[..n_digits]);
            entity.name = format!("Organisation {}", &digest[..n_digits]);
            entity.is_hidden = true;
        }
    }
}

/// Two entities never share a slug: from the second on, they are numbered.
fn told_apart(found: &mut [(Entity, Vec<usize>)]) {
    let mut used: BTreeSet<String> = found.iter().map(|(entity, _)| entity.slug.clone()).collect();
    let mut last: Option<String> = None;
    for (entity, _) in found {
        if last.as_ref() == Some(&entity.slug) {
            let numbered = (2..).map(|n| format!("{}-{n}", entity.slug)).find(|slug| !used.contains(slug));
            entity.slug = numbered.unwrap_or_default();
            used.insert(entity.slug.clone());
        } else {
            last = Some(entity.slug.clone());
        }
    }
}
