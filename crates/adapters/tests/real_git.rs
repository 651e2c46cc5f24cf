//! Git histories of specifications, read as they stand.
//!
//! The figures were counted independently with `awk` over the same files: lines that begin with `@`, distinct first folders
//! under each, lines added and deleted. The files are not part of the repository; without them the test says so and passes.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and shows its table")]

use std::collections::BTreeSet;
use std::path::Path;

use fact::{Act, Reading, Snapshot, content_id};

#[test]
fn histories_of_three_bodies() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/git-history");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: `git-history` is not at hand");
        return;
    };
    let mut paths: Vec<_> = entries.map_while(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    let mut rows = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "log")) {
        let bytes = std::fs::read(path).expect("a file can be read");
        let origin = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        let id = content_id(&bytes);
        let snapshot = Snapshot::new(&id, &origin, &bytes);
        let adapter = adapters::adapter_for(&snapshot).expect("an adapter takes it");
        assert_eq!(adapter.name(), "git_log", "{origin}");
        rows.push(row(&origin, &bytes, &adapter.read(&snapshot)));
    }
    let header = [
        "file",
        "commits",
        "committed",
        "commits of facts",
        "without area",
        "merges",
        "lines",
        "applied",
        "bots",
        "problems",
    ];
    let table = dev::table(&header, &rows);
    println!("{table}");
    let counted: Vec<String> = rows.iter().map(|row| row[1..].join(" ")).collect();
    assert_eq!(
        counted,
        [
            "2000 2026 2000 474 459 56001 50 0 0",
            "4000 4218 4000 963 954 87817 97 0 0",
            "1199 1547 1199 72 72 12516 169 0 0"
        ]
    );
}

fn row(origin: &str, bytes: &[u8], reading: &Reading) -> Vec<String> {
    let mut commits = BTreeSet::new();
    for fact in &reading.facts {
        let object = fact.object.as_ref().expect("every act is on a commit");
        let words = String::from_utf8_lossy(&bytes[fact.evidence.start as usize..fact.evidence.end as usize]);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.starts_with(&format!("@{}", object.id)), "{origin}: {}", fact.evidence.place);
        assert!(fact.who.name.as_ref().is_some_and(|name| words.contains(name.as_str())), "{origin}: {words}");
        assert!(fact.when.from.is_some_and(|day| words.contains(&day.to_string())), "{origin}: {words}");
        commits.insert(&object.id);
    }
    let of = |wanted: fn(&fact::Fact) -> bool| reading.facts.iter().filter(|fact| wanted(fact)).count().to_string();
    let lines: f64 = reading.facts.iter().filter_map(|fact| Some(fact.amount.as_ref()?.value)).sum();
    vec![
        origin.into(),
        reading.n_units.to_string(),
        of(|fact| fact.act == Act::Committed),
        commits.len().to_string(),
        of(|fact| fact.act == Act::Committed && fact.target.is_none()),
        of(|fact| fact.status.as_deref() == Some("merge") && fact.act == Act::Committed),
        lines.to_string(),
        of(|fact| fact.act == Act::Applied),
        of(|fact| fact.who.role.as_deref() == Some("bot")),
        reading.problems.len().to_string(),
    ]
}
