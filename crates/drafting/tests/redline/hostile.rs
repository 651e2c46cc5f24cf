//! Hostile files: a clear refusal or the right answer, never a panic.

use drafting::docx::{Made, Reading, read, written};
use drafting::{Change, Marked};
use proptest::prelude::*;

use crate::common::{by, marked, paragraph, part, run};
use crate::package::{word, zipped};

/// What is said of a file that is refused: kind and words.
fn refused(file: &[u8]) -> (&'static str, String) {
    let problem = read(file).unwrap_err();
    assert!(!problem.hint.is_empty());
    (problem.kind, problem.what)
}

/// A file of which one part beside the text is bad, and what is said of it.
fn partly(file: &[u8]) -> (Marked, Vec<(&'static str, String)>) {
    let Reading { marked, problems } = read(file).unwrap();
    (marked, problems.into_iter().map(|problem| (problem.kind, problem.evidence.place)).collect())
}

fn text(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_unpacked() {
    let (kind, what) = refused(&zipped(&[("word/document.xml", &" ".repeat(50 << 20))]));
    assert_eq!(kind, "too-large");
    assert!(what.contains("word/document.xml"), "{what}");
}

#[test]
fn broken_xml_is_refused() {
    assert_eq!(refused(&word("<w:p><w:r></w:p>", &[])).0, "not-whole");
    assert_eq!(
        refused(&zipped(&[("word/document.xml", "<!DOCTYPE a [<!ENTITY x 'xx'>]><a>&x;</a>")])).0,
        "entities-refused"
    );
}

#[test]
fn missing_parts_are_told() {
    assert_eq!(refused(&zipped(&[("a", "b")])).0, "not-whole");
    assert_eq!(refused(b"PK\x03\x04").0, "not-whole");
    assert_eq!(refused(b"").0, "not-whole");
    let package = "<Relationships><Relationship Id='c' Type='x/comments' Target='comments.xml'/></Relationships>";
    let document = format!("<w:document><w:body>{}</w:body></w:document>", text("Words."));
    let file = zipped(&[("word/document.xml", &document), ("word/_rels/document.xml.rels", package)]);
    let (marked, problems) = partly(&file);
    assert_eq!((marked.accepted().as_str(), problems), ("Words.\n", vec![("not-whole", "comments".into())]));
}

#[test]
fn a_file_of_another_kind_is_told() {
    let package =
        "<Relationships><Relationship Id='d' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>";
    let (kind, what) = refused(&zipped(&[("_rels/.rels", package), ("xl/workbook.xml", "<workbook/>")]));
    assert_eq!((kind, what.contains("`workbook`")), ("not-word", true));
    // What the list of types says decides nothing.
    let document = format!("<w:document><w:body>{}</w:body></w:document>", text("Words."));
    let types = "<Types><Default Extension='xml' ContentType='image/png'/></Types>";
    let file = zipped(&[("[Content_Types].xml", types), ("word/document.xml", &document)]);
    assert_eq!(partly(&file).0.accepted(), "Words.\n");
}

#[test]
fn a_broken_part_costs_only_itself() {
    let (marked, problems) = partly(&word(&text("Words."), &[("comments", "<w:comments>"), ("styles", "no xml")]));
    assert_eq!(marked.accepted(), "Words.\n");
    let mut kinds: Vec<&str> = problems.iter().map(|(_, place)| place.as_str()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["comments", "styles"]);
}

#[test]
fn nested_revisions_of_one_kind_are_several_authors() {
    let body = "<w:p><w:ins w:author='A'><w:ins w:author='B'><w:r><w:t>x</w:t></w:r></w:ins></w:ins>\
                <w:del w:author='A'><w:del w:author='B'><w:ins w:author='C'><w:r><w:delText>y</w:delText></w:r></w:ins></w:del></w:del></w:p>";
    let (marked, problems) = partly(&word(body, &[]));
    assert_eq!(problems, []);
    assert_eq!(marked.paragraphs[0].runs[0].change, Change::Inserted(by(&[0, 1])));
    assert_eq!(marked.paragraphs[0].runs[1].change, Change::Withdrawn { inserted: by(&[2]), deleted: by(&[0, 1]) });
}

#[test]
fn what_is_too_deep_is_refused() {
    let deep = |n: usize| format!("<w:p>{}<w:r><w:t>x</w:t></w:r>{}</w:p>", "<w:ins>".repeat(n), "</w:ins>".repeat(n));
    assert_eq!(refused(&word(&deep(100_000), &[])).0, "too-large");
    assert_eq!(partly(&word(&deep(150), &[])).0.accepted(), "x\n");
    let tables = format!("{}{}{}", "<w:tbl><w:tr><w:tc>".repeat(60), text("x"), "</w:tc></w:tr></w:tbl>".repeat(60));
    assert_eq!(partly(&word(&tables, &[])).0.accepted(), "x\n");
}

#[test]
fn ids_that_are_used_twice_are_told_and_nothing_is_lost() {
    let about = |words: &str| {
        format!("<w:p><w:commentRangeStart w:id='1'/><w:r><w:t>{words}</w:t></w:r><w:commentRangeEnd w:id='1'/></w:p>")
    };
    let comment = |words: &str| format!("<w:comment w:id='1' w:author='C'>{}</w:comment>", text(words));
    let comments = format!("<w:comments>{}{}</w:comments>", comment("first"), comment("second"));
    let ins = "<w:ins w:id='1' w:author='A'><w:r><w:t>x</w:t></w:r></w:ins>";
    let body = format!("{}{}{}<w:p>{ins}{ins}</w:p>", about("one"), text("between"), about("two"));
    let (marked, problems) = partly(&word(&body, &[("comments", &comments)]));
    assert_eq!(problems, [("not-whole", "remarks".into())]);
    assert_eq!((marked.remarks.len(), marked.remarks[1].text.as_str()), (2, "second"));
    assert_eq!(marked.accepted(), "one\nbetween\ntwo\nxx\n");
    let of_first: Vec<&str> = marked
        .paragraphs
        .iter()
        .flat_map(|it| &it.runs)
        .filter(|run| run.remarks.contains(&0))
        .map(|run| run.text.as_str())
        .collect();
    assert_eq!(of_first, ["one"]);
    let notes = format!(
        "<w:footnotes><w:footnote w:id='1'>{}</w:footnote><w:footnote w:id='1'>{}</w:footnote></w:footnotes>",
        text("a"),
        text("b")
    );
    let twice = "<w:p><w:r><w:footnoteReference w:id='1'/><w:footnoteReference w:id='1'/></w:r></w:p>";
    assert_eq!(partly(&word(twice, &[("footnotes", &notes)])).0.accepted(), "[^1][^1]\n[^1]: b\n");
}

#[test]
fn more_remarks_and_marks_than_anybody_makes_are_bounded() {
    let n = 20_000;
    let comments: String = (0..n).map(|id| format!("<w:comment w:id='{id}'/>")).collect();
    let starts: String = (0..n).map(|id| format!("<w:commentRangeStart w:id='{id}'/>")).collect();
    let words = "<w:r><w:t>x</w:t></w:r><w:r><w:tab/></w:r>".repeat(n);
    let file =
        word(&format!("<w:p>{starts}{words}</w:p>"), &[("comments", &format!("<w:comments>{comments}</w:comments>"))]);
    let (marked, problems) = partly(&file);
    assert_eq!(problems.len(), 2);
    assert_eq!((marked.remarks.len(), marked.accepted().len()), (10_000, 2 * n + 1));
    // Marks that pass on from paragraph to paragraph take no more time than there are paragraphs.
    let added = "<w:p><w:pPr><w:rPr><w:ins w:author='A'/></w:rPr></w:pPr></w:p>".repeat(10 * n);
    assert_eq!(partly(&word(&added, &[])).0.rejected(), "");
}

#[test]
fn words_that_only_look_like_markup_are_words() {
    let words = "]]> <w:t>&amp; \u{202e}\u{0}\"'";
    let file = written(
        &marked(vec![paragraph(vec![run(words, Change::Kept)], Change::Kept)]),
        &Made { title: "<&>", date: Some("<&>") },
    );
    assert_eq!(read(&file).unwrap().marked.accepted(), format!("{}\n", words.replace('\0', "\u{fffd}")));
    assert!(part(&file, "docProps/core.xml").contains("<dc:title>&lt;&amp;&gt;</dc:title>"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_body_breaks_it(parts in prop::collection::vec(prop::sample::select(BITS), 0..12)) {
        let mut body = String::new();
        for bit in &parts {
            body.push_str(bit);
        }
        for bit in parts.iter().rev() {
            let name = bit[1..].split([' ', '/', '>']).next().unwrap_or_default();
            if !bit.ends_with("/>") && !bit.contains("</") {
                body.push_str(&format!("</{name}>"));
            }
        }
        let comments = "<w:comments><w:comment w:id='1'/></w:comments>";
        let notes = "<w:footnotes><w:footnote w:id='1'><w:p/></w:footnote><w:footnote w:id='1'/></w:footnotes>";
        let _ = read(&word(&body, &[("comments", comments), ("footnotes", notes)]));
    }

    #[test]
    fn no_bytes_break_it(at in 0..4000_usize, byte in any::<u8>()) {
        let mut file = written(&marked(vec![paragraph(vec![run("x", Change::Inserted(by(&[0])))], Change::Kept)]), &Made::default());
        let at = at % file.len();
        file[at] = byte;
        let _ = read(&file);
    }
}

const BITS: &[&str] = &[
    "<w:p>",
    "<w:r>",
    "<w:t>x</w:t>",
    "<w:delText>y</w:delText>",
    "<w:ins w:author='A'>",
    "<w:del>",
    "<w:moveTo w:author='B'>",
    "<w:tbl>",
    "<w:tr>",
    "<w:tc>",
    "<w:pPr>",
    "<w:rPr>",
    "<w:ins/>",
    "<w:commentRangeStart w:id='1'/>",
    "<w:commentRangeEnd w:id='1'/>",
    "<w:commentReference w:id='1'/>",
    "<w:footnoteReference w:id='1'/>",
    "<w:fldChar w:fldCharType='begin'/>",
    "<w:txbxContent>",
    "<w:drawing>",
    "<w:gridSpan w:val='4294967295'/>",
    "<w:numId w:val='1'/>",
    "<w:sym w:char='ffffffff'/>",
    "<w:trPr>",
];
