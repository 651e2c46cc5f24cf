//! Letters to tokens: what holds a word together, what it looks like, and the hash by which it is asked for.

use std::ops::Range;

use super::{Shape, Token};

/// Returns the key of a word: a hash of its letters, small, with hyphens and apostrophes folded.
pub(crate) fn key(word: &str) -> u64 {
    let mut hash = SEED;
    if word.is_ascii() {
        for byte in word.bytes() {
            hash = mix(hash, u32::from(byte.to_ascii_lowercase()));
        }
    } else {
        for c in word.chars() {
            hash = fold_in(hash, c);
        }
    }
    hash
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, one step a character.
fn mix(hash: u64, c: u32) -> u64 {
    (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)
}

fn fold_in(hash: u64, c: char) -> u64 {
    match c {
        '\u{2010}' | '\u{2011}' | '\u{2012}' => mix(hash, u32::from('-')),
        '\u{2019}' | '\u{02bc}' => mix(hash, u32::from('\'')),
        '\u{ad}' => hash,
        _ if c.is_ascii() => mix(hash, u32::from(c.to_ascii_lowercase())),
        _ => c.to_lowercase().fold(hash, |hash, c| mix(hash, u32::from(c))),
    }
}

/// Returns the keys of the tokens of `text`, as a scan would give them.
pub(crate) fn keys(text: &str) -> Vec<u64> {
    let mut tokens = Vec::new();
    words(text, 0..text.len(), 0, &mut tokens);
    tokens.iter().map(|token| token.key).collect()
}

/// Adds the tokens of `range`.
pub(super) fn words(text: &str, range: Range<usize>, block: u32, tokens: &mut Vec<Token>) {
    let Some(part) = text.get(range.clone()) else { return };
    let mut is_spaced = tokens.last().is_none_or(|token| token.end != range.start);
    let mut at = 0;
    while let Some(c) = char_at(part, at) {
        let start = range.start + at;
        if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
            (is_spaced, at) = (true, at + c.len_utf8());
            continue;
        }
        let token = if c.is_alphanumeric() {
            let (token, next) = word(part, at, start, block);
            at = next;
            token
        } else {
            at += c.len_utf8();
            let end = range.start + at;
            Token { start, end, key: fold_in(SEED, c), shape: Shape::Mark(c), is_spaced: false, is_owner: false, block }
        };
        tokens.push(Token { is_spaced, ..token });
        is_spaced = false;
    }
}

/// The character that begins at byte `at`; most are one byte, and need no decoding.
fn char_at(part: &str, at: usize) -> Option<char> {
    match part.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        Some(_) => part.get(at..)?.chars().next(),
        None => None,
    }
}

/// The word that begins at byte `at` of `part`, and where to go on; `start` is its place in the text.
fn word(part: &str, at: usize, start: usize, block: u32) -> (Token, usize) {
    let mut look = Look::default();
    let (mut hash, mut end, mut last) = (SEED, at, ' ');
    let mut after = None;
    while let Some(c) = char_at(part, end) {
        if c.is_ascii_alphanumeric() {
            hash = mix(hash, u32::from(c.to_ascii_lowercase()));
        } else {
            if !(c.is_alphanumeric() || is_mark_of_word(c)) {
                let rest = part.get(end + c.len_utf8()..).unwrap_or_default();
                if is_possessive(c, rest) {
                    after = Some(end + c.len_utf8() + 1);
                    break;
                }
                if c == '-' && look.is_acronym() && is_name_part(rest) {
                    break;
                }
                let is_thousands = c == ',' && look.is_number() && is_group_of_three(rest);
                if !(is_thousands || holds(last, c, rest.chars().next())) {
                    break;
                }
            }
            hash = fold_in(hash, c);
        }
        look.see(c);
        end += c.len_utf8();
        last = c;
    }
    let (is_owner, next) = (after.is_some(), after.unwrap_or(end));
    let token =
        Token { start, end: start + end - at, key: hash, shape: look.shape(), is_spaced: false, is_owner, block };
    (token, next)
}

/// Marks that belong to the letter before them.
fn is_mark_of_word(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c) || c == '\u{ad}'
}

/// True when the mark `c` between `before` and `after` holds a word together.
fn holds(before: char, c: char, after: Option<char>) -> bool {
    let Some(after) = after else { return false };
    if !after.is_alphanumeric() {
        return false;
    }
    match c {
        '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}' | '&' | '_' => true,
        '.' => before.is_ascii_digit() == after.is_ascii_digit() || before.is_uppercase() && after.is_ascii_digit(),
        _ => false,
    }
}

/// True for `'s` at the end of a word; `rest` stands after the apostrophe.
fn is_possessive(mark: char, rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(mark, '\'' | '\u{2019}') && chars.next() == Some('s') && !chars.next().is_some_and(char::is_alphanumeric)
}

/// True for a capitalised word: what follows the hyphen of `SG-African Union` is a word of its own.
fn is_name_part(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
}

/// True when three digits stand first, and no fourth.
fn is_group_of_three(rest: &str) -> bool {
    let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    n_digits == 3
}

/// What was seen of a word.
#[derive(Default)]
struct Look {
    n_upper: u32,
    n_lower: u32,
    n_digits: u32,
    n_other: u32,
    starts_upper: bool,
    /// True once a capital stands after a small letter, other than after a hyphen or apostrophe.
    has_hump: bool,
    after_small: bool,
}

impl Look {
    fn see(&mut self, c: char) {
        if c.is_ascii_lowercase() {
            self.n_lower += 1;
            self.after_small = true;
            return;
        }
        let is_first = self.n_upper + self.n_lower + self.n_digits + self.n_other == 0;
        if c.is_uppercase() {
            self.n_upper += 1;
            self.starts_upper |= is_first;
            self.has_hump |= self.after_small;
        } else if c.is_ascii_digit() {
            self.n_digits += 1;
        } else if c.is_lowercase() {
            self.n_lower += 1;
        } else if c.is_alphabetic() {
            self.n_other += 1;
        }
        self.after_small = c.is_lowercase();
    }

    fn is_acronym(&self) -> bool {
        self.n_upper >= 2 && self.n_lower + self.n_digits + self.n_other == 0
    }

    fn is_number(&self) -> bool {
        self.n_digits > 0 && self.n_upper + self.n_lower + self.n_other == 0
    }

    fn shape(&self) -> Shape {
        let n_letters = self.n_upper + self.n_lower + self.n_other;
        if n_letters == 0 {
            Shape::Number
        } else if self.n_digits > 0 && self.n_lower > 0 {
            Shape::Mixed
        } else if self.n_lower == 0 && self.n_other == 0 {
            if self.n_upper == 1 && self.n_digits == 0 { Shape::Capital } else { Shape::Upper }
        } else if self.starts_upper && !self.has_hump {
            Shape::Capital
        } else if self.n_upper == 0 {
            Shape::Lower
        } else {
            Shape::Mixed
        }
    }
}
