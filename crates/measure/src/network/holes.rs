//! Structural holes: whether the neighbours of a node know each other.
//!
//! Source: R. S. Burt, "Structural Holes" (1992); S. P. Borgatti, "Structural holes: unpacking Burt's redundancy measures",
//! Connections 20 (1997).

use super::Network;

impl Network {
    /// Returns Burt's constraint of each node: the sum over its neighbours j of (p_ij + sum_q p_iq p_qj)^2, with p the share
    /// of a node's strength. High where all ties lead to the same circle; above 1 it can come in very small circles. `NaN`
    /// without ties.
    ///
    /// ```
    /// // Between two who do not know each other: (1/2)^2 twice. At the end of a path there is one neighbour: 1.
    /// let path = measure::network::Network::new(3, &[(0, 1, 1.0), (1, 2, 1.0)]);
    /// assert_eq!(path.constraint(), [1.0, 0.5, 1.0]);
    /// ```
    #[must_use]
    pub fn constraint(&self) -> Vec<f64> {
        let strength = self.strength();
        // Only neighbours bind: one who is reached through others alone has no tie to withdraw.
        let of_node = |node: usize| {
            let through = |to: usize| -> f64 {
                let share =
                    |&(by, weight): &(usize, f64)| weight / strength[node] * (self.weight(by, to) / strength[by]);
                self.ties[node].iter().map(share).sum()
            };
            let bound = |&(to, weight): &(usize, f64)| (weight / strength[node] + through(to)).powi(2);
            if self.ties[node].is_empty() { f64::NAN } else { self.ties[node].iter().map(bound).sum() }
        };
        (0..self.n_nodes()).map(of_node).collect()
    }

    /// Returns the effective size of each node's circle: n - 2t / n, with n neighbours and t ties among these; weights do not
    /// count. `NaN` without ties.
    #[must_use]
    pub fn effective_size(&self) -> Vec<f64> {
        let of_node = |node: usize| {
            let n = self.ties[node].len() as f64;
            n - 2.0 * self.n_ties_among_neighbours(node) as f64 / n
        };
        (0..self.n_nodes()).map(of_node).collect()
    }

    /// Returns the share of the pairs of each node's neighbours that have a tie; weights do not count. `NaN` below two
    /// neighbours, where `networkx` has 0.
    #[must_use]
    pub fn clustering(&self) -> Vec<f64> {
        let of_node = |node: usize| {
            let n = self.ties[node].len() as f64;
            if n < 2.0 { f64::NAN } else { self.n_ties_among_neighbours(node) as f64 / (n * (n - 1.0) / 2.0) }
        };
        (0..self.n_nodes()).map(of_node).collect()
    }

    fn n_ties_among_neighbours(&self, node: usize) -> usize {
        let circle = &self.ties[node];
        let after =
            |at: usize| circle[at + 1..].iter().filter(move |(other, _)| self.weight(circle[at].0, *other) > 0.0);
        (0..circle.len()).map(|at| after(at).count()).sum()
    }
}
