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
            let sums = Sums::of(values, all.iter().copied().enumerate());
            view.means.push(sums.means());
            view.noise.push(sums.noise());
            let half = |first: usize| halves.iter().copied().enumerate().skip(first).step_by(2);
            view.odd.push(Sums::of(values, half(0)).means());
            view.even.push(Sums::of(values, half(1)).means());
        }
        view
    }

    pub(crate) fn n_units(&self) -> usize {
        self.means.first().map_or(0, Vec::len)
    }
}

/// Weighted sums over events, for each unit.
struct Sums {
    n: Vec<f64>,
    sum: Vec<f64>,
    /// Of deviations from the first event's value: squares of values far from 0 would lose their digits.
    deviations: Vec<f64>,
    squares: Vec<f64>,
}

impl Sums {
    fn of(values: &[Vec<f64>], weights: impl Iterator<Item = (usize, f64)>) -> Self {
        let n_units = values.first().map_or(0, Vec::len);
        let nothing = || vec![0.0; n_units];
        let mut sums = Self { n: nothing(), sum: nothing(), deviations: nothing(), squares: nothing() };
        let origin: Vec<f64> =
            values.first().into_iter().flatten().map(|value| if value.is_nan() { 0.0 } else { *value }).collect();
        for (event, weight) in weights.filter(|(_, weight)| *weight > 0.0) {
            let Self { n, sum, deviations, squares } = &mut sums;
            for (unit, value) in values[event].iter().enumerate() {
                // Without a branch, so that units go through side by side.
                let (weight, value) = if value.is_nan() { (0.0, origin[unit]) } else { (weight, *value) };
                let deviation = value - origin[unit];
                n[unit] += weight;
                sum[unit] += weight * value;
                deviations[unit] += weight * deviation;
                squares[unit] += weight * deviation * deviation;
            }
        }
        sums
    }

    fn means(&self) -> Vec<f64> {
        self.n.iter().zip(&self.sum).map(|(n, sum)| sum / n).collect()
    }

    fn noise(&self) -> Vec<f64> {
        let one = |((n, sum), squares): ((&f64, &f64), &f64)| {
            if *n < 2.0 { f64::NAN } else { (squares - sum * sum / n).max(0.0) / (n - 1.0) / n }
        };
        self.n.iter().zip(&self.deviations).zip(&self.squares).map(one).collect()
    }
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
