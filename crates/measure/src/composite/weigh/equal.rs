//! The weights of those who have no reason for others.

/// Returns `n` weights that are the same and sum to 1; none where `n` is 0.
///
/// ```
/// assert_eq!(measure::composite::equal_weights(4), [0.25; 4]);
/// ```
#[must_use]
pub fn equal_weights(n: usize) -> Vec<f64> {
    vec![1.0 / n as f64; n]
}
