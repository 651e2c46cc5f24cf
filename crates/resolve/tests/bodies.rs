//! The golden document of standards bodies, and the laws of their grammar.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use dev::{Case, run_golden, table};
use proptest::prelude::*;
use resolve::body::{Body, Parent, SDOS, parents};
use resolve::{Counted, Tables, resolve_bodies};

#[test]
fn bodies() {
    run_golden(concat!(env!("CARGO_MANIFEST_DIR"), "/golden/bodies.md"), answer);
}

fn answer(case: &Case) -> Vec<(String, String)> {
    let mut answers = Vec::new();
    if let Some(mentions) = case.block("mentions") {
        let counted = |mention: &str| Counted { mention: mention.into(), n: 1 };
        let rows: Vec<Vec<String>> = mentions.lines().flat_map(|mention| identified(&counted(mention))).collect();
        answers.push(("identity".into(), table(&["mention", "entity", "name", "parents", "rule"], &rows)));
    }
    if let Some(senses) = case.block("beside") {
        let rows: Vec<Vec<String>> = senses.lines().map(meant).collect();
        answers.push(("sense".into(), table(&["acronym", "beside", "means"], &rows)));
    }
    answers
}

fn identified(counted: &Counted) -> Option<Vec<String>> {
    let row = resolve_bodies(std::slice::from_ref(counted), &Tables::shipped()).pop()?;
    let entity = row.entity.unwrap();
    let above: Vec<String> = parents(&entity).into_iter().map(|parent| parent.id).collect();
    Some(vec![row.mention, entity, row.name, above.join(", "), row.rule])
}

fn meant(line: &str) -> Vec<String> {
    let (acronym, beside) = line.split_once('|').unwrap();
    let sense = SDOS.sense(acronym.trim(), beside.trim());
    vec![acronym.trim().into(), beside.trim().into(), sense.map_or("(not clear)".into(), |sdo| sdo.names[0].clone())]
}

fn ids(parents: &[Parent]) -> Vec<&str> {
    parents.iter().map(|parent| parent.id.as_str()).collect()
}

/// The printed name is the same body; the address is too, under the same parents.
fn is_read_alike(body: &Body) {
    let named = Body::parse(&body.name).unwrap_or_else(|| panic!("the name of {body:?} is not read"));
    assert_eq!((&named.id, &named.name, &named.parents), (&body.id, &body.name, &body.parents));
    assert_eq!(ids(&parents(&body.id)), ids(&body.parents), "{}", body.id);
}

#[test]
fn every_body_of_the_golden_document_is_read_alike_from_its_name_and_its_address() {
    let text = include_str!("../golden/bodies.md");
    let bodies: Vec<Body> = text.lines().filter_map(|line| Body::parse(line.trim())).collect();
    assert!(bodies.len() > 80, "{} bodies", bodies.len());
    bodies.iter().for_each(is_read_alike);
}

#[test]
fn every_body_of_the_table_is_read_alike_from_its_names_and_its_address() {
    for sdo in SDOS.iter().filter(|sdo| sdo.is_body()) {
        let named: Vec<Option<String>> = sdo.names.iter().map(|name| Some(Body::parse(name)?.id)).collect();
        assert!(named.iter().all(|id| id.as_deref() == Some(sdo.id.as_str())), "{}: {named:?}", sdo.acronym);
        is_read_alike(&Body::parse(&sdo.names[0]).unwrap());
        assert!(sdo.parents.iter().all(|parent| SDOS.by_acronym(parent).is_some()), "{}", sdo.acronym);
        assert!(!sdo.source.is_empty() && !sdo.kind.is_empty(), "{}", sdo.acronym);
    }
}

#[test]
fn two_bodies_never_share_an_address() {
    let mut seen = std::collections::BTreeSet::new();
    for sdo in SDOS.iter().filter(|sdo| sdo.is_body()) {
        assert!(seen.insert(&sdo.id), "{}", sdo.id);
    }
}

fn group() -> impl Strategy<Value = String> {
    let body = prop::sample::select(vec![
        "ITU-T", "ITU-R", "CCSA", "ISO", "IEC", "ISO/IEC", "CEN", "CEN/CLC", "ETSI", "Ecma", "3GPP", "IEEE", "TTA",
        "IETF", "W3C", "OASIS", "oneM2M", "UNECE", "MADE", "",
    ]);
    let kind = prop::sample::select(vec![
        "SG",
        "TC",
        "SC",
        "WG",
        "WP",
        "Q",
        "TG",
        "JTC",
        "SA",
        "RAN",
        "802.",
        "P802.",
        "FG-",
        "Study Group ",
        "TC ",
        "JTC ",
        "Working Group ",
    ]);
    let one = (kind, 1u16..80, "[a-cA-C]{0,2}").prop_map(|(kind, number, letters)| format!("{kind}{number}{letters}"));
    let gap = prop::sample::select(vec![" ", "/", "-", ""]);
    (body, prop::collection::vec((gap, one), 1..4)).prop_map(|(body, groups)| {
        let groups: String = groups.into_iter().map(|(gap, one)| format!("{gap}{one}")).collect();
        format!("{body} {}", groups.trim_start()).trim().to_string()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn what_is_read_from_a_name_is_read_from_the_printed_name(text in group()) {
        if let Some(body) = Body::parse(&text) {
            is_read_alike(&body);
        }
    }

    #[test]
    fn no_text_stops_the_reader(text in "\\PC{0,60}") {
        if let Some(body) = Body::parse(&text) {
            prop_assert!(!body.id.contains([' ', '?', '&', '"', '<', '%']));
        }
    }
}
