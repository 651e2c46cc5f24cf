//! The ASEM example step by step: one test for each table, named after it.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

mod reference_tables;

use std::sync::LazyLock;

use measure::composite::{
    Action, Aggregation, Beyond, Built, Context, Goalposts, Imputation, Logarithm, Mean, Method, Normalisation, Point,
    Screening, SeriesImputation, Stats, Study, Table, Treatment, aggregated, availability, availability_by_aggregate,
    built, denominated, imputed, kurtosis, normalised, points, ranks, screened, skewness, treated,
};
use reference_tables::{assert_same, is_near, json, number, rows, table, text, without};

static STUDY: LazyLock<Study> =
    LazyLock::new(|| Study::from_csv(&text("asem_iData.csv"), &text("asem_iMeta.csv")).unwrap());
static METHOD: LazyLock<Method> = LazyLock::new(|| Method::from_toml(include_str!("asem.toml")).unwrap());
static BUILT: LazyLock<Built> = LazyLock::new(|| built(&STUDY, &METHOD).unwrap());

/// A column of a file by its header, as text, under the units or codes of its first column.
fn texts(name: &str, column: &str) -> Vec<(String, String)> {
    let rows = rows(name);
    let at = rows[0].iter().position(|header| header == column).unwrap();
    rows[1..].iter().map(|row| (row[0].clone(), row[at].clone())).collect()
}

fn all_levels(levels: &[Table]) -> Table {
    let mut all = levels[0].clone();
    for level in &levels[1..] {
        all.indicators.extend(level.indicators.clone());
        all.columns.extend(level.columns.clone());
    }
    all
}

/// Indicators and scores of all levels in one table, as the reference keeps them.
fn whole(indicators: &Table, levels: &[Table]) -> Table {
    let mut all = vec![indicators.clone()];
    all.extend_from_slice(levels);
    all_levels(&all)
}

#[test]
fn asem_i_data() {
    let again = Study::from_csv(&STUDY.idata(), &STUDY.imeta()).unwrap();
    for (code, column) in again.table.indicators.iter().zip(&again.table.columns) {
        for ((_, cell), (unit, own)) in texts("asem_iData.csv", code).iter().zip(again.table.units.iter().zip(column)) {
            assert!(is_near(*own, number(cell)), "{unit} {code}");
        }
    }
    assert_same(&again.denominators, &STUDY.denominators);
    assert_eq!(again.groups, STUDY.groups);
    assert_eq!((again.times, again.names), (STUDY.times.clone(), STUDY.names.clone()));
}

#[test]
fn asem_i_meta() {
    let again = Study::from_csv(&STUDY.idata(), &STUDY.imeta()).unwrap();
    assert_eq!(again.descriptions, STUDY.descriptions);
    assert_eq!(STUDY.descriptions.len(), rows("asem_iMeta.csv").len() - 1);
}

#[test]
fn asem_meta_ind() {
    for row in &rows("asem_meta_ind.csv")[1..] {
        let found = STUDY.descriptions.iter().find(|found| found.code == row[1]).unwrap();
        assert_eq!((found.name.as_str(), found.parent.clone().unwrap_or_default()), (row[2].as_str(), no_na(&row[8])));
        assert_eq!(found.denominator.clone().unwrap_or_default(), no_na(&row[7]), "{}", row[1]);
        assert!(row[3].is_empty() || row[3] == "NA" || found.direction == number(&row[3]), "{}", row[1]);
    }
}

fn no_na(text: &str) -> String {
    if text == "NA" { String::new() } else { text.into() }
}

#[test]
fn asem_meta_unit() {
    assert_same(&STUDY.denominators, &without(&table("asem_meta_unit.csv"), &["Time"]));
    for (name, groups) in &STUDY.groups {
        for (unit, group) in texts("asem_meta_unit.csv", name) {
            let at = STUDY.table.units.iter().position(|code| *code == unit).unwrap();
            assert_eq!(groups[at].as_deref(), Some(group.as_str()));
        }
    }
}

#[test]
fn asem_lineage() {
    let hierarchy = STUDY.hierarchy().unwrap();
    let own = hierarchy.lineage();
    let rows = rows("asem_lineage.csv");
    assert_eq!(own.len(), rows.len() - 1);
    for row in &rows[1..] {
        assert!(own.contains(&row.iter().map(String::as_str).collect::<Vec<_>>()), "{row:?}");
    }
}

#[test]
fn asem_eff_weights() {
    let hierarchy = STUDY.hierarchy().unwrap();
    let effective = hierarchy.effective_weights();
    for row in &rows("asem_eff_weights.csv")[1..] {
        let level = row[1].parse::<usize>().unwrap() - 1;
        let at = hierarchy.levels[level].codes.iter().position(|code| *code == row[0]).unwrap();
        assert!(is_near(effective[level][at], number(&row[3])), "{row:?}");
        assert!(is_near(hierarchy.levels[level].weights[at], number(&row[2])), "{row:?}");
    }
    for level in &effective {
        assert!(is_near(level.iter().sum(), 1.0));
    }
}

#[test]
fn asem_weights_original() {
    let hierarchy = STUDY.hierarchy().unwrap();
    for row in &rows("asem_weights_original.csv")[1..] {
        let level = &hierarchy.levels[row[1].parse::<usize>().unwrap() - 1];
        let at = level.codes.iter().position(|code| *code == row[0]).unwrap();
        assert!(is_near(level.weights[at], number(&row[2])), "{row:?}");
    }
}

#[test]
fn asem_raw() {
    assert_same(&BUILT.stages[0].1, &table("asem_raw.csv"));
}

#[test]
fn asem_denominated() {
    assert_same(BUILT.after("denominated").unwrap(), &table("asem_denominated.csv"));
}

#[test]
fn asem_imputed() {
    assert_same(BUILT.after("imputed").unwrap(), &table("asem_imputed.csv"));
}

#[test]
fn asem_screened() {
    assert_same(BUILT.after("screened").unwrap(), &table("asem_screened.csv"));
}

#[test]
fn asem_treated() {
    assert_same(BUILT.after("treated").unwrap(), &table("asem_treated.csv"));
}

#[test]
fn asem_normalised() {
    assert_same(BUILT.normalised(), &table("asem_normalised.csv"));
}

#[test]
fn asem_aggregated() {
    assert_same(&whole(BUILT.normalised(), &BUILT.levels), &table("asem_aggregated.csv"));
}

#[test]
fn asem_results_summ() {
    assert_ranked("asem_results_summ.csv");
}

#[test]
fn asem_results_aggs() {
    assert_same(&all_levels(&BUILT.levels), &without(&table("asem_results_aggs.csv"), &["Rank"]));
    assert_ranked("asem_results_aggs.csv");
}

fn assert_ranked(name: &str) {
    let own = BUILT.ranks();
    for ((unit, rank), (_, index)) in texts(name, "Rank").into_iter().zip(texts(name, "Index")) {
        let at = BUILT.units().iter().position(|code| *code == unit).unwrap();
        assert_eq!(own[at].unwrap().to_string(), rank, "{unit}");
        assert!(is_near(BUILT.index()[at], number(&index)), "{unit}");
    }
}

#[test]
fn asem_ranks_full() {
    let own = whole(BUILT.normalised(), &BUILT.levels)
        .map(|_, column| ranks(column).into_iter().map(|rank| rank.map_or(f64::NAN, f64::from)).collect());
    assert_same(&own, &without(&table("asem_ranks_full.csv"), &["TolMin"]));
    let tolmin: Vec<f64> = own.column("TolMin").unwrap().iter().map(|rank| -rank).collect();
    let mut theirs = table("asem_ranks_full.csv");
    theirs.columns = vec![theirs.column("TolMin").unwrap().iter().map(|rank| -rank).collect()];
    assert_ties_of_tolmin(&tolmin, &theirs);
}

#[test]
fn asem_screen_summary() {
    let screening = Screening { availability: Some(0.9), ..Screening::default() };
    assert_available("asem_screen_summary.csv", &screening);
}

#[test]
fn asem_data_avail() {
    assert_available("asem_data_avail.csv", &Screening::default());
}

/// The rows of a table on availability; those of the reference tell what they looked at by what is missing in them.
fn assert_available(name: &str, screening: &Screening) {
    let expected = table(name);
    let looked_at = if name.contains("screen") { BUILT.after("imputed").unwrap() } else { &STUDY.table };
    let own = availability(looked_at, screening);
    let column = |of: fn(&measure::composite::Availability) -> f64| own.iter().map(of).collect();
    let found = Table {
        units: looked_at.units.clone(),
        indicators: ["N_missing", "N_zero", "N_miss_or_zero", "Dat_Avail", "Non_Zero"].map(str::to_string).to_vec(),
        columns: vec![
            column(|own| own.n_missing as f64),
            column(|own| own.n_zero as f64),
            column(|own| (own.n_missing + own.n_zero) as f64),
            column(|own| own.availability),
            column(|own| own.nonzero),
        ],
    };
    assert_same(&found, &expected);
    if rows(name)[0].contains(&"Included".to_string()) {
        for (unit, included) in texts(name, "Included") {
            let own = own.iter().find(|own| own.unit == unit).unwrap();
            assert_eq!(own.is_included, included == "TRUE", "{unit}");
        }
    }
}

#[test]
fn asem_data_avail_bygroup() {
    let found = availability_by_aggregate(&STUDY.table, &STUDY.hierarchy().unwrap());
    assert_same(&found, &table("asem_data_avail_bygroup.csv"));
}

#[test]
fn asem_stats_raw() {
    assert_stats("asem_stats_raw.csv", &STUDY.table);
}

#[test]
fn asem_stats_treated() {
    assert_stats("asem_stats_treated.csv", BUILT.after("treated").unwrap());
}

fn assert_stats(name: &str, table: &Table) {
    let rows = rows(name);
    for row in &rows[1..] {
        let own = Stats::of(table.column(&row[0]).unwrap());
        let numbers = [
            own.min,
            own.max,
            own.mean,
            own.median,
            own.standard_deviation,
            own.skewness,
            own.kurtosis,
            own.n_present as f64,
            own.n_nonzero as f64,
            own.n_unique as f64,
            own.n_same as f64,
            own.n_present as f64 / own.n as f64,
            own.n_nonzero as f64 / own.n_present as f64,
            own.n_unique as f64 / own.n_present as f64,
            own.n_same as f64 / own.n_present as f64,
        ];
        for ((own, cell), column) in numbers.iter().zip(&row[1..]).zip(&rows[0][1..]) {
            // Values that differ in bits that are not printed: see `assert_ties_of_tolmin`.
            let is_printed_alike = row[0] == "TolMin" && column.ends_with("Unique");
            assert!(is_printed_alike || is_near(*own, number(cell)), "{} {column}: {own}, not {cell}", row[0]);
        }
        assert_eq!(own.has_outliers(), row[19] == "OUT", "{}", row[0]);
    }
}

#[test]
fn asem_treat_details() {
    assert_treated("asem_treat_details.csv", BUILT.after("screened").unwrap());
}

#[test]
fn asem_treat_raw_winmax5_details() {
    assert_treated("asem_treat_raw_winmax5_details.csv", &STUDY.table);
}

fn assert_treated(name: &str, table: &Table) {
    let (_, done) = treated(table, &Treatment::default());
    for row in &rows(name)[1..] {
        let own = done.iter().find(|own| own.indicator == row[0]).unwrap();
        assert!(is_near(own.before[0], number(&row[2])) && is_near(own.before[1], number(&row[3])), "{row:?} {own:?}");
        assert_eq!(row[1] == "TRUE", row[4].is_empty() || row[4] == "NA", "{row:?}");
        if let Ok(n) = row[4].parse::<usize>() {
            assert_eq!(own.n_winsorised.iter().sum::<usize>(), n, "{row:?}");
            assert!(
                is_near(own.after[0], number(&row[6])) && is_near(own.after[1], number(&row[7])),
                "{row:?} {own:?}"
            );
        }
    }
}

#[test]
fn asem_treated_points() {
    assert_points("asem_treated_points.csv", BUILT.after("screened").unwrap());
}

#[test]
fn asem_treat_raw_winmax5_points() {
    assert_points("asem_treat_raw_winmax5_points.csv", &STUDY.table);
}

fn assert_points(name: &str, before: &Table) {
    let (after, done) = treated(before, &Treatment::default());
    for (at, code) in before.indicators.iter().enumerate() {
        let own = points(&before.columns[at], &after.columns[at], &done[at]);
        for (unit, word) in texts(name, code) {
            let unit = before.units.iter().position(|other| *other == unit).unwrap();
            let expected = match word.as_str() {
                "winhi" => Point::High,
                "winlo" => Point::Low,
                "log_CT" => Point::Logarithm,
                _ => Point::Untouched,
            };
            assert_eq!(own[unit], expected, "{code} {}", before.units[unit]);
        }
    }
}

#[test]
fn asem_treat_raw_winmax5() {
    assert_same(&treated(&STUDY.table, &Treatment::default()).0, &table("asem_treat_raw_winmax5.csv"));
}

#[test]
fn asem_raw_log_ct() {
    assert_logarithm("asem_raw_logCT.csv", Logarithm::Range);
}

#[test]
fn asem_raw_log_ct_plus() {
    assert_logarithm("asem_raw_logCTplus.csv", Logarithm::Signed);
}

fn assert_logarithm(name: &str, form: Logarithm) {
    let own = STUDY.table.map(|_, column| form.of(column, skewness(column)).unwrap());
    assert_same(&own, &table(name));
}

fn assert_winmax(most: usize) {
    let treatment = Treatment { most_winsorised: Some(most), ..Treatment::default() };
    let own = treated(BUILT.after("screened").unwrap(), &treatment).0;
    assert_same(&own, &table(&format!("asem_treated_winmax{most}.csv")));
}

#[test]
fn asem_treated_winmax1() {
    assert_winmax(1);
}

#[test]
fn asem_treated_winmax2() {
    assert_winmax(2);
}

#[test]
fn asem_treated_winmax3() {
    assert_winmax(3);
}

#[test]
fn asem_treated_winmax4() {
    assert_winmax(4);
}

#[test]
fn asem_treated_winmax5() {
    assert_winmax(5);
}

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
            Ok(own) if is_ranks(form) && code == "TolMin" => assert_ties_of_tolmin(&own.columns[0], &theirs),
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

/// In `TolMin` COINr's values differ in bits that its tables do not print: Japan and Norway are both 3.4 there and have two
/// ranks. Ours, from the printed values, ties them; elsewhere the order is the same.
fn assert_ties_of_tolmin(own: &[f64], theirs: &Table) {
    let printed = BUILT.after("treated").unwrap().column("TolMin").unwrap();
    let units = &BUILT.after("treated").unwrap().units;
    let their = |at: usize| theirs.columns[0][theirs.units.iter().position(|unit| *unit == units[at]).unwrap()];
    let pairs = (0..units.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    for (one, other) in pairs {
        if printed[one] == printed[other] {
            assert_eq!(own[one], own[other]);
        } else {
            assert_eq!(own[one] < own[other], their(one) < their(other), "{} {}", units[one], units[other]);
        }
    }
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
