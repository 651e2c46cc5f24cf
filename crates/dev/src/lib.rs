//! The workshop: golden documents as tests, the tidy checks, generators for benchmarks. Never shipped.
//!
//! Comes in: files of this repository. Goes out: test results, or rewritten expectations when `BLESS=1` is set.

mod golden;
mod lists;
mod organisations;
pub mod tidy;

pub use golden::{Case, run_golden, table};
pub use lists::big_list;
pub use organisations::{Repeats, big_attendance};
