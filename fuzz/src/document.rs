//! What must hold for any bytes of a document: no panic, and ranges that lie in the text, in order, between letters.

use std::ops::Range;

use document::{Document, View};
use fact::Snapshot;

/// Reads `bytes` as the format `name`. Parts of an archive are given as they are, apart from each other by `%%%%`.
///
/// # Panics
/// When the reader does not keep its promise.
pub fn check(name: &str, bytes: &[u8]) {
    let packed = match name {
        "docx" => Some(archive(DOCX, bytes)),
        "pptx" => Some(archive(PPTX, bytes)),
        "xlsx" => Some(archive(XLSX, bytes)),
        _ => None,
    };
    let bytes = packed.as_deref().unwrap_or(bytes);
    let origin = format!("source/file.{}", if name == "zip" { "docx" } else { name });
    let Some(document) = document::read(&Snapshot::new("0", &origin, bytes)) else { return };
    for view in [View::Raw, View::Accepted, View::Rejected] {
        sound(&document.view(view));
    }
    let _ = document::fused(&document);
}

fn sound(document: &Document) {
    let text = &document.text;
    let inside = |range: &Range<usize>| assert!(text.get(range.clone()).is_some(), "{range:?} of {}", text.len());
    let apart = |ranges: &mut dyn Iterator<Item = &Range<usize>>| {
        ranges.fold(0, |end, range| {
            inside(range);
            assert!(range.start >= end && range.end > range.start, "{range:?} after {end}");
            range.end
        });
    };
    apart(&mut document.blocks.iter().map(|block| &block.range));
    apart(&mut document.markup.iter());
    for revision in &document.revisions {
        inside(&revision.range);
    }
    assert!(document.revisions.is_sorted_by_key(|revision| revision.range.start));
    for comment in &document.comments {
        inside(&comment.about);
        inside(&comment.remark);
    }
}

const DOCX: &[&str] = &[
    "word/document.xml",
    "word/numbering.xml",
    "word/styles.xml",
    "word/comments.xml",
    "word/footnotes.xml",
    "word/header1.xml",
];
const PPTX: &[&str] =
    &["ppt/slides/slide1.xml", "ppt/notesSlides/n1.xml", "ppt/comments/c1.xml", "ppt/presentation.xml"];
const XLSX: &[&str] = &["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"];

const FIXED: &[(&str, &str)] = &[
    (
        "word/_rels/document.xml.rels",
        "<r><x Id='a' Type='/numbering' Target='numbering.xml'/><x Id='b' Type='/styles' Target='styles.xml'/>\
         <x Id='c' Type='/comments' Target='comments.xml'/><x Id='d' Type='/footnotes' Target='footnotes.xml'/>\
         <x Id='e' Type='/header' Target='header1.xml'/></r>",
    ),
    ("ppt/presentation.xml", "<p xmlns:r='r'><sldIdLst><s id='1' r:id='a'/></sldIdLst></p>"),
    ("ppt/_rels/presentation.xml.rels", "<r><x Id='a' Type='/slide' Target='slides/slide1.xml'/></r>"),
    (
        "ppt/slides/_rels/slide1.xml.rels",
        "<r><x Id='a' Type='/notesSlide' Target='../notesSlides/n1.xml'/><x Id='b' Type='/comments' \
         Target='../comments/c1.xml'/></r>",
    ),
    ("xl/workbook.xml", "<w xmlns:r='r'><sheets><sheet name='S' sheetId='1' r:id='a'/></sheets></w>"),
    (
        "xl/_rels/workbook.xml.rels",
        "<r><Relationship Id='a' Type='/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='b' \
         Type='/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='c' Type='/styles' Target='styles.xml'/></r>",
    ),
];

/// An archive of stored entries: those of `names` from `bytes`, and what every such file has.
fn archive(names: &[&str], bytes: &[u8]) -> Vec<u8> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    for name in names {
        let at = rest.windows(4).position(|four| four == b"%%%%").unwrap_or(rest.len());
        if at > 0 {
            parts.push((*name, &rest[..at]));
        }
        rest = rest.get(at + 4..).unwrap_or_default();
    }
    let folder = names[0].split('/').next().unwrap_or_default();
    for (name, content) in FIXED.iter().filter(|(name, _)| name.starts_with(folder)) {
        if !parts.iter().any(|(other, _)| other == name) {
            parts.push((name, content.as_bytes()));
        }
    }
    stored(&parts)
}

fn stored(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let le = |value: usize, n: usize| value.to_le_bytes()[..n].to_vec();
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in entries {
        let header = bytes.len();
        let sizes = [le(0, 4), le(content.len(), 4), le(content.len(), 4), le(name.len(), 2), le(0, 2)].concat();
        bytes.extend([b"PK\x03\x04".to_vec(), vec![0; 10], sizes.clone(), name.as_bytes().to_vec()].concat());
        bytes.extend_from_slice(content);
        directory.extend([b"PK\x01\x02".to_vec(), vec![0; 12], sizes, vec![0; 10], le(header, 4)].concat());
        directory.extend_from_slice(name.as_bytes());
    }
    let counts = [le(0, 4), le(entries.len(), 2), le(entries.len(), 2)].concat();
    let places = [le(directory.len(), 4), le(bytes.len(), 4), le(0, 2)].concat();
    bytes.extend([directory, b"PK\x05\x06".to_vec(), counts, places].concat());
    bytes
}
