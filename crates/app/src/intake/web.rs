//! Addresses on the web to items: what is fetched stands in the ledger like any file, under the address it came from.

use std::sync::Arc;

use fact::{Fault, Remedy};
use fetch::{Bounds, Clock, Failure, Fetched, Purpose, Run, Settings, State};
use ledger::Ledger;

use super::files::{Item, Place};
use crate::interrupt;
use crate::workspace::Workspace;

/// The file of a workspace that says what is known of addresses that were fetched.
const STATE: &str = "fetched.json";

/// Most bytes that one source may unpack to: they are in memory until they are kept.
const MOST: u64 = 2 << 30;

/// True for what is fetched: an address, or a preset such as `npm:web-features`.
#[must_use]
pub fn is_address(what: &str) -> bool {
    let is_preset = |name: &str| fetch::PRESETS.iter().any(|preset| preset.name == name);
    match what.split_once(':') {
        Some((scheme, _)) => scheme == "http" || is_preset(scheme),
        None => is_preset(what) && !std::path::Path::new(what).exists(),
    }
}

/// Fetches a source, and returns its items. What could not be fetched is an item that is refused, so that it is counted.
///
/// # Errors
/// When the workspace names no contact, or its state cannot be read or written.
pub fn fetched(source: &str, workspace: &Workspace, ledger: &Ledger) -> Result<Vec<Item>, Fault> {
    let settings = settings(workspace)?;
    let mut state = State::open(&workspace.folder.join(STATE)).map_err(|failure| failure.fault)?;
    let mut items = Vec::new();
    let mut keep = |fetched: Fetched| {
        items.extend(items_of(source, fetched));
        Ok(())
    };
    let mut run = Run {
        settings: &settings,
        clock: &Clock::of_the_machine(),
        stop: interrupt::flag(),
        held: &|id| ledger.bytes(id).ok(),
        keep: &mut keep,
    };
    let outcome = fetch::fetch(source, &mut run, &mut state).map_err(|failure| failure.fault)?;
    items.extend(outcome.failures.iter().map(|failure| refused(source, failure)));
    Ok(items)
}

fn settings(workspace: &Workspace) -> Result<Settings, Fault> {
    let web = &workspace.config.web;
    let Some(contact) = &web.contact else {
        let what = "expected a contact that servers are told, found none";
        let hint = "write `[web]` with `contact = \"you@example.org\"` into rapporteur.toml";
        return Err(Fault::new(Remedy::Setup, "rapporteur.toml", what, hint));
    };
    let mut settings = Settings::new(contact);
    settings.per_second = web.per_second.unwrap_or(settings.per_second);
    settings.bases.clone_from(&web.bases);
    if let Ok(registry) = std::env::var("npm_config_registry") {
        settings.bases.entry("npm".into()).or_insert_with(|| registry.trim_end_matches('/').into());
    }
    settings.proxy.clone_from(&web.proxy);
    Ok(settings)
}

/// An archive is the files in it; pages that only lead further are not kept.
fn items_of(source: &str, fetched: Fetched) -> Vec<Item> {
    if fetched.purpose == Purpose::Index {
        return Vec::new();
    }
    let bounds = Bounds { n_bytes_in_all: MOST, ..Bounds::default() };
    let mut items = Vec::new();
    let unpacked = fetch::unpack(&fetched.address, &fetched.bytes, &bounds, |entry| {
        let address = format!("{}!/{}", fetched.address, entry.path);
        items.push(item(address, format!("{source}/{}", entry.path), entry.bytes));
        Ok(())
    });
    match unpacked {
        Ok(unpacked) => items.extend(unpacked.failures.iter().map(|failure| refused(source, failure))),
        Err(failure) if failure.kind == "archive-unknown" => {
            items = vec![item(fetched.address.clone(), fetched.address, fetched.bytes)];
        }
        Err(failure) => items = vec![refused(source, &failure)],
    }
    items
}

fn item(address: String, origin: String, bytes: Vec<u8>) -> Item {
    Item {
        address,
        origin,
        n_bytes: bytes.len() as u64,
        state: fact::content_id(&bytes),
        place: Place::Bytes(Arc::new(bytes)),
    }
}

fn refused(source: &str, failure: &Failure) -> Item {
    let fault = &failure.fault;
    let place = Place::Refused { kind: failure.kind, what: fault.what.clone(), hint: fault.hint.clone() };
    let origin = if fault.place.is_empty() { source.to_string() } else { fault.place.clone() };
    Item { address: origin.clone(), origin, n_bytes: 0, state: String::new(), place }
}
