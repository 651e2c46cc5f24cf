//! The golden document of attributes, and how the tables of countries agree with others.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]
#![allow(clippy::disallowed_methods, reason = "a test compares with a real file")]

use std::collections::BTreeSet;

use dev::{Case, run_golden, table};
use jiff::civil::Date;
use proptest::prelude::*;
use resolve::Surface;
use resolve::attribute::{Attribute, Country, What, attributes_of, stated_country};

#[test]
fn attributes() {
    run_golden(concat!(env!("CARGO_MANIFEST_DIR"), "/golden/attributes.md"), answer);
}

fn answer(case: &Case) -> Vec<(String, String)> {
    let mut answers = Vec::new();
    for (info, text) in case.blocks("attributes") {
        let known = text.lines().flat_map(|name| attributes_of(name, day(info))).collect();
        answers.push((format!("known{}", suffix(info)), listed(known)));
    }
    for (info, text) in case.blocks("country") {
        let known = text.lines().filter_map(Country::find).flat_map(|country| country.attributes(day(info))).collect();
        answers.push((format!("of{}", suffix(info)), listed(known)));
    }
    if let Some(text) = case.block("countries") {
        let found =
            |name: &str| Country::find(name).map_or("(not known)".into(), |one| format!("{} {}", one.code, one.name));
        let rows: Vec<Vec<String>> = text.lines().map(|name| vec![name.into(), found(name)]).collect();
        answers.push(("found".into(), table(&["written", "country"], &rows)));
    }
    if let Some(text) = case.block("stated") {
        answers.push(("normalised".into(), listed(text.lines().filter_map(stated).collect())));
    }
    answers
}

fn day(info: &str) -> Option<Date> {
    info.split(' ').nth(1).map(|day| day.parse().unwrap())
}

fn suffix(info: &str) -> String {
    info.split(' ').nth(1).map(|day| format!(" {day}")).unwrap_or_default()
}

fn stated(line: &str) -> Option<Attribute> {
    let part: Vec<&str> = line.split('|').map(str::trim).collect();
    let surface = Surface {
        name: part[0].into(),
        country: Some(part[1].into()),
        n: part[2].parse().unwrap(),
        ..Surface::default()
    };
    stated_country(&surface)
}

fn listed(attributes: Vec<Attribute>) -> String {
    let shown = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
    let row = |one: Attribute| vec![one.what.as_str().into(), one.value, shown(one.from), shown(one.to), one.source];
    table(&["what", "value", "from", "to", "source"], &attributes.into_iter().map(row).collect::<Vec<_>>())
}

fn on_list(list: &str, day: &str) -> BTreeSet<&'static str> {
    let day: Date = day.parse().unwrap();
    let has =
        |country: &&Country| country.attributes(Some(day)).iter().any(|one| one.value == list && one.from.is_some());
    Country::all().filter(has).map(|country| country.code.as_str()).collect()
}

#[test]
fn the_numbers_of_members_are_those_that_the_organisations_give() {
    let n = |list: &str, day: &str| on_list(list, day).len();
    assert_eq!([n("EU", "1970-01-01"), n("EU", "2015-01-01"), n("EU", "2024-01-01")], [6, 28, 27]);
    assert_eq!([n("OECD", "1965-01-01"), n("OECD", "2024-01-01")], [21, 38]);
    assert_eq!([n("LDC", "2013-06-01"), n("LDC", "2025-01-01")], [49, 44]);
}

#[test]
fn every_member_state_of_itu_is_in_one_region() {
    let in_region = |region: &str| {
        let has = |one: &Attribute| one.what == What::ItuRegion && one.value == region;
        Country::all().filter(|country| country.attributes(None).iter().any(has)).count()
    };
    let n: Vec<usize> = ["A", "B", "C", "D", "E"].into_iter().map(in_region).collect();
    assert_eq!(n, [35, 33, 22, 54, 50], "194 Member States");
}

#[test]
fn every_code_and_name_finds_its_country() {
    for country in Country::all() {
        let found =
            [&country.code, &country.number, &country.name].map(|text| Country::find(text).map(|one| &one.code));
        assert!(found.iter().all(|code| *code == Some(&country.code)), "{}: {found:?}", country.code);
    }
}

/// Compares with the table of `country_converter` where it is at hand; it is no part of this repository.
#[test]
fn years_of_accession_agree_with_another_table() {
    let table =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/countries/country_converter_country_data.tsv");
    let Ok(text) = std::fs::read_to_string(table) else { return };
    let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let at = |name: &str| head.iter().position(|column| *column == name).unwrap();
    let mut differ: Vec<String> = Vec::new();
    for row in lines {
        let Some(country) = Country::find(row[at("ISO2")]) else { continue };
        let known = country.attributes(None);
        let of = |list: &str| known.iter().find(|one| one.value == list && one.from.is_some());
        let year = of("OECD").map_or(String::new(), |one| one.from.unwrap().year().to_string());
        if year != row[at("OECD")] {
            differ.push(format!("{} OECD: {year} / {}", country.code, row[at("OECD")]));
        }
        if of("EU").is_some_and(|one| one.to.is_none()) == row[at("EU")].is_empty() {
            differ.push(format!("{} EU", country.code));
        }
    }
    assert_eq!(differ, Vec::<String>::new());
}

proptest! {
    #[test]
    fn what_holds_on_a_day_is_a_part_of_all_that_is_known(year in 1950i16..2030, at in 0usize..249) {
        let country = Country::all().nth(at).unwrap();
        let all = country.attributes(None);
        let then = country.attributes(Some(Date::constant(year, 6, 1)));
        prop_assert!(then.iter().all(|one| all.contains(one)));
    }
}
