//! One question to a service, in JSON, and its answer: bounded in time and size, no redirect followed, no second attempt.
//!
//! What leaves the machine is what the caller gives. It goes over a secure connection, or stays on this machine.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error, Proxy};
use url::{Host, Url};

use crate::Failure;
use crate::http::{Cut, bounded};

/// A question to a service.
#[derive(Clone, Copy, Debug)]
pub struct Post<'a> {
    /// Where it goes: `https://`, or `http://` on this machine.
    pub url: &'a str,
    /// Key of whoever asks, sent as a bearer token.
    pub key: Option<&'a str>,
    /// The question, in JSON.
    pub body: &'a str,
    /// Longest time until the whole answer is there.
    pub time: Duration,
    /// Most bytes of the answer.
    pub n_bytes: u64,
    /// The proxy to go through.
    pub proxy: Option<&'a str>,
}

/// Asks a service once and returns its answer.
///
/// # Errors
/// When the address is not safe to send to, and when the answer is late, too large, cut off or a refusal.
pub fn post(ask: &Post<'_>) -> Result<Vec<u8>, Failure> {
    let url = safe(ask.url)?;
    let proxy = ask.proxy.filter(|_| !is_here(&url)).map(Proxy::new).transpose().map_err(|_| {
        let what = "expected the address of a proxy such as `http://proxy.example:3128`, found another text";
        Failure::setup("proxy-unreadable", "settings", what, "correct the proxy, or leave it out")
    })?;
    let config = Agent::config_builder()
        .user_agent(concat!("rapporteur/", env!("CARGO_PKG_VERSION")))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(ask.time))
        .proxy(proxy)
        .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build());
    let agent: Agent = config.build().new_agent();
    let mut call =
        agent.post(url.as_str()).header("content-type", "application/json").header("accept", "application/json");
    if let Some(key) = ask.key {
        call = call.header("authorization", format!("Bearer {key}"));
    }
    let mut response = call.send(ask.body).map_err(|error| upset(ask, &error))?;
    judged(ask, response.status().as_u16())?;
    let body = response.body_mut().as_reader();
    bounded(body, ask.n_bytes, &AtomicBool::new(false)).map_err(|cut| match cut {
        Cut::Stopped => Failure::stopped(ask.url),
        Cut::Larger => {
            let what = format!("expected an answer of at most {} bytes, found more", ask.n_bytes);
            Failure::source("too-large", ask.url, what, "send less text, or ask another service")
        }
        Cut::Io(error) => match error.downcast::<Error>() {
            Ok(error) => upset(ask, &error),
            Err(error) => broken(ask, &error),
        },
    })
}

/// The address, when it is safe to send a text and a key there.
fn safe(address: &str) -> Result<Url, Failure> {
    let hint = "name an address with https://, or one on this machine";
    let url = Url::parse(address).map_err(|error| {
        Failure::setup("address-unreadable", address, format!("expected an address, found {error}"), hint)
    })?;
    if url.scheme() == "https" || url.scheme() == "http" && is_here(&url) {
        return Ok(url);
    }
    let what = format!("expected a secure connection, found `{}`", url.scheme());
    Err(Failure::setup("connection-insecure", address, what, hint))
}

/// True for addresses on this machine.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Judges an answer by its status.
fn judged(ask: &Post<'_>, status: u16) -> Result<(), Failure> {
    let failure =
        |kind, hint| Failure::source(kind, ask.url, format!("expected an answer, found status {status}"), hint);
    match status {
        200..=299 => Ok(()),
        401 | 403 => Err(failure("access-refused", "check the key and what it allows")),
        404 | 405 => Err(failure("not-found", "check the address: it is the whole one, with its path")),
        413 => Err(failure("too-large", "send less text")),
        429 | 503 => Err(failure("asked-to-wait", "run again later")),
        _ => Err(failure("status-unexpected", "ask the keeper of the service, or run again later")),
    }
}

fn upset(ask: &Post<'_>, error: &Error) -> Failure {
    match error {
        Error::Timeout(_) => {
            let what = format!("expected an answer within {} s, found none", ask.time.as_secs_f64());
            Failure::source("too-slow", ask.url, what, "run again later, or raise the limit of time")
        }
        other => broken(ask, other),
    }
}

fn broken(ask: &Post<'_>, error: &dyn std::fmt::Display) -> Failure {
    let what = format!("expected an answer, found a broken connection ({error})");
    Failure::source("connection-failed", ask.url, what, "check that the service runs at this address")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_out_only_over_a_secure_connection_or_stays_here() {
        for address in
            ["https://model.example/v1", "http://127.0.0.1:11434/v1", "http://localhost/v1", "http://[::1]/v1"]
        {
            assert!(safe(address).is_ok(), "{address}");
        }
        for address in
            ["http://model.example/v1", "ftp://127.0.0.1/", "file:///etc/passwd", "model", "http://127.0.0.1.example/"]
        {
            assert!(safe(address).is_err(), "{address}");
        }
    }
}
