//! Intervals of single figures: shares, counts of events, shrunk rates.

use statrs::distribution::{ContinuousCDF as _, Normal};
use statrs::function::{beta::beta_reg, gamma::gamma_lr};

use crate::Prior;

/// The 97.5 % point of the normal distribution.
const Z_95: f64 = 1.959_963_984_540_054;

/// Returns the 95 % Wilson score interval of a proportion.
///
/// `events` of `exposure` trials; both are counts. The interval lies in `0.0..=1.0`, and is `[0.0, 1.0]` when nothing
/// was observed, for then nothing is known.
///
/// # Panics
/// If `events` exceeds `exposure`.
///
/// # Source
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
///
/// ```
/// let [low, high] = measure::wilson_95(8, 10);
/// assert!((low - 0.490).abs() < 5e-4 && (high - 0.943).abs() < 5e-4);
/// ```
#[must_use]
pub fn wilson_95(events: u64, exposure: u64) -> [f64; 2] {
    wilson_at(events as f64, exposure as f64, Z_95)
}

/// Returns the Wilson score interval of a proportion at a confidence such as 0.90; events and exposure may be fractional.
///
/// It holds the share itself, and more exposure at the same share never widens it. `[0.0, 1.0]` without exposure.
///
/// # Panics
/// If `events` is negative or exceeds `exposure`, or `confidence` is not inside 0..1.
///
/// # Source
/// As [`wilson_95`].
///
/// ```
/// let [low, high] = measure::wilson(1.0, 2.0, 0.95);
/// assert!((low - 0.095).abs() < 5e-4 && (high - 0.905).abs() < 5e-4);
/// ```
#[must_use]
pub fn wilson(events: f64, exposure: f64, confidence: f64) -> [f64; 2] {
    assert!(confidence > 0.0 && confidence < 1.0, "expected a confidence inside 0..1, found {confidence}");
    wilson_at(events, exposure, Normal::standard().inverse_cdf(0.5 + confidence / 2.0))
}

fn wilson_at(events: f64, exposure: f64, z: f64) -> [f64; 2] {
    assert!(events >= 0.0 && events <= exposure, "expected events within exposure, found {events} of {exposure}");
    if exposure == 0.0 {
        return [0.0, 1.0];
    }
    let share = events / exposure;
    let z2 = z * z / exposure;
    let centre = (share + z2 / 2.0) / (1.0 + z2);
    let half = (share * (1.0 - share) * z2 + z2 * z2 / 4.0).sqrt() / (1.0 + z2);
    // At shares of 0 and 1 the bound misses the share by a rounding error, so it is held to the share.
    [(centre - half).clamp(0.0, share), (centre + half).clamp(share, 1.0)]
}

/// Returns the 95 % interval of the expected number behind a count of `events`, exact for a Poisson count.
///
/// # Source
/// F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936).
///
/// ```
/// let [low, high] = measure::gamma_poisson_95(10);
/// assert!((low - 4.795).abs() < 5e-4 && (high - 18.390).abs() < 5e-4);
/// assert!((measure::gamma_poisson_95(0)[1] - 3.689).abs() < 5e-4);
/// ```
#[must_use]
pub fn gamma_poisson_95(events: u64) -> [f64; 2] {
    gamma_poisson(events as f64, events as f64, 1.0, 0.95)
}

/// Returns the interval of a sum of weighted events, such as fractional credits or recency-weighted counts.
///
/// `sum` of the weights of the events, the sum of their `squares`, and the `largest` weight that one more event could
/// have. With weights of one it is Garwood's interval. Never narrower than `[sum, sum]`; low is 0 without events.
///
/// # Panics
/// If `largest` is not above 0, a sum is negative, or `confidence` is not inside 0..1.
///
/// # Source
/// M. P. Fay and E. J. Feuer, "Confidence intervals for directly standardized rates: a method based on the gamma
/// distribution", Statistics in Medicine 16 (1997).
#[must_use]
pub fn gamma_poisson(sum: f64, squares: f64, largest: f64, confidence: f64) -> [f64; 2] {
    assert!(largest > 0.0 && sum >= 0.0 && squares >= 0.0, "expected weights of at least 0, found {sum}, {squares}");
    assert!(confidence > 0.0 && confidence < 1.0, "expected a confidence inside 0..1, found {confidence}");
    let tail = (1.0 - confidence) / 2.0;
    let point = |sum: f64, squares: f64, p: f64| squares / sum * gamma_quantile(sum * sum / squares, p);
    let low = if sum > 0.0 { point(sum, squares, tail) } else { 0.0 };
    let high = point(sum + largest, squares + largest * largest, 1.0 - tail);
    [low.clamp(0.0, sum), high.max(sum)]
}

/// Returns the equal-tailed interval of a beta distribution, such as a shrunk rate's posterior, held to its mean.
///
/// # Panics
/// If `a` or `b` is not above 0, or `confidence` is not inside 0..1.
///
/// ```
/// let [low, high] = measure::beta_interval(1.0, 1.0, 0.90);
/// assert!((low - 0.05).abs() < 1e-9 && (high - 0.95).abs() < 1e-9);
/// ```
#[must_use]
pub fn beta_interval(a: f64, b: f64, confidence: f64) -> [f64; 2] {
    assert!(a > 0.0 && b > 0.0, "expected a beta distribution's a and b above 0, found {a} and {b}");
    assert!(confidence > 0.0 && confidence < 1.0, "expected a confidence inside 0..1, found {confidence}");
    let (tail, mean) = ((1.0 - confidence) / 2.0, a / (a + b));
    let quantile = |p: f64| solve(0.0, 1.0, |x| beta_reg(a, b, x) < p);
    [quantile(tail).min(mean), quantile(1.0 - tail).max(mean)]
}

/// Estimates a shrunk rate's prior from groups of (events, exposure), as an audit of a declared prior.
///
/// `None` where fewer than two groups have exposure, where all or none of it had events, or where the groups differ no
/// more than chance would make them.
///
/// # Source
/// J. C. Kleinman, "Proportions with extraneous variance: single and independent samples", JASA 68 (1973).
///
/// ```
/// // Two groups of ten, 2 and 8: far more different than chance, so the prior is weak and centred on one half.
/// let prior = measure::moments_prior(&[(2.0, 10.0), (8.0, 10.0)]).unwrap();
/// assert!((prior.a - prior.b).abs() < 1e-12 && (prior.a + prior.b - 14.0 / 31.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn moments_prior(groups: &[(f64, f64)]) -> Option<Prior> {
    let groups: Vec<(f64, f64)> = groups.iter().copied().filter(|(_, exposure)| *exposure > 0.0).collect();
    let n: f64 = groups.iter().map(|(_, exposure)| exposure).sum();
    let share = groups.iter().map(|(events, _)| events).sum::<f64>() / n;
    let binomial = share * (1.0 - share);
    if groups.len() < 2 || binomial <= 0.0 {
        return None;
    }
    let spread: f64 = groups.iter().map(|(events, exposure)| exposure * (events / exposure - share).powi(2)).sum();
    let expected: f64 = groups.iter().map(|(_, exposure)| 1.0 - exposure / n).sum();
    let excess: f64 = groups.iter().map(|(_, exposure)| (exposure - 1.0) * (1.0 - exposure / n)).sum();
    let correlation = (spread / binomial - expected) / excess;
    if !(correlation > 0.0 && correlation < 1.0) {
        return None;
    }
    let weight = 1.0 / correlation - 1.0;
    Some(Prior { a: share * weight, b: (1.0 - share) * weight })
}

fn gamma_quantile(shape: f64, p: f64) -> f64 {
    let mut high = shape + 1.0;
    while gamma_lr(shape, high) < p {
        high *= 2.0;
    }
    solve(0.0, high, |x| x <= 0.0 || gamma_lr(shape, x) < p)
}

/// Returns the point between `low` and `high` at which `is_below` ceases to hold, to the last bit.
fn solve(mut low: f64, mut high: f64, is_below: impl Fn(f64) -> bool) -> f64 {
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if is_below(middle) { low = middle } else { high = middle }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_bounds_hold_the_share_at_every_share() {
        for exposure in 1..600 {
            for events in 0..=exposure {
                let [low, high] = wilson_95(events, exposure);
                let share = events as f64 / exposure as f64;
                assert!(0.0 <= low && low <= share && share <= high && high <= 1.0, "{events} of {exposure}");
            }
        }
    }

    #[test]
    fn beta_quantiles_are_those_of_the_table() {
        // Beta(2, 1) has the distribution function x squared.
        let [low, high] = beta_interval(2.0, 1.0, 0.90);
        assert!((low - 0.05_f64.sqrt()).abs() < 1e-9 && (high - 0.95_f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn groups_that_differ_by_chance_alone_give_no_prior() {
        assert_eq!(moments_prior(&[(5.0, 10.0), (5.0, 10.0)]), None);
        assert_eq!(moments_prior(&[(5.0, 10.0)]), None);
        assert_eq!(moments_prior(&[(0.0, 10.0), (0.0, 4.0)]), None);
    }

    proptest! {
        #[test]
        fn more_exposure_never_widens_the_wilson_interval(
            share in 0.0..=1.0_f64, exposure in 0.01..1e6_f64, more in 1.0..100.0_f64, confidence in 0.5..0.999_f64,
        ) {
            let width = |n: f64| { let [low, high] = wilson(share * n, n, confidence); high - low };
            prop_assert!(width(exposure * more) <= width(exposure) + 1e-12);
        }

        #[test]
        fn a_count_lies_in_its_interval_and_unit_weights_give_garwood(
            weights in prop::collection::vec(0.01..=1.0_f64, 0..40),
        ) {
            let (sum, squares) = weights.iter().fold((0.0, 0.0), |(s, q), w| (s + w, q + w * w));
            let [low, high] = gamma_poisson(sum, squares, 1.0, 0.95);
            prop_assert!(0.0 <= low && low <= sum && sum < high);
            let [low_unit, high_unit] = gamma_poisson_95(weights.len() as u64);
            prop_assert!(low <= low_unit + 1e-9 && high <= high_unit + 1e-9, "credits are at most whole documents");
        }
    }
}
