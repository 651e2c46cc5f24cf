//! Acronyms: first letters of one other name, alone or with the same further words behind them.

use rustc_hash::FxHashMap as HashMap;

use super::gather::{Centre, Link, Work, line};
use super::lexicon::{Class, LEXICON};
use super::parse::Part;
use super::star::{Node, brand_id, content};

/// Further words that more names than this have in common say nothing.
const MOST_ALIKE: usize = 40;

impl Work<'_> {
    /// A single word that is the first letters of one other name, or stands in brackets behind it.
    pub(super) fn acronym(&mut self) {
        let mut long: HashMap<String, Vec<(usize, bool)>> = HashMap::default();
        for (at, node) in self.nodes.iter().enumerate() {
            for aside in &node.parsed.asides {
                if let [one] = aside.as_slice()
                    && is_acronym_of(&one.text, node)
                {
                    long.entry(one.text.clone()).or_default().push((at, true));
                }
            }
            for letters in initials(node) {
                long.entry(letters).or_default().push((at, false));
            }
        }
        for at in self.open() {
            let [one] = content(&self.nodes[at].parsed)[..] else { continue };
            let Some(named) = long.get(&one.text) else { continue };
            let Some((centre, is_stated)) = self.only(named) else { continue };
            if centre == at {
                continue;
            }
            let n = one.text.chars().count() as f64;
            let stated = if is_stated { self.weights.stated } else { 0.0 };
            let mut contributions = vec![
                self.one_of(self.nodes.len()),
                line(
                    "first letters",
                    &format!("of `{}`, of no other name here", self.nodes[centre].name),
                    n * self.weights.letter,
                ),
            ];
            if is_stated {
                contributions.push(line("in brackets", "the acronym stands behind the name", stated));
            }
            let bits = contributions.iter().map(|line| line.bits).sum();
            self.keep(Link { node: at, centre: Centre::Node(centre), rule: "acronym", bits, contributions });
        }
    }

    /// A short brand and a long one of which it has the first letters, both with the same rare further words: `HP Helion`
    /// and `Hewlett-Packard Helion`.
    pub(super) fn parallel(&mut self) {
        let mut by_tail: HashMap<String, Vec<(usize, usize)>> = HashMap::default();
        for (at, node) in self.nodes.iter().enumerate() {
            let words = content(&node.parsed);
            for len in 1..words.len().min(5) {
                let tail: Vec<&str> = words[len..].iter().map(|part| LEXICON.stands_for(&part.text)).collect();
                by_tail.entry(tail.join(" ")).or_default().push((at, len));
            }
        }
        let mut tails: Vec<(&String, &Vec<(usize, usize)>)> =
            by_tail.iter().filter(|(_, held)| (2..=MOST_ALIKE).contains(&held.len())).collect();
        tails.sort_unstable();
        let mut links = Vec::new();
        for (tail, held) in tails {
            let rarity: f64 = tail.split(' ').map(|word| LEXICON.rarity(word)).sum();
            for &(short, _) in held.iter().filter(|(_, len)| *len == 1) {
                links.extend(
                    held.iter()
                        .filter(|(_, len)| *len > 1)
                        .filter_map(|&(long, len)| self.parallel_between(short, (long, len), tail, rarity)),
                );
            }
        }
        for link in links {
            if !self.done[link.node] {
                self.keep(link);
            }
        }
    }

    fn parallel_between(&self, short: usize, (long, len): (usize, usize), tail: &str, rarity: f64) -> Option<Link> {
        let letters = &content(&self.nodes[short].parsed)[0].text;
        let words = content(&self.nodes[long].parsed);
        let first: String = words[..len].iter().filter_map(|part| part.text.chars().next()).collect();
        let bare = |text: &str| self.brands.get(brand_id([text].into_iter())).bare;
        let name: String = words[..len].iter().map(|part| part.text.as_str()).collect();
        let (node, centre) = (bare(letters)?, bare(&name)?);
        if first != *letters || self.done[node] {
            return None;
        }
        let contributions = vec![
            line("prior", "two names drawn at random", self.weights.prior),
            line(
                "first letters",
                &format!("of `{}`", self.nodes[centre].name),
                letters.chars().count() as f64 * self.weights.letter,
            ),
            line(
                "further words",
                &format!("both have `{tail}`"),
                (rarity * self.weights.parallel).min(self.weights.most),
            ),
        ];
        let bits = contributions.iter().map(|line| line.bits).sum();
        Some(Link { node, centre: Centre::Node(centre), rule: "parallel", bits, contributions })
    }

    /// The one name that an acronym stands for: the one that states it, or the only one with its letters.
    fn only(&self, named: &[(usize, bool)]) -> Option<(usize, bool)> {
        let stated: Vec<&(usize, bool)> = named.iter().filter(|(_, is_stated)| *is_stated).collect();
        match (stated.as_slice(), named) {
            ([one], _) => Some(**one),
            ([], [one]) => Some(*one),
            _ => None,
        }
    }
}

/// First letters of a name of three words or more: of all its words, and of those that count.
pub(super) fn initials(node: &Node) -> Vec<String> {
    let of = |parts: &mut dyn Iterator<Item = &Part>| -> String {
        parts.filter_map(|part| part.text.chars().next()).collect()
    };
    let n_content = content(&node.parsed).len();
    if n_content < 3 {
        return Vec::new();
    }
    let is_form = |part: &&Part| !matches!(part.class, Class::Form | Class::Tail);
    let mut found = vec![of(&mut node.parsed.core.iter().filter(is_form)), of(&mut content(&node.parsed).into_iter())];
    found.dedup();
    found
}

/// True where the letters stand in the name in this order, the first one first.
fn is_acronym_of(letters: &str, node: &Node) -> bool {
    let mut rest = node.squash.chars();
    let n = letters.chars().count();
    (2..=8).contains(&n)
        && letters.chars().next() == node.squash.chars().next()
        && letters.chars().all(|letter| rest.any(|other| other == letter))
}
