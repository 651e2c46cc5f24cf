//! `index sensitivity`: which layer of uncertainty a score's interval comes from.

use ledger::{Answer, Value};

use super::super::{Ended, scope, view};
use crate::cli::{Global, ScopeArgs};

pub async fn run(global: &Global, args: &ScopeArgs) -> Ended {
    let view = view(global).await?;
    let seen = view.seen(&scope(args))?;
    let (rows, kinds) = (&seen.observations, &seen.kinds);
    let variances = measure::layer_variances(rows, kinds, &view.profile, seen.last, &seen.circumstances)
        .map_err(|error| fact::Fault::bug("index", error))?;
    let out = global.output();
    out.say(format_args!(
        "Variance of each score in squared points: which meetings were held, who is who ({} names in doubt), which method.",
        seen.circumstances.links.len()
    ));
    let columns = ["organisation", "name", "meetings", "who_is_who", "method", "together", "interplay"];
    let row = |variance: &measure::LayerVariance| {
        let [meetings, identity, method] = variance.alone.map(Value::Real);
        vec![
            Value::Text(variance.organisation.clone()),
            Value::Text(view.name(&variance.organisation).into()),
            meetings,
            identity,
            method,
            Value::Real(variance.together),
            Value::Real(variance.rest()),
        ]
    };
    Ok(out.rows(&Answer { columns: columns.map(Into::into).to_vec(), rows: variances.iter().map(row).collect() })?)
}
