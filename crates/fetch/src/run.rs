//! Fetches a source from its first address to its last, and remembers how far it came.

use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};

use fact::{Fault, content_id};
use jiff::Timestamp;

use crate::fetcher::{Fetcher, Got};
use crate::{Ask, Clock, Failure, Known, Purpose, Request, Settings, State, digest};

/// The whole bytes of one address, and where they came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The address that was asked for: the origin.
    pub address: String,
    /// The address that answered, after redirects.
    pub final_address: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their SHA-256 ([`fact::content_id`]).
    pub content_id: String,
    /// The server's word for this version of the content.
    pub etag: Option<String>,
    /// When the server says that the content was last changed, in its own words.
    pub last_modified: Option<String>,
    /// What the server called the content.
    pub content_type: Option<String>,
    /// Terms under which it is published, where the preset knows them.
    pub licence: Option<String>,
    /// Whether it is to be read, or only leads to what is.
    pub purpose: Purpose,
    /// When it was fetched, or last confirmed by the server.
    pub at: Timestamp,
    /// False when the same bytes were held already.
    pub is_new: bool,
}

/// What fetching one source came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Addresses with bytes that were not held before.
    pub n_new: u64,
    /// Addresses whose bytes are as they were.
    pub n_unchanged: u64,
    /// Requests that were made, with those for `robots.txt`, redirects and further attempts.
    pub n_requests: u64,
    /// Addresses that could not be fetched, and pages that could not be followed.
    pub failures: Vec<Failure>,
    /// True when nothing is missing: every address that the source names was fetched.
    pub is_complete: bool,
}

/// What fetching needs from the rim.
pub struct Run<'a> {
    /// How politely, and within which bounds.
    pub settings: &'a Settings,
    /// Time.
    pub clock: &'a Clock,
    /// Set by whoever wants the run to end early.
    pub stop: &'a AtomicBool,
    /// Returns bytes that are held, by their [`fact::content_id`]; without them nothing can be asked conditionally.
    pub held: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    /// Takes what was fetched, as it comes; what it refuses ends the run.
    pub keep: &'a mut dyn FnMut(Fetched) -> Result<(), Fault>,
}

/// Fetches a source: all addresses that its preset wants. What fails is told in the outcome, and the rest is fetched.
///
/// An interrupted run goes on where it was: addresses that it had fetched are not asked again within a day. Otherwise what
/// is held is asked for conditionally, and a server that says "not modified" sends nothing.
///
/// # Errors
/// When the source is not known, the settings or the state do not serve, or `keep` refuses.
pub fn fetch(source: &str, run: &mut Run<'_>, state: &mut State) -> Result<Outcome, Failure> {
    let ask = Ask::read(source, &run.settings.bases)?;
    let (mut open, mut seen) = (VecDeque::from(ask.start()?), BTreeSet::new());
    let mut fetcher = Fetcher::new(run.settings, run.clock, run.stop)?;
    let since = state.begin(source, run.clock.now());
    state.save()?;
    let mut outcome = Outcome::default();
    while let Some(request) = open.pop_front() {
        if !seen.insert(request.address.clone()) {
            continue;
        }
        if let Some(failure) = ended(&request, seen.len(), run) {
            outcome.failures.push(failure);
            break;
        }
        match one(&request, since, run, state, &mut fetcher) {
            Ok(fetched) => {
                let next = ask.follow(&request, &fetched.bytes);
                open.extend(next.requests);
                outcome.failures.extend(next.failures);
                outcome.n_new += u64::from(fetched.is_new);
                outcome.n_unchanged += u64::from(!fetched.is_new);
                state.note(&fetched)?;
                (run.keep)(fetched).map_err(|fault| Failure { kind: "not-kept", fault })?;
            }
            Err(failure) => outcome.failures.push(failure),
        }
    }
    let is_stopped = outcome.failures.iter().any(|failure| failure.kind == "stopped");
    if !is_stopped {
        state.finish(source);
    }
    state.save()?;
    outcome.n_requests = fetcher.n_requests;
    outcome.is_complete = outcome.failures.is_empty();
    Ok(outcome)
}

/// Why the run ends before this address.
fn ended(request: &Request, n_seen: usize, run: &Run<'_>) -> Option<Failure> {
    if run.stop.load(Ordering::Relaxed) {
        return Some(Failure::stopped(&request.address));
    }
    let most = run.settings.limits.n_addresses;
    (n_seen > most).then(|| {
        let what = format!("expected at most {most} addresses for one source, found more");
        Failure::source(
            "addresses-too-many",
            &request.address,
            what,
            "narrow the source, or raise the limit of addresses",
        )
    })
}

/// Fetches one address, or takes what is held where nothing can have changed.
fn one(
    request: &Request,
    since: Option<Timestamp>,
    run: &Run<'_>,
    state: &State,
    fetcher: &mut Fetcher<'_>,
) -> Result<Fetched, Failure> {
    let known = state.known(&request.address);
    // Without the bytes there is no use in hearing that they are unchanged.
    let held = known.and_then(|known| Some((known, (run.held)(&known.content)?)));
    let held = held.filter(|(known, bytes)| known.content == content_id(bytes));
    if let Some((known, bytes)) = &held {
        let is_fixed = request.integrity.as_deref().is_some_and(|integrity| digest::fits(bytes, integrity));
        if is_fixed || since.is_some_and(|since| known.at >= since) {
            return Ok(unchanged(request, known, bytes.clone(), known.at));
        }
    }
    let Got { whole, final_address } = fetcher.get(request, held.as_ref().map(|(known, _)| *known))?;
    let at = run.clock.now();
    match (whole, held) {
        (Some(whole), held) => {
            let content = content_id(&whole.bytes);
            Ok(Fetched {
                address: request.address.clone(),
                final_address,
                is_new: held.is_none_or(|(known, _)| known.content != content),
                content_id: content,
                bytes: whole.bytes,
                etag: whole.etag,
                last_modified: whole.last_modified,
                content_type: whole.content_type,
                licence: request.licence.clone(),
                purpose: request.purpose,
                at,
            })
        }
        (None, Some((known, bytes))) => Ok(Fetched { final_address, ..unchanged(request, known, bytes, at) }),
        (None, None) => {
            let what = "expected the content, found that it is unchanged although nothing was held";
            Err(Failure::source("status-unexpected", &request.address, what, "run again"))
        }
    }
}

fn unchanged(request: &Request, known: &Known, bytes: Vec<u8>, at: Timestamp) -> Fetched {
    Fetched {
        address: request.address.clone(),
        final_address: request.address.clone(),
        bytes,
        content_id: known.content.clone(),
        etag: known.etag.clone(),
        last_modified: known.last_modified.clone(),
        content_type: known.content_type.clone(),
        licence: request.licence.clone(),
        purpose: request.purpose,
        at,
        is_new: false,
    }
}
