//! Random draws with addresses: each is a function of seed, purpose, replicate and place, not of what was drawn before.
//!
//! Comes in: an address. Goes out: a [`Draws`], an endless stream of its own. So a replicate can be done again by itself,
//! threads cannot change a byte, and a further organisation shifts nobody else's draws.
//!
//! Source of the generator: J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011): Philox4x32
//! with ten rounds, checked below against the authors' published answers.

/// The stream of one address.
pub(crate) struct Draws {
    key: [u32; 2],
    counter: [u32; 4],
    block: [u32; 4],
    used: usize,
    spare: Option<f64>,
}

impl Draws {
    /// Returns the stream for `seed`, an owner (see [`owner`]), a replicate and a place such as an indicator.
    pub(crate) fn at(seed: u64, owner: u64, replicate: u32, place: u16) -> Self {
        let [owner_low, owner_high] = halves(owner);
        let counter = [u32::from(place) << 16, replicate, owner_low, owner_high];
        Self { key: halves(seed), counter, block: [0; 4], used: 4, spare: None }
    }

    /// Uniform on the open interval 0..1, in steps of 2^-32.
    pub(crate) fn uniform(&mut self) -> f64 {
        (f64::from(self.next()) + 0.5) * 2.0_f64.powi(-32)
    }

    /// Uniform among 0..n.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((self.uniform() * n as f64) as usize).min(n - 1)
    }

    /// Standard normal, by the polar method of Marsaglia and Bray (1964).
    pub(crate) fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square < 1.0 && square > 0.0 {
                let factor = (-2.0 * square.ln() / square).sqrt();
                self.spare = Some(y * factor);
                return x * factor;
            }
        }
    }

    /// Gamma with this shape and scale 1, by G. Marsaglia and W. W. Tsang, ACM TOMS 26 (2000).
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.uniform().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = 1.0 + c * x;
            if v <= 0.0 {
                continue;
            }
            let v = v * v * v;
            let u = self.uniform();
            if u < 1.0 - 0.0331 * (x * x) * (x * x) || u.ln() < 0.5 * x * x + d * (1.0 - v + v.ln()) {
                return d * v;
            }
        }
    }

    /// Beta with these parameters, both above 0.
    pub(crate) fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a), self.gamma(b));
        // Both vanish only where both parameters are minute; then each end is taken with its own probability.
        if x + y > 0.0 { x / (x + y) } else { f64::from(u8::from(self.uniform() < a / (a + b))) }
    }

    fn next(&mut self) -> u32 {
        if self.used == 4 {
            self.block = philox(self.counter, self.key);
            self.counter[0] = self.counter[0].wrapping_add(1);
            self.used = 0;
        }
        self.used += 1;
        self.block[self.used - 1]
    }
}

/// Returns the owner of draws that belong to `name`, an organisation or a purpose: FNV-1a, 64 bits.
pub(crate) fn owner(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn halves(number: u64) -> [u32; 2] {
    [number as u32, (number >> 32) as u32]
}

fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for _ in 0..10 {
        let [low_0, high_0] = halves(u64::from(counter[0]) * 0xD251_1F53);
        let [low_1, high_1] = halves(u64::from(counter[2]) * 0xCD9E_8D57);
        counter = [high_1 ^ counter[1] ^ key[0], low_1, high_0 ^ counter[3] ^ key[1], low_0];
        key = [key[0].wrapping_add(0x9E37_79B9), key[1].wrapping_add(0xBB67_AE85)];
    }
    counter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn philox_gives_the_published_answers() {
        // Random123, kat_vectors, philox4x32 with 10 rounds.
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(philox([u32::MAX; 4], [u32::MAX; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        let pi = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        assert_eq!(philox(pi, [0xa409_3822, 0x299f_31d0]), [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]);
    }

    #[test]
    fn gamma_and_beta_have_their_means_and_variances() {
        let n = 40_000_u32;
        let moments = |draw: &dyn Fn(&mut Draws) -> f64| {
            let values: Vec<f64> = (0..n).map(|at| draw(&mut Draws::at(1, owner("test"), at, 0))).collect();
            let mean = values.iter().sum::<f64>() / f64::from(n);
            (mean, values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / f64::from(n))
        };
        for shape in [1.0 / 3.0, 1.0, 4.5, 300.0] {
            let (mean, variance) = moments(&|draws| draws.gamma(shape));
            // Five standard errors; the fourth moment of a gamma gives that of the variance.
            let error = 5.0 / f64::from(n).sqrt();
            assert!((mean - shape).abs() < error * shape.sqrt(), "shape {shape}: mean {mean}");
            let of_variance = (2.0 * shape * shape + 6.0 * shape).sqrt();
            assert!((variance - shape).abs() < error * of_variance, "shape {shape}: variance {variance}");
        }
        let (mean, variance) = moments(&|draws| draws.beta(2.0, 3.0));
        assert!((mean - 0.4).abs() < 5e-3 && (variance - 0.04).abs() < 1.5e-3, "{mean} {variance}");
    }

    #[test]
    fn streams_at_different_addresses_differ() {
        let first = |owner, replicate, place| Draws::at(9, owner, replicate, place).uniform().to_bits();
        let all = [first(1, 1, 1), first(2, 1, 1), first(1, 2, 1), first(1, 1, 2)];
        assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
        assert_eq!(first(1, 1, 1), all[0]);
    }
}
