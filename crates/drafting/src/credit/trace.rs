//! One version after the other: which token each of its words is.

use std::collections::BTreeMap;
use std::ops::Range;

use fact::{Fault, Remedy};
use rustc_hash::{FxHashMap, FxHashSet};

use super::align::{NONE, align};
use super::history::{History, Order};
use super::lexicon::{Lexicon, Reading};
use super::lives::Lives;
use super::record::Record;
use super::take_up::{Round, Search, steps};
use super::{Kind, Method};

/// So many words and marks take some 3 GB; their numbers have 31 bits, and their places in the record 32.
const MOST_TOKENS: usize = 1 << 25;

/// Times that ends of runs are looked at again in one version.
const MOST_ROUNDS: usize = 16;

/// What is known of every token that was ever written.
#[derive(Default)]
pub(super) struct Tokens {
    pub(super) words: Vec<u32>,
    /// The version that it was first proposed in.
    pub(super) origins: Vec<u32>,
    /// The last version that it was seen in while versions were traced, from 1.
    seen: Vec<u32>,
}

/// A word of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stand {
    pub(super) token: u32,
    pub(super) marks: Marks,
}

/// What happened to a word on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) is_moved: bool,
    pub(super) is_returned: bool,
    pub(super) is_copied: bool,
    pub(super) n_rewordings: u8,
}

/// A version whose words are tokens.
#[derive(Clone)]
pub(super) struct Traced {
    pub(super) reading: Reading,
    pub(super) stands: Vec<Stand>,
}

/// Traces versions.
pub(super) struct Tracer<'a> {
    history: &'a History,
    method: &'a Method,
    margin: usize,
    pub(super) lexicon: Lexicon<'a>,
    pub(super) tokens: Tokens,
    pub(super) lives: Lives,
    record: Record,
    /// Sizes of small changes.
    steps: Vec<(usize, usize)>,
}

/// A version on its way.
struct Draft {
    tokens: Vec<u32>,
    marks: Vec<Marks>,
    /// True where a word and the next stood beside each other before.
    is_joined: Vec<bool>,
    /// True for words that are new to the text of the first parent.
    is_new: Vec<bool>,
}

impl<'a> Tracer<'a> {
    pub(super) fn new(history: &'a History, method: &'a Method) -> Self {
        let mut tokens = Tokens::default();
        // The margins are tokens of their own.
        for word in [super::lexicon::BEFORE, super::lexicon::BEHIND] {
            tokens.push(word, 0);
        }
        let record = Record::new(method.gram, method.rare);
        let (margin, lexicon) = (method.gram - 1, Lexicon::new());
        Self { history, method, margin, lexicon, tokens, lives: Lives::default(), record, steps: steps(method.gap) }
    }

    /// Traces all versions up to the last of `goals`; `is_main` are those in whose texts tokens live. Returns the goals.
    pub(super) fn trace(
        &mut self,
        order: &Order,
        goals: &[usize],
        is_main: &[bool],
    ) -> Result<BTreeMap<usize, Traced>, Fault> {
        let end = order.versions.iter().rposition(|at| goals.contains(at)).map_or(0, |at| at + 1);
        let mut n_children = vec![0_usize; self.history.versions.len()];
        for version in &order.versions[..end] {
            for parent in &self.history.versions[*version].parents {
                n_children[*parent] += 1;
            }
        }
        let mut open: BTreeMap<usize, Traced> = BTreeMap::new();
        for (version, now) in order.versions[..end].iter().zip(1..) {
            let history = self.history;
            let parents = &history.versions[*version].parents;
            if self.tokens.words.len() + history.versions[*version].text.len() > MOST_TOKENS {
                let what = format!("expected at most {MOST_TOKENS} words ever written, found more");
                let place = format!("version `{}`", history.versions[*version].id);
                return Err(Fault::new(Remedy::Ask, place, what, "ask for one file or section at a time"));
            }
            let traced = self.version(*version, now, parents, &open, is_main[*version].then(|| order.times[*version]));
            for parent in parents {
                n_children[*parent] -= 1;
                if n_children[*parent] == 0 && !goals.contains(parent) {
                    open.remove(parent);
                }
            }
            if n_children[*version] > 0 || goals.contains(version) {
                open.insert(*version, traced);
            }
        }
        Ok(open)
    }

    fn version(
        &mut self,
        version: usize,
        now: u32,
        parents: &[usize],
        open: &BTreeMap<usize, Traced>,
        lives_at: Option<i64>,
    ) -> Traced {
        let reading = self.lexicon.read(&self.history.versions[version].text, self.margin);
        let parents: Vec<&Traced> = parents.iter().filter_map(|parent| open.get(parent)).collect();
        if let [parent] = parents[..]
            && parent.reading.words == reading.words
        {
            return Traced { reading, stands: parent.stands.clone() };
        }
        let from: Vec<Vec<u32>> =
            parents.iter().map(|parent| align(&parent.reading, &reading, self.margin, self.method.chance)).collect();
        let mut draft = self.inherited(&reading, &parents, &from, now);
        self.take_up(&reading, &mut draft, &parents, now);
        self.write_new(&reading, &mut draft, version, now);
        if let (Some(parent), Some(from)) = (parents.first(), from.first()) {
            self.count_rewordings(&mut draft, parent, from, version, now);
        }
        if let Some(time) = lives_at {
            self.live(&draft, parents.first().copied(), now, time);
        }
        self.record(&reading, &draft);
        let stands = draft.tokens.iter().zip(&draft.marks).map(|(token, marks)| Stand { token: *token, marks: *marks });
        Traced { stands: stands.collect(), reading }
    }

    /// Words that a parent keeps are that parent's; where parents differ, the token that was proposed first counts.
    fn inherited(&mut self, reading: &Reading, parents: &[&Traced], from: &[Vec<u32>], now: u32) -> Draft {
        let n_words = reading.words.len();
        let mut draft = Draft {
            tokens: vec![NONE; n_words],
            marks: vec![Marks::default(); n_words],
            is_joined: vec![false; n_words],
            is_new: vec![true; n_words],
        };
        let stand = |parent: usize, at: usize| parents[parent].stands.get(from[parent][at] as usize).copied();
        for at in 0..n_words {
            let is_margin = at < self.margin || at >= n_words - self.margin;
            let held = (0..parents.len()).filter_map(|parent| stand(parent, at));
            // Two parents may disagree on where a token stands; one parent may have a copy of it.
            let is_sure = is_margin || parents.len() == 1;
            let held = held.filter(|stand| is_sure || self.tokens.seen[stand.token as usize] != now);
            if let Some(first) = held.min_by_key(|stand| stand.token) {
                self.tokens.seen[first.token as usize] = now;
                (draft.tokens[at], draft.marks[at]) = (first.token, first.marks);
                draft.is_new[at] = stand(0, at).is_none_or(|stand| stand.token != first.token);
            } else if is_margin {
                draft.tokens[at] = if at < self.margin { super::lexicon::BEFORE } else { super::lexicon::BEHIND };
            }
        }
        for from in from {
            for at in 1..n_words {
                draft.is_joined[at - 1] |= from[at - 1] != NONE && from[at] == from[at - 1] + 1;
            }
        }
        draft
    }

    fn take_up(&mut self, reading: &Reading, draft: &mut Draft, parents: &[&Traced], now: u32) {
        let runs_of = |tokens: &[u32]| runs(tokens.len(), |at| tokens[at] == NONE);
        let open = runs_of(&draft.tokens);
        if open.is_empty() {
            return;
        }
        let starts = reading.starts(self.margin);
        let stands = parents.iter().rev().flat_map(|parent| &parent.stands);
        let stands = stands.filter(|stand| self.tokens.seen[stand.token as usize] != now);
        let lost: FxHashMap<u32, Marks> = stands.map(|stand| (stand.token, stand.marks)).collect();
        let mut search = Search {
            record: &self.record,
            method: self.method,
            word_of: &self.tokens.words,
            words: &reading.words,
            starts: &starts,
            tokens: &mut draft.tokens,
            seen: &mut self.tokens.seen,
            now,
            lost: &lost,
            round: Round::Strong,
            steps: &self.steps,
            found: Vec::new(),
            joined: Vec::new(),
        };
        for run in open {
            search.run(run);
        }
        search.round = Round::Beside;
        for run in runs_of(search.tokens) {
            search.run(run);
        }
        for _ in 0..MOST_ROUNDS {
            let mut is_more = false;
            for run in if search.found.is_empty() { Vec::new() } else { runs_of(search.tokens) } {
                is_more |= search.ends(run);
            }
            if !is_more {
                break;
            }
        }
        let (found, joined) = (search.found, search.joined);
        for word in found {
            let held = lost.get(&draft.tokens[word.at]);
            let marks = &mut draft.marks[word.at];
            *marks = held.copied().unwrap_or_default();
            marks.is_copied |= word.is_copied;
            marks.is_moved |= held.is_some() && !word.is_copied;
            marks.is_returned |= held.is_none() && !word.is_copied;
        }
        for stretch in joined {
            for at in stretch.at..stretch.at + stretch.n - 1 {
                let is_held =
                    [at, at + 1].map(|at| Some(draft.tokens[at]) == self.record.token(stretch.place + at - stretch.at));
                draft.is_joined[at] |= is_held == [true, true];
            }
        }
    }

    fn write_new(&mut self, reading: &Reading, draft: &mut Draft, version: usize, now: u32) {
        for at in (0..draft.tokens.len()).filter(|at| draft.tokens[*at] == NONE).collect::<Vec<_>>() {
            draft.tokens[at] = self.tokens.push(reading.words[at], version as u32);
            if let Some(seen) = self.tokens.seen.last_mut() {
                *seen = now;
            }
        }
    }

    /// Words put in the place of others count one rewording more than the most often reworded of these.
    fn count_rewordings(&mut self, draft: &mut Draft, parent: &Traced, from: &[u32], version: usize, now: u32) {
        let mut old_at = 0;
        for run in runs(from.len(), |at| from[at] == NONE) {
            old_at = run.start.checked_sub(1).map_or(old_at, |before| from[before] as usize + 1);
            let old_end = from.get(run.end).map_or(parent.stands.len(), |at| *at as usize);
            let lost = parent.stands[old_at..old_end].iter();
            let lost = lost.filter(|stand| self.tokens.seen[stand.token as usize] != now);
            let Some(n_most) = lost.map(|stand| stand.marks.n_rewordings).max() else { continue };
            for at in run.filter(|at| self.tokens.origins[draft.tokens[*at] as usize] == version as u32) {
                draft.marks[at].n_rewordings = n_most.saturating_add(1);
            }
        }
    }

    fn live(&mut self, draft: &Draft, parent: Option<&Traced>, now: u32, time: i64) {
        self.lives.resize(self.tokens.words.len());
        let stands = parent.map_or(&[][..], |parent| &parent.stands[..]);
        let is_held: FxHashSet<u32> = if draft.is_new.contains(&true) {
            stands.iter().map(|stand| stand.token).collect()
        } else {
            FxHashSet::default()
        };
        for at in (0..draft.tokens.len()).filter(|at| draft.is_new[*at] && !draft.marks[*at].is_copied) {
            if !is_held.contains(&draft.tokens[at]) {
                self.lives.enter(draft.tokens[at], time);
            }
        }
        for stand in stands {
            let seen = &mut self.tokens.seen[stand.token as usize];
            if *seen != now {
                self.lives.leave(stand.token, time);
                // A token and its copy leave once.
                *seen = now;
            }
        }
    }

    /// Records whatever stands beside something that it did not stand beside before.
    fn record(&mut self, reading: &Reading, draft: &Draft) {
        let n_words = draft.tokens.len();
        let starts = reading.starts(self.margin);
        let mut open: Option<Range<usize>> = None;
        let mut write = |range: Range<usize>| {
            let starts = &starts[range.start..=range.end];
            self.record.write(&draft.tokens[range.clone()], &reading.words[range], starts);
        };
        for at in (0..n_words.saturating_sub(1)).filter(|at| !draft.is_joined[*at]) {
            let near = (at + 1).saturating_sub(self.margin)..(at + 1 + self.margin).min(n_words);
            match open.as_mut() {
                Some(range) if near.start <= range.end => range.end = near.end,
                _ => {
                    if let Some(range) = open.replace(near) {
                        write(range);
                    }
                }
            }
        }
        if let Some(range) = open {
            write(range);
        }
    }

    /// Returns what a token is.
    pub(super) fn kind(&self, token: u32) -> Kind {
        self.lexicon.kind(self.tokens.words[token as usize])
    }

    /// Returns the words of a traced version, without margins.
    pub(super) fn body<'t>(&self, traced: &'t Traced) -> &'t [Stand] {
        &traced.stands[self.margin..traced.stands.len() - self.margin]
    }
}

impl Tokens {
    fn push(&mut self, word: u32, origin: u32) -> u32 {
        self.words.push(word);
        self.origins.push(origin);
        self.seen.push(0);
        self.words.len() as u32 - 1
    }
}

/// Returns the ranges in which something is so.
fn runs(n: usize, is_so: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in (0..n).filter(|at| is_so(*at)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}
