//! The founding documents twice: what a clerk wrote in their record files, and what the adapters of prose read from the
//! documents themselves. The tables of `docs/reading.md` are those that this prints.
//!
//! Facts are matched by act, party and session; dates and affiliations of a pair are then compared. Titles are not: those of
//! the records are shortened or in other words, so conclusions are paired by party and by the stems they share. Without the
//! documents beside the repository the test says so and passes.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads files and shows its tables"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fact::{Act, Fact, Reading, Snapshot, When, content_id};

/// What one document gives at least, by both and by one alone.
struct Floor {
    number: &'static str,
    adapter: &'static str,
    /// Facts that both state.
    n_agreed: usize,
    /// Facts of the record that were not read.
    n_only_record: usize,
    /// Pairs of which both have a date, and not the same.
    n_dates_differ: usize,
}

const FLOORS: [Floor; 5] = [
    Floor { number: "000", adapter: "agreement_news", n_agreed: 33, n_only_record: 2, n_dates_differ: 0 },
    Floor { number: "001", adapter: "event_report", n_agreed: 54, n_only_record: 7, n_dates_differ: 1 },
    Floor { number: "002", adapter: "resolution", n_agreed: 16, n_only_record: 12, n_dates_differ: 0 },
    Floor { number: "003", adapter: "event_programme", n_agreed: 32, n_only_record: 0, n_dates_differ: 0 },
    Floor { number: "004", adapter: "agreement_news", n_agreed: 5, n_only_record: 1, n_dates_differ: 0 },
];

#[test]
fn records_and_readings_agree() {
    for floor in &FLOORS {
        let Some(document) = seed(floor.number) else { return };
        let reading = read("seed.txt", &document, floor.adapter);
        let record = read("record.toml", &record(floor.number), "record");
        let (counts, lines) = compare(&record.facts, &reading.facts);
        println!("\n{} ({}, {} problems)\n{}", floor.number, floor.adapter, reading.problems.len(), table(&counts));
        println!("{}", lines.join("\n"));
        let sum = |of: fn(&Count) -> usize| counts.values().map(of).sum::<usize>();
        assert!(sum(|count| count.agreed) >= floor.n_agreed, "{}: fewer facts agree", floor.number);
        assert!(sum(|count| count.only_record) <= floor.n_only_record, "{}: more facts are not read", floor.number);
        let differ = sum(|count| count.dates_differ);
        assert!(differ <= floor.n_dates_differ, "{}: {differ} dates differ", floor.number);
    }
}

/// How the facts of one family of acts compare.
#[derive(Default)]
struct Count {
    agreed: usize,
    dates_equal: usize,
    dates_differ: usize,
    dated_by_record: usize,
    dated_by_reading: usize,
    affiliations_differ: usize,
    only_record: usize,
    only_reading: usize,
}

fn compare(record: &[Fact], reading: &[Fact]) -> (BTreeMap<&'static str, Count>, Vec<String>) {
    let mut counts: BTreeMap<&'static str, Count> = BTreeMap::new();
    let mut lines = Vec::new();
    let mut free: BTreeSet<usize> = (0..reading.len()).collect();
    let mut unmatched: Vec<&Fact> = record.iter().collect();
    // The best pairs first, so that no weak pair takes the partner of a strong one.
    for least in [1_000, 100, 12, 10, 8, 7, 6, 5, 4, 3, 2] {
        unmatched.retain(|one| {
            let best = free.iter().map(|&n| (likeness(one, &reading[n]), std::cmp::Reverse(n))).max();
            let Some((_, std::cmp::Reverse(n))) = best.filter(|(like, _)| *like >= least) else { return true };
            free.remove(&n);
            agree(counts.entry(family(one.act)).or_default(), one, &reading[n], &mut lines);
            false
        });
    }
    for one in unmatched {
        counts.entry(family(one.act)).or_default().only_record += 1;
        lines.push(format!("only in record:  {}", shown(one)));
    }
    for n in free {
        counts.entry(family(reading[n].act)).or_default().only_reading += 1;
        lines.push(format!("only in reading: {}", shown(&reading[n])));
    }
    (counts, lines)
}

/// Counts a pair, and notes how its dates and affiliations differ.
fn agree(count: &mut Count, one: &Fact, other: &Fact, lines: &mut Vec<String>) {
    count.agreed += 1;
    match (one.when != When::UNKNOWN, other.when != When::UNKNOWN) {
        (true, true) if (one.when.from, one.when.to) == (other.when.from, other.when.to) => count.dates_equal += 1,
        (true, true) => {
            count.dates_differ += 1;
            lines.push(format!("dates differ:    {} / {}", shown(one), shown(other)));
        }
        (true, false) => count.dated_by_record += 1,
        (false, true) => count.dated_by_reading += 1,
        (false, false) => {}
    }
    let are_persons = one.who.name.is_some() && other.who.name.is_some();
    if are_persons && !is_same(one.who.affiliation.as_deref(), other.who.affiliation.as_deref()) {
        count.affiliations_differ += 1;
        let (one_at, other_at) = (&one.who.affiliation, &other.who.affiliation);
        lines.push(format!("affiliations:    {} / {one_at:?} / {other_at:?}", shown(one)));
    }
}

/// Acts that are one thing said in two ways are one family.
fn family(act: Act) -> &'static str {
    match act {
        Act::Spoke | Act::Commented => "spoke or commented",
        Act::Concluded
        | Act::Decided
        | Act::Proposed
        | Act::Raised
        | Act::Assigned
        | Act::FollowedUp
        | Act::Approved => "conclusion",
        Act::Chaired | Act::Moderated => "moderated",
        other => other.slug(),
    }
}

/// How much alike two facts are; nothing where act or party differ.
fn likeness(one: &Fact, other: &Fact) -> usize {
    if family(one.act) != family(other.act) {
        return 0;
    }
    match (&one.who.name, &other.who.name) {
        (Some(a), Some(b)) if folded(a) == folded(b) => {
            100 + if session(one) == session(other) { 1_000 } else { 0 } + usize::from(one.act == other.act)
        }
        (Some(_), Some(_)) => 0,
        (Some(_), None) | (None, Some(_)) if family(one.act) != "conclusion" => 0,
        _ if family(one.act) == "conclusion" => {
            let shared = stems(&title(one)).intersection(&stems(&title(other))).count();
            let is_party = one.who.affiliation.is_some()
                && is_same(one.who.affiliation.as_deref(), other.who.affiliation.as_deref());
            if shared == 0 { 0 } else { shared + usize::from(is_party) }
        }
        _ if one.act == Act::HeldMeeting => {
            let (a, b) = (stems(&event(one)), stems(&event(other)));
            let shared = a.intersection(&b).count();
            if shared * 2 >= a.len().min(b.len()).max(1) { 10 + shared } else { 0 }
        }
        _ if !is_same(one.who.affiliation.as_deref(), other.who.affiliation.as_deref()) => 0,
        _ => 100 + usize::from(is_same(one.body.as_deref(), other.body.as_deref())),
    }
}

fn event(fact: &Fact) -> String {
    fact.event.clone().unwrap_or_default()
}

fn title(fact: &Fact) -> String {
    let own = fact.object.as_ref().map(|thing| thing.title.clone()).filter(|title| !title.is_empty());
    own.or_else(|| fact.status.clone()).unwrap_or_default()
}

/// The session in which somebody spoke: its number, else the first word of its title.
fn session(fact: &Fact) -> Option<String> {
    let things = [&fact.object, &fact.target];
    let session = things.into_iter().flatten().find(|thing| thing.kind == "session")?;
    let name = folded(if session.title.is_empty() { &session.id } else { &session.title });
    let number = name.strip_prefix("session ").and_then(|rest| rest.split(' ').next()).map(str::to_string);
    let number = number.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    number.or_else(|| name.split(' ').next().map(str::to_string))
}

/// True for two ways of writing one name: in full, with its acronym in brackets, or the acronym alone.
fn is_same(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => forms(one).intersection(&forms(other)).next().is_some(),
        (one, other) => one == other,
    }
}

fn forms(name: &str) -> BTreeSet<String> {
    let (outside, inside) =
        name.split_once('(').map_or((name, ""), |(outside, rest)| (outside, rest.trim_end_matches(')')));
    let capitals: String =
        outside.split([' ', '-']).filter_map(|word| word.chars().next().filter(|c| c.is_uppercase())).collect();
    let capitals = if capitals.chars().count() > 2 { capitals } else { String::new() };
    [name, outside, inside, &capitals].map(folded).into_iter().filter(|form| !form.is_empty()).collect()
}

fn folded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The beginnings of the words that carry meaning.
fn stems(text: &str) -> BTreeSet<String> {
    let words = folded(text);
    words.split(' ').filter(|word| word.chars().count() > 3).map(|word| word.chars().take(5).collect()).collect()
}

fn shown(fact: &Fact) -> String {
    let who = fact.who.name.as_ref().or(fact.who.affiliation.as_ref()).or(fact.who.role.as_ref());
    let day = fact.when.from.map(|day| day.to_string()).unwrap_or_default();
    let what: String = if fact.act == Act::HeldMeeting { event(fact) } else { title(fact) }.chars().take(60).collect();
    let thing = fact.target.as_ref().or(fact.object.as_ref()).map(|thing| thing.id.clone()).unwrap_or_default();
    format!("{} | {} | {thing} {what} | {day}", fact.act.slug(), who.map_or("", String::as_str))
}

fn table(counts: &BTreeMap<&'static str, Count>) -> String {
    let header = [
        "act",
        "agree",
        "dates equal",
        "differ",
        "record only",
        "reading only",
        "affiliation differs",
        "only in record",
        "only in reading",
    ];
    let rows: Vec<Vec<String>> = counts
        .iter()
        .map(|(act, count)| {
            let numbers = [
                count.agreed,
                count.dates_equal,
                count.dates_differ,
                count.dated_by_record,
                count.dated_by_reading,
                count.affiliations_differ,
                count.only_record,
                count.only_reading,
            ];
            std::iter::once((*act).to_string()).chain(numbers.map(|number| number.to_string())).collect()
        })
        .collect();
    dev::table(&header, &rows)
}

fn read(origin: &str, text: &str, wanted: &str) -> Reading {
    let id = content_id(text.as_bytes());
    let snapshot = Snapshot::new(&id, origin, text.as_bytes());
    let adapter = adapters::adapter_for(&snapshot).unwrap_or_else(|| panic!("no adapter takes `{origin}`"));
    assert_eq!(adapter.name(), wanted);
    adapter.read(&snapshot)
}

fn record(number: &str) -> String {
    std::fs::read_to_string(named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/demo/records"), number).unwrap())
        .unwrap()
}

fn seed(number: &str) -> Option<String> {
    let path = named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds"), number);
    if path.is_none() {
        println!("skipped: the founding documents are not at hand");
    }
    std::fs::read_to_string(path?).ok()
}

fn named(folder: &Path, number: &str) -> Option<PathBuf> {
    let files = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    files.into_iter().find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(number)))
}
