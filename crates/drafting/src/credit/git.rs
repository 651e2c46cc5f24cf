//! Histories from Git: what three plain commands write becomes a [`History`](super::History).
//!
//! Comes in: the bytes that Git writes for [`LOG`], [`TREE`] and [`BLOBS`]. Goes out: the versions of every text file asked for, with renames
//! followed and merges kept. Nothing is run here. Side branches that a merge did not take (`-s ours`) stay as earlier proposals.
//!
//! ```text
//! git -C REPOSITORY <LOG>            -> log            (all commits that HEAD reaches, with what each changed)
//! git -C REPOSITORY <TREE> PATH...   -> files          (the files to credit)
//! git -C REPOSITORY <BLOBS>          -> Trail::history (their contents; on standard input Trail::wants)
//! ```
//!
//! Authors are those of the mailmap, and co-authors named in trailers. The time is the committer's: when a change was applied, not when
//! it was written. A file that moves within the repository is followed as `git log -M` follows it; words that move between files are found by
//! [`credit`](super::credit), for all files are one history.

#[path = "git/trail.rs"]
mod trail;

use std::collections::{BTreeMap, HashMap};

use fact::{Fault, Remedy};

pub use trail::{Read, Trail};

/// What follows `git -C REPOSITORY` to write the log. Needs Git 2.31.
///
/// Merges are compared with their first parent only; what other parents held follows from their own changes. No path is named, for
/// Git looks for renames only among paths that are named.
pub const LOG: &[&str] = &[
    "log",
    "-z",
    "--raw",
    "--no-abbrev",
    "--root",
    "-M",
    "-l1000",
    "--diff-merges=first-parent",
    "--topo-order",
    "--ignore-submodules=all",
    "--no-ext-diff",
    "--no-relative",
    "--no-color",
    "--no-show-signature",
    "--encoding=UTF-8",
    "--format=tformat:@credit1%x00%H%x00%P%x00%ct%x00%aN%x00%aE%x00%(trailers:key=Co-authored-by,valueonly,separator=%x1f,unfold)",
    "HEAD",
    "--",
];

/// What follows `git -C REPOSITORY` to list the files of `HEAD`; the paths asked for come behind it, from the root of the repository.
pub const TREE: &[&str] = &["ls-tree", "-r", "-z", "--full-tree", "HEAD", "--"];

/// What follows `git -C REPOSITORY` to write contents; their names are given on standard input, one a line.
pub const BLOBS: &[&str] = &["cat-file", "--batch"];

/// First field of every commit; the digit is the version of the form.
const MARK: &[u8] = b"@credit1";
/// A file at most this large is a text; 16 MiB.
const MOST_BYTES: usize = 16 << 20;

/// The commits of a repository, and what they changed.
#[derive(Clone, Debug, Default)]
pub struct Log {
    commits: Vec<Commit>,
    by_hash: HashMap<String, usize>,
    /// Paths by number.
    paths: Vec<Vec<u8>>,
    numbers: HashMap<Vec<u8>, usize>,
    /// Domain of the address of every author.
    domains: BTreeMap<String, String>,
}

/// A file of `HEAD`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path as Git has it: bytes.
    pub path: Vec<u8>,
    /// The name of its content.
    pub blob: String,
}

#[derive(Clone, Debug)]
struct Commit {
    hash: String,
    /// Hashes; in a shallow clone some are not in the log.
    parents: Vec<String>,
    time: i64,
    authors: Vec<String>,
    /// By the path after the change.
    changes: BTreeMap<usize, Change>,
}

/// What a commit did to a path, compared with its first parent.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    /// It has this content now, and had another path if one is named; `is_added` where it was not there.
    Held { blob: String, from: Option<usize>, is_added: bool },
    /// It is gone.
    Gone,
}

/// Reads what [`LOG`] writes.
///
/// # Errors
/// If it is not of this form, or breaks off.
pub fn log(bytes: &[u8]) -> Result<Log, Fault> {
    let mut log = Log::default();
    let mut fields = Fields { bytes, at: 0 };
    while fields.at < bytes.len() {
        let at = fields.at;
        log.commit(&mut fields).ok_or_else(|| {
            let what = format!("expected a commit with its changes, found something else or the end (byte {at})");
            Fault::new(Remedy::Source, "git log", what, "run it with the arguments of `credit::git::LOG`, to its end")
        })?;
    }
    Ok(log)
}

/// Reads what [`TREE`] writes: files, without links and submodules. What is not of this form is left out.
#[must_use]
pub fn files(bytes: &[u8]) -> Vec<File> {
    let file = |line: &[u8]| {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let head = str::from_utf8(&line[..tab]).ok()?;
        match head.split(' ').collect::<Vec<_>>()[..] {
            ["100644" | "100755", "blob", blob] => Some(File { path: line[tab + 1..].to_vec(), blob: blob.into() }),
            _ => None,
        }
    };
    bytes.split(|byte| *byte == 0).filter_map(file).collect()
}

struct Fields<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Fields<'a> {
    /// Returns the next field; `None` at the end, and for one that no NUL ends.
    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = &self.bytes[self.at..];
        let end = rest.iter().position(|byte| *byte == 0)?;
        self.at += end + 1;
        Some(&rest[..end])
    }

    fn text(&mut self) -> Option<String> {
        self.next().map(|field| String::from_utf8_lossy(field).into_owned())
    }
}

impl Log {
    /// Returns the domain of each author's address, lower case: parties for shares by organisation. Other parts of addresses are not kept.
    #[must_use]
    pub fn domains(&self) -> &BTreeMap<String, String> {
        &self.domains
    }

    /// Returns how many commits there are.
    #[must_use]
    pub fn n_commits(&self) -> usize {
        self.commits.len()
    }

    /// Returns the parents of a commit that the log has, each with its place among all parents.
    ///
    /// Children come before parents; what says otherwise is not of Git and could run in a circle.
    fn parents(&self, commit: usize) -> impl Iterator<Item = (usize, usize)> {
        let hashes = self.commits[commit].parents.iter().enumerate();
        let held = hashes.filter_map(|(nth, hash)| Some((nth, *self.by_hash.get(hash)?)));
        held.filter(move |(_, parent)| *parent > commit)
    }

    /// Returns the first parent, if the log has it.
    fn first_parent(&self, commit: usize) -> Option<usize> {
        self.parents(commit).next().filter(|(nth, _)| *nth == 0).map(|(_, parent)| parent)
    }

    fn commit(&mut self, fields: &mut Fields<'_>) -> Option<()> {
        if fields.next()? != MARK {
            return None;
        }
        let hash = fields.text().filter(|hash| is_hash(hash))?;
        let parents = fields.text()?.split_whitespace().map(String::from).collect();
        let time = fields.text()?.parse().ok()?;
        let (name, address, others) = (fields.text()?, fields.text()?, fields.text()?);
        let mut authors = vec![self.author(&name, &address)];
        for other in others.split('\x1f').map(str::trim).filter(|other| !other.is_empty()) {
            let (name, address) = other.split_once('<').unwrap_or((other, ""));
            let author = self.author(name.trim(), address.trim_end_matches('>'));
            if !authors.contains(&author) {
                authors.push(author);
            }
        }
        let mut changes = BTreeMap::new();
        while matches!(fields.bytes.get(fields.at..), Some([b'\n', b':', ..] | [b':', ..])) {
            self.change(fields, &mut changes)?;
        }
        self.by_hash.insert(hash.clone(), self.commits.len());
        self.commits.push(Commit { hash, parents, time, authors, changes });
        Some(())
    }

    fn author(&mut self, name: &str, address: &str) -> String {
        let domain = address.rsplit_once('@').map(|(_, domain)| domain.trim().to_lowercase()).unwrap_or_default();
        let author = if name.is_empty() { format!("somebody of {domain}") } else { name.to_string() };
        if !domain.is_empty() {
            self.domains.entry(author.clone()).or_insert(domain);
        }
        author
    }

    /// `:mode mode blob blob STATUS`, then a path, or two for a rename.
    fn change(&mut self, fields: &mut Fields<'_>, changes: &mut BTreeMap<usize, Change>) -> Option<()> {
        let head = fields.text()?;
        let parts: Vec<&str> = head.trim_start_matches(['\n', ':']).split(' ').collect();
        let [_, mode, _, blob, status] = parts[..] else { return None };
        let path = self.number(fields.next()?);
        // Links and submodules are no texts.
        let is_file = mode.starts_with("100");
        let held = |from, is_added| {
            if is_file { Change::Held { blob: blob.into(), from, is_added } } else { Change::Gone }
        };
        match status.as_bytes().first()? {
            b'A' => drop(changes.insert(path, held(None, true))),
            b'D' => drop(changes.insert(path, Change::Gone)),
            b'R' | b'C' => {
                let to = self.number(fields.next()?);
                changes.insert(to, held(Some(path), false));
                if status.starts_with('R') {
                    changes.entry(path).or_insert(Change::Gone);
                }
            }
            _ => drop(changes.insert(path, held(None, false))),
        }
        Some(())
    }

    fn number(&mut self, path: &[u8]) -> usize {
        if let Some(number) = self.numbers.get(path) {
            return *number;
        }
        self.paths.push(path.to_vec());
        self.numbers.insert(path.to_vec(), self.paths.len() - 1);
        self.paths.len() - 1
    }
}

fn is_hash(text: &str) -> bool {
    (40..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
