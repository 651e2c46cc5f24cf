//! Side by side: what a reader sees, and what a reader of screens hears.

use drafting::html::side_by_side;
use drafting::{Change, Marked, Paragraph, Remark, Style};
use proptest::prelude::*;

use crate::common::{DATE, by, marked, paragraph, run};
use crate::laws::any_marked;

/// The cells of a row, by its position.
fn cells(page: &str, row: usize) -> Vec<String> {
    let row = page.split("<tr class=").nth(row + 1).unwrap();
    row.split("<td").skip(1).map(|cell| cell[cell.find('>').unwrap() + 1..cell.find("</td>").unwrap()].into()).collect()
}

#[test]
fn a_change_has_its_authors_for_the_eye_and_for_the_ear() {
    let (kept, added, struck) = (Change::Kept, Change::Inserted(by(&[0, 1])), Change::Deleted(by(&[0, 1])));
    let mut text =
        marked(vec![paragraph(vec![run("to ", kept.clone()), run("bring", struck), run("<address>", added)], kept)]);
    text.remarks.push(Remark { author: "C".into(), date: Some(DATE.into()), text: "Why?".into() });
    text.paragraphs[0].runs[0].remarks = by(&[0]);
    let cells = cells(&side_by_side(&text), 0);
    assert_eq!(cells[0], "<p>to bring</p>");
    assert_eq!(
        cells[1],
        "<p>to <del class=\"by-1\" title=\"struck by A+B\"><span class=\"aside\">struck by A+B: </span>bring</del>\
         <ins class=\"by-1\" title=\"added by A+B\"><span class=\"aside\">added by A+B: </span>&lt;address&gt;</ins>\
         <sup class=\"by-1\" aria-hidden=\"true\">A+B</sup></p>"
    );
    assert_eq!(
        cells[2],
        "<p>struck by <span class=\"by-1\">A+B</span></p><p>added by <span class=\"by-1\">A+B</span></p>\
         <blockquote><p>Why?</p><footer>C, <time datetime=\"2024-10-15T09:00:00Z\">2024-10-15</time></footer></blockquote>"
    );
}

#[test]
fn a_paragraph_that_came_whole_has_no_base() {
    let added = Change::Inserted(by(&[1]));
    let parted = paragraph(vec![run("one", Change::Kept)], added.clone());
    let page = side_by_side(&marked(vec![
        paragraph(vec![run("new", added.clone())], added),
        parted,
        paragraph(vec![run("two", Change::Kept)], Change::Kept),
    ]));
    let new = cells(&page, 0);
    assert_eq!((new[0].as_str(), new[2].as_str()), ("<p></p>", "<p>all added by <span class=\"by-1\">B</span></p>"));
    // The end of a paragraph that was parted is shown.
    assert!(cells(&page, 1)[1].contains("</span>¶</ins>"));
    assert!(page.contains("<li><span class=\"by-1\">B</span>: 1 word added, 0 struck</li>"));
}

#[test]
fn notes_are_linked() {
    let note = Paragraph { style: Style::Note, ..paragraph(vec![run("[^x]: Here.", Change::Kept)], Change::Kept) };
    let page = side_by_side(&marked(vec![paragraph(vec![run("word[^x]; [^y]", Change::Kept)], Change::Kept), note]));
    assert_eq!(cells(&page, 0)[1], "<p>word<sup><a href=\"#note-1\">1</a></sup>; [^y]</p>");
    assert!(page.contains("<tbody id=\"note-1\">"));
}

proptest! {
    #[test]
    fn a_page_says_everything_and_fetches_nothing(text in any_marked()) {
        let page = side_by_side(&text);
        prop_assert_eq!(&page, &side_by_side(&text));
        prop_assert!(!page.contains("http") && !page.contains("<script") && !page.contains("url("));
        let n_rows = page.matches("<tr class=").count();
        prop_assert_eq!(n_rows, text.normal().paragraphs.len());
        prop_assert_eq!(page.matches("<td").count(), 3 * n_rows);
    }
}

#[test]
fn nobody_changed_anything_is_said() {
    assert!(side_by_side(&Marked::default()).contains("<p>Nobody changed anything.</p>"));
}
