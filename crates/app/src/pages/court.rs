//! The court of metrics: what is found of every indicator and of the index, each finding with its interval, and any two of them
//! compared in words.

use std::sync::Arc;

use fact::Fault;
use ledger::{Answer, Value};
use maud::{Markup, html};
use measure::court::{Criterion, Finding, Metric, Verdict, verdict_in_words};

use super::ask::Ask;
use super::frame::Asked;
use super::scoped::Scoped;
use crate::commands::metric::{better, differences, rows};
use crate::exit::Failure;
use crate::trial::{Effort, INDEX, Judged};
use crate::view::View;

/// The criteria of the overview.
const SHOWN: [Criterion; 6] = [
    Criterion::Discrimination,
    Criterion::SplitHalf,
    Criterion::TestRetest,
    Criterion::Independence,
    Criterion::Predictive,
    Criterion::Gaming,
];

/// All metrics of a body, by the criteria that matter most.
pub async fn page(view: &View, ask: &Ask) -> Result<Asked, Failure> {
    let scoped = Scoped::of(view, ask)?;
    let docket = view.court.docket(view, &scoped.scope)?;
    let judged: Result<Vec<Arc<Judged>>, Fault> =
        docket.names().iter().map(|name| view.court.judged(view, &scoped.scope, name, Effort::PAGE)).collect();
    let judged = judged?;
    let count = judged.len();
    Ok(Asked {
        title: format!("Metric court, {}", scoped.body_name),
        question: "Which of these numbers deserve trust?",
        section: "Methods",
        answer: html! {
            strong { (count) } " metrics of " (scoped.body_name) " were judged by the same criteria. No sum is made of them: \
             one metric is better than another only where it is better in something and worse in nothing."
        },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            (overview(&judged, ask))
            p { "Two can be compared: " @for (at, name) in docket.names().iter().filter(|name| *name != INDEX).enumerate() {
                @if at > 0 { ", " }
                a href=(ask.to(&format!("/court/{INDEX}/{name}"))) { "the index with " (name.replace('_', " ")) }
            } "." }
        },
        data: all(&judged),
        filters: scoped.filters(view),
        truth: scoped.truth(view).await?,
        is_made_up: scoped.is_made_up,
    })
}

fn overview(judged: &[Arc<Judged>], ask: &Ask) -> Markup {
    html! {
        div.scroll role="region" tabindex="0" aria-label="Findings by metric" {
            table {
                caption { "Findings by metric, with 95% intervals; a dash stands for what cannot be found here" }
                thead { tr { th scope="col" { "Metric" } @for criterion in SHOWN { th scope="col" { (criterion.name()) } } } }
                tbody {
                    @for (metric, found) in judged.iter().map(|judged| &**judged) {
                        tr {
                            td { a href=(ask.to(&format!("/court/{}", metric.name))) { (metric.name.replace('_', " ")) } }
                            @for criterion in SHOWN {
                                @let own = found.iter().find(|found| found.criterion == criterion);
                                td.num title=[own.and_then(|own| own.why_missing.clone())] { (own.map_or("–".into(), shown)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A value with its interval, `.93 (.88 to .96)`.
pub fn shown(found: &Finding) -> String {
    match (found.value, found.low, found.high) {
        (Some(value), Some(low), Some(high)) if low < high => format!("{value:.2} ({low:.2} to {high:.2})"),
        (Some(value), ..) => format!("{value:.2}"),
        _ => "–".into(),
    }
}

fn all(judged: &[Arc<Judged>]) -> Answer {
    let mut whole = Answer { columns: vec!["metric".into()], rows: Vec::new() };
    for (metric, found) in judged.iter().map(|judged| &**judged) {
        let answer = rows(metric, found);
        if whole.columns.len() == 1 {
            whole.columns.extend(answer.columns);
        }
        whole.rows.extend(answer.rows.into_iter().map(|row| {
            let mut named = vec![Value::Text(metric.name.clone())];
            named.extend(row);
            named
        }));
    }
    whole
}

/// Everything found of one metric.
pub async fn one(view: &View, ask: &Ask, name: &str) -> Result<Asked, Failure> {
    let scoped = Scoped::of(view, ask)?;
    let judged = view.court.judged(view, &scoped.scope, name, Effort::PAGE)?;
    let (metric, found) = &*judged;
    let n_found = found.iter().filter(|found| found.value.is_some()).count();
    Ok(Asked {
        title: format!("{}, before the court", name.replace('_', " ")),
        question: "How good is this number, and how could it be played?",
        section: "Methods",
        answer: html! {
            strong { (n_found) } " of " strong { (found.len()) } " criteria could be found in " (scoped.body_name) ", "
            (scoped.period_name) ". What could not says why; it counts neither for nor against."
        },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! { (findings(found)) (attacks(metric)) },
        data: rows(metric, found),
        filters: scoped.filters(view),
        truth: scoped.truth(view).await?,
        is_made_up: scoped.is_made_up,
    })
}

fn findings(found: &[Finding]) -> Markup {
    html! {
        div.scroll role="region" tabindex="0" aria-label="Findings" {
            table {
                caption { "Findings, with 95% intervals from resampled meetings" }
                thead { tr { @for head in ["Aspect", "Criterion", "Finding", "Better", "What it is"] { th scope="col" { (head) } } } }
                tbody {
                    @for found in found {
                        tr {
                            td { (format!("{:?}", found.criterion.aspect()).to_lowercase()) }
                            td { (found.criterion.name()) }
                            td.num { (shown(found)) }
                            td { (better(found.better)) }
                            td { (found.what) @if let Some(why) = &found.why_missing { " Not found: " (why) "." } }
                        }
                    }
                }
            }
        }
    }
}

fn attacks(metric: &Metric) -> Markup {
    let Some(gaming) = &metric.gaming else { return html! {} };
    html! {
        div.scroll role="region" tabindex="0" aria-label="Simulated attacks" {
            table {
                caption { "Simulated attacks: what an organisation would gain, in standard deviations of the values" }
                thead { tr { @for head in ["Attack", "What is done", "Mean gain", "Highest", "Ranks", "Withstood"] { th scope="col" { (head) } } } }
                tbody {
                    @for gain in &gaming.attacks {
                        @let number = |number: Option<f64>| number.map_or("–".into(), |number| format!("{number:.2}"));
                        tr {
                            td { (gain.code) }
                            td { (gain.what) @if let Some(why) = &gain.why_missing { " Not tried: " (why) "." } }
                            td.num { (number(gain.gain)) }
                            td.num { (number(gain.highest)) }
                            td.num { (number(gain.ranks)) }
                            td { (match gain.is_passed { Some(true) => "yes", Some(false) => "no", None => "no limit" }) }
                        }
                    }
                }
            }
        }
    }
}

/// Two metrics, one against the other.
pub async fn two(view: &View, ask: &Ask, one: &str, other: &str) -> Result<Asked, Failure> {
    let scoped = Scoped::of(view, ask)?;
    let comparison = view.court.compared(view, &scoped.scope, one, other)?;
    let verdict = match comparison.verdict {
        Verdict::Dominates => format!("{one} dominates {other}"),
        Verdict::Dominated => format!("{other} dominates {one}"),
        Verdict::Incomparable => "Neither dominates: each is better in something".into(),
        Verdict::Undecided => "Undecided: no difference is shown".into(),
    };
    Ok(Asked {
        title: format!("{} against {}", one.replace('_', " "), other.replace('_', " ")),
        question: "Which of the two is the better number, and in what?",
        section: "Methods",
        answer: html! { strong { (verdict.replace('_', " ")) } "." },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            p { (verdict_in_words(&comparison).replace('_', " ").trim_start_matches("Verdict: ")) }
            div.scroll role="region" tabindex="0" aria-label="Differences" {
                table {
                    caption { "Differences from the same resampled meetings; above 0 the first is better" }
                    thead { tr { @for head in ["Criterion", "First", "Second", "Difference", "Decides"] { th scope="col" { (head) } } } }
                    tbody {
                        @for difference in &comparison.differences {
                            tr {
                                td { (difference.criterion.name()) }
                                td.num { (format!("{:.2}", difference.values[0])) }
                                td.num { (format!("{:.2}", difference.values[1])) }
                                td.num { (format!("{:.2} ({:.2} to {:.2})", difference.difference, difference.low, difference.high)) }
                                td { @if difference.is_decisive { "yes" } }
                            }
                        }
                    }
                }
            }
        },
        data: differences(&comparison),
        filters: scoped.filters(view),
        truth: scoped.truth(view).await?,
        is_made_up: scoped.is_made_up,
    })
}
