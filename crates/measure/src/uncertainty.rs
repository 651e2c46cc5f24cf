//! Intervals of scores and ranks: every replicate draws meetings, events and the choices of method.
//!
//! Comes in: what scores are made of. Goes out: a [`Spread`] for each unit. A replicate's half-life, aggregation and
//! weights are the same for all organisations, and so are the meetings drawn, for they happened to all of them; events
//! are drawn for each alone. The nominal choices are not privileged: the score need not be the middle of its interval.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::draw::{Draws, owner};
use crate::index::{Part, declared_weights, effective_weights};
use crate::profile::Scale;
use crate::replicate::{Resampling, Sample, quantile};
use crate::series::{Groups, Series, Strata, recency};
use crate::{Aggregation, Observations, Profile};

/// One organisation that has a score.
pub(crate) struct Unit {
    pub(crate) organisation: usize,
    pub(crate) is_present: Vec<bool>,
    pub(crate) is_ranked: bool,
}

/// What the replicates say of one organisation.
pub(crate) struct Spread {
    pub(crate) score: [f64; 2],
    pub(crate) rank: Option<[u32; 2]>,
    pub(crate) p_top10: f64,
}

/// The choices of one replicate.
struct Choice {
    half_life: usize,
    aggregation: Aggregation,
    of_dimensions: Vec<f64>,
    of_parts: Vec<f64>,
}

/// The replicates that share a half-life.
struct Era {
    weights: Vec<f64>,
    unseen: f64,
    resampling: Resampling,
}

/// What scores are made of.
pub(crate) struct Source<'a> {
    pub(crate) observations: &'a Observations,
    pub(crate) groups: Groups<'a>,
    pub(crate) strata: Strata<'a>,
    pub(crate) parts: Vec<Part<'a>>,
    pub(crate) profile: &'a Profile,
    pub(crate) as_of_day: i32,
}

pub(crate) fn uncertain(source: &Source<'_>, units: &[Unit]) -> Vec<Spread> {
    let choices = choices(&source.parts, source.profile);
    let eras = eras(source, &choices);
    let weights = weights(&source.parts, &choices, units);
    let replicated: Vec<Vec<f64>> = units
        .par_iter()
        .map(|unit| {
            let worths: Vec<Vec<f64>> =
                source.parts.iter().map(|part| worths(source, part, &eras, unit.organisation)).collect();
            scores(&choices, &weights[&unit.is_present], &worths)
        })
        .collect();
    let ranked: Vec<usize> = (0..units.len()).filter(|&at| units[at].is_ranked).collect();
    let ranks = ranks(&replicated, &ranked, choices.len());
    let mut place_of = vec![None; units.len()];
    ranked.iter().enumerate().for_each(|(place, &at)| place_of[at] = Some(place));
    let interval = source.profile.uncertainty.interval;
    replicated
        .into_par_iter()
        .zip(place_of)
        .map(|(scores, place)| {
            let ranks = place.map(|place| ranks.iter().map(|by_unit| by_unit[place]).collect());
            spread(scores, ranks, interval)
        })
        .collect()
}

fn spread(mut scores: Vec<f64>, ranks: Option<Vec<u32>>, interval: f64) -> Spread {
    let tail = (1.0 - interval) / 2.0;
    scores.sort_unstable_by(f64::total_cmp);
    let score = [quantile(&scores, tail), quantile(&scores, 1.0 - tail)];
    let Some(mut ranks) = ranks else { return Spread { score, rank: None, p_top10: 0.0 } };
    ranks.sort_unstable();
    // A rank is a whole number, so the ends are moved outwards to ranks that occurred.
    let last = (ranks.len() - 1) as f64;
    let rank = [ranks[(tail * last).floor() as usize], ranks[((1.0 - tail) * last).ceil() as usize]];
    Spread { score, rank: Some(rank), p_top10: ranks.partition_point(|&rank| rank <= 10) as f64 / ranks.len() as f64 }
}

fn choices(parts: &[Part<'_>], profile: &Profile) -> Vec<Choice> {
    let uncertainty = &profile.uncertainty;
    let (of_dimensions, of_parts) = declared_weights(parts, profile);
    let one = |replicate| {
        let mut draws = Draws::at(uncertainty.seed, owner("choices of method"), replicate, 0);
        let half_life = draws.below(uncertainty.half_lives.len());
        let aggregation = uncertainty.aggregations[draws.below(uncertainty.aggregations.len())];
        let mut noisy = |weight: &f64| weight * (1.0 + uncertainty.weight_noise * (2.0 * draws.uniform() - 1.0));
        Choice {
            half_life,
            aggregation,
            of_dimensions: of_dimensions.iter().map(&mut noisy).collect(),
            of_parts: of_parts.iter().map(&mut noisy).collect(),
        }
    };
    (0..uncertainty.replicates).map(one).collect()
}

fn eras(source: &Source<'_>, choices: &[Choice]) -> Vec<Era> {
    let uncertainty = &source.profile.uncertainty;
    let one = |(at, &half_life): (usize, &f64)| {
        let weights = recency(source.observations, half_life, source.as_of_day);
        let own = (0_u32..).zip(choices).filter(|(_, choice)| choice.half_life == at).map(|(replicate, _)| replicate);
        let resampling = Resampling::new(&source.strata, uncertainty.seed, own.collect());
        Era { unseen: source.strata.mean(&weights), weights, resampling }
    };
    uncertainty.half_lives.iter().enumerate().map(one).collect()
}

/// Returns the weights of the parts in every replicate, for each set of parts that some unit has.
fn weights(parts: &[Part<'_>], choices: &[Choice], units: &[Unit]) -> BTreeMap<Vec<bool>, Vec<Vec<f64>>> {
    let mut weights = BTreeMap::new();
    for unit in units {
        weights.entry(unit.is_present.clone()).or_insert_with_key(|is_present| {
            let one = |choice: &Choice| effective_weights(parts, &choice.of_dimensions, &choice.of_parts, is_present);
            choices.iter().map(one).collect()
        });
    }
    weights
}

/// Returns the worth of one part in every replicate, empty where it is not observed for the organisation.
fn worths(source: &Source<'_>, part: &Part<'_>, eras: &[Era], organisation: usize) -> Vec<f64> {
    let Some((column, kind)) = part.column else { return Vec::new() };
    let whose = owner(&format!("{} {}", source.observations.organisations[organisation], part.profile.name));
    let scale = Scale::of(part.profile);
    let mut worths = vec![0.0; eras.iter().map(|era| era.resampling.replicates.len()).sum()];
    for era in eras {
        let series = Series::new(kind, source.groups.rows(organisation, column), &era.weights);
        if kind.has_exposure() && series.exposure <= 0.0 {
            return Vec::new();
        }
        let sampling = part.profile.sampling;
        let sample = Sample::new(&series, (kind, part.prior), sampling, &source.strata, era.unseen);
        let values = sample.values(&era.resampling, source.profile.uncertainty.seed, whose);
        for (value, &replicate) in values.iter().zip(&era.resampling.replicates) {
            worths[replicate as usize] = scale.worth(*value);
        }
    }
    worths
}

fn scores(choices: &[Choice], weights: &[Vec<f64>], worths: &[Vec<f64>]) -> Vec<f64> {
    // COINr and the JRC shift to 1..100 before a geometric mean, for one indicator at nought must not void the others.
    const SHIFT: f64 = 0.01;
    let one = |(replicate, (choice, weights)): (usize, (&Choice, &Vec<f64>))| {
        let present = weights.iter().zip(worths).filter(|(weight, _)| **weight > 0.0);
        let present = present.map(|(weight, worths)| (weight, worths[replicate]));
        match choice.aggregation {
            Aggregation::Arithmetic => 100.0 * present.map(|(weight, worth)| weight * worth).sum::<f64>(),
            Aggregation::Geometric => {
                let logarithms = present.map(|(weight, worth)| weight * (SHIFT + (1.0 - SHIFT) * worth).ln());
                100.0 * ((logarithms.sum::<f64>().exp() - SHIFT) / (1.0 - SHIFT)).max(0.0)
            }
        }
    };
    choices.iter().zip(weights).enumerate().map(one).collect()
}

/// Returns the ranks of the `ranked` units by replicate; equal scores share the better rank.
fn ranks(scores: &[Vec<f64>], ranked: &[usize], n_replicates: usize) -> Vec<Vec<u32>> {
    let one = |replicate: usize| {
        let mut order: Vec<(f64, usize)> =
            ranked.iter().enumerate().map(|(place, &at)| (scores[at][replicate], place)).collect();
        order.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut ranks = vec![0; ranked.len()];
        let mut rank = 0;
        for (n_before, &(score, place)) in order.iter().enumerate() {
            if n_before == 0 || score < order[n_before - 1].0 {
                rank = n_before as u32 + 1;
            }
            ranks[place] = rank;
        }
        ranks
    };
    (0..n_replicates).into_par_iter().map(one).collect()
}
