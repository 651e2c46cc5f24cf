//! What is read from published data on adoption: support of web features by browsers, and the list of web specifications.
//! Skips, and says so, where the files are not at hand.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::print_stdout, reason = "what was skipped and measured is said")]
#![allow(clippy::disallowed_methods, reason = "the files are read from a folder")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fact::{Act, Adapter, Reading, Snapshot, content_id};
use proptest::prelude::*;

/// The adapters that this test is about.
const OURS: &[&str] = &["browser_compat", "implementation_report", "registry_mentions", "web_features", "web_specs"];

fn adapter(name: &str) -> &'static dyn Adapter {
    *adapters::ADAPTERS.iter().find(|adapter| adapter.name() == name).expect("it is in the list")
}

/// Reads a file of the shared data and checks that every place lies within it.
fn read(name: &str, path: &str) -> Option<(Vec<u8>, Reading)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/adoption").join(path);
    let Ok(bytes) = std::fs::read(file) else {
        println!("skipped: `adoption/{path}` is not at hand");
        return None;
    };
    let id = content_id(&bytes);
    let snapshot = Snapshot::new(&id, path, &bytes);
    assert!(adapter(name).is_mine(&snapshot), "{path}");
    let chosen = adapters::adapter_for(&snapshot).map(Adapter::name);
    assert_eq!(chosen, Some(name), "{path}");
    let reading = adapter(name).read(&snapshot);
    let of_facts = reading.facts.iter().map(|fact| &fact.evidence);
    for evidence in of_facts.chain(reading.problems.iter().map(|problem| &problem.evidence)) {
        assert!(evidence.start <= evidence.end && evidence.end <= bytes.len() as u64, "{evidence:?}");
    }
    Some((bytes, reading))
}

/// Facts by act, and problems by kind, as a table for people.
fn table(reading: &Reading) -> String {
    let mut rows = BTreeMap::<String, u64>::new();
    for fact in &reading.facts {
        *rows.entry(fact.act.slug().into()).or_default() += 1;
    }
    for problem in &reading.problems {
        *rows.entry(format!("problem {}", problem.kind)).or_default() += 1;
    }
    rows.iter().map(|(what, count)| format!("{what} {count}\n")).collect()
}

#[test]
fn a_quarter_of_the_web_features_is_read_whole() {
    let Some((bytes, reading)) = read("web_features", "web-features/data.json") else { return };
    println!("{}", table(&reading));
    assert_eq!(table(&reading), "advanced 348\ncited 368\nimplemented 1709\npart-of 9\nreplaced 7\n");
    assert_eq!(reading.n_units, 313);
    // The same, counted without places.
    let data: serde_json::Value = serde_json::from_slice(&bytes).expect("it is JSON");
    let features = data["features"].as_object().expect("an object");
    let support: usize = features
        .values()
        .filter_map(|feature| feature["status"]["support"].as_object())
        .map(serde_json::Map::len)
        .sum();
    assert_eq!(reading.facts.iter().filter(|fact| fact.act == Act::Implemented).count(), support);
    for fact in reading.facts.iter().filter(|fact| fact.act == Act::Implemented) {
        let words =
            std::str::from_utf8(&bytes[fact.evidence.start as usize..fact.evidence.end as usize]).expect("text");
        let (browser, version) = fact.target.as_ref().and_then(|target| target.id.split_once(' ')).expect("a product");
        assert_eq!(words, format!("\"{browser}\":\"{version}\""));
        let object = fact.object.as_ref().expect("a feature");
        assert_eq!(features[&object.id]["status"]["support"][browser], version);
        // Every version has its day; of a bounded one only the end is known.
        assert_eq!((fact.when.from.is_none(), fact.when.to.is_some()), (version.starts_with('≤'), true));
    }
    let bounded = reading.facts.iter().filter(|fact| fact.when.from.is_none() && fact.when.to.is_some()).count();
    assert_eq!(bounded, 18, "16 of support, 2 of days");
}

#[test]
fn support_in_detail_is_read_whole() {
    let Some((bytes, reading)) = read("browser_compat", "mdn-bcd/data.trimmed.json") else { return };
    println!("{}\n{}", reading.about, table(&reading));
    assert_eq!(reading.about, "browser compatibility data 8.1.9");
    assert_eq!(table(&reading), "cited 708\nimplemented 9096\n");
    assert_eq!(reading.n_units, 763);
    let data: serde_json::Value = serde_json::from_slice(&bytes).expect("it is JSON");
    let day = |fact: &fact::Fact| {
        let (browser, version) = fact.target.as_ref()?.id.split_once(' ')?;
        let version = version.trim_start_matches('≤');
        data["browsers"][browser]["releases"][version]["release_date"].as_str().map(String::from)
    };
    let implemented = || reading.facts.iter().filter(|fact| fact.act == Act::Implemented);
    assert!(implemented().all(|fact| fact.when.to.map(|day| day.to_string()) == day(fact)));
    let share = |is: &dyn Fn(&&fact::Fact) -> bool| implemented().filter(is).count();
    assert_eq!(share(&|fact| fact.status.as_deref().is_some_and(|status| status.contains("removed"))), 158);
    assert_eq!(share(&|fact| fact.status.as_deref().is_some_and(|status| status.contains("flag"))), 58);
    assert_eq!(share(&|fact| fact.who.role.as_deref() == Some("server")), 382);
    assert_eq!(share(&|fact| fact.target.as_ref().is_some_and(|target| target.id.ends_with("preview"))), 16);
}

#[test]
fn the_list_of_specifications_is_read_whole() {
    let Some((_, reading)) = read("web_specs", "web-specs/index.json") else { return };
    println!("{}", table(&reading));
    assert_eq!(table(&reading), "advanced 71\npart-of 1590\npublished 820\nreplaced 49\nupdated 32\n");
    assert_eq!(reading.n_units, 813);
    let published = || reading.facts.iter().filter(|fact| fact.act == Act::Published);
    let documents: BTreeSet<&str> = published().filter_map(|fact| Some(fact.object.as_ref()?.id.as_str())).collect();
    assert_eq!(documents.len(), 813);
    let of = |name: &str| published().filter(|fact| fact.who.affiliation.as_deref() == Some(name)).count();
    assert!(of("W3C") >= 607 && of("Ecma International") >= 56 && of("IETF") >= 55, "{}", of("W3C"));
    assert!(published().all(|fact| fact.body.is_some()), "every specification has its organisation");
    let given_up =
        reading.facts.iter().filter(|fact| fact.status.as_deref() == Some("discontinued") && fact.act == Act::Advanced);
    assert_eq!(given_up.count(), 64);
    assert!(reading.problems.is_empty());
    println!(
        "{} of {} publications have a stage",
        published().filter(|fact| fact.status.is_some()).count(),
        published().count()
    );
}

/// Nothing else in the shared data is taken for data on adoption.
#[test]
fn other_files_are_left_alone() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if !top.is_dir() {
        println!("skipped: the shared data are not at hand");
        return;
    }
    let (mut open, mut n_files, mut taken) = (vec![top.clone()], 0, Vec::<PathBuf>::new());
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder can be listed").map_while(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).expect("a file can be read");
            let origin = path.strip_prefix(&top).expect("it is below").to_string_lossy().into_owned();
            let snapshot = Snapshot::new("", &origin, &bytes);
            n_files += 1;
            let is_ours =
                adapters::ADAPTERS.iter().any(|adapter| OURS.contains(&adapter.name()) && adapter.is_mine(&snapshot));
            if is_ours && !origin.starts_with("adoption/") {
                taken.push(path);
            }
        }
    }
    println!("{n_files} files, {} outside `adoption` taken", taken.len());
    assert_eq!(taken, Vec::<PathBuf>::new());
}

/// Reports on implementations: files, facts by act, problems by kind, and how many say something.
#[test]
fn reports_on_implementations_name_who_implements_what() {
    let (Some(reports), Some(wiki)) = (folder("ietf-implementation-reports"), folder("quic-implementations")) else {
        return;
    };
    let mut all = Reading::default();
    let (mut n_taken, mut n_speaking) = (0, 0);
    for (origin, bytes) in reports.iter().chain(&wiki) {
        let id = content_id(bytes);
        let snapshot = Snapshot::new(&id, origin, bytes);
        let chosen = adapters::adapter_for(&snapshot).map(Adapter::name);
        let is_ours = !origin.contains("quic-") || origin.ends_with("/Implementations.md");
        assert_eq!(chosen, is_ours.then_some("implementation_report"), "{origin}");
        if !is_ours {
            continue;
        }
        let reading = adapter("implementation_report").read(&snapshot);
        for fact in &reading.facts {
            let words = String::from_utf8_lossy(&bytes[fact.evidence.start as usize..fact.evidence.end as usize]);
            let name = fact.who.name.as_ref().or(fact.who.affiliation.as_ref()).expect("somebody implements it");
            let first = name.split(' ').next().unwrap_or_default();
            assert!(words.contains(first), "{origin}: `{name}` is not in `{words}`");
            assert!(!name.contains(['@', '|', '[']), "{origin}: `{name}`");
            assert!(!fact.evidence.quote.contains("…@") || !words.contains("…@"), "{origin}: addresses are not quoted");
        }
        n_taken += 1;
        n_speaking += u64::from(!reading.facts.is_empty());
        all.facts.extend(reading.facts);
        all.problems.extend(reading.problems);
    }
    println!("{n_taken} files, {n_speaking} with facts\n{}", table(&all));
    assert_eq!((n_taken, n_speaking), (79, 53));
    assert_eq!(table(&all), "implemented 263\nproblem implementations-not-found 17\ntested 3\n");
    let names = |fact: &&fact::Fact| fact.object.as_ref().is_some_and(|object| !object.id.is_empty());
    println!("{} of {} facts name a draft or RFC", all.facts.iter().filter(names).count(), all.facts.len());
}

#[test]
fn packages_that_name_standards_by_number_are_found() {
    for (path, n_rows, least) in [("npm.tsv", 384, 0.75), ("pypi.tsv", 714, 0.85)] {
        let Some((bytes, reading)) = read("registry_mentions", &format!("registry-mentions/{path}")) else { return };
        assert_eq!((reading.n_units, reading.problems.len()), (n_rows, 0));
        let packages: BTreeSet<&str> =
            reading.facts.iter().filter_map(|fact| Some(fact.object.as_ref()?.id.as_str())).collect();
        let share = packages.len() as f64 / n_rows as f64;
        println!("{path}: {} mentions in {} of {n_rows} packages", reading.facts.len(), packages.len());
        assert!(share > least, "{share}");
        for fact in &reading.facts {
            let words = String::from_utf8_lossy(&bytes[fact.evidence.start as usize..fact.evidence.end as usize]);
            assert!(fact.target.as_ref().is_some_and(|target| words.contains(&target.id)), "{words}");
        }
    }
}

/// Every file of a folder of data on adoption, with its origin.
fn folder(name: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/adoption").join(name);
    let Ok(entries) = std::fs::read_dir(top) else {
        println!("skipped: `adoption/{name}` is not at hand");
        return None;
    };
    let mut paths: Vec<PathBuf> = entries.map_while(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let origin = format!("{name}/{}", path.file_name().expect("it has a name").to_string_lossy());
        (origin, std::fs::read(&path).expect("a file can be read"))
    };
    Some(paths.into_iter().map(read).collect())
}

/// The beginnings that get a file in, so that what follows is read.
const HEADS: &[(&str, &str)] = &[
    (
        "web_features",
        "{\"browsers\":{\"a\":{\"releases\":[{\"version\":\"1\",\"date\":\"2020-01-02\"}]}},\"features\":",
    ),
    ("browser_compat", "{\"__meta\":{\"version\":\"1\"},\"browsers\":{},\"x\":{\"__compat\":"),
    ("web_specs", "[{\"url\":\"https://a.example\",\"seriesComposition\":\"full\",\"shortname\":"),
    ("implementation_report", "---\ntitle: draft-a-b implementations\npublished: true\neditor: markdown\n---\n"),
    ("registry_mentions", "name\tversion\tsummary\n"),
];

proptest! {
    /// Reading never fails: whatever follows the beginning, evidence lies within the bytes.
    #[test]
    fn no_bytes_break_the_reading(
        kind in 0_usize..5,
        noise in proptest::collection::vec(any::<u8>(), 0..80),
        text in "[a-z0-9{}\\[\\]\",:|#*`^()<!@>. ≤é\t\n-]{0,200}",
        cut in 0_usize..200,
    ) {
        let (name, head) = HEADS[kind];
        let table = "\n| Vendor | a | b |\n|---|---|---|\n| A | Yes | No |\n## Implementations\n* x\n- **Version:** 1\n";
        for body in [noise, text.clone().into_bytes(), [text.as_bytes(), table.as_bytes(), text.as_bytes()].concat()] {
            let mut bytes = [head.as_bytes(), &body].concat();
            for length in [bytes.len(), (head.len() + cut).min(bytes.len())] {
                bytes.truncate(length);
                let snapshot = Snapshot::new("", "x", &bytes);
                let _ = adapter(name).is_mine(&snapshot);
                let reading = adapter(name).read(&snapshot);
                let of_facts = reading.facts.iter().map(|fact| &fact.evidence);
                for evidence in of_facts.chain(reading.problems.iter().map(|problem| &problem.evidence)) {
                    prop_assert!(evidence.start <= evidence.end && evidence.end <= bytes.len() as u64, "{:?}", evidence);
                }
            }
        }
    }
}

/// A million marks without an end cost no more than a look at each, and depth costs no stack.
#[test]
fn long_and_deep_files_are_read_in_time() {
    let deep = format!("{{\"__meta\":{{}},\"x\":{}1{}", "{\"__compat\":{},\"y\":".repeat(5000), "}".repeat(5001));
    let marks = format!("---\ntitle: draft-a-b implementations\n---\n|a|\n|-|\n|{}", "[^`".repeat(400_000));
    let rows =
        format!("---\ntitle: draft-a-b implementations\n---\n|Vendor|a|\n|-|-|\n{}", "|Acme|1.23|\n".repeat(100_000));
    for (name, text, n_facts) in
        [("browser_compat", deep, 0), ("implementation_report", marks, 0), ("implementation_report", rows, 1)]
    {
        let reading = adapter(name).read(&Snapshot::new("", "x", text.as_bytes()));
        assert_eq!(reading.facts.len(), n_facts, "{name}");
        assert_eq!(reading.problems.len(), usize::from(n_facts == 0), "{name}: {:?}", reading.problems.first());
    }
}
