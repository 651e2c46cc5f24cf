//! A package of the npm registry: its record names the archive of a version and the digest that the archive must have.
//!
//! # Source
//! <https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md>

use serde_json::Value;
use url::Url;

use super::{Ask, Kind, Manners, Next, Preset, Purpose, Request, escaped, is_same_host, json, unreadable};
use crate::{Failure, digest};

/// The preset.
pub static PRESET: Preset = Preset {
    name: "npm",
    title: "A package of the npm registry, such as web-features or web-specs",
    examples: &["npm:web-features", "npm:@mdn/browser-compat-data@8.1.9"],
    licence: None,
    bases: &[("npm", OFFICIAL)],
    manners: Manners::Interface,
    start,
    follow,
};

const OFFICIAL: &str = "https://registry.npmjs.org/";

fn start(ask: &Ask<'_>) -> Result<Vec<Request>, Failure> {
    let (name, _) = named(ask.rest);
    let parts: Vec<&str> = name.strip_prefix('@').unwrap_or(name).split('/').collect();
    let is_fine = parts.iter().all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains('@'));
    if !is_fine || parts.len() != 1 + usize::from(name.starts_with('@')) {
        return Err(ask.unclear("the name of a package and, if wanted, `@` and a version"));
    }
    let record = escaped(name).replacen("%40", "@", 1);
    Ok(vec![ask.index(ask.under("npm", &record), Kind::Json)])
}

/// `@mdn/browser-compat-data@8.1.9` is the package `@mdn/browser-compat-data` at `8.1.9`; without it, at `latest`.
fn named(rest: &str) -> (&str, &str) {
    match rest.char_indices().skip(1).find(|(_, letter)| *letter == '@') {
        Some((at, _)) => (&rest[..at], &rest[at + 1..]),
        None => (rest, "latest"),
    }
}

fn follow(ask: &Ask<'_>, request: &Request, bytes: &[u8]) -> Next {
    if request.purpose == Purpose::Content {
        return Next::default();
    }
    Next::of(json(request, bytes).and_then(|record| Ok(vec![archive(ask, request, &record)?])))
}

fn archive(ask: &Ask<'_>, request: &Request, record: &Value) -> Result<Request, Failure> {
    let (_, wanted) = named(ask.rest);
    let version = record.get("dist-tags").and_then(|tags| tags.get(wanted)?.as_str()).unwrap_or(wanted);
    let Some(release) = record.get("versions").and_then(|versions| versions.get(version)) else {
        let what = format!("expected a version or tag `{wanted}` of the package, found none");
        return Err(Failure::ask("version-unknown", &request.address, what, "name another version, or none"));
    };
    let text = |pointer: &str| release.pointer(pointer).and_then(Value::as_str);
    let Some(integrity) = text("/dist/integrity").filter(|integrity| !digest::stated(integrity).is_empty()) else {
        let what = format!("expected a digest `sha512-...` of version {version}, found none");
        return Err(unreadable(request, what));
    };
    let url = text("/dist/tarball").and_then(|address| placed(ask, request, address));
    let Some(url) = url else {
        return Err(unreadable(
            request,
            format!("expected the archive of version {version} on the registry, found none"),
        ));
    };
    let integrity = Some(integrity.to_string());
    let licence = text("/license").map(String::from);
    Ok(Request { integrity, licence, ..ask.content(url, Kind::Archive) })
}

/// A mirror may name the archives of the registry that it mirrors; they are fetched from the mirror, as npm does.
fn placed(ask: &Ask<'_>, request: &Request, address: &str) -> Option<Url> {
    let (here, official) = (Url::parse(&request.address).ok()?, Url::parse(OFFICIAL).ok()?);
    let archive = Url::parse(address).ok()?;
    if is_same_host(&archive, &here) {
        return Some(archive);
    }
    let is_official = archive.host() == official.host();
    is_official.then(|| Url::parse(&ask.under("npm", archive.path())).ok()).flatten()
}
