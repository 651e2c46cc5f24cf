//! Source: the place in a snapshot that states a fact, shown highlighted between what stands around it.

use fact::{Fault, Remedy, Snapshot};
use html5gum::{Token, Tokenizer};
use ledger::{Answer, Ledger, Params, Value};
use maud::{Markup, html};

use super::ask::Ask;
use super::frame::{Asked, Truth};
use crate::exit::Failure;
use crate::view::View;

/// Bytes shown before and after the place.
const AROUND: usize = 6_000;

pub async fn page(view: &View, ledger: &Ledger, ask: &Ask, snapshot: &str) -> Result<Asked, Failure> {
    let params = Params::from([("snapshot", Value::Text(snapshot.into()))]);
    let answer = view.session.query(include_str!("sql/snapshot_of.sql"), &params).await?;
    let Some(row) = answer.rows.first() else {
        return Err(super::unknown(snapshot, "no snapshot of this id is held", "start from the page Evidence"));
    };
    let bytes = ledger.bytes(snapshot)?;
    let (from, to) = (number(ask, "from")?.min(bytes.len()), number(ask, "to")?.min(bytes.len()));
    let to = to.max(from);
    let passage = Passage::around(&bytes, from, to);
    let origin = row[0].text();
    let is_made_up = row[4] == Value::Truth(true);
    let is_document = document::read(&Snapshot::new(snapshot, origin, &bytes)).is_some();
    Ok(Asked {
        title: origin.to_string(),
        question: "What does the source say?",
        section: "Evidence",
        answer: html! {
            (row[1]) ". "
            @if to > from { "The place, bytes " (from) " to " (to) ", is marked." }
            @else { "Shown from its beginning." }
            @if row[2] != Value::Null { " " a href=(ask.to(&format!("/check/{snapshot}"))) { "What was read from where" } "." }
            @if is_document { " " a href=(ask.to(&format!("/read/{snapshot}"))) { "What the document says" } "." }
        },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            @if passage.is_html { (rows(&passage)) } @else { (plain(&passage)) }
        },
        data: Answer {
            columns: ["snapshot", "source", "from", "to", "passage"].map(Into::into).to_vec(),
            rows: vec![vec![
                Value::Text(snapshot.into()),
                Value::Text(origin.into()),
                Value::Int(from.cast_signed() as i64),
                Value::Int(to.cast_signed() as i64),
                Value::Text(passage.marked.clone()),
            ]],
        },
        filters: Vec::new(),
        truth: Truth {
            sources: format!("{origin}, {} bytes, SHA-256 {snapshot}, licence {}", bytes.len(), licence(&row[3])),
            method: format!("read by adapter {}", row[2]),
            as_of: format!("learnt {}; ledger version {}", row[5], view.version),
            ..Truth::default()
        },
        is_made_up,
    })
}

fn licence(value: &Value) -> &str {
    value.text_opt().unwrap_or("not declared")
}

fn number(ask: &Ask, name: &str) -> Result<usize, Failure> {
    let text = ask.param(name).unwrap_or("0");
    text.parse().map_err(|_| {
        let what = format!("expected a number of bytes as `{name}`, found `{text}`");
        Failure::Fault(Fault::new(Remedy::Ask, ask.path(), what, "follow a link from a fact"))
    })
}

/// A place with its surroundings, as text.
struct Passage {
    before: String,
    marked: String,
    after: String,
    is_html: bool,
}

impl Passage {
    fn around(bytes: &[u8], from: usize, to: usize) -> Self {
        let head = &bytes[..bytes.len().min(4096)];
        let is_html = head.windows(5).any(|word| word.eq_ignore_ascii_case(b"<html"))
            || head.windows(6).any(|word| word.eq_ignore_ascii_case(b"<table"));
        let mut start = from.saturating_sub(AROUND);
        let mut end = (to + AROUND).min(bytes.len());
        // Whole rows of a list, whole lines of a text.
        let edge: &[u8] = if is_html { b"<tr" } else { b"\n" };
        if start > 0 {
            start += find(&bytes[start..from], edge).map_or(0, |at| if is_html { at } else { at + 1 });
        }
        if end < bytes.len() {
            end = to + rfind(&bytes[to..end], edge).unwrap_or(end - to);
        }
        let text = |range: std::ops::Range<usize>| decoded(&bytes[range]);
        Self { before: text(start..from), marked: text(from..to), after: text(to..end), is_html }
    }
}

/// UTF-8, or else Windows-1252, which is what Word writes. A window into UTF-8 may cut a character at either end.
fn decoded(bytes: &[u8]) -> String {
    let lossy = String::from_utf8_lossy(bytes);
    if lossy.matches('\u{fffd}').count() <= 2 {
        return lossy.into_owned();
    }
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|part| part.eq_ignore_ascii_case(what))
}

fn rfind(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|part| part.eq_ignore_ascii_case(what))
}

fn plain(passage: &Passage) -> Markup {
    html! {
        pre.source tabindex="0" {
            (passage.before)
            @if !passage.marked.is_empty() { mark #place { (passage.marked) } }
            (passage.after)
        }
    }
}

/// Rows of an HTML list as a table of their text: nothing of the source's own markup reaches the reader.
fn rows(passage: &Passage) -> Markup {
    let parts = [(&passage.before, false), (&passage.marked, true), (&passage.after, false)];
    html! {
        div.scroll role="region" tabindex="0" aria-label="Rows of the source" {
            table.passage {
                caption { "Rows of the source around the place" }
                tbody {
                    @for (text, is_marked) in parts {
                        @for (at, cells) in rows_of(text).into_iter().enumerate() {
                            tr id=[(is_marked && at == 0).then_some("place")] {
                                @for cell in cells {
                                    td { @if is_marked { mark { (cell) } } @else { (cell) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The cells of each row as text, character references resolved and white space folded; empty rows are left out.
fn rows_of(html: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) if *tag.name == b"tr"[..] => rows.push(Vec::new()),
            Token::StartTag(tag) if *tag.name == b"td"[..] || *tag.name == b"th"[..] => {
                if let Some(row) = rows.last_mut() {
                    row.push(String::new());
                }
            }
            Token::StartTag(_) | Token::EndTag(_) => put(&mut rows, " "),
            Token::String(text) => put(&mut rows, &String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    for cell in rows.iter_mut().flatten() {
        *cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows
}

fn put(rows: &mut [Vec<String>], text: &str) {
    if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
        cell.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marked_place_is_what_the_fact_points_to() {
        let source = b"<html><table><tr><td>a</td></tr><tr><td>D1 &amp; co</td><td>Acme</td></tr></table>";
        let from = find(source, b"<tr><td>D1").unwrap();
        let passage = Passage::around(source, from, source.len() - 8);
        assert!(passage.is_html);
        assert_eq!(rows_of(&passage.marked), [["D1 & co", "Acme"]]);
    }

    #[test]
    fn no_markup_of_a_source_reaches_the_page() {
        let text = rows_of("<tr><td><script>alert(1)</script><b onclick=x>D1</b></td></tr>");
        assert_eq!(text, [["alert(1) D1"]]);
    }
}
