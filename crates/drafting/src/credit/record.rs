//! What was ever written, so that text that comes back, moves, or was proposed elsewhere is found again.
//!
//! Only what is new in a version is recorded, with a few words around it, so that the record grows with what was written and not
//! with the number of versions that held it. Runs of a few words (n-grams) lead to the places where they stood; a run that stood
//! at many places leads nowhere, for it says nothing about where a text is from.

use rustc_hash::FxHashMap;

use super::align::NONE;

/// Tells line seeds from n-grams.
const LINE: u64 = 0x9e37_79b9_7f4a_7c15;
/// Marks an entry at which a line begins.
const STARTS: u32 = 1 << 31;

/// All that was written, as tokens in the order of the versions that brought them.
pub(super) struct Record {
    /// Words in a seed.
    gram: usize,
    /// Places a seed leads to at most.
    rare: u32,
    /// Tokens, in runs that end with [`NONE`]; the highest bit marks the beginning of a line.
    entries: Vec<u32>,
    seeds: FxHashMap<u64, Chain>,
    links: Vec<Link>,
}

/// The places of a seed: positions of its first and last link, and how many places it has.
#[derive(Clone, Copy)]
struct Chain {
    first: u32,
    last: u32,
    n: u32,
}

#[derive(Clone, Copy)]
struct Link {
    place: u32,
    next: u32,
}

impl Record {
    pub(super) fn new(gram: usize, rare: u32) -> Self {
        // An end before the first entry, so that one can look back from every entry.
        Self { gram, rare, entries: vec![NONE], seeds: FxHashMap::default(), links: Vec::new() }
    }

    /// Returns the token recorded at a place; `None` between runs.
    pub(super) fn token(&self, place: usize) -> Option<u32> {
        self.entries.get(place).filter(|entry| **entry != NONE).map(|entry| entry & !STARTS)
    }

    /// True where a line begins at a place, or a run ends there.
    pub(super) fn starts_line(&self, place: usize) -> bool {
        self.entries.get(place).is_none_or(|entry| entry & STARTS != 0)
    }

    /// Returns the places where these words stood, the earliest first; words of other runs may have the same hash.
    pub(super) fn places(&self, seed: u64) -> impl Iterator<Item = usize> {
        let first = self.seeds.get(&seed).filter(|chain| chain.n <= self.rare).map(|chain| chain.first);
        let link = |at: u32| self.links.get(at as usize);
        let links = std::iter::successors(first.and_then(link), move |held| link(held.next));
        links.map(|link| link.place as usize)
    }

    /// Records one run of tokens with their words; `starts` says where lines begin, also behind the last.
    pub(super) fn write(&mut self, tokens: &[u32], words: &[u32], starts: &[bool]) {
        let at = self.entries.len();
        let marked = tokens.iter().zip(starts).map(|(token, starts)| if *starts { token | STARTS } else { *token });
        self.entries.extend(marked);
        self.entries.push(NONE);
        for (start, gram) in words.windows(self.gram).enumerate() {
            self.sow(seed(gram), at + start, self.gram);
        }
        let mut lines = (0..words.len()).filter(|start| starts[*start]);
        let mut from = lines.next();
        while let Some(start) = from {
            from = lines.next();
            let end = from.or_else(|| starts[words.len()].then_some(words.len()));
            if let Some(end) = end.filter(|end| end - start < self.gram) {
                self.sow(line_seed(&words[start..end]), at + start, end - start);
            }
        }
    }

    /// Lets a seed lead to a place, unless it leads to the same tokens already.
    fn sow(&mut self, seed: u64, place: usize, n: usize) {
        let ends = |place: usize| [self.token(place), self.token(place + n - 1)];
        if self.places(seed).any(|held| ends(held) == ends(place)) {
            return;
        }
        let at = self.links.len() as u32;
        let chain = self.seeds.entry(seed).or_insert(Chain { first: at, last: at, n: 0 });
        chain.n += 1;
        if chain.n > self.rare {
            return;
        }
        self.links.push(Link { place: place as u32, next: NONE });
        if chain.last != at {
            self.links[chain.last as usize].next = at;
        }
        chain.last = at;
    }
}

/// Returns the hash of a run of words.
pub(super) fn seed(words: &[u32]) -> u64 {
    words.iter().fold(0, |hash, word| {
        let mixed = (hash ^ u64::from(*word)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^ (mixed >> 32)
    })
}

/// Returns the hash of a whole line of few words.
pub(super) fn line_seed(words: &[u32]) -> u64 {
    seed(words) ^ LINE
}
