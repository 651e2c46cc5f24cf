//! Why something could not be fetched, told so that somebody can put it right.

use std::fmt;

use fact::{Fault, Remedy};

/// A fault with a stable word for its kind, so that failures can be counted by kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Stable word for the kind, e.g. `too-large`.
    pub kind: &'static str,
    /// The address, what was found, and one thing to do.
    pub fault: Fault,
}

impl Failure {
    /// A failure that the keeper of the source can put right.
    pub(crate) fn source(kind: &'static str, place: impl Into<String>, what: impl fmt::Display, hint: &str) -> Self {
        Self { kind, fault: Fault::new(Remedy::Source, place, what, hint) }
    }

    /// A failure that the one who asked can put right.
    pub(crate) fn ask(kind: &'static str, place: impl Into<String>, what: impl fmt::Display, hint: &str) -> Self {
        Self { kind, fault: Fault::new(Remedy::Ask, place, what, hint) }
    }

    /// A failure that the keeper of the machine or workspace can put right.
    pub(crate) fn setup(kind: &'static str, place: impl Into<String>, what: impl fmt::Display, hint: &str) -> Self {
        Self { kind, fault: Fault::new(Remedy::Setup, place, what, hint) }
    }

    pub(crate) fn stopped(place: impl Into<String>) -> Self {
        Self::ask("stopped", place, "expected to go on, was asked to stop", "run again to go on from here")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(out)
    }
}

impl std::error::Error for Failure {}
