//! Blocks: under which keys a name is filed, and under which it looks for its like.
//!
//! A key is one word of the name and the beginning or the end of another, so that a slip in one word, another order or a
//! nickname still meets. An initial meets by its letter.

use std::fmt::Write as _;
use std::hash::{Hash as _, Hasher as _};

use super::compare::handles;
use super::context::Context;
use super::name::{Form, PersonName, Token, Word};

/// The hash of a key; two keys with one hash only cost a comparison.
pub(crate) type Block = u64;

/// The blocks in which a name is filed as a centre.
pub(crate) fn filed(name: &PersonName) -> Vec<Block> {
    let mut blocks = Vec::new();
    pairs(name, true, &mut |key| blocks.push(block(key)));
    if name.form == Form::Full {
        let core: Vec<Word> = name.tokens.iter().filter(|word| !word.is_particle).cloned().collect();
        blocks.extend(handles(&core).map(|handle| block(&format!("={handle}"))));
    }
    distinct(blocks)
}

/// The blocks in which a name looks for a centre.
pub(crate) fn sought(name: &PersonName) -> Vec<Block> {
    let mut blocks = Vec::new();
    sought_keys(name, &mut |key| blocks.push(block(key)));
    distinct(blocks)
}

/// The blocks of one name with one organisation or committee: small ones, for names so common that the others are crowded.
pub(crate) fn narrow(name: &PersonName, context: &Context) -> Vec<Block> {
    let mut words: Vec<&str> = name.tokens.iter().map(|word| word.loose.as_str()).collect();
    words.sort_unstable();
    let words = words.join(" ");
    let places = context.organisations.iter().chain(context.bodies.keys());
    if name.form == Form::Full { places.map(|place| block(&format!("{words}@{place}"))).collect() } else { Vec::new() }
}

/// The key of a block in which a name looks for a centre, for people.
pub(crate) fn key_of(name: &PersonName, which: Block) -> String {
    let mut found = String::new();
    sought_keys(name, &mut |key| {
        if block(key) == which {
            found = key.to_string();
        }
    });
    found
}

fn sought_keys(name: &PersonName, say: &mut impl FnMut(&str)) {
    match (name.form, name.tokens.as_slice()) {
        (Form::Code, _) => {}
        (Form::Single, [word, ..]) => say(&format!("={}", word.text)),
        _ => pairs(name, false, say),
    }
}

fn block(key: &str) -> Block {
    let mut hasher = rustc_hash::FxHasher::default();
    key.hash(&mut hasher);
    hasher.finish()
}

fn distinct(mut blocks: Vec<Block>) -> Vec<Block> {
    blocks.sort_unstable();
    blocks.dedup();
    blocks
}

fn pairs(name: &PersonName, is_filing: bool, say: &mut impl FnMut(&str)) {
    let mut key = String::new();
    for tokens in name.readings() {
        let words = with_neighbours(tokens);
        for (at, whole) in words.iter().enumerate().filter(|(_, whole)| !whole.is_initial()) {
            for (of, part) in words.iter().enumerate().filter(|(of, _)| at != *of) {
                pair(whole, part, is_filing, &mut key, say);
                if at < of && !part.is_initial() {
                    said(&mut key, "~", start(&whole.loose, 3), start(&part.loose, 3), say);
                }
            }
        }
    }
}

fn said(key: &mut String, one: &str, other: &str, last: &str, say: &mut impl FnMut(&str)) {
    key.clear();
    let _ = write!(key, "{one}|{other}{last}");
    say(key);
}

/// The keys of one word as a whole with parts of another: its initial, its beginning and end (more of them beside a common
/// word), all of it and all but one letter of it, and the nicknames to which it belongs.
fn pair(whole: &Token, part: &Token, is_filing: bool, key: &mut String, say: &mut impl FnMut(&str)) {
    let (word, other) = (whole.loose.as_str(), part.loose.as_str());
    if is_filing || part.is_initial() {
        said(key, word, start(other, 1), "", say);
    }
    if !part.is_initial() {
        let n = if whole.bearers.is_settled() { 3 } else { 2 };
        said(key, word, start(other, n), "-", say);
        said(key, word, "-", &other[other.char_indices().rev().nth(n - 1).map_or(0, |(at, _)| at)..], say);
        key.clear();
        let _ = write!(key, "{word}|!{other}");
        say(key);
        for (at, char) in other.char_indices() {
            key.clear();
            let _ = write!(key, "{word}|!{}{}", &other[..at], &other[at + char.len_utf8()..]);
            say(key);
        }
    }
    for group in &part.bearers.groups {
        key.clear();
        let _ = write!(key, "{word}|#{group}");
        say(key);
    }
}

fn start(word: &str, n: usize) -> &str {
    word.char_indices().nth(n).map_or(word, |(at, _)| &word[..at])
}

/// The words that are no particles, and every two neighbours as one word.
fn with_neighbours(tokens: &[Word]) -> Vec<Word> {
    let mut words: Vec<Word> = tokens.iter().filter(|word| !word.is_particle).cloned().collect();
    if tokens.len() > 2 {
        words.extend(tokens.windows(2).map(|pair| Token::word(format!("{}{}", pair[0].text, pair[1].text))));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        for (centre, other) in [
            ("Ada Quell", "A. Quell"),
            ("Ada Quell", "Quell Ada"),
            ("Ada Quell", "Ada Qell"),
            ("Robert Quell", "Bob Quell"),
            ("Jaehoon Quell", "Jae-Hoon Quell"),
            ("Ada Quell", "adaquell"),
            ("Nabila Al-Quell", "Nabila Alquell"),
        ] {
            let [centre, other] = [centre, other].map(PersonName::read);
            let filed = filed(&centre);
            assert!(sought(&other).iter().any(|block| filed.contains(block)), "{centre:?} / {other:?}");
        }
    }
}
