//! Which decisions hold: those that no decision that holds supersedes. Taking a taking-back back lets the first hold again.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{Decision, Op};

/// A log, each decision once and in order of time, split into what holds and what does not.
pub struct Split {
    /// Decisions that hold.
    pub held: Vec<Decision>,
    /// Decisions that do not.
    pub undone: Vec<Decision>,
}

/// Splits a log. Its order does not matter: decisions are ordered by their time, then by their id.
///
/// What holds is known from the end: a decision that nothing supersedes holds, and settles the one it supersedes. Ids are
/// hashes, so a circle cannot be written; were there one, none of it would hold.
pub fn split(log: &[Decision]) -> Split {
    let mut all: Vec<Decision> = log.iter().cloned().map(with_id).collect();
    all.par_sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
    all.dedup_by(|one, other| one.id == other.id);
    if all.iter().all(|decision| decision.supersedes.is_none()) {
        return Split { held: all, undone: Vec::new() };
    }
    let at: BTreeMap<&str, usize> = all.iter().enumerate().map(|(n, decision)| (decision.id.as_str(), n)).collect();
    let targets: Vec<Option<usize>> =
        all.iter().map(|decision| at.get(decision.supersedes.as_deref()?).copied()).collect();
    let mut n_open = vec![0_usize; all.len()];
    for target in targets.iter().flatten() {
        n_open[*target] += 1;
    }
    let mut is_superseded = vec![false; all.len()];
    let mut holds = vec![false; all.len()];
    let mut ready: Vec<usize> = (0..all.len()).filter(|&n| n_open[n] == 0).collect();
    while let Some(n) = ready.pop() {
        holds[n] = !is_superseded[n];
        let Some(target) = targets[n] else { continue };
        is_superseded[target] |= holds[n];
        n_open[target] -= 1;
        if n_open[target] == 0 {
            ready.push(target);
        }
    }
    let mut split = Split { held: Vec::new(), undone: Vec::new() };
    for (decision, holds) in all.into_iter().zip(holds) {
        if holds { split.held.push(decision) } else { split.undone.push(decision) }
    }
    split
}

fn with_id(decision: Decision) -> Decision {
    if decision.id.is_empty() { decision.sealed() } else { decision }
}

/// Which decisions are to be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one whose id begins so.
    Id(String),
    /// All that a rule made.
    Rule(String),
    /// All that somebody made.
    By(String),
    /// All since a moment, itself included.
    Since(jiff::Timestamp),
}

impl Which {
    fn means(&self, decision: &Decision) -> bool {
        match self {
            Self::Id(id) => !id.is_empty() && decision.id.starts_with(id.as_str()),
            Self::Rule(rule) => decision.rule == *rule && decision.op != Op::Undo,
            Self::By(by) => decision.by == *by,
            Self::Since(moment) => decision.at >= *moment,
        }
    }
}

/// Returns the decisions that take back those which are meant and hold, ready to be appended to the log.
///
/// A taking-back that is itself meant is taken back too; what it had put aside, and is meant as well, is then put aside
/// anew, so that after `Since` the log says what it said before that moment.
#[must_use]
pub fn undo(log: &[Decision], which: &Which, by: &str, at: jiff::Timestamp) -> Vec<Decision> {
    let mut all = log.to_vec();
    let mut new: Vec<Decision> = Vec::new();
    loop {
        let held = split(&all).held;
        let is_new = |decision: &Decision| new.iter().any(|one| one.id == decision.id);
        let meant: Vec<&Decision> = held.iter().filter(|decision| which.means(decision) && !is_new(decision)).collect();
        if meant.is_empty() {
            return new;
        }
        let undos: Vec<Decision> = meant
            .into_iter()
            .map(|decision| {
                let undo = Decision::by_person(decision.kind, Op::Undo, ("", ""), by, at);
                Decision { supersedes: Some(decision.id.clone()), ..undo }.sealed()
            })
            .collect();
        all.extend(undos.iter().cloned());
        new.extend(undos);
        if matches!(which, Which::Id(_)) {
            return new;
        }
    }
}
