//! Credit: whose the words of a text are, how sure that is, how long words live; a statement to print for each party.

use chart::{Axis, Dot, Dots, Form, Frame, Line, Point, Value as Drawn};
use fact::{Fault, Remedy};
use ledger::{Answer, Value};
use maud::{Markup, html};

use super::ask::encoded;
use super::frame::{Asked, Truth};
use super::pulse::origin;
use crate::credits::{Credits, Kept, Life, Party, Version};
use crate::exit::Failure;

/// Rows that are drawn; all stand in the table.
const DRAWN: usize = 30;
/// Parties whose curves are drawn.
const CURVES: usize = 5;

/// All texts whose credit is kept.
pub fn list(credits: &Credits) -> Result<Asked, Failure> {
    let names = credits.names();
    let all: Vec<Kept> = names.iter().map(|name| credits.open(name)).collect::<Result<_, _>>()?;
    Ok(Asked {
        title: "Credit for words".into(),
        question: "Whose words stand in the texts that were adopted?",
        section: "Drafting",
        answer: html! {
            "Credit for the words of " strong { (all.len()) } @if all.len() == 1 { " text" } @else { " texts" } " is kept."
        },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            @if all.is_empty() {
                p.empty { "None is kept. Begin with " code { "rapporteur credit REPOSITORY FILE --keep NAME --body BODY" } "." }
            }
            ul {
                @for kept in &all {
                    li {
                        a href={ "/credit/" (encoded(&kept.head.text)) } { (kept.head.text) } ", " (kept.head.body) ": "
                        (chart::exact(kept.head.n_words as f64)) " words of " (kept.parties.len()) " parties"
                    }
                }
            }
        },
        data: Answer {
            columns: ["text", "body", "words", "versions"].map(Into::into).to_vec(),
            rows: all
                .iter()
                .map(|kept| {
                    vec![
                        Value::Text(kept.head.text.clone()),
                        Value::Text(kept.head.body.clone()),
                        Value::Int(kept.head.n_words as i64),
                        Value::Int(kept.head.n_versions as i64),
                    ]
                })
                .collect(),
        },
        filters: Vec::new(),
        truth: Truth { sources: "the folder `credits` of the workspace".into(), ..Truth::default() },
        is_made_up: all.iter().any(|kept| kept.head.is_made_up),
    })
}

/// One text.
pub fn one(credits: &Credits, name: &str) -> Result<Asked, Failure> {
    let kept = credits.open(name)?;
    let data = data(&kept);
    let days = |day: Option<jiff::civil::Date>| day.map_or("not known".to_string(), |day| day.to_string());
    Ok(Asked {
        title: format!("Credit for the words of {name}"),
        question: "Whose words stand in the text, and how long do they live?",
        section: "Drafting",
        answer: sentence(&kept),
        controls: None,
        picture: Some(Box::new(dots(&kept))),
        small: curves(&kept),
        body: html! {
            h2 { "Parties" }
            (parties(&kept))
            p.note {
                "A statement is a page to print. What each version proposed, and what of it stands, is a fact of the ledger: see "
                a href="/evidence" { "the source " code { "credits" } } "."
            }
        },
        data,
        filters: Vec::new(),
        truth: Truth {
            sources: format!("{} versions of {}", chart::exact(kept.head.n_versions as f64), kept.head.document),
            period: format!("{} to {}", days(kept.head.from), days(kept.head.to)),
            unresolved: unresolved(&kept),
            method: "each word to the version that proposed it first, also where it was moved or restored; intervals of 95 % from drawing \
                     clauses again, under nine settings of the thresholds; of half-lives from drawing versions again; bands of curves by words, \
                     which is too narrow, for words die together"
                .into(),
            ..Truth::default()
        },
        is_made_up: kept.head.is_made_up,
    })
}

/// The statement of one party, by its place in the list, as a page to print.
pub fn statement(credits: &Credits, name: &str, number: &str) -> Result<String, Failure> {
    let kept = credits.open(name)?;
    let party = number.parse::<usize>().ok().and_then(|number| kept.parties.get(number.checked_sub(1)?));
    let party = party.ok_or_else(|| {
        let what = format!("expected a number from 1 to {}, found `{number}`", kept.parties.len());
        Fault::new(Remedy::Ask, name, what, "use the links of the page")
    })?;
    Ok(party.statement.html())
}

fn sentence(kept: &Kept) -> Markup {
    let is_base = |party: &&Party| kept.head.life.is_none() && party.name() == "base";
    let base = kept.parties.iter().find(is_base);
    let first = kept.parties.iter().find(|party| party.statement.party.is_some() && !is_base(party));
    html! {
        @if let Some(base) = base {
            "Of the " (chart::exact(kept.head.n_words as f64)) " words " strong { (percent(base.share().share)) } " stood in the base. "
        }
        @if let Some(party) = first {
            @if base.is_some() { "The largest other part is from " } @else {
                "The largest part of the " (chart::exact(kept.head.n_words as f64)) " words is from "
            }
            strong { (party.name()) } ": "
            (percent(party.share().share)) ", 95 % interval " (percent(party.share().low)) " to " (percent(party.share().high)) "."
        } @else {
            "No version of this text names an author."
        }
        @if let Some(life) = &kept.head.life { " " (half_life(life)) }
    }
}

fn half_life(life: &Life) -> String {
    let days = |time: Option<i64>, none: &str| time.map_or(none.to_string(), |days| format!("{days} days"));
    let [low, high] = life.interval;
    match life.half_life {
        Some(half) => format!(
            "Half of its words are gone after {half} days (95 % interval {} to {}).",
            days(low, "not known"),
            days(high, "never so far")
        ),
        None => "More than half of the words ever written still stand.".into(),
    }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn unresolved(kept: &Kept) -> String {
    let is_nobodys = |version: &&Version| version.party.is_none() && version.kind != "document";
    let nobody: f64 = kept.versions.iter().filter(is_nobodys).map(|version| version.standing).sum();
    let share = percent(nobody / (kept.head.n_words as f64).max(1.0));
    if kept.head.life.is_none() {
        format!(
            "{share} of the words, of base and editor, count for no organisation; those of a contribution for its sources"
        )
    } else {
        format!("{share} of the words count for no organisation: no author, or an address that anybody can have")
    }
}

fn dots(kept: &Kept) -> Dots {
    let dot = |(number, party): (usize, &Party)| Dot {
        name: party.name().into(),
        href: Some(address(kept, number)),
        value: Drawn::between(100.0 * party.share().share, 100.0 * party.share().low, 100.0 * party.share().high),
        ..Dot::default()
    };
    let rows: Vec<Dot> = (1..).zip(&kept.parties).take(DRAWN).map(dot).collect();
    let n = rows.len();
    Dots {
        frame: Frame {
            id: "credit".into(),
            title: format!("Shares of the words of {}", kept.head.text),
            origin: origin(kept.head.is_made_up),
            summary: format!(
                "Share of the words that stand, with its 95 % interval, of {n} of {} parties.",
                kept.parties.len()
            ),
        },
        axis: Axis { label: "share of the words, %".into(), range: Some([0.0, 100.0]) },
        unit: "party".into(),
        rows,
    }
}

/// How words live: of the whole text, then of the largest parties.
fn curves(kept: &Kept) -> Vec<Box<dyn Form + Send + Sync>> {
    let whole = kept.head.life.iter().map(|life| ("all".to_string(), life));
    let own =
        kept.parties.iter().take(CURVES).filter_map(|party| Some((party.name().to_string(), party.life.as_ref()?)));
    let curve = |(at, (name, life)): (usize, (String, &Life))| -> Box<dyn Form + Send + Sync> {
        let point = |point: &crate::credits::Point| {
            let [share, low, high] = point.share.map(|share| 100.0 * share);
            Point {
                period: format!("{} d", point.days),
                value: Drawn::between(share, low, high),
                held: Some(1.0),
                href: None,
            }
        };
        Box::new(Line {
            frame: Frame {
                id: format!("life-{at}"),
                title: if at == 0 {
                    "How long words stand, all parties".into()
                } else {
                    format!("How long words stand, {name}")
                },
                summary: format!("Share of {} words that stand longer than so many days.", life.n_words),
                origin: origin(kept.head.is_made_up),
            },
            axis: Axis { label: "share that stands, %".into(), range: Some([0.0, 100.0]) },
            points: life.curve.iter().map(point).collect(),
        })
    };
    whole.chain(own).filter(|(_, life)| life.curve.len() > 2).enumerate().map(curve).collect()
}

fn half_days(party: &Party) -> Option<i64> {
    party.life.as_ref()?.half_life
}

fn address(kept: &Kept, number: usize) -> String {
    format!("/credit/{}/statement/{number}", encoded(&kept.head.text))
}

fn parties(kept: &Kept) -> Markup {
    let whole = |number: f64| chart::exact(number.round());
    let has_days = kept.head.life.is_some();
    html! {
        div.scroll role="region" tabindex="0" aria-label="Parties with their words" {
            table {
                caption { "Words of each party" }
                thead { tr {
                    th scope="col" { "Party" } th.num scope="col" { "Share" } th.num scope="col" { "95 % interval" }
                    th.num scope="col" { "Words proposed" } th.num scope="col" { "of them adopted" } th.num scope="col" { "and standing" }
                    @if has_days { th.num scope="col" { "Half-life, days" } }
                } }
                tbody { @for (number, party) in (1..).zip(&kept.parties) {
                    tr {
                        th scope="row" { a href=(address(kept, number)) { (party.name()) } }
                        td.num { (percent(party.share().share)) }
                        td.num { (percent(party.share().low)) " to " (percent(party.share().high)) }
                        td.num { (whole(party.statement.n_proposed)) }
                        td.num { (whole(party.statement.n_adopted)) }
                        td.num { (whole(party.statement.n_survived)) }
                        @if has_days { td.num { (half_days(party).map_or("not reached".to_string(), |days| days.to_string())) } }
                    }
                } }
            }
        }
    }
}

fn data(kept: &Kept) -> Answer {
    let columns = [
        "party",
        "share",
        "low",
        "high",
        "words",
        "words_proposed",
        "words_adopted",
        "words_survived",
        "half_life_days",
    ];
    let row = |party: &Party| {
        let (share, statement) = (party.share(), &party.statement);
        vec![
            statement.party.clone().map_or(Value::Null, Value::Text),
            Value::Real(share.share),
            Value::Real(share.low),
            Value::Real(share.high),
            Value::Real(share.n_words),
            Value::Real(statement.n_proposed),
            Value::Real(statement.n_adopted),
            Value::Real(statement.n_survived),
            half_days(party).map_or(Value::Null, Value::Int),
        ]
    };
    Answer { columns: columns.map(Into::into).to_vec(), rows: kept.parties.iter().map(row).collect() }
}
