//! Sessions of an event: title, extent, time, planned length and speakers, and who moderates.
//!
//! A session is a heading or line of a programme that names itself one (`Session 2: ...`, `Opening Session`, `Keynotes`), or
//! one that a moderator's line follows. Sub-headings inside a session are parts of it.

use std::ops::Range;

use document::Kind;

use super::cues::{self, k};
use super::page::{self, Page};
use crate::answer::{Answer, Found, Session, Span, Time};
use crate::scan::{Scan, Shape};

/// Adds sessions to `answer`; their moderators are set later ([`moderators`]), when persons are known.
pub(crate) fn read(scan: &Scan<'_>, answer: &mut Answer) {
    let lines = lines(scan);
    let titles = titles(scan, &lines);
    for (at, title) in titles.iter().enumerate() {
        let next = titles.get(at + 1).map_or(lines.len(), |next| next.line);
        let session = session(scan, answer, &lines, title, next);
        answer.sessions.push(session);
    }
}

/// A line of a programme, as tokens, with its block. Lines of a paragraph count each, for short lines look wrapped.
struct Line {
    tokens: Range<usize>,
    block: usize,
}

fn lines(scan: &Scan<'_>) -> Vec<Line> {
    let mut lines = Vec::with_capacity(scan.blocks.len());
    for (block, tokens) in scan.blocks.iter().enumerate() {
        let kind = scan.document.blocks.get(block).map(|block| &block.kind);
        let text = scan.text(scan.span(tokens));
        if tokens.len() > 120 || !matches!(kind, Some(Kind::Paragraph)) || !text.contains('\n') {
            lines.push(Line { tokens: tokens.clone(), block });
            continue;
        }
        let mut start = tokens.start;
        for n in tokens.start + 1..=tokens.end {
            let gap = Span::new(scan.span(&(n - 1..n)).end, scan.span(&(n..n + 1)).start);
            if n == tokens.end || scan.text(gap).contains('\n') {
                lines.push(Line { tokens: start..n, block });
                start = n;
            }
        }
    }
    lines
}

/// The line in which a session is named.
struct Title {
    /// Its line.
    line: usize,
    /// Its words without time.
    span: Span,
    /// Level of the heading, or `u8::MAX` for a line.
    level: u8,
}

/// Returns the lines that name sessions, sub-headings of sessions left out.
fn titles(scan: &Scan<'_>, lines: &[Line]) -> Vec<Title> {
    let all: Vec<(Title, bool)> = (0..lines.len()).filter_map(|n| title(scan, lines, n)).collect();
    let is_numbered = |title: &Title| {
        let tokens = scan.token_at(title.span.start);
        scan.tokens.get(tokens + 1).is_some_and(|token| token.shape == Shape::Number || token.shape == Shape::Mixed)
    };
    let top = all.iter().filter(|(title, _)| is_numbered(title)).map(|(title, _)| title.level).min();
    let top = top.or_else(|| all.iter().map(|(title, _)| title.level).min()).unwrap_or(u8::MAX);
    // One line of a report that says `introduction` is no programme: there are at least two sessions, or one says so itself.
    let is_programme = all.len() > 1 || all.iter().any(|(_, is_sure)| *is_sure);
    all.into_iter().filter(|(title, _)| is_programme && title.level <= top).map(|(title, _)| title).collect()
}

/// Returns the session that the line `n` names, and whether it says so without doubt.
fn title(scan: &Scan<'_>, lines: &[Line], n: usize) -> Option<(Title, bool)> {
    let line = lines.get(n)?;
    let kind = &scan.document.blocks.get(line.block)?.kind;
    let is_item = matches!(kind, Kind::Item { .. });
    let is_line = looks_like_title(scan, line) || matches!(kind, Kind::Cell { .. } | Kind::Item { .. });
    if !is_line || line.tokens.len() > 60 {
        return None;
    }
    let tokens = line.tokens.clone();
    let mut first = tokens.start;
    while first < tokens.end && is_time(scan, first) {
        first += 1;
    }
    let end = title_end(scan, first, tokens.end);
    let is_sure = names_session(scan, first, end);
    let is_named = is_sure
        && (!is_item || scan.tokens.get(first + 1).is_some_and(|token| token.shape == Shape::Number))
        || opens(scan, first, end) && !is_item
        || !is_item && is_followed_by_moderator(scan, lines, n) && first < end;
    let title = Title { line: n, span: scan.span(&(first..end)), level: page::level(scan, line.block) };
    (is_named && first < end).then_some((title, is_sure))
}

/// True for a heading, or a line that looks like one.
fn looks_like_title(scan: &Scan<'_>, line: &Line) -> bool {
    let words = scan.text(scan.span(&line.tokens));
    let is_real = matches!(scan.document.blocks.get(line.block).map(|block| &block.kind), Some(Kind::Heading(_)));
    let is_title = words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '“' || c == '"');
    is_real || words.len() <= 140 && is_title && !words.ends_with(['.', ';', ',', ':', '!'])
}

/// True at a token of a time that stands before a title: `09:00 - 09:45`.
fn is_time(scan: &Scan<'_>, n: usize) -> bool {
    let Some(token) = scan.tokens.get(n) else { return false };
    let is_part = |at: usize| scan.tokens.get(at).is_some_and(|token| token.is(':'));
    match token.shape {
        Shape::Number => is_part(n + 1) || n > 0 && is_part(n - 1),
        Shape::Mark(mark) => ":–-—|".contains(mark),
        _ => scan.says(n, &["am"]) || scan.says(n, &["pm"]),
    }
}

/// Returns where a title ends: before a moderator, a planned length, or the first full sentence after it.
fn title_end(scan: &Scan<'_>, first: usize, end: usize) -> usize {
    const MODERATORS: [u64; 4] = [k("moderator"), k("moderators"), k("chair"), k("moderated")];
    let is_mark = |n: usize, mark| scan.tokens.get(n).is_some_and(|token| token.is(mark));
    let is_key = |n: usize, keys: &[u64]| scan.tokens.get(n).is_some_and(|token| keys.contains(&token.key));
    (first + 1..end)
        .find(|n| {
            let is_break = is_mark(*n, '(') && is_key(n + 1, &MODERATORS) || is_mark(*n, '[');
            is_break || is_key(*n, &MODERATORS) && (is_mark(n + 1, ':') || is_key(n + 1, &[k("by")]))
        })
        .unwrap_or(end)
}

/// True for `Session 2 ...`, `Panel 1`, `Keynotes`, `Keynote Sessions: ...`, `Opening Session`.
fn names_session(scan: &Scan<'_>, first: usize, end: usize) -> bool {
    const NUMBERED: [u64; 5] = [k("session"), k("panel"), k("track"), k("roundtable"), k("tutorial")];
    const SESSIONS: [u64; 3] = [k("session"), k("sessions"), k("ceremony")];
    const KINDS: [u64; 14] = [
        k("opening"),
        k("closing"),
        k("keynote"),
        k("keynotes"),
        k("plenary"),
        k("panel"),
        k("poster"),
        k("special"),
        k("breakout"),
        k("technical"),
        k("introductory"),
        k("wrap-up"),
        k("concluding"),
        k("afternoon"),
    ];
    let key = |n: usize| scan.tokens.get(n).filter(|_| n < end).map_or(0, |token| token.key);
    let is_label = |n: usize| {
        scan.tokens.get(n).is_some_and(|token| match token.shape {
            Shape::Number | Shape::Mixed => scan.word(n).starts_with(|c: char| c.is_ascii_digit()),
            Shape::Capital => scan.word(n).len() <= 3 && scan.word(n).chars().all(|c| "ABCDIVX".contains(c)),
            Shape::Upper => scan.word(n).chars().all(|c| "IVX".contains(c)),
            _ => false,
        })
    };
    NUMBERED.contains(&key(first)) && first + 1 < end && is_label(first + 1)
        || KINDS.contains(&key(first)) && SESSIONS.contains(&key(first + 1))
        || key(first) == k("keynotes") && first + 1 == end
}

/// True for lines that open a part of a programme without calling it a session: `Opening remarks`, `Panel discussion`.
fn opens(scan: &Scan<'_>, first: usize, end: usize) -> bool {
    const OPENINGS: [u64; 7] =
        [k("opening"), k("closing"), k("keynote"), k("welcome"), k("panel"), k("keynotes"), k("roundtable")];
    const PARTS: [u64; 9] = [
        k("remarks"),
        k("address"),
        k("addresses"),
        k("discussion"),
        k("speech"),
        k("speeches"),
        k("and"),
        k("discussions"),
        k("ceremony"),
    ];
    let key = |n: usize| scan.tokens.get(n).filter(|_| n < end).map_or(0, |token| token.key);
    OPENINGS.contains(&key(first)) && PARTS.contains(&key(first + 1)) && end - first <= 8
}

/// True when the next line says who moderates: such a line stands under the title of a session.
fn is_followed_by_moderator(scan: &Scan<'_>, lines: &[Line], n: usize) -> bool {
    let (Some(line), Some(next)) = (lines.get(n), lines.get(n + 1)) else { return false };
    let first = line.tokens.start;
    // A line that itself names a moderator, a time or a place is no title.
    let is_plain = line.tokens.len() > 1 && scan.tokens.get(first).is_some_and(|token| token.is_capital(scan));
    let is_question = scan.text(scan.span(&line.tokens)).ends_with('?');
    let is_title = is_plain && !is_question && !is_moderator_at(scan, first) && !scan.word(first).starts_with("GMT");
    is_title && is_moderator_at(scan, next.tokens.start) && looks_like_title(scan, line)
}

/// True at `Moderator:` or `Chaired by`.
fn is_moderator_at(scan: &Scan<'_>, first: usize) -> bool {
    let is_cue = scan.tokens.get(first).is_some_and(|token| cues::class_of(token.key) & cues::MODERATE != 0);
    is_cue && (scan.word(first + 1) == ":" || scan.says(first + 1, &["by"]))
}

fn session(scan: &Scan<'_>, answer: &Answer, lines: &[Line], title: &Title, next: usize) -> Session {
    let ends = |n: &usize| match lines
        .get(*n)
        .and_then(|line| scan.document.blocks.get(line.block))
        .map(|block| &block.kind)
    {
        Some(Kind::Heading(level)) => *level <= title.level && title.level != u8::MAX,
        _ => false,
    };
    let mut end = (title.line + 1..next).find(ends).unwrap_or(next);
    // The time that stands over the next session is no part of this one.
    while end > title.line + 1 && end < lines.len() && is_time_line(scan, answer, lines, end - 1) {
        end -= 1;
    }
    let span = |n: usize| lines.get(n).map_or(title.span, |line| scan.span(&line.tokens));
    let (planned_minutes, planned_speakers) = planned(scan, lines, title.line, end);
    Session {
        title: scan.text(title.span).split_whitespace().collect::<Vec<_>>().join(" "),
        extent: Span::new(span(title.line).start, span(end - 1).end),
        moderator: None,
        time: time(scan, answer, lines, title),
        planned_minutes,
        planned_speakers,
        found: Found::new(title.span, "session-title", if title.level == u8::MAX { 0.9 } else { 0.95 }),
    }
}

/// True for a line that only says when: `09:00 - 09:30`, `GMT+8 (Beijing)`.
fn is_time_line(scan: &Scan<'_>, answer: &Answer, lines: &[Line], n: usize) -> bool {
    let Some(line) = lines.get(n) else { return false };
    let span = scan.span(&line.tokens);
    let dates = super::dates::within(&answer.dates, span);
    let is_clock = dates.first().is_some_and(|date| matches!(date.time, Time::Clock(_)));
    let length = span.end - span.start;
    length < 40 && zone(scan, line).is_some() || is_clock && length < 60
}

/// Returns the time zone that a line names: `GMT+8`.
fn zone(scan: &Scan<'_>, line: &Line) -> Option<String> {
    const ZONES: [u64; 8] = [k("gmt"), k("utc"), k("cet"), k("cest"), k("jst"), k("est"), k("edt"), k("bst")];
    let tokens = line.tokens.clone();
    let at = tokens.clone().find(|n| scan.tokens.get(*n).is_some_and(|token| ZONES.contains(&token.key)))?;
    let mut end = at + 1;
    while end < tokens.end && scan.tokens.get(end).is_some_and(|token| !token.is_spaced && !token.is(')')) {
        end += 1;
    }
    Some(scan.text(scan.span(&(at..end))).to_string())
}

/// Returns when a session takes place: in its line, or in the lines just above it.
fn time(scan: &Scan<'_>, answer: &Answer, lines: &[Line], title: &Title) -> Option<String> {
    let clock_in = |n: usize| {
        let within = super::dates::within(&answer.dates, scan.span(&lines.get(n)?.tokens));
        within.iter().find_map(|date| match &date.time {
            Time::Clock(text) => Some(text.replace(" - ", "-").replace(" – ", "-").replace('–', "-")),
            _ => None,
        })
    };
    if let Some(clock) = clock_in(title.line) {
        return Some(clock);
    }
    let mut named = None;
    for n in (title.line.saturating_sub(2)..title.line).rev() {
        if !is_time_line(scan, answer, lines, n) {
            break;
        }
        named = named.or_else(|| zone(scan, lines.get(n)?));
        if let Some(clock) = clock_in(n) {
            return Some(named.map_or(clock.clone(), |zone| format!("{clock} {zone}")));
        }
    }
    None
}

/// Returns the minutes and speakers that the title or the two lines under it announce.
fn planned(scan: &Scan<'_>, lines: &[Line], first: usize, end: usize) -> (Option<u32>, Option<u32>) {
    const MINUTES: [u64; 4] = [k("minutes"), k("mins"), k("min"), k("minute")];
    const SPEAKERS: [u64; 5] = [k("speakers"), k("panellists"), k("panelists"), k("presentations"), k("talks")];
    let (mut minutes, mut speakers) = (None, None);
    let near = lines.get(first..end.min(first + 3)).unwrap_or_default();
    for at in near.iter().filter(|line| line.tokens.len() < 60).flat_map(|line| line.tokens.clone()) {
        let Ok(number) = scan.word(at).parse::<u32>() else { continue };
        let counts = |keys: &[u64]| scan.tokens.get(at + 1).is_some_and(|token| keys.contains(&token.key));
        if counts(&MINUTES) {
            minutes = minutes.or(Some(number));
        } else if counts(&SPEAKERS) {
            speakers = speakers.or(Some(number));
        }
    }
    (minutes, speakers)
}

/// Sets who moderates each session: the person named by the first moderation phrase of its extent.
pub(crate) fn moderators(page: &Page<'_, '_>, answer: &mut Answer) {
    for session in &mut answer.sessions {
        let tokens = page.tokens(session.extent);
        session.moderator = tokens.clone().filter(|n| page.is(*n, cues::MODERATE)).find_map(|n| moderator(page, n));
    }
}

/// Returns the person whom the moderation word at `n` names.
fn moderator(page: &Page<'_, '_>, n: usize) -> Option<usize> {
    let block = page.block_number(n);
    let tokens = page.block(block);
    let sentence = page.scan.sentence_at(page.scan.tokens.get(n)?.start);
    let is_after = page.is_mark(n + 1, ":–-") || page.is_key(n + 1, &[k("by"), k("was"), k("is")]);
    let is_active = page.is_key(n, &[k("moderated"), k("chaired"), k("facilitated"), k("moderates"), k("chairs")]);
    if is_after {
        let mut span = page.span(&(n..sentence.end.max(n + 1).min(tokens.end)));
        if n + 2 >= tokens.end {
            span.end = page.span(&page.block(block + 1)).end;
        }
        return page.persons_in(span).first().map(|(_, person)| *person);
    }
    // `Anna Example moderated the session.`
    let before = page.span(&(sentence.start..n));
    is_active.then(|| page.persons_in(before).last().map(|(_, person)| *person)).flatten()
}
