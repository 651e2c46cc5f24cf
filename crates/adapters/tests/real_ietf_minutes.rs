//! The materials of IETF working groups, read as they stand: what was understood, group by group, and what was not.
//!
//! The rows of attendance were counted independently by a Python script with regular expressions: entries below a heading
//! such as `Participants`, lines of sheets; what stands behind a first comma, bracket or tab is the affiliation. The files
//! are not part of the repository; without them the test says so and passes.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and shows its table")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fact::{Act, Precision, Reading, Snapshot, content_id};
use proptest::prelude::*;

#[derive(Default)]
struct Group {
    n_files: usize,
    n_held: usize,
    acts: BTreeMap<&'static str, usize>,
    problems: BTreeMap<&'static str, usize>,
}

#[test]
fn every_file_of_the_groups_is_understood() {
    let Some(files) = files("attendance/ietf-wg-materials") else { return };
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut left: Vec<&str> = Vec::new();
    let (mut n_listed, mut n_dated, mut n_affiliated) = (0, 0, 0);
    for (origin, bytes) in &files {
        let Some(reading) = read(origin, bytes) else {
            left.extend(origin.rsplit('/').next().filter(|name| *name != "SOURCE.md"));
            continue;
        };
        check(origin, bytes, &reading);
        let group = groups.entry(origin.split('/').nth(2).unwrap_or_default().into()).or_default();
        group.n_files += 1;
        for fact in &reading.facts {
            *group.acts.entry(fact.act.slug()).or_default() += 1;
            group.n_held += usize::from(fact.act == Act::HeldMeeting);
            n_dated += usize::from(fact.act == Act::HeldMeeting && fact.when.precision == Precision::Day);
            n_affiliated += usize::from(fact.act == Act::Attended && fact.who.affiliation.is_some());
        }
        n_listed += usize::from(reading.facts.iter().any(|fact| fact.act == Act::Attended));
        for problem in &reading.problems {
            *group.problems.entry(problem.kind).or_default() += 1;
        }
    }
    println!("{}", table(&groups));
    let sum = |act: &str| groups.values().filter_map(|group| group.acts.get(act)).sum::<usize>();
    let problems = |kind: &str| groups.values().filter_map(|group| group.problems.get(kind)).sum::<usize>();
    left.sort_unstable();
    assert_eq!(left, ["README.md", "charter.md", "minutes.md"], "guides and charters are left alone");
    assert_eq!(groups.values().map(|group| group.n_files).sum::<usize>(), 422, "files read");
    assert_eq!(groups.values().map(|group| group.n_held).sum::<usize>(), 249, "minutes and sheets");
    assert_eq!(n_listed, 45, "files with a list of attendees: all that have one");
    // By the script: 578 entries of lists, 161 more in three sheets with sessions, 5 of them doubled, one of them by the
    // minutes and by the sheet of one meeting alike.
    assert_eq!(sum("attended"), 737, "persons present");
    assert_eq!(n_affiliated, 564, "with affiliation");
    assert_eq!(problems("doubled-row"), 5);
    assert_eq!(problems("attendees-disagree") + problems("no-attendance") + problems("entry-unreadable"), 0);
    assert_eq!(problems("meeting-disagrees"), 3);
    assert_eq!(problems("date-disagrees"), 1);
    assert_eq!(problems("body-missing") + problems("meeting-missing"), 0);
    assert!(n_dated * 100 >= 249 * 70, "{n_dated} meetings with a day");
    assert!(sum("chaired") > 300 && sum("scribed") > 370 && sum("spoke") > 420, "people in the text");
    assert!(sum("polled") > 140 && sum("decided") + sum("concluded") > 70 && sum("assigned") > 30, "outcomes");
}

/// Every fact lies where its evidence says and names what stands there; no name holds signs, no quote an address.
fn check(origin: &str, bytes: &[u8], reading: &Reading) {
    let is_agenda = reading.about.starts_with("agenda of ");
    assert!(!is_agenda || reading.facts.is_empty() && reading.problems.is_empty(), "{origin}: planned is not held");
    for fact in &reading.facts {
        let words = String::from_utf8_lossy(&bytes[fact.evidence.start as usize..fact.evidence.end as usize]);
        let name = fact.who.name.as_deref().unwrap_or_default();
        let (first, last) =
            (name.split(' ').next().unwrap_or_default(), name.split(' ').next_back().unwrap_or_default());
        assert!(words.contains(first), "{origin}: `{first}` is not in `{words}`");
        assert!(words.contains(last), "{origin}: `{last}` is not in `{words}`");
        assert!(!name.contains(['|', '(', ')', '*', ':', '@', '/', '[']), "{origin}: name `{name}`");
        let quote = &fact.evidence.quote;
        let is_address = quote.match_indices('@').any(|(at, _)| quote[..at].ends_with(char::is_alphanumeric));
        assert!(!is_address, "{origin}: `{quote}`");
        assert!(fact.body.is_some() && fact.event.is_some(), "{origin}: no body, no meeting");
    }
}

/// Files of other bodies are theirs, also where they speak of the IETF.
#[test]
fn files_of_others_are_left_alone() {
    let folders = [
        "adoption",
        "agreements-liaisons",
        "attendance",
        "contributions",
        "countries",
        "git-history",
        "governance",
        "identity",
        "mail",
        "participants",
        "standards",
        "votes",
    ];
    for folder in folders {
        let Some(files) = files(folder) else { return };
        let others = files.iter().filter(|(origin, _)| !origin.contains("ietf-wg-materials"));
        let taken: Vec<&String> =
            others.filter(|(origin, bytes)| read(origin, bytes).is_some()).map(|(origin, _)| origin).collect();
        assert_eq!(taken, Vec::<&String>::new(), "{folder}");
        println!("{folder}: {} files, none taken for minutes of the IETF", files.len());
    }
}

/// The pitfalls of the data, each on one made-up sheet.
#[test]
fn each_pitfall_of_the_lists_is_survived() {
    let people = |text: &str| {
        let reading = read("madewg/ietf118/bluesheets.md", text.as_bytes()).unwrap();
        let listed = reading.facts.iter().filter(|fact| fact.act == Act::Attended);
        let show = |fact: &fact::Fact| {
            format!("{}|{}", fact.who.name.clone().unwrap(), fact.who.affiliation.clone().unwrap_or_default())
        };
        listed.map(show).collect::<Vec<_>>()
    };
    let sheet = |entry: &str| people(&format!("# Blue Sheet for MADE WG - IETF 118\r\n\r\n{entry}\r\n"));
    assert_eq!(
        sheet("* Ann Example - Acme\r\n* Bea Specimen – Borealis"),
        ["Ann Example|Acme", "Bea Specimen|Borealis"]
    );
    assert_eq!(sheet("1) Ann Example / Acme"), ["Ann Example|Acme"], "numbers and slashes");
    assert_eq!(
        sheet("Ann Example (MADE (Ministry of Dune) of the Republic)"),
        ["Ann Example|MADE (Ministry of Dune) of the Republic"]
    );
    assert_eq!(sheet("Ann Exampel, Acmee"), ["Ann Exampel|Acmee"], "misspelt names stay");
    assert_eq!(sheet("* Aki"), ["Aki|"], "a first name alone stays");
    assert_eq!(sheet("Name, Affiliation\r\nAnn Example, Acme"), ["Ann Example|Acme"], "a header names nobody");
    assert_eq!(
        sheet("* Ann Example, Acme\r\n\x0cPage 2 of 3\r\n* Bea Specimen"),
        ["Ann Example|Acme", "Bea Specimen|"]
    );
    assert_eq!(sheet("* Ann Example\r\n* Ann Example, Acme"), ["Ann Example|Acme"], "doubled rows count once");
    assert_eq!(sheet("* Ann Example, [Acme](https://acme.example)"), ["Ann Example|Acme"], "links are taken off");
}

proptest! {
    /// Reading never fails, and every place lies within the bytes.
    #[test]
    fn no_bytes_break_the_reading(
        start in prop::sample::select(vec![
            "# MADE WG Minutes - IETF 118\n## Participants\n", "Bluesheet for interim-2031-made-10\n",
            "# MADE Virtual interim - 2031-01-01\nChairs:\n", "<html>\n<h1>IETF 118 - MADE WG minutes</h1>\n",
        ]),
        middle in prop::collection::vec(prop_oneof![
            Just("* Ann (".to_string()), Just("| Name | Org |".into()), Just("\u{c}".into()), Just("Yes: 9, No: 1".into()),
            Just("## T (Ä Ö) - [x](".into()), Just("ACTION: é to".into()), Just("<li>".into()), Just("\\".into()),
            Just("Scribe: ".into()), Just("é@é.é ".into()), Just("~~".into()), Just("-24-01-17/".into()), ".{0,30}",
        ], 0..30),
        tail in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut bytes = start.as_bytes().to_vec();
        bytes.extend(middle.join(if tail.len() % 2 == 0 { "\n" } else { "" }).bytes());
        bytes.extend(tail);
        if let Some(reading) = read("madewg/interim-31-01/minutes.md", &bytes) {
            let of_facts = reading.facts.iter().map(|fact| &fact.evidence);
            for evidence in of_facts.chain(reading.problems.iter().map(|problem| &problem.evidence)) {
                prop_assert!(evidence.start <= evidence.end && evidence.end <= bytes.len() as u64);
            }
        }
    }
}

fn table(groups: &BTreeMap<String, Group>) -> String {
    let acts =
        ["held-meeting", "attended", "chaired", "scribed", "spoke", "polled", "decided", "concluded", "assigned"];
    let rows: Vec<Vec<String>> = groups
        .iter()
        .map(|(name, group)| {
            let problems: Vec<String> = group.problems.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
            let figures = acts.map(|act| group.acts.get(act).copied().unwrap_or(0).to_string());
            [name.clone(), group.n_files.to_string()].into_iter().chain(figures).chain([problems.join(", ")]).collect()
        })
        .collect();
    let header: Vec<&str> = ["group", "files"].into_iter().chain(acts).chain(["problems"]).collect();
    dev::table(&header, &rows)
}

/// The reading of a file by `ietf_minutes`, or `None` where it says that the file is not its own.
fn read(origin: &str, bytes: &[u8]) -> Option<Reading> {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, origin, bytes);
    let adapter = adapters::ADAPTERS.iter().find(|adapter| adapter.name() == "ietf_minutes").unwrap();
    adapter.is_mine(&snapshot).then(|| adapter.read(&snapshot))
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
        for entry in std::fs::read_dir(path).unwrap().map_while(Result::ok) {
            let list = if entry.path().is_dir() { &mut open } else { &mut files };
            list.push(entry.path());
        }
    }
    files.sort();
    let base = top.parent().filter(|_| !folder.contains('/')).or_else(|| top.parent()?.parent()).unwrap().to_path_buf();
    // A look at the head decides: of larger files the beginning is enough.
    let head = |path: &PathBuf| {
        let mut bytes = std::fs::read(path).unwrap();
        if !folder.contains('/') {
            bytes.truncate(64_000);
        }
        bytes
    };
    let is_small = |path: &PathBuf| std::fs::metadata(path).is_ok_and(|data| data.len() < 60_000_000);
    let read = |path: PathBuf| (path.strip_prefix(&base).unwrap().to_string_lossy().into_owned(), head(&path));
    Some(files.into_iter().filter(is_small).map(read).collect())
}
