//! Time as a value: what the time is, and how to wait.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

/// Tells the time and waits. Tests bring their own, in which no time passes.
pub struct Clock {
    now: Box<dyn Fn() -> Timestamp>,
    sleep: Box<dyn Fn(Duration)>,
}

impl Clock {
    /// Returns the clock of the machine.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the rim: this is where time comes in")]
    pub fn of_the_machine() -> Self {
        let now = || Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::UNIX_EPOCH);
        Self::new(now, std::thread::sleep)
    }

    /// Returns a clock that tells time by `now` and waits by `sleep`.
    pub fn new(now: impl Fn() -> Timestamp + 'static, sleep: impl Fn(Duration) + 'static) -> Self {
        Self { now: Box::new(now), sleep: Box::new(sleep) }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Waits, in small steps so that a request to stop is heard. False when it was stopped.
    pub(crate) fn pause(&self, wait: Duration, stop: &AtomicBool) -> bool {
        const STEP: Duration = Duration::from_millis(200);
        let mut rest = wait;
        while !rest.is_zero() {
            if stop.load(Ordering::Relaxed) {
                return false;
            }
            let step = rest.min(STEP);
            (self.sleep)(step);
            rest -= step;
        }
        !stop.load(Ordering::Relaxed)
    }
}
