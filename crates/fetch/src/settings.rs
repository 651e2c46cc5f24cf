//! How politely and within which bounds addresses are fetched.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::Failure;

/// How to behave towards servers, and what to accept from them.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the keeper of a server can complain: an e-mail address or a page. It is part of every request.
    pub contact: String,
    /// Most requests in a second to one host.
    pub per_second: f64,
    /// What is accepted from a server.
    pub limits: Limits,
    /// How often an address is tried before it is given up.
    pub n_attempts: u32,
    /// The first wait after a failed attempt; it doubles with each further one.
    pub backoff: Duration,
    /// The longest wait that a server may ask for; whoever asks for more is left for another day.
    pub longest_wait: Duration,
    /// Spreads the waits of several machines; the same seed gives the same waits.
    pub seed: u64,
    /// Other places for what presets fetch, by the name of the base, e.g. `npm` for a mirror of the registry.
    pub bases: BTreeMap<String, String>,
    /// The proxy to go through, e.g. `http://proxy.example:3128`.
    pub proxy: Option<String>,
}

/// What is accepted from a server.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most bytes of one answer, as sent and after decompression.
    pub n_bytes: u64,
    /// How many times larger than sent an answer may become by decompression.
    pub ratio: u64,
    /// Longest time for one request and its answer.
    pub time: Duration,
    /// Most redirects that are followed for one address.
    pub n_redirects: usize,
    /// Most addresses that are fetched for one source.
    pub n_addresses: usize,
}

impl Settings {
    /// Returns the settings that suit public servers: one request a second, four attempts, 256 MiB an answer.
    #[must_use]
    pub fn new(contact: &str) -> Self {
        Self {
            contact: contact.into(),
            per_second: 1.0,
            limits: Limits::default(),
            n_attempts: 4,
            backoff: Duration::from_secs(2),
            longest_wait: Duration::from_secs(300),
            seed: 0,
            bases: BTreeMap::new(),
            proxy: None,
        }
    }

    /// The name under which requests are made, with the contact.
    pub(crate) fn user_agent(&self) -> Result<String, Failure> {
        let contact = self.contact.trim();
        let is_reachable = contact.contains(['@', '/']) && contact.bytes().all(|byte| (0x20..0x7f).contains(&byte));
        if is_reachable {
            return Ok(format!("rapporteur/{} (+{contact})", env!("CARGO_PKG_VERSION")));
        }
        let what = format!("expected an e-mail address or the address of a page as contact, found `{contact}`");
        Err(Failure::setup("contact-missing", "settings", what, "set the contact that servers are told"))
    }

    /// The least time between two requests to one host.
    pub(crate) fn interval(&self) -> Duration {
        let seconds = if self.per_second > 0.0 { 1.0 / self.per_second } else { f64::INFINITY };
        Duration::try_from_secs_f64(seconds).unwrap_or(self.longest_wait)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { n_bytes: 256 << 20, ratio: 200, time: Duration::from_secs(120), n_redirects: 8, n_addresses: 20_000 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_told_whom_to_write_to() {
        let agent = Settings::new("ops@acme.example").user_agent();
        assert_eq!(agent, Ok(format!("rapporteur/{} (+ops@acme.example)", env!("CARGO_PKG_VERSION"))));
        for contact in ["", "somebody", "a@b\r\nx: y"] {
            assert_eq!(Settings::new(contact).user_agent().map_err(|failure| failure.kind), Err("contact-missing"));
        }
    }

    #[test]
    fn the_rate_is_an_interval() {
        let with = |per_second| Settings { per_second, ..Settings::new("a@b") }.interval();
        assert_eq!(with(1.0), Duration::from_secs(1));
        assert_eq!(with(4.0), Duration::from_millis(250));
        assert_eq!(with(0.0), Duration::from_secs(300));
        assert_eq!(with(f64::NAN), Duration::from_secs(300));
    }
}
