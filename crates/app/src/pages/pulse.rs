//! Pulse, the first page: what happened in a body, period by period, and who carries the work.

use std::collections::BTreeMap;

use chart::{Axis, Frame, Line, Origin, Point, Value as Drawn};
use indicators::Scope;
use ledger::{Answer, Value};
use maud::{Markup, html};

use super::ask::Ask;
use super::frame::{Asked, table};
use super::scoped::{Scoped, families};
use crate::exit::Failure;
use crate::view::View;
use crate::workspace::Workspace;

pub async fn page(view: &View, workspace: &Workspace, ask: &Ask) -> Result<Asked, Failure> {
    let scoped = Scoped::of(view, ask)?;
    let answer = view.session.query(include_str!("sql/pulse.sql"), &scoped.params()).await?;
    let line = line(&scoped, &answer, ask);
    let twin = twin(&answer, &scoped, ask);
    Ok(Asked {
        title: scoped.body_name.clone(),
        question: "What happened, and who carries the work?",
        section: "Pulse",
        answer: sentence(view, &scoped, &answer),
        controls: None,
        picture: Some(Box::new(line)),
        small: Vec::new(),
        body: html! {
            (table(&twin, 1))
            (risers(view, &scoped, ask))
            h2 { "Bodies in " (workspace.config.name) }
            ul { @for (body, name) in families(view) {
                li {
                    a href=(ask.with("body", Some(&body))) { (name) }
                    @if view.made_up.iter().any(|made_up| made_up.starts_with(&body)) { " " span.tag { "made up" } }
                }
            } }
        },
        data: answer,
        filters: scoped.filters(view),
        truth: scoped.truth(view).await?,
        is_made_up: scoped.is_made_up,
    })
}

fn sentence(view: &View, scoped: &Scoped, answer: &Answer) -> Markup {
    let (observations, kinds) = view.observed(&scoped.scope);
    let half = measure::half_of_the_work(&observations, &kinds, "documents_contributed", &view.profile).ok().flatten();
    let total = |column: usize| answer.rows.iter().map(|row| row[column].int()).sum::<i64>();
    html! {
        "In " (scoped.period_name) ", " strong { (scoped.body_name) } " held "
        strong { (chart::exact(total(1) as f64)) } " meetings of which something is known and received "
        strong { (chart::exact(total(2) as f64)) } " documents"
        @match half {
            Some(half) if half.n > 0 => {
                " from " strong { (half.n_organisations) } " organisations; "
                strong { (half.n) } " of them carry half of the work (between " (half.low) " and " (half.high) ")."
            }
            _ => ". Who carries the work cannot be said: no document lists are held.",
        }
    }
}

fn line(scoped: &Scoped, answer: &Answer, ask: &Ask) -> Line {
    let points = answer.rows.iter().map(|row| Point {
        period: row[0].text().into(),
        value: row[3].real().map_or(Drawn::Unknown, Drawn::exact),
        held: match (row[1].real(), row[5].real()) {
            (Some(meetings), Some(lists)) if meetings > 0.0 => Some(lists / meetings),
            _ => None,
        },
        href: Some(ask.with("period", Some(row[0].text()))),
    });
    Line {
        frame: Frame {
            id: "pulse".into(),
            title: format!("Organisations active in {}, by year", scoped.body_name),
            summary: "Organisations that submitted a document or were listed as present. \
                      Under the axis: share of meetings with an attendance list."
                .into(),
            origin: origin(scoped.is_made_up),
        },
        axis: Axis { label: "organisations".into(), range: None },
        points: points.collect(),
    }
}

pub fn origin(is_made_up: bool) -> Origin {
    if is_made_up { Origin::MadeUp } else { Origin::Sources }
}

fn twin(answer: &Answer, scoped: &Scoped, ask: &Ask) -> chart::Table {
    let names = ["Year", "Meetings", "Documents", "Organisations", "Agreed or approved", "Attendance lists"];
    let cell = |text: String, href: Option<String>| chart::Cell { text, href };
    let rows = answer.rows.iter().map(|row| {
        row.iter()
            .enumerate()
            .map(|(at, value)| match at {
                0 => cell(value.to_string(), Some(ask.with("period", Some(value.text())))),
                _ => cell(value.real().map_or_else(|| "unknown".into(), chart::exact), None),
            })
            .collect()
    });
    chart::Table {
        caption: format!("{} by year", scoped.body_name),
        header: names.map(Into::into).to_vec(),
        rows: rows.collect(),
    }
}

/// Organisations whose score moved by more than their intervals between the last two years.
fn risers(view: &View, scoped: &Scoped, ask: &Ask) -> Markup {
    let periods = view.periods(scoped.scope.body.as_deref());
    let [.., before, last] = &periods[..] else { return html! {} };
    let scores = |period: &String| -> BTreeMap<String, measure::Score> {
        let scope = Scope { body: scoped.scope.body.clone(), period: Some(period.clone()) };
        let index = view.index(&scope).map(|index| index.scores.clone()).unwrap_or_default();
        index.into_iter().map(|score| (score.organisation.clone(), score)).collect()
    };
    let (old, new) = (scores(before), scores(last));
    let mut moved: Vec<(f64, &measure::Score, &measure::Score)> = new
        .values()
        .filter_map(|score| old.get(&score.organisation).map(|earlier| (score.score - earlier.score, earlier, score)))
        .filter(|(_, earlier, score)| score.low > earlier.high || score.high < earlier.low)
        .collect();
    moved.sort_by(|one, other| {
        other.0.abs().total_cmp(&one.0.abs()).then(one.2.organisation.cmp(&other.2.organisation))
    });
    html! {
        h2 { "Changes from " (before) " to " (last) " that exceed their uncertainty" }
        @if moved.is_empty() {
            p.empty { "None: every change lies within the intervals of the two years." }
        } @else {
            ul.changes { @for (change, earlier, score) in moved.into_iter().take(12) {
                li {
                    a href=(ask.to(&format!("/members/{}", super::ask::encoded(&score.organisation)))) {
                        (view.name(&score.organisation))
                    }
                    @if change > 0.0 { " rose" } @else { " fell" }
                    " from " (Drawn::between(earlier.score, earlier.low, earlier.high).label())
                    " (" (Drawn::between(earlier.score, earlier.low, earlier.high).interval_label()) ") to "
                    (Drawn::between(score.score, score.low, score.high).label())
                    " (" (Drawn::between(score.score, score.low, score.high).interval_label()) ")"
                }
            } }
        }
    }
}

/// A cell of a table.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Null => "unknown".into(),
        Value::Real(number) => chart::exact(*number),
        other => other.to_string(),
    }
}
