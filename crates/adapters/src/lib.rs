//! Adapters: bytes of one source in, facts and problems out. Pure; one file is one adapter.
//!
//! The list is made by `build.rs` from the files in this folder. An adapter never sees the ledger, never resolves a
//! name and never fails: what it cannot read it returns as a problem with its place and a hint.

mod parts;

pub use parts::list::{propose_mapping, try_mapping};
pub use parts::mapping::Mapping;

include!(concat!(env!("OUT_DIR"), "/adapters.rs"));

/// Returns the adapter that reads these bytes: that of the list whose mapping the workspace keeps, where one knows the file,
/// else the first, by name, that says they are its own.
#[must_use]
pub fn adapter_for(snapshot: &fact::Snapshot<'_>) -> Option<&'static dyn fact::Adapter> {
    let mapped = parts::list::kept_for(snapshot);
    let mut adapters = ADAPTERS.iter().copied();
    match mapped {
        Some(name) => adapters.find(|adapter| adapter.name() == name),
        None => adapters.find(|adapter| adapter.is_mine(snapshot)),
    }
}

/// What follows `git -C REPOSITORY` to write the history that the adapter `git_log` reads.
pub const GIT_LOG_ARGUMENTS: &[&str] = git_log::ARGUMENTS;
