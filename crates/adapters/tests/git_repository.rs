//! Our arguments on real repositories, made here with the `git` of this machine: what Git writes, and how it fails.
//!
//! Without `git` the tests say so and pass.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test starts Git and keeps its files")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use fact::{Reading, Snapshot, content_id};

/// Four people, a mailmap, a rename on a side branch, a merge, trailers, a picture, a path and a subject hard to read.
fn stream() -> String {
    let data = |text: &str| format!("data {}\n{text}\n", text.len());
    let commit = |head: &str, author: &str, committer: &str, message: &str| {
        format!("commit refs/heads/{head}\nauthor {author}\ncommitter {committer}\n{}", data(message))
    };
    let a = |clock: &str| format!("A. Example <a@acme.example> {clock}");
    let side = "@git1\tsubject\n\nWhy.\n\nCo-authored-by: C. Specimen <c@cedar.example>\n\
                Reviewed-by: D. Instance\n  <d@dune.example>\nChange-Id: I12345678\n";
    [
        commit("main\nmark :1", &a("1900000000 -0700"), &a("1900000000 -0700"), "Start\n"),
        "M 100644 inline .mailmap\n".into(),
        data("B. Sample <b@borealis.example> <bob@home.example>\n"),
        "M 100644 inline drafts/a.md\n".into(),
        data("one\ntwo\nthree\nfour\n"),
        "M 100644 inline \"odd \\\"folder\\\"/tab\\there\"\n".into(),
        data("x\n"),
        "M 100644 inline picture.png\n".into(),
        data("\0\u{1}"),
        commit(
            "side\nmark :2",
            "bob <bob@home.example> 1900050000 +1000",
            "GitHub <noreply@github.com> 1900050000 +0000",
            side,
        ),
        "from :1\nR drafts/a.md archive/a.md\n".into(),
        commit("main\nmark :3", &a("1900060000 +0000"), "C. Specimen <c@cedar.example> 1900150000 +0000", "More\n"),
        "from :1\nM 100644 inline drafts/b.md\n".into(),
        data("x\n"),
        commit("main", &a("1900160000 +0000"), &a("1900160000 +0000"), "Take it\n"),
        "from :3\nmerge :2\nR drafts/a.md archive/a.md\n".into(),
    ]
    .concat()
}

/// A repository of its own for a test, or `None` where there is no Git.
fn repository(name: &str) -> Option<PathBuf> {
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("git-repository-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&home);
    let made = Command::new("git").args(["init", "--quiet", "--bare", "--initial-branch=main"]).arg(&home).status();
    if made.is_err() {
        println!("skipped: there is no `git` on this machine");
        return None;
    }
    let mut import = git(&home)
        .args(["-c", "fastimport.unpackLimit=1000", "fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    import.stdin.take().unwrap().write_all(stream().as_bytes()).unwrap();
    assert!(import.wait().unwrap().success());
    Some(home)
}

fn git(home: &Path) -> Command {
    let mut git = Command::new("git");
    git.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_NO_LAZY_FETCH", "1");
    git.arg("-C").arg(home);
    git
}

fn history(home: &Path) -> Output {
    git(home).args(adapters::GIT_LOG_ARGUMENTS).output().unwrap()
}

fn read(bytes: &[u8]) -> Reading {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, "made-up.git", bytes);
    adapters::adapter_for(&snapshot).expect("an adapter takes it").read(&snapshot)
}

fn told(reading: &Reading) -> Vec<String> {
    let one = |fact: &fact::Fact| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let target = fact.target.as_ref().map_or("-", |area| area.id.as_str());
        let lines = fact.amount.as_ref().map_or("-".into(), |amount| amount.value.to_string());
        let day = fact.when.from.map(|day| day.to_string()).unwrap_or_default();
        let title = &fact.object.as_ref().unwrap().title;
        format!("{title}: {day} {} {} {target} {lines} {}", fact.act.slug(), text(&fact.who.name), text(&fact.status))
    };
    reading.facts.iter().map(|fact| one(fact).trim_end().into()).collect()
}

#[test]
fn a_repository_is_read_as_it_is() {
    let Some(home) = repository("whole") else { return };
    let output = history(&home);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let reading = read(&output.stdout);
    assert_eq!(reading.problems, []);
    assert_eq!(
        told(&reading),
        [
            "Take it: 2030-03-19 committed A. Example - - merge",
            "More: 2030-03-18 committed A. Example drafts 1",
            "More: 2030-03-19 applied C. Specimen - -",
            "@git1 subject: 2030-03-18 committed B. Sample archive 0",
            "@git1 subject: 2030-03-18 committed B. Sample drafts 0",
            "@git1 subject: 2030-03-18 committed C. Specimen archive -",
            "@git1 subject: 2030-03-18 committed C. Specimen drafts -",
            "@git1 subject: 2030-03-18 reviewed D. Instance - -",
            "Start: 2030-03-17 committed A. Example .mailmap 1",
            "Start: 2030-03-17 committed A. Example drafts 4",
            "Start: 2030-03-17 committed A. Example odd \"folder\" 1",
            "Start: 2030-03-17 committed A. Example picture.png -",
        ]
    );
    let _ = std::fs::remove_dir_all(home);
}

/// A user's own configuration of Git changes not a byte: relative paths, colours, algorithm, renames, the root's files.
#[test]
fn configuration_changes_nothing() {
    let Some(home) = repository("configured") else { return };
    let before = history(&home).stdout;
    for setting in [
        "log.showRoot=false",
        "log.date=relative",
        "log.showSignature=true",
        "log.decorate=full",
        "log.mailmap=false",
        "diff.renames=false",
        "diff.renameLimit=1",
        "diff.algorithm=patience",
        "diff.relative=true",
        "diff.ignoreSubmodules=all",
        "color.ui=always",
        "core.quotePath=false",
        "i18n.logOutputEncoding=ISO-8859-1",
    ] {
        let (key, value) = setting.split_once('=').unwrap();
        assert!(git(&home).args(["config", key, value]).status().unwrap().success(), "{setting}");
    }
    assert_eq!(String::from_utf8_lossy(&history(&home).stdout), String::from_utf8_lossy(&before));
    let _ = std::fs::remove_dir_all(home);
}

/// A snapshot without large blobs, or a broken disk: Git ends with 128, names the object, and what it wrote before is a
/// history that breaks off; whoever overlooks the exit code still meets a problem.
#[test]
fn a_missing_blob_ends_git_and_the_history() {
    let Some(home) = repository("missing") else { return };
    let blob =
        String::from_utf8(git(&home).args(["rev-parse", "HEAD~1:drafts/b.md"]).output().unwrap().stdout).unwrap();
    let blob = blob.trim();
    std::fs::remove_file(home.join("objects").join(&blob[..2]).join(&blob[2..])).unwrap();
    let output = history(&home);
    assert_eq!(output.status.code(), Some(128));
    assert_eq!(String::from_utf8_lossy(&output.stderr), format!("fatal: unable to read {blob}\n"));
    let reading = read(&output.stdout);
    let kinds: Vec<&str> = reading.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!((reading.n_units, kinds), (1, vec!["history-cut", "parents-missing"]));
    let _ = std::fs::remove_dir_all(home);
}

#[test]
fn a_shallow_clone_says_so() {
    let Some(home) = repository("shallow") else { return };
    let clone = home.with_extension("clone");
    let _ = std::fs::remove_dir_all(&clone);
    let address = format!("file://{}", home.display());
    let made = git(&home).args(["clone", "--quiet", "--depth=2", &address]).arg(&clone).status().unwrap();
    assert!(made.success());
    let output = history(&clone);
    assert!(output.status.success());
    let reading = read(&output.stdout);
    let kinds: Vec<&str> = reading.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!((reading.n_units, kinds), (3, vec!["history-shallow", "history-shallow"]));
    assert!(reading.facts.iter().all(|fact| fact.amount.is_none()), "{:?}", told(&reading));
    let _ = std::fs::remove_dir_all(home);
    let _ = std::fs::remove_dir_all(clone);
}

#[test]
fn a_repository_without_commits_ends_git() {
    let Some(home) = repository("empty") else { return };
    assert!(git(&home).args(["symbolic-ref", "HEAD", "refs/heads/none"]).status().unwrap().success());
    let output = history(&home);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(128), 0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "fatal: bad revision 'HEAD'\n");
    let _ = std::fs::remove_dir_all(home);
}
