//! The difference of two texts in whole words.

use std::ops::Range;

use crate::sequence::{Algorithm, Numbered, Swap, numbered};
use crate::token::{Kind, compounds, is_hyphen};

/// Equal words between two changes: more than so many always part them.
const MOST_BRIDGED: usize = 3;

/// A stretch of tokens that was replaced: ranges of bytes in both texts, one of them possibly empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// What was there, in bytes of the first text.
    pub before: Range<usize>,
    /// What is there, in bytes of the second.
    pub after: Range<usize>,
}

/// Returns what was replaced, in order, in whole words, marks of punctuation and white space.
///
/// Changes with only a few letters between them are one change: `Hammamet, 2016` to `New Delhi, 2024` is one. Putting
/// the second text's stretches in place of the first's gives the second text.
///
/// # Source
/// E. W. Myers, "An O(ND) difference algorithm and its variations", Algorithmica 1 (1986); the clean-up after N. Fraser, "Diff
/// strategies" (2006).
///
/// ```
/// let hunks = drafting::diff("to bring the needs", "to address the needs");
/// assert_eq!(hunks, [drafting::Hunk { before: 3..8, after: 3..10 }]);
/// ```
#[must_use]
pub fn diff(before: &str, after: &str) -> Vec<Hunk> {
    hunks(before, after, |sides, raw| sides.bridged(raw))
}

/// Returns the same with every change by itself, however little stands between them.
pub(crate) fn fine(before: &str, after: &str) -> Vec<Hunk> {
    hunks(before, after, |_, swaps| swaps)
}

fn hunks(before: &str, after: &str, joined: impl Fn(&Sides<'_>, Vec<Swap>) -> Vec<Swap>) -> Vec<Hunk> {
    if before == after {
        return Vec::new();
    }
    let (a, b) = (tokens(before), tokens(after));
    let numbers = numbered(words(before, &a), words(after, &b));
    let swaps = numbers.swaps(Algorithm::Myers);
    let sides = Sides { before, after, a: &a, b: &b, numbers };
    let swaps = sides.slid(&joined(&sides, swaps));
    swaps.into_iter().map(|swap| Hunk { before: bytes(&a, &swap.before), after: bytes(&b, &swap.after) }).collect()
}

type Tokens = Vec<(Kind, Range<usize>)>;

/// The tokens that differences are told in: a hyphen or apostrophe between letters belongs to the word.
fn tokens(text: &str) -> Tokens {
    compounds(text, |letter| is_hyphen(letter) || matches!(letter, '\'' | '\u{2019}')).collect()
}

fn words<'t>(text: &'t str, tokens: &[(Kind, Range<usize>)]) -> impl Iterator<Item = &'t str> {
    tokens.iter().map(|(_, range)| &text[range.clone()])
}

struct Sides<'a> {
    before: &'a str,
    after: &'a str,
    a: &'a [(Kind, Range<usize>)],
    b: &'a [(Kind, Range<usize>)],
    numbers: Numbered,
}

impl Sides<'_> {
    fn held(&self, at: usize) -> &str {
        self.a.get(at).map_or("", |(_, range)| &self.before[range.clone()])
    }

    fn added(&self, at: usize) -> &str {
        self.b.get(at).map_or("", |(_, range)| &self.after[range.clone()])
    }

    /// Puts changes together between which there is less left than was changed on either side.
    fn bridged(&self, hunks: Vec<Swap>) -> Vec<Swap> {
        let mut bridged: Vec<Swap> = Vec::new();
        for mut hunk in hunks {
            // What was put together may now reach further back.
            while let Some(last) = bridged.last().filter(|last| self.is_bridge(last, &hunk)) {
                hunk = Swap { before: last.before.start..hunk.before.end, after: last.after.start..hunk.after.end };
                bridged.pop();
            }
            bridged.push(hunk);
        }
        bridged.iter().map(|hunk| self.trimmed(hunk)).collect()
    }

    /// Leaves out what both sides of a change end or begin with.
    fn trimmed(&self, hunk: &Swap) -> Swap {
        let Swap { mut before, mut after } = hunk.clone();
        while !before.is_empty()
            && !after.is_empty()
            && self.numbers.before[before.end - 1] == self.numbers.after[after.end - 1]
        {
            before.end -= 1;
            after.end -= 1;
        }
        while !before.is_empty()
            && !after.is_empty()
            && self.numbers.before[before.start] == self.numbers.after[after.start]
        {
            before.start += 1;
            after.start += 1;
        }
        Swap { before, after }
    }

    /// True where little stands between two changes: a comma or a space between two replacements, nothing but white space, or few words
    /// between large ones.
    fn is_bridge(&self, last: &Swap, hunk: &Swap) -> bool {
        let between = last.before.end..hunk.before.start;
        let n_words = between.clone().filter(|&at| self.a[at].0 == Kind::Word).count();
        let length: usize = between.map(|at| self.held(at).trim().chars().count()).sum();
        if n_words == 0 {
            return length == 0 || length <= 2 && is_replaced(last) && is_replaced(hunk);
        }
        n_words <= MOST_BRIDGED && length < self.width(last).min(self.width(hunk))
    }

    /// Returns how many letters a change concerns, on its larger side.
    fn width(&self, hunk: &Swap) -> usize {
        let old: usize = hunk.before.clone().map(|at| self.held(at).trim().chars().count()).sum();
        let new: usize = hunk.after.clone().map(|at| self.added(at).trim().chars().count()).sum();
        old.max(new)
    }

    /// Moves what was only added or only taken to where it starts with a word and ends with the space after it.
    fn slid(&self, hunks: &[Swap]) -> Vec<Swap> {
        let mut slid: Vec<Swap> = Vec::new();
        for (at, hunk) in hunks.iter().enumerate() {
            let floor = slid.last().map_or(0, |last| last.before.end + 1);
            let ceiling = hunks.get(at + 1).map_or(self.a.len(), |next| next.before.start.saturating_sub(1));
            slid.push(self.best_place(hunk, floor, ceiling));
        }
        slid
    }

    fn best_place(&self, hunk: &Swap, floor: usize, ceiling: usize) -> Swap {
        if hunk.before.is_empty() == hunk.after.is_empty() {
            return hunk.clone();
        }
        let is_added = hunk.before.is_empty();
        let side = if is_added { &self.numbers.after } else { &self.numbers.before };
        let of = |hunk: &Swap| if is_added { hunk.after.clone() } else { hunk.before.clone() };
        let mut best = (self.fitness(hunk, is_added), hunk.clone());
        let mut place = hunk.clone();
        while place.before.start > floor && side[of(&place).start - 1] == side[of(&place).end - 1] {
            place = Swap { before: less(&place.before), after: less(&place.after) };
            best = better(best, (self.fitness(&place, is_added), place.clone()));
        }
        place = hunk.clone();
        while place.before.end < ceiling
            && of(&place).end < side.len()
            && side[of(&place).start] == side[of(&place).end]
        {
            place = Swap { before: more(&place.before), after: more(&place.after) };
            best = better(best, (self.fitness(&place, is_added), place.clone()));
        }
        best.1
    }

    /// Returns how natural a place is: what comes after a space and ends with one, or starts with a mark of punctuation.
    fn fitness(&self, hunk: &Swap, is_added: bool) -> u8 {
        let is_after_space = hunk.before.start == 0 || self.held(hunk.before.start - 1).trim().is_empty();
        let kind = |at: usize| if is_added { self.b[at].0 } else { self.a[at].0 };
        let range = if is_added { &hunk.after } else { &hunk.before };
        match (is_after_space, kind(range.start), kind(range.end - 1)) {
            (true, Kind::Word, Kind::Space) => 3,
            (false, Kind::Punctuation, Kind::Word) => 2,
            (false, Kind::Space, Kind::Word) => 1,
            _ => 0,
        }
    }
}

fn less(range: &Range<usize>) -> Range<usize> {
    range.start - 1..range.end - 1
}

fn more(range: &Range<usize>) -> Range<usize> {
    range.start + 1..range.end + 1
}

fn is_replaced(hunk: &Swap) -> bool {
    !hunk.before.is_empty() && !hunk.after.is_empty()
}

fn better(a: (u8, Swap), b: (u8, Swap)) -> (u8, Swap) {
    let is_first = |a: &Swap, b: &Swap| a.before.start <= b.before.start;
    if a.0 > b.0 || (a.0 == b.0 && is_first(&a.1, &b.1)) { a } else { b }
}

fn bytes(tokens: &[(Kind, Range<usize>)], range: &Range<usize>) -> Range<usize> {
    let end = tokens.last().map_or(0, |(_, last)| last.end);
    let start = tokens.get(range.start).map_or(end, |(_, token)| token.start);
    start..if range.is_empty() { start } else { tokens[range.end - 1].1.end }
}
