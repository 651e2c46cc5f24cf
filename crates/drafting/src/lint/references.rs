//! References to clauses that the text does not have, and marks without a note.

use std::collections::BTreeSet;

use super::lists::is_call;
use super::{Code, Lint};
use crate::Passage;
use crate::calls;
use crate::clause::bare;
use crate::filed::labels;
use crate::references::{is_name, references};

/// Returns references that lead nowhere, each with its number among the passages.
///
/// Only references by call and label are looked at: a number may be of a clause of another text.
pub(super) fn lost(passages: &[Passage<'_>]) -> Vec<(usize, Lint)> {
    let known: BTreeSet<(String, &str)> =
        passages.iter().filter(|one| is_call(one.call)).map(|one| (one.call.to_lowercase(), bare(one.label))).collect();
    let verb = |call: &String| calls::verb(call).map(|verb| verb.words.to_string());
    let names: BTreeSet<String> =
        known.iter().flat_map(|(call, _)| [Some(call.clone()), verb(call)]).flatten().collect();
    let mut found = Vec::new();
    for (n, passage) in passages.iter().enumerate() {
        for reference in references(passage.text, &names).into_iter().filter(|one| !one.call.is_empty()) {
            let is_held =
                |label: &str| known.iter().any(|(call, held)| *held == label && is_name(call, &reference.call));
            // `1.2` and `1 a)` name what stands below a clause.
            let is_lost = |label: &str| !label.contains('.') && !is_held(label);
            for name in reference.names.iter().filter(|name| is_lost(&name.label)) {
                let range = if reference.names.len() == 1 { reference.range.clone() } else { name.range.clone() };
                found.push((n, Lint::new(Code::LostReference, passage, range, "<a clause of this text>", 0.8)));
            }
        }
    }
    found
}

/// Returns marks of notes, `[^1]`, that no passage begins with, each with its number among the passages.
pub(super) fn marks(passages: &[Passage<'_>]) -> Vec<(usize, Lint)> {
    let noted = |one: &Passage<'_>| -> Option<String> {
        let own = if one.label.starts_with("[^") { one.label } else { one.text };
        let label = labels(own).next().filter(|label| label.start == 0 && own[label.end..].starts_with(':'))?;
        Some(own[label].to_string())
    };
    let notes: BTreeSet<String> = passages.iter().filter_map(noted).collect();
    let mut found = Vec::new();
    for (n, passage) in passages.iter().enumerate() {
        for range in labels(passage.text).filter(|range| !notes.contains(&passage.text[range.clone()])) {
            found.push((n, Lint::new(Code::MarkWithoutNote, passage, range, "<a note at the foot>", 0.9)));
        }
    }
    found
}
