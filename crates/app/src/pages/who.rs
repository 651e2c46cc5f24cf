//! Who: why does it say so? Every way of writing an organisation, every source that names it, with dates, and every
//! correction.

use ledger::{Answer, Ledger, Params, Value};
use maud::{Markup, html};
use resolve::{Op, Relation};

use super::ask::{Ask, encoded};
use super::frame::{Asked, Truth, table};
use super::member::place;
use super::names::{days, told};
use super::pulse::shown;
use crate::exit::Failure;
use crate::identity::Who;
use crate::view::View;

/// Places on one page.
const N_SHOWN: usize = 300;

pub async fn page(view: &View, ledger: &Ledger, ask: &Ask, slug: &str) -> Result<Asked, Failure> {
    let Some(who) = Who::of(&view.session, &view.who, slug).await? else {
        let hint = "start from the page Engagement";
        return Err(super::unknown(slug, "no fact and no decision names this organisation", hint));
    };
    let limit = i64::try_from(N_SHOWN).unwrap_or(i64::MAX);
    let params = Params::from([("organisation", Value::Text(slug.into())), ("limit", Value::Int(limit))]);
    let places = view.session.query(include_str!("sql/side.sql"), &params).await?;
    Ok(Asked {
        title: who.name.clone(),
        question: "Why does it say so?",
        section: "Engagement",
        answer: sentence(&who),
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            p { a href=(ask.to(&format!("/members/{}", encoded(slug)))) { "What it put in, and what came out" } }
            h2 { "Names as written" }
            @if who.is_hidden { p.empty { "This organisation asked not to be shown by name. It counts like any other." } }
            @else { (table(&spellings(&who), 3)) }
            (relations(view, &who, ask))
            h2 { "Where it stands" }
            @if places.rows.is_empty() { p.empty { "No source names it; it is known from decisions alone." } }
            @else { (table(&places_table(&who, &places, ask), 3)) }
            (corrections(view, &who)?)
            h2 { "Is this wrong?" }
            p { "Whoever is named here can ask for a correction, or not to be shown by name: tell the keeper of these pages. A correction is "
                code { "rapporteur resolve same" } ", " code { "not-same" } ", " code { "reject" } " or " code { "hide" }
                " with its reason; it stands in " a href="/corrections" { "the log of corrections" } ", and totals stay right." }
        },
        data: claims(&who),
        filters: Vec::new(),
        truth: Truth {
            sources: format!("{} claims; names of persons are left out", who.claims.rows.len()),
            method: "names as written are never changed; who they are follows from decisions that can be taken back"
                .into(),
            as_of: format!("ledger version {}", ledger.version()),
            ..Truth::default()
        },
        is_made_up: !view.made_up.is_empty(),
    })
}

fn sentence(who: &Who) -> Markup {
    let (n_names, n_claims) = (who.spellings.rows.len(), who.claims.rows.len());
    let first = who.claims.rows.iter().find_map(|row| row[6].text_opt());
    html! {
        strong { (who.name) } " stands for " strong { (n_names) } @if n_names == 1 { " name" } @else { " names" }
        " in sources, which state " strong { (n_claims) } @if n_claims == 1 { " act" } @else { " acts" } " of it"
        @if let Some(first) = first { ", the first on " (first) } "."
    }
}

fn spellings(who: &Who) -> chart::Table {
    let cells = |row: &Vec<Value>| row.iter().map(|value| chart::Cell { text: shown(value), href: None }).collect();
    chart::Table {
        caption: "Every way in which sources write it, and what made each of them this organisation".into(),
        header: ["As written", "Rule", "Ground", "Facts", "First day", "Last day"].map(Into::into).to_vec(),
        rows: who.spellings.rows.iter().map(cells).collect(),
    }
}

fn relations(view: &View, who: &Who, ask: &Ask) -> Markup {
    let name = |slug: &str| view.who.standing.entity(slug).map_or_else(|| slug.to_string(), |one| one.name.clone());
    let link = |slug: &str| {
        let to = ask.to(&format!("/who/{}", encoded(slug)));
        html! { @if slug == who.slug { (name(slug)) } @else { a href=(to) { (name(slug)) } } }
    };
    let verb = |relation: &Relation| match relation.op {
        Op::PartOf => " is part of ",
        Op::AcquiredBy => " was bought by ",
        _ => " goes on as ",
    };
    let group = view.who.standing.group_of(&who.slug, None);
    html! {
        @if !who.relations.is_empty() {
            h2 { "What it belongs to" }
            ul {
                @for relation in &who.relations {
                    li {
                        (link(&relation.subject)) (verb(relation)) (link(&relation.object))
                        @if let Some(day) = relation.from { " from " (day) } @if let Some(day) = relation.to { " until " (day) }
                        @if !who.is_hidden && !relation.decision.evidence.is_empty() { " (" (relation.decision.evidence.join("; ")) ")" }
                    }
                }
            }
            @if group != who.slug { p { "Counted by groups it counts with " (link(group)) "; in the index it stands for itself." } }
        }
    }
}

fn places_table(who: &Who, places: &Answer, ask: &Ask) -> chart::Table {
    let cell = |text: String, href: Option<String>| chart::Cell { text, href };
    let row = |row: &Vec<Value>| {
        let written = if who.is_hidden { who.name.clone() } else { row[1].to_string() };
        vec![
            cell(row[0].to_string(), place(ask, &row[5..])),
            cell(written, None),
            cell(days(row[3].text(), row[4].text()), None),
            cell(shown(&row[2]), None),
        ]
    };
    chart::Table {
        caption: format!(
            "Sources that name it, the earliest first{}",
            if places.rows.len() == N_SHOWN { "; the first 300" } else { "" }
        ),
        header: ["Source", "As written", "When", "Facts"].map(Into::into).to_vec(),
        rows: places.rows.iter().map(row).collect(),
    }
}

fn corrections(view: &View, who: &Who) -> Result<Markup, fact::Fault> {
    let is_about = |name: &str| view.who.standing.identity(name).entity.as_ref() == Some(&who.slug);
    let all = view.who.corrections()?;
    let own = all.iter().filter(|one| is_about(&one.decision.subject) || is_about(&one.decision.object));
    let mut lines = Vec::new();
    for one in own {
        lines.push((one.decision.at.strftime("%Y-%m-%d").to_string(), told(view, &one.decision)?, one.state.clone()));
    }
    Ok(html! {
        h2 { "Corrections" }
        @if lines.is_empty() { p.empty { "No person has decided on its names; rules did, as the table says." } } @else {
            ul.changes { @for (day, what, state) in lines { li { time { (day) } " " (what) " " span.tag { (state) } } } }
        }
    })
}

/// Every claim, without the names of persons, and without names where it asked not to be shown.
fn claims(who: &Who) -> Answer {
    let is_shown = |name: &&String| name.as_str() != "person" && (name.as_str() != "written" || !who.is_hidden);
    let at: Vec<usize> = (0..who.claims.columns.len()).filter(|&at| is_shown(&&who.claims.columns[at])).collect();
    Answer {
        columns: at.iter().map(|&at| who.claims.columns[at].clone()).collect(),
        rows: who.claims.rows.iter().map(|row| at.iter().map(|&at| row[at].clone()).collect()).collect(),
    }
}
