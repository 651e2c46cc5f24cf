//! What several adapters share: lines with their places, spreadsheets as rows of cells, mappings of columns, and the
//! wording of document lists. Nothing here claims a source.

pub mod dates;
pub mod lines;
pub mod list;
pub mod mapping;
pub mod meeting;
pub mod outcome;
pub mod page;
pub mod remarks;
pub mod sheet;
pub mod sources;
pub mod zip;
