//! Check: a whole source side by side with what was read from where.

use fact::{Fault, Remedy, Snapshot};
use ledger::{Answer, Ledger, Params, Value};
use maud::html;

use super::ask::Ask;
use super::frame::{Asked, Truth};
use crate::check::{Checked, checked};
use crate::exit::Failure;
use crate::intake::read_with;
use crate::view::View;
use crate::workspace::Workspace;

/// Lines on one page.
const N_LINES: usize = 1_000;

pub async fn page(
    view: &View,
    workspace: &Workspace,
    ledger: &Ledger,
    ask: &Ask,
    snapshot: &str,
) -> Result<Asked, Failure> {
    let params = Params::from([("snapshot", Value::Text(snapshot.into()))]);
    let answer = view.session.query(include_str!("sql/snapshot_of.sql"), &params).await?;
    let Some(row) = answer.rows.first() else {
        return Err(super::unknown(snapshot, "no snapshot of this id is held", "start from the page Evidence"));
    };
    let (origin, name) = (row[0].text(), ask.param("adapter").unwrap_or(row[2].text()));
    let Some(adapter) = adapters::ADAPTERS.iter().find(|adapter| adapter.name() == name) else {
        let what = format!("expected the name of an adapter, found `{name}`");
        return Err(Failure::Fault(Fault::new(Remedy::Ask, origin, what, "see `rapporteur doctor` for the names")));
    };
    let (bytes, mappings) = (ledger.bytes(snapshot)?, workspace.mappings());
    let reading = read_with(*adapter, &Snapshot { mappings: &mappings, ..Snapshot::new(snapshot, origin, &bytes) });
    let lines = checked(&bytes, &reading);
    let is_document = document::read(&Snapshot::new(snapshot, origin, &bytes)).is_some();
    let first = ask.param("line").and_then(|line| line.parse::<usize>().ok()).unwrap_or(1).clamp(1, lines.len().max(1));
    let shown = &lines[(first - 1).min(lines.len())..(first - 1 + N_LINES).min(lines.len())];
    let n_silent = lines.iter().filter(|line| line.found.is_empty() && !line.text.is_empty()).count();
    Ok(Asked {
        title: format!("Check of {origin}"),
        question: "What was read from where, and what was not?",
        section: "Evidence",
        answer: html! {
            (reading.about) ": " (reading.facts.len()) " facts and " (reading.problems.len()) " problems from "
            (lines.len()) " lines; from " (n_silent) " lines with text nothing was read. "
            a href=(ask.to_place(snapshot, 0, 0)) { "The source alone" } "."
            @if is_document { " " a href=(ask.to(&format!("/read/{snapshot}"))) { "What the document says" } "." }
        },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            div.scroll role="region" tabindex="0" aria-label="Source and reading" {
                table.check {
                    caption { "Lines " (first) " to " (first - 1 + shown.len()) " with what was read from them" }
                    thead { tr { th scope="col" { "Line" } th scope="col" { "Source" } th scope="col" { "Read" } } }
                    tbody { @for line in shown { (row_of(line)) } }
                }
            }
            @if first - 1 + shown.len() < lines.len() {
                p { a href=(ask.with("line", Some(&(first + N_LINES).to_string()))) { "Further lines" } }
            }
        },
        data: data(&lines),
        filters: Vec::new(),
        truth: Truth {
            sources: format!("{origin}, {} bytes, SHA-256 {snapshot}", bytes.len()),
            method: format!("read just now by adapter {} version {}", adapter.name(), adapter.version()),
            as_of: format!("ledger version {}", view.version),
            ..Truth::default()
        },
        is_made_up: row[4] == Value::Truth(true),
    })
}

fn row_of(line: &Checked) -> maud::Markup {
    html! {
        tr id={ "line-" (line.number) } {
            td { (line.number) }
            td { code { (line.text) } }
            td {
                @for found in &line.found {
                    p { @if found.is_problem { strong { "Problem " } } (found.text) }
                }
            }
        }
    }
}

fn data(lines: &[Checked]) -> Answer {
    let found = lines.iter().flat_map(|line| line.found.iter().map(move |found| (line, found)));
    let row = |(line, found): (&Checked, &crate::check::Found)| {
        vec![
            Value::Int(line.number.cast_signed() as i64),
            Value::Text(line.text.clone()),
            Value::Truth(found.is_problem),
            Value::Text(found.text.clone()),
        ]
    };
    Answer { columns: ["line", "text", "is_problem", "read"].map(Into::into).to_vec(), rows: found.map(row).collect() }
}
