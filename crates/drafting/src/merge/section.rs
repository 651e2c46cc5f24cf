//! What becomes of whole sections: calls and headings that some delete, alone or with all below them.

use super::conflict::{Conflict, ConflictKind};
use super::item::{Bench, By, Fate, Verdict};
use super::row::Outcome;
use super::side::State;
use super::write::{Part, standing};
use crate::clause::Draft;
use crate::decision::Docket;
use crate::normal::plain;

/// A call or heading that some delete with all below it, and that others change.
struct Section {
    head: usize,
    /// Where it ends in the base.
    end: usize,
    deleted: By,
    users: By,
}

impl Bench<'_> {
    /// Finds sections that some delete as a whole and others change. That is one question, not one for each clause: those who delete
    /// are not heard on the clauses.
    fn deleted_sections(&mut self) -> Vec<Section> {
        let mut sections = Vec::new();
        let mut done = 0;
        for head in 0..self.base.clauses().len() {
            let end =
                head + 1 + (head + 1..self.base.clauses().len()).take_while(|&at| self.is_below(at, head)).count();
            if head < done || !self.base.clauses()[head].kind.is_head() || end == head + 1 {
                continue;
            }
            let deletes = |side: &usize| (head..end).all(|at| self.sides[*side].state(self.base, at) == State::Deleted);
            let deleted: By = (0..self.sides.len()).filter(deletes).collect();
            let is_user = |side: &usize| !deleted.contains(side) && self.uses(*side, head, end);
            let users: By = (0..self.sides.len()).filter(is_user).collect();
            if deleted.is_empty() || users.is_empty() {
                continue;
            }
            for &side in &deleted {
                self.sides[side].unheard.extend(head..end);
            }
            done = end;
            sections.push(Section { head, end, deleted, users });
        }
        sections
    }

    /// True where a contribution changes a clause of a section, or adds one.
    fn uses(&self, side: usize, head: usize, end: usize) -> bool {
        let is_edited = |at: usize| match self.sides[side].state(self.base, at) {
            State::Has(clause) => plain(self.sides[side].draft.words_at(clause)) != plain(self.base.words_at(at)),
            _ => false,
        };
        let adds = |at: usize| {
            self.items[at].sources.iter().any(|(by, _)| *by == side)
                && self.items[at].fate == Fate::Stands
                && self.is_below(at, head)
        };
        (head..end).any(is_edited) || (self.base.clauses().len()..self.items.len()).any(adds)
    }

    /// True for what stands under a call or heading, at any depth.
    fn is_below(&self, item: usize, head: usize) -> bool {
        let mut at = Some(item);
        while let Some(item) = at {
            at = match (self.items[item].base, self.items[item].sources.first()) {
                (Some(base), _) => self.base.clauses()[base].under,
                (None, Some(&(side, clause))) => {
                    let under = self.sides[side].draft.clauses()[clause].under;
                    under.and_then(|under| self.of_side[side][under])
                }
                (None, None) => None,
            };
            if at == Some(head) {
                return true;
            }
        }
        false
    }

    /// Files a conflict over a section that is composed without those who delete it, and makes of it what was decided.
    fn settle_section(&mut self, section: &Section, docket: &mut Docket<'_>) {
        let additions = (self.base.clauses().len()..self.items.len()).filter(|&at| self.is_below(at, section.head));
        let items: Vec<usize> = (section.head..section.end).chain(additions).collect();
        let mut camps = vec![
            (&section.deleted, self.alternative(&section.deleted, None, None)),
            (&section.users, self.alternative(&section.users, None, Some(self.changed_words(section.head, &items)))),
        ];
        camps.sort_by_key(|(by, _)| by.first().copied());
        let is_deletion: Vec<bool> = camps.iter().map(|(_, shown)| shown.text.is_none()).collect();
        let shown = camps.into_iter().map(|(_, shown)| shown).collect();
        let own = self.base.words_at(section.head).to_string();
        let kind = ConflictKind::DeleteEdit;
        let (at, verdict) = self.file(Conflict::new(kind, self.base.place(section.head), Some(own), shown), docket);
        self.items[section.head].outcome = Outcome::Contested(kind);
        match verdict {
            Verdict::Take(taken) if is_deletion[taken] => self.delete(&items, &section.deleted, at, docket),
            Verdict::Take(_) => {}
            Verdict::Base => self.revert(&items, at, docket),
            Verdict::Open | Verdict::Brackets | Verdict::Text(..) => {
                self.refuse_text(at, &verdict, docket);
                self.suspend(&items, at);
                self.bracket_deletion(section.head, &section.deleted);
            }
        }
        if self.items[section.head].fate == Fate::Stands {
            section.head.checked_sub(1).into_iter().for_each(|before| self.keep_end(before, &section.deleted));
        }
        if !self.items[section.head].conflicts.contains(&at) {
            self.items[section.head].conflicts.push(at);
        }
    }

    /// Where a section or a clause stays, the clause before it does not end as those have it for whom it is gone.
    pub(super) fn keep_end(&mut self, item: usize, by: &By) {
        let changed = self.scalar(item, Draft::end).by;
        if let Some(base) = self.items[item].base.filter(|_| !changed.is_empty() && changed.is_subset(by)) {
            let own = self.base.end(&self.base.clauses()[base]).to_string();
            self.items[item].end = Some((own, By::new()));
        }
    }

    /// Words cannot stand for a whole section.
    pub(super) fn refuse_text(&mut self, conflict: usize, verdict: &Verdict<'_>, docket: &mut Docket<'_>) {
        if let (Verdict::Text(..), Some(decision)) = (verdict, self.conflicts[conflict].decision) {
            self.conflicts[conflict].decision = None;
            docket.refuse(decision, "expected a contribution or the base, for words cannot stand for a whole section");
        }
    }

    /// Returns the heading of a section and what is new below it.
    fn changed_words(&self, head: usize, items: &[usize]) -> String {
        let is_new = |at: &&usize| {
            let item = &self.items[**at];
            **at != head
                && item.fate == Fate::Stands
                && item.base.is_none_or(|base| standing(&item.words) != self.base.words_at(base))
        };
        let new: Vec<String> = items.iter().filter(is_new).map(|&at| standing(&self.items[at].words)).collect();
        let head = standing(&self.items[head].words);
        if new.is_empty() { head } else { format!("{head}: {}", new.join("; ")) }
    }

    /// All of a section goes.
    fn delete(&mut self, items: &[usize], deleted: &By, conflict: usize, docket: &mut Docket<'_>) {
        self.overrule(items, conflict, docket);
        let outcome = Outcome::Contested(self.conflicts[conflict].kind);
        for &at in items {
            let item = &mut self.items[at];
            item.brackets.clear();
            item.outcome = outcome;
            item.conflicts.push(conflict);
            item.by.clone_from(deleted);
            item.fate = if item.base.is_some() { Fate::Deleted(deleted.clone()) } else { Fate::Dropped };
        }
    }

    /// All of a section stands as in the base.
    fn revert(&mut self, items: &[usize], conflict: usize, docket: &mut Docket<'_>) {
        self.overrule(items, conflict, docket);
        let outcome = Outcome::Contested(self.conflicts[conflict].kind);
        for &at in items {
            let item = &mut self.items[at];
            item.brackets.clear();
            if item.outcome != Outcome::Untouched {
                item.outcome = outcome;
                item.conflicts.push(conflict);
            }
            item.by = By::new();
            match item.base {
                Some(base) => {
                    item.words = vec![Part::kept(self.base.words_at(base))];
                    (item.fate, item.is_base_only, item.is_fixed) = (Fate::Stands, true, true);
                }
                None => item.fate = Fate::Dropped,
            }
        }
    }

    /// What was decided on a whole section settles the conflicts in it.
    fn overrule(&mut self, items: &[usize], conflict: usize, docket: &mut Docket<'_>) {
        let decision = self.conflicts[conflict].decision;
        for &inner in items.iter().flat_map(|&at| &self.items[at].conflicts) {
            if let Some(other) = self.conflicts[inner].decision.filter(|other| Some(*other) != decision) {
                docket.refuse(other, "a decision on the whole section counts");
            }
            self.conflicts[inner].decision = decision;
        }
    }

    /// Keeps the base of a section, with what is proposed for each clause in square brackets.
    fn suspend(&mut self, items: &[usize], conflict: usize) {
        let kind = self.conflicts[conflict].kind;
        for &at in items {
            let item = &self.items[at];
            let is_settled = item.conflicts.iter().any(|&own| self.conflicts[own].kind.is_blocking());
            let words = standing(&item.words);
            let shown = match (&item.fate, item.base) {
                (Fate::Deleted(by), Some(_)) => Some((by.clone(), "SUP".to_string())),
                (Fate::Stands, Some(base)) if words != self.base.words_at(base) => Some((item.by.clone(), words)),
                (Fate::Stands, None) => Some((item.by.clone(), words)),
                _ => None,
            };
            self.items[at].is_fixed = true;
            let Some((by, words)) = shown.filter(|_| !is_settled) else { continue };
            let text = format!(" {}", self.bracketed(&by, &words));
            let own = self.items[at].base.map(|base| self.base.words_at(base));
            let item = &mut self.items[at];
            item.outcome = Outcome::Contested(kind);
            item.conflicts.push(conflict);
            match own {
                Some(own) => {
                    item.words = vec![Part::kept(own)];
                    item.brackets.push(Part::inserted(&text, &by));
                    (item.fate, item.is_base_only) = (Fate::Stands, true);
                }
                None => item.is_bracketed = true,
            }
        }
    }

    /// Keeps the base of resolutions over whose symbols nobody decided.
    pub(super) fn suspend_resolutions(&mut self, open: &[(usize, usize)]) {
        for &(section, conflict) in open {
            let is_of = |&at: &usize| match (self.items[at].base, self.items[at].sources.first()) {
                (Some(base), _) => self.base.clauses()[base].section == section,
                (None, Some(&(side, clause))) => self.section_of(side, clause) == Some(section),
                (None, None) => false,
            };
            let items: Vec<usize> = (0..self.items.len()).filter(is_of).collect();
            self.suspend(&items, conflict);
        }
    }

    /// Decides the words of every clause, those of sections that some delete as a whole without them, and then the sections.
    pub(super) fn compose(&mut self, docket: &mut Docket<'_>) {
        let sections = self.deleted_sections();
        self.compose_items(docket);
        for section in &sections {
            self.settle_section(section, docket);
        }
        self.heads(docket);
    }

    /// A call or heading that some delete stays where others add below it, or where a conflict below it is open.
    fn heads(&mut self, docket: &mut Docket<'_>) {
        for head in 0..self.base.clauses().len() {
            let Fate::Deleted(deleted) = self.items[head].fate.clone() else { continue };
            if !self.base.clauses()[head].kind.is_head() || !self.items[head].conflicts.is_empty() {
                continue;
            }
            let users = self.users(head, &deleted);
            if users.is_empty() {
                continue;
            }
            let own = self.base.words_at(head).to_string();
            let mut alternatives = vec![
                (deleted.first().copied(), self.alternative(&deleted, None, None)),
                (users.first().copied(), self.alternative(&users, None, Some(own.clone()))),
            ];
            alternatives.sort_by_key(|(first, _)| *first);
            let shown = alternatives.into_iter().map(|(_, alternative)| alternative).collect();
            let conflict = Conflict::new(ConflictKind::DeleteEdit, self.base.place(head), Some(own), shown);
            let (at, verdict) = self.file(conflict, docket);
            let is_deleted = match verdict {
                Verdict::Take(alternative) => self.conflicts[at].alternatives[alternative].text.is_none(),
                _ => false,
            };
            let entry = &mut self.items[head];
            entry.conflicts.push(at);
            entry.outcome = Outcome::Contested(ConflictKind::DeleteEdit);
            if !is_deleted {
                entry.fate = Fate::Stands;
                entry.is_base_only = true;
                if matches!(verdict, Verdict::Open | Verdict::Brackets) {
                    self.bracket_deletion(head, &deleted);
                }
            }
        }
    }

    pub(super) fn bracket_deletion(&mut self, item: usize, deleted: &By) {
        let text = format!(" {}", self.bracketed(deleted, "SUP"));
        self.items[item].brackets.push(Part::inserted(&text, deleted));
    }

    /// Returns who needs a head that others delete: who adds below it, or contests a clause below it.
    fn users(&self, head: usize, deleted: &By) -> By {
        let mut users = By::new();
        for (at, item) in self.items.iter().enumerate() {
            let is_open = item.base.is_none() || !item.conflicts.is_empty();
            if !is_open || item.fate != Fate::Stands {
                continue;
            }
            for (side, clause) in self.holders(at).into_iter().filter(|(side, _)| !deleted.contains(side)) {
                let under = self.sides[side].draft.clauses()[clause].under;
                if under.and_then(|under| self.of_side[side][under]) == Some(head) {
                    users.insert(side);
                }
            }
        }
        users
    }
}
