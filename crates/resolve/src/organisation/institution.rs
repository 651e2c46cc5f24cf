//! Institutions: the same words in another order or language are the same institution.

use rustc_hash::FxHashMap as HashMap;

use super::gather::{Centre, Link, Work, line};
use super::lexicon::{Class, LEXICON};

impl Work<'_> {
    /// The same words in another order or language; then the same words but for a place, where they are rare enough.
    pub(super) fn institution(&mut self) {
        self.institutions("in another order or language", 0.0, |key| key.to_string());
        self.institutions("but for a place", self.weights.no_place, |key| {
            let is_name = |word: &&str| LEXICON.class(word) == Class::Brand && !LEXICON.is_ambiguous(word);
            let kept: Vec<&str> = key.split(' ').filter(|word| LEXICON.class(word) != Class::Place).collect();
            if kept.iter().filter(|word| is_name(word)).count() > 1 { kept.join(" ") } else { key.to_string() }
        });
    }

    fn institutions(&mut self, how: &str, doubt: f64, bare: impl Fn(&str) -> String) {
        let mut by_key: HashMap<String, usize> = HashMap::default();
        let keys: Vec<String> = self.nodes.iter().map(|node| bare(&node.parsed.institution_key())).collect();
        for (at, key) in keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
            by_key.entry(key.clone()).or_insert(at);
        }
        for at in self.open() {
            let Some(&first) = by_key.get(&keys[at]) else { continue };
            if first == at {
                continue;
            }
            let rarity: f64 = keys[at].split(' ').map(|word| self.said(word)).sum();
            let contributions = vec![
                line("prior", "two names drawn at random", self.weights.prior),
                line("words", &format!("`{}` {how}", keys[at]), doubt + rarity.min(self.weights.most - doubt)),
            ];
            let bits = contributions.iter().map(|line| line.bits).sum();
            self.keep(Link { node: at, centre: Centre::Node(first), rule: "institution", bits, contributions });
        }
    }

    /// What a word of an institution's name says of who it is: nothing where it names the kind.
    fn said(&self, word: &str) -> f64 {
        match LEXICON.class(word) {
            Class::Place => LEXICON.rarity(word),
            Class::Brand if !LEXICON.is_ambiguous(word) => LEXICON.rarity(word),
            Class::Brand => LEXICON.rarity(word) / 2.0,
            Class::Generic | Class::Unit => LEXICON.rarity(word) / 4.0,
            _ => 0.0,
        }
    }
}
