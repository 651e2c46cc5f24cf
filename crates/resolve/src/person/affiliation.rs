//! Affiliations and titles: what is claimed of a person, from when to when. Two at a time are allowed, and found.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The organisation that a person belongs to.
    Organisation,
    /// An office or title: `Director General`.
    Title,
}

/// What a source says of a person, once or over a time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    /// The mention of the person.
    pub mention: String,
    /// What is claimed.
    pub about: About,
    /// The organisation or the title.
    pub value: String,
    /// First day on which a source says so; `None` where it gives no day.
    pub from: Option<Date>,
    /// Last day on which a source says so.
    pub to: Option<Date>,
    /// Number of facts.
    pub n: i64,
    /// Where one can look it up.
    pub sources: BTreeSet<String>,
}

/// A time during which a person is said to belong to an organisation or to bear a title.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenure {
    /// The mention that the person goes by.
    pub person: String,
    /// What it is.
    pub about: About,
    /// The organisation or the title.
    pub value: String,
    /// First day; `None` where no source gives one.
    pub from: Option<Date>,
    /// Last day on which a source says so.
    pub to: Option<Date>,
    /// Number of facts.
    pub n: i64,
    /// Where one can look it up.
    pub sources: BTreeSet<String>,
}

/// Two sightings further apart than this do not speak for the time between them.
const SILENCE_DAYS: i64 = 550;

/// Returns what is claimed of each person, as dated intervals. Contradicting claims all stay.
///
/// `persons` gives for a mention the one that its person goes by ([`person_clusters`](super::person_clusters)); a mention
/// that is not in it goes by itself. Claims of the same value become one interval where they are at most 550 days apart;
/// undated ones stand by themselves.
#[must_use]
pub fn tenures(claims: &[Claim], persons: &BTreeMap<String, String>) -> Vec<Tenure> {
    let mut sorted: Vec<Tenure> = claims.iter().map(|claim| tenure(claim, persons)).collect();
    sorted.sort();
    let mut tenures: Vec<Tenure> = Vec::new();
    for next in sorted {
        match tenures.last_mut() {
            Some(last) if goes_on(last, &next) => {
                last.to = last.to.max(next.to);
                last.n += next.n;
                last.sources.extend(next.sources);
            }
            _ => tenures.push(next),
        }
    }
    tenures
}

fn tenure(claim: &Claim, persons: &BTreeMap<String, String>) -> Tenure {
    let Claim { mention, about, value, from, to, n, sources } = claim.clone();
    let (first, last) = (from.or(to), to.or(from));
    Tenure {
        person: persons.get(&mention).cloned().unwrap_or(mention),
        about,
        value,
        from: first,
        to: last,
        n,
        sources,
    }
}

fn goes_on(last: &Tenure, next: &Tenure) -> bool {
    let is_near = match (last.to, next.from) {
        (Some(to), Some(from)) => from.duration_since(to).as_hours() / 24 <= SILENCE_DAYS,
        (to, from) => to == from,
    };
    is_near && (&last.person, last.about, &last.value) == (&next.person, next.about, &next.value)
}

/// Returns pairs of affiliations of one person that overlap in time, each pair once.
///
/// Sharing a single day is how a move looks from outside, so two affiliations have to share more than one day.
#[must_use]
pub fn dual_affiliations(tenures: &[Tenure]) -> Vec<(&Tenure, &Tenure)> {
    let mut by_person: BTreeMap<&str, Vec<&Tenure>> = BTreeMap::new();
    for tenure in tenures.iter().filter(|tenure| tenure.about == About::Organisation) {
        by_person.entry(&tenure.person).or_default().push(tenure);
    }
    let mut pairs = Vec::new();
    for held in by_person.values() {
        for (at, one) in held.iter().enumerate() {
            let others = held[at + 1..].iter().filter(|other| other.value != one.value && overlap(one, other));
            pairs.extend(others.map(|other| (*one, *other)));
        }
    }
    pairs
}

fn overlap(one: &Tenure, other: &Tenure) -> bool {
    let ends = (one.from.max(other.from), one.to.min(other.to));
    let are_dated = [one.from, one.to, other.from, other.to].iter().all(Option::is_some);
    are_dated && matches!(ends, (Some(from), Some(to)) if from < to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(about: About, value: &str, days: [(i16, i8); 2]) -> Claim {
        let [from, to] = days.map(|(year, month)| Some(jiff::civil::date(year, month, 1)));
        let sources = BTreeSet::from([format!("list {value}")]);
        Claim { mention: "Ada Quell".into(), about, value: value.into(), from, to, n: 1, sources }
    }

    #[test]
    fn intervals_grow_end_and_overlap() {
        let claims = [
            claim(About::Organisation, "borealis", [(2020, 1), (2020, 6)]),
            claim(About::Organisation, "borealis", [(2021, 1), (2021, 6)]),
            claim(About::Organisation, "borealis", [(2025, 1), (2025, 2)]),
            claim(About::Organisation, "caldera", [(2021, 3), (2022, 3)]),
            claim(About::Title, "chair", [(2021, 3), (2022, 3)]),
        ];
        let tenures = tenures(&claims, &BTreeMap::new());
        assert_eq!(tenures.len(), 4, "{tenures:#?}");
        assert_eq!(tenures[0].to.unwrap().to_string(), "2021-06-01");
        assert_eq!(tenures[0].n, 2);
        let dual = dual_affiliations(&tenures);
        assert_eq!(dual.len(), 1);
        assert_eq!((dual[0].0.value.as_str(), dual[0].1.value.as_str()), ("borealis", "caldera"));
    }
}
