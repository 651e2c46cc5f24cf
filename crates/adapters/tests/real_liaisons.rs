//! Liaison statements and pages on liaisons, read as they stand: what was understood and what was not.
//!
//! The figures were counted apart from the adapter: rows of the tables and of the list by their first characters,
//! sentences that name a liaison manager by reading all 21 pages. The files are not part of the repository; without
//! them the test says so and passes.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and shows its table")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fact::{Act, Reading, Snapshot, content_id};

type Counts = BTreeMap<&'static str, usize>;

fn counts(readings: &[&Reading]) -> (Counts, Counts) {
    let (mut acts, mut problems) = (Counts::new(), Counts::new());
    for reading in readings {
        for fact in &reading.facts {
            *acts.entry(fact.act.slug()).or_default() += 1;
        }
        for problem in &reading.problems {
            *problems.entry(problem.kind).or_default() += 1;
        }
    }
    println!("{acts:?}\n{problems:?}");
    (acts, problems)
}

#[test]
fn tables_of_statements_are_read_row_by_row() {
    let Some(files) = files("agreements-liaisons/5g-mag") else { return };
    let (origin, bytes) = &files[0];
    let text = String::from_utf8_lossy(bytes);
    let n_rows = text.lines().filter(|line| line.starts_with("20") && line.contains('|')).count();
    let reading = read(origin, bytes).expect("it is a page of statements");
    assert_eq!((reading.about.as_str(), reading.n_units as usize), ("liaison statements of 5G-MAG", n_rows));
    let (acts, problems) = counts(&[&reading]);
    assert_eq!(problems, Counts::new());
    let expected =
        [("liaised", 45), ("submitted", 2), ("approved", 2), ("postponed", 1), ("withdrawn", 1), ("revised-into", 1)];
    assert_eq!(acts, Counts::from(expected));
    let received = reading.facts.iter().filter(|fact| fact.target.as_ref().is_some_and(|thing| thing.id == "5G-MAG"));
    assert_eq!(received.count(), 2, "statements that came in and were not held back");
}

#[test]
fn rows_of_3gpp_name_sender_receiver_and_outcome() {
    let Some(files) = files("agreements-liaisons/derived") else { return };
    let (origin, bytes) = &files[0];
    let text = String::from_utf8_lossy(bytes);
    let cell = |line: &str, at| line.split('\t').nth(at).unwrap_or_default().to_string();
    let incoming = text.lines().filter(|line| cell(line, 2) == "LS In" && cell(line, 4) != "- ()");
    let n_in = incoming
        .map(|line| (cell(line, 1), cell(line, 4).split(" (").next().map(String::from)))
        .collect::<BTreeSet<_>>()
        .len();
    let reading = read(origin, bytes).expect("it is a list of rows");
    assert_eq!(reading.n_units as usize, text.lines().count() - 1);
    let (acts, problems) = counts(&[&reading]);
    assert_eq!(problems, Counts::new());
    let incoming =
        reading.facts.iter().filter(|fact| fact.act == Act::Liaised && fact.status.as_deref() == Some("LS In"));
    assert_eq!(incoming.count(), n_in);
    assert_eq!((acts["liaised"], acts["answered"], acts["noted"]), (171, 26, 78));
    assert!(reading.facts.iter().all(|fact| fact.body.is_some()), "every row belongs to a group");
}

#[test]
fn wiki_pages_name_offices_only_in_so_many_words() {
    let Some(files) = files("agreements-liaisons/ietf-wiki") else { return };
    let readings: Vec<Reading> = files.iter().filter_map(|(origin, bytes)| read(origin, bytes)).collect();
    assert_eq!((files.len(), readings.len()), (21, 21));
    let (acts, problems) = counts(&readings.iter().collect::<Vec<_>>());
    assert_eq!(problems, Counts::new());
    assert_eq!(acts, Counts::from([("announced", 10), ("held", 3)]));
}

/// No other file is taken: not those beside, and none of the other folders.
#[test]
fn other_files_are_left_alone() {
    let Some(files) = files(".") else { return };
    let liaison = adapters::ADAPTERS.iter().find(|adapter| adapter.name() == "liaison").expect("it is in the list");
    let taken = files.iter().filter(|(origin, bytes)| liaison.is_mine(&Snapshot::new("", origin, bytes)));
    let taken: Vec<&str> = taken.map(|(origin, _)| origin.as_str()).collect();
    let own = ["agreements-liaisons/ietf-wiki/", "agreements-liaisons/5g-mag/ls.md", "agreements-liaisons/derived/"];
    let foreign: Vec<&&str> = taken.iter().filter(|origin| !own.iter().any(|own| origin.contains(own))).collect();
    assert_eq!(foreign, Vec::<&&str>::new());
    assert_eq!(taken.len(), 21 + 1 + 1);
}

fn read(origin: &str, bytes: &[u8]) -> Option<Reading> {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, origin, bytes);
    let chosen = adapters::adapter_for(&snapshot).filter(|adapter| adapter.name() == "liaison")?;
    Some(chosen.read(&snapshot))
}

/// Every file below a folder of the shared data, with its path there.
fn files(path: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let top = base.join(path);
    if !top.exists() {
        println!("skipped: `{path}` is not at hand");
        return None;
    }
    let (mut open, mut files) = (vec![top], Vec::<PathBuf>::new());
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a folder can be listed");
            open.extend(entries.map_while(Result::ok).map(|entry| entry.path()));
        } else {
            files.push(path);
        }
    }
    files.sort();
    let read = |path: PathBuf| {
        let origin = path.strip_prefix(&base).expect("it is below").to_string_lossy().into_owned();
        (origin, std::fs::read(&path).expect("a file can be read"))
    };
    Some(files.into_iter().map(read).collect())
}
