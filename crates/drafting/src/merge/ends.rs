//! End punctuation of the merged text: `;` inside a block, `,` at its end, `.` at the end of all.
//!
//! A block that is the base's, or one contribution's, ends as it does there; any other is set anew.

use super::item::{Bench, By};
use super::row::MechanicalKind;
use crate::clause::{ClauseKind, Draft};

/// Sets the punctuation at the end of clauses that became the last of their block, or are it no longer.
///
/// Only in blocks below calls.
pub(super) fn ends(bench: &mut Bench<'_>, standing: &[usize]) {
    let mut at = 0;
    while at < standing.len() {
        let block = at + standing[at..].iter().take_while(|&&item| bench.kind(item) == ClauseKind::Item).count();
        let is_below_call = at > 0 && bench.kind(standing[at - 1]) == ClauseKind::Call;
        if block > at && is_below_call {
            let items = &standing[at..block];
            let is_end = ends_text(standing.get(block).map(|&next| bench.kind(next)));
            let (form, texts) = of_block(bench, items, is_end);
            items.iter().for_each(|&item| keep(bench, item, &texts));
            match form {
                Block::AsWritten => {}
                Block::Elsewhere => close(bench, items[items.len() - 1], is_end),
                Block::New => punctuate(bench, items, is_end),
            }
        }
        at = block.max(at + 1);
    }
}

/// What the clauses below a call are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Block {
    /// Nobody's, as they stand now.
    New,
    /// Somebody's, but there the text ended with them, or went on.
    Elsewhere,
    /// Somebody's.
    AsWritten,
}

/// True where what follows a block is another resolution, an annex, the notes, or nothing.
fn ends_text(next: Option<ClauseKind>) -> bool {
    use ClauseKind::{Heading, Note, Number, Symbol};
    next.is_none_or(|kind| matches!(kind, Note | Number | Symbol | Heading(_)))
}

/// The base, or a contribution.
type Source = Option<usize>;

/// Returns whose these items are, as all items below a call, in this order: nobody's, or of the texts that fit best.
fn of_block(bench: &Bench<'_>, items: &[usize], is_end: bool) -> (Block, Vec<Source>) {
    let form = |source: Source| {
        let clauses: Option<Vec<usize>> = items.iter().map(|&item| clause(bench, source, item)).collect();
        clauses.map_or(Block::New, |clauses| form(draft(bench, source), &clauses, is_end))
    };
    let sides = bench.holders(items[0]).into_iter().map(|(side, _)| Some(side));
    let forms: Vec<(Source, Block)> = std::iter::once(None).chain(sides).map(|source| (source, form(source))).collect();
    let best = forms.iter().map(|(_, form)| *form).max().unwrap_or(Block::New);
    let texts = forms.into_iter().filter(|(_, form)| *form == best && best != Block::New);
    (best, texts.map(|(source, _)| source).collect())
}

fn form(draft: &Draft, clauses: &[usize], is_end: bool) -> Block {
    let (Some(&first), Some(&last)) = (clauses.first(), clauses.last()) else { return Block::New };
    let is_run = clauses.windows(2).all(|pair| pair[0] + 1 == pair[1]) && is_last(draft, last);
    let is_below = first > 0 && draft.clauses()[first - 1].kind == ClauseKind::Call;
    let next = draft.clauses().get(last + 1).map(|next| next.kind);
    match (is_run && is_below, ends_text(next) == is_end) {
        (true, true) => Block::AsWritten,
        (true, false) => Block::Elsewhere,
        _ => Block::New,
    }
}

fn draft<'b>(bench: &'b Bench<'_>, source: Source) -> &'b Draft {
    source.map_or(bench.base, |side| bench.sides[side].draft)
}

fn clause(bench: &Bench<'_>, source: Source, item: usize) -> Option<usize> {
    match source {
        Some(side) => bench.clause_of(side, item),
        None => bench.items[item].base,
    }
}

/// Takes the end of an item from texts that have its block, where it is that of a text that has another: a contribution whose
/// last clause was dropped ends the clause before it with `;`.
fn keep(bench: &mut Bench<'_>, item: usize, texts: &[Source]) {
    let end = bench.scalar(item, Draft::end);
    let of = |source: &Source| {
        let draft = draft(bench, *source);
        clause(bench, *source, item).map(|at| draft.end(&draft.clauses()[at]).to_string())
    };
    let held: Vec<String> = texts.iter().filter_map(of).collect();
    let Some(first) = held.first().filter(|_| !held.contains(&end.after)).cloned() else { return };
    let changed = held.into_iter().find(|held| Some(held) != end.before.as_ref()).unwrap_or(first);
    let by = texts.iter().flatten().copied().collect::<By>();
    let by = if by.is_empty() { end.by.clone() } else { by };
    if end.before.as_ref() == Some(&changed) {
        bench.items[item].end = Some((changed, by));
    } else {
        set_end(bench, item, &end.after, &changed, &by);
    }
}

/// Ends a block that stands at the end of all now, or does so no longer.
fn close(bench: &mut Bench<'_>, item: usize, is_end: bool) {
    let end = end_of(bench, item);
    let new = match (is_end, end.trim()) {
        (true, "," | ";") => ".",
        (false, "." | ";") => ",",
        _ => return,
    };
    let causers = bench.causers(&[item]);
    set_end(bench, item, &end, new, &causers);
}

fn end_of(bench: &Bench<'_>, item: usize) -> String {
    let kept = bench.items[item].end.as_ref().map(|(end, _)| end.clone());
    kept.unwrap_or_else(|| bench.scalar(item, Draft::end).after)
}

/// True for the last item of a block.
fn is_last(draft: &Draft, at: usize) -> bool {
    draft.clauses().get(at + 1).is_none_or(|next| next.kind != ClauseKind::Item)
}

fn punctuate(bench: &mut Bench<'_>, items: &[usize], is_end: bool) {
    let causers = bench.causers(items);
    for (nth, &item) in items.iter().enumerate() {
        let scalar = bench.scalar(item, Draft::end);
        // Whoever wrote the end knew what followed in his text.
        let writer = scalar.by.first().and_then(|&side| Some((bench.sides[side].draft, bench.clause_of(side, item)?)));
        let (draft, at) = writer.unwrap_or_else(|| bench.clause(item));
        let was_last = is_last(draft, at);
        let is_last = nth + 1 == items.len();
        let end = scalar.after;
        let new = match (was_last, is_last, end.trim()) {
            (true, false, "," | ".") => ";",
            (false, true, ";" | "; and" | ";and" | "," | "") if is_end => ".",
            (false, true, ";" | "; and" | "") => ",",
            (true, true, ",") if is_end => ".",
            (true, true, ".") if !is_end => ",",
            _ => continue,
        };
        set_end(bench, item, &end, new, &causers);
    }
}

fn set_end(bench: &mut Bench<'_>, item: usize, end: &str, new: &str, by: &By) {
    if new != end {
        bench.record(item, MechanicalKind::End, [end, new]);
        bench.items[item].end = Some((new.into(), by.clone()));
    }
}
