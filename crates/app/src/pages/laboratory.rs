//! The index laboratory: other weights in the address, one's own improvement tried out, and what both do to every rank.

use chart::{Axis, Dot, Dots, Form, Frame, Tone, Value as Drawn};
use fact::{Fault, Remedy};
use indicators::Card;
use ledger::{Answer, Value};
use maud::{Markup, html};
use measure::{Observation, Profile, Study};

use super::ask::{Ask, WEIGHT, encoded};
use super::frame::{Asked, table};
use super::pulse::origin;
use super::scoped::Scoped;
use crate::exit::Failure;
use crate::view::{Seen, View};

/// Replicates of the laboratory: fewer than the method's, for every move of a slider computes all anew.
const REPLICATES: u32 = 200;

/// Rows of the picture; the table has all.
const N_DRAWN: usize = 40;

/// An improvement that is tried out.
struct Trial<'a> {
    organisation: &'a str,
    indicator: &'a str,
    more: f64,
}

pub async fn page(view: &View, ask: &Ask) -> Result<Asked, Failure> {
    let scoped = Scoped::of(view, ask)?;
    let shipped = view.index(&scoped.scope)?;
    let profile = weighted(&view.profile, ask)?;
    let mut seen = view.seen(&scoped.scope)?;
    let trial = trial(ask)?;
    if let Some(trial) = &trial {
        improve(&mut seen, trial)?;
    }
    let study =
        measure::study(&seen.observations, &seen.kinds, &profile, seen.last, &seen.circumstances, &measure::Layer::ALL)
            .map_err(|error| Fault::bug("laboratory", error))?;
    let before = |organisation: &str| shipped.scores.iter().find(|score| score.organisation == organisation);
    let data = data(view, &study, before);
    let picture = dots(view, &scoped, ask, &study);
    let twin = picture.table();
    Ok(Asked {
        title: format!("Index laboratory, {}", scoped.body_name),
        question: "What if the index weighed otherwise, or an organisation did more?",
        section: "Methods",
        answer: sentence(view, &study, before, trial.as_ref()),
        picture: Some(Box::new(picture)),
        small: Vec::new(),
        body: html! {
            (sliders(view, ask, &profile, &scoped))
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

/// The profile with the weights of the address, in percent; an unknown indicator is refused.
fn weighted(shipped: &Profile, ask: &Ask) -> Result<Profile, Failure> {
    let mut profile = shipped.clone();
    profile.uncertainty.replicates = REPLICATES;
    // Objectives have weights of their own, which may name what is left out here.
    profile.objectives.clear();
    profile.activities.clear();
    for (name, text) in ask.params.iter().filter_map(|(name, text)| Some((name.strip_prefix(WEIGHT)?, text))) {
        let weight = text.parse::<f64>().ok().filter(|weight| (0.0..=100.0).contains(weight));
        let weight = weight.ok_or_else(|| {
            Fault::new(
                Remedy::Ask,
                name,
                format!("expected a weight from 0 to 100, found `{text}`"),
                "correct the weight",
            )
        })?;
        set(&mut profile, name, weight)?;
    }
    // What weighs nothing is left out: a profile has weights above 0 only.
    for dimension in &mut profile.dimensions {
        dimension.indicators.retain(|indicator| indicator.weight > 0.0);
    }
    profile.dimensions.retain(|dimension| dimension.weight > 0.0 && !dimension.indicators.is_empty());
    if profile.dimensions.is_empty() {
        return Err(Fault::new(Remedy::Ask, "weights", "expected a weight above 0, found none", "raise one").into());
    }
    Ok(profile)
}

fn set(profile: &mut Profile, name: &str, weight: f64) -> Result<(), Failure> {
    for dimension in &mut profile.dimensions {
        if dimension.name == name {
            dimension.weight = weight;
            return Ok(());
        }
        if let Some(indicator) = dimension.indicators.iter_mut().find(|indicator| indicator.name == name) {
            indicator.weight = weight;
            return Ok(());
        }
    }
    let what = "expected a dimension or an indicator of the method, found another name";
    Err(Fault::new(Remedy::Ask, name, what, "see the names on the page of methods").into())
}

fn trial(ask: &Ask) -> Result<Option<Trial<'_>>, Failure> {
    let filled = |name: &str| ask.param(name).filter(|text| !text.is_empty());
    let (Some(organisation), Some(indicator), Some(more)) = (filled("who"), filled("what"), filled("more")) else {
        return Ok(None);
    };
    let number = more.parse::<f64>().ok().filter(|more| (0.0..=1000.0).contains(more)).ok_or_else(|| {
        Fault::new(
            Remedy::Ask,
            "more",
            format!("expected a number from 0 to 1000, found `{more}`"),
            "correct the number",
        )
    })?;
    Ok(Some(Trial { organisation, indicator, more: number }))
}

/// Adds acts of the organisation at the last meeting, each on a work of its own.
fn improve(seen: &mut Seen, trial: &Trial<'_>) -> Result<(), Failure> {
    let observations = &mut seen.observations;
    let place = |names: &[String], name: &str| names.iter().position(|other| other == name);
    let unknown = |name: &str| -> Failure {
        let what = "expected an organisation and an indicator of this scope, found another name";
        Fault::new(Remedy::Ask, name, what, "choose both from the lists of the page").into()
    };
    let organisation =
        place(&observations.organisations, trial.organisation).ok_or_else(|| unknown(trial.organisation))?;
    let indicator = place(&observations.indicators, trial.indicator).ok_or_else(|| unknown(trial.indicator))?;
    let days = observations.meetings.iter().map(|meeting| meeting.day);
    let Some((meeting, _)) = days.enumerate().max_by_key(|(_, day)| *day) else { return Ok(()) };
    let first = observations.rows.iter().map(|row| row.item).max().unwrap_or_default() + 1;
    let rows = (0..trial.more.round() as u32).map(|n| Observation {
        indicator: indicator as u16,
        organisation: organisation as u32,
        meeting: meeting as u32,
        item: first + n,
        events: 1.0,
        exposure: 1.0,
    });
    observations.rows.extend(rows);
    Ok(())
}

fn sentence<'a>(
    view: &View,
    study: &Study,
    before: impl Fn(&str) -> Option<&'a measure::Score>,
    trial: Option<&Trial<'_>>,
) -> Markup {
    let moved =
        study.index.scores.iter().filter(|score| {
            before(&score.organisation).is_some_and(|old| old.rank.is_some() && old.rank != score.rank)
        });
    let ties = study.replicates.tied_groups();
    let tied = ties.first().map_or(0, |group| group.members.len());
    html! {
        "With these choices " strong { (moved.count()) } " of " strong { (study.index.scores.len()) }
        " organisations have another rank than in the published index; "
        strong { (tied) } @if tied == 1 { " stands at the head alone." } @else { " cannot be told apart at the head." }
        @if let Some(trial) = trial {
            @let find = |name: &str| study.index.scores.iter().find(|score| score.organisation == name);
            @if let (Some(new), Some(old)) = (find(trial.organisation), before(trial.organisation)) {
                " With " (trial.more) " more in " (trial.indicator.replace('_', " ")) ", " (view.name(trial.organisation))
                " would have " strong { (format!("{:.1}", new.score)) } " instead of " strong { (format!("{:.1}", old.score)) } "."
            }
        }
    }
}

fn sliders(view: &View, ask: &Ask, profile: &Profile, scoped: &Scoped) -> Markup {
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
                        @for (_, used) in profile.indicators() {
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

fn sorted(study: &Study) -> Vec<&measure::Score> {
    let mut scores: Vec<&measure::Score> = study.index.scores.iter().collect();
    scores.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.organisation.cmp(&other.organisation)));
    scores
}

fn dots(view: &View, scoped: &Scoped, ask: &Ask, study: &Study) -> Dots {
    let row = |score: &&measure::Score| Dot {
        name: view.name(&score.organisation).into(),
        href: Some(ask.to(&format!("/members/{}", encoded(&score.organisation)))),
        value: Drawn::between(score.score, score.low, score.high),
        rank: score.rank_low.zip(score.rank_high).map(|(low, high)| [low, high]),
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
        rows: sorted(study).iter().take(N_DRAWN).map(row).collect(),
    }
}

fn data<'a>(view: &View, study: &Study, before: impl Fn(&str) -> Option<&'a measure::Score>) -> Answer {
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
    let row = |score: &&measure::Score| {
        let old = before(&score.organisation);
        vec![
            Value::Text(score.organisation.clone()),
            Value::Text(view.name(&score.organisation).into()),
            Value::Real(score.score),
            Value::Real(score.low),
            Value::Real(score.high),
            rank(score.rank),
            rank(score.rank_low),
            rank(score.rank_high),
            old.map_or(Value::Null, |old| Value::Real(old.score)),
            rank(old.and_then(|old| old.rank)),
        ]
    };
    Answer { columns: columns.map(Into::into).to_vec(), rows: sorted(study).iter().map(row).collect() }
}
