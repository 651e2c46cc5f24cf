//! Editions: one document cited in two, and a place and year that belong to no assembly.

use std::collections::BTreeMap;

use super::{Code, Lint};
use crate::Passage;
use crate::cite::{Assembly, Citation, Cited, Edition, bodies, citations, expected_edition};

/// A citation with an edition, and the number of its passage.
struct Use<'a> {
    n: usize,
    citation: &'a Citation,
    edition: &'a Edition,
}

/// Returns the citations of a text whose editions do not agree with each other or with the table of assemblies.
pub(super) fn lints(passages: &[Passage<'_>]) -> Vec<(usize, Lint)> {
    let found: Vec<Vec<Citation>> = passages.iter().map(|passage| citations(passage.text)).collect();
    let uses = found.iter().enumerate().flat_map(|(n, all)| {
        all.iter().filter_map(move |citation| Some(Use { n, citation, edition: citation.edition.as_ref()? }))
    });
    let (mut lints, mut own) = (Vec::new(), Vec::new());
    let mut works: BTreeMap<&str, Vec<Use<'_>>> = BTreeMap::new();
    for one in uses {
        lints.extend(passages.get(one.n).and_then(|passage| unknown(passage, &one)).map(|lint| (one.n, lint)));
        // The number of the text itself: it may well cite its own earlier editions.
        let words =
            passages.get(one.n).and_then(|passage| passage.text.get(one.citation.range.clone())).unwrap_or_default();
        let is_own = words.starts_with("RESOLUTION") || words.starts_with("DECISION");
        if is_own {
            own.push(one.citation.id.as_str());
        } else if one.citation.kind != Cited::Meeting {
            works.entry(one.citation.id.as_str()).or_default().push(one);
        }
    }
    for (_, uses) in works.iter().filter(|(id, _)| !own.contains(id)) {
        for one in uses {
            let passage = passages.get(one.n);
            lints.extend(
                passage.and_then(|passage| other_edition(passage, passages, one, uses)).map(|lint| (one.n, lint)),
            );
        }
    }
    lints
}

fn unknown(passage: &Passage<'_>, one: &Use<'_>) -> Option<Lint> {
    let meant = expected_edition(one.edition, one.citation.body.as_deref());
    let said = |all: &[&Assembly]| {
        let mut said: Vec<String> =
            all.iter().map(|one| format!("{}, {} ({})", one.place, one.year, one.body)).collect();
        said.dedup();
        said.join(" or ")
    };
    let sure = if one.citation.body.is_some() || one.edition.is_revision { 0.95 } else { 0.7 };
    (!meant.is_empty()).then(|| Lint::new(Code::UnknownEdition, passage, one.edition.range.clone(), said(&meant), sure))
}

/// The bodies whose document this may be.
fn bodies_of(one: &Use<'_>) -> Vec<String> {
    match &one.citation.body {
        Some(body) => vec![body.clone()],
        None => bodies(one.edition).map(|held| held.body.to_string()).collect(),
    }
}

/// True where two citations of one number may be of one body's document; `Resolution 22` of two bodies are two documents.
fn is_same_work(one: &Use<'_>, other: &Use<'_>) -> bool {
    let (of_one, of_other) = (bodies_of(one), bodies_of(other));
    of_one.is_empty() || of_other.is_empty() || of_one.iter().any(|body| of_other.contains(body))
}

/// A lint for the rarer edition, or, of two that are as often, for the older; the text's own history is no second edition.
fn other_edition(passage: &Passage<'_>, passages: &[Passage<'_>], one: &Use<'_>, uses: &[Use<'_>]) -> Option<Lint> {
    let alike: Vec<&Use<'_>> = uses.iter().filter(|other| is_same_work(one, other)).collect();
    let n_of = |said: &str| alike.iter().filter(|other| other.edition.said() == said).count();
    let rank = |held: &Use<'_>| {
        let is_known = expected_edition(held.edition, held.citation.body.as_deref()).is_empty();
        (is_known, n_of(&held.edition.said()), held.edition.year, std::cmp::Reverse(held.n))
    };
    let best = alike.iter().copied().max_by_key(|other| rank(other))?;
    if best.edition.said() == one.edition.said() {
        return None;
    }
    let place = passages.get(best.n).map_or("", |held| held.place);
    let expected = format!("({}), as in {place}", best.edition.written());
    Some(Lint::new(Code::TwoEditions, passage, one.citation.range.clone(), expected, 0.85))
}
