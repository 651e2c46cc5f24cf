//! The index laboratory: other weights in the address, one's own improvement tried out, and what both do to every rank.

use std::collections::BTreeMap;

use chart::{Axis, Dot, Dots, Form, Frame, Tone, Value as Drawn};
use fact::{Fault, Remedy};
use indicators::Card;
use ledger::{Answer, Value};
use maud::{Markup, html};
use measure::{Profile, Score, SubIndex, SubScore};

use super::ask::{Ask, WEIGHT, encoded};
use super::frame::{Asked, table};
use super::pulse::origin;
use super::scoped::Scoped;
use crate::exit::Failure;
use crate::view::View;
use crate::what_if::WhatIf;

/// Replicates of the laboratory: fewer than the method's, for every move of a slider computes all anew.
const REPLICATES: u32 = 200;

/// Rows of the picture; the table has all.
const N_DRAWN: usize = 40;

pub async fn page(view: &View, ask: &Ask) -> Result<Asked, Failure> {
    let scoped = Scoped::of(view, ask)?;
    let shipped = view.index(&scoped.scope)?;
    let tried = what_if(ask)?;
    let (of_dimensions, of_indicators) = weights(&view.profile, ask)?;
    let bench = view.workbench(&scoped.scope, tried.as_ref(), REPLICATES)?;
    let weighed = bench.weighed(&of_dimensions, &of_indicators);
    let published: BTreeMap<&str, &Score> =
        shipped.scores.iter().map(|score| (score.organisation.as_str(), score)).collect();
    let before = |organisation: &str| published.get(organisation).copied();
    let data = data(view, &weighed, before);
    let picture = dots(view, &scoped, ask, &weighed);
    let twin = picture.table();
    Ok(Asked {
        title: format!("Index laboratory, {}", scoped.body_name),
        question: "What if the index weighed otherwise, or an organisation did more?",
        section: "Methods",
        answer: sentence(view, &weighed, before, tried.as_ref()),
        controls: Some(html! { x-laboratory { (sliders(view, ask, &scoped)) } }),
        picture: Some(Box::new(picture)),
        small: Vec::new(),
        body: html! {
            (table(&twin, 2))
            p { "Intervals from " (REPLICATES) " replicates; the published index has " (view.profile.uncertainty.replicates)
                ". The address holds every choice: it can be sent to a colleague, or asked for as " code { ".csv" } "." }
        },
        data,
        filters: scoped.filters(view),
        truth: scoped.truth(view).await?,
        is_made_up: scoped.is_made_up,
    })
}

/// The weights of dimensions and of indicators, those of the address in percent; an unknown name is refused.
fn weights(shipped: &Profile, ask: &Ask) -> Result<(Vec<f64>, Vec<f64>), Failure> {
    let mut of_dimensions: Vec<f64> = shipped.dimensions.iter().map(|dimension| dimension.weight).collect();
    let mut of_indicators: Vec<f64> = shipped.indicators().map(|(_, indicator)| indicator.weight).collect();
    for (name, text) in ask.params.iter().filter_map(|(name, text)| Some((name.strip_prefix(WEIGHT)?, text))) {
        let wrong = |what: String, hint: &str| Failure::from(Fault::new(Remedy::Ask, name, what, hint));
        let weight =
            text.parse::<f64>().ok().filter(|weight| (0.0..=100.0).contains(weight)).map(|percent| percent / 100.0);
        let weight = weight
            .ok_or_else(|| wrong(format!("expected a weight from 0 to 100, found `{text}`"), "correct the weight"))?;
        let dimension = shipped.dimensions.iter().position(|dimension| dimension.name == name);
        let indicator = shipped.indicators().position(|(_, indicator)| indicator.name == name);
        match (dimension, indicator) {
            (Some(at), _) => of_dimensions[at] = weight,
            (None, Some(at)) => of_indicators[at] = weight,
            (None, None) => {
                let what = "expected a dimension or an indicator of the method, found another name";
                return Err(wrong(what.into(), "see the names on the page of methods"));
            }
        }
    }
    let is_heard = |((at, _), weight): ((usize, _), &f64)| of_dimensions[at] > 0.0 && *weight > 0.0;
    if !shipped.indicators().zip(&of_indicators).any(is_heard) {
        return Err(Fault::new(Remedy::Ask, "weights", "expected a weight above 0, found none", "raise one").into());
    }
    Ok((of_dimensions, of_indicators))
}

fn what_if(ask: &Ask) -> Result<Option<WhatIf>, Failure> {
    let filled = |name: &str| ask.param(name).filter(|text| !text.is_empty());
    let (Some(organisation), Some(indicator), Some(more)) = (filled("who"), filled("what"), filled("more")) else {
        return Ok(None);
    };
    let number = more.parse::<u32>().ok().filter(|more| *more <= 1000).ok_or_else(|| {
        let what = format!("expected a whole number up to 1000, found `{more}`");
        Fault::new(Remedy::Ask, "more", what, "correct the number")
    })?;
    Ok(Some(WhatIf { organisation: organisation.into(), indicator: indicator.into(), more: number }))
}

fn sentence<'a>(
    view: &View,
    weighed: &SubIndex,
    before: impl Fn(&str) -> Option<&'a Score>,
    tried: Option<&WhatIf>,
) -> Markup {
    let has_moved =
        |score: &&SubScore| before(&score.organisation).is_some_and(|old| old.rank.is_some() && old.rank != score.rank);
    let moved = weighed.scores.iter().filter(has_moved);
    let ties = weighed.replicates.tied_groups();
    let tied = ties.first().map_or(0, |group| group.members.len());
    html! {
        "With these choices " strong { (moved.count()) } " of " strong { (weighed.scores.len()) }
        " organisations have another rank than in the published index; "
        strong { (tied) } @if tied == 1 { " stands at the head alone." } @else { " cannot be told apart at the head." }
        @if let Some(tried) = tried {
            @let find = |name: &str| weighed.scores.iter().find(|score| score.organisation == name);
            @if let (Some(new), Some(old)) = (find(&tried.organisation), before(&tried.organisation)) {
                " With " (tried.more) " more in " (tried.indicator.replace('_', " ")) ", " (view.name(&tried.organisation))
                " would have " strong { (format!("{:.1}", new.score)) } " instead of " strong { (format!("{:.1}", old.score)) } "."
            }
        }
    }
}

fn sliders(view: &View, ask: &Ask, scoped: &Scoped) -> Markup {
    let now = |name: &str, shipped: f64| -> f64 {
        let asked = ask.param(&format!("{WEIGHT}{name}")).and_then(|text| text.parse().ok());
        asked.unwrap_or((100.0 * shipped).round())
    };
    let slider = |name: &str, title: &str, shipped: f64| {
        let id = format!("{WEIGHT}{name}");
        let value = now(name, shipped);
        html! {
            p.slider {
                label for=(id) { (title) }
                input id=(id) name=(id) type="range" min="0" max="100" step="1" value=(value);
                output for=(id) { (value) }
            }
        }
    };
    let organisations: Vec<&str> = view.names.keys().map(String::as_str).collect();
    html! {
        form.laboratory method="get" action="/laboratory" {
            input type="hidden" name="body" value=(scoped.body());
            @if let Some(period) = &scoped.scope.period { input type="hidden" name="period" value=(period); }
            @if let Some(theme) = ask.param("theme") { input type="hidden" name="theme" value=(theme); }
            @for dimension in &view.profile.dimensions {
                fieldset {
                    legend { (dimension.name) }
                    (slider(&dimension.name, "whole dimension", dimension.weight))
                    @for used in &dimension.indicators {
                        @let title = Card::find(&used.name).map_or(used.name.as_str(), |card| card.title.as_str());
                        (slider(&used.name, title, used.weight))
                    }
                }
            }
            fieldset {
                legend { "What if" }
                p.slider {
                    label for="who" { "Organisation" }
                    input id="who" name="who" list="organisations" value=(ask.param("who").unwrap_or_default());
                    datalist id="organisations" { @for name in organisations { option value=(name) {} } }
                }
                p.slider {
                    label for="what" { "did more of" }
                    select id="what" name="what" {
                        option value="" { "nothing" }
                        @for (_, used) in view.profile.indicators() {
                            option value=(used.name) selected[ask.param("what") == Some(&used.name)] { (used.name.replace('_', " ")) }
                        }
                    }
                }
                p.slider {
                    label for="more" { "how many, at the last meeting" }
                    input id="more" name="more" type="number" min="0" max="1000" step="1" value=(ask.param("more").unwrap_or_default());
                }
            }
            button type="submit" { "Compute" }
            " " a href=(format!("/laboratory?body={}", encoded(scoped.body()))) { "Back to the published weights" }
        }
    }
}

fn sorted(weighed: &SubIndex) -> Vec<&SubScore> {
    let mut scores: Vec<&SubScore> = weighed.scores.iter().collect();
    scores.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.organisation.cmp(&other.organisation)));
    scores
}

fn dots(view: &View, scoped: &Scoped, ask: &Ask, weighed: &SubIndex) -> Dots {
    let row = |score: &&SubScore| Dot {
        name: view.name(&score.organisation).into(),
        href: Some(ask.to(&format!("/members/{}", encoded(&score.organisation)))),
        value: Drawn::between(score.score, score.low, score.high),
        rank: score.ranks,
        tone: Tone::Plain,
    };
    Dots {
        frame: Frame {
            id: "laboratory".into(),
            title: format!("Index with the chosen weights, {}, {}", scoped.body_name, scoped.period_name),
            summary: "Each dot on the bar of its plausible values (90%), ranks as ranges.".into(),
            origin: origin(scoped.is_made_up),
        },
        axis: Axis { label: "score, 0 to 100".into(), range: Some([0.0, 100.0]) },
        unit: "organisation".into(),
        rows: sorted(weighed).iter().take(N_DRAWN).map(row).collect(),
    }
}

fn data<'a>(view: &View, weighed: &SubIndex, before: impl Fn(&str) -> Option<&'a Score>) -> Answer {
    let columns = [
        "organisation",
        "name",
        "score",
        "low",
        "high",
        "rank",
        "rank_low",
        "rank_high",
        "score_published",
        "rank_published",
    ];
    let rank = |rank: Option<u32>| rank.map_or(Value::Null, |rank| Value::Int(rank.into()));
    let row = |score: &&SubScore| {
        let old = before(&score.organisation);
        vec![
            Value::Text(score.organisation.clone()),
            Value::Text(view.name(&score.organisation).into()),
            Value::Real(score.score),
            Value::Real(score.low),
            Value::Real(score.high),
            rank(score.rank),
            rank(score.ranks.map(|ranks| ranks[0])),
            rank(score.ranks.map(|ranks| ranks[1])),
            old.map_or(Value::Null, |old| Value::Real(old.score)),
            rank(old.and_then(|old| old.rank)),
        ]
    };
    Answer { columns: columns.map(Into::into).to_vec(), rows: sorted(weighed).iter().map(row).collect() }
}
