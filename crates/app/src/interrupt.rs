//! Interruption by the user: long work is asked to stop in order, anything else ends at once.

use std::sync::atomic::{AtomicBool, Ordering};

static WANTED: AtomicBool = AtomicBool::new(false);
static IN_ORDER: AtomicBool = AtomicBool::new(false);

/// True when the user asked to stop: long work ends with what it has.
#[must_use]
pub fn is_wanted() -> bool {
    WANTED.load(Ordering::Relaxed)
}

/// The flag itself, for work that takes it as an argument.
#[must_use]
pub fn flag() -> &'static AtomicBool {
    &WANTED
}

/// Work that looks at [`is_wanted`] is being done, as long as this lives.
pub struct Orderly(());

/// Announces work that will stop in order.
#[must_use]
pub fn orderly() -> Orderly {
    IN_ORDER.store(true, Ordering::SeqCst);
    Orderly(())
}

impl Drop for Orderly {
    fn drop(&mut self) {
        IN_ORDER.store(false, Ordering::SeqCst);
    }
}

/// Waits until the command has to end at once: at the first interruption, or at the second one where work stops in order.
pub async fn at_once() {
    loop {
        if tokio::signal::ctrl_c().await.is_err() {
            return std::future::pending().await;
        }
        if WANTED.swap(true, Ordering::SeqCst) || !IN_ORDER.load(Ordering::SeqCst) {
            return;
        }
        crate::complain("stopping after the files that are being read; interrupt again to end at once.");
    }
}
