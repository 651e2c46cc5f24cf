//! What several adapters share: lines with their places, dates, names, entries of lists. Nothing here knows a kind of source.

pub mod dates;
pub mod entry;
pub mod lines;
pub mod names;
