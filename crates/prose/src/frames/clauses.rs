//! Clauses of a resolution: sections (`considering`, `resolves to instruct X`) and what stands under them.

use document::Kind;

use super::cues::{self, k};
use super::page::Page;
use crate::answer::{Action, Answer, Clause, Found, Span, Who};
use crate::scan::Shape;

/// Adds clauses, and for sections that ask something of somebody the actions, to `answer`.
pub(crate) fn read(page: &Page<'_, '_>, answer: &mut Answer) {
    let mut heads: Vec<Option<Section>> = (0..page.scan.blocks.len()).map(|n| head(page, n)).collect();
    // A document with a resolution in it has at least two sections of one.
    if heads.iter().flatten().count() < 2 {
        return;
    }
    let mut section: Option<Section> = None;
    for (n, block) in page.scan.document.blocks.iter().enumerate() {
        // A section may begin in the last line of a block that ran on.
        let head = heads.get_mut(n).and_then(Option::take);
        if let (Some(section), Kind::Item { mark, .. }) = (&section, &block.kind) {
            clause(page, n, head.as_ref(), section, mark, answer);
        }
        if head.is_some() {
            section = head;
        }
    }
}

struct Section {
    words: String,
    tokens: std::ops::Range<usize>,
    addressees: Vec<Who>,
    is_asking: bool,
}

/// Returns the section that the block `n`, or its last line, begins.
fn head(page: &Page<'_, '_>, n: usize) -> Option<Section> {
    let block = page.block(n);
    page.find(block.clone(), cues::RESOLVE)?;
    let text = page.scan.text(page.span(&block));
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    let start = if line > 0 { page.scan.token_at(page.span(&block).start + line) } else { block.start };
    let tokens = start..block.end;
    let first = page.scan.tokens.get(start)?;
    let is_small = matches!(first.shape, Shape::Lower) || page.is_heading(n);
    let is_verb = page.is(start, cues::RESOLVE);
    let is_item = matches!(page.scan.document.blocks.get(n)?.kind, Kind::Item { .. }) && line == 0;
    if !is_small || !is_verb || is_item || tokens.len() > 28 || page.is_mark(block.end - 1, ".") {
        return None;
    }
    let is_asking = page
        .is_key(start, &[k("instructs"), k("invites"), k("encourages"), k("requests"), k("urges"), k("calls")])
        || page.is_key(start, &[k("resolves")]) && page.find(start + 1..tokens.end, cues::ASK).is_some();
    let words = page.scan.folded(&tokens).trim_end_matches([',', ':']).to_string();
    let addressees = if is_asking { addressees(page, &tokens) } else { Vec::new() };
    Some(Section { words, tokens, addressees, is_asking })
}

/// Returns to whom a section speaks: organisations that it names, else the words after the verb.
fn addressees(page: &Page<'_, '_>, tokens: &std::ops::Range<usize>) -> Vec<Who> {
    let span = page.span(tokens);
    let named: Vec<Who> = page.organisations_in(span).iter().map(|(_, one)| Who::Organisation(*one)).collect();
    if !named.is_empty() {
        return named;
    }
    let last = tokens.clone().rfind(|n| page.is(*n, cues::RESOLVE | cues::ASK)).unwrap_or(tokens.start);
    let end = (last + 1..tokens.end)
        .find(|n| page.is_mark(*n, "(:") || page.is_key(*n, &[k("from"), k("as")]))
        .unwrap_or(tokens.end);
    if last + 1 < end { vec![Who::Words(page.span(&(last + 1..end)))] } else { Vec::new() }
}

/// Adds the item `n` as a clause of `section`; what a section that begins in its last line says is not part of it.
fn clause(page: &Page<'_, '_>, n: usize, next: Option<&Section>, section: &Section, mark: &str, answer: &mut Answer) {
    let mut tokens = page.block(n);
    if let Some(next) = next {
        tokens.end = next.tokens.start;
    }
    let span = page.span(&tokens);
    if span == Span::default() {
        return;
    }
    let found = Found::new(span, "clause", 0.93);
    let addressees = section.addressees.clone();
    answer.clauses.push(Clause {
        section: section.words.clone(),
        label: mark.to_string(),
        addressees: addressees.clone(),
        found,
    });
    if section.is_asking && page.is_key(tokens.start, &[k("to")]) {
        let found = Found::new(span, "clause-instruction", 0.93);
        let instrument = Some(section.words.clone());
        answer.actions.push(Action { owners: addressees, addressees: Vec::new(), instrument, due: None, found });
    }
}
