//! Gathering: every name to its centre, by the first rule that is sure.
//!
//! The rules in their order: `table` (a source says what the name stands for), `known` (the name begins with the name of a
//! known organisation), `brand` (the name begins with a brand that few bear), `institution` (the same words in another
//! order or language), `acronym` (the first letters of one other name), `slip` (one or two wrong letters). A name is linked
//! once, to a centre, never to a neighbour.

use rustc_hash::FxHashMap as HashMap;

use super::known::{Known, letters};
use super::lexicon::{Class, LEXICON};
use super::near::{Near, SHORTEST, slips};
use super::parse::{Parsed, Part};
use super::star::{Brands, Node, brand_id, content};
use super::weigh::{Brand, Weights, table};
use crate::decision::Contribution;

/// Further words that more names than this have in common say nothing.
const MOST_ALIKE: usize = 40;

/// However few names there are, so many others might have been there.
const FEWEST: usize = 2_000;

/// What is found written on to names.
const GLUED: [&str; 16] = [
    "inc", "ltd", "llc", "gmbh", "ag", "corp", "com", "dotcom", "io", "app", "hq", "dev", "db", "labs", "cloud",
    "works",
];

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Centre {
    /// To another name.
    Node(usize),
    /// To a brand that nobody writes alone, by the name that it is called.
    Brand(String),
}

/// A name that belongs to a centre.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The name.
    pub node: usize,
    /// Where it belongs.
    pub centre: Centre,
    /// The rule.
    pub rule: &'static str,
    /// Weight.
    pub bits: f64,
    /// What the weight is made of.
    pub contributions: Vec<Contribution>,
}

/// What was found about some names.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// Sure links, at most one of a name.
    pub links: Vec<Link>,
    /// Links that a person should look at.
    pub doubts: Vec<Link>,
    /// Forms behind which more names stand than were looked at.
    pub n_capped: usize,
}

/// Gathers names. `known` are the tables, if they are to be used; `is_fixed` says which names are linked already: they are
/// centres only.
#[must_use]
pub fn gather(nodes: &[Node], known: Option<&Known>, weights: &Weights, is_fixed: impl Fn(usize) -> bool) -> Gathered {
    let mut work = Work {
        known,
        nodes,
        weights,
        brands: Brands::of(nodes),
        out: Gathered::default(),
        done: vec![false; nodes.len()],
    };
    for (at, done) in work.done.iter_mut().enumerate() {
        *done = is_fixed(at);
    }
    if let Some(known) = known {
        work.table(known);
        work.known(known);
    }
    work.brand();
    work.institution();
    work.acronym();
    work.parallel();
    work.glued();
    work.aside();
    work.slip();
    work.out
}

struct Work<'a> {
    known: Option<&'a Known>,
    nodes: &'a [Node],
    weights: &'a Weights,
    brands: Brands,
    out: Gathered,
    done: Vec<bool>,
}

impl Work<'_> {
    fn keep(&mut self, link: Link) {
        if link.bits >= self.weights.accept {
            self.done[link.node] = true;
            self.out.links.push(link);
        } else if link.bits >= self.weights.review {
            self.out.doubts.push(link);
        }
    }

    /// The prior of a rule that looks for one name among all: the more there are, the sooner one fits by chance.
    fn one_of(&self, n: usize) -> Contribution {
        let n = n.max(FEWEST);
        line("prior", &format!("one of {n} names"), -(n as f64).log2())
    }

    fn open(&self) -> Vec<usize> {
        (0..self.nodes.len()).filter(|&at| !self.done[at]).collect()
    }

    /// A source says what the name stands for.
    fn table(&mut self, known: &Known) {
        for at in self.open() {
            let letters = letters(&self.nodes[at].parsed);
            let alias = known.get(&letters).or_else(|| known.get(&self.nodes[at].squash));
            let Some(alias) = alias else { continue };
            let found = if alias.source.is_empty() {
                alias.relation.clone()
            } else {
                format!("{}: {}", alias.relation, alias.source)
            };
            let contributions = vec![line("table", &found, self.weights.most)];
            self.keep(Link {
                node: at,
                centre: Centre::Brand(alias.name.clone()),
                rule: "table",
                bits: self.weights.most,
                contributions,
            });
        }
    }

    /// The name begins with the name of a known organisation.
    fn known(&mut self, known: &Known) {
        for at in self.open() {
            let words = content(&self.nodes[at].parsed);
            let Some((found, alias)) = self.brands.find_known(&words, known, self.weights) else { continue };
            let brand = Brand { words: &words, start: found.start, len: found.len, is_bare: true, is_known: true };
            let contributions = table(brand, self.weights, |word| self.brands.is_rival(word));
            self.keep(Link {
                node: at,
                centre: Centre::Brand(alias.name.clone()),
                rule: "known",
                bits: found.bits,
                contributions,
            });
        }
    }

    fn brand(&mut self) {
        for at in self.open() {
            let words = content(&self.nodes[at].parsed);
            let Some(found) = self.brands.find(at, &words, self.weights) else { continue };
            let held = self.brands.get(found.brand);
            let centre = match held.bare {
                Some(bare) => Centre::Node(bare),
                None => Centre::Brand(self.written(held.first, found.len, &words[found.start..])),
            };
            let brand = Brand {
                words: &words,
                start: found.start,
                len: found.len,
                is_bare: held.bare.is_some(),
                is_known: false,
            };
            let contributions = table(brand, self.weights, |word| self.brands.is_rival(word));
            self.keep(Link { node: at, centre, rule: "brand", bits: found.bits, contributions });
        }
    }

    /// A brand that nobody writes alone, as the first name that has it writes it.
    fn written(&self, first: usize, len: usize, words: &[&Part]) -> String {
        let node = &self.nodes[first];
        let held = content(&node.parsed);
        let begin = held.iter().position(|part| part.text == words[0].text);
        let place = begin.and_then(|begin| Some((held.get(begin)?, held.get(begin + len - 1)?)));
        match place.and_then(|(from, to)| node.name.get(from.bytes.start..to.bytes.end)) {
            Some(written) => written.to_string(),
            None => words[..len].iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" "),
        }
    }

    /// The same words in another order or language; then the same words but for a place, where they are rare enough.
    fn institution(&mut self) {
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

    /// A single word that is the first letters of one other name, or stands in brackets behind it.
    fn acronym(&mut self) {
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
    fn parallel(&mut self) {
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
                letters.len() as f64 * self.weights.letter,
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

    /// A name with a form or a part written on to it: `tembelininc`, `tembelindb`.
    fn glued(&mut self) {
        let by_squash: HashMap<&str, usize> =
            self.nodes.iter().enumerate().map(|(at, node)| (node.squash.as_str(), at)).collect();
        let mut links = Vec::new();
        for at in self.open() {
            let squash = &self.nodes[at].squash;
            let stems = GLUED.iter().filter_map(|end| Some((*end, squash.strip_suffix(end)?)));
            let Some((end, stem, centre)) =
                stems.filter_map(|(end, stem)| Some((end, stem, *by_squash.get(stem)?))).next()
            else {
                continue;
            };
            if stem.chars().count() < 5
                || content(&self.nodes[at].parsed).len() > 1
                || content(&self.nodes[centre].parsed).len() > 1
            {
                continue;
            }
            let mut contributions = vec![
                line("prior", "two names drawn at random", self.weights.prior),
                line(
                    "brand",
                    &format!("`{stem}`, {} unrelated names", LEXICON.bearers(stem)),
                    LEXICON.rarity(stem).min(self.weights.most),
                ),
                line("further word", &format!("`{end}` is written on"), self.weights.generic),
            ];
            if LEXICON.is_ambiguous(stem) {
                contributions.push(line(
                    "ambiguous",
                    "the word means something without any organisation",
                    self.weights.ambiguous,
                ));
            }
            let bits = contributions.iter().map(|line| line.bits).sum();
            links.push(Link { node: at, centre: Centre::Node(centre), rule: "glued", bits, contributions });
        }
        for link in links {
            self.keep(link);
        }
    }

    /// A name that stands in brackets behind another.
    fn aside(&mut self) {
        let by_squash: HashMap<&str, usize> =
            self.nodes.iter().enumerate().map(|(at, node)| (node.squash.as_str(), at)).collect();
        let mut links = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            for aside in &node.parsed.asides {
                let squash: String = aside.iter().map(|part| part.text.as_str()).collect();
                let Some(&other) = by_squash.get(squash.as_str()) else { continue };
                let brands = aside.iter().filter(|part| part.class == Class::Brand);
                let rarity: f64 = brands.map(|part| LEXICON.rarity(&part.text)).sum();
                if other == at || self.done[other] || rarity == 0.0 {
                    continue;
                }
                let contributions = vec![
                    line("prior", "two names drawn at random", self.weights.prior),
                    line(
                        "in brackets",
                        &format!("stands behind `{}`", node.name),
                        rarity.min(self.weights.most) + self.weights.aside,
                    ),
                ];
                let bits = contributions.iter().map(|line| line.bits).sum();
                links.push(Link { node: other, centre: Centre::Node(at), rule: "aside", bits, contributions });
            }
        }
        for link in links {
            if !self.done[link.node] {
                self.keep(link);
            }
        }
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

    /// One or two wrong letters in a name that nobody else bears. What is taken for a slip is no centre for other slips.
    fn slip(&mut self) {
        let near = Near::of((0..).zip(self.nodes.iter().map(|node| node.squash.as_str())));
        self.out.n_capped += near.n_capped();
        let mut neighbours: HashMap<usize, Vec<usize>> = HashMap::default();
        for (one, two) in near.pairs() {
            let (one, two) = (one as usize, two as usize);
            if !self.done[one] {
                neighbours.entry(one).or_default().push(two);
            }
            if !self.done[two] {
                neighbours.entry(two).or_default().push(one);
            }
        }
        drop(near);
        let mut is_slip = vec![false; self.nodes.len()];
        let mut is_centre = vec![false; self.nodes.len()];
        let mut open = self.open();
        open.sort_by_cached_key(|&at| (std::cmp::Reverse(self.standing(at)), at));
        for at in open.into_iter().rev() {
            let others = neighbours.remove(&at).unwrap_or_default();
            let weighed = others.into_iter().filter(|&other| !is_slip[other] && !is_centre[at]);
            let best = weighed.filter_map(|other| {
                let contributions = self.slip_between(at, other);
                let bits: f64 = contributions.iter().map(|line| line.bits).sum();
                (!contributions.is_empty()).then_some((bits, other, contributions))
            });
            let best = best.max_by(|one, two| one.0.total_cmp(&two.0).then(two.1.cmp(&one.1)));
            if let Some(link) = self.slip_of_known(at)
                && best.as_ref().is_none_or(|best| link.bits >= best.0)
            {
                is_slip[at] = link.bits >= self.weights.accept;
                self.keep(link);
            } else if let Some((bits, other, contributions)) = best {
                if bits >= self.weights.accept {
                    (is_slip[at], is_centre[other]) = (true, true);
                }
                self.keep(Link { node: at, centre: Centre::Node(other), rule: "slip", bits, contributions });
            }
        }
    }

    /// How well a spelling stands: by the names that go with it, by its facts, by how many of its words are known.
    fn standing(&self, at: usize) -> (u32, usize, i64) {
        let node = &self.nodes[at];
        (self.n_with(at).min(3), n_known(node), node.n)
    }

    fn n_with(&self, at: usize) -> u32 {
        self.brands.get(brand_id([self.nodes[at].squash.as_str()].into_iter())).n
    }

    /// What speaks for `at` being a slip of `other`; empty where it cannot be.
    fn slip_between(&self, at: usize, other: usize) -> Vec<Contribution> {
        if (self.standing(at), other) > (self.standing(other), at) {
            return Vec::new();
        }
        self.slip_of(&self.nodes[at], &self.nodes[other], self.n_with(other) > 2)
    }

    /// What speaks for a name being a slip of a known one.
    fn slip_of_known(&self, at: usize) -> Option<Link> {
        let known = self.known?;
        let one = &self.nodes[at];
        let written = letters(&one.parsed);
        let weighed = known.near(&written).filter_map(|spelt| {
            let alias = known.get(spelt)?;
            let other = Node { name: alias.name.clone(), parsed: Parsed::of(spelt), squash: spelt.into(), n: 0 };
            let contributions = self.slip_of(one, &other, true);
            let bits: f64 = contributions.iter().map(|line| line.bits).sum();
            let link = Link { node: at, centre: Centre::Brand(alias.name.clone()), rule: "slip", bits, contributions };
            (!link.contributions.is_empty()).then_some(link)
        });
        weighed.max_by(|one, two| one.bits.total_cmp(&two.bits).then_with(|| two.centre.cmp(&one.centre)))
    }

    /// What speaks for `one` being a slip of `two`; empty where it cannot be.
    fn slip_of(&self, one: &Node, two: &Node, is_standing: bool) -> Vec<Contribution> {
        let Some(n) = slips(&one.squash, &two.squash) else { return Vec::new() };
        let len = n_letters(one).min(n_letters(two));
        if n == 0 || len < SHORTEST - 1 || (n == 2 && len < 10) || digits(&one.squash) != digits(&two.squash) {
            return Vec::new();
        }
        let weights = self.weights;
        let agreement = (weights.same_letter * (len - n.min(len)) as f64).min(weights.most);
        let mut lines = vec![
            self.one_of(self.nodes.len()),
            line("letters", &format!("{} of {len} agree", len - n.min(len)), agreement),
            line("slips", &format!("{n}"), weights.slip * n as f64),
        ];
        if is_standing {
            lines.push(line("standing", "the other spelling is known, or several names go with it", weights.standing));
        }
        if one.squash.chars().next() != two.squash.chars().next() {
            lines.push(line("first letter", "slips are rare there", weights.first_letter));
        }
        if let Some(word) = other_words(one, two) {
            lines.push(line("known word", &format!("`{word}` is no slip: it is a word of its own"), weights.known));
        }
        lines
    }
}

/// Letters of the words that say who it is.
fn n_letters(node: &Node) -> usize {
    let brands = content(&node.parsed).into_iter().filter(|part| part.class == Class::Brand);
    brands.map(|part| part.text.chars().count()).sum()
}

/// Number of words that stand in the tables.
fn n_known(node: &Node) -> usize {
    content(&node.parsed).iter().filter(|part| LEXICON.is_known(&part.text)).count()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A word of the first name which the second does not have, and which is known or too short to be a slip.
fn other_words(one: &Node, two: &Node) -> Option<String> {
    let held = content(&two.parsed);
    let one_or_many = |text: &str| LEXICON.stands_for(text).trim_end_matches('s').to_string();
    let differs = |part: &&&Part| !held.iter().any(|other| one_or_many(&other.text) == one_or_many(&part.text));
    let words = content(&one.parsed);
    let differing: Vec<&&Part> = words.iter().filter(differs).collect();
    if words.len() != held.len() {
        return None;
    }
    let is_word =
        |part: &&&&Part| part.class != Class::Brand || LEXICON.is_known(&part.text) || part.text.chars().count() < 5;
    differing.iter().find(is_word).map(|part| part.text.clone())
}

/// First letters of a name of three words or more: of all its words, and of those that count.
fn initials(node: &Node) -> Vec<String> {
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

fn line(feature: &str, found: &str, bits: f64) -> Contribution {
    Contribution { feature: feature.into(), found: found.into(), bits }
}
