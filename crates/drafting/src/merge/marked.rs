//! The merged text, and the same with tracked changes.

use std::collections::BTreeSet;

use super::item::By;
use super::row::Row;
use super::write::{Part, Scalar};
use super::{Conflict, Mechanical, MechanicalKind, Merged};
use crate::filed::joined;
use crate::marked::{Change, Emphasis, Marked, Paragraph, Remark, Run, Style};

impl Merged {
    /// Returns the merged text, with open conflicts in square brackets.
    #[must_use]
    pub fn text(&self) -> String {
        let rows = self.rows.iter().map(Row::text);
        std::iter::once(self.start.after.clone()).chain(rows).collect()
    }

    /// Returns the merged text with every change and its authors: accepting all gives [`Merged::text`], rejecting all the base, a
    /// line a paragraph.
    ///
    /// Conflicts, decisions and lost references are remarks at the clause that they are about. A clause that was moved is deleted where it stood and
    /// inserted where it stands. A line feed inside a run is a line that was wrapped by hand.
    #[must_use]
    pub fn marked(&self) -> Marked {
        let mut marked = Marked { authors: self.authors.clone(), ..Marked::default() };
        blank_lines(&self.start, &mut marked.paragraphs);
        for row in &self.rows {
            let is_shown = !row.parts.is_empty() || !row.tail.after.is_empty() || row.stands();
            if is_shown {
                let remarks = if row.is_left { BTreeSet::new() } else { self.remarks(row, &mut marked) };
                paragraphs(row, &remarks, &mut marked.paragraphs);
            }
        }
        marked
    }

    /// Adds the remarks about a row and returns their positions.
    fn remarks(&self, row: &Row, marked: &mut Marked) -> BTreeSet<usize> {
        let of_row = self.conflicts.iter().filter(|conflict| row.conflicts.contains(&conflict.id));
        let mut positions = BTreeSet::new();
        for conflict in of_row {
            positions.insert(marked.remarks.len());
            marked.remarks.push(self.remark(conflict));
        }
        let is_here = |done: &&Mechanical| row.place_after.as_ref() == Some(&done.place);
        for lost in self.mechanical.iter().filter(|done| done.kind == MechanicalKind::LostReference).filter(is_here) {
            positions.insert(marked.remarks.len());
            let text = format!("{}: {} no longer leads to what it was written for", lost.place, lost.before);
            marked.remarks.push(Remark { author: "drafting".into(), date: None, text });
        }
        positions
    }

    fn remark(&self, conflict: &Conflict) -> Remark {
        let mut text = format!("{} ({}): {}", conflict.id, conflict.place, conflict.kind.name());
        for alternative in &conflict.alternatives {
            let ids: Vec<&str> = alternative.by.iter().map(String::as_str).collect();
            let said = alternative.text.as_deref().unwrap_or("delete");
            text.push_str(&format!(". {}: {said}", ids.join(", ")));
        }
        let Some(decision) = conflict.decision.and_then(|at| self.decisions.records.get(at)) else {
            return Remark { author: "drafting".into(), date: None, text };
        };
        text.push_str(&format!(". Decided: {}", decision.reason));
        let date = Some(decision.time.clone()).filter(|time| !time.is_empty());
        Remark { author: decision.author.clone(), date, text }
    }
}

fn run(part: &Part, row: &Row) -> Run {
    Run {
        text: part.text.replace('\r', ""),
        change: part.change.clone(),
        emphasis: Emphasis { is_italic: row.style == Style::Call, is_bold: matches!(row.style, Style::Heading(_)) },
        remarks: BTreeSet::new(),
    }
}

/// Adds the paragraph of a row, and the empty lines after it.
fn paragraphs(row: &Row, remarks: &BTreeSet<usize>, paragraphs: &mut Vec<Paragraph>) {
    let mut runs: Vec<Run> = row.parts.iter().map(|part| run(part, row)).collect();
    let (first, rest) = split_tail(&row.tail, &row.whole);
    runs.extend(first.iter().map(|part| run(part, row)));
    runs = joined(runs);
    if let Some(first) = runs.first_mut() {
        first.remarks.clone_from(remarks);
    }
    paragraphs.push(Paragraph { style: row.style, runs, mark: row.whole.clone() });
    paragraphs.extend(rest);
}

/// Returns the white space that ends the line of a row, and the empty lines after it.
fn split_tail(tail: &Scalar, whole: &Change) -> (Vec<Part>, Vec<Paragraph>) {
    let before = tail.before.as_deref().map(lines);
    let is_struck = matches!(whole, Change::Deleted(_));
    let after = if is_struck { None } else { Some(lines(&tail.after)) };
    let by = &tail.by;
    let first = |lines: &Option<Vec<String>>| lines.as_ref().and_then(|lines| lines.first().cloned());
    let parts = changed(first(&before), first(&after), by);
    let rest = |lines: Option<Vec<String>>| lines.map(|lines| lines[1..].to_vec()).unwrap_or_default();
    let (before, after) = (rest(before), rest(after));
    let n_kept = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let mut paragraphs = Vec::new();
    for (line, change) in before[..n_kept]
        .iter()
        .map(|line| (line, Change::Kept))
        .chain(before[n_kept..].iter().map(|line| (line, Change::Deleted(by.clone()))))
        .chain(after[n_kept..].iter().map(|line| (line, Change::Inserted(by.clone()))))
    {
        paragraphs.push(empty_line(line, change));
    }
    (parts, paragraphs)
}

/// Returns the lines that a tail ends and holds: the rest of the line of words, then empty ones.
fn lines(tail: &str) -> Vec<String> {
    let mut lines: Vec<String> = tail.split('\n').map(|line| line.trim_end_matches('\r').to_string()).collect();
    // What follows the last line feed is the start of the next line, or nothing.
    if lines.len() > 1 && tail.ends_with('\n') {
        lines.pop();
    }
    lines
}

fn changed(before: Option<String>, after: Option<String>, by: &By) -> Vec<Part> {
    let parts = match (before, after) {
        (Some(before), Some(after)) if before == after => vec![Part::kept(&before)],
        (before, after) => {
            let before = before.map(|text| Part::deleted(&text, by));
            before.into_iter().chain(after.map(|text| Part::inserted(&text, by))).collect()
        }
    };
    parts.into_iter().filter(|part| !part.text.is_empty()).collect()
}

fn empty_line(line: &str, change: Change) -> Paragraph {
    let part = Part { text: line.into(), change: change.clone() };
    let runs = if line.is_empty() { Vec::new() } else { vec![run(&part, &Row::default())] };
    Paragraph { style: Style::Plain, runs, mark: change }
}

/// Adds the empty lines before the first clause.
fn blank_lines(start: &Scalar, paragraphs: &mut Vec<Paragraph>) {
    let cut = |text: &str| -> Vec<String> {
        text.split_inclusive('\n').map(|line| line.trim_end_matches(['\n', '\r']).to_string()).collect()
    };
    let (before, after) = (cut(start.before.as_deref().unwrap_or_default()), cut(&start.after));
    let n_kept = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    paragraphs.extend(before[..n_kept].iter().map(|line| empty_line(line, Change::Kept)));
    paragraphs.extend(before[n_kept..].iter().map(|line| empty_line(line, Change::Deleted(start.by.clone()))));
    paragraphs.extend(after[n_kept..].iter().map(|line| empty_line(line, Change::Inserted(start.by.clone()))));
}

impl Row {
    /// Returns the words of the clause with what was done to them and by whom: label, words and end, without the end of the line.
    ///
    /// Of a clause that was moved, the row at its old place has them struck and the row at its new place has them added.
    #[must_use]
    pub fn runs(&self) -> Vec<Run> {
        joined(self.parts.iter().map(|part| run(part, self)).collect())
    }
}
