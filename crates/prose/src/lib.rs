//! Prose: a document comes in, and what it says goes out - events, sessions, persons, organisations, agreements,
//! conclusions - each with the words that say so, the rule that read them and how sure the rule is.
//!
//! A grammar of cue phrases, layouts and gazetteers; no learned model, no clock, no hash order: the same document gives the
//! same answer. What cannot be decided is a [`Doubt`] for a person, never a guess.

mod answer;
mod frames;
mod json;
mod link;
mod marks;
mod names;
mod propose;
mod scan;
mod score;

pub use answer::{
    Acronym, Action, Activity, Agreement, Answer, Approval, Area, Clause, Conclusion, Doubt, Event, Found, Metric,
    Named, Organisation, Person, Project, Role, Session, Span, StatedDate, Time, Who,
};
pub use json::gold;
pub use marks::{LISTS, Mark, marks};
pub use propose::{Candidate, Grammar, Grounded, PROPOSED, Proposal, Proposer, ground};
pub use score::{Kind as ScoreKind, Score, Tally, score};

/// The accept threshold: what is read with less confidence waits for review and does not become a fact by itself.
pub const ACCEPT: f64 = fact::Fact::ACCEPT;

/// Reads what `document` says.
#[must_use]
pub fn read(document: &document::Document) -> Answer {
    let scan = scan::Scan::of(document);
    let mut answer = Answer::default();
    frames::dates::read(&scan, &mut answer);
    frames::sessions::read(&scan, &mut answer);
    names::read(&scan, &mut answer);
    frames::read(&scan, &mut answer);
    link::read(&mut answer);
    answer
}
