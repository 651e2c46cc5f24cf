//! Reference values of the criteria: the made-up cube of events, its independence input, and Shrout and Fleiss.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

mod reference_tables;

use measure::court::{
    Background, Criterion, Cube, Metric, Settings, discrimination, findings, independence, intraclass, spearman_brown,
    split_half, stability, test_retest,
};
use reference_tables::{is_near, json, number, rows, table};

fn cube() -> Cube {
    let mut values = vec![vec![vec![f64::NAN; 40]; 12]; 3];
    for row in &rows("meta_events.csv")[1..] {
        let [org, season, meeting] = [&row[0], &row[1], &row[2]].map(|cell| cell.parse::<usize>().unwrap());
        values[season][meeting][org] = number(&row[3]);
    }
    let events = (0..3).map(|season| (0..12).map(|meeting| format!("s{season}m{meeting}")).collect()).collect();
    let units = (0..40).map(|org| format!("o{org:02}")).collect();
    Cube::new(units, (0..3).map(|season| format!("s{season}")).collect(), events, values).unwrap()
}

fn numbers(value: &serde_json::Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn same(found: &[Option<f64>], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!(is_near(found.unwrap(), *expected), "found {found:?}, expected {expected}");
    }
}

#[test]
fn meta_events() {
    let (cube, meta) = (cube(), json("fixtures.json")["meta"].clone());
    let one = |name: &str| meta[name].as_f64().unwrap();
    same(&discrimination(&cube), &numbers(&meta["discrimination_by_season"]));
    same(&[stability(&cube)], &[one("stability")]);
    same(&split_half(&cube)[..1], &[one("split_half_r")]);
    same(&[Some(spearman_brown(split_half(&cube)[0].unwrap()))], &[one("spearman_brown")]);
    same(&test_retest(&cube), &numbers(&meta["test_retest_spearman"]));
    let means = cube.means();
    let rows: Vec<Vec<f64>> = (0..40).map(|unit| means.iter().map(|period| period[unit]).collect()).collect();
    same(&[intraclass(&rows).map(|icc| icc.one_way)], &[one("ICC1")]);
    // What stability is made of: the variance within units, of all values, and of noise.
    let variance = |values: &[f64]| measure::composite::covariance(values, values);
    let within: Vec<f64> = rows.iter().map(|row| variance(row)).collect();
    let all: Vec<f64> = rows.iter().flatten().copied().collect();
    assert!(is_near(measure::composite::mean(&within), one("within")) && is_near(variance(&all), one("total")));
    let noise = |period: usize, unit: usize| {
        variance(&cube.values()[period].iter().map(|event| event[unit]).collect::<Vec<f64>>()) / 12.0
    };
    let noise: Vec<f64> = (0..3).flat_map(|period| (0..40).map(move |unit| noise(period, unit))).collect();
    assert!(is_near(measure::composite::mean(&noise), one("mean_BV")));
}

#[test]
fn meta_independence_input() {
    let rows = rows("meta_independence_input.csv");
    let columns: Vec<Vec<f64>> = (0..4).map(|at| rows[1..].iter().map(|row| number(&row[at])).collect()).collect();
    same(&independence(&columns), &numbers(&json("fixtures.json")["meta"]["independence_1_minus_R2"]));
    // The first three columns are the seasons' means of the cube, without their codes.
    let means = cube().means();
    assert!(means.iter().zip(&columns).all(|(one, other)| one.iter().zip(other).all(|(x, y)| is_near(*x, *y))));
    assert_eq!(table("meta_independence_input.csv").indicators, ["m2", "m3", "noise"], "there is no column of codes");
}

/// P. E. Shrout and J. L. Fleiss (1979), table 2; printed there as .17, .29 and .71.
#[test]
fn shrout_and_fleiss() {
    let judged = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];
    let rows: Vec<Vec<f64>> = judged.iter().map(|row| row.iter().map(|value| f64::from(*value)).collect()).collect();
    let icc = intraclass(&rows).unwrap();
    let printed = [0.165_742, 0.289_764, 0.714_841];
    for (found, expected) in [icc.one_way, icc.two_way, icc.consistent].into_iter().zip(printed) {
        assert!((found - expected).abs() < 5e-7, "found {found}, expected {expected}");
    }
}

/// The findings are the same figures, as means over the seasons, within their intervals.
#[test]
fn findings_agree_with_the_functions() {
    let cube = cube();
    let meta = json("fixtures.json")["meta"].clone();
    let settings = Settings { replicates: 200, ..Settings::default() };
    let found = findings(&Metric::new("count", cube.clone()), &Background::default(), &settings).unwrap();
    let value = |criterion: Criterion| found[criterion as usize].value.unwrap();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    assert!(is_near(value(Criterion::Discrimination), mean(&numbers(&meta["discrimination_by_season"]))));
    assert!(is_near(value(Criterion::Stability), meta["stability"].as_f64().unwrap()));
    assert!(is_near(value(Criterion::TestRetest), mean(&numbers(&meta["test_retest_spearman"]))));
    let halves: Vec<f64> = split_half(&cube).into_iter().map(|r| spearman_brown(r.unwrap())).collect();
    assert!(is_near(value(Criterion::SplitHalf), mean(&halves)));
    for finding in found.iter().filter(|finding| finding.value.is_some()) {
        assert!(finding.low <= finding.value && finding.value <= finding.high, "{finding:?}");
    }
    assert!(found.iter().all(|finding| finding.value.is_some() != finding.why_missing.is_some()));
}
