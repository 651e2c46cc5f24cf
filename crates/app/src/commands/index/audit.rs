//! `index audit`: whether the indicators hang together as the method says, and how much each is really heard.

use ledger::{Answer, Value};
use measure::Index;
use measure::composite::{Finding, GroupAudit, Matter, Rules, Table, audit_group, true_importance};

use super::super::{Ended, scope, view};
use super::worths;
use crate::cli::{Global, ScopeArgs};

pub async fn run(global: &Global, args: &ScopeArgs) -> Ended {
    let view = view(global).await?;
    let index = view.index(&scope(args))?;
    let out = global.output();
    let table = worths(&index);
    let scores: Vec<f64> = index.scores.iter().map(|score| score.score).collect();
    let whole = audit_group("index", &table, &scores, &Rules::default());
    out.say(format_args!(
        "{} organisations, {} indicators; alpha {:.2}; {}.",
        table.units.len(),
        table.indicators.len(),
        whole.alpha,
        share_of_first(&whole)
    ));
    for finding in &whole.findings {
        let (codes, value, limit) = (finding.codes.join(" and "), finding.value, finding.limit);
        out.say(format_args!("{codes}: {} ({value:.2}, limit {limit}).", words(finding)));
    }
    Ok(out.rows(&answer(&index, &table, &whole, &scores))?)
}

/// What a broken rule of thumb means for whoever made the index.
fn words(finding: &Finding) -> &'static str {
    match finding.matter {
        Matter::Redundant => "say nearly the same and together count twice",
        Matter::Conflicting => "work against each other",
        Matter::Size => "goes with size; dividing by it is to be considered",
        Matter::Silent => "is hardly heard in the index",
        Matter::Dominant => "decides the index nearly alone",
        Matter::Unreliable => "does not measure one thing reliably",
        Matter::SeveralDimensions if finding.limit >= 1.0 => "more than one component has an eigenvalue above 1",
        Matter::SeveralDimensions => "the first component explains too little of the variance",
    }
}

fn share_of_first(audit: &GroupAudit) -> String {
    match audit.eigenvalues.first() {
        Some(first) => {
            let share = 100.0 * first / audit.eigenvalues.iter().sum::<f64>();
            format!("the first component explains {share:.0}% of the variance")
        }
        None => "no principal components: an indicator does not vary, or no two organisations have all values".into(),
    }
}

fn answer(index: &Index, table: &Table, whole: &GroupAudit, scores: &[f64]) -> Answer {
    let weight = |indicator: &String| {
        let parts = index.scores.iter().flat_map(|score| &score.contributions);
        let own: Vec<f64> = parts.filter(|part| part.indicator == *indicator).map(|part| part.weight).collect();
        own.iter().sum::<f64>() / own.len() as f64
    };
    let weights: Vec<f64> = table.indicators.iter().map(weight).collect();
    let importances = true_importance(&table.columns, &weights, scores);
    let real = |value: f64| if value.is_finite() { Value::Real(value) } else { Value::Null };
    let row = |at: usize| {
        vec![
            Value::Text(table.indicators[at].clone()),
            real(weights[at]),
            real(importances[at].share),
            real(importances[at].main_effect),
            real(whole.with_parent[at]),
            real(whole.alpha_if_deleted[at]),
        ]
    };
    let columns = ["indicator", "mean_weight", "share_heard", "main_effect", "correlation_with_index", "alpha_without"];
    Answer { columns: columns.map(Into::into).to_vec(), rows: (0..table.indicators.len()).map(row).collect() }
}
