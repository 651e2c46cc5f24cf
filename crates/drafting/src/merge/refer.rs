//! References to clauses of the text itself (`considering e)`, `clause 3.2`, `resolves 1 to 3`) follow the clauses.
//!
//! What a reference means is told by the text of whoever wrote it: of the base where nobody changed it, else of the contribution that did.
//! A contribution that counted its clauses anew and forgot a reference does not mean another clause by it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::item::{Bench, By};
use super::order::Line;
use super::row::MechanicalKind;
pub(super) use super::splice::spliced;
use super::write::standing;
use crate::clause::{ClauseKind, Draft, bare};
use crate::marked::Change;
use crate::references::{Name, Reference, is_name, references};

/// Clauses of a text by what refers to them: the words of their call (empty for numbers) and their bare label.
type Places = BTreeMap<(String, String), usize>;

/// Rewrites references in all items that stand.
pub(super) fn refer(bench: &mut Bench<'_>, lines: &[Line]) {
    if bench.sides.is_empty() {
        return;
    }
    let mut verbs: BTreeSet<String> = calls(bench.base);
    for side in &bench.sides {
        verbs.extend(calls(side.draft));
    }
    let targets = Targets::new(bench, lines);
    for item in bench.standing(lines).collect::<Vec<usize>>() {
        let words = standing(&bench.items[item].words);
        for reference in references(&words, &verbs).into_iter().rev() {
            follow(bench, item, &words, &reference, &targets);
        }
    }
}

fn calls(draft: &Draft) -> BTreeSet<String> {
    let call = draft.clauses().iter().filter_map(|clause| clause.call.as_ref());
    call.map(|call| call.verb.clone()).collect()
}

/// What references lead to, text by text, and where that is now.
struct Targets {
    base: Places,
    sides: Vec<Places>,
    now: BTreeMap<usize, Now>,
}

/// Where an item stands in the merged text.
struct Now {
    /// The words of its call, in small letters.
    call: String,
    /// Its label, without signs.
    label: String,
    /// Its position among what stands.
    nth: usize,
}

impl Targets {
    fn new(bench: &Bench<'_>, lines: &[Line]) -> Self {
        let mut now = BTreeMap::new();
        let mut head = String::new();
        for (nth, item) in bench.standing(lines).enumerate() {
            if bench.kind(item).is_head() {
                head = if bench.kind(item) == ClauseKind::Call {
                    standing(&bench.items[item].words).to_lowercase()
                } else {
                    String::new()
                };
            }
            let label = bench.items[item].label.as_ref().map_or("", |(label, _)| bare(label));
            now.insert(item, Now { call: head.clone(), label: label.into(), nth });
        }
        let sides = bench.sides.iter().map(|side| places(side.draft)).collect();
        Self { base: places(bench.base), sides, now }
    }

    fn of_base(&self, key: &(String, String)) -> Option<usize> {
        self.base.get(key).copied()
    }

    fn of_side(&self, bench: &Bench<'_>, side: usize, key: &(String, String)) -> Option<usize> {
        self.sides[side].get(key).copied().and_then(|clause| bench.of_side[side][clause])
    }

    /// True where a name leads to this item in the merged text.
    fn is_right(&self, item: usize, name: &Name, call: &str) -> bool {
        let now = self.now.get(&item);
        now.is_some_and(|now| now.label == name.label && (call.is_empty() || is_name(&now.call, call)))
    }
}

fn places(draft: &Draft) -> Places {
    let mut places = Places::new();
    for (at, clause) in draft.clauses().iter().enumerate() {
        let label = bare(draft.label(clause));
        if label.is_empty() {
            continue;
        }
        let call = clause.under.map(|head| &draft.clauses()[head]).and_then(|head| head.call.as_ref());
        let head = call.map_or(String::new(), |call| call.verb.clone());
        // The first of several clauses with one name is meant, as far as a text can tell.
        places.entry((head, label.into())).or_insert(at);
    }
    places
}

/// Rewrites one reference of an item, where what it leads to has another name now.
///
/// The words of an only proposal stand as they are; what lost its clause there is told.
fn follow(bench: &mut Bench<'_>, item: usize, words: &str, reference: &Reference, targets: &Targets) {
    let written = &words[reference.range.clone()];
    let meant: Option<Vec<usize>> =
        reference.names.iter().map(|name| meant(bench, item, reference, name, targets)).collect();
    let is_stale = bench.is_one_proposal() && is_stale(bench, item, reference, meant.as_deref(), targets);
    // A name that meant no clause where it was written is none of ours.
    let Some(meant) = meant.filter(|_| !is_stale) else {
        if is_stale {
            bench.record(item, MechanicalKind::LostReference, [written, written]);
        }
        return;
    };
    let is_right = |(name, target): (&Name, &usize)| targets.is_right(*target, name, &reference.call);
    let is_whole = spans_hold(bench, item, reference, &meant, targets);
    if is_whole && reference.names.iter().zip(&meant).all(is_right) {
        return;
    }
    let now: Option<Vec<&Now>> = meant.iter().map(|target| targets.now.get(target)).collect();
    let told = now.filter(|now| is_whole && now.iter().all(|one| one.call == now[0].call && !one.label.is_empty()));
    let Some(now) = told else {
        bench.record(item, MechanicalKind::LostReference, [written, written]);
        return;
    };
    let new = renamed(words, reference, &now);
    bench.record(item, MechanicalKind::Reference, [written, &new]);
    let by = (0..bench.sides.len()).collect();
    let entry = &mut bench.items[item];
    entry.words = spliced(&entry.words, &reference.range, &new, &by);
}

/// Returns a reference with the names that its clauses have now.
fn renamed(words: &str, reference: &Reference, now: &[&Now]) -> String {
    let start = reference.range.start;
    let mut new = words[reference.range.clone()].to_string();
    for (name, now) in reference.names.iter().zip(now).rev() {
        let shown = words[name.range.clone()].replacen(&name.label, &now.label, 1);
        new.replace_range(name.range.start - start..name.range.end - start, &shown);
    }
    let call = &now[0].call;
    if !reference.call.is_empty() && !is_name(call, &reference.call) {
        new.replace_range(..reference.names[0].range.start - start, &format!("{call} "));
    }
    new
}

/// Returns the item that a name meant in the text of whoever wrote it.
fn meant(bench: &Bench<'_>, item: usize, reference: &Reference, name: &Name, targets: &Targets) -> Option<usize> {
    let key = (reference.call.clone(), name.label.clone());
    let Some(by) = bench.writers(item, &name.range) else { return targets.of_base(&key) };
    let led: Vec<usize> = by.iter().filter_map(|&side| targets.of_side(bench, side, &key)).collect();
    let right = led.iter().find(|&&target| targets.is_right(target, name, &reference.call));
    right.or(led.first()).copied()
}

/// True where an only proposal kept the words of a reference, and they lead to other clauses now than in the base.
fn is_stale(bench: &Bench<'_>, item: usize, reference: &Reference, meant: Option<&[usize]>, targets: &Targets) -> bool {
    if reference.names.iter().any(|name| !bench.is_kept(item, &name.range)) {
        return false;
    }
    let of_base = |name: &Name| targets.of_base(&(reference.call.clone(), name.label.clone()));
    let before: Option<Vec<usize>> = reference.names.iter().map(of_base).collect();
    before.is_some_and(|before| meant != Some(&before))
}

impl Bench<'_> {
    /// Returns the contributions that wrote some words of an item; `None` where they are the base's.
    ///
    /// The words of an only proposal are its own, also where it kept those of the base.
    pub(super) fn writers(&self, item: usize, range: &Range<usize>) -> Option<By> {
        if self.is_one_proposal() {
            return Some(self.holders(item).into_iter().map(|(side, _)| side).collect());
        }
        let changed = self.touched(item, range).filter(|change| !change.is_kept());
        let by: Vec<&Change> = changed.collect();
        let sides = || by.iter().flat_map(|change| change.inserted()).filter(|by| *by < self.sides.len()).collect();
        (!by.is_empty()).then(sides)
    }

    fn is_kept(&self, item: usize, range: &Range<usize>) -> bool {
        self.touched(item, range).all(Change::is_kept)
    }

    /// Returns what was done to words of an item that stand.
    fn touched(&self, item: usize, range: &Range<usize>) -> impl Iterator<Item = &Change> {
        let mut at = 0;
        let standing = self.items[item].words.iter().filter(|part| part.stands());
        let touched = standing.filter(move |part| {
            let start = at;
            at += part.text.len();
            start < range.end && range.start < at
        });
        touched.map(|part| &part.change)
    }
}

/// True where every span of names (`a) to c)`) covers the same clauses as where it was written.
fn spans_hold(bench: &Bench<'_>, item: usize, reference: &Reference, meant: &[usize], targets: &Targets) -> bool {
    let place = |item: usize| targets.now.get(&item).map(|now| now.nth);
    let is_held = |at: usize| {
        let (first, last) = (meant[at - 1], meant[at]);
        let (Some(from), Some(to)) = (place(first), place(last)) else { return false };
        let is_between = |now: &Now| (from..=to).contains(&now.nth) && now.label.starts_with(char::is_alphanumeric);
        let held: BTreeSet<usize> =
            targets.now.iter().filter(|(_, now)| is_between(now)).map(|(item, _)| *item).collect();
        let writer = bench.writers(item, &reference.names[at].range).and_then(|by| by.first().copied());
        held == spanned(bench, writer, first, last)
    };
    (1..reference.names.len()).filter(|&at| reference.names[at].is_end_of_span).all(is_held)
}

/// Returns the counted clauses from one to another in the text of a contribution, or of the base.
fn spanned(bench: &Bench<'_>, side: Option<usize>, first: usize, last: usize) -> BTreeSet<usize> {
    let draft = side.map_or(bench.base, |side| bench.sides[side].draft);
    let clause = |item: usize| side.map_or(bench.items[item].base, |side| bench.clause_of(side, item));
    let (Some(first), Some(last)) = (clause(first), clause(last)) else { return BTreeSet::new() };
    let is_counted = |at: &usize| bare(draft.label(&draft.clauses()[*at])).starts_with(char::is_alphanumeric);
    let item = |at: usize| side.map_or(Some(at), |side| bench.of_side[side][at]);
    (first..=last).filter(is_counted).filter_map(item).collect()
}
