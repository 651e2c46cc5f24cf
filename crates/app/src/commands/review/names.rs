//! `review names`: pairs of names that may be one, by the facts that the answer moves times how open it is.

use ledger::{Answer, Ledger, Session, Value};

use crate::cli::Global;
use crate::commands::{Ended, as_of, nothing};
use crate::identity::Names;

pub async fn run(global: &Global, ledger: &Ledger, session: &Session, limit: Option<i64>) -> Ended {
    let names = Names::of(session, ledger, as_of(global), &[]).await?;
    if names.doubts.is_empty() {
        let hint = "run `rapporteur resolve` after adding sources, or see `rapporteur review` for readings";
        return Err(nothing("review names", "no pair of names waits", hint));
    }
    let out = global.output();
    out.say(format_args!(
        "{} pairs of names wait; decide with `rapporteur resolve same`, `not-same`, `part-of` or `reject`.",
        names.doubts.len()
    ));
    let limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
    let row = |doubt: &resolve::Doubt| {
        let found =
            doubt.contributions.iter().map(|part| format!("{}: {} ({:+.1})", part.feature, part.found, part.bits));
        vec![
            Value::Text(doubt.a.clone()),
            Value::Text(doubt.b.clone()),
            Value::Real(doubt.bits),
            Value::Real(doubt.probability()),
            Value::Int(doubt.n),
            Value::Real(doubt.urgency()),
            Value::Text(found.collect::<Vec<_>>().join("; ")),
        ]
    };
    let columns = ["a", "b", "bits", "probability", "facts", "urgency", "evidence"].map(Into::into).to_vec();
    Ok(out.rows(&Answer { columns, rows: names.doubts.iter().take(limit).map(row).collect() })?)
}
