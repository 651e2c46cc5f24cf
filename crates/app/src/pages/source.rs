//! Source: the place in a snapshot that states a fact, shown highlighted between what stands around it.

use fact::{Fault, Remedy};
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
    Ok(Asked {
        title: origin.to_string(),
        question: "What does the source say?",
        section: "Evidence",
        answer: html! {
            (row[1]) ". "
            @if to > from { "The place, bytes " (from) " to " (to) ", is marked." }
            @else { "Shown from its beginning." }
        },
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

/// UTF-8, or else Windows-1252, which is what Word writes.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(error) if error.error_len().is_none() || error.valid_up_to() + 4 > bytes.len() => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
    }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '\u{2018}', '\u{2019}', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    if (0x80..0xa0).contains(&byte) { HIGH[usize::from(byte - 0x80)] } else { char::from(byte) }
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

fn rows_of(html: &str) -> Vec<Vec<String>> {
    let split = |text: &str, tag: &str| -> Vec<String> {
        let lower = text.to_ascii_lowercase();
        let starts: Vec<usize> = lower.match_indices(tag).map(|(at, _)| at).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        starts.iter().zip(ends).map(|(start, end)| text[*start..end].to_string()).collect()
    };
    let rows = split(html, "<tr");
    let cells = |row: &String| -> Vec<String> {
        let mut cells = split(row, "<td");
        if cells.is_empty() {
            cells = split(row, "<th");
        }
        cells.iter().map(|cell| text_of(cell)).collect()
    };
    rows.iter().map(cells).filter(|cells| cells.iter().any(|cell| !cell.is_empty())).collect()
}

/// The text of a fragment: tags left out, the common character references resolved, white space folded.
fn text_of(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut is_tag = false;
    for char in html.chars() {
        match char {
            '<' => is_tag = true,
            '>' if is_tag => {
                is_tag = false;
                text.push(' ');
            }
            char if !is_tag => text.push(char),
            _ => {}
        }
    }
    let references = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let text = references.iter().fold(text, |text, (reference, char)| text.replace(reference, char));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
