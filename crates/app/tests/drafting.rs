//! Merging and crediting on the command line, on small texts.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]
#![allow(clippy::disallowed_methods, reason = "these tests run programs")]

use std::path::Path;
use std::process::{Command, Output};

const BASE: &str = "resolves\n1\tto bring the needs of countries;\n2\tto report yearly.\n";
const C1: &str = "resolves\n1\tto address the needs of countries;\n2\tto report yearly.\n";
const C2: &str = "resolves\n1\tto gather the needs of countries;\n2\tto report yearly;\n3\tto go on.\n";

fn rapporteur(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rapporteur")).current_dir(folder).args(args).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn texts() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("base.txt", BASE), ("C1.txt", C1), ("C2.txt", C2)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn a_conflict_is_listed_decided_and_told_in_the_note() {
    let folder = texts();
    let at = folder.path();
    let files = ["base.txt", "C1.txt", "C2.txt"];
    let listed = rapporteur(at, &[&["--json", "merge", "conflicts"], &files[..]].concat());
    let conflicts: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!((conflicts.as_array().unwrap().len(), &conflicts[0]["kind"]), (1, &serde_json::json!("edit_edit")));
    assert_eq!(conflicts[0]["place"], "resolves/1");
    let open = out(&rapporteur(at, &[&["merge"], &files[..]].concat()));
    assert!(open.contains("[C1: ") && open.contains("[C2: ") && open.contains("3\tto go on."), "{open}");

    let decision = serde_json::json!([{
        "conflict": conflicts[0]["id"], "choice": {"take": "C1"}, "reason": "clearer", "author": "A. Example",
        "time": "2031-05-04", "editorial": false,
    }]);
    std::fs::write(at.join("decisions.json"), decision.to_string()).unwrap();
    let decided = ["--decisions", "decisions.json"];
    let merged = rapporteur(at, &[&["merge"], &files[..], &decided, &["--note", "note.md"]].concat());
    assert_eq!(out(&merged), "resolves\n1\tto address the needs of countries;\n2\tto report yearly;\n3\tto go on.\n");
    let note = std::fs::read_to_string(at.join("note.md")).unwrap();
    assert!(note.contains("There is one non-editorial change") && note.contains("because clearer"), "{note}");
    let checked = rapporteur(at, &[&["merge", "check"], &files[..], &decided, &["--note", "note.md"]].concat());
    assert!(checked.status.success(), "{}{}", out(&checked), String::from_utf8_lossy(&checked.stderr));
    std::fs::write(at.join("note.md"), "There are no non-editorial changes.").unwrap();
    let wrong = rapporteur(at, &[&["merge", "check"], &files[..], &decided, &["--note", "note.md"]].concat());
    assert!(!wrong.status.success() && out(&wrong).contains("broken"), "{}", out(&wrong));
}

#[test]
fn every_form_is_written_and_what_is_none_is_refused() {
    let folder = texts();
    let at = folder.path();
    let outs = ["-o", "m.docx", "-o", "m.html", "-o", "m.xml", "-o", "m.csv", "-o", "m.json", "-o", "m.txt"];
    let files = ["base.txt", "C1.txt", "ours=C2.txt"];
    assert!(rapporteur(at, &[&["merge"], &files[..], &outs].concat()).status.success());
    let starts = |name: &str| String::from_utf8_lossy(&std::fs::read(at.join(name)).unwrap()[..40]).into_owned();
    assert!(starts("m.docx").starts_with("PK"));
    assert!(starts("m.html").to_lowercase().starts_with("<!doctype html>"));
    assert!(std::fs::read_to_string(at.join("m.xml")).unwrap().contains("<akomaNtoso"));
    assert!(std::fs::read_to_string(at.join("m.csv")).unwrap().lines().count() >= 4);
    let rows: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(at.join("m.json")).unwrap()).unwrap();
    assert!(rows.as_array().unwrap().iter().any(|row| row["authors"] == "ours"), "{rows}");
    let same = rapporteur(at, &[&["merge", "check"], &files[..], &["--merged", "m.docx"]].concat());
    assert!(same.status.success(), "{}", out(&same));
    let refused = rapporteur(at, &[&["merge"], &files[..], &["-o", "m.pdf"]].concat());
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains(".docx"));
    let twice = rapporteur(at, &["merge", "base.txt", "C1.txt", "C1=C2.txt"]);
    assert!(!twice.status.success() && String::from_utf8_lossy(&twice.stderr).contains("twice"));
}

/// Makes a repository of a folder, or goes on with it, and commits a file.
fn committed(at: &Path, file: &str) {
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=A. Example", "-c", "user.email=a@acme.example", "-c", "commit.gpgsign=false"];
        let ran = Command::new("git").arg("-C").arg(at).args(identity).args(args).output().unwrap();
        assert!(ran.status.success(), "{args:?}");
    };
    git(&["init", "-q"]);
    git(&["add", file]);
    git(&["commit", "-qm", "one"]);
}

#[test]
fn kept_credit_is_counted_by_indicators_and_replaced_when_kept_again() {
    let folder = texts();
    let at = folder.path();
    committed(at, "base.txt");
    assert!(rapporteur(at, &["init", "w"]).status.success());
    let keep = ["-w", "w", "credit", ".", "base.txt", "--keep", "lamps", "--body", "tc9"];
    assert!(rapporteur(at, &keep).status.success());
    let measured = |indicator: &str| {
        let told = rapporteur(at, &["-w", "w", "--json", "measure", indicator]);
        serde_json::from_slice::<serde_json::Value>(&told.stdout).unwrap_or_else(|_| panic!("{told:?}"))
    };
    let words = measured("words_surviving");
    assert_eq!((&words[0]["organisation"], &words[0]["events"]), (&"acme-example".into(), &12.0.into()), "{words}");
    assert_eq!(measured("share_of_adopted_text")[0]["events"], 1.0);

    std::fs::write(at.join("base.txt"), BASE.replace("to report yearly", "to report to all members twice a year"))
        .unwrap();
    committed(at, "base.txt");
    assert!(rapporteur(at, &keep).status.success());
    assert_eq!(measured("words_surviving")[0]["events"], 17.0, "the new account takes the place of the old");
    assert_eq!(measured("share_of_adopted_text")[0]["events"], 1.0);
    assert_eq!(measured("survival_of_words")[0]["exposure"], 1.0, "versions of a few words are left out");

    let told = |args: &[&str]| {
        let ran = rapporteur(at, &[&["-w", "w", "credit"], args].concat());
        assert!(!ran.status.success());
        String::from_utf8_lossy(&ran.stderr).into_owned()
    };
    let persons = told(&["--by", "author", ".", "base.txt", "--keep", "lamps", "--body", "tc9"]);
    assert!(persons.contains("by domain"), "{persons}");
    let undated = ["texts", "base.txt", "C1.txt", "--adopted", "C2.txt", "--keep", "x", "--body", "tc9"];
    assert!(told(&undated).contains("the day on which the text was adopted"));
    assert!(told(&[".", "base.txt", "--keep", "../x", "--body", "tc9"]).contains("expected a name"));
}

#[test]
fn words_are_credited_from_files_and_from_a_repository() {
    let folder = texts();
    let at = folder.path();
    std::fs::write(
        at.join("adopted.txt"),
        "resolves\n1\tto address the needs of all countries;\n2\tto report yearly.\n",
    )
    .unwrap();
    let ran = rapporteur(
        at,
        &["--csv", "credit", "texts", "base.txt", "C1.txt", "--adopted", "adopted.txt", "--statements", "s"],
    );
    let table = out(&ran);
    assert!(table.lines().any(|line| line.starts_with("C1,")) && table.contains("\nbase,"), "{table}");
    assert!(std::fs::read_dir(at.join("s")).unwrap().count() >= 4);

    committed(at, "base.txt");
    let by_domain = out(&rapporteur(at, &["--csv", "credit", ".", "base.txt"]));
    assert!(
        by_domain.lines().nth(1).unwrap().starts_with("acme.example,1.0,") || by_domain.contains("acme.example,1,"),
        "{by_domain}"
    );
    let by_author = out(&rapporteur(at, &["--csv", "credit", "--by", "author", ".", "base.txt"]));
    assert!(by_author.contains("A. Example,"), "{by_author}");
    assert!(!rapporteur(at, &["credit", ".", "nothing.txt"]).status.success());
}

#[test]
fn a_draft_of_the_workspace_is_begun_once() {
    let folder = texts();
    let at = folder.path();
    assert!(rapporteur(at, &["init", "w"]).status.success());
    let w = at.join("w");
    let start = ["merge", "start", "lamp-posts", "../base.txt", "../C1.txt", "../C2.txt"];
    assert!(rapporteur(&w, &start).status.success());
    assert!(w.join("drafts/lamp-posts/contributions/C2.txt").exists());
    assert!(!rapporteur(&w, &start).status.success(), "a draft is not overwritten");
    assert!(!rapporteur(&w, &["merge", "start", "../out", "../base.txt", "../C1.txt"]).status.success());
}

#[test]
fn what_would_go_wrong_in_silence_is_refused() {
    let folder = texts();
    let at = folder.path();
    std::fs::write(at.join("empty.txt"), " \n").unwrap();
    let refused = |args: &[&str]| {
        let ran = rapporteur(at, args);
        assert!(!ran.status.success(), "{args:?}");
        String::from_utf8_lossy(&ran.stderr).into_owned()
    };
    assert!(refused(&["merge", "base.txt", "empty.txt"]).contains("expected the words of a contribution"));
    assert!(refused(&["merge", "base.txt", "base=C1.txt"]).contains("other than `base`"));
    assert!(refused(&["merge", "base.txt", "A] [B: x=C1.txt"]).contains("expected an id"));
    assert!(refused(&["merge", "base.txt", "C1.txt", "-o", "C1.txt"]).contains("found one of those that are merged"));
    assert!(
        refused(&["merge", "base.txt", "C1.txt", "-o", "good.docx", "-o", "bad.exe"]).contains("bad.exe")
            || !at.join("good.docx").exists()
    );
    assert!(!at.join("good.docx").exists(), "nothing is written before everything is made");

    assert!(rapporteur(at, &["init", "w"]).status.success());
    assert!(
        refused(&["-w", "w", "merge", "start", "lamps", "base.txt", "C1.txt", "A/B=C2.txt"])
            .contains("expected a name")
    );
    assert!(!at.join("w/drafts").exists() || std::fs::read_dir(at.join("w/drafts")).unwrap().count() == 0);
}

#[test]
fn ends_of_lines_and_symbols_are_no_words_of_a_text() {
    let folder = texts();
    let at = folder.path();
    std::fs::write(at.join("C1.txt"), format!("\u{feff}{}", C1.replace('\n', "\r\n"))).unwrap();
    let resolution = |symbol: &str, text: &str| format!("{symbol}RESOLUTION 9\nLamps\n{text}");
    std::fs::write(at.join("r.txt"), resolution("", BASE)).unwrap();
    std::fs::write(at.join("M.txt"), resolution("MOD\n", C2)).unwrap();
    for files in [["base.txt", "C1.txt"], ["r.txt", "M.txt"]] {
        let checked = rapporteur(at, &[&["merge", "check"], &files[..]].concat());
        assert!(checked.status.success(), "{files:?}: {}", out(&checked));
    }
    assert!(out(&rapporteur(at, &["merge", "base.txt", "C1.txt"])).starts_with("resolves\n1\tto address"));
}

#[test]
fn the_log_of_a_draft_replays_what_was_decided_and_taken_back() {
    let folder = texts();
    let at = folder.path();
    let listed = rapporteur(at, &["--json", "merge", "conflicts", "base.txt", "C1.txt", "C2.txt"]);
    let conflicts: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    let decided = |by: &str| {
        serde_json::json!({
            "drafting": 1, "conflict": conflicts[0]["id"], "choice": {"take": by}, "reason": "", "author": "A. Example",
            "time": "2031-05-04T10:00:00Z", "editorial": false,
        })
    };
    let back = serde_json::json!({"drafting": 1, "conflict": conflicts[0]["id"], "author": "A. Example", "time": "2031-05-04T10:02:00Z"});
    let merged = |lines: &[&serde_json::Value]| {
        let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        std::fs::write(at.join("decisions.jsonl"), lines.join("\n")).unwrap();
        let args = ["base.txt", "C1.txt", "C2.txt", "--decisions", "decisions.jsonl"];
        let checked = rapporteur(at, &[&["merge", "check"], &args[..]].concat());
        assert!(checked.status.success(), "{}", out(&checked));
        out(&rapporteur(at, &[&["merge"], &args[..]].concat()))
    };
    let (one, two) = (decided("C1"), decided("C2"));
    assert!(merged(&[&one]).contains("to address the needs"));
    assert!(merged(&[&one, &two]).contains("to gather the needs"), "to change one's mind is no fault");
    assert!(merged(&[&one, &two, &back]).contains("to address the needs"), "the decision before stands again");
    assert!(merged(&[&one, &back]).contains("[C2: to gather the needs"), "the conflict is open again");
}

#[test]
fn remarks_and_tracked_changes_of_a_contribution_stay_in_the_margin() {
    let folder = texts();
    let at = folder.path();
    assert!(rapporteur(at, &["merge", "base.txt", "C1.txt", "C2.txt", "-o", "m.docx"]).status.success());
    assert!(rapporteur(at, &["merge", "base.txt", "m=m.docx", "-o", "n.docx"]).status.success());
    let read = |name: &str| drafting::docx::read(&std::fs::read(at.join(name)).unwrap()).unwrap().marked;
    let (before, after) = (read("m.docx"), read("n.docx"));
    assert!(!before.remarks.is_empty());
    for remark in &before.remarks {
        let is_kept = |own: &drafting::Remark| own.author.contains("(m)") && own.text.contains(remark.text.trim());
        assert!(after.remarks.iter().any(is_kept), "{remark:?} in {:?}", after.remarks);
    }
    assert!(after.remarks.iter().any(|own| own.text == "Changed in m by C2."), "{:?}", after.remarks);
}
