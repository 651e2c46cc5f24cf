//! The ASEM example step by step, from the files to treated indicators, and what comes out: one test for each table, named after it.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

mod reference_tables;

use std::sync::LazyLock;

use measure::composite::{
    Built, Logarithm, Method, Point, Screening, Stats, Study, Table, Treatment, availability,
    availability_by_aggregate, built, points, ranks, skewness, treated,
};
use reference_tables::{
    all_levels, assert_same, assert_ties_of_tolmin, is_near, number, rows, table, text, texts, whole, without,
};

static STUDY: LazyLock<Study> =
    LazyLock::new(|| Study::from_csv(&text("asem_iData.csv"), &text("asem_iMeta.csv")).unwrap());
static METHOD: LazyLock<Method> = LazyLock::new(|| Method::from_toml(include_str!("asem.toml")).unwrap());
static BUILT: LazyLock<Built> = LazyLock::new(|| built(&STUDY, &METHOD).unwrap());

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
    assert_ties_of_tolmin(BUILT.after("treated").unwrap(), &tolmin, &theirs);
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
