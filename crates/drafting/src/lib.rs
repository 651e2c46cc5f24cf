//! Drafting: competing proposals become one text, and every word knows who proposed it.
//!
//! Comes in: a base text and contributions to it. Goes out: a [`Marked`] text, in which every insertion and deletion carries its
//! authors, and what was decided where contributions do not agree. Pure: no files, no clock.
#![deny(missing_docs)]

mod actors;
pub mod cite;
pub mod classify;
pub mod cover;
pub mod lint;
mod marked;
mod passage;
mod words;

pub use marked::{Change, Emphasis, Marked, Paragraph, Remark, Run, Style};
pub use passage::Passage;
