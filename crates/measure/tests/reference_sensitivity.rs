//! Sensitivity indices against closed forms, hand checks and the runs of others.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

mod reference_tables;

use std::f64::consts::PI;

use measure::composite::{
    Estimator, Factor, FactorGrid, Runs, SensitivityBasis, SensitivityDesign, level, quantile, sensitivity,
    sensitivity_of_groups,
};
use proptest::prelude::*;
use reference_tables::{is_near, is_within, json, number, rows, text};

fn numbers(value: &serde_json::Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn ishigami(point: &[f64]) -> f64 {
    let [x, y, z] = [0, 1, 2].map(|at| PI * (2.0 * point[at] - 1.0));
    x.sin() + 7.0 * y.sin().powi(2) + 0.1 * z.powi(4) * x.sin()
}

fn g_function(a: &[f64], point: &[f64]) -> f64 {
    a.iter().zip(point).map(|(a, u)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
}

#[test]
fn sobol_analytic() {
    let reference = json("sobol_analytic.json");
    let a = numbers(&reference["gfunction"]["a"]);
    let g = |point: &[f64]| g_function(&a, point);
    let design = SensitivityDesign::default();
    let all = [
        ("ishigami", sensitivity(&[Factor::Continuous; 3], &design, ishigami)),
        ("gfunction", sensitivity(&[Factor::Continuous; 8], &design, g)),
    ];
    for (name, found) in all {
        assert_eq!(found.n_runs, (found.indices.len() + 2) << 14);
        assert!(is_within(found.variance, reference[name]["var"].as_f64().unwrap(), 0.01), "{}", found.variance);
        let (first, total) = (numbers(&reference[name]["S"]), numbers(&reference[name]["ST"]));
        assert_eq!(first.len(), found.indices.len());
        for (at, own) in found.indices.iter().enumerate() {
            println!("{name} {at}: {:.5} {:.5}", own.first - first[at], own.total - total[at]);
            assert!((own.first - first[at]).abs() < 0.01, "{name}: S{at} is {} not {}", own.first, first[at]);
            assert!((own.total - total[at]).abs() < 0.01, "{name}: ST{at} is {} not {}", own.total, total[at]);
            let [low, high] = own.total_interval;
            assert!(low <= total[at] && total[at] <= high, "{name}: ST{at} outside {low}..{high}");
        }
    }
}

/// The numbers of `unit_fixtures.txt`: variance and the indices of four variables of y = (1..24)^1.5.
#[test]
fn unit_fixtures_sensitivity() {
    let y: Vec<f64> = (1..=24).map(|at| f64::from(at).powf(1.5)).collect();
    let runs = Runs::from_blocks(&y, 4);
    let text = text("unit_fixtures.txt");
    let after = &text[text.find("$Variance").unwrap()..];
    assert!(is_near(runs.variance(), number(after.lines().nth(1).unwrap().split_whitespace().nth(1).unwrap())));
    let found = runs.indices(Estimator::SaltelliUncentred, 0, 0);
    let expected: Vec<Vec<&str>> = after.lines().skip(5).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(expected.iter().filter(|row| row.len() == 4).count(), 4);
    for (own, row) in found.iter().zip(&expected) {
        assert!(is_near(own.first, number(row[2])) && is_near(own.total, number(row[3])), "{own:?} {row:?}");
    }
}

/// Uncentred S and Jansen's ST of the 1,200 runs of N = 200, d = 4, in the order A, B, AB1 to AB4.
fn coinr_runs() -> Runs {
    let y: Vec<f64> = rows("sa_y.csv")[1..].iter().map(|row| number(&row[1])).collect();
    assert_eq!(y.len(), 1200);
    Runs::from_blocks(&y, 4)
}

#[test]
fn sa_indices() {
    let runs = coinr_runs();
    let found = runs.indices(Estimator::SaltelliUncentred, 0, 0);
    let expected = &rows("sa_indices.csv")[1..];
    assert_eq!(expected.len(), found.len());
    for (own, row) in found.iter().zip(expected) {
        assert!(is_near(own.first, number(&row[1])) && is_near(own.total, number(&row[2])), "{own:?} {row:?}");
    }
    // The table of the specification: the same runs by the two estimators without the defect.
    let first = |estimator| runs.indices(estimator, 0, 0).iter().map(|own| own.first).collect::<Vec<_>>();
    let near = |one: Vec<f64>, other: [f64; 4]| one.iter().zip(other).all(|(one, other)| (one - other).abs() < 6e-5);
    assert!(near(first(Estimator::Saltelli), [0.0354, 0.1016, 0.1663, 0.4508]), "{:?}", first(Estimator::Saltelli));
    assert!(near(first(Estimator::Jansen), [0.0245, 0.1572, 0.1883, 0.4499]), "{:?}", first(Estimator::Jansen));
}

#[test]
fn a_grid_is_enumerated_exactly() {
    // y = x1 x2 x3 on 1..=2, 1..=3, 1..=4: by hand, with m the means and v the variances of the factors.
    let grid = FactorGrid::of(&[2, 3, 4], |at| ((at[0] + 1) * (at[1] + 1) * (at[2] + 1)) as f64);
    let (m, v) = ([1.5, 2.0, 2.5], [0.25, 2.0 / 3.0, 1.25]);
    let square = |at: usize| m[at] * m[at];
    let alone = |at: usize| v[at] * square((at + 1) % 3) * square((at + 2) % 3);
    let pair = |at: usize| v[(at + 1) % 3] * v[(at + 2) % 3] * square(at);
    let all = v[0] * v[1] * v[2];
    let variance = (0..3).map(|at| alone(at) + pair(at)).sum::<f64>() + all;
    assert!(is_near(grid.mean(), 7.5) && is_near(grid.variance(), variance));
    for at in 0..3 {
        let (next, last) = ((at + 1) % 3, (at + 2) % 3);
        assert!(is_near(grid.first(at), alone(at) / variance));
        assert!(is_near(grid.total(at), (alone(at) + pair(next) + pair(last) + all) / variance));
        assert!(is_near(grid.interaction(&[next, last]), pair(at) / variance));
        assert!(is_near(grid.total_of(&[next, last]), 1.0 - grid.first(at)));
    }
    assert!(is_near(grid.interaction(&[0, 1, 2]), all / variance) && is_near(grid.closed(&[0, 1, 2]), 1.0));
}

#[test]
fn a_grid_too_large_is_sampled_to_the_same_answer() {
    let target =
        |point: &[f64]| (1..=3).zip(point).map(|(by, &u)| f64::from(by) * level(u, 120) as f64).product::<f64>();
    let design = SensitivityDesign { log2_rows: 12, replicates: 50, seed: 4 };
    let found = sensitivity(&[Factor::Levels(120); 3], &design, target);
    assert_eq!((found.basis, found.n_runs), (SensitivityBasis::Sampled, 5 << 12));
    let exact = sensitivity(&[Factor::Levels(90); 3], &design, |point| {
        target(&point.iter().map(|&u| (level(u, 90) as f64 + 0.5) / 90.0).collect::<Vec<_>>())
    });
    assert_eq!((exact.basis, exact.n_runs), (SensitivityBasis::Enumerated, 729_000));
    for (one, other) in found.indices.iter().zip(&exact.indices) {
        assert!((one.first - other.first).abs() < 0.01 && (one.total - other.total).abs() < 0.01, "{one:?} {other:?}");
    }
}

#[test]
fn a_group_has_what_its_factors_do_together() {
    // y = x1 x2 + x3: alone, neither of the first two explains all that both do.
    let target = |point: &[f64]| (2.0 * point[0] - 1.0) * (2.0 * point[1] - 1.0) * 3.0 + point[2];
    let groups = [vec![0, 1], vec![2]];
    let found = sensitivity_of_groups(&[Factor::Continuous; 3], &groups, &SensitivityDesign::default(), target);
    // Variances 9 / 9 and 1 / 12.
    let share = 12.0 / 13.0;
    assert!((found.indices[0].first - share).abs() < 0.01 && (found.indices[0].total - share).abs() < 0.01);
    assert!((found.indices[1].first - 1.0 / 13.0).abs() < 0.01);
}

#[test]
fn a_target_that_does_not_vary_has_no_indices() {
    for factor in [Factor::Continuous, Factor::Levels(3)] {
        let found = sensitivity(&[factor; 2], &SensitivityDesign { log2_rows: 6, ..Default::default() }, |_| 0.1);
        assert_eq!((found.mean, found.variance), (0.1, 0.0));
        assert!(found.indices.iter().all(|own| own.first.is_nan() && own.total.is_nan()));
    }
}

/// Draws levels by R's `cut` into as many equal parts of the sample's own range.
fn cut(sample: &[f64], n_levels: usize) -> Vec<usize> {
    let low = sample.iter().copied().fold(f64::INFINITY, f64::min);
    let high = sample.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    sample.iter().map(|u| (((u - low) / (high - low) * n_levels as f64).ceil() as usize).max(1) - 1).collect()
}

/// COINr cuts the range of the sample, so that a level is drawn as often as its neighbour only where the sample is large,
/// and what one row draws depends on the others. Ours is floor(u k), whatever else was drawn.
#[test]
fn defect_7_levels_do_not_depend_on_the_range_of_the_sample() {
    let sample = [0.41, 0.45, 0.5, 0.55, 0.59];
    assert_eq!(cut(&sample, 5), [0, 1, 2, 3, 4], "the sample of one level is spread over all");
    assert_eq!(sample.map(|u| level(u, 5)), [2; 5]);
    // Over the points that we draw, A and B, the levels are as frequent at every size.
    for log2_rows in 2..9 {
        for wanted in 0..4 {
            let design = SensitivityDesign { log2_rows, replicates: 0, seed: 1 };
            let target = |point: &[f64]| f64::from(u8::from(level(point[0], 4) == wanted));
            assert_eq!(sensitivity(&[Factor::Continuous], &design, target).mean, 0.25);
        }
    }
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as f64 + 0.5) / 2.0_f64.powi(31)
    }

    /// Values at A, B, AB1 and so on of random points, by row.
    fn rows(&mut self, n: usize, d: usize, target: impl Fn(&[f64]) -> f64) -> Vec<Vec<f64>> {
        let mut row = || {
            let (a, b): (Vec<f64>, Vec<f64>) = (0..d).map(|_| (self.next(), self.next())).unzip();
            let mixed = (0..d).map(|at| {
                let mut point = a.clone();
                point[at] = b[at];
                target(&point)
            });
            [target(&a), target(&b)].into_iter().chain(mixed).collect()
        };
        (0..n).map(|_| row()).collect()
    }
}

fn runs(rows: &[Vec<f64>]) -> Runs {
    Runs::from_rows(rows.concat(), rows[0].len() - 2)
}

/// The intervals of COINr's manner: the variance is that of the whole sample, and each column is resampled by itself.
fn fixed_intervals(rows: &[Vec<f64>], replicates: usize, random: &mut Random) -> Vec<[[f64; 2]; 2]> {
    let n = rows.len();
    let variance = runs(rows).variance();
    let of_column = |at: usize, random: &mut Random| {
        let drawn: Vec<[f64; 2]> = (0..replicates)
            .map(|_| {
                let mut sums = [0.0; 2];
                for _ in 0..n {
                    let row = &rows[(random.next() * n as f64) as usize];
                    sums[0] += (row[1] - row[at + 2]).powi(2);
                    sums[1] += (row[0] - row[at + 2]).powi(2);
                }
                let [of_b, of_a] = sums.map(|sum| sum / (2.0 * n as f64 * variance));
                [1.0 - of_b, of_a]
            })
            .collect();
        [0, 1].map(|which| {
            let values: Vec<f64> = drawn.iter().map(|pair| pair[which]).collect();
            [quantile(&values, 0.05), quantile(&values, 0.95)]
        })
    };
    (0..rows[0].len() - 2).map(|at| of_column(at, random)).collect()
}

/// First-order and total indices of the g-function.
fn of_g(a: &[f64]) -> Vec<[f64; 2]> {
    let partial: Vec<f64> = a.iter().map(|a| 1.0 / (3.0 * (1.0 + a).powi(2))).collect();
    let product: f64 = partial.iter().map(|v| 1.0 + v).product();
    partial.iter().map(|v| [*v / (product - 1.0), v * product / (1.0 + v) / (product - 1.0)]).collect()
}

/// Of 300 samples of N = 200 the 90 % interval should hold the truth in 270. With whole rows and their variance it does, of
/// all eight indices, within three standard errors. With the variance fixed and each column by itself it is further off:
/// the specification has it as too narrow, but here it is too wide, by 30 % for the lesser factors' S.
#[test]
fn defect_8_the_variance_is_drawn_with_the_rows() {
    let a = [0.0, 1.0, 4.5, 9.0];
    let mut random = Random(8);
    let (mut n_held, mut width) = ([[[0_i32; 2]; 4]; 2], [[[0.0; 2]; 4]; 2]);
    for sample in 0..300 {
        let rows = random.rows(200, 4, |point| g_function(&a, point));
        let joint = runs(&rows).indices(Estimator::Jansen, 200, sample);
        let joint: Vec<_> = joint.iter().map(|own| [own.first_interval, own.total_interval]).collect();
        let fixed = fixed_intervals(&rows, 200, &mut random);
        for (manner, intervals) in [joint, fixed].iter().enumerate() {
            for (factor, truth) in of_g(&a).iter().enumerate() {
                for which in 0..2 {
                    let [low, high] = intervals[factor][which];
                    n_held[manner][factor][which] += i32::from(low <= truth[which] && truth[which] <= high);
                    width[manner][factor][which] += (high - low) / 300.0;
                }
            }
        }
    }
    println!("held {n_held:?}, width {width:?}");
    let misses = |manner: usize| n_held[manner].as_flattened().iter().map(|n| (n - 270).abs());
    assert!(misses(0).all(|miss| miss <= 15), "{:?}", n_held[0]);
    assert!(misses(0).sum::<i32>() < misses(1).sum::<i32>(), "{n_held:?}");
    assert!(width[1][3][0] > 1.25 * width[0][3][0] && n_held[1][3][0] > 285, "{width:?}");
}

#[test]
fn defect_9_a_target_far_from_nought_has_the_same_indices() {
    let mut random = Random(9);
    let a = [0.0, 1.0, 4.5, 9.0];
    let rows = random.rows(500, 4, |point| g_function(&a, point));
    let far: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|y| y + 100.0).collect()).collect();
    for estimator in [Estimator::Jansen, Estimator::Saltelli] {
        let (here, there) = (runs(&rows).indices(estimator, 20, 1), runs(&far).indices(estimator, 20, 1));
        for (one, other) in here.iter().zip(&there) {
            assert!(is_within(one.first, other.first, 1e-7) && is_within(one.total, other.total, 1e-7));
        }
    }
    let leaves = |rows: &[Vec<f64>]| {
        let found = runs(rows).indices(Estimator::SaltelliUncentred, 0, 0);
        found.iter().filter(|own| !(0.0..=1.0).contains(&own.first)).count()
    };
    assert_eq!((leaves(&rows), leaves(&far)), (0, 4), "uncentred");
}

fn grids() -> impl Strategy<Value = (Vec<usize>, Vec<f64>)> {
    prop::collection::vec(1..5_usize, 1..5).prop_flat_map(|sizes| {
        let n = sizes.iter().product::<usize>();
        (Just(sizes), prop::collection::vec(-9.0..9.0_f64, n))
    })
}

/// The grid with its axes in another order: axis `at` of the new one is axis `order[at]` of the old.
fn permuted((sizes, values): &(Vec<usize>, Vec<f64>), order: &[usize]) -> FactorGrid {
    let moved: Vec<usize> = order.iter().map(|&at| sizes[at]).collect();
    FactorGrid::of(&moved, |levels| {
        let place = |axis: usize| levels[order.iter().position(|&at| at == axis).unwrap()];
        values[(0..sizes.len()).fold(0, |point, axis| point * sizes[axis] + place(axis))]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn first_is_at_most_total_and_firsts_sum_to_at_most_one((sizes, values) in grids()) {
        let grid = FactorGrid::new(&sizes, &values);
        prop_assume!(grid.variance() > 1e-6);
        let mut sum = 0.0;
        for factor in 0..sizes.len() {
            let (first, total) = (grid.first(factor), grid.total(factor));
            prop_assert!(-1e-12 < first && first <= total + 1e-9 && total < 1.0 + 1e-9, "{} {}", first, total);
            sum += first;
        }
        prop_assert!(sum < 1.0 + 1e-9);
        let all: f64 = (1..1_usize << sizes.len())
            .map(|set| grid.interaction(&(0..sizes.len()).filter(|at| set >> at & 1 == 1).collect::<Vec<_>>()))
            .sum();
        prop_assert!((all - 1.0).abs() < 1e-9, "interactions sum to {}", all);
    }

    #[test]
    fn another_order_of_factors_is_another_order_of_indices(
        (grid, order) in grids().prop_flat_map(|grid| {
            let axes: Vec<usize> = (0..grid.0.len()).collect();
            (Just(grid), Just(axes).prop_shuffle())
        })
    ) {
        let (here, there) = (FactorGrid::new(&grid.0, &grid.1), permuted(&grid, &order));
        prop_assume!(here.variance() > 1e-6);
        for (at, &axis) in order.iter().enumerate() {
            prop_assert!(is_near(there.first(at), here.first(axis)) && is_near(there.total(at), here.total(axis)));
        }
    }

    #[test]
    fn the_middle_of_a_level_is_of_that_level(n in 1..100_000_usize, u in 0.0..1.0_f64) {
        let own = level(u, n);
        prop_assert!(own < n && level((own as f64 + 0.5) / n as f64, n) == own);
    }
}

#[test]
fn threads_change_no_byte() {
    let design = SensitivityDesign { log2_rows: 9, replicates: 60, seed: 5 };
    let all = || {
        let sampled = sensitivity(&[Factor::Continuous; 3], &design, ishigami);
        let exact = sensitivity(&[Factor::Levels(17); 3], &design, ishigami);
        format!("{sampled:?} {exact:?}")
    };
    let in_pool = |n| rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap().install(all);
    assert_eq!(in_pool(1), in_pool(7));
}
