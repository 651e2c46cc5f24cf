//! Documents: bytes of a report, agenda, news item or draft come in, and one [`Document`] of blocks with places goes out.
//!
//! A document keeps its words in one text, in reading order, and says of every stretch of it what it is (heading, item,
//! cell, comment ...), where it stands (page, paragraph, cell) and who inserted or deleted it. Nothing is interpreted here:
//! what the words mean is read elsewhere. Reading never fails: what cannot be read is a problem with its place.

mod build;
pub mod cfb;
mod docx;
mod model;
mod office;
pub mod page;
mod plain;
pub mod sheet;
mod tree;
mod view;
pub mod xml;
pub mod zip;

pub use model::{Block, Comment, Document, Format, Kind, Revision, View};

use zip::Archive;

/// Reads `snapshot` as the kind of document that its bytes and its name show; `None` when they are no document.
#[must_use]
pub fn read(snapshot: &fact::Snapshot<'_>) -> Option<Document> {
    let bytes = snapshot.bytes;
    if bytes.starts_with(b"PK\x03\x04") {
        return zipped(bytes, snapshot.origin);
    }
    let text = std::str::from_utf8(bytes).ok()?;
    Some(plain::read(text))
}

/// Reads an archive; `None` where it is no document of an office program.
fn zipped(bytes: &[u8], origin: &str) -> Option<Document> {
    match Archive::open(bytes) {
        Ok(archive) if archive.has("word/document.xml") => Some(docx::read(&archive)),
        Ok(_) => None,
        Err(refusal) => Some(build::Build::refused(named(origin)?, refusal)),
    }
}

/// The format that the name of a file states.
fn named(origin: &str) -> Option<Format> {
    let (_, end) = origin.rsplit_once('.')?;
    Some(match end.to_ascii_lowercase().as_str() {
        "docx" | "docm" | "dotx" => Format::Docx,
        _ => return None,
    })
}
