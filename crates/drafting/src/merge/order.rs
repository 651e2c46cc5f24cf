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

#[derive(Default)]
struct Places {
    anchors: BTreeMap<usize, Anchor>,
    moves: BTreeMap<usize, Vec<Move>>,
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
            if !matches!(self.items[*item].fate, Fate::Deleted(_)) && !self.items[*item].is_fixed {
                self.settle_move(*item, moves, &mut places.anchors, docket);
            }
        }
        loop {
            let lines = self.walked(&places.anchors);
            let lost: Vec<usize> = self.lost(&lines, &places.anchors);
            if lost.is_empty() {
                self.note_order(&places.anchors);
                return lines;
            }
            // Clauses moved behind each other by different contributions: nobody can have his place.
            for item in lost {
                let by: By = self.items[item].movers.clone();
                self.file_move(item, &moves[&item], docket);
                places.anchors.remove(&item);
                self.items[item].movers = By::new();
                self.items[item].by.extend(by);
            }
        }
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
        let spine = longest_rising(&bases);
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
                places.anchors.entry(item).or_insert(anchor);
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

    /// Files a conflict over a move, and returns the target that was taken.
    fn file_move(&mut self, item: usize, moves: &[Move], docket: &mut Docket<'_>) -> Option<Option<usize>> {
        let mut camps: BTreeMap<Option<usize>, By> = BTreeMap::new();
        for other in moves {
            camps.entry(other.target).or_default().insert(other.anchor.side);
        }
        let mut camps: Vec<(Option<usize>, By)> = camps.into_iter().collect();
        camps.sort_by_key(|(_, by)| by.first().copied());
        let shown = |(target, by): &(Option<usize>, By)| -> Alternative {
            let clause = moves.iter().find(|other| other.target == *target).map(|other| other.anchor.at);
            let after = target.map_or("at the beginning".into(), |target| format!("after {}", self.base.place(target)));
            self.alternative(by, clause, Some(after))
        };
        let own = self.base.words_at(item).to_string();
        let shown = camps.iter().map(shown).collect();
        let conflict = Conflict::new(ConflictKind::MoveMove, self.base.place(item), Some(own), shown);
        let (at, verdict) = self.file(conflict, docket);
        let entry = &mut self.items[item];
        entry.conflicts.push(at);
        if entry.outcome == Outcome::Untouched {
            entry.outcome = Outcome::Contested(ConflictKind::MoveMove);
        }
        if let (Verdict::Text(..), Some(decision)) = (&verdict, self.conflicts[at].decision.take()) {
            docket.refuse(decision, "expected a place, which words cannot give");
        }
        match verdict {
            Verdict::Take(alternative) => return Some(camps[alternative].0),
            Verdict::Base => {}
            Verdict::Open | Verdict::Brackets | Verdict::Text(..) => self.bracket(item, at),
        }
        None
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
