//! Our own form: everything parted by NUL, which no commit can hold.
//!
//! A commit is `@git1`, eleven fields, and then its changes: `added TAB deleted TAB path`, or the same with an empty path
//! and the old and the new path behind it. Git writes a line feed before the first change.

use std::borrow::Cow;
use std::ops::Range;

use fact::{Evidence, Problem};

use super::areas::{Areas, Change};
use super::commit::Commit;
use super::people::Ident;
use crate::parts::address::blanked;
use crate::parts::lines::decoded;

/// First field of every commit; the digit is the version of the form.
const MARK: &[u8] = b"@git1";
const N_FIELDS: usize = 11;

/// True for a history in this form.
pub fn is_own(bytes: &[u8]) -> bool {
    bytes.strip_prefix(MARK).and_then(|rest| rest.strip_prefix(b"\0")).is_some_and(|rest| {
        let hash = rest.split(|&byte| byte == 0).next().unwrap_or_default();
        rest.is_empty() || is_hash(hash)
    })
}

/// True for a commit's name: hexadecimal, at least seven digits.
pub fn is_hash(text: &[u8]) -> bool {
    (7..=64).contains(&text.len()) && text.iter().all(u8::is_ascii_hexdigit)
}

/// The commits of a history, and the places that are none.
pub struct Commits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Commits<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next field, without moving on. `None` at the end, and for a field that no NUL ends.
    fn peek(&self) -> Option<&'a [u8]> {
        let rest = &self.bytes[self.at..];
        memchr::memchr(0, rest).map(|end| &rest[..end])
    }

    fn field(&mut self) -> Option<&'a [u8]> {
        let field = self.peek()?;
        self.at += field.len() + 1;
        Some(field)
    }

    /// True at the mark of a commit, which a hash follows; a file may be called like the mark.
    fn is_at_mark(&self) -> bool {
        let rest = self.bytes[self.at..].strip_prefix(MARK).and_then(|rest| rest.strip_prefix(b"\0"));
        rest.is_some_and(|rest| rest.split(|&byte| byte == 0).next().is_some_and(is_hash))
    }

    /// Moves to the next mark, and returns what was passed over.
    fn pass_to_mark(&mut self, start: usize) -> Range<usize> {
        while self.at < self.bytes.len() && !self.is_at_mark() {
            if self.field().is_none() {
                self.at = self.bytes.len();
            }
        }
        start..self.at
    }

    fn commit(&mut self) -> Result<Commit<'a>, Box<Problem>> {
        let start = self.at;
        if !self.is_at_mark() {
            let at = self.pass_to_mark(start);
            return Err(if at.end == self.bytes.len() { self.cut(at) } else { self.unreadable(at) });
        }
        self.field();
        let mut fields: [&'a [u8]; N_FIELDS] = [b""; N_FIELDS];
        for field in &mut fields {
            let Some(found) = self.field() else {
                self.at = self.bytes.len();
                return Err(self.cut(start..self.at));
            };
            *field = found;
        }
        let [hash, parents, decoration, ..] = fields;
        let text = |nth: usize| decoded(fields[nth]);
        let hash = std::str::from_utf8(hash).unwrap_or_default();
        let parents = std::str::from_utf8(parents).unwrap_or_default();
        let areas = self.changes()?;
        Ok(Commit {
            at: start..self.at,
            place: format!("commit {}", hash.get(..12).unwrap_or(hash)),
            hash,
            parents: Some(parents.split_whitespace().collect()),
            is_edge: decoration == b"grafted",
            author: Ident::new(text(3), text(4)),
            authored: text(5),
            committer: Ident::new(text(6), text(7)),
            committed: text(8),
            subject: text(9),
            trailers: text(10),
            areas,
        })
    }

    fn changes(&mut self) -> Result<Areas, Box<Problem>> {
        let mut areas = Areas::default();
        while self.at < self.bytes.len() && !self.is_at_mark() {
            let start = self.at;
            let field = self.field().map(|field| field.strip_prefix(b"\n").unwrap_or(field));
            match field.and_then(Change::read) {
                Some(Change { lines, path: b"" }) => match (self.field(), self.field()) {
                    (Some(old), Some(new)) => areas.add_rename(old, new, lines),
                    _ => return Err(self.rest_is_cut(start)),
                },
                Some(Change { lines, path }) => areas.add(path, lines),
                None if field.is_none() => return Err(self.rest_is_cut(start)),
                None => {
                    let at = self.pass_to_mark(start);
                    return Err(self.unreadable(at));
                }
            }
        }
        Ok(areas)
    }

    fn rest_is_cut(&mut self, start: usize) -> Box<Problem> {
        self.at = self.bytes.len();
        self.cut(start..self.at)
    }

    fn cut(&self, at: Range<usize>) -> Box<Problem> {
        let what = "expected the whole of the last commit, found the end of the text".into();
        let hint = "write the history again, and see what `git log` says at its end".into();
        Box::new(Problem { kind: "history-cut", evidence: self.evidence(at), what, hint })
    }

    fn unreadable(&self, at: Range<usize>) -> Box<Problem> {
        let what = "expected a commit or a change `added TAB deleted TAB path`, found something else".into();
        let hint = "write the history again with the arguments of this version".into();
        Box::new(Problem { kind: "history-unreadable", evidence: self.evidence(at), what, hint })
    }

    fn evidence(&self, at: Range<usize>) -> Evidence {
        let head = &self.bytes[at.start..at.end.min(at.start + 400)];
        let words: Cow<'_, str> = decoded(head);
        let quote = blanked(&words).replace(['\0', '\t'], " ");
        Evidence::new(at.clone(), format!("byte {}", at.start), &quote)
    }
}

impl<'a> Iterator for Commits<'a> {
    type Item = Result<Commit<'a>, Box<Problem>>;

    fn next(&mut self) -> Option<Self::Item> {
        (self.at < self.bytes.len()).then(|| self.commit())
    }
}
