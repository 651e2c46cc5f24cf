//! The difference of two texts in whole words.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, Token};
use rustc_hash::FxHashMap;

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
    hunks(before, after, |_, raw| raw)
}

fn hunks(before: &str, after: &str, joined: impl Fn(&Sides<'_>, Vec<Raw>) -> Vec<Raw>) -> Vec<Hunk> {
    if before == after {
        return Vec::new();
    }
    let (a, b) = (tokens(before), tokens(after));
    let mut ids: FxHashMap<&str, u32> = FxHashMap::default();
    let left = numbered(before, &a, &mut ids);
    let right = numbered(after, &b, &mut ids);
    let mut found = Diff::default();
    found.compute_with(Algorithm::Myers, &left, &right, ids.len() as u32);
    let raw = found.hunks().map(|hunk| Raw {
        before: hunk.before.start as usize..hunk.before.end as usize,
        after: hunk.after.start as usize..hunk.after.end as usize,
    });
    let sides = Sides { before, after, a: &a, b: &b, left: &left, right: &right };
    let hunks = sides.slid(&joined(&sides, raw.collect()));
    hunks.into_iter().map(|hunk| Hunk { before: bytes(&a, &hunk.before), after: bytes(&b, &hunk.after) }).collect()
}

fn numbered<'t>(text: &'t str, tokens: &[Range<usize>], ids: &mut FxHashMap<&'t str, u32>) -> Vec<Token> {
    let mut number = |token: &Range<usize>| {
        let next = ids.len() as u32;
        Token(*ids.entry(&text[token.clone()]).or_insert(next))
    };
    tokens.iter().map(&mut number).collect()
}

/// Returns the words, marks of punctuation and runs of white space of a text, without gaps.
///
/// A hyphen or apostrophe between letters belongs to the word: `ITU-T` is one.
pub(crate) fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut last = Class::Mark;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let is_inner = matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}')
            && last == Class::Word
            && next.is_some_and(char::is_alphanumeric);
        let class = match c {
            _ if is_inner || c.is_alphanumeric() => Class::Word,
            c if c.is_whitespace() => Class::Space,
            _ => Class::Mark,
        };
        let end = at + c.len_utf8();
        match tokens.last_mut() {
            Some(token) if class == last && class != Class::Mark => token.end = end,
            _ => tokens.push(at..end),
        }
        last = class;
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Space,
    Mark,
}

/// True for a token with letters or figures.
pub(crate) fn is_word(token: &str) -> bool {
    token.starts_with(char::is_alphanumeric)
}

/// A change in positions of tokens.
#[derive(Clone, Debug)]
struct Raw {
    before: Range<usize>,
    after: Range<usize>,
}

struct Sides<'a> {
    before: &'a str,
    after: &'a str,
    a: &'a [Range<usize>],
    b: &'a [Range<usize>],
    left: &'a [Token],
    right: &'a [Token],
}

impl Sides<'_> {
    fn held(&self, at: usize) -> &str {
        self.a.get(at).map_or("", |range| &self.before[range.clone()])
    }

    fn added(&self, at: usize) -> &str {
        self.b.get(at).map_or("", |range| &self.after[range.clone()])
    }

    /// Puts changes together between which there is less left than was changed on either side.
    fn bridged(&self, hunks: Vec<Raw>) -> Vec<Raw> {
        let mut bridged: Vec<Raw> = Vec::new();
        for mut hunk in hunks {
            // What was put together may now reach further back.
            while let Some(last) = bridged.last().filter(|last| self.is_bridge(last, &hunk)) {
                hunk = Raw { before: last.before.start..hunk.before.end, after: last.after.start..hunk.after.end };
                bridged.pop();
            }
            bridged.push(hunk);
        }
        bridged.iter().map(|hunk| self.trimmed(hunk)).collect()
    }

    /// Leaves out what both sides of a change end or begin with.
    fn trimmed(&self, hunk: &Raw) -> Raw {
        let Raw { mut before, mut after } = hunk.clone();
        while !before.is_empty() && !after.is_empty() && self.left[before.end - 1] == self.right[after.end - 1] {
            before.end -= 1;
            after.end -= 1;
        }
        while !before.is_empty() && !after.is_empty() && self.left[before.start] == self.right[after.start] {
            before.start += 1;
            after.start += 1;
        }
        Raw { before, after }
    }

    /// True where little stands between two changes: a comma or a space between two replacements, nothing but white space, or few words
    /// between large ones.
    fn is_bridge(&self, last: &Raw, hunk: &Raw) -> bool {
        let between = last.before.end..hunk.before.start;
        let n_words = between.clone().filter(|&at| is_word(self.held(at))).count();
        let length: usize = between.map(|at| self.held(at).trim().chars().count()).sum();
        if n_words == 0 {
            return length == 0 || length <= 2 && is_replaced(last) && is_replaced(hunk);
        }
        n_words <= MOST_BRIDGED && length < self.width(last).min(self.width(hunk))
    }

    /// Returns how many letters a change concerns, on its larger side.
    fn width(&self, hunk: &Raw) -> usize {
        let old: usize = hunk.before.clone().map(|at| self.held(at).trim().chars().count()).sum();
        let new: usize = hunk.after.clone().map(|at| self.added(at).trim().chars().count()).sum();
        old.max(new)
    }

    /// Moves what was only added or only taken to where it starts with a word and ends with the space after it.
    fn slid(&self, hunks: &[Raw]) -> Vec<Raw> {
        let mut slid: Vec<Raw> = Vec::new();
        for (at, hunk) in hunks.iter().enumerate() {
            let floor = slid.last().map_or(0, |last| last.before.end + 1);
            let ceiling = hunks.get(at + 1).map_or(self.left.len(), |next| next.before.start.saturating_sub(1));
            slid.push(self.best_place(hunk, floor, ceiling));
        }
        slid
    }

    fn best_place(&self, hunk: &Raw, floor: usize, ceiling: usize) -> Raw {
        if hunk.before.is_empty() == hunk.after.is_empty() {
            return hunk.clone();
        }
        let is_added = hunk.before.is_empty();
        let side = if is_added { self.right } else { self.left };
        let of = |hunk: &Raw| if is_added { hunk.after.clone() } else { hunk.before.clone() };
        let mut best = (self.fitness(hunk, is_added), hunk.clone());
        let mut place = hunk.clone();
        while place.before.start > floor && side[of(&place).start - 1] == side[of(&place).end - 1] {
            place = Raw { before: less(&place.before), after: less(&place.after) };
            best = better(best, (self.fitness(&place, is_added), place.clone()));
        }
        place = hunk.clone();
        while place.before.end < ceiling
            && of(&place).end < side.len()
            && side[of(&place).start] == side[of(&place).end]
        {
            place = Raw { before: more(&place.before), after: more(&place.after) };
            best = better(best, (self.fitness(&place, is_added), place.clone()));
        }
        best.1
    }

    /// Returns how natural a place is: what comes after a space and ends with one, or starts with a mark of punctuation.
    fn fitness(&self, hunk: &Raw, is_added: bool) -> u8 {
        let is_after_space = hunk.before.start == 0 || self.held(hunk.before.start - 1).trim().is_empty();
        let class = |at: usize| class_of(if is_added { self.added(at) } else { self.held(at) });
        let range = if is_added { &hunk.after } else { &hunk.before };
        match (is_after_space, class(range.start), class(range.end - 1)) {
            (true, Class::Word, Class::Space) => 3,
            (false, Class::Mark, Class::Word) => 2,
            (false, Class::Space, Class::Word) => 1,
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

fn class_of(token: &str) -> Class {
    match token.chars().next() {
        Some(c) if c.is_alphanumeric() => Class::Word,
        Some(c) if c.is_whitespace() => Class::Space,
        _ => Class::Mark,
    }
}

fn is_replaced(hunk: &Raw) -> bool {
    !hunk.before.is_empty() && !hunk.after.is_empty()
}

fn better(a: (u8, Raw), b: (u8, Raw)) -> (u8, Raw) {
    let is_first = |a: &Raw, b: &Raw| a.before.start <= b.before.start;
    if a.0 > b.0 || (a.0 == b.0 && is_first(&a.1, &b.1)) { a } else { b }
}

fn bytes(tokens: &[Range<usize>], range: &Range<usize>) -> Range<usize> {
    let at = |at: usize| tokens.get(at).map_or_else(|| tokens.last().map_or(0, |last| last.end), |token| token.start);
    at(range.start)..if range.is_empty() { at(range.start) } else { tokens[range.end - 1].end }
}
