//! Forms that change something: whether they may, and what they say.
//!
//! A decision is taken only from a page of this server that was opened on this machine: another site can make a browser
//! send a form, but not with our own origin, and a foreign name that points to this machine is not ours.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use fact::{Fault, Remedy};

use crate::exit::Failure;
use crate::pages::Ask;

/// Most bytes of a form.
const MOST: usize = 64 << 10;

/// Refuses what does not come from a page of this server, and, unless `is_open`, what may come from another machine.
///
/// # Errors
/// When it is refused.
pub fn may_decide(headers: &HeaderMap, bound: SocketAddr, is_open: bool) -> Result<(), Failure> {
    let said = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let refused = |what: &str, hint: &str| Err(Failure::Private(Fault::new(Remedy::Ask, "review", what, hint)));
    let host = said(header::HOST);
    let is_here = bound.ip().is_loopback() && is_loopback(host);
    if !is_open && !is_here {
        let hint = "serve on 127.0.0.1, or set `is_open = true` under `[review]` behind something that knows who asks";
        return refused("expected a decision from this machine, found one that may come from another", hint);
    }
    let origin = said(header::ORIGIN);
    let is_same = origin.split_once("://").is_some_and(|(_, authority)| !host.is_empty() && authority == host);
    let site = headers.get("sec-fetch-site").map_or("same-origin", |site| site.to_str().unwrap_or_default());
    if !is_same || site != "same-origin" {
        return refused(
            "expected a form of this server, found one of another site",
            "open the page Review and decide there",
        );
    }
    Ok(())
}

/// True for the names of this machine itself, with or without a port.
fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name);
    name == "localhost" || name.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Reads the fields of a form.
///
/// # Errors
/// When it is longer than a form can be, or no form.
pub async fn read(request: Request) -> Result<BTreeMap<String, String>, Failure> {
    let wrong =
        |what: &str| Failure::Fault(Fault::new(Remedy::Ask, "review", what, "use the forms of the page Review"));
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok()).unwrap_or_default();
    if !media.starts_with("application/x-www-form-urlencoded") {
        return Err(wrong("expected the fields of a form, found something else"));
    }
    let bytes = axum::body::to_bytes(request.into_body(), MOST).await;
    let bytes = bytes.map_err(|_| wrong("expected a form of at most 64 kB, found a longer one"))?;
    Ok(Ask::fields(&String::from_utf8_lossy(&bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(host: &str, origin: &str, bound: &str, is_open: bool) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        headers.insert(header::ORIGIN, origin.parse().unwrap());
        may_decide(&headers, bound.parse().unwrap(), is_open).is_ok()
    }

    #[test]
    fn only_a_page_of_this_server_on_this_machine_may_decide() {
        let here = "127.0.0.1:8080";
        assert!(may(here, "http://127.0.0.1:8080", here, false));
        assert!(may("localhost:8080", "http://localhost:8080", here, false));
        assert!(may("[::1]:8080", "http://[::1]:8080", "[::1]:8080", false));
        assert!(!may(here, "http://evil.example", here, false), "another site");
        assert!(!may(here, "http://127.0.0.1:9090", here, false), "another server of this machine");
        assert!(!may(here, "", here, false), "nobody says where it comes from");
        assert!(!may("evil.example:8080", "http://evil.example:8080", here, false), "a foreign name for this machine");
        assert!(!may("10.0.0.1:8080", "http://10.0.0.1:8080", "0.0.0.0:8080", false), "from anywhere");
        assert!(may("sdo.example", "https://sdo.example", "0.0.0.0:8080", true), "behind a proxy that knows who asks");
        let mut headers = HeaderMap::new();
        for (name, value) in [("host", here), ("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "cross-site")] {
            headers.insert(name, value.parse().unwrap());
        }
        assert!(may_decide(&headers, here.parse().unwrap(), false).is_err());
    }
}
