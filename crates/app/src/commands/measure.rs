//! `measure`: the catalogue, one indicator, or all of them into the tables of the workspace.

use indicators::{CATALOGUE, Card};
use ledger::{Answer, Value};

use super::{Ended, as_of, nothing, scope, workspace};
use crate::cli::{Global, ScopeArgs};
use crate::view::View;

pub async fn run(global: &Global, indicator: Option<&str>, args: &ScopeArgs) -> Ended {
    let workspace = workspace(global)?;
    let ledger = workspace.ledger().await?;
    let view = View::open(&ledger, as_of(global)).await?;
    let out = global.output();
    let Some(name) = indicator else {
        ledger.derive(&view.identities).await?;
        ledger.derive(&view.observations).await?;
        ledger.derive(&view.indicator_rows()?).await?;
        ledger.derive(&view.index_rows()?).await?;
        out.say("Wrote the tables identity, observation, indicator and index.");
        return Ok(out.rows(&catalogue())?);
    };
    let Some(card) = Card::find(name) else {
        return Err(nothing(
            name,
            "expected an indicator of the catalogue",
            "see `rapporteur measure` for their names",
        ));
    };
    let mut rows: Vec<_> =
        view.indicators_of(&scope(args))?.into_iter().filter(|row| row.indicator == card.name).collect();
    if rows.is_empty() {
        return Err(nothing(name, "nothing is observed in this scope", "see `rapporteur sources` for what is held"));
    }
    rows.sort_by(|one, other| {
        other
            .value
            .unwrap_or(-1.0)
            .total_cmp(&one.value.unwrap_or(-1.0))
            .then(one.organisation.cmp(&other.organisation))
    });
    let columns = ["organisation", "value", "low", "high", "events", "exposure", "meetings", "body", "period"];
    let real = |number: Option<f64>| number.map_or(Value::Null, Value::Real);
    let rows = rows.into_iter().map(|row| {
        vec![
            Value::Text(row.organisation),
            real(row.value),
            real(row.low),
            real(row.high),
            Value::Real(row.events),
            Value::Real(row.exposure),
            Value::Int(row.n_meetings),
            Value::Text(row.body),
            Value::Text(row.period),
        ]
    });
    out.say(format_args!("{}, in {}. {}.", card.title, card.unit, card.caveat));
    Ok(out.rows(&Answer { columns: columns.map(Into::into).to_vec(), rows: rows.collect() })?)
}

fn catalogue() -> Answer {
    let row = |card: &Card| {
        [card.name, &card.objective, &card.kind, &card.unit, &card.title].map(|text| Value::Text(text.into())).to_vec()
    };
    Answer {
        columns: ["indicator", "objective", "kind", "unit", "title"].map(Into::into).to_vec(),
        rows: CATALOGUE.iter().map(row).collect(),
    }
}
