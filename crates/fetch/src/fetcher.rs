//! One address from asking to whole bytes: in turn, by the host's rules, through redirects, with further attempts.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::atomic::AtomicBool;

use url::{Host, Url};

use crate::http::{Answer, Asked, Http, Upset};
use crate::pace::{Pace, backoff};
use crate::robots::Robots;
use crate::{Clock, Failure, Kind, Known, Manners, Purpose, Request, Settings, links};

/// Asks servers, one request at a time.
pub(crate) struct Fetcher<'a> {
    settings: &'a Settings,
    clock: &'a Clock,
    stop: &'a AtomicBool,
    http: Http,
    pace: Pace,
    /// The rules of each host, or why they could not be had.
    robots: BTreeMap<String, Result<Robots, Failure>>,
    pub(crate) n_requests: u64,
}

/// What an address gave in the end.
pub(crate) struct Got {
    /// `None` where what is held is still so.
    pub(crate) whole: Option<Whole>,
    pub(crate) final_address: String,
}

/// Whole bytes, and what the server said about them.
pub(crate) struct Whole {
    pub(crate) bytes: Vec<u8>,
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    pub(crate) content_type: Option<String>,
}

impl<'a> Fetcher<'a> {
    pub(crate) fn new(settings: &'a Settings, clock: &'a Clock, stop: &'a AtomicBool) -> Result<Self, Failure> {
        let (http, robots) = (Http::new(settings)?, BTreeMap::new());
        Ok(Self { settings, clock, stop, http, pace: Pace::default(), robots, n_requests: 0 })
    }

    /// Fetches an address, with further attempts where a failure may pass.
    pub(crate) fn get(&mut self, request: &Request, known: Option<&Known>) -> Result<Got, Failure> {
        let url = links::address(&request.address)?;
        let mut n_failed = 0;
        loop {
            let mut at = url.clone();
            let (failure, wished) = match self.attempt(request, known, &mut at) {
                Ok(got) => return Ok(got),
                Err(Upset::Lasting(failure)) => return Err(failure),
                Err(Upset::Passing(failure, wished)) => (failure, wished),
            };
            n_failed += 1;
            let own = backoff(self.settings.backoff, n_failed, self.settings.seed, &request.address);
            let wait = wished.unwrap_or(own);
            // Others wait for this host as well, also when this address is given up.
            self.pace.hold(host(&at), wait.min(self.settings.longest_wait), self.clock.now());
            if n_failed >= self.settings.n_attempts.max(1) {
                return Err(failure);
            }
            if wait > self.settings.longest_wait {
                let what = format!("{}; wishes a wait of {} s", failure.fault.what, wait.as_secs());
                return Err(Failure::source("asked-to-wait", at, what, "run again after that time"));
            }
        }
    }

    /// Follows redirects from an address to its bytes; `at` is where it stands.
    fn attempt(&mut self, request: &Request, known: Option<&Known>, at: &mut Url) -> Result<Got, Upset> {
        let mut passed = vec![at.clone()];
        loop {
            self.may_ask(request, at).map_err(Upset::Lasting)?;
            self.wait_for(at).map_err(Upset::Lasting)?;
            self.n_requests += 1;
            let asked = Asked { url: at, request, known, now: self.clock.now() };
            let whole = match self.http.ask(&asked, self.stop)? {
                Answer::Elsewhere(location) => {
                    *at = hop(&passed, &location, self.settings.limits.n_redirects).map_err(Upset::Lasting)?;
                    passed.push(at.clone());
                    continue;
                }
                Answer::Unchanged => None,
                Answer::Whole { bytes, etag, last_modified, content_type } => {
                    Some(Whole { bytes, etag, last_modified, content_type })
                }
            };
            return Ok(Got { whole, final_address: at.to_string() });
        }
    }

    /// Waits for the host's turn.
    fn wait_for(&mut self, url: &Url) -> Result<(), Failure> {
        let wished = self.robots.get(&origin(url)).and_then(|robots| robots.as_ref().ok()?.delay).unwrap_or_default();
        let interval = self.settings.interval().max(wished.min(self.settings.longest_wait));
        let wait = self.pace.take(host(url), interval, self.clock.now());
        if self.clock.pause(wait, self.stop) { Ok(()) } else { Err(Failure::stopped(url.as_str())) }
    }

    /// Checks the rules of the host, which are fetched once.
    fn may_ask(&mut self, request: &Request, url: &Url) -> Result<(), Failure> {
        if request.manners == Manners::Interface {
            return Ok(());
        }
        let origin = origin(url);
        let robots = match self.robots.get(&origin) {
            Some(robots) => robots.clone(),
            None => {
                let robots = self.rules(&origin);
                if robots.as_ref().is_err_and(|failure| failure.kind == "stopped") {
                    return robots.map(|_| ());
                }
                self.robots.entry(origin).or_insert(robots).clone()
            }
        };
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let hint = "ask the keeper of the host, or fetch the address by hand and add the file";
        match robots {
            Ok(robots) if robots.allows(path) => Ok(()),
            Ok(_) => {
                let what = "expected leave to ask for this address, found that robots.txt of the host forbids it";
                Err(Failure::source("robots-forbid", url.as_str(), what, hint))
            }
            // Rules that cannot be had allow nothing (RFC 9309, 2.3.1.4).
            Err(failure) => {
                let what = format!("robots.txt of the host cannot be had: {}", failure.fault.what);
                Err(Failure::source("robots-unreachable", url.as_str(), what, hint))
            }
        }
    }

    /// Fetches the rules of a host. Where there are none, everything is allowed.
    fn rules(&mut self, origin: &str) -> Result<Robots, Failure> {
        let request = Request {
            address: format!("{origin}/robots.txt"),
            kind: Kind::Robots,
            purpose: Purpose::Index,
            integrity: None,
            licence: None,
            manners: Manners::Interface,
        };
        match self.get(&request, None) {
            Ok(got) => Ok(Robots::read(&got.whole.map_or_else(Vec::new, |whole| whole.bytes))),
            Err(failure) if matches!(failure.kind, "not-found" | "access-refused" | "status-unexpected") => {
                Ok(Robots::default())
            }
            Err(failure) => Err(failure),
        }
    }
}

fn origin(url: &Url) -> String {
    url[..url::Position::BeforePath].to_string()
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// Where a redirect leads, if it may be followed.
fn hop(passed: &[Url], location: &str, most: usize) -> Result<Url, Failure> {
    let Some((first, here)) = passed.first().zip(passed.last()) else { return links::address(location) };
    let refuse = |kind, what: String, hint| Err(Failure::source(kind, first.as_str(), what, hint));
    let next = here.join(location).map(String::from);
    let next = match next.map(|next| links::address(&next)) {
        Ok(Ok(next)) => next,
        _ => {
            let what = format!("expected a redirect to an address of the web, found `{location}`");
            return refuse("redirect-unreadable", what, "check the address in a browser");
        }
    };
    if passed.contains(&next) {
        let what = format!("expected a page, found redirects that lead in a circle through `{next}`");
        return refuse("redirect-loop", what, "check the address in a browser: it may want a login");
    }
    if passed.len() > most {
        let what = format!("expected at most {most} redirects, found more");
        return refuse("redirects-too-many", what, "use the address at which they end");
    }
    if here.scheme() == "https" && next.scheme() == "http" {
        let what = format!("expected a secure address, found a redirect to `{next}`");
        return refuse("redirect-insecure", what, "use that address yourself if you trust the network");
    }
    if !is_inside(first) && is_inside(&next) {
        let what = format!("expected a public address, found a redirect into the own network, `{next}`");
        return refuse("redirect-inside", what, "do not trust this source");
    }
    Ok(next)
}

/// True for addresses of the own machine or network, as far as the address itself shows it.
fn is_inside(url: &Url) -> bool {
    let of = |ip: IpAddr| match ip {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified(),
        IpAddr::V6(ip) => {
            let mapped = ip.to_ipv4_mapped();
            let is_mapped = mapped.is_some_and(|ip| ip.is_loopback() || ip.is_private() || ip.is_link_local());
            is_mapped || ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local()
        }
    };
    match url.host() {
        Some(Host::Ipv4(ip)) => of(ip.into()),
        Some(Host::Ipv6(ip)) => of(ip.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost"
                || name.ends_with(".localhost")
                || name.ends_with(".local")
                || name.ends_with(".internal")
        }
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hopped(passed: &[&str], location: &str) -> Result<String, &'static str> {
        let passed: Vec<Url> = passed.iter().map(|text| links::address(text).expect("an address")).collect();
        hop(&passed, location, 3).map(String::from).map_err(|failure| failure.kind)
    }

    #[test]
    fn redirects_are_followed_where_it_is_safe() {
        let a = "https://a.example/x/y";
        assert_eq!(hopped(&[a], "z"), Ok("https://a.example/x/z".into()));
        assert_eq!(hopped(&[a], "//b.example/"), Ok("https://b.example/".into()));
        assert_eq!(hopped(&["http://a.example/"], "https://a.example/"), Ok("https://a.example/".into()));
        assert_eq!(hopped(&["http://127.0.0.1/"], "http://localhost/"), Ok("http://localhost/".into()));
    }

    #[test]
    fn circles_long_ways_and_other_schemes_are_refused() {
        let a = "https://a.example/x/y";
        assert_eq!(hopped(&[a], ""), Err("redirect-loop"));
        assert_eq!(hopped(&[a, "https://a.example/z"], "/x/y#part"), Err("redirect-loop"));
        assert_eq!(
            hopped(&[a, "https://b.example/", "https://c.example/", "https://d.example"], "/e"),
            Err("redirects-too-many")
        );
        assert_eq!(hopped(&[a], "http://a.example/x/y"), Err("redirect-insecure"));
        for location in ["ftp://a.example/", "file:///etc/passwd", "http://[", "https://me:word@a.example/"] {
            assert_eq!(hopped(&[a], location), Err("redirect-unreadable"), "{location}");
        }
    }

    #[test]
    fn a_public_page_cannot_lead_into_the_own_network() {
        for inside in
            ["127.0.0.1", "10.1.2.3", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "localhost", "x.internal"]
        {
            assert_eq!(
                hopped(&["https://a.example/"], &format!("https://{inside}/")),
                Err("redirect-inside"),
                "{inside}"
            );
        }
    }
}
