//! What the tests share: Resolution 68 as marked text, small marked texts, parts of packages.
#![expect(clippy::disallowed_methods, reason = "tests read files")]
#![expect(clippy::print_stdout, reason = "what is left out is said")]

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::PathBuf;
use std::process::Command;

use drafting::{Change, Emphasis, Marked, Paragraph, Remark, Run, Style};
use serde_json::Value;

pub const DATE: &str = "2024-10-15T09:00:00Z";

pub fn run(text: &str, change: Change) -> Run {
    Run { text: text.into(), change, ..Run::default() }
}

pub fn by(authors: &[usize]) -> BTreeSet<usize> {
    authors.iter().copied().collect()
}

pub fn paragraph(runs: Vec<Run>, mark: Change) -> Paragraph {
    Paragraph { runs, mark, ..Paragraph::default() }
}

/// A marked text of A and B.
pub fn marked(paragraphs: Vec<Paragraph>) -> Marked {
    Marked { authors: vec!["A".into(), "B".into()], paragraphs, remarks: Vec::new() }
}

/// The folder of the gold data.
pub fn gold() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/gold/resolution-68"))
}

/// Resolution 68 with all its changes as the gold data has them; `None` where the data is not here. Who proposed what is a
/// guess of ours in many rows, and the two contributions stand for those that the gold data names.
pub fn resolution_68() -> Option<Marked> {
    let gold: Value = serde_json::from_str(&std::fs::read_to_string(gold().join("clauses.json")).ok()?).unwrap();
    let authors = ["C102", "C112", "Editor"].map(String::from).to_vec();
    let (mut paragraphs, mut anchors) = (Vec::new(), Vec::new());
    for row in gold["clauses"].as_array().unwrap() {
        let authors = authors_of(row);
        anchors.push(row["id"].as_str().unwrap().to_string());
        paragraphs.push(paragraph_of(row, &authors));
    }
    let mut remarks = Vec::new();
    for comment in gold["comments"].as_array().unwrap() {
        let at = anchors.iter().position(|anchor| comment["anchor"] == anchor.as_str()).unwrap();
        for run in &mut paragraphs[at].runs {
            run.remarks.insert(remarks.len());
        }
        let text = comment["text"].as_str().unwrap().into();
        remarks.push(Remark { author: comment["author"].as_str().unwrap().into(), date: Some(DATE.into()), text });
    }
    let note = "[^1]: These include the least developed countries, small island developing states, landlocked developing \
                countries and countries with economies in transition.";
    paragraphs.push(Paragraph { style: Style::Note, ..paragraph(vec![run(note, Change::Kept)], Change::Kept) });
    Some(Marked { authors, paragraphs, remarks })
}

fn authors_of(row: &Value) -> BTreeSet<usize> {
    let sources = row["provenance"].as_array().unwrap().iter().map(|it| it["source"].as_str().unwrap());
    let authors = sources.flat_map(|source| match source {
        "C102" => vec![0],
        "C112" => vec![1],
        "C102+C112" => vec![0, 1],
        _ => vec![2],
    });
    authors.collect()
}

fn paragraph_of(row: &Value, authors: &BTreeSet<usize>) -> Paragraph {
    let change = |sign: &str| match sign {
        "+" => Change::Inserted(authors.clone()),
        "-" => Change::Deleted(authors.clone()),
        _ => Change::Kept,
    };
    let is_call = row["kind"] == "call";
    let runs: Vec<Run> = row["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| Run {
            emphasis: Emphasis { is_italic: is_call, is_bold: false },
            ..run(it[1].as_str().unwrap(), change(it[0].as_str().unwrap()))
        })
        .collect();
    let is_all = |sign: &str| row["runs"].as_array().unwrap().iter().all(|it| it[0] == sign);
    let mark = if is_all("+") {
        change("+")
    } else if is_all("-") {
        change("-")
    } else {
        Change::Kept
    };
    let is_labelled = runs.iter().map(|run| run.text.as_str()).collect::<String>().contains('\t');
    let style = match row["kind"].as_str().unwrap() {
        "resno" | "restitle" => Style::Heading(1),
        "resref" | "enacting" => Style::Reference,
        "call" => Style::Call,
        "clause" if is_labelled => Style::Item(1),
        "clause" => Style::Item(2),
        _ => Style::Plain,
    };
    Paragraph { style, runs, mark }
}

/// One part of a package.
pub fn part(file: &[u8], path: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(path).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// True where a program is installed; says so where it is not.
pub fn is_here(program: &str) -> bool {
    let is_here = Command::new(program).arg("--version").output().is_ok();
    if !is_here {
        println!("skipped: {program} is not installed");
    }
    is_here
}
