//! Words with their authors, and the rows made of them.

use std::collections::BTreeMap;

use super::item::{Bench, By, Fate};
use super::order::Line;
use super::row::Row;
use crate::clause::{Clause, ClauseKind, Draft};
use crate::marked::{Change, Style};

/// A stretch of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) change: Change,
}

/// A part that is one value: what the base has, what it becomes, and by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scalar {
    pub(super) before: Option<String>,
    pub(super) after: String,
    pub(super) by: By,
}

impl Part {
    pub(super) fn kept(text: &str) -> Self {
        Self { text: text.into(), change: Change::Kept }
    }

    pub(super) fn inserted(text: &str, by: &By) -> Self {
        Self { text: text.into(), change: Change::Inserted(by.clone()) }
    }

    pub(super) fn deleted(text: &str, by: &By) -> Self {
        Self { text: text.into(), change: Change::Deleted(by.clone()) }
    }

    pub(super) fn stands(&self) -> bool {
        !matches!(self.change, Change::Deleted(_))
    }
}

impl Scalar {
    /// Returns its parts; `owners` are the authors of an addition.
    fn parts(&self, owners: &By) -> Vec<Part> {
        let by = if self.by.is_empty() { owners } else { &self.by };
        let parts = match &self.before {
            None => vec![Part::inserted(&self.after, owners)],
            Some(before) if *before == self.after => vec![Part::kept(before)],
            Some(before) => vec![Part::deleted(before, by), Part::inserted(&self.after, by)],
        };
        parts.into_iter().filter(|part| !part.text.is_empty()).collect()
    }
}

/// Returns the text of the parts that stand.
pub(super) fn standing(parts: &[Part]) -> String {
    parts.iter().filter(|part| part.stands()).map(|part| part.text.as_str()).collect()
}

/// Returns the rows, with their places in the merged text.
pub(super) fn rows(bench: &mut Bench<'_>, lines: &[Line]) -> Vec<Row> {
    let mut rows: Vec<Row> = lines.iter().map(|line| row(bench, *line)).collect();
    end_lines(&mut rows);
    let mut text = bench.start().after;
    let mut starts: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        if row.stands() {
            starts.insert(text.len(), at);
            text.push_str(&row.unbracketed);
            text.push_str(&row.tail.after);
        }
    }
    let merged = Draft::read(&text);
    for (clause, read) in merged.clauses().iter().enumerate() {
        if let Some(&at) = starts.get(&read.range.start) {
            rows[at].place_after = Some(merged.place(clause));
        }
    }
    let mut places: BTreeMap<usize, String> = BTreeMap::new();
    for (line, row) in lines.iter().zip(&mut rows) {
        // A line that the grammar reads otherwise than its author goes by its place there.
        if row.stands() && row.place_after.is_none() {
            let (draft, at) = bench.clause(line.item);
            row.place_after = Some(draft.place(at));
        }
        if let Some(place) = &row.place_after {
            places.insert(line.item, place.clone());
        }
    }
    for (item, mut record) in std::mem::take(&mut bench.pending) {
        record.place = places.get(&item).cloned().unwrap_or_default();
        bench.mechanical.push(record);
    }
    rows
}

/// A row that is not the last ends its line.
fn end_lines(rows: &mut [Row]) {
    let last = rows.iter().rposition(Row::stands);
    for (at, row) in rows.iter_mut().enumerate() {
        if row.stands() && Some(at) != last && !row.tail.after.contains('\n') {
            row.tail.after.push('\n');
        }
    }
}

fn row(bench: &Bench<'_>, line: Line) -> Row {
    let item = &bench.items[line.item];
    let (draft, at) = bench.clause(line.item);
    let clause = &draft.clauses()[at];
    let conflicts = item.conflicts.iter().map(|&at| bench.conflicts[at].id.clone());
    let mut row = Row {
        base: item.base,
        place_before: item.base.map(|base| bench.base.place(base)),
        outcome: item.outcome,
        authors: item.by.clone(),
        movers: item.movers.clone(),
        before: item.base.map(|_| full(draft, clause).to_string()),
        conflicts: conflicts.collect(),
        style: style(clause),
        ..Row::default()
    };
    if line.is_left {
        row.whole = Change::Deleted(item.movers.clone());
        row.is_left = true;
        row.struck(draft, clause, &item.movers);
        return row;
    }
    match &item.fate {
        Fate::Dropped => row.whole = Change::Deleted(By::new()),
        Fate::Deleted(by) => {
            row.whole = Change::Deleted(by.clone());
            row.struck(draft, clause, by);
        }
        Fate::Stands => stand(bench, line.item, &mut row),
    }
    row
}

/// Fills a row that stands.
fn stand(bench: &Bench<'_>, at: usize, row: &mut Row) {
    let item = &bench.items[at];
    let own = &item.by;
    row.whole = match (item.base, item.movers.is_empty()) {
        (None, _) => Change::Inserted(own.clone()),
        (Some(_), true) => Change::Kept,
        (Some(_), false) => Change::Inserted(item.movers.clone()),
    };
    let replaced = |mut scalar: Scalar, new: &Option<(String, By)>| {
        if let Some((value, by)) = new {
            scalar.after.clone_from(value);
            scalar.by.clone_from(by);
        }
        scalar
    };
    let mut parts = bench.scalar(at, Draft::lead).parts(own);
    parts.extend(replaced(bench.scalar(at, Draft::label), &item.label).parts(own));
    parts.extend(bench.scalar(at, Draft::gap).parts(own));
    let end = replaced(bench.scalar(at, Draft::end), &item.end).parts(own);
    row.unbracketed = standing(&parts) + &standing(&item.words) + &standing(&end);
    let mut said = item.words.clone();
    if item.is_bracketed {
        said = vec![Part::inserted(&bench.bracketed(own, &standing(&said)), own)];
    }
    said.extend(end);
    said.extend(item.brackets.clone());
    row.after = Some(standing(&said));
    parts.extend(said);
    row.tail = bench.scalar(at, Draft::tail);
    if row.tail.before.is_none() {
        row.tail.by.clone_from(own);
    }
    if !item.movers.is_empty() {
        parts = moved(parts, &item.movers);
        row.tail.before = None;
        row.tail.by.clone_from(&item.movers);
    }
    row.parts = parts;
}

/// What was moved is new where it stands: whoever moved it or changed it there added it.
fn moved(parts: Vec<Part>, movers: &By) -> Vec<Part> {
    let moved = parts.into_iter().filter(Part::stands).map(|part| match part.change {
        Change::Inserted(by) => Part { text: part.text, change: Change::Inserted(by.union(movers).copied().collect()) },
        _ => Part::inserted(&part.text, movers),
    });
    moved.collect()
}

impl Row {
    /// True where the merged text has it.
    pub(super) fn stands(&self) -> bool {
        !matches!(self.whole, Change::Deleted(_))
    }

    pub(super) fn text(&self) -> String {
        if self.stands() { standing(&self.parts) + &self.tail.after } else { String::new() }
    }

    /// Strikes all of a clause of the base.
    fn struck(&mut self, draft: &Draft, clause: &Clause, by: &By) {
        let text = &draft.text()[clause.range.start..clause.end.end];
        self.parts = vec![Part::deleted(text, by)];
        self.tail = Scalar { before: Some(draft.tail(clause).into()), after: String::new(), by: by.clone() };
    }
}

/// Returns words and end of a clause.
fn full<'d>(draft: &'d Draft, clause: &Clause) -> &'d str {
    &draft.text()[clause.words.start..clause.end.end]
}

fn style(clause: &Clause) -> Style {
    match clause.kind {
        ClauseKind::Number | ClauseKind::Title => Style::Heading(1),
        ClauseKind::Heading(level) => Style::Heading(level),
        ClauseKind::Reference | ClauseKind::Enacting => Style::Reference,
        ClauseKind::Call => Style::Call,
        ClauseKind::Item if clause.count.is_some() => Style::Item(clause.depth.saturating_sub(1).max(1)),
        ClauseKind::Note => Style::Note,
        ClauseKind::Item | ClauseKind::Paragraph | ClauseKind::Symbol => Style::Plain,
    }
}
