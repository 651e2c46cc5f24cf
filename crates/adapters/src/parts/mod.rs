//! What several adapters share: lines and YAML with their places. Nothing here knows a kind of source.

pub mod lines;
pub mod yaml;
