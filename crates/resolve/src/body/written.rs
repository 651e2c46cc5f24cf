//! Names of committees as they are written: words, and elements such as `SG17`, `WG 14`, `Study Group 17`, `TC CYBER`.

use unicode_normalization::UnicodeNormalization as _;

/// Kinds of committees: short and long form. The longer one comes first where one begins with the other.
const KINDS: [(&str, &str); 30] = [
    ("JTC", "joint technical committee"),
    ("JWG", "joint working group"),
    ("JTG", "joint task group"),
    ("JCA", "joint coordination activity"),
    ("TSG", "technical specification group"),
    ("ISG", "industry specification group"),
    ("SPG", "special project group"),
    ("SIG", "special interest group"),
    ("SWG", "sub working group"),
    ("AHG", "ad hoc group"),
    ("SYC", "systems committee"),
    ("TC", "technical committee"),
    ("SC", "subcommittee"),
    ("WG", "working group"),
    ("SG", "study group"),
    ("WP", "working party"),
    ("TG", "task group"),
    ("PT", "project team"),
    ("FG", "focus group"),
    ("RG", "regional group"),
    ("PG", "project group"),
    ("ST", "special task group"),
    ("TF", "task force"),
    ("TA", "technical area"),
    ("AG", "advisory group"),
    ("CG", "correspondence group"),
    ("EG", "expert group"),
    ("PC", "project committee"),
    ("GT", "group of technical experts"),
    ("Q", "question"),
];

/// Kinds whose groups may have a name instead of a number.
const NAMED: [&str; 13] = ["TC", "ISG", "FG", "JCA", "RG", "WG", "TG", "SIG", "SYC", "JTC", "SC", "AHG", "CG"];

/// One element of the name of a committee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// `SG`, `WG` and so on, in capitals.
    pub(super) kind: &'static str,
    /// `17`, `65C`, or a name: `CYBER`.
    pub(super) number: String,
    /// True where it is a name.
    pub(super) is_name: bool,
    /// Words that it takes.
    pub(super) n_words: usize,
}

/// Returns the words of a name: parted by spaces, strokes, hyphens and commas; `TC5WG9` is two.
#[must_use]
pub(super) fn words(text: &str) -> Vec<String> {
    let text: String = text.nfkc().collect();
    let is_gap = |char: char| char.is_whitespace() || "/-,;:_\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}".contains(char);
    let parts = text.split(is_gap).map(|word| word.trim_end_matches('.')).filter(|word| !word.is_empty());
    parts.flat_map(unglued).collect()
}

/// `TC5WG9` in two, every other word as it is.
fn unglued(word: &str) -> Vec<String> {
    let bytes = word.as_bytes();
    let is_edge = |at: usize| bytes[at - 1].is_ascii_digit() && bytes[at].is_ascii_alphabetic();
    let is_group = |text: &str| numbered(text).is_some();
    let cut = (1..bytes.len())
        .find(|&at| is_edge(at) && is_group(&word[..at]) && (is_group(&word[at..]) || short(&word[at..]).is_some()));
    match cut {
        Some(at) => [vec![word[..at].to_string()], unglued(&word[at..])].concat(),
        None => vec![word.to_string()],
    }
}

/// Returns the element at the beginning of these words, if there is one with a number.
#[must_use]
pub(super) fn element(words: &[String]) -> Option<Element> {
    let first = words.first()?;
    if let Some((kind, number)) = numbered(first) {
        return Some(Element { kind, number, is_name: false, n_words: 1 });
    }
    let (kind, n) = kind(words)?;
    let number = number(words.get(n)?)?;
    Some(Element { kind, number, is_name: false, n_words: n + 1 })
}

/// Returns the element at the beginning of these words, with a number or a name: `ISG NFV`.
#[must_use]
pub(super) fn named_element(words: &[String]) -> Option<Element> {
    element(words).or_else(|| {
        let (kind, n) = kind(words).filter(|(kind, _)| NAMED.contains(kind))?;
        let name = words.get(n).filter(|word| is_name(word) && self::kind(&words[n..]).is_none())?;
        Some(Element { kind, number: name.clone(), is_name: true, n_words: n + 1 })
    })
}

/// Returns a number as committees have them, without zeros in front: `17`, `65C`.
#[must_use]
pub(super) fn number(word: &str) -> Option<String> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let letters = &word[digits..];
    let is_number =
        (1..=4).contains(&digits) && letters.len() <= 2 && letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    let bare = word.trim_start_matches('0');
    (is_number && bare.starts_with(|char: char| char.is_ascii_digit())).then(|| bare.to_uppercase())
}

/// True for what may be the name of a group: letters and digits, no small word.
#[must_use]
pub(super) fn is_name(word: &str) -> bool {
    let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    is_plain && (2..=16).contains(&word.len()) && !["of", "on", "for", "and", "the", "in"].contains(&word)
}

/// `SG17` and `WP.29` in one word.
fn numbered(word: &str) -> Option<(&'static str, String)> {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let kind = short(&word[..letters])?;
    Some((kind, number(word[letters..].trim_start_matches('.'))?))
}

/// The kind of committee that these words begin with, and how many they are.
fn kind(words: &[String]) -> Option<(&'static str, usize)> {
    let first = short(words.first()?.trim_end_matches('.')).map(|kind| (kind, 1));
    first.or_else(|| {
        KINDS.iter().find_map(|(short, long)| {
            let n = long.split(' ').count();
            let is_long = words.len() >= n
                && words.iter().zip(long.split(' ')).all(|(word, long)| word.eq_ignore_ascii_case(long));
            is_long.then_some((*short, n))
        })
    })
}

fn short(letters: &str) -> Option<&'static str> {
    KINDS.iter().map(|(short, _)| *short).find(|short| short.eq_ignore_ascii_case(letters))
}
