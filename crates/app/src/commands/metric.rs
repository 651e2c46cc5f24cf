//! `metric evaluate` and `metric compare`: what is found of an indicator, or of the index, and which of two is better.

use ledger::{Answer, Value};
use measure::court::{Comparison, Finding, Metric, Settings, compare, findings, verdict_in_words};

use super::{Ended, scope, view};
use crate::cli::{Global, MetricCommand};
use crate::exit::Failure;
use crate::trial::Docket;

pub async fn run(global: &Global, command: &MetricCommand) -> Ended {
    let view = view(global).await?;
    let out = global.output();
    match command {
        MetricCommand::Evaluate { metric, scope: args, replicates } => {
            let docket = Docket::open(&view, &scope(args))?;
            let settings = Settings { replicates: *replicates, ..Settings::default() };
            let (metric, found) = evaluated(&docket, metric, &settings)?;
            out.say(format_args!("{} replicates of the meetings; intervals of 95%.", settings.replicates));
            out.rows(&rows(&metric, &found))?;
        }
        MetricCommand::Compare { one, other, scope: args, replicates } => {
            let docket = Docket::open(&view, &scope(args))?;
            let settings = Settings { replicates: *replicates, ..Settings::default() };
            let comparison = compared(&docket, one, other, &settings)?;
            out.say(verdict_in_words(&comparison));
            out.rows(&differences(&comparison))?;
        }
    }
    Ok(())
}

/// Returns a metric and what is found of it.
///
/// # Errors
/// When there is no metric of this name in the scope.
pub fn evaluated(docket: &Docket, name: &str, settings: &Settings) -> Result<(Metric, Vec<Finding>), Failure> {
    let metric = docket.metric(name)?;
    let found =
        findings(&metric, &docket.background(&[name]), settings).map_err(|error| fact::Fault::bug(name, error))?;
    Ok((metric, found))
}

/// Returns how two metrics compare.
///
/// # Errors
/// When there is no metric of one of these names in the scope.
pub fn compared(docket: &Docket, one: &str, other: &str, settings: &Settings) -> Result<Comparison, Failure> {
    let background = docket.background(&[one, other]);
    let compared = compare(&docket.metric(one)?, &docket.metric(other)?, &background, settings);
    Ok(compared.map_err(|error| fact::Fault::bug("court", error))?)
}

/// Returns findings as rows, and after them each simulated attack.
#[must_use]
pub fn rows(metric: &Metric, found: &[Finding]) -> Answer {
    let columns = ["aspect", "criterion", "value", "low", "high", "n", "better", "what", "why_missing"];
    let real = |number: Option<f64>| number.map_or(Value::Null, Value::Real);
    let text = |text: &str| Value::Text(text.into());
    let mut rows: Vec<Vec<Value>> = found
        .iter()
        .map(|found| {
            vec![
                text(&format!("{:?}", found.criterion.aspect()).to_lowercase()),
                text(found.criterion.name()),
                real(found.value),
                real(found.low),
                real(found.high),
                Value::Int(i64::try_from(found.n).unwrap_or(i64::MAX)),
                text(&format!("{:?}", found.better).to_lowercase()),
                text(found.what),
                found.why_missing.as_deref().map_or(Value::Null, text),
            ]
        })
        .collect();
    for gain in metric.gaming.iter().flat_map(|gaming| &gaming.attacks) {
        rows.push(vec![
            text("attack"),
            text(&gain.code),
            real(gain.gain),
            real(gain.low),
            real(gain.high),
            Value::Int(i64::try_from(gain.n).unwrap_or(i64::MAX)),
            text("lower"),
            text(&gain.what),
            gain.why_missing.as_deref().map_or(Value::Null, text),
        ]);
    }
    Answer { columns: columns.map(Into::into).to_vec(), rows }
}

/// Returns the differences of two metrics as rows; above 0 the first is better.
#[must_use]
pub fn differences(comparison: &Comparison) -> Answer {
    let columns = ["criterion", "one", "other", "difference", "low", "high", "decides"];
    let row = |difference: &measure::court::Difference| {
        vec![
            Value::Text(difference.criterion.name().into()),
            Value::Real(difference.values[0]),
            Value::Real(difference.values[1]),
            Value::Real(difference.difference),
            Value::Real(difference.low),
            Value::Real(difference.high),
            Value::Text(if difference.is_decisive { "yes" } else { "" }.into()),
        ]
    };
    Answer { columns: columns.map(Into::into).to_vec(), rows: comparison.differences.iter().map(row).collect() }
}
