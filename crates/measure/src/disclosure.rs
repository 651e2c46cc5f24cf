//! What a published table gives away: primary rules for cells, and the noise of a private count.
//!
//! Comes in: the contributions that make up a cell. Goes out: whether the cell must not be published by itself. Secondary
//! suppression, that is what else must go so that margins do not give a cell back, is not decided here.
//!
//! Source: A. Hundepool et al., "Statistical Disclosure Control" (2012), chapter 4.

/// Returns whether a cell has fewer than `least` contributors. Nobody at all gives nobody away.
///
/// ```
/// assert!(measure::disclosure::is_below_threshold(2, 3) && !measure::disclosure::is_below_threshold(0, 3));
/// ```
#[must_use]
pub fn is_below_threshold(n_contributors: usize, least: usize) -> bool {
    (1..least).contains(&n_contributors)
}

/// Returns by how many per cent of the largest contribution its owner's value remains unknown to the owner of the second
/// largest, who subtracts the own value from the total: 100 (X - x1 - x2) / x1. `None` where nothing is contributed.
///
/// # Panics
/// If a contribution is below 0.
///
/// ```
/// assert_eq!(measure::disclosure::p_percent_margin(&[80.0, 100.0, 9.0]), Some(9.0));
/// ```
#[must_use]
pub fn p_percent_margin(contributions: &[f64]) -> Option<f64> {
    let sorted = descending(contributions);
    let largest = *sorted.first().filter(|largest| **largest > 0.0)?;
    Some(100.0 * sorted.iter().skip(2).sum::<f64>() / largest)
}

/// Returns whether a cell breaks the p % rule: its margin is below `p` per cent.
///
/// # Panics
/// If a contribution is below 0.
///
/// ```
/// assert!(measure::disclosure::breaks_p_percent(&[100.0, 80.0, 9.0], 10.0));
/// assert!(!measure::disclosure::breaks_p_percent(&[100.0, 80.0, 11.0], 10.0));
/// ```
#[must_use]
pub fn breaks_p_percent(contributions: &[f64], p: f64) -> bool {
    p_percent_margin(contributions).is_some_and(|margin| margin < p)
}

/// Returns whether a cell breaks the dominance rule: its `n` largest contributions are more than `k` per cent of all.
///
/// The rule suppresses more than it protects: prefer the p % rule.
///
/// # Panics
/// If a contribution is below 0.
///
/// ```
/// assert!(measure::disclosure::breaks_dominance(&[60.0, 26.0, 14.0], 2, 85.0)); // 86 %, though 23 % remain unknown
/// ```
#[must_use]
pub fn breaks_dominance(contributions: &[f64], n: usize, k: f64) -> bool {
    let sorted = descending(contributions);
    let (largest, all) = (sorted.iter().take(n).sum::<f64>(), sorted.iter().sum::<f64>());
    100.0 * largest > k * all
}

fn descending(contributions: &[f64]) -> Vec<f64> {
    assert!(contributions.iter().all(|part| *part >= 0.0), "a contribution is at least 0");
    let mut sorted = contributions.to_vec();
    sorted.sort_by(|one, other| other.total_cmp(one));
    sorted
}

/// Noise on a count: P(k) = (1 - a) / (1 + a) a^|k|, on whole numbers.
///
/// Added to a count in which one person makes a difference of at most C it gives epsilon-differential privacy where
/// a = exp(-epsilon / C).
///
/// # Source
/// A. Ghosh, T. Roughgarden and M. Sundararajan, "Universally utility-maximizing privacy mechanisms", STOC (2009).
///
/// ```
/// let noise = measure::disclosure::DiscreteLaplace::new(1.0, 1.0);
/// assert!((noise.variance() - 1.84135).abs() < 1e-5 && noise.bound(0.95) == 3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiscreteLaplace {
    alpha: f64,
}

impl DiscreteLaplace {
    /// Returns the noise for `epsilon` where one person changes the count by at most `sensitivity`.
    ///
    /// # Panics
    /// If either is not above 0 and finite.
    #[must_use]
    pub fn new(epsilon: f64, sensitivity: f64) -> Self {
        let is_positive = |value: f64| value > 0.0 && value.is_finite();
        assert!(is_positive(epsilon) && is_positive(sensitivity), "epsilon and sensitivity are above 0");
        Self { alpha: (-epsilon / sensitivity).exp() }
    }

    /// Returns a, the ratio of the probabilities of neighbouring numbers.
    #[must_use]
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// Returns the probability of `k`.
    #[must_use]
    pub fn probability(&self, k: i64) -> f64 {
        (1.0 - self.alpha) / (1.0 + self.alpha) * self.alpha.powf(k.unsigned_abs() as f64)
    }

    /// Returns the variance, 2a / (1 - a)^2.
    #[must_use]
    pub fn variance(&self) -> f64 {
        2.0 * self.alpha / (1.0 - self.alpha).powi(2)
    }

    /// Returns the least whole number that the noise exceeds in size with a probability of at most 1 - `share`.
    ///
    /// # Panics
    /// If `share` is not within 0..1.
    #[must_use]
    pub fn bound(&self, share: f64) -> u64 {
        assert!((0.0..1.0).contains(&share), "a share lies within 0..1");
        // P(|k| > m) = 2 a^(m + 1) / (1 + a).
        let exact = ((1.0 - share) * (1.0 + self.alpha) / 2.0).ln() / self.alpha.ln() - 1.0;
        exact.ceil().max(0.0) as u64
    }
}

/// Returns the epsilon that zero-concentrated privacy of `rho` grants at `delta`: rho + 2 sqrt(rho ln(1 / delta)).
///
/// # Panics
/// If `rho` is below 0 or `delta` not within 0..1.
///
/// # Source
/// M. Bun and T. Steinke, "Concentrated differential privacy", TCC (2016), proposition 1.3.
///
/// ```
/// assert!((measure::disclosure::epsilon_of_zcdp(0.1, 1e-6) - 2.4508).abs() < 1e-4);
/// ```
#[must_use]
pub fn epsilon_of_zcdp(rho: f64, delta: f64) -> f64 {
    assert!(rho >= 0.0 && delta > 0.0 && delta < 1.0, "rho is at least 0 and delta within 0..1");
    rho + 2.0 * (rho * -delta.ln()).sqrt()
}
