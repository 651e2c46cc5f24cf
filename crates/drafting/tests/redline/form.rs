//! The form of a written file: what Word needs, and what was learnt from files that it refused or misread.

use std::collections::BTreeSet;

use drafting::docx::{Made, read, written};
use drafting::{Change, Emphasis, Marked, Paragraph, Remark, Run, Style};

use crate::common::{DATE, by, marked, paragraph, part, run};

fn document(paragraphs: Vec<Paragraph>) -> String {
    part(&file(&marked(paragraphs)), "word/document.xml")
}

fn file(marked: &Marked) -> Vec<u8> {
    written(marked, &Made { title: "", date: Some(DATE) })
}

/// The values of an attribute in the order of a part.
fn values<'a>(part: &'a str, element: &str, attribute: &str) -> Vec<&'a str> {
    let tags = part.split('<').filter(|tag| tag.split([' ', '/', '>']).next() == Some(element));
    let value = |tag: &'a str| tag.split_once(&format!(" {attribute}=\"")).and_then(|(_, rest)| rest.split('"').next());
    tags.filter_map(value).collect()
}

fn added() -> Change {
    Change::Inserted(by(&[0]))
}

fn struck() -> Change {
    Change::Deleted(by(&[1]))
}

#[test]
fn struck_words_are_no_words() {
    let xml = document(vec![paragraph(vec![run("old", struck()), run("new", added())], Change::Kept)]);
    assert!(xml.contains("<w:delText xml:space=\"preserve\">old</w:delText>"));
    assert!(xml.contains("<w:t xml:space=\"preserve\">new</w:t>"));
    assert_eq!((values(&xml, "w:del", "w:author"), values(&xml, "w:ins", "w:author")), (vec!["B"], vec!["A"]));
    assert_eq!(values(&xml, "w:ins", "w:date"), [DATE]);
}

#[test]
fn a_paragraph_that_came_whole_has_its_mark_changed() {
    let kept = || paragraph(vec![run("kept", Change::Kept)], Change::Kept);
    let xml = document(vec![kept(), paragraph(vec![run("new", added())], added()), kept()]);
    assert!(xml.contains("<w:p><w:pPr><w:rPr><w:ins w:id=\"1\""), "{xml}");
    assert_eq!(values(&xml, "w:ins", "w:id").len(), 2);
}

#[test]
fn the_last_mark_of_a_file_is_never_changed() {
    let kept = paragraph(vec![run("kept", Change::Kept)], Change::Kept);
    let text = marked(vec![kept, paragraph(vec![run("new", added())], added())]);
    let xml = part(&file(&text), "word/document.xml");
    // The mark before says it, as in Word, and is read as it was meant.
    let (first, second) = xml.split_once("</w:p>").unwrap();
    assert!(first.contains("<w:rPr><w:ins ") && !second.contains("<w:pPr>"), "{xml}");
    assert_eq!(read(&file(&text)).unwrap().marked, text);
}

#[test]
fn changes_have_an_id_each_and_remarks_their_own() {
    let mut text = marked(vec![paragraph(vec![run("a", added()), run("b", struck())], Change::Kept); 3]);
    text.remarks = vec![Remark { author: "Ann Example".into(), date: None, text: "Why?".into() }; 2];
    text.paragraphs[0].runs[0].remarks = by(&[0, 1]);
    let xml = part(&file(&text), "word/document.xml");
    let ids: Vec<&str> = [values(&xml, "w:ins", "w:id"), values(&xml, "w:del", "w:id")].concat();
    assert_eq!((ids.len(), ids.iter().collect::<BTreeSet<_>>().len()), (6, 6));
    for element in ["w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"] {
        assert_eq!(values(&xml, element, "w:id"), ["0", "1"], "{element}");
    }
    let comments = part(&file(&text), "word/comments.xml");
    assert_eq!(values(&comments, "w:comment", "w:initials"), ["AE", "AE"]);
}

#[test]
fn several_authors_are_one_reviewer_and_come_apart_again() {
    let text = marked(vec![paragraph(vec![run("x", Change::Inserted(by(&[0, 1])))], Change::Kept)]);
    let file = file(&text);
    assert_eq!(values(&part(&file, "word/document.xml"), "w:ins", "w:author"), ["A+B"]);
    assert_eq!(read(&file).unwrap().marked, text);
}

#[test]
fn the_mark_stands_last_in_the_properties() {
    let style = Style::Item(2);
    let item = Paragraph { style, ..paragraph(vec![run("a)\tx", added())], added()) };
    let xml = document(vec![item, paragraph(vec![run("y", Change::Kept)], Change::Kept)]);
    assert!(xml.contains("<w:pPr><w:pStyle w:val=\"enumlev2\"/><w:rPr><w:ins "), "{xml}");
    assert!(xml.contains("</w:rPr></w:pPr>"), "{xml}");
}

#[test]
fn a_label_is_followed_by_a_tab_and_hyphens_stay() {
    let xml = document(vec![paragraph(vec![run("a)\tITU\u{2011}T\nnext", Change::Kept)], Change::Kept)]);
    let words: String = xml.replace(" xml:space=\"preserve\"", "");
    assert!(
        words.contains("<w:t>a)</w:t><w:tab/><w:t>ITU</w:t><w:noBreakHyphen/><w:t>T</w:t><w:br/><w:t>next</w:t>"),
        "{xml}"
    );
}

#[test]
fn notes_are_footnotes_of_word() {
    let note = |text: &str| Paragraph { style: Style::Note, ..paragraph(vec![run(text, Change::Kept)], Change::Kept) };
    let text = marked(vec![
        paragraph(vec![run("countries[^7];", Change::Kept)], Change::Kept),
        note("[^7]: These."),
        note("[^8]: Nobody's."),
    ]);
    let file = file(&text);
    let (xml, notes) = (part(&file, "word/document.xml"), part(&file, "word/footnotes.xml"));
    assert_eq!(values(&xml, "w:footnoteReference", "w:id"), ["1"]);
    assert_eq!(values(&notes, "w:footnote", "w:id"), ["-1", "0", "1"]);
    assert!(notes.contains(">These.<") && xml.contains(">[^8]: Nobody&apos;s.<"), "{xml}");
    assert_eq!(read(&file).unwrap().marked.accepted(), "countries[^1];\n[^8]: Nobody's.\n[^1]: These.\n");
}

#[test]
fn calls_and_headings_have_the_styles_of_their_kind() {
    let of = |style| Paragraph { style, ..paragraph(vec![run("(x)", Change::Kept)], Change::Kept) };
    let all = [Style::Heading(1), Style::Reference, Style::Call, Style::Item(1), Style::Plain].map(of).to_vec();
    let file = file(&marked(all));
    let (xml, styles) = (part(&file, "word/document.xml"), part(&file, "word/styles.xml"));
    assert_eq!(values(&xml, "w:pStyle", "w:val"), ["Heading1", "Resref", "Call", "enumlev1"]);
    let known = values(&styles, "w:style", "w:styleId");
    assert!(values(&xml, "w:pStyle", "w:val").iter().all(|style| known.contains(style)));
    let call = styles.split("<w:style ").find(|style| style.contains("\"Call\"")).unwrap();
    assert!(call.contains("<w:i/>"));
}

#[test]
fn italic_comes_after_bold() {
    let emphasis = Emphasis { is_italic: true, is_bold: true };
    let xml = document(vec![paragraph(vec![Run { emphasis, ..run("x", Change::Kept) }], Change::Kept)]);
    assert!(xml.contains("<w:rPr><w:b/><w:i/></w:rPr>"));
}

#[test]
fn a_table_is_a_table_and_a_row_that_came_whole_is_marked() {
    let cell = |row, column, change: Change| Paragraph {
        style: Style::Cell { table: 0, row, column },
        ..paragraph(vec![run("x", change.clone())], change)
    };
    let text = marked(vec![cell(0, 0, Change::Kept), cell(0, 2, Change::Kept), cell(1, 1, added())]);
    let file = file(&text);
    let xml = part(&file, "word/document.xml");
    assert_eq!(
        (values(&xml, "w:gridSpan", "w:val"), values(&xml, "w:gridBefore", "w:val")),
        (vec!["2", "2"], vec!["1"])
    );
    assert!(xml.contains("<w:trPr><w:gridBefore w:val=\"1\"/><w:ins "), "{xml}");
    assert_eq!(read(&file).unwrap().marked, text);
}

#[test]
fn every_part_that_is_named_is_there() {
    let file = file(&Marked::default());
    let types = part(&file, "[Content_Types].xml");
    for path in values(&types, "Override", "PartName") {
        assert!(part(&file, &path[1..]).starts_with("<?xml"), "{path}");
    }
    let relations = part(&file, "word/_rels/document.xml.rels");
    for path in values(&relations, "Relationship", "Target") {
        assert!(part(&file, &format!("word/{path}")).starts_with("<?xml"), "{path}");
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file)).unwrap();
    for nth in 0..archive.len() {
        let entry = archive.by_index(nth).unwrap();
        assert_eq!(
            (entry.last_modified().unwrap().year(), entry.compression()),
            (1980, zip::CompressionMethod::Deflated)
        );
    }
}
