//! Networks of organisations: who works with whom, who stands between, and whether ties cross the lines between groups.
//!
//! Comes in: weighted ties of organisations, which are numbers from 0. Goes out: figures by organisation, in that order. An
//! organisation without ties is there all the same. Where a figure is not defined for it, it is `NaN`, never 0.
//!
//! These are our own few lines each. `rustworkx-core` (0.18, Apache-2.0, maintained) has betweenness, closeness and the
//! eigenvector but not the constraint, effective size, E-I index or roles, and brings `petgraph`, `ndarray` and a dozen
//! others; `petgraph` alone (0.8, MIT or Apache-2.0, maintained) would save us the adjacency lists.

mod centrality;
mod groups;
mod holes;

pub use groups::{Baseline, Roles, roles};

/// An undirected network with weighted ties.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// By node: its neighbours in ascending order, each once and never itself, with the weight of the tie.
    ties: Vec<Vec<(usize, f64)>>,
}

impl Network {
    /// Returns the network of `n` nodes with these ties, each given once in either direction; weights of ties that are given
    /// several times are added.
    ///
    /// # Panics
    /// If a tie names a node that is not there, joins a node with itself, or has a weight that is not above 0 and finite.
    ///
    /// ```
    /// let network = measure::network::Network::new(3, &[(0, 1, 2.0), (1, 2, 1.0), (2, 1, 0.5)]);
    /// assert_eq!((network.degree(), network.strength()), (vec![1, 2, 1], vec![2.0, 3.5, 1.5]));
    /// ```
    #[must_use]
    pub fn new(n: usize, ties: &[(usize, usize, f64)]) -> Self {
        let mut by_node: Vec<Vec<(usize, f64)>> = vec![Vec::new(); n];
        for &(one, other, weight) in ties {
            assert!(one != other, "a tie joins two nodes");
            assert!(weight > 0.0 && weight.is_finite(), "a tie has a weight above 0");
            by_node[one].push((other, weight));
            by_node[other].push((one, weight));
        }
        for ties in &mut by_node {
            // Stable, so that weights of one tie are added in the same order at both ends.
            ties.sort_by_key(|&(other, _)| other);
            ties.dedup_by(|later, kept| {
                let is_same = later.0 == kept.0;
                kept.1 += if is_same { later.1 } else { 0.0 };
                is_same
            });
        }
        Self { ties: by_node }
    }

    /// Returns the network of those who signed documents together. A document of N signers ties each pair by 1 / (N - 1), so
    /// that it adds 1 to the strength of each; a document with one signer ties nobody.
    ///
    /// # Panics
    /// If a document names a node twice, or one that is not there.
    ///
    /// # Source
    /// M. E. J. Newman, "Scientific collaboration networks. II", Physical Review E 64 (2001).
    ///
    /// ```
    /// let network = measure::network::Network::of_documents(3, &[vec![0, 1, 2], vec![0, 1], vec![2]]);
    /// assert_eq!(network.strength(), [2.0, 2.0, 1.0]);
    /// ```
    #[must_use]
    pub fn of_documents(n: usize, documents: &[Vec<usize>]) -> Self {
        let ties: Vec<(usize, usize, f64)> = documents
            .iter()
            .flat_map(|signers| {
                let weight = 1.0 / (signers.len() as f64 - 1.0);
                let pairs = move |at: usize| signers[at + 1..].iter().map(move |&other| (signers[at], other, weight));
                (0..signers.len()).flat_map(pairs)
            })
            .collect();
        Self::new(n, &ties)
    }

    /// Returns the number of nodes.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.ties.len()
    }

    /// Returns the number of others that each node has a tie with.
    #[must_use]
    pub fn degree(&self) -> Vec<usize> {
        self.ties.iter().map(Vec::len).collect()
    }

    /// Returns the sum of the weights of each node's ties.
    #[must_use]
    pub fn strength(&self) -> Vec<f64> {
        self.ties.iter().map(|ties| ties.iter().map(|(_, weight)| weight).sum()).collect()
    }

    /// Returns the same network with every tie of weight 1.
    #[must_use]
    pub fn unweighted(&self) -> Self {
        Self { ties: self.ties.iter().map(|ties| ties.iter().map(|&(other, _)| (other, 1.0)).collect()).collect() }
    }

    /// The weight of a tie, 0 where there is none.
    fn weight(&self, one: usize, other: usize) -> f64 {
        self.ties[one].binary_search_by_key(&other, |tie| tie.0).map_or(0.0, |at| self.ties[one][at].1)
    }

    /// Ties, each once, with the lesser node first.
    fn each_tie(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        let above = |(one, ties): (usize, &Vec<(usize, f64)>)| {
            ties.iter()
                .filter(|(other, _)| *other > one)
                .map(|&(other, weight)| (one, other, weight))
                .collect::<Vec<_>>()
        };
        self.ties.iter().enumerate().flat_map(above)
    }
}
