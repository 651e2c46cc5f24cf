//! Stars: every name to the shortest brand that it surely belongs to. Never chains of near names.

use std::hash::Hasher as _;

use rustc_hash::{FxHashMap as HashMap, FxHasher};

use super::known::{Alias, Known};
use super::lexicon::{Class, LEXICON};
use super::parse::{Parsed, Part};
use super::weigh::{Brand, Weights, weigh};

/// Longest brand, in words.
const LONGEST: usize = 4;

/// One spelling-independent name: all surfaces whose words squash to the same letters.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Its most frequent spelling.
    pub name: String,
    /// That spelling, taken apart.
    pub parsed: Parsed,
    /// Its words without spaces.
    pub squash: String,
    /// Names that documents list beside it as another party.
    pub beside: Vec<usize>,
    /// E-mail domains beside it, with the number of facts.
    pub domains: Vec<(String, i64)>,
    /// Facts that bear it.
    pub n: i64,
}

/// A brand that a name was found to belong to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// First word of the brand in the name.
    pub start: usize,
    /// Words of the brand.
    pub len: usize,
    /// The brand.
    pub brand: u64,
    /// Weight.
    pub bits: f64,
}

/// What is known of a brand from all names at hand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Held {
    /// The name that is the brand alone.
    pub bare: Option<usize>,
    /// Number of names that have it.
    pub n: u32,
}

/// All brands of some names.
pub struct Brands {
    held: HashMap<u64, Held>,
}

/// Returns the words of a name that count: no forms, no words that join.
#[must_use]
pub fn content(parsed: &Parsed) -> Vec<&Part> {
    let counts = |part: &&Part| !matches!(part.class, Class::Stop | Class::Form | Class::Tail);
    let content: Vec<&Part> = parsed.core.iter().filter(counts).collect();
    if content.is_empty() { parsed.core.iter().collect() } else { content }
}

/// Returns the identity of a brand: of its letters without spaces.
#[must_use]
pub fn brand_id<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let mut hash = FxHasher::default();
    for byte in words.flat_map(str::bytes) {
        hash.write_u8(byte);
    }
    hash.finish()
}

fn id_of(own: &[&Part]) -> u64 {
    brand_id(own.iter().map(|part| part.text.as_str()))
}

/// Where a brand may begin: at the first word, or after places and what else often stands before a brand. A short brand
/// stands first.
fn starts(words: &[&Part]) -> usize {
    let is_before = |part: &&&Part| {
        part.class == Class::Place
            || (part.text.len() < 3 && part.class == Class::Brand)
            || LEXICON.stands_for(&part.text) == "group"
    };
    words.iter().take_while(is_before).count().min(3).min(words.len().saturating_sub(1))
}

/// True where these words can be a brand: not a place or a generic word alone, and no kind of institution.
fn can_be(own: &[&Part], start: usize) -> bool {
    let is_kind = |part: &&Part| matches!(part.class, Class::Institution | Class::Office);
    match own {
        [one] => one.class == Class::Brand && one.text.chars().count() > if start == 0 { 1 } else { 2 },
        _ => {
            own.iter().any(|part| matches!(part.class, Class::Brand | Class::Place))
                && own[0].class != Class::Unit
                && !own.iter().any(is_kind)
        }
    }
}

/// Returns the brands under which a name is filed, and looks for others.
pub fn brands(words: &[&Part]) -> Vec<u64> {
    let spans =
        (0..=starts(words)).flat_map(|start| (1..=LONGEST.min(words.len() - start)).map(move |len| (start, len)));
    spans.map(|(start, len)| id_of(&words[start..start + len])).collect()
}

impl Brands {
    /// Gathers the brands of all names.
    #[must_use]
    pub fn of(nodes: &[Node]) -> Self {
        let mut held: HashMap<u64, Held> = HashMap::default();
        for (at, node) in nodes.iter().enumerate() {
            let words = content(&node.parsed);
            let own = held.entry(brand_id([node.squash.as_str()].into_iter())).or_default();
            own.bare = Some(at);
            for brand in brands(&words) {
                let of = held.entry(brand).or_default();
                of.n += 1;
            }
        }
        Self { held }
    }

    /// What is known of a brand.
    #[must_use]
    pub fn get(&self, brand: u64) -> Held {
        self.held.get(&brand).copied().unwrap_or_default()
    }

    /// True for a rare word that somebody writes alone.
    #[must_use]
    pub fn is_rival(&self, word: &str) -> bool {
        !LEXICON.is_ambiguous(word) && self.get(brand_id([word].into_iter())).bare.is_some()
    }

    /// Returns the longest brand in a name that is known by name, where the name surely belongs to it.
    #[must_use]
    pub fn find_known<'a>(&self, words: &[&Part], known: &'a Known, weights: &Weights) -> Option<(Found, &'a Alias)> {
        for len in (1..=LONGEST.min(words.len())).rev() {
            for start in 0..(starts(words) + 1).min(words.len() + 1 - len) {
                let own = &words[start..start + len];
                let letters: String = own.iter().map(|part| part.text.as_str()).collect();
                let Some(alias) = known.get(&letters) else { continue };
                if letters.chars().count() < 3 && alias.relation == "acronym" {
                    continue;
                }
                let brand = Brand { words, start, len, is_bare: true, is_known: true };
                let bits = weigh(brand, weights, |word| self.is_rival(word), |_, _, _| {});
                if bits >= weights.accept {
                    return Some((Found { start, len, brand: id_of(own), bits }, alias));
                }
            }
        }
        None
    }

    /// Returns the shortest brand, of those that somebody writes alone or of the others, that a name surely belongs to, or else the likeliest one worth a question.
    #[must_use]
    pub fn find(&self, node: usize, words: &[&Part], weights: &Weights, is_bare: bool) -> Option<Found> {
        let is_institution = words.iter().any(|part| matches!(part.class, Class::Institution | Class::Office));
        let mut best: Option<Found> = None;
        let n_starts = starts(words) + 1;
        for len in 1..=LONGEST.min(words.len()) {
            for start in 0..n_starts.min(words.len() + 1 - len) {
                let own = &words[start..start + len];
                let held = self.get(id_of(own));
                if held.bare == Some(node) {
                    return best.filter(|best| best.bits >= weights.review);
                }
                // An institution belongs to a brand only where the brand stands by itself somewhere.
                let is_there =
                    if is_bare { held.bare.is_some() } else { held.bare.is_none() && held.n > 1 && !is_institution };
                if !is_there || !can_be(own, start) {
                    continue;
                }
                let brand = Brand { words, start, len, is_bare: held.bare.is_some(), is_known: false };
                let bits = weigh(brand, weights, |word| self.is_rival(word), |_, _, _| {});
                let found = Found { start, len, brand: id_of(own), bits };
                if bits >= weights.accept {
                    return Some(found);
                }
                if best.is_none_or(|best| bits > best.bits) {
                    best = Some(found);
                }
            }
        }
        best.filter(|best| best.bits >= weights.review)
    }
}
