//! Signs in plain text that two versions stand side by side. Sure signs count alone, the others only beside a sure one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Fused, Fusion};

/// Most bytes of text that are looked at.
const TEXT: usize = 16 << 20;

/// Returns all places, in no order.
pub(super) fn all(text: &str) -> Vec<Fused> {
    if text.len() > TEXT {
        return Vec::new();
    }
    let mut found = remarks(text);
    found.extend(years(text));
    let marks = marks(text);
    let is_torn = !found.is_empty() || marks.iter().any(|(_, is_sure)| *is_sure);
    found.extend(marks.into_iter().filter(|(_, is_sure)| is_torn || *is_sure).map(|(fused, _)| fused));
    if is_torn {
        let words = Words::of(text);
        found.extend(letters(text));
        found.extend(counts(text));
        found.extend(words.pairs());
        found.extend(sentences(text));
    }
    found
}

/// `Comment by NAME: ...` behind a tab: what copying a remark from the margin leaves. It ends with the line.
fn remarks(text: &str) -> Vec<Fused> {
    const BEGIN: &str = "\tComment by ";
    let starts: Vec<usize> = text.match_indices(BEGIN).map(|(at, _)| at + 1).collect();
    let found = starts.iter().filter_map(|&start| {
        let rest = text.get(start..)?;
        let end = rest.find(['\n', '\t']).unwrap_or(rest.len());
        let words = rest.get(..end)?.trim_end();
        let name = words.get(BEGIN.len() - 1..)?.split_once(':')?.0;
        let is_name = name.len() <= 80 && name.starts_with(char::is_uppercase);
        let range = start..start + words.len();
        let what = format!("expected words of the document, found a remark of `{name}`");
        is_name.then_some(Fused { seam: range.end, range, kind: Fusion::Remark, what })
    });
    found.collect()
}

/// `, 2024Hammamet, 2016`: a year, a place without a gap, and another year.
fn years(text: &str) -> Vec<Fused> {
    let bytes = text.as_bytes();
    let found = numbers(text).filter_map(|number| {
        let rest = near(text.get(number.end..)?);
        let word = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let place = rest.get(..word)?;
        // A place may have several words: `Rio de Janeiro`.
        let (name, after) = rest.split_once(", ")?;
        let next = after.get(..4)?;
        let is_name = name.len() <= 40 && name.chars().all(|c| c.is_alphabetic() || " -'’.".contains(c));
        let is_before = matches!(bytes.get(number.start.wrapping_sub(2)..number.start), Some(b", "));
        let is_place = place.chars().count() >= 3 && place.starts_with(char::is_uppercase) && is_name;
        let years = is_year(text.get(number.clone())?) && is_year(next);
        let seam = number.end;
        let what =
            format!("expected one place and year, found `{}` next to `{name}, {next}`", text.get(number.clone())?);
        let range = number.start..number.end + word;
        (is_before && is_place && years).then_some(Fused { range, seam, kind: Fusion::NumberAndWord, what })
    });
    found.collect()
}

/// The next letters, as many as a place and a year may have.
fn near(text: &str) -> &str {
    let end = text.char_indices().nth(60).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default()
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4
        && (digits.starts_with("19") || digits.starts_with("20"))
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// All runs of digits.
fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        at += bytes.get(at..)?.iter().position(u8::is_ascii_digit)?;
        let start = at;
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        Some(start..at)
    })
}

/// `over 700520 members`: a number that is two counts of one size, not the name of anything.
fn counts(text: &str) -> Vec<Fused> {
    let found = numbers(text).filter_map(|number| {
        let digits = text.get(number.clone())?;
        let half = digits.len() / 2;
        let (one, other) = digits.split_at_checked(half)?;
        let before = text.get(..number.start)?.strip_suffix(' ')?;
        let lead = before.rsplit(|c: char| !c.is_alphabetic()).next()?;
        let follows = text.get(number.end..)?.strip_prefix(' ')?;
        let is_counted = follows.starts_with(char::is_alphabetic);
        // Round numbers are counts, and `No. 700520`, `Document 700520` are names.
        let is_lead =
            ["over", "about", "than", "some", "approximately", "nearly", "almost", "with", "comprising", "of", "and"];
        let is_split = matches!(digits.len(), 6 | 8) && ![one, other].iter().any(|part| part.starts_with('0'));
        let (one_n, other_n): (u32, u32) = (one.parse().ok()?, other.parse().ok()?);
        let is_alike = one_n.max(other_n) <= 2 * one_n.min(other_n);
        let is_found = is_counted && is_split && is_alike && is_lead.contains(&lead);
        let what = format!("expected one count, found `{one}` next to `{other}`");
        is_found.then(|| Fused { seam: number.start + half, range: number.clone(), kind: Fusion::Numbers, what })
    });
    found.collect()
}

/// The first word of each line that is a number, or a letter with a bracket, before white space.
fn labels(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let from = start + (line.len() - line.trim_start().len());
        start += line.len();
        let word = line.trim_start();
        let end = word.find(char::is_whitespace)?;
        // A mark stands alone before a tab, not before a sentence that begins with a number.
        let gap = word.get(end..)?.trim_start_matches(' ');
        let is_label = end <= 4 && gap.starts_with('\t');
        is_label.then_some(from..from + end)
    })
}

/// `10`, `117`, `128`: numbers of items that begin with the number that was expected. Sure where two follow each other.
fn marks(text: &str) -> Vec<(Fused, bool)> {
    let mut found: Vec<(Fused, bool)> = Vec::new();
    let (mut last, mut n_in_order, mut was_fused) = (0_u32, 0, false);
    for range in labels(text) {
        let digits = text.get(range.clone()).unwrap_or_default();
        let Ok(number) = digits.parse::<u32>() else { continue };
        let expected = last.saturating_add(1);
        let rest = digits.strip_prefix(&expected.to_string()).filter(|rest| !rest.is_empty() && !rest.starts_with('0'));
        match rest {
            _ if number == expected => (last, n_in_order, was_fused) = (number, n_in_order + 1, false),
            // A number that is itself of two digits: between 1 and 9, `23` for 2 is as well a number of its own.
            Some(rest) if n_in_order >= 2 && expected >= 10 => {
                let what = format!("expected the item `{expected}`, found `{digits}`: `{expected}` next to `{rest}`");
                let seam = range.end - rest.len();
                if let Some((_, is_sure)) = found.last_mut().filter(|_| was_fused) {
                    *is_sure = true;
                }
                found.push((Fused { range, seam, kind: Fusion::Mark, what }, was_fused));
                (last, was_fused) = (expected, true);
            }
            _ => (last, n_in_order, was_fused) = (number, usize::from(number == 1), false),
        }
        // A list of which only the end is at hand begins anywhere.
        if number > 1 && n_in_order == 0 {
            n_in_order = 1;
        }
    }
    found
}

/// `e)`, `cf)`, `g)`: two letters where one was expected.
fn letters(text: &str) -> Vec<Fused> {
    let mut found = Vec::new();
    let mut last = None;
    let labels: Vec<(Range<usize>, &str)> = labels(text)
        .filter_map(|range| Some((range.clone(), text.get(range)?.strip_suffix(')')?)))
        .filter(|(_, label)| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_lowercase()))
        .collect();
    for (range, label) in labels {
        let expected = last.filter(|last| *last < b'z').map(|last: u8| last + 1);
        match label.as_bytes() {
            [letter] => last = Some(*letter),
            [one, other] if one != other && expected.is_some_and(|letter| *one == letter || *other == letter) => {
                last = expected;
                let (one, other) = (char::from(*one), char::from(*other));
                let what = format!("expected one letter of an item, found `{one}` next to `{other}`");
                found.push(Fused { seam: range.start + 1, range, kind: Fusion::Mark, what });
            }
            _ => last = None,
        }
    }
    found
}

/// `countries;repeat`: a sentence that begins where the one before ended, without a space.
fn sentences(text: &str) -> Vec<Fused> {
    let found = text.match_indices(';').filter_map(|(at, _)| {
        let letters = |words: &str, back: bool| {
            let is_letter = |c: &char| c.is_lowercase();
            if back {
                words.chars().rev().take_while(is_letter).map(char::len_utf8).sum()
            } else {
                words.chars().take_while(is_letter).map(char::len_utf8).sum::<usize>()
            }
        };
        let (before, after) = (letters(text.get(..at)?, true), letters(text.get(at + 1..)?, false));
        let range = at - before..at + 1 + after;
        let ends = text.get(range.end..)?.starts_with([' ', ',', '\n']);
        let what = "expected a space, found two sentences next to each other".into();
        let is_found = before >= 4 && after >= 4 && ends;
        is_found.then_some(Fused { range, seam: at + 1, kind: Fusion::Sentences, what })
    });
    found.collect()
}

/// The words of a text in small letters: where each stands first, and how often.
struct Words<'a>(BTreeMap<&'a str, (usize, usize)>);

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        let mut words = BTreeMap::new();
        let mut at = 0;
        for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
            let bare = word.trim_end_matches(|c: char| !c.is_alphabetic());
            if bare.chars().all(char::is_lowercase) && (1..=60).contains(&bare.len()) {
                words.entry(bare).or_insert((at, 0)).1 += 1;
            }
            at += word.len();
        }
        Self(words)
    }

    /// Words that are two words of the text, or one with two endings.
    fn pairs(&self) -> Vec<Fused> {
        let once = self.0.iter().filter(|(_, (_, n))| *n == 1);
        once.filter_map(|(word, (at, _))| self.split(word, *at).or_else(|| self.ending(word, *at))).collect()
    }

    fn split(&self, word: &str, at: usize) -> Option<Fused> {
        /// Shortest half: shorter words make words together, as in `internetworking`.
        const HALF: usize = 8;
        let seams =
            (HALF..=word.len().saturating_sub(HALF)).filter_map(|seam| Some((seam, word.split_at_checked(seam)?)));
        let (seam, (one, other)) =
            seams.into_iter().find(|(_, (one, other))| self.0.contains_key(one) && self.0.contains_key(other))?;
        let what = format!("expected one word, found `{one}` next to `{other}`");
        Some(Fused { range: at..at + word.len(), seam: at + seam, kind: Fusion::Words, what })
    }

    /// `coordinateing`, where the text has `coordinating`.
    fn ending(&self, word: &str, at: usize) -> Option<Fused> {
        let stem = word.strip_suffix("eing").filter(|stem| stem.len() >= 5 && !stem.ends_with('e'))?;
        let sound = format!("{stem}ing");
        let what = format!("expected `{sound}`, found `{stem}e` next to `ing`");
        let seam = at + stem.len() + 1;
        self.0.contains_key(sound.as_str()).then_some(Fused {
            range: at..at + word.len(),
            seam,
            kind: Fusion::Words,
            what,
        })
    }
}
