//! The made-up body: the same bytes from the same seed, small, labelled, with its trends and its mess, and nobody real.
#![allow(missing_docs, reason = "a test has no public items")]

#[path = "../../app/src/made_up/mod.rs"]
mod made_up;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use fact::{Act, Reading, Snapshot};
use made_up::{File, made_up};

static FILES: LazyLock<Vec<File>> = LazyLock::new(|| made_up(1));

/// Path and text of every file below a folder.
fn texts(folder: &str) -> Vec<(&'static str, String)> {
    let text = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
    };
    let files = FILES.iter().filter(|file| file.path.starts_with(folder));
    files.map(|file| (file.path.as_str(), text(&file.bytes))).collect()
}

/// Number of source cells of a year that name somebody.
fn n_sources(year: i16, name: &str) -> usize {
    let cell = format!(">{name}");
    let lists = texts("documents/").into_iter().filter(|(_, text)| text.contains(&format!(", {year}-")));
    lists.map(|(_, text)| text.matches(&cell).count()).sum()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    assert_eq!(made_up(1), *FILES);
    assert_ne!(made_up(2), *FILES);
}

#[test]
fn there_is_enough_and_not_too_much() {
    let files = &*FILES;
    let n_bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    let n_lists = files.iter().filter(|file| file.path.starts_with("documents/")).count();
    let n_rows: usize = texts("documents/").iter().map(|(_, text)| text.matches("href=\"Docs").count()).sum();
    println!("{} files, {n_bytes} bytes, {n_lists} lists, {n_rows} document rows", files.len());
    assert!(n_bytes < 12_000_000, "{n_bytes} bytes");
    assert_eq!(n_lists, 87);
    assert!((10_000..15_000).contains(&n_rows), "{n_rows} rows");
}

#[test]
fn every_file_says_that_it_is_made_up() {
    for File { path, bytes } in &*FILES {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).to_lowercase();
        assert!(start.contains("made-up data"), "{path} does not say so at its top");
    }
}

/// What an adapter reads from a file, with the adapter's name.
fn read(file: &File) -> Option<(&'static str, Reading)> {
    let snapshot = Snapshot::new("made-up", &file.path, &file.bytes);
    let adapter = adapters::adapter_for(&snapshot)?;
    Some((adapter.name(), adapter.read(&snapshot)))
}

#[test]
fn every_file_is_read_by_the_adapter_it_is_made_for() {
    let (mut n_facts, mut kinds) = (0, BTreeMap::new());
    for file in &*FILES {
        let adapter = match file.path.split('/').next() {
            Some("documents") => "tdocs_by_agenda",
            Some("minutes") => "minutes",
            _ => "record",
        };
        let (name, reading) = read(file).unwrap_or_else(|| panic!("no adapter reads {}", file.path));
        assert_eq!(name, adapter, "{}", file.path);
        n_facts += reading.facts.len();
        for problem in &reading.problems {
            let (n, example) =
                kinds.entry((name, problem.kind)).or_insert((0, format!("{}: {}", file.path, problem.what)));
            *n += 1;
            assert!(name != "record", "{example}");
        }
        let is_planted = ["documents/wg3-09.htm", "minutes/wg2-20.md"].contains(&file.path.as_str());
        assert!(is_planted || !reading.facts.is_empty(), "{} has no facts", file.path);
    }
    println!("{n_facts} facts; problems by kind: {kinds:#?}");
    let n_problems: usize = kinds.values().map(|(n, _)| n).sum();
    assert!((30_000..60_000).contains(&n_facts), "{n_facts} facts");
    assert!(n_problems * 50 < n_facts, "{n_problems} problems");
}

#[test]
fn meetings_have_their_body_and_their_days() {
    let list = FILES.iter().find(|file| file.path == "documents/wg1-12.htm").unwrap();
    let (_, reading) = read(list).unwrap();
    let submitted = reading.facts.iter().find(|fact| fact.act == Act::Submitted).unwrap();
    assert_eq!(submitted.body.as_deref(), Some("MADE WG1"));
    assert_eq!(submitted.when.from.unwrap().to_string(), "2021-03-08");
}

#[test]
fn the_planted_trends_show() {
    let by_year = |name: &str| (2021..=2025).map(|year| n_sources(year, name)).collect::<Vec<_>>();
    let newcomer = by_year("Tembelin Robotics");
    assert!(newcomer[0] == 0 && newcomer[1] < newcomer[3] && newcomer[3] < newcomer[4], "{newcomer:?}");
    let founder = by_year("Ostrinta Telecom");
    assert!(founder[0] > 100 && founder[0] > founder[2] && founder[4] == 0, "{founder:?}");
    let splitter = by_year("Pallucor Devices");
    assert!(splitter[2] > 2 * splitter[0], "{splitter:?}");
    let merged = by_year("Caldralis Mormoor");
    assert!(merged[1] == 0 && merged[3] > 50, "{merged:?}");
    assert!(by_year("Caldralis Systems")[4] == 0);
}

#[test]
fn the_planted_mess_is_there() {
    let lists: String = texts("documents/").into_iter().map(|(_, text)| text).collect();
    let minutes: String = texts("minutes/").into_iter().map(|(_, text)| text).collect();
    for mess in ["?</FONT>", ", ?<", "NOT USED", "Reserved", "Merged into", "Revised to", ", Inc", "Co., Ltd", "; "] {
        assert!(lists.contains(mess), "`{mess}` is in no list");
    }
    for mess in ["Invited Expert", "| n/a |", "|  |", "kept by the secretary", "```"] {
        assert!(minutes.contains(mess), "`{mess}` is in no minutes");
    }
    let n_tables = texts("documents/").iter().filter(|(_, text)| text.contains("TD#")).count();
    assert_eq!(n_tables, 86, "one list has no table");
}

#[test]
fn a_number_is_used_once_but_for_the_doubled_rows() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (_, text) in texts("documents/") {
        for part in text.split("<a name=").skip(1) {
            let number = part.split(' ').next().unwrap_or_default();
            *seen.entry(number.to_string()).or_default() += 1;
        }
    }
    let n_doubled = seen.values().filter(|&&n| n > 1).count();
    assert!((10..80).contains(&n_doubled), "{n_doubled} rows stand twice");
    assert!(seen.values().all(|&n| n <= 2));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the list of real names is a file")]
fn nobody_real_is_named() {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/organisations/dev.csv");
    let Ok(gold) = std::fs::read_to_string(&gold) else {
        println!("skipped: {} is not here", gold.display());
        return;
    };
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase).collect()
    };
    let real = words(&gold);
    let (_, members) = texts("records/").into_iter().find(|(path, _)| path.ends_with("members.toml")).unwrap();
    let names: BTreeSet<&str> =
        members.lines().filter_map(|line| line.strip_prefix("affiliation = \"")?.strip_suffix('"')).collect();
    assert!(names.len() >= 150, "{} organisations", names.len());
    for name in names {
        let own = words(name);
        assert!(!own.is_subset(&real), "`{name}` consists of words of real names");
    }
}

#[test]
fn big_lists_are_read_whole() {
    let list = dev::big_list(3, 500);
    let id = fact::content_id(&list);
    let snapshot = Snapshot::new(&id, "list.htm", &list);
    let reading = adapters::adapter_for(&snapshot).expect("an adapter takes it").read(&snapshot);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems.first());
    assert!(reading.n_units >= 500 && reading.facts.len() > 1_500, "{} facts", reading.facts.len());
}
