//! Intake: what stands at an address to snapshots to readings to the ledger, in order, with progress and an honest report.
//!
//! What has not changed since it was last seen is not opened. An interruption keeps what was read; the same order
//! completes the rest. A file that cannot be read stops no other.

mod files;
mod kind;
mod read;
mod report;
mod repository;
mod reviews;
mod web;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fact::{Fault, content_id};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;
use ledger::{Entry, Ledger, Sighted, SightingRow, SnapshotRow, reading_id};

pub use files::{Item, Place};
pub use read::{Read, read_with};
pub use report::{Replayed, Report};
pub use reviews::{Bytes, rewritten, take_bytes, take_reviews};

use crate::interrupt;
use crate::workspace::Workspace;

/// A commit is made when this many bytes have been read, so that an interruption loses little and memory stays bounded.
const BATCH_BYTES: u64 = 192 << 20;
/// ... or this many files.
const BATCH_FILES: usize = 2000;
/// A file that was changed this short a time before it was seen may have been changed again within the clock's grain.
const GRAIN: i128 = 2_000_000_000;

/// What to read, and as what.
#[derive(Clone, Debug)]
pub struct Order {
    /// What to read.
    pub what: What,
    /// Name of the source.
    pub source: String,
    /// True for a source of `rapporteur.toml`, whose addresses are relative to it.
    pub is_declared: bool,
    /// Its licence, where declared.
    pub licence: Option<String>,
    /// Patterns of files to leave out.
    pub ignored: Vec<String>,
    /// Column mappings that the workspace keeps.
    pub mappings: Vec<String>,
    /// Workers.
    pub n_threads: usize,
    /// When this is learnt.
    pub now: Timestamp,
}

/// Where an order's bytes are.
#[derive(Clone, Debug)]
pub enum What {
    /// A file, a folder or a repository.
    Path(PathBuf),
    /// An address, or a preset such as `npm:web-features`, with the bytes that were fetched from there.
    Fetched(Vec<Item>),
}

impl What {
    /// Returns what a person means by `named`: an address is fetched, a path is relative to `folder`.
    ///
    /// # Errors
    /// When the address cannot be asked for at all.
    pub fn get(named: &str, folder: &Path, workspace: &Workspace, ledger: &Ledger) -> Result<Self, Fault> {
        if web::is_address(named) {
            // Fetching waits for servers; the other tasks go on meanwhile.
            return tokio::task::block_in_place(|| web::fetched(named, workspace, ledger)).map(Self::Fetched);
        }
        Ok(Self::Path(folder.join(named)))
    }
}

/// Reads everything that `orders` name into the ledger. Adding the same again changes nothing.
///
/// # Errors
/// When a named path is not there, or the workspace cannot be written; what could be read up to then is kept.
pub async fn take_in(ledger: &mut Ledger, orders: &[Order], target: ProgressDrawTarget) -> Result<Report, Fault> {
    let orderly = interrupt::orderly();
    let mut report = Report::default();
    let progress = bar(target);
    for order in orders {
        let plan = Plan::make(ledger, order, &mut report).await?;
        progress.inc_length(plan.items.iter().map(|(item, _)| item.n_bytes).sum());
        let mut held = plan.unchanged.clone();
        for batch in batches(&plan.items) {
            let items: Vec<&Item> = batch.iter().map(|(item, _)| item).collect();
            let read = read::read_all(&items, &order.mappings, order.n_threads, &progress);
            held.extend(read.iter().map(|read| read.id.clone()));
            keep(ledger, order, &plan, batch, read, &mut report).await?;
        }
        ledger.add(Vec::new(), &plan.moved(order, &held)).await?;
    }
    report.is_interrupted = interrupt::is_wanted();
    report.close();
    progress.finish_and_clear();
    drop(orderly);
    Ok(report)
}

/// What has to be read of an order, and why the rest has not.
struct Plan {
    /// New or changed, with what stood there before.
    items: Vec<(Item, Option<Sighted>)>,
    /// What stands where it stood before.
    unchanged: BTreeSet<String>,
    /// Addresses of a declared source where nothing stands any longer, with what stood there.
    gone: Vec<(String, String)>,
    /// Parts of histories that were rewritten, and so no longer count.
    rewritten: Vec<String>,
    /// What things are read with.
    reader: String,
}

impl Plan {
    async fn make(ledger: &Ledger, order: &Order, report: &mut Report) -> Result<Self, Fault> {
        let found = match &order.what {
            What::Path(path) => files::items(path, order.is_declared, &order.ignored)?,
            What::Fetched(items) => items.clone(),
        };
        let reader = reader(&order.mappings);
        let mut seen = ledger.sighted(&order.source).await?;
        let (mut items, mut unchanged, mut rewritten) = (Vec::new(), BTreeSet::new(), Vec::new());
        for item in found {
            let item = since(item, &seen);
            if matches!(item.place, Place::History { after: None, .. }) {
                // A history that was rewritten is read whole again: the parts read before no longer count.
                rewritten.extend(seen.keys().filter(|address| is_range(address, &item.address)).cloned());
            }
            let before = seen.remove(&item.address);
            match before {
                Some(before) if before.reader == reader && is_same(&item, &before) => {
                    report.count_unchanged(&item.origin, &before);
                    unchanged.insert(before.snapshot);
                }
                before => items.push((item, before)),
            }
        }
        // Whatever of a declared source was seen before and is not there now has gone, or moved.
        let is_all = order.is_declared && matches!(order.what, What::Path(_));
        let gone = if is_all { seen } else { BTreeMap::new() };
        let gone: Vec<_> = gone.into_iter().filter(|(address, _)| !address.contains("/.git ")).collect();
        report.n_gone += gone.len();
        let gone = gone.into_iter().map(|(address, before)| (address, before.snapshot)).collect();
        Ok(Self { items, unchanged, gone, rewritten, reader })
    }

    /// Sightings of nothing: where bytes stood that stand elsewhere now, and where a history was rewritten.
    fn moved(&self, order: &Order, held: &BTreeSet<String>) -> Vec<SightingRow> {
        let elsewhere = self.gone.iter().filter(|(_, snapshot)| held.contains(snapshot)).map(|(address, _)| address);
        elsewhere.chain(&self.rewritten).map(|address| sighting(order, &self.reader, address, "", "")).collect()
    }
}

/// Of a repository that was read before, only what came since is read.
fn since(item: Item, seen: &BTreeMap<String, Sighted>) -> Item {
    let Place::History { repository, head, .. } = &item.place else { return item };
    let ranges = seen.iter().filter(|(address, _)| **address == item.address || is_range(address, &item.address));
    let Some((address, last)) = ranges.max_by_key(|(_, before)| before.learnt) else { return item };
    if last.state == *head {
        return Item { address: address.clone(), ..item };
    }
    if !repository::is_before(repository, &last.state, head) {
        return item;
    }
    let after = last.state.clone();
    let place = Place::History { repository: repository.clone(), after: Some(after.clone()), head: head.clone() };
    let part = |name: &str| format!("{name} {after}..{head}");
    Item { address: part(&item.address), origin: part(&item.origin), place, ..item }
}

fn is_range(address: &str, of: &str) -> bool {
    address.strip_prefix(of).is_some_and(|rest| rest.starts_with(' '))
}

/// The same size and time, and not so fresh that a second change could hide behind the same time.
fn is_same(item: &Item, before: &Sighted) -> bool {
    if item.state.is_empty() || item.state != before.state {
        return false;
    }
    let modified = item.state.split(' ').nth(1).and_then(|time| time.parse::<i128>().ok());
    modified.is_none_or(|modified| modified + GRAIN < i128::from(before.learnt) * 1000)
}

/// What things are read with: when any adapter or mapping changes, everything is read again.
fn reader(mappings: &[String]) -> String {
    let adapters = adapters::ADAPTERS.iter().map(|adapter| format!("{} {}\n", adapter.name(), adapter.version()));
    let mut id = content_id((adapters.collect::<String>() + &mappings.join("\n")).as_bytes());
    id.truncate(16);
    id
}

async fn keep(
    ledger: &mut Ledger,
    order: &Order,
    plan: &Plan,
    batch: &[(Item, Option<Sighted>)],
    read: Vec<Read>,
    report: &mut Report,
) -> Result<(), Fault> {
    let (mut entries, mut sightings) = (Vec::new(), Vec::new());
    for ((item, before), read) in batch.iter().zip(read) {
        report.count(&item.origin, read.bytes.len(), read.adapter.map(fact::Adapter::name), &read.reading);
        if read.id.is_empty() {
            continue;
        }
        let is_told = before.as_ref().is_some_and(|before| {
            (&before.snapshot, &before.state, &before.reader) == (&read.id, &item.state, &plan.reader)
        });
        if !is_told {
            sightings.push(sighting(order, &plan.reader, &item.address, &read.id, &item.state));
        }
        entries.push(entry(item, read, order));
    }
    let added = ledger.add(entries, &sightings).await?;
    report.n_new += added.n_snapshots;
    report.n_known += added.n_known;
    Ok(())
}

fn sighting(order: &Order, reader: &str, address: &str, snapshot: &str, state: &str) -> SightingRow {
    SightingRow {
        source: order.source.clone(),
        address: address.into(),
        snapshot: snapshot.into(),
        state: state.into(),
        reader: reader.into(),
        learnt: order.now,
    }
}

fn entry(item: &Item, read: Read, order: &Order) -> Entry {
    let adapter = read.adapter.map(fact::Adapter::name);
    let version = read.adapter.map_or(0, |adapter| i64::from(adapter.version()));
    // Only adapters of lists are told the mappings.
    let told =
        if adapter.is_some_and(|name| name.ends_with("_list")) { order.mappings.join("\n") } else { String::new() };
    Entry {
        snapshot: SnapshotRow {
            reading: reading_id(&read.id, adapter, version, &told),
            id: read.id,
            origin: item.origin.clone(),
            source: order.source.clone(),
            licence: order.licence.clone(),
            adapter: adapter.map(Into::into),
            version,
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
pub fn is_made_up(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    head.windows(12).any(|words| words.eq_ignore_ascii_case(b"made-up data"))
}

fn bar(target: ProgressDrawTarget) -> ProgressBar {
    let progress = ProgressBar::with_draw_target(Some(0), target);
    let style = "{bar:30} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} left  {msg}";
    if let Ok(style) = ProgressStyle::with_template(style) {
        progress.set_style(style);
    }
    progress
}

fn batches(items: &[(Item, Option<Sighted>)]) -> Vec<&[(Item, Option<Sighted>)]> {
    let mut batches = Vec::new();
    let (mut start, mut n_bytes) = (0, 0);
    for (at, (item, _)) in items.iter().enumerate() {
        n_bytes += item.n_bytes;
        if n_bytes >= BATCH_BYTES || at + 1 - start >= BATCH_FILES || at + 1 == items.len() {
            batches.push(&items[start..=at]);
            (start, n_bytes) = (at + 1, 0);
        }
    }
    batches
}
