//! Read: a document with everything that is read from it, underlined and labelled, and a table of it by kind.

use document::Document;
use fact::Snapshot;
use ledger::{Answer, Ledger, Params, Value};
use maud::{Markup, html};
use prose::Mark;

use super::ask::Ask;
use super::frame::{Asked, Filter, Truth, table};
use super::marked::Marked;
use crate::exit::Failure;
use crate::underline::counts;
use crate::view::View;

/// Blocks on one page.
const N_BLOCKS: usize = 400;

/// Rows of a table on one page; the download has all.
const N_ROWS: usize = 300;

/// A snapshot that is a document, and what it says.
struct Held {
    origin: String,
    is_made_up: bool,
    n_bytes: usize,
    document: Document,
    answer: prose::Answer,
}

impl Held {
    async fn of(view: &View, ledger: &Ledger, snapshot: &str) -> Result<Self, Failure> {
        let params = Params::from([("snapshot", Value::Text(snapshot.into()))]);
        let rows = view.session.query(include_str!("sql/snapshot_of.sql"), &params).await?;
        let Some(row) = rows.rows.first() else {
            return Err(super::unknown(snapshot, "no snapshot of this id is held", "start from the page Evidence"));
        };
        let bytes = ledger.bytes(snapshot)?;
        let origin = row[0].text().to_string();
        let Some(document) = document::read(&Snapshot::new(snapshot, &origin, &bytes)) else {
            let hint = format!("see what was read from where: /check/{snapshot}");
            return Err(super::unknown(&origin, "expected a document, found data", &hint));
        };
        let answer = prose::read(&document);
        Ok(Self { origin, is_made_up: row[4] == Value::Truth(true), n_bytes: bytes.len(), document, answer })
    }
}

/// Returns what a document says, in the schema of answer keys.
pub async fn object(view: &View, ledger: &Ledger, snapshot: &str) -> Result<serde_json::Value, Failure> {
    let held = Held::of(view, ledger, snapshot).await?;
    let name = held.origin.rsplit('/').next().unwrap_or_default();
    Ok(prose::gold(&held.answer, &held.document, name, snapshot))
}

pub async fn page(view: &View, ledger: &Ledger, ask: &Ask, snapshot: &str) -> Result<Asked, Failure> {
    let held = Held::of(view, ledger, snapshot).await?;
    let all = prose::marks(&held.answer);
    let numbered = all.iter().cloned().enumerate();
    let is_shown = |mark: &Mark| ask.param("kind").is_none_or(|kind| kind == mark.list);
    let marks: Vec<(usize, Mark)> = numbered.filter(|(_, mark)| is_shown(mark)).collect();
    let blocks = held.document.blocks.len();
    let first = ask.param("offset").and_then(|at| at.parse::<usize>().ok()).unwrap_or(0).min(blocks.saturating_sub(1));
    let last = (first + N_BLOCKS).min(blocks);
    let marked = Marked { document: &held.document, marks: &marks };
    Ok(Asked {
        title: held.origin.clone(),
        question: "What does the document say?",
        section: "Evidence",
        answer: sentence(&held, &all, ask, snapshot),
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            (legend(&all, ask))
            h2 #words { "The document" }
            @if first > 0 { p { a href=(ask.with("offset", None)) { "From its beginning" } } }
            div.document { (marked.blocks(first..last)) }
            @if last < blocks { p { a href=(ask.with("offset", Some(&last.to_string()))) { "Further paragraphs" } } }
            h2 #found { "What was read" }
            @if marks.is_empty() { p.empty { "Nothing of the kind was read. The rules know cue phrases and layouts; see which with "
                code { "rapporteur read --help" } "." } }
            @for (list, noun) in prose::LISTS { (found(&held.document, &marks, list, noun, ask)) }
        },
        data: data(&held.document, &marks),
        filters: vec![filter(&all, ask)],
        truth: Truth {
            sources: format!("{}, {} bytes, SHA-256 {snapshot}", held.origin, held.n_bytes),
            unresolved: format!("{} places wait for review", doubtful(&all)),
            method: format!("read just now by the rules of Rapporteur {}; no model", env!("CARGO_PKG_VERSION")),
            as_of: format!("ledger version {}", view.version),
            ..Truth::default()
        },
        is_made_up: held.is_made_up,
    })
}

fn doubtful(marks: &[Mark]) -> usize {
    marks.iter().filter(|mark| mark.list == "doubts" || mark.found.confidence < prose::ACCEPT).count()
}

fn sentence(held: &Held, marks: &[Mark], ask: &Ask, snapshot: &str) -> Markup {
    html! {
        @if held.answer.kind.is_empty() { "In this document" } @else { "In this " (held.answer.kind) }
        ": " strong { (counts(marks)) } ". "
        @match doubtful(marks) {
            0 => "Nothing waits for review.",
            1 => "One place waits for review.",
            n => { (n) " places wait for review." },
        }
        " " a href=(ask.to_place(snapshot, 0, 0)) { "The source as it is" } "."
    }
}

/// What the underlines mean, with how many there are of each.
fn legend(marks: &[Mark], ask: &Ask) -> Markup {
    html! {
        ul.legend {
            @for (list, noun) in prose::LISTS {
                @let n_marks = marks.iter().filter(|mark| mark.list == list).count();
                @if n_marks > 0 {
                    li {
                        a href=(ask.with("kind", Some(list))) { span class={ "m m-" (list) " h0" } { (noun) } ": " (n_marks) @if n_marks == 1 { " place" } @else { " places" } }
                    }
                }
            }
        }
    }
}

fn filter(marks: &[Mark], ask: &Ask) -> Filter {
    let is_there = |list: &str| marks.iter().any(|mark| mark.list == list);
    let lists = prose::LISTS.iter().filter(|(list, _)| is_there(list));
    let choices = lists.map(|(list, _)| ((*list).to_string(), list.replace('_', " ")));
    Filter {
        name: "kind",
        label: "Kind",
        choices: std::iter::once((String::new(), "everything".to_string())).chain(choices).collect(),
        chosen: ask.param("kind").unwrap_or_default().into(),
    }
}

/// The table of one kind: a row for each statement, with links to its words.
fn found(document: &Document, marks: &[(usize, Mark)], list: &str, noun: &str, ask: &Ask) -> Markup {
    let mut statements: Vec<Vec<&(usize, Mark)>> = Vec::new();
    for one in marks.iter().filter(|(_, mark)| mark.list == list) {
        let is_same = |other: &&(usize, Mark)| {
            (other.1.entry, other.1.noun, &other.1.said) == (one.1.entry, one.1.noun, &one.1.said)
        };
        match statements.iter_mut().find(|statement| statement.first().is_some_and(is_same)) {
            Some(statement) => statement.push(one),
            None => statements.push(vec![one]),
        }
    }
    if statements.is_empty() {
        return html! {};
    }
    statements.sort_by_key(|statement| statement.first().map(|one| (one.1.entry, one.0)));
    let rows = statements.iter().take(N_ROWS).map(|statement| row(document, statement, ask));
    let shown = chart::Table {
        caption: format!(
            "{}: {} of {} statements",
            list.replace('_', " "),
            statements.len().min(N_ROWS),
            statements.len()
        ),
        header: ["Words", "What", "Read as", "Also in", "Rule", "Confidence"].map(Into::into).to_vec(),
        rows: rows.collect(),
    };
    html! { section id={ "found-" (noun) } { (table(&shown, 5)) } }
}

fn row(document: &Document, statement: &[&(usize, Mark)], ask: &Ask) -> Vec<chart::Cell> {
    let plain = |text: String| chart::Cell { text, href: None };
    let (number, mark) = statement[0];
    let words = document.slice(&mark.found.span.range());
    let least = statement.iter().map(|(_, mark)| mark.found.confidence).fold(1.0, f64::min);
    let others = statement.len() - 1;
    vec![
        chart::Cell { text: shortened(words), href: Some(place(document, *number, mark, ask)) },
        plain(mark.noun.into()),
        plain(if mark.said.is_empty() { shortened(words) } else { mark.said.clone() }),
        match others {
            0 => plain(String::new()),
            n => chart::Cell {
                text: format!("{n} more {}", if n == 1 { "place" } else { "places" }),
                href: statement.get(1).map(|(number, mark)| place(document, *number, mark, ask)),
            },
        },
        plain(mark.found.rule.into()),
        plain(format!("{least:.2}{}", if least < prose::ACCEPT { ", for review" } else { "" })),
    ]
}

/// The address of a mark's words, on the page of the document where they stand.
fn place(document: &Document, number: usize, mark: &Mark, ask: &Ask) -> String {
    let block = document.blocks.partition_point(|block| block.range.end <= mark.found.span.start);
    let first = block / N_BLOCKS * N_BLOCKS;
    let offset = (first > 0).then(|| first.to_string());
    format!("{}#m{number}", ask.with("offset", offset.as_deref()))
}

fn shortened(words: &str) -> String {
    const N_LETTERS: usize = 90;
    let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match folded.char_indices().nth(N_LETTERS) {
        Some((at, _)) => format!("{}\u{2026}", &folded[..at]),
        None => folded,
    }
}

fn data(document: &Document, marks: &[(usize, Mark)]) -> Answer {
    let columns = ["kind", "entry", "what", "read_as", "words", "start", "end", "place", "rule", "confidence"];
    let number = |n: usize| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    let row = |(_, mark): &(usize, Mark)| {
        let range = mark.found.span.range();
        let place = document.block_at(range.start).map_or("", |block| block.place.as_str());
        vec![
            Value::Text(mark.list.into()),
            number(mark.entry),
            Value::Text(mark.noun.into()),
            Value::Text(mark.said.clone()),
            Value::Text(document.slice(&range).into()),
            number(range.start),
            number(range.end),
            Value::Text(place.into()),
            Value::Text(mark.found.rule.into()),
            Value::Real(mark.found.confidence),
        ]
    };
    Answer { columns: columns.map(Into::into).to_vec(), rows: marks.iter().map(row).collect() }
}
