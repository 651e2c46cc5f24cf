//! Words by their sense, for rules that judge a text: `1 000`, `50 per cent` and `and/or` are one word each.
//!
//! Comes in: a text. Goes out: its words and marks with their bytes, and two forms to compare them by: as they are spelt, without regard to
//! case and typography, and by what they mean, without endings and with one name for synonyms (`data/synonyms.tsv`).

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::letters::{is_dash, plain};

/// One word or mark, or several that stand for one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// In small letters, with plain hyphens and apostrophes.
    pub folded: String,
    /// What it means: its stem, or the first of its synonyms.
    pub key: String,
    /// What it is.
    pub kind: WordKind,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordKind {
    Word,
    Number,
    Mark,
    /// A citation that stands for itself whatever its edition; [`crate::cite`] found it.
    Citation,
}

static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    let word = r"\b\p{N}+(?:[.,]\p{N}+)?[ \u{a0}]?(?:%|per[ \u{a0}]?cent\b)|\b\p{N}{1,3}(?:[ \u{a0}\u{202f}]\p{N}{3})+\b|[\p{L}\p{M}\p{N}]+(?:[-\u{2010}\u{2011}/’'][\p{L}\p{M}\p{N}]+|[.,]\p{N}+)*%?|[^\s\p{L}\p{N}]";
    Regex::new(word).expect("the expression is fixed and tested")
});

/// Returns the words and marks of `text`, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    WORDS.find_iter(text).map(|found| word(found.as_str(), found.range())).collect()
}

fn word(words: &str, range: Range<usize>) -> Word {
    let folded = folded(words);
    let bare = without_possessive(&folded);
    let kind = match words.chars().next() {
        Some(first) if first.is_numeric() || folded.split('-').any(|part| number_word(part).is_some()) => {
            WordKind::Number
        }
        Some(first) if first.is_alphabetic() => WordKind::Word,
        _ => WordKind::Mark,
    };
    let key = match kind {
        WordKind::Number => number(bare),
        WordKind::Word => key(bare),
        _ => folded.clone(),
    };
    Word { range, folded, key, kind }
}

/// Small letters, plain marks and spaces; a dash as the hyphen that many write for it.
fn folded(word: &str) -> String {
    let letters = word.chars().map(|letter| if is_dash(letter) { '-' } else { plain(letter) });
    letters.flat_map(char::to_lowercase).collect()
}

/// A folded word without `'s`.
pub(crate) fn without_possessive(folded: &str) -> &str {
    folded.strip_suffix("'s").unwrap_or(folded)
}

/// A word as it is compared, without a possessive.
pub(crate) fn bare(word: &str) -> String {
    without_possessive(&folded(word)).to_string()
}

/// Returns a number in one spelling: `1 000` and `1,000` as `1000`, `three` as `3`.
fn number(folded: &str) -> String {
    if let Some(n) = number_word(folded) {
        return n.to_string();
    }
    let bare = folded.replace("per cent", "%").replace("percent", "%").replace(' ', "");
    let is_grouped = bare.split(',').skip(1).all(|group| group.len() == 3);
    if is_grouped { bare.replace(',', "") } else { bare }
}

/// The numbers from 0 in words.
pub(crate) const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

fn number_word(folded: &str) -> Option<u32> {
    const TENS: [(&str, u32); 8] = [
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
        ("hundred", 100),
    ];
    // `one` is as often a pronoun; it counts as a word.
    let small = NUMBERS.iter().position(|word| *word == folded).filter(|n| *n != 1);
    let tens = || TENS.iter().find(|(word, _)| *word == folded).map(|(_, n)| *n);
    small.and_then(|n| u32::try_from(n).ok()).or_else(tens)
}

/// Returns the stem of a folded word: without endings of number, person and tense, and spelt with `z`.
pub(crate) fn stem(folded: &str) -> String {
    let spelt = folded.replace("isation", "ization").replace("our", "or").replace("programme", "program");
    let plain = ["ise", "ised", "ises", "ising"].iter().find_map(|end| {
        let stem = spelt.strip_suffix(end)?;
        let is_own =
            ["exerc", "superv", "adv", "rev", "prom", "exp", "r", "w", "r", "prec", "comprom", "compr", "a", "ra"];
        (stem.len() > 2 && !is_own.contains(&stem)).then(|| format!("{stem}iz"))
    });
    if let Some(plain) = plain {
        return plain;
    }
    if spelt.len() < 4 || !spelt.is_ascii() {
        return spelt;
    }
    let ends = [
        ("ies", "y"),
        ("ied", "y"),
        ("ying", "y"),
        ("sses", "ss"),
        ("ing", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("e", ""),
    ];
    let cut = ends.iter().find_map(|(end, with)| {
        let stem = spelt.strip_suffix(end)?;
        let is_word =
            stem.len() >= 3 && stem.contains(['a', 'e', 'i', 'o', 'u', 'y']) && !(*end == "s" && stem.ends_with('s'));
        is_word.then(|| format!("{stem}{with}"))
    });
    let stem = cut.unwrap_or(spelt);
    let stem = stem.strip_suffix('e').filter(|bare| bare.len() >= 3).map_or(stem.clone(), Into::into);
    // `planning` and `plan`.
    let letters = stem.as_bytes();
    match letters {
        [.., one, other] if one == other && !b"lsz".contains(one) && letters.len() > 4 => {
            stem[..stem.len() - 1].to_string()
        }
        _ => stem,
    }
}

static SYNONYMS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let groups = include_str!("../data/synonyms.tsv").lines().skip(1).filter_map(|line| line.split('\t').next());
    let mut all = BTreeMap::new();
    for group in groups {
        let stems: Vec<String> = group.split(", ").filter(|word| !word.contains(' ')).map(stem).collect();
        let first = group.split(", ").next().unwrap_or_default().replace(' ', "-");
        all.extend(stems.into_iter().map(|stem| (stem, first.clone())));
    }
    all
});

/// Phrases of more than one word, with the key they have: longest first.
static PHRASES: LazyLock<Vec<(Vec<String>, String)>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for group in include_str!("../data/synonyms.tsv").lines().skip(1).filter_map(|line| line.split('\t').next()) {
        let first = group.split(", ").next().unwrap_or_default().replace(' ', "-");
        for phrase in group.split(", ").filter(|phrase| phrase.contains(' ')) {
            all.push((phrase.split(' ').map(stem).collect::<Vec<_>>(), first.clone()));
        }
    }
    all.sort_by_key(|(stems, _)| std::cmp::Reverse(stems.len()));
    all
});

/// Returns what a folded word means: its first synonym, or its stem.
pub(crate) fn key(folded: &str) -> String {
    let stem = stem(folded);
    SYNONYMS.get(&stem).cloned().unwrap_or(stem)
}

/// Returns the words with every phrase of the lexicon as one.
pub(crate) fn phrased(words: &[Word]) -> Vec<Word> {
    let stems: Vec<String> = words.iter().map(|one| stem(&one.folded)).collect();
    let mut joined: Vec<Word> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let phrase = PHRASES.iter().find(|(words, _)| stems[at..].starts_with(words));
        let n = phrase.map_or(1, |(words, _)| words.len());
        let mut one = words[at].clone();
        if let Some((_, key)) = phrase {
            one.range.end = words[at + n - 1].range.end;
            one.folded = words[at..at + n].iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
            (one.key, one.kind) = (key.clone(), WordKind::Word);
        }
        joined.push(one);
        at += n;
    }
    joined
}

/// True for words that say how strictly something is meant.
pub(crate) fn is_modal(folded: &str) -> bool {
    matches!(folded, "shall" | "should" | "must" | "may" | "can" | "will" | "could" | "would" | "might" | "cannot")
}

/// True for words that carry no content of their own.
pub(crate) fn is_function_word(folded: &str) -> bool {
    const WORDS: &str = " a an the this that these those such its their it they and or and/or nor but of to in on at by for from with \
        within into as is are was were be been being has have had having do does done not no also so than then there which who \
        whose whom what in-order-to such-as regarding before after considering among inter-alia etc both either via per upon \
        under over through between about ";
    WORDS.contains(&format!(" {folded} "))
}

/// True for prepositions, which end a group of words.
pub(crate) fn is_preposition(folded: &str) -> bool {
    const WORDS: &str = " of in on at by for from with within into as via per upon under over through between among during \
        regarding concerning before after such-as including without against towards ";
    WORDS.contains(&format!(" {folded} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_spellings_fold() {
        for (one, other) in [
            ("organising", "organizes"),
            ("identify", "identifying"),
            ("planning", "plans"),
            ("needs", "need"),
            ("Standardisation", "standardization"),
            ("colours", "color"),
            ("coordinated", "coordinate"),
        ] {
            assert_eq!(stem(&bare(one)), stem(&bare(other)), "{one} {other}");
        }
        assert_ne!(stem("advise"), stem("advocate"));
        assert_ne!(stem("rise"), stem("riz"));
    }

    #[test]
    fn numbers_have_one_spelling() {
        let keys = |text: &str| words(text).into_iter().map(|one| one.key).collect::<Vec<_>>();
        assert_eq!(keys("1\u{a0}000 1,000 1000 three 3 3.5 50%"), ["1000", "1000", "1000", "3", "3", "3.5", "50%"]);
    }
}
