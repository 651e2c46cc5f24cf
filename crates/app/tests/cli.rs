//! The command line as scripts see it: exit codes, data on stdout, messages on stderr.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]
#![allow(clippy::disallowed_methods, reason = "these tests run the program")]

use std::path::Path;
use std::process::{Command, Output};

const LIST: &str = "<html><title>Document List for meeting MADE WG1#1, 2025-03-03..2025-03-07 - Ordered by Agenda Item</title>\n\
    <table><tr><td>AI</td><td>TD#</td><td>Type</td><td>Subject</td><td>Source</td><td>Comments</td><td>Result</td></tr>\n\
    <tr><td>1</td><td>M1-250001</td><td>CR</td><td>A</td><td>Acme, Borealis Ltd</td><td></td><td>Agreed</td></tr>\n\
    <tr><td>1</td><td>M1-250002</td><td>CR</td><td>B</td><td>Borealis</td><td></td><td>Noted</td></tr></table></html>\n";

fn rapporteur(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rapporteur")).current_dir(folder).args(args).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_list_becomes_facts_an_index_and_an_explanation() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("list.htm"), LIST).unwrap();
    assert_eq!(code(&rapporteur(at, &["init", "w"])), 0);
    let w = at.join("w");
    let added = rapporteur(&w, &["--json", "add", "../list.htm"]);
    let report: serde_json::Value = serde_json::from_slice(&added.stdout).unwrap();
    assert_eq!((code(&added), &report["facts"]["submitted"]), (0, &serde_json::json!(3)), "{}", out(&added));

    let facts = out(&rapporteur(&w, &["--json", "facts", "--act", "submitted", "--organisation", "borealis"]));
    let lines: Vec<serde_json::Value> = facts.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["affiliation"], "Borealis Ltd", "names stay as they were written");
    assert_eq!(lines[0]["object"]["id"], "M1-250001");
    let (start, end) = (lines[0]["evidence"]["start"].as_u64().unwrap(), lines[0]["evidence"]["end"].as_u64().unwrap());
    let place = &LIST[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()];
    assert!(place.starts_with("<tr>") && place.contains("M1-250001"), "{place}");

    let index = out(&rapporteur(&w, &["--csv", "index", "--body", "made"]));
    assert_eq!(index.lines().count(), 3, "{index}");
    let behind = out(&rapporteur(&w, &["--csv", "explain", "borealis", "documents_contributed"]));
    let credits: Vec<&str> = behind.lines().skip(1).map(|line| line.split(',').nth(5).unwrap()).collect();
    assert_eq!(credits, ["0.5", "1"]);
    assert!(out(&rapporteur(&w, &["verify"])).starts_with("1 snapshots"));
}

#[test]
fn a_decision_counts_from_the_next_command_on() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("list.htm"), LIST).unwrap();
    let w = folder.path().join("w");
    rapporteur(folder.path(), &["init", "w"]);
    rapporteur(&w, &["add", "../list.htm"]);
    assert_eq!(code(&rapporteur(&w, &["decide", "Borealis", "Acme", "--source", "letter of 2025-04-01"])), 0);
    let index = out(&rapporteur(&w, &["--csv", "index"]));
    assert_eq!(index.lines().count(), 2, "one organisation is left: {index}");
    rapporteur(&w, &["decide", "Borealis", "Borealis", "--source", "taken back"]);
    assert_eq!(out(&rapporteur(&w, &["--csv", "index"])).lines().count(), 3);
}

#[test]
fn every_documented_exit_code_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    assert_eq!(code(&rapporteur(at, &["sources"])), 1, "no workspace: somebody has to set it up");
    assert_eq!(code(&rapporteur(at, &["init", "w"])), 0);
    assert_eq!(code(&rapporteur(at, &["init", "w"])), 2, "there is one already");
    let w = at.join("w");
    assert_eq!(code(&rapporteur(&w, &["no-such-command"])), 2);
    assert_eq!(code(&rapporteur(&w, &["sources"])), 4);
    assert_eq!(code(&rapporteur(&w, &["add", "../missing.htm"])), 5);
    std::fs::write(at.join("notes.xyz"), "nothing that an adapter reads").unwrap();
    let added = rapporteur(&w, &["--json", "add", "../notes.xyz"]);
    assert_eq!(code(&added), 3, "a problem that was not allowed");
    let error: serde_json::Value = serde_json::from_slice(&added.stderr).unwrap();
    assert_eq!(error["code"], 3);
    assert_eq!(code(&rapporteur(&w, &["add", "--allow-problems", "100%", "../notes.xyz"])), 0);
    let problems = rapporteur(&w, &["--csv", "problems"]);
    assert!(out(&problems).contains("not-recognised"), "{}", out(&problems));
}

#[test]
fn an_export_holds_every_table_and_says_how_to_cite_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("list.htm"), LIST).unwrap();
    let w = folder.path().join("w");
    rapporteur(folder.path(), &["init", "w"]);
    rapporteur(&w, &["add", "../list.htm"]);
    let exported = rapporteur(&w, &["export", "../out"]);
    assert_eq!(code(&exported), 0, "{}", String::from_utf8_lossy(&exported.stderr));
    let lines = |name: &str| std::fs::read_to_string(folder.path().join("out").join(name)).unwrap().lines().count();
    assert_eq!(lines("fact.csv"), 1 + 5);
    assert_eq!(lines("index.csv"), 1 + 4, "two organisations, one year and all years");
    assert!(std::fs::read_to_string(folder.path().join("out/README.md")).unwrap().contains("Cite:"));
    assert_eq!(code(&rapporteur(&w, &["export", "../out", "--format", "jsonl"])), 0);
    assert_eq!(lines("fact.jsonl"), 5);
}
