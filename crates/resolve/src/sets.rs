//! Disjoint sets, named by their least member.

/// Disjoint sets of the numbers below `n` (path halving).
pub struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    /// Every number by itself.
    pub fn new(n: usize) -> Self {
        Self { parents: (0..n).collect() }
    }

    /// Makes one set of two.
    pub fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.least(one), self.least(other));
        self.parents[one.max(other)] = one.min(other);
    }

    /// Returns the least number of a set.
    pub fn least(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }
}
