//! The index taken apart, compared, exported and judged, on the made-up body.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]
#![allow(clippy::disallowed_methods, reason = "these tests run the program")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

const SHIPPED: &str = include_str!("../../indicators/profile/index.toml");

fn rapporteur(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rapporteur")).current_dir(folder).args(args).output().unwrap()
}

fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert!(rapporteur(folder.path(), &["demo", "--build-only", "."]).status.success());
    folder
}

/// Rows of a command's CSV, by column.
fn rows(folder: &Path, args: &[&str]) -> Vec<BTreeMap<String, String>> {
    let ran = rapporteur(folder, &[&["--csv", "--quiet"], args].concat());
    assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
    let mut reader = csv::Reader::from_reader(&ran.stdout[..]);
    reader.deserialize().map(Result::unwrap).collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {row:?}"))
}

#[test]
fn every_change_is_what_data_and_method_made_of_it() {
    let folder = demo();
    let at = folder.path();
    let other = SHIPPED.replacen("weight = 0.4", "weight = 0.1", 1).replacen("2026.2", "ours", 1);
    std::fs::write(at.join("ours.toml"), other).unwrap();
    let years = ["index", "compare", "--body", "made", "--period", "2024", "--to-period", "2025"];
    let both = rows(at, &[&years[..], &["--to-profile", "ours.toml"]].concat());
    assert!(both.len() > 100);
    let before: BTreeMap<String, f64> = rows(at, &["index", "--body", "made", "--period", "2024"])
        .iter()
        .map(|row| (row["organisation"].clone(), number(row, "score")))
        .collect();
    for row in &both {
        let parts = number(row, "by_data") + number(row, "by_method");
        assert!((parts - number(row, "change")).abs() < 1e-9, "{row:?}");
        assert!(
            (number(row, "before") - before[&row["organisation"]]).abs() < 1e-9,
            "before is the first year: {row:?}"
        );
    }
    assert!(both.iter().any(|row| number(row, "by_method").abs() > 0.1));
    for row in rows(at, &years) {
        assert!(number(&row, "by_method").abs() < 1e-9, "one method changes nothing: {row:?}");
    }
    assert_eq!(rows(at, &[&years[..], &["--top", "3"]].concat()).len(), 3);
}

#[test]
fn what_is_exported_gives_the_same_index_again() {
    let folder = demo();
    let at = folder.path();
    assert!(rapporteur(at, &["index", "export", "--body", "made", "out"]).status.success());
    let files = ["--idata", "out/iData.csv", "--imeta", "out/iMeta.csv", "--method", "out/method.toml"];
    let again: BTreeMap<String, BTreeMap<String, String>> = rows(at, &[&["index", "table"], &files[..]].concat())
        .into_iter()
        .map(|row| (row["unit"].clone(), row))
        .collect();
    let own = rows(at, &["index", "--body", "made"]);
    assert_eq!(own.len(), again.len());
    for row in own {
        let other = &again[&row["organisation"]];
        assert!((number(&row, "score") - number(other, "index")).abs() < 1e-9, "{row:?} {other:?}");
        assert_eq!(row["rank"], other["rank"]);
    }
    let parts = rows(at, &[&["index", "table"], &files[..], &["--unit", again.keys().next().unwrap()]].concat());
    assert_eq!(parts.len(), 7);
    let unknown = rapporteur(at, &[&["index", "table"], &files[..], &["--unit", "nobody"]].concat());
    assert!(!unknown.status.success() && String::from_utf8_lossy(&unknown.stderr).contains("nobody"));
}

#[test]
fn layers_objectives_and_audit_agree_with_the_index() {
    let folder = demo();
    let at = folder.path();
    let scores: BTreeMap<String, f64> = rows(at, &["index", "--body", "made"])
        .iter()
        .map(|row| (row["organisation"].clone(), number(row, "score")))
        .collect();
    let layers = rows(at, &["index", "sensitivity", "--body", "made"]);
    assert_eq!(layers.len(), scores.len());
    for row in &layers {
        assert!((number(row, "score") - scores[&row["organisation"]]).abs() < 1e-9);
        let variances = ["meetings", "who_is_who", "method"].map(|layer| number(row, layer).powi(2));
        let together = variances.iter().sum::<f64>() + number(row, "interplay_variance");
        assert!((number(row, "together").powi(2) - together).abs() < 1e-6, "{row:?}");
    }
    assert!(layers.windows(2).all(|two| number(&two[0], "score") >= number(&two[1], "score")), "the highest first");
    for row in rows(at, &["index", "objectives", "--body", "made"]) {
        let ends = ["envelope_low", "envelope_high"].map(|end| number(&row, end));
        for objective in ["interoperability", "new-topics", "capacity"] {
            let inside = row[objective].is_empty() || (ends[0]..=ends[1]).contains(&number(&row, objective));
            assert!(inside, "{objective} of {row:?}");
        }
        assert!(number(&row, "best_defensible") >= number(&row, "overall") - 1e-9, "{row:?}");
    }
    let heard: f64 = rows(at, &["index", "audit", "--body", "made"]).iter().map(|row| number(row, "share_heard")).sum();
    assert!((heard - 1.0).abs() < 1e-9, "{heard}");
}

#[test]
fn splitting_pays_on_a_raw_count_and_not_on_the_index() {
    let folder = demo();
    let at = folder.path();
    let few = ["--body", "made", "--period", "2025", "--replicates", "20", "--attackers", "5"];
    let gain = |metric: &str| {
        let found = rows(at, &[&["metric", "evaluate", metric], &few[..]].concat());
        let split = found.iter().find(|row| row["criterion"] == "G1 all").unwrap();
        number(split, "value")
    };
    assert!(gain("documents_contributed") > 1.0);
    assert!(gain("index").abs() < 0.05);
    let compared = rapporteur(at, &[&["metric", "compare", "documents_contributed", "index"], &few[..]].concat());
    let verdict = String::from_utf8_lossy(&compared.stderr).into_owned();
    assert!(verdict.starts_with("Verdict: ") && verdict.contains("Not judged: "), "{verdict}");
    let unknown = rapporteur(at, &["metric", "evaluate", "beauty", "--body", "made"]);
    let told = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(!unknown.status.success() && told.contains("documents_contributed"), "{told}");
}
