//! Credit for work that several organisations signed together.

use std::num::NonZeroU32;

/// Returns each signer's credit for a document with `n` signing organisations: 1/n.
///
/// Lists of sources are usually alphabetical, so the order carries no credit. The credits of a document sum to one, so
/// signing each other's documents creates nothing.
///
/// ```
/// use std::num::NonZeroU32;
/// assert_eq!(measure::credit(NonZeroU32::new(4).unwrap()), 0.25);
/// ```
#[must_use]
pub fn credit(n: NonZeroU32) -> f64 {
    1.0 / f64::from(n.get())
}

/// How the credit for a document is shared among its signers.
///
/// Lists of sources are usually alphabetical: only where the order is declared to mean something may it carry credit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CreditScheme {
    /// 1/n to each. See [`credit`].
    #[default]
    Fractional,
    /// 1 to each: signing together creates credit, so this is for comparison only.
    Full,
    /// (1/i) / (1 + 1/2 + ... + 1/n) to the i-th (Hodge and Greenberg 1981; Hagen, PLoS ONE 3, e4021, 2008).
    Harmonic,
    /// 2(n + 1 - i) / (n(n + 1)) to the i-th.
    Arithmetic,
    /// 2^(n - i) / (2^n - 1) to the i-th.
    Geometric,
}

impl CreditScheme {
    /// Returns the credit of each of `n` signers in the order of their list. All schemes but [`CreditScheme::Full`] conserve
    /// the document: their credits sum to one.
    ///
    /// ```
    /// use std::num::NonZeroU32;
    /// let three = NonZeroU32::new(3).unwrap();
    /// assert_eq!(measure::CreditScheme::Geometric.credits(three), [4.0 / 7.0, 2.0 / 7.0, 1.0 / 7.0]);
    /// ```
    #[must_use]
    pub fn credits(self, n: NonZeroU32) -> Vec<f64> {
        let weight = |place: u32| match self {
            Self::Fractional | Self::Full => 1.0,
            Self::Harmonic => 1.0 / f64::from(place),
            Self::Arithmetic => f64::from(n.get() + 1 - place),
            Self::Geometric => 0.5_f64.powf(f64::from(place)),
        };
        let weights: Vec<f64> = (1..=n.get()).map(weight).collect();
        let sum = if self == Self::Full { 1.0 } else { weights.iter().sum::<f64>() };
        weights.iter().map(|weight| weight / sum).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_of_a_document_sum_to_one() {
        for n in (1..=2000).filter_map(NonZeroU32::new) {
            let sum: f64 = (0..n.get()).map(|_| credit(n)).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{n} signers share {sum}");
        }
    }
}
