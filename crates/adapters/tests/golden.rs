//! Every golden document of `golden/` is read by the adapter it is named after.
//!
//! Blocks: ```` ```input ORIGIN ```` holds the bytes, `mapping` a column mapping; `facts` and `problems` what is read.
#![allow(missing_docs, reason = "a test has no public items")]

use std::path::PathBuf;

use dev::{Case, run_golden, table};
use fact::{Fact, Problem, Snapshot, content_id};

#[test]
fn golden() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden");
    for adapter in adapters::ADAPTERS {
        run_golden(folder.join(format!("{}.md", adapter.name())), |case| answer(*adapter, case));
    }
}

fn answer(adapter: &dyn fact::Adapter, case: &Case) -> Vec<(String, String)> {
    let Some((info, input)) = case.blocks("input").next() else { return Vec::new() };
    let origin = info.strip_prefix("input").unwrap_or_default().trim();
    let id = content_id(input.as_bytes());
    let mappings: Vec<String> = case.blocks("mapping").map(|(_, text)| text.into()).collect();
    let snapshot = Snapshot { mappings: &mappings, ..Snapshot::new(&id, origin, input.as_bytes()) };
    let chosen = adapters::adapter_for(&snapshot).map(fact::Adapter::name);
    assert_eq!(chosen, Some(adapter.name()), "{}: another adapter takes this input", case.title);
    let reading = adapter.read(&snapshot);
    let mut answers = vec![("about".into(), format!("{} ({} units)", reading.about, reading.n_units))];
    if !reading.facts.is_empty() || case.block("facts").is_some() {
        answers.push(("facts".into(), facts(&reading.facts)));
    }
    if !reading.problems.is_empty() || case.block("problems").is_some() {
        answers.push(("problems".into(), problems(&reading.problems)));
    }
    answers
}

/// Columns in which every fact is empty are left out.
fn facts(facts: &[Fact]) -> String {
    let header = [
        "act",
        "party",
        "name",
        "affiliation",
        "country",
        "role",
        "object",
        "id",
        "title",
        "target",
        "body",
        "event",
        "when",
        "amount",
        "status",
        "mode",
        "conf",
        "place",
        "bytes",
    ];
    let rows: Vec<Vec<String>> = facts.iter().map(fact_row).collect();
    let used: Vec<usize> = (0..header.len()).filter(|&at| rows.iter().any(|row| !row[at].is_empty())).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| used.iter().map(|&at| row[at].clone()).collect()).collect();
    table(&used.iter().map(|&at| header[at]).collect::<Vec<_>>(), &rows)
}

fn fact_row(fact: &Fact) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let object = fact.object.clone().unwrap_or_default();
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let when = match (fact.when.from, fact.when.to) {
        (None, None) => String::new(),
        (from, to) if from == to => day(from),
        (from, to) => format!("{}..{}", day(from), day(to)),
    };
    vec![
        fact.act.slug().into(),
        fact.who.party.slug().into(),
        text(&fact.who.name),
        text(&fact.who.affiliation),
        text(&fact.who.country),
        text(&fact.who.role),
        object.kind,
        object.id,
        object.title,
        fact.target.as_ref().map(|thing| format!("{} {}", thing.kind, thing.id)).unwrap_or_default(),
        text(&fact.body),
        text(&fact.event),
        when,
        fact.amount.as_ref().map(|amount| format!("{} {}", amount.value, amount.unit)).unwrap_or_default(),
        text(&fact.status),
        fact.mode.map(|mode| mode.slug().to_string()).unwrap_or_default(),
        if fact.confidence < 1.0 { format!("{:.2}", fact.confidence) } else { String::new() },
        fact.evidence.place.clone(),
        format!("{}..{}", fact.evidence.start, fact.evidence.end),
    ]
}

fn problems(problems: &[Problem]) -> String {
    let rows: Vec<Vec<String>> = problems
        .iter()
        .map(|problem| {
            let at = &problem.evidence;
            vec![
                problem.kind.into(),
                at.place.clone(),
                format!("{}..{}", at.start, at.end),
                problem.what.clone(),
                problem.hint.clone(),
            ]
        })
        .collect();
    table(&["kind", "place", "bytes", "what", "hint"], &rows)
}
