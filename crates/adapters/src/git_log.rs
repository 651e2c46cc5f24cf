//! Git histories: who changed which part of a body's texts, who applied the change, who reviewed and signed it.
//!
//! Comes in: a history in our own form, which `git` writes with [`ARGUMENTS`] and which no path, name or subject can break;
//! or the plain form `@hash TAB author TAB e-mail TAB date TAB committer TAB date TAB subject` with lines of `--numstat`.
//! Goes out: for every commit one `committed` for each area of the repository that it touches (its first folder, or a file
//! at the top), with the lines changed there; `applied` by a committer who is somebody else; what the trailers state.
//! Days are those of the author's own zone. Of e-mail addresses only the domain is kept. A history that breaks off, or that
//! begins in the middle, is a problem: commits that are not there would otherwise look like work that was not done.

#[path = "git_log/areas.rs"]
mod areas;
#[path = "git_log/commit.rs"]
mod commit;
#[path = "git_log/own.rs"]
mod own;
#[path = "git_log/people.rs"]
mod people;
#[path = "git_log/plain.rs"]
mod plain;

use std::collections::HashSet;
use std::ops::Range;

use fact::{Adapter, Evidence, Problem, Reading, Snapshot};

use commit::{Body, Commit};

/// The adapter.
pub static ADAPTER: GitLog = GitLog;

/// Reads Git histories.
pub struct GitLog;

/// What follows `git -C REPOSITORY` to write a history in our own form.
///
/// `-z` and `%x00` part everything by NUL, which no commit can hold. Only `HEAD` is walked: what stands on other branches has
/// not been taken into the text, and which of them are at hand differs from clone to clone. Renames are followed, so that
/// a moved document does not count as written anew; plain `git log --numstat` does so as well, and it costs nothing that
/// could be measured. The rest pins what a user's configuration could change: the root commit's files, the algorithm, the
/// encoding. `%D` shows nothing but `grafted`, the mark of a commit at the edge of a shallow clone. Needs Git 2.28.
pub const ARGUMENTS: &[&str] = &[
    "log",
    "-z",
    "--numstat",
    "--root",
    "-M",
    "-l1000",
    "--diff-algorithm=myers",
    "--ignore-submodules=none",
    "--no-ext-diff",
    "--no-relative",
    "--no-color",
    "--no-show-signature",
    "--encoding=UTF-8",
    "--decorate-refs-exclude=*",
    "--decorate-refs-exclude=HEAD",
    concat!(
        "--format=tformat:@git1%x00%H%x00%P%x00%D%x00%aN%x00%aE%x00%aI%x00%cN%x00%cE%x00%cI%x00%s%x00",
        "%(trailers:key=Co-authored-by,key=Signed-off-by,key=Reviewed-by,key=Acked-by,key=Tested-by,key=Reported-by,unfold)"
    ),
    "HEAD",
    "--",
];

impl Adapter for GitLog {
    fn name(&self) -> &'static str {
        "git_log"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Git histories: commits by area, with committers, reviewers and signers"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        own::is_own(snapshot.bytes) || plain::is_plain(snapshot.bytes)
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let body = Body::of(whole(snapshot.origin));
        let mut reading = Reading { about: body.about(), ..Reading::default() };
        let mut seen = Seen::default();
        if own::is_own(snapshot.bytes) {
            own::Commits::new(snapshot.bytes).for_each(|commit| seen.take(commit, &body, &mut reading));
        } else {
            plain::read(snapshot.bytes, |commit| seen.take(commit, &body, &mut reading));
        }
        // Of a part, what came before it stands in another source.
        if !is_part(snapshot.origin) {
            reading.problems.extend(seen.missing());
        }
        reading
    }
}

/// The origin without the part of the history that it names.
fn whole(origin: &str) -> &str {
    if is_part(origin) { origin.rsplit_once(' ').map_or(origin, |(whole, _)| whole) } else { origin }
}

/// True where the origin says that this is only what came between two commits: `spec/.git ABC..DEF`.
fn is_part(origin: &str) -> bool {
    let is_hash = |text: &str| text.len() >= 7 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let range = origin.rsplit_once(' ').and_then(|(_, range)| range.split_once(".."));
    range.is_some_and(|(from, to)| is_hash(from) && is_hash(to))
}

/// Which commits were there, and which should have been.
#[derive(Default)]
struct Seen<'a> {
    commits: HashSet<&'a str>,
    links: Vec<Link<'a>>,
}

/// A commit names its parent.
struct Link<'a> {
    at: Range<usize>,
    child: &'a str,
    parent: &'a str,
}

impl<'a> Seen<'a> {
    fn take(&mut self, commit: Result<Commit<'a>, Box<Problem>>, body: &Body, reading: &mut Reading) {
        let commit = match commit {
            Ok(commit) => commit,
            Err(problem) => return reading.problems.push(*problem),
        };
        if !self.commits.insert(commit.hash) {
            return reading.problems.push(commit.doubled());
        }
        let link = |parent: &&'a str| Link { at: commit.at.clone(), child: commit.hash, parent };
        self.links.extend(commit.parents.iter().flatten().map(link));
        reading.n_units += 1;
        commit.state(body, reading);
    }

    /// A parent that is not in the text: the history was cut off, for example by a repository that lacks objects.
    fn missing(self) -> Option<Problem> {
        let mut missing = self.links.into_iter().filter(|link| !self.commits.contains(link.parent));
        let first = missing.next()?;
        let n_missing = 1 + missing.count();
        let place = format!("commit {}", first.child.get(..12).unwrap_or(first.child));
        Some(Problem {
            kind: "parents-missing",
            evidence: Evidence::new(first.at, place, first.parent),
            what: format!("expected the parents of every commit, found {n_missing} that are not in the text"),
            hint: "write the history again from a whole clone; `git fsck` names what is missing".into(),
        })
    }
}
