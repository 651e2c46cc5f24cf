//! `fact`: one act read from one place in one snapshot, names as written. Never contains a resolved identity.

use fact::Fact;

use super::Table;
use crate::columns::{Column, day_opt, int, real, real_opt, text, text_opt};

/// One act with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct FactRow {
    /// Identity of the fact ([`fact::fact_id`]).
    pub id: String,
    /// The snapshot that states it.
    pub snapshot: String,
    /// The reading of that snapshot which gave it ([`super::SnapshotRow::reading`]).
    pub reading: String,
    /// The adapter that read it.
    pub adapter: String,
    /// What was read.
    pub fact: Fact,
}

impl Table for FactRow {
    const NAME: &'static str = "fact";

    fn columns(rows: &[Self]) -> Vec<Column> {
        vec![
            text("id", rows, |row| &row.id),
            text("snapshot", rows, |row| &row.snapshot),
            text("reading", rows, |row| &row.reading),
            text("adapter", rows, |row| &row.adapter),
            text("act", rows, |row| row.fact.act.slug()),
            text("party", rows, |row| row.fact.who.party.slug()),
            text_opt("name", rows, |row| row.fact.who.name.as_deref()),
            text_opt("affiliation", rows, |row| row.fact.who.affiliation.as_deref()),
            text_opt("country", rows, |row| row.fact.who.country.as_deref()),
            text_opt("domain", rows, |row| row.fact.who.domain.as_deref()),
            text_opt("role", rows, |row| row.fact.who.role.as_deref()),
            text_opt("object_kind", rows, |row| row.fact.object.as_ref().map(|thing| thing.kind.as_str())),
            text_opt("object_id", rows, |row| row.fact.object.as_ref().map(|thing| thing.id.as_str())),
            text_opt("object_title", rows, |row| row.fact.object.as_ref().map(|thing| thing.title.as_str())),
            text_opt("target_kind", rows, |row| row.fact.target.as_ref().map(|thing| thing.kind.as_str())),
            text_opt("target_id", rows, |row| row.fact.target.as_ref().map(|thing| thing.id.as_str())),
            text_opt("body", rows, |row| row.fact.body.as_deref()),
            text_opt("event", rows, |row| row.fact.event.as_deref()),
            day_opt("from_day", rows, |row| row.fact.when.from),
            day_opt("to_day", rows, |row| row.fact.when.to),
            text("precision", rows, |row| row.fact.when.precision.slug()),
            real_opt("amount", rows, |row| row.fact.amount.as_ref().map(|amount| amount.value)),
            text_opt("unit", rows, |row| row.fact.amount.as_ref().map(|amount| amount.unit.as_str())),
            text_opt("status", rows, |row| row.fact.status.as_deref()),
            text_opt("mode", rows, |row| row.fact.mode.map(fact::Mode::slug)),
            real("confidence", rows, |row| row.fact.confidence),
            int("start_byte", rows, |row| row.fact.evidence.start.cast_signed()),
            int("end_byte", rows, |row| row.fact.evidence.end.cast_signed()),
            text("place", rows, |row| &row.fact.evidence.place),
            text("quote", rows, |row| &row.fact.evidence.quote),
            text_opt("rule", rows, |row| row.fact.rule.as_deref()),
        ]
    }
}
