//! What several adapters share: texts, lines, YAML, JSON and spreadsheets with the places of what they hold, mappings of
//! columns, and the wording of lists. Nothing here claims a source.

pub mod address;
pub mod author;
pub mod calendar;
pub mod country;
pub mod dates;
pub mod document_id;
pub mod english_date;
pub mod entry;
pub mod front_page;
pub mod identifier;
pub mod json;
pub mod lines;
pub mod list;
pub mod mapping;
pub mod meeting;
pub mod names;
pub mod outcome;
pub mod prose;
pub mod releases;
pub mod remarks;
pub mod sheet;
pub mod sources;
pub mod stated_date;
pub mod words;
pub mod xml;
pub mod yaml;
