//! Documents: bytes of a report, agenda, news item or draft come in, and one [`Document`] of blocks with places goes out.
//!
//! A document keeps its words in one text, in reading order, and says of every stretch of it what it is (heading, item,
//! cell, comment ...), where it stands (page, paragraph, cell) and who inserted or deleted it. Nothing is interpreted here:
//! what the words mean is read elsewhere. Reading never fails: what cannot be read is a problem with its place.

mod build;
pub mod cfb;
mod docx;
mod html;
mod markdown;
mod model;
mod number;
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
///
/// The bytes decide before the name. Files that are data (JSON, CSV ...) are no documents, nor are bytes that are no text.
#[must_use]
pub fn read(snapshot: &fact::Snapshot<'_>) -> Option<Document> {
    let (bytes, name) = (snapshot.bytes, named(snapshot.origin));
    if bytes.starts_with(b"PK\x03\x04") {
        return zipped(bytes, name);
    }
    if is_page(bytes) {
        return Some(html::read(bytes));
    }
    if bytes.iter().take(HEAD).any(|&byte| byte == 0) {
        return None;
    }
    match name {
        Some(Format::Html) => Some(html::read(bytes)),
        Some(Format::Markdown) => Some(markdown::read(std::str::from_utf8(bytes).ok()?)),
        None if is_data(snapshot.origin) => None,
        _ => Some(plain::read(std::str::from_utf8(bytes).ok()?)),
    }
}

/// How many bytes show what a file is.
const HEAD: usize = 4096;

/// True for bytes that begin as a page does.
fn is_page(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let is_xml = head.starts_with("<?xml") || head.starts_with("<!--");
    head.starts_with("<!doctype html") || head.starts_with("<html") || is_xml && head.contains("<html")
}

/// True for names of files that hold data, not prose.
fn is_data(origin: &str) -> bool {
    const DATA: [&str; 14] =
        ["json", "jsonl", "csv", "tsv", "yaml", "yml", "toml", "xml", "svg", "js", "css", "mbox", "eml", "log"];
    let end = origin.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    end.is_some_and(|end| DATA.contains(&end.as_str()))
}

/// Reads an archive; `None` where it is no document of an office program.
fn zipped(bytes: &[u8], name: Option<Format>) -> Option<Document> {
    match Archive::open(bytes) {
        Ok(archive) if archive.has("word/document.xml") => Some(docx::read(&archive)),
        Ok(_) => None,
        Err(refusal) => Some(build::Build::refused(name?, refusal)),
    }
}

/// The format that the name of a file states.
fn named(origin: &str) -> Option<Format> {
    let (_, end) = origin.rsplit_once('.')?;
    Some(match end.to_ascii_lowercase().as_str() {
        "docx" | "docm" | "dotx" => Format::Docx,
        "md" | "markdown" | "mkd" => Format::Markdown,
        "html" | "htm" | "xhtml" | "shtml" => Format::Html,
        _ => return None,
    })
}
