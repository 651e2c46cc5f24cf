//! Documents: bytes of a report, agenda, news item or draft come in, and one [`Document`] of blocks with places goes out.
//!
//! A document keeps its words in one text, in reading order, and says of every stretch of it what it is (heading, item,
//! cell, comment ...), where it stands (page, paragraph, cell) and who inserted or deleted it. Nothing is interpreted here:
//! what the words mean is read elsewhere. Reading never fails: what cannot be read is a problem with its place.

mod model;
mod plain;

pub use model::{Block, Comment, Document, Format, Kind, Revision, View};

/// Reads `snapshot` as the kind of document that its bytes and its name show; `None` when they are no document.
#[must_use]
pub fn read(snapshot: &fact::Snapshot<'_>) -> Option<Document> {
    let text = std::str::from_utf8(snapshot.bytes).ok()?;
    Some(plain::read(text))
}
