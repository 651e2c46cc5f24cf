//! Persons: who is who among names as written.
//!
//! Sightings in, decisions out: each links a mention to the mention that is the centre of its star, with the table of what
//! speaks for and against it. What is likely but not sure comes out as a doubt for review. Names alone decide only where
//! they are rare; a given name alone never does. Nothing here reads a clock or a file, and order never matters.

mod affiliation;
mod block;
mod compare;
mod context;
mod fold;
mod frequency;
mod name;
mod pseudonym;
mod star;

use jiff::civil::Date;

pub use affiliation::{About, Claim, Tenure, dual_affiliations, tenures};
pub use context::is_free_mail;
pub use fold::person_clusters;
pub use pseudonym::pseudonym;
pub use star::resolve_persons;

use crate::{Decision, Doubt};

/// A person as facts name them: all facts that give the same name with the same organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sighting {
    /// Name as written.
    pub name: String,
    /// The organisation that the one beside the name stands for, where it is resolved.
    pub organisation: Option<String>,
    /// The organisation as written beside the name.
    pub organisation_as_written: Option<String>,
    /// The part of an e-mail address after the `@`.
    pub domain: Option<String>,
    /// Committees in which the name stands.
    pub bodies: Vec<Stay>,
    /// Attendance lists in which the name stands: two rows of one list are two people, as a rule.
    pub lists: Vec<String>,
    /// Number of facts.
    pub n: i64,
}

impl Sighting {
    /// Returns the key of the mention: `NAME (ORGANISATION AS WRITTEN)`, or `NAME` where no organisation stands beside it.
    ///
    /// ```
    /// use resolve::person::Sighting;
    /// let mut ada = Sighting { name: "Ada Quell".into(), ..Sighting::default() };
    /// assert_eq!(ada.mention(), "Ada Quell");
    /// ada.organisation_as_written = Some("Borealis Ltd".into());
    /// assert_eq!(ada.mention(), "Ada Quell (Borealis Ltd)");
    /// ```
    #[must_use]
    pub fn mention(&self) -> String {
        match &self.organisation_as_written {
            Some(organisation) => format!("{} ({organisation})", self.name),
            None => self.name.clone(),
        }
    }
}

/// The time during which a name stands in the records of a committee.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stay {
    /// The committee, as an address with its parent before the last `/`: `ecma/tc39-tg2`.
    pub body: String,
    /// First day, where one is known.
    pub from: Option<Date>,
    /// Last day, where one is known.
    pub to: Option<Date>,
}

/// What resolution of persons gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Persons {
    /// Links from a mention to the centre of its star, sorted by subject.
    pub decisions: Vec<Decision>,
    /// Pairs that a reviewer should see, the most affected facts times uncertainty first.
    pub doubts: Vec<Doubt>,
    /// Blocks with more centres than are compared, with their number: here links may be missing.
    pub crowded: Vec<(String, usize)>,
}
