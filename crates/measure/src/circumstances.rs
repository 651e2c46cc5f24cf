//! What is known of the rows beside their counts: whose they may be, which of them are one work, and what kind of meeting.
//!
//! Comes in: positions in [`Observations`]. Goes out: the same, checked. All of it may be empty, and then nothing changes: every
//! name is certain, every item is a work of its own, and no meeting has a kind.

use std::collections::BTreeMap;

use crate::{Error, Fault, Observations};

/// What is known of some observations beside their counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Circumstances {
    /// Uncertain names. Several links of one unit are alternatives to each other.
    pub links: Vec<Link>,
    /// The work that an item belongs to, by the item's number. Two items are one work where the group would have heard them
    /// as one paper: the same matter (agenda item or work item) under the same indicator, at one meeting, from one
    /// organisation. Numbers are compared only within those four. An item without an entry is never put together with another.
    pub works: BTreeMap<u32, u32>,
    /// The kind of each meeting (plenary, workshop, seminar, working group), in the order of [`Observations::meetings`];
    /// `None` where it is not known. Empty is the same as `None` throughout.
    pub kinds: Vec<Option<String>>,
}

/// A name as written, which is a unit of its own, and the organisation that it may stand for.
///
/// In a replicate all rows of the unit belong to the organisation with this probability, and else stay where they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Position of the name as written in [`Observations::organisations`]. Its rows move together.
    pub unit: u32,
    /// Position of the organisation that it may stand for; not itself an uncertain name.
    pub organisation: u32,
    /// 0 to 1; those of one unit sum to at most 1, and the rest is the probability of being an organisation of its own.
    pub probability: f64,
}

impl Circumstances {
    /// Checks that positions and probabilities are as documented.
    pub(crate) fn check(&self, observations: &Observations) -> Result<(), Error> {
        let n = observations.organisations.len();
        let mut faults = Vec::new();
        let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
        for link in &self.links {
            *sums.entry(link.unit).or_default() += link.probability;
        }
        for (at, link) in self.links.iter().enumerate() {
            let place = format!("link {}", at + 1);
            if link.unit.max(link.organisation) as usize >= n {
                let what = format!("expected organisations below {n}, found {} and {}", link.unit, link.organisation);
                faults.push(Fault::new(&place, what, "number the links after the organisations"));
            } else if sums.contains_key(&link.organisation) {
                let name = &observations.organisations[link.organisation as usize];
                let what = format!("expected a certain organisation to link to, found the uncertain name `{name}`");
                faults.push(Fault::new(&place, what, "link names to organisations, not to other names"));
            }
            if !(0.0..=1.0).contains(&link.probability) {
                let what = format!("expected a probability from 0 to 1, found {}", link.probability);
                faults.push(Fault::new(&place, what, "correct the probability"));
            }
        }
        for (unit, sum) in sums.into_iter().filter(|(_, sum)| *sum > 1.0 + 1e-9) {
            let what = format!("expected probabilities that sum to at most 1, found {sum}");
            faults.push(Fault::new(format!("links of unit {unit}"), what, "the alternatives exclude each other"));
        }
        if !self.kinds.is_empty() && self.kinds.len() != observations.meetings.len() {
            let what =
                format!("expected {} kinds of meetings, found {}", observations.meetings.len(), self.kinds.len());
            faults.push(Fault::new("kinds", what, "give one for each meeting, `None` where it is not known"));
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Observations(faults)) }
    }

    /// Returns the kind of a meeting, where it is known.
    pub(crate) fn kind(&self, meeting: usize) -> Option<&str> {
        self.kinds.get(meeting)?.as_deref()
    }
}
