//! Packages made by hand: Word documents of a few parts.

use std::io::{Cursor, Write};

/// Packs parts.
pub fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, part) in parts {
        writer.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document made by hand: the body, and further parts of it as (kind of relation, content).
pub fn word(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let relation = |kind: &str, target: &str| format!("<Relationship Id='{kind}' Type='x/{kind}' Target='{target}'/>");
    let relations: String = parts.iter().map(|(kind, _)| relation(kind, &format!("{kind}.xml"))).collect();
    let package = format!("<Relationships>{}</Relationships>", relation("officeDocument", "word/document.xml"));
    let relations = format!("<Relationships>{relations}</Relationships>");
    let paths: Vec<String> = parts.iter().map(|(kind, _)| format!("word/{kind}.xml")).collect();
    let mut all = vec![("_rels/.rels", package.as_str()), ("word/document.xml", &document)];
    all.push(("word/_rels/document.xml.rels", &relations));
    all.extend(paths.iter().map(String::as_str).zip(parts.iter().map(|(_, part)| *part)));
    zipped(&all)
}
