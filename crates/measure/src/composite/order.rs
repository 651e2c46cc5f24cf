//! Orders of units from indicators that cannot make up for each other: only who is ahead of whom counts, not by how much.
//!
//! Comes in: columns, one for each indicator, in which more is better and a missing value is `NaN`; and a weight for each.
//! Goes out: the outranking matrix, and orders made of it or beside it. No order satisfies everything that one may ask of it
//! (Arrow); what each of these breaks stands with it.
//!
//! Source: OECD and JRC, "Handbook on Constructing Composite Indicators" (2008), step 6.

use super::mean;

/// Supports that differ by less are the same but for rounding.
const TIE: f64 = 1e-12;

/// Returns the outranking matrix: in row j and column k the weight of the indicators in which unit j is ahead of unit k,
/// and half the weight of those in which they are level.
///
/// Weights are taken relative to their sum, so entries lie in 0..=1, and the entries of a pair sum to 1 where both have all
/// values. An indicator that either of a pair lacks adds nothing to either. The diagonal is 0.
///
/// # Panics
/// If columns and weights differ in number, columns in length, or a weight is below 0 or none is above 0.
///
/// ```
/// use measure::composite::outranking;
/// // Three voters for a > b, one for b > a: ranks as points.
/// let matrix = outranking(&[vec![1.0, 0.0], vec![0.0, 1.0]], &[3.0, 1.0]);
/// assert_eq!(matrix, [[0.0, 0.75], [0.25, 0.0]]);
/// ```
#[must_use]
pub fn outranking(columns: &[Vec<f64>], weights: &[f64]) -> Vec<Vec<f64>> {
    let n = check(columns, weights);
    let all: f64 = weights.iter().sum();
    let support = |j: usize, k: usize| -> f64 {
        columns.iter().zip(weights).map(|(column, weight)| weight * ahead(column[j], column[k])).sum::<f64>() / all
    };
    (0..n).map(|j| (0..n).map(|k| if j == k { 0.0 } else { support(j, k) }).collect()).collect()
}

/// Returns Copeland's scores of an outranking matrix: for each unit the number of others that it beats less the number that
/// beat it. A unit that can be compared with nobody has `NaN`.
///
/// A pair is decided by its larger entry. Where nothing is missing that is the entry above 1/2; where something is, a unit
/// is not beaten for what is not known. A cycle of majorities gives equal scores.
///
/// ```
/// use measure::composite::copeland;
/// assert_eq!(copeland(&[vec![0.0, 0.75], vec![0.25, 0.0]]), [1.0, -1.0]);
/// ```
#[must_use]
pub fn copeland(matrix: &[Vec<f64>]) -> Vec<f64> {
    let score = |j: usize| {
        let rivals = || (0..matrix.len()).filter(move |&k| k != j);
        let is_compared = rivals().any(|k| matrix[j][k] + matrix[k][j] > 0.0);
        let margin = |k: usize| matrix[j][k] - matrix[k][j];
        let sum: f64 = rivals().map(margin).filter(|margin| margin.abs() > TIE).map(f64::signum).sum();
        if is_compared || matrix.len() == 1 { sum } else { f64::NAN }
    };
    (0..matrix.len()).map(score).collect()
}

/// Returns for each unit how many others it dominates: those that it is ahead of in every indicator.
///
/// ```
/// use measure::composite::n_dominant;
/// assert_eq!(n_dominant(&[vec![0.0, 1.0], vec![0.0, 0.0]]), [1, 0]);
/// ```
#[must_use]
pub fn n_dominant(matrix: &[Vec<f64>]) -> Vec<usize> {
    matrix.iter().map(|row| row.iter().filter(|&&support| support > 1.0 - TIE).count()).collect()
}

/// Returns Borda's scores: for each indicator its weight times the number of units that are strictly behind.
///
/// Where values are missing, the number behind is scaled as if all units had been observed in the indicator, and the sum as
/// if the unit had been in all indicators. A unit without any value has `NaN`. Dropping a unit may turn the order of the
/// others round.
///
/// # Panics
/// As [`outranking`].
///
/// ```
/// use measure::composite::borda;
/// assert_eq!(borda(&[vec![1.0, 0.0, 0.0], vec![0.0, 1.0, 2.0]], &[3.0, 1.0]), [6.0, 1.0, 2.0]);
/// ```
#[must_use]
pub fn borda(columns: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let n = check(columns, weights);
    let all: f64 = weights.iter().sum();
    let behind = |column: &[f64], unit: usize| {
        let n_rivals = column.iter().filter(|value| !value.is_nan()).count() - 1;
        let n_behind = column.iter().filter(|&&value| value < column[unit]).count();
        // Alone in an indicator, nothing is known of the unit's place.
        if n_rivals == 0 { f64::NAN } else { n_behind as f64 * ((n - 1) as f64 / n_rivals as f64) }
    };
    let score = |unit: usize| {
        let seen = columns.iter().zip(weights).filter(|(column, _)| !column[unit].is_nan());
        let points = seen.map(|(column, weight)| (behind(column, unit), weight)).filter(|(behind, _)| !behind.is_nan());
        let (sum, weight) = points.fold((0.0, 0.0), |(sum, of), (behind, weight)| (sum + weight * behind, of + weight));
        // Not scaled where nothing is missing, so that counts stay whole numbers.
        if weight == all { sum } else { sum * (all / weight) }
    };
    (0..n).map(score).collect()
}

/// Returns for each unit the weight of the indicators in which it lies above their mean less that of those below.
///
/// A value counts only where it is further from the mean than `margin`, a share of the mean's size (0.2: a fifth). Missing
/// values add nothing, and a unit without any has `NaN`. More is never lost by a better value of one's own, but the size of
/// a lead is.
///
/// # Panics
/// As [`outranking`].
///
/// ```
/// use measure::composite::counts_above_mean;
/// // The mean is 10; 11 is within a fifth of it.
/// assert_eq!(counts_above_mean(&[vec![5.0, 11.0, 14.0]], &[1.0], 0.2), [-1.0, 0.0, 1.0]);
/// ```
#[must_use]
pub fn counts_above_mean(columns: &[Vec<f64>], weights: &[f64], margin: f64) -> Vec<f64> {
    let n = check(columns, weights);
    let means: Vec<f64> = columns.iter().map(|column| mean(column)).collect();
    let side = |value: f64, mean: f64| {
        let distance = value - mean;
        if distance.abs() > margin * mean.abs() + TIE * mean.abs() { distance.signum() } else { 0.0 }
    };
    let score = |unit: usize| {
        let seen = || columns.iter().enumerate().filter(move |(_, column)| !column[unit].is_nan());
        let sum = seen().map(|(at, column)| weights[at] * side(column[unit], means[at])).sum();
        if seen().next().is_none() { f64::NAN } else { sum }
    };
    (0..n).map(score).collect()
}

/// How an order was searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KemenySearch {
    /// All orders were weighed: no other has more support.
    Exact,
    /// Only orders near Copeland's were: another may have more support.
    Heuristic,
}

/// An order of units with as much support as was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Kemeny {
    /// Places in the table, the first unit of the order first.
    pub order: Vec<usize>,
    /// Sum of the matrix entries of all pairs as the order has them.
    pub support: f64,
    /// How many orders have this support, 1 where the order is the only one; `NaN` where the search was not exact.
    pub n_equal: f64,
    /// Whether the order is the best or only good.
    pub search: KemenySearch,
}

/// Units up to which Kemeny's order is exact: 2^16 sets take some hundredths of a second.
const EXACT: usize = 16;

/// Returns Kemeny's order of an outranking matrix (Condorcet, Kemeny, Young and Levenglick: the maximum likelihood order).
///
/// Exact up to 16 units, by dynamic programming over the sets of units that stand in front. Above, a heuristic: from
/// Copeland's order, units are moved one at a time to their best place until none gains; `search` says so. Of several
/// orders with the same support the one that prefers units in the order of the table is given.
///
/// # Source
/// J. G. Kemeny, "Mathematics without numbers", Daedalus 88 (1959); H. P. Young and A. Levenglick, SIAM Journal on Applied
/// Mathematics 35 (1978). The recursion over sets is that of M. Held and R. M. Karp (1962).
///
/// ```
/// use measure::composite::kemeny;
/// // The cycle a > b 33, b > c 42, c > a 35 of 60 is cut at its weakest place.
/// let found = kemeny(&[vec![0.0, 33.0, 25.0], vec![27.0, 0.0, 42.0], vec![35.0, 18.0, 0.0]]);
/// assert_eq!((found.order, found.support, found.n_equal), (vec![1, 2, 0], 104.0, 1.0)); // 42 + 35 + 27
/// ```
#[must_use]
pub fn kemeny(matrix: &[Vec<f64>]) -> Kemeny {
    if matrix.len() <= EXACT { kemeny_exact(matrix) } else { kemeny_near_copeland(matrix) }
}

fn kemeny_exact(matrix: &[Vec<f64>]) -> Kemeny {
    let n = matrix.len();
    // Of each set, standing behind all that is not in it: the most support within it, how often, and who leads it.
    let mut best = vec![(0.0_f64, 1.0_f64, n); 1 << n];
    for set in 1..1_usize << n {
        let members = || (0..n).filter(move |unit| set >> unit & 1 == 1);
        let mut found = (f64::NEG_INFINITY, 0.0, n);
        for leader in members() {
            let (behind, ways, _) = best[set & !(1 << leader)];
            let support = behind + members().map(|unit| matrix[leader][unit] * f64::from(unit != leader)).sum::<f64>();
            let is_level = (support - found.0).abs() <= TIE * support.abs();
            if is_level {
                found.1 += ways;
            } else if support > found.0 {
                found = (support, ways, leader);
            }
        }
        best[set] = found;
    }
    let mut set = (1 << n) - 1;
    let mut order = Vec::with_capacity(n);
    while set > 0 {
        order.push(best[set].2);
        set &= !(1 << best[set].2);
    }
    let (_, n_equal, _) = best[(1 << n) - 1];
    Kemeny { support: support(matrix, &order), order, n_equal, search: KemenySearch::Exact }
}

fn kemeny_near_copeland(matrix: &[Vec<f64>]) -> Kemeny {
    let scores = copeland(matrix);
    let mut order: Vec<usize> = (0..matrix.len()).collect();
    // Units that can be compared with nobody come last.
    let key = |unit: usize| if scores[unit].is_nan() { f64::NEG_INFINITY } else { scores[unit] };
    order.sort_by(|&one, &other| key(other).total_cmp(&key(one)));
    let mut is_settled = false;
    while !is_settled {
        is_settled = true;
        for at in 0..order.len() {
            let (to, gain) = best_place(matrix, &order, at);
            if gain > TIE {
                let unit = order.remove(at);
                order.insert(to, unit);
                is_settled = false;
            }
        }
    }
    Kemeny { support: support(matrix, &order), order, n_equal: f64::NAN, search: KemenySearch::Heuristic }
}

/// Where the unit at a place would gain most, and how much.
fn best_place(matrix: &[Vec<f64>], order: &[usize], at: usize) -> (usize, f64) {
    let margin = |other: usize| matrix[order[at]][order[other]] - matrix[order[other]][order[at]];
    let mut best = (at, 0.0);
    let mut gain = 0.0;
    for to in (0..at).rev() {
        gain += margin(to);
        best = if gain > best.1 { (to, gain) } else { best };
    }
    gain = 0.0;
    for to in at + 1..order.len() {
        gain -= margin(to);
        best = if gain > best.1 { (to, gain) } else { best };
    }
    best
}

fn support(matrix: &[Vec<f64>], order: &[usize]) -> f64 {
    let behind = |at: usize| order[at + 1..].iter().map(move |&behind| matrix[order[at]][behind]).sum::<f64>();
    (0..order.len()).map(behind).sum()
}

/// 1 where the first is ahead, 1/2 where they are level, 0 where it is behind or one is missing.
fn ahead(one: f64, other: f64) -> f64 {
    f64::from(u8::from(one > other)) + 0.5 * f64::from(u8::from(one == other))
}

/// Returns the number of units.
fn check(columns: &[Vec<f64>], weights: &[f64]) -> usize {
    assert_eq!(columns.len(), weights.len(), "each indicator has a weight");
    assert!(weights.iter().all(|&weight| weight >= 0.0), "a weight is at least 0");
    assert!(weights.iter().sum::<f64>() > 0.0, "some weight is above 0");
    let n = columns[0].len();
    assert!(columns.iter().all(|column| column.len() == n), "each column has a value for each unit");
    n
}
