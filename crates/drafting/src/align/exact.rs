//! Clauses with the same words, and the frame of a resolution.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

use super::Work;
use crate::clause::{ClauseKind, Draft};
use crate::normal::keyed;

/// Where in the base which words stand.
pub(super) struct Keys<'a> {
    raw: FxHashMap<(u8, &'a str), Vec<usize>>,
    keyed: FxHashMap<u64, Vec<usize>>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(draft: &'a Draft) -> Self {
        let mut keys = Self { raw: FxHashMap::default(), keyed: FxHashMap::default() };
        for (at, clause) in draft.clauses().iter().enumerate() {
            if let Some(class) = class(clause.kind) {
                let words = draft.words(clause);
                keys.raw.entry((class, words)).or_default().push(at);
                keys.keyed.entry(hash(class, words)).or_default().push(at);
            }
        }
        keys
    }
}

/// What may be the same clause: matter, headings, notes. Calls follow the clauses below them; the frame goes by its place.
fn class(kind: ClauseKind) -> Option<u8> {
    match kind {
        ClauseKind::Item | ClauseKind::Paragraph => Some(0),
        ClauseKind::Heading(_) => Some(1),
        ClauseKind::Note => Some(2),
        _ => None,
    }
}

fn hash(class: u8, words: &str) -> u64 {
    let mut hasher = FxHasher::default();
    (class, keyed(words)).hash(&mut hasher);
    hasher.finish()
}

/// Returns which section of the base each section of the other text is: by number, else the only one of each.
pub(super) fn sections(base: &Draft, other: &Draft, n_base: usize, n_other: usize) -> Vec<Option<usize>> {
    if n_base == 1 && n_other == 1 {
        return vec![Some(0)];
    }
    let mut numbers: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for section in (0..n_base).rev() {
        numbers.entry(base.number(section)).or_default().push(section);
    }
    (0..n_other).map(|section| numbers.get_mut(&other.number(section)).and_then(Vec::pop)).collect()
}

/// Pairs number, title, history and enacting words of the same resolutions.
pub(super) fn frame(work: &mut Work<'_, '_>, own: &[Range<usize>], others: &[Range<usize>]) {
    for (section, range) in others.iter().enumerate() {
        let Some(range_of_base) = work.sections[section].and_then(|section| own.get(section)) else { continue };
        for other in range.clone() {
            let kind = work.other.clauses()[other].kind;
            if class(kind).is_some() || kind == ClauseKind::Call {
                continue;
            }
            let is_same = |&at: &usize| work.base.clauses()[at].kind == kind && work.to_other[at].is_none();
            let found = range_of_base.clone().find(is_same);
            if let Some(base) = found {
                work.join(base, other, 1.0);
            }
        }
    }
}

/// Pairs clauses with the same words: those that stand once in both, then those next to a pair, then the rest in order.
///
/// First as written, then as compared. In another resolution only what stands once in both.
pub(super) fn exact(work: &mut Work<'_, '_>, keys: &Keys<'_>) {
    let other = work.other;
    let mut held: FxHashMap<(u8, &str), Vec<usize>> = FxHashMap::default();
    for (at, clause) in other.clauses().iter().enumerate() {
        if let Some(class) = class(clause.kind) {
            held.entry((class, other.words(clause))).or_default().push(at);
        }
    }
    by_key(work, |at| keys.raw.get(&raw(other, at)?).zip(held.get(&raw(other, at)?)));
    let mut held: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut hashes = FxHashMap::default();
    for (at, clause) in other.clauses().iter().enumerate().filter(|(at, _)| work.to_base[*at].is_none()) {
        if let Some(class) = class(clause.kind) {
            let hash = hash(class, other.words(clause));
            held.entry(hash).or_default().push(at);
            hashes.insert(at, hash);
        }
    }
    by_key(work, |at| keys.keyed.get(hashes.get(&at)?).zip(held.get(hashes.get(&at)?)));
}

/// Pairs clauses that were split in two, or joined, and not changed else: the whole with the longer half. The other half is
/// no other clause, however alike: clauses often start with the same words.
pub(super) fn halves(work: &mut Work<'_, '_>) {
    let free = |held: &[Option<usize>]| -> Vec<bool> { held.iter().map(Option::is_none).collect() };
    let (own, others) = (free(&work.to_other), free(&work.to_base));
    let is_same_section = |work: &Work<'_, '_>, base: usize, other: usize| {
        work.sections[work.other.clauses()[other].section] == Some(work.base.clauses()[base].section)
    };
    for (base, [half, rest]) in halves_of((work.base, &own), (work.other, &others)) {
        if is_same_section(work, base, half) && work.is_free(base, half) {
            work.join(base, half, share(work.other, half, rest));
            work.other_halves.insert(rest);
        }
    }
    for (other, [half, rest]) in halves_of((work.other, &others), (work.base, &own)) {
        if is_same_section(work, half, other) && work.is_free(half, other) {
            work.join(half, other, share(work.base, half, rest));
            work.own_halves.insert(rest);
        }
    }
}

fn share(draft: &Draft, half: usize, rest: usize) -> f64 {
    let [half, rest] = [half, rest].map(|at| draft.words_at(at).len() as f64);
    half / (half + rest)
}

/// Returns the free clauses of one text that two neighbours of the other say together, with the longer of the two and the other.
fn halves_of(whole: (&Draft, &[bool]), parts: (&Draft, &[bool])) -> Vec<(usize, [usize; 2])> {
    let is_open = |(draft, is_free): (&Draft, &[bool]), at: usize| {
        is_free[at] && class(draft.clauses()[at].kind) == Some(0) && !draft.words_at(at).is_empty()
    };
    let wholes: FxHashMap<u64, usize> =
        (0..whole.1.len()).filter(|&at| is_open(whole, at)).map(|at| (hash(0, whole.0.words_at(at)), at)).collect();
    let pair = |at: usize| {
        let [a, b] = [at - 1, at].map(|at| parts.0.words_at(at));
        let found = wholes.get(&hash(0, &format!("{a} {b}")))?;
        Some((*found, if a.len() >= b.len() { [at - 1, at] } else { [at, at - 1] }))
    };
    (1..parts.1.len()).filter(|&at| is_open(parts, at - 1) && is_open(parts, at)).filter_map(pair).collect()
}

fn raw(draft: &Draft, at: usize) -> Option<(u8, &str)> {
    let clause = &draft.clauses()[at];
    Some((class(clause.kind)?, draft.words(clause)))
}

fn by_key<'k>(work: &mut Work<'_, '_>, places: impl Fn(usize) -> Option<(&'k Vec<usize>, &'k Vec<usize>)>) {
    let n = work.other.clauses().len();
    let is_same_section = |work: &Work<'_, '_>, base: usize, other: usize| {
        work.sections[work.other.clauses()[other].section] == Some(work.base.clauses()[base].section)
    };
    // What stands once in both; then what stands next to a pair, from both sides; then the rest in order.
    for other in 0..n {
        if let Some(([base], [_])) = places(other).map(|(own, others)| (own.as_slice(), others.as_slice()))
            && work.is_free(*base, other)
        {
            work.join(*base, other, 1.0);
        }
    }
    for step in [Step::After, Step::Before, Step::Any] {
        let order: Box<dyn Iterator<Item = usize>> =
            if step == Step::Before { Box::new((0..n).rev()) } else { Box::new(0..n) };
        for other in order.filter(|&at| !work.other.words_at(at).is_empty()) {
            if work.to_base[other].is_some() {
                continue;
            }
            let Some((own, _)) = places(other) else { continue };
            let fits = |&&base: &&usize| {
                work.is_free(base, other) && is_same_section(work, base, other) && step.fits(work, base, other)
            };
            if let Some(&base) = own.iter().find(fits) {
                work.join(base, other, 1.0);
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    After,
    Before,
    Any,
}

impl Step {
    /// True where the clauses before (or after) the two are a pair.
    fn fits(self, work: &Work<'_, '_>, base: usize, other: usize) -> bool {
        match self {
            Self::After => other > 0 && base > 0 && work.to_base[other - 1] == Some(base - 1),
            Self::Before => other + 1 < work.to_base.len() && work.to_base[other + 1] == Some(base + 1),
            Self::Any => true,
        }
    }
}
