//! The record files that are shipped: read without a problem, faithful to their sources, and free of copied sentences.
//!
//! The comparison with the founding documents is made where those are at hand, beside the repository.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test reads the files that are shipped"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use fact::{Act, Fact, Party, Reading, Snapshot, content_id};
use serde_json::Value;

const RECORDS: [&str; 5] = [
    "000-etsi-ccsa",
    "001-itu-industry-engagement-2024",
    "002-resolution-68-merged-draft",
    "003-itu-miit-2021",
    "004-6gia-imt2030",
];

/// Longest run of words that a record may share with its source: names and titles, never a sentence.
const SHARED_WORDS: usize = 7;

#[test]
fn every_record_is_read_without_a_problem() {
    for name in RECORDS {
        let text = record(name);
        let reading = read(name, &text);
        assert_eq!(reading.problems, [], "{name}");
        let n_entries = text.lines().filter(|line| line.starts_with("[[")).count();
        assert_eq!(reading.n_units, n_entries as u64, "{name}");
        println!("{name}: {n_entries} entries, {} facts", reading.facts.len());
        for fact in &reading.facts {
            let words = &text[fact.evidence.start as usize..fact.evidence.end as usize];
            assert!(words.starts_with("[[") && words.contains("cite = "), "{name}: evidence is `{words}`");
            assert!(words.lines().filter(|line| line.starts_with("[[")).count() == 1, "{name}: {words}");
        }
    }
}

/// A record cut anywhere still gives the facts of the entries before the cut, each with evidence inside the file.
#[test]
fn a_record_cut_anywhere_is_read_up_to_there() {
    let text = record(RECORDS[0]);
    let n_facts = |text: &str| {
        let facts = read("cut", text).facts;
        assert!(facts.iter().all(|fact| fact.evidence.end <= text.len() as u64));
        facts.len()
    };
    let source = text.find("[[event]]").unwrap();
    let cuts = (source..text.len()).step_by(41).filter(|&at| text.is_char_boundary(at));
    let counts: Vec<usize> = cuts.map(|at| n_facts(&text[..at])).collect();
    assert_eq!(counts.first(), Some(&0));
    assert!(n_facts(&text) >= counts.iter().copied().max().unwrap());
    assert_eq!(n_facts(&format!("\u{feff}{text}")), n_facts(&text), "a byte order mark changes nothing");
}

#[test]
fn dates_that_the_sources_do_not_give_stay_unknown() {
    let facts = read("000", &record(RECORDS[0])).facts;
    let of = |act: Act| facts.iter().filter(move |fact| fact.act == act);
    assert_eq!(of(Act::Signed).count(), 2);
    assert_eq!(of(Act::ApprovedAgreement).count(), 2);
    assert_eq!(of(Act::Upgraded).count(), 2);
    let undated = [Act::Signed, Act::ApprovedAgreement, Act::Upgraded];
    assert!(undated.into_iter().flat_map(of).all(|fact| fact.when == fact::When::UNKNOWN));
    let signed = read("004", &record(RECORDS[4])).facts;
    let signed: Vec<&Fact> = signed.iter().filter(|fact| fact.act == Act::Signed).collect();
    assert_eq!(signed.len(), 2);
    assert!(signed.iter().all(|fact| fact.when == fact::When::parse("2022-06-02").unwrap()));
}

#[test]
fn what_is_only_announced_is_marked() {
    let facts = read("003", &record(RECORDS[3])).facts;
    let present = [Act::HeldMeeting, Act::Organised, Act::Spoke, Act::Moderated];
    let present: Vec<&Fact> = facts.iter().filter(|fact| present.contains(&fact.act)).collect();
    assert!(present.len() > 20);
    assert!(present.iter().all(|fact| fact.confidence < 1.0 && fact.status.as_deref() == Some("planned")));
}

#[test]
fn every_speaker_and_moderator_of_the_sources_is_there() {
    for (at, number) in [(0, "000"), (1, "001"), (3, "003")] {
        let Some(gold) = shared(&format!("gold/seeds/{number}.json")) else { return };
        let gold: Value = serde_json::from_str(&gold).unwrap();
        let held: BTreeSet<(bool, String)> = read(number, &record(RECORDS[at]))
            .facts
            .iter()
            .filter(|fact| fact.who.party == Party::Person)
            .filter(|fact| [Act::Spoke, Act::Moderated, Act::Attended].contains(&fact.act))
            .filter_map(|fact| Some((fact.act == Act::Moderated, folded(fact.who.name.as_deref()?))))
            .collect();
        let mut n_wanted = 0;
        for person in gold["persons"].as_array().unwrap() {
            let name = folded(person["name"].as_str().unwrap());
            for role in person["roles"].as_array().unwrap() {
                let part = role["event_role"].as_str().unwrap_or_default();
                if part == "steering committee chair" {
                    continue;
                }
                n_wanted += 1;
                assert!(held.contains(&(part == "moderator", name.clone())), "{number}: no fact for {part} {name}");
            }
        }
        println!("{number}: {n_wanted} parts of persons, all found");
    }
}

#[test]
fn no_sentence_is_copied() {
    for name in RECORDS {
        let Some(seed) = seed(&name[..3]) else { return };
        let runs =
            |text: &str| -> Vec<String> { words(text).windows(SHARED_WORDS + 1).map(|run| run.join(" ")).collect() };
        let in_seed: BTreeSet<String> = runs(&seed).into_iter().collect();
        let shared: Vec<String> = runs(&record(name)).into_iter().filter(|run| in_seed.contains(run)).collect();
        assert_eq!(shared, Vec::<String>::new(), "{name} repeats its source");
    }
}

#[test]
fn the_records_keep_to_the_schema() {
    let schema: Value = serde_json::from_str(include_str!("../schema/record.schema.json")).unwrap();
    for name in RECORDS {
        let record: toml::Table = toml::from_str(&record(name)).unwrap();
        let record = serde_json::to_value(record).unwrap();
        assert_eq!(departures(&schema, &schema, &record, name), Vec::<String>::new());
    }
    let wrong = serde_json::json!({"record": 2, "source": {"title": ""}, "talks": [], "talk": [{"mode": "by-post"}]});
    let found = departures(&schema, &schema, &wrong, "wrong");
    assert_eq!(found.len(), 7, "{found:#?}");
}

/// Where `value` departs from `schema`, for the words of JSON Schema that the record form uses.
fn departures(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return departures(root, root.pointer(&reference[1..]).unwrap(), value, at);
    }
    let mut found = Vec::new();
    let mut expect = |fits: bool, what: String| {
        if !fits {
            found.push(format!("{at}: {what}"));
        }
    };
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "integer" => value.is_i64(),
        _ => value.is_string(),
    };
    if let Some(kind) = schema["type"].as_str() {
        expect(is(kind), format!("not of type {kind}"));
    }
    if let Some(word) = schema.get("const") {
        expect(word == value, format!("not {word}"));
    }
    if let Some(words) = schema["enum"].as_array() {
        expect(words.contains(value), format!("{value} is not one of {words:?}"));
    }
    if let (Some(least), Some(text)) = (schema["minLength"].as_u64(), value.as_str()) {
        expect(text.len() as u64 >= least, "too short".into());
    }
    for need in schema["required"].as_array().into_iter().flatten() {
        expect(value.get(need.as_str().unwrap()).is_some(), format!("{need} is missing"));
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let fits = choices.iter().any(|choice| departures(root, choice, value, at).is_empty());
        expect(fits, format!("{value} is none of the choices"));
    }
    for (key, item) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(key) {
            Some(schema) => found.extend(departures(root, schema, item, &format!("{at}/{key}"))),
            None if schema["additionalProperties"] == false => found.push(format!("{at}: unknown {key}")),
            None => {}
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(departures(root, &schema["items"], item, &format!("{at}/{index}")));
    }
    found
}

fn read(origin: &str, text: &str) -> Reading {
    let id = content_id(text.as_bytes());
    let snapshot = Snapshot::new(&id, origin, text.as_bytes());
    let adapter = adapters::adapter_for(&snapshot).expect("a record file is recognised");
    assert_eq!(adapter.name(), "record");
    adapter.read(&snapshot)
}

fn record(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../app/demo/records/{name}.toml"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn shared_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared")
}

fn shared(path: &str) -> Option<String> {
    let text = std::fs::read_to_string(shared_folder().join(path)).ok();
    if text.is_none() {
        println!("skipped: `{path}` is not at hand");
    }
    text
}

fn seed(number: &str) -> Option<String> {
    let folder = std::fs::read_dir(shared_folder().join("seeds")).ok().into_iter().flatten();
    let name =
        folder.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).find(|name| name.starts_with(number));
    shared(&format!("seeds/{}", name.unwrap_or_else(|| number.into())))
}

fn folded(name: &str) -> String {
    words(name).join(" ")
}

fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
