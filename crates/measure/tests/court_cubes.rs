//! Cubes made of observations, with numbers that can be worked out by hand.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

use measure::court::{Cube, Metric, Settings, compare};
use measure::{Circumstances, Error, Kind, Meeting, Observation, Observations, Profile, Transform, scores_alone};

const SHIPPED: &str = include_str!("../../indicators/profile/index.toml");
const KINDS: [Kind; 3] = [Kind::Count, Kind::Share, Kind::Breadth];

/// Two years: m1 and m2 in the first, m3 in the second; m0 lies before them in the list and m4 has no rows.
fn observations() -> Observations {
    let meeting = |id: &str, day| Meeting { id: id.into(), body: "wg".into(), day };
    let row = |indicator, organisation, meeting, item, events, exposure| Observation {
        indicator,
        organisation,
        meeting,
        item,
        events,
        exposure,
    };
    Observations {
        organisations: vec!["acme".into(), "borealis".into()],
        meetings: vec![
            meeting("m3", 500),
            meeting("m2", 200),
            meeting("m1", 100),
            meeting("m4", 600),
            meeting("m0", 50),
        ],
        indicators: vec!["documents_contributed".into(), "attendance_share".into(), "breadth_over_work_items".into()],
        rows: vec![
            row(0, 0, 2, 1, 0.5, 1.0),
            row(0, 0, 2, 2, 0.5, 1.0),
            row(0, 0, 1, 3, 3.0, 1.0),
            row(0, 1, 1, 4, 1.0, 1.0),
            row(0, 1, 0, 5, 2.0, 1.0),
            row(1, 0, 4, 9, 0.0, 0.0),
            row(1, 0, 2, 9, 1.0, 2.0),
            row(1, 0, 2, 9, 0.0, 2.0),
            row(2, 0, 2, 7, 1.0, 1.0),
            row(2, 0, 2, 7, 1.0, 1.0),
            row(2, 0, 2, 8, 1.0, 1.0),
            row(2, 0, 2, 9, 0.0, 1.0),
            row(2, 1, 2, 7, 1.0, 1.0),
        ],
    }
}

/// Names that do not sort by time.
fn period_of(meeting: &Meeting) -> String {
    if meeting.day < 365 { "the year before" } else { "last year" }.into()
}

fn of_indicator(indicator: u16) -> Cube {
    Cube::of_indicator(&observations(), &KINDS, indicator, period_of).unwrap()
}

/// One indicator, documents, worth 10 points each; older acts count as others do.
fn ten_points_a_document() -> Profile {
    let mut profile = Profile::from_toml(SHIPPED).unwrap();
    let (_, mut documents) = profile
        .indicators()
        .map(|(at, indicator)| (at, indicator.clone()))
        .find(|(_, indicator)| indicator.name == "documents_contributed")
        .unwrap();
    (documents.low, documents.high, documents.transform, documents.taper) = (0.0, 10.0, Transform::Linear, None);
    profile.dimensions.truncate(1);
    profile.dimensions[0].indicators = vec![documents];
    (profile.objectives, profile.activities) = (Vec::new(), Vec::new());
    profile.recency.half_life_days = 1e15;
    profile
}

fn of_score(profile: &Profile) -> Result<Cube, Error> {
    Cube::of_score(&observations(), &KINDS, profile, &Circumstances::default(), period_of)
}

#[test]
fn a_count_is_the_sum_at_each_meeting_and_0_where_only_others_were_counted() {
    let cube = of_indicator(0);
    assert_eq!(cube.units(), ["acme", "borealis"]);
    assert_eq!(cube.periods(), ["the year before", "last year"]);
    assert_eq!(cube.events(), [vec!["m1", "m2"], vec!["m3"]]);
    assert_eq!(cube.values(), [vec![vec![1.0, 0.0], vec![3.0, 1.0]], vec![vec![0.0, 2.0]]]);
    assert_eq!(cube.means(), [[2.0, 0.5], [0.0, 2.0]]);
}

#[test]
fn a_share_without_exposure_is_missing_and_its_meeting_no_event() {
    let cube = of_indicator(1);
    assert_eq!((cube.periods(), cube.events()), (&["the year before".to_string()][..], &[vec!["m1".to_string()]][..]));
    let values = &cube.values()[0][0];
    assert!(values[0] == 0.25 && values[1].is_nan(), "{values:?}"); // 1 of 2 and 0 of 2
}

#[test]
fn breadth_is_the_number_of_items_with_events() {
    assert_eq!(of_indicator(2).values(), [[[2.0, 1.0]]]);
    let Err(Error::Metric(faults)) = Cube::of_indicator(&observations(), &KINDS, 3, period_of) else { panic!("found") };
    assert_eq!(faults[0].what, "expected an indicator below 3, found 3");
}

/// Acme's score of the first year is 40. Without m1 the 3 of m2 count twice: 60, and 2 x 40 - 60 = 20; without m2 it is 20.
#[test]
fn a_pseudo_value_says_what_a_meeting_adds_to_the_score() {
    let cube = of_score(&ten_points_a_document()).unwrap();
    assert_eq!(cube.events(), [vec!["m1", "m2"], vec!["m3"]]);
    let expected = [[20.0, 0.0], [60.0, 20.0], [0.0, 20.0]];
    for (values, expected) in cube.values().concat().iter().zip(expected) {
        assert!(values.iter().zip(expected).all(|(value, expected)| (value - expected).abs() < 1e-9), "{values:?}");
    }
}

#[test]
fn the_mean_of_pseudo_values_is_the_score_where_the_index_is_straight() {
    let (profile, observations) = (ten_points_a_document(), observations());
    let cube = of_score(&profile).unwrap();
    let first_year = Observations {
        rows: observations.rows.iter().filter(|row| [1, 2].contains(&row.meeting)).copied().collect(),
        ..observations
    };
    let scores = scores_alone(&first_year, &KINDS, &profile, 200, &Circumstances::default()).unwrap();
    for (mean, score) in cube.means()[0].iter().zip(scores) {
        assert!((mean - score).abs() < 1e-9, "{mean} {score}");
    }
}

#[test]
fn only_cubes_on_the_same_events_are_compared() {
    let (documents, breadth, score) = (of_indicator(0), of_indicator(2), of_score(&ten_points_a_document()).unwrap());
    let metric = |name, cube: &Cube| Metric::new(name, cube.clone());
    let settings = Settings { replicates: 20, ..Settings::default() };
    let compared = |one: &Cube, other: &Cube| {
        compare(&metric("documents", one), &metric("breadth", other), &Default::default(), &settings)
    };
    assert!(compared(&documents, &breadth).is_err());
    let cubes = [documents, breadth, score];
    let together = Cube::brought_together(&cubes, &observations(), period_of).unwrap();
    assert!(compared(&together[0], &together[1]).is_ok() && compared(&together[1], &together[2]).is_ok());
    assert_eq!(together[0], cubes[0], "it has all events already");
    assert_eq!(together[1].events(), cubes[0].events());
    assert_eq!(together[1].values()[0][0], [2.0, 1.0]);
    assert!(together[1].values()[0][1].iter().chain(&together[1].values()[1][0]).all(|value| value.is_nan()));
}

#[test]
fn what_does_not_belong_to_the_observations_is_said() {
    let documents = of_indicator(0);
    let other = |_: &Meeting| "ever".to_string();
    let error = Cube::brought_together(&[documents], &observations(), other).unwrap_err();
    assert_eq!(error.faults().len(), 3);
    assert_eq!(error.faults()[0].what, "expected meetings of the observations, found `m1` in `the year before`");
}
