//! How events are named: `Second Joint Workshop on Things`, `WTSA-24`, `GSS (Dubai, 2012)`, `its June 2023 meeting`.

use std::ops::Range;

use super::super::cues::{self, k};
use super::super::page::Page;
use crate::answer::Answer;
use crate::scan::Shape;

/// One mention of an event by name.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// Its name, white space folded.
    pub name: String,
    /// The words of the name, and of a bracket that belongs to it.
    pub tokens: Range<usize>,
    /// The sentence.
    pub sentence: Range<usize>,
    /// Place that the name's bracket states.
    pub place: Option<String>,
    /// Date that the name states.
    pub date: Option<String>,
    /// `first`, `15th`.
    pub ordinal: Option<String>,
}

/// Acronyms of assemblies and conferences that count their editions by years.
const BY_YEAR: [u64; 10] =
    [k("wtsa"), k("wrc"), k("pp"), k("wtdc"), k("wtpf"), k("ra"), k("gss"), k("igf"), k("mwc"), k("cop")];

/// Returns the events that a sentence names, in order.
pub(super) fn all(page: &Page<'_, '_>, answer: &Answer, editions: &[&str], sentence: &Range<usize>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for n in sentence.clone() {
        if found.last().is_some_and(|last| n < last.tokens.end) {
            continue;
        }
        let Some(token) = page.scan.tokens.get(n) else { break };
        let one = match token.shape {
            Shape::Mark('(') => bracketed(page, answer, editions, n, sentence),
            Shape::Lower if page.is(n, cues::EVENT) => of_body(page, n, sentence),
            Shape::Mark(_) | Shape::Lower => None,
            Shape::Number => dated_meeting(page, n, sentence),
            Shape::Upper if !page.is(n, cues::EVENT | cues::MONTH) => edition(page, n, sentence),
            _ if page.is(n, cues::MONTH) => dated_meeting(page, n, sentence),
            _ => titled(page, n, sentence),
        };
        found.extend(one);
    }
    found
}

/// Reads `WTSA-24`: an acronym with the number of its edition.
fn edition(page: &Page<'_, '_>, n: usize, sentence: &Range<usize>) -> Option<Mention> {
    let token = page.scan.tokens.get(n).filter(|token| token.shape == Shape::Upper)?;
    let word = page.scan.text(token.span());
    let Some((acronym, number)) = word.rsplit_once(['-', '\u{2011}']) else { return bare(page, n, sentence) };
    let is_edition = number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit()) && acronym.len() <= 6;
    let is_known = BY_YEAR.contains(&crate::scan::key(acronym));
    (is_edition && is_known).then(|| Mention {
        name: word.to_string(),
        tokens: n..n + 1,
        sentence: sentence.clone(),
        place: None,
        date: Some(format!("20{number}")),
        ordinal: None,
    })
}

/// Reads `WTSA in New Delhi`: an acronym without the number of its edition, with a place.
fn bare(page: &Page<'_, '_>, n: usize, sentence: &Range<usize>) -> Option<Mention> {
    let is_known = page.is_key(n, &BY_YEAR) && page.is_key(n + 1, &[k("in")]);
    let is_place =
        page.scan.tokens.get(n + 2).is_some_and(|token| token.shape == Shape::Capital) && !page.is(n + 2, cues::MONTH);
    (is_known && is_place && n + 2 < sentence.end).then(|| Mention {
        name: page.scan.word(n).to_string(),
        tokens: n..n + 1,
        sentence: sentence.clone(),
        place: None,
        date: None,
        ordinal: None,
    })
}

/// Reads `GSS (Dubai, 2012)` and `Assembly (New Delhi, 2024`: a name with place and year behind it.
fn bracketed(
    page: &Page<'_, '_>,
    answer: &Answer,
    editions: &[&str],
    n: usize,
    sentence: &Range<usize>,
) -> Option<Mention> {
    if !page.is_mark(n, "(") || n == sentence.start {
        return None;
    }
    let comma = (n + 2..sentence.end.min(n + 6)).find(|at| page.is_mark(*at, ","))?;
    let is_place = (n + 1..comma).all(|at| page.scan.tokens.get(at).is_some_and(|token| token.shape == Shape::Capital));
    let year = page.scan.word(comma + 1).get(..4)?;
    let is_year = year.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year));
    if !is_place || !is_year || page.is_key(n + 1, &[k("rev")]) {
        return None;
    }
    let (span, organisation) = page
        .organisation_at(page.scan.tokens.get(n - 1)?.start)
        .map_or((None, None), |(span, one)| (Some(span), Some(one)));
    let start = span.map_or(n - 1, |span| page.tokens(span).start);
    let is_acronym = page.scan.tokens.get(n - 1).is_some_and(|token| token.shape == Shape::Upper);
    let is_event = is_acronym || page.is(n - 1, cues::EVENT);
    let short = organisation.and_then(|one| answer.organisations.get(one)).and_then(|one| one.acronym.clone());
    let name = if is_acronym {
        page.scan.word(n - 1).to_string()
    } else {
        short.unwrap_or_else(|| page.scan.folded(&(start..n)))
    };
    is_event.then(|| Mention {
        name: named_by_year(editions, &name, year),
        tokens: start..comma + 2,
        sentence: sentence.clone(),
        place: Some(page.scan.folded(&(n + 1..comma))),
        date: Some(year.to_string()),
        ordinal: None,
    })
}

/// Returns the acronyms whose editions the document counts by two digits: `WTSA` for `WTSA-20`.
pub(super) fn editions<'a>(page: &Page<'_, 'a>) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for token in page.scan.tokens.iter().filter(|token| token.shape == Shape::Upper && token.end - token.start >= 5) {
        let word = page.scan.text(token.span());
        if let Some((acronym, number)) = word.rsplit_once('-')
            && number.len() == 2
            && number.bytes().all(|b| b.is_ascii_digit())
            && !found.contains(&acronym)
            && found.len() < 50
        {
            found.push(acronym);
        }
    }
    found
}

/// Returns `WTSA-24` where the document calls another edition `WTSA-20`, else `GSS 2012`.
fn named_by_year(editions: &[&str], name: &str, year: &str) -> String {
    if editions.contains(&name) {
        format!("{name}-{}", year.get(2..).unwrap_or_default())
    } else {
        format!("{name} {year}")
    }
}

/// Reads `its June 2023 meeting`, `the 2018 TSAG meeting`: a meeting that is named by whose it is and when.
fn dated_meeting(page: &Page<'_, '_>, n: usize, sentence: &Range<usize>) -> Option<Mention> {
    let at = page.scan.tokens.get(n)?.start;
    let date = page.dates_in(page.span(&(n..n + 1))).first().filter(|date| date.found.span.start == at)?;
    let crate::answer::Time::Date(day) = &date.time else { return None };
    let end = page.tokens(date.found.span).end;
    let is_meeting = page.is_key(end, &[k("meeting"), k("workshop"), k("plenary"), k("assembly"), k("session")]);
    let before = page.span(&(sentence.start..n));
    let (_, owner) = page.organisations_in(before).last()?;
    if !is_meeting || day.len() < 7 {
        return None;
    }
    let owner_words = page
        .organisations_in(before)
        .iter()
        .rev()
        .find(|(_, one)| one == owner)
        .map(|(span, _)| page.scan.text(*span))?;
    let start = if n > sentence.start && page.is_key(n - 1, &[k("its"), k("the"), k("their")]) { n - 1 } else { n };
    Some(Mention {
        name: format!("{owner_words} {} {}", page.scan.word(end), page.scan.text(date.found.span)),
        tokens: start..end + 1,
        sentence: sentence.clone(),
        place: None,
        date: Some(day.clone()),
        ordinal: None,
    })
}

/// Reads a name in capitals with an event's word as its head: `Annual ITU-MIIT Seminar 2021`.
fn titled(page: &Page<'_, '_>, n: usize, sentence: &Range<usize>) -> Option<Mention> {
    let scan = page.scan;
    let is_loose = page.is_key(n, &[k("event"), k("events"), k("talks"), k("place")]);
    if !page.is(n, cues::EVENT) || is_loose || !scan.tokens.get(n)?.is_capital(scan) {
        return None;
    }
    let mut start = n;
    while start > sentence.start && is_of_name(page, start - 1) {
        start -= 1;
    }
    while start < n && (page.is_mark(start, "-–&/") || page.is(start, cues::FUNCTION)) {
        start += 1;
    }
    let mut end = n + 1;
    while end < sentence.end && goes_on(page, end) && !breaks(page, end) {
        end += 1;
    }
    // `Conference on "Things"`: the words in quotation marks are of the name.
    let is_quoted = page.is_key(end, &[k("on"), k("about"), k("for")]) && page.is_mark(end + 1, "“\"‘«");
    if is_quoted && let Some(close) = (end + 2..sentence.end.min(end + 24)).find(|n| page.is_mark(*n, "”\"»")) {
        end = close + 1;
    }
    if start == n && end == n + 1 {
        return None;
    }
    let ordinal = ordinal(page, start);
    let name = scan.folded(&(start + usize::from(ordinal.is_some())..end));
    let mut mention =
        Mention { name, tokens: start..end, sentence: sentence.clone(), place: None, date: None, ordinal };
    // `Assembly (WTSA-20)`: the bracket is the better name.
    if page.is_mark(end, "(")
        && let Some(short) = edition(page, end + 1, sentence).filter(|_| page.is_mark(end + 2, ")"))
    {
        mention.name = short.name;
        mention.tokens.end = end + 3;
    }
    Some(mention)
}

/// True when a new line begins at the token `n`.
pub(super) fn breaks(page: &Page<'_, '_>, n: usize) -> bool {
    let gap = crate::answer::Span::new(page.span(&(n - 1..n)).end, page.span(&(n..n + 1)).start);
    page.scan.text(gap).contains('\n')
}

/// Reads `the WP2/TSAG meeting held in Geneva`, `the SG13 meeting (Geneva, 3-14 March 2023)`: a body's meeting with a time or
/// place.
fn of_body(page: &Page<'_, '_>, n: usize, sentence: &Range<usize>) -> Option<Mention> {
    let mut start = n;
    while start > sentence.start && (is_of_name(page, start - 1) || page.is_mark(start - 1, "/)(")) && n - start < 9 {
        start -= 1;
    }
    while start < n && page.is_mark(start, "/)(-–") {
        start += 1;
    }
    let before = page.span(&(start..n));
    let is_acronym = page.scan.tokens.get(n.wrapping_sub(1)).is_some_and(|token| token.shape == Shape::Upper);
    let is_named = start < n && (is_acronym || !page.organisations_in(before).is_empty());
    let is_held = page.is_key(n + 1, &[k("held"), k("took")])
        || page.is_mark(n + 1, "(") && page.is(n, cues::ORGAN | cues::EVENT);
    let is_dated = !page.dates_in(page.span(&(n + 1..sentence.end.min(n + 14)))).is_empty();
    (is_named && is_held && is_dated).then(|| Mention {
        name: page.scan.folded(&(start..n + 1)),
        tokens: start..n + 1,
        sentence: sentence.clone(),
        place: None,
        date: None,
        ordinal: None,
    })
}

/// True for a word before the head of a name.
fn is_of_name(page: &Page<'_, '_>, n: usize) -> bool {
    let Some(token) = page.scan.tokens.get(n) else { return false };
    let is_word = match token.shape {
        Shape::Capital | Shape::Upper | Shape::Mixed => true,
        Shape::Mark('-' | '–' | '&' | '/') => !token.is_spaced || token.is('&'),
        _ => page.is_key(n, &[k("and")]) && n > 0 && page.is(n + 1, 0),
    };
    is_word && !page.is(n, cues::FUNCTION | cues::MONTH)
}

/// True for a word after the head: `on Open Source`, a year, or more capitals.
fn goes_on(page: &Page<'_, '_>, n: usize) -> bool {
    let is_capital = |n: usize| {
        page.scan.tokens.get(n).is_some_and(|token| token.is_capital(page.scan) || token.shape == Shape::Mixed)
    };
    let is_link = page.is_key(n, &[k("on"), k("for"), k("of"), k("and")]);
    let is_year =
        page.scan.word(n).len() == 4 && page.scan.word(n).parse::<u16>().is_ok_and(|year| (1950..2100).contains(&year));
    is_capital(n)
        && !page.is(n, cues::MONTH | cues::FUNCTION)
        && page.scan.tokens.get(n).is_some_and(|token| token.is_spaced)
        || is_link && is_capital(n + 1) && !page.is(n + 1, cues::MONTH)
        || is_year
}

/// Returns the ordinal at the token `n`: `First`, `2nd`.
pub(super) fn ordinal(page: &Page<'_, '_>, n: usize) -> Option<String> {
    const WORDS: [&str; 14] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "inaugural",
        "final",
    ];
    let word = page.scan.word(n);
    let small = word.to_lowercase();
    let number = small.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_number = number.len() < small.len() && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let is_ordinal = is_number && ["st", "nd", "rd", "th"].contains(&small.get(number.len()..).unwrap_or_default());
    (WORDS.contains(&small.as_str()) || is_ordinal).then_some(small)
}
