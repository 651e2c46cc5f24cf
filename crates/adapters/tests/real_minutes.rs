//! The minutes of TC39, read as they stand: what was understood, year by year, and what was not.
//!
//! The figures were counted independently by a Python script with regular expressions over the part of each file above
//! its first topic: lines that start with `|` in files with a table, else whatever stands between commas and brackets;
//! equal names of one file once. The files are not part of the repository; without them the test says so and passes.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and shows its table")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fact::{Act, Fact, Mode, Reading, Snapshot, content_id};

#[derive(Default)]
struct Year {
    n_files: usize,
    n_with_attendance: usize,
    n_attended: usize,
    n_without_affiliation: usize,
    problems: BTreeMap<&'static str, usize>,
}

#[test]
fn attendance_of_every_meeting_that_carries_one() {
    let Some(files) = files("attendance/tc39-notes") else { return };
    let mut years: BTreeMap<String, Year> = BTreeMap::new();
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    for (origin, bytes) in &files {
        let Some(reading) = read(origin, bytes) else {
            *others.entry("read by no adapter".into()).or_default() += 1;
            continue;
        };
        if !reading.about.starts_with("minutes of TC39") {
            assert!(reading.facts.is_empty() && reading.problems.is_empty(), "{origin}");
            *others.entry(reading.about).or_default() += 1;
            continue;
        }
        check(origin, bytes, &reading);
        let year = years.entry(origin.split('/').nth(2).unwrap_or_default()[..4].into()).or_default();
        let attended: Vec<&Fact> = reading.facts.iter().filter(|fact| fact.act == Act::Attended).collect();
        year.n_files += 1;
        year.n_with_attendance += usize::from(!attended.is_empty());
        year.n_attended += attended.len();
        year.n_without_affiliation += attended.iter().filter(|fact| fact.who.affiliation.is_none()).count();
        for problem in &reading.problems {
            *year.problems.entry(problem.kind).or_default() += 1;
        }
    }
    println!("{}", table(&years));
    println!("other files: {others:?}");
    let sum = |value: fn(&Year) -> usize| years.values().map(value).sum::<usize>();
    let problems = |kind: &str| years.values().filter_map(|year| year.problems.get(kind)).sum::<usize>();
    assert_eq!(sum(|year| year.n_files), 186, "files of minutes");
    assert_eq!(sum(|year| year.n_with_attendance), 183, "files with attendance");
    assert_eq!(sum(|year| year.n_attended), 5954, "persons present on a day");
    assert_eq!(problems("doubled-row"), 40);
    assert_eq!(problems("cells-missing"), 1);
    assert_eq!(problems("no-attendance"), 3);
    assert_eq!(problems("date-disagrees"), 2);
    assert_eq!(sum(|year| year.problems.values().sum()), 46, "problems of all kinds");
}

/// Every fact lies where its evidence says, and belongs to one meeting of one body.
fn check(origin: &str, bytes: &[u8], reading: &Reading) {
    let folder = origin.split('/').nth(2).unwrap_or_default();
    for fact in &reading.facts {
        let words = String::from_utf8_lossy(&bytes[fact.evidence.start as usize..fact.evidence.end as usize]);
        if let Some(name) = &fact.who.name {
            assert!(words.contains(name.as_str()), "{origin}: `{name}` is not in `{words}`");
            assert!(
                !name.contains(['|', ')', ',', '*', ':']) || name.ends_with("(John Hax)"),
                "{origin}: name `{name}`"
            );
        }
        assert_eq!(fact.body.as_deref(), Some("Ecma TC39"), "{origin}");
        assert_eq!(fact.event.as_deref(), Some(format!("TC39 {folder}").as_str()), "{origin}");
        assert!(fact.when.from.is_some(), "{origin}: no day");
    }
}

#[test]
fn rooms_and_calls_are_told_apart() {
    let Some(files) = files("attendance/tc39-notes") else { return };
    let modes = |name: &str| {
        let (origin, bytes) = files.iter().find(|(origin, _)| origin.ends_with(name)).expect("the file is in the pack");
        let facts = read(origin, bytes).expect("it is read").facts;
        let of = |mode| facts.iter().filter(|fact| fact.act == Act::Attended && fact.mode == mode).count();
        [of(Some(Mode::InPerson)), of(Some(Mode::Remote)), of(None)]
    };
    // Counted by hand: two tables; one table with a column of places; a list with a label; a table without any.
    assert_eq!(modes("2022-07/jul-20.md"), [6, 11, 0]);
    assert_eq!(modes("2022-11/dec-01.md"), [19, 13, 0]);
    assert_eq!(modes("2018-03/mar-20.md")[1], 3);
    assert_eq!(modes("2024-06/june-11.md"), [0, 0, 31]);
}

/// Reading never fails: minutes cut at any byte, or with any byte changed, give evidence that lies within them.
#[test]
fn no_cut_and_no_changed_byte_breaks_the_reading() {
    let whole = "# 3rd Day—1-2 March, 2031 Meeting Notes\n\n**In-person attendees:** Ä. Éxample (ÄEX, via [call])B. (B)\r\n\
                 | Name | Abbreviation | Organization |\n|---|---|---|\n¦ Ç. Specimen | ÇSP | |\n\nRemote:\nD (D), É., (\n";
    let mut n_read = 0;
    for at in 0..=whole.len() {
        for byte in [None, Some(b'('), Some(b'|'), Some(b'\n'), Some(0xff)] {
            let mut bytes = whole.as_bytes().to_vec();
            match byte {
                None => bytes.truncate(at),
                Some(byte) => bytes[at.min(whole.len() - 1)] = byte,
            }
            let Some(reading) = read("x/2031-03/mar-01.md", &bytes) else { continue };
            n_read += 1;
            let of_facts = reading.facts.iter().map(|fact| &fact.evidence);
            for evidence in of_facts.chain(reading.problems.iter().map(|problem| &problem.evidence)) {
                assert!(evidence.start <= evidence.end && evidence.end <= bytes.len() as u64, "{evidence:?}");
            }
        }
    }
    assert!(n_read > whole.len(), "{n_read} readings");
}

/// Other folders of Markdown hold no such minutes, but for those that carry the same title line.
#[test]
fn other_markdown_is_left_alone() {
    for folder in ["git-history", "governance", "adoption", "contributions", "agreements-liaisons"] {
        let Some(files) = files(folder) else { return };
        let taken: Vec<&String> =
            files.iter().filter(|(origin, bytes)| read(origin, bytes).is_some()).map(|(origin, _)| origin).collect();
        assert_eq!(taken, Vec::<&String>::new(), "{folder}");
        println!("{folder}: {} files, none taken for minutes", files.len());
    }
}

fn table(years: &BTreeMap<String, Year>) -> String {
    let rows: Vec<Vec<String>> = years
        .iter()
        .map(|(year, of)| {
            let problems: Vec<String> = of.problems.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
            let figures = [of.n_files, of.n_with_attendance, of.n_attended, of.n_without_affiliation];
            let figures = figures.iter().map(ToString::to_string);
            std::iter::once(year.clone()).chain(figures).chain([problems.join(", ")]).collect()
        })
        .collect();
    dev::table(&["year", "files", "with attendance", "attended", "affiliation not known", "problems"], &rows)
}

/// The reading of a file by `minutes`, or `None` where it says that the file is not its own.
fn read(origin: &str, bytes: &[u8]) -> Option<Reading> {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, origin, bytes);
    let minutes = adapters::ADAPTERS.iter().find(|adapter| adapter.name() == "minutes").expect("it is in the list");
    minutes.is_mine(&snapshot).then(|| minutes.read(&snapshot))
}

/// Every file below a folder of the shared data with its origin, which begins with the folder's own name.
fn files(folder: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    if !top.is_dir() {
        println!("skipped: `{folder}` is not at hand");
        return None;
    }
    let (mut open, mut files) = (vec![top.clone()], Vec::<PathBuf>::new());
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(path).expect("a folder can be listed").map_while(Result::ok) {
            let list = if entry.path().is_dir() { &mut open } else { &mut files };
            list.push(entry.path());
        }
    }
    files.sort();
    let base = top.parent().expect("it has a parent").to_path_buf();
    let is_text =
        |path: &PathBuf| path.extension().is_some_and(|end| ["md", "txt", "html", "toml"].iter().any(|e| end == *e));
    let read = |path: PathBuf| {
        let origin = path.strip_prefix(&base).expect("it is below").to_string_lossy().into_owned();
        (origin, std::fs::read(&path).expect("a file can be read"))
    };
    Some(files.into_iter().filter(is_text).map(read).collect())
}
