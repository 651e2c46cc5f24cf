//! What several adapters share: addresses, JSON values and lines with their places. Nothing here knows a kind of source.

pub mod address;
pub mod json;
pub mod lines;
