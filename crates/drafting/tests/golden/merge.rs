//! The golden document of merging.

use std::collections::BTreeSet;

use dev::{Case, run_golden, table};
use drafting::{Contribution, Decisions, Draft, Merged, Outcome, Row, merge};

#[test]
fn golden() {
    run_golden(concat!(env!("CARGO_MANIFEST_DIR"), "/golden/merge.md"), answer);
}

fn answer(case: &Case) -> Vec<(String, String)> {
    let Some(base) = case.block("base") else { return Vec::new() };
    let of = |(info, text): (&str, &str)| Contribution {
        id: info.split(' ').nth(1).unwrap().into(),
        draft: Draft::read(text),
    };
    let contributions: Vec<Contribution> = case.blocks("contribution").map(of).collect();
    let decisions: Decisions =
        case.block("decisions").map_or_else(Decisions::default, |json| serde_json::from_str(json).unwrap());
    let merged = merge(&Draft::read(base), &contributions, &decisions);
    let mut answers = vec![("text".into(), merged.text()), ("clauses".into(), clauses(&merged))];
    if !merged.conflicts.is_empty() {
        answers.push(("conflicts".into(), conflicts(&merged)));
    }
    if !merged.mechanical.is_empty() {
        answers.push(("mechanical".into(), mechanical(&merged)));
    }
    if !merged.unused.is_empty() {
        answers.push((
            "unused".into(),
            merged.unused.iter().map(|unused| format!("{}: {}\n", unused.decision, unused.reason)).collect(),
        ));
    }
    answers
}

fn clauses(merged: &Merged) -> String {
    let names = |by: &BTreeSet<usize>| by.iter().map(|&by| merged.authors[by].as_str()).collect::<Vec<_>>().join(", ");
    let row = |row: &Row| -> Vec<String> {
        let place = |place: &Option<String>| place.clone().unwrap_or("-".into());
        vec![
            place(&row.place_before),
            place(&row.place_after),
            format!("{:?}", row.outcome),
            names(&row.authors),
            names(&row.movers),
        ]
    };
    let changed =
        merged.rows.iter().filter(|row| row.outcome != Outcome::Untouched || row.place_before != row.place_after);
    table(&["before", "after", "outcome", "authors", "movers"], &changed.map(row).collect::<Vec<_>>())
}

fn conflicts(merged: &Merged) -> String {
    let mut rows = Vec::new();
    for conflict in &merged.conflicts {
        let state = if conflict.decision.is_some() { "decided" } else { "open" };
        for alternative in &conflict.alternatives {
            let by = alternative.by.iter().cloned().collect::<Vec<_>>().join(", ");
            let text = alternative.text.clone().unwrap_or("(deletes)".into());
            rows.push(vec![
                conflict.id.clone(),
                conflict.kind.name().into(),
                conflict.place.clone(),
                state.into(),
                by,
                text,
            ]);
        }
    }
    table(&["id", "kind", "place", "state", "by", "text"], &rows)
}

fn mechanical(merged: &Merged) -> String {
    let row = |done: &drafting::Mechanical| {
        vec![format!("{:?}", done.kind), done.place.clone(), done.before.clone(), done.after.clone()]
    };
    table(&["what", "place", "before", "after"], &merged.mechanical.iter().map(row).collect::<Vec<_>>())
}
