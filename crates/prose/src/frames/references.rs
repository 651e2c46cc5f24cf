//! References: documents that are cited by identifier - `TSAG-TD257R1`, `Resolution 122 (Rev. Guadalajara, 2010)`,
//! `Rec. A.5, A.18`, `IEEE 11073`, `C102` - or by name: `5G Action Plan`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::cues::{self, k};
use super::page::Page;
use crate::answer::{Answer, Found};
use crate::scan::Shape;

/// Adds references to `answer`, each once.
pub(crate) fn read(page: &Page<'_, '_>, answer: &mut Answer) {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut n = 0;
    while n < page.scan.tokens.len() {
        let Some((tokens, rule)) = at(page, n) else {
            n += 1;
            continue;
        };
        n = tokens.end.max(n + 1);
        let name = identity(&page.scan.folded(&tokens));
        // `Resolution 68` says no more than `Resolution 68 (Rev. Hammamet, 2016)` before it.
        let is_part =
            seen.range(format!("{name}(")..).next().is_some_and(|other| other.starts_with(&format!("{name}(")));
        if !is_part && seen.insert(name) {
            answer.references.push(Found::new(page.span(&tokens), rule, 0.9));
        }
    }
}

/// Returns what makes a reference the same as another one, however it is written: `Res.68` and `Resolution 68`.
fn identity(words: &str) -> String {
    let small = words.to_lowercase().replace('\u{2011}', "-");
    let long = small
        .strip_prefix("resolutions")
        .or_else(|| small.strip_prefix("resolution"))
        .or_else(|| small.strip_prefix("res"));
    let Some(rest) = long else { return small };
    rest.chars()
        .filter(|c| !c.is_whitespace() && *c != '.')
        .fold("resolution".to_string(), |all, c| all + &c.to_string())
}

/// Returns the reference that begins at the token `n`.
fn at(page: &Page<'_, '_>, n: usize) -> Option<(Range<usize>, &'static str)> {
    let token = page.scan.tokens.get(n)?;
    match token.shape {
        Shape::Upper => temporary(page, n)
            .or_else(|| contribution(page, n))
            .or_else(|| standard(page, n))
            .or_else(|| titled(page, n)),
        Shape::Capital => {
            if page.is(n, cues::DOCUMENT) {
                numbered(page, n)
            } else {
                titled(page, n)
            }
        }
        Shape::Mixed => titled(page, n),
        _ => None,
    }
}

/// Reads `TSAG-TD257R1`, `TD-GEN-0011`, and `TSAG-TD 256` in two tokens.
fn temporary(page: &Page<'_, '_>, n: usize) -> Option<(Range<usize>, &'static str)> {
    let word = page.scan.word(n);
    let at = word.find("TD")?;
    let is_start = at == 0 || word[..at].ends_with(['-', '\u{2011}']);
    let rest = word.get(at + 2..)?;
    let has_number = rest.trim_start_matches(['-', '\u{2011}']).chars().any(|c| c.is_ascii_digit());
    let is_bare = rest.is_empty() && at > 0;
    let is_next = page.scan.word(n + 1).chars().next().is_some_and(|c| c.is_ascii_digit());
    match (is_start, has_number, is_bare && is_next) {
        (true, true, _) => Some((n..n + 1, "temporary-document")),
        (true, _, true) => Some((n..n + 2, "temporary-document")),
        _ => None,
    }
}

/// Reads `C102` and `C99-R1`: numbers of contributions.
fn contribution(page: &Page<'_, '_>, n: usize) -> Option<(Range<usize>, &'static str)> {
    let word = page.scan.word(n);
    let number = word.strip_prefix('C')?;
    let (digits, rest) = number.split_at(number.bytes().take_while(u8::is_ascii_digit).count());
    let is_revision =
        rest.is_empty() || rest.strip_prefix("-R").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    ((2..=4).contains(&digits.len()) && is_revision).then_some((n..n + 1, "contribution-number"))
}

/// Reads `IEEE 11073`, `IEEE 7,000 series`, `ISO/IEC 27001`, `RFC 2026`, `EN 301 549`.
fn standard(page: &Page<'_, '_>, n: usize) -> Option<(Range<usize>, &'static str)> {
    const PUBLISHERS: [u64; 14] = [
        k("iso"),
        k("iec"),
        k("ieee"),
        k("rfc"),
        k("en"),
        k("ts"),
        k("tr"),
        k("itu-t"),
        k("itu-r"),
        k("etsi"),
        k("ansi"),
        k("gb"),
        k("es"),
        k("eg"),
    ];
    if !page.is_key(n, &PUBLISHERS) {
        return None;
    }
    let mut end = n + 1;
    while page.is_mark(end, "/") && page.scan.tokens.get(end + 1).is_some_and(|token| token.shape == Shape::Upper) {
        end += 2;
    }
    while page.is_key(end, &PUBLISHERS) || page.is_key(end, &[k("std"), k("guide")]) {
        end += 1;
    }
    let word = page.scan.word(end);
    let is_itu = page.is_key(n, &[k("itu-t"), k("itu-r")]) && is_series(word);
    let n_digits = word.bytes().filter(u8::is_ascii_digit).count();
    let is_number = page.scan.tokens.get(end).is_some_and(|token| token.shape == Shape::Number) && n_digits >= 2;
    // `IEEE 802` is a committee, `ITU 2024` an event: two digits of EN, more of others.
    let is_committee = page.is_key(end - 1, &[k("ieee")]) && n_digits == 3 && !word.contains('.');
    let is_year = n_digits == 4 && !word.contains(',') && (word.starts_with("19") || word.starts_with("20"));
    let is_standard = is_number && !is_committee && !is_year;
    if !is_standard && !is_itu {
        return None;
    }
    end += 1;
    while page.scan.tokens.get(end).is_some_and(|token| token.shape == Shape::Number) && !page.is_key(n, &[k("ieee")]) {
        end += 1;
    }
    end += usize::from(page.is_key(end, &[k("series")]));
    Some((n..end, "standard-number"))
}

/// True for the number of an ITU Recommendation: `G.709`, `Y.1310`, `A.5`.
fn is_series(word: &str) -> bool {
    let mut parts = word.split('.');
    let letter = parts.next().is_some_and(|part| part.len() == 1 && part.bytes().all(|b| b.is_ascii_uppercase()));
    letter && parts.next().is_some_and(|part| part.starts_with(|c: char| c.is_ascii_digit()))
}

/// Reads `Resolution 68 (Rev. Hammamet, 2016)`, `Rec. A.5, A.18, A.25`, `Document C99-R1`.
fn numbered(page: &Page<'_, '_>, n: usize) -> Option<(Range<usize>, &'static str)> {
    let mut at = n + 1;
    at += usize::from(page.is_mark(at, ".") && page.scan.word(n).len() <= 4);
    if page.is_key(at, &[k("itu-t"), k("itu-r")]) {
        at += 1;
    }
    let word = page.scan.word(at);
    let is_resolution = page.is_key(n, &[k("resolution"), k("resolutions"), k("res"), k("decision"), k("opinion")]);
    let is_number = word.bytes().next().is_some_and(|b| b.is_ascii_digit()) && word.len() <= 8 && is_resolution;
    let is_document = contribution(page, at).is_some() || temporary(page, at).is_some();
    if !(is_number || is_series(word) || is_document) {
        return None;
    }
    let mut end = at + 1;
    while page.is_mark(end, ",") && is_series(page.scan.word(end + 1)) {
        end += 2;
    }
    if page.is_mark(end, "(") && page.is_key(end + 1, &[k("rev")]) {
        end = (end..end + 12).find(|n| page.is_mark(*n, ")")).map_or(end, |close| close + 1);
    }
    // `Contributions C102 and C112`: a plural is no part of the identifier.
    let is_plural = page.is_key(n, &[k("contributions"), k("documents"), k("recommendations")]);
    Some((if is_plural { at } else { n }..end, "document-number"))
}

/// Reads plans, acts and strategies by name: `5G Action Plan`, `Radio Equipment Directive`.
fn titled(page: &Page<'_, '_>, n: usize) -> Option<(Range<usize>, &'static str)> {
    let is_capital = |at: usize| {
        page.scan.tokens.get(at).is_some_and(|token| token.is_capital(page.scan) || token.shape == Shape::Mixed)
    };
    let is_start = n == 0
        || !is_capital(n - 1)
        || page.scan.tokens.get(n).map(|token| token.block) != page.scan.tokens.get(n - 1).map(|token| token.block);
    if !is_start || page.is(n, cues::FUNCTION) {
        return None;
    }
    let head = (n + 1..n + 6).take_while(|at| is_capital(*at)).find(|at| page.is(*at, cues::TITLED))?;
    let is_plan = !page.is_key(head, &[k("plan")]) || page.is_key(head - 1, &[k("action")]) && head >= n + 2;
    is_plan.then_some((n..head + 1, "named-document"))
}
