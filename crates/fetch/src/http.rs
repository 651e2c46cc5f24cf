//! One request and its answer: no waiting, no second attempt, no redirect followed. Bytes that are not whole do not come out.

use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use ureq::http::{HeaderMap, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Error, Proxy};
use url::Url;

use crate::pace::retry_after;
use crate::{Failure, Kind, Known, Limits, Request, Settings, digest};

/// The connections to servers.
pub(crate) struct Http {
    agent: Agent,
    limits: Limits,
}

/// What a server answered.
pub(crate) enum Answer {
    /// The whole bytes.
    Whole { bytes: Vec<u8>, etag: Option<String>, last_modified: Option<String>, content_type: Option<String> },
    /// What is held is still so.
    Unchanged,
    /// Look there instead.
    Elsewhere(String),
}

/// What went wrong, and whether it may be otherwise in a while.
pub(crate) enum Upset {
    /// Worth another attempt, after the wait that the server asked for.
    Passing(Failure, Option<Duration>),
    /// It will be the same again.
    Lasting(Failure),
}

/// One request: what is asked for, where, and what is held of it.
pub(crate) struct Asked<'a> {
    pub(crate) url: &'a Url,
    pub(crate) request: &'a Request,
    pub(crate) known: Option<&'a Known>,
    pub(crate) now: Timestamp,
}

impl Http {
    /// Makes the client.
    ///
    /// # Errors
    /// When the settings name no contact, or a proxy that cannot be one.
    pub(crate) fn new(settings: &Settings) -> Result<Self, Failure> {
        let proxy = settings.proxy.as_deref().map(Proxy::new).transpose().map_err(|_| {
            let what = "expected the address of a proxy such as `http://proxy.example:3128`, found another text";
            Failure::setup("proxy-unreadable", "settings", what, "correct the proxy, or leave it out")
        })?;
        // The certificates that the machine trusts, so that a company's own authority or mirror works.
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .user_agent(settings.user_agent()?)
            .accept("*/*")
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections_per_host(1)
            .timeout_global(Some(settings.limits.time))
            .proxy(proxy)
            .tls_config(tls);
        Ok(Self { agent: config.build().new_agent(), limits: settings.limits })
    }

    /// Asks once.
    pub(crate) fn ask(&self, asked: &Asked<'_>, stop: &AtomicBool) -> Result<Answer, Upset> {
        let place = asked.url.as_str();
        let mut call = self.agent.get(place).header("accept", asked.request.kind.accept());
        // An archive is compressed already, and a server that labels it `gzip` means the file.
        call = call.header("accept-encoding", if asked.request.kind.is_packed() { "identity" } else { "gzip" });
        if let Some(etag) = asked.known.and_then(|known| known.etag.as_deref()) {
            call = call.header("if-none-match", etag);
        }
        if let Some(date) = asked.known.and_then(|known| known.last_modified.as_deref()) {
            call = call.header("if-modified-since", date);
        }
        let mut response = call.call().map_err(|error| self.upset(place, &error))?;
        if let Some(answer) = judged(asked, &response)? {
            return Ok(answer);
        }
        let bytes = self.body(asked, &mut response, stop)?;
        let headers = response.headers();
        let keep = |name| header(headers, name).map(String::from);
        let (etag, last_modified) = (keep("etag"), keep("last-modified"));
        Ok(Answer::Whole { bytes, etag, last_modified, content_type: keep("content-type") })
    }

    /// Reads the body, within its bounds, and undoes its compression.
    fn body(&self, asked: &Asked<'_>, response: &mut Response<Body>, stop: &AtomicBool) -> Result<Vec<u8>, Upset> {
        let (place, limit) = (asked.url.as_str(), asked.request.kind.limit().min(self.limits.n_bytes));
        let declared = header(response.headers(), "content-length").and_then(|text| text.parse::<u64>().ok());
        if let Some(declared) = declared.filter(|&declared| declared > limit) {
            return Err(too_large(place, limit, &format!("{declared} announced")));
        }
        let encoding = header(response.headers(), "content-encoding").unwrap_or_default().trim().to_ascii_lowercase();
        let sent = self.whole(place, response.body_mut().as_reader(), limit, stop)?;
        if let Some(declared) = declared.filter(|&declared| declared != sent.len() as u64) {
            return Err(truncated(place, format!("expected {declared} bytes, found {}", sent.len())));
        }
        let bytes = match encoding.as_str() {
            "" | "identity" => sent,
            _ if asked.request.kind.is_packed() => sent,
            "gzip" | "x-gzip" => self.inflated(place, &sent, limit, stop)?,
            other => {
                let what = format!("expected an answer as it is or in gzip, found `{other}`");
                let hint = "fetch the address by hand and add the file";
                return Err(Upset::Lasting(Failure::source("encoding-unexpected", place, what, hint)));
            }
        };
        match &asked.request.integrity {
            Some(integrity) if !digest::fits(&bytes, integrity) => {
                let what = format!("expected bytes with {integrity}, found {}", digest::state(&bytes));
                let hint = "run again; if it stays so, ask the keeper of the registry";
                Err(Upset::Passing(Failure::source("integrity-mismatch", place, what, hint), None))
            }
            _ => Ok(bytes),
        }
    }

    /// Reads all bytes of a body as sent, and no more than `limit`.
    fn whole(&self, place: &str, from: impl Read, limit: u64, stop: &AtomicBool) -> Result<Vec<u8>, Upset> {
        let bytes = bounded(from, limit, stop).map_err(|fault| match fault {
            Cut::Stopped => Upset::Lasting(Failure::stopped(place)),
            Cut::Larger => too_large(place, limit, "more sent"),
            Cut::Io(error) => match error.downcast::<Error>() {
                Ok(error @ Error::Timeout(_)) => self.upset(place, &error),
                Ok(error) => truncated(place, format!("expected the whole answer, found its beginning ({error})")),
                Err(error) => truncated(place, format!("expected the whole answer, found its beginning ({error})")),
            },
        })?;
        Ok(bytes)
    }

    /// Undoes gzip, within bounds: never more than the limit, and beyond a mebibyte never more than the ratio allows.
    fn inflated(&self, place: &str, sent: &[u8], limit: u64, stop: &AtomicBool) -> Result<Vec<u8>, Upset> {
        let most = (sent.len() as u64).saturating_mul(self.limits.ratio).max(1 << 20);
        bounded(MultiGzDecoder::new(sent), most.min(limit), stop).map_err(|fault| match fault {
            Cut::Stopped => Upset::Lasting(Failure::stopped(place)),
            Cut::Larger if limit <= most => too_large(place, limit, "more after decompression"),
            Cut::Larger => {
                let what = format!("expected at most {most} bytes from {} compressed ones, found more", sent.len());
                let hint = "look at the address by hand: such answers are made to exhaust the memory of who asks";
                Upset::Lasting(Failure::source("inflates-too-much", place, what, hint))
            }
            Cut::Io(error) => truncated(place, format!("expected whole gzip, found another text ({error})")),
        })
    }

    /// What an error of the client means.
    fn upset(&self, place: &str, error: &Error) -> Upset {
        let failure = |kind, what: String, hint| Failure::source(kind, place, what, hint);
        match error {
            Error::Timeout(_) => {
                let what = format!("expected an answer within {} s, found none", self.limits.time.as_secs_f64());
                Upset::Passing(failure("too-slow", what, "run again later, or raise the limit of time"), None)
            }
            Error::HostNotFound => {
                let what = "expected a host of this name, found none".into();
                Upset::Passing(
                    failure("host-unknown", what, "check the address and the connection to the network"),
                    None,
                )
            }
            Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) => {
                let what = format!("expected a secure connection, found `{error}`");
                let hint = "check the clock and the certificates that this machine trusts";
                Upset::Lasting(failure("connection-insecure", what, hint))
            }
            Error::BadUri(_) | Error::Http(_) | Error::LargeResponseHeader(..) => {
                let what = format!("expected an answer by the rules of HTTP, found `{error}`");
                Upset::Lasting(failure("answer-unreadable", what, "check the address in a browser"))
            }
            _ => {
                let what = format!("expected an answer, found a broken connection ({error})");
                Upset::Passing(failure("connection-failed", what, "run again later"), None)
            }
        }
    }
}

/// Judges an answer by its head. `None` where the body is worth reading.
fn judged(asked: &Asked<'_>, response: &Response<Body>) -> Result<Option<Answer>, Upset> {
    let (place, headers) = (asked.url.as_str(), response.headers());
    let status = response.status().as_u16();
    let failure = |kind, expected: &str, hint| {
        Failure::source(kind, place, format!("expected {expected}, found status {status}"), hint)
    };
    let wait = || header(headers, "retry-after").and_then(|text| retry_after(text, asked.now));
    match status {
        200 => typed(asked, headers).map(|()| None),
        304 if asked.known.is_some() => Ok(Some(Answer::Unchanged)),
        301 | 302 | 303 | 307 | 308 => match header(headers, "location") {
            Some(location) => Ok(Some(Answer::Elsewhere(location.into()))),
            None => {
                let said = failure("redirect-unreadable", "the other address", "check the address in a browser");
                Err(Upset::Lasting(said))
            }
        },
        404 | 410 => Err(Upset::Lasting(failure("not-found", "a page", "check the address"))),
        401 | 402 | 403 | 407 | 451 => {
            let hint = "fetch the address by hand with your account and add the file";
            Err(Upset::Lasting(failure("access-refused", "an open page", hint)))
        }
        429 => Err(Upset::Passing(failure("asked-to-wait", "a page", "run again later, or ask less often"), wait())),
        408 | 425 | 500 | 502..=504 => {
            Err(Upset::Passing(failure("server-failed", "a page", "run again later"), wait()))
        }
        _ => Err(Upset::Lasting(failure("status-unexpected", "a page", "check the address in a browser"))),
    }
}

/// Checks that the content is of the kind that was asked for: a page to log in is not a list.
fn typed(asked: &Asked<'_>, headers: &HeaderMap) -> Result<(), Upset> {
    let found = header(headers, "content-type").unwrap_or_default();
    if asked.request.kind.admits(found) {
        return Ok(());
    }
    let what = format!("expected {}, found `{found}`", asked.request.kind.word());
    let hint = "look at the address in a browser: it may want a login, or have moved";
    Err(Upset::Lasting(Failure::source("content-type-unexpected", asked.url.as_str(), what, hint)))
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn too_large(place: &str, limit: u64, found: &str) -> Upset {
    let what = format!("expected at most {limit} bytes, found {found}");
    Upset::Lasting(Failure::source("too-large", place, what, "raise the limit of bytes if the source is trusted"))
}

fn truncated(place: &str, what: String) -> Upset {
    Upset::Passing(Failure::source("truncated", place, what, "run again later"), None)
}

/// Why reading ended early.
pub(crate) enum Cut {
    /// Somebody asked to stop.
    Stopped,
    /// There is more than the limit.
    Larger,
    /// The connection broke.
    Io(std::io::Error),
}

/// Reads to the end, and no more than `limit` bytes.
pub(crate) fn bounded(mut from: impl Read, limit: u64, stop: &AtomicBool) -> Result<Vec<u8>, Cut> {
    let (mut bytes, mut chunk) = (Vec::new(), vec![0; 64 << 10]);
    loop {
        if stop.load(Ordering::Relaxed) {
            return Err(Cut::Stopped);
        }
        match from.read(&mut chunk) {
            Ok(0) => return Ok(bytes),
            Ok(n_read) if bytes.len() as u64 + n_read as u64 > limit => return Err(Cut::Larger),
            Ok(n_read) => bytes.extend_from_slice(&chunk[..n_read]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Cut::Io(error)),
        }
    }
}

impl Kind {
    fn accept(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Html => "text/html, application/xhtml+xml;q=0.9",
            Self::Xml => "application/xml, text/xml;q=0.9",
            Self::Archive | Self::Any | Self::Robots => "*/*",
        }
    }

    fn is_packed(self) -> bool {
        self == Self::Archive
    }

    fn limit(self) -> u64 {
        // RFC 9309, 2.5: rules beyond 500 KiB need not be read.
        if self == Self::Robots { 512 << 10 } else { u64::MAX }
    }

    /// True when a server that names its content so sends what was asked for. A server may say nothing.
    fn admits(self, content_type: &str) -> bool {
        let found = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let (top, sub) = found.split_once('/').unwrap_or((found.as_str(), ""));
        let is_json = sub == "json" || sub.ends_with("+json");
        match self {
            _ if found.is_empty() => true,
            Self::Json => is_json,
            Self::Html => matches!(sub, "html" | "xhtml+xml"),
            Self::Xml => sub == "xml" || sub.ends_with("+xml") || found == "text/plain",
            Self::Archive => top == "application" && !is_json && !matches!(sub, "xhtml+xml" | "xml"),
            Self::Any => matches!(top, "text" | "application" | "message" | "multipart"),
            Self::Robots => true,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Html => "a page in HTML",
            Self::Xml => "XML",
            Self::Archive => "an archive",
            Self::Any => "a text, document or archive",
            Self::Robots => "rules",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_admitted_by_its_kind() {
        for (kind, content_type, is_admitted) in [
            (Kind::Json, "application/json; charset=utf-8", true),
            (Kind::Json, "application/hal+json", true),
            (Kind::Json, "text/html", false),
            (Kind::Json, "", true),
            (Kind::Html, "TEXT/HTML", true),
            (Kind::Html, "application/json", false),
            (Kind::Xml, "text/xml", true),
            (Kind::Xml, "text/html", false),
            (Kind::Archive, "application/octet-stream", true),
            (Kind::Archive, "application/x-gzip", true),
            (Kind::Archive, "text/html", false),
            (Kind::Archive, "application/json", false),
            (Kind::Any, "text/csv", true),
            (Kind::Any, "image/png", false),
            (Kind::Any, "video", false),
        ] {
            assert_eq!(kind.admits(content_type), is_admitted, "{kind:?} {content_type}");
        }
    }
}
