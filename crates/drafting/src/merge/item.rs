//! The clauses of all texts, each once: those of the base, then what contributions add.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::conflict::{Alternative, Conflict};
use super::order::Line;
use super::row::{Mechanical, MechanicalKind, Outcome};
use super::side::{Side, State};
use super::write::{Part, Scalar};
use crate::clause::{Clause, ClauseKind, Draft};
use crate::decision::{BASE, Choice, Docket};
use crate::normal::plain;

/// A set of authors.
pub(super) type By = BTreeSet<usize>;

/// Everything while it is merged.
pub(super) struct Bench<'a> {
    pub(super) base: &'a Draft,
    pub(super) sides: Vec<Side<'a>>,
    pub(super) authors: Vec<String>,
    /// The clauses of the base at their positions, then additions.
    pub(super) items: Vec<Item>,
    /// Contribution to clause to item; `None` for what is no proposal.
    pub(super) of_side: Vec<Vec<Option<usize>>>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) mechanical: Vec<Mechanical>,
    /// Mechanical changes of items, whose places are known only at the end.
    pub(super) pending: Vec<(usize, Mechanical)>,
}

/// One clause, whoever has it.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    pub(super) base: Option<usize>,
    /// For an addition: who has it, and where. Empty for clauses of the base, of which [`Side::state`] knows.
    pub(super) sources: Vec<(usize, usize)>,
    pub(super) fate: Fate,
    /// Its words with their authors, without label and end.
    pub(super) words: Vec<Part>,
    /// Alternatives in square brackets.
    pub(super) brackets: Vec<Part>,
    /// True for an addition that stands in square brackets itself.
    pub(super) is_bracketed: bool,
    pub(super) outcome: Outcome,
    pub(super) by: By,
    pub(super) movers: By,
    /// Positions in [`Bench::conflicts`].
    pub(super) conflicts: Vec<usize>,
    /// The clause of the base that it was split from.
    pub(super) split_of: Option<usize>,
    /// Label and end where they are not what the contributions make of them.
    pub(super) label: Option<(String, By)>,
    pub(super) end: Option<(String, By)>,
    /// True where only the base's parts count: a conflict that left the base as it stands.
    pub(super) is_base_only: bool,
    /// True where nobody moves it: its section stays as in the base.
    pub(super) is_fixed: bool,
}

/// What becomes of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Fate {
    #[default]
    Stands,
    Deleted(By),
    /// An addition that stands in brackets elsewhere, or that a decision dropped.
    Dropped,
}

/// What was decided on a conflict.
pub(super) enum Verdict<'d> {
    Open,
    Base,
    /// Position of the alternative.
    Take(usize),
    /// Words of an editor, and who that is.
    Text(&'d str, usize),
    Brackets,
}

impl<'a> Bench<'a> {
    pub(super) fn new(base: &'a Draft, sides: Vec<Side<'a>>) -> Self {
        let authors = sides.iter().map(|side| side.id.to_string()).collect();
        let items = (0..base.clauses().len()).map(|at| Item { base: Some(at), ..Item::default() }).collect();
        let mut bench = Self {
            base,
            sides,
            authors,
            items,
            of_side: Vec::new(),
            conflicts: Vec::new(),
            mechanical: Vec::new(),
            pending: Vec::new(),
        };
        let mut known = FxHashMap::default();
        for side in 0..bench.sides.len() {
            bench.add(side, &mut known);
        }
        bench
    }

    /// Makes items of what a contribution adds. The same words under the same head are the same addition, whoever proposes them.
    fn add(&mut self, at: usize, known: &mut FxHashMap<(u8, String, Option<usize>, usize), usize>) {
        let side = &self.sides[at];
        let mut of_side: Vec<Option<usize>> = Vec::with_capacity(side.to_base.len());
        let mut seen: FxHashMap<(u8, String, Option<usize>), usize> = FxHashMap::default();
        for (clause, own) in side.draft.clauses().iter().enumerate() {
            if let Some(base) = side.to_base[clause] {
                of_side.push(Some(base));
                continue;
            }
            if !side.is_proposed[clause] {
                of_side.push(None);
                continue;
            }
            let head = own.under.and_then(|head| of_side[head]);
            let key = (class(own.kind), plain(side.draft.words(own)).into_owned(), head);
            let nth = seen.entry(key.clone()).or_default();
            *nth += 1;
            let next = self.items.len();
            let item = *known.entry((key.0, key.1, key.2, *nth)).or_insert(next);
            if item == next {
                self.items.push(Item::default());
            }
            self.items[item].sources.push((at, clause));
            of_side.push(Some(item));
        }
        for (base, parts) in &side.splits {
            for item in parts.iter().filter_map(|&part| of_side[part]) {
                let is_added = self.items[item].base.is_none();
                self.items[item].split_of = is_added.then_some(*base);
            }
        }
        self.of_side.push(of_side);
    }

    /// Returns the clause that an item is read from first: the base's, else that of the first contribution.
    pub(super) fn clause(&self, item: usize) -> (&'a Draft, usize) {
        match (self.items[item].base, self.items[item].sources.first()) {
            (Some(base), _) => (self.base, base),
            (None, Some(&(side, clause))) => (self.sides[side].draft, clause),
            (None, None) => unreachable!("an item is of the base or of a contribution"),
        }
    }

    pub(super) fn kind(&self, item: usize) -> ClauseKind {
        let (draft, at) = self.clause(item);
        draft.clauses()[at].kind
    }

    /// Returns who has an item, and where.
    pub(super) fn holders(&self, item: usize) -> Vec<(usize, usize)> {
        let Some(base) = self.items[item].base else { return self.items[item].sources.clone() };
        let has = |(at, side): (usize, &Side<'_>)| match side.state(self.base, base) {
            State::Has(clause) => Some((at, clause)),
            _ => None,
        };
        self.sides.iter().enumerate().filter_map(has).collect()
    }

    /// Returns one part of a clause over all who have it: what the base has, and what becomes of it.
    ///
    /// What only one changed counts; of several changes that of the first by id.
    pub(super) fn scalar(&self, item: usize, part: for<'d> fn(&'d Draft, &Clause) -> &'d str) -> Scalar {
        let of = |draft: &'a Draft, at: usize| part(draft, &draft.clauses()[at]);
        let own = self.items[item].base.map(|at| of(self.base, at));
        let mut scalar = Scalar { before: own.map(Into::into), after: own.unwrap_or_default().into(), by: By::new() };
        if self.items[item].is_base_only {
            return scalar;
        }
        let mut after = own;
        for (side, clause) in self.holders(item) {
            let value = of(self.sides[side].draft, clause);
            let is_new = Some(value) != own;
            if is_new && after == own {
                after = Some(value);
            }
            if is_new && Some(value) == after {
                scalar.by.insert(side);
            }
        }
        scalar.after = after.unwrap_or_default().into();
        scalar
    }

    /// Returns the white space before everything.
    pub(super) fn start(&self) -> Scalar {
        let own = self.base.start();
        let changed = self.sides.iter().enumerate().find(|(_, side)| side.draft.start() != own);
        let by = changed.iter().map(|(at, _)| *at).collect();
        let after = changed.map_or(own, |(_, side)| side.draft.start());
        Scalar { before: Some(own.into()), after: after.into(), by }
    }

    /// Files a conflict and returns its position, and what was decided on it.
    pub(super) fn file<'d>(&mut self, mut conflict: Conflict, docket: &mut Docket<'d>) -> (usize, Verdict<'d>) {
        let n_same = self.conflicts.iter().filter(|other| other.id.starts_with(&conflict.id)).count();
        if n_same > 0 {
            conflict.id = format!("{}-{}", conflict.id, n_same + 1);
        }
        let mut verdict = Verdict::Open;
        if let Some((at, decision)) = docket.on(&conflict.id) {
            verdict = match &decision.choice {
                Choice::Take(id) if id == BASE => Verdict::Base,
                Choice::Take(id) => match conflict.by(id) {
                    Some(alternative) => Verdict::Take(alternative),
                    None => {
                        docket.refuse(at, format!("expected a contribution of the conflict, found `{id}`"));
                        Verdict::Open
                    }
                },
                Choice::Text(text) => Verdict::Text(text, self.editor(&decision.author)),
                Choice::Brackets => Verdict::Brackets,
                Choice::Drop => Verdict::Base,
                Choice::Both => {
                    if !conflict.may_keep_all() {
                        docket.refuse(at, "expected one of the alternatives, for they cannot all stand");
                    }
                    Verdict::Open
                }
            };
            let is_kept = decision.choice == Choice::Both && conflict.may_keep_all();
            if !matches!(verdict, Verdict::Open) || is_kept {
                conflict.decision = Some(at);
            }
        }
        self.conflicts.push(conflict);
        (self.conflicts.len() - 1, verdict)
    }

    /// Returns the author that an editor is.
    fn editor(&mut self, name: &str) -> usize {
        let name = if name.is_empty() { "editor" } else { name };
        let first = self.sides.len();
        match self.authors[first..].iter().position(|author| author == name) {
            Some(at) => first + at,
            None => {
                self.authors.push(name.into());
                self.authors.len() - 1
            }
        }
    }

    /// Records a mechanical change of an item, whose place is known only at the end.
    pub(super) fn record(&mut self, item: usize, kind: MechanicalKind, [before, after]: [&str; 2]) {
        let record = Mechanical { kind, place: String::new(), before: before.into(), after: after.into() };
        self.pending.push((item, record));
    }

    /// Returns the items that stand, in the order of the text.
    pub(super) fn standing<'l>(&'l self, lines: &'l [Line]) -> impl Iterator<Item = usize> + 'l {
        let stands = |line: &&Line| !line.is_left && self.items[line.item].fate == Fate::Stands;
        lines.iter().filter(stands).map(|line| line.item)
    }

    /// Returns words in square brackets with those who propose them, for the meeting to decide.
    pub(super) fn bracketed(&self, by: &By, words: &str) -> String {
        let ids: Vec<String> = self.ids(by).into_iter().collect();
        format!("[{}: {words}]", ids.join(", "))
    }

    pub(super) fn ids(&self, by: &By) -> BTreeSet<String> {
        by.iter().map(|&side| self.authors[side].clone()).collect()
    }

    /// Returns an alternative: who proposes it, where, and its words.
    pub(super) fn alternative(&self, by: &By, clause: Option<usize>, text: Option<String>) -> Alternative {
        let place = by.first().zip(clause).map(|(&side, clause)| self.sides[side].draft.place(clause));
        Alternative { by: self.ids(by), place: place.unwrap_or_default(), text }
    }
}

/// What may be the same addition.
fn class(kind: ClauseKind) -> u8 {
    match kind {
        ClauseKind::Item | ClauseKind::Paragraph => 0,
        ClauseKind::Heading(_) => 1,
        ClauseKind::Note => 2,
        ClauseKind::Call => 3,
        ClauseKind::Symbol => 4,
        ClauseKind::Number => 5,
        ClauseKind::Title => 6,
        ClauseKind::Reference => 7,
        ClauseKind::Enacting => 8,
    }
}
