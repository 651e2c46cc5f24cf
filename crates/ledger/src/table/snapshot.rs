//! `snapshot`: one byte copy of one source at one moment, by content. Never contains anything parsed.

use fact::content_id;
use jiff::Timestamp;

use super::Table;
use crate::columns::{Column, int, moment, text, text_opt, truth};

/// One byte copy of one source. Its row is written last, and so makes its facts and problems visible.
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotRow {
    /// SHA-256 of the bytes, hexadecimal.
    pub id: String,
    /// This reading of the bytes, by one adapter in one version ([`reading_id`]). The newest reading of a snapshot is the
    /// one that counts; earlier ones stay, for whoever asks what was known then.
    pub reading: String,
    /// Where the bytes came from, relative to their source.
    pub origin: String,
    /// Name of the declared source, or `added by hand`.
    pub source: String,
    /// Licence as declared for the source; `None` is not known.
    pub licence: Option<String>,
    /// Adapter that read it; `None` where no adapter recognised it.
    pub adapter: Option<String>,
    /// Version of that adapter; 0 without one.
    pub version: i64,
    /// What the adapter took it for.
    pub about: String,
    /// True when the source says that its content is made up.
    pub is_made_up: bool,
    /// Size in bytes.
    pub n_bytes: i64,
    /// Units that the adapter looked at.
    pub n_units: i64,
    /// Facts read.
    pub n_facts: i64,
    /// Places that could not be read.
    pub n_problems: i64,
    /// When we learnt it.
    pub learnt: Timestamp,
}

/// Returns the identity of a reading: the bytes, the adapter with its version, and what else it was told (column mappings).
#[must_use]
pub fn reading_id(snapshot: &str, adapter: Option<&str>, version: i64, told: &str) -> String {
    let mut id = content_id(format!("{snapshot} {} {version} {told}", adapter.unwrap_or_default()).as_bytes());
    id.truncate(32);
    id
}

impl Table for SnapshotRow {
    const NAME: &'static str = "snapshot";

    fn columns(rows: &[Self]) -> Vec<Column> {
        vec![
            text("id", rows, |row| &row.id),
            text("reading", rows, |row| &row.reading),
            text("origin", rows, |row| &row.origin),
            text("source", rows, |row| &row.source),
            text_opt("licence", rows, |row| row.licence.as_deref()),
            text_opt("adapter", rows, |row| row.adapter.as_deref()),
            int("version", rows, |row| row.version),
            text("about", rows, |row| &row.about),
            truth("is_made_up", rows, |row| row.is_made_up),
            int("n_bytes", rows, |row| row.n_bytes),
            int("n_units", rows, |row| row.n_units),
            int("n_facts", rows, |row| row.n_facts),
            int("n_problems", rows, |row| row.n_problems),
            moment("learnt", rows, |row| row.learnt),
        ]
    }
}
