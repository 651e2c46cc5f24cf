//! How common a name is, and which given names stand for one another: from tables that this crate ships.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Bearers per 100,000 of a family name that the table does not list.
const RARE_FAMILY: f64 = 3.0;
/// Bearers per 100,000 of a given name that the table does not list.
const RARE_GIVEN: f64 = 8.0;

#[derive(Clone, Debug, Default)]
struct Bearers {
    family: Option<f64>,
    given: Option<f64>,
    home: Option<&'static str>,
}

static BEARERS: LazyLock<BTreeMap<&'static str, Bearers>> = LazyLock::new(|| {
    let mut table: BTreeMap<&str, Bearers> = BTreeMap::new();
    for line in include_str!("../../data/person_names.tsv").lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, role, home, n] = cells[..] else { panic!("the shipped table has four columns: {line}") };
        let n: f64 = n.parse().expect("the shipped table gives numbers");
        let entry = table.entry(name).or_default();
        if role == "family" {
            (entry.family, entry.home) = (Some(n), Some(home));
        } else {
            entry.given = Some(n);
        }
    }
    table
});

#[derive(serde::Deserialize)]
struct GivenNames {
    groups: Vec<String>,
}

static GROUPS: LazyLock<BTreeMap<String, BTreeSet<usize>>> = LazyLock::new(|| {
    let file: GivenNames =
        toml::from_str(include_str!("../../data/given_names.toml")).expect("the shipped table is well-formed");
    let mut groups: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, group) in file.groups.iter().enumerate() {
        for name in group.split(' ') {
            groups.entry(name.into()).or_default().insert(at);
        }
    }
    groups
});

/// Bearers per 100,000 of a family name.
pub(crate) fn family(name: &str) -> f64 {
    BEARERS.get(name).and_then(|bearers| bearers.family).unwrap_or(RARE_FAMILY)
}

/// Bearers per 100,000 of a word of a name, whatever its role: the more common of the two.
pub(crate) fn either(name: &str, is_last: bool) -> f64 {
    let rare = if is_last { RARE_FAMILY } else { RARE_GIVEN };
    match BEARERS.get(name) {
        Some(bearers) => bearers.family.unwrap_or(0.0).max(bearers.given.unwrap_or(0.0)).max(rare),
        None => rare,
    }
}

/// True for a family name from where it is written first and where a few family names are borne by most.
pub(crate) fn is_shared_by_many(name: &str) -> bool {
    BEARERS.get(name).is_some_and(|bearers| matches!(bearers.home, Some("zh" | "ko" | "vi")))
}

/// True for a family name from where it is written first.
pub(crate) fn is_written_first(name: &str) -> bool {
    is_shared_by_many(name) || BEARERS.get(name).is_some_and(|bearers| bearers.home == Some("ja"))
}

/// The families of given names to which a name belongs.
pub(crate) fn groups(name: &str) -> impl Iterator<Item = usize> {
    GROUPS.get(name).into_iter().flatten().copied()
}

/// True where two given names stand for one another.
pub(crate) fn are_nicknames(one: &str, other: &str) -> bool {
    match (GROUPS.get(one), GROUPS.get(other)) {
        (Some(one), Some(other)) => !one.is_disjoint(other),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_names_are_common() {
        assert!(family("wang") > 1000.0 && family("smith") > 100.0 && (family("quell") - RARE_FAMILY).abs() < 1e-9);
        assert!(either("martin", true) > family("martin"), "a given name too");
        assert!(is_shared_by_many("kim") && is_written_first("suzuki") && !is_written_first("smith"));
        assert!(are_nicknames("bob", "robert") && !are_nicknames("bob", "bill"));
    }
}
