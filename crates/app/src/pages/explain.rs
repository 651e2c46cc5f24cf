//! Explain: one number, with its definition, its formula with the real values filled in, and the rows behind it.

use indicators::Card;
use ledger::{Answer, IndicatorRow, Value};
use maud::{Markup, html};
use measure::Score;

use chart::Value as Drawn;

use super::ask::{Ask, encoded};
use super::frame::{Asked, table};
use super::member::{place, steps};
use super::pulse::shown;
use super::scoped::Scoped;
use crate::exit::Failure;
use crate::view::View;

/// Rows shown on the page; the forms .csv and .json have all.
const N_SHOWN: usize = 500;

/// The score of an organisation.
pub async fn score(view: &View, ask: &Ask, organisation: &str) -> Result<Asked, Failure> {
    let scoped = Scoped::of(view, ask)?;
    let index = view.index(&scoped.scope)?;
    let score = found(&index.scores, organisation)?;
    let value = Drawn::between(score.score, score.low, score.high);
    let terms: Vec<String> =
        score.contributions.iter().map(|part| format!("{:.4} × {:.4}", part.weight, part.transformed)).collect();
    Ok(Asked {
        title: format!("Why does {} have {} points?", view.name(organisation), value.label()),
        question: "How was this number counted?",
        section: "Methods",
        answer: html! {
            "The score is 100 times the weighted mean of " (score.contributions.len())
            " indicators, each placed on a fixed scale from 0 to 1; nine in ten recomputations lie between "
            strong { (value.interval_label()) } "."
        },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            p.formula { "score = 100 × Σ weight × scale(value) = 100 × ( " (terms.join(" + ")) " ) = " (format!("{:.4}", score.score)) }
            (steps(&scoped, score, ask, organisation))
            (interval_in_words(view))
            p { a href=(ask.to(&format!("/members/{}", encoded(organisation)))) { "All that is known of " (view.name(organisation)) } }
        },
        data: parts(score),
        filters: scoped.filters(view),
        truth: scoped.truth(view).await?,
        is_made_up: scoped.is_made_up,
    })
}

/// One indicator of an organisation.
pub async fn indicator(view: &View, ask: &Ask, name: &str, organisation: &str) -> Result<Asked, Failure> {
    let scoped = Scoped::of(view, ask)?;
    let Some(card) = Card::find(name) else {
        return Err(super::unknown(name, "there is no such indicator", "see the page Methods for the catalogue"));
    };
    let index = view.index(&scoped.scope)?;
    let score = found(&index.scores, organisation)?;
    let values = view.indicators_of(&scoped.scope)?;
    let value = values.iter().find(|row| row.indicator == card.name && row.organisation == organisation);
    let mut params = scoped.params();
    params.insert("indicator", Value::Text(card.name.into()));
    params.insert("organisation", Value::Text(organisation.into()));
    let behind = view.session.query(include_str!("../sql/behind.sql"), &params).await?;
    Ok(Asked {
        title: format!("{}: {}", view.name(organisation), card.title.to_lowercase()),
        question: "How was this number counted?",
        section: "Methods",
        answer: sentence(card, value),
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            (definition(card))
            (formula(score, card, value))
            h2 { "The rows behind it" }
            @if behind.rows.is_empty() {
                p.empty { "No row: nothing of this kind was seen. That is not the same as zero where sources are missing." }
            } @else { (table(&rows_table(view, &behind, ask), 5)) }
        },
        data: behind,
        filters: scoped.filters(view),
        truth: scoped.truth(view).await?,
        is_made_up: scoped.is_made_up,
    })
}

fn found<'a>(scores: &'a [Score], organisation: &str) -> Result<&'a Score, Failure> {
    scores.iter().find(|score| score.organisation == organisation).ok_or_else(|| {
        let hint = "choose another body or period, or start from the page Engagement";
        super::unknown(organisation, "nothing is observed of this organisation in this scope", hint)
    })
}

fn sentence(card: &Card, value: Option<&IndicatorRow>) -> Markup {
    let Some((row, number)) = value.and_then(|row| Some((row, row.value?))) else {
        return html! { "Nothing of this kind was observed here, so there is no number: not known is not zero." };
    };
    let drawn = Drawn::between(number, row.low.unwrap_or(number), row.high.unwrap_or(number));
    html! {
        strong { (drawn.label()) } " " (card.unit) " (95% interval " (drawn.interval_label()) "), from "
        (row.n_meetings) @if row.n_meetings == 1 { " meeting." } @else { " meetings." }
    }
}

/// The card of an indicator.
pub fn definition(card: &Card) -> Markup {
    html! {
        dl {
            dt { "Counted" } dd { (card.events) }
            dt { "Out of" } dd { (card.exposure) }
            dt { "Unit" } dd { (card.unit) }
            dt { "Mind" } dd { (card.caveat) }
            dt { "Source of the method" } dd { (card.source) }
            dt { "Since version" } dd { (card.since) }
        }
    }
}

fn formula(score: &Score, card: &Card, value: Option<&IndicatorRow>) -> Markup {
    let part = score.contributions.iter().find(|part| part.indicator == card.name);
    html! {
        @if let Some(row) = value {
            p.formula {
                @match card.kind.as_str() {
                    "count" => "value = Σ events",
                    "breadth" => "value = number of different items",
                    "share" => { "value = events ÷ exposure = " (chart::exact(row.events)) " ÷ " (chart::exact(row.exposure)) },
                    _ => { "value = (a + events) ÷ (a + b + exposure), events " (chart::exact(row.events)) ", exposure " (chart::exact(row.exposure)) ", a and b declared in the method" },
                }
                @if let Some(value) = row.value { " = " (chart::exact(value)) }
            }
        }
        @if let Some(part) = part {
            p.formula {
                "points = 100 × weight × scale(value with recency) = 100 × " (format!("{:.4}", part.weight))
                " × scale(" (chart::exact(part.weighted)) ") = 100 × " (format!("{:.4}", part.weight)) " × "
                (format!("{:.4}", part.transformed)) " = " (format!("{:.2}", part.points))
            }
        }
    }
}

fn interval_in_words(view: &View) -> Markup {
    let uncertainty = &view.profile.uncertainty;
    html! {
        p {
            "The interval comes from " (uncertainty.replicates) " recomputations: meetings drawn again with replacement, \
             events within them drawn as chance would have them, weights changed by up to "
            (format!("{:.0}%", uncertainty.weight_noise * 100.0))
            ", and other defensible half-lives and ways of averaging taken in turn."
        }
    }
}

fn rows_table(view: &View, behind: &Answer, ask: &Ask) -> chart::Table {
    let n = behind.rows.len();
    let row = |row: &Vec<Value>| {
        let mut cells: Vec<chart::Cell> =
            [3, 2, 4, 7, 8, 5, 6].map(|at: usize| chart::Cell { text: shown(&row[at]), href: None }).to_vec();
        cells[1].text = view.meeting_name(row[2].text()).into();
        cells[2].text = view.meeting_name(row[4].text()).into();
        if row[13] == Value::Null {
            cells[3].text = "not seen".into();
            cells[4].text = String::new();
        }
        let href = place(ask, &row[10..]);
        cells[2].href.clone_from(&href);
        cells[4].href = href;
        cells
    };
    chart::Table {
        caption: if n > N_SHOWN {
            format!("The newest {N_SHOWN} of {n} rows; all of them in .csv and .json")
        } else {
            format!("{n} rows; every place leads to the source")
        },
        header: ["Day", "Meeting", "Item", "Source", "Place", "Events", "Exposure"].map(Into::into).to_vec(),
        rows: behind.rows.iter().take(N_SHOWN).map(row).collect(),
    }
}

fn parts(score: &Score) -> Answer {
    let columns = ["dimension", "indicator", "value", "value_with_recency", "on_scale", "weight", "points"];
    let row = |part: &measure::Contribution| {
        let mut cells = vec![Value::Text(part.dimension.clone()), Value::Text(part.indicator.clone())];
        cells.extend([part.raw, part.weighted, part.transformed, part.weight, part.points].map(Value::Real));
        cells
    };
    Answer { columns: columns.map(Into::into).to_vec(), rows: score.contributions.iter().map(row).collect() }
}
