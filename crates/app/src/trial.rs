//! Metrics before the court: the indicators of a scope, and the index itself, with what is known of the organisations.
//!
//! Comes in: a view and a scope. Goes out: metrics about the same organisations, years and meetings, and their background.
//! What is not known here (sizes, regions, costs) is left out, and the criteria that need it are missing with their reason.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fact::{Fault, Remedy};
use indicators::Scope;
use measure::court::{
    Acts, Background, Comparison, Cube, Finding, Gaming, Metric, Other, Outcome, Relation, Settings, Simulation,
    compare, findings, gaming, standard_attacks,
};
use measure::{Circumstances, Kind, Meeting, Observations, Profile, scores_alone};

use crate::kept::Kept;
use crate::view::{Seen, View, day};

/// Name of the whole index among the metrics.
pub const INDEX: &str = "index";

/// Indicator of what became of the work: the text that was carried to agreement a year later.
const OUTCOME: &str = "revisions_carried_through";

/// How thoroughly a metric is tried.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Resamples of the meetings.
    pub replicates: u32,
    /// Organisations that try each attack.
    pub attackers: usize,
}

impl Effort {
    /// Of a page: enough for a verdict, few enough to wait for.
    pub const PAGE: Self = Self { replicates: 100, attackers: 20 };

    /// Of a card beside others: no attacks.
    pub const CARD: Self = Self { replicates: 100, attackers: 0 };

    fn settings(self) -> Settings {
        Settings { replicates: self.replicates, ..Settings::default() }
    }

    fn simulation(self) -> Simulation {
        let replicates = if self.attackers == 0 { 0 } else { 6 };
        Simulation { attackers: self.attackers, replicates, ..Simulation::default() }
    }
}

/// A metric with all that is found of it.
pub type Judged = (Metric, Vec<Finding>);

/// Metrics judged so far, for pages.
pub struct Court {
    dockets: Kept<Scope, Docket>,
    judged: Kept<(Scope, String, usize), Judged>,
    compared: Kept<(Scope, String, String), Comparison>,
}

impl Default for Court {
    fn default() -> Self {
        Self { dockets: Kept::new(8), judged: Kept::new(512), compared: Kept::new(256) }
    }
}

impl Court {
    /// Returns all metrics of a scope.
    ///
    /// # Errors
    /// As [`Docket::open`].
    pub fn docket(&self, view: &View, scope: &Scope) -> Result<Arc<Docket>, Fault> {
        self.dockets.get(scope.clone(), || Docket::open(view, scope))
    }

    /// Returns what is found of a metric.
    ///
    /// # Errors
    /// As [`Docket::judged`].
    pub fn judged(&self, view: &View, scope: &Scope, name: &str, effort: Effort) -> Result<Arc<Judged>, Fault> {
        let docket = self.docket(view, scope)?;
        self.judged.get((scope.clone(), name.into(), effort.attackers), || docket.judged(name, effort))
    }

    /// Returns how two metrics compare.
    ///
    /// # Errors
    /// As [`Docket::compared`].
    pub fn compared(&self, view: &View, scope: &Scope, one: &str, other: &str) -> Result<Arc<Comparison>, Fault> {
        let docket = self.docket(view, scope)?;
        let key = (scope.clone(), one.into(), other.into());
        self.compared.get(key, || docket.compared(one, other, Effort::PAGE))
    }
}

/// All metrics of a scope, about the same organisations, years and meetings.
pub struct Docket {
    seen: Seen,
    profile: Profile,
    names: Vec<String>,
    cubes: Vec<Cube>,
}

impl Docket {
    /// Gathers every indicator with observations in the scope, and the index.
    ///
    /// # Errors
    /// When nothing is observed in the scope.
    pub fn open(view: &View, scope: &Scope) -> Result<Self, Fault> {
        let seen = view.seen(scope)?;
        let bug = |error: measure::Error| Fault::bug("court", error);
        let mut names = Vec::new();
        let mut cubes = Vec::new();
        for (at, name) in (0..).zip(&seen.observations.indicators) {
            if seen.observations.rows.iter().any(|row| row.indicator == at) {
                cubes.push(Cube::of_indicator(&seen.observations, &seen.kinds, at, year).map_err(bug)?);
                names.push(name.clone());
            }
        }
        let (observations, circumstances) = (&seen.observations, &seen.circumstances);
        let whole = Cube::of_score(observations, &seen.kinds, &view.profile, circumstances, year).map_err(bug)?;
        cubes.push(whole);
        names.push(INDEX.into());
        let cubes = Cube::brought_together(&cubes, observations, year).map_err(bug)?;
        Ok(Self { profile: view.profile.clone(), seen, names, cubes })
    }

    /// Returns the names of the metrics, the index last.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns a metric with what is found of it.
    ///
    /// # Errors
    /// When there is no metric of this name here.
    pub fn judged(&self, name: &str, effort: Effort) -> Result<Judged, Fault> {
        let metric = self.metric(name, effort)?;
        let found = findings(&metric, &self.background(&[name]), &effort.settings());
        Ok((metric, found.map_err(|error| Fault::bug(name, error))?))
    }

    /// Returns how two metrics compare.
    ///
    /// # Errors
    /// When there is no metric of one of these names here.
    pub fn compared(&self, one: &str, other: &str, effort: Effort) -> Result<Comparison, Fault> {
        let (one, other) = (self.metric(one, effort)?, self.metric(other, effort)?);
        let background = self.background(&[&one.name, &other.name]);
        compare(&one, &other, &background, &effort.settings()).map_err(|error| Fault::bug("court", error))
    }

    /// Returns a metric, and with it how it stands up to the simulated attacks.
    fn metric(&self, name: &str, effort: Effort) -> Result<Metric, Fault> {
        let at = self.place(name)?;
        Ok(Metric { gaming: Some(self.attacked(name, effort)), ..Metric::new(name, self.cubes[at].clone()) })
    }

    /// Returns what is known of the organisations apart from some metrics on trial.
    fn background(&self, on_trial: &[&str]) -> Background {
        let others =
            self.names.iter().zip(&self.cubes).filter(|(name, _)| *name != INDEX && !on_trial.contains(&name.as_str()));
        let other = |(name, cube): (&String, &Cube)| {
            let is_alike =
                on_trial.iter().all(|own| self.dimension(own).is_some_and(|own| Some(own) == self.dimension(name)));
            let relation = if is_alike { Relation::Alike } else { Relation::Unlike };
            Other { name: name.clone(), cube: cube.clone(), relation }
        };
        let outcome = self.names.iter().position(|name| name == OUTCOME).filter(|_| !on_trial.contains(&OUTCOME));
        Background {
            outcome: outcome.map(|at| Outcome { by_period: self.cubes[at].means(), lag: 1 }),
            known_groups: self.chairs(on_trial),
            others: others.map(other).collect(),
            ..Background::default()
        }
    }

    /// Those who hold an office are known to be high, unless offices themselves are on trial.
    fn chairs(&self, on_trial: &[&str]) -> Option<Vec<Option<bool>>> {
        const OFFICES: &str = "roles_held";
        let at = self.seen.observations.indicators.iter().position(|name| name == OFFICES)?;
        if on_trial.contains(&OFFICES) || on_trial.contains(&INDEX) {
            return None;
        }
        let observations = &self.seen.observations;
        let holders: BTreeSet<&String> = observations
            .rows
            .iter()
            .filter(|row| usize::from(row.indicator) == at)
            .map(|row| &observations.organisations[row.organisation as usize])
            .collect();
        let units = self.cubes.first()?.units();
        (!holders.is_empty()).then(|| units.iter().map(|unit| Some(holders.contains(unit))).collect())
    }

    fn dimension(&self, name: &str) -> Option<usize> {
        self.profile.indicators().find(|(_, indicator)| indicator.name == name).map(|(at, _)| at)
    }

    fn place(&self, name: &str) -> Result<usize, Fault> {
        self.names.iter().position(|other| other == name).ok_or_else(|| {
            let what = format!("expected a metric with observations in this scope: {}", self.names.join(", "));
            Fault::new(Remedy::Ask, name, what, "choose one of these")
        })
    }

    fn attacked(&self, name: &str, effort: Effort) -> Gaming {
        let observations = &self.seen.observations;
        let at = |wanted: &str| -> Vec<u16> {
            (0..).zip(&observations.indicators).filter(|(_, name)| *name == wanted).map(|(at, _)| at).collect()
        };
        let acts = Acts {
            handed_in: at("documents_contributed"),
            decided: at("acceptance_rate"),
            carried: at(OUTCOME),
            rooted_seats: at("seats_taken"),
            attendance: at("attendance_share"),
            offices: at("roles_held"),
            ..Acts::default()
        };
        let n_items = observations.rows.iter().map(|row| row.item).max().unwrap_or_default() + 1;
        let score = |attacked: &Observations| match observations.indicators.iter().position(|own| own == name) {
            Some(indicator) => values(attacked, indicator, self.seen.kinds[indicator]),
            None => self.index_of(attacked, n_items),
        };
        gaming(observations, &acts, &standard_attacks(), &effort.simulation(), score)
    }

    /// The index of attacked observations. Documents made from document n are numbered n, n + N, n + 2N ...: they are on its
    /// work item.
    fn index_of(&self, attacked: &Observations, n_items: u32) -> Vec<f64> {
        let items: BTreeSet<u32> = attacked.rows.iter().map(|row| row.item).collect();
        let known = &self.seen.circumstances.works;
        let works: BTreeMap<u32, u32> =
            items.into_iter().filter_map(|item| Some((item, *known.get(&(item % n_items))?))).collect();
        let circumstances = Circumstances { works, ..Circumstances::default() };
        scores_alone(attacked, &self.seen.kinds, &self.profile, self.seen.last, &circumstances)
            .unwrap_or_else(|_| vec![f64::NAN; attacked.organisations.len()])
    }
}

/// The value of one indicator for each organisation, before recency and scale.
fn values(observations: &Observations, indicator: usize, kind: Kind) -> Vec<f64> {
    let mut sums = vec![[0.0; 2]; observations.organisations.len()];
    let mut items: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); sums.len()];
    for row in observations.rows.iter().filter(|row| usize::from(row.indicator) == indicator) {
        let sum = &mut sums[row.organisation as usize];
        sum[0] += row.events;
        sum[1] += row.exposure;
        if kind == Kind::Breadth && row.events > 0.0 {
            items[row.organisation as usize].insert(row.item);
        }
    }
    let value = |([events, exposure], items): ([f64; 2], BTreeSet<u32>)| match kind {
        Kind::Count => events,
        Kind::Breadth => items.len() as f64,
        Kind::Share | Kind::RateShrunk if exposure > 0.0 => events / exposure,
        Kind::Share | Kind::RateShrunk => f64::NAN,
    };
    sums.into_iter().zip(items).map(value).collect()
}

fn year(meeting: &Meeting) -> String {
    day(meeting.day).year().to_string()
}
