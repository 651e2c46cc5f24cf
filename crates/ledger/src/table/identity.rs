//! `identity`: one mention to one entity; derived from decisions, never edited.

use super::Table;
use crate::columns::{Column, text, text_opt};

/// What one mention stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityRow {
    /// `organisation`, `body`, `meeting` or `document`.
    pub kind: String,
    /// The mention as written in facts.
    pub mention: String,
    /// The entity; `None` where the mention says that there is none (`Independent`, `n/a`).
    pub entity: Option<String>,
    /// Name of the entity for people.
    pub name: String,
    /// The rule that made the link.
    pub rule: String,
    /// What the rule relied on: a decision with its source, or the normalised key.
    pub reason: String,
}

impl Table for IdentityRow {
    const NAME: &'static str = "identity";

    fn columns(rows: &[Self]) -> Vec<Column> {
        vec![
            text("kind", rows, |row| &row.kind),
            text("mention", rows, |row| &row.mention),
            text_opt("entity", rows, |row| row.entity.as_deref()),
            text("name", rows, |row| &row.name),
            text("rule", rows, |row| &row.rule),
            text("reason", rows, |row| &row.reason),
        ]
    }
}
