//! Two versions of a clause as words, with what they share: labels and end marks apart, a citation or an actor as one word.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Aspect, Feature, Piece};
use crate::actors::actors;
use crate::cite::{Citation, Cited, citations};
use crate::clause::{self, Count, Label};
use crate::filed::labels;
use crate::sequence::{Algorithm, Swap, numbered};
use crate::words::{Word, WordKind, is_function_word, phrased, stem, words};

/// One version.
pub(super) struct Side<'a> {
    pub text: &'a str,
    /// The number or letter of the item; empty where there is none.
    pub label: Range<usize>,
    /// The mark at the end, with `and` or `or` behind it.
    pub end: Range<usize>,
    /// What stands between them.
    pub words: Vec<Word>,
    pub citations: Vec<Citation>,
}

/// Two versions and how their words pair.
pub(super) struct Compared<'a> {
    pub before: Side<'a>,
    pub after: Side<'a>,
    /// Stretches that differ, in order.
    pub swaps: Vec<Swap>,
}

impl<'a> Side<'a> {
    fn new(text: &'a str) -> Self {
        let label = label(text);
        let end = end(text, label.end);
        let citations = citations(text);
        let body = text.get(label.end..end.start).unwrap_or_default();
        let mut all = phrased(&with_marks(body, words(body)));
        for one in &mut all {
            one.range = one.range.start + label.end..one.range.end + label.end;
        }
        let words = named(text, masked(all, &citations));
        Self { text, label, end, words, citations }
    }

    pub fn piece(&self, range: Range<usize>) -> Piece {
        let words = self.text.get(range.clone()).unwrap_or_default().to_string();
        Piece { range, words }
    }

    /// The words from the first to the last word of a range of them.
    pub fn pieces(&self, words: &Range<usize>) -> Vec<Piece> {
        let held = self.words.get(words.clone()).unwrap_or_default();
        let range = held.first().zip(held.last()).map(|(first, last)| first.range.start..last.range.end);
        range.map(|range| self.piece(range)).into_iter().collect()
    }

    pub fn content(&self) -> BTreeSet<&str> {
        self.words.iter().filter(|one| is_content(one)).map(|one| one.key.as_str()).collect()
    }
}

/// True for words and numbers that carry content.
pub(super) fn is_content(one: &Word) -> bool {
    // A stem is no word: `notes` is not `not`.
    let is_synonym = one.key != stem(&one.folded);
    one.kind != WordKind::Mark && !is_function_word(&one.folded) && !(is_synonym && is_function_word(&one.key))
}

impl<'a> Compared<'a> {
    pub fn new(before: &'a str, after: &'a str) -> Self {
        let (before, after) = (Side::new(before), Side::new(after));
        let keys = |side: &Side<'_>| side.words.iter().map(|one| one.key.clone()).collect::<Vec<_>>();
        let swaps = numbered(keys(&before), keys(&after)).swaps(Algorithm::Myers);
        Self { before, after, swaps }
    }

    /// Pairs of words that mean the same.
    pub fn same(&self) -> impl Iterator<Item = (&Word, &Word)> {
        let starts = std::iter::once((0, 0)).chain(self.swaps.iter().map(|swap| (swap.before.end, swap.after.end)));
        let ends = self.swaps.iter().map(|swap| swap.before.start).chain([self.before.words.len()]);
        starts.zip(ends).flat_map(|((old, new), end)| {
            let kept = self.before.words.get(old..end).unwrap_or_default();
            kept.iter().zip(self.after.words.get(new..).unwrap_or_default())
        })
    }

    /// True where anything but label, spaces and end mark differs.
    pub fn is_changed(&self) -> bool {
        !self.swaps.is_empty()
            || self.same().any(|(one, other)| one.folded != other.folded)
            || editions(&self.before) != editions(&self.after)
    }

    /// True where both versions are calls.
    pub fn is_of_calls(&self) -> bool {
        super::roles::call(&self.before).is_some() && super::roles::call(&self.after).is_some()
    }

    /// A feature of pieces.
    pub fn feature(&self, kind: Aspect, before: Vec<Range<usize>>, after: Vec<Range<usize>>) -> Feature {
        let before = before.into_iter().map(|range| self.before.piece(range)).collect();
        let after = after.into_iter().map(|range| self.after.piece(range)).collect();
        Feature { kind, before, after }
    }
}

/// Every edition that a side cites, in order.
pub(super) fn editions(side: &Side<'_>) -> Vec<String> {
    let held = side.citations.iter().filter(|one| one.edition.is_some());
    held.filter_map(|one| side.text.get(one.edition.as_ref()?.range.clone())).map(crate::words::bare).collect()
}

/// The label at the beginning of a text, with the white space around it.
fn label(text: &str) -> Range<usize> {
    let words = text.trim_start();
    let lead = text.len() - words.len();
    let after = |found: &Label<'_>| &words[found.written.len()..];
    // A text alone does not tell what its siblings would: `3.5 members`, `A. Example`.
    let is_sure = |found: &Label<'_>| match found.count {
        Count::Nested { .. } => after(found).starts_with('\t'),
        Count::Letter { .. } | Count::Roman => found.written.ends_with(')'),
        Count::Number | Count::Dash => true,
    };
    let found = clause::label(words, false).filter(|found| is_sure(found) && !after(found).is_empty());
    let n = found.map_or_else(|| pair_of_letters(words), |found| found.written.len());
    0..lead + if n > 0 { words.len() - words[n..].trim_start().len() } else { 0 }
}

/// How long a label of two letters is: `ab)`, as some count after `z)`; 0 where there is none.
fn pair_of_letters(words: &str) -> usize {
    let n = words.find(char::is_whitespace).unwrap_or_default();
    match words[..n].trim_start_matches('(').as_bytes() {
        [b'a'..=b'z', b'a'..=b'z', b')'] => n,
        _ => 0,
    }
}

/// The mark at the end, with what joins it to the next item: `;`, `; and`, `.`.
fn end(text: &str, from: usize) -> Range<usize> {
    let whole = text.trim_end();
    let bare = ["and", "or"].iter().find_map(|word| whole.strip_suffix(word)).unwrap_or(whole).trim_end();
    let is_joined = bare.len() < whole.len() && bare.ends_with([';', ',']);
    let body = if is_joined { bare } else { whole };
    let start = body.trim_end_matches([';', ',', '.', ':', ' ', '\u{a0}', '\t']).len().max(from);
    start..whole.len().max(start)
}

/// The words with the mark of every note, `[^1]`, as one mark: its number counts notes and says nothing.
fn with_marks(body: &str, words: Vec<Word>) -> Vec<Word> {
    let marks: Vec<Range<usize>> = labels(body).collect();
    let mut kept: Vec<Word> = Vec::new();
    for one in words {
        match marks.iter().find(|mark| mark.contains(&one.range.start)) {
            None => kept.push(one),
            Some(mark) if mark.start == one.range.start => {
                let sign = "[^]".to_string();
                kept.push(Word { range: mark.clone(), folded: sign.clone(), key: sign, kind: WordKind::Mark });
            }
            Some(_) => {}
        }
    }
    kept
}

/// The words with every citation as one, whose key is what it cites without its edition.
fn masked(words: Vec<Word>, citations: &[Citation]) -> Vec<Word> {
    let mut kept: Vec<Word> = Vec::new();
    for one in words {
        let inside =
            citations.iter().find(|cited| cited.range.start < one.range.end && one.range.start < cited.range.end);
        let Some(cited) = inside else {
            kept.push(one);
            continue;
        };
        let key = match cited.kind {
            Cited::Clause => "<clause>".to_string(),
            Cited::Meeting => "<meeting>".to_string(),
            _ => format!("<{}>", cited.id),
        };
        match kept.last_mut() {
            Some(last) if last.kind == WordKind::Citation && last.range.end > cited.range.start => {
                last.range.end = last.range.end.max(one.range.end);
            }
            _ => kept.push(Word { range: one.range, folded: key.clone(), key, kind: WordKind::Citation }),
        }
    }
    kept
}

/// The words with every actor as one, whose key is the same for its name and its initials.
fn named(text: &str, words: Vec<Word>) -> Vec<Word> {
    let actors = actors(text);
    let mut kept: Vec<Word> = Vec::new();
    for one in words {
        let actor = actors.iter().find(|actor| actor.range.start < one.range.end && one.range.start < actor.range.end);
        let Some(actor) = actor.filter(|_| one.kind != WordKind::Citation) else {
            kept.push(one);
            continue;
        };
        let key = format!("@{}", actor.name);
        match kept.last_mut() {
            Some(last) if last.key == key && last.range.start >= actor.range.start => last.range.end = one.range.end,
            _ => kept.push(Word { key, kind: WordKind::Word, ..one }),
        }
    }
    kept
}
