//! Resolution 68: the base of 2016, the proposal of 2024, and two contributions made up around its four real overlaps.
//!
//! The files stand beside the repository; where they are absent the tests say that they are skipped.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]
#![expect(clippy::disallowed_methods, reason = "the gold data are files")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use drafting::{Alignment, Draft, align};
use serde_json::Value;

struct Gold {
    base: Draft,
    merged: Draft,
    rows: Vec<Value>,
}

fn file(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/resolution-68").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("skipped: {} is absent", path.display());
    }
    text
}

fn gold() -> Option<Gold> {
    let rows: Value = serde_json::from_str(&file("clauses.json")?).unwrap();
    Some(Gold {
        base: Draft::read(&file("base.txt")?),
        merged: Draft::read(&file("merged.txt")?),
        rows: rows["clauses"].as_array().unwrap().clone(),
    })
}

/// Text of a row on one side: `-` for the base, `+` for the merged text.
fn side(row: &Value, sign: &str) -> String {
    let runs = row["runs"].as_array().unwrap().iter();
    let runs = runs.filter(|run| run[0] == "=" || run[0] == sign);
    runs.map(|run| run[1].as_str().unwrap()).collect()
}

/// Position of the clause whose line is this text, but for the label and white space.
fn find(draft: &Draft, text: &str) -> Option<usize> {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let own = |at: usize| {
        let clause = &draft.clauses()[at];
        squeezed(&draft.text()[clause.label.start..clause.end.end])
    };
    let wanted = squeezed(text);
    (0..draft.clauses().len()).find(|&at| own(at) == wanted || squeezed(draft.words(&draft.clauses()[at])) == wanted.trim_end_matches([';', ',', '.']))
}

fn gold_pairs(gold: &Gold) -> BTreeSet<(usize, usize)> {
    let by_path: BTreeMap<&str, &Value> =
        gold.rows.iter().filter_map(|row| Some((row["base_path"].as_str()?, row))).collect();
    let mut pairs = BTreeSet::new();
    for row in &gold.rows {
        if row["kind"] == "call" || row["merged_path"].is_null() || row["kind"] == "marker" {
            continue;
        }
        let merged = find(&gold.merged, &side(row, "+")).unwrap_or_else(|| panic!("{}", row["id"]));
        let derived = row["derived_from"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for path in row["base_path"].as_str().into_iter().chain(derived) {
            let base = find(&gold.base, &side(by_path[path], "-")).unwrap_or_else(|| panic!("{path}"));
            pairs.insert((base, merged));
        }
    }
    pairs
}

fn found_pairs(gold: &Gold, alignment: &Alignment) -> BTreeSet<(usize, usize)> {
    let is_call = |at: usize| gold.base.clauses()[at].call.is_some();
    let pairs = alignment.pairs.iter().filter(|pair| !is_call(pair.base));
    // The note at the foot is no row of the gold table.
    let notes = pairs.filter(|pair| gold.base.clauses()[pair.base].kind != drafting::ClauseKind::Note);
    notes.map(|pair| (pair.base, pair.other)).collect()
}

#[test]
fn clauses_find_each_other() {
    let Some(gold) = gold() else { return };
    let expected = gold_pairs(&gold);
    let alignment = align(&gold.base, &gold.merged);
    let found = found_pairs(&gold, &alignment);
    let right = expected.intersection(&found).count() as f64;
    let f1 = 2.0 * right / (expected.len() + found.len()) as f64;
    println!("alignment: gold {}, found {}, right {right}, F1 {f1:.3}", expected.len(), found.len());
    for (base, merged) in expected.difference(&found) {
        println!("missed: {} ~ {}", gold.base.place(*base), gold.merged.place(*merged));
    }
    for (base, merged) in found.difference(&expected) {
        println!("false: {} ~ {}", gold.base.place(*base), gold.merged.place(*merged));
    }
    assert_eq!(expected.len(), 27);
    assert!(f1 >= 0.96, "{f1}");
}
