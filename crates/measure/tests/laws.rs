//! The laws of the index, over made-up observations.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

use measure::{
    Circumstances, Index, Kind, Layer, Meeting, Observation, Observations, Profile, Workbench, half_of_the_work, index,
    indicator_values, reconciled, study,
};
use proptest::prelude::*;

const SHIPPED: &str = include_str!("../../indicators/profile/index.toml");
const NAMES: [&str; 7] = [
    "acceptance_rate",
    "attendance_share",
    "breadth_over_work_items",
    "documents_contributed",
    "liaison_statements_handled",
    "revisions_carried_through",
    "roles_held",
];
const KINDS: [Kind; 7] =
    [Kind::RateShrunk, Kind::Share, Kind::Breadth, Kind::Count, Kind::Count, Kind::Count, Kind::Count];
const AS_OF: i32 = 20_000;

fn profile() -> Profile {
    let mut profile = Profile::from_toml(SHIPPED).unwrap();
    profile.uncertainty.replicates = 120;
    profile
}

fn indexed(observations: &Observations) -> Index {
    index(observations, &KINDS, &profile(), AS_OF).unwrap()
}

fn name(at: usize) -> String {
    format!("organisation {at:02}")
}

fn observations(n_organisations: usize, n_meetings: usize, rows: Vec<Observation>) -> Observations {
    let meeting = |at: usize| Meeting {
        id: format!("m{at}"),
        body: if at.is_multiple_of(3) { "plenary".into() } else { "group".into() },
        day: AS_OF - 97 * at as i32,
    };
    Observations {
        organisations: (0..n_organisations).map(name).collect(),
        meetings: (0..n_meetings).map(meeting).collect(),
        indicators: NAMES.iter().map(ToString::to_string).collect(),
        rows,
    }
}

prop_compose! {
    fn any_row(n_organisations: u32, n_meetings: u32)(
        indicator in 0..7_u16, organisation in 0..n_organisations, meeting in 0..n_meetings, item in 0..12_u32,
        share in prop::sample::select(vec![0.0, 0.2, 0.5, 1.0]), exposure in prop::sample::select(vec![1.0, 1.0, 2.0]),
    ) -> Observation {
        Observation { indicator, organisation, meeting, item, events: share * exposure, exposure }
    }
}

prop_compose! {
    /// Every indicator is observed of the first organisation, so that all weights stand.
    fn any_observations()(n_organisations in 2..9_usize, n_meetings in 1..6_usize)(
        rows in prop::collection::vec(any_row(n_organisations as u32, n_meetings as u32), 0..150),
        n_organisations in Just(n_organisations), n_meetings in Just(n_meetings),
    ) -> Observations {
        let first = |indicator| Observation { indicator, organisation: 0, meeting: 0, item: 0, events: 1.0, exposure: 1.0 };
        observations(n_organisations, n_meetings, (0..7).map(first).chain(rows).collect())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn points_sum_to_the_score_and_shown_points_to_the_score_shown(observations in any_observations()) {
        for score in indexed(&observations).scores {
            let sum: f64 = score.contributions.iter().map(|part| part.points).sum();
            prop_assert!((sum - score.score).abs() < 1e-12);
            let weights: f64 = score.contributions.iter().map(|part| part.weight).sum();
            prop_assert!((weights - 1.0).abs() < 1e-12);
            let by_hand: f64 = score.contributions.iter().map(|part| 100.0 * part.weight * part.transformed).sum();
            prop_assert!((by_hand - score.score).abs() < 1e-12);
            let shown: f64 = score.contributions.iter().map(|part| part.points_shown).sum();
            prop_assert_eq!(format!("{shown:.1}"), format!("{:.1}", (score.score * 10.0).round() / 10.0));
        }
    }

    #[test]
    fn intervals_hold_their_figures(observations in any_observations()) {
        for score in indexed(&observations).scores {
            prop_assert!(score.low >= 0.0 && score.low <= score.score && score.score <= score.high);
            prop_assert!(score.high <= 100.0 + 1e-9 && score.coverage > 0.0 && score.coverage <= 1.0 + 1e-12);
            if let (Some(rank), Some(low), Some(high)) = (score.rank, score.rank_low, score.rank_high) {
                prop_assert!(1 <= low && low <= rank && rank <= high);
            }
        }
        for value in indicator_values(&observations, &KINDS, &profile(), AS_OF).unwrap() {
            prop_assert!(value.low <= value.value && value.value <= value.high, "{:?}", value);
        }
    }

    /// The defect that population-dependent normalisation has (a member improves and loses ranks) cannot occur.
    #[test]
    fn raising_a_value_never_lowers_the_own_score_or_rank_nor_moves_another_score(
        observations in any_observations(), whose in any::<prop::sample::Index>(), which in 0..7_u16, more in 0.01..40.0_f64,
    ) {
        let whose = whose.index(observations.organisations.len()) as u32;
        let before = indexed(&observations);
        let mut raised = observations.clone();
        let own = |row: &&mut Observation| row.organisation == whose && row.indicator == which;
        let is_bounded = KINDS[usize::from(which)].has_exposure();
        let mut n_raised = 0;
        for row in raised.rows.iter_mut().filter(own) {
            row.events = if is_bounded { row.exposure } else { row.events + more };
            n_raised += 1;
        }
        if n_raised == 0 && !is_bounded {
            raised.rows.push(Observation { indicator: which, organisation: whose, meeting: 0, item: 3, events: more, exposure: 1.0 });
        }
        let after = indexed(&raised);
        for (before, after) in before.scores.iter().zip(&after.scores) {
            prop_assert_eq!(&before.organisation, &after.organisation);
            if after.organisation == name(whose as usize) {
                prop_assert!(after.score >= before.score, "{} fell to {}", before.score, after.score);
                prop_assert!(after.rank <= before.rank, "{:?} fell to {:?}", before.rank, after.rank);
            } else {
                prop_assert_eq!(before.score.to_bits(), after.score.to_bits());
                prop_assert_eq!((before.low.to_bits(), before.high.to_bits()), (after.low.to_bits(), after.high.to_bits()));
            }
        }
    }

    #[test]
    fn a_new_organisation_changes_no_other_score_or_interval(
        observations in any_observations(), rows in prop::collection::vec(any_row(1, 1), 1..20), front in prop::bool::ANY,
    ) {
        let before = indexed(&observations);
        let mut joined = observations.clone();
        // In front or behind: positions of the others may move, their figures may not.
        let (newcomer, at) = if front { ("a newcomer", 0) } else { ("the newcomer", observations.organisations.len()) };
        joined.organisations.insert(at, newcomer.into());
        for row in joined.rows.iter_mut().filter(|row| row.organisation as usize >= at) {
            row.organisation += 1;
        }
        joined.rows.extend(rows.iter().map(|row| Observation { organisation: at as u32, ..*row }));
        let after = indexed(&joined);
        let others: Vec<_> = after.scores.iter().filter(|score| score.organisation != newcomer).collect();
        prop_assert_eq!(others.len(), before.scores.len());
        for (before, after) in before.scores.iter().zip(others) {
            prop_assert_eq!(&before.contributions, &after.contributions);
            prop_assert_eq!([before.score, before.low, before.high], [after.score, after.low, after.high]);
        }
    }

    #[test]
    fn the_order_of_rows_and_the_names_of_organisations_change_no_score(
        observations in any_observations(), order in any::<u64>(),
    ) {
        let before = indexed(&observations);
        let n = observations.organisations.len() as u32;
        let shift = (order % u64::from(n)) as u32;
        let mut turned = observations.clone();
        turned.rows.reverse();
        turned.rows.rotate_left((order % 7) as usize);
        for row in &mut turned.rows {
            row.organisation = (row.organisation + shift) % n;
        }
        let after = indexed(&turned);
        let of = |index: &Index, at: u32| {
            index.scores.iter().find(|score| score.organisation == name(at as usize)).map(|score| (score.score, score.rank))
        };
        for at in 0..n {
            let (one, other) = (of(&before, at), of(&after, (at + shift) % n));
            prop_assert_eq!(one.is_some(), other.is_some());
            if let (Some(one), Some(other)) = (one, other) {
                // Equal places are summed in the order given, so the last bit may differ.
                prop_assert!((one.0 - other.0).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn only_the_proportions_of_weights_matter(observations in any_observations(), factor in 0.1..50.0_f64) {
        let before = indexed(&observations);
        let mut scaled = profile();
        for dimension in &mut scaled.dimensions {
            dimension.weight *= factor;
            dimension.indicators.iter_mut().for_each(|indicator| indicator.weight *= 3.0 * factor);
        }
        let after = index(&observations, &KINDS, &scaled, AS_OF).unwrap();
        for (before, after) in before.scores.iter().zip(&after.scores) {
            prop_assert!((before.score - after.score).abs() < 1e-9);
            prop_assert!((before.low - after.low).abs() < 1e-9 && (before.high - after.high).abs() < 1e-9);
        }
    }

    /// Intervals too, for the draws are the same.
    #[test]
    fn weighing_again_is_the_study_under_those_weights(
        observations in any_observations(), factors in prop::collection::vec(0.1..9.0_f64, 10),
    ) {
        let certain = Circumstances::default();
        let mut other = profile();
        for (dimension, factor) in other.dimensions.iter_mut().zip(&factors) {
            dimension.weight *= factor;
        }
        for (indicator, factor) in other.dimensions.iter_mut().flat_map(|own| &mut own.indicators).zip(&factors[3..]) {
            indicator.weight *= factor;
        }
        let anew = study(&observations, &KINDS, &other, AS_OF, &certain, &Layer::ALL).unwrap();
        let bench = Workbench::new(&observations, &KINDS, &profile(), AS_OF, &certain).unwrap();
        let of_dimensions: Vec<f64> = other.dimensions.iter().map(|dimension| dimension.weight).collect();
        let of_indicators: Vec<f64> = other.indicators().map(|(_, indicator)| indicator.weight).collect();
        let weighed = bench.weighed(&of_dimensions, &of_indicators);
        prop_assert_eq!(&weighed.replicates, &anew.replicates);
        prop_assert_eq!(weighed.scores.len(), anew.index.scores.len());
        for (own, score) in weighed.scores.iter().zip(&anew.index.scores) {
            prop_assert_eq!(&own.organisation, &score.organisation);
            prop_assert!((own.score - score.score).abs() < 1e-9);
            prop_assert!((own.low - score.low).abs() < 1e-9 && (own.high - score.high).abs() < 1e-9);
            prop_assert_eq!((own.rank, own.ranks), (score.rank, score.rank_low.zip(score.rank_high).map(|(low, high)| [low, high])));
        }
    }

    #[test]
    fn shown_points_reconcile(points in prop::collection::vec(0.0..30.0_f64, 1..9)) {
        let shown = reconciled(&points);
        prop_assert_eq!((shown.iter().sum::<f64>() * 10.0).round(), (points.iter().sum::<f64>() * 10.0).round());
        prop_assert!(points.iter().zip(&shown).all(|(point, shown)| (point - shown).abs() < 0.1 + 1e-9));
    }
}

fn many() -> Observations {
    let mut state = 7_u32;
    let mut next = |n: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % n
    };
    let rows = (0..6000).map(|_| Observation {
        indicator: next(7) as u16,
        organisation: next(80),
        meeting: next(12),
        item: next(40),
        events: f64::from(next(2)),
        exposure: 1.0,
    });
    observations(80, 12, rows.collect())
}

#[test]
fn the_bytes_are_the_same_at_any_number_of_threads() {
    let observations = many();
    let bytes = |n: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        pool.install(|| {
            let half = half_of_the_work(&observations, &KINDS, "documents_contributed", &profile()).unwrap();
            serde_json::to_string(&(indexed(&observations), half)).unwrap()
        })
    };
    let one = bytes(1);
    assert!(one.len() > 100_000);
    for n in [2, 3, 8] {
        assert!(bytes(n) == one, "{n} threads give other bytes than one");
    }
}

/// FNV-1a over all that is published of the scores: the engine may grow, and without links or tapers moves no bit.
#[test]
fn without_links_and_tapers_every_bit_is_that_of_method_2026_1() {
    let index = indexed(&many());
    let bits = index.scores.iter().flat_map(|score| {
        let ranks = [score.rank, score.rank_low, score.rank_high].map(|rank| u64::from(rank.unwrap_or(0)));
        let figures = [score.score, score.low, score.high, score.p_top10.unwrap_or(-1.0), score.coverage];
        figures.map(f64::to_bits).into_iter().chain(ranks)
    });
    let hash = bits
        .flat_map(u64::to_le_bytes)
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(format!("{hash:016x}"), "294de146d1dd6a21");
}

#[test]
fn an_unobserved_indicator_is_left_out_and_said() {
    let mut observations = many();
    observations.rows.retain(|row| !["attendance_share", "roles_held"].contains(&NAMES[usize::from(row.indicator)]));
    let index = indexed(&observations);
    assert_eq!(index.unobserved, ["attendance_share", "roles_held"]);
    let score = &index.scores[0];
    assert_eq!(score.missing, index.unobserved);
    assert!((score.coverage - 0.75).abs() < 1e-12 && score.grade == measure::Grade::B, "{}", score.coverage);
    // Of the influence dimension (0.3) only liaison statements are left, so they carry all of it.
    let liaison = score.contributions.iter().find(|part| part.indicator == "liaison_statements_handled").unwrap();
    assert!((liaison.weight - 0.3).abs() < 1e-12, "{}", liaison.weight);
}

#[test]
fn a_score_on_too_little_is_shown_but_not_ranked() {
    let mut observations = many();
    observations.rows.retain(|row| NAMES[usize::from(row.indicator)] == "attendance_share");
    let index = indexed(&observations);
    assert!(!index.scores.is_empty());
    for score in &index.scores {
        assert_eq!((score.grade, score.rank, score.rank_low), (measure::Grade::D, None, None));
        assert!((score.coverage - 0.1).abs() < 1e-12);
    }
}

#[test]
fn a_rate_without_exposure_is_missing_and_a_count_without_row_is_nought() {
    let mut observations = many();
    observations.rows.retain(|row| row.organisation != 5 || row.indicator == 1);
    let index = indexed(&observations);
    let score = index.scores.iter().find(|score| score.organisation == name(5)).unwrap();
    assert_eq!(score.missing, ["acceptance_rate"]);
    let documents = score.contributions.iter().find(|part| part.indicator == "documents_contributed").unwrap();
    assert_eq!((documents.raw, documents.points), (0.0, 0.0));
    assert!(score.high > score.score, "never seen is not known to be nought");
}

#[test]
fn the_same_documents_at_one_meeting_leave_as_much_open_as_at_twelve() {
    let row = |meeting, item| Observation { indicator: 3, organisation: 0, meeting, item, events: 1.0, exposure: 1.0 };
    let mut profile = profile();
    // Without fading and choices of method, only meetings and documents are drawn.
    profile.recency.half_life_days = 1e9;
    profile.uncertainty.half_lives = vec![1e9];
    profile.uncertainty.aggregations.truncate(1);
    profile.uncertainty.weight_noise = 0.0;
    profile.uncertainty.replicates = 4000;
    let width = |rows: Vec<Observation>| {
        let index = index(&observations(1, 12, rows), &KINDS, &profile, AS_OF).unwrap();
        index.scores[0].high - index.scores[0].low
    };
    let (one, twelve) = (width((0..12).map(|at| row(0, at)).collect()), width((0..12).map(|at| row(at, at)).collect()));
    assert!(one > 5.0 && (one / twelve - 1.0).abs() < 0.1, "{one} at one meeting, {twelve} at twelve");
}

#[test]
fn half_of_the_work_is_a_number_between_two() {
    let half = half_of_the_work(&many(), &KINDS, "documents_contributed", &profile()).unwrap().unwrap();
    assert!(half.low <= half.n && half.n <= half.high && half.low < half.high, "{half:?}");
    assert_eq!(half.n_organisations, 80);
    let none = observations(2, 1, Vec::new());
    assert_eq!(half_of_the_work(&none, &KINDS, "documents_contributed", &profile()), Ok(None));
    assert!(half_of_the_work(&none, &KINDS, "documents", &profile()).is_err());
}

/// Forty made-up bodies of 60 organisations whose rates are known: the 90 % interval must hold the true number most times.
#[test]
fn the_interval_of_half_of_the_work_holds_the_truth() {
    let mut state = 12_345_u64;
    let mut uniform = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ((state >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    };
    let mut n_held = 0;
    for _ in 0..40 {
        // Rates spread over three powers of ten; events at six meetings by Knuth's method.
        let rates: Vec<f64> = (0..60).map(|_| 10.0_f64.powf(3.0 * uniform() - 2.0)).collect();
        let mut rows = Vec::new();
        for (organisation, rate) in rates.iter().enumerate() {
            for meeting in 0..6 {
                let (mut item, mut product) = (0, uniform());
                while product > (-rate).exp() {
                    rows.push(Observation {
                        indicator: 3,
                        organisation: organisation as u32,
                        meeting,
                        item,
                        events: 1.0,
                        exposure: 1.0,
                    });
                    (item, product) = (item + 1, product * uniform());
                }
            }
        }
        let half = half_of_the_work(&observations(60, 6, rows), &KINDS, "documents_contributed", &profile());
        let truth = measure::smallest_set_holding(&rates, 0.5).unwrap();
        n_held += half.unwrap().map_or(0, |half| usize::from(half.low <= truth && truth <= half.high));
    }
    assert!(n_held >= 34, "held the truth in {n_held} of 40");
}
