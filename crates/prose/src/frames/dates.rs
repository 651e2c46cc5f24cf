//! Dates and times as they stand: days, intervals, months, years, decades, times of day; relative ones stay relative.
//!
//! A year in the name of an edition - `(Rev. Dubai, 2012)` - is no date, nor is the number of a standard.

use std::ops::Range;

use jiff::civil;

use super::cues::{self, k};
use crate::answer::{Answer, Found, Span, StatedDate, Time};
use crate::scan::{Scan, Shape, Token};

/// Adds every date, time of day and relative date to `answer`.
pub(crate) fn read(scan: &Scan<'_>, answer: &mut Answer) {
    let mut years = Vec::new();
    let mut n = 0;
    while let Some(token) = scan.tokens.get(n) {
        let Some(stated) = starts(scan, n, *token) else {
            n += 1;
            continue;
        };
        n = stated.tokens.end;
        // A bare year is listed once: that it is named again says nothing new.
        if stated.rule == "year" {
            if years.contains(&stated.time) {
                continue;
            }
            years.push(stated.time.clone());
        }
        let mut span = scan.span(&stated.tokens);
        if stated.rule == "decade" {
            // `1980's`: the end belongs to no token.
            let rest = scan.document.text.get(span.end..).unwrap_or_default();
            span.end += ["'s", "’s"].iter().find(|end| rest.starts_with(**end)).map_or(0, |end| end.len());
        }
        let found = Found::new(span, stated.rule, stated.confidence);
        answer.dates.push(StatedDate { time: stated.time, found });
    }
}

/// A date that was read from some tokens.
struct Stated {
    time: Time,
    tokens: Range<usize>,
    rule: &'static str,
    confidence: f64,
}

impl Stated {
    fn new(time: Time, tokens: Range<usize>, rule: &'static str, confidence: f64) -> Self {
        Self { time, tokens, rule, confidence }
    }
}

/// Returns the date that begins at the token `n`.
fn starts(scan: &Scan<'_>, n: usize, token: Token) -> Option<Stated> {
    match token.shape {
        Shape::Number => whole(scan, n)
            .or_else(|| clock(scan, n))
            .or_else(|| day_first(scan, n))
            .or_else(|| slashed(scan, n))
            .or_else(|| decade(scan, n))
            .or_else(|| year(scan, n)),
        Shape::Mixed => day_first(scan, n).or_else(|| decade(scan, n)).or_else(|| han(scan, n)),
        Shape::Capital | Shape::Upper if cues::class_of(token.key) & cues::MONTH != 0 => month_first(scan, n),
        Shape::Capital | Shape::Lower if cues::class_of(token.key) & cues::RELATIVE != 0 => relative(scan, n),
        _ => None,
    }
}

/// The key of each name of a month, and its number.
const MONTHS: [(u64, i8); 24] = [
    (k("january"), 1),
    (k("february"), 2),
    (k("march"), 3),
    (k("april"), 4),
    (k("may"), 5),
    (k("june"), 6),
    (k("july"), 7),
    (k("august"), 8),
    (k("september"), 9),
    (k("october"), 10),
    (k("november"), 11),
    (k("december"), 12),
    (k("jan"), 1),
    (k("feb"), 2),
    (k("mar"), 3),
    (k("apr"), 4),
    (k("jun"), 6),
    (k("jul"), 7),
    (k("aug"), 8),
    (k("sep"), 9),
    (k("sept"), 9),
    (k("oct"), 10),
    (k("nov"), 11),
    (k("dec"), 12),
];

fn month(scan: &Scan<'_>, n: usize) -> Option<i8> {
    let token = scan.tokens.get(n)?;
    if !matches!(token.shape, Shape::Capital | Shape::Upper) {
        return None;
    }
    MONTHS.iter().find(|(key, _)| *key == token.key).map(|(_, month)| *month)
}

/// Returns a month at `n` and the number of the token after it, an abbreviation's full stop passed over.
fn month_then(scan: &Scan<'_>, n: usize) -> Option<(i8, usize)> {
    let month = month(scan, n)?;
    let is_stop = is_mark(scan, n + 1, ".") && scan.word(n).len() <= 4;
    Some((month, n + 1 + usize::from(is_stop && same_block(scan, n, n + 2))))
}

/// Returns the days that one token says: `19`, `26th`, `1-9`.
fn days(scan: &Scan<'_>, n: usize) -> Option<(i8, Option<i8>)> {
    let word = scan.word(n);
    if !word.starts_with(|c: char| c.is_ascii_digit()) || word.len() > 9 {
        return None;
    }
    let mut parts = word.split(['-', '\u{2010}', '\u{2011}']);
    let first = day(parts.next()?)?;
    let second = parts.next().map(day);
    match (second, parts.next()) {
        (None, None) => Some((first, None)),
        (Some(Some(last)), None) if last > first => Some((first, Some(last))),
        _ => None,
    }
}

fn day(word: &str) -> Option<i8> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, end) = word.split_at_checked(digits)?;
    let is_day = matches!(end, "" | "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH");
    number.parse().ok().filter(|day| is_day && digits <= 2 && (1..=31).contains(day))
}

fn year_at(scan: &Scan<'_>, n: usize) -> Option<i16> {
    let token = scan.tokens.get(n).filter(|token| token.shape == Shape::Number && token.end - token.start == 4)?;
    scan.text(token.span()).parse().ok().filter(|year| (1850..2100).contains(year))
}

fn is_mark(scan: &Scan<'_>, n: usize, marks: &str) -> bool {
    matches!(scan.tokens.get(n).map(|token| token.shape), Some(Shape::Mark(mark)) if marks.contains(mark))
}

/// True at a dash, a stroke or the word that stands for one; `then` is a word of the same block.
fn joins(scan: &Scan<'_>, n: usize) -> bool {
    const WORDS: [u64; 4] = [k("to"), k("and"), k("until"), k("through")];
    is_mark(scan, n, "-–—‑/&") || scan.tokens.get(n).is_some_and(|token| WORDS.contains(&token.key))
}

fn same_block(scan: &Scan<'_>, n: usize, other: usize) -> bool {
    matches!((scan.tokens.get(n), scan.tokens.get(other)), (Some(a), Some(b)) if a.block == b.block)
}

/// Returns a day as text, or nothing where the calendar has none.
fn iso(year: i16, month: i8, day: i8) -> Option<String> {
    civil::Date::new(year, month, day).ok().map(|date| date.to_string())
}

fn interval(from: (i16, i8, i8), to: (i16, i8, i8)) -> Option<Time> {
    Some(Time::Date(format!("{}/{}", iso(from.0, from.1, from.2)?, iso(to.0, to.1, to.2)?)))
}

/// Reads `19 April 2024`, `1-9 March 2022`, `26 February - 2 March 2018`, `the 2nd of May`; without a year it is relative.
fn day_first(scan: &Scan<'_>, n: usize) -> Option<Stated> {
    let (from, mut to) = days(scan, n)?;
    let mut next = n + 1;
    if to.is_none()
        && joins(scan, next)
        && let Some((last, None)) = days(scan, next + 1)
    {
        to = Some(last);
        next += 2;
    }
    next += usize::from(scan.says(next, &["of"]));
    let (first_month, mut next) = month_then(scan, next)?;
    let mut end_month = first_month;
    if to.is_none()
        && joins(scan, next)
        && let (Some((last, None)), Some((month, after))) = (days(scan, next + 1), month_then(scan, next + 2))
    {
        (to, end_month, next) = (Some(last), month, after);
    }
    if !same_block(scan, n, next - 1) {
        return None;
    }
    with_year(scan, n, next, (first_month, from), to.map(|to| (end_month, to)))
}

/// Reads `April 19, 2024`, `April 15 to 17`, `February 26 - March 2, 2018`, `June 2023`, `March/April 2024`.
fn month_first(scan: &Scan<'_>, n: usize) -> Option<Stated> {
    let (month, next) = month_then(scan, n)?;
    if !same_block(scan, n, next) {
        return None;
    }
    let comma = usize::from(is_mark(scan, next, ","));
    if let Some(year) = year_at(scan, next + comma) {
        let text = format!("{year:04}-{month:02}");
        return Some(Stated::new(Time::Date(text), n..next + comma + 1, "month-year", 0.97));
    }
    if joins(scan, next)
        && let Some((last, after)) = month_then(scan, next + 1)
    {
        let year = year_at(scan, after)?;
        let text = format!("{year:04}-{month:02}/{year:04}-{last:02}");
        return Some(Stated::new(Time::Date(text), n..after + 1, "months-year", 0.95));
    }
    let (from, mut to) = days(scan, next)?;
    let (mut next, mut end_month) = (next + 1, month);
    if to.is_none() && joins(scan, next) {
        if let Some((last, None)) = days(scan, next + 1) {
            (to, next) = (Some(last), next + 2);
        } else if let Some((month, after)) = month_then(scan, next + 1) {
            let (last, _) = days(scan, after)?;
            (to, end_month, next) = (Some(last), month, after + 1);
        }
    }
    with_year(scan, n, next, (month, from), to.map(|to| (end_month, to)))
}

/// Adds the year that follows at `next`; days without a year are relative.
fn with_year(scan: &Scan<'_>, n: usize, next: usize, from: (i8, i8), to: Option<(i8, i8)>) -> Option<Stated> {
    let comma = usize::from(is_mark(scan, next, ","));
    let year = year_at(scan, next + comma).filter(|_| same_block(scan, n, next + comma));
    let Some(year) = year else {
        return Some(Stated::new(Time::Relative, n..next, "day-without-year", 0.9));
    };
    let time = match to {
        Some(to) => interval((year, from.0, from.1), (year, to.0, to.1))?,
        None => Time::Date(iso(year, from.0, from.1)?),
    };
    Some(Stated::new(time, n..next + comma + 1, "day-month-year", 0.99))
}

/// Reads `2024-04-19`, `2024-04`, `19.04.2024`, `2012-2016` where one token says it all.
fn whole(scan: &Scan<'_>, n: usize) -> Option<Stated> {
    let word = scan.word(n);
    let is_dotted = word.contains('.');
    let parts: Vec<&str> = if is_dotted { word.split('.').collect() } else { word.split(['-', '\u{2011}']).collect() };
    let number = |at: usize| parts.get(at)?.parse::<i16>().ok();
    let text = match (parts.as_slice(), is_dotted) {
        ([y, m, d], false) if y.len() == 4 && m.len() == 2 && d.len() == 2 => {
            iso_of(number(0)?, number(1)?, number(2)?)?
        }
        ([d, m, y], true) if y.len() == 4 && m.len() <= 2 && d.len() <= 2 => {
            iso_of(number(2)?, number(1)?, number(0)?)?
        }
        ([y, m], false) if y.len() == 4 && m.len() == 2 && (1..=12).contains(&number(1)?) => {
            format!("{y}-{m}")
        }
        ([from, to], false) if from.len() == 4 && to.len() == 4 && is_year(number(0)?) && number(1)? > number(0)? => {
            format!("{from}/{to}")
        }
        _ => return None,
    };
    is_year(text.get(..4)?.parse().ok()?).then(|| Stated::new(Time::Date(text), n..n + 1, "numeric", 0.95))
}

fn iso_of(year: i16, month: i16, day: i16) -> Option<String> {
    iso(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

fn is_year(year: i16) -> bool {
    (1850..2100).contains(&year)
}

/// Reads `2024/04/19` and `19/04/2024`; where day and month could be either it is no date.
fn slashed(scan: &Scan<'_>, n: usize) -> Option<Stated> {
    let part = |at: usize| scan.word(at).parse::<i16>().ok();
    let is_joined = |at: usize| is_mark(scan, at, "/") && scan.tokens.get(at + 1).is_some_and(|token| !token.is_spaced);
    if !(is_joined(n + 1) && is_joined(n + 3) && same_block(scan, n, n + 4)) {
        return None;
    }
    let (first, second, third) = (part(n)?, part(n + 2)?, part(n + 4)?);
    let text = if is_year(first) {
        iso_of(first, second, third)?
    } else if is_year(third) && first > 12 {
        iso_of(third, second, first)?
    } else if is_year(third) && second > 12 {
        iso_of(third, first, second)?
    } else {
        return None;
    };
    Some(Stated::new(Time::Date(text), n..n + 5, "numeric", 0.95))
}

/// Reads `09:00`, `09:00 - 09:30`, `2:30 pm`.
fn clock(scan: &Scan<'_>, n: usize) -> Option<Stated> {
    let mut end = hour(scan, n)?;
    if joins(scan, end) && same_block(scan, n, end + 1) {
        end = hour(scan, end + 1).unwrap_or(end);
    }
    Some(Stated::new(Time::Clock(scan.folded(&(n..end))), n..end, "clock", 0.98))
}

/// Returns the number of the token after a time of day.
fn hour(scan: &Scan<'_>, n: usize) -> Option<usize> {
    let is_number = |at: usize, most: u32, len: usize| {
        let word = scan.word(at);
        word.len() <= 2 && word.len() >= len && word.parse::<u32>().is_ok_and(|number| number < most)
    };
    let minutes = scan.tokens.get(n + 2)?;
    let is_time = is_number(n, 25, 1) && is_mark(scan, n + 1, ":") && is_number(n + 2, 60, 2) && !minutes.is_spaced;
    if !is_time || is_mark(scan, n + 3, ":") && scan.tokens.get(n + 4).is_some_and(|token| !token.is_spaced) {
        return None;
    }
    let is_half = scan.says(n + 3, &["am"]) || scan.says(n + 3, &["pm"]);
    Some(n + 3 + usize::from(is_half))
}

/// Reads a year that stands alone.
fn year(scan: &Scan<'_>, n: usize) -> Option<Stated> {
    let year = year_at(scan, n)?;
    let before = n.checked_sub(1).filter(|before| same_block(scan, *before, n)).and_then(|n| scan.tokens.get(n));
    let after = scan.tokens.get(n + 1).filter(|_| same_block(scan, n, n + 1));
    // `03/04/2022`: which is the day is not known, and the year alone is not what it says.
    let is_part = before.is_some_and(|token| token.is('/') || token.is('.'))
        && n.checked_sub(2).and_then(|n| scan.tokens.get(n)).is_some_and(|token| token.shape == Shape::Number);
    let is_count = after.is_some_and(|token| token.is('+') || token.is('%'));
    if is_edition(scan, n, before, after) || is_count || is_part {
        return None;
    }
    let confidence: f64 = match before {
        None => 0.7,
        Some(before) if TEMPORAL.contains(&before.key) => 0.95,
        Some(before) => match before.shape {
            Shape::Capital | Shape::Mark('(' | ',' | '–' | '-' | '/' | '\'' | '’') => 0.85,
            Shape::Upper if !PUBLISHERS.contains(&before.key) => 0.8,
            Shape::Lower if after.is_none_or(|token| !token.is_word()) => 0.7,
            _ => 0.0,
        },
    };
    // A plural after it would be counted: `2000 members`.
    let is_count = after.is_some_and(|token| token.shape == Shape::Lower && scan.text(token.span()).ends_with('s'));
    let is_date = confidence > 0.0 && !(is_count && confidence < 0.9)
        || before.is_some_and(|token| token.key == k("this") || token.key == k("that"));
    is_date.then(|| Stated::new(Time::Date(format!("{year:04}")), n..n + 1, "year", confidence.max(0.7)))
}

/// Words before a year that make it one.
const TEMPORAL: [u64; 16] = [
    k("in"),
    k("since"),
    k("until"),
    k("till"),
    k("from"),
    k("by"),
    k("before"),
    k("after"),
    k("during"),
    k("year"),
    k("early"),
    k("late"),
    k("mid"),
    k("of"),
    k("end"),
    k("circa"),
];

/// Publishers whose documents bear numbers that look like years.
const PUBLISHERS: [u64; 14] = [
    k("iso"),
    k("iec"),
    k("ieee"),
    k("rfc"),
    k("en"),
    k("ets"),
    k("ts"),
    k("tr"),
    k("bs"),
    k("din"),
    k("gb"),
    k("iso/iec"),
    k("std"),
    k("no"),
];

/// True for the year of an edition or of an earlier place: `(Rev. Dubai, 2012)`, `(Here, 2008; There, 2016)`.
fn is_edition(scan: &Scan<'_>, n: usize, before: Option<&Token>, after: Option<&Token>) -> bool {
    let is_after_place = before.is_some_and(|token| token.is(','))
        && n.checked_sub(2)
            .and_then(|n| scan.tokens.get(n))
            .is_some_and(|token| matches!(token.shape, Shape::Capital | Shape::Mixed));
    let closes = after.is_some_and(|token| token.is(')') || token.is(';') || token.is(','));
    let first = n.saturating_sub(12);
    let is_open = (first..n).rev().find_map(|at| match scan.tokens.get(at)?.shape {
        Shape::Mark('(') => Some(true),
        Shape::Mark(')') => Some(false),
        _ => None,
    });
    is_after_place && closes && is_open == Some(true)
}

/// Reads `1980s`, `1980's`.
fn decade(scan: &Scan<'_>, n: usize) -> Option<Stated> {
    let word = scan.word(n);
    let (number, end) = word.split_at_checked(4)?;
    let is_owner = scan.tokens.get(n).is_some_and(|token| token.is_owner);
    let is_end = matches!(end, "s" | "'s" | "’s") || end.is_empty() && is_owner;
    let is_decade = is_end && number.ends_with('0') && is_year(number.parse().ok()?);
    is_decade.then(|| Stated::new(Time::Date(format!("{number}s")), n..n + 1, "decade", 0.95))
}

/// Reads `2024年4月19日`, `2024年4月`, `2024年`.
fn han(scan: &Scan<'_>, n: usize) -> Option<Stated> {
    let word = scan.word(n);
    let (year, rest) = word.split_once('年')?;
    let start = year.len().checked_sub(4)?;
    let year: i16 = year.get(start..)?.parse().ok().filter(|year| is_year(*year))?;
    let (mut text, mut length) = (format!("{year:04}"), '年'.len_utf8() + start + 4);
    if let Some((month, rest)) = rest.split_once('月') {
        let number: i8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
        text = format!("{year:04}-{number:02}");
        length += month.len() + '月'.len_utf8();
        if let Some(day) = rest.split_once('日').and_then(|(day, _)| day.parse::<i8>().ok()) {
            text = iso(year, number, day)?;
            length += day.to_string().len() + '日'.len_utf8();
        }
    }
    // The token may go on after the date, for such a script has no spaces: the words of the whole token are its evidence.
    let is_whole = length >= word.len();
    Some(Stated::new(Time::Date(text), n..n + 1, "han", if is_whole { 0.95 } else { 0.85 }))
}

/// Reads words that only another date can date: `earlier this year`, `the day of the event`, `next month`.
fn relative(scan: &Scan<'_>, n: usize) -> Option<Stated> {
    const PHRASES: &[&[&str]] = &[
        &["earlier", "this"],
        &["later", "this"],
        &["early", "this"],
        &["early", "next"],
        &["early", "last"],
        &["the", "end", "of", "this"],
        &["end", "of", "this"],
        &["end", "of", "the"],
        &["last"],
        &["next"],
        &["previous"],
        &["coming"],
    ];
    const UNITS: [&str; 11] =
        ["year", "month", "week", "quarter", "spring", "summer", "autumn", "fall", "winter", "monday", "friday"];
    for phrase in PHRASES {
        let end = n + phrase.len();
        if scan.says(n, phrase) && UNITS.iter().any(|unit| scan.says(end, &[unit])) && same_block(scan, n, end) {
            return Some(Stated::new(Time::Relative, n..end + 1, "relative", 0.9));
        }
    }
    let of_event = ["event", "meeting", "workshop", "signing", "ceremony", "conference", "session"];
    for day in ["day", "same"] {
        let length = if day == "day" { 3 } else { 2 };
        let is_of = scan.says(n, &["day", "of", "the"]) && of_event.iter().any(|event| scan.says(n + 3, &[event]));
        if is_of && day == "day" || day == "same" && scan.says(n, &["same", "day"]) {
            let start = n - usize::from(n > 0 && scan.says(n - 1, &["the"]));
            return Some(Stated::new(Time::Relative, start..n + length + usize::from(is_of), "relative", 0.9));
        }
    }
    let is_day = ["today", "yesterday", "tomorrow"].iter().any(|word| scan.says(n, &[word]));
    let acts = cues::SIGN | cues::ANNOUNCE | cues::ENTER | cues::AUXILIARY;
    let is_act = |at: Option<&Token>| at.is_some_and(|token| token.is(',') || cues::class_of(token.key) & acts != 0);
    let is_said = is_act(scan.tokens.get(n + 1)) || is_act(n.checked_sub(1).and_then(|n| scan.tokens.get(n)));
    (is_day && is_said).then(|| Stated::new(Time::Relative, n..n + 1, "relative", 0.9))
}

/// Returns the date in `dates` that begins nearest after `at` and inside `span`.
pub(crate) fn within(dates: &[StatedDate], span: Span) -> &[StatedDate] {
    let first = dates.partition_point(|date| date.found.span.start < span.start);
    let end = dates.partition_point(|date| date.found.span.start < span.end);
    dates.get(first..end).unwrap_or_default()
}
