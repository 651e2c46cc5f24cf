//! The golden document of organisations.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use dev::{Case, run_golden, table};
use resolve::{Alias, Counted, Tables, resolve_organisations};

#[test]
fn organisations() {
    run_golden(concat!(env!("CARGO_MANIFEST_DIR"), "/golden/organisations.md"), answer);
}

fn answer(case: &Case) -> Vec<(String, String)> {
    let Some(mentions) = case.block("mentions") else { return Vec::new() };
    let mentions: Vec<Counted> = mentions
        .lines()
        .map(|line| {
            let (mention, n) = line.rsplit_once('|').unwrap();
            Counted { mention: mention.trim().into(), n: n.trim().parse().unwrap() }
        })
        .collect();
    let decided: Vec<Alias> = case
        .block("decisions")
        .unwrap_or_default()
        .lines()
        .map(|line| {
            let part: Vec<&str> = line.split('|').map(str::trim).collect();
            Alias { mention: part[0].into(), entity: part[1].into(), source: part[2].into() }
        })
        .collect();
    let rows: Vec<Vec<String>> = resolve_organisations(&mentions, &Tables::with(&decided))
        .into_iter()
        .map(|row| {
            vec![row.mention, row.entity.unwrap_or_else(|| "(none)".into()), row.name, row.rule.into(), row.reason]
        })
        .collect();
    vec![("identity".into(), table(&["mention", "entity", "name", "rule", "reason"], &rows))]
}
