//! Slips: one or two wrong letters in a name that nobody else bears.

use rustc_hash::FxHashMap as HashMap;

use super::gather::{Centre, Link, Work, line};
use super::known::letters;
use super::lexicon::{Class, LEXICON};
use super::near::{Near, SHORTEST, slips};
use super::parse::{Parsed, Part};
use super::star::{Node, brand_id, content};
use crate::Contribution;

impl Work<'_> {
    /// One or two wrong letters in a name that nobody else bears. What is taken for a slip is no centre for other slips.
    pub(super) fn slip(&mut self) {
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
            // Where many names are near, being near says little: it is one of them, and they are near by chance.
            let n_near = others.iter().filter(|&&other| !is_slip[other]).count();
            let crowd = line(
                "near names",
                &format!("{n_near} names are as near"),
                self.weights.crowd * (n_near.max(1) as f64).log2(),
            );
            let weighed = others.into_iter().filter(|&other| !is_slip[other] && !is_centre[at]);
            let best = weighed.filter_map(|other| {
                let mut contributions = self.slip_between(at, other);
                if n_near > 1 && !contributions.is_empty() {
                    contributions.push(crowd.clone());
                }
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
            let other =
                Node { name: alias.name.clone(), parsed: Parsed::of(spelt), squash: spelt.into(), ..Node::default() };
            let contributions = self.slip_of(one, &other, true);
            let bits: f64 = contributions.iter().map(|line| line.bits).sum();
            let link = Link { node: at, centre: Centre::Known(alias.name.clone()), rule: "slip", bits, contributions };
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
