//! Draws: the only chance in the made-up body. A seed and a label give a stream of numbers; the same ones everywhere.
//!
//! Source of the method: `SplitMix64`, G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number
//! generators", OOPSLA 2014; the label is folded in with FNV-1a. Only integers and the four arithmetic operations are
//! used, so that every machine draws alike.

/// A stream of draws.
pub(super) struct Draw {
    state: u64,
}

impl Draw {
    /// Returns the stream for `label`; other labels give other streams, so that a change in one place moves no other.
    pub(super) fn new(seed: u64, label: &str) -> Self {
        let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        Self { state: label.bytes().fold(0xcbf2_9ce4_8422_2325 ^ seed, fold) }
    }

    /// Returns a number below `n`.
    ///
    /// # Panics
    /// If `n` is zero.
    pub(super) fn below(&mut self, n: usize) -> usize {
        assert!(n > 0, "nothing to draw from");
        let wide = u128::from(self.next()) * n as u128;
        usize::try_from(wide >> 64).expect("the result is below `n`")
    }

    /// Returns a number in `0.0..1.0`.
    pub(super) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Returns true in `share` of all draws.
    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// Returns one of the items.
    pub(super) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// Returns the index of one weight, each drawn in proportion; weights are not negative and not all zero.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.share() * weights.iter().sum::<f64>();
        for (at, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return at;
            }
        }
        weights.iter().rposition(|&weight| weight > 0.0).expect("one weight is above zero")
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::Draw;

    #[test]
    fn the_first_numbers_are_the_published_ones() {
        // SplitMix64 with state 1234567, as in the reference implementation's test values.
        let mut draw = Draw { state: 1_234_567 };
        assert_eq!(draw.next(), 6_457_827_717_110_365_317);
        assert_eq!(draw.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn weights_are_kept() {
        let mut draw = Draw::new(1, "weights");
        let n = (0..4000).filter(|_| draw.weighted(&[1.0, 0.0, 3.0]) == 2).count();
        assert!((2800..3200).contains(&n), "3 of 4 expected, found {n} of 4000");
    }
}
