//! Identity: mentions as written in, what they stand for out, by decisions that can be taken back.
//!
//! [`organisation`] and [`person`] read names and propose decisions, [`Standing`] folds a log of them; bodies, meetings and
//! documents follow rules alone. Pure: it sees neither the ledger nor files, never edits a fact, and keeps "there is no
//! organisation" apart from "we do not know". The door is [`Identity`], one row of the table `identity`.

pub mod attribute;
pub mod body;
mod decision;
mod documents;
mod doubt;
mod effective;
mod explain;
mod fold;
mod group;
mod key;
mod names;
mod naming;
pub mod organisation;
pub mod person;
mod standing;
mod surface;
mod text;
mod truth;

pub use decision::{Actor, Contribution, Decision, Kind, Op};
pub use documents::resolve_documents;
pub use doubt::Doubt;
pub use effective::{Which, undo};
pub use explain::{Explanation, Likeness};
pub use key::{Key, slug};
pub use names::{Counted, Tables, resolve_bodies, resolve_meetings};
pub use standing::{Conflict, Entity, HIDDEN, Relation, Standing, Stands};
pub use surface::Surface;
pub use text::{Gap, Word, words};
pub use truth::{Agreement, lower_bound};

/// What one mention stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// `organisation`, `body`, `meeting` or `document`.
    pub kind: &'static str,
    /// The mention as written.
    pub mention: String,
    /// The entity, as it stands in addresses; `None` where the mention says that there is none.
    pub entity: Option<String>,
    /// Name of the entity for people.
    pub name: String,
    /// The rule that made the link: `key`, `table`, `grammar`, `decision`, `hidden`, `no-affiliation`, `chain`.
    pub rule: String,
    /// What the rule relied on.
    pub reason: String,
}
