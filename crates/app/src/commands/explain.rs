//! `explain`: the parts of a score, or the rows behind one indicator, each with its place in a source.

use indicators::Card;
use ledger::{Answer, Params, Value};

use super::{Ended, nothing, scope, view};
use crate::cli::{Global, ScopeArgs};

pub async fn run(global: &Global, organisation: &str, indicator: Option<&str>, args: &ScopeArgs) -> Ended {
    let view = view(global).await?;
    let scope = scope(args);
    let out = global.output();
    let Some(name) = indicator else {
        let index = view.index(&scope)?;
        let Some(score) = index.scores.iter().find(|score| score.organisation == organisation) else {
            return Err(unknown(organisation));
        };
        out.say(format_args!(
            "{}: {:.1} points, between {:.1} and {:.1} (90%); coverage {:.0}%, grade {:?}, method {}.",
            view.name(organisation),
            score.score,
            score.low,
            score.high,
            score.coverage * 100.0,
            score.grade,
            index.method
        ));
        return Ok(out.rows(&parts(score))?);
    };
    let Some(card) = Card::find(name) else {
        return Err(nothing(
            name,
            "expected an indicator of the catalogue",
            "see `rapporteur measure` for their names",
        ));
    };
    let text = |text: Option<&str>| text.map_or(Value::Null, |text| Value::Text(text.into()));
    let params = Params::from([
        ("indicator", text(Some(card.name))),
        ("organisation", text(Some(organisation))),
        ("body", text(scope.body.as_deref())),
        ("period", text(scope.period.as_deref())),
    ]);
    let answer = view.session.query(include_str!("../sql/behind.sql"), &params).await?;
    if answer.rows.is_empty() {
        return Err(unknown(organisation));
    }
    out.say(format_args!("{}: {}; out of: {}. {}.", card.title, card.events, card.exposure, card.caveat));
    Ok(out.rows(&answer)?)
}

fn unknown(organisation: &str) -> crate::exit::Failure {
    let hint = "use the name in the column `organisation` of `rapporteur index`";
    nothing(organisation, "nothing is observed of this organisation in this scope", hint)
}

fn parts(score: &measure::Score) -> Answer {
    let row = |part: &measure::Contribution| {
        vec![
            Value::Text(part.dimension.clone()),
            Value::Text(part.indicator.clone()),
            Value::Real(part.raw),
            Value::Real(part.weighted),
            Value::Real(part.transformed),
            Value::Real(part.weight),
            Value::Real(part.points),
        ]
    };
    let columns = ["dimension", "indicator", "value", "value_with_recency", "on_scale", "weight", "points"];
    Answer { columns: columns.map(Into::into).to_vec(), rows: score.contributions.iter().map(row).collect() }
}
