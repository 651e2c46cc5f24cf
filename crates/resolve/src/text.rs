//! Folding: a name as written in, its words as they are compared out, each with the bytes that it came from.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// White space, a hyphen, nothing: the name goes on.
    Plain,
    /// A full stop within a word: `JD.com`.
    Dot,
    /// A comma or a semicolon.
    Comma,
    /// A slash, a bar or ` + `: another name begins.
    Slash,
    /// An `@`: a handle begins.
    At,
    /// A dash between spaces, or a colon.
    Dash,
}

/// One word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded: NFKC, no accents, lower case, no dots or apostrophes.
    pub text: String,
    /// The bytes of the name that it came from.
    pub bytes: Range<usize>,
    /// What stands before it.
    pub gap: Gap,
    /// How deep in brackets it stands.
    pub depth: u8,
}

/// Returns the words of a name, in order. `S.p.A.` is one word, `JD.com` and `AT&T Labs` are two.
///
/// ```
/// let words = resolve::words("Soci\u{e9}t\u{e9}\u{a0}S.A.");
/// assert_eq!(words[0].text, "societe");
/// assert_eq!(words[1].text, "sa");
/// assert_eq!(words[1].bytes, 11..15);
/// ```
#[must_use]
pub fn words(name: &str) -> Vec<Word> {
    let mut reader = Reader { words: Vec::with_capacity(4), open: None, gap: Gap::Plain, depth: 0 };
    let chars: Vec<(usize, char)> = name.char_indices().collect();
    for (at, &(start, char)) in chars.iter().enumerate() {
        if char.is_ascii_alphanumeric() {
            reader.push(start, start + 1, char.to_ascii_lowercase());
            continue;
        }
        let end = chars.get(at + 1).map_or(name.len(), |next| next.0);
        match char {
            '.' | '\u{ff0e}' => match reader.dot(&chars, at) {
                true => reader.close(Gap::Dot),
                false => reader.extend(end),
            },
            '\'' | '\u{2019}' | '\u{2018}' | '`' => reader.extend(end),
            '&' | '+' if is_inner(&chars, at) => reader.push(start, end, char),
            '&' => reader.whole(start, end, "and"),
            '(' | '[' | '{' | '\u{ff08}' | '\u{300a}' => reader.bracket(1),
            ')' | ']' | '}' | '\u{ff09}' | '\u{300b}' => reader.bracket(-1),
            ',' | ';' | '\u{ff0c}' | '\u{3001}' => reader.close(Gap::Comma),
            '/' | '|' | '+' | '\\' => reader.close(Gap::Slash),
            '@' => reader.close(Gap::At),
            ':' => reader.close(Gap::Dash),
            '-' | '\u{2013}' | '\u{2014}' if is_spaced(&chars, at) => reader.close(Gap::Dash),
            _ => reader.letter(start, end, char),
        }
    }
    reader.close(Gap::Plain);
    reader.words
}

/// True where a letter or figure of the plain alphabet stands on both sides of a sign.
fn is_inner(chars: &[(usize, char)], at: usize) -> bool {
    beside(chars, at).is_some_and(|(before, after)| before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric())
}

fn is_spaced(chars: &[(usize, char)], at: usize) -> bool {
    beside(chars, at).is_some_and(|(before, after)| before.is_whitespace() && after.is_whitespace())
}

/// What stands on either side of a sign.
fn beside(chars: &[(usize, char)], at: usize) -> Option<(char, char)> {
    Some((chars.get(at.checked_sub(1)?)?.1, chars.get(at + 1)?.1))
}

struct Reader {
    words: Vec<Word>,
    open: Option<Word>,
    gap: Gap,
    depth: u8,
}

impl Reader {
    fn letter(&mut self, start: usize, end: usize, char: char) {
        if char.is_ascii() {
            return self.close(Gap::Plain);
        }
        let mut is_letter = false;
        for folded in char.nfkc().nfd().filter(|char| !is_combining_mark(*char)).flat_map(char::to_lowercase) {
            if folded.is_alphanumeric() {
                is_letter = true;
                match special(folded) {
                    Some(text) => text.chars().for_each(|char| self.push(start, end, char)),
                    None => self.push(start, end, folded),
                }
            }
        }
        // A mark that stands alone belongs to the letter before it.
        if is_combining_mark(char) {
            self.extend(end);
        } else if !is_letter {
            self.close(Gap::Plain);
        }
    }

    fn push(&mut self, start: usize, end: usize, char: char) {
        let (gap, depth) = (self.gap, self.depth);
        let word = self.open.get_or_insert_with(|| Word { text: String::new(), bytes: start..end, gap, depth });
        word.text.push(char);
        word.bytes.end = end;
    }

    fn whole(&mut self, start: usize, end: usize, text: &str) {
        self.close(Gap::Plain);
        text.chars().for_each(|char| self.push(start, end, char));
        self.close(Gap::Plain);
    }

    /// The word goes on over a sign that is left out.
    fn extend(&mut self, end: usize) {
        if let Some(word) = &mut self.open {
            word.bytes.end = end;
        }
    }

    /// True where a full stop ends a word: both pieces have two letters or more.
    fn dot(&self, chars: &[(usize, char)], at: usize) -> bool {
        let after = chars[at + 1..].iter().take_while(|(_, char)| char.is_alphanumeric()).count();
        self.open.as_ref().is_some_and(|word| word.text.chars().count() > 1) && after > 1
    }

    fn bracket(&mut self, step: i8) {
        self.close(Gap::Plain);
        self.depth = self.depth.saturating_add_signed(step);
    }

    fn close(&mut self, gap: Gap) {
        match self.open.take() {
            Some(word) => {
                self.words.push(word);
                self.gap = gap;
            }
            // The strongest of several signs in a row says what stands before the next word.
            None if gap != Gap::Plain => self.gap = gap,
            None => {}
        }
    }
}

/// Letters that no decomposition takes apart.
fn special(char: char) -> Option<&'static str> {
    Some(match char {
        'ß' => "ss",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn joined(words: &[Word]) -> String {
        words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn texts(name: &str) -> Vec<String> {
        words(name).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn signs_join_or_part_words() {
        assert_eq!(texts("Igalia, S.L."), ["igalia", "sl"]);
        assert_eq!(texts("Google.Inc"), ["google", "inc"]);
        assert_eq!(texts("Polska Sp. z.o.o."), ["polska", "sp", "zoo"]);
        assert_eq!(texts("AT&T Labs"), ["at&t", "labs"]);
        assert_eq!(texts("Rohde & Schwarz"), ["rohde", "and", "schwarz"]);
        assert_eq!(texts("L\u{2019}Or\u{e9}al"), ["loreal"]);
        assert_eq!(texts("\u{ff34}\u{ff34}\u{ff23}"), ["ttc"]);
        assert_eq!(texts("China\u{a0}Mobile"), ["china", "mobile"]);
        assert_eq!(texts("Nokia Shanghai\u{2011}Bell"), ["nokia", "shanghai", "bell"]);
    }

    #[test]
    fn what_stands_before_a_word_is_kept() {
        let words = words("Azure @Microsoft, Lab (Oslo) - JD.com");
        let gaps: Vec<(&str, Gap, u8)> = words.iter().map(|word| (word.text.as_str(), word.gap, word.depth)).collect();
        let expected = [
            ("azure", Gap::Plain, 0),
            ("microsoft", Gap::At, 0),
            ("lab", Gap::Comma, 0),
            ("oslo", Gap::Plain, 1),
            ("jd", Gap::Dash, 0),
            ("com", Gap::Dot, 0),
        ];
        assert_eq!(gaps, expected);
    }

    proptest! {
        #[test]
        fn every_word_slices_back_from_the_name(name in "\\PC{0,40}") {
            for word in words(&name) {
                let slice = name.get(word.bytes.clone());
                prop_assert!(slice.is_some_and(|slice| !slice.is_empty()));
            }
        }

        #[test]
        fn folding_twice_is_folding_once(name in "[a-zA-ZäßéøÆ .'-]{0,40}") {
            let once = joined(&words(&name));
            prop_assert_eq!(joined(&words(&once)), once);
        }
    }
}
