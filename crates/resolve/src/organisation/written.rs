//! Names written on to others: in brackets behind them, or with a form or a part glued to their end.

use rustc_hash::FxHashMap as HashMap;

use super::gather::{Centre, Link, Work, line};
use super::lexicon::{Class, LEXICON};
use super::star::content;

/// What is found written on to names.
const GLUED: [&str; 16] = [
    "inc", "ltd", "llc", "gmbh", "ag", "corp", "com", "dotcom", "io", "app", "hq", "dev", "db", "labs", "cloud",
    "works",
];

impl Work<'_> {
    /// A name with a form or a part written on to it: `tembelininc`, `tembelindb`.
    pub(super) fn glued(&mut self) {
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
    pub(super) fn aside(&mut self) {
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
}
