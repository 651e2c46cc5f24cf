//! Persons put together: places where they are named become mentions, offices become roles.

use std::ops::Range;

use rustc_hash::FxHashMap;

use document::Kind;

use super::again::{self, Known};
use super::hits::{Hits, abbreviates};
use super::persons::{Context, Seen};
use super::tail::Office;
use super::words::lexicon;
use crate::answer::{Doubt, Found, Person, Role, Span};
use crate::scan::{Scan, folded};

/// The persons of a document.
pub(crate) struct People {
    /// In order of first mention.
    pub persons: Vec<Person>,
    /// What a person has to decide.
    pub doubts: Vec<Doubt>,
}

/// Returns the words that stand where an organisation does.
pub(crate) fn slots(scan: &Scan<'_>, seen: &[Seen], hits: &Hits<'_, '_>) -> Vec<Range<usize>> {
    let offices = seen
        .iter()
        .flat_map(|one| one.tail.iter().flat_map(move |tail| tail.offices.iter().map(move |office| (one, office))));
    offices
        .filter_map(|(one, office)| Some((one, office.organisation.clone()?)))
        .filter(|(one, own)| !is_short_for(scan, one, own) && !own.clone().all(|n| is_country(scan, n)))
        .map(|(_, own)| own)
        .filter(|own| !own.is_empty() && own.len() <= 9 && hits.exactly(own).is_none())
        .collect()
}

fn is_country(scan: &Scan<'_>, n: usize) -> bool {
    let is_of = matches!(scan.word(n), "of" | "the");
    scan.tokens.get(n).is_none_or(|token| is_of || !token.is_word() || lexicon().countries.has(token.key))
}

/// True when the word beside a name only abbreviates it: `Anna Example (AEX)`.
fn is_short_for(scan: &Scan<'_>, one: &Seen, own: &Range<usize>) -> bool {
    let word = scan.word(own.start);
    own.len() == 1
        && word.len() <= 4
        && word.chars().all(char::is_uppercase)
        && scan.word(one.name.tokens.end) == "("
        && abbreviates(word, &scan.words(&one.name.tokens))
}

/// Puts the persons together.
pub(crate) fn read(context: &Context<'_, '_, '_>, seen: &[Seen], numbers: &FxHashMap<usize, usize>) -> People {
    let scan = context.scan;
    let mut people = People { persons: Vec::new(), doubts: Vec::new() };
    let mut keys: Vec<Vec<u64>> = Vec::new();
    let mut by_name: FxHashMap<Vec<u64>, usize> = FxHashMap::default();
    // Whole names first, so that a part of a name finds its owner wherever it stands.
    let of = |one: &Seen| -> Vec<u64> {
        one.name
            .tokens
            .clone()
            .filter_map(|n| scan.tokens.get(n))
            .filter(|token| token.is_word())
            .map(|token| token.key)
            .collect()
    };
    let is_initialled = |one: &Seen| scan.word(one.name.tokens.start).trim_end_matches('.').chars().count() == 1;
    for one in seen.iter().filter(|one| one.name.tokens.len() > 1 && !is_initialled(one)) {
        let name = of(one);
        by_name.entry(name.clone()).or_insert_with(|| {
            people.persons.push(Person { name: scan.words(&one.name.tokens), ..Person::default() });
            keys.push(name);
            people.persons.len() - 1
        });
    }
    let initials = people.persons.iter().map(|person| initials(&person.name)).collect();
    let known = Known::of(keys, initials);
    for one in seen {
        let name = of(one);
        let number = match by_name.get(&name) {
            Some(number) => *number,
            None => match owner(context, &known, one, &people.persons) {
                Owner::Person(number) => number,
                Owner::Several => {
                    people.doubts.push(shared(scan, one));
                    continue;
                }
                Owner::Nobody => {
                    people.persons.push(Person { name: scan.words(&one.name.tokens), ..Person::default() });
                    by_name.insert(name, people.persons.len() - 1);
                    people.persons.len() - 1
                }
            },
        };
        add(context, one, number, numbers, &mut people);
    }
    again::find(context, &known, seen, &mut people.persons, &mut people.doubts);
    people.persons.retain(|person| !person.mentions.is_empty());
    people.persons.sort_by_key(|person| person.mentions.first().map_or(0, |found| found.span.start));
    people
}

/// The first letters of the words of a name, small.
fn initials(name: &str) -> Vec<char> {
    name.split([' ', '-', '.']).filter_map(|word| word.chars().next()?.to_lowercase().next()).collect()
}

/// Whose a part of a name is.
enum Owner {
    Person(usize),
    Several,
    Nobody,
}

/// A part of a name that two persons bear.
fn shared(scan: &Scan<'_>, one: &Seen) -> Doubt {
    Doubt {
        kind: "name-shared",
        what: format!("expected one person called `{}`, found several", scan.words(&one.name.tokens)),
        hint: "say in review which one is meant".into(),
        found: Found::new(scan.span(&one.name.tokens), one.rule, 0.4),
    }
}

/// Blocks back from a part of a name to the whole one, where several persons bear it.
const NEAR: u32 = 1;

/// `Ms Example`: the one person one word of whose name this is; where there are several, the only one named just before.
fn owner(context: &Context<'_, '_, '_>, known: &Known, one: &Seen, persons: &[Person]) -> Owner {
    let scan = context.scan;
    if let Some((person, end)) = again::initialled(scan, known, one.name.tokens.start) {
        return if end == one.name.tokens.end { Owner::Person(person) } else { Owner::Nobody };
    }
    if one.is_given_name_only || one.name.tokens.len() != 1 {
        return Owner::Nobody;
    }
    let Some(token) = scan.tokens.get(one.name.tokens.start) else { return Owner::Nobody };
    let candidates = known.with_word(token.key);
    let is_near = |person: &&usize| {
        let mentions = persons.get(**person).map(|person| person.mentions.as_slice()).unwrap_or_default();
        let block = |found: &Found| scan.tokens.get(scan.token_at(found.span.start)).map_or(0, |token| token.block);
        mentions.iter().any(|found| found.span.start < token.start && token.block - block(found) <= NEAR)
    };
    let address = |words: &str| words.trim_end_matches('.').to_lowercase();
    let said = address(&scan.words(&one.name.honorific));
    let fits = |person: &&usize| {
        let known = persons.get(**person).and_then(|person| person.honorific.as_deref());
        known.is_none_or(|known| address(known) == said)
    };
    match candidates {
        [] => Owner::Nobody,
        [person] => Owner::Person(*person),
        _ => {
            let near: Vec<&usize> = candidates.iter().filter(|one| is_near(one) && fits(one)).collect();
            if let [person] = near[..] { Owner::Person(*person) } else { Owner::Several }
        }
    }
}

/// Adds one place to its person.
fn add(
    context: &Context<'_, '_, '_>,
    one: &Seen,
    number: usize,
    numbers: &FxHashMap<usize, usize>,
    people: &mut People,
) {
    let scan = context.scan;
    let roles = roles(context, one, numbers);
    let Some(person) = people.persons.get_mut(number) else { return };
    let name = Found::new(scan.span(&one.name.tokens), one.rule, one.confidence);
    if !one.name.honorific.is_empty() && person.honorific.is_none() {
        person.honorific = Some(scan.folded(&one.name.honorific));
    }
    if one.is_given_name_only {
        person.is_given_name_only = true;
        people.doubts.push(Doubt {
            kind: "given-name-only",
            what: format!("expected a family name, found `{}` alone", person.name),
            hint: "say in review who is meant, or leave it open".into(),
            found: name,
        });
    }
    person.mentions.push(name);
    if roles.is_empty() {
        let last = person.roles.last();
        let part = one.part.filter(|part| last.is_none_or(|last| last.part.as_deref() != Some(part)));
        if let Some(part) = part {
            let organisation = last.and_then(|last| last.organisation);
            let mut role = blank(name);
            (role.part, role.organisation) = (Some(part.to_string()), organisation);
            person.roles.push(role);
        }
    }
    person.roles.extend(roles);
}

fn blank(found: Found) -> Role {
    Role { title: None, organisation: None, part: None, session: None, status: None, mode: None, talk: None, found }
}

/// What one place says of the person.
fn roles(context: &Context<'_, '_, '_>, one: &Seen, numbers: &FxHashMap<usize, usize>) -> Vec<Role> {
    let scan = context.scan;
    let tail = one.tail.as_ref();
    let start = if one.name.honorific.is_empty() { one.name.tokens.start } else { one.name.honorific.start };
    let mode = tail.and_then(|tail| tail.mode.as_ref()).map(|mode| mode_of(&scan.folded(mode)));
    let talk = talk(context, one);
    let mut roles = Vec::new();
    if let Some(office) = &one.before {
        let span = scan.span(&(office.start..one.name.tokens.end));
        roles.push(role(context, one, office, span, numbers));
    }
    let offices = tail.map(|tail| tail.offices.as_slice()).unwrap_or_default();
    for (n, office) in offices.iter().enumerate() {
        let end =
            if n + 1 == offices.len() { tail.map_or(office.end, |tail| tail.end.max(office.end)) } else { office.end };
        let from = if n == 0 { start } else { office.start };
        roles.push(role(context, one, office, scan.span(&(from..end)), numbers));
    }
    if roles.is_empty() && (mode.is_some() || talk.is_some()) {
        let span = scan.span(&(start..tail.map_or(one.name.tokens.end, |tail| tail.end)));
        roles.push(blank(Found::new(span, one.rule, one.confidence)));
    }
    for role in &mut roles {
        role.part = one.part.map(ToString::to_string);
        role.mode.clone_from(&mode);
        role.talk.clone_from(&talk);
    }
    roles
}

/// `remotely` is `remote`; all else as written, small.
fn mode_of(words: &str) -> String {
    match words.to_lowercase().as_str() {
        "remotely" => "remote".into(),
        other => other.into(),
    }
}

/// One office as a role.
fn role(
    context: &Context<'_, '_, '_>,
    one: &Seen,
    office: &Office,
    span: Span,
    numbers: &FxHashMap<usize, usize>,
) -> Role {
    let (scan, hits) = (context.scan, context.hits);
    let (title, status) = title(scan, &office.title);
    let own = office.organisation.as_ref();
    let entry =
        own.and_then(|own| hits.exactly(own)).map(|hit| hit.entry).or_else(|| study_group(scan, hits, &office.title));
    let mut role = blank(Found::new(span, one.rule, one.confidence));
    role.organisation = entry.and_then(|entry| numbers.get(&entry)).copied();
    (role.title, role.status) = (title, status);
    role
}

/// The words of an office, and whether it is a former or new one.
fn title(scan: &Scan<'_>, tokens: &Range<usize>) -> (Option<String>, Option<String>) {
    if tokens.is_empty() {
        return (None, None);
    }
    let mut tokens = tokens.clone();
    let mut status = None;
    while !tokens.is_empty() {
        let word = scan.word(tokens.start).to_lowercase();
        match word.as_str() {
            "former" | "new" | "acting" | "outgoing" | "incoming" | "interim" => status = Some(word),
            "ex" => status = Some("former".into()),
            _ if word.starts_with("ex-") => {
                let rest = word.trim_start_matches("ex-");
                let after = folded(scan.text(scan.span(&(tokens.start + 1..tokens.end))));
                return (Some(format!("{rest} {after}").trim().to_string()), Some("former".into()));
            }
            "current" | "the" | "a" | "an" | "," | "newly" | "elected" | "appointed" => {}
            _ => break,
        }
        tokens.start += 1;
    }
    let words = folded(scan.text(scan.span(&tokens)));
    let words = match words.as_str() {
        "SG" => "Secretary General".to_string(),
        "DG" => "Director General".to_string(),
        _ => words,
    };
    ((!words.is_empty()).then_some(words), status)
}

/// The study group of a question: that of `Q12/15 Rapporteur` is `SG15`, where the document names it.
fn study_group(scan: &Scan<'_>, hits: &Hits<'_, '_>, title: &Range<usize>) -> Option<usize> {
    let stroke = title.clone().find(|n| scan.word(*n) == "/" && scan.word(n - 1).starts_with(['Q', 'W']))?;
    let name = format!("SG{}", scan.word(stroke + 1));
    hits.found.iter().map(|hit| hit.entry).find(|entry| hits.entry(*entry).acronym.as_deref() == Some(&name))
}

/// The title of a talk: a line in quotation marks below the line of the speaker, or the first line below `Presentation by`.
fn talk(context: &Context<'_, '_, '_>, one: &Seen) -> Option<String> {
    let scan = context.scan;
    let start = one.name.tokens.start;
    let block = scan.tokens.get(start)?.block as usize;
    let tokens = scan.blocks.get(block)?;
    let end = one.tail.as_ref().map_or(one.name.tokens.end, |tail| tail.end);
    let is_headed =
        matches!(scan.document.blocks.get(block)?.kind, Kind::Heading(_) | Kind::Item { .. }) && end + 1 >= tokens.end;
    if !is_headed {
        return None;
    }
    let below = scan.blocks.get(block + 1)?;
    let words = scan.text(scan.span(below));
    let is_quoted = words.starts_with(['“', '"']) && words.trim_end().ends_with(['”', '"']);
    let is_presented = start > tokens.start && lexicon().joints.has(scan.tokens.get(start - 1)?.key)
        || scan.says(tokens.start, &["presentation", "by"]);
    let is_line = below.len() <= 40 && matches!(scan.document.blocks.get(block + 1)?.kind, Kind::Paragraph);
    (is_quoted || is_presented && is_line).then(|| folded(words.trim_matches(['“', '”', '"'])))
}
