//! The scope of a page: the body and period asked for or chosen by default, their filters, and what stands behind them.

use std::collections::BTreeSet;

use indicators::Scope;
use ledger::{Params, Value};

use super::ask::Ask;
use super::frame::{Filter, Truth};
use crate::exit::Failure;
use crate::view::View;

/// The scope of a page.
pub struct Scoped {
    /// Body and period.
    pub scope: Scope,
    /// Name of the body.
    pub body_name: String,
    /// The period in words: `2025`, or `2021 to 2025`.
    pub period_name: String,
    /// True when facts of the body are made up.
    pub is_made_up: bool,
}

impl Scoped {
    /// Returns the scope asked for; without a body, the one with the most observations; an unknown one is refused.
    pub fn of(view: &View, ask: &Ask) -> Result<Self, Failure> {
        let families = families(view);
        let body = match ask.param("body") {
            Some(body) => body.to_string(),
            None => families.first().map(|(body, _)| body.clone()).ok_or_else(empty)?,
        };
        if !view.bodies_observed().iter().any(|(known, _)| within(known, &body)) {
            return Err(super::unknown(&body, "no body of this name has observations", "choose one from the filter"));
        }
        let scope = Scope { body: Some(body.clone()), period: ask.param("period").map(Into::into) };
        let periods = view.periods(Some(&body));
        if let Some(period) = &scope.period
            && !periods.contains(period)
        {
            return Err(super::unknown(period, "nothing is observed in this period", "choose one from the filter"));
        }
        let period_name = match (&scope.period, &periods[..]) {
            (Some(period), _) => period.clone(),
            (None, [only]) => only.clone(),
            (None, [first, .., last]) => format!("{first} to {last}"),
            (None, []) => "no period".into(),
        };
        let is_made_up = view.made_up.iter().any(|made_up| within(made_up, &body));
        let body_name = if body.contains('/') { view.body_name(&body).to_string() } else { family_name(view, &body) };
        Ok(Self { body_name, period_name, is_made_up, scope })
    }

    /// The body of the scope.
    pub fn body(&self) -> &str {
        self.scope.body.as_deref().unwrap_or_default()
    }

    /// Parameters for the SQL of a page.
    pub fn params(&self) -> Params {
        let period = self.scope.period.clone().map_or(Value::Null, Value::Text);
        Params::from([("body", Value::Text(self.body().into())), ("period", period)])
    }

    /// The filters of body and period.
    pub fn filters(&self, view: &View) -> Vec<Filter> {
        let periods = view.periods(self.scope.body.as_deref());
        let all = std::iter::once((String::new(), "all years".to_string()));
        vec![
            Filter { name: "body", label: "Body", choices: families(view), chosen: self.body().into() },
            Filter {
                name: "period",
                label: "Period",
                choices: all.chain(periods.into_iter().map(|period| (period.clone(), period))).collect(),
                chosen: self.scope.period.clone().unwrap_or_default(),
            },
        ]
    }

    /// What stands behind the scope: sources, coverage, what is not resolved, method.
    pub async fn truth(&self, view: &View) -> Result<Truth, Failure> {
        let answer = view.session.query(include_str!("sql/truth.sql"), &self.params()).await?;
        let row = answer.rows.first().cloned().unwrap_or_else(|| vec![Value::Int(0); 7]);
        let share = |part: &Value, whole: &Value| percent(part.int(), whole.int());
        Ok(Truth {
            sources: format!(
                "{} snapshots, {} facts{}",
                row[0],
                row[1],
                if self.is_made_up { "; made-up data" } else { "" }
            ),
            period: self.period_name.clone(),
            coverage: format!("{} of {} meetings with an attendance list", row[6], row[5]),
            unresolved: format!(
                "affiliation not known in {} of the facts that have a party, no affiliation in {}",
                share(&row[3], &row[2]),
                share(&row[4], &row[2])
            ),
            method: format!(
                "{}, 90% intervals; unaffiliated people and groups keep their share of every total",
                view.profile.method
            ),
            as_of: format!(
                "{}, the last day that its sources state or allow; ledger version {}",
                view.last_day(&self.scope).map_or_else(|| "unknown".into(), |day| day.to_string()),
                view.version
            ),
        })
    }
}

/// Returns every body and every family of bodies with observations, the largest family first, groups after their family.
pub fn families(view: &View) -> Vec<(String, String)> {
    let mut seen = BTreeSet::new();
    let mut families = Vec::new();
    let counted = view.bodies_observed();
    let mut tops: Vec<(&str, usize)> = Vec::new();
    for (body, n) in &counted {
        let top = body.split('/').next().unwrap_or(body);
        match tops.iter_mut().find(|(name, _)| *name == top) {
            Some((_, total)) => *total += n,
            None => tops.push((top, *n)),
        }
    }
    tops.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
    for (top, _) in tops {
        let mut bodies: Vec<&str> =
            counted.iter().map(|(body, _)| *body).filter(|body| within(body, top) && *body != top).collect();
        bodies.sort_unstable();
        if bodies.len() != 1 {
            families.push((top.to_string(), format!("{}, all groups", family_name(view, top))));
        }
        families.extend(bodies.into_iter().map(|body| (body.to_string(), view.body_name(body).to_string())));
    }
    families.retain(|(body, _)| seen.insert(body.clone()));
    families
}

/// The first word of the name of one of its groups, as written there.
fn family_name(view: &View, top: &str) -> String {
    let named = view.bodies.iter().find(|(body, _)| body.starts_with(top) && body.contains('/'));
    named
        .and_then(|(_, name)| name.split_whitespace().next().map(String::from))
        .unwrap_or_else(|| view.body_name(top).to_string())
}

fn within(body: &str, family: &str) -> bool {
    body.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A share as a percentage; a share of nothing is not known.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn percent(part: i64, whole: i64) -> String {
    if whole == 0 { "unknown".into() } else { format!("{:.1}%", part as f64 / whole as f64 * 100.0) }
}

fn empty() -> Failure {
    super::unknown("workspace", "nothing is observed yet", "add a source with `rapporteur add FILE-OR-FOLDER`")
}
