//! A scanned document with what every frame looks up: the classes of its words, who stands where, which dates stand where,
//! and which blocks are headings.

use std::ops::Range;

use document::Kind;

use super::cues::{self, Class};
use super::dates;
use crate::answer::{Answer, Person, Span, StatedDate, Who};
use crate::scan::{Scan, Shape};

/// A document ready for frames.
pub(crate) struct Page<'s, 'a> {
    /// Its words.
    pub scan: &'s Scan<'a>,
    /// Classes of each token.
    classes: Vec<Class>,
    /// Classes of all tokens of each sentence.
    of_sentence: Vec<Class>,
    /// Mentions of organisations that are not inside another one, in order.
    organisations: Vec<(Span, usize)>,
    /// Mentions of organisations inside the name of another one, in order.
    nested: Vec<(Span, usize)>,
    /// Mentions of persons, in order.
    persons: Vec<(Span, usize)>,
    /// Dates, in order.
    dates: Vec<StatedDate>,
}

impl<'s, 'a> Page<'s, 'a> {
    /// Looks everything up once.
    pub fn of(scan: &'s Scan<'a>, answer: &Answer) -> Self {
        let classes: Vec<Class> = scan.tokens.iter().map(|token| cues::class_of(token.key)).collect();
        let union = |range: &Range<usize>| classes.get(range.clone()).unwrap_or_default().iter().fold(0, |a, b| a | b);
        let of_sentence = scan.sentences.iter().map(union).collect();
        let mut organisations: Vec<(Span, usize)> = Vec::new();
        for (n, one) in answer.organisations.iter().enumerate() {
            organisations.extend(one.mentions.iter().filter(|one| !one.is_nested).map(|one| (one.found.span, n)));
        }
        let mut nested: Vec<(Span, usize)> = Vec::new();
        for (n, one) in answer.organisations.iter().enumerate() {
            nested.extend(one.mentions.iter().filter(|one| one.is_nested).map(|one| (one.found.span, n)));
        }
        organisations.sort_unstable();
        nested.sort_unstable();
        let of_person = |(n, one): (usize, &Person)| one.mentions.iter().map(move |found| (found.span, n)).collect();
        let mut persons: Vec<(Span, usize)> =
            answer.persons.iter().enumerate().flat_map::<Vec<_>, _>(of_person).collect();
        persons.sort_unstable();
        let mut dates = answer.dates.clone();
        dates.sort_by_key(|date| date.found.span);
        Self { scan, classes, of_sentence, organisations, nested, persons, dates }
    }

    /// True when the token `n` is of one of these classes.
    pub fn is(&self, n: usize, class: Class) -> bool {
        self.classes.get(n).is_some_and(|of| of & class != 0)
    }

    /// Returns the classes of all words of the sentence number `n`.
    pub fn sentence_classes(&self, n: usize) -> Class {
        self.of_sentence.get(n).copied().unwrap_or(0)
    }

    /// Returns sentences, as ranges of tokens, that have a word of each of these classes.
    pub fn sentences_with<'p>(&'p self, classes: &'p [Class]) -> impl Iterator<Item = &'p Range<usize>> + 'p {
        let all = self.scan.sentences.iter().zip(&self.of_sentence);
        all.filter(move |(_, of)| classes.iter().all(|class| *of & class != 0)).map(|(sentence, _)| sentence)
    }

    /// Returns the first token of one of these classes.
    pub fn find(&self, mut tokens: Range<usize>, class: Class) -> Option<usize> {
        tokens.find(|n| self.is(*n, class))
    }

    /// Returns the first token with one of these keys.
    pub fn find_key(&self, mut tokens: Range<usize>, keys: &[u64]) -> Option<usize> {
        tokens.find(|n| self.scan.tokens.get(*n).is_some_and(|token| keys.contains(&token.key)))
    }

    /// True when the token `n` has one of these keys.
    pub fn is_key(&self, n: usize, keys: &[u64]) -> bool {
        self.scan.tokens.get(n).is_some_and(|token| keys.contains(&token.key))
    }

    /// True when the token `n` is one of these marks.
    pub fn is_mark(&self, n: usize, marks: &str) -> bool {
        matches!(self.scan.tokens.get(n).map(|token| token.shape), Some(Shape::Mark(mark)) if marks.contains(mark))
    }

    /// Returns mentions of organisations in `span`, in order.
    pub fn organisations_in(&self, span: Span) -> &[(Span, usize)] {
        inside(&self.organisations, span)
    }

    /// Returns mentions inside longer ones in `span`, in order: `CCSA` in `Council of CCSA`.
    pub fn nested_in(&self, span: Span) -> &[(Span, usize)] {
        inside(&self.nested, span)
    }

    /// Returns the mention of an organisation in which the byte `at` stands.
    pub fn organisation_at(&self, at: usize) -> Option<(Span, usize)> {
        let next = self.organisations.partition_point(|(span, _)| span.start <= at);
        self.organisations.get(next.checked_sub(1)?).copied().filter(|(span, _)| at < span.end)
    }

    /// Returns mentions of persons in `span`, in order.
    pub fn persons_in(&self, span: Span) -> &[(Span, usize)] {
        inside(&self.persons, span)
    }

    /// Returns the person or organisation that is named first in `span`.
    pub fn first_in(&self, span: Span) -> Option<(Span, Who)> {
        let organisation = self.organisations_in(span).first().map(|(span, n)| (*span, Who::Organisation(*n)));
        let person = self.persons_in(span).first().map(|(span, n)| (*span, Who::Person(*n)));
        match (organisation, person) {
            (Some(one), Some(other)) => Some(if one.0.start < other.0.start { one } else { other }),
            (one, other) => one.or(other),
        }
    }

    /// Returns dates in `span`, in order.
    pub fn dates_in(&self, span: Span) -> &[StatedDate] {
        dates::within(&self.dates, span)
    }

    /// Returns the span of a sentence without the white space and marks of quotation around it.
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        self.scan.span(tokens)
    }

    /// Returns the tokens of `span`.
    pub fn tokens(&self, span: Span) -> Range<usize> {
        self.scan.token_at(span.start)..self.scan.token_at(span.end)
    }

    /// Returns the tokens of the block number `n`.
    pub fn block(&self, n: usize) -> Range<usize> {
        self.scan.blocks.get(n).cloned().unwrap_or(0..0)
    }

    /// Returns the number of the block in which the token `n` stands.
    pub fn block_number(&self, n: usize) -> usize {
        self.scan.tokens.get(n).map_or(0, |token| token.block as usize)
    }

    /// Returns the sentences of the block number `n`.
    pub fn sentences_of(&self, n: usize) -> &[Range<usize>] {
        self.scan.sentences.get(self.numbers_of(n)).unwrap_or_default()
    }

    /// Returns the sentences of the block number `n` that have a word of one of these classes.
    pub fn sentences_of_with(&self, n: usize, class: Class) -> impl Iterator<Item = &Range<usize>> {
        let numbers = self.numbers_of(n);
        let all = self.scan.sentences.get(numbers.clone()).unwrap_or_default().iter().zip(numbers);
        all.filter(move |(_, number)| self.sentence_classes(*number) & class != 0).map(|(sentence, _)| sentence)
    }

    fn numbers_of(&self, n: usize) -> Range<usize> {
        self.numbers_within(&self.block(n))
    }

    /// Returns the numbers of the sentences that begin in `tokens`.
    fn numbers_within(&self, tokens: &Range<usize>) -> Range<usize> {
        let first = self.scan.sentences.partition_point(|sentence| sentence.start < tokens.start);
        let end = self.scan.sentences.partition_point(|sentence| sentence.start < tokens.end);
        first..end.max(first)
    }

    /// Returns the sentences that begin in `span`.
    pub fn sentences_in(&self, span: Span) -> &[Range<usize>] {
        self.scan.sentences.get(self.numbers_within(&self.tokens(span))).unwrap_or_default()
    }

    /// Returns the numbers of the blocks that begin in `span`.
    pub fn blocks_in(&self, span: Span) -> Range<usize> {
        let blocks = &self.scan.document.blocks;
        let first = blocks.partition_point(|block| block.range.start < span.start);
        let end = blocks.partition_point(|block| block.range.start < span.end);
        first..end.max(first)
    }

    /// True when the block number `n` is a heading, or looks like one.
    pub fn is_heading(&self, n: usize) -> bool {
        is_heading(self.scan, n)
    }

    /// True when the block number `n` is an item of a list.
    pub fn is_item(&self, n: usize) -> bool {
        self.scan.document.blocks.get(n).is_some_and(|block| matches!(block.kind, Kind::Item { .. }))
    }
}

/// Returns the pairs whose span lies in `span`.
fn inside(list: &[(Span, usize)], span: Span) -> &[(Span, usize)] {
    let first = list.partition_point(|(one, _)| one.start < span.start);
    let end = list.partition_point(|(one, _)| one.start < span.end);
    list.get(first..end).unwrap_or_default()
}

/// True when the block number `n` is a heading, or a short line that is no sentence and begins with a capital or number.
pub(crate) fn is_heading(scan: &Scan<'_>, n: usize) -> bool {
    let Some(block) = scan.document.blocks.get(n) else { return false };
    match block.kind {
        Kind::Heading(_) => true,
        Kind::Paragraph => {
            let words = scan.document.slice(&block.range);
            let is_title = words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '“' || c == '"');
            words.len() <= 140 && is_title && !words.ends_with(['.', ';', ',', ':', '!']) && !words.contains('\n')
        }
        _ => false,
    }
}

/// Returns the level of a heading; a short line that only looks like one stands below all.
pub(crate) fn level(scan: &Scan<'_>, n: usize) -> u8 {
    match scan.document.blocks.get(n).map(|block| &block.kind) {
        Some(Kind::Heading(level)) => *level,
        _ => u8::MAX,
    }
}
