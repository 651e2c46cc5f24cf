//! The golden documents of files with tracked changes. Blocks: `body` is the body of a Word document, further parts are named for
//! their kind; `marked` is what is read: `{+words}A` was added by A, `{-words}B` struck by B, `¶` ends a paragraph.

use std::path::PathBuf;

use dev::{Case, run_golden};
use drafting::docx::read;
use drafting::{Change, Marked};

use crate::package::word;

#[test]
fn golden() {
    run_golden(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/redline.md"), answer);
}

fn answer(case: &Case) -> Vec<(String, String)> {
    let Some(body) = case.block("body") else { return Vec::new() };
    let parts = ["comments", "footnotes", "numbering"].map(|kind| case.block(kind).map(|part| (kind, part)));
    let parts: Vec<(&str, &str)> = parts.into_iter().flatten().collect();
    let reading = read(&word(&body.replace('\n', ""), &parts)).unwrap();
    assert_eq!(reading.problems, []);
    vec![
        ("marked".into(), shown(&reading.marked)),
        ("accepted".into(), reading.marked.accepted()),
        ("rejected".into(), reading.marked.rejected()),
    ]
}

fn shown(marked: &Marked) -> String {
    let mut shown = String::new();
    for paragraph in &marked.paragraphs {
        for run in paragraph.runs.iter().filter(|run| !run.text.is_empty()) {
            let remarks: String =
                run.remarks.iter().map(|remark| format!("[{}]", marked.remarks[*remark].text)).collect();
            shown.push_str(&format!("{}{remarks}", changed(&run.text, &run.change, &marked.authors)));
        }
        shown.push_str(&format!("{}\n", changed("¶", &paragraph.mark, &marked.authors)));
    }
    shown
}

fn changed(text: &str, change: &Change, authors: &[String]) -> String {
    let names = |by: Vec<usize>| by.iter().map(|author| authors[*author].as_str()).collect::<Vec<_>>().join("+");
    let mut text = text.to_string();
    for (sign, by) in [('-', names(change.deleted().collect())), ('+', names(change.inserted().collect()))] {
        if !by.is_empty() {
            text = format!("{{{sign}{text}}}{by}");
        }
    }
    text
}
