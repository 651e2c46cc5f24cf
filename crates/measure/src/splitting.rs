//! Who split the work into more papers than it was?

use std::collections::BTreeMap;

use crate::series::Groups;
use crate::{Kind, Observations, Taper, TaperWithin};

/// How much of an organisation's count comes from several papers on one work.
#[derive(Clone, Debug, PartialEq)]
pub struct Splitting {
    /// Position in [`Observations::organisations`].
    pub organisation: u32,
    /// Plain sum of events.
    pub counted: f64,
    /// Sum in which each work at a meeting counts once.
    pub works: f64,
    /// Places won by counting papers and not works: rank by works less rank by plain count.
    pub places: i32,
    /// True when at least twice as much is counted as there are works, and there are 5 works at least.
    pub is_flagged: bool,
}

/// Returns, for each organisation with events of an indicator, how many papers it made of each work.
///
/// A flag is a question to ask, not a verdict: a rapporteur who must submit ten parts of one text looks alike. Papers on works
/// that are not known ([`crate::Circumstances::works`]) count as works of their own, so splitting across them is not seen.
#[must_use]
pub fn splitting(observations: &Observations, indicator: u16, works: &BTreeMap<u32, u32>) -> Vec<Splitting> {
    let groups = Groups::new(observations);
    let once = Taper { within: TaperWithin::Work, exponent: 0.0 };
    let one = |organisation: usize| {
        let rows = groups.rows(organisation, usize::from(indicator));
        let tapered = once.of(rows, Kind::Count, works);
        let [counted, works] = [rows, &tapered[..]].map(|rows| rows.iter().map(|row| row.events).sum::<f64>());
        let n_works = tapered.iter().filter(|row| row.events > 0.0).count();
        let is_flagged = n_works >= 5 && counted >= 2.0 * works;
        Splitting { organisation: organisation as u32, counted, works, places: 0, is_flagged }
    };
    let all = (0..observations.organisations.len()).map(one);
    let mut all: Vec<Splitting> = all.filter(|splitting| splitting.counted > 0.0).collect();
    let rank = |of: fn(&Splitting) -> f64| -> Vec<i32> {
        let mut sorted: Vec<f64> = all.iter().map(of).collect();
        sorted.sort_by(|one, other| other.total_cmp(one));
        all.iter().map(|one| sorted.partition_point(|other| *other > of(one)) as i32).collect()
    };
    let (by_works, by_count) = (rank(|one| one.works), rank(|one| one.counted));
    for (at, splitting) in all.iter_mut().enumerate() {
        splitting.places = by_works[at] - by_count[at];
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Meeting, Observation};

    #[test]
    fn a_splitter_wins_places_and_is_flagged() {
        let row = |organisation, item| Observation {
            indicator: 0,
            organisation,
            meeting: 0,
            item,
            events: 1.0,
            exposure: 1.0,
        };
        // Acme hands in 6 papers; Borealis makes 10 of 5 works.
        let rows = (0..6).map(|item| row(0, item)).chain((10..20).map(|item| row(1, item))).collect();
        let observations = Observations {
            organisations: vec!["acme".into(), "borealis".into()],
            meetings: vec![Meeting { id: "m".into(), body: "x".into(), day: 0 }],
            indicators: vec!["documents".into()],
            rows,
        };
        let works = (10..20).map(|item| (item, item / 2)).collect();
        let found = splitting(&observations, 0, &works);
        assert_eq!([found[0].places, found[1].places], [-1, 1]);
        assert_eq!((found[1].counted, found[1].works, found[1].is_flagged), (10.0, 5.0, true));
        assert!(!found[0].is_flagged);
    }
}
