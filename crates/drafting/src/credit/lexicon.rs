//! Words by number, so that texts are compared as numbers; every line is taken apart once, however many versions have it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::token::{Kind, folded, tokens};

/// The number of the mark that stands before every text, so that its first words have something before them.
pub(super) const BEFORE: u32 = 0;
/// The number of the mark behind every text.
pub(super) const BEHIND: u32 = 1;

/// The words seen so far, and the lines that they were seen in.
pub(super) struct Lexicon<'a> {
    words: FxHashMap<String, u32>,
    kinds: Vec<Kind>,
    lines: FxHashMap<&'a str, u32>,
    /// The words of all lines, one after the other.
    arena: Vec<u32>,
    ranges: Vec<Range<u32>>,
}

/// A text as numbers, without white space.
#[derive(Clone, Default)]
pub(super) struct Reading {
    /// Words and punctuation marks, between margins.
    pub(super) words: Vec<u32>,
    /// Lines that are not blank.
    pub(super) lines: Vec<Line>,
}

/// A line: where its words begin, and its number among all lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) start: u32,
    pub(super) id: u32,
}

impl<'a> Lexicon<'a> {
    pub(super) fn new() -> Self {
        let kinds = vec![Kind::Punctuation; 2];
        Self { words: FxHashMap::default(), kinds, lines: FxHashMap::default(), arena: Vec::new(), ranges: Vec::new() }
    }

    /// Returns what a word is.
    pub(super) fn kind(&self, word: u32) -> Kind {
        self.kinds[word as usize]
    }

    /// Returns a text as numbers, with margins of so many marks.
    pub(super) fn read(&mut self, text: &'a str, margin: usize) -> Reading {
        let mut reading = Reading { words: vec![BEFORE; margin], lines: Vec::new() };
        for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
            let id = match self.lines.get(line) {
                Some(id) => *id,
                None => self.learn(line),
            };
            let range = &self.ranges[id as usize];
            reading.lines.push(Line { start: reading.words.len() as u32, id });
            reading.words.extend_from_slice(&self.arena[range.start as usize..range.end as usize]);
        }
        reading.words.resize(reading.words.len() + margin, BEHIND);
        reading
    }

    fn learn(&mut self, line: &'a str) -> u32 {
        let start = self.arena.len() as u32;
        for (kind, at) in tokens(line).filter(|(kind, _)| *kind != Kind::Space) {
            let word = folded(&line[at]);
            let next = self.kinds.len() as u32;
            let number = match self.words.get(word.as_ref()) {
                Some(number) => *number,
                None => {
                    self.words.insert(word.into_owned(), next);
                    self.kinds.push(kind);
                    next
                }
            };
            self.arena.push(number);
        }
        let id = self.ranges.len() as u32;
        self.ranges.push(start..self.arena.len() as u32);
        self.lines.insert(line, id);
        id
    }
}

impl Reading {
    /// Returns the words between the margins.
    pub(super) fn body(&self, margin: usize) -> &[u32] {
        &self.words[margin..self.words.len() - margin]
    }

    /// Returns for every word, and the place behind the last, whether a line begins there.
    pub(super) fn starts(&self, margin: usize) -> Vec<bool> {
        let mut starts = vec![false; self.words.len() + 1];
        for line in &self.lines {
            starts[line.start as usize] = true;
        }
        starts[self.words.len() - margin] = true;
        starts
    }
}
