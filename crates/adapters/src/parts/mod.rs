//! What several adapters share: lines and JSON values with their places, and releases of products. Nothing here knows a
//! kind of source.

pub mod json;
pub mod lines;
pub mod releases;
