//! What becomes of the words of each clause: over the words of the base, change by change.

use std::collections::BTreeMap;
use std::ops::Range;

use super::conflict::{Alternative, Conflict, ConflictKind};
use super::item::{Bench, By, Fate, Verdict};
use super::row::{Mechanical, MechanicalKind, Outcome};
use super::side::{Scope, State};
use super::write::Part;
use crate::clause::{ClauseKind, Draft};
use crate::decision::Docket;
use crate::diff::{Hunk, diff, fine};
use crate::marked::Change;
use crate::normal::plain;

/// Other words for a clause, and who proposes them.
struct Edit<'a> {
    text: &'a str,
    by: By,
    /// Where the first of them has it.
    clause: usize,
    /// True where they only look different.
    is_typographic: bool,
}

impl<'a> Bench<'a> {
    /// Decides the words of every item.
    pub(super) fn compose(&mut self, docket: &mut Docket<'_>) {
        for item in 0..self.items.len() {
            if self.items[item].base.is_some() {
                self.compose_one(item, docket);
            } else {
                self.compose_addition(item);
            }
        }
        self.heads(docket);
    }

    fn compose_addition(&mut self, item: usize) {
        let (draft, at) = self.clause(item);
        let by: By = self.items[item].sources.iter().map(|(side, _)| *side).collect();
        let item = &mut self.items[item];
        item.outcome = if by.len() > 1 { Outcome::Agreed } else { Outcome::OneSided };
        item.words = vec![Part::inserted(draft.words_at(at), &by)];
        item.by = by;
    }

    fn compose_one(&mut self, item: usize, docket: &mut Docket<'_>) {
        let base = self.base;
        let own = base.words_at(item);
        let (deleted, mut edits) = self.states(item, own);
        let is_plain = |edits: &[Edit<'_>]| edits.iter().all(|edit| edit.is_typographic);
        if !deleted.is_empty() && is_plain(&edits) {
            self.give_way(item, &edits);
            let entry = &mut self.items[item];
            entry.outcome = if deleted.len() > 1 { Outcome::Agreed } else { Outcome::OneSided };
            entry.words = vec![Part::kept(own)];
            entry.by = deleted.clone();
            entry.fate = Fate::Deleted(deleted);
            return;
        }
        let mut parts = if deleted.is_empty() { composed(own, &edits) } else { None };
        if parts.is_none() && edits.iter().any(|edit| edit.is_typographic) {
            let (plain, real): (Vec<_>, Vec<_>) = edits.into_iter().partition(|edit| edit.is_typographic);
            self.give_way(item, &plain);
            edits = real;
            parts = if deleted.is_empty() { composed(own, &edits) } else { None };
        }
        let Some(parts) = parts else {
            self.contest(item, own, &deleted, &edits, docket);
            return;
        };
        let entry = &mut self.items[item];
        entry.by = edits.iter().flat_map(|edit| &edit.by).copied().collect();
        entry.outcome = match &edits[..] {
            [] => Outcome::Untouched,
            [edit] if edit.by.len() == 1 => Outcome::OneSided,
            [_] => Outcome::Agreed,
            _ => Outcome::Composable,
        };
        entry.words = parts;
    }

    /// Returns who deletes a clause of the base, and which other words there are for it.
    fn states(&self, item: usize, own: &str) -> (By, Vec<Edit<'a>>) {
        let (mut deleted, mut edits) = (By::new(), Vec::<Edit<'a>>::new());
        for (at, side) in self.sides.iter().enumerate() {
            let clause = match side.state(self.base, item) {
                State::Silent => continue,
                State::Deleted => {
                    deleted.insert(at);
                    continue;
                }
                State::Has(clause) => clause,
            };
            let draft: &'a Draft = side.draft;
            let text = draft.words_at(clause);
            if text == own {
                continue;
            }
            match edits.iter_mut().find(|edit| edit.text == text || plain(edit.text) == plain(text)) {
                Some(edit) => {
                    edit.by.insert(at);
                }
                None => {
                    let is_typographic = plain(text) == plain(own);
                    edits.push(Edit { text, by: [at].into(), clause, is_typographic });
                }
            }
        }
        (deleted, edits)
    }

    /// Records that words which only look different gave way.
    fn give_way(&mut self, item: usize, edits: &[Edit<'_>]) {
        let base = self.base;
        let own = base.words_at(item);
        let record = |edit: &Edit<'_>| Mechanical {
            kind: MechanicalKind::Typography,
            place: base.place(item),
            before: own.into(),
            after: edit.text.into(),
        };
        let records: Vec<Mechanical> = edits.iter().map(record).collect();
        self.mechanical.extend(records);
    }

    /// Files a conflict over a clause, and makes of it what was decided.
    fn contest(&mut self, item: usize, own: &str, deleted: &By, edits: &[Edit<'_>], docket: &mut Docket<'_>) {
        let kind = kind(self.kind(item), own, deleted, edits);
        let mut alternatives: Vec<(By, Alternative)> = Vec::new();
        if !deleted.is_empty() {
            alternatives.push((deleted.clone(), self.alternative(deleted, None, None)));
        }
        for edit in edits {
            let text = self.with_split(item, edit);
            alternatives.push((edit.by.clone(), self.alternative(&edit.by, Some(edit.clause), Some(text))));
        }
        alternatives.sort_by_key(|(by, _)| by.first().copied());
        let texts: Vec<(By, Option<String>)> = alternatives
            .iter()
            .map(|(by, _)| (by.clone(), edits.iter().find(|edit| edit.by == *by).map(|edit| edit.text.into())))
            .collect();
        let shown: Vec<Alternative> = alternatives.into_iter().map(|(_, alternative)| alternative).collect();
        let conflict = Conflict::new(kind, self.base.place(item), Some(own.into()), shown);
        let (at, verdict) = self.file(conflict, docket);
        let taken = match verdict {
            Verdict::Take(alternative) => Some(texts[alternative].0.clone()),
            _ => None,
        };
        let entry = &mut self.items[item];
        entry.outcome = Outcome::Contested(kind);
        entry.by = texts.iter().flat_map(|(by, _)| by).copied().collect();
        entry.conflicts.push(at);
        entry.words = vec![Part::kept(own)];
        entry.is_base_only = taken.is_none();
        match verdict {
            Verdict::Open | Verdict::Brackets => self.bracket(item, at),
            Verdict::Base => {}
            Verdict::Text(text, editor) => {
                entry.words = parts(own, text.trim_end_matches([';', ',']), &[editor].into());
                entry.by = [editor].into();
            }
            Verdict::Take(alternative) => {
                let (by, text) = &texts[alternative];
                entry.by = by.clone();
                match text {
                    Some(text) => entry.words = parts(own, text, by),
                    None => entry.fate = Fate::Deleted(by.clone()),
                }
            }
        }
        self.settle_splits(item, &texts, taken.as_ref());
    }

    /// Puts the alternatives of a conflict after a clause.
    pub(super) fn bracket(&mut self, item: usize, conflict: usize) {
        let brackets: Vec<Part> = self.conflicts[conflict]
            .alternatives
            .iter()
            .map(|alternative| {
                let by = (0..self.sides.len()).filter(|&side| alternative.by.contains(self.sides[side].id)).collect();
                let text = self.bracketed(&by, alternative.text.as_deref().unwrap_or("SUP"));
                Part::inserted(&format!(" {text}"), &by)
            })
            .collect();
        self.items[item].brackets.extend(brackets);
    }

    /// Returns the words of an edit, with the clauses that were split off from it.
    fn with_split(&self, item: usize, edit: &Edit<'_>) -> String {
        let side = edit.by.first().map(|&side| &self.sides[side]);
        let split = side.and_then(|side| Some((side, &side.splits.iter().find(|(base, _)| *base == item)?.1)));
        let Some((side, split)) = split else { return edit.text.into() };
        let part = |&at: &usize| {
            let clause = &side.draft.clauses()[at];
            if at == edit.clause {
                side.draft.words(clause)
            } else {
                side.draft.text()[clause.label.start..clause.words.end].trim()
            }
        };
        split.iter().map(part).collect::<Vec<_>>().join(" ").replace('\t', " ")
    }

    /// Clauses split off from one in conflict stand only where their contribution was taken; else they are in its brackets.
    fn settle_splits(&mut self, base: usize, texts: &[(By, Option<String>)], taken: Option<&By>) {
        let involved: By = texts.iter().flat_map(|(by, _)| by).copied().collect();
        for item in &mut self.items {
            let is_of = item.split_of == Some(base) && item.sources.iter().all(|(side, _)| involved.contains(side));
            let is_taken = taken.is_some_and(|taken| item.sources.iter().any(|(side, _)| taken.contains(side)));
            if is_of && !is_taken {
                item.fate = Fate::Dropped;
            }
        }
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

    fn bracket_deletion(&mut self, item: usize, deleted: &By) {
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

    /// Settles what symbols ask for: `SUP` where others change the resolution or keep it, `NOC` where others change it.
    pub(super) fn symbols(&mut self, docket: &mut Docket<'_>) {
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
            self.symbol_clash(section, kind, &[(suppress, "SUP"), (keep, "NOC"), (change, "MOD")], docket);
        }
    }

    fn symbol_clash(&mut self, section: usize, kind: ConflictKind, camps: &[(By, &str)], docket: &mut Docket<'_>) {
        let camps: Vec<&(By, &str)> = camps.iter().filter(|(by, _)| !by.is_empty()).collect();
        let first = self.base.clauses().iter().position(|clause| clause.section == section).unwrap_or(0);
        let of_kind = |at: &usize| self.base.clauses()[*at].kind == ClauseKind::Number;
        let number = (first..self.base.clauses().len()).find(of_kind).unwrap_or(first);
        let alternative = |(by, symbol): &&(By, &str)| self.alternative(by, None, Some((*symbol).into()));
        let shown = camps.iter().map(alternative).collect();
        let place =
            self.base.number(section).map_or_else(|| self.base.place(number), |number| format!("Resolution {number}"));
        let (at, verdict) = self.file(Conflict::new(kind, place, None, shown), docket);
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
    fn section_of(&self, side: usize, clause: usize) -> Option<usize> {
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

/// Returns what kind of conflict it is.
fn kind(clause: ClauseKind, own: &str, deleted: &By, edits: &[Edit<'_>]) -> ConflictKind {
    let alike = |mask: fn(&str) -> String| edits.windows(2).all(|pair| mask(pair[0].text) == mask(pair[1].text));
    if !deleted.is_empty() {
        ConflictKind::DeleteEdit
    } else if alike(crate::normal::keyed) && !own.is_empty() {
        ConflictKind::CiteDrift
    } else if !clause.is_matter() && clause != ClauseKind::Note {
        ConflictKind::HeadingHeading
    } else if alike(without_numbers) {
        ConflictKind::NumberClash
    } else {
        ConflictKind::EditEdit
    }
}

fn without_numbers(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_ascii_digit() { '0' } else { c };
        if c != '0' || !masked.ends_with('0') {
            masked.push(c);
        }
    }
    masked
}

/// Returns a change of words by somebody.
pub(super) fn parts(before: &str, after: &str, by: &By) -> Vec<Part> {
    let hunks =
        diff(before, after).into_iter().map(|Hunk { before, after: range }| (before, &after[range], by.clone()));
    apply(before, &hunks.collect::<Vec<_>>())
}

/// A change of the base's words: bytes, the new words, who proposes it.
type Edited<'a> = (Range<usize>, &'a str, By);

/// Returns the words with all edits, or `None` where two of different contributions meet.
fn composed(own: &str, edits: &[Edit<'_>]) -> Option<Vec<Part>> {
    if let [edit] = edits {
        return Some(parts(own, edit.text, &edit.by));
    }
    // Large changes are easier to read, small ones leave others more room.
    [diff, fine].into_iter().find_map(|difference| together(own, edits, difference)).map(|hunks| apply(own, &hunks))
}

fn together<'a>(own: &str, edits: &[Edit<'a>], difference: fn(&str, &str) -> Vec<Hunk>) -> Option<Vec<Edited<'a>>> {
    let mut all: BTreeMap<(usize, usize, &str), By> = BTreeMap::new();
    for edit in edits {
        for hunk in difference(own, edit.text) {
            let key = (hunk.before.start, hunk.before.end, &edit.text[hunk.after.clone()]);
            all.entry(key).or_default().extend(&edit.by);
        }
    }
    let hunks: Vec<Edited<'a>> = all.into_iter().map(|((start, end, text), by)| (start..end, text, by)).collect();
    let reaches: Vec<Range<usize>> = hunks.iter().map(|(range, text, _)| reach(own, range, text)).collect();
    for (at, (range, _, by)) in hunks.iter().enumerate() {
        for ((next, _, others), far) in hunks[at + 1..].iter().zip(&reaches[at + 1..]) {
            let near = &reaches[at];
            let is_parted = near.end <= far.start && own[near.end..far.start].contains(char::is_alphanumeric);
            if range.end > next.start || (!is_parted && by.is_disjoint(others)) {
                return None;
            }
        }
    }
    Some(hunks)
}

/// Returns the bytes of the base that a change may be about. What is only added or only struck can often be placed elsewhere with the same
/// result: "within ten days" becomes "within three days, or within ten days" by words before "within" or after it.
fn reach(own: &str, range: &Range<usize>, text: &str) -> Range<usize> {
    let moving = match (range.is_empty(), text.is_empty()) {
        (true, false) => text.as_bytes(),
        (false, true) => own[range.clone()].as_bytes(),
        _ => return range.clone(),
    };
    let (before, after) = (own[..range.start].bytes().rev(), own[range.end..].bytes());
    let right = after.zip(moving.iter().cycle()).take_while(|(own, moving)| own == *moving).count();
    let left = before.zip(moving.iter().rev().cycle()).take_while(|(own, moving)| own == *moving).count();
    let (mut start, mut end) = (range.start - left, range.end + right);
    while !own.is_char_boundary(start) {
        start += 1;
    }
    while !own.is_char_boundary(end) {
        end -= 1;
    }
    start..end
}

fn apply(own: &str, hunks: &[Edited<'_>]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 0;
    let mut push = |text: &str, change: Change| {
        if !text.is_empty() {
            parts.push(Part { text: text.into(), change });
        }
    };
    for (range, text, by) in hunks {
        push(&own[at..range.start], Change::Kept);
        push(&own[range.clone()], Change::Deleted(by.clone()));
        push(text, Change::Inserted(by.clone()));
        at = range.end;
    }
    push(&own[at..], Change::Kept);
    parts
}
