//! Gathering: every name to its centre, by the first rule that is sure.
//!
//! The rules in their order: `table` (a source says what the name stands for), `known` (it begins with the name of a known
//! organisation), `domain` (its e-mail addresses are those of one), `brand` (it begins with a brand that somebody writes
//! alone), `institution` (the same words in another order or language), `acronym` and `parallel` (first letters), `glued`
//! and `aside` (written on to another, or in brackets behind it), `slip` (one or two wrong letters), and `brand` again for
//! brands that nobody writes alone. A name is linked
//! once, to a centre, never to a neighbour.

use std::collections::{BTreeMap, BTreeSet};

use super::acronym::initials;
use super::known::{Known, letters};
use super::near::each_form;
use super::parse::Parsed;
use super::star::{Brands, Found, Node, brands, content};
use super::weigh::{Brand, Weights, table};
use crate::decision::Contribution;

/// However few names there are, so many others might have been there.
const FEWEST: usize = 2_000;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Centre {
    /// To another name.
    Node(usize),
    /// To a known organisation, by its name.
    Known(String),
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
        star: BTreeMap::new(),
    };
    for (at, done) in work.done.iter_mut().enumerate() {
        *done = is_fixed(at);
    }
    if let Some(known) = known {
        work.table(known);
        work.known(known);
        work.domain(known);
    }
    work.brand();
    work.institution();
    work.acronym();
    work.parallel();
    work.glued();
    work.aside();
    work.slip();
    work.shared_brand();
    work.out
}

pub(super) struct Work<'a> {
    pub(super) known: Option<&'a Known>,
    pub(super) nodes: &'a [Node],
    pub(super) weights: &'a Weights,
    pub(super) brands: Brands,
    pub(super) out: Gathered,
    pub(super) done: Vec<bool>,
    /// Where the names led that documents list beside others.
    pub(super) star: BTreeMap<usize, Centre>,
}

impl Work<'_> {
    pub(super) fn keep(&mut self, mut link: Link) {
        if let Some(other) = self.beside(&link) {
            let found = format!("documents name `{}` beside it, as another", self.nodes[other].name);
            link.contributions.push(line("side by side", &found, self.weights.beside));
            link.bits += self.weights.beside;
        }
        if link.bits >= self.weights.accept {
            self.done[link.node] = true;
            if !self.nodes[link.node].beside.is_empty() {
                self.star.insert(link.node, link.centre.clone());
            }
            self.out.links.push(link);
        } else if link.bits >= self.weights.review {
            self.out.doubts.push(link);
        }
    }

    /// A name of the star that a link leads to which documents list beside the name itself. What a table says is not
    /// doubted.
    fn beside(&self, link: &Link) -> Option<usize> {
        let is_there =
            |other: &&usize| link.centre == Centre::Node(**other) || self.star.get(other) == Some(&link.centre);
        self.nodes[link.node].beside.iter().find(is_there).copied().filter(|_| link.rule != "table")
    }

    /// The prior of a rule that looks for one name among all: the more there are, the sooner one fits by chance.
    pub(super) fn one_of(&self, n: usize) -> Contribution {
        let n = n.max(FEWEST);
        line("prior", &format!("one of {n} names"), -(n as f64).log2())
    }

    pub(super) fn open(&self) -> Vec<usize> {
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
                centre: Centre::Known(alias.name.clone()),
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
                centre: Centre::Known(alias.name.clone()),
                rule: "known",
                bits: found.bits,
                contributions,
            });
        }
    }

    /// The name begins with a brand that somebody writes alone.
    fn brand(&mut self) {
        for at in self.open() {
            let words = content(&self.nodes[at].parsed);
            let Some(found) = self.brands.find(at, &words, self.weights, true) else { continue };
            if let Some(bare) = self.brands.get(found.brand).bare {
                self.keep_brand(at, bare, found, true);
            }
        }
    }

    /// The name begins with a brand that nobody writes alone: the names that surely belong to it go with the most frequent
    /// of them.
    fn shared_brand(&mut self) {
        let mut stars: BTreeMap<u64, Vec<(usize, Found)>> = BTreeMap::new();
        for at in self.open() {
            let words = content(&self.nodes[at].parsed);
            if let Some(found) = self.brands.find(at, &words, self.weights, false) {
                stars.entry(found.brand).or_default().push((at, found));
            }
        }
        for star in stars.values() {
            let sure = star.iter().filter(|(_, found)| found.bits >= self.weights.accept);
            let centre = sure.max_by_key(|(at, _)| (self.nodes[*at].n, std::cmp::Reverse(*at)));
            let Some(&(centre, _)) = centre else { continue };
            for &(at, found) in star.iter().filter(|(at, _)| *at != centre) {
                self.keep_brand(at, centre, found, false);
            }
        }
    }

    fn keep_brand(&mut self, at: usize, centre: usize, found: Found, is_bare: bool) {
        let words = content(&self.nodes[at].parsed);
        let brand = Brand { words: &words, start: found.start, len: found.len, is_bare, is_known: false };
        let contributions = table(brand, self.weights, |word| self.brands.is_rival(word));
        self.keep(Link { node: at, centre: Centre::Node(centre), rule: "brand", bits: found.bits, contributions });
    }
}

/// Returns the blocks of a name: two names that share none are never compared.
#[must_use]
pub fn blocks(parsed: &Parsed) -> BTreeSet<String> {
    let words = content(parsed);
    let squash = parsed.squash();
    let node = Node { parsed: parsed.clone(), squash: squash.clone(), ..Node::default() };
    let asides = parsed.asides.iter().map(|aside| aside.iter().map(|part| part.text.as_str()).collect::<String>());
    let mut blocks: BTreeSet<String> = brands(&words).into_iter().map(|brand| format!("brand {brand:x}")).collect();
    blocks.extend(asides.chain([squash.clone()]).map(|name| format!("name {name}")));
    blocks.extend(initials(&node).into_iter().map(|letters| format!("name {letters}")));
    let key = parsed.institution_key();
    if !key.is_empty() {
        blocks.insert(format!("institution {key}"));
    }
    each_form(&squash, |form| {
        blocks.insert(format!("near {form:x}"));
    });
    blocks
}

pub(super) fn line(feature: &str, found: &str, bits: f64) -> Contribution {
    Contribution { feature: feature.into(), found: found.into(), bits }
}
