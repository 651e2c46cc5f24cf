//! `read` and `score` as scripts see them, and a model that proposes: a true one, and ones that invent, babble, hang and
//! send too much.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]
#![allow(clippy::disallowed_methods, reason = "these tests run the program")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::JoinHandle;

use serde_json::{Value, json};

const TEXT: &str = "Report of the Made Workshop held in Geneva, 19 April 2024\n\n\
    The workshop was opened by Mr. Ada Example, Director General of ETSI.\n\n\
    Someone from Quillon Works asked for\na register of tests.\n";

fn rapporteur(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rapporteur")).current_dir(folder).args(args).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("report.txt"), TEXT).unwrap();
    folder
}

fn answer(folder: &Path) -> Value {
    serde_json::from_slice(&rapporteur(folder, &["read", "--json", "report.txt"]).stdout).unwrap()
}

/// Every quotation in `value` is what stands in the text at its bytes; returns their number.
fn n_quotes(value: &Value) -> usize {
    let own = value.get("bstart").and_then(Value::as_u64).map_or(0, |start| {
        let range = usize::try_from(start).unwrap()..usize::try_from(value["bend"].as_u64().unwrap()).unwrap();
        assert_eq!(&TEXT[range], value["quote"].as_str().unwrap());
        1
    });
    let below: usize = match value {
        Value::Object(fields) => fields.values().map(n_quotes).sum(),
        Value::Array(list) => list.iter().map(n_quotes).sum(),
        _ => 0,
    };
    own + below
}

#[test]
fn a_document_is_shown_with_what_is_read_from_it() {
    let folder = folder();
    let read = rapporteur(folder.path(), &["read", "report.txt"]);
    assert_eq!(code(&read), 0, "{}", err(&read));
    let shown = out(&read);
    assert!(shown.contains("opened by Mr. Ada Example"), "{shown}");
    assert!(shown.contains("──────────") && shown.contains(" person"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "colour only on a terminal");
    assert!(err(&read).contains("person"), "a sentence says how many: {}", err(&read));
    let only = out(&rapporteur(folder.path(), &["read", "--kind", "organisations", "report.txt"]));
    assert!(only.contains("organisation ETSI") && !only.contains(" person"), "{only}");
    assert!(n_quotes(&answer(folder.path())) >= 2, "every quotation slices back");
}

#[test]
fn the_standard_input_and_several_files_are_read() {
    let folder = folder();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["read", "--csv", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(TEXT.as_bytes()).unwrap();
    let read = child.wait_with_output().unwrap();
    assert_eq!(code(&read), 0);
    assert!(out(&read).starts_with("file,kind,entry,what,said,quote,start,end,rule,confidence\n"), "{}", out(&read));
    let several = rapporteur(folder.path(), &["read", "--json", "report.txt", "missing.txt", "report.txt"]);
    assert_eq!((code(&several), out(&several).lines().count()), (5, 2), "the others are still read");
}

#[test]
fn what_cannot_be_read_says_why() {
    let folder = folder();
    let w = folder.path();
    std::fs::write(w.join("bytes.bin"), b"\0\x01\x02\0").unwrap();
    std::fs::write(w.join("plain.txt"), "and so on").unwrap();
    assert_eq!(code(&rapporteur(w, &["read", "missing.txt"])), 5);
    assert_eq!(code(&rapporteur(w, &["read", "bytes.bin"])), 5);
    assert_eq!(code(&rapporteur(w, &["read", "plain.txt"])), 4, "nothing was read");
    assert_eq!(code(&rapporteur(w, &["read", "--kind", "people", "report.txt"])), 2);
    assert_eq!(code(&rapporteur(w, &["read", "--below", "2", "report.txt"])), 2);
}

#[test]
fn a_document_is_scored_against_its_key() {
    let folder = folder();
    let w = folder.path();
    let key = answer(w);
    std::fs::create_dir_all(w.join("keys")).unwrap();
    std::fs::write(w.join("keys/one.json"), key.to_string()).unwrap();
    let scored = rapporteur(w, &["--json", "score", "keys/one.json", "report.txt"]);
    assert_eq!(code(&scored), 0, "{}", err(&scored));
    let scored: Value = serde_json::from_slice(&scored.stdout).unwrap();
    for kind in scored[0]["kinds"].as_array().unwrap() {
        assert!(kind["f1"].is_null() || kind["f1"] == 1.0, "{kind}");
    }
    let mut less = key.clone();
    less["persons"] = json!([]);
    std::fs::write(w.join("less.json"), less.to_string()).unwrap();
    let missed = out(&rapporteur(w, &["score", "--misses", "keys/one.json", "less.json"]));
    assert!(missed.contains("persons: missed: Ada Example"), "{missed}");
}

#[test]
fn keys_of_a_folder_find_their_documents_and_a_total_is_made() {
    let folder = folder();
    let w = folder.path();
    let mut key = answer(w);
    for dir in ["keys", "documents"] {
        std::fs::create_dir_all(w.join(dir)).unwrap();
    }
    std::fs::write(w.join("keys/named.json"), key.to_string()).unwrap();
    key["doc"] = Value::Null;
    std::fs::write(w.join("keys/second.json"), key.to_string()).unwrap();
    std::fs::write(w.join("documents/report.txt"), TEXT).unwrap();
    std::fs::write(w.join("documents/second.txt"), TEXT).unwrap();
    let table = out(&rapporteur(w, &["--csv", "score", "keys", "documents"]));
    for name in ["report.txt,persons,1,1,1", "second.txt,persons,1,1,1", "total,persons,2,2,2"] {
        assert!(table.contains(name), "{name} in {table}");
    }
    std::fs::remove_file(w.join("documents/second.txt")).unwrap();
    assert_eq!(code(&rapporteur(w, &["score", "keys", "documents"])), 5, "a key without its document is told");
    std::fs::write(w.join("other.json"), "{}").unwrap();
    assert_eq!(code(&rapporteur(w, &["score", "other.json", "report.txt"])), 5, "no key");
}

/// How the false endpoint behaves.
enum Manner {
    /// Answers this.
    Says(String),
    /// Takes the question and never answers.
    Hangs,
    /// Sends more than anybody would read.
    Floods,
}

/// An endpoint on this machine that takes one question; its thread returns the question.
fn endpoint(manner: Manner) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1/chat/completions", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        let mut chunk = [0; 4096];
        while !is_whole(&asked) {
            let n = stream.read(&mut chunk).unwrap();
            asked.extend_from_slice(&chunk[..n]);
        }
        let head =
            |n: usize| format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {n}\r\n\r\n");
        match manner {
            Manner::Says(body) => stream.write_all((head(body.len()) + &body).as_bytes()).unwrap(),
            // Until the other side gives up.
            Manner::Hangs => while stream.read(&mut chunk).is_ok_and(|n| n > 0) {},
            Manner::Floods => {
                stream.write_all(head(64 << 20).as_bytes()).unwrap();
                while stream.write_all(&[b' '; 4096]).is_ok() {}
            }
        }
        String::from_utf8(asked).unwrap()
    });
    (url, thread)
}

/// True once head and body of a request are there.
fn is_whole(asked: &[u8]) -> bool {
    let text = String::from_utf8_lossy(asked);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(String::from));
    length.is_some_and(|length| body.len() >= length.trim().parse::<usize>().unwrap())
}

fn said(candidates: &Value) -> String {
    let content = json!({ "candidates": candidates }).to_string();
    json!({ "choices": [{ "message": { "role": "assistant", "content": content } }] }).to_string()
}

/// A workspace with a document whose settings name an endpoint.
fn asked(manner: Manner, more: &str, args: &[&str]) -> (Output, JoinHandle<String>) {
    let folder = folder();
    let w = folder.path().join("w");
    assert_eq!(code(&rapporteur(folder.path(), &["init", "w"])), 0);
    let (url, thread) = endpoint(manner);
    let settings = format!("name = \"Made\"\n{more}\n[proposer]\nurl = \"{url}\"\nmodel = \"made-1\"\nseconds = 1\n");
    std::fs::write(w.join("rapporteur.toml"), settings).unwrap();
    let args: Vec<&str> = args.iter().copied().chain(["read", "--propose", "../report.txt"]).collect();
    (rapporteur(&w, &args), thread)
}

#[test]
fn a_proposal_counts_with_its_words_and_waits_for_review() {
    let candidates = json!([
        { "kind": "organisations", "quote": "Quillon  Works", "fields": { "name": "Quillon Works" } },
        { "kind": "action_items", "quote": "asked for a register of tests", "fields": { "owner": "Quillon Works" } },
        { "kind": "persons", "quote": "Eve Invented", "fields": { "name": "Eve Invented" } },
        { "kind": "secrets", "quote": "Geneva", "fields": {} },
        { "quote": 7 },
    ]);
    let (read, thread) = asked(Manner::Says(said(&candidates)), "", &["--json"]);
    assert_eq!(code(&read), 0, "{}", err(&read));
    let answer: Value = serde_json::from_slice(&read.stdout).unwrap();
    let proposed = answer["proposed"].as_array().unwrap();
    assert_eq!(proposed.len(), 2, "{proposed:?}");
    assert_eq!(proposed[1]["evidence"]["quote"], "asked for\na register of tests", "the words as they stand");
    assert!(proposed.iter().all(|one| one["evidence"]["rule"] == "proposed" && one["evidence"]["confidence"] == 0.5));
    assert!(n_quotes(&answer["proposed"]) == 2);
    assert!(!answer.to_string().contains("Eve"), "what was made up is nowhere");
    assert!(err(&read).contains("3 have no words in the document"), "{}", err(&read));
    assert!(
        err(&read).contains("Sending") && err(&read).contains("made-1"),
        "it is said that text leaves: {}",
        err(&read)
    );
    let question = thread.join().unwrap();
    assert!(question.contains("Quillon Works") && question.contains("made-1") && !question.contains("authorization"));
}

#[test]
fn proposals_are_shown_as_such() {
    let candidates = json!([{ "kind": "organisations", "quote": "Quillon Works", "fields": {} }]);
    let (read, _) = asked(Manner::Says(said(&candidates)), "", &[]);
    assert!(out(&read).contains("proposed organisation (0.50, for review)"), "{}", out(&read));
}

#[test]
fn a_model_that_fails_spoils_nothing() {
    let babble = json!({ "choices": [{ "message": { "content": "Certainly! Here is a poem." } }] }).to_string();
    for (manner, told) in [
        (Manner::Says(babble), "expected candidates in JSON"),
        (Manner::Says("<html>login</html>".into()), "expected candidates in JSON"),
        (Manner::Hangs, "expected an answer within 1 s"),
        (Manner::Floods, "expected an answer of at most 1048576 bytes"),
    ] {
        let (read, thread) = asked(manner, "", &[]);
        assert_eq!(code(&read), 5, "{}", err(&read));
        assert!(err(&read).contains(told), "{}", err(&read));
        assert!(out(&read).contains(" person"), "what the rules read is shown");
        thread.join().unwrap();
    }
}

#[test]
fn nothing_is_sent_without_settings_or_of_hidden_persons() {
    let folder = folder();
    assert_eq!(code(&rapporteur(folder.path(), &["init", "w"])), 0);
    let w = folder.path().join("w");
    let read = rapporteur(&w, &["read", "--propose", "../report.txt"]);
    assert_eq!(code(&read), 1, "no model is named");
    assert!(!err(&read).contains("Sending"));
    let settings = "name = \"Made\"\n[proposer]\nurl = \"http://127.0.0.1:9/\"\nmodel = \"made-1\"\n\
        [[source]]\nname = \"secret\"\npath = \"..\"\npersons = \"hidden\"\n";
    std::fs::write(w.join("rapporteur.toml"), settings).unwrap();
    let read = rapporteur(&w, &["read", "--propose", "../report.txt"]);
    assert_eq!(code(&read), 6, "{}", err(&read));
    assert!(!err(&read).contains("Sending"), "{}", err(&read));
    assert_eq!(code(&rapporteur(&w, &["read", "../report.txt"])), 0, "reading at home is free");
}
