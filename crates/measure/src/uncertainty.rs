//! The replicates: every one draws who is who, meetings, events and the choices of method.
//!
//! Comes in: what scores are made of, and which layers may vary. Goes out: scores by [`View`], unit and replicate. A
//! replicate's half-life, aggregation and weights are the same for all organisations, and so are the meetings drawn and the
//! decisions about names, for they happened to all of them; events are drawn for each alone. The nominal choices are not
//! privileged: the score need not be the middle of its interval.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::draw::{Draws, owner};
use crate::identity::Identity;
use crate::index::{Part, dimensions, effective_weights};
use crate::replicate::{Resampling, Sample};
use crate::series::{Groups, Series, Strata, recency};
use crate::{Aggregation, Circumstances, Layer, Observation, Observations, Profile, Sampling};

/// COINr and the JRC shift to 1..100 before a geometric mean, for one indicator at nought must not void the others.
const SHIFT: f64 = 0.01;

/// One organisation that has a score in some replicate.
pub(crate) struct Unit {
    pub(crate) organisation: usize,
    pub(crate) is_ranked: bool,
    /// For each part: is it observed under the most probable decisions about names?
    pub(crate) is_present: Vec<bool>,
    pub(crate) standings: Vec<Holding>,
}

/// What an organisation holds in some replicates.
pub(crate) struct Holding {
    /// Names whose rows it holds, at least one.
    pub(crate) members: Vec<usize>,
    /// For each part: is it observed?
    pub(crate) is_present: Vec<bool>,
    /// `None` for all.
    pub(crate) replicates: Option<Vec<u32>>,
}

/// One way of weighing the parts: the whole, a dimension, an objective.
pub(crate) struct View {
    pub(crate) of_dimensions: Vec<f64>,
    pub(crate) of_parts: Vec<f64>,
}

/// The choices of one replicate; noise multiplies weights.
pub(crate) struct Choice {
    half_life: usize,
    aggregation: Aggregation,
    of_dimensions: Vec<f64>,
    of_parts: Vec<f64>,
}

/// The replicates that share a half-life.
pub(crate) struct Era {
    weights: Vec<f64>,
    unseen: f64,
    resampling: Resampling,
}

/// What scores are made of.
pub(crate) struct Source<'a> {
    pub(crate) observations: &'a Observations,
    pub(crate) circumstances: &'a Circumstances,
    pub(crate) groups: Groups,
    pub(crate) strata: Strata<'a>,
    pub(crate) identity: Identity,
    pub(crate) parts: Vec<Part<'a>>,
    pub(crate) profile: &'a Profile,
    pub(crate) as_of_day: i32,
}

impl Source<'_> {
    /// Returns the rows of one part that some names hold together, as counted.
    pub(crate) fn counted(&self, part: &Part<'_>, members: &[usize]) -> Cow<'_, [Observation]> {
        match (part.column, members) {
            (None, _) | (_, []) => Cow::Borrowed(&[]),
            (Some((column, _)), &[alone]) => Cow::Borrowed(self.groups.rows(alone, column)),
            (Some((column, kind)), _) => Cow::Owned(self.groups.together(members, column, kind)),
        }
    }

    /// Returns those rows as they enter the index, tapered.
    pub(crate) fn rows(&self, part: &Part<'_>, members: &[usize]) -> Cow<'_, [Observation]> {
        let counted = self.counted(part, members);
        match (part.profile.taper, part.column) {
            (Some(taper), Some((_, kind))) => Cow::Owned(taper.of(&counted, kind, &self.circumstances.works)),
            _ => counted,
        }
    }

    /// Returns for each part whether it is observed where these names are one organisation.
    pub(crate) fn is_present(&self, members: &[usize]) -> Vec<bool> {
        let one = |part: &Part<'_>| match part.column {
            Some((_, kind)) if kind.has_exposure() => {
                self.counted(part, members).iter().map(|row| row.exposure).sum::<f64>() > 0.0
            }
            Some(_) => !members.is_empty(),
            None => false,
        };
        self.parts.iter().map(one).collect()
    }
}

/// Returns the scores by view, unit and replicate; `NaN` where a unit has none.
pub(crate) fn replicated(source: &Source<'_>, units: &[Unit], views: &[View], layers: &[Layer]) -> Vec<Vec<Vec<f64>>> {
    let choices = choices(source, layers);
    let eras = eras(source, &choices, layers);
    let patterns = patterns(units.iter().flat_map(|unit| &unit.standings).map(|holding| &holding.is_present));
    let dimension_of = dimensions(&source.parts);
    let weights: Vec<Weights> = views.iter().map(|view| weights(&dimension_of, &choices, &patterns, view)).collect();
    let by_unit: Vec<Vec<Vec<f64>>> = units
        .par_iter()
        .map(|unit| {
            let mut by_view = vec![vec![f64::NAN; choices.len()]; views.len()];
            for holding in &unit.standings {
                let terms = terms(source, unit, holding, (&choices, &eras), layers);
                for (scores, weights) in by_view.iter_mut().zip(&weights) {
                    fill(scores, &choices, &weights[&holding.is_present], &terms, holding.replicates.as_deref());
                }
            }
            by_view
        })
        .collect();
    let mut by_view: Vec<Vec<Vec<f64>>> = views.iter().map(|_| Vec::with_capacity(units.len())).collect();
    for of_unit in by_unit {
        by_view.iter_mut().zip(of_unit).for_each(|(view, scores)| view.push(scores));
    }
    by_view
}

/// Writes the scores of the replicates of one holding, all or those named.
pub(crate) fn fill(
    scores: &mut [f64],
    choices: &[Choice],
    weights: &[Vec<f64>],
    terms: &[Vec<f64>],
    replicates: Option<&[u32]>,
) {
    let mut one = |at: usize| scores[at] = score(&choices[at], &weights[at], terms, at);
    match replicates {
        None => (0..choices.len()).for_each(one),
        Some(own) => own.iter().for_each(|&replicate| one(replicate as usize)),
    }
}

/// Returns what each part adds under a weight of 1 in every replicate of a holding, as that replicate's aggregation adds it; empty
/// for a part that is not observed.
pub(crate) fn terms(
    source: &Source<'_>,
    unit: &Unit,
    holding: &Holding,
    (choices, eras): (&[Choice], &[Era]),
    layers: &[Layer],
) -> Vec<Vec<f64>> {
    let own = holding.replicates.as_ref().map(|own| own_eras(eras, own));
    let eras = own.as_deref().unwrap_or(eras);
    let one = |(part, &is_present): (&Part<'_>, &bool)| {
        if !is_present {
            return Vec::new();
        }
        let mut terms = worths(source, part, eras, (unit, holding), layers);
        for (term, choice) in terms.iter_mut().zip(choices) {
            if choice.aggregation == Aggregation::Geometric {
                *term = (SHIFT + (1.0 - SHIFT) * *term).ln();
            }
        }
        terms
    };
    source.parts.iter().zip(&holding.is_present).map(one).collect()
}

pub(crate) fn choices(source: &Source<'_>, layers: &[Layer]) -> Vec<Choice> {
    let uncertainty = &source.profile.uncertainty;
    let (n_dimensions, n_parts) = (source.profile.dimensions.len(), source.parts.len());
    let nominal = |_| Choice {
        half_life: 0,
        aggregation: Aggregation::Arithmetic,
        of_dimensions: vec![1.0; n_dimensions],
        of_parts: vec![1.0; n_parts],
    };
    let one = |replicate| {
        let mut draws = Draws::at(uncertainty.seed, owner("choices of method"), replicate, 0);
        let half_life = draws.below(uncertainty.half_lives.len());
        let aggregation = uncertainty.aggregations[draws.below(uncertainty.aggregations.len())];
        let mut noise = |_| 1.0 + uncertainty.weight_noise * (2.0 * draws.uniform() - 1.0);
        Choice {
            half_life,
            aggregation,
            of_dimensions: (0..n_dimensions).map(&mut noise).collect(),
            of_parts: (0..n_parts).map(&mut noise).collect(),
        }
    };
    let all = 0..uncertainty.replicates;
    if layers.contains(&Layer::Method) { all.map(one).collect() } else { all.map(nominal).collect() }
}

pub(crate) fn eras(source: &Source<'_>, choices: &[Choice], layers: &[Layer]) -> Vec<Era> {
    let profile = source.profile;
    let nominal = [profile.recency.half_life_days];
    let half_lives = if layers.contains(&Layer::Method) { &profile.uncertainty.half_lives[..] } else { &nominal };
    let one = |(at, &half_life): (usize, &f64)| {
        let weights = recency(source.observations, half_life, source.as_of_day);
        let own = (0_u32..).zip(choices).filter(|(_, choice)| choice.half_life == at).map(|(replicate, _)| replicate);
        let resampling = Resampling::new(&source.strata, profile.uncertainty.seed, own.collect());
        Era { unseen: source.strata.mean(&weights), weights, resampling }
    };
    half_lives.iter().enumerate().map(one).collect()
}

/// Returns the eras with some of their replicates.
fn own_eras(eras: &[Era], own: &[u32]) -> Vec<Era> {
    let one =
        |era: &Era| Era { weights: era.weights.clone(), unseen: era.unseen, resampling: era.resampling.only(own) };
    eras.iter().map(one).collect()
}

/// Weights of the parts in every replicate, for each set of parts that some unit has.
pub(crate) type Weights = BTreeMap<Vec<bool>, Vec<Vec<f64>>>;

/// The sets of parts, each once.
pub(crate) fn patterns<'a>(all: impl Iterator<Item = &'a Vec<bool>>) -> BTreeSet<Vec<bool>> {
    all.cloned().collect()
}

pub(crate) fn weights(
    dimension_of: &[usize],
    choices: &[Choice],
    patterns: &BTreeSet<Vec<bool>>,
    view: &View,
) -> Weights {
    let noisy = |weights: &[f64], noise: &[f64]| -> Vec<f64> {
        weights.iter().zip(noise).map(|(weight, noise)| weight * noise).collect()
    };
    let of_pattern = |is_present: &Vec<bool>| {
        let one = |choice: &Choice| {
            let of_dimensions = noisy(&view.of_dimensions, &choice.of_dimensions);
            effective_weights(dimension_of, &of_dimensions, &noisy(&view.of_parts, &choice.of_parts), is_present)
        };
        (is_present.clone(), choices.iter().map(one).collect())
    };
    patterns.par_iter().map(of_pattern).collect()
}

/// Returns the worth of one part in the replicates of `eras`, by replicate; the others stay 0 and are not read.
fn worths(
    source: &Source<'_>,
    part: &Part<'_>,
    eras: &[Era],
    (unit, holding): (&Unit, &Holding),
    layers: &[Layer],
) -> Vec<f64> {
    let Some((_, kind)) = part.column else { return Vec::new() };
    let whose = owner(&format!("{} {}", source.observations.organisations[unit.organisation], part.profile.name));
    let sampling = if layers.contains(&Layer::Meetings) { part.profile.sampling } else { Sampling::Census };
    let rows = source.rows(part, &holding.members);
    let mut worths = vec![0.0; source.profile.uncertainty.replicates as usize];
    for era in eras {
        let series = Series::new(kind, &rows, &era.weights);
        let sample = Sample::new(&series, (kind, part.prior), sampling, &source.strata, era.unseen);
        let values = sample.values(&era.resampling, source.profile.uncertainty.seed, whose);
        for (value, &replicate) in values.iter().zip(&era.resampling.replicates) {
            worths[replicate as usize] = part.scale.worth(*value);
        }
    }
    worths
}

/// Returns the score of one replicate, `NaN` where no part with weight is present.
fn score(choice: &Choice, weights: &[f64], terms: &[Vec<f64>], replicate: usize) -> f64 {
    if weights.iter().all(|weight| *weight <= 0.0) {
        return f64::NAN;
    }
    let present = weights.iter().zip(terms).filter(|(weight, _)| **weight > 0.0);
    let sum = present.map(|(weight, terms)| weight * terms[replicate]).sum::<f64>();
    match choice.aggregation {
        Aggregation::Arithmetic => 100.0 * sum,
        Aggregation::Geometric => 100.0 * ((sum.exp() - SHIFT) / (1.0 - SHIFT)).max(0.0),
    }
}
