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
//!
//! Beside the rows may stand [`Circumstances`]: uncertain names, items that are one work, kinds of meetings. [`study`] then draws
//! who is who as well, keeps the replicates for ranks and ties, and scores each dimension; [`layer_variances`] says which layer
//! the uncertainty comes from; [`objectives`] scores by what engagement is for; a [`Workbench`] weighs again in milliseconds. Only an [`Activity`] compared by percentile,
//! or a name that two organisations may claim, ties one score to another.
#![deny(missing_docs)]

mod circumstances;
pub mod composite;
mod concentration;
pub mod court;
mod credit;
pub mod disclosure;
mod draw;
mod error;
mod identity;
mod index;
mod interval;
pub mod network;
mod objective;
mod observation;
mod profile;
mod purpose;
mod reconcile;
mod replicate;
mod replicates;
mod series;
mod splitting;
mod study;
mod taper;
mod uncertainty;
mod value;
mod workbench;

pub use circumstances::{Circumstances, Link};
pub use concentration::{
    Half, concentration_ratio, effective_number, gini, gini_unbiased, half_of_the_work, hhi, hhi_normalised, shannon,
    shannon_number, smallest_set_holding,
};
pub use credit::{CreditScheme, credit};
pub use error::{Error, Fault};
pub use index::{Contribution, Grade, Index, Score, index, reconciled, scores_alone};
pub use interval::{beta_interval, gamma_poisson, gamma_poisson_95, moments_prior, wilson, wilson_95};
pub use objective::{Activity, Objective, Standard, best_defensible};
pub use observation::{Kind, Meeting, Observation, Observations};
pub use profile::{
    Aggregation, Dimension, IndicatorProfile, Prior, Profile, Recency, Sampling, Transform, Uncertainty,
};
pub use purpose::{Figure, ObjectiveScores, ObjectiveStudy, objectives};
pub use reconcile::reconcile;
pub use replicates::{Replicates, TiedGroup};
pub use splitting::{Splitting, splitting};
pub use study::{Layer, LayerVariance, Study, SubIndex, SubScore, layer_variances, study};
pub use taper::{Taper, TaperWithin};
pub use value::{IndicatorValue, indicator_values};
pub use workbench::Workbench;
