//! Persons: what a link needs, shown on made-up people and on public figures named in published texts; and what always
//! holds, whatever the names.
#![allow(missing_docs, reason = "a test has no public items")]

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use resolve::person::{
    About, Claim, Persons, Sighting, Stay, dual_affiliations, person_clusters, pseudonym, resolve_persons, tenures,
};
use resolve::{Decision, Kind, Op};

/// A sighting: name, organisation as written or nothing, committee and year.
fn seen(name: &str, organisation: &str, body: &str, year: i16) -> Sighting {
    let is_said = !organisation.is_empty();
    let stay = Stay { body: body.into(), from: Some(date(year, 2, 1)), to: Some(date(year, 11, 1)) };
    Sighting {
        name: name.into(),
        organisation: is_said.then(|| resolve::slug(organisation)),
        organisation_as_written: is_said.then(|| organisation.into()),
        domain: None,
        bodies: if body.is_empty() { Vec::new() } else { vec![stay] },
        lists: vec![format!("{body} {year} {name} {organisation}")],
        n: 3,
    }
}

fn resolved(sightings: &[Sighting]) -> Persons {
    resolve_persons(sightings, &[], Timestamp::UNIX_EPOCH)
}

/// The persons, each as the set of its mentions.
fn persons(sightings: &[Sighting], said: &[Decision]) -> BTreeSet<BTreeSet<String>> {
    let mut decisions = resolve_persons(sightings, said, Timestamp::UNIX_EPOCH).decisions;
    decisions.extend_from_slice(said);
    let clusters = person_clusters(&decisions);
    let mut persons: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for mention in sightings.iter().map(Sighting::mention) {
        persons.entry(clusters.get(&mention).unwrap_or(&mention).clone()).or_default().insert(mention);
    }
    persons.into_values().collect()
}

fn n_persons(sightings: &[Sighting]) -> usize {
    persons(sightings, &[]).len()
}

#[test]
fn the_head_of_etsi_is_one_person_with_two_titles() {
    let sightings = [seen("Luis Jorge Romero", "ETSI", "", 2021), seen("Luis Romero", "ETSI", "", 2022)];
    let decisions = resolved(&sightings).decisions;
    assert_eq!(decisions.len(), 1);
    let title = |mention: &str, value: &str, source: &str| Claim {
        mention: mention.into(),
        about: About::Title,
        value: value.into(),
        from: None,
        to: None,
        n: 1,
        sources: BTreeSet::from([source.into()]),
    };
    let claims = [
        title("Luis Jorge Romero (ETSI)", "Director General", "seed 000"),
        title("Luis Romero (ETSI)", "Secretary General", "seed 003"),
    ];
    let held = tenures(&claims, &person_clusters(&decisions));
    assert_eq!(held.len(), 2, "both titles stay");
    assert_eq!(held[0].person, held[1].person);
    assert_eq!(held.iter().map(|held| held.sources.len()).sum::<usize>(), 2);
}

#[test]
fn capitals_commas_and_order_do_not_make_another_person() {
    let spellings = ["Houlin Zhao", "Houlin ZHAO", "ZHAO Houlin", "Zhao Houlin", "Zhao, Houlin", "Mr Houlin Zhao"];
    let mut sightings: Vec<Sighting> = spellings.map(|name| seen(name, "ITU", "itu/council", 2020)).to_vec();
    assert_eq!(n_persons(&sightings), 1);
    sightings.push(seen("Wei Zhao", "ITU", "itu/council", 2020));
    assert_eq!(n_persons(&sightings), 2);
}

#[test]
fn a_given_name_alone_is_nobody() {
    let sightings = [
        seen("Stephen (Q12/15 Rapporteur)", "", "itu-t/sg15", 2024),
        seen("Stephen", "Q12/15 Rapporteur", "itu-t/sg15", 2024),
        seen("Stephen", "", "itu-t/sg15", 2024),
        seen("Stephen Palm", "Borealis", "itu-t/sg15", 2024),
        seen("Ahmad (Huawei)", "", "itu-t/sg15", 2024),
        seen("Ahmad", "Huawei", "itu-t/sg15", 2024),
        seen("Ahmad Quell", "Huawei", "itu-t/sg15", 2024),
        seen("Jae-Hoon", "", "itu-t/sg15", 2024),
        seen("Jae-Hoon Quell", "", "itu-t/sg15", 2024),
    ];
    assert!(resolved(&sightings).decisions.is_empty());
}

#[test]
fn codes_are_not_names() {
    let codes = ["WH", "JHD", "DE", "PFC"].map(|code| seen(code, "", "ecma/tc39", 2020));
    let mut sightings = codes.to_vec();
    sightings.extend(["Dana Estel", "Jon Hal Dorrit"].map(|name| seen(name, "", "ecma/tc39", 2020)));
    assert!(resolved(&sightings).decisions.is_empty());
}

#[test]
fn accents_initials_nicknames_and_slips_do_not_make_another_person() {
    for spellings in [
        ["Mirja Kühlewind", "Mirja Kuhlewind", "Mirja Kuehlewind"],
        ["Stephen D. Palm", "Stephen Palm", "S. Palm"],
        ["Robert Quellner", "Bob Quellner", "Robert A. Quellner"],
        ["Jae-Hoon Quellner", "Jaehoon Quellner", "Jae Hoon Quellner"],
        ["Þóra Sørgaard", "Thora Sorgaard", "Thora Sorgard"],
        ["Jan van der Quell", "Jan Van Der Quell", "Quell, Jan van der"],
        ["Dr. Ada Quell", "Prof. Ada Quell", "Ms Ada Quell"],
    ] {
        let sightings = spellings.map(|name| seen(name, "", "ietf/quic", 2020));
        assert_eq!(n_persons(&sightings), 1, "{spellings:?}");
    }
}

#[test]
fn what_contradicts_makes_two() {
    for names in [
        ["Ada B. Quell", "Ada C. Quell"],
        ["Ada Quell Jr", "Ada Quell Sr"],
        ["Mr Alex Tan", "Ms Alex Tan"],
        ["Robin Quellmer", "Robin Quemley"],
        ["Xi Jin Wu", "Jing Wu"],
    ] {
        assert_eq!(n_persons(&names.map(|name| seen(name, "Borealis", "ietf/quic", 2020))), 2, "{names:?}");
    }
}

#[test]
fn a_common_name_needs_more_than_the_name() {
    let wang = |organisation, body| seen("Wei Wang", organisation, body, 2020);
    assert_eq!(n_persons(&[wang("Borealis", "itu-t/sg13"), wang("Caldera", "ietf/quic")]), 2, "nothing in common");
    let plausible = resolved(&[wang("Borealis", "itu-t/sg13"), wang("Caldera", "itu-t/sg13")]);
    assert!(plausible.decisions.is_empty(), "a committee alone does not do for so common a name");
    assert_eq!(plausible.doubts.len(), 1, "it is for a reviewer to say");
    assert_eq!(n_persons(&[wang("Borealis", "itu-t/sg13"), wang("Borealis Ltd", "itu-t/sg13")]), 2);
    let mut spelt = [wang("Borealis", "itu-t/sg13"), wang("Borealis Ltd", "itu-t/sg13")];
    spelt[1].organisation = spelt[0].organisation.clone();
    assert_eq!(n_persons(&spelt), 1, "organisation and committee agree");
    for name in ["Ada Quellner", "Jordi Quellner"] {
        let rare = [seen(name, "Borealis", "itu-t/sg13", 2020), seen(name, "Caldera", "ietf/quic", 2020)];
        assert_eq!(n_persons(&rare), 1, "people move, and a rare name goes with them");
    }
}

#[test]
fn an_e_mail_domain_counts_unless_everyone_has_it() {
    let wang = |organisation: &str, domain: &str| Sighting {
        domain: Some(domain.into()),
        ..seen("Wei Wang", organisation, "itu-t/sg13", 2020)
    };
    assert_eq!(n_persons(&[wang("Borealis", "borealis.example"), wang("Borealis Labs", "borealis.example")]), 1);
    assert_eq!(n_persons(&[wang("Borealis", "gmail.com"), wang("Borealis Labs", "gmail.com")]), 2);
}

#[test]
fn two_rows_of_the_same_lists_are_two_people() {
    let lists = |name: &str| Sighting {
        lists: (1..=6).map(|n| format!("SG13 meeting {n}")).collect(),
        ..seen(name, "", "itu-t/sg13", 2020)
    };
    assert_eq!(n_persons(&[lists("Dan Quellner"), lists("Daniel Quellner")]), 2);
    let mut once = [lists("Dan Quellner"), lists("Daniel Quellner")];
    once[1].lists.drain(1..);
    assert_eq!(n_persons(&once), 1, "once is a row that was written twice");
}

#[test]
fn an_initial_that_fits_two_fits_none() {
    let names = ["J. Quellner", "Jonas Quellner", "Judith Quellner"];
    let found = resolved(&names.map(|name| seen(name, "", "ietf/quic", 2020)));
    assert!(found.decisions.is_empty());
    assert_eq!(found.doubts.len(), 2, "the reviewer sees both");
}

#[test]
fn two_affiliations_at_a_time_are_found() {
    let sightings = [
        seen("Heung Youl Youm", "ETRI", "itu-t/sg17", 2020),
        seen("Heung-Youl YOUM", "ITU-T SG17", "itu-t/sg17", 2020),
    ];
    let persons = person_clusters(&resolved(&sightings).decisions);
    let claim = |sighting: &Sighting| Claim {
        mention: sighting.mention(),
        about: About::Organisation,
        value: sighting.organisation.clone().unwrap(),
        from: sighting.bodies[0].from,
        to: sighting.bodies[0].to,
        n: sighting.n,
        sources: BTreeSet::from(["programme".to_string()]),
    };
    let tenures = tenures(&sightings.iter().map(claim).collect::<Vec<_>>(), &persons);
    let dual = dual_affiliations(&tenures);
    assert_eq!(dual.len(), 1);
    assert_eq!((dual[0].0.value.as_str(), dual[0].1.value.as_str()), ("etri", "itu-t-sg17"));
}

#[test]
fn every_link_shows_what_it_is_made_of() {
    let found =
        resolved(&[seen("Ada Quellner", "Borealis", "ietf/quic", 2020), seen("A. Quellner", "", "ietf/quic", 2021)]);
    let link = &found.decisions[0];
    assert_eq!((link.subject.as_str(), link.object.as_str()), ("A. Quellner", "Ada Quellner (Borealis)"));
    assert_eq!((link.kind, link.op, link.rule.as_str()), (Kind::Person, Op::Link, "person-initials"));
    let sum: f64 = link.contributions.iter().map(|line| line.bits).sum();
    assert!((sum - link.bits).abs() < 1e-9 && link.id.len() == 16);
    assert!(link.contributions.iter().any(|line| line.feature == "committee" && line.found == "both in ietf/quic"));
}

#[test]
fn a_wall_keeps_two_apart_and_can_be_taken_away() {
    let sightings = [seen("Ada Quellner", "", "ietf/quic", 2020), seen("Ada B. Quellner", "", "ietf/quic", 2020)];
    assert_eq!(n_persons(&sightings), 1);
    let pair = ("Ada Quellner", "Ada B. Quellner");
    let wall = Decision::by_person(Kind::Person, Op::NotSame, pair, "a reviewer", Timestamp::UNIX_EPOCH).sealed();
    assert_eq!(persons(&sightings, std::slice::from_ref(&wall)).len(), 2);
    let mut undo = Decision::by_person(Kind::Person, Op::Undo, ("", ""), "a reviewer", Timestamp::UNIX_EPOCH);
    undo.supersedes = Some(wall.id.clone());
    assert_eq!(persons(&sightings, &[wall, undo.sealed()]).len(), 1);
}

#[test]
fn pseudonyms_stay_and_differ() {
    let all: BTreeSet<String> =
        (0..10_000).map(|n| pseudonym(&format!("person {n}"), b"salt of a workspace")).collect();
    assert_eq!(all.len(), 10_000);
    assert!(all.contains(&pseudonym("person 7", b"salt of a workspace")));
    assert!(!all.contains(&pseudonym("person 7", b"another salt")));
}

fn any_sighting() -> impl Strategy<Value = Sighting> {
    let given =
        prop::sample::select(vec!["Ada", "A.", "Adam", "Bob", "Robert", "Wei", "Jae-Hoon", "Jaehoon", "Dan", "J. B."]);
    let family =
        prop::sample::select(vec!["Quell", "Quel", "WANG", "Wang", "Kim", "van der Morrow", "Morrow", "Smith", ""]);
    let organisation = prop::sample::select(vec!["", "Borealis", "Caldera"]);
    let body = prop::sample::select(vec!["ietf/quic", "itu-t/sg13", "itu-t/sg15"]);
    (given, family, organisation, body, 2015i16..2025, 1i64..5).prop_map(
        |(given, family, organisation, body, year, n)| Sighting {
            n,
            lists: vec![format!("{body} {year}")],
            ..seen(format!("{given} {family}").trim(), organisation, body, year)
        },
    )
}

fn any_sightings() -> impl Strategy<Value = Vec<Sighting>> {
    prop::collection::vec(any_sighting(), 1..30)
}

proptest! {
    #[test]
    fn order_changes_nothing((sightings, shuffled) in any_sightings().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))) {
        prop_assert_eq!(resolved(&sightings), resolved(&shuffled));
    }

    #[test]
    fn no_wall_is_crossed(sightings in any_sightings(), pairs in prop::collection::vec((0usize..30, 0usize..30), 0..12)) {
        let mention = |at: usize| sightings[at % sightings.len()].mention();
        let walls: Vec<Decision> = pairs
            .iter()
            .filter(|(one, other)| mention(*one) != mention(*other))
            .map(|(one, other)| {
                Decision::by_person(Kind::Person, Op::NotSame, (&mention(*one), &mention(*other)), "a", Timestamp::UNIX_EPOCH)
                    .sealed()
            })
            .collect();
        for person in persons(&sightings, &walls) {
            for wall in &walls {
                prop_assert!(!(person.contains(&wall.subject) && person.contains(&wall.object)), "{person:?}");
            }
        }
    }

    #[test]
    fn a_stranger_changes_nothing(sightings in any_sightings()) {
        let mut more = sightings.clone();
        more.push(seen("Xyzzy Oddfellow", "Elsewhere", "elsewhere/odd", 2020));
        prop_assert_eq!(resolved(&sightings), resolved(&more));
    }

    #[test]
    fn every_mention_is_linked_once_and_to_a_centre(sightings in any_sightings()) {
        let found = resolved(&sightings);
        let subjects: BTreeSet<&str> = found.decisions.iter().map(|link| link.subject.as_str()).collect();
        prop_assert_eq!(subjects.len(), found.decisions.len());
        for link in &found.decisions {
            prop_assert!(!subjects.contains(link.object.as_str()), "a star has no second ring");
        }
    }
}
