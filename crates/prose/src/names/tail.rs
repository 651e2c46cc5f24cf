//! What follows a name: offices, units and organisations, and how the person takes part.
//!
//! `Anna Example, Director General, Department of X, Example Ministry (recorded)`; `Name, Institute of Y, Chair of SG17`.

use std::ops::Range;

use super::hits::Hits;
use super::shape::{self, Care};
use super::words::lexicon;
use crate::scan::{Scan, Shape, Token};

/// What one stretch after a name says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Office {
    /// Tokens of the office: `Director General, Department of X`; may be none.
    pub title: Range<usize>,
    /// Tokens of the organisation; may be none.
    pub organisation: Option<Range<usize>>,
    /// One past the last token that belongs to it.
    pub end: usize,
    /// First token: that of the title or organisation.
    pub start: usize,
}

/// All that follows a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tail {
    /// Offices and affiliations, in order.
    pub offices: Vec<Office>,
    /// How the person takes part, as written.
    pub mode: Option<Range<usize>>,
    /// One past the last token.
    pub end: usize,
    /// True when an organisation stands only because it is where organisations stand.
    pub is_slot: bool,
}

/// Reads what follows a name that ends at token `n`; `None` when nothing does that belongs to it.
pub(crate) fn read(scan: &Scan<'_>, hits: &Hits<'_, '_>, n: usize) -> Option<Tail> {
    let n = after_other_script(scan, n);
    let separator = scan.tokens.get(n)?;
    if let Some(tail) = next_column(scan, hits, n) {
        return Some(tail);
    }
    let is_dash = matches!(separator.shape, Shape::Mark('-' | '–' | '—' | '|')) && separator.is_spaced;
    let (start, end, close) = match separator.shape {
        Shape::Mark(',') => (n + 1, end_of_tail(scan, hits, n + 1), 0),
        Shape::Mark('(') => {
            let close = closing(scan, n)?;
            (n + 1, close, 1)
        }
        Shape::Mark(_) if is_dash => (n + 1, end_of_tail(scan, hits, n + 1), 0),
        Shape::Lower => return of_organisation(scan, hits, n),
        _ => return None,
    };
    if separator.block != scan.tokens.get(start)?.block || start >= end {
        return None;
    }
    let mut tail = segments(scan, hits, start, end);
    tail.end = tail.end.max(start) + close;
    if close == 1 {
        tail.end = end + 1;
        follow_brackets(scan, hits, &mut tail);
    }
    (!tail.offices.is_empty() || tail.mode.is_some()).then_some(tail)
}

/// `Li Example (李例)`: the name in its own script belongs to the name; returns what comes after it.
fn after_other_script(scan: &Scan<'_>, n: usize) -> usize {
    let is_other = |n: usize| scan.word(n).chars().any(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
    if scan.word(n) == "(" && is_other(n + 1) && scan.word(n + 2) == ")" { n + 3 } else { n }
}

/// A name that fills the column of a line has its office in the next one.
fn next_column(scan: &Scan<'_>, hits: &Hits<'_, '_>, n: usize) -> Option<Tail> {
    let (before, token) = (scan.tokens.get(n.checked_sub(1)?)?, scan.tokens.get(n)?);
    let is_next = token.block == before.block + 1 && scan.block_of(n)?.place == scan.block_of(n - 1)?.place;
    let is_office = begins_office(scan, n) || hits.at(n).is_some();
    if !is_next || !is_office || !scan.block_of(n)?.place.starts_with("line") {
        return None;
    }
    let tail = segments(scan, hits, n, end_of_tail(scan, hits, n));
    (!tail.offices.is_empty()).then_some(tail)
}

/// `Name from Example Body`, `Name of Example Body`: a known organisation after a preposition.
fn of_organisation(scan: &Scan<'_>, hits: &Hits<'_, '_>, n: usize) -> Option<Tail> {
    if !matches!(scan.word(n), "from" | "of" | "at" | "representing") {
        return None;
    }
    let at = n + 1 + usize::from(scan.word(n + 1) == "the");
    let own = hits.at(at)?.tokens.clone();
    let office = Office { title: 0..0, start: own.start, end: own.end, organisation: Some(own.clone()) };
    Some(Tail { offices: vec![office], mode: None, end: own.end, is_slot: false })
}

/// `Name (Org), Role`: what follows the brackets.
fn follow_brackets(scan: &Scan<'_>, hits: &Hits<'_, '_>, tail: &mut Tail) {
    let n = tail.end;
    if scan.word(n) != "," || !begins_office(scan, n + 1) {
        return;
    }
    let more = segments(scan, hits, n + 1, end_of_tail(scan, hits, n + 1));
    if more.offices.is_empty() {
        return;
    }
    tail.end = more.end;
    tail.offices.extend(more.offices);
}

/// Returns the token of the bracket that closes the one at `n`, in the same block.
fn closing(scan: &Scan<'_>, n: usize) -> Option<usize> {
    let open = scan.tokens.get(n)?;
    let mut depth = 0;
    for (at, token) in scan.tokens.iter().enumerate().skip(n).take(40) {
        if token.block != open.block {
            return None;
        }
        depth += i32::from(token.is('(')) - i32::from(token.is(')'));
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Returns where the stretch of capitalised words, offices and joints that begins at `n` ends.
fn end_of_tail(scan: &Scan<'_>, hits: &Hits<'_, '_>, n: usize) -> usize {
    let Some(block) = scan.tokens.get(n).map(|token| token.block) else { return n };
    let mut at = n;
    let mut depth = 0_i32;
    while let Some(token) = scan.tokens.get(at).filter(|token| token.block == block) {
        if let Some(hit) = hits.at(at) {
            at = hit.tokens.end;
            continue;
        }
        depth += i32::from(token.is('('));
        if depth > 0 {
            depth -= i32::from(token.is(')'));
            at += 1;
            continue;
        }
        if ends_tail(scan, hits, at, token) {
            break;
        }
        at += 1;
    }
    while at > n && scan.tokens.get(at - 1).is_some_and(|token| is_dangling(token)) {
        at -= 1;
    }
    at
}

fn is_dangling(token: &Token) -> bool {
    token.is(',') || token.is('.') || token.shape == Shape::Lower && lexicon().joints.has(token.key)
}

fn ends_tail(scan: &Scan<'_>, hits: &Hits<'_, '_>, at: usize, token: &Token) -> bool {
    match token.shape {
        Shape::Mark(',') => false,
        Shape::Mark('.') => {
            // The full stop of `Ltd.`, `Inc.` or of an initial belongs to the words.
            let before = at.checked_sub(1).and_then(|n| scan.tokens.get(n));
            !(before.is_some_and(|b| lexicon().legal_forms.has(b.key) || b.end - b.start == 1)
                && scan.tokens.get(at + 1).is_some_and(|next| {
                    next.block == token.block && !scan.text(next.span()).starts_with(char::is_uppercase)
                }))
        }
        Shape::Mark('&' | '/' | '\'' | '’' | '#') => false,
        Shape::Mark('-' | '–') => token.is_spaced,
        Shape::Mark(_) => true,
        Shape::Lower => {
            let is_and = matches!(scan.word(at), "and");
            let names_next = is_and && names_another(scan, hits, at + 1);
            let is_office = lexicon().offices.has(token.key) || lexicon().modifiers.has(token.key);
            let is_mode = lexicon().modes.has(token.key);
            names_next || !(is_office || is_mode || lexicon().joints.has(token.key))
        }
        Shape::Capital | Shape::Upper | Shape::Mixed => {
            let is_title = matches!(scan.word(at), "Mr" | "Mrs" | "Ms" | "Dr" | "Prof" | "H.E");
            is_title && shape::honorifics(scan, at) > at
        }
        Shape::Number => false,
    }
}

/// True when another person is named at token `n`: a name before a comma, bracket or verb.
fn names_another(scan: &Scan<'_>, hits: &Hits<'_, '_>, n: usize) -> bool {
    let Some(name) = shape::name(scan, hits, n, Care::Open) else { return false };
    if name.n_words(scan) < 2 && name.honorific.is_empty() {
        return false;
    }
    let Some(next) = scan.tokens.get(name.tokens.end) else { return true };
    next.is(',') || next.is('(') || next.is('.') || next.shape == Shape::Lower
}

/// True where an office is named at token `n`: `Vice President`, `Director`, `SG of`, `former Chair`.
pub(crate) fn begins_office(scan: &Scan<'_>, n: usize) -> bool {
    let Some(token) = scan.tokens.get(n) else { return false };
    if lexicon().offices.has(token.key) {
        return true;
    }
    if matches!(scan.word(n), "SG" | "DG") {
        return matches!(scan.word(n + 1), "-" | "of" | ",");
    }
    if matches!(scan.word(n), "the" | "a" | "an" | "Acting" | "acting") {
        return begins_office(scan, n + 1);
    }
    // Up to three words may stand before the word of the office: `Chief Regulatory Officer`, `Board member`.
    (1..=3).any(|ahead| {
        let words = n..n + ahead;
        let is_modified = words
            .clone()
            .all(|at| scan.tokens.get(at).is_some_and(|t| t.is_word() && !matches!(scan.word(at), "of" | "and")));
        let next = scan.tokens.get(n + ahead);
        let is_office = next.is_some_and(|next| next.block == token.block && lexicon().offices.has(next.key));
        is_modified && is_office && (ahead == 1 || words.clone().all(|at| is_modifier(scan, at)))
    })
}

fn is_modifier(scan: &Scan<'_>, n: usize) -> bool {
    scan.tokens.get(n).is_some_and(|token| lexicon().modifiers.has(token.key) || lexicon().offices.has(token.key))
}

/// Reads offices and organisations between `start` and `end`.
fn segments(scan: &Scan<'_>, hits: &Hits<'_, '_>, start: usize, end: usize) -> Tail {
    let mut tail = Tail { end, ..Tail::default() };
    let mut at = start;
    let mut title: Option<usize> = None;
    while at < end {
        if let Some(mode) = mode_at(scan, at, end) {
            tail.mode = Some(mode.clone());
            close(scan, &mut tail, &mut title, at);
            at = mode.end + usize::from(scan.word(mode.end) == ")");
            tail.end = tail.end.max(mode.end);
            continue;
        }
        if let Some(group) = question_group(scan, at) {
            // `Q12/15 Rapporteur`: the question belongs to the office.
            title.get_or_insert(at);
            at = group;
            continue;
        }
        if let Some(hit) = hits.at(at).filter(|hit| hit.tokens.end <= end) {
            at = organisation(scan, hits, hit.tokens.clone(), title.take(), end, &mut tail);
            continue;
        }
        let is_break = scan.word(at) == ",";
        if is_break && title.is_some_and(|first| !is_open_title(scan, hits, first, at, end)) {
            close(scan, &mut tail, &mut title, at);
        } else if !is_break && title.is_none() && !is_filler(scan, at) {
            title = Some(at);
        }
        at += 1;
    }
    close(scan, &mut tail, &mut title, end);
    tail
}

/// True when an organisation follows further on, to which the words from `first` up to the comma `at` belong.
fn is_open_title(scan: &Scan<'_>, hits: &Hits<'_, '_>, first: usize, at: usize, end: usize) -> bool {
    begins_office(scan, first) && (at + 1..end).any(|n| hits.at(n).is_some()) && !begins_office(scan, at + 1)
}

fn is_filler(scan: &Scan<'_>, n: usize) -> bool {
    scan.tokens
        .get(n)
        .is_none_or(|token| !token.is_word() || token.shape == Shape::Lower && lexicon().joints.has(token.key))
}

/// `Q12/15`: the end of its tokens.
fn question_group(scan: &Scan<'_>, n: usize) -> Option<usize> {
    let word = scan.word(n);
    let is_question = word.len() <= 4 && word.starts_with(['Q', 'W']) && word.ends_with(|c: char| c.is_ascii_digit());
    (is_question && scan.word(n + 1) == "/" && scan.word(n + 2).bytes().all(|b| b.is_ascii_digit())).then_some(n + 3)
}

/// Takes an organisation into the tail, with the title before it; returns where to go on.
fn organisation(
    scan: &Scan<'_>,
    hits: &Hits<'_, '_>,
    tokens: Range<usize>,
    title: Option<usize>,
    end: usize,
    tail: &mut Tail,
) -> usize {
    let mut after = tokens.end;
    let mut own = tokens.clone();
    let mut title_end = tokens.start;
    let kind = hits.at(tokens.start).map(|hit| hits.entry(hit.entry).kind.clone()).unwrap_or_default();
    if kind == "org-unit" {
        // The unit belongs to the office, the organisation is its owner.
        let owner = hits
            .within(&tokens)
            .filter(|hit| hit.tokens != tokens)
            .map(|hit| hit.tokens.clone())
            .max_by_key(|t| (t.end, t.len()));
        if let Some(owner) = owner {
            title_end = owner.start;
            own = owner;
        }
    }
    after = after_organisation(scan, hits, after, end);
    let is_unit = kind == "org-unit"
        || tokens.clone().any(|n| scan.tokens.get(n).is_some_and(|t| lexicon().unit_heads.has(t.key)));
    let is_joined = scan.word(after) == "," && hits.at(after + 1).is_some_and(|next| next.tokens.end <= end);
    if let (Some(first), true) = (title, is_joined && is_unit && own == tokens) {
        // `Chief, Example Department, Example Body`: the unit is part of the office.
        let next = hits.at(after + 1).map_or(own.clone(), |hit| hit.tokens.clone());
        let office = Office {
            title: trimmed(scan, first, after),
            organisation: Some(next.clone()),
            end: next.end,
            start: first,
        };
        tail.offices.push(office);
        return next.end;
    }
    let title = match title {
        Some(first) => trimmed(scan, first, title_end),
        None if title_end > tokens.start => trimmed(scan, tokens.start, title_end),
        None => 0..0,
    };
    if title.is_empty() && after < end && begins_office(scan, after) {
        // `Example Body President and CEO`: the office follows its organisation.
        let stop = (after..end).find(|n| scan.word(*n) == "," || hits.at(*n).is_some()).unwrap_or(end);
        tail.offices.push(Office {
            title: trimmed(scan, after, stop),
            start: own.start,
            end: stop,
            organisation: Some(own),
        });
        return stop;
    }
    let start = if title.is_empty() { own.start } else { title.start };
    tail.offices.push(Office { title, organisation: Some(own), end: after, start });
    after
}

/// What belongs to an organisation after its name: `(mobile communications) of CCSA`, `(MIIT) of China`, `, China`.
fn after_organisation(scan: &Scan<'_>, hits: &Hits<'_, '_>, mut at: usize, end: usize) -> usize {
    if scan.word(at) == "(" {
        if let Some(close) = closing(scan, at).filter(|close| *close < end && mode_at(scan, at + 1, *close).is_none()) {
            at = close + 1;
        }
    }
    if scan.word(at) == "of" && at + 1 < end {
        let next = hits.at(at + 1).map(|hit| hit.tokens.end);
        let place = scan.tokens.get(at + 1).filter(|token| lexicon().places.has(token.key)).map(|_| at + 2);
        at = next.or(place).filter(|next| *next <= end).unwrap_or(at);
    }
    let is_place = scan.tokens.get(at + 1).is_some_and(|token| lexicon().places.has(token.key));
    if scan.word(at) == "," && is_place && at + 2 <= end && hits.at(at + 1).is_none() {
        at += 2;
    }
    at
}

/// Closes a title that has no organisation.
fn close(scan: &Scan<'_>, tail: &mut Tail, title: &mut Option<usize>, at: usize) {
    let Some(first) = title.take() else { return };
    let words = trimmed(scan, first, at);
    if words.is_empty() || words.clone().all(|n| is_place(scan, n)) {
        return;
    }
    let is_owned = words.len() > 1
        && scan.tokens.get(first).is_some_and(|t| t.shape == Shape::Upper)
        && !lexicon().offices.has(scan.tokens.get(first).map_or(0, |t| t.key))
        && begins_office(scan, first + 1);
    if is_owned {
        // `EXB chairman`: an acronym that nothing explains, before its office.
        let (start, end) = (words.start, words.end);
        tail.is_slot = true;
        tail.offices.push(Office { title: first + 1..end, organisation: Some(first..first + 1), end, start });
    } else if begins_office(scan, first) || question_group(scan, first).is_some() {
        let (title, organisation) = split_at_of(scan, &words);
        let (start, end) = (words.start, words.end);
        tail.is_slot |= organisation.is_some();
        tail.offices.push(Office { title, organisation, end, start });
    } else if is_slot(scan, &words) {
        tail.is_slot = true;
        let (start, end) = (words.start, words.end);
        match tail.offices.last_mut().filter(|last| last.organisation.is_none() && !last.title.is_empty()) {
            // `Chair, Example Ltd`: the organisation of the office before it.
            Some(last) => {
                last.organisation = Some(words);
                last.end = end;
            }
            None => tail.offices.push(Office { title: 0..0, organisation: Some(words), end, start }),
        }
    }
}

/// `Director of Example Works`: the words after the last `of` or `at` are the organisation, where they are capitalised and
/// no field of work.
fn split_at_of(scan: &Scan<'_>, words: &Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let joint = words.clone().rev().find(|n| matches!(scan.word(*n), "of" | "at" | "for" | "from"));
    let Some(joint) = joint else { return (words.clone(), None) };
    let skip = usize::from(matches!(scan.word(joint + 1), "the" | "The"));
    let own = joint + 1 + skip..words.end;
    let is_name = !own.is_empty()
        && own.len() <= 6
        && own
            .clone()
            .all(|n| scan.tokens.get(n).is_some_and(|t| t.is_capital(scan) || t.shape == Shape::Mixed || t.is('&')))
        && (matches!(scan.word(joint), "at" | "from")
            || own.clone().any(|n| scan.tokens.get(n).is_some_and(|t| !lexicon().no_names.has(t.key))));
    if is_name { (words.start..joint, Some(own)) } else { (words.clone(), None) }
}

/// True for words that can be an organisation because they stand where one stands: short, capitalised, no place.
fn is_slot(scan: &Scan<'_>, words: &Range<usize>) -> bool {
    let is_named = |n: usize| {
        scan.tokens.get(n).is_some_and(|token| {
            token.is_capital(scan)
                || token.shape == Shape::Mixed
                || token.shape == Shape::Number
                || !token.is_word()
                || lexicon().joints.has(token.key)
                || lexicon().particles.has(token.key)
        })
    };
    let first = scan.tokens.get(words.start);
    let is_month = words.clone().any(|n| scan.tokens.get(n).is_some_and(|token| lexicon().months.has(token.key)));
    let begins = first.is_some_and(|token| token.is_capital(scan) || token.shape == Shape::Mixed);
    let is_letter = words.len() == 1 && scan.word(words.start).chars().count() == 1;
    words.len() <= 9 && !is_letter && begins && !is_month && words.clone().all(is_named)
}

fn is_place(scan: &Scan<'_>, n: usize) -> bool {
    let is_of = matches!(scan.word(n), "of" | "the");
    scan.tokens.get(n).is_some_and(|token| is_of || !token.is_word() || lexicon().countries.has(token.key))
}

/// Cuts commas, joints and articles off both ends.
fn trimmed(scan: &Scan<'_>, start: usize, end: usize) -> Range<usize> {
    let is_edge = |n: usize| {
        scan.tokens.get(n).is_none_or(|t| !t.is_word() || t.shape == Shape::Lower && lexicon().joints.has(t.key))
    };
    let is_open = |n: usize| is_edge(n) && scan.word(n) != "(" && scan.word(n) != ")";
    let (mut start, mut end) = (start, end);
    while start < end && is_open(start) {
        start += 1;
    }
    while end > start && is_open(end - 1) {
        end -= 1;
    }
    start..end
}

/// How the person takes part: `remote`, `(remotely)`, `recording`, `(Speech received)`, `via video`.
fn mode_at(scan: &Scan<'_>, n: usize, end: usize) -> Option<Range<usize>> {
    let at = n + usize::from(scan.word(n) == "(");
    let key = scan.tokens.get(at)?.key;
    let closes = |after: usize| {
        after >= end || matches!(scan.word(after), ")" | "," | "." | ";") || scan.tokens.get(after).is_none()
    };
    if scan.says(at, &["speech", "received"])
        || scan.says(at, &["in", "person"])
        || scan.says(at, &["video", "message"])
    {
        return Some(at..at + 2);
    }
    if matches!(scan.word(at), "via" | "by") && scan.tokens.get(at + 1).is_some_and(|t| lexicon().modes.has(t.key)) {
        return Some(at..at + 2);
    }
    (lexicon().modes.has(key) && closes(at + 1)).then_some(at..at + 1)
}
