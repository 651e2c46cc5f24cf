//! Clauses as they are compared, never as they are written out: in plain letters, as numbered words and stems.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::letters;
use crate::sequence::{Token, n_in_order};
use crate::token::{Kind, compounds, is_hyphen};

/// A stem has at most so many letters.
///
/// Stemming by cutting is as good as by suffixes for finding texts alike: W. B. Frakes and R. Baeza-Yates, "Information Retrieval",
/// 1992, chapter 8.
const STEM: usize = 7;

/// Words that say nothing by themselves.
const STOP: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "in", "into", "is", "it",
    "its", "of", "on", "or", "order", "other", "shall", "should", "such", "that", "the", "their", "them", "these",
    "this", "those", "to", "was", "were", "which", "will", "with",
];

/// Returns a text in which only typography is made equal: hyphens, quotes, runs of white space.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let is_plain =
        text.is_ascii() && !text.contains("  ") && !text.contains(['\t', '\n', '\r']) && !text.ends_with(' ');
    if is_plain && !text.contains("( ") && !text.starts_with(' ') && !text.contains(" )") && !text.contains(" ;") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.nfkc() {
        let c = match c {
            '\u{ad}' | '\u{200b}' | letters::BOM => continue,
            c if letters::is_dash(c) => '-',
            c => letters::plain(c),
        };
        if c == ' ' && (plain.is_empty() || plain.ends_with([' ', '('])) {
            continue;
        }
        if matches!(c, ')' | ';') && plain.ends_with(' ') {
            plain.pop();
        }
        plain.push(c);
    }
    plain.truncate(plain.trim_end().len());
    Cow::Owned(plain)
}

/// Returns the same with small letters, and editions of what is cited left out: `resolution 22 (rev.)`.
pub(crate) fn keyed(text: &str) -> String {
    let small = plain(text).to_lowercase();
    let mut keyed = String::with_capacity(small.len());
    let mut rest = small.as_str();
    while let Some(at) = rest.find("(rev. ") {
        keyed.push_str(&rest[..at + 5]);
        rest = &rest[at + 5..];
        rest = rest.find(')').filter(|&end| end < 60).map_or(rest, |end| &rest[end..]);
    }
    keyed + rest
}

/// Numbers for words, and for their stems.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    ids: FxHashMap<String, u32>,
}

/// What a clause is compared by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    /// Its words, in order.
    pub(crate) words: Vec<Token>,
    /// Stems of the words that say something, sorted, each once.
    pub(crate) stems: Vec<u32>,
    /// The same as often as they stand there.
    all_stems: Vec<u32>,
}

impl Lexicon {
    fn id(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = self.ids.len() as u32;
        self.ids.insert(word.into(), id);
        id
    }

    /// Returns what a text is compared by.
    pub(crate) fn terms(&mut self, text: &str) -> Terms {
        let keyed = keyed(text);
        let mut terms = Terms::default();
        for (_, range) in compounds(&keyed, is_hyphen).filter(|(kind, _)| *kind == Kind::Word) {
            // The emphasis of plain text.
            let word = keyed[range].trim_matches('_');
            if word.is_empty() {
                continue;
            }
            let id = self.id(word);
            terms.words.push(Token(id));
            if STOP.binary_search(&word).is_err() {
                let end = word.char_indices().nth(STEM).map_or(word.len(), |(at, _)| at);
                let stem = if end == word.len() { word.strip_suffix('s').unwrap_or(word) } else { &word[..end] };
                terms.stems.push(self.id(stem));
            }
        }
        terms.stems.sort_unstable();
        terms.all_stems.clone_from(&terms.stems);
        terms.stems.dedup();
        terms
    }
}

impl Terms {
    /// True where this says the same as another text in other words: none that says something is new, at most a repeated one is left out.
    pub(crate) fn rewords(&self, other: &Self) -> bool {
        let count = |all: &[u32], stem: u32| {
            all.partition_point(|&held| held <= stem) - all.partition_point(|&held| held < stem)
        };
        let is_new = |&stem: &u32| count(&self.all_stems, stem) > count(&other.all_stems, stem);
        self.stems == other.stems && self.words != other.words && !self.stems.iter().any(is_new)
    }

    /// Returns two texts one after the other.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.words.extend(&other.words);
        both.stems.extend(&other.stems);
        both.stems.sort_unstable();
        both.stems.dedup();
        both
    }
}

/// Returns how alike the words are that say something: Dice's coefficient of the stems, 0 to 1.
pub(crate) fn dice(a: &Terms, b: &Terms) -> f64 {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.stems.get(i), b.stems.get(j)) {
        i += usize::from(x <= y);
        j += usize::from(y <= x);
        shared += usize::from(x == y);
    }
    let all = a.stems.len() + b.stems.len();
    if all == 0 { 0.0 } else { 2.0 * f64::from(shared as u32) / all as f64 }
}

/// Returns the share of words that stand in both in the same order, 0 to 1.
pub(crate) fn in_order(a: &Terms, b: &Terms) -> f64 {
    let all = a.words.len() + b.words.len();
    if all == 0 {
        return 0.0;
    }
    2.0 * n_in_order(&a.words, &b.words) as f64 / all as f64
}

/// Returns how alike two texts are, 0 to 1: the better of order and content.
pub(crate) fn likeness(a: &Terms, b: &Terms) -> f64 {
    let content = dice(a, b);
    // Texts that share next to nothing are not worth the second look.
    if content < 0.2 { content } else { content.max(in_order(a, b)) }
}

/// Which texts hold which stems, so that only those are compared that share rare ones.
#[derive(Debug, Default)]
pub(crate) struct Index {
    places: FxHashMap<u32, Vec<usize>>,
    n_texts: usize,
}

impl Index {
    /// Adds a text, known by a number.
    pub(crate) fn put(&mut self, text: usize, terms: &Terms) {
        self.n_texts += 1;
        for &stem in &terms.stems {
            self.places.entry(stem).or_default().push(text);
        }
    }

    /// Returns the texts that share the most rare words, so many of them, the nearest first.
    pub(crate) fn near(&self, terms: &Terms, n_best: usize) -> Vec<usize> {
        let mut weights: FxHashMap<usize, f64> = FxHashMap::default();
        // A stem in more than a quarter of the texts tells nothing, and would cost a look at all of them.
        let most = (self.n_texts / 4).max(8);
        for places in terms.stems.iter().filter_map(|stem| self.places.get(stem)).filter(|places| places.len() <= most)
        {
            let weight = (self.n_texts as f64 / places.len() as f64).ln() + 0.1;
            for &text in places {
                *weights.entry(text).or_default() += weight;
            }
        }
        let mut best: Vec<(usize, f64)> = weights.into_iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(n_best);
        best.into_iter().map(|(text, _)| text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_stop_words_is_sorted() {
        assert!(STOP.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn typography_and_editions_are_no_difference() {
        assert_eq!(plain("ITU\u{2011}T  said ( Rev. X) ;"), "ITU-T said (Rev. X);");
        assert_eq!(keyed("Resolution 22 (Rev. Geneva, 2022) of"), keyed("resolution 22 ( Rev. Dubai, 2012) of"));
        assert_ne!(keyed("Resolution 22 (Rev. Geneva, 2022)"), keyed("Resolution 23 (Rev. Geneva, 2022)"));
    }

    #[test]
    fn likeness_by_hand() {
        let mut lexicon = Lexicon::default();
        let [a, b] =
            ["to bring the needs of countries", "to address the needs of countries"].map(|text| lexicon.terms(text));
        // Stems bring, need, countri against address, need, countri; five of six words in order.
        assert!((dice(&a, &b) - 4.0 / 6.0).abs() < 1e-9);
        assert!((in_order(&a, &b) - 10.0 / 12.0).abs() < 1e-9);
    }
}
