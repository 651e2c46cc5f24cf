//! A metric as it is, or as it would have been at other meetings.
//!
//! Comes in: a cube, and how often each event counts. Goes out: a [`View`], from which every criterion is computed in the
//! same way, whether the meetings are those that were held or a resample of them.
//!
//! Events are drawn with replacement within their period. The draws are addressed by period and replicate only, so that all
//! metrics of the same meetings meet the same resample, and differences between them are paired. Halves are drawn within
//! the odd and within the even events: an event drawn into both halves would make them agree.

use crate::court::Cube;
use crate::draw::{Draws, owner};

/// How often each event counts, by period.
pub(crate) struct Resample {
    all: Vec<Vec<f64>>,
    halves: Vec<Vec<f64>>,
}

/// What a metric says of each period and unit.
pub(crate) struct View {
    /// Mean over events.
    pub(crate) means: Vec<Vec<f64>>,
    /// Variance of that mean: of the values at the events (n - 1), over their number. `NaN` below two events.
    pub(crate) noise: Vec<Vec<f64>>,
    /// Mean over the first, third, ... event.
    pub(crate) odd: Vec<Vec<f64>>,
    /// Mean over the second, fourth, ... event.
    pub(crate) even: Vec<Vec<f64>>,
}

impl Resample {
    /// The events as they were held.
    pub(crate) fn none(cube: &Cube) -> Self {
        let once: Vec<Vec<f64>> = cube.events().iter().map(|events| vec![1.0; events.len()]).collect();
        Self { all: once.clone(), halves: once }
    }

    /// The events of one replicate.
    pub(crate) fn drawn(cube: &Cube, seed: u64, replicate: u32) -> Self {
        let mut resample = Self { all: Vec::new(), halves: Vec::new() };
        for (period, events) in cube.periods().iter().zip(cube.events()) {
            let owner = owner(&format!("court, meetings of {period}"));
            let n = events.len();
            let mut draws = Draws::at(seed, owner, replicate, 0);
            let mut all = vec![0.0; n];
            (0..n).for_each(|_| all[draws.below(n)] += 1.0);
            let mut draws = Draws::at(seed, owner, replicate, 1);
            let mut halves = vec![0.0; n];
            for at in 0..n {
                let n_half = (n + 1 - at % 2) / 2;
                halves[at % 2 + 2 * draws.below(n_half)] += 1.0;
            }
            resample.all.push(all);
            resample.halves.push(halves);
        }
        resample
    }

    /// Weights of the events of a period.
    pub(crate) fn of(&self, period: usize) -> &[f64] {
        &self.all[period]
    }
}

impl View {
    pub(crate) fn new(cube: &Cube, resample: &Resample) -> Self {
        let mut view = Self { means: Vec::new(), noise: Vec::new(), odd: Vec::new(), even: Vec::new() };
        for ((values, all), halves) in cube.values().iter().zip(&resample.all).zip(&resample.halves) {
            let of_all = means(values, all.iter().copied().enumerate());
            view.noise.push(noise(values, all, &of_all));
            view.means.push(of_all);
            let half = |first: usize| halves.iter().copied().enumerate().skip(first).step_by(2);
            view.odd.push(means(values, half(0)));
            view.even.push(means(values, half(1)));
        }
        view
    }

    pub(crate) fn n_units(&self) -> usize {
        self.means.first().map_or(0, Vec::len)
    }
}

/// Weighted means over events, for each unit.
fn means(values: &[Vec<f64>], weights: impl Iterator<Item = (usize, f64)>) -> Vec<f64> {
    let n_units = values.first().map_or(0, Vec::len);
    let (mut n, mut sum) = (vec![0.0; n_units], vec![0.0; n_units]);
    for (event, weight) in weights.filter(|(_, weight)| *weight > 0.0) {
        for ((n, sum), value) in n.iter_mut().zip(&mut sum).zip(&values[event]) {
            // Without a branch, so that units go through side by side.
            let is_there = f64::from(u8::from(!value.is_nan()));
            *n += weight * is_there;
            *sum += weight * if value.is_nan() { 0.0 } else { *value };
        }
    }
    n.iter().zip(&sum).map(|(n, sum)| sum / n).collect()
}

/// Variance of those means, from deviations: squares of values far from 0 would lose their digits.
fn noise(values: &[Vec<f64>], weights: &[f64], means: &[f64]) -> Vec<f64> {
    let (mut n, mut squares) = (vec![0.0; means.len()], vec![0.0; means.len()]);
    for (values, weight) in values.iter().zip(weights).filter(|(_, weight)| **weight > 0.0) {
        for (((n, squares), value), mean) in n.iter_mut().zip(&mut squares).zip(values).zip(means) {
            let deviation = value - mean;
            let square = deviation * deviation;
            *n += weight * f64::from(u8::from(!value.is_nan()));
            *squares += weight * if square.is_nan() { 0.0 } else { square };
        }
    }
    let one = |(n, squares): (&f64, &f64)| if *n < 2.0 { f64::NAN } else { squares / (n - 1.0) / n };
    n.iter().zip(&squares).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cube() -> Cube {
        let events = vec![(0..5).map(|at| format!("m{at}")).collect()];
        let values = vec![[1.0, 2.0, 3.0, 4.0, f64::NAN].iter().map(|value| vec![*value, 7.0]).collect()];
        Cube::new(vec!["a".into(), "b".into()], vec!["2025".into()], events, values).unwrap()
    }

    #[test]
    fn means_noise_and_halves_by_hand() {
        let cube = cube();
        let view = View::new(&cube, &Resample::none(&cube));
        assert_eq!(view.means, [[2.5, 7.0]]);
        assert!((view.noise[0][0] - (5.0 / 3.0) / 4.0).abs() < 1e-15 && view.noise[0][1] == 0.0);
        assert_eq!((&view.odd, &view.even), (&vec![vec![2.0, 7.0]], &vec![vec![3.0, 7.0]]));
    }

    #[test]
    fn a_resample_keeps_the_number_of_events_in_all_and_in_each_half() {
        let cube = cube();
        for replicate in 0..50 {
            let resample = Resample::drawn(&cube, 1, replicate);
            assert_eq!(resample.of(0).iter().sum::<f64>(), 5.0);
            let half = |first| resample.halves[0].iter().skip(first).step_by(2).sum::<f64>();
            assert_eq!((half(0), half(1)), (3.0, 2.0));
        }
        assert_ne!(Resample::drawn(&cube, 1, 0).all, Resample::drawn(&cube, 1, 1).all);
    }
}
