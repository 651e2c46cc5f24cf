//! Engagement: all organisations of a body with score and interval, ties drawn as ties.

use chart::{Axis, Dot, Dots, Frame, Tone, Value as Drawn};
use ledger::{Answer, Value};
use maud::{Markup, html};
use measure::{Grade, Index, Score};

use super::ask::{Ask, encoded};
use super::frame::{Asked, table};
use super::pulse::origin;
use super::scoped::Scoped;
use crate::exit::Failure;
use crate::view::View;

/// Rows of the picture; the table has all.
const N_DRAWN: usize = 40;

pub async fn page(view: &View, ask: &Ask) -> Result<Asked, Failure> {
    let scoped = Scoped::of(view, ask)?;
    let index = view.index(&scoped.scope)?;
    let mut scores: Vec<&Score> = index.scores.iter().collect();
    scores.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.organisation.cmp(&other.organisation)));
    let twin = twin(view, &scoped, ask, &scores);
    Ok(Asked {
        title: format!("Engagement in {}", scoped.body_name),
        question: "Who is engaged, and how sure can one be?",
        section: "Engagement",
        answer: sentence(&scoped, &index, &scores),
        controls: None,
        picture: Some(Box::new(dots(view, &scoped, ask, &scores))),
        small: Vec::new(),
        body: html! {
            @for note in &index.notes { aside.note { (note) } }
            (table(&twin, 2))
        },
        data: data(view, &scoped, &scores),
        filters: scoped.filters(view),
        truth: scoped.truth(view).await?,
        is_made_up: scoped.is_made_up,
    })
}

fn sentence(scoped: &Scoped, index: &Index, scores: &[&Score]) -> Markup {
    let ranked = scores.iter().filter(|score| score.rank.is_some()).count();
    let best = scores.iter().filter(|score| score.rank_low == Some(1)).count();
    html! {
        "In " (scoped.period_name) ", " strong { (scores.len()) } " organisations took part in " (scoped.body_name) "; "
        strong { (ranked) } " of them are covered well enough to be ranked, and "
        strong { (best) }
        @if best == 1 { " could be first." } @else { " could each be first: their intervals overlap." }
        @if !index.unobserved.is_empty() {
            " Not observed here, and so left out for all: " (index.unobserved.join(", ").replace('_', " ")) "."
        }
    }
}

fn dots(view: &View, scoped: &Scoped, ask: &Ask, scores: &[&Score]) -> Dots {
    let row = |score: &&Score| Dot {
        name: view.name(&score.organisation).into(),
        href: Some(member(ask, &score.organisation)),
        value: Drawn::between(score.score, score.low, score.high),
        rank: score.rank_low.zip(score.rank_high).map(|(low, high)| [low, high]),
        tone: Tone::Plain,
    };
    let n = scores.len().min(N_DRAWN);
    Dots {
        frame: Frame {
            id: "engagement".into(),
            title: format!("Engagement index, {}, {}", scoped.body_name, scoped.period_name),
            summary: format!(
                "The {n} highest of {} organisations; each dot on the bar of its plausible values (90%), ranks as ranges.",
                scores.len()
            ),
            origin: origin(scoped.is_made_up),
        },
        axis: Axis { label: "score, 0 to 100".into(), range: Some([0.0, 100.0]) },
        unit: "organisation".into(),
        rows: scores.iter().take(N_DRAWN).map(row).collect(),
    }
}

fn member(ask: &Ask, organisation: &str) -> String {
    ask.to(&format!("/members/{}", encoded(organisation)))
}

/// Returns the ranks as shown: `4–9`, or why there is none.
pub fn rank(score: &Score) -> String {
    match (score.rank_low, score.rank_high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}–{high}"),
        _ => "not ranked".into(),
    }
}

fn twin(view: &View, scoped: &Scoped, ask: &Ask, scores: &[&Score]) -> chart::Table {
    let plain = |text: String| chart::Cell { text, href: None };
    let dimension = |score: &Score, name: &str| {
        let points: f64 =
            score.contributions.iter().filter(|part| part.dimension == name).map(|part| part.points).sum();
        Drawn::exact((points * 10.0).round() / 10.0).label()
    };
    let row = |score: &&Score| {
        let value = Drawn::between(score.score, score.low, score.high);
        vec![
            chart::Cell { text: view.name(&score.organisation).into(), href: Some(member(ask, &score.organisation)) },
            plain(rank(score)),
            chart::Cell {
                text: value.label(),
                href: Some(ask.to(&format!("/explain/index/{}", encoded(&score.organisation)))),
            },
            plain(value.interval_label()),
            plain(dimension(score, "engagement")),
            plain(dimension(score, "influence")),
            plain(dimension(score, "outcome")),
            plain(format!("{:.0}% {:?}", score.coverage * 100.0, score.grade)),
        ]
    };
    chart::Table {
        caption: format!("Engagement index of all organisations, {}, {}", scoped.body_name, scoped.period_name),
        header: [
            "Organisation",
            "Ranks (90%)",
            "Score",
            "Interval (90%)",
            "from engagement",
            "from influence",
            "from outcome",
            "Coverage",
        ]
        .map(Into::into)
        .to_vec(),
        rows: scores.iter().map(row).collect(),
    }
}

fn data(view: &View, scoped: &Scoped, scores: &[&Score]) -> Answer {
    let whole = |number: Option<u32>| number.map_or(Value::Null, |number| Value::Int(number.into()));
    let row = |score: &&Score| {
        vec![
            Value::Text(score.organisation.clone()),
            Value::Text(view.name(&score.organisation).into()),
            Value::Real(score.score),
            Value::Real(score.low),
            Value::Real(score.high),
            whole(score.rank),
            whole(score.rank_low),
            whole(score.rank_high),
            Value::Real(score.coverage),
            Value::Text(grade(score.grade)),
            Value::Text(scoped.body().into()),
            Value::Text(scoped.scope.period.clone().unwrap_or_else(|| "all".into())),
            Value::Text(view.profile.method.clone()),
            Value::Truth(scoped.is_made_up),
        ]
    };
    let columns = [
        "organisation",
        "name",
        "score",
        "low",
        "high",
        "rank",
        "rank_low",
        "rank_high",
        "coverage",
        "grade",
        "body",
        "period",
        "method",
        "made_up",
    ];
    Answer { columns: columns.map(Into::into).to_vec(), rows: scores.iter().map(row).collect() }
}

fn grade(grade: Grade) -> String {
    format!("{grade:?}")
}
