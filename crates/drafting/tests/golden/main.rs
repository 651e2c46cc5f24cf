//! The golden documents of drafting: what a reader should see, and what `make bless` fills.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once, and a panic is its answer")]

mod classify;
mod credit;
mod lint;
mod merge;
#[path = "../redline/package.rs"]
mod package;
mod redline;
