//! What if an organisation had done more: acts that did not happen, entered beside those that did.

use fact::{Fault, Remedy};
use measure::{Observation, Observations};

/// An improvement that is tried out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WhatIf {
    /// The organisation.
    pub organisation: String,
    /// The indicator that counts the acts.
    pub indicator: String,
    /// How many acts more, at the last meeting.
    pub more: u32,
}

impl WhatIf {
    /// Adds the acts at the last meeting, each on a work of its own.
    ///
    /// # Errors
    /// When the organisation or the indicator is not among the observations.
    pub fn enter(&self, observations: &mut Observations) -> Result<(), Fault> {
        let place = |names: &[String], name: &str| {
            names.iter().position(|other| other == name).ok_or_else(|| {
                let what = "expected an organisation and an indicator of this scope, found another name";
                Fault::new(Remedy::Ask, name, what, "choose both from the lists of the page")
            })
        };
        let organisation = place(&observations.organisations, &self.organisation)?;
        let indicator = place(&observations.indicators, &self.indicator)?;
        let days = observations.meetings.iter().map(|meeting| meeting.day);
        let Some((meeting, _)) = days.enumerate().max_by_key(|(_, day)| *day) else { return Ok(()) };
        let first = observations.rows.iter().map(|row| row.item).max().unwrap_or_default() + 1;
        let rows = (0..self.more).map(|n| Observation {
            indicator: indicator as u16,
            organisation: organisation as u32,
            meeting: meeting as u32,
            item: first + n,
            events: 1.0,
            exposure: 1.0,
        });
        observations.rows.extend(rows);
        Ok(())
    }
}
