//! The ASEM example with other fillings, scales and means, without one code at a time, and as a panel: one test for each table.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

mod reference_tables;

use std::sync::LazyLock;

use measure::composite::{
    Action, Aggregation, Beyond, Built, Context, Goalposts, Imputation, Mean, Method, Normalisation, Screening,
    SeriesImputation, Study, Table, aggregated, availability, built, denominated, imputed, kurtosis, normalised, ranks,
    screened,
};
use reference_tables::{assert_same, assert_ties_of_tolmin, is_near, json, number, rows, table, text, texts, whole};

static STUDY: LazyLock<Study> =
    LazyLock::new(|| Study::from_csv(&text("asem_iData.csv"), &text("asem_iMeta.csv")).unwrap());
static METHOD: LazyLock<Method> = LazyLock::new(|| Method::from_toml(include_str!("asem.toml")).unwrap());
static BUILT: LazyLock<Built> = LazyLock::new(|| built(&STUDY, &METHOD).unwrap());

fn assert_imputed(name: &str, imputation: &Imputation) {
    let hierarchy = STUDY.hierarchy().unwrap();
    let directions: Vec<f64> = STUDY.declared().iter().map(|declared| declared.direction).collect();
    let context =
        Context { groups: &STUDY.groups, directions: &directions, hierarchy: &hierarchy, times: &STUDY.times };
    let (own, filled) = imputed(&STUDY.table, imputation, &context).unwrap();
    assert_same(&own, &table(name));
    let n_missing = STUDY.table.columns.iter().flatten().filter(|value| value.is_nan()).count();
    assert_eq!(filled.len(), n_missing);
    for (before, after) in STUDY.table.columns.iter().flatten().zip(own.columns.iter().flatten()) {
        assert!(before.is_nan() || before.to_bits() == after.to_bits(), "what was observed stays");
    }
}

#[test]
fn asem_impute_mean() {
    assert_imputed("asem_impute_mean.csv", &Imputation::Mean);
}

#[test]
fn asem_impute_median() {
    assert_imputed("asem_impute_median.csv", &Imputation::Median);
}

#[test]
fn asem_impute_mean_grp() {
    assert_imputed("asem_impute_mean_grp.csv", &Imputation::GroupMean { group: "GDP_group".into() });
}

#[test]
fn asem_impute_median_grp() {
    assert_imputed("asem_impute_median_grp.csv", &Imputation::GroupMedian { group: "GDP_group".into() });
}

#[test]
fn asem_impute_rowmean_pillar() {
    assert_imputed("asem_impute_rowmean_pillar.csv", &Imputation::RowMean);
}

/// The forms are compared column by column, for COINr divides by 0 where ours refuses the column with a reason.
fn assert_normalised(name: &str, form: &Normalisation) {
    let (treated, expected) = (BUILT.after("treated").unwrap(), table(name));
    for (at, (code, declared)) in treated.indicators.iter().zip(STUDY.declared()).enumerate() {
        let one = |table: &Table, at: usize| Table {
            units: table.units.clone(),
            indicators: vec![code.clone()],
            columns: vec![table.columns[at].clone()],
        };
        let theirs = one(&expected, expected.indicators.iter().position(|other| other == code).unwrap());
        match normalised(&one(treated, at), form, std::slice::from_ref(&declared)) {
            Ok(own) if is_ranks(form) && code == "TolMin" => assert_ties_of_tolmin(treated, &own.columns[0], &theirs),
            Ok(own) => assert_same(&own, &theirs),
            Err(error) => {
                let best = treated.columns[at].iter().map(|x| x * declared.direction).fold(f64::MIN, f64::max);
                let is_degenerate = theirs.columns[0].iter().any(|value| !value.is_finite());
                assert!(is_degenerate || (*form == Normalisation::FractionOfMax && best <= 0.0), "{code}: {error}");
            }
        }
    }
}

fn is_ranks(form: &Normalisation) -> bool {
    [Normalisation::Rank, Normalisation::Borda, Normalisation::PercentRank].contains(form)
}

#[test]
fn asem_norm_minmax_0_100() {
    assert_normalised("asem_norm_minmax_0_100.csv", &Normalisation::MinMax { low: 0.0, high: 100.0 });
}

#[test]
fn asem_norm_minmax_1_100() {
    assert_normalised("asem_norm_minmax_1_100.csv", &Normalisation::MinMax { low: 1.0, high: 100.0 });
}

#[test]
fn asem_norm_zscore_0_1() {
    assert_normalised("asem_norm_zscore_0_1.csv", &Normalisation::ZScore { mean: 0.0, deviation: 1.0 });
}

#[test]
fn asem_norm_zscore_10_2() {
    assert_normalised("asem_norm_zscore_10_2.csv", &Normalisation::ZScore { mean: 10.0, deviation: 2.0 });
}

#[test]
fn asem_norm_rank() {
    assert_normalised("asem_norm_rank.csv", &Normalisation::Rank);
}

#[test]
fn asem_norm_borda() {
    assert_normalised("asem_norm_borda.csv", &Normalisation::Borda);
}

#[test]
fn asem_norm_prank() {
    assert_normalised("asem_norm_prank.csv", &Normalisation::PercentRank);
}

#[test]
fn asem_norm_dist2max() {
    assert_normalised("asem_norm_dist2max.csv", &Normalisation::DistanceToMax);
}

#[test]
fn asem_norm_dist2ref_unit1() {
    let unit = rows("asem_norm_dist2ref_unit1.csv")[1][0].clone();
    let form = Normalisation::DistanceToReference { unit, beyond: Beyond::Counts };
    assert_normalised("asem_norm_dist2ref_unit1.csv", &form);
}

#[test]
fn asem_norm_dist2targ_cap() {
    let form = Normalisation::DistanceToTarget { beyond: Beyond::IsCapped };
    assert_normalised("asem_norm_dist2targ_cap.csv", &form);
}

#[test]
fn asem_norm_fracmax() {
    assert_normalised("asem_norm_fracmax.csv", &Normalisation::FractionOfMax);
}

#[test]
fn asem_goalposts_in() {
    let declared = with_goalposts();
    assert!(declared.iter().all(|declared| declared.goalposts.is_some()));
}

#[test]
fn asem_norm_goalposts() {
    let own = normalised(BUILT.after("treated").unwrap(), &Normalisation::Goalposts, &with_goalposts()).unwrap();
    assert_same(&own, &table("asem_norm_goalposts.csv"));
}

fn with_goalposts() -> Vec<measure::composite::Declared> {
    let posts = table("asem_goalposts_in.csv");
    let of = |code: &String, column: &str| {
        posts.column(column).unwrap()[posts.units.iter().position(|unit| unit == code).unwrap()]
    };
    let mut declared = STUDY.declared();
    for (declared, code) in declared.iter_mut().zip(&STUDY.table.indicators) {
        assert_eq!(declared.direction, of(code, "Direction"));
        declared.goalposts =
            Some(Goalposts { low: of(code, "lower"), high: of(code, "upper"), scale: of(code, "scale") });
    }
    declared
}

fn assert_aggregated(name: &str, form: &Normalisation, means: &[Mean]) {
    let indicators = normalised(BUILT.after("treated").unwrap(), form, &STUDY.declared()).unwrap();
    let aggregation = Aggregation { means: means.to_vec(), availability: 0.0 };
    let levels = aggregated(&indicators, &STUDY.hierarchy().unwrap(), &aggregation).unwrap();
    assert_same(&whole(&indicators, &levels), &table(name));
}

const MIN_MAX: Normalisation = Normalisation::MinMax { low: 1.0, high: 100.0 };
const Z_SCORE: Normalisation = Normalisation::ZScore { mean: 10.0, deviation: 2.0 };

#[test]
fn asem_agg_a_amean_minmax1_100() {
    assert_aggregated("asem_agg_a_amean_minmax1_100.csv", &MIN_MAX, &[Mean::Arithmetic]);
}

#[test]
fn asem_agg_a_amean_zscore10_2() {
    assert_aggregated("asem_agg_a_amean_zscore10_2.csv", &Z_SCORE, &[Mean::Arithmetic]);
}

#[test]
fn asem_agg_a_gmean_minmax1_100() {
    assert_aggregated("asem_agg_a_gmean_minmax1_100.csv", &MIN_MAX, &[Mean::Geometric]);
}

#[test]
fn asem_agg_a_gmean_zscore10_2() {
    assert_aggregated("asem_agg_a_gmean_zscore10_2.csv", &Z_SCORE, &[Mean::Geometric]);
}

#[test]
fn asem_agg_a_hmean_minmax1_100() {
    assert_aggregated("asem_agg_a_hmean_minmax1_100.csv", &MIN_MAX, &[Mean::Harmonic]);
}

#[test]
fn asem_agg_amean_amean_gmean_minmax1_100() {
    let means = [Mean::Arithmetic, Mean::Arithmetic, Mean::Geometric];
    assert_aggregated("asem_agg_amean_amean_gmean_minmax1_100.csv", &MIN_MAX, &means);
}

#[test]
fn asem_agg_genmean_p0_5_minmax1_100() {
    assert_aggregated("asem_agg_genmean_p0.5_minmax1_100.csv", &MIN_MAX, &[Mean::Power { p: 0.5 }]);
}

/// The mean absolute change of the rank when the weight of each code in turn is 0.
fn removal(level: usize) -> Vec<(String, f64, Vec<Option<u32>>)> {
    let nominal = BUILT.ranks();
    let codes = BUILT.hierarchy.levels[level - 1].codes.clone();
    let one = |code: String| {
        let hierarchy = BUILT.hierarchy.reweighted(&[(&code, 0.0)]);
        let levels = aggregated(BUILT.normalised(), &hierarchy, &Aggregation::by(Mean::Arithmetic)).unwrap();
        let own = ranks(&levels.last().unwrap().columns[0]);
        let change = own.iter().zip(&nominal).map(|(own, nominal)| f64::from(own.unwrap().abs_diff(nominal.unwrap())));
        (code, change.sum::<f64>() / nominal.len() as f64, own)
    };
    codes.into_iter().map(one).collect()
}

fn assert_removal(level: usize) {
    let own = removal(level);
    for (code, change) in texts(&format!("asem_removal_L{level}.csv"), "MeanAbsDiff") {
        let found = own.iter().find(|(other, ..)| *other == code).map_or(0.0, |(_, found, _)| *found);
        assert!(is_near(found, number(&change)), "{code}: {found}, not {change}");
    }
}

#[test]
fn asem_removal_l1() {
    assert_removal(1);
}

#[test]
fn asem_removal_l2() {
    assert_removal(2);
}

#[test]
fn asem_removal_l3() {
    assert_removal(3);
}

#[test]
fn asem_removal_l2_ranks() {
    let own = removal(2);
    let mut columns = vec![BUILT.ranks()];
    columns.extend(own.iter().map(|(_, _, ranks)| ranks.clone()));
    let found = Table {
        units: BUILT.units().to_vec(),
        indicators: std::iter::once("Nominal".to_string()).chain(own.into_iter().map(|(code, ..)| code)).collect(),
        columns: columns
            .into_iter()
            .map(|column| column.into_iter().map(|rank| f64::from(rank.unwrap())).collect())
            .collect(),
    };
    assert_same(&found, &table("asem_removal_L2_ranks.csv"));
}

#[test]
fn hdi_of_the_fixtures() {
    let hdi = &json("fixtures.json")["hdi"];
    let value = |name: &str| hdi[name].as_f64().unwrap();
    let post = |low: f64, high: f64| Goalposts { low, high, scale: 1.0 };
    let education = Mean::Arithmetic
        .of(&[post(0.0, 18.0).worth(value("EYS"), 1.0), post(0.0, 15.0).worth(value("MYS"), 1.0)], &[1.0; 2]);
    let health = post(20.0, 85.0).worth(value("LE"), 1.0);
    let income = post(100.0_f64.ln(), 75_000.0_f64.ln()).worth(value("GNI").ln(), 1.0);
    assert!(
        is_near(education, value("education")) && is_near(health, value("health")) && is_near(income, value("income"))
    );
    assert!(is_near(Mean::Geometric.of(&[health, education, income], &[1.0; 3]), value("HDI")));
}

#[test]
fn screened_keeps_the_order() {
    let kept = screened(
        &STUDY.table,
        &availability(&STUDY.table, &Screening { drop: vec!["BEL".into()], ..Screening::default() }),
    );
    assert_eq!(kept.units.len() + 1, STUDY.table.units.len());
    assert!(!kept.units.contains(&"BEL".to_string()));
    assert!(kurtosis(&kept.columns[0]).is_finite());
}

static PANEL: LazyLock<Study> =
    LazyLock::new(|| Study::from_csv(&text("asem_iData_panel.csv"), &text("asem_iMeta.csv")).unwrap());

/// Screened, treated year by year, normalised over all years, as COINr's example of a panel.
static PANEL_BUILT: LazyLock<Built> = LazyLock::new(|| {
    let mut method = METHOD.clone();
    method.steps.retain(|step| !matches!(step.action, Action::Denominate | Action::Impute(_)));
    let five = ["MMR", "BRN", "KHM", "BGD", "LAO"];
    let drop = PANEL.table.units.iter().filter(|unit| five.iter().any(|code| unit.starts_with(code))).cloned();
    for step in &mut method.steps {
        if let Action::Screen(screening) = &mut step.action {
            *screening = Screening { drop: drop.clone().collect(), ..Screening::default() };
        }
    }
    built(&PANEL, &method).unwrap()
});

/// A table of a panel with units called as ours are.
fn panel_table(name: &str) -> Table {
    let rows = rows(name);
    let columns = (2..rows[0].len()).map(|at| rows[1..].iter().map(|row| number(&row[at])).collect());
    Table {
        units: rows[1..].iter().map(|row| format!("{}@{}", row[1], row[0])).collect(),
        indicators: rows[0][2..].to_vec(),
        columns: columns.collect(),
    }
}

#[test]
fn asem_i_data_panel() {
    let again = Study::from_csv(&PANEL.idata(), &PANEL.imeta()).unwrap();
    assert_same(&again.table, &PANEL.table);
    assert_eq!((&again.times, PANEL.table.units.len()), (&PANEL.times, rows("asem_iData_panel.csv").len() - 1));
}

#[test]
fn asem_panel_aggregated_global() {
    let found = whole(PANEL_BUILT.normalised(), &PANEL_BUILT.levels);
    assert_same(&found, &panel_table("asem_panel_aggregated_global.csv"));
}

#[test]
fn asem_panel_index_global() {
    assert_same(PANEL_BUILT.levels.last().unwrap(), &panel_table("asem_panel_index_global.csv"));
}

#[test]
fn asem_panel_imputed_latest() {
    let hierarchy = PANEL.hierarchy().unwrap();
    let context = Context { groups: &[], directions: &[], hierarchy: &hierarchy, times: &PANEL.times };
    let latest = Imputation::Series { how: SeriesImputation::Latest };
    assert_same(&imputed(&PANEL.table, &latest, &context).unwrap().0, &panel_table("asem_panel_imputed_latest.csv"));
}

#[test]
fn world_denoms() {
    let world = table("world_denoms.csv");
    assert_eq!(world.units.len(), rows("world_denoms.csv").len() - 1);
    let by = ["GDP", "Population"].map(|code| Some(code.to_string()));
    let own = Table { indicators: vec!["GDPpc".into(), "One".into()], ..world.clone() };
    let own = Table { columns: vec![world.column("GDP").unwrap().to_vec(); 2], ..own };
    let own = denominated(&own, &world, &[by[1].clone(), by[0].clone()]).unwrap();
    let (gdp, population) = (world.column("GDP").unwrap(), world.column("Population").unwrap());
    for ((own, population), gdp) in own.columns[0].iter().zip(population).zip(gdp) {
        assert!(is_near(own * population, *gdp) || population.is_nan() || gdp.is_nan());
    }
    assert!(own.columns[1].iter().all(|one| one.is_nan() || *one == 1.0));
}
