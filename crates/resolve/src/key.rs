//! Keys: the part of a name that stays the same however it is spelt.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::organisation::form_at_end;
use crate::text::words;

/// A normalised name: lower case, no accents, words separated by one space, no legal form at its end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

impl Key {
    /// Returns the key of a name.
    ///
    /// ```
    /// use resolve::Key;
    /// assert_eq!(Key::of("Borealis Systems Co., Ltd."), Key::of("BOREALIS-Systems"));
    /// assert_ne!(Key::of("Borealis Shanghai"), Key::of("Borealis"));
    /// ```
    #[must_use]
    pub fn of(name: &str) -> Self {
        let words = words(name);
        let mut texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        while let Some(n) = form_at_end(&texts) {
            texts.truncate(texts.len() - n);
        }
        Self(texts.join(" "))
    }

    /// Returns the key of a name that has no legal form, such as a person's.
    #[must_use]
    pub fn whole(name: &str) -> Self {
        let words = words(name);
        Self(words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
    }

    /// Returns the key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True where nothing of the name was left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Returns a name as a part of an address: lower case, words joined by `-`, the signs `#`, `/` and `.` kept.
///
/// ```
/// assert_eq!(resolve::slug("SA2#128Bis"), "sa2#128bis");
/// assert_eq!(resolve::slug("Nokia Shanghai-Bell"), "nokia-shanghai-bell");
/// ```
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for char in folded(name) {
        match char {
            '#' | '/' | '.' => slug.push(char),
            char if char.is_alphanumeric() => slug.push(char),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_end_matches(['-', '.']).to_string()
}

/// NFKC, then decomposed so that accents can be left out, then lower case.
fn folded(name: &str) -> impl Iterator<Item = char> {
    let folded: String = name.nfkc().nfd().filter(|char| !is_combining_mark(*char)).collect();
    folded.to_lowercase().chars().collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spelling_does_not_matter_but_words_do() {
        let same = [
            ("Nokia Shanghai-Bell", "NOKIA Shanghai Bell"),
            ("Igalia, S.L", "Igalia S.L."),
            ("Bloomberg LP", "BLoomberg"),
        ];
        for (one, other) in same {
            assert_eq!(Key::of(one), Key::of(other), "{one} / {other}");
        }
        assert_ne!(Key::of("China Mobile"), Key::of("China Unicom"));
        assert_eq!(Key::of("Inc."), Key::of("inc"), "a name that is only a legal form keeps it");
    }

    proptest! {
        #[test]
        fn the_key_of_a_key_is_itself(name in "\\PC{0,40}") {
            let key = Key::of(&name);
            prop_assert_eq!(Key::of(key.as_str()), key);
        }

        #[test]
        fn slugs_are_safe_in_addresses(name in "\\PC{0,40}") {
            let slug = slug(&name);
            prop_assert!(!slug.contains([' ', '?', '&', '"', '<', '%']));
        }
    }
}
