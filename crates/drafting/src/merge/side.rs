//! What each contribution does to each clause of the base.

use std::collections::BTreeSet;

use crate::align::{Aligner, Alignment};
use crate::clause::{ClauseKind, Draft};

use super::Contribution;
use crate::normal::plain;

/// A clause of fewer words may stand in another by chance.
const LEAST_JOINED: usize = 4;

/// A contribution, aligned with the base.
pub(super) struct Side<'a> {
    pub(super) id: &'a str,
    pub(super) draft: &'a Draft,
    pub(super) to_base: Vec<Option<usize>>,
    pub(super) to_other: Vec<Option<usize>>,
    /// Clause of the base to the clauses that it was split into.
    pub(super) splits: Vec<(usize, Vec<usize>)>,
    /// Clauses of the base that it joined with the one before or after them: which, and with which.
    pub(super) joins: Vec<(usize, usize)>,
    /// What it proposes for each section of the base.
    pub(super) scopes: Vec<Scope>,
    /// Clauses of the base on which it is not heard, for it deletes the section as a whole.
    pub(super) unheard: BTreeSet<usize>,
    /// True for clauses that are its proposal: no symbols, and not what stands under `SUP` or `NOC`.
    pub(super) is_proposed: Vec<bool>,
}

/// What a contribution proposes for a resolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Its text as it stands.
    Whole,
    /// Nothing: it does not name it.
    Untouched,
    /// No change, expressly.
    Keep,
    /// To suppress it.
    Suppress,
}

/// What a contribution does to a clause of the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It says nothing of it.
    Silent,
    /// It has the clause, at this position, the same or with other words.
    Has(usize),
    /// It has it no longer.
    Deleted,
}

impl Side<'_> {
    pub(super) fn state(&self, base: &Draft, at: usize) -> State {
        if self.unheard.contains(&at) {
            return State::Silent;
        }
        match self.scopes.get(base.clauses()[at].section).copied().unwrap_or(Scope::Whole) {
            Scope::Untouched | Scope::Keep => State::Silent,
            Scope::Suppress => State::Deleted,
            Scope::Whole => self.to_other[at].map_or(State::Deleted, State::Has),
        }
    }
}

/// Returns the contributions in the order of their ids, aligned.
pub(super) fn sides<'a>(base: &Draft, contributions: &'a [Contribution]) -> Vec<Side<'a>> {
    let mut sorted: Vec<&Contribution> = contributions.iter().collect();
    sorted.sort_by(|a, b| (&a.id, a.draft.text()).cmp(&(&b.id, b.draft.text())));
    let mut aligner = Aligner::new(base);
    sorted.into_iter().map(|contribution| side(base, contribution, aligner.align(&contribution.draft))).collect()
}

fn side<'a>(base: &Draft, contribution: &'a Contribution, alignment: Alignment) -> Side<'a> {
    let draft = &contribution.draft;
    let mut to_base = vec![None; draft.clauses().len()];
    let mut to_other = vec![None; base.clauses().len()];
    for pair in &alignment.pairs {
        to_base[pair.other] = Some(pair.base);
        to_other[pair.base] = Some(pair.other);
    }
    let n_sections = base.clauses().last().map_or(0, |last| last.section + 1);
    let is_symbol = |draft: &Draft| draft.clauses().iter().any(|clause| clause.kind == ClauseKind::Symbol);
    let mut side = Side {
        id: &contribution.id,
        draft,
        to_base,
        to_other,
        splits: alignment.splits,
        joins: Vec::new(),
        scopes: vec![Scope::Whole; n_sections],
        unheard: BTreeSet::new(),
        is_proposed: vec![true; draft.clauses().len()],
    };
    // Symbols of the base are words of its own: then those of a contribution are words too.
    if is_symbol(draft) && !is_symbol(base) {
        side.by_symbols(base);
    }
    side.joins = side.joined(base);
    side
}

impl Side<'_> {
    /// Finds clauses that are gone, and whose words stand, all and in order, in what became of the clause before or after them.
    fn joined(&self, base: &Draft) -> Vec<(usize, usize)> {
        let n = base.clauses().len();
        let holds = |gone: usize, kept: usize| {
            let (a, b) = (&base.clauses()[gone], &base.clauses()[kept]);
            let words = plain(base.words_at(gone)).to_lowercase();
            // `that ... and that ...` may say `that` once.
            let core = words.strip_prefix("that ").unwrap_or(&words);
            a.under == b.under
                && b.kind.is_matter()
                && core.split(' ').count() >= LEAST_JOINED
                && self.to_other[kept].is_some_and(|own| {
                    plain(self.draft.words_at(own)).to_lowercase().contains(core)
                        && !plain(base.words_at(kept)).to_lowercase().contains(core)
                })
        };
        let of = |gone: usize| {
            let is_gone = base.clauses()[gone].kind.is_matter() && self.state(base, gone) == State::Deleted;
            let near = [gone.checked_sub(1), Some(gone + 1).filter(|&at| at < n)];
            near.into_iter().flatten().filter(|_| is_gone).find(|&kept| holds(gone, kept)).map(|kept| (gone, kept))
        };
        (0..n).filter_map(of).collect()
    }

    fn by_symbols(&mut self, base: &Draft) {
        self.scopes.fill(Scope::Untouched);
        let clauses = self.draft.clauses();
        let mut scope = Scope::Whole;
        for (at, clause) in clauses.iter().enumerate() {
            if at > 0 && clauses[at - 1].section != clause.section {
                scope = Scope::Whole;
            }
            if clause.kind == ClauseKind::Symbol {
                scope = scope_of(self.draft.words(clause));
                self.is_proposed[at] = false;
                self.to_base[at] = None;
                continue;
            }
            self.is_proposed[at] = scope == Scope::Whole;
            if clause.kind == ClauseKind::Number
                && let Some(section) = self.to_base[at].map(|at| base.clauses()[at].section)
            {
                self.scopes[section] = scope;
            }
        }
    }
}

fn scope_of(symbol: &str) -> Scope {
    let first = symbol.split_whitespace().next().unwrap_or_default();
    match first.trim_matches(['(', ')', '*']) {
        "SUP" => Scope::Suppress,
        "NOC" => Scope::Keep,
        _ => Scope::Whole,
    }
}
