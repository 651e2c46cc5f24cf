//! `review`: one decision of a reviewer on one reading, with what was read and what is to stand. Kept in `reviews.jsonl`.

use super::Table;
use crate::columns::{Column, day_opt, int, text, text_opt};
use crate::review::{Review, Verdict};

impl Table for Review {
    const NAME: &'static str = "review";

    fn columns(rows: &[Self]) -> Vec<Column> {
        vec![
            text("id", rows, |row| &row.id),
            int("decided", rows, |row| row.at.as_microsecond()),
            text("reviewer", rows, |row| &row.by),
            text("verdict", rows, |row| row.verdict.slug()),
            text("fact", rows, |row| &row.fact),
            text_opt("undone", rows, |row| (row.verdict == Verdict::Undo).then_some(row.decision.as_str())),
            text_opt("reason", rows, |row| Some(row.reason.as_str()).filter(|reason| !reason.is_empty())),
            text("source", rows, |row| &row.source),
            text("address", rows, |row| &row.address),
            text("snapshot", rows, |row| &row.snapshot),
            text_opt("act", rows, |row| row.was("act")),
            text_opt("name", rows, |row| row.was("name")),
            text_opt("affiliation", rows, |row| row.was("affiliation")),
            text_opt("role", rows, |row| row.was("role")),
            text_opt("object_kind", rows, |row| row.was("object_kind")),
            text_opt("object_id", rows, |row| row.was("object_id")),
            text_opt("object_title", rows, |row| row.was("object_title")),
            text_opt("target_id", rows, |row| row.was("target_id")),
            text_opt("body", rows, |row| row.was("body")),
            text_opt("event", rows, |row| row.was("event")),
            text_opt("status", rows, |row| row.was("status")),
            text_opt("place", rows, |row| row.was("place")),
            text_opt("quote", rows, |row| row.was("quote")),
            text_opt("to_act", rows, |row| row.to("act")),
            text_opt("to_party", rows, |row| row.to("party")),
            text_opt("to_name", rows, |row| row.to("name")),
            text_opt("to_affiliation", rows, |row| row.to("affiliation")),
            text_opt("to_country", rows, |row| row.to("country")),
            text_opt("to_role", rows, |row| row.to("role")),
            text_opt("to_object", rows, |row| row.to("object")),
            text_opt("to_title", rows, |row| row.to("title")),
            text_opt("to_target", rows, |row| row.to("target")),
            text_opt("to_body", rows, |row| row.to("body")),
            text_opt("to_event", rows, |row| row.to("event")),
            text_opt("to_status", rows, |row| row.to("status")),
            text_opt("to_mode", rows, |row| row.to("mode")),
            text_opt("to_precision", rows, |row| row.when().map(|when| when.precision.slug())),
            day_opt("to_from_day", rows, |row| row.when().and_then(|when| when.from)),
            day_opt("to_to_day", rows, |row| row.when().and_then(|when| when.to)),
        ]
    }
}
