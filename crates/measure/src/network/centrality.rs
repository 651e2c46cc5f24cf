//! How central each node is.

use rayon::prelude::*;

use super::Network;

/// Nodes whose paths are summed by one task; the sum's order does not depend on threads.
const CHUNK: usize = 64;

impl Network {
    /// Returns the share of the shortest paths between all other pairs that lead through each node, 0 to 1; paths count ties,
    /// not weights. `NaN` below three nodes. The cost is nodes times ties.
    ///
    /// # Source
    /// U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25 (2001).
    ///
    /// ```
    /// let path = measure::network::Network::new(3, &[(0, 1, 1.0), (1, 2, 1.0)]);
    /// assert_eq!(path.betweenness(), [0.0, 1.0, 0.0]);
    /// ```
    #[must_use]
    pub fn betweenness(&self) -> Vec<f64> {
        let n = self.n_nodes();
        let sources: Vec<usize> = (0..n).collect();
        let parts: Vec<Vec<f64>> = sources
            .par_chunks(CHUNK)
            .map(|sources| {
                let mut sum = vec![0.0; n];
                for &source in sources {
                    self.add_dependencies(source, &mut sum);
                }
                sum
            })
            .collect();
        if n < 3 {
            return vec![f64::NAN; n];
        }
        let pairs = (n - 1) as f64 * (n - 2) as f64;
        (0..n).map(|node| parts.iter().map(|part| part[node]).sum::<f64>() / pairs).collect()
    }

    /// Adds the share of paths from a source that each node lies on.
    fn add_dependencies(&self, source: usize, sum: &mut [f64]) {
        let (order, distance) = self.breadth_first(source);
        let mut paths = vec![0.0; self.n_nodes()];
        paths[source] = 1.0;
        for &node in &order {
            for &(next, _) in &self.ties[node] {
                if distance[next] == distance[node] + 1 {
                    paths[next] += paths[node];
                }
            }
        }
        let mut dependency = vec![0.0; self.n_nodes()];
        for &node in order.iter().skip(1).rev() {
            for &(before, _) in &self.ties[node] {
                if distance[before] + 1 == distance[node] {
                    dependency[before] += paths[before] / paths[node] * (1.0 + dependency[node]);
                }
            }
            sum[node] += dependency[node];
        }
    }

    /// Nodes that can be reached, nearest first, and every node's distance (`usize::MAX - 1` where there is no way).
    fn breadth_first(&self, source: usize) -> (Vec<usize>, Vec<usize>) {
        const NO_WAY: usize = usize::MAX - 1;
        let mut distance = vec![NO_WAY; self.n_nodes()];
        let mut order = vec![source];
        distance[source] = 0;
        let mut at = 0;
        while let Some(&node) = order.get(at) {
            for &(next, _) in &self.ties[node] {
                if distance[next] == NO_WAY {
                    distance[next] = distance[node] + 1;
                    order.push(next);
                }
            }
            at += 1;
        }
        (order, distance)
    }

    /// Returns each node's closeness: the reciprocal of its mean distance to those it can reach, times the share of the
    /// others that it can reach. 0 where it reaches nobody, `NaN` where there are no others.
    ///
    /// # Source
    /// S. Wasserman and K. Faust, "Social Network Analysis" (1994), which adds the share to Freeman's form.
    #[must_use]
    pub fn closeness(&self) -> Vec<f64> {
        let others = self.n_nodes() as f64 - 1.0;
        let of_node = |node| {
            let (order, distance) = self.breadth_first(node);
            let (reached, sum) = (order.len() as f64 - 1.0, order.iter().map(|&other| distance[other]).sum::<usize>());
            if sum == 0 && others > 0.0 { 0.0 } else { reached / sum as f64 * (reached / others) }
        };
        (0..self.n_nodes()).into_par_iter().map(of_node).collect()
    }

    /// Returns the eigenvector of the weights that belongs to their largest eigenvalue, positive and of length 1: a node is
    /// central where its neighbours are. In a network that falls apart, the part with the largest eigenvalue has it all;
    /// `NaN` throughout where there are no ties.
    ///
    /// # Source
    /// P. Bonacich, "Factoring and weighting approaches to status scores and clique identification", Journal of Mathematical
    /// Sociology 2 (1972). By power iteration on A + s I, with s half the largest strength, which settles for two-mode
    /// networks too.
    #[must_use]
    pub fn eigenvector(&self) -> Vec<f64> {
        let shift = 0.5 * self.strength().into_iter().fold(0.0, f64::max);
        let mut values = vec![1.0 / (self.n_nodes() as f64).sqrt(); self.n_nodes()];
        for _ in 0..10_000 {
            let mut next: Vec<f64> = self
                .ties
                .iter()
                .zip(&values)
                .map(|(ties, own)| {
                    shift * own + ties.iter().map(|&(other, weight)| weight * values[other]).sum::<f64>()
                })
                .collect();
            let length = next.iter().map(|value| value * value).sum::<f64>().sqrt();
            next.iter_mut().for_each(|value| *value /= length);
            let change = next.iter().zip(&values).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
            values = next;
            if change < 1e-14 {
                break;
            }
        }
        values
    }

    /// Returns PageRank with `damping` (0.85 as a rule): where one is found who follows a tie in proportion to its weight
    /// with that probability, and else starts anew at any node. Values sum to 1; a node without ties sends to all alike.
    ///
    /// # Panics
    /// If `damping` is not within 0..1.
    ///
    /// # Source
    /// S. Brin and L. Page, "The anatomy of a large-scale hypertextual web search engine", WWW7 (1998).
    #[must_use]
    pub fn pagerank(&self, damping: f64) -> Vec<f64> {
        assert!((0.0..1.0).contains(&damping), "damping lies within 0..1");
        let n = self.n_nodes() as f64;
        let strength = self.strength();
        let mut ranks = vec![1.0 / n; self.n_nodes()];
        for _ in 0..1000 {
            let idle: f64 = ranks.iter().zip(&strength).filter(|(_, s)| **s == 0.0).map(|(rank, _)| rank).sum();
            let flow = |ties: &Vec<(usize, f64)>| {
                ties.iter().map(|&(other, weight)| weight / strength[other] * ranks[other]).sum::<f64>()
            };
            let next: Vec<f64> =
                self.ties.iter().map(|ties| (1.0 - damping + damping * idle) / n + damping * flow(ties)).collect();
            let change: f64 = next.iter().zip(&ranks).map(|(one, other)| (one - other).abs()).sum();
            ranks = next;
            if change < 1e-14 {
                break;
            }
        }
        ranks
    }
}
