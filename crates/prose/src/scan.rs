//! The words of a document: one pass over its text gives tokens, and sentences over them. What every rule reads.
//!
//! A token is a word with what holds it together (`ITU-T`, `O'Neill`, `A.25`, `AT&T`), or one mark. Tokens never cross the
//! edge of a block, and markup gives none. No-break spaces are spaces and non-breaking hyphens are hyphens: the key of a
//! token is made of folded letters, its span of the text as it stands.

use std::ops::Range;

use document::{Block, Document};

use crate::answer::Span;

mod words;

pub(crate) use words::{key, keys};

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `word`
    Lower,
    /// `Word`, `X`
    Capital,
    /// `WORD`, `ITU-T`: letters all upper case, two or more
    Upper,
    /// `oneM2M`, `McDonald`, `6G`, `eSIM`: anything else with a letter
    Mixed,
    /// `2024`, `1,000`, `3.5`
    Number,
    /// One mark
    Mark(char),
}

/// One word or mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Where it stands.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Hash of its letters, small, with hyphens and apostrophes folded ([`key`]).
    pub key: u64,
    /// What it looks like.
    pub shape: Shape,
    /// True when white space, or the edge of a block, stands before it.
    pub is_spaced: bool,
    /// True when `'s` stands after it, which belongs to no token.
    pub is_owner: bool,
    /// Number of its block.
    pub block: u32,
}

impl Token {
    /// Returns where it stands.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// True when it begins with a capital letter.
    pub fn is_capital(&self, scan: &Scan<'_>) -> bool {
        match self.shape {
            Shape::Capital | Shape::Upper => true,
            Shape::Mixed => scan.text(self.span()).starts_with(char::is_uppercase),
            Shape::Lower | Shape::Number | Shape::Mark(_) => false,
        }
    }

    /// True when it is this mark.
    pub fn is(&self, mark: char) -> bool {
        self.shape == Shape::Mark(mark)
    }

    /// True when it is a word or number.
    pub fn is_word(&self) -> bool {
        !matches!(self.shape, Shape::Mark(_))
    }
}

/// A document with its tokens and sentences.
pub(crate) struct Scan<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// Its sentences as ranges of tokens, in order; a sentence lies within one block.
    pub sentences: Vec<Range<usize>>,
    /// For each block the range of its tokens.
    pub blocks: Vec<Range<usize>>,
}

impl<'a> Scan<'a> {
    /// Scans `document`.
    pub fn of(document: &'a Document) -> Self {
        let mut tokens: Vec<Token> = Vec::with_capacity(document.text.len() / 5);
        let mut blocks = Vec::with_capacity(document.blocks.len());
        let mut markup = document.markup.iter().peekable();
        for (number, block) in document.blocks.iter().enumerate() {
            let first = tokens.len();
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let mut at = block.range.start;
            while at < block.range.end {
                while markup.next_if(|range| range.end <= at).is_some() {}
                let stop = markup.peek().map_or(block.range.end, |range| range.start.min(block.range.end));
                if stop > at {
                    words::words(&document.text, at..stop, number, &mut tokens);
                }
                at = markup.peek().map_or(block.range.end, |range| range.end.max(stop)).max(stop);
            }
            if let Some(token) = tokens.get_mut(first) {
                token.is_spaced = true;
            }
            blocks.push(first..tokens.len());
        }
        let mut scan = Self { document, tokens, sentences: Vec::new(), blocks };
        scan.sentences = scan.blocks.iter().flat_map(|block| sentences(&scan, block.clone())).collect();
        scan
    }

    /// Returns the words of `span`.
    pub fn text(&self, span: Span) -> &'a str {
        self.document.text.get(span.range()).unwrap_or_default()
    }

    /// Returns the words of the token `n`, or nothing beyond the end.
    pub fn word(&self, n: usize) -> &'a str {
        self.tokens.get(n).map_or("", |token| self.text(token.span()))
    }

    /// Returns the span of some tokens; empty where there are none.
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), self.tokens.get(tokens.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => Span::new(first.start, last.end),
            _ => Span::default(),
        }
    }

    /// Returns the words of some tokens, white space folded.
    pub fn folded(&self, tokens: &Range<usize>) -> String {
        folded(self.text(self.span(tokens)))
    }

    /// Returns the words of some tokens without the markup between them.
    pub fn words(&self, tokens: &Range<usize>) -> String {
        let mut words = String::new();
        for n in tokens.clone() {
            if self.tokens.get(n).is_some_and(|token| token.is_spaced) && !words.is_empty() {
                words.push(' ');
            }
            words.push_str(self.word(n));
        }
        words
    }

    /// Returns some tokens line by line, as the text is broken.
    pub fn lines(&self, tokens: &Range<usize>) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut start = tokens.start;
        for n in tokens.start + 1..tokens.end {
            let gap =
                self.tokens.get(n - 1).map_or(0, |token| token.end)..self.tokens.get(n).map_or(0, |token| token.start);
            if self.document.text.get(gap).is_some_and(|gap| gap.contains('\n')) {
                lines.push(start..n);
                start = n;
            }
        }
        lines.push(start..tokens.end);
        lines
    }

    /// Returns the number of the first token that begins at or after byte `at`.
    pub fn token_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|token| token.start < at)
    }

    /// Returns the sentence, as a range of tokens, in which byte `at` stands.
    pub fn sentence_at(&self, at: usize) -> Range<usize> {
        let n = self.token_at(at + 1).saturating_sub(1);
        let next = self.sentences.partition_point(|sentence| sentence.start <= n);
        self.sentences.get(next.saturating_sub(1)).cloned().unwrap_or(0..0)
    }

    /// Returns the block in which the token `n` stands.
    pub fn block_of(&self, n: usize) -> Option<&'a Block> {
        self.document.blocks.get(self.tokens.get(n)?.block as usize)
    }

    /// True when the words from token `n` on are `words`, small letters compared, marks skipped only where `words` has none.
    pub fn says(&self, n: usize, words: &[&str]) -> bool {
        let is_said = |(i, word): (usize, &&str)| {
            self.tokens.get(n + i).is_some_and(|token| self.text(token.span()).eq_ignore_ascii_case(word))
        };
        words.iter().enumerate().all(is_said)
    }
}

/// Returns `words` with white space folded.
pub(crate) fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Splits the tokens of a block into sentences.
fn sentences(scan: &Scan<'_>, block: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = block.start;
    for n in block.clone() {
        let Some(token) = scan.tokens.get(n) else { break };
        let is_end = match token.shape {
            Shape::Mark('.') => ends(scan, n),
            Shape::Mark('!' | '?' | '。') => true,
            _ => false,
        };
        if is_end && n + 1 < block.end {
            let mut next = n + 1;
            // A closing quotation mark belongs to the sentence that it closes.
            while scan.tokens.get(next).is_some_and(|token| {
                !token.is_spaced && matches!(token.shape, Shape::Mark('"' | '”' | '’' | ')' | '\''))
            }) {
                next += 1;
            }
            if next < block.end && next > start && next > n {
                found.push(start..next);
                start = next;
            }
        }
    }
    if start < block.end {
        found.push(start..block.end);
    }
    found
}

/// True when the full stop at token `n` ends a sentence, and no abbreviation or initial.
fn ends(scan: &Scan<'_>, n: usize) -> bool {
    let Some(next) = scan.tokens.get(n + 1) else { return true };
    let closes = matches!(next.shape, Shape::Mark('"' | '”' | '’' | ')' | '\''));
    if !next.is_spaced && !closes {
        return false;
    }
    let after = if closes { scan.tokens.get(n + 2) } else { Some(next) };
    if after.is_some_and(|token| token.shape == Shape::Lower) {
        return false;
    }
    let Some(before) = n.checked_sub(1).and_then(|n| scan.tokens.get(n)) else { return true };
    if before.end != scan.tokens.get(n).map_or(0, |token| token.start) {
        return true;
    }
    let word = scan.text(before.span());
    let is_initial = word.chars().count() == 1 && before.shape == Shape::Capital;
    !(is_initial || ABBREVIATIONS.contains(&word))
}

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Amb", "Hon", "Eng", "Ing", "St", "Jr", "Sr", "Rec", "Res", "No", "Nos", "para",
    "paras", "sec", "Sec", "Fig", "fig", "vs", "e.g", "i.e", "cf", "approx", "incl", "resp", "Inc", "Ltd", "Co",
    "Corp", "Rev", "H.E", "Vol", "Ed", "eds", "ed", "Doc", "doc", "Ch", "Art", "Add", "Corr", "Amd", "Gen", "Col",
    "Rep", "Sen",
];

#[cfg(test)]
mod tests {
    use document::read;
    use fact::Snapshot;

    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        let document = read(&Snapshot::new("", "a.txt", text.as_bytes())).expect("text is a document");
        let scan = Scan::of(&document);
        (0..scan.tokens.len()).map(|n| scan.word(n).to_string()).collect()
    }

    #[test]
    fn words_keep_what_holds_them_together() {
        assert_eq!(
            tokens("ITU\u{2011}T (SG15,5,12) and AT&T's 1,000 users of Rec. A.25/Q12"),
            [
                "ITU\u{2011}T",
                "(",
                "SG15",
                ",",
                "5",
                ",",
                "12",
                ")",
                "and",
                "AT&T",
                "1,000",
                "users",
                "of",
                "Rec",
                ".",
                "A.25",
                "/",
                "Q12"
            ]
        );
    }

    #[test]
    fn no_break_spaces_and_hyphens_are_spaces_and_hyphens() {
        assert_eq!(tokens("Assembly\u{a0}of\u{a0}ETSI"), ["Assembly", "of", "ETSI"]);
        assert_eq!(key("ITU\u{2011}T"), key("itu-t"));
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_sentences() {
        let text = "Dr. A. Example met S. Sample of Acme Inc. in Geneva. She left (see Rec. A.5). \"It was good.\" Then he spoke.";
        let document = read(&Snapshot::new("", "a.txt", text.as_bytes())).expect("text is a document");
        let scan = Scan::of(&document);
        let found: Vec<String> = scan.sentences.iter().map(|sentence| scan.folded(sentence)).collect();
        assert_eq!(
            found,
            [
                "Dr. A. Example met S. Sample of Acme Inc. in Geneva.",
                "She left (see Rec. A.5).",
                "\"It was good.\"",
                "Then he spoke."
            ]
        );
    }
}
