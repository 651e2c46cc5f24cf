//! What was computed once and is asked for again: pages of one scope share one computation.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Results by what they are results of, at most so many of them.
pub struct Kept<K, V> {
    held: Mutex<BTreeMap<K, Arc<V>>>,
    most: usize,
}

impl<K: Ord, V> Kept<K, V> {
    /// Keeps up to `most` results; when there are more, all are let go, for what is asked for comes back soon.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { held: Mutex::default(), most }
    }

    /// Returns what is kept of `key`, or makes it.
    ///
    /// # Errors
    /// Those of `make`; nothing is kept then.
    pub fn get<E>(&self, key: K, make: impl FnOnce() -> Result<V, E>) -> Result<Arc<V>, E> {
        let held = || self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = held().get(&key) {
            return Ok(Arc::clone(kept));
        }
        // Made without the lock: two who ask at once may both make it, but nobody waits for another's scope.
        let made = Arc::new(make()?);
        let mut held = held();
        if held.len() >= self.most {
            held.clear();
        }
        held.insert(key, Arc::clone(&made));
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_made_once_and_what_failed_is_not_kept() {
        let kept: Kept<u8, u8> = Kept::new(2);
        assert_eq!(kept.get(1, || Err("no")), Err("no"));
        assert_eq!(*kept.get(1, || Ok::<_, ()>(7)).unwrap(), 7);
        assert_eq!(*kept.get(1, || Err::<_, ()>(()).or(Ok::<_, ()>(8))).unwrap(), 7);
        for key in 2..5 {
            assert_eq!(*kept.get(key, || Ok::<_, ()>(key)).unwrap(), key);
        }
        assert!(kept.held.lock().unwrap().len() <= 2);
    }
}
