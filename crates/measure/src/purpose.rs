//! Scores by objective: each indicator is put between the goalposts of its kind of meeting before anything is compared.
//!
//! Comes in: what [`study`](crate::study) takes, with kinds of meetings and a profile that declares objectives. Goes out: an
//! [`ObjectiveStudy`]. Every indicator is taken apart by kind of meeting; under an objective, its worth is the mean of its
//! worths by kind, weighted by how much each kind serves the objective, and the score weighs indicators as the objective
//! does. So a score under one objective is the engine's own, with other weights, and has its intervals from the same draws.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::measured;
use crate::profile::Scale;
use crate::series::recency;
use crate::study::{draw, source, whole_view};
use crate::uncertainty::{Source, View};
use crate::{
    Circumstances, Dimension, Error, Fault, IndicatorProfile, Kind, Layer, Observation, Observations, Profile,
    Replicates, Standard, best_defensible,
};

/// The scores under every objective of a profile.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ObjectiveStudy {
    /// Names of the objectives, in the order of the profile.
    pub objectives: Vec<String>,
    /// One for each organisation that has a score under any objective.
    pub scores: Vec<ObjectiveScores>,
    /// Sentences that belong beside the scores.
    pub notes: Vec<String>,
}

/// One organisation's scores under every objective.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ObjectiveScores {
    /// Name of the organisation.
    pub organisation: String,
    /// By objective; `None` where nothing is observed that serves it.
    pub by_objective: Vec<Option<Figure>>,
    /// The mean of the scores by objective, weighted by the declared shares of those that there are.
    pub overall: Figure,
    /// Least and largest score under any objective.
    pub envelope: [f64; 2],
    /// The best defensible view: the most that shares within their declared bounds can make of the scores.
    pub best: f64,
    /// Those shares, 0 where there is no score; they sum to 1.
    pub best_shares: Vec<f64>,
}

/// A score of 0 to 100 with the profile's interval, which holds it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// The score.
    pub score: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Returns the scores under every objective of the profile.
///
/// Rows of meetings whose kind is not among the profile's activities are left out, and the notes say how many meetings that
/// are. Where a kind is compared by percentile, the values it is compared with are the nominal ones in all replicates.
///
/// # Errors
/// As [`study`](crate::study), and [`Error::Profile`] for a profile without objectives.
pub fn objectives(
    observations: &Observations,
    kinds: &[Kind],
    profile: &Profile,
    as_of_day: i32,
    circumstances: &Circumstances,
    layers: &[Layer],
) -> Result<ObjectiveStudy, Error> {
    if profile.objectives.is_empty() {
        let what = "expected objectives, found none";
        return Err(Error::Profile(vec![Fault::new("objective", what, "declare `[[objective]]` and `[[activity]]`")]));
    }
    // The whole is checked as it was given, so that faults name its own indicators and rows.
    source(observations, kinds, profile, as_of_day, circumstances)?;
    let (apart, apart_kinds) = by_activity(observations, kinds, profile, circumstances);
    let apart_profile = profile_by_activity(profile);
    let mut source = source(&apart, &apart_kinds, &apart_profile, as_of_day, circumstances)?;
    rank_within_kinds(&mut source, &profile.activities.iter().map(|one| one.standard).collect::<Vec<_>>());
    let views = profile.objectives.iter().map(|objective| View {
        of_dimensions: objective.of_indicators(profile),
        of_parts: profile.indicators().flat_map(|_| serves(profile, &objective.name)).collect(),
    });
    let views: Vec<View> = std::iter::once(whole_view(&source)).chain(views).collect();
    let drawn = draw(&source, layers, &views);
    let names = drawn.scores.iter().map(|score| score.organisation.as_str());
    let scores = names.enumerate().filter_map(|(at, name)| scores(profile, name, at, &drawn.by_view[1..]));
    Ok(ObjectiveStudy {
        objectives: profile.objectives.iter().map(|objective| objective.name.clone()).collect(),
        scores: scores.collect(),
        notes: notes(observations, profile, circumstances),
    })
}

/// Returns how much each activity serves an objective, in the order of the profile.
fn serves<'a>(profile: &'a Profile, objective: &'a str) -> impl Iterator<Item = f64> + 'a {
    profile.activities.iter().map(move |activity| activity.membership.get(objective).copied().unwrap_or(0.0))
}

fn name_at(indicator: &str, kind: &str) -> String {
    format!("{indicator} at {kind}")
}

/// Returns the observations with each indicator taken apart by kind of meeting.
fn by_activity(
    observations: &Observations,
    kinds: &[Kind],
    profile: &Profile,
    circumstances: &Circumstances,
) -> (Observations, Vec<Kind>) {
    let n = profile.activities.len();
    let numbers: BTreeMap<&str, usize> =
        profile.activities.iter().enumerate().map(|(at, activity)| (activity.kind.as_str(), at)).collect();
    let of_meeting = |meeting: usize| numbers.get(circumstances.kind(meeting)?).copied();
    let row = |row: &Observation| {
        let activity = of_meeting(row.meeting as usize)?;
        Some(Observation { indicator: (usize::from(row.indicator) * n + activity) as u16, ..*row })
    };
    let names = observations.indicators.iter();
    let apart = Observations {
        organisations: observations.organisations.clone(),
        meetings: observations.meetings.clone(),
        indicators: names
            .flat_map(|name| profile.activities.iter().map(move |activity| name_at(name, &activity.kind)))
            .collect(),
        rows: observations.rows.iter().filter_map(row).collect(),
    };
    (apart, kinds.iter().flat_map(|kind| vec![*kind; n]).collect())
}

/// Returns the profile in which each indicator is a dimension, and its parts are the kinds of meeting.
fn profile_by_activity(profile: &Profile) -> Profile {
    let dimension = |indicator: &IndicatorProfile| Dimension {
        name: indicator.name.clone(),
        weight: indicator.weight,
        reason: indicator.reason.clone(),
        indicators: profile.activities.iter().map(|activity| at_kind(indicator, activity)).collect(),
    };
    Profile {
        dimensions: profile.indicators().map(|(_, indicator)| dimension(indicator)).collect(),
        objectives: Vec::new(),
        activities: Vec::new(),
        ..profile.clone()
    }
}

fn at_kind(indicator: &IndicatorProfile, activity: &crate::Activity) -> IndicatorProfile {
    let [low, high] = activity.goalposts.get(&indicator.name).copied().unwrap_or([indicator.low, indicator.high]);
    IndicatorProfile { name: name_at(&indicator.name, &activity.kind), weight: 1.0, low, high, ..indicator.clone() }
}

/// Replaces the goalposts of kinds that are compared by percentile.
fn rank_within_kinds(source: &mut Source<'_>, standards: &[Standard]) {
    let weights = recency(source.observations, source.profile.recency.half_life_days, source.as_of_day);
    for at in (0..source.parts.len()).filter(|at| standards[at % standards.len()] == Standard::Percentile) {
        let value = |organisation| {
            let members = source.identity.nominal(organisation);
            measured(source, &source.parts[at], &weights, &members).map(|[_, weighted]| weighted)
        };
        let mut values: Vec<f64> = (0..source.observations.organisations.len()).filter_map(value).collect();
        values.sort_by(f64::total_cmp);
        source.parts[at].scale = Scale::Percentile(values);
    }
}

fn scores(profile: &Profile, organisation: &str, at: usize, by_objective: &[Replicates]) -> Option<ObjectiveScores> {
    let figure = |replicates: &Replicates| {
        let score = replicates.nominal()[at]?;
        Some(held(score, replicates.score_interval(at)))
    };
    let figures: Vec<Option<Figure>> = by_objective.iter().map(figure).collect();
    let present: Vec<usize> = (0..figures.len()).filter(|&objective| figures[objective].is_some()).collect();
    let scores: Vec<f64> = figures.iter().flatten().map(|figure| figure.score).collect();
    let bounds: Vec<[f64; 2]> = present.iter().map(|&objective| profile.objectives[objective].bounds).collect();
    let (best, shares) = best_defensible(&scores, &bounds);
    // Where an objective has no score, the bounds of the others may not reach 1: then the shares are scaled up.
    let whole: f64 = shares.iter().sum();
    let mut best_shares = vec![0.0; figures.len()];
    present.iter().zip(&shares).for_each(|(&objective, share)| best_shares[objective] = share / whole);
    let mean = |score: &dyn Fn(usize) -> f64| {
        let mut sums = (0.0, 0.0);
        for &objective in present.iter().filter(|objective| !score(**objective).is_nan()) {
            let share = profile.objectives[objective].share;
            sums = (sums.0 + share * score(objective), sums.1 + share);
        }
        sums.0 / sums.1
    };
    let n_replicates = by_objective.first()?.scores(at).len();
    let overall = mean(&|objective| figures[objective].map_or(f64::NAN, |figure| figure.score));
    let drawn = (0..n_replicates).map(|replicate| mean(&|objective| by_objective[objective].scores(at)[replicate]));
    let drawn: Vec<f64> = drawn.collect();
    (!scores.is_empty()).then(|| ObjectiveScores {
        organisation: organisation.into(),
        by_objective: figures,
        overall: held(overall, crate::replicates::interval(&drawn, profile.uncertainty.interval)),
        envelope: [scores.iter().copied().fold(f64::INFINITY, f64::min), scores.iter().copied().fold(0.0, f64::max)],
        best: best / whole,
        best_shares,
    })
}

fn held(score: f64, interval: Option<[f64; 2]>) -> Figure {
    let [low, high] = interval.unwrap_or([score; 2]);
    Figure { score, low: low.min(score), high: high.max(score) }
}

fn notes(observations: &Observations, profile: &Profile, circumstances: &Circumstances) -> Vec<String> {
    let is_known = |meeting: &usize| {
        circumstances.kind(*meeting).is_some_and(|kind| profile.activities.iter().any(|activity| activity.kind == kind))
    };
    let n = observations.meetings.len();
    let n_left_out = n - (0..n).filter(is_known).count();
    let mut notes = Vec::new();
    if n_left_out > 0 {
        notes.push(format!(
            "{n_left_out} of {n} meetings are of no declared kind: what was done there serves no objective"
        ));
    }
    for activity in profile.activities.iter().filter(|activity| activity.standard == Standard::Percentile) {
        notes.push(format!(
            "at each {}, worth is the share of organisations below: it depends on who else came",
            activity.kind
        ));
    }
    notes
}
