//! Organisations: names taken apart, weighed and gathered into stars.

pub mod gather;
pub mod known;
mod lexicon;
mod near;
mod parse;
pub mod star;
pub mod weigh;

pub use lexicon::{Class, LEXICON, Lexicon};
pub use parse::{Parsed, Part};
