//! Intervals of scores and ranks: every replicate draws meetings, events and the choices of method.
//!
//! Comes in: what scores are made of. Goes out: a [`Spread`] for each unit. A replicate's half-life, aggregation and
//! weights are the same for all organisations, and so are the meetings drawn, for they happened to all of them; events
//! are drawn for each alone. The nominal choices are not privileged: the score need not be the middle of its interval.

use rayon::prelude::*;

use crate::draw::{Draws, owner};
use crate::index::{Part, declared_weights, effective_weights};
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

pub(crate) fn uncertain(
    observations: &Observations,
    groups: &Groups<'_>,
    strata: &Strata<'_>,
    parts: &[Part<'_>],
    profile: &Profile,
    as_of_day: i32,
    units: &[Unit],
) -> Vec<Spread> {
    let choices = choices(parts, profile);
    let eras = eras(observations, strata, profile, as_of_day, &choices);
    let replicated: Vec<Vec<f64>> = units
        .par_iter()
        .map(|unit| {
            let name = &observations.organisations[unit.organisation];
            let worths: Vec<Vec<f64>> = parts
                .iter()
                .map(|part| worths(groups, strata, part, &eras, unit.organisation, name, profile.uncertainty.seed))
                .collect();
            scores(parts, &choices, &worths, &unit.is_present)
        })
        .collect();
    let ranked: Vec<usize> = (0..units.len()).filter(|&at| units[at].is_ranked).collect();
    let ranks = ranks(&replicated, &ranked, choices.len());
    let tail = (1.0 - profile.uncertainty.interval) / 2.0;
    let mut place_of = vec![None; units.len()];
    ranked.iter().enumerate().for_each(|(place, &at)| place_of[at] = Some(place));
    replicated
        .into_par_iter()
        .zip(place_of)
        .map(|(mut scores, place)| {
            scores.sort_unstable_by(f64::total_cmp);
            let mut own: Vec<u32> =
                place.map(|place| ranks.iter().map(|by_unit| by_unit[place]).collect()).unwrap_or_default();
            own.sort_unstable();
            Spread {
                score: [quantile(&scores, tail), quantile(&scores, 1.0 - tail)],
                rank: place.map(|_| {
                    [own[rounded_at(tail, own.len(), f64::floor)], own[rounded_at(1.0 - tail, own.len(), f64::ceil)]]
                }),
                p_top10: own.partition_point(|&rank| rank <= 10) as f64 / own.len().max(1) as f64,
            }
        })
        .collect()
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

fn eras(
    observations: &Observations,
    strata: &Strata<'_>,
    profile: &Profile,
    as_of_day: i32,
    choices: &[Choice],
) -> Vec<Era> {
    let one = |(at, &half_life): (usize, &f64)| {
        let weights = recency(observations, half_life, as_of_day);
        let own = (0_u32..).zip(choices).filter(|(_, choice)| choice.half_life == at).map(|(replicate, _)| replicate);
        let resampling = Resampling::new(strata, profile.uncertainty.seed, own.collect());
        Era { unseen: strata.mean(&weights), weights, resampling }
    };
    profile.uncertainty.half_lives.iter().enumerate().map(one).collect()
}

/// Returns the worth of one part in every replicate, empty where it is not observed here.
fn worths(
    groups: &Groups<'_>,
    strata: &Strata<'_>,
    part: &Part<'_>,
    eras: &[Era],
    organisation: usize,
    name: &str,
    seed: u64,
) -> Vec<f64> {
    let Some((column, kind)) = part.column else { return Vec::new() };
    let whose = owner(&format!("{name} {}", part.profile.name));
    let mut worths = vec![0.0; eras.iter().map(|era| era.resampling.replicates.len()).sum()];
    for era in eras {
        let series = Series::new(kind, groups.rows(organisation, column), &era.weights);
        if kind.has_exposure() && series.exposure <= 0.0 {
            return Vec::new();
        }
        let sample = Sample::new(&series, (kind, part.prior), part.profile.sampling, strata, era.unseen);
        let values = sample.values(&era.resampling, seed, whose);
        for (value, &replicate) in values.iter().zip(&era.resampling.replicates) {
            worths[replicate as usize] = part.profile.worth(*value);
        }
    }
    worths
}

fn scores(parts: &[Part<'_>], choices: &[Choice], worths: &[Vec<f64>], is_present: &[bool]) -> Vec<f64> {
    // COINr and the JRC shift to 1..100 before a geometric mean, for one indicator at nought must not void the others.
    const SHIFT: f64 = 0.01;
    let one = |(replicate, choice): (usize, &Choice)| {
        let weights = effective_weights(parts, &choice.of_dimensions, &choice.of_parts, is_present);
        let present = || weights.iter().zip(worths).filter(|(weight, _)| **weight > 0.0);
        match choice.aggregation {
            Aggregation::Arithmetic => {
                100.0 * present().map(|(weight, worths)| weight * worths[replicate]).sum::<f64>()
            }
            Aggregation::Geometric => {
                let logarithm = |worth: f64| (SHIFT + (1.0 - SHIFT) * worth).ln();
                let mean = present().map(|(weight, worths)| weight * logarithm(worths[replicate])).sum::<f64>().exp();
                100.0 * ((mean - SHIFT) / (1.0 - SHIFT)).max(0.0)
            }
        }
    };
    choices.iter().enumerate().map(one).collect()
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

/// Returns the position of a quantile among `n`, moved outwards to a whole one.
fn rounded_at(p: f64, n: usize, round: fn(f64) -> f64) -> usize {
    round(p * (n - 1) as f64) as usize
}
