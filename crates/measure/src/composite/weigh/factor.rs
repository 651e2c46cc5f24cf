//! Weights by factor analysis, as Nicoletti, Scarpetta and Boylaud made them: an indicator counts by its factor.

use super::component::Components;
use super::varimax::varimax;

/// Which components are kept as factors; always one at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Those whose eigenvalue is above 1: they explain more than an indicator does.
    EigenvalueAboveOne,
    /// Those that explain more than 10 % of all variance each, and further ones until all explain more than 60 %.
    TenPercentEach,
    /// The first ones of this number.
    First(usize),
}

/// Rotated factors and the weights that they give.
#[derive(Clone, Debug, PartialEq)]
pub struct Factors {
    /// One row for each factor, an entry for each indicator.
    pub loadings: Vec<Vec<f64>>,
    /// Sum of squared loadings of each factor.
    pub explained: Vec<f64>,
    /// Share of all variance that the factors explain together.
    pub share: f64,
    /// For each indicator the factor on which it loads most, by its place.
    pub best: Vec<usize>,
    /// For each indicator its squared loading on that factor over the sum of all squared loadings.
    pub raw: Vec<f64>,
    /// The same, rescaled to sum to 1.
    pub weights: Vec<f64>,
    /// Whether the rotation came to rest.
    pub is_converged: bool,
}

/// Returns the weights of the indicators behind `components`: each gets its squared loading on its best factor as a share of
/// what the factor explains, times the factor's share of what all kept factors explain, rescaled to sum to 1.
///
/// # Source
/// G. Nicoletti, S. Scarpetta and O. Boylaud, "Summary indicators of product market regulation", OECD Economics Department
/// Working Paper 226 (2000); OECD and JRC, "Handbook on Constructing Composite Indicators" (2008), section 6.1.
///
/// ```
/// use measure::composite::{Keep, factor_weights, principal_components};
/// let columns = [vec![1.0, 2.0, 4.0], vec![2.0, 4.0, 8.0]];
/// let factors = factor_weights(&principal_components(&columns).unwrap(), Keep::EigenvalueAboveOne);
/// assert_eq!(factors.loadings.len(), 1);
/// assert!((factors.weights[0] - 0.5).abs() < 1e-12);
/// ```
#[must_use]
pub fn factor_weights(components: &Components, keep: Keep) -> Factors {
    let n_kept = n_kept(components, keep);
    let rotation = varimax(&components.loadings()[..n_kept]);
    let loadings = rotation.loadings;
    let explained: Vec<f64> = loadings.iter().map(|factor| factor.iter().map(|own| own * own).sum()).collect();
    let all: f64 = explained.iter().sum();
    let n = components.eigenvalues.len();
    let square = |factor: usize, at: usize| loadings[factor][at].powi(2);
    let best_of = |at: usize| {
        (0..n_kept)
            .reduce(|best, next| if square(next, at) > square(best, at) { next } else { best })
            .expect("one is kept")
    };
    let best: Vec<usize> = (0..n).map(best_of).collect();
    let raw: Vec<f64> = best.iter().enumerate().map(|(at, &factor)| square(factor, at) / all).collect();
    let sum: f64 = raw.iter().sum();
    let weights = raw.iter().map(|own| own / sum).collect();
    Factors { share: all / n as f64, loadings, explained, best, raw, weights, is_converged: rotation.is_converged }
}

fn n_kept(components: &Components, keep: Keep) -> usize {
    let shares = components.shares();
    let n = match keep {
        Keep::EigenvalueAboveOne => components.eigenvalues.iter().filter(|value| **value > 1.0).count(),
        Keep::TenPercentEach => {
            let each = shares.iter().filter(|share| **share > 0.10).count();
            let together = |n: usize| shares[..n].iter().sum::<f64>();
            (each..=shares.len()).find(|&n| together(n) > 0.60).unwrap_or(shares.len())
        }
        Keep::First(n) => n,
    };
    n.clamp(1, shares.len())
}
