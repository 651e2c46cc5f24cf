//! What was counted: the one table that everything here is computed from.

use serde::{Deserialize, Serialize};

use crate::{Error, Fault};

/// How an indicator's rows become its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Sum of events, which may be fractional credits. Never seen counts as 0 where the indicator is observed at all.
    Count,
    /// Sum of events over sum of exposure. Without exposure it is missing.
    Share,
    /// (a + events) / (a + b + exposure) with the prior declared in the profile. Without exposure it is missing.
    RateShrunk,
    /// Number of distinct items with events above 0. Never seen counts as 0 where the indicator is observed at all.
    Breadth,
}

impl Kind {
    /// Returns the word used in the cards of indicators.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Share => "share",
            Self::RateShrunk => "rate-shrunk",
            Self::Breadth => "breadth",
        }
    }

    /// Returns the kind with this word, or `None`.
    ///
    /// ```
    /// assert_eq!(measure::Kind::from_slug("rate-shrunk"), Some(measure::Kind::RateShrunk));
    /// assert_eq!(measure::Kind::from_slug("mean"), None);
    /// ```
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        [Self::Count, Self::Share, Self::RateShrunk, Self::Breadth].into_iter().find(|kind| kind.slug() == slug)
    }

    /// True when the value is events of exposure, so that without exposure it is missing and not 0.
    #[must_use]
    pub fn has_exposure(self) -> bool {
        matches!(self, Self::Share | Self::RateShrunk)
    }
}

/// Everything counted in one scope and period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observations {
    /// Organisations, sorted, each once.
    pub organisations: Vec<String>,
    /// Meetings; they are resampled within their body.
    pub meetings: Vec<Meeting>,
    /// Names of the indicators; their kinds are given beside, in the same order.
    pub indicators: Vec<String>,
    /// The rows, in any order; equal places are summed in the order given.
    pub rows: Vec<Observation>,
}

impl Observations {
    /// The same organisations, meetings and indicators with other rows.
    pub(crate) fn with(&self, rows: Vec<Observation>) -> Self {
        Self {
            organisations: self.organisations.clone(),
            meetings: self.meetings.clone(),
            indicators: self.indicators.clone(),
            rows,
        }
    }
}

/// One meeting, or whatever the source dates its acts by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Identifier.
    pub id: String,
    /// The body that met.
    pub body: String,
    /// Last day of the meeting, or of what is known of it, in days since 1970-01-01.
    pub day: i32,
}

/// One item that counts for one organisation: a document, a meeting day, a work item, an office.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// Position in [`Observations::indicators`].
    pub indicator: u16,
    /// Position in [`Observations::organisations`].
    pub organisation: u32,
    /// Position in [`Observations::meetings`].
    pub meeting: u32,
    /// The item's number, the same wherever the same item is meant.
    pub item: u32,
    /// How much happened, at least 0.
    pub events: f64,
    /// Out of how much, at least 0; not read for counts and breadth.
    pub exposure: f64,
}

impl Observations {
    /// Checks that positions, amounts and order are as documented.
    pub(crate) fn check(&self, kinds: &[Kind]) -> Result<(), Error> {
        let mut faults = Vec::new();
        let mut fault = |place: String, what: String, hint: &str| faults.push(Fault::new(place, what, hint));
        if kinds.len() != self.indicators.len() {
            let what = format!("expected {} kinds, found {}", self.indicators.len(), kinds.len());
            fault("kinds".into(), what, "give one kind for each indicator, in the same order");
        }
        for pair in self.organisations.windows(2).filter(|pair| pair[0] >= pair[1]) {
            let what = format!("expected sorted names, found `{}` before `{}`", pair[0], pair[1]);
            fault("organisations".into(), what, "order the query by organisation and take each once");
        }
        for (at, row) in self.rows.iter().enumerate() {
            if let Some(what) = self.row_fault(row, kinds) {
                fault(format!("row {}", at + 1), what, "put the indicator's query right");
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Observations(faults)) }
    }

    fn row_fault(&self, row: &Observation, kinds: &[Kind]) -> Option<String> {
        let place =
            |what: &str, at: usize, n: usize| (at >= n).then(|| format!("expected {what} below {n}, found {at}"));
        let amount = |what: &str, amount: f64| {
            (!amount.is_finite() || amount < 0.0).then(|| format!("expected {what} of at least 0, found {amount}"))
        };
        place("an indicator", row.indicator.into(), self.indicators.len())
            .or_else(|| place("an organisation", row.organisation as usize, self.organisations.len()))
            .or_else(|| place("a meeting", row.meeting as usize, self.meetings.len()))
            .or_else(|| amount("events", row.events))
            .or_else(|| {
                let kind = kinds.get(usize::from(row.indicator))?;
                if !kind.has_exposure() {
                    return None;
                }
                amount("exposure", row.exposure).or_else(|| {
                    let (events, exposure) = (row.events, row.exposure);
                    (events > exposure).then(|| format!("expected events within exposure {exposure}, found {events}"))
                })
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_reported() {
        let row = Observation { indicator: 0, organisation: 0, meeting: 0, item: 0, events: 1.0, exposure: 1.0 };
        let observations = Observations {
            organisations: vec!["b".into(), "a".into()],
            meetings: vec![Meeting { id: "m".into(), body: "x".into(), day: 0 }],
            indicators: vec!["share".into()],
            rows: vec![
                row,
                Observation { meeting: 1, ..row },
                Observation { events: f64::NAN, ..row },
                Observation { events: 2.0, ..row },
            ],
        };
        let error = observations.check(&[Kind::Share]).unwrap_err();
        let whats: Vec<&str> = error.faults().iter().map(|fault| fault.what.as_str()).collect();
        assert_eq!(
            whats,
            [
                "expected sorted names, found `b` before `a`",
                "expected a meeting below 1, found 1",
                "expected events of at least 0, found NaN",
                "expected events within exposure 1, found 2",
            ]
        );
        assert!(observations.check(&[]).is_err());
    }
}
