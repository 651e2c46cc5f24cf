//! Matching one to one: the best match first, ties by what a person reads of the entries.

use super::{Kind, Tally};

/// How well two entries match. Greater is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// They are two things.
    No,
    /// They are about the same thing and differ.
    Near(usize),
    /// They say the same.
    Right(usize),
}

impl Match {
    /// Returns right where `is_right`, else nothing.
    pub fn right_if(is_right: bool) -> Self {
        if is_right { Self::Right(0) } else { Self::No }
    }

    /// Returns the same with a weight.
    pub fn weighing(self, weight: usize) -> Self {
        match self {
            Self::Right(_) => Self::Right(weight),
            Self::Near(_) => Self::Near(weight),
            Self::No => Self::No,
        }
    }
}

/// An entry with what a person reads of it.
pub(super) struct Item<T> {
    /// The words.
    pub shown: String,
    /// What is compared.
    pub value: T,
}

/// Numbers of entries that belong together, and of those that are left.
pub(super) struct Pairs {
    /// Entries of the key and of the answer, with how well they match.
    pub pairs: Vec<(usize, usize, Match)>,
    /// Entries of the key that are left.
    pub misses: Vec<usize>,
    /// Entries of the answer that are left.
    pub extras: Vec<usize>,
}

/// Pairs the entries of `key` and `answer`, both sorted by what is shown.
pub(super) fn pairs<T>(key: &[Item<T>], answer: &[Item<T>], compare: impl Fn(&T, &T) -> Match) -> Pairs {
    let mut all: Vec<(usize, usize, Match)> = Vec::new();
    for (k, one) in key.iter().enumerate() {
        for (a, other) in answer.iter().enumerate() {
            let how = compare(&one.value, &other.value);
            if how != Match::No {
                all.push((k, a, how));
            }
        }
    }
    all.sort_by(|one, other| other.2.cmp(&one.2).then((one.0, one.1).cmp(&(other.0, other.1))));
    let mut key_left = vec![true; key.len()];
    let mut answer_left = vec![true; answer.len()];
    all.retain(|&(k, a, _)| {
        let is_free = key_left[k] && answer_left[a];
        if is_free {
            (key_left[k], answer_left[a]) = (false, false);
        }
        is_free
    });
    let left = |left: Vec<bool>| (0..left.len()).filter(|&n| left[n]).collect();
    Pairs { pairs: all, misses: left(key_left), extras: left(answer_left) }
}

/// Sorts entries by what is shown, so that the order of lists changes nothing.
pub(super) fn sorted<T>(mut items: Vec<Item<T>>) -> Vec<Item<T>> {
    items.sort_by(|one, other| one.shown.cmp(&other.shown));
    items
}

/// Adds the matches of `key` and `answer` to `tally`.
pub(super) fn count<T>(tally: &mut Tally, key: Vec<Item<T>>, answer: Vec<Item<T>>, compare: impl Fn(&T, &T) -> Match) {
    let (key, answer) = (sorted(key), sorted(answer));
    let found = pairs(&key, &answer, compare);
    for (k, a, how) in found.pairs {
        match how {
            Match::Right(_) => tally.n_right += 1,
            _ => tally.differences.push(format!("{} -> {}", key[k].shown, answer[a].shown)),
        }
    }
    tally.misses.extend(found.misses.iter().map(|&k| key[k].shown.clone()));
    tally.extras.extend(found.extras.iter().map(|&a| answer[a].shown.clone()));
}

/// Returns the tally of `kind` over `key` and `answer`.
pub(super) fn tally<T>(
    kind: Kind,
    key: Vec<Item<T>>,
    answer: Vec<Item<T>>,
    compare: impl Fn(&T, &T) -> Match,
) -> Tally {
    let mut tally = Tally::new(kind);
    count(&mut tally, key, answer, compare);
    tally
}
