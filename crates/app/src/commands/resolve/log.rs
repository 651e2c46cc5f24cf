//! `resolve log`: what persons decided on names, with what became of it, and what it moves.

use fact::Fault;
use ledger::{Answer, Ledger, Value};
use resolve::Op;

use crate::cli::Global;
use crate::commands::{Ended, as_of, nothing};
use crate::identity::{Correction, Effect, slug, whole};
use crate::view::View;
use crate::workspace::{Workspace, now};

const COLUMNS: [&str; 11] = [
    "decided",
    "decider",
    "op",
    "subject",
    "object",
    "from_day",
    "to_day",
    "ground",
    "state",
    "decision",
    "supersedes",
];

pub async fn run(global: &Global, workspace: &Workspace, with_effect: bool) -> Ended {
    let ledger = workspace.ledger().await?;
    let names = super::names(&ledger, global).await?;
    let corrections = names.corrections()?;
    if corrections.is_empty() {
        return Err(nothing(
            "resolve log",
            "nobody decided on a name yet",
            "see `rapporteur review names` for what waits",
        ));
    }
    let mut columns: Vec<String> = COLUMNS.map(Into::into).to_vec();
    let mut rows: Vec<Vec<Value>> = corrections.iter().map(row).collect::<Result<_, _>>()?;
    if with_effect {
        columns.push("effect".into());
        let view = View::open(&ledger, as_of(global)).await?;
        for (correction, row) in corrections.iter().zip(&mut rows) {
            row.push(effect(global, &ledger, &view, correction).await?);
        }
    }
    Ok(global.output().rows(&Answer { columns, rows })?)
}

fn row(correction: &Correction) -> Result<Vec<Value>, Fault> {
    let decision = &correction.decision;
    let day = |day: Option<jiff::civil::Date>| day.map_or(Value::Null, |day| Value::Text(day.to_string()));
    Ok(vec![
        Value::Text(decision.at.to_string()),
        Value::Text(decision.by.clone()),
        Value::Text(slug(decision.op)?),
        Value::Text(decision.subject.clone()),
        Value::Text(decision.object.clone()),
        day(decision.from),
        day(decision.to),
        Value::Text(decision.evidence.join("; ")),
        Value::Text(correction.state.clone()),
        Value::Text(decision.id.clone()),
        decision.supersedes.clone().map_or(Value::Null, Value::Text),
    ])
}

/// The index without the decision, and with it.
async fn effect(global: &Global, ledger: &Ledger, view: &View, correction: &Correction) -> Result<Value, Fault> {
    if correction.state != "holds" || correction.decision.op == Op::Undo {
        return Ok(Value::Null);
    }
    let which = resolve::Which::Id(correction.decision.id.clone());
    let undos = view.who.undoing(&which, "nobody", whole(now()))?;
    let without = View::with(ledger, as_of(global), &undos).await?;
    let effect = Effect::between(&without, view);
    let told: Vec<String> = effect.changes.iter().take(5).map(|one| format!("{}: {}", one.name, one.told())).collect();
    Ok(Value::Text(if told.is_empty() { "no number moves".into() } else { told.join("; ") }))
}
