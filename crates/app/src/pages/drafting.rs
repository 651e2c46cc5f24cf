//! Drafting: contributions to a text side by side with their base, conflicts first, each with a button for every way out.

use std::collections::{BTreeMap, BTreeSet};

use drafting::classify::classify;
use drafting::{Change, Conflict, Decision, Row, Run};
use fact::{Fault, Remedy};
use jiff::Timestamp;
use maud::{Markup, html};

use super::ask::encoded;
use super::frame::{Asked, Truth};
use crate::drafts::{self, Drafts};
use crate::exit::Failure;
use crate::sitting::{Sitting, joined, outcome};

/// Ends of the files that can be downloaded, with what they are.
const FORMS: [(&str, &str, &str); 6] = [
    ("docx", "Word, with tracked changes", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("html", "side by side", "text/html; charset=utf-8"),
    ("xml", "Akoma Ntoso", "application/xml"),
    ("txt", "text", "text/plain; charset=utf-8"),
    ("csv", "table of clauses", "text/csv; charset=utf-8"),
    ("md", "cover note", "text/markdown; charset=utf-8"),
];

/// All drafts of the workspace.
pub fn list(drafts: &Drafts) -> Result<Asked, Failure> {
    let names = drafts.names();
    let mut opened = Vec::new();
    for name in &names {
        opened.push((name, drafts.open(name)?));
    }
    let n_open: usize = opened.iter().map(|(_, sitting)| sitting.n_open()).sum();
    Ok(Asked {
        title: "Drafting".into(),
        question: "Which texts are being merged, and what is still to decide?",
        section: "Drafting",
        answer: html! {
            strong { (opened.len()) } @if opened.len() == 1 { " draft" } @else { " drafts" } ", with "
            strong { (n_open) } @if n_open == 1 { " open conflict." } @else { " open conflicts." }
        },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            @if opened.is_empty() {
                p.empty { "Nothing is being merged. Begin with " code { "rapporteur merge start NAME BASE CONTRIBUTION..." } "." }
            }
            ul {
                @for (name, sitting) in &opened {
                    li {
                        a href={ "/drafting/" (encoded(name)) } { (name) } ": "
                        (sitting.contributions.len()) " contributions, " (sitting.merged.conflicts.len()) " conflicts, "
                        (sitting.n_open()) " open"
                    }
                }
            }
            p { "Once a text is adopted: " a href="/credit" { "whose words stand in it" } "." }
        },
        data: ledger::Answer {
            columns: vec!["draft".into()],
            rows: names.iter().map(|name| vec![ledger::Value::Text(name.clone())]).collect(),
        },
        filters: Vec::new(),
        truth: Truth { sources: "the folder `drafts` of the workspace".into(), ..Truth::default() },
        is_made_up: opened.iter().any(|(_, sitting)| sitting.is_made_up()),
    })
}

/// One draft.
pub fn one(drafts: &Drafts, name: &str) -> Result<Asked, Failure> {
    let sitting = drafts.open(name)?;
    let (mut open, settled): (Vec<_>, Vec<_>) =
        numbered(&sitting).partition(|(_, conflict)| conflict.decision.is_none());
    // What no text can stand before comes first; what is only listed, last.
    open.sort_by_key(|(_, conflict)| !conflict.kind.is_blocking());
    let n_blocking = sitting.n_open();
    Ok(Asked {
        title: format!("Draft {name}: {}", sitting.title),
        question: "What do the contributions make of the text, and where do they not agree?",
        section: "Drafting",
        answer: sentence(&sitting, open.len(), n_blocking),
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            @for (id, n_struck, n_all) in sitting.mostly_struck() {
                p.note { strong { (id) } " strikes " (n_struck) " of " (n_all) " clauses of the base. Contributions are read as whole texts: is this one whole?" }
            }
            x-drafting {
                @if !open.is_empty() || !settled.is_empty() {
                    p.note.keys {
                        "Keys: " kbd { "j" } " " kbd { "k" } " next and previous, " kbd { "1" } " " kbd { "2" } " ... take an alternative, "
                        kbd { "0" } " the base, " kbd { "a" } " keep both, " kbd { "b" } " brackets, " kbd { "n" } " none, " kbd { "e" } " own words, " kbd { "u" } " undo the last."
                    }
                }
                @for (number, conflict) in &open { (candidate(name, *number, conflict)) }
                @if !sitting.decisions.records.is_empty() {
                    form.undo method="post" action=(action(name)) {
                        input type="hidden" name="undo" value="1";
                        button { "Undo the last decision" }
                    }
                }
                @if !settled.is_empty() { (decided(&sitting, &settled)) }
            }
            (text(name, &sitting))
        },
        data: sitting.clauses(),
        filters: Vec::new(),
        truth: Truth {
            sources: format!("{} clauses of the base, {} contributions", sitting.base.clauses().len(), sitting.contributions.len()),
            unresolved: format!("{n_blocking} conflicts open: the base stands, alternatives in square brackets"),
            method: "clauses by call, label and words; words compared in the order of the base; every decision is a line and a fact".into(),
            ..Truth::default()
        },
        is_made_up: sitting.is_made_up(),
    })
}

/// The text with its changes, what was done mechanically, and the files to take home.
fn text(name: &str, sitting: &Sitting) -> Markup {
    html! {
        h2 { "The text" }
        (legend(sitting))
        (columns(sitting))
        @if !sitting.merged.mechanical.is_empty() {
            details {
                summary { (sitting.merged.mechanical.len()) " mechanical changes" }
                ul { @for one in &sitting.merged.mechanical {
                    li { (one.place) ", " (one.kind.name()) ": " q { (one.before) } " became " q { (one.after) } }
                } }
            }
        }
        p {
            "Download: "
            @for (at, (end, what, _)) in FORMS.iter().enumerate() {
                @if at > 0 { ", " }
                a href={ (action(name)) "/file/" (end) } { (what) }
            }
            "."
        }
    }
}

/// Conflicts with the numbers that cover notes give them.
fn numbered(sitting: &Sitting) -> impl Iterator<Item = (usize, &Conflict)> {
    (1..).zip(&sitting.merged.conflicts)
}

fn action(name: &str) -> String {
    format!("/drafting/{}", encoded(name))
}

fn sentence(sitting: &Sitting, n_open: usize, n_blocking: usize) -> Markup {
    let merged = &sitting.merged;
    let n_changed = merged.rows.iter().filter(|row| !row.authors.is_empty()).count();
    html! {
        strong { (sitting.contributions.len()) } " contributions change " strong { (n_changed) } " of " strong { (merged.rows.len()) }
        " clauses. " strong #open { (n_open) } @if n_open == 1 { " conflict is" } @else { " conflicts are" } " undecided; "
        strong { (n_blocking) } " of them keep the base until somebody decides."
    }
}

fn candidate(name: &str, number: usize, conflict: &Conflict) -> Markup {
    let heading = format!("conflict-{}", conflict.id);
    let is_kept = |base: &String| conflict.alternatives.iter().any(|own| own.text.as_ref() == Some(base));
    html! {
        article.candidate tabindex="-1" id={ "c-" (conflict.id) } aria-labelledby=(heading) {
            h2 id=(heading) { "K" (number) ", " (conflict.place) ": " (conflict.kind.name()) }
            @if let Some(base) = conflict.base.as_ref().filter(|base| !is_kept(base)) { blockquote.passage { (base) cite { "the base" } } }
            @for own in &conflict.alternatives {
                blockquote.passage {
                    @match &own.text { Some(text) => (text), None => em { "strikes it" } }
                    cite { (joined(&own.by)) }
                }
            }
            form.decide method="post" action=(action(name)) {
                input type="hidden" name="conflict" value=(conflict.id);
                label { "Why" input name="reason" autocomplete="off"; }
                label.alike { input type="checkbox" name="editorial" value="1"; "editorial: the sense stays" }
                div.choices {
                    @for own in &conflict.alternatives {
                        button.take name="choice" value=(joined(&own.by)) { "Take " (joined(&own.by)) }
                    }
                    @if conflict.base.is_some() { button.base name="choice" value="base" { "Keep the base" } }
                    @if conflict.may_keep_all() { button.both name="choice" value="both" { "Keep both" } }
                    button.brackets name="choice" value="brackets" { "Square brackets" }
                    @if conflict.base.is_none() { button.drop name="choice" value="drop" { "None of them" } }
                }
                details {
                    summary { "Own words" }
                    label { "Text" textarea name="text" rows="3" { (conflict.base.as_deref().unwrap_or_default()) } }
                    button.text name="choice" value="text" { "Take these words" }
                }
                noscript {
                    button name="choice" value="text" formmethod="get" formaction={ (action(name)) "/preview" } { "See what these words would make" }
                }
            }
            div.preview aria-live="polite" data-from={ (action(name)) "/preview" } {}
        }
    }
}

fn decided(sitting: &Sitting, settled: &[(usize, &Conflict)]) -> Markup {
    let told: BTreeMap<String, drafting::cover::Settled> =
        sitting.settled().into_iter().map(|one| (one.id.clone(), one)).collect();
    html! {
        h2 { "Decided" }
        ul {
            @for (number, conflict) in settled {
                @if let Some(one) = told.get(&format!("K{number}")) {
                    li {
                        "K" (number) ", " (conflict.place) ": " (one.choice)
                        @if !one.reason.is_empty() { ", because " (one.reason) }
                        @if !one.is_editorial { "; " strong { "not editorial" } }
                    }
                }
            }
        }
    }
}

fn legend(sitting: &Sitting) -> Markup {
    html! {
        ul.legend.drafting {
            @for (at, author) in sitting.merged.authors.iter().enumerate() { li { span class={ "by by-" (at % 8 + 1) } { (author) } } }
        }
    }
}

/// Base, merged text with changes, and who is behind them.
fn columns(sitting: &Sitting) -> Markup {
    rows(sitting, sitting.merged.rows.iter().filter(|row| row.before.is_some() || row.after.is_some()))
}

fn rows<'a>(sitting: &Sitting, rows: impl Iterator<Item = &'a Row>) -> Markup {
    html! {
        div.scroll role="region" tabindex="0" aria-label="Base and merged text, side by side" {
            table.drafting {
                caption { "Base, merged text and provenance, a row a clause" }
                thead { tr { th scope="col" { "Base" } th scope="col" { "Merged" } th scope="col" { "Who and how" } } }
                tbody {
                    @for row in rows { (line(sitting, row)) }
                }
            }
        }
    }
}

fn line(sitting: &Sitting, row: &Row) -> Markup {
    let names = sitting.names(row).join("+");
    let (before, after) = (row.before.as_deref().unwrap_or_default(), row.after.as_deref().unwrap_or_default());
    let runs = row.runs();
    html! {
        tr {
            td { @if row.before.is_some() { @for run in runs.iter().filter(|run| !matches!(run.change, Change::Inserted(_) | Change::Withdrawn { .. })) { (run.text) } } }
            td { @for run in &runs { (changed(run)) } }
            td {
                @if !names.is_empty() { span class={ "by " (colour(row.authors.first().or(row.movers.first()))) } { (names) } " " }
                @if before != after { (outcome(row.outcome)) ", " (classify(before, after).class.slug()) }
                @if !row.movers.is_empty() { ", moved" }
                @for id in &row.conflicts {
                    @let is_open = sitting.merged.conflicts.iter().any(|conflict| conflict.id == *id && conflict.decision.is_none());
                    " " @if is_open { a href={ "#c-" (id) } { "conflict" } } @else { "decided" }
                }
            }
        }
    }
}

fn colour(author: Option<&usize>) -> String {
    author.map_or(String::new(), |at| format!("by-{}", at % 8 + 1))
}

/// Words as they stand in the middle: added, struck or kept.
fn changed(run: &Run) -> Markup {
    match &run.change {
        Change::Kept => html! { (run.text) },
        Change::Inserted(by) => html! { ins class=(colour(by.first())) { (run.text) } },
        Change::Deleted(by) | Change::Withdrawn { deleted: by, .. } => {
            html! { del class=(colour(by.first())) { (run.text) } }
        }
    }
}

/// What a decision would make of the text, without making it: the clauses that it would change.
pub fn preview(drafts: &Drafts, name: &str, fields: &BTreeMap<String, String>) -> Result<Asked, Failure> {
    let now = drafts.open(name)?;
    let conflict = wanted(&now, fields)?;
    let decision = Decision {
        conflict: conflict.id.clone(),
        choice: drafts::choice(conflict, fields)?,
        reason: String::new(),
        author: "editor".into(),
        time: String::new(),
        editorial: true,
    };
    let mut decisions = now.decisions.clone();
    decisions.records.push(decision);
    let then = Sitting::new(now.title.clone(), now.base.clone(), now.contributions.clone(), decisions);
    let standing: BTreeSet<(Option<&String>, Option<&String>)> =
        now.merged.rows.iter().map(|row| (row.place_after.as_ref(), row.after.as_ref())).collect();
    let is_new = |row: &&Row| !standing.contains(&(row.place_after.as_ref(), row.after.as_ref()));
    let changed: Vec<&Row> =
        then.merged.rows.iter().filter(|row| is_new(row) || row.conflicts.contains(&conflict.id)).collect();
    Ok(Asked {
        title: format!("Draft {name}: preview"),
        question: "What would this decision make of the text?",
        section: "Drafting",
        answer: html! { strong { (changed.len()) } @if changed.len() == 1 { " clause" } @else { " clauses" } " would read as follows. Nothing is decided." },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            section.preview { (rows(&then, changed.iter().copied())) }
            p { a href={ (action(name)) "#c-" (conflict.id) } { "Back to the conflict" } }
        },
        data: then.clauses(),
        filters: Vec::new(),
        truth: Truth { method: "the same merge, with one decision more".into(), ..Truth::default() },
        is_made_up: now.is_made_up(),
    })
}

/// The conflict that a form names.
fn wanted<'a>(sitting: &'a Sitting, fields: &BTreeMap<String, String>) -> Result<&'a Conflict, Fault> {
    let id = fields.get("conflict").map(String::as_str).unwrap_or_default();
    sitting.merged.conflicts.iter().find(|conflict| conflict.id == id).ok_or_else(|| {
        let hint = "open the page again: the texts or an earlier decision have changed what is in conflict";
        Fault::new(Remedy::Ask, id, "expected a conflict of this draft, found none", hint)
    })
}

/// A file of a draft for download: bytes and their type.
pub fn file(drafts: &Drafts, name: &str, end: &str, now: Timestamp) -> Result<(&'static str, Vec<u8>), Failure> {
    let sitting = drafts.open(name)?;
    let Some((_, _, media)) = FORMS.iter().find(|(own, ..)| *own == end) else {
        let known: Vec<&str> = FORMS.iter().map(|(own, ..)| *own).collect();
        let what = format!("expected one of {}, found `{end}`", known.join(", "));
        return Err(Fault::new(Remedy::Ask, name, what, "use the links of the page").into());
    };
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    Ok((media, if end == "md" { sitting.note().into_bytes() } else { sitting.formed(end, today)? }))
}

/// Does what a form of the page says: decides on a conflict, or takes the last decision back. Returns the conflict.
pub fn decide(
    drafts: &Drafts,
    name: &str,
    fields: &BTreeMap<String, String>,
    (by, now): (String, Timestamp),
) -> Result<String, Failure> {
    if fields.contains_key("undo") {
        return Ok(drafts.undo(name, &by, &now.to_string())?);
    }
    let sitting = drafts.open(name)?;
    let conflict = wanted(&sitting, fields)?;
    let decision = Decision {
        conflict: conflict.id.clone(),
        choice: drafts::choice(conflict, fields)?,
        reason: fields.get("reason").cloned().unwrap_or_default().trim().into(),
        author: by,
        time: now.to_string(),
        editorial: fields.contains_key("editorial"),
    };
    drafts.decide(name, conflict, &decision)?;
    Ok(conflict.id.clone())
}
