//! What holds for any bytes: ranges lie in the text, in order, apart from each other and between letters; and what would grow
//! without bounds is refused.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::ops::Range;

use document::{Document, Format, Kind, View};
use fact::Snapshot;
use proptest::prelude::*;

fn read(name: &str, bytes: &[u8]) -> Option<Document> {
    document::read(&Snapshot::new("0", name, bytes))
}

fn sound(document: &Document) -> Result<(), TestCaseError> {
    let inside = |range: &Range<usize>| document.text.get(range.clone()).is_some();
    let blocks = document.blocks.iter().map(|block| block.range.clone());
    for ranges in [blocks.collect::<Vec<_>>(), document.markup.clone()] {
        let mut end = 0;
        for range in ranges {
            prop_assert!(inside(&range) && range.start >= end && range.start < range.end, "{range:?} after {end}");
            end = range.end;
        }
    }
    prop_assert!(document.revisions.is_sorted_by_key(|revision| revision.range.start));
    prop_assert!(document.revisions.iter().all(|revision| inside(&revision.range)));
    prop_assert!(document.comments.iter().all(|comment| inside(&comment.about) && inside(&comment.remark)));
    Ok(())
}

/// An archive of stored entries.
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

fn docx(body: &str) -> Document {
    read("a.docx", &stored(&[("word/document.xml", body.as_bytes())])).unwrap()
}

fn problem(document: &Document) -> &'static str {
    document.problems.first().map_or("", |problem| problem.kind)
}

#[test]
fn what_would_grow_without_bounds_is_refused() {
    let bomb = "<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><w:document><w:body><w:p>&b;</w:p></w:body></w:document>";
    assert_eq!(problem(&docx(bomb)), "entities-refused");
    assert_eq!(problem(&docx(&"<w:tbl><w:tr><w:tc>".repeat(5000))), "too-large");
    let mut packed = stored(&[("word/document.xml", b"x")]);
    let at = packed.windows(4).position(|four| four == b"PK\x01\x02").unwrap() + 24;
    packed[at..at + 4].copy_from_slice(&(64_u32 << 20).to_le_bytes());
    assert_eq!(problem(&read("a.docx", &packed).unwrap()), "too-large");
    let page = "<table><tr><td>".repeat(100_000);
    assert!(read("a.html", page.as_bytes()).unwrap().text.len() < 100);
    let deep = "> ".repeat(20_000) + "x\n" + &"- ".repeat(5_000);
    assert!(read("a.md", deep.as_bytes()).is_some());
}

#[test]
fn what_cannot_be_read_says_why() {
    assert_eq!(problem(&docx("<w:document><w:body><w:p>")), "not-whole");
    assert_eq!(problem(&docx("<w:document><w:body/></w:document>")), "no-text");
    assert_eq!(problem(&read("a.docx", b"PK\x03\x04cut").unwrap()), "not-whole");
    assert_eq!(problem(&read("a.pdf", b"%PDF-1.7\nnothing").unwrap()), "not-whole");
    assert_eq!(problem(&read("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1cut").unwrap()), "not-whole");
    assert_eq!(problem(&read("a.html", b"<html><script>x</script>").unwrap()), "no-text");
    assert_eq!(read("a.txt", b"\x00\x01\x02"), None);
    assert_eq!(read("a.json", b"{}"), None);
    assert_eq!(read("a.zip", &stored(&[("a", b"b")])), None);
}

#[test]
fn a_text_box_is_read_once() {
    let words = |name: &str| format!("<w:txbxContent><w:p><w:r><w:t>{name}</w:t></w:r></w:p></w:txbxContent>");
    let (new, old) = (words("Box"), words("Box"));
    let document = docx(&format!(
        "<w:document><w:body><w:p><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>{new}\
         </w:drawing></mc:Choice><mc:Fallback><w:pict>{old}</w:pict></mc:Fallback></mc:AlternateContent></w:r>\
         </w:p></w:body></w:document>"
    ));
    assert_eq!(document.text, "Before\nBox\n");
}

#[test]
fn what_was_inserted_and_deleted_again_is_in_neither_view() {
    let run = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let document = docx(&format!(
        "<w:document><w:body><w:p>{}<w:ins w:author='A'>{}<w:del w:author='B'>{}</w:del></w:ins></w:p></w:body></w:document>",
        run("a"),
        run("b"),
        run("c")
    ));
    let text = |view| document.view(view).text.trim().to_string();
    assert_eq!((text(View::Raw), text(View::Accepted), text(View::Rejected)), ("abc".into(), "ab".into(), "a".into()));
}

#[test]
fn cells_that_span_columns_push_the_next_aside() {
    let cell = |properties: &str, words: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>")
    };
    let inner = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("", "in"));
    let document = docx(&format!(
        "<w:document><w:body><w:tbl><w:tr>{}{}</w:tr><w:tr><w:tc>{inner}<w:p><w:r><w:t>rest</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
         <w:p><w:r><w:t>after</w:t></w:r></w:p></w:body></w:document>",
        cell("<w:gridSpan w:val='2'/>", "wide"),
        cell("", "next")
    ));
    let found: Vec<(&str, &Kind)> =
        document.blocks.iter().map(|block| (document.slice(&block.range), &block.kind)).collect();
    let kind = |table, row, column| Kind::Cell { table, row, column };
    let expected = [
        ("wide", kind(0, 0, 0)),
        ("next", kind(0, 0, 2)),
        ("in", kind(1, 0, 0)),
        ("rest", kind(0, 1, 0)),
        ("after", Kind::Paragraph),
    ];
    assert_eq!(found, expected.iter().map(|(words, kind)| (*words, kind)).collect::<Vec<_>>());
}

#[test]
fn slides_have_titles_bullets_and_notes() {
    let shape = |holder: &str, text: &str| {
        format!("<p:sp><p:nvSpPr><p:nvPr><p:ph type='{holder}'/></p:nvPr></p:nvSpPr><p:txBody>{text}</p:txBody></p:sp>")
    };
    let line = |level: u8, words: &str| format!("<a:p><a:pPr lvl='{level}'/><a:r><a:t>{words}</a:t></a:r></a:p>");
    let tree = |shapes: String| format!("<p:sld><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>");
    let slide = tree(shape("body", &(line(0, "one") + &line(1, "two"))) + &shape("title", &line(0, "Title")));
    let notes = tree(shape("sldNum", &line(0, "1")) + &shape("body", &line(0, "say this")));
    let bytes = stored(&[
        ("ppt/presentation.xml", b"<p xmlns:r='r'><sldIdLst><sldId id='256' r:id='a'/></sldIdLst></p>"),
        ("ppt/_rels/presentation.xml.rels", b"<r><x Id='a' Type='/slide' Target='slides/slide1.xml'/></r>"),
        ("ppt/slides/slide1.xml", slide.as_bytes()),
        ("ppt/slides/_rels/slide1.xml.rels", b"<r><x Id='a' Type='/notesSlide' Target='../notesSlides/n1.xml'/></r>"),
        ("ppt/notesSlides/n1.xml", notes.as_bytes()),
    ]);
    let document = read("a.pptx", &bytes).unwrap();
    assert_eq!((document.format, document.text.as_str()), (Format::Pptx, "Title\none\ntwo\nsay this\n"));
    let item = |depth| Kind::Item { depth, mark: "•".into() };
    let kinds: Vec<Kind> = document.blocks.iter().map(|block| block.kind.clone()).collect();
    assert_eq!(kinds, [Kind::Heading(1), item(1), item(2), Kind::Note]);
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pandoc").join(name)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ranges_are_sound(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "# ", "- ", "1. ", "| a | b |\n", "|---|---|\n", "**", "`", "[x](y)", "\n", "\n\n", "ü", "标", " ", "<p>", "<li>",
                "<ul>", "</ul>", "<table>", "<tr>", "<td rowspan=2>", "</table>", "<del>", "</del>", "<ins>", "&amp;", "<!--",
                "-->", "<script>", "700520", "2024Ham, 2016", "\tComment by A: b", "a)\t", "word", "---\n", "<h1>", "[^1]",
                "[^1]: note\n", "\\|", "<w:p>", "\r\n", "\t", "> ",
            ]),
            0..40,
        ),
    ) {
        let text = pieces.concat();
        for name in ["a.md", "a.html", "a.txt"] {
            let document = read(name, text.as_bytes()).unwrap();
            sound(&document)?;
            sound(&document.view(View::Accepted))?;
            sound(&document.view(View::Rejected))?;
            let _ = document::fused(&document);
        }
    }

    #[test]
    fn damaged_documents_are_sound(
        name in prop::sample::select(vec!["word.docx", "libreoffice.docx", "strict.docx"]),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = fixture(name);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if is_cut {
            bytes.truncate(at);
        }
        if let Some(document) = read(name, &bytes) {
            sound(&document)?;
            sound(&document.view(View::Accepted))?;
        }
    }
}
