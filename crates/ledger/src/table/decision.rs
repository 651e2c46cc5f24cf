//! `decision`: one statement on identity, by a rule, a model or a person. Only appended to; nothing in it is ever edited.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Table;
use crate::columns::{Column, day_opt, moment, real, text, text_opt};

/// One statement on identity, as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionRow {
    /// 16 hexadecimal digits of the hash of all the rest.
    pub id: String,
    /// `organisation` or `person`.
    pub kind: String,
    /// `link`, `same-as`, `not-same`, `part-of`, `succeeded-by`, `acquired-by`, `reject`, `hide` or `undo`.
    pub op: String,
    /// The name as written.
    pub subject: String,
    /// The other name; empty where there is none.
    pub object: String,
    /// First day on which it is so.
    pub from: Option<Date>,
    /// Last day on which it is so.
    pub to: Option<Date>,
    /// Weight of evidence in bits.
    pub bits: f64,
    /// Name of the rule; `word` for a person's.
    pub rule: String,
    /// Version of the rule and of its tables.
    pub version: String,
    /// What the weight is made of: a JSON list of `feature`, `found`, `bits`.
    pub contributions: String,
    /// Where one can look it up: a JSON list of texts.
    pub evidence: String,
    /// `rule`, `model` or `person`.
    pub actor: String,
    /// Who decided.
    pub by: String,
    /// When, to the microsecond.
    pub at: Timestamp,
    /// The decision that no longer holds because of this one.
    pub supersedes: Option<String>,
}

impl Table for DecisionRow {
    const NAME: &'static str = "decision";

    fn columns(rows: &[Self]) -> Vec<Column> {
        vec![
            text("id", rows, |row| &row.id),
            text("kind", rows, |row| &row.kind),
            text("op", rows, |row| &row.op),
            text("subject", rows, |row| &row.subject),
            text("object", rows, |row| &row.object),
            day_opt("from_day", rows, |row| row.from),
            day_opt("to_day", rows, |row| row.to),
            real("bits", rows, |row| row.bits),
            text("rule", rows, |row| &row.rule),
            text("version", rows, |row| &row.version),
            text("contributions", rows, |row| &row.contributions),
            text("evidence", rows, |row| &row.evidence),
            text("actor", rows, |row| &row.actor),
            text("decider", rows, |row| &row.by),
            moment("decided", rows, |row| row.at),
            text_opt("supersedes", rows, |row| row.supersedes.as_deref()),
        ]
    }
}
