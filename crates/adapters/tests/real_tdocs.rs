//! The real document lists, where they are at hand: what is read agrees with `scripts/independent_tdocs_count.py`.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::print_stdout, reason = "a test that skips says so")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use fact::{Act, Evidence, Fact, Party, Reading, Snapshot, content_id, fact_id};

const FOLDER: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/contributions/3gpp-sa2-tdocs-by-agenda");

/// What `independent_tdocs_count.py` printed for one list.
struct Expected {
    file: &'static str,
    about: &'static str,
    rows: usize,
    types: &'static [(&'static str, usize)],
    results: &'static [(&'static str, usize)],
}

const LISTS: [Expected; 6] = [
    Expected {
        file: "128Bis.htm",
        about: "3GPP document list of SA2#128Bis",
        rows: 1401,
        types: &[
            ("AGENDA", 1),
            ("CR", 545),
            ("DISCUSSION", 27),
            ("LS In", 40),
            ("LS OUT", 60),
            ("OTHER", 6),
            ("P-CR", 679),
            ("REPORT", 1),
            ("SID REVISED", 11),
            ("TS OR TR COVER", 15),
            ("TS or TR cover", 9),
            ("WID NEW", 3),
            ("WID new", 4),
        ],
        results: &[
            ("Agreed", 169),
            ("Approved", 201),
            ("Endorsed", 1),
            ("Merged", 52),
            ("Not Handled", 160),
            ("Noted", 86),
            ("Postponed", 21),
            ("Replied to", 11),
            ("Revised", 656),
            ("Withdrawn", 43),
        ],
    },
    Expected {
        file: "138E_final.html",
        about: "3GPP document list of SA2#138E",
        rows: 824,
        types: &[
            ("AGENDA", 1),
            ("CR", 655),
            ("DISCUSSION", 16),
            ("DRAFTCR", 8),
            ("LS In", 68),
            ("LS OUT", 62),
            ("REPORT", 1),
            ("SID REVISED", 1),
            ("WID NEW", 11),
            ("WID REVISED", 1),
        ],
        results: &[
            ("Approved", 280),
            ("Merged", 40),
            ("Noted", 199),
            ("Postponed", 36),
            ("Replied to", 13),
            ("Revised", 227),
            ("Withdrawn", 29),
        ],
    },
    Expected {
        file: "2019.07.02_TDocsByAgenda_wrong.html",
        about: "3GPP document list of SA2#134, cut short",
        rows: 1,
        types: &[("LS OUT", 1)],
        results: &[],
    },
    Expected {
        file: "2020.02.24_TdocsByAgenda_SA2-137E.htm",
        about: "3GPP document list of SA2#137E",
        rows: 544,
        types: &[
            ("AGENDA", 2),
            ("CR", 417),
            ("DISCUSSION", 44),
            ("DRAFTCR", 6),
            ("LS In", 29),
            ("LS OUT", 10),
            ("OTHER", 2),
            ("REPORT", 2),
            ("SID REVISED", 10),
            ("WI STATUS REPORT", 7),
            ("WID NEW", 13),
            ("WID REVISED", 2),
        ],
        results: &[("Noted", 1), ("Postponed", 2), ("Revised", 3), ("Withdrawn", 27), ("revised", 1)],
    },
    Expected {
        file: "2020.02.29_TdocsByAgenda_SA2-137E.htm",
        about: "3GPP document list of SA2#137E",
        rows: 713,
        types: &[
            ("AGENDA", 2),
            ("CR", 570),
            ("DISCUSSION", 44),
            ("DRAFTCR", 6),
            ("LS In", 29),
            ("LS OUT", 12),
            ("OTHER", 3),
            ("REPORT", 3),
            ("SID REVISED", 15),
            ("WI STATUS REPORT", 8),
            ("WID NEW", 19),
            ("WID REVISED", 2),
        ],
        results: &[
            ("Agreed", 200),
            ("Approved", 20),
            ("Conditionally agreed", 1),
            ("Endorsed", 1),
            ("Merged", 15),
            ("Not Handled", 6),
            ("Noted", 203),
            ("Postponed", 65),
            ("Replied to", 1),
            ("Revised", 172),
            ("Withdrawn", 28),
            ("revised", 1),
        ],
    },
    Expected {
        file: "CurDoc.htm",
        about: "page of the document on the screen",
        rows: 1,
        types: &[("LS OUT", 1)],
        results: &[],
    },
];

/// Reads one list; `None`, with a message, where the folder is absent.
#[expect(clippy::disallowed_methods, reason = "a test reads its input")]
fn read(file: &str) -> Option<(Vec<u8>, Reading)> {
    let path = PathBuf::from(FOLDER).join(file);
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: {} is not here", path.display());
        return None;
    };
    let id = content_id(&bytes);
    let snapshot = Snapshot::new(&id, file, &bytes);
    let adapter = adapters::adapter_for(&snapshot).expect("an adapter takes the list");
    assert_eq!(adapter.name(), "tdocs_by_agenda");
    let reading = adapter.read(&snapshot);
    Some((bytes, reading))
}

/// The document number in a place such as `row 17, S2-187630`.
fn number(evidence: &Evidence) -> Option<&str> {
    evidence.place.split_once(", ").map(|(_, number)| number)
}

fn counted(words: impl Iterator<Item = (String, String)>) -> Vec<(String, usize)> {
    let rows: BTreeSet<(String, String)> = words.collect();
    let mut counts = BTreeMap::new();
    for (word, _) in rows {
        *counts.entry(word).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

fn named(expected: &[(&str, usize)]) -> Vec<(String, usize)> {
    expected.iter().map(|(word, n)| (word.to_string(), *n)).collect()
}

fn status_by_place<'a>(facts: impl Iterator<Item = &'a Fact>) -> Vec<(String, usize)> {
    counted(facts.map(|fact| (fact.status.clone().unwrap_or_default(), fact.evidence.place.clone())))
}

/// The outcome that a row states of its own document, not what it says of others.
fn is_own_outcome(fact: &Fact) -> bool {
    let own = |thing: &Option<fact::Thing>| thing.as_ref().map(|thing| thing.id.as_str()) == number(&fact.evidence);
    let thing = if fact.act == Act::Answered { &fact.target } else { &fact.object };
    fact.act.term().family == "outcome" && own(thing) || fact.act == Act::Answered && own(thing)
}

#[test]
fn every_row_is_a_fact_or_a_problem_and_counts_agree() {
    let mut numbers = BTreeSet::new();
    let mut n_rows = 0;
    for expected in &LISTS {
        let Some((bytes, reading)) = read(expected.file) else { return };
        assert_eq!(reading.about, expected.about);
        let places = || {
            let facts = reading.facts.iter().map(|fact| &fact.evidence);
            facts.chain(reading.problems.iter().map(|problem| &problem.evidence))
        };
        let rows: BTreeSet<&str> =
            places().filter(|place| number(place).is_some()).map(|place| &*place.place).collect();
        assert_eq!(rows.len(), expected.rows, "{}", expected.file);
        n_rows += rows.len();
        numbers.extend(places().filter_map(number).map(String::from));

        // A reserved number has a type and an outcome, but nobody submitted it.
        let submitted = reading.facts.iter().filter(|fact| matches!(fact.act, Act::Submitted | Act::Liaised));
        let submitted = submitted.filter(|fact| fact.status.as_deref().is_none_or(|status| status != "Approved"));
        let mut types = status_by_place(submitted);
        let n_reserved = usize::from(expected.file.contains("137E"));
        types.iter_mut().filter(|(kind, _)| kind == "LS In").for_each(|(_, n)| *n += n_reserved);
        assert_eq!(types, named(expected.types), "types in {}", expected.file);

        let outcomes = reading.facts.iter().filter(|fact| is_own_outcome(fact));
        assert_eq!(status_by_place(outcomes), named(expected.results), "results in {}", expected.file);

        for place in places().filter(|place| number(place).is_some()) {
            let row = &bytes[place.start as usize..place.end as usize];
            let text = String::from_utf8_lossy(row);
            assert!(text[..3].eq_ignore_ascii_case("<tr") && text.to_ascii_lowercase().ends_with("</tr>"), "{text}");
            assert!(text.contains(number(place).unwrap()), "{}: {text}", place.place);
        }
    }
    assert_eq!((n_rows, numbers.len()), (3484, 2940));
}

#[test]
fn problems_are_few_and_each_is_known() {
    let mut problems = Vec::new();
    for expected in &LISTS {
        let Some((_, reading)) = read(expected.file) else { return };
        let kinds = reading.problems.iter().map(|problem| (problem.kind.to_string(), problem.evidence.place.clone()));
        problems.extend(counted(kinds).into_iter().map(|(kind, n)| format!("{}: {n} {kind}", expected.file)));
        let ids: BTreeSet<String> = reading.facts.iter().map(|fact| fact_id("tdocs_by_agenda", "", fact)).collect();
        assert_eq!(ids.len(), reading.facts.len(), "a fact of {} was read twice", expected.file);
        let unread = reading.facts.iter().filter(|fact| fact.event.is_none() || fact.body.is_none()).count();
        assert_eq!(unread, usize::from(expected.file == "CurDoc.htm"), "facts of {} without meeting", expected.file);
    }
    // `Acme, …` names others that it does not name; the cut list and the page without a meeting are what they are.
    let expected = [
        "2019.07.02_TDocsByAgenda_wrong.html: 1 list-cut",
        "2020.02.24_TdocsByAgenda_SA2-137E.htm: 1 source-unclear",
        "2020.02.29_TdocsByAgenda_SA2-137E.htm: 1 source-unclear",
        "CurDoc.htm: 1 meeting-not-named",
    ];
    assert_eq!(problems, expected);
}

#[test]
fn every_revision_has_its_number_and_sources_are_parties() {
    // Revised rows with a number in the comments, from the independent count.
    for (file, n_revised) in
        [("128Bis.htm", 656), ("138E_final.html", 227), ("2020.02.29_TdocsByAgenda_SA2-137E.htm", 173)]
    {
        let Some((_, reading)) = read(file) else { return };
        let revised = reading.facts.iter().filter(|fact| fact.act == Act::RevisedInto && is_own_outcome(fact));
        let places: BTreeSet<&str> =
            revised.filter(|fact| fact.target.is_some()).map(|fact| &*fact.evidence.place).collect();
        assert_eq!(places.len(), n_revised, "{file}");
        for fact in reading.facts.iter().filter(|fact| fact.who.party == Party::Organisation) {
            let name = fact.who.affiliation.as_deref().unwrap();
            assert!(!name.contains(['?', '[', ']', ';', '{', '…']), "{name}");
            assert!(!name.contains("WG") && !name.contains(" Chair"), "{name}");
        }
    }
}

#[test]
fn listings_of_folders_are_not_document_lists() {
    for file in ["ftp_server/2020.02.24_Tdocs_by_Agenda.htm", "specs/ftp_Specs_latest_.htm"] {
        let path = PathBuf::from(FOLDER).join(file);
        #[expect(clippy::disallowed_methods, reason = "a test reads its input")]
        let Ok(bytes) = std::fs::read(&path) else {
            println!("skipped: {} is not here", path.display());
            return;
        };
        let snapshot = Snapshot::new("", file, &bytes);
        let adapter = adapters::adapter_for(&snapshot).map(fact::Adapter::name);
        assert_ne!(adapter, Some("tdocs_by_agenda"), "{file}");
    }
}
