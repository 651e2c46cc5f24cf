//! Laws of the adapter `minutes`: whatever the bytes, it does not fail, and points to places that are there; line ends
//! and byte order marks change nothing that is said.
#![allow(missing_docs, reason = "a test has no public items")]

use fact::{Act, Fact, Reading, Snapshot, content_id};
use proptest::prelude::*;

/// Beginnings with which a file is taken for minutes.
const HEADS: [&str; 6] = [
    "# 3rd Day—1-2 March, 2031 Meeting Notes\n\n",
    "## Agenda for the May 5 video call of WebAssembly's Community Group\n\n## Meeting Notes\n\n### Attendees\n",
    "---\nlayout: minutes\ndate: 2031-05-05\ntitle: Lamp WG Telco\njson-ld: |\n    { \"recordedAt\": { \"attendee\": [\n",
    "# Lamp Technical Committee Working Meeting\n- Meeting Date: May 5, 2031\n## Participants\n|Given Name|Family Name|Present|\n",
    "Attendees: Anna Example (AE), Bert Sample (BS), Carla Specimen (CS), Dora Pattern (DP)\n",
    "# 8 May 2031 | Lamp Working Group Teleconference\n### Attendees\n- Anna Example - Acme (AEX)\n",
];

/// Words that the grammar looks for, and what breaks grammars.
const WORDS: [&str; 44] = [
    "\n",
    "\n\n",
    "- ",
    "* ",
    "1. ",
    "### ",
    "Attendees",
    "Present:",
    "Remote:",
    "Scribe: ",
    "Chair:",
    "|",
    "|---|---|",
    "(",
    ")",
    "[",
    "](",
    " - ",
    " – ",
    ", ",
    ";",
    " and ",
    "Anna Example",
    "Bert",
    "AEX",
    "Acme, Inc.",
    "**",
    "__",
    "~~",
    "`",
    "```\n",
    "\\",
    "<",
    ">",
    "&amp;",
    "\u{feff}",
    "\0",
    "ß",
    "灯芯",
    "POLL: ",
    "SF: 9999",
    "| SF | F | N |",
    "moved to approve. Bert seconded",
    "=====",
];

fn read(bytes: &[u8]) -> Option<Reading> {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, "lamps/2031/2031-05-05.md", bytes);
    let minutes = adapters::ADAPTERS.iter().find(|adapter| adapter.name() == "minutes").expect("it is in the list");
    minutes.is_mine(&snapshot).then(|| minutes.read(&snapshot))
}

fn assert_places(bytes: &[u8], reading: &Reading) {
    let of_facts = reading.facts.iter().map(|fact| &fact.evidence);
    for evidence in of_facts.chain(reading.problems.iter().map(|problem| &problem.evidence)) {
        assert!(evidence.start <= evidence.end && evidence.end <= bytes.len() as u64, "{evidence:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_break_the_reading(head in 0..HEADS.len(), tail in proptest::collection::vec(any::<u8>(), 0..400)) {
        // A file with NUL bytes is no text; the other half of the cases is read.
        let tail: Vec<u8> = if head % 2 == 0 { tail.into_iter().map(|byte| byte.max(1)).collect() } else { tail };
        let bytes = [HEADS[head].as_bytes(), &tail].concat();
        if let Some(reading) = read(&bytes) {
            assert_places(&bytes, &reading);
        }
    }

    #[test]
    fn words_of_the_grammar_in_any_order_never_break_the_reading(
        head in 0..HEADS.len(),
        words in proptest::collection::vec(0..WORDS.len(), 0..120),
    ) {
        let tail: String = words.into_iter().map(|word| WORDS[word]).collect();
        let bytes = [HEADS[head], &tail].concat().into_bytes();
        if let Some(reading) = read(&bytes) {
            assert_places(&bytes, &reading);
            for fact in reading.facts.iter().filter(|fact| fact.act == Act::Attended) {
                prop_assert!(fact.who.name.as_ref().is_some_and(|name| !name.trim().is_empty()));
            }
        }
    }
}

/// Acts, names, affiliations and roles.
fn said(facts: &[Fact]) -> Vec<String> {
    let words = |fact: &Fact| format!("{:?} {:?}", fact.act, [&fact.who.name, &fact.who.affiliation, &fact.who.role]);
    facts.iter().map(words).collect()
}

#[test]
fn line_ends_marks_and_old_encodings_change_nothing_that_is_said() {
    let unix = "# 8 May 2031 | Lamp Working Group Teleconference\n\n### Attendees\n\n- Anna Example - Acme (AEX), chair\n\
                - Bert Sämple - Bürolampen (BSA)\n\nScribe: BSA\n\n## Wicks\n\nConclusion: lit.\n";
    let plain = read(unix.as_bytes()).expect("it is read");
    assert_eq!(plain.facts.len(), 5, "{:?}", plain.facts);
    let dos = unix.replace('\n', "\r\n");
    let marked = ["\u{feff}", &dos].concat();
    let latin: Vec<u8> = unix.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect();
    for bytes in [dos.as_bytes(), marked.as_bytes(), &latin] {
        let reading = read(bytes).expect("it is read");
        assert_places(bytes, &reading);
        assert_eq!(said(&reading.facts), said(&plain.facts));
    }
}

#[test]
fn nothing_before_the_at_sign_of_an_address_is_kept() {
    let text = "# 8 May 2031 | Lamp Working Group Teleconference\n\n### Attendees\n\n- Anna Example <secret.one@acme.example>\n\
                - Bert Sample (secret.two@lamps.example)\n- secret.three@lamps.example\n";
    let reading = read(text.as_bytes()).expect("it is read");
    assert!(!format!("{reading:?}").contains("secret"), "{reading:?}");
    let domains: Vec<Option<&str>> = reading.facts[1..].iter().map(|fact| fact.who.domain.as_deref()).collect();
    assert_eq!(domains, [Some("acme.example"), Some("lamps.example")]);
}

#[test]
fn big_and_crooked_files_are_read_in_bounded_time() {
    let fillings = [
        ("- [[[[((((", 40_000),
        ("- Anna Example - Acme (AEX)\n", 40_000),
        ("a, ", 300_000),
        ("|", 500_000),
        ("Anna) Bert) ", 4_000),
        ("Anna Example and ", 3_000),
        ("Anna Example seconded.\n", 20_000),
        ("[", 50_000),
    ];
    for (filling, times) in fillings {
        let bytes = [HEADS[5], &filling.repeat(times)].concat().into_bytes();
        let reading = read(&bytes).expect("it is read");
        assert_places(&bytes, &reading);
    }
    let deep = [HEADS[2], &"{ \"a\": ".repeat(6_000), "\n", &"{ \"a\": \n".repeat(40_000)].concat().into_bytes();
    let reading = read(&deep).expect("it is read");
    assert_places(&deep, &reading);
}
