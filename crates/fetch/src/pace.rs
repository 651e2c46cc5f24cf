//! When a host may be asked again, and how long to wait after a failure.

use std::collections::BTreeMap;
use std::time::Duration;

use fact::content_id;
use jiff::{SignedDuration, Timestamp};

/// The earliest moment of the next request, by host.
#[derive(Default)]
pub(crate) struct Pace {
    next: BTreeMap<String, Timestamp>,
}

impl Pace {
    /// Returns how long to wait before the next request to a host, and takes that moment; the one after it comes no
    /// earlier than `interval` later.
    pub(crate) fn take(&mut self, host: &str, interval: Duration, now: Timestamp) -> Duration {
        let at = self.next.get(host).copied().unwrap_or(now).max(now);
        self.next.insert(host.into(), later(at, interval));
        Duration::try_from(at.duration_since(now)).unwrap_or_default()
    }

    /// Keeps from asking a host before this wait is over.
    pub(crate) fn hold(&mut self, host: &str, wait: Duration, now: Timestamp) {
        let until = later(now, wait);
        let next = self.next.entry(host.into()).or_insert(until);
        *next = until.max(*next);
    }
}

fn later(at: Timestamp, wait: Duration) -> Timestamp {
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    at.checked_add(wait).unwrap_or(Timestamp::MAX)
}

/// Returns the wait after the `n_failed`-th failure: doubled each time, and between half and all of that, by the seed and the
/// address. So that many who failed together do not come back together, and that a test knows the wait.
pub(crate) fn backoff(first: Duration, n_failed: u32, seed: u64, address: &str) -> Duration {
    let whole = first.saturating_mul(1_u32.checked_shl(n_failed.saturating_sub(1)).unwrap_or(u32::MAX));
    let digest = content_id(format!("{seed}\n{n_failed}\n{address}").as_bytes());
    let share = u32::from_str_radix(&digest[..8], 16).unwrap_or_default();
    whole / 2 + (whole / 2).mul_f64(f64::from(share) / f64::from(u32::MAX))
}

/// Reads `Retry-After`: a number of seconds or a date (RFC 9110, 10.2.3).
pub(crate) fn retry_after(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let at = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(Duration::try_from(at.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;
    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn requests_to_one_host_are_spaced_and_to_another_are_not() {
        let mut pace = Pace::default();
        let waits = ["a", "a", "b", "a"].map(|host| pace.take(host, SECOND, NOW).as_secs());
        assert_eq!(waits, [0, 1, 0, 2]);
        pace.hold("b", Duration::from_secs(60), NOW);
        assert_eq!(pace.take("b", SECOND, NOW).as_secs(), 60);
        pace.hold("c", Duration::MAX, NOW);
        assert!(pace.take("c", SECOND, NOW).as_secs() > 1 << 30);
    }

    #[test]
    fn waits_double_and_are_the_same_for_the_same_seed() {
        for n_failed in 1..=40 {
            let whole = SECOND.saturating_mul(1_u32.checked_shl(n_failed - 1).unwrap_or(u32::MAX));
            let wait = backoff(SECOND, n_failed, 7, "https://a.example/");
            assert!(wait >= whole / 2 && wait <= whole, "{n_failed}: {wait:?}");
            assert_eq!(wait, backoff(SECOND, n_failed, 7, "https://a.example/"));
        }
        assert_ne!(backoff(SECOND, 1, 7, "x"), backoff(SECOND, 1, 8, "x"));
    }

    #[test]
    fn a_server_may_name_seconds_or_a_date() {
        assert_eq!(retry_after(" 120 ", NOW), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Thu, 01 Jan 1970 00:02:00 GMT", NOW), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Wed, 31 Dec 1969 00:00:00 GMT", NOW), Some(Duration::ZERO));
        assert_eq!(retry_after("99999999999999999999999", NOW), Some(Duration::from_secs(u64::MAX)));
        assert_eq!([retry_after("soon", NOW), retry_after("", NOW), retry_after("-1", NOW)], [None; 3]);
    }
}
