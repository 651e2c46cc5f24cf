//! Persons in lists: tables with a column of names, lines under an attendance heading, names after a label.

use std::collections::BTreeMap;
use std::ops::Range;

use document::Kind;

use super::persons::{Context, Seen, label_part};
use super::sections::LONGEST_HEADING;
use super::series;
use super::shape::{self, Care, Name};
use super::tail::{self, Office, Tail};
use super::words::lexicon;
use crate::scan::{Scan, Shape, Token, key};

/// Returns the persons of tables, attendance sections and labelled lines.
pub(crate) fn find(context: &Context<'_, '_, '_>) -> Vec<Seen> {
    let mut seen = tables(context);
    for (number, tokens) in context.scan.blocks.iter().enumerate() {
        let Some(block) = context.scan.document.blocks.get(number) else { break };
        let is_heading = matches!(block.kind, Kind::Heading(_)) && tokens.len() <= LONGEST_HEADING;
        if is_heading || matches!(block.kind, Kind::Cell { .. }) {
            continue;
        }
        let section = context.sections.get(number).copied().unwrap_or_default();
        let is_item = matches!(block.kind, Kind::Item { .. });
        let (names, part, may_list) = match labelled(context.scan, tokens) {
            Some((start, part)) => (start..tokens.end, part, names_many(context.scan, start)),
            None if section.lists_people() => (tokens.clone(), section.part().unwrap_or("attendee"), !is_item),
            None if is_dense(context, tokens) => (tokens.clone(), "attendee", true),
            None => continue,
        };
        let lines = context.scan.lines(&names);
        if is_one_a_line(context, &lines) {
            seen.extend(lines.iter().flat_map(|line| entries(context, line, part, false)));
        } else {
            seen.extend(entries(context, &names, part, may_list));
        }
    }
    seen
}

/// True for labels that announce several people: `Speakers:`, `Present:`.
fn names_many(scan: &Scan<'_>, start: usize) -> bool {
    let label = scan.word(start.saturating_sub(2)).to_lowercase();
    label.ends_with('s') || label.starts_with("presen") || label.starts_with("attend")
}

/// True where each line of a block begins with a name and none ends in a comma: one entry a line.
fn is_one_a_line(context: &Context<'_, '_, '_>, lines: &[Range<usize>]) -> bool {
    let begins =
        |line: &&Range<usize>| shape::name_within(context.scan, context.hits, (*line).clone(), Care::Open).is_some();
    let goes_on = |line: &&Range<usize>| matches!(context.scan.word(line.end.saturating_sub(1)), "," | "and" | "(");
    lines.len() >= 2
        && lines.iter().filter(begins).count() * 4 >= lines.len() * 3
        && !lines.iter().any(|line| goes_on(&line))
}

/// A paragraph of names with brackets, `Anna Example (AE), Bert Sample (Acme)`, which needs no heading to be known.
fn is_dense(context: &Context<'_, '_, '_>, tokens: &Range<usize>) -> bool {
    let n_brackets = tokens.clone().filter(|n| context.scan.tokens.get(*n).is_some_and(|token| token.is('('))).count();
    if tokens.len() < 12 || n_brackets < 3 {
        return false;
    }
    let segments = segments(context.scan, tokens);
    let is_bracketed = |segment: &&Range<usize>| {
        context.scan.word(segment.end.saturating_sub(1)) == ")"
            && whole_name(context, segment).is_some_and(|name| name.n_words(context.scan) >= 2)
    };
    segments.len() >= 3 && segments.iter().filter(is_bracketed).count() * 4 >= segments.len() * 3
}

/// `Present: ...`, `Chairs (joint): ...`: where the names begin, and the part that the label gives.
fn labelled(scan: &Scan<'_>, tokens: &Range<usize>) -> Option<(usize, &'static str)> {
    let colon = (tokens.start..tokens.end.min(tokens.start + 4)).find(|n| scan.word(*n) == ":")?;
    let part = (tokens.start..colon).find_map(|n| label_part(scan, n))?;
    (colon + 1 < tokens.end).then_some((colon + 1, part))
}

/// The persons of one block in a list: one with what belongs to them, or many between commas.
fn entries(context: &Context<'_, '_, '_>, tokens: &Range<usize>, part: &'static str, may_list: bool) -> Vec<Seen> {
    let segments = segments(context.scan, tokens);
    let is_plain = |segment: &Range<usize>| whole_name(context, segment).is_some_and(|name| name.tokens.len() >= 2);
    let n_plain = segments.iter().filter(|segment| is_plain(segment)).count();
    let is_list =
        segments.len() >= 3 && n_plain * 2 >= segments.len() || may_list && segments.len() == 2 && n_plain == 2;
    if is_list || has_separate_entries(context.scan, tokens) {
        return names_between_commas(context, &segments, part);
    }
    entry(context, tokens, part, false).into_iter().collect()
}

/// Names between commas; an organisation between them is the affiliation of the name before it.
fn names_between_commas(context: &Context<'_, '_, '_>, segments: &[Range<usize>], part: &'static str) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::new();
    for segment in segments {
        let own = context.hits.exactly(segment).map(|hit| hit.tokens.clone());
        match (own, seen.last_mut()) {
            (Some(own), Some(last)) if last.tail.is_none() && last.name.tokens.end + 1 == own.start => {
                let office = Office { title: 0..0, start: own.start, end: own.end, organisation: Some(own.clone()) };
                last.tail = Some(Tail { offices: vec![office], mode: None, end: own.end, is_slot: false });
            }
            _ => match entry(context, segment, part, true) {
                Some(one) => seen.push(one),
                None => {
                    let name = series::leading(context, segment).or_else(|| series::trailing(context, segment));
                    seen.extend(name.map(|name| Seen {
                        name,
                        before: None,
                        tail: None,
                        part: Some(part),
                        rule: "list-of-names",
                        confidence: 0.88,
                        is_given_name_only: false,
                    }));
                }
            },
        }
    }
    seen
}

/// True when semicolons or line breaks part the entries.
fn has_separate_entries(scan: &Scan<'_>, tokens: &Range<usize>) -> bool {
    tokens.clone().any(|n| scan.word(n) == ";")
}

/// One person: a name at the head, and what follows.
fn entry(
    context: &Context<'_, '_, '_>,
    tokens: &Range<usize>,
    part: &'static str,
    is_one_of_many: bool,
) -> Option<Seen> {
    let (scan, hits) = (context.scan, context.hits);
    let tokens = after_abbreviation(scan, tokens);
    let mut start = tokens.start;
    while start < tokens.end && scan.tokens.get(start).is_some_and(|token| is_office_word(token)) {
        start += 1;
    }
    let before = (start > tokens.start).then(|| Office {
        title: tokens.start..start,
        organisation: None,
        start: tokens.start,
        end: start,
    });
    let tokens = start..tokens.end;
    let mut name = shape::name_within(scan, hits, tokens.clone(), Care::Sure)?;
    if let Some(end) = given_after_family(context, &name, &tokens) {
        name.tokens.end = end;
    }
    let is_whole =
        name.tokens.end == tokens.end || matches!(scan.word(name.tokens.end), "." | "<" | "[" | "@" | "/" | ":" | "*");
    let tail = tail::read(scan, hits, name.tokens.end).filter(|tail| tail.end <= tokens.end + 1);
    let n_words = name.n_words(scan);
    let is_named = n_words >= 2 || !name.honorific.is_empty() || name.tokens.len() >= 2;
    let is_sane = is_whole || tail.is_some() || is_one_of_many && name.tokens.end + 2 >= tokens.end;
    let last = scan.tokens.get(name.tokens.end.wrapping_sub(1)).map_or(0, |token| token.key);
    let is_organisation = name.honorific.is_empty() && lexicon().heads.has(last);
    if !(is_named && is_sane) || is_organisation || is_common(context, &name) {
        return None;
    }
    let confidence = if tail.is_some() { 0.95 } else { 0.9 };
    let rule = if is_one_of_many { "list-of-names" } else { "list-entry" };
    Some(Seen { name, before, tail, part: Some(part), rule, confidence, is_given_name_only: false })
}

/// A word of an office before a name: `Director`, `Secretary General`.
fn is_office_word(token: &Token) -> bool {
    token.shape == Shape::Capital && (lexicon().offices.has(token.key) || token.key == key("General"))
}

/// `Example, Anna`: one family name and one given name that fill the entry; returns the end of both.
fn given_after_family(context: &Context<'_, '_, '_>, name: &Name, tokens: &Range<usize>) -> Option<usize> {
    let scan = context.scan;
    if name.tokens.len() != 1 || scan.word(name.tokens.end) != "," {
        return None;
    }
    let given = shape::name_within(scan, context.hits, name.tokens.end + 1..tokens.end, Care::Open)?;
    let is_all = given.tokens.end == tokens.end || scan.word(given.tokens.end) == "(";
    (is_all && given.tokens.len() <= 2 && context.is_uncommon(&given)).then_some(given.tokens.end)
}

/// `AE: Anna Example`, `[AE]: Anna Example`: the name follows its abbreviation.
fn after_abbreviation(scan: &Scan<'_>, tokens: &Range<usize>) -> Range<usize> {
    let skip = (0..5).find(|ahead| scan.word(tokens.start + ahead) == ":");
    let is_short = |n: usize| scan.tokens.get(n).is_some_and(|token| !token.is_word() || token.end - token.start <= 4);
    match skip {
        Some(skip) if (0..skip).all(|ahead| is_short(tokens.start + ahead)) => tokens.start + skip + 1..tokens.end,
        _ => tokens.clone(),
    }
}

fn is_small(context: &Context<'_, '_, '_>, key: u64) -> bool {
    context.common.contains(&key) || lexicon().common.has(key)
}

/// True when the document writes most words of the name small elsewhere: then they are no name.
fn is_common(context: &Context<'_, '_, '_>, name: &Name) -> bool {
    let scan = context.scan;
    let n_common = name
        .tokens
        .clone()
        .filter(|n| scan.tokens.get(*n).is_some_and(|token| token.is_capital(scan) && is_small(context, token.key)))
        .count();
    name.honorific.is_empty() && n_common * 2 > name.tokens.len()
}

pub(crate) fn whole_name(context: &Context<'_, '_, '_>, segment: &Range<usize>) -> Option<Name> {
    let name = shape::name_within(context.scan, context.hits, segment.clone(), Care::Open)?;
    let end = name.tokens.end;
    let closes = end == segment.end || end + 1 == segment.end && context.scan.word(end) == ".";
    let is_bracketed = context.scan.word(end) == "(" && context.scan.word(segment.end.saturating_sub(1)) == ")";
    (closes || is_bracketed).then_some(name)
}

/// Splits at semicolons where there are any, else at commas and a last `and`; brackets are kept whole.
pub(crate) fn segments(scan: &Scan<'_>, tokens: &Range<usize>) -> Vec<Range<usize>> {
    let has_semicolons = has_separate_entries(scan, tokens);
    let mut found = Vec::new();
    let (mut start, mut depth) = (tokens.start, 0_i32);
    for n in tokens.clone() {
        let word = scan.word(n);
        depth += i32::from(word == "(") - i32::from(word == ")");
        let is_cut = depth <= 0
            && if has_semicolons { word == ";" } else { matches!(word, "," | "and" | "&" | "|" | "•" | "·") };
        if is_cut {
            if start < n {
                found.push(start..n);
            }
            start = n + 1;
        }
    }
    if start < tokens.end {
        found.push(start..tokens.end);
    }
    found
}

/// Which column of a table holds what.
#[derive(Default)]
struct Columns {
    name: Option<u32>,
    family: Option<u32>,
    organisation: Option<u32>,
    role: Option<u32>,
    mode: Option<u32>,
}

/// The persons of tables that have a column of names.
fn tables(context: &Context<'_, '_, '_>) -> Vec<Seen> {
    let mut rows: BTreeMap<(u32, u32), BTreeMap<u32, Range<usize>>> = BTreeMap::new();
    for (number, tokens) in context.scan.blocks.iter().enumerate() {
        if let Some(Kind::Cell { table, row, column }) =
            context.scan.document.blocks.get(number).map(|block| &block.kind)
        {
            rows.entry((*table, *row)).or_default().insert(*column, tokens.clone());
        }
    }
    let mut seen = Vec::new();
    let mut columns = Columns::default();
    let mut last = None;
    for ((table, _), cells) in rows {
        if last != Some(table) {
            last = Some(table);
            columns = heads(context.scan, &cells);
            continue;
        }
        seen.extend(row(context, &columns, &cells));
    }
    seen
}

/// Reads the heads of a table.
fn heads(scan: &Scan<'_>, cells: &BTreeMap<u32, Range<usize>>) -> Columns {
    let mut columns = Columns::default();
    for (column, tokens) in cells {
        let head = scan.folded(tokens).to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
        if has(&["family name", "last name", "surname"]) {
            columns.family = Some(*column);
        } else if has(&["given name", "first name"]) {
            columns.name = Some(*column);
        } else if columns.name.is_none()
            && (head == "name"
                || has(&[
                    "attendee",
                    "participant",
                    "delegate",
                    "full name",
                    "name of",
                    "speaker",
                    "member name",
                    "names",
                ]))
        {
            columns.name = Some(*column);
        } else if has(&["organi", "affiliation", "company", "employer", "body", "representing"]) {
            columns.organisation.get_or_insert(*column);
        } else if has(&["role", "function", "title", "position", "office"]) {
            columns.role.get_or_insert(*column);
        } else if has(&["mode", "attendance", "participation", "remote", "presence", "present"]) {
            columns.mode.get_or_insert(*column);
        }
    }
    columns
}

/// The person of one row.
fn row(context: &Context<'_, '_, '_>, columns: &Columns, cells: &BTreeMap<u32, Range<usize>>) -> Option<Seen> {
    let scan = context.scan;
    let cell =
        |column: Option<u32>| column.and_then(|column| cells.get(&column)).filter(|tokens| !tokens.is_empty()).cloned();
    let tokens = cell(columns.name)?;
    let mut name = shape::name_within(scan, context.hits, tokens.clone(), Care::Sure)?;
    if let Some(family) = cell(columns.family).filter(|family| family.start == tokens.end) {
        name.tokens.end = family.end;
    }
    if name.n_words(scan) < 2 && name.tokens.len() < 2 && name.honorific.is_empty() {
        return None;
    }
    let own_tail = tail::read(scan, context.hits, name.tokens.end).filter(|tail| tail.end <= tokens.end + 1);
    let (title, organisation) = (cell(columns.role), cell(columns.organisation));
    let tail = if title.is_none() && organisation.is_none() {
        own_tail
    } else {
        let start = title.as_ref().or(organisation.as_ref()).map_or(0, |tokens| tokens.start);
        let end = organisation.as_ref().or(title.as_ref()).map_or(0, |tokens| tokens.end);
        let office = Office { title: title.unwrap_or(0..0), organisation, start, end };
        let mode = cell(columns.mode);
        Some(Tail { offices: vec![office], mode, end: name.tokens.end, is_slot: true })
    };
    let is_absent = cell(columns.mode).is_some_and(|mode| scan.word(mode.start).eq_ignore_ascii_case("no"));
    let part = if is_absent { Some("absent") } else { context.section(tokens.start).part().or(Some("attendee")) };
    Some(Seen { name, before: None, tail, part, rule: "table-row", confidence: 0.95, is_given_name_only: false })
}
