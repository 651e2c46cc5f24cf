//! Which choices of a method could have been made otherwise.

use serde::{Deserialize, Serialize};

use super::{Mean, Normalisation};

/// The choices of which one is drawn in each replicate. What is empty stays as the method has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Alternatives {
    /// Why these.
    pub reason: String,
    /// Number of replicates.
    pub replicates: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// Share of the replicates inside the interval, e.g. 0.90 for 5 % to 95 %.
    pub interval: f64,
    /// Most values that winsorisation may move.
    pub most_winsorised: Vec<usize>,
    /// Normalisations.
    pub normalisations: Vec<Normalisation>,
    /// Means, each at all levels.
    pub means: Vec<Mean>,
    /// Noise on the weights, by level.
    pub noise: Vec<Noise>,
}

/// Weights of a level are drawn within a share of themselves: w (1 + share (2U - 1)).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noise {
    /// The level, 1 for indicators.
    pub level: usize,
    /// The share, 0 to below 1.
    pub share: f64,
}
