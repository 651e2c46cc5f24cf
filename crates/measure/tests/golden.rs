//! The golden document of the index: a small example worked out by hand, and what comes out of it.
//!
//! The first case holds the `profile`; every further case gives `meetings` and `rows`.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

use std::cell::RefCell;
use std::collections::BTreeSet;

use dev::{Case, run_golden, table};
use measure::{Index, Kind, Meeting, Observation, Observations, Profile, index, indicator_values};

const AS_OF: i32 = 730;

#[test]
fn golden() {
    let profile = RefCell::new(None);
    run_golden(concat!(env!("CARGO_MANIFEST_DIR"), "/golden/index.md"), |case| {
        if let Some(text) = case.block("profile") {
            *profile.borrow_mut() = Some(Profile::from_toml(text).unwrap());
        }
        profile.borrow().as_ref().map(|profile| answer(case, profile)).unwrap_or_default()
    });
}

fn answer(case: &Case, profile: &Profile) -> Vec<(String, String)> {
    let (Some(meetings), Some(rows)) = (case.block("meetings"), case.block("rows")) else { return Vec::new() };
    let (observations, kinds) = observations(meetings, rows);
    let index = index(&observations, &kinds, profile, AS_OF).unwrap();
    vec![
        ("values".into(), values(&observations, &kinds, profile)),
        ("contributions".into(), contributions(&index)),
        ("scores".into(), scores(&index)),
        ("notes".into(), index.notes.join("\n")),
    ]
}

fn observations(meetings: &str, rows: &str) -> (Observations, Vec<Kind>) {
    let (meetings, rows) = (cells(meetings), cells(rows));
    let sorted = |column: usize| -> Vec<String> {
        rows.iter().map(|row| row[column].clone()).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let (indicators, organisations) = (sorted(0), sorted(2));
    let place = |names: &[String], name: &String| names.iter().position(|other| other == name).unwrap();
    let ids: Vec<String> = meetings.iter().map(|meeting| meeting[0].clone()).collect();
    let kind = |name: &String| Kind::from_slug(&rows.iter().find(|row| row[0] == *name).unwrap()[1]).unwrap();
    let kinds = indicators.iter().map(kind).collect();
    let row = |row: &Vec<String>| Observation {
        indicator: place(&indicators, &row[0]) as u16,
        organisation: place(&organisations, &row[2]) as u32,
        meeting: place(&ids, &row[3]) as u32,
        item: row[4].parse().unwrap(),
        events: row[5].parse().unwrap(),
        exposure: row[6].parse().unwrap(),
    };
    let rows = rows.iter().map(row).collect();
    let meeting =
        |row: &Vec<String>| Meeting { id: row[0].clone(), body: row[1].clone(), day: row[2].parse().unwrap() };
    let meetings = meetings.iter().map(meeting).collect();
    (Observations { organisations, meetings, indicators, rows }, kinds)
}

/// Returns the cells of a table below its header.
fn cells(text: &str) -> Vec<Vec<String>> {
    text.lines().skip(1).map(|line| line.split('|').map(|cell| cell.trim().to_string()).collect()).collect()
}

fn values(observations: &Observations, kinds: &[Kind], profile: &Profile) -> String {
    let rows: Vec<Vec<String>> = indicator_values(observations, kinds, profile, AS_OF)
        .unwrap()
        .iter()
        .map(|value| {
            let numbers = [value.events, value.exposure, value.value, value.low, value.high, value.n_effective];
            let names = [
                &observations.indicators[value.indicator as usize],
                &observations.organisations[value.organisation as usize],
            ];
            let mut row: Vec<String> = names.into_iter().cloned().collect();
            row.extend(numbers.iter().map(|number| format!("{number:.3}")));
            row.push(value.n_meetings.to_string());
            row
        })
        .collect();
    let header =
        ["indicator", "organisation", "events", "exposure", "value", "low", "high", "n_effective", "n_meetings"];
    table(&header, &rows)
}

fn contributions(index: &Index) -> String {
    let rows: Vec<Vec<String>> = index
        .scores
        .iter()
        .flat_map(|score| score.contributions.iter().map(|part| (&score.organisation, part)))
        .map(|(organisation, part)| {
            let numbers = [part.raw, part.weighted, part.transformed, part.weight, part.points];
            let mut row = vec![organisation.clone(), part.dimension.clone(), part.indicator.clone()];
            row.extend(numbers.iter().map(|number| format!("{number:.3}")));
            row.push(format!("{:.1}", part.points_shown));
            row
        })
        .collect();
    let header = ["organisation", "dimension", "indicator", "raw", "weighted", "worth", "weight", "points", "shown"];
    table(&header, &rows)
}

fn scores(index: &Index) -> String {
    let rank = |rank: Option<u32>| rank.map(|rank| rank.to_string()).unwrap_or_default();
    let rows: Vec<Vec<String>> = index
        .scores
        .iter()
        .map(|score| {
            vec![
                score.organisation.clone(),
                format!("{:.3}", score.score),
                format!("{:.1}", score.low),
                format!("{:.1}", score.high),
                rank(score.rank),
                rank(score.rank_low),
                rank(score.rank_high),
                format!("{:.3}", score.coverage),
                format!("{:?}", score.grade),
                score.missing.join(", "),
            ]
        })
        .collect();
    let header =
        ["organisation", "score", "low", "high", "rank", "rank_low", "rank_high", "coverage", "grade", "missing"];
    table(&header, &rows)
}
