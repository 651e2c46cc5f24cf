//! How common a name is, and which given names stand for one another: from tables that this crate ships.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Bearers per 100,000 of a family name that the table does not list.
const RARE_FAMILY: f64 = 3.0;
/// Bearers per 100,000 of a given name that the table does not list.
const RARE_GIVEN: f64 = 8.0;

/// What the tables say of a word of a name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bearers {
    family: f64,
    given: f64,
    /// True where the table lists it as a family name.
    pub is_family: bool,
    /// A family name from where a few of them are borne by most, and are written first.
    pub is_shared_by_many: bool,
    /// A family name from where they are written first.
    pub is_written_first: bool,
    /// The families of given names to which it belongs.
    pub groups: Vec<usize>,
}

impl Bearers {
    /// Looks a folded word up.
    pub fn of(word: &str) -> Self {
        let mut bearers = BEARERS.get(word).cloned().unwrap_or_default();
        bearers.groups = GROUPS.get(word).into_iter().flatten().copied().collect();
        bearers
    }

    /// Bearers per 100,000 whatever the role of the word: the more common of the two.
    pub fn n(&self, is_last: bool) -> f64 {
        self.family.max(self.given).max(if is_last { RARE_FAMILY } else { RARE_GIVEN })
    }

    /// True for a name that is at home somewhere: one that differs by a letter from another such name is another name.
    pub fn is_settled(&self) -> bool {
        self.family.max(self.given) > RARE_GIVEN
    }

    /// What it says, in bits, that two people bear the word.
    pub fn rarity(&self, is_last: bool) -> f64 {
        (100_000.0 / self.n(is_last)).log2()
    }

    /// True where two given names stand for one another.
    pub fn are_nicknames(&self, other: &Self) -> bool {
        self.groups.iter().any(|group| other.groups.contains(group))
    }
}

static BEARERS: LazyLock<BTreeMap<&'static str, Bearers>> = LazyLock::new(|| {
    let mut table: BTreeMap<&str, Bearers> = BTreeMap::new();
    for line in include_str!("../../data/person_names.tsv").lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, role, home, n] = cells[..] else { panic!("the shipped table has four columns: {line}") };
        let n: f64 = n.parse().expect("the shipped table gives numbers");
        let entry = table.entry(name).or_default();
        if role == "family" {
            entry.family = n;
            entry.is_family = true;
            entry.is_shared_by_many = matches!(home, "zh" | "ko" | "vi");
            entry.is_written_first = entry.is_shared_by_many || home == "ja";
        } else {
            entry.given = n;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_names_are_common() {
        let n = |word: &str| Bearers::of(word).n(true);
        assert!(n("wang") > 1000.0 && n("smith") > 100.0 && (n("quell") - RARE_FAMILY).abs() < 1e-9);
        let martin = Bearers::of("martin");
        assert!(martin.n(true) > martin.family, "a given name too");
        assert!(Bearers::of("kim").is_shared_by_many && Bearers::of("suzuki").is_written_first);
        assert!(!Bearers::of("smith").is_written_first);
        assert!(Bearers::of("bob").are_nicknames(&Bearers::of("robert")));
        assert!(!Bearers::of("bob").are_nicknames(&Bearers::of("bill")));
    }
}
