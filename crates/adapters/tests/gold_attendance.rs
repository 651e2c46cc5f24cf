//! Attendance against rows written by hand: who was there and for whom, file by file, layout by layout.
//!
//! `gold/attendance.tsv` was written by people reading the files, not by the adapters. Names of persons stand in it as
//! hashes only: the first 16 digits of the SHA-256 of the name in lower case with single spaces. Columns: layout, file below
//! `shared/data/attendance`, hash, affiliation as written (empty: not stated). A file without attendance is one row with
//! the hash `-`.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]
#![allow(clippy::print_stdout, reason = "this test prints a table of what it measured")]
#![allow(clippy::disallowed_methods, reason = "this test reads real files")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fact::{Act, Snapshot, content_id};

const GOLD: &str = include_str!("../gold/attendance.tsv");

/// What was found of one layout.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    n_files: u32,
    n_right: u32,
    n_read: u32,
    n_gold: u32,
    n_affiliation_right: u32,
}

#[test]
fn persons_and_affiliations_agree_with_rows_written_by_hand() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/attendance");
    if !data.exists() {
        eprintln!("skipped: {} is not there", data.display());
        return;
    }
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for ((layout, file), gold) in gold() {
        let read = read(&data, file);
        let score = scores.entry(layout).or_default();
        score.n_files += 1;
        score.n_gold += u32::try_from(gold.len()).unwrap();
        score.n_read += u32::try_from(read.len()).unwrap();
        for (name, affiliation) in &gold {
            let Some(found) = read.get(*name) else { continue };
            score.n_right += 1;
            score.n_affiliation_right += u32::from(found == affiliation);
        }
        if std::env::var("GOLD").is_ok() {
            differ(file, &gold, &read);
        }
    }
    let mut all = Score::default();
    println!("{:18} {:>5} {:>5} {:>9} {:>6} {:>11}", "layout", "files", "rows", "precision", "recall", "affiliation");
    for (layout, score) in &scores {
        told(layout, score);
        all.n_files += score.n_files;
        all.n_right += score.n_right;
        all.n_read += score.n_read;
        all.n_gold += score.n_gold;
        all.n_affiliation_right += score.n_affiliation_right;
    }
    told("all", &all);
    assert!(all.n_files >= 40 && all.n_gold >= 400, "{all:?}");
    assert!(share(all.n_right, all.n_read) >= 0.98, "precision: {all:?}");
    assert!(share(all.n_right, all.n_gold) >= 0.97, "recall: {all:?}");
    assert!(share(all.n_affiliation_right, all.n_right) >= 0.97, "affiliation: {all:?}");
}

type Rows<'a> = BTreeMap<&'a str, String>;

fn gold() -> BTreeMap<(&'static str, &'static str), Rows<'static>> {
    let mut gold: BTreeMap<_, Rows<'static>> = BTreeMap::new();
    for line in GOLD.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let rows = gold.entry((cells[0], cells[1])).or_default();
        if cells[2] != "-" {
            rows.insert(cells[2], folded(cells.get(3).copied().unwrap_or_default()));
        }
    }
    gold
}

/// Persons that the adapters read as attending, by hash, with their affiliation.
fn read(data: &Path, file: &str) -> BTreeMap<String, String> {
    let path: PathBuf = data.join(file);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (id, origin) = (content_id(&bytes), format!("attendance/{file}"));
    let snapshot = Snapshot::new(&id, &origin, &bytes);
    let Some(adapter) = adapters::adapter_for(&snapshot) else { return BTreeMap::new() };
    let facts = adapter.read(&snapshot).facts;
    let attended = facts.iter().filter(|fact| fact.act == Act::Attended);
    attended
        .filter_map(|fact| {
            let affiliation = folded(fact.who.affiliation.as_deref().unwrap_or_default());
            Some((hash(fact.who.name.as_deref()?), affiliation))
        })
        .collect()
}

fn hash(name: &str) -> String {
    content_id(folded(name).to_lowercase().as_bytes())[..16].into()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn share(part: u32, of: u32) -> f64 {
    if of == 0 { 1.0 } else { f64::from(part) / f64::from(of) }
}

fn told(layout: &str, score: &Score) {
    println!(
        "{layout:18} {:>5} {:>5} {:>9.3} {:>6.3} {:>11.3}",
        score.n_files,
        score.n_gold,
        share(score.n_right, score.n_read),
        share(score.n_right, score.n_gold),
        share(score.n_affiliation_right, score.n_right)
    );
}

/// With `GOLD=1`: what differs, by hash, for whoever mends the adapter with the file beside.
fn differ(file: &str, gold: &Rows<'_>, read: &BTreeMap<String, String>) {
    let names: BTreeSet<&str> = gold.keys().copied().chain(read.keys().map(String::as_str)).collect();
    for name in names {
        match (gold.get(name), read.get(name)) {
            (Some(_), None) => println!("{file}: missed {name}"),
            (None, Some(_)) => println!("{file}: read {name}, which is not in the gold"),
            (Some(one), Some(other)) if one != other => println!("{file}: {name}: `{one}` in the gold, read `{other}`"),
            _ => {}
        }
    }
}
