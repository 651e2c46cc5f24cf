//! Words that no parent keeps in order, found again in what was written before: moved, restored, taken from a proposal, copied.
//!
//! A run of words that no parent keeps is searched from left to right. Where a few of its words stood before, the stretch is grown
//! over equal words and over small changes, on both sides. The best stretch counts if it is evidence of where the words are from:
//! it is long, it is whole lines, the version lost it elsewhere, or it stands beside the same
//! neighbours as before.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::align::NONE;
use super::lexicon::BEHIND;
use super::record::{Record, line_seed, seed};
use super::trace::Marks;
use super::{Copies, Method};

/// A line by itself is evidence if it has so many words and punctuation marks.
const LINE: usize = 3;
/// So many equal words must follow a small change.
const REJOIN: usize = 3;

/// What is taken for evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Round {
    /// Long stretches and whole lines: they come first, so that a few words beside old neighbours do not take words out of them.
    Strong,
    /// Also what stands beside a neighbour that it stood beside before.
    Beside,
}

/// A version while its words are looked for.
pub(super) struct Search<'a> {
    pub(super) record: &'a Record,
    pub(super) method: &'a Method,
    /// The word of every token known so far.
    pub(super) word_of: &'a [u32],
    /// The words of the version, and where its lines begin.
    pub(super) words: &'a [u32],
    pub(super) starts: &'a [bool],
    /// The token that each word is, or [`NONE`].
    pub(super) tokens: &'a mut [u32],
    /// The version in which each token was seen last, and which one this is.
    pub(super) seen: &'a mut [u32],
    pub(super) now: u32,
    /// Tokens of the parents that no longer stand where they stood.
    pub(super) lost: &'a FxHashMap<u32, Marks>,
    pub(super) round: Round,
    /// How many words small changes put in the place of how many, the smallest first: [`steps`].
    pub(super) steps: &'a [(usize, usize)],
    /// What was found: words, and the stretches they stand in.
    pub(super) found: Vec<Found>,
    pub(super) joined: Vec<Stretch>,
}

/// Words of the version that stood at a place of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) at: usize,
    pub(super) place: usize,
    pub(super) n: usize,
}

/// A word that was found: its position, and whether its token stands elsewhere in the version as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) at: usize,
    pub(super) is_copied: bool,
}

/// What speaks for a candidate; more is better, in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Evidence {
    /// Words that it would explain, and whose tokens stand nowhere in the version.
    n_free: usize,
    /// Neighbours that are the same tokens as before; the margins of a text are nobody's neighbours.
    n_beside: usize,
    /// Of the first, words that this very version has lost elsewhere.
    n_lost: usize,
    /// Words that it would explain, and whose tokens stand in the version.
    n_copied: usize,
    is_whole_lines: bool,
}

/// Returns the sizes of changes of at most `gap` words on either side.
pub(super) fn steps(gap: usize) -> Vec<(usize, usize)> {
    let mut steps: Vec<(usize, usize)> = (0..=gap).flat_map(|new| (0..=gap).map(move |old| (new, old))).collect();
    steps.sort_by_key(|(new, old)| (new + old, new.abs_diff(*old), *new));
    steps.split_off(1)
}

impl Search<'_> {
    /// Finds the words of one run that no parent keeps, from left to right.
    pub(super) fn run(&mut self, run: Range<usize>) {
        let mut runs = vec![run];
        while let Some(run) = runs.pop() {
            let mut at = run.start;
            let mut is_first = true;
            while at < run.end {
                let stretches = self.probe(at, is_first, &run);
                // What lies between the stretches may be from elsewhere: a word that another proposal put in.
                let gaps = stretches.windows(2).map(|two| two[0].at + two[0].n..two[1].at);
                runs.extend(gaps.filter(|gap| !gap.is_empty()));
                is_first = !stretches.is_empty();
                at = stretches.last().map_or(at + 1, |last| last.at + last.n).max(at + 1);
            }
        }
    }

    /// Looks again at both ends of a run: its neighbours may have been found since, and speak for it now. True if they do.
    pub(super) fn ends(&mut self, run: Range<usize>) -> bool {
        let [first, last] = [run.start, run.end - 1].map(|at| !self.probe(at, true, &run).is_empty());
        first || last
    }

    /// Takes the best stretch that explains a word, if one counts.
    fn probe(&mut self, at: usize, is_first: bool, run: &Range<usize>) -> Vec<Stretch> {
        let Some((stretches, evidence)) = self.best(at, is_first, run) else { return Vec::new() };
        let is_copy = self.is_copy(&evidence);
        for stretch in &stretches {
            self.assign(*stretch, is_copy);
        }
        self.joined.extend(&stretches);
        stretches
    }

    /// Returns the best candidate that explains the word at `at`, if it counts.
    fn best(&self, at: usize, is_first: bool, run: &Range<usize>) -> Option<(Vec<Stretch>, Evidence)> {
        let gram = self.method.gram;
        if self.tokens[at] != NONE {
            return None;
        }
        let mut seeds: Vec<(usize, usize, u64)> = Vec::new();
        // Seeds that begin before the run are new to it only at its first word.
        let first = if is_first { at.saturating_sub(gram - 1) } else { at };
        for start in first..=at {
            if let Some(words) = self.words.get(start..start + gram) {
                seeds.push((start, gram, seed(words)));
            }
        }
        if self.starts[at]
            && let Some(n) = (LINE..gram).find(|n| self.starts.get(at + n).is_some_and(|starts| *starts))
            && (1..LINE).all(|n| !self.starts[at + n])
        {
            seeds.push((at, n, line_seed(&self.words[at..at + n])));
        }
        let mut best: Option<(Evidence, Reverse<usize>, Vec<Stretch>)> = None;
        let record = self.record;
        for (start, n, seed) in seeds {
            for place in record.places(seed).filter(|place| self.is_equal(start, *place, n)) {
                let stretches = self.grown(Stretch { at: start, place, n }, run);
                let evidence = self.evidence(&stretches);
                let is_better =
                    best.as_ref().is_none_or(|(held, first, _)| (evidence, Reverse(place)) > (*held, *first));
                if is_better && self.counts(&evidence) {
                    best = Some((evidence, Reverse(place), stretches));
                }
            }
        }
        best.map(|(evidence, _, stretches)| (stretches, evidence))
    }

    fn word(&self, place: usize) -> Option<u32> {
        self.record.token(place).map(|token| self.word_of[token as usize])
    }

    fn is_equal(&self, at: usize, place: usize, n: usize) -> bool {
        (0..n).all(|more| self.words.get(at + more).copied() == self.word(place + more) && at + more < self.words.len())
    }

    /// Grows a stretch over equal words and small changes, not further than a seed beyond the run.
    fn grown(&self, core: Stretch, run: &Range<usize>) -> Vec<Stretch> {
        let margin = self.method.gram - 1;
        let low = run.start.saturating_sub(margin).min(core.at);
        let high = (run.end + margin).min(self.words.len()).max(core.at + core.n);
        let mut stretches = vec![self.to_left(core, low)];
        while let Some(before) = self.before(stretches[0], low, run) {
            stretches.insert(0, self.to_left(before, low));
        }
        let mut last = stretches.len() - 1;
        stretches[last] = self.to_right(stretches[last], high);
        while let Some(behind) = self.behind(stretches[last], high, run) {
            stretches.push(self.to_right(behind, high));
            last += 1;
        }
        stretches
    }

    fn to_left(&self, mut stretch: Stretch, low: usize) -> Stretch {
        while stretch.at > low && self.is_equal(stretch.at - 1, stretch.place - 1, 1) {
            stretch = Stretch { at: stretch.at - 1, place: stretch.place - 1, n: stretch.n + 1 };
        }
        stretch
    }

    fn to_right(&self, mut stretch: Stretch, high: usize) -> Stretch {
        while stretch.at + stretch.n < high && self.is_equal(stretch.at + stretch.n, stretch.place + stretch.n, 1) {
            stretch.n += 1;
        }
        stretch
    }

    /// Returns equal words before a stretch, across a small change.
    fn before(&self, stretch: Stretch, low: usize, run: &Range<usize>) -> Option<Stretch> {
        if stretch.at <= run.start {
            return None;
        }
        self.steps(stretch.place, false).find_map(|(new, old)| {
            let at = stretch.at.checked_sub(new + REJOIN)?;
            let place = stretch.place.checked_sub(old + REJOIN)?;
            (at >= low && self.is_equal(at, place, REJOIN)).then_some(Stretch { at, place, n: REJOIN })
        })
    }

    /// Returns equal words behind a stretch, across a small change.
    fn behind(&self, stretch: Stretch, high: usize, run: &Range<usize>) -> Option<Stretch> {
        let (at, place) = (stretch.at + stretch.n, stretch.place + stretch.n);
        if at >= run.end {
            return None;
        }
        self.steps(place, true).find_map(|(new, old)| {
            let (at, place) = (at + new, place + old);
            (at + REJOIN <= high && self.is_equal(at, place, REJOIN)).then_some(Stretch { at, place, n: REJOIN })
        })
    }

    /// Returns how many words of the version and of the record a small change may have, the smallest first.
    fn steps(&self, place: usize, is_right: bool) -> impl Iterator<Item = (usize, usize)> {
        // A change does not reach over the end of what was written together.
        let is_there =
            |n: &usize| if is_right { self.record.token(place + n) } else { self.record.token(place - 1 - n) };
        let n_old = (0..self.method.gap).take_while(|n| *n < place && is_there(n).is_some()).count();
        self.steps.iter().copied().filter(move |(_, old)| *old <= n_old)
    }

    /// True for tokens that stand in the version.
    fn is_used(&self, token: u32) -> bool {
        self.seen[token as usize] == self.now
    }

    fn evidence(&self, stretches: &[Stretch]) -> Evidence {
        let mut evidence = Evidence::default();
        for stretch in stretches {
            for more in 0..stretch.n {
                let Some(token) = self.record.token(stretch.place + more) else { continue };
                let held = self.tokens[stretch.at + more];
                if held == token && token > BEHIND {
                    evidence.n_beside += 1;
                } else if held == NONE && self.is_used(token) {
                    evidence.n_copied += 1;
                } else if held == NONE {
                    evidence.n_free += 1;
                    evidence.n_lost += usize::from(self.lost.contains_key(&token));
                }
            }
        }
        let (first, last) = (stretches[0], stretches[stretches.len() - 1]);
        let (end, place_end) = (last.at + last.n, last.place + last.n);
        evidence.is_whole_lines = self.starts[first.at]
            && self.starts[end]
            && self.record.starts_line(first.place)
            && self.record.starts_line(place_end);
        evidence
    }

    fn counts(&self, evidence: &Evidence) -> bool {
        let is_line = evidence.is_whole_lines && evidence.n_free >= LINE;
        let is_beside = self.round == Round::Beside && evidence.n_free >= 1 && evidence.n_beside >= 1;
        let is_moved = evidence.n_lost >= self.method.gram;
        is_beside || is_line || is_moved || evidence.n_free >= self.method.least || self.is_copy(evidence)
    }

    fn is_copy(&self, evidence: &Evidence) -> bool {
        let n_words = evidence.n_copied + evidence.n_free;
        let is_long = n_words >= 2 * self.method.least || (evidence.is_whole_lines && n_words >= self.method.least);
        self.method.copies == Copies::First && evidence.n_copied >= 1 && is_long
    }

    fn assign(&mut self, stretch: Stretch, is_copy: bool) {
        for more in 0..stretch.n {
            let at = stretch.at + more;
            let Some(token) = self.record.token(stretch.place + more).filter(|_| self.tokens[at] == NONE) else {
                continue;
            };
            let is_copied = self.is_used(token);
            if is_copied && !is_copy {
                continue;
            }
            self.tokens[at] = token;
            self.seen[token as usize] = self.now;
            self.found.push(Found { at, is_copied });
        }
    }
}
