//! What frames must not get wrong: dates that stay relative, four dates of an agreement, labels that are no quantities,
//! sessions and what stands in them. People, companies and bodies are made up, except in what reads the seeds.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may stop at once, and reads the seeds where they are"
)]

use prose::{Answer, Time, Who};

fn read(text: &str) -> (Answer, String) {
    let document = document::read(&fact::Snapshot::new("", "a.txt", text.as_bytes())).unwrap();
    (prose::read(&document), document.text)
}

fn words(text: &str, span: prose::Span) -> &str {
    &text[span.range()]
}

/// The parties of the agreement number `n`, by acronym or name.
fn parties(answer: &Answer, n: usize) -> Vec<String> {
    let name = |one: &usize| {
        let one = &answer.organisations[*one];
        one.acronym.clone().unwrap_or_else(|| one.name.clone())
    };
    answer.agreements[n].parties.iter().map(name).collect()
}

fn dates(text: &str) -> Vec<(String, String)> {
    let (answer, text) = read(text);
    let value = |time: &Time| match time {
        Time::Date(value) | Time::Clock(value) => value.clone(),
        Time::Relative => "relative".into(),
    };
    answer.dates.iter().map(|one| (value(&one.time), words(&text, one.found.span).to_string())).collect()
}

fn values(text: &str) -> Vec<String> {
    dates(text).into_iter().map(|(value, _)| value).collect()
}

#[test]
fn dates_of_all_shapes_are_read() {
    let cases = [
        ("They met on 19 April 2024 there.", "2024-04-19"),
        ("They met on April 19, 2024 there.", "2024-04-19"),
        ("They met on 26th September, 2023 there.", "2023-09-26"),
        ("It was held on 1-9 March 2022 there.", "2022-03-01/2022-03-09"),
        ("It was held from 26 February \u{2013} 2 March 2018 there.", "2018-02-26/2018-03-02"),
        ("It was held on 12 - 16 December 2022 there.", "2022-12-12/2022-12-16"),
        ("In its June 2023 meeting it was said.", "2023-06"),
        ("It runs since 2009 there.", "2009"),
        ("It began in the 1980s there.", "1980s"),
        ("It began in the 1980\u{2019}s there.", "1980s"),
        ("Date: 2022-09-23 in the file.", "2022-09-23"),
        ("It was sent on 23/09/2022 to all.", "2022-09-23"),
        ("They met 09:00 - 09:30 there.", "09:00 - 09:30"),
    ];
    for (text, value) in cases {
        assert_eq!(values(text), [value], "{text}");
    }
}

#[test]
fn what_only_another_date_can_date_stays_relative() {
    assert_eq!(
        dates("It was signed on the day of the event, approved earlier this year, and they meet next month."),
        [
            ("relative".to_string(), "the day of the event".to_string()),
            ("relative".to_string(), "earlier this year".to_string()),
            ("relative".to_string(), "next month".to_string()),
        ]
    );
    assert_eq!(values("On 28 April they met."), ["relative"], "a day without a year is not this year's");
    assert_eq!(values("It was sent on 03/04/2022 to all."), Vec::<String>::new(), "day and month could be either");
}

#[test]
fn years_of_editions_and_numbers_of_standards_are_no_dates() {
    assert_eq!(values("Resolution 7 (Rev. Sampletown, 2010) of the Assembly says so."), Vec::<String>::new());
    assert_eq!(values("(Sampletown, 2008; Exampleville, 2016)"), Vec::<String>::new());
    assert_eq!(values("They read ISO 2022 and count 2000 members."), Vec::<String>::new());
}

#[test]
fn no_break_spaces_do_not_hide_dates_or_approvals() {
    let (answer, _) = read(
        "The Sample Standards Institute (SAMSI) and the Example Standards Association (EXSA) signed a Cooperation\u{a0}Agreement \
         on 2\u{a0}June\u{a0}2022, following the approval by the Council\u{a0}of EXSA and General\u{a0}Assembly of SAMSI earlier this year.",
    );
    assert_eq!(answer.agreements[0].signed.as_deref(), Some("2022-06-02"));
    let organs: Vec<&str> = answer.agreements[0].approvals.iter().map(|one| one.organ.as_str()).collect();
    assert_eq!(organs, ["Council", "General Assembly"]);
    assert_eq!(answer.agreements[0].approvals[0].when.as_deref(), Some("earlier this year"));
}

#[test]
fn signed_announced_effective_and_earlier_dates_are_not_confused() {
    let (answer, _) = read(
        "Geneva, 5 May 2020\n\nThe Sample Standards Institute and the Example Standards Association announced today that they \
         cooperate. On 28 April 2020, the Sample Standards Institute signed a Cooperation Agreement with the Example Standards \
         Association, after a first Letter of Intent of November 2014. The agreement will enter into force on 1 July 2020 and \
         run for five years.\n",
    );
    let agreement = &answer.agreements[0];
    assert_eq!(agreement.instrument, "Cooperation Agreement");
    assert_eq!(agreement.signed.as_deref(), Some("2020-04-28"));
    assert_eq!(agreement.announced.as_deref(), Some("2020-05-05"));
    assert_eq!(agreement.effective.as_deref(), Some("2020-07-01"));
    assert_eq!(agreement.until.as_deref(), Some("five years"));
    assert_eq!(agreement.predecessor.as_deref(), Some("Letter of Intent"));
}

#[test]
fn an_announcement_and_a_recent_signing_date_no_signing() {
    let (answer, _) = read(
        "Brussels, 11 August 2022 \u{2013} The Sample Standards Institute and the Example Standards Association have recently \
         signed a Memorandum of Understanding (MoU) on smart things.\n",
    );
    assert_eq!(answer.agreements[0].signed, None);
    assert_eq!(answer.agreements[0].announced.as_deref(), Some("2022-08-11"));
}

#[test]
fn what_happened_to_an_earlier_agreement_dates_no_renewal() {
    let (answer, _) = read(
        "The Sample Standards Institute and the Example Standards Association renewed their Cooperation Agreement. A first \
         Cooperation Agreement was signed in January 2009, and was renewed for the first time in February 2016.\n",
    );
    assert_eq!(answer.agreements.len(), 1);
    assert_eq!(answer.agreements[0].change.as_deref(), Some("renewal"));
    assert_eq!(answer.agreements[0].signed, None);
}

#[test]
fn a_plan_to_sign_is_no_signing() {
    let (answer, _) = read(
        "The Sample Standards Institute and the Example Standards Association plan to sign a Memorandum of Understanding in \
         2017.\n",
    );
    assert!(answer.agreements.iter().all(|agreement| agreement.signed.is_none() && agreement.announced.is_none()));
}

#[test]
fn parties_are_read_from_all_layouts() {
    let cases = [
        "The Sample Standards Institute and the Example Standards Association have entered into a Memorandum of Understanding.",
        "The Sample Standards Institute signed a Memorandum of Understanding with the Example Standards Association.",
        "MoU between the Sample Standards Institute and the Example Standards Association",
        "A Memorandum of Understanding was signed between the Sample Standards Institute and the Example Standards Association.",
        "On 2 June 2022, the Sample Standards Institute and the Example Standards Association signed an MoU.",
        "3 May 2012: The MoU between the Sample Standards Institute and the Example Standards Association helps both.",
    ];
    for text in cases {
        let (answer, _) = read(text);
        assert_eq!(answer.agreements.len(), 1, "{text}");
        assert_eq!(parties(&answer, 0), ["Sample Standards Institute", "Example Standards Association"], "{text}");
        assert_eq!(answer.agreements[0].instrument, "Memorandum of Understanding", "{text}");
    }
}

#[test]
fn three_and_more_parties_are_read_and_appositions_are_none() {
    let (answer, _) = read(
        "The Sample Standards Institute, the Example Standards Association and the Trial Standards Council signed a \
         Cooperation Agreement.\n",
    );
    assert_eq!(answer.agreements[0].parties.len(), 3);
    let (answer, _) = read(
        "The Sample Forum, an initiative led by the Trial Standards Council, and the Example Standards Association have signed \
         a Cooperation Agreement.\n",
    );
    assert_eq!(parties(&answer, 0), ["Sample Forum", "Example Standards Association"]);
}

#[test]
fn a_group_stands_for_the_parties_named_before() {
    let (answer, _) = read(
        "On 2 June 2022, the Sample Standards Institute (SAMSI) and the Example Standards Association (EXSA) signed a Memorandum of \
         Understanding on testing.\n\nAs their next step, the two organizations plan to organize joint activities, including \
         but not limited to workshops, trials and joint publications.\n",
    );
    let action = &answer.actions[0];
    let owners: Vec<Who> = answer.agreements[0].parties.iter().map(|one| Who::Organisation(*one)).collect();
    assert_eq!(action.owners, owners);
    let kinds: Vec<&str> = answer.activities.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(kinds, ["workshops", "trials", "joint publications"]);
}

#[test]
fn a_lead_in_within_a_list_is_no_area() {
    let (answer, text) = read(
        "The Sample Standards Institute and the Example Standards Association signed an MoU.\n\nThe MoU names areas of \
         cooperation, as follows.\n\n  \u{2022} Exchange of information.\n  \u{2022} Collaborate in the following aspects.\n  \
         \u{2022} Requirements on things.\n",
    );
    let agreement = &answer.agreements[0];
    let areas: Vec<&str> = agreement.areas.iter().map(|area| area.text.as_str()).collect();
    assert_eq!(areas, ["Exchange of information", "Requirements on things"]);
    let leads: Vec<&str> = agreement.lead_ins.iter().map(|span| words(&text, *span)).collect();
    assert_eq!(leads, ["The MoU names areas of cooperation, as follows.", "Collaborate in the following aspects."]);
}

#[test]
fn announced_and_listed_speakers_that_differ_are_a_doubt() {
    let text = "Programme\n\n09:00 - 09:45\nSession 1: Testing things\n(moderated 45 Minutes, 3 speakers)\nModerator: Ms. Ada \
                Example, Acme\n\n- Mr. Ben Sample, Acme\n- Ms. Cleo Trial, Borealis\n\nSession 2: More things\n(2 speakers)\n\n\
                - Mr. Dan Probe, Acme\n- Ms. Eve Essay, Borealis\n";
    let (answer, _) = read(text);
    assert_eq!(answer.sessions.len(), 2);
    assert_eq!(answer.sessions[0].planned_minutes, Some(45));
    assert_eq!(answer.sessions[0].planned_speakers, Some(3));
    assert_eq!(answer.sessions[0].time.as_deref(), Some("09:00-09:45"));
    let moderator = answer.sessions[0].moderator.map(|n| answer.persons[n].name.as_str());
    assert_eq!(moderator, Some("Ada Example"));
    let doubts: Vec<&str> = answer
        .doubts
        .iter()
        .filter(|doubt| doubt.kind == "planned-and-listed-differ")
        .map(|doubt| doubt.what.as_str())
        .collect();
    assert_eq!(doubts, ["expected 3 speakers in `Session 1: Testing things`, found 2"]);
    assert!(answer.metrics.is_empty(), "what a programme plans is no quantity: {:?}", answer.metrics);
}

#[test]
fn fused_numbers_are_a_doubt_and_no_quantity() {
    let (answer, text) = read(
        "RESOLUTION 7 (Rev. Sampletown, 2024Exampleville, 2016)\n\nThe Sector comprises 193 Member States, and over 700520 \
         Sector Members from all over the world;\n",
    );
    let metrics: Vec<&str> = answer.metrics.iter().map(|metric| metric.value.as_str()).collect();
    assert_eq!(metrics, ["193"]);
    let fused: Vec<&str> = answer
        .doubts
        .iter()
        .filter(|doubt| doubt.kind == "fused-text")
        .map(|doubt| words(&text, doubt.found.span))
        .collect();
    assert!(fused.contains(&"700520"), "{fused:?}");
}

#[test]
fn quantities_keep_their_operators_and_labels_are_none() {
    let (answer, _) = read(
        "More than 500 industry members and 170+ institutions met for up to 10 years in Session 1 with tier 1 operators, SGs 11, \
         13 and SG15, around 20 years after Recommendation 4. The two organizations held six meetings.\n",
    );
    let metrics: Vec<(&str, &str, &str)> =
        answer.metrics.iter().map(|metric| (metric.operator, metric.value.as_str(), metric.unit.as_str())).collect();
    assert_eq!(
        metrics,
        [
            (">", "500", "industry members"),
            (">=", "170", "institutions"),
            ("<=", "10", "years"),
            ("~", "20", "years"),
            ("=", "6", "meetings"),
        ]
    );
}

#[test]
fn an_instruction_is_an_action_of_whom_its_section_names() {
    let (answer, text) = read(
        "considering\n\na)\tthat things are many;\n\nresolves to instruct TSAG\n\n1\tto continue to count things;\n2\tto report on \
         them.\n\nencourages Sector Members, Associates\n\n1\tto take part.\n",
    );
    let clauses: Vec<(&str, &str)> =
        answer.clauses.iter().map(|clause| (clause.section.as_str(), clause.label.as_str())).collect();
    assert_eq!(
        clauses,
        [
            ("considering", "a)"),
            ("resolves to instruct TSAG", "1"),
            ("resolves to instruct TSAG", "2"),
            ("encourages Sector Members, Associates", "1"),
        ]
    );
    let actions: Vec<&str> = answer.actions.iter().map(|action| words(&text, action.found.span)).collect();
    assert_eq!(actions, ["to continue to count things;", "to report on them.", "to take part."]);
    assert_eq!(answer.actions[0].instrument.as_deref(), Some("resolves to instruct TSAG"));
}

#[test]
fn a_recommendation_by_number_is_no_recommendation() {
    let (answer, _) = read("Recommendation ITU-T G.709 and Rec. A.5 were read.\n");
    assert!(answer.conclusions.is_empty());
    assert_eq!(answer.references.len(), 2);
}
