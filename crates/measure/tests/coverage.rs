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

/// How often an interval held the truth.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    held: f64,
    below: f64,
    n: f64,
}

impl Tally {
    fn of(low: f64, high: f64, truth: f64) -> Self {
        let one = |is: bool| f64::from(u8::from(is));
        Self { held: one(low <= truth && truth <= high), below: one(truth < low), n: 1.0 }
    }

    fn and(self, other: Self) -> Self {
        Self { held: self.held + other.held, below: self.below + other.below, n: self.n + other.n }
    }

    fn share(self) -> f64 {
        self.held / self.n
    }
}

/// What is asked of the intervals, and where the share that holds the truth must lie. The target is 0.90.
///
/// The whole falls short by a hundredth, and it is the upper end that misses (0.09 of the truths above, 0.03 below): counts of
/// bursts are skewed to the right, so most samples lie below their mean, and the third of an event that keeps the median at
/// the value is a short reach upwards where few events were seen. Dividing by n - 1 meetings and not by n in the resampling
/// was tried: 0.889 for 0.887. With three times the meetings it is 0.92, for breadth is drawn as if items were independent and
/// endless, and an organisation that has worked on all of its items cannot have more. All layers together are wider by
/// design: they ask what another method would have said, and the truth is a mean over methods.
const ASKED: [(&str, f64, f64); 7] = [
    ("whole", 0.87, 0.93),
    ("engagement", 0.90, 0.97),
    ("influence", 0.87, 0.93),
    ("outcome", 0.86, 0.92),
    ("all layers", 0.98, 1.00),
    ("uncertain names", 0.85, 0.94),
    ("splitters", 0.83, 0.93),
];

/// Returns the tallies of one world by what is asked, and Spearman's correlation of measured and true scores.
fn asked(seed: u64) -> ([Tally; 7], f64) {
    let world = world(seed, N);
    let truths = truths(&world);
    // Choices of method have no truth to be held to, so they are left out where the method is the nominal one.
    let nominal = studied(&world, &[Layer::Meetings, Layer::Identity]);
    let all = studied(&world, &Layer::ALL);
    let mut tallies = [Tally::default(); 7];
    for (at, (planted, truth)) in world.planted.iter().zip(&truths).enumerate() {
        let score = &nominal.index.scores[at];
        assert_eq!(score.organisation, planted.name);
        let whole = Tally::of(score.low, score.high, truth.whole);
        let mut add = |which: usize, tally| tallies[which] = tallies[which].and(tally);
        add(0, whole);
        for (own, dimension) in nominal.dimensions.iter().enumerate() {
            let score = &dimension.scores[at];
            add(1 + own, Tally::of(score.low, score.high, truth.dimensions[own]));
        }
        let score = &all.index.scores[at];
        add(4, Tally::of(score.low, score.high, truth.over_methods));
        if planted.alias.is_some() {
            add(5, whole);
        }
        if planted.play == Play::Splits {
            add(6, whole);
        }
    }
    let scores: Vec<f64> = nominal.index.scores[..N].iter().map(|score| score.score).collect();
    let whole: Vec<f64> = truths.iter().map(|truth| truth.whole).collect();
    (tallies, spearman(&scores, &whole))
}

#[test]
fn intervals_hold_the_planted_truth() {
    let by_world: Vec<([Tally; 7], f64)> = (0..N_WORLDS).into_par_iter().map(asked).collect();
    let mut wrong = Vec::new();
    for (which, (what, low, high)) in ASKED.iter().enumerate() {
        let sum = by_world.iter().fold(Tally::default(), |sum, (tallies, _)| sum.and(tallies[which]));
        let shares: Vec<f64> = by_world.iter().map(|(tallies, _)| tallies[which].share()).collect();
        let error = standard_error(&shares.into_iter().filter(|share| !share.is_nan()).collect::<Vec<_>>());
        println!("{what}: {:.3} +- {error:.3} of {}, truth below {:.3}", sum.share(), sum.n, sum.below / sum.n);
        if !(*low..=*high).contains(&sum.share()) {
            wrong.push(*what);
        }
    }
    let mut correlations: Vec<f64> = by_world.iter().map(|(_, correlation)| *correlation).collect();
    correlations.sort_by(f64::total_cmp);
    let [low, median, high] = [10, 100, 189].map(|at: usize| correlations[at]);
    println!("Spearman: median {median:.3}, 90 % of worlds {low:.3} to {high:.3}");
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(median > 0.93 && low > 0.87, "{median} {low}");
}

/// Returns the standard error of a mean over worlds, for organisations of one world share its meetings.
fn standard_error(shares: &[f64]) -> f64 {
    let n = shares.len() as f64;
    let mean = shares.iter().sum::<f64>() / n;
    (shares.iter().map(|share| (share - mean).powi(2)).sum::<f64>() / (n * (n - 1.0))).sqrt()
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
