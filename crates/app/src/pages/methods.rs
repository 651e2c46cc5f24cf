//! Methods: the catalogue of indicators with their cards, and the method of the index with its reasons.

use indicators::{CATALOGUE, Card};
use ledger::{Answer, Value};
use maud::{Markup, html};
use measure::Transform;
use measure::court::Criterion;

use super::ask::Ask;
use super::court::shown;
use super::explain::definition;
use super::frame::{Asked, Truth};
use super::scoped::Scoped;
use crate::exit::Failure;
use crate::trial::Effort;
use crate::view::View;

/// What a card says of its own indicator.
const SHOWN: [Criterion; 4] =
    [Criterion::Discrimination, Criterion::SplitHalf, Criterion::Independence, Criterion::Predictive];

pub fn page(view: &View, ask: &Ask) -> Result<Asked, Failure> {
    let profile = &view.profile;
    // A number is good or bad on some data only: without a body there is nothing to judge it on.
    let scoped = ask.param("body").map(|_| Scoped::of(view, ask)).transpose()?;
    let judged = |name: &str| scoped.as_ref().and_then(|scoped| judgement(view, scoped, name));
    Ok(Asked {
        title: "Methods".into(),
        question: "What do the numbers mean, and how are they made?",
        section: "Methods",
        answer: html! {
            "The index is method " strong { (profile.method) } ": " strong { (profile.indicators().count()) }
            " indicators in " strong { (profile.dimensions.len()) } " dimensions, on fixed scales. A higher value \
             of an indicator never lowers a member's rank, and a new member does not change another's score, unless it \
             brings the first observation of an indicator: then the weights change for all."
        },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            p { (profile.reason) }
            p {
                "Try other weights in the " a href=(ask.to("/laboratory")) { "index laboratory" }
                ", and see how every indicator stands before the " a href=(ask.to("/court")) { "metric court" } "."
            }
            p { "Recency: what was done " (profile.recency.half_life_days) " days before the last day observed counts half. " (profile.recency.reason) }
            p { "Uncertainty: " (profile.uncertainty.reason) }
            @for dimension in &profile.dimensions {
                h2 { (dimension.name) ", weight " (dimension.weight) }
                p { (dimension.reason) }
                @for used in &dimension.indicators {
                    @if let Some(card) = Card::find(&used.name) { (indicator(card, used, ask, judged(&used.name))) }
                }
            }
        },
        data: data(),
        filters: Vec::new(),
        truth: Truth {
            method: profile.method.clone(),
            as_of: format!("ledger version {}", view.version),
            ..Truth::default()
        },
        is_made_up: scoped.is_some_and(|scoped| scoped.is_made_up),
    })
}

/// The figures of a card; none where nothing of the indicator is observed there.
fn judgement(view: &View, scoped: &Scoped, name: &str) -> Option<Markup> {
    let judged = view.court.judged(view, &scoped.scope, name, Effort::CARD).ok()?;
    let found = |criterion: &Criterion| judged.1.iter().find(|found| found.criterion == *criterion);
    Some(html! {
        "In " (scoped.body_name) ", " (scoped.period_name) ": "
        @for (at, found) in SHOWN.iter().filter_map(found).enumerate() {
            @if at > 0 { ", " }
            (found.criterion.name()) " " (shown(found))
        }
        ". "
    })
}

fn indicator(card: &Card, used: &measure::IndicatorProfile, ask: &Ask, judged: Option<Markup>) -> Markup {
    html! {
        h3 id=(card.name) { (card.title) }
        (definition(card))
        p.formula {
            "weight " (used.weight) " in its dimension, scale from " (chart::exact(used.low)) " to " (chart::exact(used.high))
            ", " (words(used.transform))
        }
        @if let Some(taper) = used.taper {
            @if taper.exponent == 0.0 {
                p { "Of several on one work item at one meeting only the best counts." }
            } @else {
                p { "Of several on one work item at one meeting, n alike count as n to the power " (taper.exponent) "." }
            }
        }
        p { (used.reason) }
        p {
            @if let Some(judged) = judged { (judged) }
            a href=(ask.to(&format!("/court/{}", card.name))) { "How good this number is" } ": its evaluation before the metric court."
        }
        details { summary { "The query" } pre.source tabindex="0" { (card.sql) } }
    }
}

/// How a value becomes its worth.
fn words(transform: Transform) -> String {
    match transform {
        Transform::Linear => "in proportion".into(),
        Transform::Sqrt => "by its square root".into(),
        Transform::Log1p { scale } => format!("by log(1 + x / {scale})"),
        Transform::Saturating { scale } => format!("saturating: x / (x + {scale})"),
    }
}

fn data() -> Answer {
    let columns =
        ["indicator", "title", "unit", "kind", "objective", "events", "exposure", "caveat", "source", "since"];
    let row = |card: &Card| {
        [
            card.name,
            &card.title,
            &card.unit,
            &card.kind,
            &card.objective,
            &card.events,
            &card.exposure,
            &card.caveat,
            &card.source,
            &card.since,
        ]
        .map(|text| Value::Text(text.into()))
        .to_vec()
    };
    Answer { columns: columns.map(Into::into).to_vec(), rows: CATALOGUE.iter().map(row).collect() }
}
