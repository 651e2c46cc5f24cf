//! Labels and end punctuation of the merged text.
//!
//! A group of siblings that is one of the base's, or of one contribution, keeps the labels that it has there; any other is counted
//! anew. What is struck takes no label.

use std::collections::BTreeMap;

use super::item::{Bench, By, Fate};
use super::order::Line;
use super::row::MechanicalKind;
use crate::clause::{ClauseKind, Count, Draft, bare, relabelled};

/// Where a group has its labels from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Base,
    Side(usize),
}

/// Siblings that count alike.
#[derive(Debug, Default)]
struct Group {
    parent: Option<usize>,
    items: Vec<usize>,
}

/// Groups of one text: the group of each clause, and how many are in it.
struct Siblings {
    group: Vec<Option<usize>>,
    sizes: Vec<usize>,
}

/// Sets labels and ends of all items.
pub(super) fn label(bench: &mut Bench<'_>, lines: &[Line]) {
    if bench.sides.is_empty() {
        return;
    }
    let standing: Vec<usize> = bench.standing(lines).collect();
    let texts = Texts::new(bench);
    let mut labels: BTreeMap<usize, String> = BTreeMap::new();
    for group in groups(bench, &standing) {
        let source = texts.source(bench, &group.items);
        number(bench, &group, source, &mut labels);
    }
    ends(bench, &standing, &texts);
}

/// The siblings of every text.
struct Texts {
    base: Siblings,
    sides: Vec<Siblings>,
}

impl Texts {
    fn new(bench: &Bench<'_>) -> Self {
        Self { base: siblings(bench.base), sides: bench.sides.iter().map(|side| siblings(side.draft)).collect() }
    }

    /// Returns the text in which these items are a whole group, in this order; the base before contributions.
    fn source(&self, bench: &Bench<'_>, items: &[usize]) -> Option<Source> {
        let of_base = |&item: &usize| bench.items[item].base;
        if self.base.is_whole(items.iter().map(of_base)) && !bench.is_reformed(items) {
            return Some(Source::Base);
        }
        let first = bench.holders(*items.first()?);
        let is_whole = |&(side, _): &(usize, usize)| {
            let at = |&item: &usize| {
                let base = bench.items[item].base;
                let own = base.map(|base| bench.sides[side].to_other[base]);
                own.unwrap_or_else(|| bench.items[item].sources.iter().find(|(by, _)| *by == side).map(|(_, at)| *at))
            };
            self.sides[side].is_whole(items.iter().map(at))
        };
        first.iter().find(|holder| is_whole(holder)).map(|(side, _)| Source::Side(*side))
    }
}

impl Siblings {
    fn is_whole(&self, clauses: impl Iterator<Item = Option<usize>>) -> bool {
        let (mut group, mut last, mut n) = (None, None, 0);
        for clause in clauses {
            let Some(clause) = clause else { return false };
            let Some(own) = self.group[clause] else { return false };
            if group.is_some_and(|group| group != own) || last.is_some_and(|last| last >= clause) {
                return false;
            }
            (group, last) = (Some(own), Some(clause));
            n += 1;
        }
        group.is_some_and(|group| self.sizes[group] == n)
    }
}

/// Letters, numbers and so on: what counts together.
fn class(count: Count) -> Option<u8> {
    match count {
        Count::Letter { is_capital } => Some(u8::from(is_capital)),
        Count::Roman => Some(2),
        Count::Number => Some(3),
        Count::Nested { n_parts } => Some(3 + n_parts),
        Count::Dash => None,
    }
}

/// What a clause is for its siblings: how deep it stands, whether others stand below it, and how it counts.
#[derive(Clone, Copy)]
struct Form {
    depth: u8,
    class: Option<u8>,
}

/// Walks a text and returns the group of each clause: its parent (by position in the sequence) and how it counts.
fn grouped(forms: &[Form]) -> Vec<Option<(Option<usize>, u8)>> {
    let mut above: Vec<usize> = Vec::new();
    let mut groups = Vec::with_capacity(forms.len());
    for (at, form) in forms.iter().enumerate() {
        above.retain(|&parent| forms[parent].depth < form.depth);
        groups.push(form.class.map(|class| (above.last().copied(), class)));
        above.push(at);
    }
    groups
}

fn siblings(draft: &Draft) -> Siblings {
    let forms: Vec<Form> = draft
        .clauses()
        .iter()
        .map(|clause| Form { depth: clause.depth, class: clause.count.and_then(class) })
        .collect();
    let mut numbers: BTreeMap<(Option<usize>, u8), usize> = BTreeMap::new();
    let mut sizes = Vec::new();
    let group = grouped(&forms).into_iter().map(|key| {
        let next = sizes.len();
        let number = *numbers.entry(key?).or_insert(next);
        if number == next {
            sizes.push(0);
        }
        sizes[number] += 1;
        Some(number)
    });
    let group = group.collect();
    Siblings { group, sizes }
}

/// Returns the groups of the merged text, in order.
fn groups(bench: &Bench<'_>, standing: &[usize]) -> Vec<Group> {
    let forms: Vec<Form> = standing
        .iter()
        .map(|&item| {
            let (draft, at) = bench.formed(item);
            Form { depth: draft.clauses()[at].depth, class: draft.clauses()[at].count.and_then(class) }
        })
        .collect();
    let mut numbers: BTreeMap<(Option<usize>, u8), usize> = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for (at, key) in grouped(&forms).into_iter().enumerate() {
        let Some(key) = key else { continue };
        let number = *numbers.entry(key).or_insert(groups.len());
        if number == groups.len() {
            groups.push(Group { parent: key.0.map(|parent| standing[parent]), items: Vec::new() });
        }
        groups[number].items.push(standing[at]);
    }
    groups
}

impl Bench<'_> {
    /// Returns the clause whose label has the form that an item gets: the base's, or of the first contribution that changed the form.
    fn formed(&self, item: usize) -> (&Draft, usize) {
        let (draft, at) = self.clause(item);
        if self.items[item].base.is_none() || self.items[item].is_base_only {
            return (draft, at);
        }
        let form =
            |draft: &Draft, at: usize| (draft.clauses()[at].count.and_then(class), draft.clauses()[at].count.is_some());
        let own = form(draft, at);
        let other = self.holders(item).into_iter().find(|&(side, clause)| form(self.sides[side].draft, clause) != own);
        other.map_or((draft, at), |(side, clause)| (self.sides[side].draft, clause))
    }

    /// Returns the labels that an item has in the base and in contributions.
    fn labels_of(&self, item: usize) -> Vec<String> {
        let (draft, at) = self.clause(item);
        let held = self.holders(item).into_iter().map(|(side, clause)| (self.sides[side].draft, clause));
        let all = std::iter::once((draft, at)).chain(held);
        all.map(|(draft, at)| draft.label(&draft.clauses()[at]).to_string()).collect()
    }

    /// True where some of these clauses count in another way than in the base.
    fn is_reformed(&self, items: &[usize]) -> bool {
        items.iter().any(|&item| {
            let (draft, _) = self.formed(item);
            !std::ptr::eq(draft, self.base)
        })
    }

    /// Returns who changed which clauses are in a group: whoever added, moved or struck one.
    fn causers(&self, items: &[usize]) -> By {
        let mut by = By::new();
        for &item in items {
            by.extend(&self.items[item].movers);
            if self.items[item].base.is_none() {
                by.extend(&self.items[item].by);
            }
        }
        let bases: Vec<usize> = items.iter().filter_map(|&item| self.items[item].base).collect();
        if let (Some(first), Some(last)) = (bases.iter().min(), bases.iter().max()) {
            // One further on each side: the first or the last of a group may be what was struck.
            for at in first.saturating_sub(1)..(*last + 2).min(self.base.clauses().len()) {
                by.extend(&self.items[at].movers);
                if let Fate::Deleted(deleted) = &self.items[at].fate {
                    by.extend(deleted);
                }
            }
        }
        if by.is_empty() { (0..self.sides.len()).collect() } else { by }
    }
}

/// Gives a group its labels.
fn number(bench: &mut Bench<'_>, group: &Group, source: Option<Source>, labels: &mut BTreeMap<usize, String>) {
    let causers = bench.causers(&group.items);
    let above = group.parent.and_then(|parent| labels.get(&parent)).cloned().unwrap_or_default();
    let old_above: Vec<String> = group.parent.map(|parent| bench.labels_of(parent)).unwrap_or_default();
    // Numbers follow the number above them only where they did so before.
    let follows = |label: &str| !above.is_empty() && old_above.iter().any(|old| stem(label) == bare(old));
    let (draft, at) = bench.formed(group.items[0]);
    let (pattern, count) = (draft.label(&draft.clauses()[at]).to_string(), draft.clauses()[at].count);
    let Some(count) = count else { return };
    let from = bench.items[group.items[0]].base.map_or(1, |base| bench.base.clauses()[base].ordinal.min(1));
    for (nth, &item) in group.items.iter().enumerate() {
        let counted = relabelled(&pattern, count, from + nth as u32, if follows(&pattern) { &above } else { "" });
        let held = match source {
            Some(Source::Base) => bench.items[item].base.map(|base| (bench.base, base)),
            Some(Source::Side(side)) => {
                let of_side = bench.holders(item).into_iter().find(|(by, _)| *by == side);
                of_side.map(|(_, clause)| (bench.sides[side].draft, clause))
            }
            None => None,
        };
        let written = held.map(|(draft, at)| draft.label(&draft.clauses()[at]).to_string());
        // Below a heading with a new number the numbers start with that, whatever they are in their source.
        let is_below_new = matches!(count, Count::Nested { .. })
            && written.as_ref().is_some_and(|written| follows(written) && stem(written) != bare(&above));
        let new = written.filter(|_| !is_below_new).unwrap_or(counted);
        set_label(bench, item, &new, source, &causers);
        labels.insert(item, new);
    }
}

fn stem(label: &str) -> &str {
    bare(label).rsplit_once('.').map_or("", |(stem, _)| stem)
}

fn set_label(bench: &mut Bench<'_>, item: usize, new: &str, source: Option<Source>, causers: &By) {
    let (draft, at) = bench.clause(item);
    let before = draft.label(&draft.clauses()[at]).to_string();
    let by = match source {
        Some(Source::Side(side)) => {
            let holders = bench.holders(item).into_iter().filter(|(side, clause)| {
                let draft = bench.sides[*side].draft;
                draft.label(&draft.clauses()[*clause]) == new
            });
            holders.map(|(side, _)| side).chain([side]).collect()
        }
        _ => causers.clone(),
    };
    if before != new && (bench.items[item].base.is_some() || source.is_none()) {
        bench.record(item, MechanicalKind::Label, [&before, new]);
    }
    bench.items[item].label = Some((new.into(), by));
}

/// Sets the punctuation at the end of clauses that became the last of their block, or are it no longer.
///
/// Only in blocks below calls whose clauses are nobody's as they stand now.
fn ends(bench: &mut Bench<'_>, standing: &[usize], texts: &Texts) {
    let mut at = 0;
    while at < standing.len() {
        let block = at + standing[at..].iter().take_while(|&&item| bench.kind(item) == ClauseKind::Item).count();
        let is_below_call = at > 0 && bench.kind(standing[at - 1]) == ClauseKind::Call;
        if block > at && is_below_call {
            let items = &standing[at..block];
            let is_end = ends_text(standing.get(block).map(|&next| bench.kind(next)));
            match texts.of_block(bench, items, is_end) {
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

/// True where what follows a block is another resolution, the notes, or nothing.
fn ends_text(next: Option<ClauseKind>) -> bool {
    next.is_none_or(|kind| matches!(kind, ClauseKind::Note | ClauseKind::Number | ClauseKind::Symbol))
}

impl Texts {
    /// Returns whose these items are, as all items below a call, in this order.
    fn of_block(&self, bench: &Bench<'_>, items: &[usize], is_end: bool) -> Block {
        let is_block = |draft: &Draft, clauses: &[Option<usize>]| {
            let all: Option<Vec<usize>> = clauses.iter().copied().collect();
            let Some((all, last)) = all.and_then(|all| all.last().copied().map(|last| (all, last))) else {
                return Block::New;
            };
            let is_run = all.windows(2).all(|pair| pair[0] + 1 == pair[1]) && is_last(draft, last);
            let is_below = all[0] > 0 && draft.clauses()[all[0] - 1].kind == ClauseKind::Call;
            let next = draft.clauses().get(last + 1).map(|next| next.kind);
            match (is_run && is_below, ends_text(next) == is_end) {
                (true, true) => Block::AsWritten,
                (true, false) => Block::Elsewhere,
                _ => Block::New,
            }
        };
        let of_base: Vec<Option<usize>> = items.iter().map(|&item| bench.items[item].base).collect();
        let own = is_block(bench.base, &of_base);
        if own == Block::AsWritten {
            return own;
        }
        let is_of = |(side, _): (usize, usize)| {
            let clause = |&item: &usize| match bench.items[item].base {
                Some(base) => bench.sides[side].to_other[base],
                None => bench.items[item].sources.iter().find(|(by, _)| *by == side).map(|(_, at)| *at),
            };
            let clauses: Vec<Option<usize>> = items.iter().map(clause).collect();
            is_block(bench.sides[side].draft, &clauses)
        };
        let of_sides = bench.holders(items[0]).into_iter().map(is_of).max();
        of_sides.map_or(own, |best| best.max(own))
    }
}

/// Ends a block that stands at the end of all now, or does so no longer.
fn close(bench: &mut Bench<'_>, item: usize, is_end: bool) {
    let end = bench.scalar(item, Draft::end).after;
    let new = match (is_end, end.trim()) {
        (true, "," | ";") => ".",
        (false, ".") => ",",
        _ => return,
    };
    let causers = bench.causers(&[item]);
    set_end(bench, item, &end, new, &causers);
}

/// True for the last item of a block.
fn is_last(draft: &Draft, at: usize) -> bool {
    draft.clauses().get(at + 1).is_none_or(|next| next.kind != ClauseKind::Item)
}

fn punctuate(bench: &mut Bench<'_>, items: &[usize], is_end: bool) {
    let causers = bench.causers(items);
    for (nth, &item) in items.iter().enumerate() {
        let (draft, at) = bench.clause(item);
        let was_last = is_last(draft, at);
        let is_last = nth + 1 == items.len();
        let end = bench.scalar(item, Draft::end).after;
        let new = match (was_last, is_last, end.trim()) {
            (true, false, "," | ".") => ";",
            (false, true, ";" | "; and" | ";and" | "," | "") if is_end => ".",
            (false, true, ";" | "; and" | "") => ",",
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
