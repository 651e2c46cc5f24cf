//! Intake: files to snapshots to readings to the ledger, in order, with progress, and an honest report at the end.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use fact::{Evidence, Fault, Problem, Reading, Remedy, Snapshot, content_id};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;
use ledger::{Entry, Ledger, SnapshotRow};
use serde::Serialize;

/// A file larger than this is not read: nothing that a standards body publishes as text comes near it.
const MAX_BYTES: u64 = 1 << 30;
/// A commit is made when this many bytes have been read, so that an interruption loses little and memory stays bounded.
const BATCH_BYTES: u64 = 192 << 20;
/// ... or this many files.
const BATCH_FILES: usize = 500;

/// What to read, and as what.
#[derive(Clone, Debug)]
pub struct Order {
    /// File or folder.
    pub path: PathBuf,
    /// Name of the source.
    pub source: String,
    /// Its licence, where declared.
    pub licence: Option<String>,
    /// Workers.
    pub n_threads: usize,
    /// When this is learnt.
    pub now: Timestamp,
}

/// What an intake did: the report at its end.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Files looked at.
    pub n_files: usize,
    /// Bytes read.
    pub n_bytes: u64,
    /// Snapshots that were new.
    pub n_new: usize,
    /// Snapshots that were held already.
    pub n_known: usize,
    /// Units looked at (rows, entries, blocks), of all files.
    pub n_units: u64,
    /// Facts by act, of all files.
    pub facts: BTreeMap<&'static str, usize>,
    /// Problems by kind, of all files, with up to three examples.
    pub problems: BTreeMap<&'static str, Trouble>,
    /// Every file: what it is, and what came of it.
    pub files: Vec<FileReport>,
}

/// Problems of one kind.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Trouble {
    /// How many.
    pub n: usize,
    /// The first three, as place and words.
    pub examples: Vec<String>,
    /// What to do about the first.
    pub hint: String,
}

/// What came of one file.
#[derive(Clone, Debug, Serialize)]
pub struct FileReport {
    /// Where it came from.
    pub origin: String,
    /// What it was taken for.
    pub about: String,
    /// Adapter, if any.
    pub adapter: Option<&'static str>,
    /// Units looked at.
    pub n_units: u64,
    /// Facts.
    pub n_facts: usize,
    /// Problems.
    pub n_problems: usize,
}

impl Report {
    /// Returns the number of facts.
    #[must_use]
    pub fn n_facts(&self) -> usize {
        self.facts.values().sum()
    }

    /// Returns the number of problems.
    #[must_use]
    pub fn n_problems(&self) -> usize {
        self.problems.values().map(|trouble| trouble.n).sum()
    }

    /// Returns the share of units without a problem, 0 to 1; 1 when there was nothing to read.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub fn share_understood(&self) -> f64 {
        let n_units = self.n_units.max(self.n_problems() as u64);
        if n_units == 0 { 1.0 } else { 1.0 - self.n_problems() as f64 / n_units as f64 }
    }

    fn count(&mut self, file: &File, read: &Read) {
        self.n_files += 1;
        self.n_bytes += read.bytes.len() as u64;
        self.n_units += read.reading.n_units;
        for fact in &read.reading.facts {
            *self.facts.entry(fact.act.slug()).or_default() += 1;
        }
        for problem in &read.reading.problems {
            let trouble = self.problems.entry(problem.kind).or_default();
            trouble.n += 1;
            if trouble.n == 1 {
                trouble.hint.clone_from(&problem.hint);
            }
            if trouble.examples.len() < 3 {
                trouble.examples.push(format!("{}, {}: {}", file.origin, problem.evidence.place, problem.what));
            }
        }
        self.files.push(FileReport {
            origin: file.origin.clone(),
            about: read.reading.about.clone(),
            adapter: read.adapter,
            n_units: read.reading.n_units,
            n_facts: read.reading.facts.len(),
            n_problems: read.reading.problems.len(),
        });
    }
}

struct File {
    path: PathBuf,
    origin: String,
    n_bytes: u64,
}

struct Read {
    id: String,
    bytes: Vec<u8>,
    adapter: Option<&'static str>,
    version: u32,
    reading: Reading,
}

/// Reads everything that `order` names into the ledger. Adding the same again changes nothing.
///
/// # Errors
/// When a file or the workspace cannot be read or written; what could be read up to then is kept.
pub async fn take_in(ledger: &mut Ledger, order: &Order, target: ProgressDrawTarget) -> Result<Report, Fault> {
    let files = files(&order.path)?;
    let total = files.iter().map(|file| file.n_bytes).sum();
    let progress = ProgressBar::with_draw_target(Some(total), target);
    if let Ok(style) =
        ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} left  {msg}")
    {
        progress.set_style(style);
    }
    let mut report = Report::default();
    for batch in batches(&files) {
        let read = read_all(batch, order.n_threads, &progress)?;
        let mut entries = Vec::new();
        for (file, read) in batch.iter().zip(read) {
            report.count(file, &read);
            entries.push(entry(file, read, order));
        }
        let added = ledger.add(entries).await?;
        report.n_new += added.n_snapshots;
        report.n_known += added.n_known;
    }
    progress.finish_and_clear();
    Ok(report)
}

fn files(path: &Path) -> Result<Vec<File>, Fault> {
    let unreadable = |error: &dyn std::fmt::Display| {
        Fault::new(
            Remedy::Source,
            path.display().to_string(),
            error,
            "name a file or folder that exists and can be read",
        )
    };
    let root = path.canonicalize().map_err(|error| unreadable(&error))?;
    let name = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut files = Vec::new();
    for item in walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().filter_entry(is_visible) {
        let item = item.map_err(|error| unreadable(&error))?;
        if !item.file_type().is_file() {
            continue;
        }
        let below = item.path().strip_prefix(&root).map_err(|error| unreadable(&error))?;
        let parts = below.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        let origin: Vec<String> = std::iter::once(name.clone()).chain(parts).collect();
        let n_bytes = item.metadata().map_err(|error| unreadable(&error))?.len();
        files.push(File { path: item.path().into(), origin: origin.join("/"), n_bytes });
    }
    Ok(files)
}

fn is_visible(item: &walkdir::DirEntry) -> bool {
    item.depth() == 0 || !item.file_name().to_string_lossy().starts_with('.')
}

fn batches(files: &[File]) -> Vec<&[File]> {
    let mut batches = Vec::new();
    let (mut start, mut n_bytes) = (0, 0);
    for (at, file) in files.iter().enumerate() {
        n_bytes += file.n_bytes;
        if n_bytes >= BATCH_BYTES || at + 1 - start >= BATCH_FILES || at + 1 == files.len() {
            batches.push(&files[start..=at]);
            (start, n_bytes) = (at + 1, 0);
        }
    }
    batches
}

/// Reads files on several workers; the order of the result is that of the files, whatever finishes first.
fn read_all(files: &[File], n_threads: usize, progress: &ProgressBar) -> Result<Vec<Read>, Fault> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(at) else { return done };
            let result = read_one(file);
            progress.inc(file.n_bytes);
            done.push((at, result));
        }
    };
    let mut results: Vec<(usize, Result<Read, Fault>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..n_threads.max(1)).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("adapters do not panic")).collect()
    });
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

fn read_one(file: &File) -> Result<Read, Fault> {
    if file.n_bytes > MAX_BYTES {
        let what = format!("expected at most {MAX_BYTES} bytes, found {}", file.n_bytes);
        let hint = "split the source, or leave it out";
        return Err(Fault::new(Remedy::Source, &file.origin, what, hint));
    }
    let bytes = std::fs::read(&file.path)
        .map_err(|error| Fault::new(Remedy::Source, &file.origin, error, "check that the file can be read"))?;
    let id = content_id(&bytes);
    let snapshot = Snapshot::new(&id, &file.origin, &bytes);
    let (adapter, version, reading) = match adapters::adapter_for(&snapshot) {
        Some(adapter) => (Some(adapter.name()), adapter.version(), adapter.read(&snapshot)),
        None => (None, 0, not_recognised(bytes.len())),
    };
    Ok(Read { id, adapter, version, reading, bytes })
}

fn not_recognised(n_bytes: usize) -> Reading {
    let problem = Problem {
        kind: "not-recognised",
        evidence: Evidence::new(0..n_bytes, "whole file", ""),
        what: "expected a kind of source that an adapter reads, found none".into(),
        hint: "see `rapporteur doctor` for the kinds that are read; leave the file out if it holds no acts".into(),
    };
    Reading { about: "not recognised".into(), problems: vec![problem], n_units: 1, ..Reading::default() }
}

fn entry(file: &File, read: Read, order: &Order) -> Entry {
    Entry {
        snapshot: SnapshotRow {
            id: read.id,
            origin: file.origin.clone(),
            source: order.source.clone(),
            licence: order.licence.clone(),
            adapter: read.adapter.map(Into::into),
            version: read.version.into(),
            about: read.reading.about,
            is_made_up: is_made_up(&read.bytes),
            n_bytes: read.bytes.len().cast_signed() as i64,
            n_units: read.reading.n_units.cast_signed(),
            n_facts: 0,
            n_problems: 0,
            learnt: order.now,
        },
        bytes: read.bytes,
        facts: read.reading.facts,
        problems: read.reading.problems,
    }
}

/// Made-up sources say so in their first lines.
fn is_made_up(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    head.windows(12).any(|words| words.eq_ignore_ascii_case(b"made-up data"))
}
