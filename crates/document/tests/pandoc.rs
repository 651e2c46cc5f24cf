//! Documents with revisions, read as pandoc reads them: accepted, rejected and side by side, up to white space.
//!
//! What pandoc wrote is kept beside each document; where pandoc is at hand, it is also asked anew. `word.docx` and `hand.docx`
//! were written by hand as Word would, `libreoffice.docx` by `LibreOffice`; `strict.docx` is `hand.docx` in the strict form,
//! which pandoc does not read. All are made up.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::path::PathBuf;
use std::process::Command;

use document::{Document, Kind, View};

const MODES: [(&str, View); 3] = [("accept", View::Accepted), ("reject", View::Rejected), ("all", View::Raw)];
const FILES: [&str; 3] = ["word", "hand", "libreoffice"];

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pandoc").join(name)
}

fn read(name: &str) -> Document {
    let bytes = std::fs::read(path(name)).unwrap();
    let document = document::read(&fact::Snapshot::new("0", name, &bytes)).unwrap();
    assert_eq!(document.problems, []);
    document
}

/// The words of the body as one, without white space and without the lines of tables.
fn squeezed(text: &str) -> String {
    text.split_whitespace().filter(|word| !word.bytes().all(|byte| byte == b'-')).collect()
}

fn body(document: &Document) -> String {
    let body = document.blocks.iter();
    let body = body.filter(|block| !matches!(block.kind, Kind::Note | Kind::Comment | Kind::Running));
    let words: Vec<&str> = body.map(|block| document.slice(&block.range)).collect();
    squeezed(&words.join(" "))
}

#[test]
fn views_are_those_that_pandoc_wrote() {
    for file in FILES {
        let document = read(&format!("{file}.docx"));
        for (mode, view) in MODES {
            let expected = std::fs::read_to_string(path(&format!("{file}.{mode}.txt"))).unwrap();
            assert_eq!(body(&document.view(view)), squeezed(&expected), "{file}, {mode}");
        }
    }
}

#[test]
fn the_strict_form_is_read_alike() {
    let (hand, strict) = (read("hand.docx"), read("strict.docx"));
    assert_eq!(hand, strict);
}

#[test]
fn views_are_those_that_pandoc_writes_now() {
    if Command::new("pandoc").arg("--version").output().is_err() {
        println!("skipped: pandoc is not installed");
        return;
    }
    for file in FILES {
        let document = read(&format!("{file}.docx"));
        for (mode, view) in MODES {
            let run = Command::new("pandoc")
                .args(["-f", "docx", "-t", "plain", "--wrap=none", "--columns=100", "--lua-filter"])
                .arg(path("plain.lua"))
                .arg(format!("--track-changes={mode}"))
                .arg(path(&format!("{file}.docx")))
                .output()
                .unwrap();
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            let expected = String::from_utf8(run.stdout).unwrap();
            assert_eq!(body(&document.view(view)), squeezed(&expected), "{file}, {mode}");
        }
    }
}

#[test]
fn remarks_notes_and_authors_are_kept() {
    for (name, about, remark, author) in [
        ("word.docx", "standards", "Keep the text of C1.", "A. Example"),
        ("libreoffice.docx", "and words about it", "Is this right?", "B. Sample"),
    ] {
        let document = read(name);
        let comment = &document.comments[0];
        assert_eq!((document.slice(&comment.about), document.slice(&comment.remark)), (about, remark));
        assert_eq!(comment.author, author);
        assert_eq!(document.blocks.iter().filter(|block| block.kind == Kind::Note).count(), 1, "{name}");
        assert!(document.revisions.iter().all(|revision| !revision.author.is_empty() && !revision.date.is_empty()));
    }
    let document = read("word.docx");
    let note = document.blocks.iter().find(|block| block.kind == Kind::Note).unwrap();
    assert_eq!(document.slice(&note.range), "These include leastall members.");
    let headings = document.blocks.iter().filter(|block| block.kind == Kind::Heading(1));
    let headings: Vec<&str> = headings.map(|block| document.slice(&block.range)).collect();
    assert_eq!(headings, ["Resolution 9", "End."]);
    let fused = document::fused(&document);
    let words: Vec<&str> = fused.iter().map(|fused| document.slice(&fused.range)).collect();
    assert_eq!(words, ["2024Oldport", "consideringrecognizing", "700520", "coordinateing", "23", "leastall"]);
}
