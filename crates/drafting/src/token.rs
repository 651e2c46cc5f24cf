//! Tokens: the words, punctuation marks and white space of a text.
//!
//! Comes in: a text. Goes out: its tokens, which follow each other without a gap, so that they make up the text again. Three sizes are
//! needed, each made of the one before:
//!
//! - [`tokens`], the smallest: what credit is given for, so that a hyphen changes hands without the words around it;
//! - [`compounds`], with hyphens inside words: what a difference shows, and what clauses are known by;
//! - [`mod@crate::words`], with numbers, shares and citations as one: what has a sense of its own, to be judged.

use std::borrow::Cow;
use std::ops::Range;

use crate::letters::{BOM, plain};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Letters and digits that follow each other; a Chinese or Japanese character by itself.
    Word,
    /// One other character that can be seen.
    Punctuation,
    /// White space without a break.
    Space,
}

/// Returns the tokens of a text with the bytes where they stand.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = (Kind, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (kind, end) = token(text, at)?;
        let start = std::mem::replace(&mut at, end);
        Some((kind, start..end))
    })
}

/// Returns the tokens of a text, words as one that nothing but a joint holds together: with the hyphen, `ITU-T` is one.
pub(crate) fn compounds(text: &str, is_joint: fn(char) -> bool) -> impl Iterator<Item = (Kind, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (kind, mut end) = token(text, at)?;
        while kind == Kind::Word
            && let Some(next) = joined(text, end, is_joint)
        {
            end = next;
        }
        let start = std::mem::replace(&mut at, end);
        Some((kind, start..end))
    })
}

/// What the token at a place is, and where it ends.
fn token(text: &str, at: usize) -> Option<(Kind, usize)> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    let (kind, n) = (kind(first), first.len_utf8());
    let is_single = kind == Kind::Punctuation || is_ideograph(first);
    let more = if is_single { Some(0) } else { rest[n..].find(|next| !continues(kind, next)) };
    Some((kind, more.map_or(text.len(), |more| at + n + more)))
}

/// Where the word ends that a joint at this place leads to.
fn joined(text: &str, at: usize, is_joint: fn(char) -> bool) -> Option<usize> {
    let joint = text[at..].chars().next().filter(|letter| is_joint(*letter))?;
    token(text, at + joint.len_utf8()).filter(|(kind, _)| *kind == Kind::Word).map(|(_, end)| end)
}

/// True for the hyphen in both its forms.
pub(crate) fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}' | '\u{2011}')
}

/// Returns a token as it is compared: without regard to case, and to the form of hyphens and quotation marks.
pub(crate) fn folded(token: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if token.bytes().all(is_plain) {
        return token.into();
    }
    token.chars().map(plain).flat_map(char::to_lowercase).collect::<String>().into()
}

fn kind(letter: char) -> Kind {
    match letter {
        letter if letter.is_alphanumeric() || letter == '_' => Kind::Word,
        letter if letter.is_whitespace() || letter == BOM => Kind::Space,
        _ => Kind::Punctuation,
    }
}

fn continues(kind: Kind, next: char) -> bool {
    match kind {
        // Combining marks and joiners stand inside words and are neither letters nor digits.
        Kind::Word => {
            let is_inside = matches!(next, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}');
            is_inside || (self::kind(next) == Kind::Word && !is_ideograph(next))
        }
        Kind::Space => next.is_whitespace(),
        Kind::Punctuation => false,
    }
}

fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_make_up_the_text() {
        for text in ["", "a)\tthat ITU\u{2011}T’s work  shall\r\n\n", "標準化 no_1\u{301} 3.14", "\u{301}x"] {
            let pieces: Vec<&str> = tokens(text).map(|(_, at)| &text[at]).collect();
            assert_eq!(pieces.concat(), text);
        }
        let pieces: Vec<&str> =
            tokens("ITU-T’s 標準 e\u{301}.").map(|(_, at)| at).map(|at| &"ITU-T’s 標準 e\u{301}."[at]).collect();
        assert_eq!(pieces, ["ITU", "-", "T", "’", "s", " ", "標", "準", " ", "e\u{301}", "."]);
    }

    #[test]
    fn compounds_are_held_together_by_joints() {
        let text = "ITU\u{2011}T’s pre-\u{2019}90 e\u{301}-a -x- 標-準";
        let pieces = |is_joint: fn(char) -> bool| -> Vec<&str> {
            let held = compounds(text, is_joint).filter(|(kind, _)| *kind == Kind::Word);
            held.map(|(_, at)| &text[at]).collect()
        };
        assert_eq!(pieces(is_hyphen), ["ITU\u{2011}T", "s", "pre", "90", "e\u{301}-a", "x", "標-準"]);
        assert_eq!(pieces(|letter| is_hyphen(letter) || letter == '’')[..2], ["ITU\u{2011}T’s", "pre"]);
        assert_eq!(compounds(text, is_hyphen).map(|(_, at)| &text[at]).collect::<String>(), text);
    }

    #[test]
    fn case_and_typography_are_not_compared() {
        for (one, other) in [("Shall", "shall"), ("\u{2011}", "-"), ("\u{2019}", "'"), ("ÉTAT", "état")] {
            assert_eq!(folded(one), folded(other));
        }
        assert_ne!(folded("–"), folded("-"));
    }
}
