//! The index against planted worlds: do intervals hold the truth, is the ranking the true one, and is gaming found?
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

mod worlds;

use measure::{Layer, Study, splitting, study};
use rayon::prelude::*;
use worlds::{AS_OF, KINDS, Play, Truth, World, profile, truth, world};

const N_WORLDS: u64 = 200;
const N: usize = 30;

fn studied(world: &World, layers: &[Layer]) -> Study {
    study(&world.observations, &KINDS, &profile(300), AS_OF, &world.circumstances, layers).unwrap()
}

fn truths(world: &World) -> Vec<Truth> {
    let first_day = world.observations.meetings[0].day;
    world.planted.iter().map(|planted| truth(planted, &profile(300), first_day)).collect()
}

/// Held and asked, by what was asked.
#[derive(Clone, Copy, Default)]
struct Tally {
    held: f64,
    n: f64,
    below: f64,
}

impl Tally {
    fn add(&mut self, low: f64, high: f64, truth: f64) {
        self.n += 1.0;
        self.held += f64::from(u8::from(low <= truth && truth <= high));
        self.below += f64::from(u8::from(truth < low));
    }

    fn share(self) -> f64 {
        self.held / self.n
    }
}

#[test]
fn intervals_hold_the_planted_truth() {
    let by_world: Vec<([Tally; 7], f64, f64)> = (0..N_WORLDS)
        .into_par_iter()
        .map(|seed| {
            let world = world(seed, N);
            let truths = truths(&world);
            let [nominal, all] =
                [&[Layer::Meetings, Layer::Identity][..], &Layer::ALL].map(|layers| studied(&world, layers));
            let mut tallies = [Tally::default(); 7];
            for (at, (planted, truth)) in world.planted.iter().zip(&truths).enumerate() {
                let score = &nominal.index.scores[at];
                assert_eq!(score.organisation, planted.name);
                tallies[0].add(score.low, score.high, truth.whole);
                for (own, dimension) in nominal.dimensions.iter().enumerate() {
                    tallies[1 + own].add(dimension.scores[at].low, dimension.scores[at].high, truth.dimensions[own]);
                }
                let score = &all.index.scores[at];
                tallies[4].add(score.low, score.high, truth.over_methods);
                if planted.alias.is_some() {
                    tallies[5].add(nominal.index.scores[at].low, nominal.index.scores[at].high, truth.whole);
                }
                if planted.play == Play::Splits {
                    tallies[6].add(nominal.index.scores[at].low, nominal.index.scores[at].high, truth.whole);
                }
            }
            let scores: Vec<f64> = nominal.index.scores[..N].iter().map(|score| score.score).collect();
            let whole: Vec<f64> = truths.iter().map(|truth| truth.whole).collect();
            (tallies, spearman(&scores, &whole), tallies[0].share())
        })
        .collect();
    let sum = |which: usize| {
        by_world.iter().fold(Tally::default(), |sum, (tallies, ..)| Tally {
            held: sum.held + tallies[which].held,
            n: sum.n + tallies[which].n,
            below: sum.below + tallies[which].below,
        })
    };
    for (which, what) in
        ["whole", "engagement", "influence", "outcome", "all layers", "uncertain names", "splitters"].iter().enumerate()
    {
        let tally = sum(which);
        let error = 1.96 * (tally.share() * (1.0 - tally.share()) / tally.n).sqrt();
        println!("{what}: {:.3} +- {error:.3} of {}, truth below {:.3}", tally.share(), tally.n, tally.below / tally.n);
    }
    let mut correlations: Vec<f64> = by_world.iter().map(|(_, correlation, _)| *correlation).collect();
    correlations.sort_by(f64::total_cmp);
    let mut worlds: Vec<f64> = by_world.iter().map(|(_, _, share)| *share).collect();
    worlds.sort_by(f64::total_cmp);
    println!("spearman: median {:.3}, {:.3} to {:.3}", correlations[100], correlations[10], correlations[189]);
    println!(
        "coverage by world: mean {:.3}, {:.3} to {:.3}",
        worlds.iter().sum::<f64>() / 200.0,
        worlds[10],
        worlds[189]
    );
}

fn spearman(one: &[f64], other: &[f64]) -> f64 {
    let ranks = |values: &[f64]| -> Vec<f64> {
        let rank = |value: &f64| {
            let below = values.iter().filter(|other| *other < value).count();
            let up_to = values.iter().filter(|other| *other <= value).count();
            (below + up_to) as f64
        };
        values.iter().map(rank).collect()
    };
    measure::composite::correlation(&ranks(one), &ranks(other))
}

#[test]
fn planted_splitting_is_found() {
    let (mut found, mut flagged, mut split, mut places) = (0, 0, 0, 0);
    for seed in 0..N_WORLDS {
        let world = world(seed, N);
        let is_splitter = |at: u32| world.planted.get(at as usize).is_some_and(|one| one.play == Play::Splits);
        split += world.planted.iter().filter(|one| one.play == Play::Splits).count();
        for one in splitting(&world.observations, 3, &world.circumstances.works) {
            flagged += usize::from(one.is_flagged && (one.organisation as usize) < N);
            found += usize::from(one.is_flagged && is_splitter(one.organisation));
            places += if is_splitter(one.organisation) { one.places } else { 0 };
        }
    }
    let (precision, recall) = (found as f64 / flagged as f64, found as f64 / split as f64);
    println!(
        "splitters {split}: precision {precision:.3}, recall {recall:.3}, places won {:.1}",
        f64::from(places) / split as f64
    );
    assert!(precision > 0.95 && recall > 0.85, "{precision} {recall}");
}
