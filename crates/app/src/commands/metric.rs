//! `metric evaluate` and `metric compare`: what is found of an indicator, or of the index, and which of two is better.

use ledger::{Answer, Value};
use measure::court::{Better, Comparison, Finding, Metric, verdict_in_words};

use super::{Ended, scope, view};
use crate::cli::{Global, MetricArgs, MetricCommand};
use crate::trial::{Docket, Effort};

pub async fn run(global: &Global, command: &MetricCommand) -> Ended {
    let view = view(global).await?;
    let out = global.output();
    match command {
        MetricCommand::Evaluate { metric, args } => {
            let (metric, found) = Docket::open(&view, &scope(&args.scope))?.judged(metric, effort(args))?;
            out.say(format_args!("{} replicates of the meetings; intervals of 95%.", args.replicates));
            out.rows(&rows(&metric, &found))?;
        }
        MetricCommand::Compare { one, other, args } => {
            let comparison = Docket::open(&view, &scope(&args.scope))?.compared(one, other, effort(args))?;
            out.say(verdict_in_words(&comparison));
            out.rows(&differences(&comparison))?;
        }
    }
    Ok(())
}

fn effort(args: &MetricArgs) -> Effort {
    Effort { replicates: args.replicates, attackers: args.attackers }
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
                text(better(found.better)),
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

/// Returns which way is better, in words.
#[must_use]
pub fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
        Better::NearZero => "near 0",
    }
}
