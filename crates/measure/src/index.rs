//! The index: scores with intervals and ranks, each the exact sum of its contributions.
//!
//! Comes in: observations, kinds, a profile, a day. Goes out: an [`Index`]. An indicator without a row of any organisation
//! is not observed here: it is left out, the other weights of its dimension are scaled up, and coverage says so. Where it
//! is observed, an organisation without a row counts as 0 for counts and breadth (the source lists everything of its kind,
//! and did not list this; the interval still allows for what was not seen) and as missing for shares and rates without
//! exposure (nothing was asked of it).

use rayon::prelude::*;
use serde::Serialize;

use crate::profile::Scale;
use crate::replicate::value;
use crate::series::{Series, recency};
use crate::study::{draw, index_of, source, whole_view};
use crate::uncertainty::Source;
use crate::value::{observed, priors};
use crate::{Circumstances, Error, IndicatorProfile, Kind, Layer, Observation, Observations, Prior, Profile};

/// The scores of one scope and period, under one method.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Index {
    /// Version of the profile.
    pub method: String,
    /// The day at which age is 0, in days since 1970-01-01.
    pub as_of_day: i32,
    /// One for each organisation of which anything is observed, in the order of the organisations.
    pub scores: Vec<Score>,
    /// Indicators of the profile of which no organisation has a row here.
    pub unobserved: Vec<String>,
    /// Sentences that belong beside the scores.
    pub notes: Vec<String>,
}

/// One organisation's score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Name of the organisation.
    pub organisation: String,
    /// 0 to 100: the sum of the contributions' points.
    pub score: f64,
    /// Lower end of the profile's interval; never above the score.
    pub low: f64,
    /// Upper end of the profile's interval; never below the score.
    pub high: f64,
    /// 1 + the number of ranked organisations with a higher score; `None` at grade D.
    pub rank: Option<u32>,
    /// Best rank within the interval.
    pub rank_low: Option<u32>,
    /// Worst rank within the interval.
    pub rank_high: Option<u32>,
    /// Share of the replicates in which the rank is 10 or better.
    pub p_top10: Option<f64>,
    /// Share of the profile's weight that is observed for this organisation.
    pub coverage: f64,
    /// Grade of that coverage.
    pub grade: Grade,
    /// What is observed, in the order of the profile.
    pub contributions: Vec<Contribution>,
    /// Indicators of the profile that are not observed for this organisation.
    pub missing: Vec<String>,
}

/// How much of a profile is observed. Scores at grade D are shown but not ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Grade {
    /// At least 90 % of the weight, and 67 % of each dimension's.
    A,
    /// At least 75 % of the weight, and 50 % of each dimension's.
    B,
    /// At least 60 % of the weight.
    C,
    /// Less.
    D,
}

impl Grade {
    /// Returns the grade of a share of the weight, and of the share of the dimension that has least.
    #[must_use]
    pub fn of(coverage: f64, least: f64) -> Self {
        // Shares such as 0.15 + 0.60 miss their sum by a rounding error, and a grade must not hang on it.
        const SLACK: f64 = 1e-9;
        let reaches = |whole: f64, each: f64| coverage >= whole - SLACK && least >= each - SLACK;
        match () {
            () if reaches(0.90, 0.67) => Self::A,
            () if reaches(0.75, 0.50) => Self::B,
            () if reaches(0.60, 0.0) => Self::C,
            () => Self::D,
        }
    }
}

/// What one indicator adds to a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contribution {
    /// Name of the dimension.
    pub dimension: String,
    /// Name of the indicator.
    pub indicator: String,
    /// The value as it was counted.
    pub raw: f64,
    /// The value under recency weights.
    pub weighted: f64,
    /// That value's worth between the goalposts, 0 to 1.
    pub transformed: f64,
    /// Weight in this score; those of a score sum to 1.
    pub weight: f64,
    /// 100 x weight x transformed.
    pub points: f64,
    /// Points to one decimal, such that they sum to the score to one decimal ([`reconciled`]).
    pub points_shown: f64,
}

/// Returns the index of all organisations as of a day.
///
/// Rows of meetings after that day count with age 0: pass only what was known. Kinds stand in the order of the
/// observations' indicators. Time grows with replicates x organisations x (indicators + meetings with rows), memory with
/// replicates x organisations x 12 bytes.
///
/// # Errors
/// [`Error::Observations`] for rows that contradict themselves; [`Error::Profile`] for a profile that does not hold
/// together, or a shrunk rate without prior.
pub fn index(observations: &Observations, kinds: &[Kind], profile: &Profile, as_of_day: i32) -> Result<Index, Error> {
    let certain = Circumstances::default();
    let source = source(observations, kinds, profile, as_of_day, &certain)?;
    let drawn = draw(&source, &Layer::ALL, &[whole_view(&source)]);
    Ok(index_of(&source, drawn.scores, &drawn.by_view[0]))
}

/// Returns the scores alone, without intervals and ranks: one for each organisation, `NaN` where nothing of its is observed.
///
/// They are the scores that [`study`](crate::study) gives before it draws anything, at a small part of its cost: for simulations that score thousands of times.
///
/// # Errors
/// As [`index`].
pub fn scores_alone(
    observations: &Observations,
    kinds: &[Kind],
    profile: &Profile,
    as_of_day: i32,
    circumstances: &Circumstances,
) -> Result<Vec<f64>, Error> {
    let source = source(observations, kinds, profile, as_of_day, circumstances)?;
    let weights = recency(observations, profile.recency.half_life_days, as_of_day);
    let one = |organisation: usize| {
        let members = source.identity.nominal(organisation);
        nominal(&source, &weights, organisation, &members).map_or(f64::NAN, |score| score.score)
    };
    Ok((0..observations.organisations.len()).into_par_iter().map(one).collect())
}

/// Returns `points` rounded to one decimal so that they sum to their sum rounded to one decimal: each is rounded down, and
/// what is then lacking goes to those with the largest remainders.
///
/// ```
/// assert_eq!(measure::reconciled(&[1.04, 1.04, 1.04]), [1.1, 1.0, 1.0]); // 3.12 is shown as 3.1
/// ```
#[must_use]
pub fn reconciled(points: &[f64]) -> Vec<f64> {
    let scaled: Vec<f64> = points.iter().map(|point| point * 10.0).collect();
    let mut tenths: Vec<f64> = scaled.iter().map(|point| point.floor()).collect();
    let lacking = (10.0 * points.iter().sum::<f64>()).round() - tenths.iter().sum::<f64>();
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|&one, &other| (scaled[other] - tenths[other]).total_cmp(&(scaled[one] - tenths[one])));
    for &at in order.iter().take(lacking.max(0.0) as usize) {
        tenths[at] += 1.0;
    }
    tenths.iter().map(|tenth| tenth / 10.0).collect()
}

/// One indicator of the profile, and where its rows are.
pub(crate) struct Part<'a> {
    pub(crate) dimension: usize,
    pub(crate) profile: &'a IndicatorProfile,
    /// Position among the observations' indicators, where it is observed, with its kind.
    pub(crate) column: Option<(usize, Kind)>,
    pub(crate) prior: Option<Prior>,
    pub(crate) scale: Scale,
}

pub(crate) fn parts<'a>(
    observations: &Observations,
    kinds: &[Kind],
    profile: &'a Profile,
) -> Result<Vec<Part<'a>>, Error> {
    let priors = priors(observations, kinds, profile)?;
    let observed = observed(observations, kinds);
    let part = |(dimension, indicator): (usize, &'a IndicatorProfile)| {
        let column = observations.indicators.iter().position(|name| *name == indicator.name).filter(|&at| observed[at]);
        Part {
            dimension,
            profile: indicator,
            column: column.map(|at| (at, kinds[at])),
            prior: column.and_then(|at| priors[at]),
            scale: Scale::of(indicator),
        }
    };
    Ok(profile.indicators().map(part).collect())
}

/// Returns the weight of each present part within the whole, 0 for the others: within its dimension, times the dimension's.
pub(crate) fn effective_weights(
    dimension_of: &[usize],
    of_dimensions: &[f64],
    of_parts: &[f64],
    is_present: &[bool],
) -> Vec<f64> {
    let mut within = vec![0.0; of_dimensions.len()];
    for ((dimension, weight), _) in dimension_of.iter().zip(of_parts).zip(is_present).filter(|(_, present)| **present) {
        within[*dimension] += weight;
    }
    let whole: f64 = of_dimensions.iter().zip(&within).filter(|(_, sum)| **sum > 0.0).map(|(weight, _)| weight).sum();
    let one = |((dimension, weight), present): ((&usize, &f64), &bool)| {
        let sum = within[*dimension];
        // A view may give nothing to a dimension or to all that is present.
        if *present && sum > 0.0 && whole > 0.0 { of_dimensions[*dimension] / whole * (weight / sum) } else { 0.0 }
    };
    dimension_of.iter().zip(of_parts).zip(is_present).map(one).collect()
}

/// Returns the dimension of each part.
pub(crate) fn dimensions(parts: &[Part<'_>]) -> Vec<usize> {
    parts.iter().map(|part| part.dimension).collect()
}

/// Returns the weights that the profile declares, of dimensions and of parts.
pub(crate) fn declared_weights(parts: &[Part<'_>], profile: &Profile) -> (Vec<f64>, Vec<f64>) {
    let of_dimensions = profile.dimensions.iter().map(|dimension| dimension.weight).collect();
    (of_dimensions, parts.iter().map(|part| part.profile.weight).collect())
}

/// Returns an organisation's score by the profile as it stands, without interval and rank; `None` where nothing of what it
/// holds is observed. `members` are the names whose rows it holds.
pub(crate) fn nominal(source: &Source<'_>, weights: &[f64], organisation: usize, members: &[usize]) -> Option<Score> {
    let (parts, profile) = (&source.parts, source.profile);
    let values: Vec<Option<[f64; 2]>> = parts.iter().map(|part| measured(source, part, weights, members)).collect();
    let is_present: Vec<bool> = values.iter().map(Option::is_some).collect();
    if !is_present.contains(&true) {
        return None;
    }
    let contributions = contributions(parts, profile, &values, &is_present);
    let score = contributions.iter().map(|contribution| contribution.points).sum();
    let (coverage, grade) = grades(parts, profile, &is_present);
    let absent = parts.iter().zip(&is_present).filter(|(_, present)| !**present);
    Some(Score {
        organisation: source.observations.organisations[organisation].clone(),
        score,
        low: score,
        high: score,
        rank: None,
        rank_low: None,
        rank_high: None,
        p_top10: None,
        coverage,
        grade,
        contributions,
        missing: absent.map(|(part, _)| part.profile.name.clone()).collect(),
    })
}

/// Returns the value as counted and under recency weights.
pub(crate) fn measured(source: &Source<'_>, part: &Part<'_>, weights: &[f64], members: &[usize]) -> Option<[f64; 2]> {
    let (_, kind) = part.column.filter(|_| !members.is_empty())?;
    let value_under = |rows: &[Observation], weights: &[f64]| {
        let series = Series::new(kind, rows, weights);
        value(kind, part.prior, series.events, series.exposure)
    };
    let raw = value_under(&source.counted(part, members), &vec![1.0; weights.len()])?;
    Some([raw, value_under(&source.rows(part, members), weights)?])
}

fn contributions(
    parts: &[Part<'_>],
    profile: &Profile,
    values: &[Option<[f64; 2]>],
    is_present: &[bool],
) -> Vec<Contribution> {
    let (of_dimensions, of_parts) = declared_weights(parts, profile);
    let weights = effective_weights(&dimensions(parts), &of_dimensions, &of_parts, is_present);
    let one = |((part, values), &weight): ((&Part<'_>, &Option<[f64; 2]>), &f64)| {
        let [raw, weighted] = (*values)?;
        let transformed = part.scale.worth(weighted);
        Some(Contribution {
            dimension: profile.dimensions[part.dimension].name.clone(),
            indicator: part.profile.name.clone(),
            raw,
            weighted,
            transformed,
            weight,
            points: 100.0 * weight * transformed,
            points_shown: 0.0,
        })
    };
    let mut contributions: Vec<Contribution> = parts.iter().zip(values).zip(&weights).filter_map(one).collect();
    let points: Vec<f64> = contributions.iter().map(|contribution| contribution.points).collect();
    for (contribution, shown) in contributions.iter_mut().zip(reconciled(&points)) {
        contribution.points_shown = shown;
    }
    contributions
}

/// Returns the share of the profile's weight that is observed, and its grade.
pub(crate) fn grades(parts: &[Part<'_>], profile: &Profile, is_present: &[bool]) -> (f64, Grade) {
    let (of_dimensions, of_parts) = declared_weights(parts, profile);
    let whole = effective_weights(&dimensions(parts), &of_dimensions, &of_parts, &vec![true; parts.len()]);
    let held = |dimension: Option<usize>| {
        let all = || {
            parts
                .iter()
                .zip(&whole)
                .zip(is_present)
                .filter(|((part, _), _)| dimension.is_none_or(|dimension| part.dimension == dimension))
        };
        let sum = |present: bool| -> f64 {
            all().filter(|(_, is_present)| **is_present || !present).map(|((_, weight), _)| weight).sum()
        };
        sum(true) / sum(false)
    };
    let coverage = held(None);
    let least = (0..profile.dimensions.len()).map(|dimension| held(Some(dimension))).fold(1.0, f64::min);
    (coverage, Grade::of(coverage, least))
}

pub(crate) fn rank(scores: &mut [Score]) {
    let mut ranked: Vec<f64> = scores.iter().filter(|score| score.grade < Grade::D).map(|score| score.score).collect();
    ranked.sort_by(|one, other| other.total_cmp(one));
    for score in scores.iter_mut().filter(|score| score.grade < Grade::D) {
        let n_higher = ranked.partition_point(|other| *other > score.score);
        score.rank = Some(n_higher as u32 + 1);
    }
}

pub(crate) fn notes(
    observations: &Observations,
    profile: &Profile,
    unobserved: &[String],
    scores: &[Score],
) -> Vec<String> {
    let mut notes = Vec::new();
    for name in unobserved {
        notes.push(format!("`{name}` is not observed here; the other weights of its dimension are scaled up"));
    }
    for name in &observations.indicators {
        if profile.indicators().all(|(_, indicator)| indicator.name != *name) {
            notes.push(format!("`{name}` is counted here but is not part of method {}", profile.method));
        }
    }
    let n_low = scores.iter().filter(|score| score.grade == Grade::D).count();
    if n_low > 0 {
        notes.push(format!("{n_low} of {} scores stand on less than 60 % of the weight: not ranked", scores.len()));
    }
    let n_blank = observations.organisations.len() - scores.len();
    if n_blank > 0 {
        notes.push(format!(
            "{n_blank} of {} organisations have no score: nothing of theirs is observed",
            n_blank + scores.len()
        ));
    }
    notes
}
