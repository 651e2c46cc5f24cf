//! What every file can hold: letters that XML knows, authors named once, depths that Word has.

use std::collections::BTreeMap;

use super::renumbered;
use crate::letters::without_bom;
use crate::{Change, Marked, Paragraph, Remark, Style};

/// Deepest heading or item.
const DEEPEST: u8 = 9;

pub(super) fn cleaned(marked: Marked) -> Marked {
    let (mut authors, new) = named_once(&marked.authors);
    let nobody = authors.iter().position(String::is_empty).unwrap_or(authors.len());
    let n_remarks = marked.remarks.len();
    let mut paragraphs = marked.paragraphs;
    for paragraph in &mut paragraphs {
        paragraph.style = style(paragraph.style);
        for run in &mut paragraph.runs {
            run.text = text(&run.text);
            run.remarks.retain(|remark| *remark < n_remarks);
            run.change = renumbered(std::mem::take(&mut run.change), &new, nobody);
        }
        paragraph.mark = renumbered(std::mem::take(&mut paragraph.mark), &new, nobody);
    }
    if paragraphs.is_empty() {
        paragraphs.push(Paragraph::default());
    }
    let has_nobody = |it: &Paragraph| it.runs.iter().any(|run| has(&run.change, nobody)) || has(&it.mark, nobody);
    if nobody == authors.len() && paragraphs.iter().any(has_nobody) {
        authors.push(String::new());
    }
    let remarks = marked.remarks.into_iter().map(|remark| Remark {
        author: name(&remark.author),
        date: remark.date.filter(|date| is_moment(date)),
        text: text(&remark.text),
    });
    Marked { authors, paragraphs, remarks: remarks.collect() }
}

fn has(change: &Change, author: usize) -> bool {
    change.inserted().chain(change.deleted()).any(|by| by == author)
}

/// Each name once, and where each author stands now.
fn named_once(authors: &[String]) -> (Vec<String>, BTreeMap<usize, usize>) {
    let (mut names, mut places, mut new) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    for (at, author) in authors.iter().enumerate() {
        let author = name(author);
        let place = *places.entry(author.clone()).or_insert(names.len());
        if place == names.len() {
            names.push(author);
        }
        new.insert(at, place);
    }
    (names, new)
}

fn style(style: Style) -> Style {
    match style {
        Style::Heading(level) => Style::Heading(level.clamp(1, DEEPEST)),
        Style::Item(depth) => Style::Item(depth.clamp(1, DEEPEST)),
        other => other,
    }
}

/// Words as XML can hold them.
fn text(text: &str) -> String {
    let text = without_bom(text).replace("\r\n", "\n").replace('\r', "\n");
    text.chars().map(|letter| if is_unknown_to_xml(letter) { char::REPLACEMENT_CHARACTER } else { letter }).collect()
}

/// A name stands in an attribute: on one line.
pub(crate) fn name(name: &str) -> String {
    text(name).replace(['\n', '\t'], " ")
}

/// XML 1.0, 2.2.
fn is_unknown_to_xml(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// True for a date with a time as XML Schema and RFC 3339 have it.
pub(crate) fn is_moment(date: &str) -> bool {
    let is_plain = date.chars().all(|letter| letter.is_ascii_digit() || "T:.Z+-".contains(letter));
    let is_date = date.parse::<jiff::Timestamp>().is_ok() || date.parse::<jiff::civil::DateTime>().is_ok();
    is_plain && date.contains('T') && is_date
}
