//! Misspellings: names one or two letters away, found through what is left of a name without one letter.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Shortest name in which a wrong letter is taken for a slip, in letters.
pub const SHORTEST: usize = 6;

/// Names by what is left of them without one letter, so that two that differ by one letter meet.
#[derive(Debug, Default)]
pub struct Near {
    held: HashMap<u64, Vec<usize>>,
}

/// No more names than this are looked at behind one form: common short forms say little.
const MOST: usize = 64;

impl Near {
    /// Adds a name under its number.
    pub fn add(&mut self, at: usize, name: &str) {
        for form in forms(name) {
            let held = self.held.entry(form).or_default();
            if held.len() < MOST && held.last() != Some(&at) {
                held.push(at);
            }
        }
    }

    /// Returns the numbers of the names that share a form with this one, each once, in order.
    #[must_use]
    pub fn of(&self, name: &str) -> Vec<usize> {
        let mut found: Vec<usize> =
            forms(name).iter().filter_map(|form| self.held.get(form)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Number of forms behind which more names stand than are looked at.
    #[must_use]
    pub fn n_capped(&self) -> usize {
        self.held.values().filter(|held| held.len() == MOST).count()
    }
}

/// The name itself and all that is left of it without one letter, hashed.
fn forms(name: &str) -> Vec<u64> {
    let letters: Vec<char> = name.chars().collect();
    let mut forms = Vec::with_capacity(letters.len() + 1);
    for without in 0..=letters.len() {
        let mut hash = DefaultHasher::new();
        for (at, letter) in letters.iter().enumerate() {
            if at != without {
                letter.hash(&mut hash);
            }
        }
        forms.push(hash.finish());
    }
    forms
}

/// Returns the number of slips between two names, if at most two: a letter too many, too few, another one, or two changed
/// about (optimal string alignment).
#[must_use]
pub fn slips(one: &str, other: &str) -> Option<usize> {
    if one.chars().count().abs_diff(other.chars().count()) > 2 {
        return None;
    }
    let distance = strsim::osa_distance(one, other);
    (distance <= 2).then_some(distance)
}
