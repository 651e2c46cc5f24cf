//! Bytes of every kind behind what makes an adapter take them: nothing panics, all evidence lies within the bytes, and
//! nothing takes long.
#![allow(missing_docs, reason = "a test has no public items")]

use std::fmt::Write as _;

use fact::{Adapter, Reading, Snapshot};
use proptest::prelude::*;

/// Beginnings by which the adapters know their own, and words that make their parts read on.
const KINDS: [(&str, &str, &str); 9] = [
    ("rfc_index", "RFC INDEX\n\n0001 ", "\n0002 S. A. Ed., May 2031. (Obsoletes RFC1"),
    ("rfc_index", "<rfc-index><rfc-entry><doc-id>RFC1</doc-id>", "<author><name>é</name></author></rfc-entry>&a;"),
    (
        "rfc_front_page",
        "Request for Comments: 1      A. Exämple\n",
        "\n  B. Sample, Ed.\n\nAuthors' Addresses\n  Bo Sample\n a@b.c",
    ),
    (
        "internet_draft",
        "---\ndocname: draft-a-00\n",
        "\nauthor:\n - name: é\nnormative:\n A: B\n--- abstract\n{{?X=Y}}",
    ),
    ("internet_draft", "Internet-Draft      A. Exämple\n", "\ndraft-a-00\n\n Authors' Addresses\n"),
    (
        "internet_draft",
        "<rfc docName='draft-a-00'><front>",
        "<author fullname='é'/></front><references>&x;<reference anchor='é'/>",
    ),
    ("liaison", "Year | In/Out | Meeting | Title\n2031 | In | X#1 | ", "[é - b](c(d) (e, f\n"),
    ("liaison", "tdoc\ttype\ttitle\tsource\tresult\nS2-180001\tLS In\t", "é\tAcme (b)\tNoted\n"),
    ("liaison", "{\"a\":\"/api/v1/liaisons/\",", "\"objects\":[{\"id\":1}]}"),
];

fn adapter(name: &str) -> &'static dyn Adapter {
    adapters::ADAPTERS.iter().copied().find(|adapter| adapter.name() == name).expect("it is in the list")
}

fn check(name: &str, bytes: &[u8]) -> Reading {
    let snapshot = Snapshot::new("x", "x", bytes);
    let adapter = adapter(name);
    let _ = adapter.is_mine(&snapshot);
    let reading = adapter.read(&snapshot);
    let of_facts = reading.facts.iter().map(|fact| &fact.evidence);
    for evidence in of_facts.chain(reading.problems.iter().map(|problem| &problem.evidence)) {
        assert!(evidence.start <= evidence.end && evidence.end <= bytes.len() as u64, "{name}: {evidence:?}");
    }
    reading
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes, any order of the words that an adapter looks for, cut anywhere.
    #[test]
    fn no_bytes_break_a_reading(
        kind in 0..KINDS.len(),
        parts in prop::collection::vec(prop_oneof![
            Just(None),
            prop::collection::vec(any::<u8>(), 0..40).prop_map(Some),
            "[ A-Za-z0-9.,:;()|<>&\"'@éÄ\t\r\n-]{0,60}".prop_map(|text| Some(text.into_bytes())),
        ], 0..12),
        cut in 0_usize..400,
    ) {
        let (name, begin, words) = KINDS[kind];
        let mut bytes = begin.as_bytes().to_vec();
        for part in parts {
            bytes.extend(part.unwrap_or_else(|| words.as_bytes().to_vec()));
        }
        bytes.truncate(bytes.len().saturating_sub(cut).max(begin.len().min(8)));
        for name in [name, "rfc_index", "rfc_front_page", "internet_draft", "liaison"] {
            check(name, &bytes);
        }
    }
}

#[test]
fn long_deep_and_repeated_input_is_read_in_one_pass() {
    let long = "A. Example, ".repeat(200_000);
    for (name, begin, words) in KINDS {
        let repeated = words.repeat(20_000);
        for middle in [
            long.as_str(),
            repeated.as_str(),
            &"(".repeat(1_000_000),
            &"\n\n".repeat(500_000),
            &"{\"objects\":[".repeat(50_000),
        ] {
            check(name, format!("{begin}{middle}{words}").as_bytes());
        }
    }
}

#[test]
fn a_bomb_of_entities_is_not_unfolded() {
    let mut text = String::from("<!DOCTYPE rfc [<!ENTITY e0 'xxxxxxxxxxxxxxxxxxxx'>");
    for nth in 1..20 {
        let _ = write!(text, "<!ENTITY e{nth} '{}'>", format!("&e{};", nth - 1).repeat(10));
    }
    text.push_str("]><rfc docName='draft-a-00'><front><title>&e19;</title><author fullname='&e19;'/></front></rfc>");
    let reading = check("internet_draft", text.as_bytes());
    assert!(reading.facts.iter().all(|fact| fact.object.as_ref().is_none_or(|thing| thing.title.len() < 10)));
}

/// What stands before the `@` of an address is nowhere kept.
#[test]
fn no_local_part_of_an_address_is_kept() {
    let front = "Network Working Group                               A. Example\nRequest for Comments: 9901              \
                 (secret@acme.example)\n                                                     May 2031\n\n\n      Title\n\n\
                 Author's Address\n\n   Ann Example\n   EMail: secret@acme.example\n";
    let draft = "---\ndocname: draft-a-00\ntitle: X\nauthor:\n - name: Ann Example\n   email: secret@acme.example\n--- abstract\n";
    let xml = "<rfc docName='draft-a-00'><front><title>X</title><author fullname='Ann Example'><address><email>\
               secret@acme.example</email></address></author></front></rfc>";
    let json = "{\"resource_uri\":\"/api/v1/liaisons/liaisonstatement/7/\",\"title\":\"LS\",\"from_name\":\"A\",\"to_name\":\"B\",\
                \"from_contact\":\"/api/v1/person/email/secret@acme.example/\",\"to_contacts\":\"secret@acme.example\"}";
    let cases = [("rfc_front_page", front), ("internet_draft", draft), ("internet_draft", xml), ("liaison", json)];
    for (name, text) in cases {
        let reading = check(name, text.as_bytes());
        assert!(reading.facts.iter().any(|fact| fact.who.domain.as_deref() == Some("acme.example")), "{name}");
        assert!(!format!("{reading:?}").contains("secret"), "{name}: {reading:?}");
    }
}
