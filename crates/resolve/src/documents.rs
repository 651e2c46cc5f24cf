//! Documents: a revision is the same document under a new number. The entity is the last number of the chain.

use std::collections::BTreeMap;

use crate::Identity;

/// Returns, for every number that stands in a chain of revisions, the number that stands for the whole document.
///
/// `links` are (number, number it was revised into). The entity is the number that was revised no further; where a
/// chain ends in several, or in a circle, it is the greatest, so that the order of the links does not matter.
#[must_use]
pub fn resolve_documents(links: &[(String, String)]) -> Vec<Identity> {
    let mut chains = Chains::default();
    for (from, into) in links {
        chains.join(from, into);
    }
    let mut ends: BTreeMap<usize, (bool, String)> = BTreeMap::new();
    let revised: std::collections::BTreeSet<&str> = links.iter().map(|(from, _)| from.as_str()).collect();
    let numbers: Vec<(String, usize)> = chains.numbers.iter().map(|(number, at)| (number.clone(), *at)).collect();
    for (number, at) in &numbers {
        let end = (!revised.contains(number.as_str()), number.clone());
        let root = chains.root(*at);
        let best = ends.entry(root).or_insert_with(|| end.clone());
        if end > *best {
            *best = end;
        }
    }
    numbers
        .into_iter()
        .map(|(mention, at)| {
            let entity = ends[&chains.root(at)].1.clone();
            Identity {
                kind: "document",
                name: entity.clone(),
                entity: Some(entity),
                mention,
                rule: "chain".into(),
                reason: "revision chain stated in document lists".into(),
            }
        })
        .collect()
}

/// Numbers joined into chains (disjoint sets with path halving).
#[derive(Default)]
struct Chains {
    numbers: BTreeMap<String, usize>,
    parents: Vec<usize>,
}

impl Chains {
    fn join(&mut self, one: &str, other: &str) {
        let (one, other) = (self.at(one), self.at(other));
        let (one, other) = (self.root(one), self.root(other));
        self.parents[one] = other;
    }

    fn at(&mut self, number: &str) -> usize {
        if let Some(at) = self.numbers.get(number) {
            return *at;
        }
        let at = self.parents.len();
        self.parents.push(at);
        self.numbers.insert(number.into(), at);
        at
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entities(links: &[(&str, &str)]) -> BTreeMap<String, String> {
        let links: Vec<_> = links.iter().map(|(from, into)| ((*from).to_string(), (*into).to_string())).collect();
        resolve_documents(&links).into_iter().filter_map(|row| Some((row.mention, row.entity?))).collect()
    }

    #[test]
    fn a_chain_is_named_by_its_last_number() {
        let found = entities(&[("D1", "D7"), ("D7", "D3")]);
        assert_eq!(found["D1"], "D3");
        assert_eq!(found["D7"], "D3");
        assert_eq!(found["D3"], "D3");
    }

    #[test]
    fn a_circle_is_one_document() {
        let found = entities(&[("D1", "D2"), ("D2", "D1")]);
        assert_eq!(found["D1"], "D2");
        assert_eq!(found["D2"], "D2");
    }

    proptest! {
        #[test]
        fn the_order_of_links_changes_nothing(mut links in proptest::collection::vec((0u8..20, 0u8..20), 0..40), turn in 0usize..40) {
            let text = |links: &[(u8, u8)]| -> Vec<(String, String)> {
                links.iter().map(|(from, into)| (format!("D{from:02}"), format!("D{into:02}"))).collect()
            };
            let before = resolve_documents(&text(&links));
            let n = links.len().max(1);
            links.rotate_left(turn % n);
            prop_assert_eq!(resolve_documents(&text(&links)), before);
        }
    }
}
