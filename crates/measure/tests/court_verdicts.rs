//! Verdicts in planted worlds: downloads alone against a measure of several sources.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

use measure::court::{
    Acts, Background, Comparison, Cost, Criterion, Cube, Metric, Outcome, Settings, Simulation, Verdict, compare,
    gaming, standard_attacks, table_of, verdict_in_words,
};
use measure::{Meeting, Observation, Observations};

const N_UNITS: usize = 60;
const N_PERIODS: usize = 4;
const N_EVENTS: usize = 12;

/// What truly carries the outcome.
#[derive(Clone, Copy, PartialEq)]
enum Carrier {
    /// Adoption and citation do; downloads are noisy, full of robots, and only loosely tied to it.
    AdoptionAndCitation,
    /// Downloads do; adoption and citation are noise.
    Downloads,
}

/// By source (downloads, adoption, citation), period, event and unit; and the outcome by period and unit.
struct World {
    sources: [Vec<Vec<Vec<f64>>>; 3],
    outcome: Vec<Vec<f64>>,
}

/// Roughly normal numbers: the sum of twelve uniform ones, less 6.
struct Noise(u64);

impl Noise {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

fn world(carrier: Carrier) -> World {
    let mut noise = Noise(20_260_101);
    let trait_of: Vec<f64> = (0..N_UNITS).map(|_| noise.normal()).collect();
    let [of_downloads, of_others] = if carrier == Carrier::Downloads { [0.9, 0.1] } else { [0.15, 0.9] };
    let mut source = |loading: f64, is_visited_by_robots: bool| -> Vec<Vec<Vec<f64>>> {
        let mut value = |unit: usize| {
            let strength = 2.0 + loading * trait_of[unit] + 0.8 * noise.normal();
            let robots = if is_visited_by_robots && noise.uniform() < 0.05 { 40.0 } else { 1.0 };
            (robots * strength.exp()).round()
        };
        let mut event = || (0..N_UNITS).map(&mut value).collect::<Vec<f64>>();
        (0..N_PERIODS).map(|_| (0..N_EVENTS).map(|_| event()).collect()).collect()
    };
    let sources =
        [source(of_downloads, carrier != Carrier::Downloads), source(of_others, false), source(of_others, false)];
    let outcome = (0..N_PERIODS).map(|_| trait_of.iter().map(|own| own + 0.5 * noise.normal()).collect()).collect();
    World { sources, outcome }
}

/// 10 % downloads and 45 % each adoption and citation, each a logarithm between fixed goalposts.
fn triangulated([downloads, adoption, citation]: [f64; 3]) -> f64 {
    let worth = |value: f64| (value.ln_1p() / 100.0_f64.ln_1p()).min(1.0);
    0.10 * worth(downloads) + 0.45 * worth(adoption) + 0.45 * worth(citation)
}

fn cube(world: &World, of: impl Fn([f64; 3]) -> f64) -> Cube {
    let value = |p: usize, e: usize, unit: usize| of([0, 1, 2].map(|source: usize| world.sources[source][p][e][unit]));
    let event = |p: usize, e: usize| (0..N_UNITS).map(|unit| value(p, e, unit)).collect();
    let values = (0..N_PERIODS).map(|p| (0..N_EVENTS).map(|e| event(p, e)).collect()).collect();
    let events = (0..N_PERIODS).map(|_| (0..N_EVENTS).map(|event| format!("month {event}")).collect()).collect();
    Cube::new(names("unit", N_UNITS), names("year", N_PERIODS), events, values).unwrap()
}

fn names(of: &str, n: usize) -> Vec<String> {
    (0..n).map(|at| format!("{of} {at:02}")).collect()
}

/// The last year's acts, by source.
fn observations(world: &World) -> Observations {
    let mut rows = Vec::new();
    for (indicator, source) in (0..).zip(&world.sources) {
        for (meeting, event) in (0..).zip(&source[N_PERIODS - 1]) {
            for (organisation, events) in (0..).zip(event) {
                rows.push(Observation {
                    indicator,
                    organisation,
                    meeting,
                    item: organisation,
                    events: *events,
                    exposure: 1.0,
                });
            }
        }
    }
    let meeting = |at: usize| Meeting { id: format!("month {at}"), body: "library".into(), day: 30 * at as i32 };
    Observations {
        organisations: names("unit", N_UNITS),
        meetings: (0..N_EVENTS).map(meeting).collect(),
        indicators: ["downloads", "adoption", "citation"].map(String::from).to_vec(),
        rows,
    }
}

/// Totals of each organisation, by indicator.
fn totals(observations: &Observations) -> Vec<[f64; 3]> {
    let mut totals = vec![[0.0; 3]; observations.organisations.len()];
    for row in &observations.rows {
        totals[row.organisation as usize][usize::from(row.indicator)] += row.events;
    }
    totals
}

fn metrics(world: &World) -> [Metric; 2] {
    let (observations, acts) = (observations(world), Acts { downloads: vec![0], ..Acts::default() });
    let simulation = Simulation { attackers: 60, replicates: 20, ..Simulation::default() };
    let tried = |of: &(dyn Fn([f64; 3]) -> f64 + Sync)| {
        let score = |observations: &Observations| {
            let monthly = |totals: [f64; 3]| totals.map(|total| total / N_EVENTS as f64);
            totals(observations).into_iter().map(|totals| of(monthly(totals))).collect()
        };
        Some(gaming(&observations, &acts, &standard_attacks(), &simulation, score))
    };
    let mut several = Metric::new("the triangulated measure", cube(world, triangulated));
    several.gaming = tried(&triangulated);
    let mut downloads = Metric::new("downloads alone", cube(world, |[downloads, ..]| downloads));
    downloads.gaming = tried(&|[downloads, ..]| downloads);
    [several, downloads]
}

fn background(world: &World) -> Background {
    Background { outcome: Some(Outcome { by_period: world.outcome.clone(), lag: 2 }), ..Background::default() }
}

fn judged(world: &World, [one, other]: &[Metric; 2]) -> Comparison {
    compare(one, other, &background(world), &Settings { replicates: 400, ..Settings::default() }).unwrap()
}

fn shown(comparison: &Comparison, criterion: Criterion) -> i8 {
    comparison.differences.iter().find(|difference| difference.criterion == criterion).unwrap().shown()
}

#[test]
fn downloads_alone_lose_where_they_should() {
    let world = world(Carrier::AdoptionAndCitation);
    let mut metrics = metrics(&world);
    let comparison = judged(&world, &metrics);
    assert_eq!(comparison.verdict, Verdict::Dominates, "{}", table_of(&comparison));
    for criterion in [Criterion::Predictive, Criterion::SplitHalf, Criterion::Gaming, Criterion::Discrimination] {
        assert_eq!(shown(&comparison, criterion), 1, "{}", criterion.name());
    }
    assert!(comparison.preference.unwrap().acceptability > 0.99);
    let bots =
        |metric: &Metric| metric.gaming.clone().unwrap().attacks.into_iter().find(|gain| gain.code == "G6").unwrap();
    assert!(bots(&metrics[1]).gain.unwrap() > 3.0 && bots(&metrics[1]).is_passed == Some(false));
    assert!(bots(&metrics[0]).gain.unwrap() < bots(&metrics[1]).gain.unwrap() / 3.0);

    // Downloads cost next to nothing. Then neither dominates, and the weights still say which to prefer.
    let cost = |minutes| Some(Cost { minutes, money: 0.0, lag_days: 0.0, automation: 1.0 });
    metrics[0].cost = cost(90.0);
    metrics[1].cost = cost(1.0);
    let comparison = judged(&world, &metrics);
    assert_eq!((comparison.verdict, shown(&comparison, Criterion::Minutes)), (Verdict::Incomparable, -1));
    let preference = comparison.preference.unwrap();
    assert!(preference.worth_a > preference.worth_b + 0.2 && preference.acceptability > 0.9, "{preference:?}");
}

#[test]
fn downloads_alone_do_not_lose_where_they_carry_the_outcome() {
    let world = world(Carrier::Downloads);
    let mut metrics = metrics(&world);
    let comparison = judged(&world, &metrics);
    assert_eq!(shown(&comparison, Criterion::Predictive), -1);
    assert_eq!(comparison.verdict, Verdict::Dominated);
    for metric in &mut metrics {
        metric.gaming = None;
    }
    assert_eq!(judged(&world, &metrics).verdict, Verdict::Dominated);
}

#[test]
fn who_lacks_a_finding_dominates_nobody() {
    let world = world(Carrier::AdoptionAndCitation);
    let mut metrics = metrics(&world);
    metrics[0].gaming = None;
    let comparison = judged(&world, &metrics);
    assert_eq!(comparison.verdict, Verdict::Incomparable);
    let words = verdict_in_words(&comparison);
    assert!(
        words.contains("only downloads alone was judged in gaming, and what is not judged is not passed."),
        "{words}"
    );
}
