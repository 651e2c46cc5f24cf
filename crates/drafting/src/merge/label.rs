//! Labels of the merged text.
//!
//! A group of siblings that is one of the base's, or of one contribution, keeps the labels that it has there; any other is counted
//! anew, and so is a group of one of several contributions whose own labels are not in sequence: they were out of it because
//! that contribution showed what it struck, or meant clauses that are not its own. What is struck takes no label.

use std::collections::BTreeMap;

use super::item::{Bench, By, Fate};
use super::order::Line;
use super::row::{MechanicalKind, Outcome};
use crate::clause::{Count, Draft, bare, relabelled};

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
    for &item in &standing {
        uncounted(bench, item);
    }
    super::ends::ends(bench, &standing);
}

/// Gives a clause the dash that a contribution made of its number: without it, another's new number would count.
fn uncounted(bench: &mut Bench<'_>, item: usize) {
    let (draft, at) = bench.formed(item);
    let clause = &draft.clauses()[at];
    if bench.items[item].label.is_some() || std::ptr::eq(draft, bench.base) || clause.count.and_then(class).is_some() {
        return;
    }
    let label = draft.label(clause).to_string();
    let is_of = |&(side, at): &(usize, usize)| {
        let draft = bench.sides[side].draft;
        draft.label(&draft.clauses()[at]) == label
    };
    let by: By = bench.holders(item).iter().filter(|holder| is_of(holder)).map(|(side, _)| *side).collect();
    bench.items[item].label = Some((label, by));
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
        let is_alone = bench.is_one_proposal();
        let is_whole = |&(side, _): &(usize, usize)| {
            let clauses: Vec<Option<usize>> = items.iter().map(|&item| bench.clause_of(side, item)).collect();
            let labels = clauses.iter().filter_map(|at| at.map(|at| &bench.sides[side].draft.clauses()[at]));
            let labels = labels.map(|clause| (clause.ordinal, bench.sides[side].draft.label(clause)));
            self.sides[side].is_whole(clauses.iter().copied()) && (is_alone || is_in_sequence(labels))
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

/// True for labels that count one by one from wherever they start; `1bis` may follow 1.
fn is_in_sequence<'l>(labels: impl Iterator<Item = (u32, &'l str)>) -> bool {
    let labels: Vec<(u32, &str)> = labels.collect();
    let is_between = |label: &str| {
        let bare = bare(label);
        bare.starts_with(|c: char| c.is_ascii_digit()) && bare.ends_with(|c: char| c.is_ascii_lowercase())
    };
    let is_next = |pair: &[(u32, &str)]| match pair {
        [(one, _), (other, label)] => *other == one + 1 || (one == other && is_between(label)),
        _ => true,
    };
    labels.windows(2).all(is_next)
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
    /// Returns where a contribution has an item, also where its symbols say that it does not count there.
    pub(super) fn clause_of(&self, side: usize, item: usize) -> Option<usize> {
        match self.items[item].base {
            Some(base) => self.sides[side].to_other[base],
            None => self.items[item].sources.iter().find(|(by, _)| *by == side).map(|(_, at)| *at),
        }
    }

    /// True where there is one proposal, whoever makes it: then the merged text is that one.
    pub(super) fn is_one_proposal(&self) -> bool {
        self.sides.windows(2).all(|pair| pair[0].draft.text() == pair[1].draft.text())
    }

    /// Returns the clause whose label has the form that an item gets: the base's, or of the first contribution that changed the form.
    fn formed(&self, item: usize) -> (&Draft, usize) {
        let (draft, at) = self.clause(item);
        if self.items[item].base.is_none() || self.items[item].is_base_only {
            return (draft, at);
        }
        let form =
            |draft: &Draft, at: usize| (draft.clauses()[at].count.and_then(class), draft.clauses()[at].count.is_some());
        let own = form(draft, at);
        let entry = &self.items[item];
        let is_settled =
            matches!(entry.outcome, Outcome::Contested(_)) && entry.by.iter().any(|&by| by < self.sides.len());
        // Of what was decided, the form is that of those who proposed it.
        let holders = self.holders(item).into_iter().filter(|(side, _)| !is_settled || entry.by.contains(side));
        let other = holders.into_iter().find(|&(side, clause)| form(self.sides[side].draft, clause) != own);
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
    pub(super) fn causers(&self, items: &[usize]) -> By {
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
