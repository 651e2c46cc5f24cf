//! Statements of quantity: `more than 500 industry members`, `up to 10 years difference`, `170+ institutions`.
//!
//! A number is one only with the noun that it counts. Labels (`Session 1`), dates, numbers of documents, and what a
//! programme plans are none; nor is anything in a stretch where inserted and deleted words ran together.

use std::ops::Range;

use super::cues::{self, k};
use super::page::Page;
use crate::answer::{Answer, Found, Metric, Span, Time};
use crate::scan::{Shape, Token};

/// Adds statements of quantity to `answer`, except in `suspicious` stretches.
pub(crate) fn read(page: &Page<'_, '_>, answer: &mut Answer, suspicious: &[Span]) {
    let planned: Vec<Span> = answer.sessions.iter().map(|session| session.extent).collect();
    for sentence in &page.scan.sentences {
        let mut n = sentence.start;
        while n < sentence.end {
            let Some(quantity) = quantity(page, n, sentence) else {
                n += 1;
                continue;
            };
            n = quantity.tokens.end;
            let span = page.span(&quantity.tokens);
            let meets = |list: &[Span]| {
                let next = list.partition_point(|one| one.end <= span.start);
                list.get(next).is_some_and(|one| one.meets(span))
            };
            let is_fused = meets(suspicious);
            let is_plan = meets(&planned) && is_plan(page, &quantity);
            if !is_fused && !is_plan {
                let subject = subject(page, sentence, &quantity);
                let as_of = as_of(page, &quantity, sentence);
                let found = Found::new(span, quantity.rule, quantity.confidence);
                let Quantity { value, operator, unit, .. } = quantity;
                answer.metrics.push(Metric { subject, value, operator, unit, as_of, found });
            }
        }
    }
}

struct Quantity {
    value: String,
    operator: &'static str,
    unit: String,
    /// The number with its approximator, and what it counts.
    tokens: Range<usize>,
    /// The number alone.
    number: Range<usize>,
    rule: &'static str,
    confidence: f64,
}

/// Nouns that are counted in words too: `six meetings`. Other numbers in words are talk: `the two organizations`.
const COUNTED: [u64; 15] = [
    k("meetings"),
    k("members"),
    k("countries"),
    k("years"),
    k("months"),
    k("participants"),
    k("delegates"),
    k("editions"),
    k("workshops"),
    k("standards"),
    k("contributions"),
    k("documents"),
    k("companies"),
    k("recommendations"),
    k("states"),
];

/// Plurals without `s`, and units.
const UNITS: [u64; 12] = [
    k("people"),
    k("percent"),
    k("anniversary"),
    k("staff"),
    k("women"),
    k("men"),
    k("km"),
    k("ghz"),
    k("mhz"),
    k("gbit"),
    k("series"),
    k("cent"),
];

/// Returns the quantity whose number is at the token `n`.
fn quantity(page: &Page<'_, '_>, n: usize, sentence: &Range<usize>) -> Option<Quantity> {
    let token = page.scan.tokens.get(n)?;
    let may_be = matches!(token.shape, Shape::Number | Shape::Mixed) || page.is(n, cues::NUMERAL);
    let (value, is_word) = number(page, n, token).filter(|_| may_be)?;
    // `5 Fourteenth series`: the number of a heading.
    let is_first = page.block(token.block as usize).start == n;
    let is_heading = is_first && page.scan.tokens.get(n + 1).is_some_and(|next| next.shape == Shape::Capital);
    if is_label(page, n, sentence) || is_date(page, token.span()) || is_heading {
        return None;
    }
    let (operator, start) = operator(page, n, sentence);
    let mut end = n + 1;
    let mut value = value;
    let is_plus = page.is_mark(end, "+") || page.is_mark(end, "%");
    if page.is_mark(end, "%") {
        let tokens = start..end + 1;
        return Some(Quantity {
            value,
            operator,
            unit: "%".into(),
            tokens,
            number: n..n + 1,
            rule: "percent",
            confidence: 0.9,
        });
    }
    end += usize::from(is_plus);
    for scale in ["billion", "million", "thousand", "trillion"] {
        if page.scan.says(end, &[scale]) {
            value = format!("{value} {scale}");
            end += 1;
        }
    }
    let has_scale = value.contains(' ');
    let (unit, end) = match unit(page, end, sentence.end) {
        Some((unit, end)) => (unit, end),
        None if has_scale => {
            let stop = scale_end(page, end, sentence.end);
            (page.scan.folded(&(end..stop)), stop)
        }
        None => return None,
    };
    // The 50th anniversary says how many years.
    let unit = if page.is_key(end - 1, &[k("anniversary")]) { "years".to_string() } else { unit };
    let is_counted = page.is_key(end - 1, &COUNTED) || operator != "=";
    if is_word && !is_counted {
        return None;
    }
    let operator = if is_plus { ">=" } else { operator };
    let rule = if is_word { "number-in-words" } else { "number-and-noun" };
    Some(Quantity {
        value,
        operator,
        unit,
        tokens: start..end,
        number: n..n + 1,
        rule,
        confidence: if is_word { 0.8 } else { 0.85 },
    })
}

/// Returns where `10-100 billion per metropolitan area` ends.
fn scale_end(page: &Page<'_, '_>, end: usize, stop: usize) -> usize {
    if !page.is_key(end, &[k("per")]) {
        return end;
    }
    (end..stop.min(end + 5)).find(|n| page.is_mark(*n, ".,;:)")).unwrap_or(stop.min(end + 3))
}

/// Returns the number that a token says, thousands joined, and whether it says it in words.
fn number(page: &Page<'_, '_>, n: usize, token: &Token) -> Option<(String, bool)> {
    const WORDS: [(u64, &str); 12] = [
        (k("two"), "2"),
        (k("three"), "3"),
        (k("four"), "4"),
        (k("five"), "5"),
        (k("six"), "6"),
        (k("seven"), "7"),
        (k("eight"), "8"),
        (k("nine"), "9"),
        (k("ten"), "10"),
        (k("eleven"), "11"),
        (k("twelve"), "12"),
        (k("twenty"), "20"),
    ];
    let word = page.scan.word(n);
    match token.shape {
        Shape::Number => {
            let is_version = word.matches('.').count() > 1 || word.starts_with('0') && !word.contains('.');
            (!is_version).then(|| (word.replace(',', "").replace('\u{2011}', "-"), false))
        }
        Shape::Lower | Shape::Capital if page.is(n, cues::NUMERAL) => {
            WORDS.iter().find(|(key, _)| *key == token.key).map(|(_, value)| ((*value).to_string(), true))
        }
        // `50th anniversary`
        Shape::Mixed => {
            let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
            let is_ordinal = ["st", "nd", "rd", "th"].contains(&word.get(digits.len()..)?);
            let is_birthday = page.find_key(n..n + 3, &[k("anniversary")]).is_some();
            (is_ordinal && is_birthday).then_some((digits, false))
        }
        _ => None,
    }
}

/// True for a number that only numbers something: `Session 1`, `tier 1 operators`, `IEEE 7,000`, `SGs 11, 13`.
fn is_label(page: &Page<'_, '_>, n: usize, sentence: &Range<usize>) -> bool {
    let after = page.scan.tokens.get(n + 1);
    let is_glued = after
        .is_some_and(|token| !token.is_spaced && matches!(token.shape, Shape::Mark(':' | '/' | '.' | ')' | '-' | ']')));
    let Some(before) = n.checked_sub(1).filter(|before| *before >= sentence.start) else { return is_glued };
    let is_joined = page.is_mark(before, "/:§#$.") && page.scan.tokens.get(n).is_some_and(|token| !token.is_spaced);
    let is_named = page.is(before, cues::LABEL | cues::DOCUMENT | cues::MONTH)
        || page.scan.tokens.get(before).is_some_and(|token| token.shape == Shape::Upper && !token.is_owner);
    let is_series = page.is_mark(before, ",")
        && page.scan.tokens.get(before.wrapping_sub(1)).is_some_and(|token| token.shape == Shape::Number);
    is_glued || is_joined || is_named || is_series
}

fn is_date(page: &Page<'_, '_>, span: Span) -> bool {
    let is_within = |at: usize| {
        let from = Span::new(at.saturating_sub(40), at + 1);
        page.dates_in(from).iter().any(|date| date.found.span.holds(span))
    };
    let is_year = page.scan.text(span).len() == 4
        && page.scan.text(span).parse::<u16>().is_ok_and(|year| (1950..2050).contains(&year));
    is_year || is_within(span.start)
}

/// Returns how the words before a number bound it, and where they begin.
fn operator(page: &Page<'_, '_>, n: usize, sentence: &Range<usize>) -> (&'static str, usize) {
    const PHRASES: &[(&[&str], &str)] = &[
        (&["more", "than"], ">"),
        (&["fewer", "than"], "<"),
        (&["less", "than"], "<"),
        (&["at", "least"], ">="),
        (&["no", "less", "than"], ">="),
        (&["up", "to"], "<="),
        (&["as", "many", "as"], "<="),
        (&["at", "most"], "<="),
        (&["over", "the", "past"], ">"),
        (&["over", "the", "last"], ">"),
        (&["over"], ">"),
        (&["above"], ">"),
        (&["exceeding"], ">"),
        (&["beyond"], ">"),
        (&["under"], "<"),
        (&["below"], "<"),
        (&["around"], "~"),
        (&["about"], "~"),
        (&["approximately"], "~"),
        (&["roughly"], "~"),
        (&["some"], "~"),
        (&["nearly"], "~"),
        (&["almost"], "~"),
        (&["circa"], "~"),
        (&["close", "to"], "~"),
        (&["the", "last"], "="),
        (&["the", "past"], "="),
    ];
    let fits = |words: &[&str]| {
        let start = n.checked_sub(words.len())?;
        (start >= sentence.start && page.scan.says(start, words)).then_some(start)
    };
    let found = PHRASES.iter().find_map(|(words, operator)| Some((*operator, fits(words)?)));
    found.unwrap_or(("=", n))
}

/// Returns the noun that a number counts, with the words before it, and the token after it.
fn unit(page: &Page<'_, '_>, from: usize, stop: usize) -> Option<(String, usize)> {
    let mut n = from;
    while n < stop.min(from + 5) {
        let token = page.scan.tokens.get(n)?;
        let word = page.scan.text(token.span());
        let is_word =
            matches!(token.shape, Shape::Lower | Shape::Capital) || token.shape == Shape::Upper && word.ends_with('s');
        if page.is_key(n, &UNITS) || is_word && is_plural(page, n, word) {
            // `orders of magnitude`, `academic and research institutions` are one.
            let is_order = page.scan.says(n, &["orders", "of", "magnitude"]);
            let end = if is_order { n + 3 } else { last_noun(page, n, stop) + 1 };
            return Some((page.scan.folded(&(from..end)), end));
        }
        let is_link = page.is_key(n, &[k("and"), k("different")]) && n > from;
        if !is_word && token.shape != Shape::Mixed && token.shape != Shape::Upper
            || page.is(n, cues::FUNCTION) && !is_link
        {
            return None;
        }
        n += 1;
    }
    None
}

/// Returns the last plural of a chain of nouns: `standards development organizations`.
fn last_noun(page: &Page<'_, '_>, first: usize, stop: usize) -> usize {
    let is_noun = |n: &usize| {
        let is_small = page.scan.tokens.get(*n).is_some_and(|token| token.shape == Shape::Lower);
        is_small && !page.is(*n, cues::FUNCTION | cues::AUXILIARY | cues::HELD | cues::INCLUDE | cues::APPROXIMATE)
    };
    let chain = (first + 1..stop.min(first + 4)).take_while(is_noun);
    chain.filter(|n| is_plural(page, *n, page.scan.word(*n))).last().unwrap_or(first)
}

fn is_plural(page: &Page<'_, '_>, n: usize, word: &str) -> bool {
    let is_s = word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is");
    is_s && !page.is(n, cues::FUNCTION | cues::AUXILIARY)
}

/// True for the planned length and number of speakers of a session: the programme's own line.
fn is_plan(page: &Page<'_, '_>, quantity: &Quantity) -> bool {
    const PLANNED: [u64; 7] =
        [k("minutes"), k("mins"), k("min"), k("speakers"), k("panellists"), k("panelists"), k("presentations")];
    page.find_key(quantity.tokens.clone(), &PLANNED).is_some()
}

/// Returns what is measured: whose it is where an organisation is named just before, and the unit.
fn subject(page: &Page<'_, '_>, sentence: &Range<usize>, quantity: &Quantity) -> String {
    let before = page.span(&(sentence.start..quantity.tokens.start));
    let owner = page.organisations_in(before).last().map(|(span, _)| page.scan.text(*span));
    match owner {
        Some(owner) => format!("{owner}: {}", quantity.unit),
        None => quantity.unit.clone(),
    }
}

/// Returns as of when: `in 2023`, `as of June 2024` right after it.
fn as_of(page: &Page<'_, '_>, quantity: &Quantity, sentence: &Range<usize>) -> Option<String> {
    let after = page.span(&(quantity.number.end..sentence.end.min(quantity.tokens.end + 8)));
    let date = page.dates_in(after).first()?;
    let start = page.tokens(date.found.span).start;
    let is_as_of = page.is_key(start - 1, &[k("in"), k("of"), k("by"), k("since"), k("on")]);
    match &date.time {
        Time::Date(text) if is_as_of => Some(text.clone()),
        _ => None,
    }
}
