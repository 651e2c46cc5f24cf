//! Sources of governance cut, changed and nested without end: no panic, and all evidence lies within the bytes.
#![allow(missing_docs, reason = "a test has no public items")]

use fact::{Reading, Snapshot, content_id};
use proptest::prelude::*;

const AGREEMENTS: &str = r#"[ { "verified": true, "workstreams": ["é", 1], "info": { "name": "Ä", "address": "1 Ö, Ü 12 Japan 1-é",
 "url": "https://é.example", "contact1": { "email": "a@é.example" } }, "signature": { "signedAt": "2031-05-04T" } },
 { "verified": true, "workstreams": 7, "info": [], "signature": null } ]"#;
const WORKSTREAMS: &str = r#"{ "workstreams": [ { "id": "é", "scope": "", "editors": [ { "name": "Ä" }, {} ],
 "standards": [ { "reference": "R", "authors": [ null ], "obsoletedBy": [ 1, "S" ] } ] } ], "ideas": 1 }"#;
const GROUPS: &str = r#"[ { "identifier": "wg/é", "name": "É", "is_closed": true, "shortname": "x", "start-date": "2031-05-é",
 "members": [ {}, 1 ], "_links": "api.w3.org/groups/" }, 1, "x" ]"#;
const PROPOSALS: &str = "# P of tc39\n## Stage 2.é\n| Proposal | Author | Champion | Meeting Notes | Rationale |\n|--|--|--|--|--|\n\
 | [`é`][[x](y) <br | Ä<br>&nbsp;(previously [B | :q: | -[2031&#8209;05][é] 2031-é | Withdrawn \\| |\n[é]: https://github.com/é/é\n";
const ROSTER: &str = "name = \"é\"\nsubteam-of = 1\n[people]\nleads = [\"é\", { github = \"ü\", roles = [1, \"r\"] }]\nmembers = {}\nalumni = [[\n";

const ALL: [(&str, &str); 5] = [
    ("participant_agreements", AGREEMENTS),
    ("whatwg_workstreams", WORKSTREAMS),
    ("w3c_groups", GROUPS),
    ("tc39_proposals", PROPOSALS),
    ("team_roster", ROSTER),
];

/// The reading of these bytes by the adapter of this name, if it takes them.
fn read(name: &str, bytes: &[u8]) -> Option<Reading> {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, "x", bytes);
    let adapter = adapters::ADAPTERS.iter().find(|adapter| adapter.name() == name)?;
    let reading = adapter.is_mine(&snapshot).then(|| adapter.read(&snapshot))?;
    let of_facts = reading.facts.iter().map(|fact| &fact.evidence);
    for evidence in of_facts.chain(reading.problems.iter().map(|problem| &problem.evidence)) {
        assert!(evidence.start <= evidence.end && evidence.end <= bytes.len() as u64, "{name}: {evidence:?}");
    }
    Some(reading)
}

#[test]
fn odd_values_are_problems() {
    let kinds = |(name, text): &(&str, &str)| {
        let reading = read(name, text.as_bytes()).expect("the adapter takes its kind");
        let kinds: Vec<&str> = reading.problems.iter().map(|problem| problem.kind).collect();
        (reading.facts.len(), kinds.join(" "))
    };
    let counted: Vec<(usize, String)> = ALL.iter().map(kinds).collect();
    let expected = [
        (2, "workstreams-unreadable name-missing"),
        (3, "name-missing name-missing name-missing json-syntax"),
        (2, "date-unreadable name-missing name-missing name-missing name-missing"),
        (4, ""),
        (4, "toml-syntax toml-syntax list-unreadable member-unreadable"),
    ];
    assert_eq!(counted, expected.map(|(n_facts, kinds)| (n_facts, kinds.to_string())));
}

#[test]
fn no_cut_and_no_changed_byte_breaks_a_reading() {
    let mut n_read = 0;
    for (name, text) in ALL {
        for at in 0..text.len() {
            for byte in [None, Some(b'"'), Some(b'['), Some(b'|'), Some(b'\n'), Some(0), Some(0xff)] {
                let mut bytes = text.as_bytes().to_vec();
                match byte {
                    None => bytes.truncate(at),
                    Some(byte) => bytes[at] = byte,
                }
                n_read += usize::from(read(name, &bytes).is_some());
            }
        }
    }
    assert!(n_read > 3000, "{n_read} readings");
}

#[test]
fn nesting_without_end_costs_no_stack() {
    for (name, text) in ALL {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{a=", "}"), ("<b>[", "](")] {
            let deep = format!("{}{}", open.repeat(50_000), close.repeat(50_000));
            for place in ["\"id\": \"é\"", "\"is_closed\": true", "\"verified\": true", "Ä", "members = {}"] {
                let (before, after) = text.split_once(place).unwrap_or((text, ""));
                read(name, format!("{before}\"x\": {deep}, {place}{after}").as_bytes());
                read(name, format!("{before}members = {deep}\n{after}").as_bytes());
            }
        }
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_behind_a_true_beginning_break_nothing(
        nth in 0..ALL.len(),
        cut in 0.0..1.0f64,
        rest in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let (name, text) = ALL[nth];
        let mut bytes = text.as_bytes()[..(text.len() as f64 * cut) as usize].to_vec();
        bytes.extend(rest);
        read(name, &bytes);
    }
}
