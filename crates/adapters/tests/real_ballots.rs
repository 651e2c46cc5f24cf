//! Ballots, roll calls and tables of revisions of the CA/Browser Forum, read as they stand.
//!
//! The figures of the ballot are those that the page states for each class; persons at the roll call and rows of revisions
//! were counted with `tr` and `grep`. The files are not part of the repository; without them the test says so and passes.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and shows its table")]

use std::collections::BTreeMap;
use std::path::Path;

use fact::{Act, Fact, Precision, Reading, Snapshot, content_id};
use proptest::prelude::*;

#[test]
fn the_ballot_of_2017_gives_every_vote_its_movers_and_its_outcome() {
    let Some(reading) = file("votes/cabf/2017-02-24-ballot-185.excerpt.md") else { return };
    let of = |act: Act, role: &str, status: &str| {
        let is = |fact: &&Fact| {
            fact.act == act && fact.who.role.as_deref() == Some(role) && fact.status.as_deref() == Some(status)
        };
        reading.facts.iter().filter(is).count()
    };
    let table = [
        ("CAs, yes", of(Act::Voted, "CAs", "yes"), 1),
        ("CAs, no", of(Act::Voted, "CAs", "no"), 24),
        ("CAs, abstain", of(Act::Abstained, "CAs", "abstain"), 3),
        ("browsers, yes", of(Act::Voted, "browsers", "yes"), 2),
        ("browsers, no", of(Act::Voted, "browsers", "no"), 2),
        ("browsers, abstain", of(Act::Abstained, "browsers", "abstain"), 1),
    ];
    for (what, found, stated) in table {
        println!("{what}: {found} of {stated}");
        assert_eq!(found, stated, "{what}");
    }
    let n = |act: Act| reading.facts.iter().filter(|fact| fact.act == act).count();
    assert_eq!(
        [n(Act::Proposed), n(Act::Supported), n(Act::NotPursued), n(Act::Approved), n(Act::Concluded)],
        [1, 2, 1, 0, 3]
    );
    let quorum = reading.facts.iter().find_map(|fact| fact.amount.clone()).unwrap();
    assert_eq!((quorum.value, quorum.unit.as_str()), (11.0, "votes for a quorum"));
    let voted = reading.facts.iter().find(|fact| fact.act == Act::Voted).unwrap();
    let days = [voted.when.from, voted.when.to].map(|day| day.unwrap().to_string());
    assert_eq!(days, ["2017-02-17", "2017-02-24"], "votes are of the voting period");
    assert_eq!(reading.problems, []);
}

#[test]
fn the_roll_call_of_2023_names_everybody_with_their_member() {
    let Some(reading) = file("votes/cabf/2023-04-27-minutes-forum.excerpt.md") else { return };
    let present: Vec<&Fact> = reading.facts.iter().filter(|fact| fact.act == Act::Attended).collect();
    println!("{} persons at the roll call", present.len());
    assert_eq!(present.len(), 38, "one for each opening bracket of the paragraph");
    assert!(present.iter().all(|fact| fact.who.affiliation.is_some() && fact.when.precision == Precision::Day));
    assert!(present.iter().all(|fact| fact.event.as_deref() == Some("CA/Browser Forum 2023-04-27")));
    assert_eq!(reading.problems, []);
}

#[test]
fn tables_of_revisions_name_a_ballot_for_each_version() {
    let mut rows: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (name, n_rows, n_with_ballot) in [("BR", 114, 113), ("EVG", 46, 46), ("NSR", 8, 8)] {
        let Some(reading) = file(&format!("governance/cabf-servercert/docs/{name}.md")) else { return };
        let approved: Vec<&Fact> = reading.facts.iter().filter(|fact| fact.act == Act::Approved).collect();
        let with_ballot =
            approved.iter().filter(|fact| fact.object.as_ref().is_some_and(|thing| thing.kind == "ballot"));
        let figures = [approved.len(), with_ballot.count(), reading.problems.len()];
        assert_eq!(figures[..2], [n_rows, n_with_ballot], "{name}");
        assert!(approved.iter().all(|fact| fact.when.precision == Precision::Day), "{name}: a day for each");
        rows.insert(name, figures);
    }
    println!("rows, with a ballot, problems: {rows:?}");
    assert_eq!(rows["BR"][2], 1, "one version is said to take effect before it was adopted");
}

/// What is no ballot is left alone, also where it speaks of votes.
#[test]
fn other_files_are_left_alone() {
    let Some(top) = top() else { return };
    let (mut open, mut n_files, mut taken) = (vec![top.clone()], 0, Vec::new());
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(path).unwrap().map_while(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            if std::fs::metadata(&path).is_ok_and(|data| data.len() > 60_000_000) {
                continue;
            }
            let origin = path.strip_prefix(&top).unwrap().to_string_lossy().into_owned();
            let mut bytes = std::fs::read(&path).unwrap();
            bytes.truncate(200_000);
            n_files += 1;
            taken.extend(read(&origin, &bytes).map(|_| origin));
        }
    }
    taken.sort();
    println!("{n_files} files, {} taken", taken.len());
    assert!(
        taken
            .iter()
            .all(|origin| origin.starts_with("votes/cabf/") || origin.starts_with("governance/cabf-servercert/docs/")),
        "{taken:?}"
    );
    assert_eq!(taken.len(), 5);
}

proptest! {
    /// Reading never fails, and every place lies within the bytes.
    #[test]
    fn no_bytes_break_the_reading(
        start in prop::sample::select(vec![
            "---\ntitle: Ballot 1 – A\ndate: 2024-01-01\n---\n1 Yes vote: A\n", "| Member | Vote | Comment |\n|--|--|--|\n| A | yes | vote |\n",
            "---\ntitle: 2024-01-01 Minutes of the CA/Browser Forum\n---\n## Attendees\n", "| Ver. | Ballot | Description | Adopted |\n",
            "Member,Vote,Ballot\n",
        ]),
        middle in prop::collection::vec(prop_oneof![
            Just("3 Issuers voting YES: Ä Ö, Ü (é, ".to_string()), Just("proposed by Ä Ö of É, Inc and endorsed by ".into()),
            Just("| ".into()), Just("quorum was 9 – quorum was met.".into()), Just("(A (B".into()), Just("), ".into()), Just("\\_\\_PRESENT".into()),
            Just("\"".into()), Just(" and ".into()), Just(" abstained".into()), Just("\u{2010}Aug\u{2010}12".into()), ".{0,30}",
        ], 0..30),
        tail in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut bytes = start.as_bytes().to_vec();
        bytes.extend(middle.join(if tail.len() % 2 == 0 { "\n" } else { "" }).bytes());
        bytes.extend(tail);
        if let Some(reading) = read("cabf/ballot.md", &bytes) {
            let of_facts = reading.facts.iter().map(|fact| &fact.evidence);
            for evidence in of_facts.chain(reading.problems.iter().map(|problem| &problem.evidence)) {
                prop_assert!(evidence.start <= evidence.end && evidence.end <= bytes.len() as u64);
            }
        }
    }
}

/// The folder of the shared data, or `None` where it is not at hand.
fn top() -> Option<std::path::PathBuf> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if !top.is_dir() {
        println!("skipped: the shared data are not at hand");
        return None;
    }
    Some(top)
}

fn file(origin: &str) -> Option<Reading> {
    let bytes = std::fs::read(top()?.join(origin)).unwrap();
    Some(read(origin, &bytes).unwrap())
}

/// The reading of a file by `ballot`, or `None` where it says that the file is not its own.
fn read(origin: &str, bytes: &[u8]) -> Option<Reading> {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, origin, bytes);
    let adapter = adapters::ADAPTERS.iter().find(|adapter| adapter.name() == "ballot").unwrap();
    adapter.is_mine(&snapshot).then(|| adapter.read(&snapshot))
}
