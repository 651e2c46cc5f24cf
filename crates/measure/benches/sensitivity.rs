//! Cost of sensitivity indices: sampled with eight factors, and enumerated on a grid of a million combinations.
//!
//! Run with `cargo bench -p measure --bench sensitivity`. The fastest of five runs counts, for others use the machine too.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and prints what it read"
)]

use std::time::Instant;

use measure::composite::{Factor, SensitivityDesign, sensitivity};
use measure::network::Network;

fn main() {
    let eight = [Factor::Continuous; 8];
    for (log2_rows, replicates) in [(10, 1000), (14, 0), (14, 1000), (16, 1000), (17, 1000)] {
        let design = SensitivityDesign { log2_rows, replicates, seed: 1 };
        let ms = fastest_ms(|| assert!(sensitivity(&eight, &design, g_function).variance > 0.4));
        println!("2^{log2_rows} x 10 values, {replicates} replicates: {ms:.1} ms");
    }
    for (sizes, name) in [(vec![10; 6], "10^6"), (vec![100; 3], "100^3"), (vec![2; 19], "2^19")] {
        let factors: Vec<Factor> = sizes.iter().map(|&n| Factor::Levels(n)).collect();
        let design = SensitivityDesign::default();
        let ms = fastest_ms(|| assert!(sensitivity(&factors, &design, g_function).n_runs > 500_000));
        println!("grid of {name}: {ms:.1} ms");
    }
    let ties: Vec<(usize, usize, f64)> =
        (0..20_000).map(|at| (at * 7919 % 2000, (at * 104_729 + 1) % 2000, 1.0)).filter(|tie| tie.0 != tie.1).collect();
    let network = Network::new(2000, &ties);
    let ms = fastest_ms(|| assert_eq!(network.betweenness().len(), 2000));
    println!("betweenness of 2000 nodes and {} ties: {ms:.1} ms", network.degree().iter().sum::<usize>() / 2);
}

fn g_function(point: &[f64]) -> f64 {
    let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
    point.iter().zip(a).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
}

fn fastest_ms(run: impl Fn()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..5).map(time).fold(f64::INFINITY, f64::min)
}
