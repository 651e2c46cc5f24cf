//! First seat against further seats, and ten papers where one would do: what is alike at one meeting counts ever less.
//!
//! Comes in: one organisation's rows of one indicator. Goes out: rows in which each group that belongs together is one row. With
//! a group's sum C and its largest row m, the group counts as m^(1 - t) C^t: n alike rows as n^t, so at t = 1 nothing is
//! tapered, at t = 0.5 four seats are worth two, and at t = 0 a paper split in ten is worth the one that it was. The form
//! never falls as any row rises, and it scales with the credit, so that co-signers share what is left in proportion. A share or
//! rate keeps the group's share; its exposure is tapered, and the events with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Kind, Observation};

/// How the rows of one organisation at one meeting are tapered before anything is made of them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taper {
    /// What belongs together.
    pub within: TaperWithin,
    /// The power t of the number of alike rows, 0 to 1.
    pub exponent: f64,
}

/// Which rows of one organisation and indicator belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TaperWithin {
    /// Items of one work at one meeting ([`crate::Circumstances::works`]); items of no known work stand alone.
    Work,
    /// All that was counted at one meeting: for seats.
    Meeting,
}

impl Taper {
    /// Returns what a group of amounts of at least 0 is worth together.
    ///
    /// ```
    /// use measure::{Taper, TaperWithin};
    /// let seats = Taper { within: TaperWithin::Meeting, exponent: 0.5 };
    /// assert_eq!(seats.worth(&[1.0, 1.0, 1.0, 1.0]), 2.0); // four seats are worth two
    /// assert_eq!(seats.worth(&[0.5]), 0.5);
    /// ```
    #[must_use]
    pub fn worth(&self, amounts: &[f64]) -> f64 {
        let (sum, largest) = sum_and_largest(amounts);
        if amounts.len() < 2 { sum } else { largest.powf(1.0 - self.exponent) * sum.powf(self.exponent) }
    }

    /// Returns the rows, ordered by meeting and item, with each group put together; `rows` are ordered alike.
    pub(crate) fn of(&self, rows: &[Observation], kind: Kind, works: &BTreeMap<u32, u32>) -> Vec<Observation> {
        let mut tapered = Vec::with_capacity(rows.len());
        for at_meeting in rows.chunk_by(|one, other| one.meeting == other.meeting) {
            let mut groups: BTreeMap<u32, Vec<Observation>> = BTreeMap::new();
            let start = tapered.len();
            for row in at_meeting {
                let group = match self.within {
                    TaperWithin::Meeting => Some(0),
                    TaperWithin::Work => works.get(&row.item).copied(),
                };
                match group {
                    Some(group) => groups.entry(group).or_default().push(*row),
                    None => tapered.push(*row),
                }
            }
            tapered.extend(groups.values().map(|group| self.together(group, kind)));
            tapered[start..].sort_by_key(|row| row.item);
        }
        tapered
    }

    fn together(&self, group: &[Observation], kind: Kind) -> Observation {
        let [first, _, ..] = group else { return group[0] };
        let all = |of: fn(&Observation) -> f64| -> Vec<f64> { group.iter().map(of).collect() };
        let (events, exposures) = (all(|row| row.events), all(|row| row.exposure));
        if !kind.has_exposure() {
            return Observation { events: self.worth(&events), ..*first };
        }
        let (exposure, largest) = sum_and_largest(&exposures);
        let factor = if exposure > 0.0 { (largest / exposure).powf(1.0 - self.exponent) } else { 1.0 };
        Observation { events: factor * events.iter().sum::<f64>(), exposure: factor * exposure, ..*first }
    }
}

fn sum_and_largest(amounts: &[f64]) -> (f64, f64) {
    amounts.iter().fold((0.0, 0.0), |(sum, largest), amount| (sum + amount, f64::max(largest, *amount)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(meeting: u32, item: u32, events: f64) -> Observation {
        Observation { indicator: 0, organisation: 0, meeting, item, events, exposure: 1.0 }
    }

    #[test]
    fn only_what_belongs_together_is_put_together() {
        let works = BTreeMap::from([(1, 7), (2, 7), (3, 8)]);
        let rows = [row(0, 1, 1.0), row(0, 2, 1.0), row(0, 3, 1.0), row(0, 4, 1.0), row(1, 1, 1.0), row(1, 5, 1.0)];
        let papers = Taper { within: TaperWithin::Work, exponent: 0.0 };
        let expected = [row(0, 1, 1.0), row(0, 3, 1.0), row(0, 4, 1.0), row(1, 1, 1.0), row(1, 5, 1.0)];
        assert_eq!(papers.of(&rows, Kind::Count, &works), expected);
        assert_eq!(papers.of(&rows, Kind::Count, &BTreeMap::new()), rows, "without known works nothing is tapered");
        let off = Taper { within: TaperWithin::Meeting, exponent: 1.0 };
        let sums: Vec<f64> = off.of(&rows, Kind::Count, &works).iter().map(|row| row.events).collect();
        assert_eq!(sums, [4.0, 2.0]);
    }

    #[test]
    fn a_rate_keeps_its_share_and_loses_exposure() {
        let papers = Taper { within: TaperWithin::Meeting, exponent: 0.5 };
        let rows = [row(0, 1, 1.0), row(0, 2, 0.0), row(0, 3, 1.0), row(0, 4, 1.0)];
        let [together] = papers.of(&rows, Kind::RateShrunk, &BTreeMap::new())[..] else { panic!("one row") };
        assert!((together.exposure - 2.0).abs() < 1e-12 && (together.events - 1.5).abs() < 1e-12, "{together:?}");
    }
}
