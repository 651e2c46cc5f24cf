//! The composite index, its intervals, and the figures beside it. Pure mathematics: no files, no clock.
//!
//! Comes in: [`Observations`] (what was counted, by organisation, meeting and item), the [`Kind`] of each indicator and a
//! [`Profile`] (weights, goalposts, transforms, each with its reason). Goes out: indicator values with intervals
//! ([`indicator_values`]), scores that decompose exactly into their parts ([`index`]), and concentration
//! ([`half_of_the_work`]). The same input gives the same bytes at any number of threads: every random draw is addressed by
//! seed, replicate, organisation and indicator, never by the order in which the caller's rayon pool happens to do the work.
//!
//! A score depends on the profile, on the organisation's own rows, and on which indicators are observed in the scope at
//! all; on nothing else of the others. Goalposts, priors and transforms are declared, not estimated, so raising an observed
//! value cannot lower the own rank, and a new member changes nobody's score unless it brings the first row of an indicator.
//! A row with 0 events (and, for a share, some exposure) declares an indicator observed.
#![deny(missing_docs)]

pub mod composite;
mod concentration;
pub mod court;
mod credit;
mod draw;
mod error;
mod index;
mod interval;
mod observation;
mod profile;
mod replicate;
mod series;
mod uncertainty;
mod value;

pub use concentration::{Half, concentration_ratio, effective_number, half_of_the_work, hhi, smallest_set_holding};
pub use credit::credit;
pub use error::{Error, Fault};
pub use index::{Contribution, Grade, Index, Score, index, reconciled, scores_alone};
pub use interval::{beta_interval, gamma_poisson, gamma_poisson_95, moments_prior, wilson, wilson_95};
pub use observation::{Kind, Meeting, Observation, Observations};
pub use profile::{
    Aggregation, Dimension, IndicatorProfile, Prior, Profile, Recency, Sampling, Transform, Uncertainty,
};
pub use value::{IndicatorValue, indicator_values};
