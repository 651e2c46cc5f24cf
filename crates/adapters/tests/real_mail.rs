//! The mail archives, read as they stand: messages, problems and unknowns of each file.
//!
//! The messages of each file were counted with `grep`: `From ` lines with a date, lines of 73 `=`; the answers, senders and
//! copies by Python's `mailbox` and `email`. The files are not part of the repository; without them the test says so and
//! passes.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and shows its table")]

use std::path::{Path, PathBuf};

use fact::{Act, Fact, Precision, Reading, Snapshot, content_id};

/// What a file holds: the end of its path; units, facts, answers, named parents, facts without a name, problems; the list.
type Expected = (&'static str, [usize; 6], Option<&'static str>);

const AHG: Option<&str> = Some("3GPP_TSG_SA_ITUT_AHG");
const MTCE: Option<&str> = Some("3GPP_TSG_SA_WG2_MTCE");
const EVS: Option<&str> = Some("3GPP_TSG_SA_WG4_EVS");
const PRIVACY: Option<&str> = Some("public-privacy.w3.org");

const FILES: [Expected; 21] = [
    ("2001-November.txt", [164, 82, 58, 57, 1, 82], Some("Numpy-discussion")),
    ("AHG.DBNAMES", [12, 0, 0, 0, 0, 0], None),
    ("LOG1703B", [1, 1, 1, 1, 0, 0], AHG),
    ("LOG1703C", [1, 1, 1, 0, 0, 1], AHG),
    ("LOG1710B", [2, 2, 2, 2, 0, 0], AHG),
    ("LOG1711C", [1, 1, 1, 0, 0, 0], AHG),
    ("LOG1711E", [1, 1, 0, 0, 0, 0], AHG),
    ("LOG1905D", [1, 1, 0, 0, 0, 0], AHG),
    ("MTCE.DBNAMES", [260, 0, 0, 0, 0, 0], None),
    ("LOG1305E", [15, 15, 12, 10, 0, 0], MTCE),
    ("LOG1306B", [5, 5, 3, 3, 0, 0], MTCE),
    ("LOG1306D", [2, 2, 2, 2, 0, 0], MTCE),
    ("LOG1308A", [1, 1, 1, 1, 0, 0], MTCE),
    ("LOG1309A", [2, 2, 2, 2, 0, 0], MTCE),
    ("LOG1311A", [5, 5, 4, 3, 0, 0], MTCE),
    ("LOG1311C", [5, 5, 4, 3, 0, 0], MTCE),
    ("WG4_EVS.mbox", [50, 49, 16, 16, 0, 1], EVS),
    ("index.html", [1, 0, 0, 0, 0, 1], None),
    ("w3crawl-nonascii.html", [1, 1, 0, 0, 0, 0], PRIVACY),
    ("w3crawl-test-message-to-cc.html", [1, 1, 1, 1, 0, 0], PRIVACY),
    ("w3crawl-test-message.html", [1, 1, 0, 0, 0, 0], PRIVACY),
];

#[test]
fn every_file_is_read_as_counted() {
    let Some(files) = files("mail") else { return };
    let (mut rows, mut n_seen) = (Vec::new(), 0);
    for (origin, bytes) in &files {
        let Some(reading) = read(origin, bytes) else {
            assert!(origin.ends_with("SOURCE.md"), "{origin} is left to others");
            continue;
        };
        n_seen += 1;
        let &(_, counts, body) = FILES.iter().find(|(end, ..)| origin.ends_with(end)).expect(origin);
        let of = |is: fn(&Fact) -> bool| reading.facts.iter().filter(|fact| is(fact)).count();
        let found = [
            usize::try_from(reading.n_units).expect("it fits"),
            reading.facts.len(),
            of(|fact| fact.status.as_deref() == Some("reply")),
            of(|fact| fact.target.is_some()),
            of(|fact| fact.who.name.is_none()),
            reading.problems.len(),
        ];
        rows.push([vec![origin.clone()], found.map(|count| count.to_string()).to_vec()].concat());
        assert_eq!(found, counts, "{origin}: {:#?}", reading.problems);
        assert!(reading.facts.iter().all(|fact| fact.body.as_deref() == body), "{origin}");
        check(origin, bytes, &reading);
    }
    println!("{}", dev::table(&["file", "units", "facts", "answers", "parents", "nameless", "problems"], &rows));
    // One page is there twice.
    assert_eq!(n_seen, FILES.len() + 1);
}

/// What every fact of these files has: a domain, a subject, a day or the month of the log, and no address anywhere.
fn check(origin: &str, bytes: &[u8], reading: &Reading) {
    for fact in &reading.facts {
        assert_eq!(fact.act, Act::Posted);
        let domain = fact.who.domain.as_deref().unwrap_or_default();
        assert!(domain.contains('.') && domain.to_lowercase() == domain, "{origin}: domain `{domain}`");
        let words = String::from_utf8_lossy(&bytes[fact.evidence.start as usize..fact.evidence.end as usize]);
        assert!(
            words.len() < 6000 && ["From:", "from:", "<!-- name="].iter().any(|mark| words.contains(mark)),
            "{origin}: {words}"
        );
        let name = fact.who.name.as_deref().unwrap_or_default();
        assert!(!name.contains(" at ") && !name.contains('@'), "{origin}: name `{name}`");
        assert!(!fact.evidence.quote.contains('@'), "{origin}: {}", fact.evidence.quote);
        let is_dated = fact.when.precision == Precision::Day && fact.confidence > 0.99;
        assert!(
            is_dated || fact.when.precision == Precision::Month && fact.confidence < 0.6,
            "{origin}: {:?}",
            fact.when
        );
    }
}

#[test]
fn kinds_of_problems_are_those_that_the_files_have() {
    let Some(files) = files("mail") else { return };
    let readings: Vec<Reading> = files.iter().filter_map(|(origin, bytes)| read(origin, bytes)).collect();
    let count = |kind: &str| {
        readings.iter().flat_map(|reading| &reading.problems).filter(|problem| problem.kind == kind).count()
    };
    // The month of the first file stands in it twice, the last message of another does; one log has a message without a
    // date; one index shows one of its twelve messages.
    assert_eq!(count("doubled-message"), 83);
    assert_eq!(count("date-unreadable"), 1);
    assert_eq!(count("list-incomplete"), 1);
    assert_eq!(readings.iter().map(|reading| reading.problems.len()).sum::<usize>(), 85);
}

/// Nothing else in the shared data is taken for mail.
#[test]
fn other_files_are_left_alone() {
    let Some(files) = files("") else { return };
    let others = files.iter().filter(|(origin, _)| !origin.starts_with("data/mail/") && !origin.starts_with("mail/"));
    let taken: Vec<&String> =
        others.clone().filter(|(origin, bytes)| read(origin, bytes).is_some()).map(|(origin, _)| origin).collect();
    println!("{} other files, none taken for mail", others.count());
    assert_eq!(taken, Vec::<&String>::new());
}

/// The reading of a file by `mailbox`, or `None` where it says that the file is not its own.
fn read(origin: &str, bytes: &[u8]) -> Option<Reading> {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, origin, bytes);
    let mailbox = adapters::ADAPTERS.iter().find(|adapter| adapter.name() == "mailbox").expect("it is in the list");
    mailbox.is_mine(&snapshot).then(|| mailbox.read(&snapshot))
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
    let read = |path: PathBuf| {
        let origin = path.strip_prefix(&base).expect("it is below").to_string_lossy().into_owned();
        (origin, std::fs::read(&path).expect("a file can be read"))
    };
    Some(files.into_iter().map(read).collect())
}
