//! Weighing criteria against each other: with declared weights, and over all weights.

use serde::Serialize;

use crate::court::finding::{Aspect, Criterion};
use crate::draw::{Draws, owner};

/// Weights of the aspects in an overall figure; aspects that are not here are shown and enter the verdict, but no sum.
pub const DECLARED_WEIGHTS: [(Aspect, f64); 9] = [
    (Aspect::Validity, 0.25),
    (Aspect::Reliability, 0.15),
    (Aspect::Discrimination, 0.10),
    (Aspect::Stability, 0.10),
    (Aspect::Independence, 0.10),
    (Aspect::Gaming, 0.15),
    (Aspect::Coverage, 0.05),
    (Aspect::Privacy, 0.05),
    (Aspect::Cost, 0.05),
];

/// Weight vectors drawn from the simplex.
const N_WEIGHTS: u32 = 10_000;

/// Which of two metrics is preferred when criteria are weighed against each other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Preference {
    /// Weighted worth of the one metric, 0 to 1, over the aspects judged for both.
    pub worth_a: f64,
    /// The same of the other.
    pub worth_b: f64,
    /// Share of the declared weight that could be judged for both.
    pub judged: f64,
    /// Share of all weights, drawn evenly, and of the replicates in which the one is preferred; ties count half.
    ///
    /// Source: R. Lahdelma and P. Salminen, "SMAA-2", Operations Research 49 (2001).
    pub acceptability: f64,
}

/// One aspect of both metrics, as worth from 0 to 1, with the replicates' worth where something is sampled.
pub(crate) struct Side {
    pub(crate) aspect: Aspect,
    pub(crate) worth: [f64; 2],
    pub(crate) draws: [Vec<f64>; 2],
}

/// Returns the preference, or `None` where no weighted aspect is judged for both.
pub(crate) fn preference(sides: &[Side], seed: u64) -> Option<Preference> {
    let weight_of = |side: &Side| DECLARED_WEIGHTS.iter().find(|(aspect, _)| *aspect == side.aspect).map(|(_, w)| *w);
    let sides: Vec<(&Side, f64)> = sides.iter().filter_map(|side| Some((side, weight_of(side)?))).collect();
    let judged: f64 = sides.iter().map(|(_, weight)| weight).sum();
    if sides.is_empty() {
        return None;
    }
    let worth = |which: usize| sides.iter().map(|(side, weight)| weight * side.worth[which]).sum::<f64>() / judged;
    let preferred = |number: u32| {
        let mut draws = Draws::at(seed, owner("court, weights"), number, 0);
        let lead: f64 = sides.iter().map(|(side, _)| -draws.uniform().ln() * side.lead(number as usize)).sum();
        if lead.abs() < 1e-9 { 0.5 } else { f64::from(u8::from(lead > 0.0)) }
    };
    let acceptability = (0..N_WEIGHTS).map(preferred).sum::<f64>() / f64::from(N_WEIGHTS);
    Some(Preference { worth_a: worth(0), worth_b: worth(1), judged, acceptability })
}

impl Side {
    /// By how much the one is worth more than the other in a replicate. The weights need not sum to 1: only the sign counts.
    fn lead(&self, number: usize) -> f64 {
        let of = |which: usize| {
            let draws = &self.draws[which];
            if draws.is_empty() { self.worth[which] } else { draws[number % draws.len()] }
        };
        of(0) - of(1)
    }
}

/// Returns the worth of a criterion's value, 0 to 1. An hour for each unit and year is worth one half.
pub(crate) fn worth(criterion: Criterion, value: f64) -> f64 {
    use Criterion as C;
    let worth = match criterion {
        C::KnownGroups | C::PredictiveArea => 2.0 * value - 1.0,
        C::CellsUnderThreshold | C::UniquePersons => 1.0 - value,
        C::Minutes => 1.0 / (1.0 + value / 60.0),
        _ => value,
    };
    worth.clamp(0.0, 1.0)
}
