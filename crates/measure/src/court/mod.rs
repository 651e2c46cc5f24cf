//! The court of metrics: by which criteria one metric is better than another, each with its interval.
//!
//! Comes in: what a metric said, by unit, period and event ([`Cube`], made of observations or of any table), what its author declares about it ([`Metric`]), and
//! what is known of the units from elsewhere ([`Background`]). Goes out: a [`Finding`] for every [`Criterion`]
//! ([`findings`]), and of two metrics a [`Comparison`] with a verdict in words ([`compare`], [`verdict_in_words`]). What an
//! attack would gain is simulated on the acts themselves ([`gaming`]).
//!
//! A criterion that cannot be found is missing, with its reason; it is neither 0 nor passed. No figure depends on the order
//! of units or on the number of threads.

mod attack;
mod compare;
mod cube;
mod declared;
mod discrimination;
mod fairness;
mod finding;
mod from_observations;
mod gaming;
mod ground;
mod independence;
mod metric;
mod pairs;
mod preference;
mod reliability;
mod scene;
mod statistics;
mod trial;
mod validity;
mod view;
mod words;

pub use attack::{Acts, Attack, Way, standard_attacks};
pub use compare::{Comparison, Difference, Verdict, compare};
pub use cube::Cube;
pub use discrimination::{discrimination, stability};
pub use finding::{Aspect, Better, Criterion, Finding};
pub use gaming::{Gain, Gaming, Simulation, gaming};
pub use independence::independence;
pub use metric::{Background, Change, Cost, Metric, Other, Outcome, Privacy, Relation};
pub use preference::{DECLARED_WEIGHTS, Preference};
pub use reliability::{Intraclass, intraclass, spearman_brown, split_half, test_retest};
pub use statistics::{area_under_curve, spearman};
pub use trial::{Settings, findings};
pub use words::{table_of, verdict_in_words};
