//! Names of persons: what is written in, tokens in reading order out, with what else the spelling says.
//!
//! `ZHAO Houlin`, `Zhao, Houlin` and `Houlin ZHAO` give the same tokens; titles, suffixes and bracketed remarks are set
//! aside. A name of one token, or a code such as the three letters of TC39, is never a full name.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::frequency::Bearers;

/// One word of a name, with what the tables say of it.
#[derive(Debug)]
pub(crate) struct Token {
    /// Lower case, without accents.
    pub text: String,
    /// The spelling that it shares with others: [`loose`].
    pub loose: String,
    /// Letters.
    pub n: usize,
    /// `van`, `de` and the like: compared only where they are fused with what follows.
    pub is_particle: bool,
    /// How common it is.
    pub bearers: Bearers,
}

/// A word of a name, shared by all readings of it.
pub(crate) type Word = Arc<Token>;

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Token {
    /// Returns a word of a name; `text` is folded.
    pub fn word(text: String) -> Word {
        Self::of(text, false)
    }

    fn of(text: String, is_particle: bool) -> Word {
        let (loose, n, bearers) = (loose(&text), text.chars().count(), Bearers::of(&text));
        Arc::new(Self { text, loose, n, is_particle, bearers })
    }

    /// True for a single letter, which stands for a name.
    pub fn is_initial(&self) -> bool {
        self.n == 1
    }
}

/// What a name is, as far as its form shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Form {
    /// At least two words, at least two of them written out.
    Full,
    /// At least two words, of which one is written out.
    Initials,
    /// One word: a given name, a family name or a handle.
    Single,
    /// A code of two to four capitals, or nothing.
    Code,
}

/// A name, read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PersonName {
    /// Given names first as far as the spelling shows it.
    pub tokens: Vec<Word>,
    /// Other tokens that the same spelling offers: a nickname in brackets, a second name.
    pub also: Vec<Vec<Word>>,
    pub form: Form,
    /// True where a comma or capitals say which word is the family name.
    pub is_order_known: bool,
    /// `mr`, `ms`, `dr` ...
    pub titles: Vec<String>,
    /// `jr`, `iii` ...
    pub suffix: Option<String>,
}

const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "he",
    "ing",
    "eng",
    "lic",
    "dipl",
    "mme",
    "hon",
    "herr",
    "frau",
    "excellency",
];
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"];
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "al", "el", "bin",
    "ibn", "ter", "ten", "zu", "y", "af", "av",
];
/// A capital inside such a word does not start another: `McCabe`, `DeTar`.
const HEADS: &[&str] = &["Mc", "Mac", "De", "Di", "Du", "Le", "La", "Van", "Fitz", "O"];
/// Words that show that a bracket holds an office or a remark, not a name.
const OFFICES: &[&str] = &[
    "rapporteur",
    "chair",
    "chairman",
    "editor",
    "director",
    "general",
    "secretary",
    "convenor",
    "remote",
    "scribe",
    "guest",
    "observer",
    "president",
    "delegate",
    "counsellor",
    "head",
    "vice",
    "invited",
    "expert",
    "and",
    "as",
    "of",
    "for",
    "the",
    "in",
    "on",
    "at",
];

impl PersonName {
    /// Reads a name as written.
    pub fn read(written: &str) -> Self {
        let written: String = written.nfkc().collect();
        let (plain, asides) = without_asides(&written);
        let is_code = is_code(plain.trim());
        let (ordered, has_comma) = given_first(&plain);
        let is_one_word = !plain.trim().contains(|char: char| char.is_whitespace() || char == '.' || char == '_');
        // A word that is written as one is not taken apart: `Jae-Hoon` and `JaeHoon` are given names.
        let mut words = if is_one_word { vec![letters(&plain)] } else { words(&ordered) };
        let (titles, suffix) = set_aside(&mut words);
        let is_order_known = has_comma | capitals_last(&mut words);
        let tokens = tokens(&words);
        let form = if is_code { Form::Code } else { form(&tokens) };
        let also = asides.iter().filter_map(|aside| other_reading(aside, &tokens)).collect();
        Self { tokens, also, form, is_order_known, titles, suffix }
    }

    /// Every reading of the name, the plain one first.
    pub fn readings(&self) -> impl Iterator<Item = &[Word]> {
        std::iter::once(self.tokens.as_slice()).chain(self.also.iter().map(Vec::as_slice))
    }

    /// The words without order: the same for `Houlin ZHAO` and `Zhao, Houlin`.
    pub fn key(&self) -> String {
        let words: Vec<&str> = self.tokens.iter().map(|token| token.text.as_str()).collect();
        words.join(" ")
    }
}

/// Lower case without accents; `ø`, `ß`, `Þ` and their like spelt out.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for char in text.nfkd().filter(|char| !is_combining_mark(*char)).flat_map(char::to_lowercase) {
        match char {
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            '\'' | '\u{2019}' | '\u{2018}' | '`' => {}
            char => folded.push(char),
        }
    }
    folded
}

/// The spelling that `Kühlewind`, `Kuehlewind` and `Kuhlewind` share.
pub(crate) fn loose(text: &str) -> String {
    text.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a").replace('y', "i")
}

/// The text outside brackets and quotation marks, and what stands within.
fn without_asides(written: &str) -> (String, Vec<String>) {
    let (mut plain, mut asides, mut open) = (String::new(), Vec::new(), None::<(char, String)>);
    for (at, char) in written.char_indices() {
        let starts_word = written[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        open = match (open, char) {
            (None, '(') => Some((')', String::new())),
            (None, '[') => Some((']', String::new())),
            (None, '"' | '\u{201c}') => Some(('"', String::new())),
            (None, '\'' | '\u{2018}') if starts_word => Some(('\'', String::new())),
            (None, char) => {
                plain.push(char);
                None
            }
            (Some((end, text)), char)
                if char == end || matches!((end, char), ('"', '\u{201d}') | ('\'', '\u{2019}')) =>
            {
                asides.push(text);
                plain.push(' ');
                None
            }
            (Some((end, mut text)), char) => {
                text.push(char);
                Some((end, text))
            }
        };
    }
    if plain.trim().is_empty() { (written.to_string(), Vec::new()) } else { (plain, asides) }
}

/// Turns `Family, Given` round; `Name, Jr.` stays.
fn given_first(plain: &str) -> (String, bool) {
    match plain.split_once(',') {
        Some((family, given)) if !given.contains(',') => {
            let words = words(given);
            let is_suffix = words.iter().all(|word| SUFFIXES.contains(&folded(word).as_str()));
            if words.is_empty() || is_suffix {
                (plain.replace(',', " "), false)
            } else {
                (format!("{given} {family}"), true)
            }
        }
        _ => (plain.replace(',', " "), false),
    }
}

fn is_code(text: &str) -> bool {
    let n = text.chars().count();
    n <= 4
        && text.chars().all(char::is_alphanumeric)
        && text.chars().filter(|char| char.is_alphabetic()).all(char::is_uppercase)
        && text.is_ascii()
}

/// Words as written: split at spaces, hyphens, dots and underscores, and at a capital within (`AdaMaria`).
fn words(text: &str) -> Vec<String> {
    let is_kept = |char: char| char.is_alphanumeric() || matches!(char, '\'' | '\u{2019}') || is_combining_mark(char);
    let mut words = Vec::new();
    for piece in text.split(|char| !is_kept(char)).filter(|piece| piece.chars().any(char::is_alphanumeric)) {
        words.extend(at_capitals(piece));
    }
    words
}

fn letters(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).collect()
}

fn at_capitals(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    let mut parts = vec![String::new()];
    for (at, &char) in chars.iter().enumerate() {
        let starts = at >= 2 && char.is_uppercase() && chars[at - 1].is_lowercase();
        let last = parts.last_mut().expect("there is always a part");
        if starts && !HEADS.contains(&last.as_str()) && last.chars().count() > 1 {
            parts.push(char.to_string());
        } else {
            last.push(char);
        }
    }
    parts
}

/// Takes titles off the front and suffixes off the end.
fn set_aside(words: &mut Vec<String>) -> (Vec<String>, Option<String>) {
    let (mut titles, mut suffix) = (Vec::new(), None);
    let is_capitals = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    while words.len() > 1 && TITLES.contains(&folded(&words[0]).as_str()) && !is_capitals(&words[0]) {
        titles.push(folded(&words.remove(0)));
    }
    words.retain(|word| {
        let is_suffix = SUFFIXES.contains(&folded(word).as_str());
        if is_suffix {
            suffix = Some(folded(word));
        }
        !is_suffix
    });
    (titles, suffix)
}

/// Moves the words in capitals to the end where the others are not: `ZHAO Houlin`, `LI Quell`.
fn capitals_last(words: &mut Vec<String>) -> bool {
    let is_family = |word: &String| {
        let n = word.chars().count();
        let is_capitals = word.chars().all(|char| !char.is_lowercase());
        is_capitals && (n >= 3 || n == 2 && (!word.is_ascii() || Bearers::of(&folded(word)).is_family))
    };
    let n_capitals = words.iter().filter(|word| is_family(word)).count();
    let n_others = words.iter().filter(|word| word.chars().any(char::is_lowercase)).count();
    if n_capitals == 0 || n_others == 0 {
        return false;
    }
    let (family, given): (Vec<String>, Vec<String>) = words.drain(..).partition(is_family);
    words.extend(given);
    words.extend(family);
    true
}

fn tokens(words: &[String]) -> Vec<Word> {
    let mut tokens = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let text = folded(word);
        let is_pair = word.chars().count() == 2 && word.chars().all(char::is_uppercase) && word.is_ascii();
        if is_pair && words.len() > 1 && !Bearers::of(&text).is_family {
            // `JF Quell`: two initials.
            tokens.extend(text.chars().map(|char| Token::word(char.to_string())));
            continue;
        }
        let is_particle = PARTICLES.contains(&text.as_str())
            && at + 1 < words.len()
            && (at > 0 || word.starts_with(char::is_lowercase));
        if !text.is_empty() {
            tokens.push(Token::of(text, is_particle));
        }
    }
    tokens
}

fn form(tokens: &[Word]) -> Form {
    let core: Vec<&Word> = tokens.iter().filter(|token| !token.is_particle).collect();
    let n_written_out = core.iter().filter(|token| !token.is_initial()).count();
    match (core.len(), n_written_out) {
        (0, _) | (_, 0) => Form::Code,
        (1, _) => Form::Single,
        (_, 1) => Form::Initials,
        _ => Form::Full,
    }
}

/// A nickname for the first name, or a whole other name: `Jiaxing (Joe) Quell`, `LI Ada (Eva Quell)`.
fn other_reading(aside: &str, tokens: &[Word]) -> Option<Vec<Word>> {
    let words = words(aside);
    let is_name = !words.is_empty()
        && aside.chars().all(|char| char.is_alphabetic() || is_combining_mark(char) || " .'-\u{2019}".contains(char))
        && words.iter().all(|word| !OFFICES.contains(&folded(word).as_str()));
    let core: Vec<&Word> = tokens.iter().filter(|token| !token.is_particle).collect();
    match (is_name, words.len(), core.as_slice()) {
        (true, 1, [_, .., family]) => Some(vec![Token::word(folded(&words[0])), (*family).clone()]),
        (true, 2, [_, ..]) => Some(self::tokens(&words)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(written: &str) -> String {
        PersonName::read(written).key()
    }

    #[test]
    fn the_spelling_shows_the_order() {
        for written in ["Houlin ZHAO", "ZHAO Houlin", "Zhao, Houlin", "Mr Houlin ZHAO"] {
            let name = PersonName::read(written);
            assert!(name.is_order_known && name.key() == "houlin zhao", "{written}: {name:?}");
        }
        assert_eq!(key("Zhao Houlin"), "zhao houlin");
        assert!(!PersonName::read("Zhao Houlin").is_order_known);
    }

    #[test]
    fn titles_and_suffixes_are_kept_aside() {
        let name = PersonName::read("Prof. Dr. Ana Mar\u{ed}a Quell Jr.");
        assert_eq!((name.key().as_str(), name.titles.join(" ").as_str()), ("ana maria quell", "prof dr"));
        assert_eq!(name.suffix.as_deref(), Some("jr"));
        assert_eq!(key("Quell, Jr"), "quell");
    }

    #[test]
    fn letters_are_folded() {
        assert_eq!(key("Þóra Sørgaard-Weiß"), "thora sorgaard weiss");
        assert_eq!(loose("kuehlewind"), loose("kuhlewind"));
        assert_eq!(key("Seán O\u{2019}Brack"), key("Sean O'Brack"));
    }

    #[test]
    fn brackets_hold_remarks_or_other_names() {
        assert!(PersonName::read("Stephen (Q12/15 Rapporteur)").also.is_empty());
        assert_eq!(PersonName::read("Stephen (Q12/15 Rapporteur)").form, Form::Single);
        assert_eq!(PersonName::read("Ahmad (Huawei)").form, Form::Single);
        let both = PersonName::read("Jiaxing (Joe) Quell");
        assert_eq!((both.key().as_str(), both.also.len()), ("jiaxing quell", 1));
        assert_eq!(PersonName::read("Karel \"phi\" Quell").also[0][0].text, "phi");
    }

    #[test]
    fn codes_and_single_words_are_no_full_names() {
        for (written, form) in [
            ("WH", Form::Code),
            ("JHD", Form::Code),
            ("Ada", Form::Single),
            ("A. Quell", Form::Initials),
            ("", Form::Code),
        ] {
            assert_eq!(PersonName::read(written).form, form, "{written}");
        }
        assert_eq!(key("JF Quell"), "j f quell");
        assert_eq!(key("LI Quell"), "quell li");
        assert_eq!(key("AdaQuell"), "adaquell");
        assert_eq!(key("AdaMaria Quell"), "ada maria quell");
        assert_eq!(PersonName::read("Jae-Hoon").form, Form::Single);
        assert_eq!(key("Francis McQuell"), "francis mcquell");
    }
}
