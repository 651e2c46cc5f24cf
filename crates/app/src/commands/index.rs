//! `index`: organisations with score, interval and rank interval; and what else can be asked of it.

mod audit;
mod compare;
mod objectives;
mod sensitivity;
mod table;

use ledger::{Answer, Value};

use super::{Ended, scope, view};
use crate::cli::{Global, IndexCommand, ScopeArgs};
use crate::view::{View, index_rows};

pub async fn run(global: &Global, args: &ScopeArgs, top: Option<usize>) -> Ended {
    let view = view(global).await?;
    let scope = scope(args);
    let index = view.index(&scope)?;
    let mut rows = index_rows(&scope, &index);
    rows.truncate(top.unwrap_or(usize::MAX));
    let out = global.output();
    out.say(format_args!(
        "Method {}, {} organisations, as of {} (the last day that its sources state or allow); 90% of recomputations.",
        index.method,
        index.scores.len(),
        crate::view::day(index.as_of_day)
    ));
    for note in &index.notes {
        out.say(note);
    }
    Ok(out.rows(&answer(&view, &rows))?)
}

/// Compares, takes apart, audits, or builds from a table of one's own.
pub async fn more(global: &Global, what: &IndexCommand) -> Ended {
    match what {
        IndexCommand::Compare(args) => compare::run(global, args).await,
        IndexCommand::Sensitivity(args) => sensitivity::run(global, args).await,
        IndexCommand::Audit(args) => audit::run(global, args).await,
        IndexCommand::Objectives(args) => objectives::run(global, args).await,
        IndexCommand::Table(args) => table::run(global, args),
    }
}

fn answer(view: &View, rows: &[ledger::IndexRow]) -> Answer {
    let columns = [
        "rank",
        "rank_low",
        "rank_high",
        "organisation",
        "score",
        "low",
        "high",
        "coverage",
        "grade",
        "name",
        "body",
        "period",
        "method",
    ];
    let whole = |number: Option<i64>| number.map_or(Value::Null, Value::Int);
    let row = |row: &ledger::IndexRow| {
        vec![
            whole(row.rank),
            whole(row.rank_low),
            whole(row.rank_high),
            Value::Text(row.organisation.clone()),
            Value::Real(row.score),
            Value::Real(row.low),
            Value::Real(row.high),
            Value::Real(row.coverage),
            Value::Text(row.grade.clone()),
            Value::Text(view.name(&row.organisation).into()),
            Value::Text(row.body.clone()),
            Value::Text(row.period.clone()),
            Value::Text(row.method.clone()),
        ]
    };
    Answer { columns: columns.map(Into::into).to_vec(), rows: rows.iter().map(row).collect() }
}
