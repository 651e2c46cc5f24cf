//! Member: what one organisation put in, what came out, how its score comes about, and the documents behind it.

use chart::{Arrangement, Axis, Bar, Bars, Frame, Lane, Lanes, Marks, Moment, Part, Span, Tone, Value as Drawn};
use indicators::Card;
use ledger::{Answer, Value};
use maud::{Markup, html};
use measure::Score;

use super::ask::{Ask, encoded};
use super::engagement::rank;
use super::frame::{Asked, table};
use super::pulse::{origin, shown};
use super::scoped::Scoped;
use crate::exit::Failure;
use crate::view::View;

pub async fn page(view: &View, ask: &Ask, organisation: &str) -> Result<Asked, Failure> {
    let scoped = Scoped::of(view, ask)?;
    let index = view.index(&scoped.scope)?;
    let Some(score) = index.scores.iter().find(|score| score.organisation == organisation) else {
        let hint = "choose another body or period, or start from the page Engagement";
        return Err(super::unknown(organisation, "nothing is observed of this organisation in this scope", hint));
    };
    let mut params = scoped.params();
    params.insert("organisation", Value::Text(organisation.into()));
    let acts = view.session.query(include_str!("sql/member_acts.sql"), &params).await?;
    let documents = view.session.query(include_str!("sql/member_documents.sql"), &params).await?;
    let spellings = view.session.query(include_str!("sql/member_names.sql"), &params).await?;
    let is_hidden = view.who.standing.entity(organisation).is_some_and(|entity| entity.is_hidden);
    Ok(Asked {
        title: view.name(organisation).to_string(),
        question: "What did it put in, and what came out?",
        section: "Engagement",
        answer: sentence(&scoped, view.name(organisation), score, &documents),
        controls: None,
        picture: Some(Box::new(lanes(view, &scoped, view.name(organisation), &acts, ask))),
        small: Vec::new(),
        body: html! {
            h2 { "How the score comes about" }
            (steps(&scoped, score, ask, organisation))
            h2 { "Documents" }
            @if documents.rows.is_empty() {
                p.empty { "No document of this organisation stands in the lists that are held." }
            } @else { (table(&documents_table(view, &documents, ask), 5)) }
            h2 { "Why is this counted as " (view.name(organisation)) "?" }
            @if is_hidden { p.empty { "This organisation asked not to be shown by name. It counts like any other." } }
            @else { (table(&names_table(&spellings), 3)) }
            p { a href=(ask.to(&format!("/who/{}", encoded(organisation)))) { "Every claim with its source and dates" } }
        },
        data: documents,
        filters: scoped.filters(view),
        truth: scoped.truth(view).await?,
        is_made_up: scoped.is_made_up,
    })
}

fn sentence(scoped: &Scoped, name: &str, score: &Score, documents: &Answer) -> Markup {
    let agreed = documents.rows.iter().filter(|row| ["agreed", "approved"].contains(&row[4].text())).count();
    let value = Drawn::between(score.score, score.low, score.high);
    html! {
        "In " (scoped.period_name) ", " strong { (name) } " was a source of " strong { (documents.rows.len()) }
        " documents in " (scoped.body_name) ", of which " strong { (agreed) } " were agreed or approved; its score is "
        strong { (value.label()) } " (" (value.interval_label()) ")"
        @if score.rank.is_some() { ", and its rank is " strong { (rank(score)) } " of all." }
        @else { "; it is not ranked, for too little of the method's weight could be observed." }
    }
}

fn lanes(view: &View, scoped: &Scoped, name: &str, acts: &Answer, ask: &Ask) -> Lanes {
    let kinds = [
        ("Attended", &["attended"][..], Tone::Plain),
        ("Submitted", &["submitted"], Tone::Plain),
        ("Agreed or approved", &["agreed", "approved"], Tone::Good),
        (
            "Other outcomes",
            &["noted", "postponed", "withdrawn", "not-handled", "not-pursued", "merged-into"],
            Tone::Plain,
        ),
    ];
    let moments = |wanted: &[&str], tone: Tone| -> Vec<Moment> {
        let rows = acts.rows.iter().filter(|row| wanted.contains(&row[0].text()));
        rows.map(|row| Moment {
            at: year(row[2].text()),
            label: format!("{}, {} {}", row[2], row[0], view.meeting_name(row[3].text())),
            href: place(ask, &row[4..]),
            tone,
        })
        .collect()
    };
    let mut lanes: Vec<Lane> = kinds
        .into_iter()
        .map(|(lane, wanted, tone)| Lane {
            name: lane.into(),
            href: None,
            marks: Marks::Moments(moments(wanted, tone)),
        })
        .collect();
    let roles = acts
        .rows
        .iter()
        .filter(|row| ["held", "appointed", "elected", "rapporteured", "edited"].contains(&row[0].text()));
    let spans = roles.map(|row| Span {
        from: year(row[1].text()),
        to: year(row[2].text()),
        label: row[3].to_string(),
        href: place(ask, &row[4..]),
        tone: Tone::Accent,
    });
    lanes.push(Lane { name: "Roles".into(), href: None, marks: Marks::Spans(spans.collect()) });
    Lanes {
        frame: Frame {
            id: "member".into(),
            title: format!("{name} in {}", scoped.body_name),
            summary: "What it did over time, one lane a kind of act; a lane without marks says that nothing was seen."
                .into(),
            origin: origin(scoped.is_made_up),
        },
        period: [f64::NAN, f64::NAN],
        lanes,
        held: Vec::new(),
    }
}

/// A day as a year with its fraction; not a number where it is not known.
fn year(day: &str) -> f64 {
    let read = day.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    read.map_or(f64::NAN, |day| f64::from(day.year()) + f64::from(day.day_of_year() - 1) / 365.25)
}

/// The address of a place from the cells snapshot, first byte, last byte.
pub fn place(ask: &Ask, cells: &[Value]) -> Option<String> {
    let snapshot = cells.first()?.text_opt()?;
    Some(ask.to_place(snapshot, cells.get(1)?.int(), cells.get(2)?.int()))
}

/// The score step by step: every part links to how it was counted.
pub fn steps(scoped: &Scoped, score: &Score, ask: &Ask, organisation: &str) -> Markup {
    let link = |indicator: &str| ask.to(&format!("/explain/{indicator}/{}", encoded(organisation)));
    let title = |name: &str| Card::find(name).map_or_else(|| name.to_string(), |card| card.title.clone());
    let parts = score
        .contributions
        .iter()
        .map(|part| Part { value: Drawn::exact(part.points_shown), href: Some(link(&part.indicator)) });
    let bars = Bars {
        frame: Frame {
            id: "steps".into(),
            title: "Points by indicator".into(),
            summary: "Each part begins where the last one ended; together they are the score.".into(),
            origin: origin(scoped.is_made_up),
        },
        axis: Axis { label: "points".into(), range: Some([0.0, 100.0]) },
        unit: "score".into(),
        arrangement: Arrangement::Steps,
        keys: score.contributions.iter().map(|part| title(&part.indicator)).collect(),
        rows: vec![Bar {
            name: "Score".into(),
            href: Some(ask.to(&format!("/explain/index/{}", encoded(organisation)))),
            total: Drawn::between(score.score, score.low, score.high),
            parts: parts.collect(),
        }],
    };
    let cell = |text: String| chart::Cell { text, href: None };
    let rows = score.contributions.iter().map(|part| {
        vec![
            chart::Cell { text: title(&part.indicator), href: Some(link(&part.indicator)) },
            cell(part.dimension.clone()),
            chart::Cell { text: chart::exact(part.raw), href: Some(link(&part.indicator)) },
            cell(chart::exact(part.weighted)),
            cell(chart::exact(part.transformed)),
            cell(format!("{:.1}%", part.weight * 100.0)),
            cell(format!("{:.2}", part.points_shown)),
        ]
    });
    let twin = chart::Table {
        caption: format!(
            "The parts of the score: points = 100 x weight x place on the scale; sum {:.2}",
            score.contributions.iter().map(|part| part.points_shown).sum::<f64>()
        ),
        header: ["Indicator", "Dimension", "Value", "with recency", "on the scale 0 to 1", "Weight", "Points"]
            .map(Into::into)
            .to_vec(),
        rows: rows.collect(),
    };
    html! {
        figure { (maud::PreEscaped(chart::Form::pair(&bars))) }
        (table(&twin, 2))
        @if !score.missing.is_empty() {
            p { "Not observed for this organisation, and left out of its score: " (score.missing.join(", ").replace('_', " ")) "." }
        }
    }
}

fn documents_table(view: &View, documents: &Answer, ask: &Ask) -> chart::Table {
    let row = |row: &Vec<Value>| {
        let href = place(ask, &row[6..]);
        let mut cells: Vec<chart::Cell> =
            row[..6].iter().map(|value| chart::Cell { text: shown(value), href: None }).collect();
        cells[2].text = view.meeting_name(row[2].text()).into();
        if row[4] == Value::Null {
            cells[4].text = "not stated".into();
        }
        cells[0].href.clone_from(&href);
        cells[5].href = href;
        cells
    };
    chart::Table {
        caption: "Documents after their revisions, the newest first".into(),
        header: ["Document", "Title", "Meeting", "Type", "Outcome", "Credit"].map(Into::into).to_vec(),
        rows: documents.rows.iter().map(row).collect(),
    }
}

fn names_table(spellings: &Answer) -> chart::Table {
    let cell = |value: &Value| chart::Cell { text: shown(value), href: None };
    chart::Table {
        caption: "Names as written, and the rule that made each of them this organisation".into(),
        header: ["As written", "Rule", "Ground", "Facts"].map(Into::into).to_vec(),
        rows: spellings.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
    }
}
