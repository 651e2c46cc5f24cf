//! Laws of scores: a key against itself is right everywhere, order changes nothing, what is dropped lowers recall only.
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use proptest::prelude::*;
use prose::{Score, ScoreKind as Kind, Tally, score};
use serde_json::{Value, json};

fn at(quote: &str, start: usize) -> Value {
    json!({ "quote": quote, "bstart": start, "bend": start + quote.len() })
}

fn mention(quote: &str, start: usize, is_nested: bool) -> Value {
    let mut mention = at(quote, start);
    mention["nested"] = json!(is_nested);
    mention
}

/// A report of one workshop, as an answer key.
fn key() -> Value {
    json!({
        "events": [{ "id": "e1", "name": "Open Workshop", "date": "2024-04-19", "place": "Geneva", "place_basis": "known",
            "mode": "in-person (some remote)", "organizers": ["o:acme"],
            "evidence": [at("the Open Workshop of 19 April", 10)] }],
        "sessions": [{ "id": "s1", "title": "Session 1: Views", "moderator": "p:ada", "planned_speakers": 2,
            "evidence": at("Session 1: Views", 60) }],
        "persons": [
            { "id": "p:ada", "name": "Ada Example", "mentions": [at("Ada Example", 100), at("Example", 200)], "roles": [
                { "role": "Chair", "org": "o:tc", "event_role": "moderator", "session": "s1", "status": "former" },
                { "role": null, "org": "o:acme", "event_role": "speaker", "session": "s1", "mode": "remote",
                    "talk": "Views" }] },
            { "id": "p:bo", "name": "Bo Sample", "mentions": [at("Bo Sample", 130)], "roles": [] },
        ],
        "organisations": [
            { "id": "o:acme", "name": "Acme Corporation", "acronym": "ACME", "country": "Norway",
                "country_basis": "stated", "surfaces": ["Acme"],
                "mentions": [mention("Acme", 150, false), mention("Acme", 160, true)] },
            { "id": "o:tc", "name": "Made TC 1", "acronym": null, "country": "Norway", "country_basis": "known",
                "mentions": [mention("Acme TC 1", 160, false)] },
        ],
        "agreements": [{ "id": "a1", "type": "Memorandum of Understanding", "parties": ["o:acme", "o:tc"],
            "date_signed": "2024-01-02", "predecessor": null,
            "approvals": [{ "body": "Council", "org": "o:acme", "when": "earlier" }],
            "areas": ["testing", "training (online)"], "evidence": [at("signed an MoU", 300)] }],
        "partnership_projects": [{ "name": "oneMade", "partners": ["o:acme"], "since": "2012",
            "evidence": at("oneMade", 330) }],
        "dates": [{ "value": "2024-04-19", "evidence": at("19 April", 31) }],
        "metrics": [{ "subject": "members", "value": 700, "op": ">", "unit": "members",
            "evidence": at("over 700520 members", 350), "note": "two numbers fused; wants review" }],
        "conclusions": [{ "kind": "goal", "session": "s1", "evidence": at("Members should be asked more often.", 400) }],
        "action_items": [{ "owner": "o:tc (Chair)", "evidence": at("TC 1 is invited to note the report.", 450) }],
        "references": [{ "name": "C7", "evidence": at("C7", 500) }],
        "planned_activities": [{ "agreement": "a1", "kind": "workshops", "evidence": at("workshops", 520) }],
    })
}

fn of(score: &Score, kind: Kind) -> &Tally {
    score.of(kind).unwrap()
}

/// The tally of `kind` once a change was made to an answer that was right.
fn after(kind: Kind, change: impl Fn(&mut Value)) -> Tally {
    let mut answer = key();
    change(&mut answer);
    of(&score(&key(), &answer), kind).clone()
}

#[test]
fn a_key_against_itself_is_right_everywhere() {
    let score = score(&key(), &key());
    assert_eq!(score.tallies.len(), 34, "every kind is counted");
    for tally in &score.tallies {
        assert_eq!(tally.f1(), Some(1.0), "{tally:?}");
        assert_eq!(tally.differences.len() + tally.misses.len() + tally.extras.len(), 0, "{tally:?}");
    }
}

#[test]
fn a_dropped_mention_lowers_recall_only() {
    let mut answer = key();
    answer["persons"][0]["mentions"].as_array_mut().unwrap().pop();
    let score = score(&key(), &answer);
    for kind in [Kind::PersonMentionsStrict, Kind::PersonMentionsLenient] {
        let tally = of(&score, kind);
        assert_eq!((tally.n_right, tally.precision(), tally.recall()), (2, Some(1.0), Some(2.0 / 3.0)));
        assert_eq!(tally.misses, ["\u{ab}Example\u{bb} 200..207"]);
    }
    assert!(score.tallies.iter().all(|tally| tally.precision() == Some(1.0)));
}

#[test]
fn honorifics_and_possessives_do_not_count() {
    let tally = after(Kind::PersonMentionsStrict, |answer| {
        answer["persons"][0]["mentions"][0] = at("H.E. Mr. Ada Example\u{2019}s", 91);
    });
    assert_eq!(tally.f1(), Some(1.0));
}

#[test]
fn a_longer_mention_is_right_only_where_overlap_is_enough() {
    let longer = |answer: &mut Value| answer["organisations"][0]["mentions"][0] = mention("Acme Pty", 150, false);
    assert_eq!(after(Kind::OrganisationMentionsLenient, longer).f1(), Some(1.0));
    let strict = after(Kind::OrganisationMentionsStrict, longer);
    assert_eq!((strict.n_right, strict.differences.len()), (1, 1));
}

#[test]
fn organisations_are_the_same_by_any_of_their_names() {
    let other = |answer: &mut Value| {
        answer["organisations"][0] = json!({ "id": "o:x", "name": "ACME", "mentions": [], "country": "Norway (HQ)" });
        answer["persons"][0]["roles"][1]["org"] = json!("o:x");
    };
    for kind in [Kind::Affiliations, Kind::Organisations, Kind::Countries] {
        assert_eq!(after(kind, other).f1(), Some(1.0), "{kind:?}");
    }
}

#[test]
fn what_is_known_from_elsewhere_is_not_counted() {
    let elsewhere = |answer: &mut Value| {
        answer["events"][0]["place"] = json!("Oslo");
        answer["organisations"][1]["country"] = Value::Null;
    };
    assert_eq!(after(Kind::EventFields, elsewhere).f1(), Some(1.0));
    assert_eq!(after(Kind::Countries, elsewhere).n_key(), 1);
}

#[test]
fn fields_are_counted_one_by_one_and_differences_shown() {
    let change = |answer: &mut Value| {
        let agreement = &mut answer["agreements"][0];
        agreement["type"] = json!("MoU");
        agreement["date_signed"] = json!("2024-01-03");
        agreement["predecessor"] = json!("LoI");
        agreement["areas"] = json!(["training"]);
    };
    assert_eq!(after(Kind::Agreements, change).f1(), Some(1.0), "instrument and parties are right");
    let fields = after(Kind::AgreementFields, change);
    assert_eq!(fields.n_right, 4, "instrument, parties, approval, one area: {fields:?}");
    assert_eq!(
        fields.differences,
        ["Memorandum of Understanding of ACME, Made TC 1 2024-01-02, date_signed: 2024-01-02 -> 2024-01-03"]
    );
    assert_eq!((fields.misses.len(), fields.extras.len()), (1, 1));
}

#[test]
fn a_name_that_the_key_made_up_needs_half_its_words() {
    let mut key = key();
    key["events"][0]["name"] = json!("Workshop of Acme");
    let mut answer = key.clone();
    answer["events"][0]["name"] = json!("Acme Workshop");
    assert_eq!(of(&score(&key, &answer), Kind::EventFields).f1(), Some(1.0));
    key["events"][0]["name"] = json!("Open Workshop");
    assert_eq!(of(&score(&key, &answer), Kind::EventFields).differences.len(), 1);
}

#[test]
fn a_doubtful_number_is_right_when_left_to_review_and_wrong_when_read() {
    let none = |answer: &mut Value| answer["metrics"] = json!([]);
    let doubted = |answer: &mut Value| {
        none(answer);
        answer["doubts"] = json!([{ "kind": "fused-text", "evidence": at("700520", 355) }]);
    };
    let read = |answer: &mut Value| {
        doubted(answer);
        answer["metrics"] = json!([{ "value": "700,520", "op": ">", "evidence": at("over 700520", 350) }]);
    };
    assert_eq!(after(Kind::Metrics, none).recall(), Some(0.0));
    assert_eq!(after(Kind::Metrics, doubted).recall(), None, "left out of the count");
    assert_eq!(after(Kind::Metrics, read).f1(), Some(1.0));
    assert_eq!(after(Kind::MetricValues, read).differences.len(), 1);
}

#[test]
fn conclusions_match_by_words_or_four_fifths_of_their_span() {
    let n_right = |quote: &str, start: usize| {
        let change = |answer: &mut Value| answer["conclusions"][0]["evidence"] = at(quote, start);
        after(Kind::Conclusions, change).n_right
    };
    assert_eq!(n_right("Members should be\n asked more often.", 900), 1);
    assert_eq!(n_right("Members should be asked more often", 400), 1);
    assert_eq!(n_right("Members should be", 400), 0);
}

#[test]
fn what_the_key_does_not_speak_of_is_not_counted() {
    let score = score(&json!({ "persons": [{ "id": "p", "name": "Ada Example" }] }), &key());
    let kinds: Vec<Kind> = score.tallies.iter().map(|tally| tally.kind).collect();
    assert_eq!(kinds, [Kind::Persons]);
    assert_eq!(of(&score, Kind::Persons).extras, ["Bo Sample"]);
}

#[test]
fn a_total_adds_entry_by_entry() {
    let one = score(&key(), &key());
    let total: Score = [&one, &one].into_iter().sum();
    assert_eq!(of(&total, Kind::Persons).n_right, 2 * of(&one, Kind::Persons).n_right);
    assert_eq!(total.tallies.len(), one.tallies.len());
}

#[test]
fn kinds_have_names_for_tables() {
    assert_eq!(Kind::PersonMentionsStrict.name(), "person-mentions-strict");
}

/// Turns every list below `value` around by `n`.
fn turn(value: &mut Value, n: usize) {
    match value {
        Value::Array(list) if !list.is_empty() => {
            let by = n % list.len();
            list.rotate_left(by);
            list.iter_mut().for_each(|one| turn(one, n));
        }
        Value::Object(object) => object.values_mut().for_each(|one| turn(one, n)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn the_order_of_lists_changes_nothing(ours in 0..6_usize, theirs in 0..6_usize, start in 90..170_usize) {
        let mut answer = key();
        answer["persons"][0]["mentions"][0] = at("Ada Example", start);
        answer["persons"][1]["name"] = json!("Bo Pattern");
        let before = score(&key(), &answer);
        let mut key = key();
        turn(&mut key, ours);
        turn(&mut answer, theirs);
        prop_assert_eq!(before, score(&key, &answer));
    }

    #[test]
    fn shares_lie_between_none_and_all(n_left in 0..3_usize, start in 0..600_usize) {
        let mut answer = key();
        answer["persons"].as_array_mut().unwrap().truncate(n_left);
        answer["conclusions"][0]["evidence"] = at("Members should be asked more often.", start);
        for tally in score(&key(), &answer).tallies {
            for share in [tally.precision(), tally.recall(), tally.f1()].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&share));
            }
            prop_assert!(tally.n_right <= tally.n_key().min(tally.n_answer()));
        }
    }
}
