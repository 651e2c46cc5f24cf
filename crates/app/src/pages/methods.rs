//! Methods: the catalogue of indicators with their cards, and the method of the index with its reasons.

use indicators::{CATALOGUE, Card};
use ledger::{Answer, Value};
use maud::{Markup, html};

use super::ask::Ask;
use super::explain::definition;
use super::frame::{Asked, Truth};
use crate::exit::Failure;
use crate::view::View;

#[expect(clippy::unnecessary_wraps, reason = "every page answers alike")]
pub fn page(view: &View, ask: &Ask) -> Result<Asked, Failure> {
    let profile = &view.profile;
    Ok(Asked {
        title: "Methods".into(),
        question: "What do the numbers mean, and how are they made?",
        section: "Methods",
        answer: html! {
            "The index is method " strong { (profile.method) } ": " strong { (CATALOGUE.len()) }
            " indicators in " strong { (profile.dimensions.len()) } " dimensions, on fixed scales. A higher value \
             of an indicator never lowers a member's rank, and a new member does not change another's score, unless it \
             brings the first observation of an indicator: then the weights change for all."
        },
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
                    @if let Some(card) = Card::find(&used.name) { (indicator(card, used, ask)) }
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
        is_made_up: false,
    })
}

fn indicator(card: &Card, used: &measure::IndicatorProfile, ask: &Ask) -> Markup {
    html! {
        h3 id=(card.name) { (card.title) }
        (definition(card))
        p.formula {
            "weight " (used.weight) " in its dimension, scale from " (chart::exact(used.low)) " to " (chart::exact(used.high))
            ", " (format!("{:?}", used.transform).to_lowercase())
        }
        @if let Some(taper) = used.taper {
            p { "Of what is on one work at one meeting, n alike count as n to the power " (taper.exponent) "." }
        }
        p { (used.reason) }
        p { a href=(ask.to(&format!("/court/{}", card.name))) { "How good this number is" } ": its evaluation before the metric court." }
        details { summary { "The query" } pre.source tabindex="0" { (card.sql) } }
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
