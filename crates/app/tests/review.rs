//! Review as reviewers meet it: on the command line, from a pipe, and across later readings of the same source.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]
#![allow(clippy::disallowed_methods, reason = "these tests run the program and make files")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const HEAD: &str = "record = 1\n[source]\ntitle = \"Made-up report\"\npublisher = \"MADE\"\n";

fn agreement(title: &str, parties: &str, confidence: f64) -> String {
    format!(
        "\n[[agreement]]\ncite = \"{title}\"\nact = \"signed\"\ntitle = \"{title}\"\nparties = [{parties}]\nconfidence = {confidence}\n"
    )
}

fn rapporteur(workspace: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rapporteur")).current_dir(workspace).args(args).output().unwrap()
}

/// Runs a command that must end well, and returns what it printed.
fn done(workspace: &Path, args: &[&str]) -> String {
    let output = rapporteur(workspace, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn code(workspace: &Path, args: &[&str]) -> i32 {
    rapporteur(workspace, args).status.code().unwrap()
}

/// A workspace with one declared record: `Acme` signs three times with doubt, `Cedar` once plainly.
fn workspace(folder: &Path) -> PathBuf {
    let w = folder.join("w");
    done(folder, &["--quiet", "init", "w"]);
    let settings =
        "name = \"Test\"\n[review]\nname = \"A. Example\"\n[[source]]\nname = \"report\"\npath = \"../report\"\n";
    std::fs::write(w.join("rapporteur.toml"), settings).unwrap();
    std::fs::create_dir_all(folder.join("report")).unwrap();
    let acme = ["one", "two", "three"].map(|title| agreement(title, "\"Acme\"", 0.6)).concat();
    let text = format!("{HEAD}{acme}{}{}", agreement("four", "\"Borealis\"", 0.7), agreement("five", "\"Cedar\"", 1.0));
    std::fs::write(folder.join("report/a.toml"), text).unwrap();
    done(&w, &["--quiet", "sync"]);
    w
}

fn objects(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

/// Ids of what waits, in the order of the queue.
fn waiting(w: &Path) -> Vec<String> {
    let output = rapporteur(w, &["--quiet", "--json", "review"]);
    if output.status.code() == Some(4) {
        return Vec::new();
    }
    let rows = objects(&String::from_utf8(output.stdout).unwrap());
    rows.iter().map(|row| row["id"].as_str().unwrap().into()).collect()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Who signed what, of that which counts.
fn signed(w: &Path) -> Vec<String> {
    let output = rapporteur(w, &["--quiet", "--json", "facts", "--act", "signed"]);
    let told = |fact: &Value| {
        format!("{} {}", fact["affiliation"].as_str().unwrap_or("?"), fact["object"]["title"].as_str().unwrap())
    };
    let mut told: Vec<String> = lines(&String::from_utf8(output.stdout).unwrap()).iter().map(told).collect();
    told.sort();
    told
}

fn log(w: &Path) -> Vec<Value> {
    objects(&done(w, &["--json", "review", "log"]))
}

#[test]
fn a_candidate_counts_when_it_is_accepted_and_the_decision_is_a_fact() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    assert_eq!(signed(&w), ["Cedar five"]);
    let queue = waiting(&w);
    assert_eq!(queue.len(), 4, "first the three that are alike: 3 x 0.4 is more than 1 x 0.3");
    done(&w, &["review", "accept", &queue[0][..8]]);
    assert_eq!(signed(&w), ["Acme one", "Cedar five"]);
    assert_eq!(waiting(&w).len(), 3);
    let facts = lines(&done(&w, &["--json", "facts", "--act", "confirmed"]));
    assert_eq!(
        (&facts[0]["name"], &facts[0]["object"]["id"]),
        (&Value::from("A. Example"), &Value::from(queue[0].as_str()))
    );
    assert_eq!(
        facts[0]["evidence"]["source"],
        format!("reviews.jsonl 0..{}", facts[0]["evidence"]["end"].as_u64().unwrap() + 1)
    );
    let seen = lines(&done(&w, &["--json", "facts", "--candidates"]));
    let states: Vec<&str> = seen.iter().map(|fact| fact["review"]["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["accept", "waiting", "waiting", "waiting"]);
    assert!(done(&w, &["verify"]).contains("facts"));
}

#[test]
fn a_rejection_is_gone_from_what_counts_and_stays_visible_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let queue = waiting(&w);
    done(&w, &["review", "reject", &queue[3], "--reason", "only announced"]);
    let five = lines(&done(&w, &["--json", "facts", "--act", "signed"]))[0]["id"].as_str().unwrap().to_string();
    done(&w, &["review", "reject", &five, "--reason", "another Cedar", "--by", "B. Sample"]);
    assert_eq!((signed(&w), waiting(&w).len()), (vec![], 3));
    let seen = lines(&done(&w, &["--json", "facts", "--candidates"]));
    let told: Vec<(&Value, &Value)> =
        seen.iter().map(|fact| (&fact["review"]["reason"], &fact["review"]["reviewer"])).collect();
    assert_eq!(
        told[3..],
        [(&"only announced".into(), &"A. Example".into()), (&"another Cedar".into(), &"B. Sample".into())]
    );
}

#[test]
fn a_correction_is_offered_to_twins_and_what_was_read_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let queue = waiting(&w);
    done(&w, &["review", "correct", &queue[0], "affiliation=Acme Ltd", "--twins"]);
    assert_eq!(signed(&w), ["Acme Ltd one", "Acme Ltd three", "Acme Ltd two", "Cedar five"]);
    let seen = lines(&done(&w, &["--json", "facts", "--candidates"]));
    assert_eq!(seen.iter().filter(|fact| fact["affiliation"] == "Acme").count(), 3, "names stay as they were written");
    let holding =
        |w: &Path| log(w).into_iter().find(|row| row["verdict"] == "correct" && row["state"] == "holds").unwrap();
    let undone = holding(&w)["decision"].as_str().unwrap().to_string();
    done(&w, &["review", "undo", &undone]);
    assert_eq!(signed(&w).len(), 3);
    assert_eq!(code(&w, &["review", "undo", &undone]), 4, "it was taken back already");
    // A title is each one's own: the twins are left out.
    done(&w, &["review", "undo", holding(&w)["decision"].as_str().unwrap()]);
    let queue = waiting(&w);
    done(&w, &["review", "correct", &queue[0], "title=Another", "--twins"]);
    assert_eq!(waiting(&w).len(), queue.len() - 1);
}

#[test]
fn decisions_are_replayed_on_a_later_snapshot_and_never_lost() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let queue = waiting(&w);
    done(&w, &["review", "accept", &queue[0], "--twins"]);
    done(&w, &["review", "correct", &queue[3], "affiliation=Borealis Ltd"]);
    let before = signed(&w);
    // The file grows at its beginning, and one of the agreements is told in other words.
    let acme =
        [("zero", 0.6), ("one", 0.5), ("two", 0.6)].map(|(title, share)| agreement(title, "\"Acme\"", share)).concat();
    let rest = format!("{}{}", agreement("four", "\"Borealis\"", 0.7), agreement("five", "\"Cedar\"", 1.0));
    std::fs::write(folder.path().join("report/a.toml"), format!("{HEAD}# Second edition.\n{acme}{rest}")).unwrap();
    let report: Value = serde_json::from_str(&done(&w, &["--quiet", "--json", "sync"])).unwrap();
    assert_eq!(report["reviews"], serde_json::json!({ "n_replayed": 2, "n_lost": 2 }), "{:#}", report["reviews"]);
    assert_eq!(signed(&w), ["Acme two", "Borealis Ltd four", "Cedar five"], "before: {before:?}");
    assert_eq!(waiting(&w).len(), 2, "what says it in other words is asked again");
    let lost: Vec<Value> = log(&w).into_iter().filter(|row| row["state"] == "lost").collect();
    assert_eq!(lost.len(), 2);
    let told = String::from_utf8(rapporteur(&w, &["review"]).stderr).unwrap();
    assert_eq!(told.matches("no longer finds its words").count(), 2, "{told}");
    let again: Value = serde_json::from_str(&done(&w, &["--quiet", "--json", "sync"])).unwrap();
    assert_eq!(again["reviews"]["n_replayed"], 0, "nothing has changed since");
    // Even without its tables a workspace knows what was decided.
    std::fs::remove_dir_all(w.join("tables")).unwrap();
    done(&w, &["--quiet", "sync"]);
    assert_eq!(signed(&w), ["Acme two", "Borealis Ltd four", "Cedar five"]);
}

#[test]
fn a_crash_in_the_middle_of_a_decision_leaves_a_readable_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let queue = waiting(&w);
    done(&w, &["review", "accept", &queue[0]]);
    let path = w.join("reviews.jsonl");
    let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(b"{\"review\":1,\"at\":\"2031-05-04T").unwrap();
    assert_eq!(signed(&w), ["Acme one", "Cedar five"], "what was decided holds");
    done(&w, &["review", "accept", &queue[1]]);
    assert_eq!(signed(&w), ["Acme one", "Acme two", "Cedar five"]);
    let problems = done(&w, &["--csv", "problems"]);
    assert!(problems.contains("review-unreadable") && problems.lines().count() == 2, "{problems}");
    // A file that may only grow was shortened: that is found, and the words still stand in the ledger.
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("accept", "reject")).unwrap();
    assert_eq!(code(&w, &["verify"]), 1);
}

#[test]
fn one_goes_through_the_queue_with_single_keys() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let sit = |keys: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .current_dir(&w)
            .args(["review", "each"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(keys.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code_of, told) = sit("s\na\nu\nt\na\nc affiliation=Borealis Ltd; role=Signatory\n");
    assert_eq!(code_of, 0, "{told}");
    assert!(told.contains(">>[[agreement]] cite = \"two\"") && told.contains("a accept"), "{told}");
    assert!(told.contains("4 decided, 0 of these still wait."), "{told}");
    assert_eq!(signed(&w), ["Acme one", "Acme three", "Acme two", "Borealis Ltd four", "Cedar five"]);
    assert_eq!(sit("q\n").0, 4, "nothing waits");
}

#[test]
fn every_wrong_question_has_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let id = &waiting(&w)[0];
    assert_eq!(code(&w, &["review", "accept", "ffffffffffff"]), 4);
    assert_eq!(code(&w, &["review", "accept", &id[..2]]), 2, "too short to be meant");
    assert_eq!(code(&w, &["review", "correct", id, "affilation=x"]), 2);
    assert_eq!(code(&w, &["review", "reject", id]), 2, "a rejection has a reason");
    assert_eq!(code(&w, &["review", "log"]), 4);
    assert_eq!(code(&w, &["review", "--kind", "spoke"]), 4);
    std::fs::write(w.join("rapporteur.toml"), "name = \"Test\"\n").unwrap();
    assert_eq!(code(&w, &["review", "accept", id]), 2, "nobody decides without a name");
    assert_eq!(code(&w, &["review", "accept", id, "--by", "A. Example"]), 0);
}
