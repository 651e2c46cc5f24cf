//! Persons named again: by the whole name, by a part of it, by an initial and the family name.

use super::persons::{Context, Seen};
use super::words::lexicon;
use crate::answer::{Doubt, Found, Person};
use crate::scan::{Scan, Shape, key};
use rustc_hash::FxHashMap;

/// Names of the persons by the keys of their words.
pub(crate) struct Known {
    by_first: FxHashMap<u64, Vec<usize>>,
    by_word: FxHashMap<u64, Vec<usize>>,
    words: Vec<Vec<u64>>,
    initials: Vec<Vec<char>>,
}

impl Known {
    /// Prepares names: the keys of the words of each, and their first letters, small.
    pub fn of(words: Vec<Vec<u64>>, initials: Vec<Vec<char>>) -> Self {
        let mut known = Self { by_first: FxHashMap::default(), by_word: FxHashMap::default(), words, initials };
        for (n, words) in known.words.iter().enumerate() {
            if let Some(first) = words.first() {
                known.by_first.entry(*first).or_default().push(n);
            }
            for word in words {
                known.by_word.entry(*word).or_default().push(n);
            }
        }
        known
    }

    /// Returns the person whose whole name begins at token `n`, and its end; the longest.
    fn whole_at(&self, scan: &Scan<'_>, n: usize) -> Option<(usize, usize)> {
        let token = scan.tokens.get(n)?;
        let candidates = self.by_first.get(&token.key)?;
        candidates
            .iter()
            .filter_map(|person| {
                let words = self.words.get(*person).filter(|words| words.len() > 1)?;
                let found = scan.tokens.get(n..n + words.len())?;
                let is_same = found.iter().zip(words).all(|(token, key)| token.key == *key);
                (is_same && found.last()?.block == token.block).then_some((*person, n + words.len()))
            })
            .max_by_key(|(_, end)| *end)
    }

    /// Returns the persons one word of whose name this is.
    pub fn with_word(&self, key: u64) -> &[usize] {
        self.by_word.get(&key).map_or(&[], Vec::as_slice)
    }
}

/// Adds the later mentions of `persons` that no rule has found yet, and doubts where two persons share the word.
pub(crate) fn find(
    context: &Context<'_, '_, '_>,
    known: &Known,
    seen: &[Seen],
    persons: &mut [Person],
    doubts: &mut Vec<Doubt>,
) {
    let scan = context.scan;
    let taken: Vec<_> = seen.iter().map(|one| one.name.tokens.clone()).collect();
    let mut recent = Recent::default();
    let (mut n, mut next) = (0, 0);
    while let Some(token) = scan.tokens.get(n) {
        if matches!(token.shape, Shape::Lower | Shape::Number | Shape::Mark(_)) {
            n += 1;
            continue;
        }
        while taken.get(next).is_some_and(|range| range.end <= n) {
            next += 1;
        }
        if let Some(range) = taken.get(next).filter(|range| range.start <= n) {
            note_recent(scan, known, range.start, &mut recent);
            n = range.end;
            continue;
        }
        if let Some((person, end)) = known.whole_at(scan, n) {
            push(persons, person, Found::new(scan.span(&(n..end)), "named-before", 0.97));
            recent.note(person, scan, n);
            n = end;
            continue;
        }
        n += part_at(context, known, n, &recent, persons, doubts).max(1);
    }
    for person in persons {
        person.mentions.sort_by_key(|found| found.span);
        person.mentions.dedup_by_key(|found| found.span);
    }
}

/// The persons named last, each with the block.
#[derive(Default)]
struct Recent(Vec<(usize, u32)>);

impl Recent {
    fn note(&mut self, person: usize, scan: &Scan<'_>, n: usize) {
        let block = scan.tokens.get(n).map_or(0, |token| token.block);
        self.0.retain(|(other, _)| *other != person);
        self.0.push((person, block));
    }

    /// Returns the one of `persons` named last, within a few blocks.
    fn last_of(&self, persons: &[usize], block: u32) -> Option<usize> {
        self.0
            .iter()
            .rev()
            .find(|(person, at)| persons.contains(person) && block.saturating_sub(*at) <= 12)
            .map(|(person, _)| *person)
    }
}

fn note_recent(scan: &Scan<'_>, known: &Known, n: usize, recent: &mut Recent) {
    if let Some((person, _)) = known.whole_at(scan, n) {
        recent.note(person, scan, n);
    }
}

/// A part of a name at token `n`; returns how many tokens it takes.
fn part_at(
    context: &Context<'_, '_, '_>,
    known: &Known,
    n: usize,
    recent: &Recent,
    persons: &mut [Person],
    doubts: &mut Vec<Doubt>,
) -> usize {
    let scan = context.scan;
    let Some(token) =
        scan.tokens.get(n).filter(|token| matches!(token.shape, Shape::Capital | Shape::Upper | Shape::Mixed))
    else {
        return 1;
    };
    if let Some(person) = suffixed(scan, known, n) {
        push(persons, person, Found::new(token.span(), "name-san", 0.95));
        return 1;
    }
    if let Some((person, end)) = initialled(scan, known, n) {
        push(persons, person, Found::new(scan.span(&(n..end)), "initial-and-family", 0.93));
        return end - n;
    }
    let candidates = known.with_word(token.key);
    if candidates.is_empty() || context.hits.covers(n) || !acts(context, n) {
        return 1;
    }
    match (candidates, recent.last_of(candidates, token.block)) {
        ([_], Some(person)) => push(persons, person, Found::new(token.span(), "part-of-name", 0.88)),
        ([_, _, ..], _) => doubts.push(Doubt {
            kind: "name-shared",
            what: format!("expected one person called `{}`, found {}", scan.word(n), candidates.len()),
            hint: "say in review which one is meant".into(),
            found: Found::new(token.span(), "part-of-name", 0.4),
        }),
        _ => {}
    }
    1
}

/// True when the word begins a sentence and does something, and no longer name stands there.
fn acts(context: &Context<'_, '_, '_>, n: usize) -> bool {
    let scan = context.scan;
    let Some(token) = scan.tokens.get(n) else { return false };
    let is_start = scan.sentence_at(token.start).start == n;
    let next = scan.tokens.get(n + 1).filter(|next| next.block == token.block);
    let is_alone = next.is_some_and(|next| {
        next.shape == Shape::Lower && (lexicon().verbs.has(next.key) || scan.word(n + 1).ends_with("ed"))
    });
    is_start && is_alone
}

/// `Example-san`
fn suffixed(scan: &Scan<'_>, known: &Known, n: usize) -> Option<usize> {
    let name = scan.word(n).strip_suffix("-san")?;
    match known.with_word(key(name)) {
        [person] => Some(*person),
        _ => None,
    }
}

/// `A. Example`, where one person alone can be meant.
pub(crate) fn initialled(scan: &Scan<'_>, known: &Known, n: usize) -> Option<(usize, usize)> {
    let initial = scan.word(n);
    if initial.chars().count() != 1 {
        return None;
    }
    let family = n + 1 + usize::from(scan.word(n + 1) == ".");
    let token = scan.tokens.get(family)?;
    let initial = initial.chars().next()?.to_lowercase().next()?;
    let fits = |person: &&usize| {
        let words = known.words.get(**person)?;
        let position = words.iter().position(|word| *word == token.key)?;
        (position > 0).then_some(())
    };
    let candidates: Vec<&usize> = known.with_word(token.key).iter().filter(|person| fits(person).is_some()).collect();
    match candidates[..] {
        [person] => known.initials.get(*person)?.contains(&initial).then_some((*person, family + 1)),
        _ => None,
    }
}

fn push(persons: &mut [Person], person: usize, found: Found) {
    if let Some(person) = persons.get_mut(person) {
        person.mentions.push(found);
    }
}
