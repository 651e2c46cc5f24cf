//! The decisions of reviewers as a source: what was appended to `reviews.jsonl` since it was last read becomes a snapshot
//! of its own, so that every decision is a fact whose evidence never moves.

use std::sync::Arc;

use fact::{Fault, content_id};
use indicatif::ProgressDrawTarget;
use jiff::Timestamp;
use ledger::{Ledger, REVIEWS};

use super::files::{Item, Place};
use super::{Order, What, take_in};

/// Name of the source.
const SOURCE: &str = "reviews";

/// Reads what was decided since the last time into the ledger, as one commit.
///
/// # Errors
/// When the workspace cannot be read or written.
pub async fn take_reviews(ledger: &mut Ledger, now: Timestamp) -> Result<(), Fault> {
    let bytes = ledger.reviews_kept()?;
    let end = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    if end == 0 {
        return Ok(());
    }
    let start = parts(ledger).await?.iter().map(|part| part.range.end).max().unwrap_or(0);
    if start >= end {
        return Ok(());
    }
    let part = bytes[start..end].to_vec();
    let (address, id) = (format!("{REVIEWS} {start}..{end}"), content_id(&part));
    take_bytes(ledger, SOURCE, vec![Bytes { address, id, bytes: Arc::new(part) }], now).await
}

/// Bytes of the workspace's own, with the address that they are known by.
pub struct Bytes {
    /// Where they stand in the workspace.
    pub address: String,
    /// Their id.
    pub id: String,
    /// The bytes.
    pub bytes: Arc<Vec<u8>>,
}

/// Reads bytes into the ledger as one commit; what is known already is not read again.
///
/// # Errors
/// When the workspace cannot be read or written.
pub async fn take_bytes(ledger: &mut Ledger, source: &str, all: Vec<Bytes>, now: Timestamp) -> Result<(), Fault> {
    let item = |Bytes { address, id, bytes }: Bytes| Item {
        origin: address.clone(),
        address,
        n_bytes: bytes.len() as u64,
        state: id,
        place: Place::Bytes(bytes),
    };
    let order = Order {
        what: What::Fetched(all.into_iter().map(item).collect()),
        source: source.into(),
        is_declared: false,
        licence: None,
        ignored: Vec::new(),
        mappings: Vec::new(),
        n_threads: 1,
        now,
    };
    take_in(ledger, &[order], ProgressDrawTarget::hidden()).await?;
    Ok(())
}

/// Returns what does not hold: the file may only grow, so each part that was read must still stand in it.
///
/// # Errors
/// When the workspace cannot be read.
pub async fn rewritten(ledger: &Ledger) -> Result<Vec<String>, Fault> {
    let bytes = ledger.reviews_kept()?;
    let held = parts(ledger).await?;
    let changed =
        held.into_iter().filter(|part| bytes.get(part.range.clone()).map(content_id) != Some(part.id.clone()));
    Ok(changed
        .map(|part| {
            let (start, end, id) = (part.range.start, part.range.end, part.id);
            format!("{REVIEWS}: bytes {start} to {end} are not those that were decided; they stand in snapshot `{id}`")
        })
        .collect())
}

struct Part {
    range: std::ops::Range<usize>,
    id: String,
}

async fn parts(ledger: &Ledger) -> Result<Vec<Part>, Fault> {
    let part = |(address, held): (String, ledger::Sighted)| {
        let (start, end) = address.strip_prefix(REVIEWS)?.trim().split_once("..")?;
        Some(Part { range: start.parse().ok()?..end.parse().ok()?, id: held.snapshot })
    };
    Ok(ledger.sighted(SOURCE).await?.into_iter().filter_map(part).collect())
}
