//! Files with tracked changes: laws, what Word needs, hostile files, and independent judges.
#![allow(missing_docs, reason = "tests say what they mean in their names")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod akn;
mod common;
mod documents;
mod form;
mod hostile;
mod judges;
mod laws;
mod others;
mod package;
mod pages;
