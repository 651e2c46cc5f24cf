//! The intake as users meet it: nothing is read twice, nothing is silent, nothing is lost.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]
#![allow(clippy::disallowed_methods, reason = "these tests run the program and make files")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

fn minutes(day: &str, names: &[&str]) -> String {
    let rows: Vec<String> = names.iter().map(|name| format!("| {name} | Acme |\n")).collect();
    format!("# MADE WG1#1, {day} Meeting Notes\n\n| Name | Organization |\n|---|---|\n{}\n# Opening\n", rows.concat())
}

fn rapporteur(workspace: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rapporteur")).current_dir(workspace).args(args).output().unwrap()
}

fn report(workspace: &Path, args: &[&str]) -> (i32, Value) {
    let output = rapporteur(workspace, &[&["--quiet", "--json"], args].concat());
    let report = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code().unwrap(), report)
}

/// A workspace with the source `notes` declared: the folder beside it.
fn workspace(folder: &Path) -> (PathBuf, PathBuf) {
    let (workspace, notes) = (folder.join("w"), folder.join("notes"));
    assert!(rapporteur(folder, &["--quiet", "init", "w"]).status.success());
    let declared = "name = \"Test\"\n[[source]]\nname = \"notes\"\npath = \"../notes\"\nignore = [\"*.png\"]\n";
    std::fs::write(workspace.join("rapporteur.toml"), declared).unwrap();
    std::fs::create_dir_all(&notes).unwrap();
    (workspace, notes)
}

/// Writes a file as if it had been there for an hour: a fresh one could change again within the grain of the clock.
fn write_old(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    let hour = Duration::from_secs(3600);
    std::fs::File::open(path).unwrap().set_modified(std::time::SystemTime::now() - hour).unwrap();
}

fn attended(workspace: &Path) -> Vec<String> {
    let output = rapporteur(workspace, &["--quiet", "--json", "facts", "--act", "attended"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    let name = |line: &str| serde_json::from_str::<Value>(line).unwrap()["name"].as_str().unwrap_or("?").to_string();
    let mut names: Vec<String> = lines.lines().map(name).collect();
    names.sort();
    names
}

#[test]
fn a_second_sync_opens_nothing_and_a_touched_file_is_the_only_one_read() {
    let folder = tempfile::tempdir().unwrap();
    let (w, notes) = workspace(folder.path());
    for (at, name) in ["Ada Made", "Bo Made", "Cy Made"].iter().enumerate() {
        write_old(&notes.join(format!("{at}.md")), &minutes(&format!("{} March 2024", at + 1), &[name]));
    }
    write_old(&notes.join("logo.png"), "\u{89}PNG");
    let (code, first) = report(&w, &["sync"]);
    assert_eq!((code, &first["n_files"], &first["n_new"]), (0, &Value::from(3), &Value::from(3)), "{first:#}");
    let (_, second) = report(&w, &["sync"]);
    assert_eq!((&second["n_unchanged"], &second["n_bytes"]), (&Value::from(3), &Value::from(0)), "{second:#}");
    assert_eq!(second["n_units"], first["n_units"], "what was counted before still counts");

    write_old(&notes.join("1.md"), &minutes("2 March 2024", &["Bo Made", "Di Made"]));
    let (_, third) = report(&w, &["sync"]);
    assert_eq!((&third["n_unchanged"], &third["n_new"]), (&Value::from(2), &Value::from(1)));
    assert_eq!(third["files"].as_array().unwrap().len(), 1, "only the touched file is read");
    assert_eq!(attended(&w), ["Ada Made", "Bo Made", "Cy Made", "Di Made"], "the corrected list counts, once");
}

#[test]
fn a_correction_hides_its_predecessor_and_what_has_gone_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (w, notes) = workspace(folder.path());
    write_old(&notes.join("a.md"), &minutes("1 March 2024", &["Ada Wrong"]));
    write_old(&notes.join("b.md"), &minutes("2 March 2024", &["Bo Made"]));
    report(&w, &["sync"]);
    write_old(&notes.join("a.md"), &minutes("1 March 2024", &["Ada Right"]));
    report(&w, &["sync"]);
    assert_eq!(attended(&w), ["Ada Right", "Bo Made"]);
    std::fs::remove_file(notes.join("b.md")).unwrap();
    let (_, gone) = report(&w, &["sync"]);
    assert_eq!(gone["n_gone"], 1);
    assert_eq!(attended(&w), ["Ada Right", "Bo Made"]);
    std::fs::rename(notes.join("a.md"), notes.join("c.md")).unwrap();
    report(&w, &["sync"]);
    write_old(&notes.join("c.md"), &minutes("1 March 2024", &["Ada Moved"]));
    report(&w, &["sync"]);
    assert_eq!(attended(&w), ["Ada Moved", "Bo Made"], "a file that moved and was then corrected counts once");
    assert!(rapporteur(&w, &["verify"]).status.success());
}

#[test]
fn whatever_is_wrong_with_one_file_stops_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let (w, notes) = workspace(folder.path());
    write_old(&notes.join("good.md"), &minutes("1 March 2024", &["Ada Made"]));
    std::fs::write(notes.join("empty.md"), "").unwrap();
    std::fs::write(notes.join("nul.md"), b"# MADE WG1#1\0\0\0\0").unwrap();
    std::fs::write(notes.join("utf16.csv"), b"\xFF\xFEN\0a\0m\0e\0").unwrap();
    std::fs::write(notes.join("latin.md"), b"# MADE WG1#1, 2 March 2024 Meeting Notes\n\nPresent: Z\xFCrich Made\n")
        .unwrap();
    std::fs::write(notes.join("bomb.xlsx"), b"PK\x03\x04 not a spreadsheet").unwrap();
    std::fs::write(notes.join("deep.json"), "[".repeat(200_000)).unwrap();
    std::fs::write(notes.join("long.md"), "x".repeat(30_000_000)).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", notes.join("out.txt")).unwrap();
    let (code, read) = report(&w, &["sync"]);
    assert_eq!(code, 3, "partial input ends non-zero");
    assert_eq!(read["facts"]["attended"].as_u64().map(|n| n >= 1), Some(true), "{read:#}");
    let n_silent =
        read["files"].as_array().unwrap().iter().filter(|file| file["n_facts"] == 0 && file["n_problems"] == 0);
    assert_eq!(n_silent.count(), 0, "what gives nothing says why: {read:#}");
    assert_eq!(read["problems"]["link-not-followed"]["n"], 1);
    assert_eq!(report(&w, &["add", "--allow-problems", "100%", "../notes/good.md"]).0, 0);
}

#[test]
fn an_interruption_keeps_what_was_read_and_the_rest_follows() {
    let folder = tempfile::tempdir().unwrap();
    let (w, notes) = workspace(folder.path());
    for at in 0..1_500_u32 {
        let letters = |n: u32| n.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect::<String>();
        let names: Vec<String> = (0..40).map(|nth| format!("Ada{} Made{}", letters(at), letters(nth))).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        write_old(&notes.join(format!("{at:04}.md")), &minutes("1 March 2024", &names));
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .current_dir(&w)
        .args(["--quiet", "--json", "--threads", "1", "sync"])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(250));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let code = child.wait().unwrap().code();
    assert!(matches!(code, Some(130 | 0)), "expected an orderly stop, found {code:?}");
    let (_, rest) = report(&w, &["sync"]);
    assert_eq!(rest["n_files"], 1_500);
    if code == Some(130) {
        assert!(rest["n_new"].as_u64().unwrap() > 0, "the rest follows");
    }
    assert_eq!(attended(&w).len(), 1_500 * 40);
    assert!(rapporteur(&w, &["verify"]).status.success());
}

#[test]
fn source_check_shows_lines_with_what_was_read_from_them() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("day.md"), minutes("1 March 2024", &["Ada Made"])).unwrap();
    let checked = rapporteur(folder.path(), &["source", "check", "auto", "day.md"]);
    let text = String::from_utf8(checked.stdout).unwrap();
    assert!(text.contains("> attended Ada Made [Acme]"), "{text}");
    assert_eq!(rapporteur(folder.path(), &["source", "check", "no_such", "day.md"]).status.code(), Some(2));
}

fn git(repository: &Path, args: &[&str]) -> Output {
    let output = Command::new("git")
        .arg("-C")
        .arg(repository)
        .args(["-c", "user.name=Ada Made", "-c", "user.email=ada@acme.example", "-c", "init.defaultBranch=main"])
        .args(args)
        .output()
        .unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn commit(repository: &Path, file: &str, text: &str) {
    std::fs::write(repository.join(file), text).unwrap();
    git(repository, &["add", "."]);
    git(repository, &["commit", "-q", "-m", &format!("Change {file}")]);
}

fn n_committed(report: &Value) -> u64 {
    report["facts"]["committed"].as_u64().unwrap_or_default()
}

#[test]
fn of_a_repository_only_what_came_since_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (w, notes) = workspace(folder.path());
    let repository = notes.join("spec");
    std::fs::create_dir_all(&repository).unwrap();
    git(&repository, &["init", "-q"]);
    commit(&repository, "one.txt", "1\n");
    commit(&repository, "two.txt", "2\n");
    assert_eq!(n_committed(&report(&w, &["sync"]).1), 2);
    assert_eq!(n_committed(&report(&w, &["sync"]).1), 0);
    commit(&repository, "three.txt", "3\n");
    assert_eq!(n_committed(&report(&w, &["sync"]).1), 1);
    let committed = |w: &Path| {
        let facts = rapporteur(w, &["--quiet", "--json", "facts", "--act", "committed"]).stdout;
        String::from_utf8(facts).unwrap().lines().count()
    };
    assert_eq!(committed(&w), 3);
    // A rewritten history takes the place of all that was read of the old one.
    git(&repository, &["reset", "-q", "--hard", "HEAD~2"]);
    commit(&repository, "other.txt", "x\n");
    report(&w, &["sync"]);
    assert_eq!(committed(&w), 2);
}

#[test]
fn a_repository_with_missing_objects_ends_non_zero_and_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let (w, notes) = workspace(folder.path());
    let repository = notes.join("spec");
    std::fs::create_dir_all(&repository).unwrap();
    git(&repository, &["init", "-q"]);
    for at in 0..5 {
        commit(&repository, "text.txt", &format!("line {at}\n").repeat(at + 1));
    }
    let blob = String::from_utf8(git(&repository, &["rev-parse", "HEAD~2:text.txt"]).stdout).unwrap();
    let blob = blob.trim();
    let object = repository.join(".git/objects").join(&blob[..2]).join(&blob[2..]);
    std::fs::remove_file(object).unwrap();
    let (code, read) = report(&w, &["sync"]);
    assert_eq!(code, 3);
    let what = read["problems"]["history-not-whole"]["examples"][0]["what"].as_str().unwrap_or_default().to_string();
    assert!(what.contains(blob), "expected the missing object {blob} to be named, found: {what}");
    assert_eq!(n_committed(&read), 0, "half a history is none");
}

#[test]
fn a_list_with_unknown_columns_gets_a_mapping_that_is_shown_kept_and_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let (w, notes) = workspace(folder.path());
    let list = |number: u32| {
        let rows: Vec<String> =
            (1..=12).map(|nth| format!("M1-25{number}{nth:02},Acme Made Ltd,Clock number {nth},agreed\n")).collect();
        format!("Doc. No.,Submitting company,Subject matter,Outcome\n{}", rows.concat())
    };
    write_old(&notes.join("one.csv"), &list(1));
    write_old(&notes.join("two.csv"), &list(2));
    let (code, read) = report(&w, &["add", "../notes"]);
    assert_eq!((code, &read["problems"]["mapping-needed"]["n"]), (3, &Value::from(2)), "a folder asks: {read:#}");

    let added = rapporteur(&w, &["--json", "add", "../notes/one.csv"]);
    let said = String::from_utf8(added.stderr).unwrap();
    assert!(said.contains("proposed from their headings") && said.contains("[columns]"), "{said}");
    assert!(said.matches("submitted [Acme Made Ltd]").count() >= 10, "ten rows are shown: {said}");
    let kept: Vec<_> = std::fs::read_dir(w.join("mappings")).unwrap().collect();
    assert_eq!(kept.len(), 1);
    let report_of_one: Value = serde_json::from_slice(&added.stdout).unwrap();
    assert_eq!(report_of_one["facts"]["submitted"], 12, "{report_of_one:#}");

    let (_, both) = report(&w, &["add", "../notes"]);
    let n_read = (&both["facts"]["submitted"], &both["n_unchanged"]);
    assert_eq!(n_read, (&Value::from(12), &Value::from(1)), "the other list is read with it as well: {both:#}");
    let facts = rapporteur(&w, &["--quiet", "--json", "facts", "--act", "submitted"]).stdout;
    assert_eq!(
        String::from_utf8(facts).unwrap().lines().count(),
        24,
        "what was read before the mapping counts no more"
    );
}
