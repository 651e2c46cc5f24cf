//! Drafting: competing proposals become one text, and every word knows who proposed it.
//!
//! Comes in: a base text and contributions to it. Goes out: a [`Marked`] text, in which every insertion and deletion carries its
//! authors, and what was decided where contributions do not agree. Pure: no files, no clock.
#![deny(missing_docs)]

mod actors;
pub mod akn;
mod align;
mod calls;
pub mod cite;
pub mod classify;
mod clause;
pub mod cover;
pub mod credit;
mod decision;
mod diff;
pub mod docx;
mod filed;
mod from_document;
pub mod html;
mod letters;
pub mod lint;
mod marked;
mod merge;
mod normal;
mod passage;
mod references;
mod sequence;
mod spans;
mod token;
mod words;
mod xml;

pub use align::{Alignment, Pair, align};
pub use clause::{Call, Clause, ClauseKind, Count, Draft, unwrapped};
pub use decision::{Choice, Decision, Decisions, Unused};
pub use diff::{Hunk, diff};
pub use marked::{Change, Emphasis, Marked, Paragraph, Remark, Run, Style};
pub use merge::{
    Alternative, Conflict, ConflictKind, Contribution, Mechanical, MechanicalKind, Merged, Outcome, Row, merge,
};
pub use passage::Passage;
