//! Persons and organisations: mentions, names, and what is said of persons.

use serde_json::Value;

use super::pairs::{Item, Match, tally};
use super::side::{Party, Side, are_same_words, overlap, quote, share_a_form, shown, text, without_remark, words};
use super::{Kind, Tally};
use crate::answer::Span;

/// Adds the tallies of persons.
pub(super) fn persons(key: &Side<'_>, answer: &Side<'_>, tallies: &mut Vec<Tally>) {
    if !key.has("persons") {
        return;
    }
    if key.knows("persons", "mentions") {
        let of = |side: &Side<'_>| mentions(side.list("persons"), |_| true);
        tallies.push(tally(Kind::PersonMentionsStrict, of(key), of(answer), strict));
        tallies.push(tally(Kind::PersonMentionsLenient, of(key), of(answer), lenient));
    }
    tallies.push(tally(Kind::Persons, names(key), names(answer), |one, other| {
        Match::right_if(are_same_words(one, other))
    }));
    if key.knows("persons", "roles") {
        for kind in
            [Kind::Affiliations, Kind::Roles, Kind::Statuses, Kind::Parts, Kind::PartSessions, Kind::Modes, Kind::Talks]
        {
            tallies.push(tally(kind, statements(kind, key), statements(kind, answer), statement));
        }
    }
}

/// Adds the tallies of organisations.
pub(super) fn organisations(key: &Side<'_>, answer: &Side<'_>, tallies: &mut Vec<Tally>) {
    if !key.has("organisations") {
        return;
    }
    if key.knows("organisations", "mentions") {
        let is_nested = |mention: &Value| mention.get("nested").and_then(Value::as_bool).unwrap_or(false);
        let outer = |side: &Side<'_>| mentions(side.list("organisations"), |mention| !is_nested(mention));
        let inner = |side: &Side<'_>| mentions(side.list("organisations"), is_nested);
        tallies.push(tally(Kind::OrganisationMentionsStrict, outer(key), outer(answer), strict));
        tallies.push(tally(Kind::OrganisationMentionsLenient, outer(key), outer(answer), lenient));
        tallies.push(tally(Kind::OrganisationMentionsNested, inner(key), inner(answer), strict));
    }
    let (ours, theirs) = (parties(key), parties(answer));
    tallies.push(tally(Kind::Organisations, ours, theirs, |one, other| match (one, other) {
        (Party::Organisation(one), Party::Organisation(other)) if share_a_form(one, other) => {
            Match::Right(one.iter().filter(|form| other.contains(form)).count())
        }
        _ => Match::No,
    }));
    tallies.push(countries(key, answer));
}

/// Mentions of some entries, each span once.
fn mentions(entries: &[Value], is_wanted: impl Fn(&Value) -> bool) -> Vec<Item<(Span, Span)>> {
    let mentions = entries.iter().filter_map(|one| one.get("mentions")?.as_array()).flatten();
    let mut items: Vec<Item<(Span, Span)>> = mentions
        .filter(|mention| is_wanted(mention))
        .filter_map(quote)
        .map(|(span, words)| Item { shown: shown(span, words), value: (span, trimmed(span, words)) })
        .collect();
    items.sort_by_key(|item| item.value.0);
    items.dedup_by_key(|item| item.value.0);
    items
}

fn strict(one: &(Span, Span), other: &(Span, Span)) -> Match {
    match lenient(one, other) {
        _ if one.1 == other.1 => Match::Right(0),
        Match::Right(n_bytes) => Match::Near(n_bytes),
        none => none,
    }
}

fn lenient(one: &(Span, Span), other: &(Span, Span)) -> Match {
    let n_shared = overlap(one.0, other.0);
    let is_same = usize::from(one.1 == other.1);
    if n_shared == 0 { Match::No } else { Match::Right(2 * n_shared + is_same) }
}

/// What may stand before or after a name in a mention without changing it.
const BEFORE: &[&str] = &[
    "the",
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "amb",
    "ambassador",
    "eng",
    "ing",
    "hon",
    "h.e",
    "he",
    "mme",
    "madam",
    "madame",
];

/// Returns the span without honorific, article, possessive and marks at its edges.
fn trimmed(span: Span, quote: &str) -> Span {
    if quote.len() != span.end - span.start {
        return span;
    }
    let is_edge =
        |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '"' | '“' | '”' | '‘' | '\'' | '’');
    let mut rest = quote.trim_start_matches(is_edge);
    while let Some((first, tail)) = rest.split_once(char::is_whitespace) {
        let word = first.trim_end_matches('.').to_lowercase();
        let is_honorific = BEFORE.contains(&word.as_str()) && (word != "he" || first.contains('.'));
        if !is_honorific {
            break;
        }
        rest = tail.trim_start_matches(is_edge);
    }
    let start = span.end - rest.len();
    let rest = rest.trim_end_matches(is_edge);
    let rest = ["'s", "’s", "-san"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    Span::new(start, start + rest.len())
}

/// Names of persons.
fn names<'a>(side: &Side<'a>) -> Vec<Item<&'a str>> {
    let names = side.list("persons").iter().filter_map(|one| text(one, "name"));
    names.map(|name| Item { shown: name.to_string(), value: name }).collect()
}

/// One statement on a person.
#[derive(PartialEq)]
struct Statement {
    /// Words of the name.
    person: String,
    /// Words of what is said, brackets at the end left out.
    said: String,
    /// The organisation: its identifier, and its forms.
    organisation: Option<(String, Vec<String>)>,
}

/// Statements of a kind, each once.
fn statements(kind: Kind, side: &Side<'_>) -> Vec<Item<Statement>> {
    let mut items: Vec<Item<Statement>> = Vec::new();
    for person in side.list("persons") {
        let Some(name) = text(person, "name") else { continue };
        let roles = person.get("roles").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for role in roles {
            let Some((said, organisation)) = said(kind, side, role) else { continue };
            let place = organisation.map(|id| format!(" @ {}", side.shown(id))).unwrap_or_default();
            let shown = format!("{name}: {said}{place}");
            let value = Statement {
                person: words(without_remark(name)),
                said: words(without_remark(said)),
                organisation: organisation.map(|id| match side.party(id) {
                    Party::Organisation(forms) => (id.to_string(), forms),
                    Party::Person(words) | Party::Described(words) => (id.to_string(), vec![words]),
                }),
            };
            if items.iter().all(|item| item.value != value) {
                items.push(Item { shown, value });
            }
        }
    }
    items
}

/// What a role says of a kind: words, and the organisation where it belongs to the statement.
fn said<'a>(kind: Kind, side: &Side<'a>, role: &'a Value) -> Option<(&'a str, Option<&'a str>)> {
    let field = |field: &str| text(role, field).filter(|text| !text.trim().is_empty());
    match kind {
        Kind::Affiliations => Some(("", Some(field("org")?))),
        Kind::Roles => Some((field("role")?, field("org"))),
        Kind::Statuses => Some((field("status")?, None)),
        Kind::Parts => Some((field("event_role")?, None)),
        Kind::PartSessions => Some((side.session(field("session")?), None)),
        Kind::Modes => Some((field("mode")?, None)),
        Kind::Talks => Some((field("talk")?, None)),
        _ => None,
    }
}

fn statement(one: &Statement, other: &Statement) -> Match {
    let is_same_organisation = match (&one.organisation, &other.organisation) {
        (None, None) => true,
        (Some((_, one)), Some((_, other))) => share_a_form(one, other),
        _ => false,
    };
    let is_said_alike = one.said == other.said;
    match one.person == other.person {
        true if is_said_alike && is_same_organisation => Match::Right(0),
        true => Match::Near(usize::from(is_same_organisation) + usize::from(is_said_alike)),
        false => Match::No,
    }
}

/// Organisations with their forms.
fn parties(side: &Side<'_>) -> Vec<Item<Party>> {
    let one = |one: &Value| {
        let id = text(one, "id")?;
        let name = text(one, "name").unwrap_or(id);
        let acronym = text(one, "acronym").map(|acronym| format!(" ({acronym})")).unwrap_or_default();
        Some(Item { shown: format!("{name}{acronym}"), value: side.party(id) })
    };
    side.list("organisations").iter().filter_map(one).collect()
}

/// Countries that the key takes from the document, against those of the same organisations in the answer.
fn countries(key: &Side<'_>, answer: &Side<'_>) -> Tally {
    let mut tally = Tally::new(Kind::Countries);
    for one in key.list("organisations") {
        let is_stated = text(one, "country_basis").is_some_and(|basis| basis.starts_with("stated"));
        let (Some(id), Some(country), true) = (text(one, "id"), text(one, "country"), is_stated) else { continue };
        let party = key.party(id);
        let is_it = |other: &&Value| text(other, "id").is_some_and(|id| answer.party(id).is(&party));
        let same: Vec<&Value> = answer.list("organisations").iter().filter(is_it).collect();
        let found = same.iter().filter_map(|one| text(one, "country")).min();
        if same.iter().any(|one| text(one, "country").is_some_and(|found| are_same_words(country, found))) {
            tally.n_right += 1;
        } else if let Some(found) = found {
            tally.differences.push(format!("{}: {country} -> {found}", key.shown(id)));
        } else if !same.is_empty() {
            tally.misses.push(format!("{}: {country}", key.shown(id)));
        }
    }
    tally.differences.sort_unstable();
    tally.misses.sort_unstable();
    tally
}
