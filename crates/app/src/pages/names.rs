//! Names in review: pairs that may be one organisation, side by side with what speaks for and against; and before a
//! decision is kept, what it would move in the index.

use std::collections::BTreeMap;

use fact::{Fault, Remedy};
use jiff::Timestamp;
use ledger::{Answer, Ledger, Params, Value};
use maud::{Markup, html};
use resolve::{Decision, Doubt, Op, Stands, Which};

use super::ask::{Ask, encoded};
use super::frame::{Asked, Truth, table};
use super::member::place;
use super::pulse::shown;
use crate::exit::Failure;
use crate::identity::{Correction, Effect, keep, whole, word};
use crate::view::{AsOf, View};

/// Pairs on one page.
const N_SHOWN: usize = 10;

/// Changes in the table of a page.
const N_CHANGES: usize = 40;

/// Places of each name that are shown.
const N_PLACES: i64 = 4;

pub async fn page(view: &View, ledger: &Ledger, as_of: AsOf, ask: &Ask) -> Result<Asked, Failure> {
    if let (Some(op), Some(a)) = (ask.param("op"), ask.param("a")) {
        return preview(view, ledger, as_of, (op, a, ask.param("b").unwrap_or_default())).await;
    }
    let doubts = &view.who.doubts;
    let mut shown = Vec::new();
    for doubt in doubts.iter().take(N_SHOWN) {
        shown.push(pair(view, doubt, ask).await?);
    }
    let decided: Vec<Correction> = view.who.corrections()?.into_iter().take(N_SHOWN).collect();
    Ok(Asked {
        title: "Names in review".into(),
        question: "Which names are one organisation?",
        section: "Review",
        answer: html! {
            strong #waiting { (doubts.len()) } @if doubts.len() == 1 { " pair of names waits" } @else { " pairs of names wait" }
            " for a person; rules and persons have settled " strong { (view.who.n_facts.len()) } " organisations from "
            strong { (view.who.surfaces.len()) } " ways of writing them. " a href=(ask.to("/review")) { "Readings in review" } "."
        },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            @if shown.is_empty() {
                p.empty { "No pair waits. Pairs that rules cannot settle would stand here, from the next " code { "rapporteur resolve" } " on." }
            } @else {
                x-review {
                    p.note.keys { "Keys: " kbd { "j" } " " kbd { "k" } " next and previous, " kbd { "a" } " accept as one, "
                        kbd { "n" } " not the same, " kbd { "p" } " part of, " kbd { "r" } " reject, " kbd { "u" } " undo the last." }
                    @for one in &shown { (one) }
                }
            }
            (log(view, &decided)?)
        },
        data: data(doubts),
        filters: Vec::new(),
        truth: Truth {
            sources: format!("{} decisions on names in the ledger", view.who.log.len()),
            method: "ordered by the facts that the answer moves times how open it is; every decision can be taken back exactly".into(),
            as_of: format!("ledger version {}", view.version),
            ..Truth::default()
        },
        is_made_up: !view.made_up.is_empty(),
    })
}

fn data(doubts: &[Doubt]) -> Answer {
    let row = |doubt: &Doubt| {
        vec![
            Value::Text(doubt.a.clone()),
            Value::Text(doubt.b.clone()),
            Value::Real(doubt.bits),
            Value::Real(doubt.probability()),
            Value::Int(doubt.n),
            Value::Real(doubt.urgency()),
        ]
    };
    let columns = ["a", "b", "bits", "probability", "facts", "urgency"].map(Into::into).to_vec();
    Answer { columns, rows: doubts.iter().map(row).collect() }
}

/// One pair: what is known of each name, what speaks for and against, and a form for each answer.
async fn pair(view: &View, doubt: &Doubt, ask: &Ask) -> Result<Markup, Fault> {
    let n = |name: &str| slug_of(view, name).and_then(|slug| view.who.n_facts.get(&slug).copied()).unwrap_or_default();
    // The name with more facts is the one by which both would be called.
    let (a, b) = if n(&doubt.a) > n(&doubt.b) { (&doubt.b, &doubt.a) } else { (&doubt.a, &doubt.b) };
    let (a, b) = (called(view, a), called(view, b));
    let heading = format!("pair-{}-{}", resolve::slug(a), resolve::slug(b));
    let sides = [(a, side(view, a, ask).await?), (b, side(view, b, ask).await?)];
    Ok(html! {
        article.candidate tabindex="-1" aria-labelledby=(heading) {
            h2 id=(heading) { "Is " (a) " the same as " (b) "?" }
            div.sides { @for (name, side) in &sides { section { h3 { (name) } (side) } } }
            (table(&grounds(doubt, a, b), 2))
            div.choices {
                form method="get" action="/review/names" { (pair_of("same-as", a, b)) button.accept data-key="a" { "One organisation" } }
                form method="post" action="/review/names" { (pair_of("not-same", a, b)) button data-key="n" { "Two organisations" } }
                form method="post" action="/review/names" {
                    (pair_of("part-of", a, b))
                    label { "From" input name="from" type="date"; }
                    label { "To" input name="to" type="date"; }
                    button data-key="p" { "Part of " (b) }
                }
                form method="get" action="/review/names" { (pair_of("reject", a, "")) button data-key="r" { (a) " is no organisation" } }
            }
        }
    })
}

fn pair_of(op: &str, a: &str, b: &str) -> Markup {
    html! {
        input type="hidden" name="op" value=(op);
        input type="hidden" name="a" value=(a);
        @if !b.is_empty() { input type="hidden" name="b" value=(b); }
    }
}

/// The name by which an organisation goes.
fn called<'a>(view: &'a View, name: &'a str) -> &'a str {
    match view.who.standing.stands(name) {
        Stands::For(entity) => &entity.name,
        _ => name,
    }
}

fn slug_of(view: &View, name: &str) -> Option<String> {
    view.who.standing.identity(name).entity
}

async fn side(view: &View, name: &str, ask: &Ask) -> Result<Markup, Fault> {
    let Some(slug) = slug_of(view, name) else { return Ok(html! { p { "No organisation." } }) };
    let params = Params::from([("organisation", Value::Text(slug.clone())), ("limit", Value::Int(N_PLACES))]);
    let spellings = view.session.query(include_str!("../sql/who_spellings.sql"), &params).await?;
    let places = view.session.query(include_str!("sql/side.sql"), &params).await?;
    let countries: std::collections::BTreeSet<&str> = view
        .who
        .surfaces
        .iter()
        .filter(|one| slug_of(view, &one.name).as_ref() == Some(&slug))
        .filter_map(|one| one.country.as_deref())
        .collect();
    Ok(html! {
        p {
            strong { (view.who.n_facts.get(&slug).copied().unwrap_or_default()) } " facts, in "
            (spellings.rows.len()) @if spellings.rows.len() == 1 { " spelling. " } @else { " spellings. " }
            @if !countries.is_empty() { "Country: " (countries.into_iter().collect::<Vec<_>>().join(", ")) ". " }
            a href=(ask.to(&format!("/who/{}", encoded(&slug)))) { "Why" }
        }
        ul {
            @for row in &places.rows {
                li {
                    @if let Some(href) = place(ask, &row[5..]) { a href=(href) { (row[0]) } } @else { (row[0]) }
                    " “" (row[1]) "”, " (days(row[3].text(), row[4].text()))
                }
            }
        }
    })
}

/// Two days as people write an interval.
pub fn days(from: &str, to: &str) -> String {
    match (from.is_empty(), from == to) {
        (true, _) => "day not known".into(),
        (false, true) => from.into(),
        (false, false) => format!("{from} to {to}"),
    }
}

fn grounds(doubt: &Doubt, a: &str, b: &str) -> chart::Table {
    let cell = |text: String| chart::Cell { text, href: None };
    let row = |part: &resolve::Contribution| {
        vec![cell(part.feature.clone()), cell(part.found.clone()), cell(format!("{:+.1}", part.bits))]
    };
    chart::Table {
        caption: format!(
            "{a} and {b}: what speaks for one (+) and for two (-); {:+.1} bits, probability {:.2}; the answer moves {} facts",
            doubt.bits,
            doubt.probability(),
            doubt.n
        ),
        header: ["Compared", "Found", "Bits"].map(Into::into).to_vec(),
        rows: doubt.contributions.iter().map(row).collect(),
    }
}

fn log(view: &View, decided: &[Correction]) -> Result<Markup, Fault> {
    Ok(html! {
        h2 #decided { "What was decided" }
        @if decided.is_empty() { p.empty { "Nothing yet. Every decision stands here, and can be taken back." } } @else {
            ul.changes.log {
                @for one in decided {
                    li {
                        time { (one.decision.at.strftime("%Y-%m-%d %H:%M")) } " " (told(view, &one.decision)?) " " span.tag { (one.state) } " "
                        @if one.state != "taken back" && one.decision.op != Op::Undo { (undo(view, &one.decision)) }
                    }
                }
            }
            p { a href="/corrections" { "All corrections, with what they moved" } }
        }
    })
}

/// A decision in words, without who made it.
pub fn told(view: &View, decision: &Decision) -> Result<String, Fault> {
    let (a, b) = (view.who.shown(&decision.subject), view.who.shown(&decision.object));
    let from = decision.from.map(|day| format!(" from {day}")).unwrap_or_default();
    let to = decision.to.map(|day| format!(" until {day}")).unwrap_or_default();
    let ground = decision.evidence.join("; ");
    let ground = if ground.is_empty() || a != decision.subject { String::new() } else { format!(" ({ground})") };
    let what = match decision.op {
        Op::Link => format!("“{a}” stands for {b}"),
        Op::SameAs => format!("“{a}” is {b}"),
        Op::NotSame => format!("“{a}” is not {b}"),
        Op::PartOf => format!("{a} is part of {b}"),
        Op::SucceededBy => format!("{a} goes on as {b}"),
        Op::AcquiredBy => format!("{a} was bought by {b}"),
        Op::Reject => format!("“{a}” is no organisation"),
        Op::Hide => format!("{a} is not shown by name"),
        Op::Undo => {
            let id = decision.supersedes.as_deref().unwrap_or_default();
            let undone = view.who.log.iter().find(|one| one.id == id && one.op != Op::Undo);
            let undone = undone.map(|one| told(view, one)).transpose()?;
            format!("taken back: {}", undone.unwrap_or_else(|| format!("decision {id}")))
        }
    };
    Ok(format!("{what}{from}{to}{ground}"))
}

fn undo(view: &View, decision: &Decision) -> Markup {
    html! {
        form.undo method="post" action="/review/names" {
            input type="hidden" name="op" value="undo";
            input type="hidden" name="decision" value=(decision.id);
            button { "Undo" span.hidden { " " (view.who.shown(&decision.subject)) } }
        }
    }
}

/// What a decision would move, and the button that makes it.
async fn preview(view: &View, ledger: &Ledger, as_of: AsOf, (op, a, b): (&str, &str, &str)) -> Result<Asked, Failure> {
    let decision = said(op, (a, b), "preview", Timestamp::UNIX_EPOCH, Vec::new())?;
    let effect =
        Effect::of(view, ledger, as_of, &[Decision { at: Timestamp::MAX, ..decision.clone() }.sealed()]).await?;
    let twin = changes(&effect, "What would change in the index of all bodies and years");
    Ok(Asked {
        title: "What would change".into(),
        question: "What does this decision move?",
        section: "Review",
        answer: html! {
            "If " strong { (told(view, &decision)?) } ", " strong { (effect.n_names) }
            @if effect.n_names == 1 { " name stands" } @else { " names stand" } " for another organisation. " (moved(&effect))
        },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            x-review {
                article.candidate tabindex="-1" aria-label="Confirm" {
                    div.choices {
                        form method="post" action="/review/names" {
                            (pair_of(op, a, b))
                            label { "Why" input name="reason" autocomplete="off"; }
                            button.accept data-key="a" autofocus { "Keep this decision" }
                        }
                        a href="/review/names" data-key="n" { "Leave it open" }
                    }
                }
            }
            @if effect.changes.is_empty() { p.empty { "No score and no rank moves." } } @else { (table(&twin, 1)) }
        },
        data: rows(&effect),
        filters: Vec::new(),
        truth: Truth {
            method: format!("the index computed with the decision and without; method {}", view.profile.method),
            as_of: format!("ledger version {}", view.version),
            ..Truth::default()
        },
        is_made_up: !view.made_up.is_empty(),
    })
}

/// How many organisations are moved, in a sentence.
pub fn moved(effect: &Effect) -> Markup {
    let (n_scores, n_ranks) = (effect.n_scores(), effect.changes.len() - effect.n_scores());
    html! {
        strong { (n_scores) } @if n_scores == 1 { " organisation has" } @else { " organisations have" } " another score, and "
        strong { (n_ranks) } " only another rank."
    }
}

/// The table of what is moved.
pub fn changes(effect: &Effect, caption: &str) -> chart::Table {
    let text = |value: &Value| if *value == Value::Null { "none".into() } else { shown(value) };
    let cells = |row: Vec<Value>| row[1..].iter().map(|value| chart::Cell { text: text(value), href: None }).collect();
    let n_left = effect.changes.len().saturating_sub(N_CHANGES);
    let rest = if n_left > 0 { format!("; {n_left} more in .csv and .json") } else { String::new() };
    chart::Table {
        caption: format!("{caption}{rest}"),
        header: ["Organisation", "Score before", "after", "Rank before", "after"].map(Into::into).to_vec(),
        rows: rows(effect).rows.into_iter().take(N_CHANGES).map(cells).collect(),
    }
}

/// What is moved, as rows.
pub fn rows(effect: &Effect) -> Answer {
    let score = |score: Option<f64>| score.map_or(Value::Null, |score| Value::Real((score * 10.0).round() / 10.0));
    let rank = |rank: Option<u32>| rank.map_or(Value::Null, |rank| Value::Int(rank.into()));
    let columns = ["organisation", "name", "score_before", "score_after", "rank_before", "rank_after"];
    let row = |one: &crate::identity::Change| {
        let (organisation, name) = (Value::Text(one.organisation.clone()), Value::Text(one.name.clone()));
        vec![organisation, name, score(one.before), score(one.after), rank(one.rank_before), rank(one.rank_after)]
    };
    Answer { columns: columns.map(Into::into).to_vec(), rows: effect.changes.iter().map(row).collect() }
}

/// Keeps what a form says.
pub async fn decide(
    view: &View,
    ledger: &mut Ledger,
    form: &BTreeMap<String, String>,
    (by, at): (&str, Timestamp),
) -> Result<(), Failure> {
    let field = |name: &str| form.get(name).map_or("", String::as_str).trim();
    if field("op") == "undo" {
        let undos = view.who.undoing(&Which::Id(field("decision").into()), by, whole(at))?;
        keep(ledger, &undos).await?;
        return Ok(());
    }
    let day = |name: &str| match field(name) {
        "" => Ok(None),
        day => day.parse().map(Some).map_err(|_| wrong(format!("expected a day such as 2031-05-04, found `{day}`"))),
    };
    let ground = Some(field("reason").to_string()).filter(|reason| !reason.is_empty());
    let decision = said(field("op"), (field("a"), field("b")), by, at, ground.into_iter().collect())?;
    let decision = Decision { from: day("from")?, to: day("to")?, ..decision }.sealed();
    keep(ledger, &[decision]).await?;
    Ok(())
}

fn said(op: &str, (a, b): (&str, &str), by: &str, at: Timestamp, evidence: Vec<String>) -> Result<Decision, Fault> {
    let op = match op {
        "same-as" => Op::SameAs,
        "not-same" => Op::NotSame,
        "part-of" => Op::PartOf,
        "reject" => Op::Reject,
        other => return Err(wrong(format!("expected an answer, found `{other}`"))),
    };
    if a.is_empty() || (b.is_empty() && op != Op::Reject) {
        return Err(wrong("expected two names, found one".into()));
    }
    Ok(word(op, (a, b), by, at, evidence))
}

fn wrong(what: String) -> Fault {
    Fault::new(Remedy::Ask, "names in review", what, "use the forms of the page")
}
