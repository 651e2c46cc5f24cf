//! What is wrong with an input: every fault of it, each with its place and one thing to do.

use std::fmt;

/// One fault of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, as a person knows it: a line, or the path of an entry such as `engagement.attendance_share.high`.
    pub place: String,
    /// `expected A, found B`.
    pub what: String,
    /// One thing to do.
    pub hint: String,
}

impl Fault {
    pub(crate) fn new(place: impl Into<String>, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into(), hint: hint.into() }
    }
}

/// An input that cannot be measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The profile has these faults; its author can put them right.
    Profile(Vec<Fault>),
    /// The observations contradict themselves: a defect of the query that made them.
    Observations(Vec<Fault>),
    /// A table of units and indicators, or the description of it, has these faults.
    Table(Vec<Fault>),
    /// A metric, or what is said of its units, does not hold together: its author can put it right.
    Metric(Vec<Fault>),
}

impl Error {
    /// Returns the faults, at least one.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        match self {
            Self::Profile(faults) | Self::Observations(faults) | Self::Table(faults) | Self::Metric(faults) => faults,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let input = match self {
            Self::Profile(_) => "profile",
            Self::Observations(_) => "observations",
            Self::Table(_) => "table",
            Self::Metric(_) => "metric",
        };
        for (n, fault) in self.faults().iter().enumerate() {
            let gap = if n > 0 { "\n" } else { "" };
            write!(f, "{gap}{input}, {}: {}\nhint: {}", fault.place, fault.what, fault.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
