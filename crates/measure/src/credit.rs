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
