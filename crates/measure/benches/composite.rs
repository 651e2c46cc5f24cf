//! Cost of a composite index and of its replicates, on all threads and on one.
//!
//! Run with `cargo bench -p measure --bench composite -- FOLDER`, or `make bench-index` beside peers. With a folder, the
//! inputs are written there for peers, and `ours.json` with times and checksums that they must reproduce. The fastest of some
//! runs counts, for others use the machine too.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and prints what it read"
)]

use std::path::PathBuf;
use std::time::Instant;

use measure::composite::{
    Aggregation, Alternatives, Description, Mean, Method, Noise, Normalisation, Role, Spread, Study, Table, Treatment,
    Variants, aggregated, built, normalised, ranks, treated,
};
use serde_json::{Value, json};

const METHOD: &str = include_str!("../tests/asem.toml");

fn main() {
    let folder = std::env::args().skip(1).find(|word| !word.starts_with("--")).map(PathBuf::from);
    let asem =
        Study::from_csv(include_str!("../reference/asem_iData.csv"), include_str!("../reference/asem_iMeta.csv"))
            .expect("the reference holds together");
    let large = made_up(10_000);
    println!("task | ms on all threads | ms on one | checksum");
    let told = json!([
        replicates("asem", &asem, 100_000, 10.0, 2.0),
        once("large_once", &large),
        replicates("large", &large, 1000, 100.0, 5.0),
        laboratory(&made_up(1000)),
    ]);
    if let Some(folder) = folder {
        for (name, study, mean, deviation) in [("asem", &asem, 10.0, 2.0), ("large", &large, 100.0, 5.0)] {
            write(&folder, name, study, &method(1, mean, deviation));
        }
        std::fs::write(folder.join("ours.json"), told.to_string()).expect("the folder can be written to");
    }
}

/// The method of the reference test; z-scores lie so high that geometric means are defined.
fn method(n: u32, mean: f64, deviation: f64) -> Method {
    let mut method = Method::from_toml(METHOD).expect("the method holds together");
    method.alternatives = Some(Alternatives {
        reason: "the vignette of COINr".into(),
        replicates: n,
        seed: 7,
        interval: 0.9,
        most_winsorised: vec![1, 2, 3, 4, 5],
        normalisations: vec![
            Normalisation::MinMax { low: 1.0, high: 100.0 },
            Normalisation::ZScore { mean, deviation },
        ],
        means: vec![Mean::Arithmetic, Mean::Geometric],
        noise: vec![Noise { level: 2, share: 0.25 }, Noise { level: 3, share: 0.25 }],
    });
    method
}

/// From the raw table to intervals of scores and ranks.
fn replicates(name: &str, study: &Study, n: u32, mean: f64, deviation: f64) -> Value {
    let method = method(n, mean, deviation);
    let variants = || Variants::new(study, &method).expect("every variant is defined");
    let ready = variants();
    timed(&format!("{name}: combinations alone"), || ready_sum(&variants()));
    timed(&format!("{name}: scores and ranks alone"), || ready.replicates().scores()[0][0]);
    timed(name, || checksum(&variants().replicates().spreads()))
}

fn ready_sum(variants: &Variants) -> f64 {
    variants.nominal().iter().sum()
}

fn checksum(spreads: &[Spread]) -> f64 {
    let one = |(at, own): (usize, &Spread)| {
        let ranks = own.mean_rank + own.median_rank + own.rank_interval[0] + own.rank_interval[1];
        (1.0 + (at % 7) as f64) * (ranks + own.interval[0] + own.interval[1])
    };
    spreads.iter().enumerate().map(one).sum::<f64>() / spreads.len() as f64
}

/// Treatment, normalisation and aggregation; and the same with every stage kept.
fn once(name: &str, study: &Study) -> Value {
    let (hierarchy, declared) = (study.hierarchy().expect("the hierarchy holds together"), study.declared());
    let whole = method(1, 100.0, 5.0);
    let normalisation = Normalisation::MinMax { low: 1.0, high: 100.0 };
    timed("large_once: with every stage kept", || average(built(study, &whole).expect("it is defined").index()));
    timed(name, || {
        let (table, _) = treated(&study.table, &Treatment::default());
        let table = normalised(&table, &normalisation, &declared).expect("columns differ");
        average(&index(&table, &hierarchy, Mean::Geometric))
    })
}

/// A ready index of 1,000 units under other weights, as the page asks for while a weight is being moved.
fn laboratory(study: &Study) -> Value {
    let built = built(study, &method(1, 100.0, 5.0)).expect("it is defined");
    let weights = [("p1", 2.0), ("s2", 0.5), ("i07", 3.0)];
    timed("laboratory", || {
        let scores = index(built.normalised(), &built.hierarchy.reweighted(&weights), Mean::Arithmetic);
        average(&scores) + f64::from(ranks(&scores)[0].unwrap_or_default())
    })
}

fn index(table: &Table, hierarchy: &measure::composite::Hierarchy, mean: Mean) -> Vec<f64> {
    let mut levels = aggregated(table, hierarchy, &Aggregation::by(mean)).expect("values lie above 0");
    levels.pop().and_then(|mut top| top.columns.pop()).unwrap_or_default()
}

fn average(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn timed(task: &str, run: impl Fn() -> f64 + Sync) -> Value {
    let fastest = || {
        let one = || {
            let start = Instant::now();
            (run(), start.elapsed().as_secs_f64() * 1e3)
        };
        (0..5).map(|_| one()).reduce(|best, own| if own.1 < best.1 { own } else { best }).unwrap_or_default()
    };
    let (sum, all) = fastest();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one thread");
    let (same, one) = pool.install(fastest);
    assert_eq!(sum.to_bits(), same.to_bits(), "the number of threads changes nothing");
    println!("{task} | {all:.1} | {one:.1} | {sum:.12e}");
    json!({ "task": task, "all_threads_ms": all, "one_thread_ms": one, "checksum": sum })
}

/// 60 indicators in 6 pillars of 10 and 2 sub-indices: by turns normal, skewed (its logarithm is taken), and normal with up
/// to five outliers (winsorised).
fn made_up(n: usize) -> Study {
    let described = |code: String, level: usize, parent: Option<String>, weight: f64, role: Role| Description {
        code,
        level,
        parent,
        weight,
        role,
        direction: 1.0,
        ..Description::default()
    };
    let indicator = |at: usize| {
        let parent = Some(format!("p{}", at / 10));
        let own = described(format!("i{at:02}"), 1, parent, 1.0 + (at % 3) as f64, Role::Indicator);
        Description { direction: if at % 9 == 4 { -1.0 } else { 1.0 }, ..own }
    };
    let pillar = |at: usize| described(format!("p{at}"), 2, Some(format!("s{}", at / 3)), 1.0, Role::Aggregate);
    let mut descriptions: Vec<Description> = (0..60).map(indicator).chain((0..6).map(pillar)).collect();
    descriptions.extend((0..2).map(|at| described(format!("s{at}"), 3, Some("all".into()), 1.0, Role::Aggregate)));
    descriptions.push(described("all".into(), 4, None, 1.0, Role::Aggregate));
    let value = |at: usize, unit: usize| match at % 3 {
        0 => 50.0 + 10.0 * normal(at, unit),
        1 => (0.9 * normal(at, unit)).exp(),
        _ if unit < 1 + at % 5 => 200.0 + 10.0 * unit as f64,
        _ => normal(at, unit),
    };
    let table = Table {
        units: (0..n).map(|at| format!("u{at:05}")).collect(),
        indicators: (0..60).map(|at| format!("i{at:02}")).collect(),
        columns: (0..60).map(|at| (0..n).map(|unit| value(at, unit)).collect()).collect(),
    };
    Study {
        names: table.units.clone(),
        times: vec![None; n],
        denominators: Table { units: table.units.clone(), ..Table::default() },
        groups: vec![("EurAsia_group".into(), vec![Some("all".into()); n])],
        table,
        descriptions,
    }
}

/// Standard normal, a function of its address (Box and Muller; SplitMix64).
fn normal(column: usize, row: usize) -> f64 {
    let uniform = |at: u64| {
        let mut mixed = at.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / 2.0_f64.powi(53) + 2.0_f64.powi(-54)
    };
    let place = 2 * ((column as u64) << 32 | row as u64) + 1;
    (-2.0 * uniform(place).ln()).sqrt() * (std::f64::consts::TAU * uniform(place + 1)).cos()
}

/// The table as it comes to treatment, and beside it what is done with it.
fn write(folder: &std::path::Path, name: &str, study: &Study, method: &Method) {
    let built = built(study, method).expect("it is defined");
    let table = built.after("screened").expect("the method screens");
    let mut text = table.indicators.join(",") + "\n";
    for unit in 0..table.units.len() {
        let cells: Vec<String> = table.columns.iter().map(|column| column[unit].to_string()).collect();
        text += &(cells.join(",") + "\n");
    }
    let level = |at: &measure::composite::Level| json!({ "weights": at.weights, "parents": at.parents });
    let levels: Vec<Value> = built.hierarchy.levels.iter().map(level).collect();
    let directions: Vec<f64> = study.declared().iter().map(|declared| declared.direction).collect();
    let about = json!({ "directions": directions, "levels": levels, "nominal": built.index(),
        "alternatives": method.alternatives });
    for (ending, text) in [("csv", text), ("json", about.to_string())] {
        std::fs::write(folder.join(format!("{name}.{ending}")), text).expect("the folder can be written to");
    }
}
