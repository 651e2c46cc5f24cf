//! The rim: clock, files, terminal, network and pages. Everything inside is a pure function that this crate calls.
//!
//! Comes in: what a person asks. Goes out: the ledger's answers as text, JSON, CSV and pages, with exit codes.
#![allow(clippy::disallowed_methods, reason = "this crate is the rim: clock, files, environment and network live here")]

mod check;
pub mod cli;
mod commands;
mod credits;
mod demo;
mod drafts;
pub mod exit;
mod form;
mod identity;
mod intake;
mod interrupt;
mod kept;
pub mod made_up;
mod method;
mod output;
mod pages;
mod proposer;
mod review;
mod server;
mod sitting;
mod trial;
mod underline;
mod view;
mod what_if;
mod workspace;

pub use commands::run;
pub use interrupt::at_once as interrupted;

/// Prints a message on stderr.
pub fn complain(message: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr().lock(), "{message}");
}
