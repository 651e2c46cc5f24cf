//! Names that other systems got wrong, or that are easily got wrong, each with where it comes from.

use jiff::Timestamp;
use jiff::civil::date;
use resolve::organisation::{KNOWN, propose};
use resolve::{Decision, Kind, Standing, Stands, Surface, Tables};

fn surfaces(names: &[&str]) -> Vec<Surface> {
    names.iter().map(|name| Surface { name: (*name).into(), n: 1, ..Surface::default() }).collect()
}

fn decided(names: &[&str], with_tables: bool) -> Vec<Decision> {
    let held = Standing::of(Kind::Organisation, &[]);
    let known = with_tables.then_some(&*KNOWN);
    propose(&surfaces(names), &held, &Tables::shipped(), known, Timestamp::UNIX_EPOCH).decisions
}

fn standing(names: &[&str], with_tables: bool) -> Standing {
    Standing::of(Kind::Organisation, &decided(names, with_tables))
}

fn entity<'a>(standing: &'a Standing, name: &str) -> &'a str {
    match standing.stands(name) {
        Stands::For(entity) => &entity.slug,
        other => panic!("`{name}` stands for {other:?}"),
    }
}

/// Asserts which names are one and which are not: each inner list is one organisation. With the letters alone and with tables.
#[track_caller]
fn assert_apart(organisations: &[&[&str]]) {
    for with_tables in [false, true] {
        let names: Vec<&str> = organisations.concat();
        let standing = standing(&names, with_tables);
        let mut seen = std::collections::BTreeMap::new();
        for (at, organisation) in organisations.iter().enumerate() {
            let own = entity(&standing, organisation[0]);
            for name in *organisation {
                assert_eq!(entity(&standing, name), own, "`{name}` and `{}`, tables: {with_tables}", organisation[0]);
            }
            let other = seen.insert(own.to_string(), at);
            assert_eq!(other, None, "`{}` is taken for another, tables: {with_tables}", organisation[0]);
        }
    }
}

#[test]
fn datatracker_issue_5790() {
    assert_apart(&[
        &["Huawei", "Huawei Technologies", "Huawei Technologies Co., Ltd.", "HUAWEI"],
        &["ZTE", "ZTE Corporation"],
        &["Juniper", "Juniper Networks", "Juniper Networks, Inc."],
    ]);
}

#[test]
fn a_company_of_herbs_is_no_company_of_books() {
    assert_apart(&[&["Amazon", "Amazon.com, Inc.", "AMAZON"], &["Amazon Herb Company"]]);
}

#[test]
fn three_associations_for_5g() {
    assert_apart(&[&["5G Americas"], &["5G-IA"], &["5G-ACIA"]]);
    assert_apart(&[
        &["5G Americas"],
        &["5G Infrastructure Association"],
        &["5G Alliance for Connected Industries and Automation"],
    ]);
}

#[test]
fn ministries_of_three_countries() {
    assert_apart(&[
        &[
            "Ministry of Communications, Kenya",
            "Ministry of Communications (Kenya)",
            "Kenya Ministry of Communications",
        ],
        &["Ministry of Communications of Uganda"],
        &["Ministry of Communications, Ghana"],
        &["Ministry of Communications"],
    ]);
}

#[test]
fn two_regulators_of_one_name() {
    assert_apart(&[&["Ofcom (CH)"], &["Ofcom (UK)"], &["Ofcom"]]);
}

#[test]
fn two_internet_organisations_with_like_letters() {
    assert_apart(&[&["Internet Society"], &["Internet Systems Consortium"]]);
}

#[test]
fn tia_and_tta() {
    assert_apart(&[&["TIA"], &["TTA"]]);
    assert_apart(&[&["Telecommunications Industry Association"], &["Telecommunications Technology Association"]]);
}

#[test]
fn airbus_and_its_parts_are_no_bus_company() {
    assert_apart(&[&["Airbus"], &["Air Busan"]]);
}

#[test]
fn hp_and_its_splits() {
    let names =
        ["Hewlett-Packard", "Hewlett Packard", "HP Inc.", "Hewlett Packard Enterprise", "HPE", "Agilent Technologies"];
    let standing = standing(&names, true);
    assert_eq!(entity(&standing, "HPE"), entity(&standing, "Hewlett Packard Enterprise"));
    assert_eq!(entity(&standing, "Hewlett-Packard"), entity(&standing, "Hewlett Packard"));
    assert_ne!(entity(&standing, "HPE"), entity(&standing, "HP Inc."));
    assert_ne!(entity(&standing, "Agilent Technologies"), entity(&standing, "HPE"));
}

#[test]
fn alcatel_lucent_counts_with_nokia_from_2016() {
    let standing = standing(&["Alcatel-Lucent", "Nokia", "Lucent Technologies"], true);
    let (alcatel, nokia) = (entity(&standing, "Alcatel-Lucent"), entity(&standing, "Nokia"));
    assert_ne!(alcatel, nokia, "two organisations on any day");
    assert_eq!(standing.group_of(alcatel, Some(date(2015, 6, 1))), alcatel);
    assert_eq!(standing.group_of(alcatel, Some(date(2017, 6, 1))), nokia);
    let lucent = entity(&standing, "Lucent Technologies");
    assert_eq!(standing.group_of(lucent, Some(date(2005, 6, 1))), lucent);
    assert_eq!(standing.group_of(lucent, Some(date(2010, 6, 1))), alcatel);
}

#[test]
fn futurewei_counts_with_huawei_or_by_itself() {
    let standing = standing(&["Futurewei Technologies", "Huawei"], true);
    let (futurewei, huawei) = (entity(&standing, "Futurewei Technologies"), entity(&standing, "Huawei"));
    assert_ne!(futurewei, huawei);
    assert_eq!(standing.group_of(futurewei, Some(date(2018, 6, 1))), huawei);
}

#[test]
fn sixty_spellings_of_nobody() {
    let spellings: Vec<&str> = include_str!("unaffiliated.txt").lines().filter(|line| !line.starts_with('#')).collect();
    assert!(spellings.len() >= 60, "{} spellings", spellings.len());
    let standing = standing(&spellings, true);
    for spelling in spellings {
        let stands = standing.stands(spelling);
        assert!(matches!(stands, Stands::ForNobody(_)), "`{spelling}` stands for {stands:?}");
    }
}

#[test]
fn names_with_like_words_are_organisations_all_the_same() {
    let names = [
        "Independent Television",
        "Retired Officers Association",
        "Freelancer.com",
        "Self Financial",
        "Individual Inc.",
        "Guestline",
    ];
    let standing = standing(&names, true);
    for name in names {
        assert!(matches!(standing.stands(name), Stands::For(_)), "`{name}`");
    }
}

#[test]
fn addresses_of_one_organisation_are_a_question_and_with_like_letters_an_answer() {
    let mut names = surfaces(&["Huaxyz Wuhan", "Tembelin Consulting", "Ostrinta"]);
    names[0].domains = vec![("de.huawei.com".into(), 4), ("gmail.com".into(), 9)];
    names[1].domains = vec![("huawei.com".into(), 4)];
    names[2].domains = vec![("gmail.com".into(), 4), ("ostrinta.example".into(), 3)];
    let held = Standing::of(Kind::Organisation, &[]);
    let said = propose(&names, &held, &Tables::shipped(), Some(&KNOWN), Timestamp::UNIX_EPOCH);
    let standing = Standing::of(Kind::Organisation, &said.decisions);
    assert_eq!(entity(&standing, "Huaxyz Wuhan"), "huawei");
    assert_eq!(entity(&standing, "Tembelin Consulting"), "tembelin-consulting");
    assert_eq!(entity(&standing, "Ostrinta"), "ostrinta", "free mail and unknown domains say nothing");
    let asked: Vec<(&str, &str)> = said.doubts.iter().map(|doubt| (doubt.a.as_str(), doubt.b.as_str())).collect();
    assert_eq!(asked, [("Tembelin Consulting", "Huawei")]);
}

#[test]
fn two_sources_of_one_document_are_two_organisations() {
    let mut names = surfaces(&["Tembelin Networks", "Tembelin Nordic", "Tembelin Networks Ltd"]);
    let said = |names: &[Surface]| {
        let held = Standing::of(Kind::Organisation, &[]);
        let said = propose(names, &held, &Tables::shipped(), Some(&KNOWN), Timestamp::UNIX_EPOCH).decisions;
        Standing::of(Kind::Organisation, &said)
    };
    let one = said(&names);
    assert_eq!(entity(&one, "Tembelin Networks"), entity(&one, "Tembelin Nordic"), "by the name alone they are one");
    names[0].beside = vec!["Tembelin Nordic".into()];
    let two = said(&names);
    assert_ne!(entity(&two, "Tembelin Networks"), entity(&two, "Tembelin Nordic"));
    assert_eq!(entity(&two, "Tembelin Networks"), entity(&two, "Tembelin Networks Ltd"));
}

#[test]
fn the_order_of_names_changes_nothing() {
    let names = [
        "Huawei",
        "Huawei Technologies",
        "Huawai",
        "ZTE",
        "ZTE Corp",
        "Nokia Bell Labs",
        "Nokia",
        "University of Oulu",
        "Oulu University",
    ];
    let forth = decided(&names, true);
    let mut back = names;
    back.reverse();
    assert_eq!(decided(&back, true), forth);
}

#[test]
fn only_new_names_are_weighed_and_what_stands_does_not_move() {
    let first = decided(&["Huawei", "Huawei Technologies", "Tembelin Robotics"], true);
    let held = Standing::of(Kind::Organisation, &first);
    let names = surfaces(&["Huawei", "Huawei Technologies", "Tembelin Robotics", "Huawei Device", "Tembelin"]);
    let more = propose(&names, &held, &Tables::shipped(), Some(&KNOWN), Timestamp::UNIX_EPOCH).decisions;
    let about: Vec<&str> = more.iter().map(|decision| decision.subject.as_str()).collect();
    assert!(about.contains(&"Huawei Device") && about.contains(&"Tembelin"), "{about:?}");
    assert!(!about.contains(&"Huawei Technologies"), "{about:?}");
}
