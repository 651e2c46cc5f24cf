//! E-mail domains: whose address somebody writes from speaks for whom they mean.

use std::collections::BTreeMap;

use super::gather::{Centre, Link, Work, line};
use super::known::{Known, letters};
use super::parse::Parsed;
use super::star::Node;

/// Letters by which a name has to begin as the organisation does, to be taken for it without a question.
const ALIKE: usize = 3;

impl Work<'_> {
    /// Most of the addresses beside a name are those of one known organisation. Alone this is a question for a person, for
    /// consultants write from their client's address; with letters that agree it is sure.
    pub(super) fn domain(&mut self, known: &Known) {
        for at in self.open() {
            let Some((name, n, total)) = employer(&self.nodes[at], known) else { continue };
            let share = n as f64 / total as f64;
            let found = format!("{n} of {total} facts with an address are written from `{name}`");
            let mut contributions = vec![
                line("prior", "two names drawn at random", self.weights.prior),
                line("e-mail domain", &found, self.weights.domain * share),
            ];
            if begin_alike(&self.nodes[at], name) {
                contributions.push(line("letters", "both names begin alike", self.weights.alike));
            }
            let bits = contributions.iter().map(|line| line.bits).sum();
            let centre = Centre::Known(name.to_string());
            self.keep(Link { node: at, centre, rule: "domain", bits, contributions });
        }
    }
}

/// The known organisation from whose addresses most facts about a name are written, of two facts and more; with the number
/// of these facts and of all that have an address of an employer.
fn employer<'a>(node: &Node, known: &'a Known) -> Option<(&'a str, i64, i64)> {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    let own = || node.domains.iter().filter(|(domain, _)| !known.is_free_mail(domain));
    for (domain, n) in own() {
        if let Some(name) = known.of_domain(domain) {
            *counts.entry(name).or_default() += n;
        }
    }
    let (name, n) = counts.into_iter().max_by_key(|(name, n)| (*n, std::cmp::Reverse(*name)))?;
    (n > 1).then(|| (name, n, own().map(|(_, n)| n).sum()))
}

fn begin_alike(node: &Node, name: &str) -> bool {
    let organisation = letters(&Parsed::of(name));
    let begins = node.squash.chars().zip(organisation.chars()).take_while(|(one, two)| one == two);
    begins.count() >= ALIKE.min(organisation.chars().count())
}
