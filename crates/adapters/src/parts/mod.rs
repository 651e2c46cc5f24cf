//! What several adapters share: identifiers of standards, words, lines and YAML with their places. Nothing here knows
//! a kind of source.

pub mod identifier;
pub mod lines;
pub mod words;
pub mod yaml;
