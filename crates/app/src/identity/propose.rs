//! What rules say of names that were not decided yet: the seam between the names in facts and the rules of `resolve`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use resolve::{Contribution, Counted, Decision, Doubt, Identity, Key, Kind, Op, Standing, Surface, Tables};

/// The version of the rules, kept with every decision that they make.
const VERSION: &str = "1";

/// Names of the same beginning beyond which the beginning says nothing.
const MOST_ALIKE: usize = 6;

/// What rules say.
#[derive(Clone, Debug, Default)]
pub struct Proposals {
    /// Decisions on names on which none was made.
    pub decisions: Vec<Decision>,
    /// Pairs on which a person has to decide.
    pub doubts: Vec<Doubt>,
    /// Groups of names that were too large to be compared pair by pair, with their size.
    pub capped: Vec<(String, usize)>,
}

/// Returns what rules say of the names on which nothing was decided; `held` is what was.
pub fn propose(surfaces: &[Surface], held: &Standing, tables: &Tables, at: Timestamp) -> Proposals {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for surface in surfaces.iter().filter(|surface| !tables.says_nothing(&surface.name)) {
        *counts.entry(&surface.name).or_default() += surface.n;
    }
    let counted = |(name, n): (&&str, &i64)| Counted { mention: (*name).to_string(), n: *n };
    let new: Vec<Counted> = counts.iter().filter(|(name, _)| !held.is_decided(name)).map(counted).collect();
    let mut proposals = Proposals::default();
    let mut most: BTreeMap<Key, (i64, Identity)> = BTreeMap::new();
    for row in resolve::resolve_organisations(&new, tables) {
        let n = counts[row.mention.as_str()];
        let best = most.entry(Key::of(&row.mention)).or_insert_with(|| (n, row.clone()));
        if n > best.0 {
            *best = (n, row);
        }
    }
    proposals.decisions = most.values().map(|(_, row)| by_rule(row, at)).collect();
    alike(&counts, &most, &mut proposals);
    proposals
}

fn by_rule(row: &Identity, at: Timestamp) -> Decision {
    let (op, object) = if row.entity.is_some() { (Op::Link, row.name.as_str()) } else { (Op::Reject, "") };
    let decision = Decision::by_rule(Kind::Organisation, op, (&row.mention, object), &row.rule, at);
    // What a table or the key says is as sure as rules can be.
    let bits = if row.rule == "table" { 20.0 } else { 0.0 };
    Decision { bits, version: VERSION.into(), evidence: vec![row.reason.clone()], ..decision }.sealed()
}

/// Pairs of names with the same first word, of which at least one is new.
fn alike(counts: &BTreeMap<&str, i64>, new: &BTreeMap<Key, (i64, Identity)>, proposals: &mut Proposals) {
    let mut groups: BTreeMap<String, BTreeMap<Key, &str>> = BTreeMap::new();
    for &name in counts.keys() {
        let key = Key::of(name);
        let first = key.as_str().split(' ').next().unwrap_or_default().to_string();
        if first.chars().count() > 3 && new.get(&key).is_none_or(|(_, row)| row.entity.is_some()) {
            groups.entry(first).or_default().entry(key).or_insert(name);
        }
    }
    for (first, names) in groups {
        if names.len() > MOST_ALIKE {
            proposals.capped.push((first, names.len()));
            continue;
        }
        let names: Vec<(&Key, &&str)> = names.iter().collect();
        for (at, (one, a)) in names.iter().enumerate() {
            let others = names[at + 1..].iter().filter(|(other, _)| new.contains_key(one) || new.contains_key(other));
            for (other, b) in others {
                let found = format!("`{first}` begins {} of the names", names.len());
                let words = one.as_str().split(' ').count().abs_diff(other.as_str().split(' ').count());
                #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
                let bits = 1.0 - words as f64;
                let contributions = vec![Contribution { feature: "first word".into(), found, bits }];
                proposals.doubts.push(Doubt { a: (**a).into(), b: (**b).into(), bits, contributions, n: 0 });
            }
        }
    }
}
