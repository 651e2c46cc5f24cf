//! Minutes of seven bodies, read as they stand: what was understood, layout by layout and for TC39 year by year, and what
//! was not.
//!
//! The persons present were counted independently by Python scripts with regular expressions: lines that start with `|` in
//! files with a table, else bullets and lines below headings and labels, or whatever stands between commas and brackets;
//! equal names of one file once. Where a script and the adapter differed, the file was read by eye. The files are not part
//! of the repository; without them the tests say so and pass.
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

/// One layout: a folder, and what its files give.
struct Layout {
    folder: &'static str,
    n_files: usize,
    n_held: usize,
    n_with_attendance: usize,
    /// Of those held, the files that have no list of attendees although they were kept whole.
    n_without_list: usize,
    n_attended: usize,
    n_with_affiliation: usize,
    n_problems: usize,
}

const LAYOUTS: [Layout; 7] = [
    layout("tc39-notes", [237, 186, 183, 3, 5954, 1984, 46]),
    layout("ecma402-notes", [98, 82, 81, 0, 824, 690, 11]),
    layout("oasis-csaf", [39, 38, 38, 0, 477, 476, 8]),
    layout("unicode-messageformat", [127, 123, 120, 3, 1011, 946, 14]),
    layout("w3c-did-wg", [113, 112, 112, 0, 1993, 0, 8]),
    layout("w3c-immersive-web", [151, 113, 0, 0, 0, 0, 8]),
    layout("webassembly-cg-wg", [593, 378, 370, 5, 8153, 166, 81]),
];

const fn layout(folder: &'static str, figures: [usize; 7]) -> Layout {
    let [n_files, n_held, n_with_attendance, n_without_list, n_attended, n_with_affiliation, n_problems] = figures;
    Layout { folder, n_files, n_held, n_with_attendance, n_without_list, n_attended, n_with_affiliation, n_problems }
}

#[test]
fn every_layout_gives_what_its_files_hold() {
    let mut rows = Vec::new();
    for expected in &LAYOUTS {
        let Some(files) = files(&format!("attendance/{}", expected.folder)) else { return };
        let found = figures(expected.folder, &files);
        rows.push(row(&found));
        assert_eq!(row(&found), row(expected), "{}", expected.folder);
    }
    let header =
        ["folder", "files", "held", "with attendance", "without a list", "attended", "affiliation", "problems"];
    println!("{}", dev::table(&header, &rows));
}

fn figures(folder: &'static str, files: &[(String, Vec<u8>)]) -> Layout {
    let mut found = Layout { n_files: files.len(), ..layout(folder, [0; 7]) };
    for (origin, bytes) in files {
        let Some(reading) = read(origin, bytes) else { continue };
        let of = |act| reading.facts.iter().filter(move |fact| fact.act == act);
        let has_problem = |kind: &str| reading.problems.iter().any(|problem| problem.kind == kind);
        let n_attended = of(Act::Attended).count();
        found.n_held += of(Act::HeldMeeting).count();
        found.n_with_attendance += usize::from(n_attended > 0);
        found.n_without_list += usize::from(has_problem("no-attendance") && !has_problem("source-cut"));
        found.n_attended += n_attended;
        found.n_with_affiliation += of(Act::Attended).filter(|fact| fact.who.affiliation.is_some()).count();
        found.n_problems += reading.problems.len();
        // A file that states nothing says why.
        assert!(!reading.facts.is_empty() || reading.about != "minutes", "{origin}: {}", reading.about);
        for fact in &reading.facts {
            assert!(fact.evidence.start < fact.evidence.end && fact.evidence.end <= bytes.len() as u64, "{origin}");
            assert!(!fact.evidence.quote.contains(".com>"), "{origin}: an address in `{}`", fact.evidence.quote);
        }
    }
    found
}

fn row(layout: &Layout) -> Vec<String> {
    let figures = [
        layout.n_files,
        layout.n_held,
        layout.n_with_attendance,
        layout.n_without_list,
        layout.n_attended,
        layout.n_with_affiliation,
        layout.n_problems,
    ];
    std::iter::once(layout.folder.to_string()).chain(figures.map(|figure| figure.to_string())).collect()
}

/// A paragraph of names with organisations in brackets, 38 of them counted by hand; the ballot beside it is not minutes.
#[test]
fn minutes_of_the_ca_browser_forum_name_everybody_with_their_organisation() {
    let Some(files) = files("votes/cabf") else { return };
    let readings: Vec<(&String, Reading)> =
        files.iter().filter_map(|(origin, bytes)| Some((origin, read(origin, bytes)?))).collect();
    let [(origin, reading)] = &readings[..] else { panic!("{} files are read", readings.len()) };
    assert!(origin.contains("minutes"), "{origin}");
    let attended: Vec<&Fact> = reading.facts.iter().filter(|fact| fact.act == Act::Attended).collect();
    assert_eq!((attended.len(), reading.problems.len()), (38, 0));
    assert!(attended.iter().all(|fact| fact.who.affiliation.is_some()));
}

/// Choices and counts of every poll, outcomes and motions: how many of each, and that none is without its question.
#[test]
fn polls_motions_and_conclusions_are_read() {
    let Some(mut all) = files("attendance/webassembly-cg-wg") else { return };
    for folder in ["oasis-csaf", "tc39-notes", "w3c-did-wg"] {
        let Some(more) = files(&format!("attendance/{folder}")) else { return };
        all.extend(more);
    }
    let facts: Vec<Fact> =
        all.iter().filter_map(|(origin, bytes)| read(origin, bytes)).flat_map(|reading| reading.facts).collect();
    let of = |act: Act| facts.iter().filter(|fact| fact.act == act).collect::<Vec<&Fact>>();
    let title = |fact: &Fact| fact.object.as_ref().map(|thing| thing.title.clone()).unwrap_or_default();
    let polled = of(Act::Polled);
    assert!(polled.iter().all(|fact| fact.amount.is_some() && !title(fact).is_empty()), "every count has its question");
    // 2019-10-29: counted by hand, 12 strongly for, 11 for, none else.
    let counts: Vec<f64> = polled
        .iter()
        .filter(|fact| fact.event.as_deref() == Some("WebAssembly CG 2019-10-29"))
        .filter_map(|fact| fact.amount.as_ref().map(|amount| amount.value))
        .collect();
    assert_eq!(counts, [12.0, 11.0, 0.0, 0.0, 0.0]);
    assert!(of(Act::Spoke).iter().all(|fact| fact.who.name.is_some()));
    let n =
        [Act::Polled, Act::Decided, Act::Concluded, Act::Proposed, Act::Supported, Act::Spoke].map(|act| of(act).len());
    println!("polled, decided, concluded, proposed, supported, spoke: {n:?}");
    assert!(n[0] >= 340 && n[1] >= 150 && n[2] >= 400 && n[3] >= 100 && n[4] >= 170 && n[5] >= 330, "{n:?}");
}

/// The pitfall of 148 files: minutes that warn that a meeting without topics will be cancelled.
#[test]
fn the_boilerplate_of_cancellation_cancels_nothing() {
    let Some(files) = files("attendance/webassembly-cg-wg") else { return };
    let mut n_warned = 0;
    for (origin, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        if !text.contains("will be automatically canceled") {
            continue;
        }
        let Some(reading) = read(origin, bytes) else { continue };
        let says_so = ["eeting is Cancel", "eeting canceled", "eeting cancelled", "Canceled due", "Meeting Cancelled"];
        let is_cancelled = reading.about.starts_with("cancelled");
        n_warned += usize::from(!is_cancelled);
        assert!(
            !is_cancelled || text.contains("was cancel") || says_so.iter().any(|words| text.contains(words)),
            "{origin}"
        );
    }
    println!("{n_warned} files warn and are not called cancelled");
    assert_eq!(n_warned, 8, "of 30 files with the warning, those that do not say that it came so");
}

/// Every fact lies where its evidence says, and belongs to one meeting of one body.
fn check(origin: &str, bytes: &[u8], reading: &Reading) {
    let folder = origin.split('/').nth(2).unwrap_or_default();
    for fact in &reading.facts {
        let words = String::from_utf8_lossy(&bytes[fact.evidence.start as usize..fact.evidence.end as usize]);
        // Presenters known by their short form get the name of the list.
        if let Some(name) = fact.who.name.as_ref().filter(|_| fact.act != Act::Spoke) {
            let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(folded.contains(name.as_str()), "{origin}: `{name}` is not in `{words}`");
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

/// Other folders hold no such minutes; those of the IETF have a reader of their own.
#[test]
fn other_files_are_left_alone() {
    let mut n_files = 0;
    for folder in [
        "git-history",
        "governance",
        "adoption",
        "contributions",
        "agreements-liaisons",
        "countries",
        "identity",
        "mail",
        "participants",
        "attendance/ietf-wg-materials",
    ] {
        let Some(files) = files(folder) else { return };
        n_files += files.len();
        let taken: Vec<&String> =
            files.iter().filter(|(origin, bytes)| read(origin, bytes).is_some()).map(|(origin, _)| origin).collect();
        assert_eq!(taken, Vec::<&String>::new(), "{folder}");
    }
    println!("{n_files} files, none taken for minutes");
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
