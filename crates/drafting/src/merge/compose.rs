//! What becomes of the words of each clause: over the words of the base, change by change.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::conflict::{Alternative, Conflict, ConflictKind};
use super::item::{Bench, By, Fate, Verdict};
use super::row::{Mechanical, MechanicalKind, Outcome};
use super::sense::{Meeting, meeting};
use super::side::State;
use super::write::{Part, standing};
use crate::clause::{ClauseKind, Draft};
use crate::decision::Docket;
use crate::diff::{Hunk, diff, fine};
use crate::marked::Change;
use crate::normal::{keyed, plain};

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
    pub(super) fn compose_items(&mut self, docket: &mut Docket<'_>) {
        // Whether a clause is joined with another has to be settled before the words of that other.
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        let joined: BTreeSet<usize> = self.sides.iter().flat_map(|side| &side.joins).map(|(gone, _)| *gone).collect();
        order.sort_by_key(|item| !joined.contains(item));
        for item in order {
            if self.items[item].base.is_some() {
                self.compose_one(item, docket);
            } else {
                self.compose_addition(item);
            }
        }
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
        let texts: Vec<&str> = edits.iter().map(|edit| edit.text).collect();
        match parts.as_ref().filter(|_| edits.len() > 1).map(|parts| meeting(own, &texts, &standing(parts))) {
            Some(Meeting::Doubled) => parts = None,
            Some(Meeting::InSense) => return self.contest(item, own, (&deleted, &edits), parts, docket),
            Some(Meeting::Silent) | None => {}
        }
        let Some(parts) = parts else {
            return self.contest(item, own, (&deleted, &edits), None, docket);
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
            if text == own || self.is_unjoined(at, item) {
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

    /// True where a contribution joined a clause with this one, and that clause stays by itself: else its words would stand twice.
    fn is_unjoined(&self, side: usize, kept: usize) -> bool {
        let is_open = |gone: usize| {
            let item = &self.items[gone];
            !item.conflicts.is_empty() && !matches!(&item.fate, Fate::Deleted(by) if by.contains(&side))
        };
        self.sides[side].joins.iter().any(|&(gone, other)| other == kept && is_open(gone))
    }

    /// Returns those who deleted a clause, each with the clause that they joined it with.
    fn joiners(&self, item: usize, deleted: &By) -> BTreeMap<Option<&'a str>, (By, Option<usize>)> {
        let mut joiners: BTreeMap<Option<&'a str>, (By, Option<usize>)> = BTreeMap::new();
        for &at in deleted {
            let side = &self.sides[at];
            let with = side.joins.iter().find(|(gone, _)| *gone == item).and_then(|(_, kept)| side.to_other[*kept]);
            let draft: &'a Draft = side.draft;
            let camp = joiners.entry(with.map(|own| draft.words_at(own))).or_insert((By::new(), with));
            camp.0.insert(at);
        }
        joiners
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

    /// Files a conflict over a clause, and makes of it what was decided. What the edits make together stands until then, if anything.
    fn contest(
        &mut self,
        item: usize,
        own: &str,
        (deleted, edits): (&By, &[Edit<'_>]),
        together: Option<Vec<Part>>,
        docket: &mut Docket<'_>,
    ) {
        let kind = if together.is_some() { ConflictKind::Together } else { kind(self.kind(item), own, deleted, edits) };
        let (texts, shown) = self.camps(item, deleted, edits);
        let (at, verdict) = self.file(Conflict::new(kind, self.base.place(item), Some(own.into()), shown), docket);
        let is_decided = self.conflicts[at].decision.is_some();
        let entry = &mut self.items[item];
        entry.outcome = Outcome::Contested(kind);
        entry.by = texts.iter().flat_map(|(by, _)| by).copied().collect();
        entry.conflicts.push(at);
        if let (Some(parts), Verdict::Open) = (together, &verdict) {
            entry.words = parts;
            // What is only listed does not hide how the clause came about.
            entry.outcome = if is_decided { entry.outcome } else { Outcome::Composable };
            return;
        }
        let taken = match verdict {
            Verdict::Take(alternative) => Some(texts[alternative].0.clone()),
            _ => None,
        };
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

    /// Returns who proposes what for a clause, in the order of their ids: the words of the clause, and what a conflict shows.
    fn camps(&self, item: usize, deleted: &By, edits: &[Edit<'_>]) -> (Vec<(By, Option<String>)>, Vec<Alternative>) {
        let mut camps: Vec<(By, Option<String>, Alternative)> = Vec::new();
        for (words, (by, clause)) in self.joiners(item, deleted) {
            let shown = self.alternative(&by, clause, words.map(Into::into));
            camps.push((by, None, shown));
        }
        for edit in edits {
            let shown = self.alternative(&edit.by, Some(edit.clause), Some(self.with_split(item, edit)));
            camps.push((edit.by.clone(), Some(edit.text.into()), shown));
        }
        camps.sort_by_key(|(by, ..)| by.first().copied());
        camps.into_iter().map(|(by, text, shown)| ((by, text), shown)).unzip()
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
}

/// Returns what kind of conflict it is.
fn kind(clause: ClauseKind, own: &str, deleted: &By, edits: &[Edit<'_>]) -> ConflictKind {
    let alike = |mask: fn(&str) -> String| edits.windows(2).all(|pair| mask(pair[0].text) == mask(pair[1].text));
    if !deleted.is_empty() {
        ConflictKind::DeleteEdit
    } else if alike(keyed) && !alike(small) && !own.is_empty() {
        ConflictKind::EditionClash
    } else if !clause.is_matter() && clause != ClauseKind::Note {
        ConflictKind::HeadingHeading
    } else if alike(without_numbers) {
        ConflictKind::NumberClash
    } else {
        ConflictKind::EditEdit
    }
}

fn small(text: &str) -> String {
    plain(text).to_lowercase()
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
