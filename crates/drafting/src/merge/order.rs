//! Where each clause stands: the base in its order, additions and moved clauses after what precedes them in their contribution.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::conflict::{Alternative, Conflict, ConflictKind};
use super::item::{Bench, By, Fate, Verdict};
use super::row::{Mechanical, MechanicalKind, Outcome};
use super::side::Scope;
use crate::decision::Docket;

/// An item in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) item: usize,
    /// True for the place that a clause was moved away from.
    pub(super) is_left: bool,
}

/// After which item another stands; `None` at the beginning.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    parent: Option<usize>,
    side: usize,
    /// Position in the contribution, and how deep it stands there.
    at: usize,
    depth: u8,
}

/// A clause of the base that a contribution moved.
struct Move {
    anchor: Anchor,
    /// The clause of the base before it there: moves to the same are the same.
    target: Option<usize>,
}

/// Who moves a clause to the same place, after which clause of the base; `None` for who deletes it.
type Camp = (Option<Option<usize>>, By);

#[derive(Default)]
struct Places {
    anchors: BTreeMap<usize, Anchor>,
    moves: BTreeMap<usize, Vec<Move>>,
    /// For each addition, where who puts it.
    puts: BTreeMap<usize, Vec<Put>>,
}

/// Where a contribution puts an addition.
#[derive(Clone, Copy)]
struct Put {
    side: usize,
    /// After which clause of the base, and after which addition of its own.
    root: Option<usize>,
    behind: Option<usize>,
}

impl Places {
    /// Puts an addition where the first who has it puts it, and there behind the additions of the others.
    fn put(&mut self, item: usize, anchor: Anchor, root: Option<usize>, is_addition: impl Fn(usize) -> bool) {
        let behind = anchor.parent.filter(|parent| is_addition(*parent));
        let puts = self.puts.entry(item).or_default();
        puts.push(Put { side: anchor.side, root, behind });
        let is_free = puts[0].root == root && puts[..puts.len() - 1].iter().all(|put| put.behind.is_none());
        if puts.len() == 1 || behind.is_some_and(|behind| is_free && !self.is_behind(behind, item)) {
            self.anchors.insert(item, anchor);
        }
    }

    /// True where an item stands behind another, or behind what stands behind it.
    fn is_behind(&self, item: usize, other: usize) -> bool {
        let mut at = Some(item);
        while let Some(item) = at.filter(|&item| item != other) {
            at = self.anchors.get(&item).and_then(|anchor| anchor.parent);
        }
        at.is_some()
    }
}

impl Bench<'_> {
    /// Returns the items in their order, and settles moves that do not agree.
    pub(super) fn ordered(&mut self, docket: &mut Docket<'_>) -> Vec<Line> {
        let mut places = Places::default();
        for side in 0..self.sides.len() {
            self.places(side, &mut places);
        }
        let moves = std::mem::take(&mut places.moves);
        for (item, moves) in &moves {
            match self.items[*item].fate.clone() {
                _ if self.items[*item].is_fixed => {}
                Fate::Deleted(by) if self.items[*item].conflicts.is_empty() => {
                    self.settle_moved_deletion(*item, &by, moves, &mut places.anchors, docket);
                }
                Fate::Deleted(_) => {}
                _ => self.settle_move(*item, moves, &mut places.anchors, docket),
            }
        }
        let mut asked = BTreeMap::new();
        loop {
            let lines = self.walked(&places.anchors);
            let lost: Vec<usize> = self.lost(&lines, &places.anchors);
            if lost.is_empty() {
                self.note_order(&places.anchors);
                self.note_places(&places.puts, &lines);
                return lines;
            }
            // Clauses moved behind each other by different contributions: only one can have his place.
            for item in lost {
                self.settle_lost(item, &moves[&item], &mut places.anchors, &mut asked, docket);
            }
        }
    }

    /// Asks once about a clause that stands behind what stands behind it; until one is taken, and where all are, it stays.
    fn settle_lost(
        &mut self,
        item: usize,
        moves: &[Move],
        anchors: &mut BTreeMap<usize, Anchor>,
        asked: &mut BTreeMap<usize, usize>,
        docket: &mut Docket<'_>,
    ) {
        if let Some(&conflict) = asked.get(&item) {
            if let Some(decision) = self.conflicts[conflict].decision.take() {
                docket.refuse(decision, "expected one of the moves behind each other, for not all can stand");
            }
            self.bracket(item, conflict);
        } else {
            let (conflict, taken) = self.file_places(item, moves, camps(moves), ConflictKind::MoveMove, docket);
            asked.insert(item, conflict);
            let taken = taken.and_then(|(target, _)| moves.iter().find(|other| Some(other.target) == target));
            if let Some(taken) = taken {
                anchors.insert(item, taken.anchor);
                return;
            }
        }
        anchors.remove(&item);
        let by = std::mem::take(&mut self.items[item].movers);
        self.items[item].by.extend(by);
    }

    /// Notes after what a contribution puts its additions and the clauses that it moved.
    fn places(&self, at: usize, places: &mut Places) {
        let side = &self.sides[at];
        let is_of = |item: usize| {
            self.items[item].base.is_none_or(|base| {
                side.scopes.get(self.base.clauses()[base].section).is_none_or(|scope| *scope == Scope::Whole)
            })
        };
        let sequence: Vec<(usize, usize)> = self.of_side[at]
            .iter()
            .enumerate()
            .filter_map(|(clause, item)| Some((clause, (*item)?)))
            .filter(|(_, item)| is_of(*item))
            .collect();
        let bases: Vec<usize> = sequence.iter().filter_map(|(_, item)| self.items[*item].base).collect();
        let mut spine = longest_rising(&bases);
        without_deleted(&mut spine, &bases, |base| matches!(self.items[base].fate, Fate::Deleted(_)));
        // What a contribution about some resolutions adds before all of them goes to the end.
        let is_partial = side.scopes.iter().any(|scope| *scope != Scope::Whole);
        let last = self.base.clauses().len().checked_sub(1).filter(|_| is_partial);
        let (mut root, mut target) = (last, last);
        let mut stack: Vec<(u8, usize)> = Vec::new();
        for (clause, item) in sequence {
            let base = self.items[item].base;
            if base.is_some_and(|base| spine.binary_search(&base).is_ok()) {
                (root, target) = (Some(item), base);
                stack.clear();
                continue;
            }
            let depth = side.draft.clauses()[clause].depth;
            // What stands higher than the clause before it goes behind all that others put there as deep as that.
            stack.retain(|(other, _)| *other <= depth);
            let parent = stack.last().map(|(_, item)| *item).or(root);
            stack.push((depth, item));
            let anchor = Anchor { parent, side: at, at: clause, depth };
            if base.is_some() {
                places.moves.entry(item).or_default().push(Move { anchor, target });
                target = base;
            } else {
                places.put(item, anchor, root, |parent| self.items[parent].base.is_none());
            }
        }
    }

    fn settle_move(
        &mut self,
        item: usize,
        moves: &[Move],
        anchors: &mut BTreeMap<usize, Anchor>,
        docket: &mut Docket<'_>,
    ) {
        let Some(first) = moves.first() else { return };
        let chosen = if moves.iter().all(|other| other.target == first.target) {
            Some(first.target)
        } else {
            self.file_move(item, moves, docket)
        };
        let Some(target) = chosen else { return };
        let same: Vec<&Move> = moves.iter().filter(|other| other.target == target).collect();
        if let Some(first) = same.first() {
            anchors.insert(item, first.anchor);
            self.items[item].movers = same.iter().map(|other| other.anchor.side).collect();
        }
    }

    /// A clause that some delete and others move: they want to keep it.
    fn settle_moved_deletion(
        &mut self,
        item: usize,
        deleted: &By,
        moves: &[Move],
        anchors: &mut BTreeMap<usize, Anchor>,
        docket: &mut Docket<'_>,
    ) {
        let mut camps = camps(moves);
        camps.push((None, deleted.clone()));
        let (at, taken) = self.file_places(item, moves, camps, ConflictKind::DeleteEdit, docket);
        if matches!(taken, Some((None, _))) {
            return;
        }
        let entry = &mut self.items[item];
        entry.fate = Fate::Stands;
        entry.is_base_only = !matches!(taken, Some((Some(_), _)));
        entry.by = By::new();
        match taken {
            Some((Some(target), by)) => {
                let first = moves.iter().find(|other| other.target == target);
                anchors.extend(first.map(|first| (item, first.anchor)));
                self.items[item].movers = by;
            }
            _ => {
                self.items[item].by =
                    moves.iter().map(|other| other.anchor.side).chain(deleted.iter().copied()).collect();
                self.restore_heads(item, deleted, at);
            }
        }
    }

    /// What stays in its place keeps the calls and headings above it.
    fn restore_heads(&mut self, item: usize, deleted: &By, conflict: usize) {
        let mut under = self.base.clauses()[item].under;
        while let Some(head) = under {
            if matches!(self.items[head].fate, Fate::Deleted(_)) {
                self.items[head].fate = Fate::Stands;
                self.items[head].is_base_only = true;
                if !self.items[head].conflicts.contains(&conflict) {
                    self.items[head].conflicts.push(conflict);
                    self.items[head].outcome = Outcome::Contested(ConflictKind::DeleteEdit);
                    if self.conflicts[conflict].decision.is_none() {
                        self.bracket_deletion(head, deleted);
                    }
                }
            }
            under = self.base.clauses()[head].under;
        }
    }

    /// Files a conflict over a move, and returns the target that was taken.
    fn file_move(&mut self, item: usize, moves: &[Move], docket: &mut Docket<'_>) -> Option<Option<usize>> {
        let (_, taken) = self.file_places(item, moves, camps(moves), ConflictKind::MoveMove, docket);
        taken.and_then(|(target, _)| target)
    }

    /// Files a conflict over the place of a clause, and returns it with what was taken.
    fn file_places(
        &mut self,
        item: usize,
        moves: &[Move],
        mut camps: Vec<Camp>,
        kind: ConflictKind,
        docket: &mut Docket<'_>,
    ) -> (usize, Option<Camp>) {
        camps.sort_by_key(|(_, by)| by.first().copied());
        let shown = |(target, by): &Camp| -> Alternative {
            let Some(target) = target else { return self.alternative(by, None, None) };
            let clause = moves.iter().find(|other| other.target == *target).map(|other| other.anchor.at);
            let after = target.map_or("at the beginning".into(), |target| format!("after {}", self.base.place(target)));
            self.alternative(by, clause, Some(after))
        };
        let own = self.base.words_at(item).to_string();
        let shown = camps.iter().map(shown).collect();
        let conflict = Conflict::new(kind, self.base.place(item), Some(own), shown);
        let (at, verdict) = self.file(conflict, docket);
        let entry = &mut self.items[item];
        entry.conflicts.push(at);
        if entry.outcome == Outcome::Untouched || kind == ConflictKind::DeleteEdit {
            entry.outcome = Outcome::Contested(kind);
        }
        if let (Verdict::Text(..), Some(decision)) = (&verdict, self.conflicts[at].decision) {
            self.conflicts[at].decision = None;
            docket.refuse(decision, "expected a place, which words cannot give");
        }
        if !matches!(verdict, Verdict::Take(_)) {
            // It stays: those who moved it ended it, and the clauses around both places, as if it did not.
            let movers: By = camps.iter().flat_map(|(_, by)| by).copied().collect();
            let targets = moves.iter().filter_map(|other| other.target);
            let near: Vec<usize> = targets.chain([item]).chain(item.checked_sub(1)).collect();
            near.into_iter().for_each(|at| self.keep_end(at, &movers));
        }
        match verdict {
            Verdict::Take(alternative) => return (at, Some(camps.swap_remove(alternative))),
            Verdict::Base => {}
            Verdict::Open | Verdict::Brackets | Verdict::Text(..) => self.bracket(item, at),
        }
        (at, None)
    }

    /// Returns the lines: every clause of the base that did not move, with what stands behind it.
    fn walked(&self, anchors: &BTreeMap<usize, Anchor>) -> Vec<Line> {
        let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (item, anchor) in anchors {
            children.entry(anchor.parent).or_default().push(*item);
        }
        let key = |item: &usize| anchors.get(item).map(|anchor| (Reverse(anchor.depth), anchor.side, anchor.at));
        for list in children.values_mut() {
            list.sort_by_key(key);
        }
        let mut lines = Vec::with_capacity(self.items.len());
        let mut stack: Vec<usize> = Vec::new();
        let push_children = |stack: &mut Vec<usize>, of: Option<usize>| {
            stack.extend(children.get(&of).into_iter().flatten().rev());
        };
        push_children(&mut stack, None);
        for base in 0..=self.base.clauses().len() {
            while let Some(item) = stack.pop() {
                lines.push(Line { item, is_left: false });
                push_children(&mut stack, Some(item));
            }
            if base < self.base.clauses().len() {
                let is_left = anchors.contains_key(&base);
                lines.push(Line { item: base, is_left });
                if !is_left {
                    push_children(&mut stack, Some(base));
                }
            }
        }
        lines
    }

    /// Returns moved clauses of the base that no line holds.
    fn lost(&self, lines: &[Line], anchors: &BTreeMap<usize, Anchor>) -> Vec<usize> {
        let mut is_held = vec![false; self.items.len()];
        for line in lines.iter().filter(|line| !line.is_left) {
            is_held[line.item] = true;
        }
        anchors.keys().copied().filter(|&item| self.items[item].base.is_some() && !is_held[item]).collect()
    }

    /// Records where additions of several contributions stand at one place.
    fn note_order(&mut self, anchors: &BTreeMap<usize, Anchor>) {
        let mut of: BTreeMap<(Option<usize>, u8), Vec<usize>> = BTreeMap::new();
        for (item, anchor) in anchors {
            if self.items[*item].base.is_none() && self.items[*item].fate == Fate::Stands {
                let (draft, at) = self.clause(*item);
                of.entry((anchor.parent, draft.clauses()[at].depth)).or_default().push(*item);
            }
        }
        for ((parent, _), items) in of.into_iter().filter(|(_, items)| items.len() > 1) {
            let ids = items.iter().map(|item| self.authors[anchors[item].side].clone()).collect::<Vec<_>>().join(", ");
            let place = parent.map_or(String::new(), |parent| {
                let (draft, at) = self.clause(parent);
                draft.place(at)
            });
            self.mechanical.push(Mechanical { kind: MechanicalKind::Order, place, before: String::new(), after: ids });
        }
    }

    /// Records the additions that several contributions make alike, at different places.
    fn note_places(&mut self, puts: &BTreeMap<usize, Vec<Put>>, lines: &[Line]) {
        let order: BTreeMap<usize, usize> =
            lines.iter().enumerate().filter(|(_, line)| !line.is_left).map(|(at, line)| (line.item, at)).collect();
        for (item, puts) in puts {
            let first = puts[0];
            let is_kept = |put: &&Put| {
                put.root == first.root && put.behind.is_none_or(|behind| order.get(&behind) < order.get(item))
            };
            if self.items[*item].fate != Fate::Stands || puts.iter().all(|put| is_kept(&put)) {
                continue;
            }
            let place = |put: &Put| {
                let after = put.behind.or(put.root).map(|after| {
                    let (draft, at) = self.clause(after);
                    draft.place(at)
                });
                let after = after.map_or("at the beginning".into(), |place| format!("after {place}"));
                format!("{}: {after}", self.authors[put.side])
            };
            let others = puts[1..].iter().map(place).collect::<Vec<_>>().join("; ");
            let own = place(&first);
            self.record(*item, MechanicalKind::Place, [&others, &own]);
        }
    }
}

fn camps(moves: &[Move]) -> Vec<Camp> {
    let mut camps: BTreeMap<Option<usize>, By> = BTreeMap::new();
    for other in moves {
        camps.entry(other.target).or_default().insert(other.anchor.side);
    }
    camps.into_iter().map(|(target, by)| (Some(target), by)).collect()
}

/// Of two clauses that changed places, the one that others delete was moved: puts it out of the rising part for the other.
fn without_deleted(spine: &mut [usize], sequence: &[usize], is_deleted: impl Fn(usize) -> bool) {
    let place: BTreeMap<usize, usize> = sequence.iter().enumerate().map(|(at, base)| (*base, at)).collect();
    for at in 0..spine.len() {
        if !is_deleted(spine[at]) {
            continue;
        }
        let low = at.checked_sub(1).map(|at| spine[at]);
        let high = spine.get(at + 1).copied();
        let from = low.map_or(0, |low| place[&low] + 1);
        let to = high.map_or(sequence.len(), |high| place[&high]);
        let fits = |base: &&usize| {
            low.is_none_or(|low| **base > low) && high.is_none_or(|high| **base < high) && !is_deleted(**base)
        };
        if let Some(other) = sequence[from..to].iter().find(fits) {
            spine[at] = *other;
        }
    }
}

/// Returns the longest rising part of a sequence, sorted.
fn longest_rising(sequence: &[usize]) -> Vec<usize> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; sequence.len()];
    for (at, value) in sequence.iter().enumerate() {
        let place = tails.partition_point(|&tail| sequence[tail] < *value);
        before[at] = place.checked_sub(1).map(|place| tails[place]);
        match tails.get_mut(place) {
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut rising = Vec::new();
    let mut at = tails.last().copied();
    while let Some(place) = at {
        rising.push(sequence[place]);
        at = before[place];
    }
    rising.reverse();
    rising
}
