//! From decisions on persons to clusters.

use std::collections::{BTreeMap, BTreeSet};

use super::star::walls;
use crate::{Actor, Decision, Kind, Op};

/// Returns for each mention that a decision names the mention that its person goes by.
///
/// Links of people come before those of rules, and then the weightier before the lighter. A link that would bring two
/// mentions together between which a wall stands is left out. Superseded decisions do not count.
#[must_use]
pub fn person_clusters(decisions: &[Decision]) -> BTreeMap<String, String> {
    let walls = walls(decisions);
    let gone: BTreeSet<&str> = decisions.iter().filter_map(|decision| decision.supersedes.as_deref()).collect();
    let is_link = |decision: &&Decision| {
        decision.kind == Kind::Person
            && matches!(decision.op, Op::Link | Op::SameAs)
            && !gone.contains(decision.id.as_str())
    };
    let mut links: Vec<&Decision> = decisions.iter().filter(is_link).collect();
    links.sort_by(|one, other| {
        (one.actor != Actor::Person, other.bits)
            .partial_cmp(&(other.actor != Actor::Person, one.bits))
            .expect("bits are numbers")
            .then_with(|| (&one.subject, &one.object).cmp(&(&other.subject, &other.object)))
    });
    let mut persons = Vec::new();
    let mut home: BTreeMap<&str, usize> = BTreeMap::new();
    for link in links {
        let [one, other] = [&link.subject, &link.object].map(|mention| {
            *home.entry(mention).or_insert_with(|| {
                persons.push((mention.as_str(), BTreeSet::from([mention.as_str()])));
                persons.len() - 1
            })
        });
        if one == other || is_walled(&walls, &persons[one].1, &persons[other].1) {
            continue;
        }
        let members = std::mem::take(&mut persons[one].1);
        for member in &members {
            home.insert(member, other);
        }
        persons[other].1.extend(members);
    }
    home.into_iter().map(|(mention, at)| (mention.to_string(), persons[at].0.to_string())).collect()
}

/// The fewer members are asked for their walls.
fn is_walled(walls: &BTreeSet<(String, String)>, one: &BTreeSet<&str>, other: &BTreeSet<&str>) -> bool {
    let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
    few.iter().any(|mention| {
        let from_here = walls.range((mention.to_string(), String::new())..);
        from_here.take_while(|(here, _)| here == mention).any(|(_, there)| many.contains(there.as_str()))
    })
}
