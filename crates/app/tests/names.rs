//! Who is who, as scripts see it: every word is a decision, a decision can be looked up, and taken back exactly.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]
#![allow(clippy::disallowed_methods, reason = "these tests run the program and make files")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const LIST: &str = "<html><title>Document List for meeting MADE WG1#1, 2025-03-03..2025-03-07 - Ordered by Agenda Item</title>\n\
    <table><tr><td>AI</td><td>TD#</td><td>Type</td><td>Subject</td><td>Source</td><td>Comments</td><td>Result</td></tr>\n\
    <tr><td>1</td><td>M1-250001</td><td>CR</td><td>A</td><td>Acme, Meridian Ltd</td><td></td><td>Agreed</td></tr>\n\
    <tr><td>1</td><td>M1-250002</td><td>CR</td><td>B</td><td>Meridian</td><td></td><td>Noted</td></tr>\n\
    <tr><td>1</td><td>M1-250003</td><td>CR</td><td>C</td><td>Meridian Tembelin</td><td></td><td>Agreed</td></tr></table></html>\n";

fn rapporteur(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rapporteur")).current_dir(folder).args(args).output().unwrap()
}

/// Runs a command that must end well, and returns what it printed.
fn done(folder: &Path, args: &[&str]) -> String {
    let output = rapporteur(folder, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn said(folder: &Path, args: &[&str]) -> String {
    String::from_utf8(rapporteur(folder, args).stderr).unwrap()
}

fn code(folder: &Path, args: &[&str]) -> i32 {
    rapporteur(folder, args).status.code().unwrap()
}

fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&done(folder, &[&["--quiet", "--json"], args].concat())).unwrap()
}

/// A workspace with one list: `Acme`, `Meridian` in two spellings, and `Meridian Tembelin`.
fn workspace(folder: &Path) -> PathBuf {
    done(folder, &["--quiet", "init", "w"]);
    let w = folder.join("w");
    std::fs::write(w.join("rapporteur.toml"), "name = \"Test\"\n[review]\nname = \"A. Example\"\n").unwrap();
    std::fs::write(folder.join("list.htm"), LIST).unwrap();
    done(&w, &["--quiet", "add", "../list.htm"]);
    w
}

fn organisations(w: &Path) -> Vec<String> {
    let rows = done(w, &["--quiet", "--csv", "index"]);
    let mut names: Vec<String> = rows.lines().skip(1).map(|row| row.split(',').nth(3).unwrap().to_string()).collect();
    names.sort();
    names
}

/// What others read: the export of who is who and of the index, and the bytes of the Parquet file of `identity`.
fn published(w: &Path) -> (String, String, Vec<u8>) {
    done(w, &["--quiet", "resolve"]);
    done(w, &["--quiet", "export", "../out"]);
    let export = |name: &str| std::fs::read_to_string(w.join("../out").join(name)).unwrap();
    let log = w.join("tables/identity/_delta_log");
    let mut commits: Vec<PathBuf> = std::fs::read_dir(log).unwrap().map(|entry| entry.unwrap().path()).collect();
    commits.retain(|path| path.extension().is_some_and(|end| end == "json"));
    let last = std::fs::read_to_string(commits.iter().max().unwrap()).unwrap();
    let added =
        last.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).find(|line| !line["add"].is_null());
    let file = added.unwrap()["add"]["path"].as_str().unwrap().to_string();
    (export("identity.csv"), export("index.csv"), std::fs::read(w.join("tables/identity").join(file)).unwrap())
}

#[test]
fn after_a_merge_its_taking_back_and_a_new_run_every_byte_is_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let before = published(&w);
    assert_eq!(organisations(&w), ["acme", "meridian", "meridian-tembelin"]);
    done(&w, &["resolve", "same", "Meridian Tembelin", "Meridian", "--reason", "annual report 2031"]);
    assert_eq!(organisations(&w), ["acme", "meridian"]);
    let merged = published(&w);
    assert_ne!(merged, before);
    assert!(merged.0.contains("Meridian Tembelin,meridian,Meridian,decision,annual report 2031"), "{}", merged.0);
    let undo = ["resolve", "undo", "--by", "A. Example"];
    assert!(said(&w, &undo).contains("1 decisions would be taken back, and 1 names"), "{}", said(&w, &undo));
    assert_eq!(published(&w), merged, "without --yes nothing is done");
    done(&w, &[&undo[..], &["--yes"]].concat());
    assert_eq!(published(&w), before);
}

#[test]
fn rules_decide_once_on_every_name_and_say_how_often() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let first = json(&w, &["resolve"]);
    assert_eq!((&first["surfaces"], &first["new"], &first["known"]), (&4.into(), &4.into(), &0.into()), "{first}");
    assert_eq!(first["organisations"], 3);
    let again = json(&w, &["resolve"]);
    assert_eq!((&again["new"], &again["known"]), (&0.into(), &4.into()));
    let rows = done(&w, &["--quiet", "--csv", "resolve"]);
    assert!(rows.starts_with("rule,decisions,new\nkey,3,0\n"), "{rows}");
    assert!(said(&w, &["resolve"]).contains("Reading names."), "progress is told");
}

#[test]
fn a_batch_by_rule_is_taken_back_and_not_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    done(&w, &["resolve"]);
    done(&w, &["resolve", "undo", "--rule", "key", "--yes"]);
    assert_eq!(json(&w, &["resolve"])["rules"]["key"]["new"], Value::Null, "what a person took back stays back");
    assert_eq!(code(&w, &["resolve", "undo", "--rule", "key"]), 2, "nothing of it holds");
    done(&w, &["resolve", "undo", "--since", "2020-01-01T00:00:00Z", "--yes"]);
    assert_eq!(code(&w, &["resolve", "undo"]), 2, "one must say what");
    assert_eq!(code(&w, &["resolve", "undo", "--id", "0"]), 2, "a digit is not enough to say which");
}

#[test]
fn it_is_explained_why_names_are_one_or_two() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let explain = ["resolve", "explain", "Meridian Tembelin", "MERIDIAN"];
    assert_eq!(json(&w, &["resolve", "explain", "Meridian Ltd", "Meridian"])["verdict"], "one-name");
    assert_eq!(json(&w, &explain)["verdict"], "apart");
    assert!(json(&w, &explain)["doubt"]["contributions"].is_array(), "a pair that waits shows what was weighed");
    done(&w, &["resolve", "same", "Meridian Tembelin", "Meridian", "--source", "https://example.org/merger"]);
    let together = json(&w, &explain);
    assert_eq!((&together["verdict"], &together["because"][0]["by"]), (&"together".into(), &"A. Example".into()));
    assert_eq!(together["because"][0]["evidence"][0], "https://example.org/merger");
    done(&w, &["resolve", "not-same", "Meridian Tembelin", "Meridian", "--by", "B. Sample", "--reason", "two firms"]);
    let apart = json(&w, &explain);
    assert_eq!((&apart["verdict"], &apart["walls"][0]["by"]), (&"apart".into(), &"B. Sample".into()));
    assert_eq!(apart["blocked"][0]["decision"]["op"], "same-as");
    let table = done(&w, &[&["--csv"], &explain[..]].concat());
    assert!(table.starts_with("part,decision,feature,found,bits\nparted by,"), "{table}");
    assert_eq!(code(&w, &["resolve", "explain", "Meridian", "Nobody"]), 4);
}

#[test]
fn a_wall_survives_every_run_and_settles_a_pair_in_review() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let waiting = || rapporteur(&w, &["--quiet", "--json", "review", "names"]);
    let rows: Value = serde_json::from_slice(&waiting().stdout).unwrap();
    assert_eq!((&rows[0]["a"], &rows[0]["b"]), (&"Meridian Tembelin".into(), &"Meridian".into()), "{rows}");
    assert!(rows[0]["urgency"].as_f64().unwrap() > 0.0);
    done(&w, &["resolve", "not-same", "Meridian", "Meridian Tembelin"]);
    assert_eq!(waiting().status.code(), Some(4), "nothing waits any longer");
    done(&w, &["resolve"]);
    assert_eq!(organisations(&w), ["acme", "meridian", "meridian-tembelin"]);
    assert_eq!(waiting().status.code(), Some(4));
}

#[test]
fn relations_have_days_and_move_no_number() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let before = organisations(&w);
    done(&w, &["resolve", "part-of", "Meridian Tembelin", "Meridian", "--from", "2020-01-01", "--to", "2024-12-31"]);
    done(&w, &["resolve", "acquired", "Meridian", "Acme", "--on", "2031-01-14", "--source", "news of that day"]);
    done(&w, &["resolve", "succeeded", "Old Acme", "Acme", "--on", "2019-01-01"]);
    assert_eq!(organisations(&w), before);
    assert_eq!(code(&w, &["resolve", "part-of", "A", "B", "--from", "2021-01-01", "--to", "2020-01-01"]), 2);
    let who = json(&w, &["who", "Meridian"]);
    let told: Vec<String> = who["relations"].as_array().unwrap().iter().map(|one| one.to_string()).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(who["relations"][0]["relation"], "acquired-by");
    assert_eq!(who["relations"][0]["from_day"], "2031-01-14");
    assert!(
        said(&w, &["resolve", "same", "Nobody Inc", "Acme"]).contains("No fact and no decision names `Nobody Inc`")
    );
}

#[test]
fn a_group_is_counted_as_of_a_day_where_one_asks_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    done(&w, &["resolve", "acquired", "Meridian", "Acme", "--on", "2025-06-01"]);
    let index = |args: &[&str]| -> Vec<String> {
        let rows = done(&w, &[&["--quiet", "--csv", "index"], args].concat());
        let mut names: Vec<String> = rows.lines().skip(1).map(|row| row.split(',').nth(3).unwrap().into()).collect();
        names.sort();
        names
    };
    assert_eq!(index(&[]), ["acme", "meridian", "meridian-tembelin"], "each for itself");
    assert_eq!(index(&["--groups"]), ["acme", "meridian-tembelin"], "as it is today");
    assert_eq!(
        index(&["--groups", "--as-of", "2025-05-31"]),
        ["acme", "meridian", "meridian-tembelin"],
        "the day before"
    );
}

#[test]
fn who_tells_every_spelling_and_every_claim() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let who = json(&w, &["who", "MERIDIAN"]);
    assert_eq!((&who["entity"], &who["name"]), (&"meridian".into(), &"Meridian".into()));
    let spelt: Vec<&str> =
        who["spellings"].as_array().unwrap().iter().map(|one| one["mention"].as_str().unwrap()).collect();
    assert_eq!(spelt, ["Meridian", "Meridian Ltd"]);
    let claims = who["claims"].as_array().unwrap();
    assert!(
        claims.iter().all(|claim| claim["source"] == "list.htm" && claim["first_day"] == "2025-03-03"),
        "{claims:?}"
    );
    assert!(done(&w, &["who", "meridian-tembelin"]).contains("M1-250003"), "the name of the index will do");
    assert_eq!(code(&w, &["who", "Nobody"]), 4);
}

#[test]
fn who_tells_for_whom_a_person_acted_and_when() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let record = "record = 1\n[source]\ntitle = \"Made-up roster\"\npublisher = \"MADE\"\n\
        [[role]]\ncite = \"Jörg Muster, Acme\"\nname = \"Jörg Muster\"\naffiliation = \"Acme\"\nrole = \"Chair\"\nwhen = \"2024-05\"\n";
    std::fs::write(folder.path().join("roster.toml"), record).unwrap();
    let added = rapporteur(&w, &["--quiet", "add", "../roster.toml"]);
    if !added.status.success() {
        panic!("{}", String::from_utf8_lossy(&added.stderr));
    }
    let who = json(&w, &["who", "JORG MUSTER"]);
    assert_eq!((&who["kind"], &who["affiliations"][0]["affiliation"]), (&"person".into(), &"Acme".into()));
    assert_eq!(who["affiliations"][0]["first_day"], "2024-05-01");
}

#[test]
fn a_person_is_one_under_several_spellings_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let role = |name: &str, affiliation: &str, when: &str| {
        format!(
            "[[role]]\ncite = \"{name}, {affiliation}\"\nname = \"{name}\"\naffiliation = \"{affiliation}\"\n\
             body = \"MADE WG1\"\nrole = \"Chair\"\nwhen = \"{when}\"\n"
        )
    };
    let roles = [
        role("Jörg Q. Mustervik", "Acme", "2024-05"),
        role("MUSTERVIK Jörg", "Acme", "2024-09"),
        role("Jürgen Mustervik", "Meridian", "2024-05"),
    ];
    let source = "record = 1\n[source]\ntitle = \"Made-up roster\"\npublisher = \"MADE\"\n";
    std::fs::write(folder.path().join("roster.toml"), source.to_string() + &roles.concat()).unwrap();
    done(&w, &["--quiet", "add", "../roster.toml"]);
    let who = json(&w, &["who", "Jorg Q Mustervik"]);
    let written: Vec<&str> =
        who["affiliations"].as_array().unwrap().iter().map(|row| row["written"].as_str().unwrap()).collect();
    assert_eq!(written, ["Jörg Q. Mustervik", "MUSTERVIK Jörg"], "{who}");
    assert!(who["decisions"][0]["bits"].as_f64().unwrap() > 0.0, "{who}");
}

#[test]
fn the_log_tells_who_said_what_and_what_it_moved() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    assert_eq!(code(&w, &["resolve", "log"]), 4, "nobody has said anything");
    done(&w, &["resolve", "same", "Meridian Tembelin", "Meridian", "--reason", "letter"]);
    done(&w, &["resolve", "reject", "Acme", "--reason", "a placeholder"]);
    let log = json(&w, &["resolve", "log", "--effect"]);
    assert_eq!(
        (&log[0]["op"], &log[0]["ground"], &log[0]["state"]),
        (&"reject".into(), &"a placeholder".into(), &"holds".into())
    );
    assert!(log[0]["effect"].as_str().unwrap().starts_with("Acme: "), "{log}");
    assert!(log[1]["effect"].as_str().unwrap().contains("Meridian Tembelin: "), "{log}");
    let id = log[0]["decision"].as_str().unwrap();
    done(&w, &["resolve", "undo", "--id", &id[..8], "--yes", "--reviewer", "B. Sample"]);
    let log = json(&w, &["resolve", "log"]);
    assert_eq!(
        (&log[0]["op"], &log[0]["decider"], &log[1]["state"]),
        (&"undo".into(), &"B. Sample".into(), &"taken back".into())
    );
    assert_eq!(done(&w, &["--csv", "resolve", "log"]).lines().count(), 4);
}

#[test]
fn what_asks_to_be_hidden_still_counts_under_a_label() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let before = published(&w);
    done(&w, &["resolve", "hide", "Meridian Tembelin", "--reason", "letter of 2031-05-04"]);
    let after = published(&w);
    assert!(!after.0.contains("Tembelin") && !after.1.contains("tembelin"), "{}", after.0);
    assert!(after.0.contains("Organisation "), "{}", after.0);
    assert_eq!(after.1.lines().count(), before.1.lines().count(), "totals stay right");
    let id = json(&w, &["resolve", "log"])[0]["decision"].as_str().unwrap().to_string();
    done(&w, &["resolve", "undo", "--id", &id, "--yes"]);
    assert_eq!(published(&w), before);
}

#[test]
fn decisions_of_an_earlier_version_are_carried_over_once_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/registry.db");
    std::fs::copy(old, w.join("registry.db")).unwrap();
    assert_eq!(organisations(&w), ["acme", "meridian-tembelin"], "the later word on Meridian counts: it is Acme");
    let log = json(&w, &["resolve", "log"]);
    assert_eq!(log.as_array().unwrap().len(), 3);
    assert_eq!(
        (&log[1]["ground"], &log[1]["decided"]),
        (&"letter of 2025-04-01".into(), &"2025-04-02T08:30:00Z".into())
    );
    assert!(!w.join("registry.db").exists() && w.join("registry.carried.db").exists(), "the file is kept");
    std::fs::copy(old, w.join("registry.db")).unwrap();
    assert_eq!(json(&w, &["resolve", "log"]).as_array().unwrap().len(), 3, "a second time changes nothing");
    let early = json(&w, &["--learnt", "2025-04-01T12:00:00Z", "resolve", "log"]);
    assert_eq!(early.as_array().unwrap().len(), 1, "what was decided later is left out");
}

#[test]
fn nobody_decides_without_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let w = workspace(folder.path());
    std::fs::write(w.join("rapporteur.toml"), "name = \"Test\"\n").unwrap();
    assert_eq!(code(&w, &["resolve", "same", "Meridian", "Acme"]), 2);
    assert_eq!(code(&w, &["resolve", "same", "Meridian", "Acme", "--by", "B. Sample"]), 0);
}
