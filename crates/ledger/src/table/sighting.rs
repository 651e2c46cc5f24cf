//! `sighting`: at a moment, an address of a source held these bytes. Never contains anything parsed.
//!
//! From it follows what is current: a snapshot that no address holds any longer has been corrected by its successor. And
//! it lets a second look at an unchanged folder read nothing.

use jiff::Timestamp;

use super::Table;
use crate::columns::{Column, moment, text};

/// What one address of a source held at one moment; written only when it differs from the sighting before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SightingRow {
    /// Name of the source.
    pub source: String,
    /// Where in the source: a path relative to a declared source, an absolute path of a file added by hand, an address.
    pub address: String,
    /// The bytes found there; empty where they have moved to another address of the source.
    pub snapshot: String,
    /// What shows, without reading them, that they are still the same: size and time of a file, head of a repository,
    /// entity tag of an address.
    pub state: String,
    /// What they were read with: adapters, versions and mappings, as one hash.
    pub reader: String,
    /// When we saw it.
    pub learnt: Timestamp,
}

impl Table for SightingRow {
    const NAME: &'static str = "sighting";

    fn columns(rows: &[Self]) -> Vec<Column> {
        vec![
            text("source", rows, |row| &row.source),
            text("address", rows, |row| &row.address),
            text("snapshot", rows, |row| &row.snapshot),
            text("state", rows, |row| &row.state),
            text("reader", rows, |row| &row.reader),
            moment("learnt", rows, |row| row.learnt),
        ]
    }
}
