//! Participation agreements, workstreams, groups, proposals and teams, read as they stand.
//!
//! The figures were counted independently by a Python script over the same files. The files are not part of the repository;
//! without them the test says so and passes.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and shows its table")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fact::{Act, Reading, Snapshot, content_id};

/// The adapters of this test, and where their files lie.
const FOLDERS: [(&str, &str); 6] = [
    ("git_log", "git-history"),
    ("participant_agreements", "participants"),
    ("whatwg_workstreams", "governance/whatwg-sg"),
    ("w3c_groups", "governance/w3c-groups"),
    ("tc39_proposals", "governance/tc39-proposals"),
    ("team_roster", "governance/rust-team-sample"),
];

struct File {
    origin: String,
    adapter: Option<&'static str>,
    reading: Reading,
}

/// Every file below a folder of the shared data, read by the adapter that takes it.
fn files(folder: &str) -> Option<Vec<File>> {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let top = base.join(folder);
    if !top.is_dir() {
        println!("skipped: `{folder}` is not at hand");
        return None;
    }
    let (mut open, mut paths) = (vec![top], Vec::new());
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(path).expect("a folder can be listed").map_while(Result::ok) {
            let list = if entry.path().is_dir() { &mut open } else { &mut paths };
            list.push(entry.path());
        }
    }
    paths.sort();
    let read = |path: std::path::PathBuf| {
        let bytes = std::fs::read(&path).expect("a file can be read");
        let origin = path.strip_prefix(&base).expect("it is below").to_string_lossy().into_owned();
        let id = content_id(&bytes);
        let snapshot = Snapshot::new(&id, &origin, &bytes);
        let adapter = adapters::adapter_for(&snapshot);
        let reading = adapter.map(|adapter| adapter.read(&snapshot)).unwrap_or_default();
        if adapter.is_some_and(|adapter| FOLDERS.iter().any(|(name, _)| *name == adapter.name())) {
            check(&origin, &bytes, &reading);
        }
        File { origin, adapter: adapter.map(fact::Adapter::name), reading }
    };
    Some(paths.into_iter().map(read).collect())
}

/// A name stands in the bytes that are its evidence, and nothing kept holds the local part of an address.
fn check(origin: &str, bytes: &[u8], reading: &Reading) {
    for fact in &reading.facts {
        let words = String::from_utf8_lossy(&bytes[fact.evidence.start as usize..fact.evidence.end as usize]);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        for name in fact.who.name.iter().chain(&fact.who.country) {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(name.as_str()) || words.contains('\\'), "{origin}: `{name}` is not in `{words}`");
            assert!(!name.contains(['|', '<', '[']), "{origin}: `{name}`");
        }
    }
    let ids: BTreeSet<String> = reading.facts.iter().map(|fact| fact::fact_id("x", "s", fact)).collect();
    assert_eq!(ids.len(), reading.facts.len(), "{origin}: two facts have one identity");
    for word in format!("{reading:?}").split_whitespace() {
        assert!(
            !word.trim_start_matches('"').find('@').is_some_and(|at| at > 0 && word[at..].contains('.')),
            "{origin}: {word}"
        );
    }
}

/// Files, units, facts by act and problems by kind of the files that one adapter took.
fn row(files: &[File], adapter: &str) -> String {
    let of: Vec<&File> = files.iter().filter(|file| file.adapter == Some(adapter)).collect();
    let mut acts: BTreeMap<Act, usize> = BTreeMap::new();
    let mut problems: BTreeMap<&str, usize> = BTreeMap::new();
    for file in &of {
        file.reading.facts.iter().for_each(|fact| *acts.entry(fact.act).or_default() += 1);
        file.reading.problems.iter().for_each(|problem| *problems.entry(problem.kind).or_default() += 1);
    }
    let units: u64 = of.iter().map(|file| file.reading.n_units).sum();
    let acts = acts.iter().map(|(act, count)| format!("{} {count}", act.slug()));
    let problems = problems.iter().map(|(kind, count)| format!("! {kind} {count}"));
    let counts: Vec<String> = acts.chain(problems).collect();
    let row = format!("{adapter}: {} files, {units} units: {}", of.len(), counts.join(", "));
    println!("{row}");
    row
}

fn others(files: &[File], adapter: &str) -> Vec<String> {
    let taken = files.iter().filter(|file| file.adapter.is_some_and(|by| by != adapter));
    taken.map(|file| format!("{}: {}", file.origin, file.adapter.unwrap_or_default())).collect()
}

#[test]
fn agreements_of_participants() {
    let Some(files) = files("participants") else { return };
    let row = row(&files, "participant_agreements");
    assert_eq!(row, "participant_agreements: 2 files, 442 units: signed 442, joined 302");
    let facts = || files.iter().flat_map(|file| &file.reading.facts).filter(|fact| fact.act == Act::Signed);
    let of = |wanted: fn(&fact::Fact) -> bool| facts().filter(|fact| wanted(fact)).count();
    assert_eq!(of(|fact| fact.who.affiliation.is_some()), 64, "organisations");
    assert_eq!(of(|fact| fact.who.country.is_some()), 22, "with a country");
    assert_eq!(of(|fact| fact.who.domain.is_some()), 42, "with a domain");
    assert_eq!(of(|fact| fact.status.as_deref() == Some("verified")), 182, "verified");
}

#[test]
fn workstreams_of_a_body() {
    let Some(files) = files("governance/whatwg-sg") else { return };
    let row = row(&files, "whatwg_workstreams");
    assert_eq!(row, "whatwg_workstreams: 1 files, 45 units: authored 41, replaced 2, part-of 22, held 20");
    assert_eq!(others(&files, "whatwg_workstreams"), Vec::<String>::new(), "policies hold no acts");
}

#[test]
fn groups_of_a_body() {
    let Some(files) = files("governance/w3c-groups") else { return };
    let row = row(&files, "w3c_groups");
    assert_eq!(row, "w3c_groups: 173 files, 797 units: part-of 82, closed 20, established 455");
    assert_eq!(files.iter().filter(|file| file.adapter.is_none()).count(), 1, "SOURCE.md");
}

#[test]
fn proposals_of_a_committee() {
    let Some(files) = files("governance/tc39-proposals") else { return };
    let row = row(&files, "tc39_proposals");
    assert_eq!(
        row,
        "tc39_proposals: 9 files, 323 units: spoke 698, authored 406, championed 513, postponed 1, withdrawn 31, not-pursued 5, advanced 286, assigned 27"
    );
    assert_eq!(others(&files, "tc39_proposals"), Vec::<String>::new());
}

#[test]
fn rosters_of_teams() {
    let Some(files) = files("governance/rust-team-sample") else { return };
    let row = row(&files, "team_roster");
    assert_eq!(row, "team_roster: 152 files, 1470 units: part-of 112, held 895, left 666");
    assert_eq!(files.iter().filter(|file| file.adapter.is_none()).count(), 1, "SOURCE.md");
}

/// What these adapters and `git_log` take lies in their own folders, and nothing else does.
#[test]
fn nothing_else_is_taken() {
    let Some(files) = files("") else { return };
    println!("{} files", files.len());
    let strays: Vec<&str> = files
        .iter()
        .filter(|file| {
            FOLDERS.iter().any(|(name, folder)| file.adapter == Some(name) && !file.origin.starts_with(folder))
        })
        .map(|file| file.origin.as_str())
        .collect();
    assert_eq!(strays, Vec::<&str>::new());
}
