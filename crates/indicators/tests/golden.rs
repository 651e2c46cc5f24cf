//! Every golden document of `golden/` is computed by the indicator it is named after.
//!
//! Blocks: `table fact` holds facts (columns may be left out), `table identity` names that are not their own lower case.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use dev::{Case, run_golden, table};
use fact::{Act, Amount, Evidence, Fact, Mention, Party, Thing, When, fact_id};
use indicators::CATALOGUE;
use ledger::{FactRow, IdentityRow, ObservationRow, Session};

#[test]
fn golden() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden");
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for card in CATALOGUE.iter() {
        run_golden(folder.join(format!("{}.md", card.name)), |case| {
            let Some(facts) = case.block("table fact") else { return Vec::new() };
            let rows = runtime.block_on(observed(&facts_of(facts), &identities(case, facts)));
            let rows: Vec<Vec<String>> =
                rows.into_iter().filter(|row| row.indicator == card.name).map(|row| cells(&row)).collect();
            let header = ["organisation", "body", "period", "meeting", "day", "item", "events", "exposure", "seen"];
            vec![("table result".into(), table(&header, &rows))]
        });
    }
}

async fn observed(facts: &[FactRow], identities: &[IdentityRow]) -> Vec<ObservationRow> {
    let session = Session::new(1);
    session.put(facts).unwrap();
    session.put(identities).unwrap();
    indicators::prepare(&session).await.unwrap();
    indicators::observe(&session).await.unwrap()
}

fn cells(row: &ObservationRow) -> Vec<String> {
    vec![
        row.organisation.clone(),
        row.body.clone(),
        row.period.clone(),
        row.meeting.clone().unwrap_or_default(),
        row.day.map(|day| day.to_string()).unwrap_or_default(),
        row.item.clone(),
        format!("{:.3}", row.events),
        format!("{:.3}", row.exposure),
        if row.fact.is_some() { "yes" } else { "no" }.into(),
    ]
}

/// Rows of a table block as (column, cell) look-ups; an empty cell is `None`.
fn rows(text: &str) -> Vec<impl Fn(&str) -> Option<String>> {
    let mut lines = text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_string()).collect::<Vec<_>>());
    let header = lines.next().unwrap();
    lines
        .map(|cells| {
            let header = header.clone();
            move |wanted: &str| {
                let at = header.iter().position(|name| name == wanted)?;
                cells.get(at).filter(|cell| !cell.is_empty()).cloned()
            }
        })
        .collect()
}

fn facts_of(text: &str) -> Vec<FactRow> {
    rows(text)
        .iter()
        .enumerate()
        .map(|(at, cell)| {
            let thing = |name: &str| {
                let text = cell(name)?;
                let (kind, id) = text.split_once(' ').unwrap();
                Some(Thing::new(kind, id))
            };
            let party = match cell("party").as_deref() {
                Some("person") => Party::Person,
                Some("body") => Party::Body,
                Some("office") => Party::Office,
                Some("unknown") => Party::Unknown,
                _ => Party::Organisation,
            };
            let day = cell("day").map_or(When::UNKNOWN, |text| match text.split_once("..") {
                Some((from, to)) => {
                    When { from: from.parse().ok(), to: to.parse().ok(), precision: fact::Precision::Day }
                }
                None => When::parse(&text).unwrap(),
            });
            let fact = Fact {
                who: Mention {
                    party,
                    name: cell("name"),
                    affiliation: cell("affiliation"),
                    role: cell("role"),
                    ..Mention::default()
                },
                object: thing("object"),
                target: thing("target"),
                body: cell("body"),
                event: cell("event"),
                when: day,
                status: cell("status"),
                amount: cell("words").map(|text| Amount { value: text.parse().unwrap(), unit: "words".into() }),
                confidence: cell("conf").map_or(1.0, |text| text.parse().unwrap()),
                ..Fact::new(
                    Act::from_slug(&cell("act").unwrap()).unwrap(),
                    Evidence::new(at..at + 1, format!("row {at}"), ""),
                )
            };
            FactRow {
                id: fact_id("golden", "snapshot", &fact),
                snapshot: "snapshot".into(),
                reading: "snapshot".into(),
                adapter: "golden".into(),
                fact,
            }
        })
        .collect()
}

/// Names stand for their own lower case unless the case says otherwise; revisions are joined under their last number.
fn identities(case: &Case, facts: &str) -> Vec<IdentityRow> {
    let row = |kind: &str, mention: &str, entity: Option<String>| IdentityRow {
        kind: kind.into(),
        mention: mention.into(),
        entity,
        name: mention.into(),
        rule: "golden".into(),
        reason: String::new(),
    };
    let mut all: Vec<IdentityRow> = case
        .block("table identity")
        .map(|text| {
            rows(text)
                .iter()
                .map(|cell| row(&cell("kind").unwrap(), &cell("mention").unwrap(), cell("entity")))
                .collect()
        })
        .unwrap_or_default();
    let given: BTreeSet<(String, String)> = all.iter().map(|row| (row.kind.clone(), row.mention.clone())).collect();
    for (column, kind) in [("affiliation", "organisation"), ("body", "body"), ("event", "meeting")] {
        let mentions: BTreeSet<String> = rows(facts).iter().filter_map(|cell| cell(column)).collect();
        let own = mentions.into_iter().filter(|mention| !given.contains(&(kind.into(), mention.clone())));
        all.extend(own.map(|mention| row(kind, &mention, Some(mention.to_lowercase()))));
    }
    all
}
