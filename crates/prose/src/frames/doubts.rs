//! Doubts: what a person has to decide - announced and listed speakers that differ, and inserted and deleted words that ran
//! together.

use super::page::Page;
use crate::answer::{Answer, Doubt, Found, Span};

/// Adds the doubts that compare what was read.
pub(crate) fn read(page: &Page<'_, '_>, answer: &mut Answer) {
    let differing: Vec<Doubt> = answer
        .sessions
        .iter()
        .filter_map(|session| {
            let planned = session.planned_speakers?;
            let listed = listed(page, session.extent);
            (listed > 0 && listed != planned).then(|| Doubt {
                kind: "planned-and-listed-differ",
                what: format!("expected {planned} speakers in `{}`, found {listed}", session.title),
                hint: "compare with a later version of the programme".into(),
                found: Found::new(session.found.span, "planned-and-listed", 0.95),
            })
        })
        .collect();
    answer.doubts.extend(differing);
}

/// Returns how many persons a session lists: its items that begin with a person.
fn listed(page: &Page<'_, '_>, extent: Span) -> u32 {
    let tokens = page.tokens(extent);
    let (first, last) = (page.block_number(tokens.start), page.block_number(tokens.end.saturating_sub(1)));
    let is_speaker = |n: &usize| {
        let span = page.span(&page.block(*n));
        page.is_item(*n) && !page.persons_in(Span::new(span.start, span.end.min(span.start + 60))).is_empty()
    };
    u32::try_from((first..=last).filter(is_speaker).count()).unwrap_or(u32::MAX)
}

/// Returns stretches where inserted and deleted words ran together, each with a doubt: nothing in them is a number or word.
pub(crate) fn fused(page: &Page<'_, '_>, answer: &mut Answer) -> Vec<Span> {
    let document = page.scan.document;
    let mut found = Vec::new();
    for fused in document::fused(document) {
        let span = Span::from(fused.range.clone());
        found.push(span);
        answer.doubts.push(Doubt {
            kind: "fused-text",
            hint: fused.problem(document).hint,
            what: fused.what,
            found: Found::new(span, "fused-text", 0.9),
        });
    }
    found
}
