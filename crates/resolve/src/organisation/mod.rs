//! Organisations: names taken apart, weighed and gathered into stars.

mod acronym;
mod domain;
pub mod gather;
mod institution;
pub mod known;
mod lexicon;
mod near;
mod parse;
mod propose;
mod score;
mod slip;
pub mod star;
pub mod weigh;
mod written;

pub use known::{KNOWN, Known};
pub(crate) use lexicon::rows;
pub use lexicon::{Class, LEXICON, Lexicon};
pub(crate) use parse::form_at_end;
pub use parse::{Parsed, Part};
pub use propose::{Proposals, VERSION, propose};
pub use score::{Level, Right, Score, Truth, pair_completeness, score};
