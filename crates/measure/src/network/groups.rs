//! Ties across groups: industries, regions, kinds of organisation. Each node belongs to one group, a number.

use rayon::prelude::*;

use super::Network;
use crate::draw::{Draws, owner};

/// What an E-I index would be if groups had nothing to do with ties.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Baseline {
    /// The index as it is.
    pub observed: f64,
    /// Mean over permutations of the groups among the nodes.
    pub mean: f64,
    /// Standard deviation over permutations, with n - 1.
    pub standard_deviation: f64,
    /// (observed - mean) / standard deviation; `NaN` where permuting changes nothing.
    pub z: f64,
    /// Share of permutations, the observed one among them, at least as far from the mean: two-sided.
    pub p: f64,
}

/// How often a node passes things on between two others that have no tie of their own, by the groups of the three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// All three of one group.
    pub coordinator: usize,
    /// The two others of one group, the node of another.
    pub itinerant: usize,
    /// Comes from another group into the node's own.
    pub gatekeeper: usize,
    /// Goes out of the node's own group into another.
    pub representative: usize,
    /// Three groups.
    pub liaison: usize,
}

impl Network {
    /// Returns Krackhardt and Stern's E-I index of the whole by weights: (external - internal) / (external + internal), from
    /// -1, all ties within groups, to 1, all across. `NaN` without ties. Unequal groups move it; see
    /// [`Network::e_i_baseline`].
    ///
    /// # Panics
    /// If there is not one group for each node.
    ///
    /// # Source
    /// D. Krackhardt and R. N. Stern, "Informal networks and organizational crises", Social Psychology Quarterly 51 (1988).
    ///
    /// ```
    /// let network = measure::network::Network::new(3, &[(0, 1, 3.0), (1, 2, 1.0)]);
    /// assert_eq!(network.e_i(&[0, 0, 1]), -0.5);
    /// assert_eq!(network.unweighted().e_i(&[0, 0, 1]), 0.0);
    /// ```
    #[must_use]
    pub fn e_i(&self, groups: &[usize]) -> f64 {
        assert_eq!(groups.len(), self.n_nodes(), "each node has a group");
        balance(self.each_tie().map(|(one, other, weight)| (groups[one] != groups[other], weight)))
    }

    /// Returns the E-I index of each node's own ties; `NaN` for one without.
    ///
    /// # Panics
    /// If there is not one group for each node.
    #[must_use]
    pub fn e_i_by_node(&self, groups: &[usize]) -> Vec<f64> {
        assert_eq!(groups.len(), self.n_nodes(), "each node has a group");
        let of_node = |(node, ties): (usize, &Vec<(usize, f64)>)| {
            balance(ties.iter().map(|&(other, weight)| (groups[node] != groups[other], weight)))
        };
        self.ties.iter().enumerate().map(of_node).collect()
    }

    /// Returns the E-I index beside what it would be if the groups were dealt to the nodes at random, their sizes kept.
    ///
    /// # Panics
    /// If there is not one group for each node, or fewer than two permutations.
    #[must_use]
    pub fn e_i_baseline(&self, groups: &[usize], permutations: u32, seed: u64) -> Baseline {
        assert!(permutations > 1, "a spread takes two permutations");
        let observed = self.e_i(groups);
        let permuted: Vec<f64> = (0..permutations)
            .into_par_iter()
            .map(|replicate| {
                let mut draws = Draws::at(seed, owner("e-i permutation"), replicate, 0);
                let mut dealt = groups.to_vec();
                (1..dealt.len()).rev().for_each(|at| dealt.swap(at, draws.below(at + 1)));
                self.e_i(&dealt)
            })
            .collect();
        let mean = crate::composite::mean(&permuted);
        let standard_deviation = crate::composite::standard_deviation(&permuted);
        let distance = (observed - mean).abs() * (1.0 - 1e-12);
        let n_as_far = permuted.iter().filter(|value| (*value - mean).abs() >= distance).count();
        let z = if standard_deviation > 1e-12 { (observed - mean) / standard_deviation } else { f64::NAN };
        let p = (n_as_far + 1) as f64 / (f64::from(permutations) + 1.0);
        Baseline { observed, mean, standard_deviation, z, p }
    }

    /// Returns the participation coefficient of each node: 1 - the sum over groups of the squared share of its strength that
    /// goes there. 0 where all ties lead into one group, nearly 1 where they spread over many; `NaN` without ties.
    ///
    /// # Panics
    /// If there is not one group for each node.
    ///
    /// # Source
    /// R. Guimera and L. A. N. Amaral, "Functional cartography of complex metabolic networks", Nature 433 (2005).
    #[must_use]
    pub fn participation(&self, groups: &[usize]) -> Vec<f64> {
        assert_eq!(groups.len(), self.n_nodes(), "each node has a group");
        let of_node = |ties: &Vec<(usize, f64)>| {
            let mut by_group = std::collections::BTreeMap::<usize, f64>::new();
            ties.iter().for_each(|&(other, weight)| *by_group.entry(groups[other]).or_default() += weight);
            let strength: f64 = ties.iter().map(|(_, weight)| weight).sum();
            let squares: f64 = by_group.values().map(|part| (part / strength).powi(2)).sum();
            if ties.is_empty() { f64::NAN } else { 1.0 - squares }
        };
        self.ties.iter().map(of_node).collect()
    }
}

/// Returns each node's roles as a broker of directed ties such as liaison statements: over all paths of two ties from one
/// to another through the node where the first has no tie to the last.
///
/// `ties` are (from, to); a tie given several times counts once, and one of a node to itself not at all.
///
/// # Panics
/// If a tie names a node that has no group.
///
/// # Source
/// R. V. Gould and R. M. Fernandez, "Structures of mediation", Sociological Methodology 19 (1989).
///
/// ```
/// // 0 and 1 of one group, 2 of another: 1 speaks for its group.
/// let roles = measure::network::roles(&[(0, 1), (1, 2)], &[0, 0, 1]);
/// assert_eq!((roles[1].representative, roles[0].representative), (1, 0));
/// ```
#[must_use]
pub fn roles(ties: &[(usize, usize)], groups: &[usize]) -> Vec<Roles> {
    let mut to: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    ties.iter().filter(|(one, other)| one != other).for_each(|&(one, other)| to[one].push(other));
    to.iter_mut().for_each(|others| {
        others.sort_unstable();
        others.dedup();
    });
    let mut all = vec![Roles::default(); groups.len()];
    for (first, brokers) in to.iter().enumerate() {
        for &broker in brokers {
            for &last in to[broker].iter().filter(|&&last| last != first && brokers.binary_search(&last).is_err()) {
                let roles = &mut all[broker];
                let [from, own, into] = [first, broker, last].map(|node| groups[node]);
                *match (from == own, own == into, from == into) {
                    (true, true, _) => &mut roles.coordinator,
                    (true, false, _) => &mut roles.representative,
                    (false, true, _) => &mut roles.gatekeeper,
                    (false, false, true) => &mut roles.itinerant,
                    (false, false, false) => &mut roles.liaison,
                } += 1;
            }
        }
    }
    all
}

/// (external - internal) / (external + internal) of ties that are external or not.
fn balance(ties: impl Iterator<Item = (bool, f64)>) -> f64 {
    let [external, internal] =
        ties.fold(
            [0.0, 0.0],
            |[external, internal], (is_external, weight)| {
                if is_external { [external + weight, internal] } else { [external, internal + weight] }
            },
        );
    (external - internal) / (external + internal)
}
