//! Documents: bytes of a report, agenda, news item or draft come in, and one [`Document`] of blocks with places goes out.
//!
//! A document keeps its words in one text, in reading order, and says of every stretch of it what it is (heading, item,
//! cell, comment ...), where it stands (page, paragraph, cell) and who inserted or deleted it. Nothing is interpreted here:
//! what the words mean is read elsewhere. Reading never fails: what cannot be read is a problem with its place.

mod build;
mod cfb;
mod doc;
mod docx;
mod fused;
mod html;
mod markdown;
mod model;
mod number;
mod office;
pub mod package;
pub mod page;
mod pdf;
mod plain;
mod pptx;
pub mod sheet;
mod tree;
mod view;
mod xlsx;
mod xml;
mod zip;

pub use fused::{Fused, fused};
pub use model::{Block, Comment, Document, Format, Kind, Revision, View};

use build::Build;
use cfb::Compound;
use zip::{Archive, Refusal};

/// Reads `snapshot` as the kind of document that its bytes and its name show; `None` when they are no document.
///
/// The bytes decide before the name. Files that are data (JSON, CSV ...) are no documents, nor are bytes that are no text.
#[must_use]
pub fn read(snapshot: &fact::Snapshot<'_>) -> Option<Document> {
    let (bytes, name) = (snapshot.bytes, named(snapshot.origin));
    if bytes.starts_with(b"PK\x03\x04") {
        return zipped(bytes, snapshot.origin, name);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return compound(bytes, snapshot.origin, name);
    }
    if memchr::memmem::find(bytes.get(..bytes.len().min(1024)).unwrap_or_default(), b"%PDF-").is_some() {
        return Some(pdf::read(bytes));
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
fn zipped(bytes: &[u8], origin: &str, name: Option<Format>) -> Option<Document> {
    match Archive::open(bytes) {
        Ok(archive) if archive.has("word/document.xml") => Some(docx::read(&archive)),
        Ok(archive) if archive.has("ppt/presentation.xml") => Some(pptx::read(&archive)),
        Ok(archive) => match name {
            // The main part may have another name, which the package tells.
            Some(Format::Docx) => Some(docx::read(&archive)),
            Some(Format::Pptx) => Some(pptx::read(&archive)),
            _ => xlsx::read(bytes, origin),
        },
        Err(refusal) => Some(Build::refused(name?, refusal)),
    }
}

/// Reads a compound file; `None` where it holds no document.
fn compound(bytes: &[u8], origin: &str, name: Option<Format>) -> Option<Document> {
    match Compound::open(bytes) {
        Ok(file) if file.has("WordDocument") => Some(doc::read(&file)),
        Ok(file) if file.has("EncryptedPackage") => {
            Some(Build::refused(name.unwrap_or(Format::Docx), Refusal::Encrypted))
        }
        Ok(_) => xlsx::read(bytes, origin),
        Err(refusal) => Some(Build::refused(name?, refusal)),
    }
}

/// The format that the name of a file states.
fn named(origin: &str) -> Option<Format> {
    let (_, end) = origin.rsplit_once('.')?;
    Some(match end.to_ascii_lowercase().as_str() {
        "docx" | "docm" | "dotx" => Format::Docx,
        "doc" | "dot" => Format::Doc,
        "pdf" => Format::Pdf,
        "pptx" | "pptm" | "ppsx" => Format::Pptx,
        "xlsx" | "xlsm" | "ods" | "xls" => Format::Xlsx,
        "md" | "markdown" | "mkd" => Format::Markdown,
        "html" | "htm" | "xhtml" | "shtml" => Format::Html,
        _ => return None,
    })
}
