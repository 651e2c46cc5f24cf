//! Other people's files: their changes, remarks, lists, notes and tables are kept.

use drafting::docx::{Made, read, written};
use drafting::{Change, Marked, Style};

use crate::common::by;
use crate::package::word;

const AUTHOR: &str = "w:author='A. Example' w:date='2024-01-01T00:00:00Z'";

fn marked(body: &str, parts: &[(&str, &str)]) -> Marked {
    let reading = read(&word(body, parts)).unwrap();
    assert_eq!(reading.problems, []);
    // What was read survives being written.
    assert_eq!(read(&written(&reading.marked, &Made::default())).unwrap().marked, reading.marked);
    reading.marked
}

fn r(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{text}</w:p>")
}

/// A paragraph of list 1 that was struck whole, or added whole.
fn item(text: &str, change: &str) -> String {
    let number = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>";
    match change {
        "" => p(number, &r(text)),
        "del" => p(
            &format!("{number}<w:rPr><w:del {AUTHOR}/></w:rPr>"),
            &format!("<w:del {AUTHOR}><w:r><w:delText>{text}</w:delText></w:r></w:del>"),
        ),
        _ => p(&format!("{number}<w:rPr><w:ins {AUTHOR}/></w:rPr>"), &format!("<w:ins {AUTHOR}>{}</w:ins>", r(text))),
    }
}

const NUMBERING: (&str, &str) = (
    "numbering",
    "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/>\
     <w:lvlText w:val='%1)'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>",
);

#[test]
fn a_struck_item_does_not_consume_a_letter() {
    let body = [item("one", ""), item("two", "del"), item("three", ""), item("new", "ins"), item("four", "")].concat();
    let marked = marked(&body, &[NUMBERING]);
    assert_eq!(marked.accepted(), "a)\tone\nb)\tthree\nc)\tnew\nd)\tfour\n");
    assert_eq!(marked.rejected(), "a)\tone\nb)\ttwo\nc)\tthree\nd)\tfour\n");
    // The letter that moved was struck and added by who struck the item before.
    let three = &marked.paragraphs[2].runs;
    assert_eq!((three[0].text.as_str(), &three[0].change), ("c)", &Change::Deleted(by(&[0]))));
    assert_eq!((three[1].text.as_str(), &three[1].change), ("b)", &Change::Inserted(by(&[0]))));
    assert_eq!(marked.paragraphs[0].style, Style::Item(1));
    assert_eq!(marked.authors, ["A. Example"]);
}

#[test]
fn moves_are_a_deletion_and_an_insertion() {
    let from = format!("<w:moveFrom {AUTHOR}><w:r><w:delText>moved</w:delText></w:r></w:moveFrom>");
    let to = format!("<w:moveTo {AUTHOR}>{}</w:moveTo>", r("moved"));
    let mark = |kind: &str| format!("<w:rPr><w:{kind} {AUTHOR}/></w:rPr>");
    let body = [p(&mark("moveFrom"), &from), p("", &r("stays")), p(&mark("moveTo"), &to), p("", &r("end"))].concat();
    let marked = marked(&body, &[]);
    assert_eq!((marked.accepted(), marked.rejected()), ("stays\nmoved\nend\n".into(), "moved\nstays\nend\n".into()));
}

#[test]
fn what_one_added_and_another_struck_is_withdrawn() {
    let del = "<w:del w:author='B'><w:r><w:delText>hot </w:delText></w:r></w:del>";
    let body = p("", &format!("<w:ins {AUTHOR}>{}{del}{}</w:ins>", r("very "), r("air")));
    let marked = marked(&body, &[]);
    assert_eq!((marked.accepted().as_str(), marked.rejected().as_str()), ("very air\n", "\n"));
    assert_eq!(marked.settled(|author| author == 0), "very hot air\n");
    assert_eq!(marked.paragraphs[0].runs[1].change, Change::Withdrawn { inserted: by(&[0]), deleted: by(&[1]) });
}

#[test]
fn a_comment_in_a_deletion_in_an_insertion_is_kept() {
    let inside = "<w:commentRangeStart w:id='7'/><w:r><w:delText>gone</w:delText></w:r><w:commentRangeEnd w:id='7'/>\
                  <w:r><w:commentReference w:id='7'/></w:r>";
    let body = p("", &format!("<w:ins {AUTHOR}>{}<w:del w:author='B'>{inside}</w:del></w:ins>", r("here ")));
    let comments = "<w:comments><w:comment w:id='7' w:author='C' w:date='2024-02-03T04:05:06Z'><w:p>\
                    <w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>Why?</w:t></w:r></w:p><w:p/></w:comment></w:comments>";
    let marked = marked(&body, &[("comments", comments)]);
    let about = &marked.paragraphs[0].runs[1];
    assert_eq!((about.text.as_str(), &about.remarks), ("gone", &by(&[0])));
    let remark = &marked.remarks[0];
    assert_eq!(
        (remark.author.as_str(), remark.date.as_deref(), remark.text.as_str()),
        ("C", Some("2024-02-03T04:05:06Z"), "Why?\n")
    );
}

#[test]
fn a_paragraph_of_insertions_only_does_not_vanish() {
    let body = [p("", &format!("<w:ins {AUTHOR}>{}</w:ins>", r("only added"))), p("", &r("end"))].concat();
    let marked = marked(&body, &[]);
    assert_eq!((marked.accepted(), marked.rejected()), ("only added\nend\n".into(), "\nend\n".into()));
}

#[test]
fn parted_and_joined_paragraphs_read_as_both_sides_saw_them() {
    let mark = |kind: &str| format!("<w:rPr><w:{kind} {AUTHOR}/></w:rPr>");
    let body = [p(&mark("ins"), &r("parted ")), p("", &r("here")), p(&mark("del"), &r("joined ")), p("", &r("there"))]
        .concat();
    let marked = marked(&body, &[]);
    assert_eq!(
        (marked.accepted(), marked.rejected()),
        ("parted \nhere\njoined there\n".into(), "parted here\njoined \nthere\n".into())
    );
}

#[test]
fn a_paragraph_added_as_word_does_it_came_whole() {
    // The key was pressed at the end of the first: its mark is the new one.
    let body = [
        p(&format!("<w:rPr><w:ins {AUTHOR}/></w:rPr>"), &r("one")),
        p("", &format!("<w:ins {AUTHOR}>{}</w:ins>", r("two"))),
        p("", &r("three")),
    ];
    let marked = marked(&body.concat(), &[]);
    assert!(marked.paragraphs[0].mark.is_kept());
    assert_eq!(marked.paragraphs[1].mark, Change::Inserted(by(&[0])));
    assert_eq!((marked.accepted(), marked.rejected()), ("one\ntwo\nthree\n".into(), "one\nthree\n".into()));
}

#[test]
fn notes_and_their_changes_are_kept() {
    let reference = "<w:r><w:footnoteReference w:id='5'/></w:r>";
    let body =
        [p("", &format!("{}<w:ins {AUTHOR}>{reference}</w:ins>", r("Word"))), p("", &r("[^1] is mere words"))].concat();
    let note = format!(
        "<w:footnotes><w:footnote w:id='5'>{}</w:footnote></w:footnotes>",
        p("", &format!("<w:r><w:footnoteRef/></w:r><w:ins {AUTHOR}>{}</w:ins>", r(" A note.")))
    );
    let marked = marked(&body, &[("footnotes", &note)]);
    assert_eq!(marked.accepted(), "Word[^2]\n[^1] is mere words\n[^2]: A note.\n");
    assert_eq!(marked.paragraphs[2].style, Style::Note);
    assert_eq!(marked.rejected(), "Word\n[^1] is mere words\n");
}

#[test]
fn tables_are_cells_and_struck_rows_are_struck() {
    let row = |properties: &str, texts: [&str; 2]| {
        let cells = texts.map(|text| format!("<w:tc>{}</w:tc>", p("", &r(text)))).concat();
        format!("<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>")
    };
    let struck = format!("<w:del {AUTHOR}/>");
    let body = format!("<w:tbl>{}{}</w:tbl>{}", row("", ["a", "b"]), row(&struck, ["c", "d"]), p("", &r("end")));
    let marked = marked(&body, &[]);
    assert_eq!((marked.accepted(), marked.rejected()), ("a\nb\nend\n".into(), "a\nb\nc\nd\nend\n".into()));
    assert_eq!(marked.paragraphs[3].style, Style::Cell { table: 0, row: 1, column: 1 });
}

#[test]
fn styles_of_itu_and_of_letters_are_known() {
    let styles = "<w:styles><w:style w:type='paragraph' w:styleId='X1'><w:name w:val='Res_title'/></w:style>\
                  <w:style w:type='paragraph' w:styleId='X2'><w:name w:val='mine'/><w:basedOn w:val='X3'/></w:style>\
                  <w:style w:type='paragraph' w:styleId='X3'><w:name w:val='enumlev2'/></w:style>\
                  <w:style w:type='character' w:styleId='E'><w:name w:val='Emphasis'/><w:rPr><w:i/></w:rPr></w:style></w:styles>";
    let style = |id: &str| format!("<w:pStyle w:val='{id}'/>");
    let italic = "<w:r><w:rPr><w:rStyle w:val='E'/></w:rPr><w:t>considering</w:t></w:r>";
    let body = [p(&style("X1"), &r("Title")), p(&style("Call"), italic), p(&style("X2"), &r("–"))].concat();
    let marked = marked(&body, &[("styles", styles)]);
    let kinds: Vec<Style> = marked.paragraphs.iter().map(|paragraph| paragraph.style).collect();
    assert_eq!(kinds, [Style::Heading(1), Style::Call, Style::Item(2)]);
    assert!(marked.paragraphs[1].runs[0].emphasis.is_italic);
}

#[test]
fn a_reviewer_named_with_a_plus_is_one_reviewer() {
    let marked = marked(&p("", &format!("<w:ins w:author='C102+C112'>{}</w:ins>", r("x"))), &[]);
    assert_eq!(marked.authors, ["C102+C112"]);
}
