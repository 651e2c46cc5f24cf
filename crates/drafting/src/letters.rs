//! Letters that say the same: kinds of hyphens, quotation marks and spaces, `ization` and `isation`, and accents in names of places.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The mark of byte order, which some editors put before a text.
pub(crate) const BOM: char = '\u{feff}';

/// Returns the plain form of a letter: one hyphen, one quotation mark of each kind, one space.
///
/// A dash stays what it is, for it may be the label of an item; [`is_dash`] knows it.
pub(crate) fn plain(letter: char) -> char {
    match letter {
        '\u{2010}' | '\u{2011}' => '-',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}'..='\u{201e}' => '"',
        letter if letter.is_whitespace() => ' ',
        other => other,
    }
}

/// Returns a text without marks of byte order: a text that begins with one does not begin with its first word.
pub(crate) fn without_bom(text: &str) -> Cow<'_, str> {
    if text.contains(BOM) { text.replace(BOM, "").into() } else { text.into() }
}

/// True for dashes and the sign minus, which many keyboards write as a hyphen.
pub(crate) fn is_dash(letter: char) -> bool {
    matches!(letter, '\u{2012}'..='\u{2015}' | '\u{2212}')
}

/// Returns words in plain letters with single spaces.
pub(crate) fn squeezed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(plain).collect()
}

/// Returns a name as names are compared: in small letters without accents, hyphens as spaces, `ization` for `isation`.
pub(crate) fn named(name: &str) -> String {
    let letters = name.nfd().filter(|letter| !is_combining_mark(*letter)).map(plain).flat_map(char::to_lowercase);
    letters.map(|letter| if letter == '-' { ' ' } else { letter }).collect::<String>().replace("isation", "ization")
}

/// Returns the expression that finds a name whatever its hyphens and spaces, with `s` or `z`.
pub(crate) fn expression(name: &str) -> String {
    let escaped = regex::escape(name).replace(r"\-", r"[-\u{2010}\u{2011}]").replace(' ', r"[\s\u{a0}]+");
    escaped.replace("ization", "i[sz]ation")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_two_spellings() {
        assert_eq!(named("Buenos-Aires"), named("buenos\u{a0}aires"));
        assert_eq!(named("Montréal Standardisation"), "montreal standardization");
        assert_ne!(named("Genève"), named("Geneva"));
        assert_eq!(squeezed(" ITU\u{2011}T\u{a0} X.1 "), "ITU-T X.1");
    }

    #[test]
    fn expressions_find_what_is_commonly_written() {
        let found = regex::Regex::new(&expression("Pre-Standardization Group")).unwrap();
        assert!(
            found.is_match("Pre\u{2011}Standardisation\u{a0} Group") && !found.is_match("PreStandardization Group")
        );
    }
}
