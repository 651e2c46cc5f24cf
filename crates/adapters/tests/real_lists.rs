//! Real lists, where they are at hand: what is read of them, and that no other file is taken for a list.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and shows its table")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fact::{Party, Precision, Reading, Snapshot, content_id};

const LISTS: [&str; 3] = ["attendance_list", "ballot_list", "contribution_list"];

fn data() -> Option<PathBuf> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if top.is_dir() {
        return Some(top);
    }
    println!("skipped: the shared data are not at hand");
    None
}

/// Who of the lists' adapters claims a file, and what it reads.
fn read(origin: &str, bytes: &[u8]) -> Option<(&'static str, Reading)> {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, origin, bytes);
    let lists = adapters::ADAPTERS.iter().filter(|adapter| LISTS.contains(&adapter.name()));
    let adapter = lists.into_iter().find(|adapter| adapter.is_mine(&snapshot))?;
    Some((adapter.name(), adapter.read(&snapshot)))
}

fn counts<'a>(words: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    words.fold(BTreeMap::new(), |mut counts, word| {
        *counts.entry(word).or_default() += 1;
        counts
    })
}

fn one(path: &str) -> Option<Reading> {
    let bytes = std::fs::read(data()?.join(path)).expect("the file is in the pack");
    let (name, reading) = read(path, &bytes).expect("it is a list");
    assert_eq!(name, "contribution_list");
    Some(reading)
}

/// Counted independently with Python: 3,106 lines outside comments begin with a number in a link or span. 3 are not
/// assigned, 14 have no comma after the date, 6 have the number of a standard before it; of 3,083 with authors, 55 name a
/// group, 46 two persons with a word or mark between them, 2 a second person after a comma. One date is no date.
#[test]
fn the_log_of_wg14() {
    let Some(reading) = one("contributions/iso-jtc1-sc22-wg14/wg14_document_log.htm") else { return };
    assert_eq!(reading.about, "document log of WG 14");
    assert_eq!(reading.n_units, 3106);
    let facts = counts(reading.facts.iter().map(|fact| fact.act.slug()));
    let problems = counts(reading.problems.iter().map(|problem| problem.kind));
    let parties = counts(reading.facts.iter().map(|fact| fact.who.party.slug()));
    let precisions = counts(reading.facts.iter().map(|fact| fact.when.precision.slug()));
    println!("{facts:?} {parties:?} {precisions:?} {problems:?}");
    assert_eq!(facts, BTreeMap::from([("submitted", 3083 + 46 + 2)]));
    assert_eq!(parties["person"], 3131 - 55);
    assert_eq!(problems, BTreeMap::from([("date-unreadable", 1), ("source-missing", 14 + 6)]));
    assert_eq!((precisions["month"], precisions["unknown"]), (5, 1));
    for fact in &reading.facts {
        let is_person = fact.who.party == Party::Person;
        assert!(is_person == fact.who.name.is_some() && is_person == fact.who.affiliation.is_none());
        let name = fact
            .who
            .name
            .as_deref()
            .or(fact.who.affiliation.as_deref())
            .or(fact.who.role.as_deref())
            .unwrap_or_default();
        assert!((2..=20).contains(&name.len()) && !name.contains([',', '<', '&', ';']), "`{name}`");
        assert!(fact.when.precision != Precision::Year && fact.evidence.place.starts_with("line "));
    }
}

/// 39 rows with a document number and 48 names of sources, counted by hand in a spreadsheet program.
#[test]
fn a_tdoc_list_in_a_workbook() {
    let Some(reading) = one("contributions/3gpp-sa2-tdocs-by-agenda/comments/comments.xlsx") else { return };
    assert_eq!((reading.about.as_str(), reading.n_units), ("3GPP TDoc list", 39));
    assert_eq!(counts(reading.facts.iter().map(|fact| fact.act.slug())), BTreeMap::from([("submitted", 48)]));
    assert_eq!(counts(reading.problems.iter().map(|problem| problem.kind)), BTreeMap::from([("meeting-not-named", 1)]));
}

/// Of all files at hand, only those two are lists, and four are listings of folders.
#[test]
fn no_other_file_is_taken_for_a_list() {
    let Some(top) = data() else { return };
    let (mut open, mut files) = (vec![top.clone()], Vec::<PathBuf>::new());
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(path).expect("a folder can be listed").map_while(Result::ok) {
            let list = if entry.path().is_dir() { &mut open } else { &mut files };
            list.push(entry.path());
        }
    }
    let mut taken = Vec::new();
    for path in &files {
        let Ok(bytes) = std::fs::read(path) else { continue };
        let origin = path.strip_prefix(&top).expect("it is below").to_string_lossy().into_owned();
        if let Some((name, reading)) = read(&origin, &bytes) {
            taken.push(format!("{name} {origin}: {}", reading.about.split(" /").next().unwrap_or_default()));
        }
    }
    taken.sort();
    println!("{} files\n{}", files.len(), taken.join("\n"));
    let folder = "contribution_list contributions/3gpp-sa2-tdocs-by-agenda";
    assert_eq!(
        taken,
        [
            format!("{folder}/comments/comments.xlsx: 3GPP TDoc list"),
            format!("{folder}/ftp_server/2020.02.24_Tdocs_by_Agenda.htm: listing of the folder"),
            format!("{folder}/specs/ftp_Specs_latest_.htm: listing of the folder"),
            format!("{folder}/specs/ftp_Specs_latest_Rel-16_23_series_.htm: listing of the folder"),
            format!("{folder}/ts/www.3gpp.org_-__ftp_Specs_latest_Rel-13_36_series_.html: listing of the folder"),
            "contribution_list contributions/iso-jtc1-sc22-wg14/wg14_document_log.htm: document log of WG 14".into(),
        ]
    );
}
