//! Evidence and quality: what is held, what is missing, and what could not be read.

use std::collections::BTreeMap;

use chart::{Coverage, CoverageCell, CoverageRow, Frame};
use ledger::{Answer, Params, Value};
use maud::{Markup, html};

use super::ask::Ask;
use super::frame::{Asked, Filter, Truth, table};
use super::member::place;
use super::pulse::{origin, shown};
use crate::exit::Failure;
use crate::view::View;

pub async fn page(view: &View, ask: &Ask) -> Result<Asked, Failure> {
    let none = Params::new();
    let sources = view.session.query(include_str!("../sql/sources.sql"), &none).await?;
    let kinds = view.session.query(include_str!("sql/problem_kinds.sql"), &none).await?;
    let meetings = view.session.query(include_str!("sql/coverage.sql"), &none).await?;
    let kind = ask.param("kind").map_or(Value::Null, |kind| Value::Text(kind.into()));
    let params = Params::from([("kind", kind), ("origin", Value::Null)]);
    let problems = view.session.query(include_str!("../sql/problems.sql"), &params).await?;
    let all: i64 = kinds.rows.iter().map(|row| row[2].int()).sum();
    let total = |column: usize| sources.rows.iter().map(|row| row[column].int()).sum::<i64>();
    Ok(Asked {
        title: "Evidence and quality".into(),
        question: "Can I trust and reuse this?",
        section: "Evidence",
        answer: sentence(sources.rows.len(), total(4), all, total(3), total(11)),
        controls: None,
        picture: Some(Box::new(coverage(view, &meetings, ask))),
        small: Vec::new(),
        body: html! {
            h2 { "What could not be read" }
            @if all == 0 { p.empty { "Every unit of every source was understood." } } @else {
                (table(&kinds_table(&kinds, ask), 2))
                (table(&problems_table(&problems, ask), 9))
            }
            h2 { "Sources" }
            (table(&sources_table(&sources, ask), 3))
        },
        data: problems,
        filters: vec![filter(&kinds, ask)],
        truth: Truth {
            sources: format!("{} snapshots, all of this workspace", sources.rows.len()),
            coverage: format!("{all} problems in {} units", total(3)),
            method: "adapters are pure: the same bytes give the same facts".into(),
            as_of: format!("ledger version {}", view.version),
            ..Truth::default()
        },
        is_made_up: !view.made_up.is_empty(),
    })
}

fn sentence(n_sources: usize, n_facts: i64, n_problems: i64, n_units: i64, n_waiting: i64) -> Markup {
    html! {
        strong { (chart::exact(n_sources as f64)) } " sources state " strong { (chart::exact(n_facts as f64)) }
        " facts; of " (chart::exact(n_units as f64)) " rows and entries looked at, "
        strong { (chart::exact(n_problems as f64)) } " could not be read in full."
        @if n_waiting > 0 { " " a href="/review" { (chart::exact(n_waiting as f64)) " readings" } " wait for a reviewer and do not count." }
    }
}

/// Share of a body's meetings, year by year, for which an attendance list is held.
fn coverage(view: &View, meetings: &Answer, ask: &Ask) -> Coverage {
    let years: Vec<i64> = meetings.rows.iter().map(|row| row[1].int()).collect();
    let (first, last) = (years.iter().min().copied().unwrap_or(0), years.iter().max().copied().unwrap_or(-1));
    let mut bodies: BTreeMap<&str, BTreeMap<i64, (i64, i64)>> = BTreeMap::new();
    for row in &meetings.rows {
        bodies.entry(row[0].text()).or_default().insert(row[1].int(), (row[2].int(), row[3].int()));
    }
    let cell = |held: Option<&(i64, i64)>| match held {
        Some((meetings, lists)) => CoverageCell {
            share: Some(*lists as f64 / (*meetings).max(1) as f64),
            note: format!("{lists} of {meetings} meetings with an attendance list"),
            href: None,
        },
        None => CoverageCell { share: None, note: "nothing held".into(), href: None },
    };
    let rows = bodies.iter().map(|(body, by_year)| CoverageRow {
        name: view.body_name(body).into(),
        href: Some(ask.to("/engagement").split('?').next().unwrap_or("/engagement").to_string() + "?body=" + body),
        cells: (first..=last).map(|year| cell(by_year.get(&year))).collect(),
    });
    Coverage {
        frame: Frame {
            id: "coverage".into(),
            title: "Meetings with an attendance list, by body and year".into(),
            summary:
                "Filled as far as lists are held for the meetings of which anything is known; an empty frame: no list; \
                      no frame: nothing is known of that year."
                    .into(),
            origin: origin(!view.made_up.is_empty()),
        },
        unit: "body".into(),
        columns: (first..=last).map(|year| year.to_string()).collect(),
        rows: rows.collect(),
    }
}

fn filter(kinds: &Answer, ask: &Ask) -> Filter {
    let all = std::iter::once((String::new(), "all problems".to_string()));
    let choices = kinds.rows.iter().map(|row| (row[0].text().to_string(), row[0].text().to_string()));
    Filter {
        name: "kind",
        label: "Problem",
        choices: all.chain(choices).collect(),
        chosen: ask.param("kind").unwrap_or_default().into(),
    }
}

fn kinds_table(kinds: &Answer, ask: &Ask) -> chart::Table {
    let row = |row: &Vec<Value>| {
        let mut cells: Vec<chart::Cell> =
            row.iter().map(|value| chart::Cell { text: shown(value), href: None }).collect();
        cells[0].href = Some(ask.with("kind", Some(row[0].text())));
        cells
    };
    chart::Table {
        caption: "Problems by kind".into(),
        header: ["Kind", "What to do", "Problems", "Sources"].map(Into::into).to_vec(),
        rows: kinds.rows.iter().map(row).collect(),
    }
}

fn problems_table(problems: &Answer, ask: &Ask) -> chart::Table {
    const N_SHOWN: usize = 200;
    let row = |row: &Vec<Value>| {
        let mut cells: Vec<chart::Cell> =
            [0, 1, 2, 3].map(|at: usize| chart::Cell { text: shown(&row[at]), href: None }).to_vec();
        cells[2].href = place(ask, &row[6..]);
        cells
    };
    chart::Table {
        caption: format!("{} of {} problems, with their places", problems.rows.len().min(N_SHOWN), problems.rows.len()),
        header: ["Kind", "Source", "Place", "What"].map(Into::into).to_vec(),
        rows: problems.rows.iter().take(N_SHOWN).map(row).collect(),
    }
}

fn sources_table(sources: &Answer, ask: &Ask) -> chart::Table {
    let row = |row: &Vec<Value>| {
        let mut cells: Vec<chart::Cell> =
            [0, 1, 2, 3, 4, 5, 7].map(|at: usize| chart::Cell { text: shown(&row[at]), href: None }).to_vec();
        cells[0].href = row[10].text_opt().map(|snapshot| ask.to_place(snapshot, 0, 0));
        if row[2] == Value::Null {
            cells[2].text = "none".into();
        }
        if row[8] == Value::Truth(true) {
            cells[1].text.push_str(" (made-up data)");
        }
        cells
    };
    chart::Table {
        caption: "Every snapshot that is held".into(),
        header: ["Source", "What it is", "Adapter", "Units", "Facts", "Problems", "Licence"].map(Into::into).to_vec(),
        rows: sources.rows.iter().map(row).collect(),
    }
}
