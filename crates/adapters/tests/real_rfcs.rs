//! The RFC index, front pages of RFCs and sources of drafts, read as they stand: what was understood and what was not.
//!
//! The figures were counted apart from the adapters: entries of the index by lines that begin with a number, front
//! pages by hand (a sample of 40, all names right). The files are not part of the repository; without them the test
//! says so and passes.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and shows its table")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fact::{Act, Fact, Party, Reading, Snapshot, content_id};

/// Acts and kinds of problems with their numbers, over all readings.
fn counts(readings: &[Reading]) -> (BTreeMap<&'static str, usize>, BTreeMap<&'static str, usize>) {
    let (mut acts, mut problems) = (BTreeMap::new(), BTreeMap::new());
    for reading in readings {
        for fact in &reading.facts {
            *acts.entry(fact.act.slug()).or_default() += 1;
        }
        for problem in &reading.problems {
            *problems.entry(problem.kind).or_default() += 1;
        }
    }
    println!("{acts:?}\n{problems:?}");
    (acts, problems)
}

#[test]
fn the_index_is_read_to_the_last_entry() {
    let Some(files) = files("standards/rfc-series/rfc-index.txt") else { return };
    let (origin, bytes) = &files[0];
    let text = String::from_utf8_lossy(bytes);
    let is_entry = |line: &&str| {
        line.len() > 4 && line[..4].bytes().all(|byte| byte.is_ascii_digit()) && line[4..].starts_with(' ')
    };
    let n_entries = text.lines().filter(is_entry).count();
    let reading = read("rfc_index", origin, bytes).expect("it is an index");
    assert_eq!(reading.n_units as usize, n_entries);
    let (acts, problems) = counts(std::slice::from_ref(&reading));
    assert_eq!(problems, BTreeMap::new());
    assert_eq!(acts["published"], n_entries - text.lines().filter(|line| line.ends_with("Not Issued. ")).count());
    assert_eq!(acts["authored"] + acts["edited"], 19_531);
    assert_eq!((acts["replaced"], acts["updated"], acts["part-of"]), (1_354, 1_476, 437));
    let mut once = BTreeSet::new();
    let relations = reading.facts.iter().filter(|fact| matches!(fact.act, Act::Replaced | Act::Updated));
    let ids = |fact: &Fact| [&fact.object, &fact.target].map(|thing| thing.as_ref().map(|thing| thing.id.clone()));
    assert!(
        relations.into_iter().all(|fact| once.insert((fact.act.slug(), ids(fact)))),
        "each relation is stated once"
    );
    let unknown =
        reading.facts.iter().filter(|fact| fact.who.party == Party::Unknown && fact.who.name.is_some()).count();
    assert_eq!(unknown, 3, "authors of whom it is not shown whether they are persons");
}

#[test]
fn front_pages_give_authors_their_organisations() {
    let Some(files) = files("standards/rfc-series/heads") else { return };
    let mut readings = Vec::new();
    for (origin, bytes) in &files {
        let reading = read("rfc_front_page", origin, bytes).unwrap_or_else(|| panic!("{origin} is not read"));
        let number: String =
            origin.rsplit('/').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        assert_eq!(reading.about, format!("front page of RFC {number}"));
        for fact in &reading.facts {
            check(origin, bytes, fact);
        }
        readings.push(reading);
    }
    let (acts, problems) = counts(&readings);
    assert_eq!(problems, BTreeMap::new());
    assert_eq!(acts["published"], 262);
    assert_eq!((acts["authored"], acts["edited"]), (604, 88));
    assert_eq!((acts["replaced"], acts["updated"], acts["part-of"]), (44, 52, 14));
    let people: Vec<&Fact> =
        readings.iter().flat_map(|reading| &reading.facts).filter(|fact| fact.who.party == Party::Person).collect();
    let share = |has: fn(&Fact) -> bool| people.iter().filter(|fact| has(fact)).count() * 100 / people.len();
    let shares = [
        share(|fact| fact.who.affiliation.is_some()),
        share(|fact| fact.who.domain.is_some()),
        share(|fact| fact.who.country.is_some()),
    ];
    println!("{} persons; with affiliation, domain, country: {shares:?} %", people.len());
    assert_eq!(shares, [95, 89, 58]);
}

/// Every name stands where its evidence says, and is a name.
fn check(origin: &str, bytes: &[u8], fact: &Fact) {
    let words = String::from_utf8_lossy(&bytes[fact.evidence.start as usize..fact.evidence.end as usize]);
    let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(name) = &fact.who.name {
        assert!(folded.contains(name.as_str()), "{origin}: `{name}` is not in `{folded}`");
        assert!(name.contains(". ") && !name.contains(['@', '(', ',']), "{origin}: name `{name}`");
    }
    if fact.confidence == 1.0
        && let Some(affiliation) = &fact.who.affiliation
    {
        let first = affiliation.split(' ').next().unwrap_or_default();
        assert!(folded.contains(first), "{origin}: `{affiliation}` is not in `{folded}`");
    }
    assert!(fact.when.from.is_some() || fact.evidence.quote.starts_with("Obsoleted"), "{origin}: no date");
}

/// The index was made by the RFC Editor, apart from the front pages: what both say is the same but for three authors.
#[test]
fn front_pages_and_index_say_the_same() {
    let (Some(index), Some(heads)) = (files("standards/rfc-series/rfc-index.txt"), files("standards/rfc-series/heads"))
    else {
        return;
    };
    let index = read("rfc_index", &index[0].0, &index[0].1).expect("it is an index");
    let mut in_index = BTreeMap::new();
    for fact in &index.facts {
        in_index.entry(id(fact)).or_insert_with(Vec::new).push(fact);
    }
    let mut differ = BTreeMap::<&str, BTreeSet<String>>::new();
    for (origin, bytes) in &heads {
        let reading = read("rfc_front_page", origin, bytes).expect("it is a front page");
        let number = id(&reading.facts[0]);
        let same: Vec<&Fact> = in_index.get(&number).into_iter().flatten().copied().collect();
        let published = |facts: &[&Fact]| {
            facts.iter().find(|fact| fact.act == Act::Published).map(|fact| (fact.when, letters(&title(fact))))
        };
        let authors = |facts: &[&Fact]| {
            facts.iter().filter_map(|fact| fact.who.name.as_deref().map(letters)).collect::<BTreeSet<_>>()
        };
        let own: Vec<&Fact> = reading.facts.iter().collect();
        let (Some((day, words)), Some((other_day, other_words))) = (published(&own), published(&same)) else {
            panic!("{number} is not in the index");
        };
        for (what, is_same) in
            [("date", day == other_day), ("title", words == other_words), ("authors", authors(&own) == authors(&same))]
        {
            if !is_same {
                differ.entry(what).or_default().insert(number.clone());
            }
        }
    }
    println!("{differ:?}");
    // A misspelt title; `3rd` behind a surname and `van` before one, which only one of the two has.
    let numbers = |what: &str| differ.get(what).map_or(0, BTreeSet::len);
    assert_eq!((numbers("date"), numbers("title"), numbers("authors")), (0, 1, 2));
}

fn id(fact: &Fact) -> String {
    fact.object.as_ref().map(|thing| thing.id.clone()).unwrap_or_default()
}

fn title(fact: &Fact) -> String {
    fact.object.as_ref().map(|thing| thing.title.clone()).unwrap_or_default()
}

/// The letters of a text in lower case: spaces and marks are set differently here and there.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn sources_of_drafts_give_authors_and_references() {
    let Some(files) = files("standards/ietf-drafts-kramdown") else { return };
    let readings: Vec<Reading> =
        files.iter().filter_map(|(origin, bytes)| read("internet_draft", origin, bytes)).collect();
    assert_eq!(readings.len(), files.len() - 1, "all but SOURCE.md");
    let (acts, problems) = counts(&readings);
    assert_eq!(problems, BTreeMap::new());
    assert_eq!((acts["authored"], acts["edited"]), (14, 13));
    assert_eq!((acts["cited"], acts["part-of"]), (125, 14));
    assert!(!acts.contains_key("published") && !acts.contains_key("replaced"), "a draft at work is not published");
}

/// Nothing of the other folders is taken for an index, a front page or a draft.
#[test]
fn other_files_are_left_alone() {
    let Some(files) = files(".") else { return };
    let own =
        ["standards/rfc-series/heads/", "standards/rfc-series/rfc-index.txt", "standards/ietf-drafts-kramdown/draft-"];
    let mut n_own = 0;
    for (origin, bytes) in &files {
        let origin = origin.trim_start_matches("./");
        for name in ["rfc_index", "rfc_front_page", "internet_draft"] {
            if is_mine(name, origin, bytes) {
                assert!(own.iter().any(|own| origin.contains(own)), "{name} takes {origin}");
                n_own += 1;
            }
        }
    }
    println!("{} files, {n_own} of them taken", files.len());
    assert_eq!(n_own, 1 + 262 + 14);
}

fn is_mine(name: &str, origin: &str, bytes: &[u8]) -> bool {
    let id = String::new();
    let adapter = adapters::ADAPTERS.iter().find(|adapter| adapter.name() == name).expect("it is in the list");
    adapter.is_mine(&Snapshot::new(&id, origin, bytes))
}

fn read(name: &str, origin: &str, bytes: &[u8]) -> Option<Reading> {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, origin, bytes);
    let chosen = adapters::adapter_for(&snapshot).filter(|adapter| adapter.name() == name)?;
    Some(chosen.read(&snapshot))
}

/// A file of the shared data, or every file below a folder of it, with its path there.
fn files(path: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let top = base.join(path);
    if !top.exists() {
        println!("skipped: `{path}` is not at hand");
        return None;
    }
    let (mut open, mut files) = (vec![top], Vec::<PathBuf>::new());
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a folder can be listed");
            open.extend(entries.map_while(Result::ok).map(|entry| entry.path()));
        } else {
            files.push(path);
        }
    }
    files.sort();
    let read = |path: PathBuf| {
        let origin = path.strip_prefix(&base).expect("it is below").to_string_lossy().into_owned();
        (origin, std::fs::read(&path).expect("a file can be read"))
    };
    Some(files.into_iter().map(read).collect())
}
