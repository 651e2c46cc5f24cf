//! The reference tables of coherence: correlations, components, reliability and what they call into question.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

mod reference_tables;

use measure::composite::{
    Finding, Items, Matter, Rules, Table, alpha_if_deleted, audit_group, correlations, cronbach_alpha,
    pairs_to_question, principal_components, sizes_to_question,
};
use reference_tables::{is_near, is_within, number, rows, table};

/// The part of a table with these indicators.
fn part(of: &Table, codes: &[String]) -> Table {
    let columns = codes.iter().map(|code| of.column(code).unwrap_or_else(|| panic!("no `{code}`")).to_vec()).collect();
    Table { units: of.units.clone(), indicators: codes.to_vec(), columns }
}

/// The structure of ASEM: a cell of every row of a level.
fn at_level(level: &str) -> Vec<String> {
    let rows = rows("asem_iMeta.csv");
    rows[1..].iter().filter(|row| row[0] == level).map(|row| row[1].clone()).collect()
}

fn members(parent: &str) -> Vec<String> {
    let rows = rows("asem_iMeta.csv");
    let of = rows[0].iter().position(|cell| cell == "Parent").unwrap();
    rows[1..].iter().filter(|row| row[of] == parent).map(|row| row[1].clone()).collect()
}

/// Correlation by code in two levels of the aggregated scores.
fn assert_correlations(name: &str, rows_are: &[String], columns_are: &[String]) {
    let scored = table("asem_aggregated.csv");
    let (of, with) = (part(&scored, rows_are), part(&scored, columns_are));
    let found = correlations(&of, &with);
    let reference = rows(name);
    for row in &reference[1..] {
        let i = rows_are.iter().position(|code| *code == row[0]).unwrap();
        let j = columns_are.iter().position(|code| *code == row[1]).unwrap();
        assert!(is_near(found[i][j], number(&row[2])), "{row:?}: found {}", found[i][j]);
    }
    assert_eq!(reference.len() - 1, rows_are.len() * columns_are.len());
}

#[test]
fn tai23_corr() {
    let (raw, expected) = (table("tai23_raw.csv"), table("tai23_corr.csv"));
    let found = correlations(&raw, &raw);
    for (i, row) in found.iter().enumerate() {
        for (j, value) in row.iter().enumerate() {
            assert!(is_near(*value, expected.columns[j][i]), "{i} and {j}: found {value}");
        }
    }
    assert_eq!(expected.indicators, raw.indicators);
}

#[test]
fn tai23_alpha() {
    let raw = table("tai23_raw.csv");
    let expected = rows("tai23_alpha.csv");
    assert!(is_near(cronbach_alpha(&raw.columns, Items::Standardised), number(&expected[1][1])));
    let without = alpha_if_deleted(&raw.columns, Items::Standardised);
    assert_eq!(expected.len() - 2, without.len());
    for (row, (code, alpha)) in expected[2..].iter().zip(raw.indicators.iter().zip(without)) {
        assert_eq!(row[0], format!("drop_{code}"));
        assert!(is_near(alpha, number(&row[1])), "{row:?}: found {alpha}");
    }
}

#[test]
fn asem_pca_eigen() {
    let mut n_seen = 0;
    for row in &rows("asem_pca_eigen.csv")[1..] {
        let [set, _, group, component, eigenvalue, share] = &row[..] else { panic!("{row:?}") };
        let file = if set == "Normalised" { "asem_normalised.csv" } else { "asem_aggregated.csv" };
        let found = principal_components(&part(&table(file), &members(group)).columns).unwrap();
        let at = component.parse::<usize>().unwrap() - 1;
        assert!(is_near(found.eigenvalues[at], number(eigenvalue)), "{row:?}: found {}", found.eigenvalues[at]);
        assert!(is_near(found.shares()[at], number(share)), "{row:?}: found {}", found.shares()[at]);
        n_seen += 1;
    }
    assert_eq!(n_seen, 49 + 8);
}

#[test]
fn asem_pca_weights() {
    let reference = rows("asem_pca_weights.csv");
    let groups: Vec<(String, String)> = reference[1..].iter().map(|row| (row[0].clone(), row[2].clone())).collect();
    let mut n_seen = 0;
    for (set, group) in groups.iter().collect::<std::collections::BTreeSet<_>>() {
        let file = if set == "Normalised" { "asem_normalised.csv" } else { "asem_aggregated.csv" };
        let codes = members(group);
        let found = principal_components(&part(&table(file), &codes).columns).unwrap();
        let theirs = |code: &String| {
            let row = reference.iter().find(|row| row[2] == *group && row[3] == *code).unwrap();
            number(&row[4])
        };
        let theirs: Vec<f64> = codes.iter().map(theirs).collect();
        // Theirs has any sign; ours points where the indicators point together.
        let own = &found.vectors[0];
        assert!(own.iter().sum::<f64>() >= 0.0, "{group}");
        let sign = own.iter().zip(&theirs).map(|(x, y)| x * y).sum::<f64>().signum();
        for (value, other) in own.iter().zip(&theirs) {
            assert!(is_within(sign * value, *other, 1e-8), "{group}: {own:?}, {theirs:?}");
            n_seen += 1;
        }
        // And where a part of it still points the other way, no weights are handed out.
        let weights = found.weights();
        assert_eq!(weights.weights.is_none(), own.iter().any(|entry| *entry < 0.0), "{group}");
        assert_eq!(weights.negative.is_empty(), weights.weights.is_some(), "{group}");
    }
    assert_eq!(n_seen, reference.len() - 1);
}

#[test]
fn asem_corr_l1_l2() {
    assert_correlations("asem_corr_L1_L2.csv", &at_level("2"), &at_level("1"));
}

#[test]
fn asem_corr_l1_index() {
    assert_correlations("asem_corr_L1_index.csv", &at_level("4"), &at_level("1"));
}

#[test]
fn asem_corr_l2_l2() {
    assert_correlations("asem_corr_L2_L2.csv", &at_level("2"), &at_level("2"));
}

/// The pairs that are called into question in any pillar, against a table of flags, whose order within a pair is its own.
fn assert_flags(name: &str, rules: &Rules, is_meant: impl Fn(&Finding) -> bool) {
    let normalised = table("asem_normalised.csv");
    let key = |group: &str, one: &str, other: &str, value: f64| {
        let mut pair = [one, other];
        pair.sort_unstable();
        (group.to_string(), pair.map(str::to_string), (value * 1000.0).round() as i64)
    };
    let mut found: Vec<_> = at_level("2")
        .iter()
        .flat_map(|group| {
            let findings = pairs_to_question(&part(&normalised, &members(group)), rules).into_iter().filter(&is_meant);
            findings.map(|own| key(group, &own.codes[0], &own.codes[1], own.value)).collect::<Vec<_>>()
        })
        .collect();
    let mut expected: Vec<_> =
        rows(name)[1..].iter().map(|row| key(&row[0], &row[1], &row[2], number(&row[3]))).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn asem_corr_flags_high075() {
    let rules = Rules { redundant: 0.75, ..Rules::default() };
    assert_flags("asem_corr_flags_high075.csv", &rules, |own| own.matter == Matter::Redundant && own.value > 0.0);
}

#[test]
fn asem_corr_flags_low_04() {
    assert_flags("asem_corr_flags_low-04.csv", &Rules::default(), |own| own.matter == Matter::Conflicting);
}

#[test]
fn asem_denom_corr() {
    let (raw, about) = (table("asem_raw.csv"), table("asem_meta_unit.csv"));
    let denominators = part(&about, &["Area", "Energy", "GDP", "Population"].map(String::from));
    let mut found = sizes_to_question(&raw, &denominators, &Rules::default());
    found.sort_by(|one, other| one.codes.cmp(&other.codes));
    let expected = &rows("asem_denom_corr.csv")[1..];
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (own, row) in found.iter().zip(expected) {
        assert_eq!(own.codes, row[..2]);
        assert!(is_near(own.value, number(&row[2])), "{row:?}: found {}", own.value);
    }
}

#[test]
fn asem_cronbach() {
    for row in &rows("asem_cronbach.csv")[1..] {
        let [set, group, k, expected] = &row[..] else { panic!("{row:?}") };
        let values = table(&format!("asem_{}.csv", set.to_lowercase()));
        let codes = if group.starts_with("Index") { at_level("1") } else { members(group) };
        assert_eq!(codes.len().to_string(), *k);
        let columns = part(&values, &codes).columns;
        let found = cronbach_alpha(&columns, Items::AsGiven);
        assert!(is_near(found, number(expected)), "{row:?}: found {found}");
    }
}

#[test]
fn alpha_of_raw_values_is_decided_by_scale_and_direction() {
    let codes = members("Instit");
    let of = |file: &str, items: Items| cronbach_alpha(&part(&table(file), &codes).columns, items);
    assert!((of("asem_raw.csv", Items::AsGiven) + 0.553).abs() < 5e-4);
    assert!((of("asem_normalised.csv", Items::AsGiven) - 0.285).abs() < 5e-4);
    // One indicator in other units: the formula on raw values follows, and on standardised ones stays.
    let raw = part(&table("asem_raw.csv"), &codes);
    let scaled =
        raw.map(|at, column| column.iter().map(|value| if at == 0 { value * 1000.0 } else { *value }).collect());
    let both = |items: Items| (cronbach_alpha(&raw.columns, items), cronbach_alpha(&scaled.columns, items));
    let (before, after) = both(Items::AsGiven);
    assert!((before - after).abs() > 0.1);
    let (before, after) = both(Items::Standardised);
    assert!(is_near(before, after));
}

#[test]
fn a_group_is_audited_as_a_whole() {
    let scored = table("asem_aggregated.csv");
    let rules = Rules::default();
    let audit =
        |group: &str| audit_group(group, &part(&scored, &members(group)), scored.column(group).unwrap(), &rules);
    let instit = audit("Instit");
    let about = |matter: Matter| instit.findings.iter().filter(move |own| own.matter == matter).count();
    // Technical barriers run against four others; alpha is .285; a second eigenvalue of 1.083.
    assert_eq!((about(Matter::Conflicting), about(Matter::Unreliable), about(Matter::SeveralDimensions)), (4, 1, 1));
    assert!(instit.findings.iter().any(|own| own.matter == Matter::Silent && own.codes == ["TBTs"]));
    let at = members("Instit").iter().position(|code| code == "TBTs").unwrap();
    assert!(instit.alpha_if_deleted[at] > 0.7 && instit.alpha < 0.3, "{:?}", instit.alpha_if_deleted);
    // Social is a sound pillar but for its first component, which explains 53.7 %.
    let social = audit("Social");
    assert_eq!(social.findings.iter().map(|own| own.matter).collect::<Vec<_>>(), [Matter::SeveralDimensions]);
}
