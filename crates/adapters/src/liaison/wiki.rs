//! Pages of the IETF wiki about liaisons: prose, of which only plain sentences become facts.
//!
//! `Ann Example is the liaison manager from Acme to the IETF.` gives the office to a person; `... is always the CT chair`
//! to another office. A page named after the relationship with a body states that relationship. All else is left.

use fact::{Act, Evidence, Fact, Mention, Party, Reading, Thing, When};

use super::body;
use crate::parts::address::blanked;
use crate::parts::author::has_organisation_word;
use crate::parts::lines::{Line, lines};

/// Lines of the front matter looked at.
const FRONT: usize = 30;

/// True for a page exported from the wiki whose title speaks of a liaison.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4_000)];
    if !head.starts_with(b"---") {
        return false;
    }
    let front: Vec<Line<'_>> = lines(head).skip(1).take(FRONT).take_while(|line| line.text != "---").collect();
    let has = |key: &str| front.iter().any(|line| line.text.starts_with(key));
    let is_wiki = has("editor: markdown") && has("dateCreated:") && has("published:");
    is_wiki && field(&front, "title:").is_some_and(|title| title.to_lowercase().contains("liaison"))
}

fn field<'a>(front: &'a [Line<'_>], key: &str) -> Option<&'a str> {
    front.iter().find_map(|line| line.text.strip_prefix(key)).map(str::trim)
}

pub(super) fn read(bytes: &[u8]) -> Reading {
    let all: Vec<Line<'_>> = lines(bytes).filter(|line| line.text.len() < 20_000).take(5_000).collect();
    let front = &all[1..all.len().min(FRONT)];
    let title = field(front, "title:").unwrap_or_default();
    let mut reading = Reading { about: format!("wiki page on a liaison: {title}"), n_units: 1, ..Reading::default() };
    let seen = field(front, "date:").and_then(|date| When::parse(date.get(..10)?)).unwrap_or(When::UNKNOWN);
    let below = all.iter().skip_while(|line| line.text == "---").skip_while(|line| line.text != "---").skip(1);
    let below: Vec<&Line<'_>> = below.collect();
    relationship(front, title, &below, seen, &mut reading);
    for line in &below {
        reading.facts.extend(office(&line.text, line, seen));
    }
    reading
}

/// A page titled `Acme liaison relationship` that speaks of the IETF states the relationship of the two.
fn relationship(front: &[Line<'_>], title: &str, below: &[&Line<'_>], seen: When, reading: &mut Reading) {
    let lower = title.to_lowercase();
    let Some(at) = lower.find("liaison relationship").filter(|at| title.is_char_boundary(*at)) else { return };
    let partner = title[..at].trim();
    let names_both = below.iter().any(|line| line.text.contains("IETF"));
    let Some(line) = front.iter().find(|line| line.text.starts_with("title:")).filter(|_| names_both) else { return };
    if partner.is_empty() {
        return;
    }
    reading.facts.push(Fact {
        who: body("IETF"),
        object: Some(Thing::new("agreement", "").titled("liaison relationship")),
        target: Some(Thing::new("body", partner)),
        when: seen,
        confidence: 0.9,
        ..Fact::new(Act::Announced, line.evidence())
    });
}

/// Reads a sentence that gives the office of a liaison manager to somebody.
fn office(text: &str, line: &Line<'_>, seen: When) -> Option<Fact> {
    let (office, holder, bodies) = holder_first(text).or_else(|| office_first(text))?;
    let (from, to) = between(bodies)?;
    let words = match from {
        Some(from) => format!("{office} from {from} to {to}"),
        None => format!("{office} to {to}"),
    };
    let role = Some(words.clone());
    let who = match holder {
        Holder::Person(name) => Mention { role, ..Mention::person(name, None) },
        Holder::Office(name) => Mention { party: Party::Office, role: Some(name.into()), ..Mention::default() },
    };
    Some(Fact {
        who,
        object: Some(Thing::new("office", "").titled(&words)),
        target: Some(Thing::new("body", to)),
        body: from.map(Into::into),
        when: seen,
        ..Fact::new(Act::Held, Evidence { quote: Evidence::new(0..0, "", &blanked(text)).quote, ..line.evidence() })
    })
}

enum Holder<'a> {
    Person(&'a str),
    Office(&'a str),
}

const OFFICES: [&str; 3] = ["liaison manager", "liaison officer", "liaison representative"];

/// `Ann Example is also the liaison manager from Acme to the IETF.`
fn holder_first(text: &str) -> Option<(&'static str, Holder<'_>, &str)> {
    let (name, rest) = text.split_once(" is ")?;
    let rest = ["also ", "currently ", "now "].iter().fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let rest = rest.strip_prefix("the ").or_else(|| rest.strip_prefix("our "))?;
    let office = OFFICES
        .into_iter()
        .find(|office| rest.get(..office.len()).is_some_and(|words| words.eq_ignore_ascii_case(office)))?;
    let name = name.rsplit(". ").next()?.trim_start_matches(['*', '-', '>', ' ']).trim();
    is_name(name).then_some((office, Holder::Person(name), &rest[office.len()..]))
}

/// `The liaison manager from Acme to the IETF is always the CT chair.`, `... is Ann Example.`
fn office_first(text: &str) -> Option<(&'static str, Holder<'_>, &str)> {
    let rest = text.strip_prefix("The ")?;
    let office = OFFICES
        .into_iter()
        .find(|office| rest.get(..office.len()).is_some_and(|words| words.eq_ignore_ascii_case(office)))?;
    let (bodies, holder) = rest[office.len()..].split_once(" is ")?;
    let holder = holder.strip_prefix("always ").or_else(|| holder.strip_prefix("currently ")).unwrap_or(holder);
    let holder = holder.trim_end_matches(['.', ' ']);
    if let Some(name) = holder.strip_prefix("the ") {
        let is_office = ["chair", "chairman", "secretary"].iter().any(|end| name.to_lowercase().ends_with(end));
        return (is_office && name.len() < 60).then_some((office, Holder::Office(name), bodies));
    }
    is_name(holder).then_some((office, Holder::Person(holder), bodies))
}

/// ` from Acme to the IETF.` names both bodies; ` to the IETF` only the one.
fn between(text: &str) -> Option<(Option<&str>, &str)> {
    let text = text.split(". ").next()?.trim().trim_end_matches(['.', ',']);
    let (from, to) = match text.strip_prefix("from ") {
        Some(rest) => rest.split_once(" to ").map(|(from, to)| (Some(from), to))?,
        None => (None, text.strip_prefix("to ")?),
    };
    let plain = |name: &str| -> bool { !name.is_empty() && name.len() < 60 && name.split(' ').count() <= 5 };
    let to = to.strip_prefix("the ").unwrap_or(to);
    let from = from.map(|from| from.strip_prefix("the ").unwrap_or(from));
    (plain(to) && from.is_none_or(plain)).then_some((from, to))
}

/// Two to four words that begin with capitals and are no organisation's.
fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let is_word = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|letter| letter.is_alphabetic() || "-'’.".contains(letter))
    };
    (2..=4).contains(&words.len()) && words.iter().all(is_word) && !has_organisation_word(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_sentences_name_an_office() {
        let read = |text: &str| {
            let line = Line { number: 1, at: 0..text.len(), text: text.into() };
            let fact = office(text, &line, When::UNKNOWN)?;
            Some((fact.who.name.or(fact.who.role)?, fact.body, fact.target?.id))
        };
        let some =
            |name: &str, from: Option<&str>, to: &str| Some((name.to_string(), from.map(String::from), to.to_string()));
        assert_eq!(
            read("Ann Example is also the liaison manager from Acme to the IETF."),
            some("Ann Example", Some("Acme"), "IETF")
        );
        assert_eq!(
            read("The liaison manager from 3GPP to IETF is always the CT chair."),
            some("CT chair", Some("3GPP"), "IETF")
        );
        assert_eq!(read("The liaison manager to Acme is Bo Sample."), some("Bo Sample", None, "Acme"));
        for text in [
            "The liaison manager should be contacted before a statement is sent.",
            "If there is no liaison manager to Acme, write to the IAB.",
            "This is the liaison manager from Acme to the IETF.",
            "For this purpose a liaison manager is named.",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
