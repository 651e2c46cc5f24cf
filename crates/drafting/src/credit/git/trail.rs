//! The way of files through the commits: which contents they had, each made from which.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use fact::{Fault, Remedy};

use super::super::history::{History, Version};
use super::{Change, File, Log, MOST_BYTES};

/// Pairs of a commit and a file that are looked at; more than that is not one document.
const MOST_PLACES: usize = 4_000_000;

/// The contents that files had, from the first to those of `HEAD`.
#[derive(Clone, Debug, Default)]
pub struct Trail {
    steps: Vec<Step>,
    goals: Vec<usize>,
}

/// What a commit left of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    commit: usize,
    path: usize,
    blob: String,
    parents: Vec<usize>,
}

/// A history read from Git.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// A version for each commit that changed a file; its name is the commit's first ten digits and the path.
    pub history: History,
    /// The versions that `HEAD` has, one a file, in the order of the files; files that are no text are left out.
    pub goals: Vec<usize>,
    /// What could not be read.
    pub problems: Vec<Fault>,
}

/// A commit and a path in it.
type Place = (usize, usize);

struct Walk<'a> {
    log: &'a Log,
    /// The content of a place, where it was asked for.
    blobs: HashMap<Place, Option<String>>,
    /// The step that a place has, once its parents are known.
    done: HashMap<Place, usize>,
    steps: Vec<Step>,
}

impl Log {
    /// Returns where a file that a commit adds was held last, where an earlier commit deleted it: who restores it did not write it.
    fn deleted(&self, (commit, path): Place) -> Option<Place> {
        let mut at = self.first_parent(commit)?;
        while !self.commits[at].changes.contains_key(&path) {
            at = self.first_parent(at)?;
        }
        let changes = &self.commits[at].changes;
        let is_moved =
            changes.values().any(|change| matches!(change, Change::Held { from: Some(from), .. } if *from == path));
        let before = self.first_parent(at).filter(|_| changes.get(&path) == Some(&Change::Gone) && !is_moved)?;
        Some((before, path))
    }

    /// Follows files of `HEAD` back to where they began.
    ///
    /// # Errors
    /// If the log has no commit, does not lead to the files, or is too long (4 million pairs of a commit and a file).
    pub fn trail(&self, files: &[File]) -> Result<Trail, Fault> {
        if self.commits.is_empty() {
            let what = "expected commits, found none";
            return Err(Fault::new(Remedy::Ask, "the repository", what, "commit the text first"));
        }
        let mut walk = Walk { log: self, blobs: HashMap::new(), done: HashMap::new(), steps: Vec::new() };
        let mut goals = Vec::new();
        for file in files {
            let path = self.numbers.get(&file.path).copied();
            let blob = path.and_then(|path| walk.blob((0, path)));
            let Some(path) = path.filter(|_| blob.as_ref() == Some(&file.blob)) else {
                let place = String::from_utf8_lossy(&file.path);
                let what = "expected a file that the log leads to, found none";
                return Err(Fault::new(
                    Remedy::Source,
                    place,
                    what,
                    "take log and files from the same `HEAD`, of a whole clone",
                ));
            };
            goals.push(walk.to((0, path))?);
        }
        Ok(Trail { steps: walk.steps, goals }.in_order())
    }
}

impl Walk<'_> {
    /// Returns the step of a place, after those of everything that it was made from.
    fn to(&mut self, goal: Place) -> Result<usize, Fault> {
        let mut open = vec![goal];
        while let Some(place) = open.last().copied() {
            if self.done.len() + self.blobs.len() > MOST_PLACES {
                let what = format!("expected at most {MOST_PLACES} pairs of a commit and a file, found more");
                return Err(Fault::new(Remedy::Ask, "git log", what, "ask for fewer files"));
            }
            if self.done.contains_key(&place) {
                open.pop();
                continue;
            }
            let parents = self.parents(place);
            let waiting: Vec<Place> =
                parents.iter().copied().filter(|parent| !self.done.contains_key(parent)).collect();
            if waiting.is_empty() {
                self.finish(place, &parents);
                open.pop();
            } else {
                open.extend(waiting);
            }
        }
        Ok(self.done[&goal])
    }

    /// Gives a place its step: that of a parent with the same content, or one of its own.
    fn finish(&mut self, place: Place, parents: &[Place]) {
        let blob = self.blob(place).unwrap_or_default();
        let held: Vec<usize> = parents.iter().map(|parent| self.done[parent]).collect();
        let step = held.iter().copied().find(|step| self.steps[*step].blob == blob).unwrap_or_else(|| {
            let mut parents: Vec<usize> = Vec::new();
            for step in held {
                if !parents.contains(&step) {
                    parents.push(step);
                }
            }
            self.steps.push(Step { commit: place.0, path: place.1, blob, parents });
            self.steps.len() - 1
        });
        self.done.insert(place, step);
    }

    /// The places that a place was made from, skipping commits that did not touch it.
    fn parents(&mut self, (commit, path): Place) -> Vec<Place> {
        let log = self.log;
        let mut parents = Vec::new();
        let of_first = match log.commits[commit].changes.get(&path) {
            Some(Change::Held { from: Some(from), .. }) => Some(*from),
            Some(Change::Held { is_added: true, .. } | Change::Gone) => None,
            _ => Some(path),
        };
        if let (Some(first), Some(path)) = (log.first_parent(commit), of_first) {
            parents.push(self.skipped((first, path)));
        }
        if let Some(Change::Held { is_added: true, .. }) = log.commits[commit].changes.get(&path)
            && let Some(before) = log.deleted((commit, path))
        {
            parents.push(self.skipped(before));
        }
        for (_, other) in log.parents(commit).filter(|(nth, _)| *nth > 0) {
            if let Some(path) = self.name_in(other, (commit, path)) {
                parents.push(self.skipped((other, path)));
            }
        }
        parents
    }

    /// Goes back over commits with one parent that did not touch the path.
    fn skipped(&self, (mut commit, path): Place) -> Place {
        loop {
            let held = &self.log.commits[commit];
            match self.log.first_parent(commit).filter(|_| held.parents.len() == 1) {
                Some(parent) if !held.changes.contains_key(&path) => commit = parent,
                _ => return (commit, path),
            }
        }
    }

    /// Returns the path that a file of a merge has in another parent: its own, or one that it had before on the first parent's side.
    fn name_in(&mut self, other: usize, (commit, path): Place) -> Option<usize> {
        let (mut at, mut name) = (commit, path);
        loop {
            if self.blob((other, name)).is_some() {
                return Some(name);
            }
            let held = &self.log.commits[at];
            match held.changes.get(&name) {
                Some(Change::Held { from: Some(from), .. }) => name = *from,
                Some(Change::Held { is_added: true, .. } | Change::Gone) => return None,
                _ => {}
            }
            at = self.log.first_parent(at)?;
        }
    }

    /// Returns the content of a path in a commit: that of the last change along first parents.
    fn blob(&mut self, place: Place) -> Option<String> {
        let (mut commit, path) = place;
        let mut passed = Vec::new();
        let blob = loop {
            if let Some(known) = self.blobs.get(&(commit, path)) {
                break known.clone();
            }
            let held = &self.log.commits[commit];
            match held.changes.get(&path) {
                Some(Change::Held { blob, .. }) => break Some(blob.clone()),
                Some(Change::Gone) => break None,
                None => {}
            }
            // Every so often is enough for those who come here again.
            if passed.len() < 2 || commit % 16 == 0 {
                passed.push((commit, path));
            }
            match self.log.first_parent(commit) {
                Some(parent) => commit = parent,
                None => break None,
            }
        };
        for place in passed {
            self.blobs.insert(place, blob.clone());
        }
        blob
    }
}

impl Trail {
    /// Lists the steps as the log does, from the first commit on: several files were changed within one second, and only the graph of
    /// commits tells which came first.
    fn in_order(self) -> Self {
        let mut order: Vec<usize> = (0..self.steps.len()).collect();
        order.sort_by_key(|at| (Reverse(self.steps[*at].commit), *at));
        let mut new = vec![0; order.len()];
        for (nth, at) in order.iter().enumerate() {
            new[*at] = nth;
        }
        let step = |at: &usize| {
            let step = &self.steps[*at];
            let parents = step.parents.iter().map(|parent| new[*parent]).collect();
            Step { commit: step.commit, path: step.path, blob: step.blob.clone(), parents }
        };
        Self { steps: order.iter().map(step).collect(), goals: self.goals.iter().map(|goal| new[*goal]).collect() }
    }

    /// Returns what [`BLOBS`](super::BLOBS) is given on standard input: the name of every content, once, a line each.
    #[must_use]
    pub fn wants(&self) -> String {
        let blobs: BTreeSet<&str> = self.steps.iter().map(|step| step.blob.as_str()).collect();
        blobs.into_iter().flat_map(|blob| [blob, "\n"]).collect()
    }

    /// Reads contents as [`BLOBS`](super::BLOBS) writes them, and puts the history together.
    ///
    /// Contents that are no UTF-8 are read as far as they are. What is missing, holds NUL or has more than 16 MiB is a problem; such a version counts as
    /// unchanged, and a file that never was a text is left out.
    #[must_use]
    pub fn history(&self, log: &Log, batch: &[u8]) -> Read {
        let contents = contents(batch);
        let mut read = Read::default();
        let mut is_text = Vec::new();
        for step in &self.steps {
            let commit = &log.commits[step.commit];
            let path = String::from_utf8_lossy(&log.paths[step.path]);
            let id = format!("{} {path}", commit.hash.get(..10).unwrap_or(&commit.hash));
            let text = text_of(contents.get(step.blob.as_str()).copied()).map_err(|what| {
                let hint =
                    "give `git cat-file --batch` all that `Trail::wants` names; pictures and programs have no words";
                let place = format!("{path} ({})", commit.hash.get(..10).unwrap_or(&commit.hash));
                read.problems.push(Fault::new(Remedy::Source, place, what, hint));
            });
            let before = step.parents.first().filter(|parent| is_text[**parent]);
            is_text.push(text.is_ok() || before.is_some());
            let text = text.unwrap_or_else(|()| {
                before.map(|parent: &usize| read.history.versions[*parent].text.clone()).unwrap_or_default()
            });
            let (time, authors, parents) = (commit.time, commit.authors.clone(), step.parents.clone());
            read.history.versions.push(Version { id, time, authors, parents, text });
        }
        read.goals = self.goals.iter().copied().filter(|goal| is_text[*goal]).collect();
        read
    }
}

fn text_of(content: Option<&[u8]>) -> Result<String, String> {
    let content = content.ok_or("expected a content, found none")?;
    if content.len() > MOST_BYTES {
        return Err(format!("expected at most {MOST_BYTES} bytes, found {}", content.len()));
    }
    if content.contains(&0) {
        return Err("is no text".into());
    }
    Ok(String::from_utf8_lossy(content).into_owned())
}

/// `name SP type SP size LF content LF`, or `name SP missing LF`; whatever follows something else is not read.
fn contents(batch: &[u8]) -> HashMap<&str, &[u8]> {
    let mut contents = HashMap::new();
    let mut rest = batch;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let Ok(head) = str::from_utf8(&rest[..end]) else { break };
        rest = &rest[end + 1..];
        match head.split(' ').collect::<Vec<_>>()[..] {
            [blob, "blob", size] => {
                let Some(content) = size.parse::<usize>().ok().and_then(|size| rest.get(..size)) else { break };
                contents.insert(blob, content);
                rest = rest.get(content.len() + 1..).unwrap_or_default();
            }
            [_, "missing"] => {}
            _ => break,
        }
    }
    contents
}
