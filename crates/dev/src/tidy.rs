//! The tidy checks: rules of the house that the compiler does not know, each a pure function on the repository's texts.
//!
//! Comes in: paths and texts of the files that people write. Goes out: breaches, one sentence each with its place; none
//! when the house is in order. Nothing is read here; `tests/tidy.rs` reads the files and asserts that no check speaks.

mod ceilings;
mod documents;
mod edges;
mod tokens;
mod words;

use std::collections::BTreeMap;

pub use ceilings::{Ceiling, ceilings, share_of_short_functions};
pub use documents::{architecture, cards, commands, goldens, links};
pub use edges::{edges, rim};
pub use words::{glossary, spelling};

/// The texts of the repository, by path from its root with `/`.
#[derive(Clone, Debug, Default)]
pub struct Repository {
    /// Path to text; only files that people write.
    pub files: BTreeMap<String, String>,
}

impl Repository {
    /// Returns the repository with one more file; for tests that break a rule.
    #[must_use]
    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.into(), text.into());
        self
    }

    /// Returns the text of a file, or nothing where it is missing.
    #[must_use]
    pub fn text(&self, path: &str) -> &str {
        self.files.get(path).map_or("", String::as_str)
    }

    /// Returns path and text of every file whose path starts and ends so.
    pub fn matching<'a>(&'a self, start: &'a str, end: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let files = self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        files.filter(move |(path, _)| path.starts_with(start) && path.ends_with(end))
    }

    /// Returns the names of all crates, with their manifests.
    pub fn crates(&self) -> impl Iterator<Item = (&str, &str)> {
        self.matching("crates/", "/Cargo.toml").filter_map(|(path, text)| {
            let name = path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
            (!name.contains('/')).then_some((name, text))
        })
    }
}

/// Returns the lines of a Markdown text outside fenced blocks, with their numbers from 1.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_fenced = false;
    text.lines().zip(1..).filter_map(move |(line, number)| {
        let is_fence = line.trim_start().starts_with("```");
        is_fenced ^= is_fence;
        (!is_fenced && !is_fence).then_some((number, line))
    })
}

/// Returns a line without what stands between backticks.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}
