//! Compares the rules with a truth: `agreement TRUTH.csv [--json] [--strings-only]`, columns `name` and `cluster_id` first.
//! Names without a cluster are background: they take part, but are not counted.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own")]

use std::time::{Duration, Instant};

use resolve::organisation::{KNOWN, Level, Score, Truth, score};
use resolve::{Agreement, lower_bound};
use serde_json::{Map, Value, json};

fn main() {
    let (options, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let has = |option: &str| options.iter().any(|word| word == option);
    let path = paths.first().expect("a file of names and clusters");
    let text = std::fs::read_to_string(path).expect("a file that can be read");
    let truth: Vec<Truth> = text.lines().skip(1).map(row).collect();
    let letters = ("letters", None, Level::Organisation);
    // The tables are looked up for the first time before the clock starts.
    let tables = || ("tables", Some(&*KNOWN), Level::Group);
    let runs = match (has("--json"), has("--strings-only")) {
        (_, true) => vec![letters],
        (true, false) => vec![tables()],
        (false, false) => vec![letters, tables()],
    };
    for (what, known, level) in runs {
        let start = Instant::now();
        let score = score(&truth, known, None);
        let took = start.elapsed();
        if has("--json") {
            println!("{}", figures(&score, level, took))
        } else {
            print(what, &score, took, truth.len())
        }
    }
}

/// A row of the truth: the name may be quoted, what follows the cluster is left out.
fn row(line: &str) -> Truth {
    let (name, rest) = match line.strip_prefix('"') {
        Some(quoted) => {
            let end = quoted.find("\",").expect("a closing quote");
            (quoted[..end].replace("\"\"", "\""), &quoted[end + 2..])
        }
        None => {
            let (name, rest) = line.split_once(',').expect("two columns");
            (name.to_string(), rest)
        }
    };
    Truth { name, cluster: rest.split(',').next().unwrap_or_default().to_string() }
}

/// The figures of one level, as `resolve score --json` gives them, and below `levels` those of all.
fn figures(score: &Score, level: Level, took: Duration) -> Value {
    let all: Map<String, Value> = score
        .levels
        .iter()
        .map(|(level, of)| (format!("{level:?}").to_lowercase(), Value::Object(of_level(of, score.n_mixed[level]))))
        .collect();
    let mut figures = of_level(&score.levels[&level], score.n_mixed[&level]);
    figures.insert("seconds".into(), json!(took.as_secs_f64()));
    figures.insert("levels".into(), Value::Object(all));
    Value::Object(figures)
}

fn of_level(of: &Agreement, n_mixed: usize) -> Map<String, Value> {
    let figures = [
        ("precision", json!(of.precision())),
        ("recall", json!(of.recall())),
        ("f1", json!(of.f1())),
        ("b_cubed_precision", json!(of.b_cubed_precision)),
        ("b_cubed_recall", json!(of.b_cubed_recall)),
        ("b_cubed_f1", json!(of.b_cubed_f1())),
        ("names", json!(of.n_names)),
        ("mixed", json!(n_mixed)),
    ];
    figures.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
}

fn print(what: &str, score: &Score, took: Duration, n_names: usize) {
    println!("{what}: {took:?}");
    for (level, of) in &score.levels {
        let share = |share: Option<f64>| share.unwrap_or(0.0);
        let (precision, recall, f1) = (share(of.precision()), share(of.recall()), share(of.f1()));
        let (b_cubed, n_mixed) = (of.b_cubed_f1(), score.n_mixed[level]);
        println!("  {level:?}: P {precision:.4} R {recall:.4} F1 {f1:.4} B3 {b_cubed:.4} with background {n_mixed}");
    }
    for (rule, of) in &score.rules {
        println!("  {rule}: {} of {}, at least {:.3}", of.n_right, of.n, lower_bound(of.n_right, of.n).unwrap_or(0.0));
    }
    println!("  doubts {} of {n_names} names", score.n_doubts);
}
