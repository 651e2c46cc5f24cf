//! Adapters: bytes of one source in, facts and problems out. Pure; one file is one adapter.
//!
//! The list is made by `build.rs` from the files in this folder. An adapter never sees the ledger, never resolves a
//! name and never fails: what it cannot read it returns as a problem with its place and a hint.

mod parts;

pub use parts::list::{propose_mapping, try_mapping};
pub use parts::mapping::Mapping;

include!(concat!(env!("OUT_DIR"), "/adapters.rs"));

/// The adapters of prose.
const PROSE: &[&str] = &["agreement_news", "event_programme", "event_report", "resolution"];

/// Returns the adapter that reads these bytes: that of the list whose mapping the workspace keeps, where one knows the file,
/// else the first, by name, that says they are its own. Adapters of prose come last: they read what no layout explains.
#[must_use]
pub fn adapter_for(snapshot: &fact::Snapshot<'_>) -> Option<&'static dyn fact::Adapter> {
    let mapped = parts::list::kept_for(snapshot);
    let mut adapters = ADAPTERS.iter().copied();
    match mapped {
        Some(name) => adapters.find(|adapter| adapter.name() == name),
        None => {
            let is_last = |adapter: &&&dyn fact::Adapter| PROSE.contains(&adapter.name());
            let first = ADAPTERS.iter().filter(|adapter| !is_last(adapter));
            let ordered = first.chain(ADAPTERS.iter().filter(is_last));
            ordered.copied().find(|adapter| adapter.is_mine(snapshot))
        }
    }
}

/// What follows `git -C REPOSITORY` to write the history that the adapter `git_log` reads.
pub const GIT_LOG_ARGUMENTS: &[&str] = git_log::ARGUMENTS;
