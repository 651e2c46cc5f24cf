//! From documents of other kinds to marked texts.
#![expect(clippy::disallowed_methods, reason = "tests read files")]

use drafting::docx::{Made, read, written};
use drafting::{Change, Marked, Remark, Run, Style};

use crate::common::{by, gold, marked, paragraph, resolution_68, run};

fn of(name: &str, bytes: &[u8]) -> Marked {
    Marked::from_document(&document::read(&fact::Snapshot::new("1", name, bytes)).unwrap())
}

fn squeezed(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<String>());
    lines.filter(|line| !line.is_empty()).collect()
}

#[test]
fn a_web_page_is_paragraphs_items_and_cells() {
    let page = "<html><body><h2>Scope</h2><p>All of it.</p><ol><li>one</li><li>two</li></ol>\
                <table><tr><td>a</td><td>b</td></tr></table></body></html>";
    let marked = of("a.html", page.as_bytes());
    let styles: Vec<Style> = marked.paragraphs.iter().map(|paragraph| paragraph.style).collect();
    let cell = |column| Style::Cell { table: 0, row: 0, column };
    assert_eq!(styles, [Style::Heading(2), Style::Plain, Style::Item(1), Style::Item(1), cell(0), cell(1)]);
    assert_eq!(marked.accepted(), marked.rejected());
}

#[test]
fn plain_text_keeps_all_its_words() {
    let Ok(base) = std::fs::read(gold().join("base.txt")) else {
        return println!("skipped: the gold data is not here");
    };
    let marked = of("base.txt", &base);
    assert_eq!(squeezed(&marked.accepted()).concat(), squeezed(&String::from_utf8(base).unwrap()).concat());
}

#[test]
fn changes_and_remarks_of_a_document_are_kept() {
    let (added, struck) = (Change::Inserted(by(&[0])), Change::Deleted(by(&[1])));
    let mut text = marked(vec![
        paragraph(
            vec![run("to ", Change::Kept), run("bring", struck.clone()), run("address", added.clone())],
            Change::Kept,
        ),
        paragraph(vec![run("added", added.clone())], added),
        paragraph(vec![run("struck", struck.clone())], struck),
        paragraph(vec![run("end", Change::Kept)], Change::Kept),
    ]);
    text.remarks.push(Remark { author: "C".into(), date: None, text: "Why?".into() });
    text.paragraphs[0].runs[1].remarks = by(&[0]);
    let file = written(&text, &Made::default());
    assert_eq!(of("a.docx", &file), text);
}

#[test]
fn two_readers_of_one_file_agree() {
    let Some(text) = resolution_68() else { return println!("skipped: the gold data is not here") };
    let file = written(&text, &Made::default());
    let (ours, other) = (read(&file).unwrap().marked, of("a.docx", &file));
    // The other reader knows notes, but not which word refers to which.
    let without = |text: String| squeezed(&text.replace("[^1]: ", "").replace("[^1]", ""));
    assert_eq!(without(ours.accepted()), without(other.accepted()));
    assert_eq!(without(ours.rejected()), without(other.rejected()));
}

#[test]
fn emphasis_of_markdown_is_emphasis() {
    let marked = of("a.md", b"one **two** *three*\n");
    let set: Vec<(&str, bool, bool)> = marked.paragraphs[0]
        .runs
        .iter()
        .map(|Run { text, emphasis, .. }| (text.as_str(), emphasis.is_bold, emphasis.is_italic))
        .collect();
    assert_eq!(set, [("one ", false, false), ("two", true, false), (" ", false, false), ("three", false, true)]);
}
