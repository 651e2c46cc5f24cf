//! Where a target is asked: rows of a scrambled Sobol' net, each giving the points A, B and A with parts of B.
//!
//! Source of the scrambling: B. Burley, "Practical hash-based Owen scrambling", Journal of Computer Graphics Techniques 9
//! (2020). The crate `sobol_burley` gives `f32` and shuffles seeds of its own; its parts, used here, give all 32 bits and
//! take scrambles that come from [`Draws`]. Its direction numbers reach 2^16 points in 256 dimensions, so what lies beyond
//! takes further nets, shuffled and scrambled independently.

use rayon::prelude::*;
use sobol_burley::NUM_DIMENSIONS;
use sobol_burley::parts::{owen_scramble_rev, sobol_rev};

use super::{Factor, Runs, SensitivityDesign, level, middle};
use crate::draw::{Draws, owner};

/// Rows of one net.
const NET: usize = 1 << 16;

pub(super) fn runs(
    factors: &[Factor],
    groups: &[Vec<usize>],
    design: &SensitivityDesign,
    target: impl Fn(&[f64]) -> f64 + Sync,
) -> Runs {
    assert!((1..=24).contains(&design.log2_rows), "a design has 2 to 2^24 rows");
    let points = Points::new(2 * factors.len(), design);
    let width = groups.len() + 2;
    let mut values = vec![0.0; width << design.log2_rows];
    values.par_chunks_mut(width).enumerate().for_each_init(
        || (vec![0.0; 2 * factors.len()], vec![0.0; factors.len()]),
        |(row, mixed), (at, values)| {
            points.fill(at, row);
            let (a, b) = row.split_at_mut(factors.len());
            snap(factors, a);
            snap(factors, b);
            (values[0], values[1]) = (target(a), target(b));
            for (value, group) in values[2..].iter_mut().zip(groups) {
                mixed.copy_from_slice(a);
                group.iter().for_each(|&factor| mixed[factor] = b[factor]);
                *value = target(mixed);
            }
        },
    );
    Runs::from_rows(values, groups.len())
}

fn snap(factors: &[Factor], point: &mut [f64]) {
    for (factor, u) in factors.iter().zip(point) {
        if let Factor::Levels(n) = *factor {
            *u = middle(level(*u, n), n);
        }
    }
}

/// Scrambled Sobol' points in the open unit cube.
struct Points {
    /// By net, then by page of 256 dimensions: how the points are shuffled.
    shuffles: Vec<Vec<u32>>,
    /// By net, then by dimension.
    scrambles: Vec<Vec<u32>>,
}

impl Points {
    fn new(n_dimensions: usize, design: &SensitivityDesign) -> Self {
        assert!(n_dimensions <= 1 << 16, "a design has at most 32768 factors");
        let nets = 0..1_u32 << design.log2_rows.saturating_sub(NET.ilog2());
        let n_pages = n_dimensions.div_ceil(NUM_DIMENSIONS as usize);
        let drawn = |purpose: &str, n: usize| -> Vec<Vec<u32>> {
            let of_net = |net| (0..n).map(|at| bits(design.seed, owner(purpose), net, at as u16)).collect();
            nets.clone().map(of_net).collect()
        };
        Self { shuffles: drawn("sobol shuffle", n_pages), scrambles: drawn("sobol scramble", n_dimensions) }
    }

    fn fill(&self, row: usize, point: &mut [f64]) {
        let (net, index) = (row / NET, (row % NET) as u32);
        for (dimension, coordinate) in point.iter_mut().enumerate() {
            let (page, dimension_of_page) = (dimension / NUM_DIMENSIONS as usize, dimension as u32 % NUM_DIMENSIONS);
            let shuffled = owen_scramble_rev(index.reverse_bits(), self.shuffles[net][page]);
            let sobol = sobol_rev(shuffled, dimension_of_page);
            let scrambled = owen_scramble_rev(sobol, self.scrambles[net][dimension]).reverse_bits();
            *coordinate = (f64::from(scrambled) + 0.5) * 2.0_f64.powi(-32);
        }
    }
}

fn bits(seed: u64, owner: u64, net: u32, place: u16) -> u32 {
    (Draws::at(seed, owner, net, place).uniform() * 2.0_f64.powi(32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coordinates(log2_rows: u32, n_dimensions: usize, dimension: usize) -> Vec<f64> {
        let points = Points::new(n_dimensions, &SensitivityDesign { log2_rows, replicates: 0, seed: 3 });
        let mut point = vec![0.0; n_dimensions];
        let of_row = |row| {
            points.fill(row, &mut point);
            point[dimension]
        };
        (0..1 << log2_rows).map(of_row).collect()
    }

    #[test]
    fn each_net_has_one_point_in_each_of_its_cells() {
        for (log2_rows, n_dimensions, dimension) in [(5, 4, 3), (10, 300, 270), (16, 2, 1), (17, 2, 0)] {
            let all = coordinates(log2_rows, n_dimensions, dimension);
            for net in all.chunks(NET) {
                let mut cells: Vec<usize> = net.iter().map(|&u| level(u, net.len())).collect();
                cells.sort_unstable();
                assert!(cells.into_iter().eq(0..net.len()), "2^{log2_rows} rows, dimension {dimension}");
            }
        }
    }

    #[test]
    fn nets_and_pages_beyond_the_first_are_others() {
        let all = coordinates(17, 2, 0);
        assert!(all[..NET].iter().zip(&all[NET..]).all(|(one, other)| one != other));
        let (first, beyond) = (coordinates(8, 300, 1), coordinates(8, 300, 257));
        assert!(crate::composite::correlation(&first, &beyond).abs() < 0.2);
    }
}
