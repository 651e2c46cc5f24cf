//! Decisions of reviewers: the lines of `reviews.jsonl`, only ever appended, each with the words that were judged.
//!
//! Comes in: decisions. Goes out: decisions, in the order of the file. Which fact a decision holds for is SQL
//! (`sql/judged.sql`); that a decision is itself a fact, with its line as evidence, is for the adapter `review`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use fact::{Fault, Precision, Remedy, When, content_id};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The file of a workspace that keeps the decisions of reviewers.
pub const REVIEWS: &str = "reviews.jsonl";

/// What a reviewer decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The fact stands as it was read.
    Accept,
    /// The place does not state it.
    Reject,
    /// The fact stands with other values in some fields.
    Correct,
    /// A doubt was looked at.
    Seen,
    /// An earlier decision is taken back.
    Undo,
}

impl Verdict {
    /// Returns the word stored in the file.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Correct => "correct",
            Self::Seen => "seen",
            Self::Undo => "undo",
        }
    }
}

/// One decision of a reviewer. It carries what was read, so that it finds the same words again in a later reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Version of the form of a line: 1.
    #[serde(rename = "review")]
    pub form: u32,
    /// Identity of the decision: 16 hexadecimal digits of the hash of its line.
    #[serde(skip)]
    pub id: String,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided.
    pub by: String,
    /// What was decided.
    pub verdict: Verdict,
    /// The fact that it is about; empty for other subjects.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fact: String,
    /// The decision that is taken back, where one is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decision: String,
    /// Why, in the reviewer's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The source in which the words stood.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The address within that source.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// The snapshot in which they stood.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub snapshot: String,
    /// What was read, by column of the table `fact`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub was: BTreeMap<String, String>,
    /// What is to stand instead, by field; an empty text takes a value away.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub to: BTreeMap<String, String>,
}

impl Review {
    /// Returns a decision that says nothing yet but who decided what, and when.
    #[must_use]
    pub fn new(verdict: Verdict, by: &str, at: Timestamp) -> Self {
        Self {
            form: 1,
            id: String::new(),
            at,
            by: by.into(),
            verdict,
            fact: String::new(),
            decision: String::new(),
            reason: String::new(),
            source: String::new(),
            address: String::new(),
            snapshot: String::new(),
            was: BTreeMap::new(),
            to: BTreeMap::new(),
        }
    }

    /// Returns what was read in a column.
    #[must_use]
    pub fn was(&self, column: &str) -> Option<&str> {
        self.was.get(column).map(String::as_str)
    }

    /// Returns what is to stand in a field.
    #[must_use]
    pub fn to(&self, field: &str) -> Option<&str> {
        self.to.get(field).map(String::as_str)
    }

    /// Returns the time that is to stand: `2024`, `2024-06`, `2024-06-17`, or two of them with `..` between; an empty
    /// text is a time that is not known. `None` where the time stays, or is no such text.
    #[must_use]
    pub fn when(&self) -> Option<When> {
        let text = self.to("when")?;
        if text.is_empty() {
            return Some(When::UNKNOWN);
        }
        let Some((from, to)) = text.split_once("..") else { return When::parse(text) };
        let (from, to) = (When::parse(from)?, When::parse(to)?);
        // The coarser of the two says how exactly the interval is known.
        let is_there = |precision| [from, to].iter().any(|when| when.precision == precision);
        let precision = [Precision::Year, Precision::Month].into_iter().find(|&precision| is_there(precision));
        Some(When { from: from.from, to: to.to, precision: precision.unwrap_or(Precision::Day) })
    }

    fn read(line: &str) -> Option<Self> {
        let review: Self = serde_json::from_str(line).ok()?;
        let mut id = content_id(line.as_bytes());
        id.truncate(16);
        (review.form == 1).then_some(Self { id, ..review })
    }
}

/// Returns the decisions that a file holds, each once, in its order. A last line without an end was cut by a crash and is
/// none; a line in another form is none either, and is a problem where the file is read as a source.
#[must_use]
pub fn reviews(bytes: &[u8]) -> Vec<Review> {
    let end = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let text = String::from_utf8_lossy(&bytes[..end]);
    let mut seen = BTreeSet::new();
    text.lines().filter_map(Review::read).filter(|review| seen.insert(review.id.clone())).collect()
}

/// Returns the bytes of the file; none where there is no file.
#[expect(clippy::disallowed_methods, reason = "the ledger keeps files")]
pub fn read(workspace: &Path) -> Result<Vec<u8>, Fault> {
    let path = workspace.join(REVIEWS);
    match std::fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other.map_err(|error| unwritable(&path, &error)),
    }
}

/// Appends decisions, on the disk before this returns, and returns them with their ids. What a crash left of an earlier
/// line stays, with an end put to it.
#[expect(clippy::disallowed_methods, reason = "the ledger keeps files")]
pub fn append(workspace: &Path, new: &[Review]) -> Result<Vec<Review>, Fault> {
    let path = workspace.join(REVIEWS);
    let mut lines = String::new();
    let mut kept = Vec::new();
    for review in new {
        let line = serde_json::to_string(review).map_err(|error| Fault::bug(REVIEWS, error))?;
        kept.extend(Review::read(&line));
        lines.push_str(&line);
        lines.push('\n');
    }
    let is_new = !path.exists();
    let mut write = || -> std::io::Result<()> {
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path)?;
        if !ends_whole(&mut file)? {
            lines.insert(0, '\n');
        }
        file.write_all(lines.as_bytes())?;
        file.sync_all()?;
        // A new name is lasting when its folder is.
        if is_new { File::open(workspace)?.sync_all() } else { Ok(()) }
    };
    write().map_err(|error| unwritable(&path, &error))?;
    Ok(kept)
}

fn ends_whole(file: &mut File) -> std::io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

fn unwritable(path: &Path, error: &dyn std::fmt::Display) -> Fault {
    let hint = "check that the file can be read and written by this user";
    Fault::new(Remedy::Setup, path.display().to_string(), error, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review(second: i64) -> Review {
        Review {
            fact: "f".into(),
            ..Review::new(Verdict::Accept, "A. Example", Timestamp::from_second(second).unwrap())
        }
    }

    #[test]
    fn a_line_that_a_crash_cut_is_no_decision_and_spoils_no_later_one() {
        let folder = tempfile::tempdir().unwrap();
        let first = append(folder.path(), &[review(1)]).unwrap();
        let mut file = OpenOptions::new().append(true).open(folder.path().join(REVIEWS)).unwrap();
        file.write_all(b"{\"review\":1,\"at\":\"2031-").unwrap();
        assert_eq!(reviews(&read(folder.path()).unwrap()), first);
        let second = append(folder.path(), &[review(2), review(2)]).unwrap();
        assert_eq!(reviews(&read(folder.path()).unwrap()), [first[0].clone(), second[0].clone()]);
    }

    #[test]
    fn a_corrected_time_is_a_day_a_month_or_an_interval() {
        let when = |text: &str| {
            let to = BTreeMap::from([("when".to_string(), text.to_string())]);
            Review { to, ..review(1) }.when().map(|when| (when.from, when.to, when.precision))
        };
        assert_eq!(when("soon"), None);
        assert_eq!(when(""), Some((None, None, Precision::Unknown)));
        let day = |text: &str| Some(text.parse().unwrap());
        assert_eq!(when("2031-05"), Some((day("2031-05-01"), day("2031-05-31"), Precision::Month)));
        assert_eq!(when("2031-05-04..2031-05-06"), Some((day("2031-05-04"), day("2031-05-06"), Precision::Day)));
    }
}
