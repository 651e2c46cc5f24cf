//! Drafting: competing proposals become one text, and every word knows who proposed it.
//!
//! Comes in: a base text and contributions to it. Goes out: a [`Marked`] text, in which every insertion and deletion carries its
//! authors, and what was decided where contributions do not agree. Pure: no files, no clock.
#![deny(missing_docs)]

mod align;
mod clause;
mod decision;
mod diff;
mod marked;
mod merge;
mod normal;
pub mod akn;
mod refs;
pub mod docx;
mod from_document;
pub mod html;
mod marked;
mod filed;
mod xml;
pub mod credit;
mod marked;
mod token;
mod actors;
pub mod cite;
pub mod classify;
pub mod cover;
pub mod lint;
mod marked;
mod passage;
mod words;

pub use align::{Alignment, Pair, align};
pub use clause::{Call, Clause, ClauseKind, Count, Draft};
pub use decision::{Choice, Decision, Decisions, Unused};
pub use diff::{Hunk, diff};
pub use marked::{Change, Emphasis, Marked, Paragraph, Remark, Run, Style};
pub use merge::{
    Alternative, Conflict, ConflictKind, Contribution, Mechanical, MechanicalKind, Merged, Outcome, Row, merge,
};
pub use passage::Passage;
