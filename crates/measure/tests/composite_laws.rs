//! Laws of the composite engine: what holds whatever the values, the weights, and the order in which both are given.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

use measure::composite::{
    Action, Aggregation, Alternatives, Built, Declared, Description, Goalposts, Mean, Method, Noise, Normalisation,
    Replicates, Role, Study, Table, Variants, addends, aggregated, borda, built, copeland, mean, normalised,
    outranking, pooled, ranks, shapley,
};
use proptest::prelude::*;

const EXPONENTS: [f64; 8] = [-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0];
const POSTS: Goalposts = Goalposts { low: 0.0, high: 100.0, scale: 100.0 };
const METHOD: &str = r#"
method = "laws"
reason = "a made-up index"
[[step]]
do = "normalise"
form = "goalposts"
reason = "declared, so that nobody's score hangs on who else is there"
[[step]]
do = "aggregate"
means = [{ mean = "arithmetic" }]
reason = "a lack can be made up"
"#;

/// A study of two pillars, `odd` and `even`, of some indicators from 1 to 99.
fn study_of(columns: Vec<Vec<f64>>, weights: &[f64], directions: &[f64]) -> Study {
    let n_units = columns[0].len();
    let units: Vec<String> = (0..n_units).map(|at| format!("u{at}")).collect();
    let indicators: Vec<String> = (0..columns.len()).map(|at| format!("x{at}")).collect();
    let description = |code: &str, role, level, parent: Option<&str>, weight, direction| Description {
        code: code.into(),
        name: code.into(),
        role,
        level,
        parent: parent.map(Into::into),
        direction,
        weight,
        goalposts: (role == Role::Indicator).then_some(POSTS),
        ..Description::default()
    };
    let pillar = |at: usize| Some(["even", "odd"][at % 2]);
    let of_indicators = indicators.iter().enumerate();
    let mut descriptions: Vec<Description> = of_indicators
        .map(|(at, code)| description(code, Role::Indicator, 1, pillar(at), weights[at], directions[at]))
        .collect();
    for (code, weight) in [("even", 1.0), ("odd", 2.0)] {
        descriptions.push(description(code, Role::Aggregate, 2, Some("all"), weight, 1.0));
    }
    descriptions.push(description("all", Role::Aggregate, 3, None, 1.0, 1.0));
    Study {
        names: units.clone(),
        times: vec![None; n_units],
        table: Table { units: units.clone(), indicators, columns },
        denominators: Table { units, ..Table::default() },
        groups: Vec::new(),
        descriptions,
    }
}

prop_compose! {
    /// Three to seven units, two to five indicators, of which a share of the values may be missing.
    fn any_study(missing: f64)(n_units in 3..8_usize, n in 2..6_usize)(
        columns in prop::collection::vec(prop::collection::vec((1.0..99.0_f64, 0.0..1.0_f64), n_units), n),
        weights in prop::collection::vec(0.1..5.0_f64, n),
        directions in prop::collection::vec(prop::sample::select(vec![-1.0, 1.0]), n),
    ) -> Study {
        let value = |(value, lot): (f64, f64)| if lot < missing { f64::NAN } else { value };
        let columns = columns.into_iter().map(|column| column.into_iter().map(value).collect()).collect();
        study_of(columns, &weights, &directions)
    }
}

fn any_mean() -> impl Strategy<Value = Mean> {
    prop::sample::select(EXPONENTS.to_vec()).prop_map(|p| Mean::Power { p })
}

/// Places in a new order.
fn any_order(n: usize) -> impl Strategy<Value = Vec<usize>> {
    Just((0..n).collect::<Vec<usize>>()).prop_shuffle()
}

fn method_with(mean: Mean) -> Method {
    let mut method = Method::from_toml(METHOD).unwrap();
    for step in &mut method.steps {
        if let Action::Aggregate(aggregation) = &mut step.action {
            *aggregation = Aggregation::by(mean);
        }
    }
    method
}

fn built_with(study: &Study, mean: Mean) -> Built {
    built(study, &method_with(mean)).unwrap()
}

fn are_near(one: &[f64], other: &[f64]) -> bool {
    let is_near = |x: f64, y: f64| (x.is_nan() && y.is_nan()) || (x - y).abs() <= 1e-9 * x.abs().max(1.0);
    one.len() == other.len() && one.iter().zip(other).all(|(x, y)| is_near(*x, *y))
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

fn ordered<T: Clone>(values: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|&at| values[at].clone()).collect()
}

/// The study with a further indicator that nobody has a value of.
fn with_an_empty_indicator(study: &Study) -> Study {
    let mut wider = study.clone();
    let n_units = study.names.len();
    wider.table.indicators.push("empty".into());
    wider.table.columns.push(vec![f64::NAN; n_units]);
    let like = study.descriptions[0].clone();
    wider.descriptions.insert(study.table.indicators.len(), Description { code: "empty".into(), ..like });
    wider
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_change_of_unit_changes_no_normalised_value(
        study in any_study(0.2), factor in 0.01..100.0_f64, shift in -50.0..50.0_f64,
    ) {
        let spread = |column: &Vec<f64>| {
            let present = column.iter().filter(|value| !value.is_nan());
            present.clone().fold(f64::MIN, |a, b| a.max(*b)) - present.fold(f64::MAX, |a, b| a.min(*b))
        };
        prop_assume!(study.table.columns.iter().all(|column| spread(column) > 1.0));
        let other = study.table.map(|_, column| column.iter().map(|value| factor * value + shift).collect());
        for form in [Normalisation::MinMax { low: 1.0, high: 100.0 }, Normalisation::ZScore { mean: 10.0, deviation: 2.0 }] {
            let of = |table: &Table| normalised(table, &form, &study.declared()).unwrap().columns;
            for (own, other) in of(&study.table).iter().zip(of(&other)) {
                prop_assert!(are_near(own, &other), "{form:?}: {own:?} {other:?}");
            }
        }
    }

    #[test]
    fn the_order_of_units_moves_scores_with_them_and_changes_none(
        (study, order) in any_study(0.2).prop_flat_map(|study| { let n = study.names.len(); (Just(study), any_order(n)) }),
        mean in any_mean(),
    ) {
        let (before, after) = (built_with(&study, mean), built_with(&study.only(&order), mean));
        prop_assert_eq!(bits(&ordered(before.index(), &order)), bits(after.index()));
        prop_assert_eq!(ordered(&before.ranks(), &order), after.ranks());
        prop_assert_eq!(ordered(before.units(), &order), after.units());
    }

    #[test]
    fn the_order_of_indicators_changes_no_score(
        (study, order) in any_study(0.2).prop_flat_map(|study| {
            let n = study.table.indicators.len();
            (Just(study), any_order(n))
        }),
        mean in any_mean(),
    ) {
        let mut other = study.clone();
        other.table.indicators = ordered(&study.table.indicators, &order);
        other.table.columns = ordered(&study.table.columns, &order);
        let aggregates = &study.descriptions[order.len()..];
        other.descriptions = [&ordered(&study.descriptions, &order), aggregates].concat();
        prop_assert!(are_near(built_with(&study, mean).index(), built_with(&other, mean).index()));
    }

    #[test]
    fn own_improvement_never_costs_and_moves_nobody_else(
        study in any_study(0.2), mean in any_mean(), whose in any::<prop::sample::Index>(), which in any::<prop::sample::Index>(),
        by in 0.5..200.0_f64,
    ) {
        let (unit, at) = (whose.index(study.names.len()), which.index(study.table.columns.len()));
        let mut better = study.clone();
        // Often beyond the goalposts, where nothing more is earned.
        let direction = study.descriptions[at].direction;
        better.table.columns[at][unit] += direction * by;
        let (before, after) = (built_with(&study, mean), built_with(&better, mean));
        for other in 0..study.names.len() {
            let [was, is] = [before.index()[other], after.index()[other]];
            if other == unit {
                prop_assert!(is >= was || (is.is_nan() && was.is_nan()), "{mean:?}: {was} became {is}");
                prop_assert!(after.ranks()[unit] <= before.ranks()[unit]);
            } else {
                prop_assert_eq!(was.to_bits(), is.to_bits());
            }
        }
    }

    #[test]
    fn weights_are_relative(study in any_study(0.2), mean in any_mean(), factor in 0.001..1000.0_f64) {
        let mut scaled = study.clone();
        scaled.descriptions.iter_mut().for_each(|found| found.weight *= factor);
        prop_assert!(are_near(built_with(&study, mean).index(), built_with(&scaled, mean).index()));
    }

    #[test]
    fn the_less_can_be_made_up_the_lower_the_score(study in any_study(0.2)) {
        let means = [Mean::Harmonic, Mean::Geometric, Mean::Arithmetic];
        let all = means.map(|mean| built_with(&study, mean).index().to_vec());
        let by_power = EXPONENTS.map(|p| built_with(&study, Mean::Power { p }).index().to_vec());
        for rising in [&all[..], &by_power[..]] {
            for pair in rising.windows(2) {
                for (lower, higher) in pair[0].iter().zip(&pair[1]) {
                    prop_assert!(lower.is_nan() || *lower <= higher + 1e-9, "{lower} is above {higher}");
                }
            }
        }
    }

    #[test]
    fn an_indicator_that_nobody_has_changes_nothing(study in any_study(0.2), mean in any_mean()) {
        let wider = with_an_empty_indicator(&study);
        prop_assert_eq!(bits(built_with(&study, mean).index()), bits(built_with(&wider, mean).index()));
        let weights = vec![1.0; wider.table.columns.len()];
        let of = |table: &Table| {
            let weights = &weights[..table.columns.len()];
            (borda(&table.columns, weights), copeland(&outranking(&table.columns, weights)))
        };
        let ([own, wide], [own_copeland, wide_copeland]) = {
            let (own, wide) = (of(&study.table), of(&wider.table));
            ([own.0, wide.0], [own.1, wide.1])
        };
        prop_assert_eq!(bits(&own_copeland), bits(&wide_copeland));
        prop_assert_eq!(ranks_of_rounded(&own), ranks_of_rounded(&wide));
    }

    #[test]
    fn missing_is_not_0(study in any_study(0.0), whose in any::<prop::sample::Index>()) {
        let unit = whose.index(study.names.len());
        let with = |value: f64| {
            let mut other = study.clone();
            other.table.columns[0][unit] = value;
            other.descriptions[0].direction = 1.0;
            built_with(&other, Mean::Arithmetic)
        };
        let (missing, zero) = (with(f64::NAN), with(0.0));
        let rest: Vec<usize> = (2..study.table.columns.len()).step_by(2).collect();
        let pillar = |built: &Built| built.levels[0].column("even").unwrap()[unit];
        prop_assert_eq!(pillar(&zero) < pillar(&missing), !rest.is_empty());
        prop_assert_eq!(pillar(&missing).is_nan(), rest.is_empty());
        prop_assert!(zero.index()[unit] < missing.index()[unit]);
    }

    #[test]
    fn an_aggregate_of_one_is_that_one(values in prop::collection::vec(1.0..99.0_f64, 3..8), mean in any_mean(), weight in 0.1..5.0_f64) {
        let study = study_of(vec![values.clone(), values.clone()], &[weight, weight], &[1.0, 1.0]);
        let hierarchy = study.hierarchy().unwrap();
        for mean in [mean, Mean::Geometric, Mean::Harmonic, Mean::Arithmetic, Mean::MazziottaPareto] {
            let levels = aggregated(&study.table, &hierarchy, &Aggregation::by(mean)).unwrap();
            for column in levels.iter().flat_map(|level| &level.columns) {
                prop_assert!(are_near(column, &values), "{mean:?}: {column:?}");
            }
        }
    }

    #[test]
    fn addends_sum_to_the_index(study in any_study(0.3), mean in any_mean()) {
        let built = built_with(&study, mean);
        let Mean::Power { p } = mean else { unreachable!() };
        for (unit, index) in built.index().iter().enumerate().filter(|(_, index)| !index.is_nan()) {
            let addends = addends(&built, &method_with(mean), unit).unwrap();
            let sum: f64 = addends.iter().map(|addend| addend.points).sum();
            let carried = if p == 0.0 { index.ln() } else { index.powf(p) };
            prop_assert!((sum - carried).abs() <= 1e-9 * carried.abs(), "{sum} is not {carried}");
            prop_assert!((addends.iter().map(|addend| addend.weight).sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn what_changes_contribute_sums_to_the_change(n in 0..6_usize, figures in prop::collection::vec(-100.0..100.0_f64, 64)) {
        let figure = |made: &[bool]| figures[made.iter().enumerate().map(|(at, made)| usize::from(*made) << at).sum::<usize>()];
        let sum: f64 = shapley(n, figure).iter().sum();
        prop_assert!((sum - (figures[(1 << n) - 1] - figures[0])).abs() < 1e-9);
    }

    #[test]
    fn many_fillings_never_make_a_figure_surer(estimates in prop::collection::vec((-10.0..10.0_f64, 0.0..5.0_f64), 2..9)) {
        let found = pooled(&estimates).unwrap();
        let within = mean(&estimates.iter().map(|(_, variance)| *variance).collect::<Vec<f64>>());
        prop_assert!(found.variance >= within - 1e-12);
    }

    #[test]
    fn ranks_follow_their_units(
        (scores, order) in prop::collection::vec(prop::option::weighted(0.8, 0..5_i32), 1..12)
            .prop_flat_map(|scores| { let n = scores.len(); (Just(scores), any_order(n)) }),
    ) {
        // Few different scores, so that there are ties.
        let scores: Vec<f64> = scores.into_iter().map(|score| score.map_or(f64::NAN, f64::from)).collect();
        prop_assert_eq!(ordered(&ranks(&scores), &order), ranks(&ordered(&scores, &order)));
    }
}

/// Borda's points are scaled where values are missing, and then differ by rounding from those that are not.
fn ranks_of_rounded(points: &[f64]) -> Vec<Option<u32>> {
    ranks(&points.iter().map(|points| (points * 1e6).round()).collect::<Vec<f64>>())
}

fn any_text() -> impl Strategy<Value = String> {
    let texts = ["A", "acme, inc.", "the \"best\"", "Côte d’Ivoire", "two words", "a;b", "line\nbreak", "0", "it's"];
    prop::sample::select(texts.to_vec()).prop_map(String::from)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_study_survives_its_tables(
        mut study in any_study(0.3),
        names in prop::collection::vec(any_text(), 7),
        groups in prop::collection::vec(prop::option::of(any_text()), 7),
        sizes in prop::collection::vec(prop::option::of(prop::num::f64::NORMAL), 7),
        target in prop::option::of(prop::num::f64::NORMAL),
        year in prop::option::of(1990..2030_i64),
        is_panel in prop::sample::select(vec![1, 0]),
    ) {
        let n = study.names.len();
        study.names = names[..n].to_vec();
        study.table.units[0] = "NA".into(); // Namibia
        study.times = (0..n as i64).map(|at| year.map(|year| year + is_panel * at)).collect();
        if let (1, Some(year)) = (is_panel, year) {
            study.table.units = (0..n as i64).map(|at| format!("NA@{}", year + at)).collect();
        }
        let sizes = sizes[..n].iter().map(|size| size.unwrap_or(f64::NAN)).collect();
        study.denominators = Table { units: study.table.units.clone(), indicators: vec!["size".into()], columns: vec![sizes] };
        study.groups = vec![("region".into(), groups[..n].to_vec())];
        let kept = |code: &str, role| Description { code: code.into(), name: code.into(), role, direction: 1.0, weight: 1.0, ..Description::default() };
        study.descriptions.extend([kept("size", Role::Denominator), kept("region", Role::Group)]);
        study.descriptions[0] = Description {
            target, denominator: Some("size".into()), unit: "m, \"each\"".into(), ..study.descriptions[0].clone()
        };
        let again = Study::from_csv(&study.idata(), &study.imeta()).unwrap();
        // A missing value is not equal to itself, but is written alike.
        prop_assert_eq!(format!("{again:?}"), format!("{study:?}"));
    }
}

fn in_threads<T: Send>(n: usize, of: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap().install(of)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_number_of_threads_changes_no_replicate(study in any_study(0.1), seed in any::<u64>()) {
        let mut method = method_with(Mean::Arithmetic);
        method.alternatives = Some(Alternatives {
            reason: "two means, and weights by a quarter".into(),
            replicates: 300,
            seed,
            interval: 0.9,
            most_winsorised: Vec::new(),
            normalisations: Vec::new(),
            means: vec![Mean::Arithmetic, Mean::Geometric],
            noise: vec![Noise { level: 1, share: 0.25 }, Noise { level: 2, share: 0.25 }],
        });
        let drawn = |threads: usize| {
            let replicates = in_threads(threads, || Variants::new(&study, &method).unwrap().replicates());
            let scores: Vec<Vec<u64>> = replicates.scores().iter().map(|scores| bits(scores)).collect();
            (scores, replicates.ranks().to_vec(), format!("{:?}", replicates.spreads()))
        };
        prop_assert_eq!(drawn(1), drawn(3));
    }
}

#[test]
fn a_missing_score_is_no_lost_comparison() {
    let units = vec!["a".into(), "b".into(), "c".into()];
    let scores = vec![vec![2.0, 1.0, f64::NAN], vec![1.0, 1.0, f64::NAN], vec![f64::NAN, 1.0, f64::NAN]];
    let replicates = Replicates::new(units, vec![2.0, 1.0, f64::NAN], scores, 0.9);
    assert_eq!((replicates.p_above(0, 1), replicates.p_above(1, 0)), (0.75, 0.25));
    assert!(replicates.p_above(0, 2).is_nan());
}

#[test]
fn goalposts_keep_what_is_missing_missing() {
    let table = Table {
        units: vec!["a".into(), "b".into()],
        indicators: vec!["x".into()],
        columns: vec![vec![f64::NAN, 150.0]],
    };
    let declared = Declared { direction: 1.0, target: None, goalposts: Some(POSTS) };
    let found = normalised(&table, &Normalisation::Goalposts, &[declared]).unwrap();
    assert!(found.columns[0][0].is_nan() && found.columns[0][1] == 100.0);
}
