//! The plain form: a line for each commit, its fields parted by TAB, and the lines of `--numstat` below it.

use std::borrow::Cow;

use fact::{Evidence, Problem};

use super::areas::{Areas, Change};
use super::commit::Commit;
use super::own::is_hash;
use super::people::Ident;
use crate::parts::address::blanked;
use crate::parts::lines::{Line, lines};

/// Kind of the problem of lines that are neither a commit nor a change.
const UNREADABLE: &str = "line-unreadable";

/// Lines above the first commit in which this form is still looked for.
const HEAD_LINES: usize = 20;
const HEAD_BYTES: usize = 8192;

/// True where the first lines hold a commit in this form, and nothing else but changes.
pub fn is_plain(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    for line in head.split(|&byte| byte == b'\n').take(HEAD_LINES) {
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).trim_ascii_end();
        if Header::read(&String::from_utf8_lossy(line)).is_some() {
            return true;
        }
        let may_stand_above = line.is_empty() || line.starts_with(b"@") || Change::read(line).is_some();
        if !may_stand_above {
            return false;
        }
    }
    false
}

/// Hands every commit, and every place that is none, to `take`.
pub fn read<'a>(bytes: &'a [u8], take: impl FnMut(Result<Commit<'a>, Box<Problem>>)) {
    let mut open = Open { commit: None, lost: None, take };
    for line in lines(bytes).filter(|line| !line.text.trim().is_empty()) {
        if let Some(commit) = commit(bytes, &line) {
            open.close();
            open.commit = Some(commit);
        } else if let Some(change) = Change::read(&bytes[line.at.clone()]).filter(|change| !change.path.is_empty()) {
            open.change(&change, &line);
        } else {
            open.other(&line);
        }
    }
    open.close();
}

/// What the lines that follow belong to: a commit, a run of lines that could not be read, or both.
struct Open<'a, Take> {
    commit: Option<Commit<'a>>,
    /// Runs are one problem each, so that a file of rubbish is not a problem a line.
    lost: Option<Box<Problem>>,
    take: Take,
}

impl<'a, Take: FnMut(Result<Commit<'a>, Box<Problem>>)> Open<'a, Take> {
    fn close(&mut self) {
        self.close_lost();
        if let Some(commit) = self.commit.take() {
            (self.take)(Ok(commit));
        }
    }

    fn close_lost(&mut self) {
        if let Some(lost) = self.lost.take() {
            (self.take)(Err(lost));
        }
    }

    /// A change belongs to the commit above it, or to the place where one should have been.
    fn change(&mut self, change: &Change<'_>, line: &Line<'_>) {
        if let Some(commit) = &mut self.commit {
            commit.areas.add_written(change.path, change.lines);
            commit.at.end = line.at.end;
            self.close_lost();
        } else {
            self.lose(line, stray, |_| true);
        }
    }

    fn other(&mut self, line: &Line<'_>) {
        let is_commit = line
            .text
            .strip_prefix('@')
            .and_then(|rest| rest.split('\t').next())
            .is_some_and(|hash| is_hash(hash.as_bytes()));
        if is_commit {
            self.close();
            self.lose(line, unreadable_commit, |_| false);
        } else {
            self.lose(line, unreadable, |lost| lost.kind == UNREADABLE);
        }
    }

    /// Adds a line to the run that is open where it belongs there, else begins another.
    fn lose(&mut self, line: &Line<'_>, begin: fn(&Line<'_>) -> Problem, belongs: fn(&Problem) -> bool) {
        match &mut self.lost {
            Some(lost) if belongs(lost) => lost.evidence.end = line.at.end as u64,
            _ => {
                self.close_lost();
                self.lost = Some(Box::new(begin(line)));
            }
        }
    }
}

/// The fields of a commit's line.
struct Header<'t> {
    hash: &'t str,
    author: &'t str,
    address: &'t str,
    authored: &'t str,
    committer: &'t str,
    committed: &'t str,
    subject: &'t str,
}

impl<'t> Header<'t> {
    /// Both times must stand where they should: a TAB in a name moves them. One in the subject does no harm.
    fn read(line: &'t str) -> Option<Self> {
        let fields: Vec<&str> = line.strip_prefix('@')?.splitn(7, '\t').collect();
        let [hash, author, address, authored, committer, committed, subject] = fields[..] else { return None };
        let is_time = |text: &str| {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            text.is_empty() || (digits >= 4 && text.as_bytes().get(digits) == Some(&b'-'))
        };
        let is_header = is_hash(hash.as_bytes()) && is_time(authored) && is_time(committed);
        is_header.then_some(Self { hash, author, address, authored, committer, committed, subject })
    }
}

fn commit<'a>(bytes: &'a [u8], line: &Line<'_>) -> Option<Commit<'a>> {
    // The text of the line may be a decoded copy: what is kept is copied from it, but for the hash, which is ASCII.
    let header = Header::read(&line.text)?;
    let hash_at = line.at.start + 1..line.at.start + 1 + header.hash.len();
    let owned = |text: &str| Cow::Owned::<'a, str>(text.to_string());
    Some(Commit {
        at: line.at.clone(),
        place: format!("line {}", line.number),
        hash: std::str::from_utf8(&bytes[hash_at]).ok()?,
        parents: None,
        is_edge: false,
        author: Ident::new(owned(header.author), owned(header.address)),
        authored: owned(header.authored),
        committer: Ident::new(owned(header.committer), Cow::Borrowed("")),
        committed: owned(header.committed),
        subject: owned(header.subject),
        trailers: Cow::Borrowed(""),
        areas: Areas::default(),
    })
}

fn stray(line: &Line<'_>) -> Problem {
    let what = "expected a commit above the lines of changes, found none".into();
    problem("change-without-commit", line, what, "look for the commit's line, which begins with `@`")
}

fn unreadable_commit(line: &Line<'_>) -> Problem {
    let n_fields = line.text.split('\t').count();
    let what = format!(
        "expected `@hash`, author, e-mail, date, committer, date and subject parted by TAB, found {n_fields} fields in another order"
    );
    problem("commit-unreadable", line, what, "write the history again; the commit and its changes are not counted")
}

fn unreadable(line: &Line<'_>) -> Problem {
    let what = "expected a line of changes `added TAB deleted TAB path`, found something else".into();
    problem(UNREADABLE, line, what, "write the history again with `git log --numstat`")
}

fn problem(kind: &'static str, line: &Line<'_>, what: String, hint: &str) -> Problem {
    let head: String = line.text.chars().take(400).collect();
    let evidence = Evidence::new(line.at.clone(), format!("line {}", line.number), &blanked(&head));
    Problem { kind, evidence, what, hint: hint.into() }
}
