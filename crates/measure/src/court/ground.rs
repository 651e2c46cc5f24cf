//! What an attack can reach: of all observations only the rows of those whom it touches, so that a simulation need not score
//! everybody again for each attacker.

use std::collections::{BTreeMap, BTreeSet};

use crate::court::attack::{Acts, Way, is_of_documents, ring};
use crate::{Observation, Observations};

/// Observations with an index of whose rows are where.
pub(crate) struct Ground<'a> {
    observations: &'a Observations,
    acts: &'a Acts,
    /// Positions of each organisation's rows, ascending.
    rows_of: Vec<Vec<u32>>,
    /// Who signed each document, given by meeting and item.
    signers_of: BTreeMap<(u32, u32), BTreeSet<u32>>,
    /// Position of the first row of each indicator with events: it keeps the indicator observed.
    first_of: Vec<u32>,
}

impl<'a> Ground<'a> {
    pub fn new(observations: &'a Observations, acts: &'a Acts) -> Self {
        let mut rows_of = vec![Vec::new(); observations.organisations.len()];
        let mut signers_of: BTreeMap<(u32, u32), BTreeSet<u32>> = BTreeMap::new();
        let mut first_of: BTreeMap<u16, u32> = BTreeMap::new();
        for (at, row) in (0..).zip(&observations.rows) {
            rows_of[row.organisation as usize].push(at);
            if is_of_documents(acts, row.indicator) {
                signers_of.entry((row.meeting, row.item)).or_default().insert(row.organisation);
            }
            if row.events > 0.0 {
                first_of.entry(row.indicator).or_insert(at);
            }
        }
        Self { observations, acts, rows_of, signers_of, first_of: first_of.into_values().collect() }
    }

    /// The organisations whose rows the attack may change; affiliates that it invents are not among them.
    pub fn touched(&self, way: Way, attacker: u32) -> BTreeSet<u32> {
        let signers = |of: &BTreeSet<u32>| -> BTreeSet<u32> {
            let rows = of.iter().flat_map(|whose| &self.rows_of[*whose as usize]);
            let documents = rows.map(|at| &self.observations.rows[*at as usize]).map(|row| (row.meeting, row.item));
            documents.filter_map(|document| self.signers_of.get(&document)).flatten().copied().collect()
        };
        let alone = BTreeSet::from([attacker]);
        match way {
            Way::Split(_) | Way::SplitAll(_) => &signers(&alone) | &alone,
            Way::CoSign(friends) => match ring(self.observations, self.acts, attacker, friends) {
                Ok(ring) => &signers(&ring) | &ring,
                Err(_) => alone,
            },
            Way::Attendees(_) | Way::LowValue(_) | Way::SockPuppets(_) | Way::Bots(_) | Way::Titles(_) => alone,
        }
    }

    /// The observations with the rows of these organisations alone, and one of each indicator.
    pub fn of(&self, organisations: &BTreeSet<u32>) -> Observations {
        let own = organisations.iter().flat_map(|whose| &self.rows_of[*whose as usize]);
        let mut places: Vec<u32> = own.chain(&self.first_of).copied().collect();
        places.sort_unstable();
        places.dedup();
        let rows: Vec<Observation> = places.into_iter().map(|at| self.observations.rows[at as usize]).collect();
        self.observations.with(rows)
    }
}
