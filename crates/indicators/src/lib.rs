//! Indicators: one `.sql` file with its card is one indicator. Runs on the ledger, hands observations to `measure`.
//!
//! Comes in: a session with the tables `fact` and `identity`. Goes out: observations, each with the fact that shows it.
//! This crate reads the table `identity` and does not know how it was made.

mod card;
mod circumstances;
mod observe;

pub use card::{CATALOGUE, Card};
pub use circumstances::{Uncertain, circumstances, kind_of_meeting, works};
pub use observe::{Scope, observations, observe, prepare, view_acts};
