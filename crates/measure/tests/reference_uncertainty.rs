//! COINr's uncertainty and sensitivity runs on ASEM, replayed draw by draw, and fresh draws beside a peer's.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

mod reference_tables;

use std::sync::LazyLock;

use measure::composite::{
    Alternatives, Choice, FactorGrid, Mean, Method, Noise, Normalisation, Replicates, Study, Variants, quantile,
};
use reference_tables::{is_near, json, number, rows, table, text};

static VARIANTS: LazyLock<Variants> = LazyLock::new(|| {
    let study = Study::from_csv(&text("asem_iData.csv"), &text("asem_iMeta.csv")).unwrap();
    let mut method = Method::from_toml(include_str!("asem.toml")).unwrap();
    method.alternatives = Some(Alternatives {
        reason: "the vignette of COINr".into(),
        replicates: 1000,
        seed: 7,
        interval: 0.9,
        most_winsorised: vec![1, 2, 3, 4, 5],
        normalisations: vec![
            Normalisation::MinMax { low: 1.0, high: 100.0 },
            Normalisation::ZScore { mean: 10.0, deviation: 2.0 },
        ],
        means: vec![Mean::Arithmetic, Mean::Geometric],
        noise: vec![Noise { level: 2, share: 0.25 }, Noise { level: 3, share: 0.25 }],
    });
    Variants::new(&study, &method).unwrap()
});

/// The hundred sets of noisy weights.
static SETS: LazyLock<Vec<Vec<Vec<f64>>>> = LazyLock::new(|| {
    let mut sets = vec![VARIANTS.declared_weights(); 100];
    for row in &rows("sa_noisy_weights.csv")[1..] {
        let level = row[2].parse::<usize>().unwrap() - 1;
        let at = VARIANTS.hierarchy.levels[level].codes.iter().position(|code| *code == row[1]).unwrap();
        sets[row[0].parse::<usize>().unwrap() - 1][level][at] = number(&row[3]);
    }
    sets
});

fn choices(name: &str) -> Vec<Choice> {
    let choice = |row: &Vec<String>| Choice {
        treatment: row[0].parse::<usize>().unwrap() - 1,
        normalisation: usize::from(row[1] == "n_zscore"),
        mean: usize::from(row[3] == "a_gmean"),
        weights: SETS[row[2].parse::<usize>().unwrap() - 1].clone(),
    };
    rows(name)[1..].iter().map(choice).collect()
}

/// Position of each unit of a file among ours.
fn places(name: &str) -> Vec<usize> {
    let place = |row: &Vec<String>| VARIANTS.units.iter().position(|unit| *unit == row[0]).unwrap();
    rows(name)[1..].iter().map(place).collect()
}

fn replayed(params: &str) -> Replicates {
    let scores = VARIANTS.scores(&choices(params));
    Replicates::new(VARIANTS.units.clone(), VARIANTS.nominal().to_vec(), scores, 0.9)
}

fn assert_scores(params: &str, name: &str) {
    let found = replayed(params);
    let expected = table(name);
    for (column, scores) in expected.columns[1..].iter().zip(found.scores()) {
        for (value, &at) in column.iter().zip(&places(name)) {
            assert!(is_near(scores[at], *value), "{}: {} is not {value}", VARIANTS.units[at], scores[at]);
        }
    }
    for (value, &at) in expected.columns[0].iter().zip(&places(name)) {
        assert!(is_near(VARIANTS.nominal()[at], *value));
    }
    assert_eq!(expected.columns.len() - 1, found.scores().len());
}

fn assert_rankstats(found: &Replicates, name: &str) {
    let spreads = found.spreads();
    for (row, &at) in rows(name)[1..].iter().zip(&places(name)) {
        let own = &spreads[at];
        assert_eq!(own.rank.unwrap().to_string(), row[1]);
        let numbers = [own.mean_rank, own.median_rank, own.rank_interval[0], own.rank_interval[1]];
        for (own, cell) in numbers.iter().zip(&row[2..]) {
            assert!(is_near(*own, number(cell)), "{}: {own} is not {cell}", row[0]);
        }
    }
}

#[test]
fn sa_noisy_weights() {
    assert_eq!(rows("sa_noisy_weights.csv").len() - 1, 100 * 11);
    for set in SETS.iter() {
        assert!(set[1].iter().chain(&set[2]).all(|weight| (0.75..=1.25).contains(weight)));
        assert_eq!(set[0], VARIANTS.declared_weights()[0]);
    }
}

#[test]
fn ua_params() {
    let choices = choices("ua_params.csv");
    assert_eq!(choices.len(), 500);
    assert!(choices.iter().all(|choice| choice.treatment < 5));
}

#[test]
fn ua_scores() {
    assert_scores("ua_params.csv", "ua_scores.csv");
}

#[test]
fn ua_ranks() {
    let found = replayed("ua_params.csv");
    let expected = table("ua_ranks.csv");
    for (column, ranks) in expected.columns[1..].iter().zip(found.ranks()) {
        for (rank, &at) in column.iter().zip(&places("ua_ranks.csv")) {
            assert_eq!(f64::from(ranks[at]), *rank, "{}", VARIANTS.units[at]);
        }
    }
}

#[test]
fn ua_rankstats() {
    assert_rankstats(&replayed("ua_params.csv"), "ua_rankstats.csv");
}

#[test]
fn sa_params() {
    assert_eq!(choices("sa_params.csv").len(), 200 * (4 + 2));
}

#[test]
fn sa_scores() {
    assert_scores("sa_params.csv", "sa_scores.csv");
}

#[test]
fn sa_rankstats() {
    // COINr takes the two independent samples of the design, and not those with a column exchanged.
    let scores = VARIANTS.scores(&choices("sa_params.csv")[..400]);
    let found = Replicates::new(VARIANTS.units.clone(), VARIANTS.nominal().to_vec(), scores, 0.9);
    assert_rankstats(&found, "sa_rankstats.csv");
}

/// Mean absolute change of rank against the method as it stands.
fn changes(found: &Replicates) -> Vec<f64> {
    let nominal = measure::composite::ranks(VARIANTS.nominal());
    let change = |ranks: &Vec<u32>| {
        let sum: u32 = ranks.iter().zip(&nominal).map(|(own, nominal)| own.abs_diff(nominal.unwrap())).sum();
        f64::from(sum) / nominal.len() as f64
    };
    found.ranks().iter().map(change).collect()
}

#[test]
fn sa_y() {
    for (own, row) in changes(&replayed("sa_params.csv")).iter().zip(&rows("sa_y.csv")[1..]) {
        assert!(is_near(*own, number(&row[1])), "{row:?}");
    }
}

#[test]
fn peer_ua_100k_rankstats() {
    let found = VARIANTS.replicates_of(100_000).spreads();
    for (row, at) in rows("peer_ua_100k_rankstats.csv")[1..].iter().zip(places("peer_ua_100k_rankstats.csv")) {
        let own = &found[at];
        assert!((own.mean_rank - number(&row[1])).abs() < 0.05, "{row:?} {own:?}");
        let rest = [own.median_rank, own.rank_interval[0], own.rank_interval[1]];
        for (own, cell) in rest.iter().zip(&row[2..]) {
            assert!((own - number(cell)).abs() <= 1.0, "{row:?}");
        }
    }
}

/// Mean, variance and sensitivity over the whole grid of choices: treatment, normalisation, weights, mean, the last fastest.
#[test]
fn sa_exact() {
    let exact = json("sa_exact.json");
    let mut grid = Vec::new();
    for treatment in 0..5 {
        for normalisation in 0..2 {
            for weights in SETS.iter() {
                grid.extend((0..2).map(|mean| Choice { treatment, normalisation, mean, weights: weights.clone() }));
            }
        }
    }
    let found = Replicates::new(VARIANTS.units.clone(), VARIANTS.nominal().to_vec(), VARIANTS.scores(&grid), 0.9);
    let y = changes(&found);
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    let variance = y.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / y.len() as f64;
    assert!(is_near(mean, exact["mean"].as_f64().unwrap()));
    assert!(is_near(variance, exact["var"].as_f64().unwrap()));
    assert_eq!(exact["names"], serde_json::json!(["Winmax", "Normalisation", "Weights", "Aggregation"]));
    let of_grid = FactorGrid::new(&[5, 2, SETS.len(), 2], &y);
    assert!(is_near(of_grid.mean(), mean) && is_near(of_grid.variance(), variance));
    for factor in 0..4 {
        let [first, total] = ["S", "ST"].map(|of| exact[of][factor].as_f64().unwrap());
        assert!(is_near(of_grid.first(factor), first), "S of factor {factor}: {}", of_grid.first(factor));
        assert!(is_near(of_grid.total(factor), total), "ST of factor {factor}: {}", of_grid.total(factor));
    }
}

#[test]
fn replicates_agree_with_themselves() {
    let found = VARIANTS.replicates();
    let shares = found.acceptability();
    for (shares, p_top) in shares.iter().zip(found.p_top(3)) {
        assert!(is_near(shares.iter().sum(), 1.0));
        assert!(is_near(shares[..3].iter().sum(), p_top));
    }
    let column: Vec<f64> = found.ranks().iter().map(|ranks| f64::from(ranks[4])).collect();
    let spread = &found.spreads()[4];
    assert_eq!(
        spread.rank_interval,
        [quantile(&column, 0.05), quantile(&column, 0.95)].map(|x| (x * 1e9).round() / 1e9)
    );
    let groups = found.tied(0.95);
    assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), VARIANTS.units.len());
    for group in &groups {
        assert!(group[1..].iter().all(|&unit| found.p_above(group[0], unit) < 0.95));
    }
}
