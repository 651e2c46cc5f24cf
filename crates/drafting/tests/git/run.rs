//! Runs Git, and reads a history from it: for tests, the benchmark and the example, and a pattern for others.
#![allow(dead_code, reason = "not every user needs every part")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use drafting::credit::git::{self, Log, Read};

/// Returns Git for a repository, as its own configuration has it.
pub fn git(home: &Path) -> Command {
    let mut git = Command::new("git");
    git.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_NO_LAZY_FETCH", "1");
    // Paths are names, not patterns.
    git.env("GIT_LITERAL_PATHSPECS", "1").arg("-C").arg(home);
    git
}

/// Returns what Git writes, or `None` if it fails.
pub fn output(home: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    let output = git(home).args(arguments).output().ok()?;
    output.status.success().then_some(output.stdout)
}

/// Returns what Git writes when it is given something to read.
pub fn answer(home: &Path, arguments: &[&str], input: String) -> Option<Vec<u8>> {
    let mut git = git(home).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut stdin = git.stdin.take()?;
    // Git writes while it reads: who only writes would wait for a reader for ever.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = git.wait_with_output().ok()?;
    let is_written = writer.join().is_ok_and(|written| written.is_ok());
    (is_written && output.status.success()).then_some(output.stdout)
}

/// Reads the history of the files under some paths; of all where none is named.
pub fn read(home: &Path, paths: &[&str]) -> (Log, Read) {
    let log = git::log(&output(home, git::LOG).expect("git log")).expect("a log");
    let tree: Vec<&str> = git::TREE.iter().chain(paths).copied().collect();
    let files = git::files(&output(home, &tree).expect("git ls-tree"));
    let trail = log.trail(&files).expect("a trail");
    let batch = answer(home, git::BLOBS, trail.wants()).expect("git cat-file");
    let read = trail.history(&log, &batch);
    (log, read)
}
