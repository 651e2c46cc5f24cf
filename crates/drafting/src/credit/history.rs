//! The history of a text: its versions, who made them, and what each was made from.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use fact::{Fault, Remedy};

/// The versions of a text, or of several texts that words may have moved between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// In any order, which decides only between versions of one time; [`Version::parents`] points here.
    pub versions: Vec<Version>,
}

/// One version: a base, a contribution, a draft, an adopted text, or a file as a commit left it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// Its name for people: `C102`, a commit. Nothing follows from it.
    pub id: String,
    /// When it was made, in seconds since 1970 or in any other unit, the same for all.
    pub time: i64,
    /// Who made it; several have equal parts. Empty where nobody is named, such as for a base that is nobody's own.
    pub authors: Vec<String>,
    /// Positions of the versions that it was made from. None for a text that begins by itself; several for a merge.
    pub parents: Vec<usize>,
    /// Its whole text.
    pub text: String,
}

/// The versions in the order in which they came about.
pub(super) struct Order {
    /// Positions of versions: parents before children, otherwise by time, then as they are listed.
    pub(super) versions: Vec<usize>,
    /// The time of every version, but none earlier than a parent's.
    pub(super) times: Vec<i64>,
}

impl History {
    /// Returns the version that came about last, or `None` where there is none.
    ///
    /// # Errors
    /// As [`credit`](super::credit).
    pub fn last(&self) -> Result<Option<usize>, Fault> {
        Ok(self.order()?.versions.last().copied())
    }

    /// Returns the order in which the versions came about.
    ///
    /// # Errors
    /// If a parent is not a version, or a version its own ancestor.
    pub(super) fn order(&self) -> Result<Order, Fault> {
        let n_versions = self.versions.len();
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); n_versions];
        let mut n_open = vec![0_usize; n_versions];
        for (at, version) in self.versions.iter().enumerate() {
            for parent in &version.parents {
                children.get_mut(*parent).ok_or_else(|| no_parent(version, *parent, n_versions))?.push(at);
                n_open[at] += 1;
            }
        }
        let mut times: Vec<i64> = self.versions.iter().map(|version| version.time).collect();
        // The earliest first; of those made at one time the first listed.
        let mut ready: BinaryHeap<Reverse<(i64, usize)>> =
            (0..n_versions).filter(|at| n_open[*at] == 0).map(|at| Reverse((times[at], at))).collect();
        let mut versions = Vec::with_capacity(n_versions);
        while let Some(Reverse((_, at))) = ready.pop() {
            versions.push(at);
            for child in &children[at] {
                times[*child] = times[*child].max(times[at]);
                n_open[*child] -= 1;
                if n_open[*child] == 0 {
                    ready.push(Reverse((times[*child], *child)));
                }
            }
        }
        if versions.len() < n_versions {
            let at = n_open.iter().position(|n| *n > 0).unwrap_or_default();
            let what = "expected versions made from earlier ones, found one that is its own ancestor";
            return Err(fault(&self.versions[at], what.into()));
        }
        Ok(Order { versions, times })
    }
}

fn no_parent(version: &Version, parent: usize, n_versions: usize) -> Fault {
    fault(version, format!("expected parents below {n_versions}, found {parent}"))
}

fn fault(version: &Version, what: String) -> Fault {
    Fault::new(Remedy::Ask, format!("version `{}`", version.id), what, "name as parents only versions of the history")
}
