//! Cost of an index, and how it grows: organisations, meetings and replicates are doubled in turn.
//!
//! Run with `cargo bench -p measure`. The fastest of seven runs counts, for others use the machine too. Processor time of one
//! thread is read from Linux's scheduler, which other programs do not disturb; elsewhere it is the time that passed.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and prints what it read"
)]

use std::time::Instant;

use measure::{
    Circumstances, IndicatorProfile, Kind, Meeting, Observation, Observations, Profile, Workbench, half_of_the_work,
    index,
};

const SHIPPED: &str = include_str!("../../indicators/profile/index.toml");

fn main() {
    println!(
        "organisations x meetings x replicates: rows | ms on all threads | processor ms on one | us per organisation, one thread"
    );
    for (organisations, meetings, replicates) in
        [(1000, 40, 1000), (2000, 40, 1000), (1000, 80, 1000), (1000, 40, 2000), (150, 30, 1000), (600, 6, 1000)]
    {
        let (observations, kinds) = observations(organisations, meetings);
        let mut profile = Profile::from_toml(SHIPPED).expect("the shipped profile holds together");
        profile.uncertainty.replicates = replicates;
        let run = || {
            assert_eq!(
                index(&observations, &kinds, &profile, 20_000).map(|index| index.scores.len()),
                Ok(organisations)
            )
        };
        let all = fastest_ms(run, now_ms);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one thread");
        let one = pool.install(|| fastest_ms(run, processor_ms));
        let rows = observations.rows.len();
        let each = one * 1e3 / organisations as f64;
        println!("{organisations} x {meetings} x {replicates}: {rows} | {all:.0} | {one:.0} | {each:.0}");
    }
    let (observations, kinds) = observations(1000, 40);
    let profile = Profile::from_toml(SHIPPED).expect("the shipped profile holds together");
    let half = || assert!(half_of_the_work(&observations, &kinds, "documents_contributed", &profile).is_ok());
    println!("half of the work, 1000 x 40 x 1000: {:.0} ms", fastest_ms(half, now_ms));
    weighed_again(1000, 60, 12, 200);
}

/// What the laboratory waits for when a slider moves.
fn weighed_again(organisations: usize, indicators: usize, meetings: usize, replicates: u32) {
    let mut profile = Profile::from_toml(SHIPPED).expect("the shipped profile holds together");
    profile.objectives.clear();
    profile.activities.clear();
    profile.uncertainty.replicates = replicates;
    let own: Vec<_> = profile.indicators().map(|(at, indicator)| (at, indicator.clone())).collect();
    for dimension in &mut profile.dimensions {
        dimension.indicators.clear();
    }
    for (n, (at, indicator)) in own.iter().cycle().take(indicators).enumerate() {
        let name = format!("{} {n}", indicator.name);
        profile.dimensions[*at].indicators.push(IndicatorProfile { name, ..indicator.clone() });
    }
    let (observations, kinds) = observed(&profile, organisations, meetings);
    let bench = Workbench::new(&observations, &kinds, &profile, 20_000, &Circumstances::default())
        .expect("the observations hold together");
    let of_dimensions: Vec<f64> = profile.dimensions.iter().map(|dimension| dimension.weight).collect();
    let of_indicators: Vec<f64> = profile.indicators().map(|(_, indicator)| indicator.weight).collect();
    let run = || assert_eq!(bench.weighed(&of_dimensions, &of_indicators).scores.len(), organisations);
    println!(
        "weighed again, {organisations} x {indicators} x {replicates}, with rank intervals: {:.0} ms",
        fastest_ms(run, now_ms)
    );
}

fn fastest_ms(run: impl Fn(), clock: fn(Instant) -> f64) -> f64 {
    let start = Instant::now();
    let mut times: Vec<f64> = (0..7)
        .map(|_| {
            let before = clock(start);
            run();
            clock(start) - before
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[0]
}

fn now_ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

fn processor_ms(start: Instant) -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|ns| ns.parse::<f64>().ok()).map_or_else(|| now_ms(start), |ns| ns / 1e6)
}

/// Every organisation has rows of every indicator at every meeting: the worst case, for real tables are sparse.
fn observations(organisations: usize, meetings: usize) -> (Observations, Vec<Kind>) {
    let profile = Profile::from_toml(SHIPPED).expect("the shipped profile holds together");
    observed(&profile, organisations, meetings)
}

fn observed(profile: &Profile, organisations: usize, meetings: usize) -> (Observations, Vec<Kind>) {
    let indicators: Vec<String> = profile.indicators().map(|(_, indicator)| indicator.name.clone()).collect();
    let kinds: Vec<Kind> = indicators.iter().map(|name| kind(name)).collect();
    let mut state = 1_u64;
    let mut next = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    let mut rows = Vec::new();
    for organisation in 0..organisations as u32 {
        for indicator in 0..indicators.len() as u16 {
            for meeting in 0..meetings as u32 {
                let (item, events) = (next(60) as u32, next(2) as f64);
                rows.push(Observation { indicator, organisation, meeting, item, events, exposure: 1.0 });
            }
        }
    }
    let meeting = |at: usize| Meeting { id: format!("m{at}"), body: "wg".into(), day: 20_000 - 30 * at as i32 };
    let organisations = (0..organisations).map(|at| format!("organisation {at:05}")).collect();
    (Observations { organisations, meetings: (0..meetings).map(meeting).collect(), indicators, rows }, kinds)
}

fn kind(indicator: &str) -> Kind {
    match indicator.split(' ').next().unwrap_or(indicator) {
        "attendance_share" => Kind::Share,
        "acceptance_rate" => Kind::RateShrunk,
        "breadth_over_work_items" => Kind::Breadth,
        _ => Kind::Count,
    }
}
