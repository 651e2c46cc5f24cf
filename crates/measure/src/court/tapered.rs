//! Counts in which further papers on the same work at the same meeting count less: the remedy against split papers.

use std::collections::BTreeMap;

use crate::Observations;

/// Returns the observations with the events of one indicator tapered: of an organisation's items on one work item at one
/// meeting, the one with most credit counts in full, and the n-th by credit counts n^exponent - (n - 1)^exponent.
///
/// With the exponent 1 nothing changes; with 0 only the best counts, so that a document handed in as ten on the same work
/// item at the same meeting counts as one. More or greater credits never lower the sum. Exposure is tapered with its events,
/// so that a share becomes one of work items at meetings, in which the best of each counts. `work_of` gives the work item of
/// an item; other indicators stay as they are.
///
/// # Panics
/// If the exponent lies outside 0 to 1.
///
/// ```
/// use measure::{Meeting, Observation, Observations};
/// let row = |item, events| Observation { indicator: 0, organisation: 0, meeting: 0, item, events, exposure: 1.0 };
/// let observations = Observations {
///     organisations: vec!["acme".into()],
///     meetings: vec![Meeting { id: "m1".into(), body: "wg".into(), day: 0 }],
///     indicators: vec!["documents".into()],
///     rows: (0..4).map(|item| row(item, 1.0)).collect(),
/// };
/// let sum = |exponent| -> f64 {
///     measure::court::tapered(&observations, 0, |_| 0, exponent).rows.iter().map(|row| row.events).sum()
/// };
/// assert_eq!([sum(0.0), sum(0.5), sum(1.0)], [1.0, 2.0, 4.0]); // four papers count as 1, as 2, as 4
/// ```
#[must_use]
pub fn tapered(
    observations: &Observations,
    indicator: u16,
    work_of: impl Fn(u32) -> u32,
    exponent: f64,
) -> Observations {
    assert!((0.0..=1.0).contains(&exponent), "a taper has an exponent of 0 to 1");
    let mut on_work: BTreeMap<(u32, u32, u32), Vec<usize>> = BTreeMap::new();
    for (at, row) in observations.rows.iter().enumerate().filter(|(_, row)| row.indicator == indicator) {
        on_work.entry((row.organisation, row.meeting, work_of(row.item))).or_default().push(at);
    }
    let mut rows = observations.rows.clone();
    for mut places in on_work.into_values() {
        places.sort_by(|one, other| {
            let (one, other) = (rows[*one], rows[*other]);
            other.events.total_cmp(&one.events).then(other.exposure.total_cmp(&one.exposure))
        });
        for (n, at) in places.into_iter().enumerate().skip(1) {
            let weight = ((n + 1) as f64).powf(exponent) - (n as f64).powf(exponent);
            rows[at].events *= weight;
            rows[at].exposure *= weight;
        }
    }
    Observations { rows, ..observations.clone() }
}
