//! The ledger under bad luck: killed in the middle of a write, written by two at once, read with any number of workers.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]
#![allow(clippy::disallowed_methods, reason = "these tests run the program, kill it, and look at its files")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn rapporteur(workspace: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.arg("--quiet").arg("--workspace").arg(workspace);
    command
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    // 3 is the quality gate: the made-up body holds problems on purpose.
    let code = output.status.code();
    assert!(
        matches!(code, Some(0 | 3)),
        "{command:?} ended with {code:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn init(folder: &Path) -> PathBuf {
    let workspace = folder.to_path_buf();
    let output =
        Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(["--quiet", "init"]).arg(&workspace).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    workspace
}

/// Writes the made-up body below `folder`, and returns its files by group, so that each becomes a commit of its own.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut folders = std::collections::BTreeSet::new();
    for (at, file) in app::made_up::made_up(7).into_iter().enumerate() {
        let part = folder.join(format!("part-{:02}", at % 12));
        let path = part.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.bytes).unwrap();
        folders.insert(part);
    }
    folders.into_iter().collect()
}

/// Everything that a reader can see, as bytes, without the moments at which it was learnt.
fn visible(workspace: &Path) -> [String; 3] {
    let body = ["--csv", "index", "--body", "made"];
    let facts = run(rapporteur(workspace).args(["--csv", "facts"]));
    assert!(facts.lines().count() > 10_000, "expected more than 10,000 facts, found {}", facts.lines().count());
    [facts, run(rapporteur(workspace).args(body)), run(rapporteur(workspace).args(["--csv", "problems"]))]
}

#[test]
fn a_crash_at_any_point_loses_nothing_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let parts = sources(&folder.path().join("sources"));
    let calm = init(&folder.path().join("calm"));
    let start = Instant::now();
    run(rapporteur(&calm).arg("add").args(&parts));
    let mut whole = start.elapsed();
    let expected = visible(&calm);

    let mut hit = init(&folder.path().join("hit"));
    let mut n_killed = 0;
    for turn in 1..=14_u32 {
        let start = Instant::now();
        let mut child = rapporteur(&hit).arg("add").args(&parts).stdout(Stdio::null()).spawn().unwrap();
        // Points spread over the run: fractions of the length of a whole run, in mixed order.
        std::thread::sleep(whole.mul_f64(f64::from(turn * 5 % 14 + 1) / 16.0).max(Duration::from_millis(3)));
        let has_ended = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        if child.wait().unwrap().code().is_none() {
            n_killed += 1;
        }
        let verified = run(rapporteur(&hit).arg("verify"));
        assert!(!verified.contains("fault:"), "after kill {turn}: {verified}");
        // Nothing was left to interrupt: go on with a new workspace, and with points that come sooner.
        if has_ended {
            hit = init(&folder.path().join(format!("hit-{turn}")));
            whole = whole.min(start.elapsed()).mul_f64(0.8);
        }
    }
    assert!(n_killed >= 5, "expected most runs to be killed before their end, found {n_killed} of 14");
    run(rapporteur(&hit).arg("add").args(&parts));
    assert_eq!(visible(&hit), expected);
    assert!(!run(rapporteur(&hit).arg("verify")).contains("fault:"));
}

#[test]
fn adding_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let parts = sources(&folder.path().join("sources"));
    let workspace = init(&folder.path().join("w"));
    run(rapporteur(&workspace).arg("add").args(&parts));
    let expected = visible(&workspace);
    let before = log_of(&workspace);
    run(rapporteur(&workspace).arg("add").args(&parts));
    assert_eq!(log_of(&workspace), before, "no table has a new version");
    assert_eq!(visible(&workspace), expected);
}

#[test]
fn two_processes_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let parts = sources(&folder.path().join("sources"));
    let calm = init(&folder.path().join("calm"));
    run(rapporteur(&calm).arg("add").args(&parts));
    let both = init(&folder.path().join("both"));
    // They overlap in a third of the parts, and begin at opposite ends.
    let mut one = rapporteur(&both).arg("add").args(&parts[..8]).stdout(Stdio::null()).spawn().unwrap();
    let mut other = rapporteur(&both).arg("add").args(parts[4..].iter().rev()).stdout(Stdio::null()).spawn().unwrap();
    assert!(one.wait().unwrap().code().is_some_and(|code| [0, 3].contains(&code)));
    assert!(other.wait().unwrap().code().is_some_and(|code| [0, 3].contains(&code)));
    assert_eq!(visible(&both), visible(&calm));
    assert!(!run(rapporteur(&both).arg("verify")).contains("fault:"));
}

#[test]
fn the_number_of_workers_changes_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let parts = sources(&folder.path().join("sources"));
    let workspace = init(&folder.path().join("w"));
    run(rapporteur(&workspace).arg("add").args(&parts));
    let with =
        |threads: &str, what: &[&str]| run(rapporteur(&workspace).args(["--csv", "--threads", threads]).args(what));
    for what in [
        &["index", "--body", "made"][..],
        &["index", "--body", "made/wg1", "--period", "2024"],
        &["measure", "acceptance_rate"],
    ] {
        assert_eq!(with("1", what), with("2", what), "{what:?}");
    }
}

#[test]
fn as_of_looks_back_in_both_times() {
    let folder = tempfile::tempdir().unwrap();
    let parts = sources(&folder.path().join("sources"));
    let workspace = init(&folder.path().join("w"));
    run(rapporteur(&workspace).arg("add").args(&parts[..6]));
    let then = run(rapporteur(&workspace).args(["--csv", "facts"]));
    std::thread::sleep(Duration::from_millis(20));
    let moment =
        String::from_utf8(Command::new("date").args(["-u", "+%Y-%m-%dT%H:%M:%S.%NZ"]).output().unwrap().stdout)
            .unwrap();
    run(rapporteur(&workspace).arg("add").args(&parts[6..]));
    assert!(run(rapporteur(&workspace).args(["--csv", "facts"])).len() > then.len());
    assert_eq!(run(rapporteur(&workspace).args(["--csv", "--learnt", moment.trim(), "facts"])), then);
    let years = |args: &[&str]| {
        let csv = run(rapporteur(&workspace).args(args));
        csv.lines().skip(1).filter(|line| line.contains("2025")).count()
    };
    assert!(years(&["--csv", "measure", "documents_contributed", "--period", "2025"]) > 0);
    let none = rapporteur(&workspace)
        .args(["--as-of", "2023-12-31", "measure", "documents_contributed", "--period", "2025"])
        .output();
    assert_eq!(none.unwrap().status.code(), Some(4), "nothing of 2025 was so by the end of 2023");
}

/// Names and sizes of the log entries of every table.
fn log_of(workspace: &Path) -> Vec<(PathBuf, u64)> {
    let mut entries = Vec::new();
    for table in std::fs::read_dir(workspace.join("tables")).unwrap() {
        let log = table.unwrap().path().join("_delta_log");
        if let Ok(log) = std::fs::read_dir(log) {
            entries.extend(log.map(|entry| {
                let entry = entry.unwrap();
                (entry.path(), entry.metadata().unwrap().len())
            }));
        }
    }
    entries.sort();
    entries
}
