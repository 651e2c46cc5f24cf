//! The source cell of a document: `Acme, (Borealis, Cygnus)?; Deneb Co., Ltd` comes in, its pieces go out.
//!
//! Names are slices of the cell, as written. Nothing is corrected and nothing is dropped: what is no name comes out as
//! a remark or as unclear.

/// One piece of a source cell, in the order of the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A party that is named as source.
    Source(&'a str),
    /// A party marked as not yet confirmed: `Acme?`, `Acme (?)`, `[Acme]`, `(Acme, Borealis)?`.
    Tentative(&'a str),
    /// Words in brackets that name no source: a reference, an office, a person, the history of the document.
    Remark(&'a str),
    /// Something that stands for a source and names none: `?`, `…`.
    Unclear(&'a str),
}

/// What separates sources where nothing else is said. A line break was made by hand, between one name and the next.
pub const SEPARATORS: &[&str] = &[",", ";", "\n"];

/// Words that belong to the name before the comma: `Deneb Co., Ltd`.
const LEGAL_FORMS: &[&str] = &[
    "inc",
    "ltd",
    "llc",
    "llp",
    "lp",
    "gmbh",
    "corp",
    "co",
    "limited",
    "incorporated",
    "plc",
    "pte",
    "pty",
    "pvt",
    "sa",
    "sas",
    "sarl",
    "spa",
    "srl",
    "ag",
    "bv",
    "nv",
    "kg",
    "kk",
    "oy",
];

/// Words that tell a remark from a list of names: `Acme, (earlier revision co-signed by Borealis)`.
const REMARK_WORDS: &[&str] = &["rev", "revision", "was", "will", "based", "co-signed", "by"];

/// Splits a source cell at commas and semicolons that stand outside brackets and before no legal form.
pub fn split(cell: &str) -> Vec<Piece<'_>> {
    split_at(cell, SEPARATORS)
}

/// Splits a source cell at these separators, where they stand outside brackets; a comma before a legal form is none.
pub fn split_at<'a>(cell: &'a str, separators: &[&str]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    Splitter { cell, separators, pieces: &mut pieces, name: None, is_tentative: false, all_tentative: false }.run();
    pieces
}

struct Splitter<'a, 'p> {
    cell: &'a str,
    separators: &'p [&'p str],
    pieces: &'p mut Vec<Piece<'a>>,
    /// Where the open name starts.
    name: Option<usize>,
    /// The open name was followed by a question mark.
    is_tentative: bool,
    /// The whole cell stands in brackets that make it tentative.
    all_tentative: bool,
}

impl<'a> Splitter<'a, '_> {
    fn run(mut self) {
        let mut at = 0;
        while let Some(letter) = self.cell[at..].chars().next() {
            let next = at + letter.len_utf8();
            if let Some(separator) = self.separators.iter().find(|separator| self.cell[at..].starts_with(**separator)) {
                let next = at + separator.len();
                if !(self.is_legal_form(next) && self.name.is_some()) {
                    self.end(at);
                }
                at = next;
                continue;
            }
            match letter {
                '(' | '[' | '{' => {
                    at = self.bracket(at, letter);
                    continue;
                }
                '?' if self.name.is_some() => {
                    self.is_tentative = true;
                    self.end(at);
                }
                '?' => self.pieces.push(Piece::Unclear(&self.cell[at..next])),
                _ if letter.is_whitespace() => {}
                _ => self.name = self.name.or(Some(at)),
            }
            at = next;
        }
        self.end(self.cell.len());
    }

    /// True when the words up to the next separator are a legal form.
    fn is_legal_form(&self, from: usize) -> bool {
        let word =
            self.cell[from..].trim_start().split([',', ';', '\n', '?', '(', '[', '{']).next().unwrap_or_default();
        let word = word.trim().replace('.', "").to_ascii_lowercase();
        !word.is_empty() && word.split_whitespace().all(|word| LEGAL_FORMS.contains(&word))
    }

    /// Ends the open name at `end`.
    fn end(&mut self, end: usize) {
        let tentative = std::mem::take(&mut self.is_tentative) || self.all_tentative;
        let Some(start) = self.name.take() else { return };
        let name = self.cell[start..end].trim();
        self.pieces.push(match tentative {
            _ if !name.chars().any(char::is_alphanumeric) => Piece::Unclear(name),
            true => Piece::Tentative(name),
            false => Piece::Source(name),
        });
    }

    /// Reads the bracket that opens at `at` and returns the place after it.
    fn bracket(&mut self, at: usize, open: char) -> usize {
        let (inside, after) = inside(self.cell, at, open);
        let rest = self.cell[after..].trim_start();
        let is_glued = self.name.is_some() && !self.cell[..at].ends_with(char::is_whitespace);
        let is_marked = rest.starts_with('?');
        let names_follow = rest.starts_with(|c: char| c.is_alphanumeric() || c == '&');
        let is_remark = open == '{' || inside.split_whitespace().any(|word| REMARK_WORDS.contains(&word));
        if inside.trim() == "?" && self.name.is_some() {
            self.is_tentative = true;
            self.end(at);
        } else if open == '(' && self.name.is_some() && (is_glued || names_follow) {
            // `Acme (UK) Ltd`, `Acme Inc.(Utopia)`: part of the name.
            return after;
        } else if is_remark || (open == '(' && (self.name.is_some() || !is_marked)) {
            self.end_before_remark(at, is_marked);
            self.pieces.push(Piece::Remark(inside.trim()));
        } else {
            self.end(at);
            let pieces = &mut *self.pieces;
            let separators = self.separators;
            Splitter { cell: inside, separators, pieces, name: None, is_tentative: false, all_tentative: true }.run();
        }
        if is_marked { self.cell.len() - rest.len() + 1 } else { after }
    }

    /// `Acme (Rapporteur)?`: the question mark after a remark belongs to the name before it.
    fn end_before_remark(&mut self, at: usize, is_marked: bool) {
        self.is_tentative |= is_marked;
        self.end(at);
        self.is_tentative = false;
    }
}

/// Returns what stands inside the bracket that opens at `at`, and the place after its end. A bracket that is not
/// closed ends with the text.
fn inside(cell: &str, at: usize, open: char) -> (&str, usize) {
    let close = match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    };
    let mut depth = 0_usize;
    for (place, letter) in cell[at..].char_indices() {
        if letter == open {
            depth += 1;
        } else if letter == close {
            depth -= 1;
            if depth == 0 {
                return (&cell[at + 1..at + place], at + place + 1);
            }
        }
    }
    (&cell[at + 1..], cell.len())
}

#[cfg(test)]
mod tests {
    use super::Piece::{Remark, Source, Tentative, Unclear};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_split_where_a_reader_would() {
        for (cell, pieces) in [
            ("Acme", vec![Source("Acme")]),
            ("Acme, Borealis; Cygnus", vec![Source("Acme"), Source("Borealis"), Source("Cygnus")]),
            ("Acme, Inc., Deneb Co., Ltd", vec![Source("Acme, Inc."), Source("Deneb Co., Ltd")]),
            ("Deneb (UK) Co., Ltd.", vec![Source("Deneb (UK) Co., Ltd.")]),
            ("Acme Inc.(Utopia)", vec![Source("Acme Inc.(Utopia)")]),
            ("Acme?, Borealis ?", vec![Tentative("Acme"), Tentative("Borealis")]),
            ("Acme (?),Borealis", vec![Tentative("Acme"), Source("Borealis")]),
            ("Acme, (Borealis, Cygnus)?", vec![Source("Acme"), Tentative("Borealis"), Tentative("Cygnus")]),
            ("[Acme] Borealis, [ Cygnus]", vec![Tentative("Acme"), Source("Borealis"), Tentative("Cygnus")]),
            ("Acme, S.p.A., Ember Oy", vec![Source("Acme, S.p.A."), Source("Ember Oy")]),
            ("Acme, ?", vec![Source("Acme"), Unclear("?")]),
            ("Acme, …", vec![Source("Acme"), Unclear("…")]),
            ("Acme (Rapporteur)", vec![Source("Acme"), Remark("Rapporteur")]),
            ("Acme [rev 0 was Borealis]", vec![Source("Acme"), Remark("rev 0 was Borealis")]),
            ("Acme, (revision by Borealis, Cygnus)", vec![Source("Acme"), Remark("revision by Borealis, Cygnus")]),
            (
                "TC 9 (LI(19)P5) {TD REQ BY : A. Example}",
                vec![Source("TC 9"), Remark("LI(19)P5"), Remark("TD REQ BY : A. Example")],
            ),
            ("- ()", vec![Unclear("-"), Remark("")]),
            ("", vec![]),
        ] {
            assert_eq!(split(cell), pieces, "{cell}");
        }
    }

    #[test]
    fn a_mapping_may_name_other_separators() {
        let split = |cell, separators: &[&str]| split_at(cell, separators).len();
        assert_eq!(split_at("Acme, Borealis/Cygnus", &["/"]), [Source("Acme, Borealis"), Source("Cygnus")]);
        assert_eq!(split_at("Acme,\nInc.\nBorealis", SEPARATORS), [Source("Acme,\nInc."), Source("Borealis")]);
        assert_eq!(split("Acme\nBorealis", &[","]), 1);
        assert_eq!(split_at("Acme and Borealis", &[" and "]), [Source("Acme"), Source("Borealis")]);
    }

    fn letters(text: &str) -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_no_name_is_empty(cell in "([A-Za-zé&. ]{0,6}|, |; |\\?|\\(|\\)|\\[|\\]|\\{|\\}|Inc|…){0,14}") {
            let mut joined = String::new();
            for piece in split(&cell) {
                let (Source(text) | Tentative(text) | Remark(text) | Unclear(text)) = piece;
                joined.push_str(&letters(text));
                if let Source(name) | Tentative(name) = piece {
                    prop_assert!(!letters(name).is_empty(), "an empty name in {cell:?}");
                    prop_assert_eq!(name.trim(), name);
                }
            }
            prop_assert_eq!(joined, letters(&cell));
        }

        #[test]
        fn plain_names_come_back_as_they_were(names in prop::collection::vec("[A-Z][a-z]{3,8}( [A-Z][a-z]{4,8})?", 1..8)) {
            let joined = names.join(", ");
            let expected: Vec<Piece<'_>> = names.iter().map(|name| Source(name)).collect();
            prop_assert_eq!(split(&joined), expected);
        }
    }
}
