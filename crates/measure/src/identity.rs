//! Who is who in each replicate: where the rows of every uncertain name belong.
//!
//! Comes in: the links. Goes out: for an organisation, the names whose rows it holds, and in which replicates. Each name is
//! drawn once a replicate, for all organisations and indicators together, so that no row is ever counted twice or lost.

use std::collections::BTreeMap;

use crate::draw::{Draws, owner};
use crate::{Circumstances, Layer, Observations};

/// The uncertain names, and where each may land.
pub(crate) struct Identity {
    names: Vec<Name>,
    /// For each organisation concerned: positions in `names`.
    touched: BTreeMap<usize, Vec<usize>>,
    has_rows: Vec<bool>,
}

struct Name {
    unit: usize,
    /// Where it lands most probably; a tie leaves it where it is.
    nominal: usize,
    /// Where it lands, by replicate.
    landed: Vec<usize>,
}

/// Names whose rows one organisation holds, and the replicates of which this is true.
pub(crate) struct Standing {
    /// Positions of organisations and names; empty where the organisation does not exist.
    pub(crate) members: Vec<usize>,
    /// `None` for all.
    pub(crate) replicates: Option<Vec<u32>>,
}

impl Identity {
    pub(crate) fn new(observations: &Observations, circumstances: &Circumstances, seed: u64, replicates: u32) -> Self {
        let mut has_rows = vec![false; observations.organisations.len()];
        for row in &observations.rows {
            has_rows[row.organisation as usize] = true;
        }
        let mut alternatives: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
        for link in &circumstances.links {
            let target = (link.organisation as usize, link.probability);
            alternatives.entry(link.unit as usize).or_default().push(target);
        }
        let mut touched: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut names = Vec::new();
        for (at, (unit, targets)) in alternatives.into_iter().enumerate() {
            touched.entry(unit).or_default().push(at);
            for &(target, _) in &targets {
                let of_target = touched.entry(target).or_default();
                if !of_target.contains(&at) {
                    of_target.push(at);
                }
            }
            let whose = owner(&format!("who is {}", observations.organisations[unit]));
            let landed =
                (0..replicates).map(|replicate| land(unit, &targets, Draws::at(seed, whose, replicate, 0).uniform()));
            names.push(Name { unit, nominal: most_probable(unit, &targets), landed: landed.collect() });
        }
        Self { names, touched, has_rows }
    }

    /// Returns the names whose rows the organisation holds under the most probable decisions.
    pub(crate) fn nominal(&self, organisation: usize) -> Vec<usize> {
        self.members(organisation, |name| name.nominal)
    }

    /// Returns what the organisation holds in the replicates, each set of names once.
    pub(crate) fn standings(&self, organisation: usize, layers: &[Layer]) -> Vec<Standing> {
        let all = |members| vec![Standing { members, replicates: None }];
        let Some(touched) = self.touched.get(&organisation).filter(|_| layers.contains(&Layer::Identity)) else {
            return all(self.nominal(organisation));
        };
        let mut by_members: BTreeMap<Vec<usize>, Vec<u32>> = BTreeMap::new();
        let n_replicates = self.names[touched[0]].landed.len();
        for replicate in 0..n_replicates {
            let members = self.members(organisation, |name| name.landed[replicate]);
            by_members.entry(members).or_default().push(replicate as u32);
        }
        let one = |(members, replicates)| Standing { members, replicates: Some(replicates) };
        by_members.into_iter().map(one).collect()
    }

    fn members(&self, organisation: usize, place: impl Fn(&Name) -> usize) -> Vec<usize> {
        let Some(touched) = self.touched.get(&organisation) else { return vec![organisation] };
        let mut members = Vec::new();
        let mut is_own = self.has_rows[organisation];
        for name in touched.iter().map(|&at| &self.names[at]) {
            if name.unit == organisation {
                is_own = place(name) == organisation;
            } else if place(name) == organisation {
                members.push(name.unit);
            }
        }
        if is_own {
            members.push(organisation);
        }
        members.sort_unstable();
        members
    }
}

fn land(unit: usize, targets: &[(usize, f64)], uniform: f64) -> usize {
    let mut left = uniform;
    for &(target, probability) in targets {
        left -= probability;
        if left < 0.0 {
            return target;
        }
    }
    unit
}

fn most_probable(unit: usize, targets: &[(usize, f64)]) -> usize {
    let stays = 1.0 - targets.iter().map(|(_, probability)| probability).sum::<f64>();
    let best = targets.iter().fold((unit, stays), |best, one| if one.1 > best.1 { *one } else { best });
    best.0
}
