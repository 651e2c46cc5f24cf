//! `index`: organisations with score, interval and rank interval; and what else can be asked of it.

mod audit;
mod compare;
mod export;
mod objectives;
mod sensitivity;
mod table;

use ledger::{Answer, Value};
use measure::Index;
use measure::composite::Table;

use super::{Ended, first, scope, view};
use crate::cli::{Global, IndexCommand, ListArgs};
use crate::view::{View, index_rows};

pub async fn run(global: &Global, args: &ListArgs) -> Ended {
    let view = view(global).await?;
    let scope = scope(&args.scope);
    let index = view.index(&scope)?;
    let rows = index_rows(&scope, &index);
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
    Ok(out.rows(&first(answer(&view, &rows), args))?)
}

/// Compares, takes apart, audits, or builds from a table of one's own.
pub async fn more(global: &Global, what: &IndexCommand) -> Ended {
    match what {
        IndexCommand::Compare(args) => compare::run(global, args).await,
        IndexCommand::Sensitivity(args) => sensitivity::run(global, args).await,
        IndexCommand::Audit(args) => audit::run(global, args).await,
        IndexCommand::Objectives(args) => objectives::run(global, args).await,
        IndexCommand::Export { scope, dir } => export::run(global, scope, dir).await,
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

/// The worth of each indicator for each organisation, 0 to 1; missing where it is not observed.
fn worths(index: &Index) -> Table {
    let mut indicators: Vec<String> = Vec::new();
    for part in index.scores.iter().flat_map(|score| &score.contributions) {
        if !indicators.contains(&part.indicator) {
            indicators.push(part.indicator.clone());
        }
    }
    let worth = |indicator: &String| {
        let of = |score: &measure::Score| {
            score
                .contributions
                .iter()
                .find(|part| part.indicator == *indicator)
                .map_or(f64::NAN, |part| part.transformed)
        };
        index.scores.iter().map(of).collect()
    };
    Table {
        units: index.scores.iter().map(|score| score.organisation.clone()).collect(),
        columns: indicators.iter().map(worth).collect(),
        indicators,
    }
}
