//! One entry of a list of attendees: `Name - Organisation (ABC), role`, in any order that lists have.

use std::collections::BTreeSet;
use std::ops::Range;

use fact::Mode;

use super::markup::{domain, plain};
use super::vocabulary::{Said, abbreviates, is_capitals, is_name, is_nobody, is_remark, is_role, mode};

/// A person on a list, as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Person {
    pub name: String,
    pub affiliation: Option<String>,
    pub abbreviation: Option<String>,
    pub role: Option<String>,
    pub mode: Option<Mode>,
    pub domain: Option<String>,
    /// The list puts a question mark behind the name.
    pub is_tentative: bool,
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Entry {
    Person(Box<Person>),
    /// `None`, `TBD`, a name that is struck out.
    Nobody,
    Unreadable,
}

/// What the whole list shows of how its entries are written.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// Capitals in brackets are short forms of names: most of them fit the name before them.
    pub abbreviates: bool,
    /// Short forms stand before the names: `ABC: Name`.
    pub leads: bool,
    /// `Family, Given`.
    pub is_family_first: bool,
    /// Organisations stand in brackets: two entries and more have them there.
    pub has_organisations: bool,
    /// Who speaks further down: `ABC: words`.
    pub speakers: BTreeSet<String>,
}

/// A part of an entry between separators or within brackets.
#[derive(Clone, Debug)]
struct Segment {
    /// A separator stands before it.
    is_apart: bool,
    is_comma: bool,
    is_bracket: bool,
    range: Range<usize>,
}

/// A segment with what it says; `inner` is without its brackets.
struct Item {
    said: Said,
    outer: Range<usize>,
    inner: Range<usize>,
}

/// Reads one entry.
pub(super) fn entry(written: &str, style: &Style) -> Entry {
    let (text, domain) = without_handles(&plain(written));
    let text = text.trim_start_matches("[x] ").trim_start_matches("[X] ").trim_matches([' ', ',', ';', '\t']);
    if is_nobody(text) || text.starts_with("[ ] ") {
        return Entry::Nobody;
    }
    let text = without_full_stop(text);
    let (abbreviation, text) = leading(text);
    let segments = segments(text);
    let Some(first) = segments.first().filter(|segment| !segment.is_bracket) else { return Entry::Unreadable };
    let (name_end, n_named) = name_end(text, &segments, style);
    let written = text[first.range.start..name_end].trim_end_matches(['}', '/', ' ']);
    let name = written.trim_end_matches(['?', ' ']);
    let name = if name.matches('"').count() == 1 { name.trim_matches('"') } else { name };
    if !is_name(name) {
        return if is_nobody(name) { Entry::Nobody } else { Entry::Unreadable };
    }
    let has_lead = abbreviation.is_some() || style.leads;
    let beside = without_nickname(text, &segments[n_named..], name, style);
    let items = items(text, beside, name, has_lead, style);
    let mut person = gathered(text, &items);
    person.is_tentative = written.ends_with('?');
    person.name = name.into();
    person.abbreviation = abbreviation.or(person.abbreviation);
    person.domain = domain;
    Entry::Person(Box::new(person))
}

/// Takes out handles and addresses; keeps the host of an e-mail address.
fn without_handles(text: &str) -> (String, Option<String>) {
    let mut host = None;
    let words = text.split(' ').map(|word| {
        let core = word.trim_matches(|letter: char| "()[],;<>".contains(letter));
        let is_handle = core.len() > 1 && core.starts_with('@');
        let is_address = core.contains("://") || core.starts_with("www.") || core.to_lowercase().starts_with("github");
        host = host.take().or_else(|| domain(core).map(String::from));
        if is_handle || is_address || domain(core).is_some() { word.replace(core, "") } else { word.to_string() }
    });
    let words: Vec<String> = words.collect();
    (words.join(" "), host)
}

/// `Acme.` loses its full stop, `Acme Inc.` and `A. B.` keep theirs.
fn without_full_stop(text: &str) -> &str {
    let Some(rest) = text.strip_suffix('.') else { return text };
    let last = rest.rsplit([' ', ',', '(']).next().unwrap_or_default();
    let is_short = last.chars().count() <= 4 || last.contains('.');
    if is_short { text } else { rest.trim_end_matches('.') }
}

/// `ABC: Name`, `[ABC] Name`: the short form, and what follows it.
fn leading(text: &str) -> (Option<String>, &str) {
    let bracketed = text.strip_prefix(['[', '(']).and_then(|rest| rest.split_once([']', ')']));
    let split = bracketed.or_else(|| text.split_once(':'));
    match split {
        Some((token, rest)) if is_capitals(token.trim()) && !rest.trim().is_empty() => {
            (Some(token.trim().into()), rest.trim_start_matches([' ', ':', '-', '–']))
        }
        _ => (None, text),
    }
}

fn segments(text: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let (mut start, mut is_apart, mut is_comma, mut at) = (0, false, false, 0);
    let mut push = |range: Range<usize>, is_bracket: bool, is_apart: &mut bool, is_comma: &mut bool| {
        let words = &text[range.clone()];
        let from = range.start + words.len() - words.trim_start().len();
        let range = from..from + words.trim().len();
        if !range.is_empty() {
            segments.push(Segment { is_apart: *is_apart, is_comma: *is_comma, is_bracket, range });
            (*is_apart, *is_comma) = (false, false);
        }
    };
    while let Some(letter) = text[at..].chars().next() {
        let end = at + letter.len_utf8();
        if letter == '(' || letter == '[' {
            push(start..at, false, &mut is_apart, &mut is_comma);
            let close = closing(&text[at..]).map_or(text.len(), |n_bytes| at + n_bytes);
            push(at..close, true, &mut is_apart, &mut is_comma);
            (start, at) = (close, close);
        } else if is_separator(text, at, letter) {
            push(start..at, false, &mut is_apart, &mut is_comma);
            is_apart = true;
            is_comma |= matches!(letter, ',' | ';' | '|');
            (start, at) = (end, end);
        } else {
            at = end;
        }
    }
    push(start..text.len(), false, &mut is_apart, &mut is_comma);
    segments
}

/// The bytes from an opening bracket to the one that closes it.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let at = text.bytes().position(|byte| {
        depth += usize::from(matches!(byte, b'(' | b'['));
        depth = depth.saturating_sub(usize::from(matches!(byte, b')' | b']')));
        depth == 0
    })?;
    Some(at + 1)
}

/// A comma, a dash with a space beside it, ` @ `, ` / `.
fn is_separator(text: &str, at: usize, letter: char) -> bool {
    let before = text[..at].ends_with(char::is_whitespace);
    let after = text[at + letter.len_utf8()..].chars().next().is_none_or(char::is_whitespace);
    match letter {
        ',' | ';' | '|' | '—' | '―' => true,
        '-' | '–' | '−' | '‐' | '‒' => before || after,
        '@' | '/' => before && after,
        _ => false,
    }
}

/// Where the name ends, and how many segments it takes: `D. (Dan) Pattern`, `E. Model, Jr.`, `HU Man (Em) [EMH]`.
fn name_end(text: &str, segments: &[Segment], style: &Style) -> (usize, usize) {
    let mut n_named = 1;
    let mut end = segments[0].range.end;
    if let Some(given) = segments.get(1).filter(|second| style.is_family_first && second.is_comma && !second.is_bracket)
    {
        return (given.range.end, 2);
    }
    while let Some(next) = segments.get(n_named) {
        let words = &text[next.range.clone()];
        let name = &text[segments[0].range.start..end];
        let is_suffix = |word: &str| ["Jr", "Jr.", "Sr", "Sr.", "II", "III", "PhD"].contains(&word);
        // `Sample Jr, Bert` names the family first; `Bert Sample Jr, Acme` does not.
        let ends_so = name.split(' ').count() == 2 && name.rsplit(' ').next().is_some_and(is_suffix);
        let is_given = !next.is_bracket && ends_so && is_name(words);
        if n_named == 1 && next.is_comma && (is_suffix(words) || is_given) {
            (end, n_named) = (next.range.end, n_named + 1);
            continue;
        }
        if next.is_apart || !next.is_bracket || n_named > 1 {
            break;
        }
        let inner = words.trim_matches(['(', ')', '[', ']']);
        let said = said(inner, name, true, style);
        let is_nick = matches!(said, Said::Organisation | Said::Remark) && !is_remark_of_time(inner);
        let after = segments.get(n_named + 1).filter(|after| !after.is_apart);
        let is_ideographic = |text: &str| text.chars().any(|letter| letter >= '\u{2e80}');
        let is_other_script = is_ideographic(name) != is_ideographic(inner);
        match after {
            Some(after) if is_nick && !after.is_bracket && !style.leads => {
                (end, n_named) = (after.range.end, n_named + 2);
            }
            Some(after) if is_nick && is_short_form_of(&text[after.range.clone()], inner, name) => {
                (end, n_named) = (next.range.end, n_named + 1);
            }
            _ if is_other_script && is_nick => (end, n_named) = (next.range.end, n_named + 1),
            _ => break,
        }
    }
    (end, n_named)
}

/// Leaves out a nickname in brackets: `A. Example (Ex), Acme`; `Sample (Sam)` where the list has no organisations there.
fn without_nickname<'a>(text: &str, segments: &'a [Segment], name: &str, style: &Style) -> &'a [Segment] {
    let Some((first, rest)) = segments.split_first().filter(|(first, _)| first.is_bracket && !first.is_apart) else {
        return segments;
    };
    let is_organisation = |segment: &Segment| {
        let words = text[segment.range.clone()].trim_matches(['(', ')', '[', ']']);
        said(words, name, segment.is_bracket, style) == Said::Organisation
    };
    let is_followed = rest.first().is_some_and(|next| next.is_apart != next.is_bracket && is_organisation(next));
    let is_alone = !name.contains(' ') && !style.has_organisations;
    if is_organisation(first) && (is_followed || is_alone) { rest } else { segments }
}

fn is_remark_of_time(inner: &str) -> bool {
    is_remark(inner, true) && (inner.contains(' ') || inner.contains('/'))
}

/// `[EMH]` after `HU Man (Em)`: it begins as the nickname does, and not as the name.
fn is_short_form_of(bracket: &str, nick: &str, name: &str) -> bool {
    let token = bracket.trim_matches(['(', ')', '[', ']']);
    let initial = |text: &str| text.chars().next().map(|letter| letter.to_ascii_uppercase());
    is_capitals(token) && initial(token) == initial(nick) && initial(token) != initial(name)
}

/// What the segments beside the name say, in their order.
fn items(text: &str, segments: &[Segment], name: &str, has_lead: bool, style: &Style) -> Vec<Item> {
    let mut items = Vec::new();
    for segment in segments {
        let range = segment.range.clone();
        if !segment.is_bracket {
            let said = match said(&text[range.clone()], name, false, style) {
                Said::Abbreviation if has_lead => Said::Organisation,
                said => said,
            };
            items.push(Item { said, outer: range.clone(), inner: range });
            continue;
        }
        let is_closed = text[range.clone()].ends_with([')', ']']);
        let inner = range.start + 1..range.end - usize::from(is_closed && range.len() > 1);
        let parts = parts_of_bracket(text, inner.clone());
        let said_of = |part: &Range<usize>| match said(&text[part.clone()], name, true, style) {
            Said::Abbreviation if has_lead && !abbreviates(&text[part.clone()], name) => Said::Organisation,
            said => said,
        };
        let said: Vec<Said> = parts.iter().map(said_of).collect();
        if said.iter().all(|said| *said == Said::Organisation) {
            items.push(Item { said: Said::Organisation, outer: range, inner });
        } else {
            items.extend(said.into_iter().zip(parts).map(|(said, part)| Item {
                said,
                outer: part.clone(),
                inner: part,
            }));
        }
    }
    items
}

/// Cuts what stands in brackets at its commas, outside inner brackets.
fn parts_of_bracket(text: &str, inner: Range<usize>) -> Vec<Range<usize>> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_i32, inner.start);
    for (at, letter) in text[inner.clone()].char_indices() {
        depth += i32::from("([".contains(letter)) - i32::from(")]".contains(letter));
        if depth == 0 && (letter == ',' || letter == ';') {
            parts.push(start..inner.start + at);
            start = inner.start + at + 1;
        }
    }
    parts.push(start..inner.end);
    let trimmed = parts.into_iter().map(|part| {
        let words = &text[part.clone()];
        let from = part.start + words.len() - words.trim_start().len();
        from..from + words.trim().len()
    });
    trimmed.collect()
}

/// What one part says.
fn said(text: &str, name: &str, is_bracket: bool, style: &Style) -> Said {
    let token = text.rsplit('→').next().unwrap_or(text).trim();
    let n_letters = token.chars().count();
    let is_token = is_capitals(token)
        || (is_bracket && n_letters <= 4 && token.chars().filter(|letter| letter.is_uppercase()).count() > 1);
    let is_speaker = style.speakers.contains(token);
    let is_word_of_name = is_bracket && name.split_whitespace().any(|word| word.eq_ignore_ascii_case(token));
    let is_short = is_token && (abbreviates(token, name) || (is_bracket && style.abbreviates));
    if is_word_of_name || is_short || (is_speaker && (is_token || is_bracket)) {
        Said::Abbreviation
    } else if let Some(mode) = mode(text, is_bracket) {
        Said::Mode(mode)
    } else if is_role(text) {
        Said::Role
    } else if is_remark(text, is_bracket) {
        Said::Remark
    } else {
        Said::Organisation
    }
}

/// The organisation is the first unbroken run of parts that name one, as it is written.
fn gathered(text: &str, items: &[Item]) -> Person {
    let mut person = Person::default();
    let mut roles: Vec<&str> = Vec::new();
    let is_organisation = |item: &&Item| item.said == Said::Organisation;
    let first = items.iter().position(|item| item.said == Said::Organisation);
    let run: Vec<&Item> =
        first.map_or_else(Vec::new, |first| items[first..].iter().take_while(is_organisation).collect());
    match run[..] {
        [] => {}
        [only] => person.affiliation = Some(without_brackets(&text[only.inner.clone()]).into()),
        [first, .., last] => person.affiliation = Some(text[first.outer.start..last.outer.end].into()),
    }
    person.affiliation = person.affiliation.map(|name| name.trim_matches([' ', '}', '{', ',']).to_string());
    person.affiliation = person.affiliation.filter(|name| name.chars().any(char::is_alphanumeric));
    for item in items {
        let words = &text[item.inner.clone()];
        match &item.said {
            Said::Role => roles.push(words.trim_end_matches('.')),
            Said::Mode(mode) => person.mode = Some(*mode),
            Said::Abbreviation if person.abbreviation.is_none() => person.abbreviation = Some(words.into()),
            _ => {}
        }
    }
    person.role = (!roles.is_empty()).then(|| roles.join(", "));
    person
}

/// `((Ministry of Lamps))`: what is in brackets twice.
fn without_brackets(text: &str) -> &str {
    let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inner.filter(|_| closing(text) == Some(text.len())).unwrap_or(text)
}

/// Returns the style of a list, seen over all its entries.
pub(super) fn style<'a>(entries: impl Iterator<Item = &'a str>, speakers: BTreeSet<String>) -> Style {
    let (mut n_fit, mut n_capitals, mut n_leads, mut n_entries) = (0, 0, 0, 0);
    let (mut n_commas, mut n_family_first, mut n_organisations) = (0, 0, 0);
    for written in entries {
        let text = plain(written);
        n_entries += 1;
        let (lead, text) = leading(&text);
        n_leads += usize::from(lead.is_some());
        let segments = segments(text);
        let Some(name) = segments.first().filter(|first| !first.is_bracket) else { continue };
        let name = &text[name.range.clone()];
        let brackets = segments.iter().filter(|segment| segment.is_bracket);
        let tokens = brackets.map(|segment| text[segment.range.clone()].trim_matches(['(', ')', '[', ']']));
        for token in tokens {
            n_capitals += usize::from(is_capitals(token));
            n_fit += usize::from(is_capitals(token) && abbreviates(token, name));
            let is_named = token.starts_with(char::is_uppercase) && !is_capitals(token);
            n_organisations +=
                usize::from(is_named && said(token, name, true, &Style::default()) == Said::Organisation);
        }
        if let [_, second] = &segments[..]
            && second.is_comma
            && !second.is_bracket
        {
            n_commas += 1;
            let given = &text[second.range.clone()];
            let n_words = name.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
            n_family_first += usize::from(n_words == 1 && is_name(given));
        }
    }
    Style {
        abbreviates: n_fit > 0 && n_fit * 2 >= n_capitals,
        leads: n_leads > 0 && n_leads * 2 >= n_entries,
        has_organisations: n_organisations > 1,
        is_family_first: n_family_first > 2 && n_family_first * 10 >= n_commas * 7,
        speakers,
    }
}

#[cfg(test)]
#[path = "entry_tests.rs"]
mod tests;
