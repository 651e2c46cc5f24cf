//! Laws of the readers of bibliographic records: no bytes break them, and evidence lies within the bytes.
#![allow(missing_docs, reason = "a test has no public items")]

use fact::{Adapter, Reading, Snapshot, content_id};
use proptest::prelude::*;

const KINDS: [&str; 4] = ["relaton", "relaton_lines", "sdo_names", "specref"];

const RECORD: &str = "---\nschema-version: v1.2.9\ntitle:\n- content: Élan &amp; more\n  language: [en]\ndocid:\n- id: ISO 99:2004\n  \
    type: ISO\ndate:\n- type: published\n  value: 2004-07\ncontributor:\n- person: &one\n    name: {completename: {content: Ü}}\n    \
    contact: {email: ü@é.example}\n  role: {type: author}\n- person: *one\n  role:\n  - type: editor\n    description: Chair\nrelation:\n\
    - type: updates\n  bibitem:\n    docid:\n    - id: ISO 99:2014/Cor 1:2015\n- type: complementOf\n  bibitem:\n    docid: {id: A \
    Suppl. 2 (12/2022)}\neditorialgroup:\n  technical_committee: [{name: Ä, identifier: TC 1}]\n";

const LINES: &str = "{\"id\": \"ITU-T A.99 (11/1980)\", \"type\": \"é\", \"title\": {\"en\": \"É \\\"\"}, \"published\": \"1980-11-21\", \
    \"status\": \"Withdrawal\", \"group\": [\"SG\"], \"editions\": [\"A.99 (03/1993)\", \"é\"], \"complement_count\": 2}\n";

const BIBLIOGRAPHY: &str = "{ \"É\": {\"href\": \"x\", \"publisher\": \"W3C\", \"date\": \"1 August 1996\", \"authors\": [\"É\", 1], \
    \"obsoletedBy\": [\"ü\"], \"versions\": {\"1\": {\"aliasOf\": \"y\"}}} }";

const NAMES: &str = "---\nabbreviation: É\nname:\n- content: É\n- language: fr\n  content: é\n";

/// What `bytes` are read as, by whichever of the readers takes them.
fn read(bytes: &[u8]) -> Option<Reading> {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, "x/y.yaml", bytes);
    let mine = |adapter: &&&dyn Adapter| KINDS.contains(&adapter.name()) && adapter.is_mine(&snapshot);
    adapters::ADAPTERS.iter().find(mine).map(|adapter| adapter.read(&snapshot))
}

/// True where all evidence lies within the bytes and between their characters.
fn is_within(bytes: &[u8], reading: &Reading) -> bool {
    let of_facts = reading.facts.iter().map(|fact| &fact.evidence);
    let mut all = of_facts.chain(reading.problems.iter().map(|problem| &problem.evidence));
    let text = std::str::from_utf8(bytes).ok();
    all.all(|evidence| {
        let (start, end) = (evidence.start as usize, evidence.end as usize);
        let is_between = text.is_none_or(|text| text.get(start..end).is_some());
        start <= end && end <= bytes.len() && is_between && !evidence.quote.contains("ü@é")
    })
}

#[test]
fn no_cut_and_no_changed_byte_breaks_the_reading() {
    for (whole, least) in [(RECORD, 600), (LINES, 200), (BIBLIOGRAPHY, 100), (NAMES, 60)] {
        let facts = read(whole.as_bytes()).expect("it is of the kind").facts.len();
        assert!(facts > 0 || whole == NAMES, "{whole}");
        let mut n_read = 0;
        for at in 0..=whole.len() {
            for byte in [None, Some(b':'), Some(b'\n'), Some(b'{'), Some(b'"'), Some(b'&'), Some(0), Some(0xff)] {
                let mut bytes = whole.as_bytes().to_vec();
                match byte {
                    None => bytes.truncate(at),
                    Some(byte) => bytes[at.min(whole.len() - 1)] = byte,
                }
                let Some(reading) = read(&bytes) else { continue };
                n_read += 1;
                assert!(is_within(&bytes, &reading), "{:?} with {byte:?} at {at}", String::from_utf8_lossy(&bytes));
            }
        }
        assert!(n_read > least, "{n_read} readings of {whole}");
    }
}

#[test]
fn hostile_records_end_with_a_problem_and_soon() {
    let head = "schema-version: v1\ndocid:\n- id: ISO 1\n";
    let deep = format!("{head}contributor:\n{}", "- ".repeat(200_000));
    let brackets = format!("{head}relation: {}", "[".repeat(200_000));
    let mut laughs = format!("{head}a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for n in 1..30 {
        laughs += &format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(","));
    }
    let wide = format!("{head}relation:\n{}", "- type: cites\n".repeat(50_000));
    let line = format!("{head}title:\n- content: {}\n", "x".repeat(20_000_000));
    let latin = [head.as_bytes(), b"title: caf\xE9\n"].concat();
    let kinds = |bytes: &[u8]| {
        let reading = read(bytes).expect("it is of the kind");
        assert!(is_within(bytes, &reading));
        let mut kinds: Vec<&str> = reading.problems.iter().map(|problem| problem.kind).collect();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds(deep.as_bytes()), ["yaml-unreadable"]);
    assert_eq!(kinds(brackets.as_bytes()), ["yaml-unreadable"]);
    assert_eq!(kinds(laughs.as_bytes()), ["yaml-unreadable"]);
    assert_eq!(kinds(wide.as_bytes()), ["date-missing", "id-missing"]);
    assert_eq!(kinds(line.as_bytes()), ["date-missing"]);
    assert_eq!(kinds(&latin), ["encoding-unknown"]);
}

proptest! {
    #[test]
    fn no_record_breaks_the_reading(
        rest in "((docid|date|contributor|relation|editorialgroup|role|person|name|title|docstatus):|- | {2}|type|id|value|\
                 content|[a-z0-9é:|>&*?'\"#%!~, \\[\\]{}-]|\n|\r|\t|\u{0}){0,80}",
    ) {
        let text = format!("schema-version: v1.2.9\ndocid:\n- id: ISO 1:2000\n{rest}");
        let reading = read(text.as_bytes()).expect("it is of the kind");
        prop_assert!(is_within(text.as_bytes(), &reading));
    }

    #[test]
    fn no_bytes_break_the_reading(rest in prop::collection::vec(any::<u8>(), 0..200)) {
        let starts: [&[u8]; 4] = [b"schema-version: v1\ndocid:\n", b"{\"id\": \"x\", ", b"{\"A\": {\"href\": ", b"logo:\n"];
        for start in starts {
            let bytes = [start, &rest].concat();
            if let Some(reading) = read(&bytes) {
                prop_assert!(is_within(&bytes, &reading));
            }
        }
    }
}
