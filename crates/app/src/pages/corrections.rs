//! Corrections: what persons decided on names, for everybody to read, and what each decision moves in the index.

use ledger::{Answer, Ledger, Value};
use maud::{Markup, html};
use resolve::{Op, Which};

use super::ask::Ask;
use super::frame::{Asked, Truth, table};
use super::names::{changes, moved, rows, told};
use crate::exit::Failure;
use crate::identity::{Correction, Effect, slug, whole};
use crate::view::{AsOf, View};
use crate::workspace::{Workspace, now};

/// Decisions on one page; the download has all.
const N_SHOWN: usize = 200;

pub fn page(view: &View, workspace: &Workspace, ask: &Ask) -> Result<Asked, Failure> {
    let all = view.who.corrections()?;
    let n_holding = all.iter().filter(|one| one.state == "holds" && one.decision.op != Op::Undo).count();
    let lines: Vec<Markup> =
        all.iter().take(N_SHOWN).map(|one| line(view, workspace, one, ask)).collect::<Result<_, _>>()?;
    Ok(Asked {
        title: "Corrections".into(),
        question: "What did persons correct, and what did it move?",
        section: "Review",
        answer: html! {
            strong { (all.len()) } @if all.len() == 1 { " decision" } @else { " decisions" } " on names of organisations by persons, of which "
            strong { (n_holding) } @if n_holding == 1 { " holds" } @else { " hold" } " and may move a number."
        },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            @if all.is_empty() { p.empty { "Nobody corrected a name yet. A correction by " code { "rapporteur resolve" } " or the page "
                a href=(ask.to("/review/names")) { "Names in review" } " stands here with its ground." } }
            @else { ul.changes { @for line in &lines { li { (line) } } } }
            @if all.len() > N_SHOWN { p { "The latest " (N_SHOWN) "; all of them as .csv below." } }
        },
        data: data(view, workspace, &all)?,
        filters: Vec::new(),
        truth: truth(view, "decisions are only ever added; taking one back is a decision too"),
        is_made_up: !view.made_up.is_empty(),
    })
}

fn truth(view: &View, method: &str) -> Truth {
    Truth {
        sources: format!("{} decisions in the ledger", view.who.log.len()),
        method: method.into(),
        as_of: format!("ledger version {}", view.version),
        ..Truth::default()
    }
}

fn by<'a>(workspace: &Workspace, one: &'a Correction) -> &'a str {
    if workspace.config.review.is_named { &one.decision.by } else { "a reviewer" }
}

fn line(view: &View, workspace: &Workspace, one: &Correction, ask: &Ask) -> Result<Markup, fact::Fault> {
    let has_effect = one.state == "holds" && one.decision.op != Op::Undo;
    Ok(html! {
        time { (one.decision.at.strftime("%Y-%m-%d %H:%M")) } " " (told(view, &one.decision)?) ", by " (by(workspace, one)) " "
        span.tag { (one.state) } " "
        @if has_effect { a href=(ask.to(&format!("/corrections/{}", one.decision.id))) { "what it moved" } }
    })
}

fn data(view: &View, workspace: &Workspace, all: &[Correction]) -> Result<Answer, fact::Fault> {
    let columns =
        ["decided", "decider", "op", "subject", "object", "from_day", "to_day", "state", "decision", "supersedes"];
    let day = |day: Option<jiff::civil::Date>| day.map_or(Value::Null, |day| Value::Text(day.to_string()));
    let row = |one: &Correction| -> Result<Vec<Value>, fact::Fault> {
        let decision = &one.decision;
        Ok(vec![
            Value::Text(decision.at.to_string()),
            Value::Text(by(workspace, one).into()),
            Value::Text(slug(decision.op)?),
            Value::Text(view.who.shown(&decision.subject).into()),
            Value::Text(view.who.shown(&decision.object).into()),
            day(decision.from),
            day(decision.to),
            Value::Text(one.state.clone()),
            Value::Text(decision.id.clone()),
            decision.supersedes.clone().map_or(Value::Null, Value::Text),
        ])
    };
    Ok(Answer { columns: columns.map(Into::into).to_vec(), rows: all.iter().map(row).collect::<Result<_, _>>()? })
}

/// What one decision moves: the index without it, and with it.
pub async fn one(view: &View, ledger: &Ledger, as_of: AsOf, id: &str) -> Result<Asked, Failure> {
    let all = view.who.corrections()?;
    let Some(one) = all.iter().find(|one| one.decision.id == id && one.decision.op != Op::Undo) else {
        return Err(super::unknown(id, "no decision of a person has this id", "start from the page Corrections"));
    };
    if one.state == "taken back" {
        return Err(super::unknown(
            id,
            "this decision was taken back and moves nothing",
            "start from the page Corrections",
        ));
    }
    let undos = view.who.undoing(&Which::Id(id.into()), "nobody", whole(now()))?;
    let without = View::with(ledger, as_of, &undos).await?;
    let effect = Effect::between(&without, view);
    Ok(Asked {
        title: told(view, &one.decision)?,
        question: "What did this correction move?",
        section: "Review",
        answer: html! {
            "Because of it " strong { (effect.n_names) } @if effect.n_names == 1 { " name stands" } @else { " names stand" }
            " for another organisation. " (moved(&effect)) " " (effect.n_organisations.0) " organisations were counted without it, "
            (effect.n_organisations.1) " are with it."
        },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            @if effect.changes.is_empty() { p.empty { "No score and no rank moves." } }
            @else { (table(&changes(&effect, "The index of all bodies and years, without the correction and with it"), 1)) }
            p { a href="/corrections" { "All corrections" } }
        },
        data: rows(&effect),
        filters: Vec::new(),
        truth: truth(view, "the index computed without the decision and with it, all else equal"),
        is_made_up: !view.made_up.is_empty(),
    })
}
