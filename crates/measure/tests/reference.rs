//! Worked values of others: credit and concentration. The few numbers cited stand here, those of the file are read.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

mod reference_tables;

use std::num::NonZeroU32;

use measure::{concentration_ratio, credit, effective_number, hhi, smallest_set_holding};

/// CHAOSS, "Contributor Absence Factor": commits of eight contributors.
const COMMITS: [f64; 8] = [1000.0, 202.0, 90.0, 33.0, 332.0, 343.0, 42.0, 433.0];

#[test]
fn concentration_of_the_chaoss_example() {
    let near = |one: Option<f64>, other: f64| assert!((one.unwrap() - other).abs() < 1e-12, "{one:?} is not {other}");
    assert_eq!(smallest_set_holding(&COMMITS, 0.5), Some(2));
    near(hhi(&COMMITS), 0.239_505_193_347_617_55);
    near(effective_number(&COMMITS), 4.175_274_807_292_388);
    near(concentration_ratio(&COMMITS, 1), 0.404_040_404_040_404_03);
    near(concentration_ratio(&COMMITS, 4), 0.851_717_171_717_171_8);
    assert_eq!(smallest_set_holding(&[50.0, 12.5, 12.5, 12.5, 12.5], 0.5), Some(1));
    assert_eq!(smallest_set_holding(&[], 0.5), None);
    assert_eq!(hhi(&[0.0, 0.0]), None);
}

#[test]
fn the_reference_file_agrees() {
    let fixtures = reference_tables::json("fixtures.json");
    let numbers = |value: &serde_json::Value| -> Vec<f64> {
        value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
    };
    for (n, by_scheme) in fixtures["credit"].as_object().unwrap() {
        let n: NonZeroU32 = n.parse().unwrap();
        for share in numbers(&by_scheme["fractional"]) {
            assert!((share - credit(n)).abs() < 1e-12, "credit of {n}");
        }
    }
    let concentration = &fixtures["concentration"];
    let x = numbers(&concentration["x"]);
    let near = |one: Option<f64>, name: &str| {
        assert!((one.unwrap() - concentration[name].as_f64().unwrap()).abs() < 1e-12, "{name}: {one:?}");
    };
    near(hhi(&x), "HHI");
    near(effective_number(&x), "effective_n");
    near(concentration_ratio(&x, 1), "CR1");
    near(concentration_ratio(&x, 4), "CR4");
    assert_eq!(smallest_set_holding(&x, 0.5).unwrap() as u64, concentration["CAF50"].as_u64().unwrap());
}
