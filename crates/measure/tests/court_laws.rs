//! The laws of the court, over made-up cubes.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

use measure::court::{
    Background, Change, Cost, Criterion, Cube, Finding, Metric, Other, Outcome, Relation, Settings, Verdict, compare,
    findings, verdict_in_words,
};
use proptest::prelude::*;

const SETTINGS: Settings = Settings { replicates: 120, seed: 7, confidence: 0.95 };
const N: usize = 9;

/// By period, event and unit, of three periods with four to six events.
type Values = Vec<Vec<Vec<f64>>>;

fn any_values() -> impl Strategy<Value = Values> {
    let value = prop_oneof![9 => (0..40_i32).prop_map(|value| f64::from(value) / 4.0), 1 => Just(f64::NAN)];
    let event = prop::collection::vec(value, N);
    prop::collection::vec(prop::collection::vec(event, 4..=6), 3)
}

fn cube(values: &Values, order: &[usize]) -> Cube {
    let units = order.iter().map(|unit| format!("unit {unit}")).collect();
    let periods = (0..values.len()).map(|period| format!("p{period}")).collect();
    let events = values.iter().map(|events| (0..events.len()).map(|event| format!("m{event}")).collect()).collect();
    let turned = values.iter().map(|period| period.iter().map(|event| permuted(event, order)).collect()).collect();
    Cube::new(units, periods, events, turned).unwrap()
}

fn permuted<T: Clone>(values: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|at| values[*at].clone()).collect()
}

fn metric(values: &Values, order: &[usize]) -> Metric {
    let mut metric = Metric::new("a", cube(values, order));
    metric.cost = Some(Cost { minutes: 10.0, money: 0.0, lag_days: 3.0, automation: 1.0 });
    metric.recomputed = Some(metric.cube.means());
    metric
}

fn in_order() -> Vec<usize> {
    (0..N).collect()
}

/// Everything that can be known of nine units.
fn background(values: &Values, order: &[usize]) -> Background {
    let column = |of: &dyn Fn(usize) -> f64| order.iter().map(|unit| of(*unit)).collect::<Vec<f64>>();
    let shifted = |values: &Values, by: usize| -> Values {
        values
            .iter()
            .map(|period| {
                period.iter().map(|event| (0..N).map(|at| event[(at + by) % N] + at as f64).collect()).collect()
            })
            .collect()
    };
    let other =
        |by: usize, relation| Other { name: format!("o{by}"), cube: cube(&shifted(values, by), order), relation };
    Background {
        outcome: Some(Outcome { by_period: vec![column(&|unit| ((unit * 5) % N) as f64); 3], lag: 1 }),
        known_groups: Some(order.iter().map(|unit| [Some(true), Some(false), None][unit % 3]).collect()),
        sizes: Some(column(&|unit| (unit * unit) as f64)),
        groups: Some(order.iter().map(|unit| Some(["east", "west"][unit % 2].into())).collect()),
        behaviour: Some(vec![column(&|unit| (unit as f64).sqrt()); 3]),
        change: Some(Change {
            from: 0,
            to: 2,
            rose: order.iter().map(|unit| [Some(true), None, Some(false)][unit % 3]).collect(),
        }),
        others: vec![other(1, Relation::Alike), other(3, Relation::Unlike)],
    }
}

fn found(metric: &Metric, background: &Background) -> Vec<Finding> {
    findings(metric, background, &SETTINGS).unwrap()
}

fn assert_same(one: &[Finding], other: &[Finding]) {
    for (one, other) in one.iter().zip(other) {
        let near = |x: Option<f64>, y: Option<f64>| match (x, y) {
            (Some(x), Some(y)) => (x - y).abs() <= 1e-7 * x.abs().max(1.0),
            (x, y) => x == y,
        };
        let is_same = near(one.value, other.value) && near(one.low, other.low) && near(one.high, other.high);
        assert!(is_same && one.n == other.n && one.why_missing == other.why_missing, "{one:?}\n{other:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_value_is_a_number_within_its_interval_or_missing_with_a_reason(values in any_values()) {
        for finding in found(&metric(&values, &in_order()), &background(&values, &in_order())) {
            match finding.value {
                Some(value) => {
                    prop_assert!(value.is_finite() && finding.low.unwrap() <= value && value <= finding.high.unwrap(), "{:?}", finding);
                    prop_assert!(finding.why_missing.is_none() && finding.n > 0, "{:?}", finding);
                }
                None => prop_assert!(finding.why_missing.is_some() && finding.low.is_none(), "{:?}", finding),
            }
        }
    }

    #[test]
    fn the_order_of_units_changes_nothing(values in any_values(), order in Just(in_order()).prop_shuffle()) {
        assert_same(
            &found(&metric(&values, &in_order()), &background(&values, &in_order())),
            &found(&metric(&values, &order), &background(&values, &order)),
        );
    }

    #[test]
    fn an_affine_change_of_the_metric_changes_only_figures_in_its_own_unit(
        values in any_values(), factor in prop::sample::select(vec![0.3, 1.0, 7.0]), shift in -50..50_i32,
    ) {
        let of = |value: &f64| factor * value + f64::from(shift);
        let changed: Values =
            values.iter().map(|period| period.iter().map(|event| event.iter().map(of).collect()).collect()).collect();
        let background = background(&values, &in_order());
        let (before, after) = (found(&metric(&values, &in_order()), &background), found(&metric(&changed, &in_order()), &background));
        let (own, free): (Vec<_>, Vec<_>) =
            before.into_iter().zip(after).partition(|(one, _): &(Finding, Finding)| one.criterion.is_in_own_unit());
        let (before, after): (Vec<Finding>, Vec<Finding>) = free.into_iter().unzip();
        assert_same(&before, &after);
        for (one, other) in own {
            if let (Some(one), Some(other)) = (one.value, other.value) {
                prop_assert!((factor * one - other).abs() < 1e-6, "{} x {} is not {}", factor, one, other);
            }
        }
    }

    #[test]
    fn a_metric_is_not_told_apart_from_itself(values in any_values()) {
        let (a, background) = (metric(&values, &in_order()), background(&values, &in_order()));
        let b = Metric { name: "b".into(), ..a.clone() };
        let comparison = compare(&a, &b, &background, &SETTINGS).unwrap();
        prop_assert_eq!(comparison.verdict, Verdict::Undecided);
        prop_assert!(comparison.differences.iter().all(|d| d.difference == 0.0 && d.low == 0.0 && d.high == 0.0));
        prop_assert!(verdict_in_words(&comparison).starts_with("Verdict: nothing tells a and b apart"));
        if let Some(preference) = comparison.preference {
            prop_assert_eq!((preference.worth_a, preference.acceptability), (preference.worth_b, 0.5));
        }
    }

    #[test]
    fn the_verdict_turns_with_the_two(one in any_values(), other in any_values()) {
        let other: Values = one.iter().zip(&other).map(|(one, other)| other.iter().cycle().take(one.len()).cloned().collect()).collect();
        let (a, b) = (metric(&one, &in_order()), metric(&other, &in_order()));
        let background = background(&one, &in_order());
        let [ab, ba] = [(&a, &b), (&b, &a)].map(|(x, y)| compare(x, y, &background, &SETTINGS).unwrap());
        let turned = match ab.verdict {
            Verdict::Dominates => Verdict::Dominated,
            Verdict::Dominated => Verdict::Dominates,
            same => same,
        };
        prop_assert_eq!(ba.verdict, turned);
        for (one, other) in ab.differences.iter().zip(&ba.differences) {
            prop_assert!((one.difference + other.difference).abs() < 1e-12 && one.shown() == -other.shown());
        }
    }
}

#[test]
fn a_constant_metric_has_no_discrimination_and_says_so() {
    let values: Values = vec![vec![vec![0.1; N]; 5]; 3];
    let found = found(
        &metric(&values, &in_order()),
        &background(&vec![vec![(0..N).map(|x| x as f64).collect(); 5]; 3], &in_order()),
    );
    let why = |criterion: Criterion| found[criterion as usize].why_missing.as_deref().unwrap();
    assert_eq!(why(Criterion::Discrimination), "the units do not differ, so there is nothing to tell apart");
    assert_eq!(why(Criterion::Stability), "the values do not vary, so there is nothing that could be stable");
    for finding in &found {
        let is_about_differences = finding.criterion < Criterion::Pairs && !finding.criterion.is_in_own_unit();
        assert!(!is_about_differences || finding.value.is_none(), "{finding:?}");
        assert!(!finding.what.contains("NaN") && finding.value.is_none_or(f64::is_finite));
    }
    assert_eq!(found[Criterion::Pairs as usize].value, Some(0.0), "no pair is told apart");
    assert_eq!(found[Criterion::UnitsCovered as usize].value, Some(1.0), "a constant covers all the same");
}

#[test]
fn without_evidence_every_criterion_is_missing_with_its_reason() {
    let cube =
        Cube::new(vec!["a".into()], vec!["p".into()], vec![vec!["m".into()]], vec![vec![vec![f64::NAN]]]).unwrap();
    let found = found(&Metric::new("nothing", cube), &Background::default());
    let with_value: Vec<&str> =
        found.iter().filter(|finding| finding.value.is_some()).map(|finding| finding.criterion.name()).collect();
    assert_eq!(with_value, ["units covered"], "and that is 0 of 1");
    assert!(found.iter().filter(|finding| finding.value.is_none()).all(|finding| finding.why_missing.is_some()));
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let value =
        |period: usize, event: usize, unit: usize| ((period * 7 + event * 13 + unit * 29) % 11) as f64 + unit as f64;
    let values: Values =
        (0..3).map(|p| (0..6).map(|e| (0..N).map(|unit| value(p, e, unit)).collect()).collect()).collect();
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let other: Values =
            values.iter().map(|p| p.iter().map(|e| e.iter().rev().copied().collect()).collect()).collect();
        let (a, b) = (metric(&values, &in_order()), metric(&other, &in_order()));
        let comparison = pool.install(|| compare(&a, &b, &background(&values, &in_order()), &SETTINGS).unwrap());
        serde_json::to_string(&comparison).unwrap()
    };
    assert_eq!(run(1), run(4));
}

#[test]
fn metrics_of_different_meetings_are_not_compared() {
    let values: Values = vec![vec![vec![1.0; N]; 4]; 3];
    let a = metric(&values, &in_order());
    let b = metric(&vec![vec![vec![1.0; N]; 5]; 3], &in_order());
    let error = compare(&a, &b, &Background::default(), &SETTINGS).unwrap_err();
    assert!(error.to_string().contains("expected the units, periods and events of `a`"), "{error}");
    let background = Background { sizes: Some(vec![1.0]), ..Background::default() };
    assert!(
        findings(&a, &background, &SETTINGS).unwrap_err().to_string().contains("sizes: expected 9 entries, found 1")
    );
    let twice = Cube::new(vec!["a".into(), "a".into()], vec![], vec![], vec![]).unwrap_err();
    assert!(twice.to_string().contains("found `a` twice"), "{twice}");
}
