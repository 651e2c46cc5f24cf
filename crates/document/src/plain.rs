//! Plain text: lines come in, blocks go out. Every byte of the text keeps its place.

use std::ops::Range;

use crate::{Block, Document, Format, Kind};

/// Reads plain text. The ranges of the document are those of `text`.
#[must_use]
pub(crate) fn read(text: &str) -> Document {
    let lines = lines(text);
    let widths = widths(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut last: Option<&Line<'_>> = None;
    // Column at which the last part of the line before begins, where that line has columns.
    let mut open: Option<usize> = None;
    for (n, (line, width)) in lines.iter().zip(widths).enumerate() {
        if line.words.is_empty() {
            (last, open) = (None, None);
            continue;
        }
        let columns = parts(line.words, line.indent);
        let continues = open.is_some_and(|column| columns.len() == 1 && line.indent.abs_diff(column) <= 1);
        match (blocks.last_mut(), last) {
            (Some(block), _) if continues => block.range.end = line.range.end,
            (Some(block), Some(before)) if open.is_none() && columns.len() == 1 && goes_on(before, line, width) => {
                block.range.end = line.range.end;
            }
            _ => {
                let is_counted = last.is_some_and(|before| counts_on(before, line))
                    || lines.get(n + 1).is_some_and(|next| counts_on(line, next));
                add(line, is_counted, &columns, &mut blocks);
            }
        }
        open = match columns.last() {
            Some((_, column)) if columns.len() > 1 => Some(*column),
            _ => open.filter(|_| continues),
        };
        last = Some(line);
    }
    Document {
        format: Format::Text,
        text: text.to_string(),
        blocks,
        markup: Vec::new(),
        revisions: Vec::new(),
        comments: Vec::new(),
        problems: Vec::new(),
    }
}

/// One line: where its words are (without white space around them, mark included), and how deep it is indented.
struct Line<'a> {
    number: usize,
    range: Range<usize>,
    words: &'a str,
    indent: usize,
    mark: Option<&'a str>,
}

impl Line<'_> {
    fn width(&self) -> usize {
        self.words.chars().count() + self.indent
    }
}

/// White space of this width inside a line parts columns.
const GAP: usize = 3;

/// The parts of a line between wide gaps, each with the column at which it begins; one part where there is no gap.
fn parts(words: &str, indent: usize) -> Vec<(Range<usize>, usize)> {
    let mut parts = Vec::new();
    let (mut start, mut column, mut n_blank) = (0, indent, 0);
    let mut begins = indent;
    for (at, c) in words.char_indices() {
        if c == ' ' {
            n_blank += 1;
        } else {
            if n_blank >= GAP {
                parts.push((start..at - n_blank, begins));
                (start, begins) = (at, column);
            }
            n_blank = 0;
        }
        column += 1;
    }
    parts.push((start..words.len(), begins));
    parts
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for (index, raw) in text.split_inclusive('\n').enumerate() {
        let words = raw.trim();
        let lead = raw.len() - raw.trim_start().len();
        let indent = raw.get(..lead).unwrap_or_default().chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let from = start + lead;
        lines.push(Line { number: index + 1, range: from..from + words.len(), words, indent, mark: mark(words) });
        start += raw.len();
    }
    lines
}

/// The mark of an item at the beginning of a line: a bullet, `1)`, `a)`, `(iv)`, `3.2` before a tab or two spaces.
fn mark(words: &str) -> Option<&str> {
    let first = words.chars().next()?;
    if "•·–—-*◦▪‣●○■□".contains(first) {
        let rest = words.get(first.len_utf8()..)?;
        return (rest.starts_with(char::is_whitespace) || !first.is_ascii() && !rest.starts_with(first))
            .then(|| words.get(..first.len_utf8()).unwrap_or_default());
    }
    let end = words.find(char::is_whitespace)?;
    let token = words.get(..end)?;
    let inner = token.trim_start_matches('(').trim_end_matches([')', '.', ':']);
    let is_closed = token.ends_with(')');
    let is_dotted = token.ends_with('.');
    let is_number = !inner.is_empty() && inner.len() <= 9 && inner.split('.').all(|part| is_digits(part, 3));
    let is_letter = inner.len() == 1 && inner.as_bytes()[0].is_ascii_alphabetic();
    let is_roman = !inner.is_empty() && inner.len() <= 5 && inner.bytes().all(|b| b"ivx".contains(&b));
    let gap = words.get(end..)?;
    let is_tabbed = gap.starts_with('\t') || gap.starts_with("  ") || gap.starts_with(" \t");
    let is_mark = is_closed && (is_number || inner.len() <= 2 && is_lettered(inner) || is_letter || is_roman)
        || is_dotted && (is_number || is_letter && is_tabbed)
        || is_number && (is_tabbed || inner.contains('.'));
    is_mark.then_some(token)
}

fn is_digits(part: &str, most: usize) -> bool {
    !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit())
}

/// Letters of items that were inserted between others: `aa)`, `je)`.
fn is_lettered(inner: &str) -> bool {
    !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_lowercase())
}

/// Adds the block of a line, or one block for each of its columns.
fn add(line: &Line<'_>, is_counted: bool, columns: &[(Range<usize>, usize)], blocks: &mut Vec<Block>) {
    let mut first = block(line, is_counted);
    if columns.len() > 1 {
        first.range.end = columns.first().map_or(first.range.end, |(part, _)| line.range.start + part.end);
    }
    let place = first.place.clone();
    if first.range.start < first.range.end {
        blocks.push(first);
    }
    for (part, _) in columns.iter().skip(1) {
        let range = line.range.start + part.start..line.range.start + part.end;
        blocks.push(Block { range, kind: Kind::Paragraph, place: place.clone() });
    }
}

/// True when two lines are numbered one after the other, `1.` and `2.`: items of a list, not headings.
fn counts_on(one: &Line<'_>, other: &Line<'_>) -> bool {
    let number = |line: &Line<'_>| line.mark?.trim_end_matches(['.', ')']).parse::<u32>().ok();
    matches!((number(one), number(other)), (Some(one), Some(other)) if one + 1 == other)
}

/// The block that begins with `line`; a line of a counted list is no heading.
fn block(line: &Line<'_>, is_counted: bool) -> Block {
    let place = format!("line {}", line.number);
    let Some(mark) = line.mark else {
        return Block { range: line.range.clone(), kind: Kind::Paragraph, place };
    };
    let rest = line.words.get(mark.len()..).unwrap_or_default();
    let start = line.range.start + mark.len() + (rest.len() - rest.trim_start().len());
    let range = start..line.range.end;
    let number = mark.trim_end_matches('.');
    let is_numbered = number.split('.').all(|part| is_digits(part, 3));
    if is_numbered && !is_counted && is_heading(rest.trim()) {
        let level = u8::try_from(number.split('.').count()).unwrap_or(u8::MAX);
        return Block { range, kind: Kind::Heading(level), place };
    }
    let depth = u8::try_from(1 + line.indent / 4).unwrap_or(u8::MAX);
    Block { range, kind: Kind::Item { depth, mark: mark.to_string() }, place }
}

/// True for the words of a numbered line that are a heading: they begin with a capital, and are no sentence.
fn is_heading(words: &str) -> bool {
    words.len() <= 120 && words.starts_with(char::is_uppercase) && !words.ends_with(['.', ';', ',', ':'])
}

/// The width to which each line was wrapped: that of the lines around it without an empty line between, where those are
/// wrapped at all, else that which one line in ten of the text reaches.
fn widths(lines: &[Line<'_>]) -> Vec<usize> {
    let usual = usual_width(lines);
    let mut widths = Vec::with_capacity(lines.len());
    for run in lines.chunk_by(|one, other| !one.words.is_empty() && !other.words.is_empty()) {
        let widest = run.iter().map(Line::width).max().unwrap_or(0);
        let is_wrapped = run.len() > 1 && (60..=130).contains(&widest);
        widths.extend(run.iter().map(|_| if is_wrapped { widest } else { usual }));
    }
    widths
}

/// The width that one line in ten reaches at least, of lines with more than one word.
fn usual_width(lines: &[Line<'_>]) -> usize {
    let mut widths: Vec<usize> = lines.iter().filter(|line| line.words.contains(' ')).map(Line::width).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 9 / 10).copied().unwrap_or(0)
}

/// True when `line` is only the rest of the paragraph of `before`, wrapped.
fn goes_on(before: &Line<'_>, line: &Line<'_>, width: usize) -> bool {
    if line.mark.is_some() {
        return false;
    }
    let is_hanging = before.mark.is_some() && line.indent > before.indent;
    let starts_small = line.words.starts_with(|c: char| c.is_lowercase() || c == '(' || c == '&');
    let first = line.words.split_whitespace().next().map_or(0, str::len);
    let is_full = (40..=130).contains(&width) && before.width() + first + 1 >= width;
    let is_even = line.indent == before.indent || before.mark.is_some();
    is_hanging || is_even && (is_full || starts_small && width <= 130)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(String, Kind)> {
        read(text)
            .blocks
            .iter()
            .map(|block| (text.get(block.range.clone()).unwrap_or_default().to_string(), block.kind.clone()))
            .collect()
    }

    #[test]
    fn a_wrapped_item_is_one_block() {
        let text = "- Mr. A. Example, Director, Bureau of \n  Sample Town\n- Ms B. Sample\n";
        let item = || Kind::Item { depth: 1, mark: "-".into() };
        assert_eq!(
            kinds(text),
            [("Mr. A. Example, Director, Bureau of \n  Sample Town".into(), item()), ("Ms B. Sample".into(), item())]
        );
    }

    #[test]
    fn a_numbered_line_is_a_heading_and_a_numbered_sentence_an_item() {
        let text = "3.1\tAnna Example, Acme\n1\tto continue to organise meetings;\n";
        assert_eq!(
            kinds(text),
            [
                ("Anna Example, Acme".into(), Kind::Heading(2)),
                ("to continue to organise meetings;".into(), Kind::Item { depth: 1, mark: "1".into() })
            ]
        );
    }
}
