//! What must hold for any bytes: an adapter never panics, and whatever it states lies inside the bytes that it was given.

use fact::Snapshot;

/// Reads `bytes` with the adapter `name`, whether or not it claims them.
///
/// # Panics
/// When the adapter does not keep its promise.
pub fn check(name: &str, bytes: &[u8]) {
    let adapter = adapters::ADAPTERS.iter().find(|adapter| adapter.name() == name).expect("an adapter of this name");
    // The first byte chooses the name under which the bytes were found: some adapters take a hint from it.
    let (origin, bytes) = match bytes.split_first() {
        Some((first, rest)) => (ORIGINS[usize::from(*first) % ORIGINS.len()], rest),
        None => (ORIGINS[0], bytes),
    };
    let snapshot = Snapshot::new("0", origin, bytes);
    let _ = adapter.is_mine(&snapshot);
    let reading = adapter.read(&snapshot);
    let facts = reading.facts.iter().map(|fact| &fact.evidence);
    let problems = reading.problems.iter().map(|problem| &problem.evidence);
    for evidence in facts.chain(problems) {
        assert!(evidence.start <= evidence.end && evidence.end <= bytes.len() as u64, "{evidence:?} of {}", bytes.len());
    }
    for fact in &reading.facts {
        assert!(fact.confidence > 0.0 && fact.confidence <= 1.0, "{fact:?}");
        if let (Some(from), Some(to)) = (fact.when.from, fact.when.to) {
            assert!(from <= to, "{fact:?}");
        }
    }
}

const ORIGINS: &[&str] = &[
    "source/file.md",
    "source/2024-10/oct-08.md",
    "source/list.csv",
    "source/list.xlsx",
    "source/index.json",
    "source/record.yaml",
    "source/archive.mbox",
    "source/LIST.LOG1305E",
    "source/minutes-118-core.txt",
    "source/page.html",
];
