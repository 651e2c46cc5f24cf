//! What stands beside a name: organisations, e-mail domains, committees, years and lists, and what agreement in them weighs.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Sighting;
use crate::Contribution;

/// First and last day, as far as they are known.
pub(crate) type Span = (Option<Date>, Option<Date>);

/// All that is known of a mention or of a cluster besides its name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    pub organisations: BTreeSet<String>,
    pub domains: BTreeSet<String>,
    pub bodies: BTreeMap<String, Span>,
    pub lists: BTreeSet<String>,
    pub n: i64,
}

/// Domains that everyone can have an address in.
const FREE_MAIL: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
    "icloud.com",
    "me.com",
    "qq.com",
    "163.com",
    "126.com",
    "protonmail.com",
    "proton.me",
    "gmx.de",
    "gmx.net",
    "web.de",
    "mail.ru",
    "fastmail.com",
    "naver.com",
    "noreply.github.com",
    "users.noreply.github.com",
];

/// True for domains that everyone can have an address in: they say nothing of an organisation.
///
/// ```
/// use resolve::person::is_free_mail;
/// assert!(is_free_mail("GMail.com") && !is_free_mail("acme.example"));
/// ```
#[must_use]
pub fn is_free_mail(domain: &str) -> bool {
    FREE_MAIL.contains(&domain.to_lowercase().as_str())
}

/// Years between two spells in a committee that still make it one stay.
const NEAR_YEARS: i16 = 3;

impl Context {
    /// Takes in what a sighting says.
    pub fn add(&mut self, sighting: &Sighting) {
        self.organisations.extend(sighting.organisation.clone());
        let is_own = |domain: &&String| !is_free_mail(domain);
        self.domains.extend(sighting.domain.iter().filter(is_own).map(|domain| domain.to_lowercase()));
        for stay in &sighting.bodies {
            widen(self.bodies.entry(stay.body.clone()).or_insert((stay.from, stay.to)), (stay.from, stay.to));
        }
        self.lists.extend(sighting.lists.iter().cloned());
        self.n += sighting.n;
    }

    /// Takes in another context.
    pub fn join(&mut self, other: &Self) {
        self.organisations.extend(other.organisations.iter().cloned());
        self.domains.extend(other.domains.iter().cloned());
        for (body, span) in &other.bodies {
            widen(self.bodies.entry(body.clone()).or_insert(*span), *span);
        }
        self.lists.extend(other.lists.iter().cloned());
        self.n += other.n;
    }

    fn span(&self) -> Span {
        let mut spans = self.bodies.values();
        let mut all = spans.next().copied().unwrap_or_default();
        spans.for_each(|span| widen(&mut all, *span));
        all
    }
}

fn widen(span: &mut Span, (from, to): Span) {
    span.0 = [span.0, from].into_iter().flatten().min();
    span.1 = [span.1, to].into_iter().flatten().max();
}

/// Years between two intervals, 0 where they touch; `None` where a day is missing.
fn gap((from, to): Span, (other_from, other_to): Span) -> Option<i16> {
    let year = |day: Option<Date>| day.map(Date::year);
    Some((year(from)? - year(other_to)?).max(year(other_from)? - year(to)?).max(0))
}

/// Returns what agreement and disagreement beside the names weigh. `is_same_name`: the names are equal word by word.
pub(crate) fn weigh(one: &Context, other: &Context, is_same_name: bool) -> Vec<Contribution> {
    [
        organisation(one, other),
        domain(one, other),
        committee(one, other),
        years(one, other),
        lists(one, other, is_same_name),
    ]
    .into_iter()
    .flatten()
    .map(|(feature, found, bits)| Contribution { feature: feature.into(), found, bits })
    .collect()
}

type Said = Option<(&'static str, String, f64)>;

fn organisation(one: &Context, other: &Context) -> Said {
    if let Some(shared) = one.organisations.intersection(&other.organisations).next() {
        return Some(("organisation", format!("both {shared}"), 5.5));
    }
    let (mine, theirs) = (one.organisations.first()?, other.organisations.first()?);
    Some(("organisation", format!("{mine} / {theirs}"), -2.0))
}

/// People move and keep their name: another domain says little.
fn domain(one: &Context, other: &Context) -> Said {
    if let Some(shared) = one.domains.intersection(&other.domains).next() {
        let is_told_already = !one.organisations.is_disjoint(&other.organisations);
        return Some(("e-mail domain", format!("both {shared}"), if is_told_already { 1.0 } else { 5.0 }));
    }
    let (mine, theirs) = (one.domains.first()?, other.domains.first()?);
    Some(("e-mail domain", format!("{mine} / {theirs}"), -0.5))
}

fn committee(one: &Context, other: &Context) -> Said {
    let shared = one.bodies.iter().filter_map(|(body, span)| Some((body, gap(*span, *other.bodies.get(body)?))));
    let nearest = shared.min_by_key(|(body, gap)| (gap.unwrap_or(NEAR_YEARS), *body));
    if let Some((body, gap)) = nearest {
        let bits = if gap.is_some_and(|gap| gap < NEAR_YEARS) { 6.0 } else { 4.0 };
        return Some(("committee", format!("both in {body}"), bits));
    }
    let parent = |body: &'_ str| body.split_once('/').map(|(parent, _)| parent.to_string());
    let parents: BTreeSet<String> = one.bodies.keys().filter_map(|body| parent(body)).collect();
    let sibling = other.bodies.keys().find(|body| parent(body).is_some_and(|parent| parents.contains(&parent)));
    if let Some(body) = sibling {
        let (mine, theirs) = (one.bodies.keys().next()?, body);
        return Some(("committee", format!("{mine} and {theirs} belong together"), 1.5));
    }
    let (mine, theirs) = (one.bodies.keys().next()?, other.bodies.keys().next()?);
    Some(("committee", format!("{mine} / {theirs}"), -1.0))
}

fn years(one: &Context, other: &Context) -> Said {
    let gap = gap(one.span(), other.span())?;
    (gap >= 8).then(|| ("years", format!("{gap} years apart"), -1.0))
}

/// Two rows of one list are two people; a row in two spellings happens, but not every time.
fn lists(one: &Context, other: &Context, is_same_name: bool) -> Said {
    let n = one.lists.intersection(&other.lists).count();
    let of = one.lists.len().min(other.lists.len());
    let is_one_row = is_same_name
        && (one.organisations.is_empty()
            || other.organisations.is_empty()
            || !one.organisations.is_disjoint(&other.organisations));
    if n == 0 || is_one_row {
        return None;
    }
    let bits =
        if n >= 2 && n * 2 >= of { -14.0 } else { -2.0 - f64::from(u32::try_from(n).unwrap_or(u32::MAX)).min(10.0) };
    Some(("same list", format!("both on {n} of {of} lists"), bits))
}
