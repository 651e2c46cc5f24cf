//! One item to its bytes and its reading. Whatever is wrong with one is a problem of that one, and stops no other.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering};

use fact::{Adapter, Evidence, Problem, Reading, Snapshot, content_id};
use indicatif::ProgressBar;

use super::files::{Item, Place};
use super::{kind, repository};
use crate::interrupt;

/// A file larger than this is not read: nothing that a standards body publishes as text comes near it.
const MAX_BYTES: u64 = 1 << 30;

/// What came of one item.
pub struct Read {
    /// Content id of the bytes; empty where there are none.
    pub id: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The adapter that read them.
    pub adapter: Option<&'static dyn Adapter>,
    /// What it says.
    pub reading: Reading,
}

/// Reads items on several workers; the order of the result is that of the items, whatever finishes first. When the
/// user interrupts, those read so far are returned: a beginning of `items`.
pub fn read_all(items: &[&Item], mappings: &[String], n_threads: usize, progress: &ProgressBar) -> Vec<Read> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        while !interrupt::is_wanted() {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            done.push((at, read_one(item, mappings)));
            progress.inc(item.n_bytes);
        }
        done
    };
    let mut results: Vec<(usize, Read)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..n_threads.max(1)).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().enumerate().take_while(|(nth, (at, _))| nth == at).map(|(_, (_, read))| read).collect()
}

/// Reads one item.
pub fn read_one(item: &Item, mappings: &[String]) -> Read {
    match bytes(item) {
        Ok(bytes) => read_bytes(&item.origin, bytes, mappings),
        Err(problem) => {
            let reading = Reading { about: problem.what.clone(), n_units: 1, ..Reading::default() };
            let reading = Reading { problems: vec![*problem], ..reading };
            Read { id: String::new(), bytes: Vec::new(), adapter: None, reading }
        }
    }
}

/// Reads bytes with the adapter that says they are its own.
fn read_bytes(origin: &str, bytes: Vec<u8>, mappings: &[String]) -> Read {
    let id = content_id(&bytes);
    let snapshot = Snapshot { mappings, ..Snapshot::new(&id, origin, &bytes) };
    let chosen = guarded(|| adapters::adapter_for(&snapshot)).flatten();
    let reading = match chosen {
        Some(adapter) => read_with(adapter, &snapshot),
        None => not_recognised(&snapshot),
    };
    Read { id, adapter: chosen, reading, bytes }
}

/// Reads a snapshot with one adapter. A panic in it is a defect of ours: it becomes a problem of this snapshot alone.
pub fn read_with(adapter: &dyn Adapter, snapshot: &Snapshot<'_>) -> Reading {
    guarded(|| adapter.read(snapshot)).unwrap_or_else(|| {
        let problem = Problem {
            kind: "adapter-failed",
            evidence: Evidence::new(0..snapshot.bytes.len(), "whole file", ""),
            what: format!("expected a reading, found a defect in the adapter `{}`", adapter.name()),
            hint: "please report this with the file".into(),
        };
        Reading { about: "not read".into(), problems: vec![problem], n_units: 1, ..Reading::default() }
    })
}

fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(AssertUnwindSafe(read)).ok()
}

fn bytes(item: &Item) -> Result<Vec<u8>, Box<Problem>> {
    let refused = |kind, what: String, hint: &str| {
        let evidence = Evidence::new(0..0, "whole file", "");
        Box::new(Problem { kind, evidence, what, hint: hint.into() })
    };
    if item.n_bytes > MAX_BYTES {
        let what = format!("expected at most {MAX_BYTES} bytes, found {}", item.n_bytes);
        return Err(refused("too-large", what, "split the file, or leave it out with `--ignore`"));
    }
    match &item.place {
        Place::Bytes(bytes) => Ok(bytes.to_vec()),
        Place::Refused { kind, what, hint } => Err(refused(kind, what.clone(), hint)),
        Place::File(path) => {
            std::fs::read(path).map_err(|error| refused("unreadable", error.to_string(), "check that it may be read"))
        }
        Place::History { repository, after, head } => repository::history(repository, after.as_deref(), head)
            .map_err(|fault| refused("history-not-whole", fault.what, &fault.hint)),
    }
}

fn not_recognised(snapshot: &Snapshot<'_>) -> Reading {
    let kind = kind::of(snapshot);
    let problem = Problem {
        kind: "not-recognised",
        evidence: Evidence::new(0..snapshot.bytes.len(), "whole file", ""),
        what: format!("expected a kind of source that an adapter reads, found {}", kind.name),
        hint: kind.hint.into(),
    };
    let about = format!("{}, not recognised", kind.name);
    Reading { about, problems: vec![problem], n_units: 1, ..Reading::default() }
}
