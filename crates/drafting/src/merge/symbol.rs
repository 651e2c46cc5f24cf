//! What symbols ask for: `SUP` against `MOD` or `NOC`, and `NOC` against `MOD`.

use super::conflict::{Conflict, ConflictKind};
use super::item::{Bench, By, Fate, Verdict};
use super::side::{Scope, State};
use super::write::Part;
use crate::clause::ClauseKind;
use crate::decision::Docket;

impl Bench<'_> {
    /// Settles what symbols ask for: `SUP` where others change the resolution or keep it, `NOC` where others change it.
    ///
    /// Returns the resolutions whose base stands until somebody decides, with their conflicts.
    pub(super) fn symbols(&mut self, docket: &mut Docket<'_>) -> Vec<(usize, usize)> {
        let mut open = Vec::new();
        let n_sections = self.base.clauses().last().map_or(0, |last| last.section + 1);
        for section in 0..n_sections {
            let of = |scope: Scope| -> By {
                (0..self.sides.len()).filter(|&side| self.sides[side].scopes[section] == scope).collect()
            };
            let (suppress, keep) = (of(Scope::Suppress), of(Scope::Keep));
            if suppress.is_empty() && keep.is_empty() {
                continue;
            }
            let change: By = of(Scope::Whole).into_iter().filter(|&side| self.is_changed(side, section)).collect();
            let kind = match (suppress.is_empty(), keep.is_empty(), change.is_empty()) {
                (_, _, false) => ConflictKind::SymbolClash,
                (false, false, true) => ConflictKind::DeleteKeep,
                _ => continue,
            };
            let camps = [(suppress, "SUP"), (keep, "NOC"), (change, "MOD")];
            open.extend(self.symbol_clash(section, kind, &camps, docket).map(|conflict| (section, conflict)));
        }
        open
    }

    fn symbol_clash(
        &mut self,
        section: usize,
        kind: ConflictKind,
        camps: &[(By, &str)],
        docket: &mut Docket<'_>,
    ) -> Option<usize> {
        let camps: Vec<&(By, &str)> = camps.iter().filter(|(by, _)| !by.is_empty()).collect();
        let first = self.base.clauses().iter().position(|clause| clause.section == section).unwrap_or(0);
        let of_kind = |at: &usize| self.base.clauses()[*at].kind == ClauseKind::Number;
        let number = (first..self.base.clauses().len()).find(of_kind).unwrap_or(first);
        let alternative = |(by, symbol): &&(By, &str)| self.alternative(by, None, Some((*symbol).into()));
        let shown = camps.iter().map(alternative).collect();
        let place =
            self.base.number(section).map_or_else(|| self.base.place(number), |number| format!("Resolution {number}"));
        let (at, verdict) = self.file(Conflict::new(kind, place, None, shown), docket);
        self.refuse_text(at, &verdict, docket);
        let is_open = matches!(verdict, Verdict::Open | Verdict::Brackets | Verdict::Text(..));
        for (position, (by, symbol)) in camps.iter().enumerate() {
            let is_heard = match verdict {
                Verdict::Take(taken) => taken == position,
                Verdict::Base => false,
                _ => *symbol == "MOD",
            };
            for &side in by {
                if !is_heard {
                    self.silence(side, section);
                }
            }
            if is_open && *symbol != "MOD" {
                let text = format!(" {}", self.bracketed(by, symbol));
                self.items[number].brackets.push(Part::inserted(&text, by));
            }
        }
        self.items[number].conflicts.push(at);
        is_open.then_some(at)
    }

    /// What a contribution proposes for a resolution no longer counts.
    fn silence(&mut self, side: usize, section: usize) {
        self.sides[side].scopes[section] = Scope::Untouched;
        for item in 0..self.items.len() {
            let is_of = self.items[item].base.is_none()
                && self.items[item]
                    .sources
                    .iter()
                    .any(|&(by, clause)| by == side && self.section_of(side, clause) == Some(section));
            if is_of {
                self.items[item].sources.retain(|(by, _)| *by != side);
                if self.items[item].sources.is_empty() {
                    let clause = self.of_side[side].iter().position(|of| *of == Some(item)).unwrap_or_default();
                    self.items[item].sources.push((side, clause));
                    self.items[item].fate = Fate::Dropped;
                }
            }
        }
    }

    /// Returns the section of the base that a clause of a contribution belongs to, going by the nearest pair of its section.
    pub(super) fn section_of(&self, side: usize, clause: usize) -> Option<usize> {
        let side = &self.sides[side];
        let own = side.draft.clauses()[clause].section;
        let mut near = (0..side.to_base.len()).filter(|&at| side.draft.clauses()[at].section == own);
        near.find_map(|at| side.to_base[at]).map(|base| self.base.clauses()[base].section)
    }

    fn is_changed(&self, side: usize, section: usize) -> bool {
        let is_other = |at: usize| match self.sides[side].state(self.base, at) {
            State::Silent => false,
            State::Deleted => true,
            State::Has(clause) => {
                let draft = self.sides[side].draft;
                draft.words_at(clause) != self.base.words_at(at)
            }
        };
        let of_base = (0..self.base.clauses().len()).filter(|&at| self.base.clauses()[at].section == section);
        of_base.into_iter().any(is_other)
            || (0..self.sides[side].to_base.len()).any(|at| {
                self.sides[side].to_base[at].is_none()
                    && self.sides[side].is_proposed[at]
                    && self.section_of(side, at) == Some(section)
            })
    }
}
