//! Bibliographic records of fourteen bodies, read as they stand: facts by act and problems, folder by folder.
//!
//! The figures of publications, people and withdrawals were counted independently by a Python script over the same files
//! (PyYAML, nothing resolved): dates of the types that count, contributors by role, stages. The files are not part of the
//! repository; without them the tests say so and pass.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and shows its table")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fact::{Act, Fact, Reading, Snapshot, content_id};

/// What is expected of a folder: files, facts by act, problems by kind.
const EXPECTED: &[(&str, usize, &str, &str)] = &[
    ("itu-all", 1, "part-of 26427, published 16101, withdrawn 6482", ""),
    ("relaton-3gpp", 1500, "part-of 1500, published 1417, rapporteured 1524, withdrawn 3", "date-missing 83"),
    (
        "relaton-ccsds",
        500,
        "localised 200, part-of 504, published 500, replaced 419, updated 136, withdrawn 192",
        "relation-to-itself 2",
    ),
    ("relaton-ecma", 220, "part-of 220, published 213, replaced 416, updated 7", "date-missing 7"),
    ("relaton-etsi", 1000, "part-of 1000, published 1000", ""),
    ("relaton-iana", 300, "published 244", "date-missing 56"),
    ("relaton-iec", 150, "part-of 149, published 175, withdrawn 8", "date-missing 1"),
    ("relaton-ieee", 500, "localised 5, part-of 486, published 500, replaced 110, updated 164, withdrawn 29", ""),
    ("relaton-iso", 550, "part-of 535, published 546, replaced 456, updated 49, withdrawn 239", ""),
    ("relaton-itu", 900, "part-of 2893, published 900, withdrawn 325", ""),
    ("relaton-itu-r", 150, "part-of 150, published 150", ""),
    (
        "relaton-oasis",
        414,
        "edited 442, held 294, part-of 595, published 413",
        "date-missing 1, name-missing 4, name-too-short 5, relation-to-itself 2",
    ),
    ("relaton-ogc", 450, "authored 723, part-of 276, published 450", ""),
    ("relaton-rfcsubseries", 60, "authored 133, edited 10, part-of 67, published 67, replaced 1, updated 14", ""),
    (
        "relaton-w3c",
        600,
        "edited 1173, part-of 917, published 529, replaced 876, updated 22",
        "group-unknown 35, relation-to-itself 1",
    ),
    ("specref", 3, "authored 948, part-of 157, published 729, replaced 15, updated 16, withdrawn 5", ""),
];

type Counts = BTreeMap<&'static str, usize>;

#[test]
fn facts_and_problems_of_every_folder() {
    let Some(files) = files("standards") else { return };
    let mut folders: BTreeMap<&str, (usize, Counts, Counts)> = BTreeMap::new();
    for (origin, bytes) in &files {
        let Some((kind, reading)) = read(origin, bytes) else { continue };
        let (n_files, facts, problems) = folders.entry(origin.split('/').nth(1).unwrap_or_default()).or_default();
        *n_files += 1;
        for fact in &reading.facts {
            *facts.entry(fact.act.slug()).or_default() += 1;
            check(origin, bytes, fact);
        }
        for problem in &reading.problems {
            *problems.entry(problem.kind).or_default() += 1;
        }
        assert!(!reading.facts.is_empty() || !reading.problems.is_empty() || kind == "relaton", "{origin}: {kind}");
        assert!(reading.n_units > 0 && !reading.about.is_empty(), "{origin}");
    }
    let listed =
        |counts: &Counts| counts.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ");
    let rows: Vec<Vec<String>> = folders
        .iter()
        .map(|(folder, (n_files, facts, problems))| {
            vec![(*folder).into(), n_files.to_string(), listed(facts), listed(problems)]
        })
        .collect();
    println!("{}", dev::table(&["folder", "files", "facts", "problems"], &rows));
    let expected: Vec<Vec<String>> = EXPECTED
        .iter()
        .map(|(folder, n_files, facts, problems)| {
            vec![(*folder).into(), n_files.to_string(), (*facts).into(), (*problems).into()]
        })
        .collect();
    assert_eq!(rows, expected);
}

/// Every fact stands where its evidence says, and says who, where and what it can.
fn check(origin: &str, bytes: &[u8], fact: &Fact) {
    let at = fact.evidence.start as usize..fact.evidence.end as usize;
    let words = std::str::from_utf8(&bytes[at]).expect("evidence ends between characters");
    assert!(!words.is_empty() && !fact.evidence.quote.is_empty(), "{origin}: {fact:?}");
    if let (Some(name), true) = (&fact.who.name, origin.contains("relaton-")) {
        let last = name.split([' ', ',']).next_back().unwrap_or_default();
        assert!(words.contains(last), "{origin}: `{last}` is not in `{words}`");
    }
    assert!(fact.object.is_some(), "{origin}: {fact:?}");
    let address = fact.evidence.quote.split('@').next().filter(|_| fact.evidence.quote.contains('@'));
    assert!(address.is_none_or(|before| before.ends_with('…')), "{origin}: {}", fact.evidence.quote);
    if fact.act == Act::Published && origin.contains("relaton-") {
        assert!(
            fact.when.from.is_some() && fact.who.affiliation.is_some() && fact.body.is_some(),
            "{origin}: {fact:?}"
        );
        let year = fact.when.from.map(|day| day.year().to_string()).unwrap_or_default();
        assert!(words.contains(&year), "{origin}: `{year}` is not in `{words}`");
    }
    if let (Act::Replaced | Act::Updated, Some(object), Some(target)) = (fact.act, &fact.object, &fact.target) {
        assert_ne!(object.id, target.id, "{origin}: {fact:?}");
    }
}

/// A rapporteur of a hundred versions has one specification.
#[test]
fn versions_are_counted_once_by_work() {
    let Some(files) = files("standards/relaton-3gpp") else { return };
    let (mut works, mut by_version, mut by_work) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
    let readings: Vec<Reading> = files.iter().filter_map(|(origin, bytes)| Some(read(origin, bytes)?.1)).collect();
    let facts = || readings.iter().flat_map(|reading| &reading.facts);
    let id = |thing: &Option<fact::Thing>| thing.as_ref().map(|thing| thing.id.clone()).unwrap_or_default();
    for fact in facts().filter(|fact| fact.act == Act::PartOf) {
        works.insert(id(&fact.object), id(&fact.target));
    }
    for fact in facts().filter(|fact| fact.act == Act::Rapporteured) {
        by_version.insert((fact.who.name.clone(), id(&fact.object)));
        by_work.insert((fact.who.name.clone(), works[&id(&fact.object)].clone()));
    }
    println!("{} rapporteurs of versions, {} of specifications", by_version.len(), by_work.len());
    assert_eq!((by_version.len(), by_work.len()), (1524, 177));
}

/// Both generations of the schema describe the same bodies: what one calls `docid`, the other calls `docidentifier`.
#[test]
fn both_generations_of_the_schema_say_the_same() {
    let (Some(old), Some(new)) = (files("standards/relaton-itu-r"), files("standards/relaton-itu")) else { return };
    let published = |files: &[(String, Vec<u8>)]| -> BTreeMap<String, Fact> {
        let readings = files.iter().filter_map(|(origin, bytes)| Some(read(origin, bytes)?.1));
        let facts = readings.flat_map(|reading| reading.facts).filter(|fact| fact.act == Act::Published);
        facts.filter_map(|fact| Some((fact.object.as_ref()?.id.clone(), fact))).collect()
    };
    let (old, new) = (published(&old), published(&new));
    let both: Vec<_> = old.iter().filter_map(|(id, fact)| Some((fact, new.get(id)?))).collect();
    println!("{} documents are in both", both.len());
    for (old, new) in &both {
        assert_eq!((&old.body, &old.who), (&new.body, &new.who), "{old:?}");
    }
    let year = |fact: &Fact| fact.when.from.map(|day| day.year());
    let n_same = both.iter().filter(|(old, new)| year(old) == year(new)).count();
    assert_eq!((both.len(), n_same), (8, 6), "the sources themselves disagree on the year of some");
}

/// The names of bodies are no acts, and nothing outside these folders is taken.
#[test]
fn only_their_own_files_are_taken() {
    let Some(files) = files("") else { return };
    let mut taken: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (origin, bytes) in &files {
        let Some((kind, reading)) = read(origin, bytes) else { continue };
        let folder = origin.split('/').take(2).collect::<Vec<_>>().join("/");
        *taken.entry((kind, folder)).or_default() += 1;
        assert!(kind != "sdo_names" || reading.facts.is_empty() && reading.about.ends_with("not an act"), "{origin}");
    }
    let outside: Vec<_> = taken
        .keys()
        .filter(|(kind, folder)| match *kind {
            "relaton" => !folder.starts_with("standards/relaton-"),
            "relaton_lines" => folder != "standards/itu-all",
            "specref" => folder != "standards/specref",
            _ => folder != "agreements-liaisons/sdo-list",
        })
        .collect();
    assert!(outside.is_empty(), "{outside:?}");
    assert_eq!(taken.values().sum::<usize>(), 7294 + 1 + 3 + 50, "{taken:?}");
}

/// The reading of a file by the reader of such records that takes it.
fn read(origin: &str, bytes: &[u8]) -> Option<(&'static str, Reading)> {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, origin, bytes);
    let kinds = ["relaton", "relaton_lines", "sdo_names", "specref"];
    let mine = adapters::ADAPTERS.iter().filter(|adapter| kinds.contains(&adapter.name()));
    let taken: Vec<_> = mine.filter(|adapter| adapter.is_mine(&snapshot)).collect();
    assert!(taken.len() < 2, "{origin} is taken by several");
    taken.first().map(|adapter| (adapter.name(), adapter.read(&snapshot)))
}

/// Every file below a folder of the shared data with its origin, which begins with the first name of the folder.
fn files(folder: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let top = base.join(folder);
    if !top.is_dir() {
        println!("skipped: `{folder}` is not at hand");
        return None;
    }
    let (mut open, mut files) = (vec![top], Vec::<PathBuf>::new());
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(path).expect("a folder can be listed").map_while(Result::ok) {
            let list = if entry.path().is_dir() { &mut open } else { &mut files };
            list.push(entry.path());
        }
    }
    files.sort();
    let is_text =
        |path: &PathBuf| path.extension().is_some_and(|end| ["yaml", "jsonl", "json", "md"].iter().any(|e| end == *e));
    let read = |path: PathBuf| {
        let origin = path.strip_prefix(&base).expect("it is below").to_string_lossy().into_owned();
        (origin, std::fs::read(&path).expect("a file can be read"))
    };
    Some(files.into_iter().filter(is_text).map(read).collect())
}
