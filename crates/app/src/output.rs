//! What commands print: data on stdout as text, JSON or CSV; messages on stderr.

use std::io::{self, IsTerminal as _, Write};

use fact::{Fault, Remedy};
use ledger::{Answer, Value};
use serde::Serialize;

/// Form of the data on stdout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Aligned columns for people.
    Text,
    /// JSON: one document, or one object a line for lists of facts and problems.
    Json,
    /// Comma-separated values with a header.
    Csv,
}

/// Where a command writes.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// Form of the data.
    pub form: Form,
    /// True when messages are not wanted.
    pub is_quiet: bool,
}

impl Output {
    /// Prints a sentence on stderr.
    pub fn say(&self, sentence: impl std::fmt::Display) {
        if !self.is_quiet {
            let _ = writeln!(io::stderr().lock(), "{sentence}");
        }
    }

    /// Prints text on stdout as it is.
    ///
    /// # Errors
    /// When stdout cannot be written; a reader that went away is no error.
    pub fn print(&self, text: &str) -> Result<(), Fault> {
        written(io::stdout().lock().write_all(text.as_bytes()))
    }

    /// Prints one JSON document.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn json(&self, value: &impl Serialize) -> Result<(), Fault> {
        let text = serde_json::to_string_pretty(value).map_err(|error| Fault::bug("json", error))?;
        self.print(&(text + "\n"))
    }

    /// Prints rows in the chosen form: a table for people, an array of objects, or CSV.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn rows(&self, answer: &Answer) -> Result<(), Fault> {
        match self.form {
            Form::Text => self.print(&table(answer, width())),
            Form::Csv => self.print(&csv(answer)?),
            Form::Json => self.json(&objects(answer)),
        }
    }
}

/// Returns rows as JSON objects.
#[must_use]
pub fn objects(answer: &Answer) -> Vec<serde_json::Map<String, serde_json::Value>> {
    let object = |row: &Vec<Value>| {
        answer.columns.iter().cloned().zip(row.iter().map(|value| serde_json::json!(value))).collect()
    };
    answer.rows.iter().map(object).collect()
}

/// Returns rows as CSV with a header (RFC 4180, lines end with LF).
///
/// # Errors
/// Never for rows of one length; anything else is a bug.
pub fn csv(answer: &Answer) -> Result<String, Fault> {
    let bad = |error: &dyn std::fmt::Display| Fault::bug("csv", error);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&answer.columns).map_err(|error| bad(&error))?;
    for row in &answer.rows {
        writer.write_record(row.iter().map(ToString::to_string)).map_err(|error| bad(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| bad(&error))?;
    String::from_utf8(bytes).map_err(|error| bad(&error))
}

/// Returns rows as aligned columns; numbers to the right, long cells cut so that a line fits `width` where it can.
#[must_use]
pub fn table(answer: &Answer, width: usize) -> String {
    let cells: Vec<Vec<String>> = answer.rows.iter().map(|row| row.iter().map(shown).collect()).collect();
    let mut widths: Vec<usize> = answer.columns.iter().map(|name| name.chars().count()).collect();
    for row in &cells {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(cell.chars().count());
        }
    }
    shrink(&mut widths, width);
    let is_number: Vec<bool> = (0..widths.len())
        .map(|at| answer.rows.iter().all(|row| matches!(row[at], Value::Int(_) | Value::Real(_) | Value::Null)))
        .collect();
    let mut text = String::new();
    let header: Vec<String> = answer.columns.clone();
    for row in std::iter::once(&header).chain(&cells) {
        let line: Vec<String> = row
            .iter()
            .zip(&widths)
            .zip(&is_number)
            .map(|((cell, &width), &right)| {
                let cell = cut(cell, width);
                if right { format!("{cell:>width$}") } else { format!("{cell:width$}") }
            })
            .collect();
        text.push_str(line.join("  ").trim_end());
        text.push('\n');
    }
    text
}

fn shown(value: &Value) -> String {
    match value {
        Value::Real(number) => format!("{number:.3}"),
        Value::Null => "·".into(),
        other => other.to_string().replace(['\n', '\r', '\t'], " "),
    }
}

/// The widest column gives way until the line fits or no column is wider than 16.
fn shrink(widths: &mut [usize], limit: usize) {
    let gaps = 2 * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > limit {
        match widths.iter_mut().max() {
            Some(widest) if *widest > 16 => *widest -= 1,
            _ => return,
        }
    }
}

fn cut(cell: &str, width: usize) -> String {
    if cell.chars().count() <= width {
        return cell.into();
    }
    cell.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// Returns the width of a line: the terminal's, or wide enough for anything when the output goes to a file.
#[must_use]
pub fn width() -> usize {
    if !io::stdout().is_terminal() {
        return 200;
    }
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(120)
}

fn written(result: io::Result<()>) -> Result<(), Fault> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => {
            other.map_err(|error| Fault::new(Remedy::Setup, "standard output", error, "check where the output goes"))
        }
    }
}
