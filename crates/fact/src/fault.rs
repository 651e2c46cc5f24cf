//! What goes wrong, told so that somebody can put it right: place, what, hint, and who.

use std::fmt;

/// Who can put a fault right; decides the exit code and the HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The person who asked: another argument, another address.
    Ask,
    /// The keeper of the source: the input cannot be read.
    Source,
    /// The keeper of the machine or workspace: a missing file, a full disk, a lock.
    Setup,
    /// Us.
    Bug,
}

/// A fault with its place, what was found, and one thing to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The source, file or argument as a person knows it.
    pub place: String,
    /// Lower case, no full stop: expected A, found B.
    pub what: String,
    /// One thing to do.
    pub hint: String,
    /// Who can put it right.
    pub remedy: Remedy,
}

impl Fault {
    /// Returns a fault.
    pub fn new(remedy: Remedy, place: impl Into<String>, what: impl fmt::Display, hint: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.to_string(), hint: hint.into(), remedy }
    }

    /// Returns a fault of our own making.
    pub fn bug(place: impl Into<String>, what: impl fmt::Display) -> Self {
        Self::new(Remedy::Bug, place, what, "please report this with the command that led to it")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.what)
    }
}

impl std::error::Error for Fault {}
