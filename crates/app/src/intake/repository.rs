//! Git repositories: their head, and their history as the text that the adapter `git_log` reads.

use std::path::Path;
use std::process::{Command, Stdio};

use fact::{Fault, Remedy};

/// Returns the commit at the head of a repository; `None` where the folder is none or has no commit.
#[must_use]
pub fn head(folder: &Path) -> Option<String> {
    let is_bare = || ["HEAD", "objects", "refs"].iter().all(|part| folder.join(part).exists());
    if !folder.join(".git").exists() && !is_bare() {
        return None;
    }
    let output = git(folder).args(["rev-parse", "--verify", "--quiet", "HEAD"]).output().ok()?;
    let head = String::from_utf8(output.stdout).ok()?.trim().to_string();
    (output.status.success() && !head.is_empty()).then_some(head)
}

/// True when `one` came before `other`, so that only what lies between is new.
#[must_use]
pub fn is_before(folder: &Path, one: &str, other: &str) -> bool {
    let asked = git(folder).args(["merge-base", "--is-ancestor", one, other]).status();
    one != other && asked.is_ok_and(|status| status.success())
}

/// Returns the history up to `head`, from after a commit on or from the beginning.
///
/// # Errors
/// When git is missing, or ends with an error: a history with a hole in it is no history. What git said is told.
pub fn history(folder: &Path, after: Option<&str>, head: &str) -> Result<Vec<u8>, Fault> {
    let place = || folder.display().to_string();
    let range = after.map_or_else(|| head.to_string(), |after| format!("{after}..{head}"));
    let arguments =
        adapters::GIT_LOG_ARGUMENTS.iter().map(|&argument| if argument == "HEAD" { &range } else { argument });
    let output = git(folder).args(arguments).output().map_err(|error| {
        Fault::new(Remedy::Setup, place(), format!("expected the program git: {error}"), "install git")
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let fatal = said.lines().rfind(|line| line.starts_with("fatal:"));
    let said = fatal.or_else(|| said.lines().next()).unwrap_or("nothing").trim();
    let code = output.status.code().map_or("a signal".into(), |code| code.to_string());
    let what = format!("expected a whole history, found that git ended with {code} and said: {said}");
    Err(Fault::new(
        Remedy::Source,
        place(),
        what,
        "fetch the missing objects (`git fetch --refetch`) or clone it again; `git fsck` names them",
    ))
}

/// No prompt, no pager, no lazy fetch, no configuration of the user's that changes what is printed.
fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).stdin(Stdio::null()).stderr(Stdio::piped());
    command.args(["-c", "core.quotePath=true", "-c", "log.showSignature=false", "-c", "safe.directory=*"]);
    command.args(["-c", "core.fsmonitor=false", "-c", "diff.external="]);
    command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_NO_LAZY_FETCH", "1").env("GIT_PAGER", "cat").env("LC_ALL", "C");
    command
}
