//! Presets: for a kind of source, which addresses to fetch first, and which next, given what one of them held. Pure.
//!
//! Comes in: a source such as `npm:web-features` and bytes. Goes out: requests. One file in `preset/` is one preset, and the
//! list is made by `build.rs`. What comes next depends on one page at a time, so that a long list costs no more than
//! reading each page once; [`wants`] puts it together.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;
use url::Url;

use crate::{Failure, links};

include!(concat!(env!("OUT_DIR"), "/presets.rs"));

/// A kind of source on the web.
pub struct Preset {
    /// What stands before the colon of a source, e.g. `npm`.
    pub name: &'static str,
    /// One sentence for people: what is fetched.
    pub title: &'static str,
    /// Sources that may be asked for, as examples.
    pub examples: &'static [&'static str],
    /// Terms under which the source is published, as far as they are the same for all of it.
    pub licence: Option<&'static str>,
    /// The places that addresses begin with, by name; settings may put a mirror in their place.
    pub bases: &'static [(&'static str, &'static str)],
    /// Whether `robots.txt` is asked first.
    pub manners: Manners,
    start: fn(&Ask<'_>) -> Result<Vec<Request>, Failure>,
    follow: fn(&Ask<'_>, &Request, &[u8]) -> Next,
}

/// Whether the rules for programs that follow links apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manners {
    /// Links are followed, so `robots.txt` is read and kept.
    Links,
    /// An interface that is published for programs. What `robots.txt` says to crawlers is not about it; on a registry it
    /// may even be the name of a package.
    Interface,
}

/// What is asked of a preset.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// The preset.
    pub preset: &'static Preset,
    /// The source as the person wrote it.
    pub source: &'a str,
    /// What stands after the colon.
    pub rest: &'a str,
    /// Other places for the preset's bases.
    pub bases: &'a BTreeMap<String, String>,
}

/// An address to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The address.
    pub address: String,
    /// What its content must be.
    pub kind: Kind,
    /// What it is fetched for.
    pub purpose: Purpose,
    /// Digest that the bytes must have, as a registry states it.
    pub integrity: Option<String>,
    /// Terms under which it is published, where they are known.
    pub licence: Option<String>,
    /// Whether `robots.txt` is asked first.
    pub manners: Manners,
}

/// What the content of an address must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// JSON.
    Json,
    /// A page.
    Html,
    /// XML.
    Xml,
    /// A compressed archive.
    Archive,
    /// A text, document or archive; no pictures, sound or film.
    Any,
    /// The rules of a host.
    Robots,
}

/// What an address is fetched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Something to be read by an adapter; it may name further addresses as well.
    Content,
    /// A page that only says where the content is.
    Index,
}

/// The bytes of an address.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// The address that was asked for.
    pub address: &'a str,
    /// What it held.
    pub bytes: &'a [u8],
}

/// What comes next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Next {
    /// Addresses to fetch.
    pub requests: Vec<Request>,
    /// Pages that could not be followed: what they name is missing.
    pub failures: Vec<Failure>,
}

/// Returns the addresses to fetch next for a source, given what is held. Empty when it is complete.
///
/// # Errors
/// When no preset knows the source, or it is not written as the preset wants it.
pub fn wants(source: &str, bases: &BTreeMap<String, String>, held: &[Held<'_>]) -> Result<Next, Failure> {
    let ask = Ask::read(source, bases)?;
    let held: BTreeMap<&str, &[u8]> = held.iter().map(|held| (held.address, held.bytes)).collect();
    let mut next = Next::default();
    let (mut open, mut seen) = (VecDeque::from(ask.start()?), BTreeSet::new());
    while let Some(request) = open.pop_front() {
        if !seen.insert(request.address.clone()) {
            continue;
        }
        match held.get(request.address.as_str()) {
            None => next.requests.push(request),
            Some(bytes) => {
                let further = ask.follow(&request, bytes);
                open.extend(further.requests);
                next.failures.extend(further.failures);
            }
        }
    }
    Ok(next)
}

impl<'a> Ask<'a> {
    /// Finds the preset of a source.
    ///
    /// # Errors
    /// When there is none.
    pub fn read(source: &'a str, bases: &'a BTreeMap<String, String>) -> Result<Self, Failure> {
        let (name, rest) = source.split_once(':').unwrap_or((source, ""));
        let preset = PRESETS.iter().find(|preset| preset.name == name).copied();
        // `http` is `https` to the preset; the address itself stays as it was written.
        let preset = preset.or_else(|| PRESETS.iter().find(|preset| preset.name == "https" && name == "http").copied());
        match preset {
            Some(preset) => Ok(Self { preset, source, rest, bases }),
            None => {
                let names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
                let what = format!("expected a source that begins with one of {}, found `{name}`", names.join(", "));
                Err(Failure::ask(
                    "source-unknown",
                    source,
                    what,
                    "write an address, or a source such as `npm:web-specs`",
                ))
            }
        }
    }

    /// Returns the first addresses.
    pub(crate) fn start(&self) -> Result<Vec<Request>, Failure> {
        (self.preset.start)(self)
    }

    /// Returns the addresses that follow from one page.
    pub(crate) fn follow(&self, request: &Request, bytes: &[u8]) -> Next {
        (self.preset.follow)(self, request, bytes)
    }

    /// Returns the address of something below one of the preset's bases.
    fn under(&self, base: &str, path: &str) -> String {
        format!("{}/{}", self.base(base).trim_end_matches('/'), path.trim_start_matches('/'))
    }

    fn base(&self, name: &str) -> &str {
        let own = self.preset.bases.iter().find(|(base, _)| *base == name).map_or("", |(_, address)| address);
        self.bases.get(name).map_or(own, String::as_str)
    }

    /// Returns a request for content, under the preset's own terms.
    fn content(&self, address: impl Into<String>, kind: Kind) -> Request {
        Request {
            address: address.into(),
            kind,
            purpose: Purpose::Content,
            integrity: None,
            licence: self.preset.licence.map(Into::into),
            manners: self.preset.manners,
        }
    }

    /// Returns a request for a page that only leads further.
    fn index(&self, address: impl Into<String>, kind: Kind) -> Request {
        Request { purpose: Purpose::Index, ..self.content(address, kind) }
    }

    /// A source that is not written as this preset wants it.
    fn unclear(&self, expected: &str) -> Failure {
        let what = format!("expected {expected}, found `{}`", self.rest);
        let hint = format!("write it as in `{}`", self.preset.examples.join("`, `"));
        Failure::ask("source-unclear", self.source, what, &hint)
    }

    /// Returns the links of a page that lead to the same host, with the page's own address.
    fn links(&self, request: &Request, html: &[u8]) -> Vec<Url> {
        let Ok(page) = Url::parse(&request.address) else { return Vec::new() };
        links::links(&page, html).into_iter().filter(|url| is_same_host(url, &page)).collect()
    }

    /// Returns the next page of a list in JSON, which is named at this place; `None` where the list ends.
    fn next_page(&self, request: &Request, page: &Value, pointer: &str) -> Result<Option<Request>, Failure> {
        let Some(named) = page.pointer(pointer).filter(|next| !next.is_null()) else { return Ok(None) };
        let here = Url::parse(&request.address).ok();
        let there = named.as_str().and_then(|text| here.as_ref()?.join(text).ok());
        let there = there.filter(|there| here.as_ref().is_some_and(|here| is_same_host(here, there)));
        match there {
            Some(there) => Ok(Some(Request { address: there.into(), ..request.clone() })),
            None => {
                let what = format!("expected the address of the next page on the same host, found `{named}`");
                Err(unreadable(request, what))
            }
        }
    }
}

impl Next {
    /// Nothing follows.
    fn none(_: &Ask<'_>, _: &Request, _: &[u8]) -> Self {
        Self::default()
    }

    fn of(result: Result<Vec<Request>, Failure>) -> Self {
        match result {
            Ok(requests) => Self { requests, ..Self::default() },
            Err(failure) => Self { failures: vec![failure], ..Self::default() },
        }
    }
}

/// A page that does not say where the rest is.
fn unreadable(request: &Request, what: String) -> Failure {
    let hint = "look at the address in a browser: the service may have changed, and this program must follow";
    Failure::source("page-unreadable", &request.address, what, hint)
}

fn json(request: &Request, bytes: &[u8]) -> Result<Value, Failure> {
    serde_json::from_slice(bytes).map_err(|error| unreadable(request, format!("expected JSON, found `{error}`")))
}

/// True when two addresses are of one host, so that a page cannot lead anywhere.
fn is_same_host(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host() == other.host()
        && one.port_or_known_default() == other.port_or_known_default()
}

/// Writes text for use in an address: everything but letters, digits and `-._~` is escaped.
fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20").replace('*', "%2A")
}
