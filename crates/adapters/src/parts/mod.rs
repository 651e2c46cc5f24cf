//! What several adapters share. Nothing here knows a kind of source, but for the front page that the documents of one
//! series and their drafts have in common.

pub mod address;
pub mod author;
pub mod country;
pub mod document_id;
pub mod english_date;
pub mod front_page;
pub mod lines;
pub mod xml;
pub mod yaml;
