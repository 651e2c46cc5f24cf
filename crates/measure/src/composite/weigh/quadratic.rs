//! Least squares with non-negative unknowns and linear equations: an active-set method that ends at the optimum.
//!
//! No crate does this here: general minimisers (argmin, cobyla) know no certificate of the optimum, and an interior-point
//! solver (clarabel) brings thirty crates for a problem of some dozen unknowns.

use nalgebra::{DMatrix, DVector};

/// min |m v - t|^2 such that e v = constant and v >= 0.
pub(super) struct Problem {
    pub(super) m: DMatrix<f64>,
    pub(super) t: DVector<f64>,
    pub(super) equations: DMatrix<f64>,
}

/// Where the method ended.
pub(super) struct Answer {
    pub(super) v: DVector<f64>,
    /// Whether the conditions of Karush, Kuhn and Tucker hold there, which for a convex problem prove the optimum.
    pub(super) is_optimal: bool,
}

const TOLERANCE: f64 = 1e-12;

impl Problem {
    /// Returns the optimum, starting from `v`, which has to satisfy the equations.
    ///
    /// Source: J. Nocedal and S. J. Wright, "Numerical Optimization" (2006), algorithm 16.3.
    pub(super) fn solve(&self, mut v: DVector<f64>) -> Answer {
        let hessian = self.m.transpose() * &self.m;
        let mut is_free: Vec<bool> = v.iter().map(|entry| *entry > 0.0).collect();
        for _ in 0..200 + 50 * v.len() {
            let gradient = &hessian * &v - self.m.transpose() * &self.t;
            let (step, multipliers) = self.step(&hessian, &gradient, &is_free);
            if step.amax() <= TOLERANCE * (1.0 + v.amax()) {
                let slopes = &gradient + self.equations.transpose() * multipliers;
                match steepest(&slopes, &is_free) {
                    None => return Answer { v, is_optimal: true },
                    Some(at) => is_free[at] = true,
                }
                continue;
            }
            let (length, blocked) = longest(&v, &step);
            v += step * length;
            if let Some(at) = blocked {
                v[at] = 0.0;
                is_free[at] = false;
            }
        }
        Answer { v, is_optimal: false }
    }

    /// The step to the optimum over the free unknowns, and the multipliers of the equations there. The pseudo-inverse takes
    /// the shortest step where indicators repeat one another.
    fn step(&self, hessian: &DMatrix<f64>, gradient: &DVector<f64>, is_free: &[bool]) -> (DVector<f64>, DVector<f64>) {
        let free: Vec<usize> = (0..is_free.len()).filter(|&at| is_free[at]).collect();
        let (n, all) = (free.len(), free.len() + self.equations.nrows());
        let system = DMatrix::from_fn(all, all, |i, j| match (i < n, j < n) {
            (true, true) => hessian[(free[i], free[j])],
            (true, false) => self.equations[(j - n, free[i])],
            (false, true) => self.equations[(i - n, free[j])],
            (false, false) => 0.0,
        });
        let right = DVector::from_fn(all, |i, _| if i < n { -gradient[free[i]] } else { 0.0 });
        let decomposed = system.svd(true, true);
        let least = 1e-13 * decomposed.singular_values.max();
        let solution = decomposed.solve(&right, least).expect("both sides of the decomposition were asked for");
        let mut step = DVector::zeros(is_free.len());
        for (place, &at) in free.iter().enumerate() {
            step[at] = solution[place];
        }
        (step, solution.rows(n, all - n).into_owned())
    }
}

/// The bound unknown whose release lowers the objective most; none at the optimum.
fn steepest(slopes: &DVector<f64>, is_free: &[bool]) -> Option<usize> {
    let bound = (0..is_free.len()).filter(|&at| !is_free[at] && slopes[at] < -TOLERANCE);
    bound.reduce(|best, next| if slopes[next] < slopes[best] { next } else { best })
}

/// The greatest part of the step that keeps every unknown at 0 or above, and the unknown that allows no more.
fn longest(v: &DVector<f64>, step: &DVector<f64>) -> (f64, Option<usize>) {
    let falling = (0..v.len()).filter(|&at| step[at] < 0.0);
    falling.fold((1.0, None), |(length, blocked), at| {
        let own = -v[at] / step[at];
        if own < length { (own, Some(at)) } else { (length, blocked) }
    })
}
