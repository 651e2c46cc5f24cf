//! Traps that the founding documents hold, each as a named test: on made-up sentences of the same shape, and on the
//! documents themselves where those are at hand, beside the repository.
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads the founding documents")]

use prose::{Metric, Role, Span, Time, Who};

#[path = "traps/tools.rs"]
mod tools;

use tools::{
    DRAFT, NEWS, PROGRAMME, REPORT, Read, affiliations, assert_organs, doubts, has_mention, made, modes, seeds,
    statuses, titles,
};

// 1. Spaces that do not break, hyphens that do not break.

#[test]
fn no_break_spaces_part_words_as_spaces_do() {
    assert_organs(&made(NEWS), [("Council", "BCSA"), ("General Assembly", "NSI")]);
    let read = made(NEWS);
    assert_eq!(titles(&read, "Carlo Marco Esempio"), ["Director General"], "a no-break space before the title");
    seeds("000", |read| assert_organs(read, [("Council", "CCSA"), ("General Assembly", "ETSI")]));
}

#[test]
fn a_hyphen_that_does_not_break_is_a_hyphen() {
    let read = made(DRAFT);
    let sector = read.organisation("ITU-T");
    let words: Vec<&str> = sector.mentions.iter().map(|named| read.words(named.found.span)).collect();
    assert!(words.contains(&"ITU\u{2011}T") && words.contains(&"ITU-T"), "evidence stays as written: {words:?}");
    seeds("002", |read| {
        let sector = read.organisation("ITU-T");
        assert!(sector.mentions.iter().filter(|named| read.words(named.found.span).contains('\u{2011}')).count() >= 5);
    });
}

// 2. Relative dates.

#[test]
fn relative_dates_stay_relative_and_nothing_is_invented() {
    let check = |read: &Read| {
        let agreement = read.agreement();
        assert_eq!((&agreement.signed, &agreement.announced, &agreement.effective), (&None, &None, &None));
        assert_eq!(agreement.signed_relative.map(|span| read.words(span)), Some("the day of the event"));
        assert!(agreement.approvals.iter().all(|approval| approval.when.as_deref() == Some("earlier this year")));
        assert_eq!(read.answer.events[0].date, None, "the text does not date its event");
        let relative = read.answer.dates.iter().filter(|date| date.time == Time::Relative).count();
        assert_eq!(relative, 2, "{:?}", read.answer.dates);
    };
    check(&made(NEWS));
    seeds("000", check);
}

// 3. Offices and their status.

#[test]
fn a_former_holder_does_not_overwrite_the_present_one() {
    let check = |read: &Read, former: &str, new: &str| {
        assert_eq!(statuses(read, former), [Some("former")]);
        assert!(statuses(read, new).contains(&Some("new")) && !statuses(read, new).contains(&Some("former")));
        assert_eq!(titles(read, former)[0], "Secretary General", "status is no part of the title");
        assert_eq!(titles(read, new)[0], "Secretary General");
    };
    check(&made(NEWS), "Yang Zemo", "Lin Bo");
    seeds("000", |read| check(read, "Yang Zemin", "Wen Ku"));
}

#[test]
fn titles_that_two_sources_give_one_person_are_both_kept() {
    let title = |text: &str| titles(&made(text), "Luis Esempio")[0].clone();
    assert_eq!(title("- Mr. Luis Esempio, Secretary General of ETSI\n"), "Secretary General");
    assert_eq!(title("The meeting was opened by ETSI Director General Luis Esempio.\n"), "Director General");
    seeds("000", |read| assert_eq!(titles(read, "Luis Jorge Romero"), ["Director General"]));
    seeds("003", |read| assert_eq!(titles(read, "Luis Romero"), ["Secretary General"]));
}

// 4. Programmes.

#[test]
fn names_are_kept_in_the_order_in_which_they_are_written() {
    let read = made(PROGRAMME);
    for name in ["Chaolin XUAN", "Huilin ZHAN", "Hyung Yool YUM"] {
        assert_eq!(read.person(name).name, name);
    }
    assert_eq!(made(NEWS).person("Zhao Moban").name, "Zhao Moban");
    seeds("003", |read| assert_eq!(read.person("Houlin ZHAO").honorific.as_deref(), Some("H.E. Mr.")));
    seeds("000", |read| assert_eq!(read.person("Zhao Shizhuo").mentions.len(), 1));
}

#[test]
fn sg_before_a_union_is_its_secretary_general() {
    let check = |read: &Read, name: &str| {
        assert_eq!(titles(read, name), ["Secretary General"]);
        assert_eq!(affiliations(read, name), ["ATU"]);
        assert!(!read.answer.organisations.iter().any(|one| one.name.starts_with("SG")), "no such organisation");
    };
    check(&made(PROGRAMME), "Jack OMI");
    seeds("003", |read| check(read, "John OMO"));
}

#[test]
fn sg_with_a_number_is_a_study_group() {
    let check = |read: &Read| assert_eq!(read.organisation("SG15").kind, "SDO-committee");
    check(&made(REPORT));
    seeds("001", check);
}

#[test]
fn a_name_that_wraps_is_one_organisation() {
    let check = |read: &Read, name: &str, organisation: &str| {
        assert_eq!(affiliations(read, name), [organisation]);
        let span = read.organisation(organisation).mentions[0].found.span;
        assert!(read.words(span).contains('\n'), "evidence is the words with their line break");
    };
    let administration = "Communications Administration of Fujian Province";
    check(&made(PROGRAMME), "Jianbo CHANG", administration);
    seeds("003", |read| {
        check(read, "Jianjun CHENG", administration);
        check(read, "Xiquan YU", "Industry and Information Technology Bureau of Shenzhen Municipality");
    });
}

#[test]
fn one_person_may_have_two_affiliations() {
    let check = |read: &Read, name: &str| {
        assert_eq!(affiliations(read, name), ["ETRI", "SG17"]);
        assert_eq!(titles(read, name), ["Chairman"], "the office is that in the study group");
        let offices: Vec<&Role> = read.person(name).roles.iter().filter(|role| role.title.is_some()).collect();
        assert_eq!(read.called(offices[0].organisation.unwrap()), "SG17");
    };
    check(&made(PROGRAMME), "Hyung Yool YUM");
    seeds("003", |read| check(read, "Heung Youl YOUM"));
}

#[test]
fn modes_are_those_of_the_person_and_as_written() {
    assert_eq!(modes(&made(PROGRAMME), "John Pattern"), ["speech received"]);
    assert!(modes(&made(PROGRAMME), "Xinbo WANG").is_empty());
    let report = made(REPORT);
    assert_eq!(modes(&report, "Stephen Probe"), ["remote"]);
    assert_eq!(modes(&report, "Juno Zhen"), ["recording"]);
    assert!(modes(&report, "Ching Xan").is_empty());
    seeds("003", |read| assert_eq!(modes(read, "John Giusti"), ["speech received"]));
    seeds("001", |read| {
        let all = ["Stephen Palm", "Judy Zhu", "Xiaoya Song", "Per Beming"].map(|name| modes(read, name));
        assert_eq!(all.concat(), ["remote", "recording", "remote"]);
    });
}

#[test]
fn announced_speakers_are_no_listed_speakers() {
    let check = |read: &Read, differing: &str, planned: &[Option<u32>]| {
        let sessions: Vec<_> = read.answer.sessions.iter().map(|session| session.planned_speakers).collect();
        assert_eq!(sessions, planned);
        let doubts = doubts(read, "planned-and-listed-differ");
        assert_eq!(doubts.len(), 1, "{doubts:?}");
        assert!(doubts[0].contains(differing), "{doubts:?}");
    };
    check(&made(PROGRAMME), "Session 2", &[None, Some(3), Some(6)]);
    seeds("003", |read| check(read, "Session 3", &[None, None, Some(6), Some(6), Some(6), None]));
}

// 5. The report.

#[test]
fn a_given_name_alone_stays_unresolved() {
    let check = |read: &Read, full: &str, other: &str| {
        for name in ["Stephen", other] {
            assert!(read.person(name).is_given_name_only, "{name}");
            assert_eq!(read.person(name).mentions.len(), 1);
        }
        assert!(!read.person(full).is_given_name_only);
        assert_eq!(modes(read, full), ["remote"], "{full} did not speak from the floor");
        assert_eq!(doubts(read, "given-name-only").len(), 2);
    };
    check(&made(REPORT), "Stephen Probe", "Ahmet");
    seeds("001", |read| {
        check(read, "Stephen Palm", "Ahmad");
        assert_eq!(read.person("Stephen Palm").mentions.len(), 2, "the full name, and `S. Palm`");
    });
}

#[test]
fn per_is_a_person_and_a_preposition() {
    let check = |read: &Read, name: &str, family: &str| {
        let person = read.person(name);
        for found in &person.mentions {
            let words = read.words(found.span);
            assert!(words.starts_with("Per") || words == family, "{words}");
        }
        assert!(person.mentions.iter().any(|found| read.words(found.span) == "Per"), "`Per expects` is this person");
        let text = &read.document.text;
        let is_person = |at: usize| read.answer.persons.iter().any(|one| has_mention(one, at));
        for (at, _) in text.match_indices(" per ") {
            assert!(!is_person(at + 1), "a preposition is nobody");
        }
    };
    check(&made(REPORT), "Per Sample", "Sample");
    seeds("001", |read| check(read, "Per Beming", "Beming"));
}

#[test]
fn an_honorific_with_the_second_name_belongs_to_the_one_person_called_so() {
    let check = |read: &Read, name: &str, second: &str| {
        let person = read.person(name);
        assert!(person.mentions.iter().any(|found| read.words(found.span) == second));
        assert_eq!(person.honorific.as_deref(), Some("Ms"));
        assert!(read.answer.persons.iter().all(|one| one.name != second), "no second person");
    };
    check(&made(REPORT), "Ching Xan", "Xan");
    seeds("001", |read| check(read, "Chang Xin", "Xin"));
}

#[test]
fn typing_errors_in_an_acronym_are_the_organisation() {
    let check = |read: &Read| {
        let sector = read.organisation("ITU-T");
        let words: Vec<&str> = sector.mentions.iter().map(|named| read.words(named.found.span)).collect();
        assert!(words.contains(&"ITUT") && words.contains(&"IUT-T"), "{words:?}");
    };
    check(&made(REPORT));
    seeds("001", check);
}

#[test]
fn two_organisations_that_stand_together_are_two() {
    let check = |read: &Read| {
        for (name, words) in [("ODVA", "ODVA"), ("OPC", "OPC"), ("IEC", "IEC")] {
            assert!(read.organisation(name).mentions.iter().any(|named| read.words(named.found.span) == words));
        }
    };
    check(&made(REPORT));
    seeds("001", check);
}

#[test]
fn github_is_a_tool_and_does_nothing() {
    let check = |read: &Read| {
        let Some(tool) = read.answer.organisations.iter().position(|one| one.name == "GitHub") else { return };
        let answer = &read.answer;
        let is_tool = |who: &Who| *who == Who::Organisation(tool);
        assert!(answer.persons.iter().flat_map(|one| &one.roles).all(|role| role.organisation != Some(tool)));
        assert!(!answer.conclusions.iter().flat_map(|one| &one.by).any(is_tool));
        assert!(!answer.actions.iter().flat_map(|one| one.owners.iter().chain(&one.addressees)).any(is_tool));
        assert!(!answer.events.iter().flat_map(|one| one.organisers.iter().chain(&one.mandate)).any(is_tool));
        assert!(!answer.metrics.iter().any(|metric| metric.subject.contains("GitHub")));
    };
    check(&made(REPORT));
    seeds("001", check);
}

#[test]
fn an_office_without_a_name_is_no_person() {
    let check = |read: &Read| {
        let at = read.document.text.find("IEEE standard board chair").unwrap();
        assert!(!read.answer.persons.iter().any(|one| (at..at + 25).any(|byte| has_mention(one, byte))));
        let ieee = read.organisation("IEEE");
        assert!(ieee.mentions.iter().any(|named| named.found.span.start == at), "the organisation is named");
    };
    check(&made(REPORT));
    seeds("001", check);
}

// 6. Residue of tracked changes.

#[test]
fn an_inserted_and_a_deleted_number_are_a_doubt_and_never_a_number() {
    let check = |read: &Read, years: &[&str]| {
        let doubts = read.answer.doubts.iter().filter(|doubt| doubt.kind == "fused-text");
        let fused: Vec<&str> = doubts.map(|doubt| read.document.slice(&doubt.found.span.range())).collect();
        assert!(fused.iter().any(|words| words.contains("700520")), "{fused:?}");
        assert!(years.iter().all(|year| fused.iter().any(|words| words.contains(year))), "{fused:?}");
        let values: Vec<&str> = read.answer.metrics.iter().map(|metric| metric.value.as_str()).collect();
        assert!(values.contains(&"193"), "{values:?}");
        assert!(!values.iter().any(|value| ["700520", "700,520", "700", "520"].contains(value)), "{values:?}");
        let of_fused = |span: Span| {
            read.answer.doubts.iter().any(|doubt| doubt.kind == "fused-text" && doubt.found.span.meets(span))
        };
        assert!(!read.answer.dates.iter().any(|date| of_fused(date.found.span)), "{:?}", read.answer.dates);
    };
    check(&made(DRAFT), &["2034Hammamet"]);
    seeds("002", |read| check(read, &["2024Hammamet", "2022Busan", "2024Dubai"]));
}

#[test]
fn a_round_number_is_one_number() {
    assert_eq!(made("There are over 300000 Sector Members.\n").answer.metrics.len(), 1);
}

#[test]
fn a_number_of_a_clause_is_no_quantity() {
    let check = |read: &Read| {
        assert!(!read.answer.metrics.iter().any(|metric| ["117", "128", "1", "11"].contains(&metric.value.as_str())));
        assert!(read.answer.clauses.iter().any(|clause| clause.label.starts_with("117")), "kept as written");
    };
    check(&made(DRAFT));
    seeds("002", check);
}

#[test]
fn the_author_of_a_comment_that_stands_three_times_is_one_person() {
    let check = |read: &Read, name: &str| {
        assert_eq!(read.answer.persons.len(), 1, "{:?}", read.answer.persons);
        assert!(read.person(name).mentions.len() >= 3);
        assert_eq!(read.person(name).roles.len(), 1);
    };
    check(&made(DRAFT), "Bo Sample");
    seeds("002", |read| check(read, "Arnaud Taddei"));
}

// 7. Quantities.

#[test]
fn quantities_keep_subject_operator_and_unit() {
    let check = |read: &Read, wanted: &[(&str, &str, &str)]| {
        for (operator, value, unit) in wanted {
            let is = |one: &&Metric| one.operator == *operator && one.value == *value && one.unit.contains(unit);
            let metric = read.answer.metrics.iter().find(is).unwrap_or_else(|| panic!("no {operator} {value} {unit}"));
            assert!(metric.subject.contains(unit), "{metric:?}");
            assert!(!read.words(metric.found.span).is_empty());
        }
    };
    check(&made(REPORT), &[("=", "193", "countries"), (">", "500", "industry members"), (">=", "170", "academic")]);
    check(&made(DRAFT), &[("=", "193", "Member States")]);
    seeds("000", |read| check(read, &[(">", "20", "years")]));
    seeds("001", |read| {
        check(read, &[("=", "193", "countries"), (">", "500", "industry members"), (">=", "170", "academic")])
    });
    seeds("002", |read| check(read, &[("=", "193", "Member States")]));
    seeds("003", |read| check(read, &[("~", "20", "years")]));
}

// What all of them ask.

/// A title and its line in brackets are two lines also where both are short and no prose follows.
#[test]
fn a_short_title_with_a_planned_length_below_it_is_a_session() {
    let read = made(
        "Annual Lamp Post Seminar 2031\n\nProvisional Agenda\n\n\
         09:00 - 09:30\nOpening Session\nModerator: Chaolin XUAN, Director General, MIIT\n\n\
         - H.E. Mr. Huilin ZHAN, Secretary General of ITU\n\n\
         Session 1: Coordinated Efforts on Lamp Posts\n(moderated 50 Minutes, 3 speakers)\n\n\
         - Mr. Hanquan WO, Academician of Chinese Academy of Engineering\n",
    );
    assert_eq!(read.answer.kind, "event programme");
    let sessions: Vec<(&str, Option<u32>)> =
        read.answer.sessions.iter().map(|session| (session.title.as_str(), session.planned_speakers)).collect();
    assert_eq!(sessions, [("Opening Session", None), ("Session 1: Coordinated Efforts on Lamp Posts", Some(3))]);
    assert_eq!(doubts(&read, "planned-and-listed-differ").len(), 1);
}

/// Announced and signed are two days.
#[test]
fn the_day_of_an_announcement_is_no_day_of_signing() {
    let text =
        "ETSI announced on 5 June 2031 that ETSI and CCSA signed a Memorandum of Understanding on 2 June 2031.\n";
    let read = made(text);
    let agreement = read.agreement();
    assert_eq!(agreement.signed.as_deref(), Some("2031-06-02"));
    assert_eq!(agreement.announced.as_deref(), Some("2031-06-05"));
}

/// The day of the announcement comes after, in a sentence of its own.
#[test]
fn an_announcement_in_its_own_sentence_is_read() {
    let text = "ETSI and CCSA signed a Memorandum of Understanding on 2 June 2031. It was announced on 5 June 2031.\n";
    let read = made(text);
    assert_eq!(read.agreement().signed.as_deref(), Some("2031-06-02"));
    assert_eq!(read.agreement().announced.as_deref(), Some("2031-06-05"));
}

/// A former office does not take the present one away.
#[test]
fn a_former_and_a_present_office_of_one_person_are_both_kept() {
    let read = made(
        "The meeting was attended by:\n\
         \u{20} \u{2022} Ada Example, former Chair of SG15 and current Chair of SG17,\n\
         \u{20} \u{2022} Bo Sample, ex-Chairman of SG13\n",
    );
    assert_eq!(affiliations(&read, "Ada Example"), ["SG15", "SG17"]);
    assert_eq!(statuses(&read, "Ada Example"), [Some("former"), None]);
    assert_eq!(statuses(&read, "Bo Sample"), [Some("former")], "`ex-Chairman` is a former chairman");
}

/// `Dr Li` is nobody where there are two of that name.
#[test]
fn an_honorific_with_a_name_that_two_bear_is_nobody() {
    let read = made(
        "Report of the Lamp Workshop\nThe Lamp Workshop was held on 19 April 2031 in Geneva.\n\
         1\tSession 1 on Lamps\nThis session was moderated by Ms Ada Example, Nokia.\n\
         1.1\tAnna Li, Huawei\nMs Li spoke.\n1.2\tBo Li, ZTE\nMr Li spoke. Dr Li agreed.\n",
    );
    let at = read.document.text.find("Dr Li").unwrap() + 3;
    assert!(!read.answer.persons.iter().any(|one| has_mention(one, at)));
}
