//! The view that commands and pages share: the ledger as of a time, names resolved, indicators observed.
//!
//! Comes in: a ledger with its log of decisions. Goes out: a session with every table, and the index of any
//! scope. Made once per version of the ledger; everything in it is a pure function of snapshots and decisions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fact::{Fault, Remedy};
use indicators::{CATALOGUE, Card, Scope, Uncertain};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use ledger::{Answer, IdentityRow, IndexRow, IndicatorRow, Ledger, ObservationRow, Params, Session};
use measure::{Circumstances, Index, Kind, Layer, Observations, Profile, Study, Workbench};
use resolve::{Counted, Decision, Identity, Tables};

use crate::identity::Names;
use crate::kept::Kept;
use crate::trial::Court;
use crate::what_if::WhatIf;

/// As of when, and with how many workers.
#[derive(Clone, Copy, Debug)]
pub struct AsOf {
    /// When it was so: what happened later is left out. `None`: everything.
    pub day: Option<Date>,
    /// When it was learnt: what was added later is left out. `None`: everything.
    pub learnt: Option<Timestamp>,
    /// Workers; they change nothing but the time it takes.
    pub n_threads: usize,
    /// The method of the index.
    pub profile: &'static Profile,
    /// True where units, successors and what was bought count with their group on the day.
    pub is_by_group: bool,
}

/// How much is observed of a body in a year, and up to which day.
#[derive(Clone, Copy, Debug, Default)]
struct Extent {
    n: usize,
    last: Option<Date>,
}

/// Everything that is measured in a scope.
pub struct Seen {
    /// The observations of the indicators that the method uses.
    pub observations: Observations,
    /// Their kinds.
    pub kinds: Vec<Kind>,
    /// What is known of them beside their counts.
    pub circumstances: Circumstances,
    /// The last day observed, in days since 1970-01-01.
    pub last: i32,
}

/// Everything derived from one version of a ledger.
pub struct View {
    /// SQL over `fact`, `problem`, `snapshot`, `identity`, `observation` and the tables between.
    pub session: Session,
    /// Every observation, in order.
    pub observations: Vec<ObservationRow>,
    /// Every identity, in order.
    pub identities: Vec<IdentityRow>,
    /// Who is who among organisations, and why.
    pub who: Names,
    /// Names of organisations by entity.
    pub names: BTreeMap<String, String>,
    /// Names of bodies by entity.
    pub bodies: BTreeMap<String, String>,
    /// Names of meetings by entity.
    pub meetings: BTreeMap<String, String>,
    /// Bodies whose facts come from made-up sources.
    pub made_up: BTreeSet<String>,
    /// The method.
    pub profile: Profile,
    /// Version of the ledger.
    pub version: i64,
    /// The work item or agenda item of documents.
    works: BTreeMap<String, String>,
    /// Names that may stand for an organisation.
    uncertain: Vec<Uncertain>,
    /// Observations and the last day of each body and year.
    extents: BTreeMap<(String, String), Extent>,
    indexes: Kept<Scope, Index>,
    workbenches: Kept<(Scope, Option<WhatIf>), Workbench>,
    /// Metrics before the court.
    pub court: Court,
}

impl View {
    /// Derives everything from the ledger as it stands.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub async fn open(ledger: &Ledger, as_of: AsOf) -> Result<Self, Fault> {
        Self::with(ledger, as_of, &[]).await
    }

    /// Derives everything as if `extra` decisions on names had been made too.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub async fn with(ledger: &Ledger, as_of: AsOf, extra: &[Decision]) -> Result<Self, Fault> {
        let (session, who, identities) = resolved(ledger, as_of, extra).await?;
        indicators::prepare(&session).await?;
        let mut observations = indicators::observe(&session).await?;
        if let Some(day) = as_of.day {
            observations.retain(|row| row.day.is_some_and(|of| of <= day));
        }
        session.put(&observations)?;
        let made_up = session.query(include_str!("sql/made_up.sql"), &Params::new()).await?;
        Ok(Self {
            names: names(&identities, "organisation"),
            bodies: names(&identities, "body"),
            meetings: names(&identities, "meeting"),
            made_up: made_up.first_column().into_iter().collect(),
            profile: as_of.profile.clone(),
            version: ledger.version(),
            works: indicators::works(&session).await?,
            uncertain: uncertain(&who, &identities),
            extents: extents(&observations),
            indexes: Kept::new(4096),
            workbenches: Kept::new(8),
            court: Court::default(),
            session,
            who,
            observations,
            identities,
        })
    }

    /// Returns the index of a scope, as of the last day observed in it.
    ///
    /// # Errors
    /// When nothing is observed in the scope.
    pub fn index(&self, scope: &Scope) -> Result<Arc<Index>, Fault> {
        self.indexes.get(scope.clone(), || Ok(self.study(scope, &self.profile)?.index))
    }

    /// Returns the index of a scope, with what is tried out, ready to be weighed again.
    ///
    /// # Errors
    /// When nothing is observed in the scope, or what is tried out names what is not there.
    pub fn workbench(&self, scope: &Scope, tried: Option<&WhatIf>, replicates: u32) -> Result<Arc<Workbench>, Fault> {
        self.workbenches.get((scope.clone(), tried.cloned()), || {
            let mut seen = self.seen(scope)?;
            if let Some(tried) = tried {
                tried.enter(&mut seen.observations)?;
            }
            let mut profile = self.profile.clone();
            profile.uncertainty.replicates = replicates;
            Workbench::new(&seen.observations, &seen.kinds, &profile, seen.last, &seen.circumstances)
                .map_err(|error| Fault::bug("laboratory", error))
        })
    }

    /// Returns the index of a scope under a profile with its replicates and sub-indices, as of the last day observed in it.
    ///
    /// # Errors
    /// When nothing is observed in the scope.
    pub fn study(&self, scope: &Scope, profile: &Profile) -> Result<Study, Fault> {
        let seen = self.seen(scope)?;
        measure::study(&seen.observations, &seen.kinds, profile, seen.last, &seen.circumstances, &Layer::ALL)
            .map_err(|error| Fault::bug("index", error))
    }

    /// Returns everything that is measured in a scope.
    ///
    /// # Errors
    /// When nothing is observed in the scope.
    pub fn seen(&self, scope: &Scope) -> Result<Seen, Fault> {
        let (observations, kinds) = self.observed(scope);
        let last = observations.meetings.iter().map(|meeting| meeting.day).max().ok_or_else(|| nothing(scope))?;
        let (rows, cards) = (&self.observations, self.cards());
        let mut circumstances = indicators::circumstances(rows, scope, &cards, &self.works, &self.uncertain);
        let kind = |meeting: &measure::Meeting| Some(indicators::kind_of_meeting(&meeting.id).to_string());
        circumstances.kinds = observations.meetings.iter().map(kind).collect();
        Ok(Seen { observations, kinds, circumstances, last })
    }

    /// Returns the observations of the indicators that the method uses, with their kinds.
    #[must_use]
    pub fn observed(&self, scope: &Scope) -> (Observations, Vec<Kind>) {
        indicators::observations(&self.observations, scope, &self.cards())
    }

    fn cards(&self) -> Vec<&'static Card> {
        let is_used = |card: &&Card| self.profile.indicators().any(|(_, used)| used.name == card.name);
        CATALOGUE.iter().filter(is_used).collect()
    }

    /// Returns the last day observed in a scope.
    #[must_use]
    pub fn last_day(&self, scope: &Scope) -> Option<Date> {
        let extents = self.extents.iter().filter(|((body, period), _)| scope.covers(body, period));
        extents.filter_map(|(_, extent)| extent.last).max()
    }

    /// Returns the name of an organisation for people.
    #[must_use]
    pub fn name<'a>(&'a self, organisation: &'a str) -> &'a str {
        self.names.get(organisation).map_or(organisation, String::as_str)
    }

    /// Returns the name of a body for people.
    #[must_use]
    pub fn body_name<'a>(&'a self, body: &'a str) -> &'a str {
        self.bodies.get(body).map_or(body, String::as_str)
    }

    /// Returns the name of a meeting for people.
    #[must_use]
    pub fn meeting_name<'a>(&'a self, meeting: &'a str) -> &'a str {
        self.meetings.get(meeting).map_or(meeting, String::as_str)
    }

    /// Returns every body with observations, with their number, the largest first.
    #[must_use]
    pub fn bodies_observed(&self) -> Vec<(&str, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for ((body, _), extent) in &self.extents {
            *counts.entry(body.as_str()).or_default() += extent.n;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(body, n)| (std::cmp::Reverse(*n), *body));
        counts
    }

    /// Returns the years with observations in a body, in order.
    #[must_use]
    pub fn periods(&self, body: Option<&str>) -> Vec<String> {
        let scope = Scope { body: body.map(Into::into), period: None };
        let extents = self.extents.keys().filter(|(body, period)| scope.covers(body, period));
        let periods: BTreeSet<&String> = extents.map(|(_, period)| period).collect();
        periods.into_iter().cloned().collect()
    }

    /// Returns the indicators of every body and year, for the table `indicator`.
    ///
    /// # Errors
    /// When the method does not fit the observations, which is a bug.
    pub fn indicator_rows(&self) -> Result<Vec<IndicatorRow>, Fault> {
        let mut rows = Vec::new();
        for scope in self.scopes() {
            rows.extend(self.indicators_of(&scope)?);
        }
        Ok(rows)
    }

    /// Returns the indicators of one scope, by indicator and organisation.
    ///
    /// # Errors
    /// When the method does not fit the observations, which is a bug.
    pub fn indicators_of(&self, scope: &Scope) -> Result<Vec<IndicatorRow>, Fault> {
        let cards: Vec<&Card> = CATALOGUE.iter().collect();
        let (observations, kinds) = indicators::observations(&self.observations, scope, &cards);
        let last = observations.meetings.iter().map(|meeting| meeting.day).max().unwrap_or_default();
        let values = measure::indicator_values(&observations, &kinds, &self.profile, last)
            .map_err(|error| Fault::bug("indicator", error))?;
        let seen = |number: f64| number.is_finite().then_some(number);
        Ok(values
            .into_iter()
            .map(|value| IndicatorRow {
                indicator: CATALOGUE[usize::from(value.indicator)].name.into(),
                organisation: observations.organisations[value.organisation as usize].clone(),
                body: scope.body.clone().unwrap_or_else(|| "all".into()),
                period: scope.period.clone().unwrap_or_else(|| "all".into()),
                events: value.events,
                exposure: value.exposure,
                value: seen(value.value),
                low: seen(value.low),
                high: seen(value.high),
                n_meetings: value.n_meetings.into(),
            })
            .collect())
    }

    /// Returns the index of every body and year, and of all years of each body, for the table `index`.
    ///
    /// # Errors
    /// When the method does not fit the observations, which is a bug.
    pub fn index_rows(&self) -> Result<Vec<IndexRow>, Fault> {
        let mut rows = Vec::new();
        for scope in self.scopes() {
            // A body may be observed by indicators alone that the method does not use.
            if !self.observed(&scope).0.rows.is_empty() {
                rows.extend(index_rows(&scope, self.index(&scope)?.as_ref()));
            }
        }
        Ok(rows)
    }

    fn scopes(&self) -> Vec<Scope> {
        let mut scopes = BTreeSet::new();
        for (body, period) in self.extents.keys() {
            scopes.insert(Scope { body: Some(body.clone()), period: Some(period.clone()) });
            scopes.insert(Scope { body: Some(body.clone()), period: None });
        }
        scopes.into_iter().collect()
    }
}

/// Returns a session with `fact` and `identity`: who is who, and nothing counted yet.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn resolved(
    ledger: &Ledger,
    as_of: AsOf,
    extra: &[Decision],
) -> Result<(Session, Names, Vec<IdentityRow>), Fault> {
    let session = ledger.session(as_of.n_threads, as_of.learnt).await?;
    let names = Names::of(&session, ledger, as_of, extra).await?;
    let identities = identities(&session, &names, as_of).await?;
    session.put(&identities)?;
    Ok((session, names, identities))
}

/// The questions about names that no decision has answered, by entity.
fn uncertain(who: &Names, identities: &[IdentityRow]) -> Vec<Uncertain> {
    let organisations = identities.iter().filter(|row| row.kind == "organisation");
    let entities: BTreeMap<&str, &str> =
        organisations.filter_map(|row| Some((row.mention.as_str(), row.entity.as_deref()?))).collect();
    let one = |doubt: &resolve::Doubt| {
        let (unit, organisation) = (entities.get(doubt.a.as_str())?, entities.get(doubt.b.as_str())?);
        let probability = doubt.probability();
        (unit != organisation).then(|| Uncertain {
            unit: (*unit).into(),
            organisation: (*organisation).into(),
            probability,
        })
    };
    who.doubts.iter().filter_map(one).collect()
}

fn extents(observations: &[ObservationRow]) -> BTreeMap<(String, String), Extent> {
    let mut extents: BTreeMap<(&str, &str), Extent> = BTreeMap::new();
    for row in observations {
        let extent = extents.entry((&row.body, &row.period)).or_default();
        extent.n += 1;
        extent.last = extent.last.max(row.day);
    }
    extents.into_iter().map(|((body, period), extent)| ((body.into(), period.into()), extent)).collect()
}

/// Returns an index as rows of the table `index`, in rank order.
#[must_use]
pub fn index_rows(scope: &Scope, index: &Index) -> Vec<IndexRow> {
    let row = |score: &measure::Score| IndexRow {
        body: scope.body.clone().unwrap_or_else(|| "all".into()),
        period: scope.period.clone().unwrap_or_else(|| "all".into()),
        organisation: score.organisation.clone(),
        score: score.score,
        low: score.low,
        high: score.high,
        rank: score.rank.map(Into::into),
        rank_low: score.rank_low.map(Into::into),
        rank_high: score.rank_high.map(Into::into),
        coverage: score.coverage,
        grade: format!("{:?}", score.grade),
        method: index.method.clone(),
    };
    let mut rows: Vec<IndexRow> = index.scores.iter().map(row).collect();
    rows.sort_by(|one, other| {
        let rank = |row: &IndexRow| row.rank.unwrap_or(i64::MAX);
        rank(one)
            .cmp(&rank(other))
            .then(other.score.total_cmp(&one.score))
            .then(one.organisation.cmp(&other.organisation))
    });
    rows
}

/// Returns a day from the number of days since 1970-01-01.
#[must_use]
pub fn day(days: i32) -> Date {
    date(1970, 1, 1).saturating_add(jiff::Span::new().days(days))
}

fn nothing(scope: &Scope) -> Fault {
    let body = scope.body.as_deref().unwrap_or("all bodies");
    let period = scope.period.as_deref().unwrap_or("all years");
    Fault::new(
        Remedy::Ask,
        format!("{body}, {period}"),
        "nothing is observed",
        "see `rapporteur sources` for what is held",
    )
}

fn names(identities: &[IdentityRow], kind: &str) -> BTreeMap<String, String> {
    identities
        .iter()
        .filter(|row| row.kind == kind)
        .filter_map(|row| Some((row.entity.clone()?, row.name.clone())))
        .collect()
}

async fn identities(session: &Session, names: &Names, as_of: AsOf) -> Result<Vec<IdentityRow>, Fault> {
    let tables = Tables::shipped();
    let none = Params::new();
    let bodies = counted(&session.query(include_str!("sql/body_mentions.sql"), &none).await?);
    let meetings = counted(&session.query(include_str!("sql/meeting_mentions.sql"), &none).await?);
    let links = session.query(include_str!("sql/revisions.sql"), &none).await?;
    let links: Vec<(String, String)> =
        links.rows.iter().map(|row| (row[0].text().to_string(), row[1].text().to_string())).collect();
    let found = names
        .identities(as_of)
        .into_iter()
        .chain(resolve::resolve_bodies(&bodies, &tables))
        .chain(resolve::resolve_meetings(&meetings))
        .chain(resolve::resolve_documents(&links));
    Ok(found.map(identity_row).collect())
}

fn identity_row(identity: Identity) -> IdentityRow {
    IdentityRow {
        kind: identity.kind.into(),
        mention: identity.mention,
        entity: identity.entity,
        name: identity.name,
        rule: identity.rule,
        reason: identity.reason,
    }
}

fn counted(answer: &Answer) -> Vec<Counted> {
    answer.rows.iter().map(|row| Counted { mention: row[0].text().into(), n: row[1].int() }).collect()
}
