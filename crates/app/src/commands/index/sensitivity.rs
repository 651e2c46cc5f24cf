//! `index sensitivity`: which layer of uncertainty a score's interval comes from.

use std::collections::BTreeMap;

use ledger::{Answer, Value};

use super::super::{Ended, first, scope, view};
use crate::cli::{Global, ListArgs};

pub async fn run(global: &Global, args: &ListArgs) -> Ended {
    let view = view(global).await?;
    let scope = scope(&args.scope);
    let seen = view.seen(&scope)?;
    let index = view.index(&scope)?;
    let scores: BTreeMap<&str, f64> =
        index.scores.iter().map(|score| (score.organisation.as_str(), score.score)).collect();
    let (rows, kinds) = (&seen.observations, &seen.kinds);
    let variances = measure::layer_variances(rows, kinds, &view.profile, seen.last, &seen.circumstances)
        .map_err(|error| fact::Fault::bug("index", error))?;
    let out = global.output();
    out.say(format_args!(
        "Standard deviation of each score in points, if one thing alone were uncertain: which meetings were held, who is who ({} names in doubt), which method. Variances add up but for the interplay.",
        seen.circumstances.links.len()
    ));
    let columns =
        ["organisation", "name", "score", "meetings", "who_is_who", "method", "together", "interplay_variance"];
    let row = |variance: &measure::LayerVariance| {
        let [meetings, identity, method] = variance.alone.map(|alone| Value::Real(alone.sqrt()));
        vec![
            Value::Text(variance.organisation.clone()),
            Value::Text(view.name(&variance.organisation).into()),
            scores.get(variance.organisation.as_str()).map_or(Value::Null, |score| Value::Real(*score)),
            meetings,
            identity,
            method,
            Value::Real(variance.together.sqrt()),
            Value::Real(variance.rest()),
        ]
    };
    let mut rows: Vec<Vec<Value>> = variances.iter().map(row).collect();
    rows.sort_by(|one, other| other[2].real().unwrap_or_default().total_cmp(&one[2].real().unwrap_or_default()));
    Ok(out.rows(&first(Answer { columns: columns.map(Into::into).to_vec(), rows }, args))?)
}
