//! What several adapters share: lines and JSON values with their places. Nothing here knows a kind of source.

#[expect(dead_code, reason = "its first readers come with the next commits")]
pub mod json;
pub mod lines;
