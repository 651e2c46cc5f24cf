//! How indicators make pillars, pillars sub-indices, and these the index.
//!
//! Comes in: one [`Node`] for each indicator and aggregate. Goes out: a [`Hierarchy`] that holds together, of any depth, or
//! every fault of it. Weights are relative within their parent.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Error, Fault};

/// One indicator or aggregate, as it is described.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Code, the same in the table.
    pub code: String,
    /// 1 for indicators, 2 for what they are grouped into, and so on to the top.
    pub level: usize,
    /// Code of the aggregate one level up; `None` at the top.
    pub parent: Option<String>,
    /// Weight within its parent, at least 0.
    pub weight: f64,
}

/// All levels from the indicators to the index.
#[derive(Clone, Debug, PartialEq)]
pub struct Hierarchy {
    /// The indicators first, the index last and alone.
    pub levels: Vec<Level>,
}

/// The indicators or aggregates of one level, in the order in which they are described.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// Codes.
    pub codes: Vec<String>,
    /// Weight of each within its parent.
    pub weights: Vec<f64>,
    /// Position of each one's parent in the next level; empty at the top.
    pub parents: Vec<usize>,
}

impl Hierarchy {
    /// Returns the hierarchy of some nodes.
    ///
    /// # Errors
    /// [`Error::Table`] with every fault: a code twice, a parent that is not one level up, more or less than one top, an
    /// aggregate of nothing, a weight below 0, or weights within a parent that are all 0.
    pub fn new(nodes: &[Node]) -> Result<Self, Error> {
        let faults = faults(nodes);
        if !faults.is_empty() {
            return Err(Error::Table(faults));
        }
        let top = nodes.iter().map(|node| node.level).max().unwrap_or_default();
        let codes = |level: usize| -> Vec<String> {
            nodes.iter().filter(|node| node.level == level).map(|node| node.code.clone()).collect()
        };
        let level = |level: usize| {
            let above: BTreeMap<String, usize> = codes(level + 1).into_iter().zip(0..).collect();
            let own = || nodes.iter().filter(|node| node.level == level);
            Level {
                codes: codes(level),
                weights: own().map(|node| node.weight).collect(),
                parents: own().filter_map(|node| above.get(node.parent.as_ref()?).copied()).collect(),
            }
        };
        Ok(Self { levels: (1..=top).map(level).collect() })
    }

    /// Returns the codes of the indicators.
    #[must_use]
    pub fn indicators(&self) -> &[String] {
        &self.levels[0].codes
    }

    /// Returns the positions of the children of an aggregate, in the level below it. `level` counts from 0, the indicators.
    #[must_use]
    pub fn children(&self, level: usize, at: usize) -> Vec<usize> {
        let Some(below) = level.checked_sub(1) else { return Vec::new() };
        (0..self.levels[below].codes.len()).filter(|&child| self.levels[below].parents[child] == at).collect()
    }

    /// Returns the weight of each code in the whole: its share within its parent times its parent's weight in the whole.
    /// By level, in the order of the levels; those of a level sum to 1.
    #[must_use]
    pub fn effective_weights(&self) -> Vec<Vec<f64>> {
        let mut effective = vec![vec![1.0]];
        for (at, level) in self.levels.iter().enumerate().rev().skip(1) {
            let mut sums = vec![0.0; self.levels[at + 1].codes.len()];
            for (parent, weight) in level.parents.iter().zip(&level.weights) {
                sums[*parent] += weight;
            }
            let of_parents = &effective[effective.len() - 1];
            let share = |(parent, weight): (&usize, &f64)| weight / sums[*parent] * of_parents[*parent];
            let own = level.parents.iter().zip(&level.weights).map(share).collect();
            effective.push(own);
        }
        effective.reverse();
        effective
    }

    /// Returns the path of each indicator to the top: its own code, its pillar, and so on.
    #[must_use]
    pub fn lineage(&self) -> Vec<Vec<&str>> {
        let path = |indicator: usize| {
            let mut at = indicator;
            let mut path = vec![self.levels[0].codes[at].as_str()];
            for (below, level) in self.levels.iter().zip(&self.levels[1..]) {
                at = below.parents[at];
                path.push(level.codes[at].as_str());
            }
            path
        };
        (0..self.levels[0].codes.len()).map(path).collect()
    }

    /// Returns the hierarchy with other weights, by code; codes not named keep theirs.
    ///
    /// ```
    /// use measure::composite::{Hierarchy, Node};
    /// let node = |code: &str, level, parent: Option<&str>| {
    ///     Node { code: code.into(), level, parent: parent.map(Into::into), weight: 1.0 }
    /// };
    /// let nodes = [node("a", 1, Some("all")), node("b", 1, Some("all")), node("all", 2, None)];
    /// let hierarchy = Hierarchy::new(&nodes).unwrap().reweighted(&[("b", 3.0)]);
    /// assert_eq!(hierarchy.effective_weights()[0], [0.25, 0.75]);
    /// ```
    #[must_use]
    pub fn reweighted(&self, weights: &[(&str, f64)]) -> Self {
        let mut hierarchy = self.clone();
        for level in &mut hierarchy.levels {
            for (code, weight) in level.codes.iter().zip(&mut level.weights) {
                if let Some((_, other)) = weights.iter().find(|(other, _)| other == code) {
                    *weight = *other;
                }
            }
        }
        hierarchy
    }
}

fn faults(nodes: &[Node]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let by_code: BTreeMap<&str, &Node> = nodes.iter().map(|node| (node.code.as_str(), node)).collect();
    let mut seen = BTreeSet::new();
    let top = nodes.iter().map(|node| node.level).max().unwrap_or_default();
    for node in nodes {
        let mut fault = |what: String, hint: &str| faults.push(Fault::new(format!("`{}`", node.code), what, hint));
        if !seen.insert(node.code.as_str()) {
            fault("expected each code once, found it twice".into(), "rename one of the two");
        }
        if node.level == 0 {
            fault("expected a level from 1, found 0".into(), "give indicators level 1");
        }
        if !(node.weight.is_finite() && node.weight >= 0.0) {
            fault(format!("expected a weight of at least 0, found {}", node.weight), "correct the weight");
        }
        match &node.parent {
            None if node.level < top => {
                fault("expected a parent, found none".into(), "name the aggregate one level up")
            }
            Some(parent) => match by_code.get(parent.as_str()) {
                None => fault(format!("expected the parent `{parent}` among the codes, found none"), "describe it too"),
                Some(above) if above.level != node.level + 1 => {
                    let what =
                        format!("expected a parent at level {}, found `{parent}` at {}", node.level + 1, above.level);
                    fault(what, "put an aggregate of one in between, or correct the level");
                }
                Some(_) => {}
            },
            None => {}
        }
    }
    faults.extend(faults_of_levels(nodes, top));
    faults
}

fn faults_of_levels(nodes: &[Node], top: usize) -> Vec<Fault> {
    let mut faults = Vec::new();
    let n_top = nodes.iter().filter(|node| node.level == top).count();
    if n_top != 1 || top < 2 {
        let what = format!("expected one code at the top and indicators below it, found {n_top} at level {top}");
        faults.push(Fault::new("levels", what, "describe one index above all others"));
    }
    for aggregate in nodes.iter().filter(|node| node.level > 1) {
        let of = || nodes.iter().filter(|node| node.parent.as_deref() == Some(&aggregate.code));
        if of().all(|node| node.weight <= 0.0) {
            let what = if of().next().is_none() { "found none" } else { "found weights of 0 only" };
            let what = format!("expected something that counts below it, {what}");
            faults.push(Fault::new(format!("`{}`", aggregate.code), what, "give it an indicator, or leave it out"));
        }
    }
    faults
}
