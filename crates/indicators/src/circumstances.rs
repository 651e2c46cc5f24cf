//! What is known of observations beside their counts: which documents are one work, and which names are uncertain.

use std::collections::{BTreeMap, BTreeSet};

use fact::Fault;
use ledger::{ObservationRow, Params, Session};
use measure::{Circumstances, Link};

use crate::card::Card;
use crate::observe::{Scope, wanted};

/// A name as written that may stand for an organisation, both as they stand in the table `identity`.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertain {
    /// The name's own organisation.
    pub unit: String,
    /// The organisation that it may stand for.
    pub organisation: String,
    /// How probably it does, 0 to 1.
    pub probability: f64,
}

/// Returns the work item or agenda item of each document that has one, from a prepared session.
///
/// # Errors
/// When a stored file cannot be read.
pub async fn works(session: &Session) -> Result<BTreeMap<String, String>, Fault> {
    let answer = session.query(include_str!("../steps/works.sql"), &Params::new()).await?;
    Ok(answer.rows.iter().map(|row| (row[0].text().to_string(), row[1].text().to_string())).collect())
}

/// Returns the circumstances of the observations that [`observations`](crate::observations) gives for the same rows, scope and
/// cards. Of an uncertain name that may stand for several organisations the probabilities are scaled down to a sum of 1.
#[must_use]
pub fn circumstances(
    rows: &[ObservationRow],
    scope: &Scope,
    cards: &[&Card],
    works: &BTreeMap<String, String>,
    uncertain: &[Uncertain],
) -> Circumstances {
    let rows = wanted(rows, scope, cards);
    let items: BTreeSet<&str> = rows.iter().map(|row| row.item.as_str()).collect();
    let organisations: BTreeSet<&str> = rows.iter().map(|row| row.organisation.as_str()).collect();
    let organisations: BTreeMap<&str, u32> = organisations.into_iter().zip(0..).collect();
    let numbers: BTreeMap<&String, u32> = works.values().collect::<BTreeSet<_>>().into_iter().zip(0..).collect();
    let work = |(item, at): (&str, u32)| Some((at, numbers[works.get(item)?]));
    Circumstances {
        works: items.into_iter().zip(0..).filter_map(work).collect(),
        links: links(&organisations, uncertain),
        kinds: Vec::new(),
    }
}

fn links(organisations: &BTreeMap<&str, u32>, uncertain: &[Uncertain]) -> Vec<Link> {
    let at = |name: &String| organisations.get(name.as_str()).copied();
    let mut by_unit: BTreeMap<u32, BTreeMap<u32, f64>> = BTreeMap::new();
    for one in uncertain {
        if let (Some(unit), Some(organisation)) = (at(&one.unit), at(&one.organisation)) {
            let held = by_unit.entry(unit).or_default().entry(organisation).or_default();
            *held = held.max(one.probability);
        }
    }
    // A name links to an organisation that is certain; of two that doubt each other, the later one stays.
    let units: BTreeSet<u32> = by_unit.keys().copied().collect();
    let mut links = Vec::new();
    for (unit, targets) in by_unit {
        let sure = || targets.iter().filter(|(target, _)| !units.contains(target));
        let sum: f64 = sure().map(|(_, probability)| probability).sum();
        links.extend(sure().map(|(&organisation, probability)| Link {
            unit,
            organisation,
            probability: probability / sum.max(1.0),
        }));
    }
    links
}

/// Words in the identifier of a meeting that is no ordinary one.
const WORKSHOPS: [&str; 6] = ["workshop", "seminar", "webinar", "tutorial", "hackathon", "open day"];

/// Returns the kind of a meeting by its identifier, as the profile's activities name it: `workshop` or `meeting`.
#[must_use]
pub fn kind_of_meeting(meeting: &str) -> &'static str {
    let meeting = meeting.to_lowercase();
    if WORKSHOPS.iter().any(|word| meeting.contains(word)) { "workshop" } else { "meeting" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workshop_is_no_ordinary_meeting() {
        assert_eq!(kind_of_meeting("ITU-MIIT seminar 2024"), "workshop");
        assert_eq!(kind_of_meeting("3gpp/sa2#163"), "meeting");
    }

    #[test]
    fn an_uncertain_name_links_to_certain_organisations_only() {
        let organisations = BTreeMap::from([("acme", 0), ("acme-labs", 1), ("acme-ltd", 2)]);
        let doubt = |unit: &str, organisation: &str, probability| Uncertain {
            unit: unit.into(),
            organisation: organisation.into(),
            probability,
        };
        let doubts =
            [doubt("acme-labs", "acme", 0.25), doubt("acme-ltd", "acme-labs", 0.5), doubt("gone", "acme", 0.5)];
        let expected = [Link { unit: 1, organisation: 0, probability: 0.25 }];
        assert_eq!(links(&organisations, &doubts), expected);
    }
}
