//! What several adapters share: lines with their places. Nothing here knows a kind of source.

pub mod lines;
