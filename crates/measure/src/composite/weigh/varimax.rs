//! Varimax: loadings turned so that each factor loads on few indicators.

/// Loadings after rotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Rotation {
    /// One row for each factor, an entry for each indicator.
    pub loadings: Vec<Vec<f64>>,
    /// How many times all pairs of factors were turned.
    pub n_sweeps: usize,
    /// Whether the last sweep turned no pair by more than 1e-12 rad.
    pub is_converged: bool,
}

/// A pair of factors that is turned by less than this, in radians, counts as at rest.
const AT_REST: f64 = 1e-12;
const MOST_SWEEPS: usize = 1000;

/// Returns `loadings` (one row for each factor) after the orthogonal rotation that maximises the variance of squared
/// loadings, each indicator first brought to length 1 (Kaiser's normalisation) so that all count alike.
///
/// The sum of squares of each indicator over the factors stays as it was. Signs and order of factors carry no meaning.
///
/// # Source
/// H. F. Kaiser, "The varimax criterion for analytic rotation in factor analysis", Psychometrika 23 (1958).
///
/// ```
/// // Two indicators at 45 degrees between two factors: each gets a factor of its own.
/// let turned = measure::composite::varimax(&[vec![0.8, 0.8], vec![0.6, -0.6]]);
/// assert!(turned.is_converged);
/// assert!((turned.loadings[0][0].powi(2) + turned.loadings[1][0].powi(2) - 1.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn varimax(loadings: &[Vec<f64>]) -> Rotation {
    let n = loadings.first().map_or(0, Vec::len);
    let lengths: Vec<f64> =
        (0..n).map(|at| loadings.iter().map(|factor| factor[at].powi(2)).sum::<f64>().sqrt()).collect();
    let over = |value: f64, length: f64| if length > 0.0 { value / length } else { 0.0 };
    let mut factors: Vec<Vec<f64>> = loadings
        .iter()
        .map(|factor| factor.iter().zip(&lengths).map(|(own, &length)| over(*own, length)).collect())
        .collect();
    let mut n_sweeps = 0;
    let mut largest = f64::INFINITY;
    while largest > AT_REST && n_sweeps < MOST_SWEEPS {
        largest = sweep(&mut factors);
        n_sweeps += 1;
    }
    let back = |factor: &Vec<f64>| factor.iter().zip(&lengths).map(|(own, length)| own * length).collect();
    Rotation { loadings: factors.iter().map(back).collect(), n_sweeps, is_converged: largest <= AT_REST }
}

/// Turns each pair once and returns the largest angle.
fn sweep(factors: &mut [Vec<f64>]) -> f64 {
    let mut largest = 0.0_f64;
    for i in 0..factors.len() {
        for j in i + 1..factors.len() {
            let angle = best_angle(&factors[i], &factors[j]);
            let (sin, cos) = angle.sin_cos();
            for at in 0..factors[i].len() {
                let (x, y) = (factors[i][at], factors[j][at]);
                factors[i][at] = x * cos + y * sin;
                factors[j][at] = y * cos - x * sin;
            }
            largest = largest.max(angle.abs());
        }
    }
    largest
}

/// Kaiser's closed form for two factors.
fn best_angle(one: &[f64], other: &[f64]) -> f64 {
    let [mut a, mut b, mut c, mut d] = [0.0; 4];
    for (x, y) in one.iter().zip(other) {
        let (u, v) = (x * x - y * y, 2.0 * x * y);
        a += u;
        b += v;
        c += u * u - v * v;
        d += 2.0 * u * v;
    }
    let n = one.len() as f64;
    let (numerator, denominator) = (d - 2.0 * a * b / n, c - (a * a - b * b) / n);
    // Two equal noughts mean that every angle is as good, and noise would turn the pair for ever.
    if numerator.hypot(denominator) < 1e-14 * n { 0.0 } else { numerator.atan2(denominator) / 4.0 }
}
