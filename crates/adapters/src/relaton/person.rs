//! Who wrote, edited or answered for a document: contributors in a role that is an act.

use fact::{Act, Mention, Thing};

use super::Teller;
use super::item::{Item, content};
use super::party::{Body, name, roles};
use crate::parts::words::{tidy, without_addresses};
use crate::parts::yaml::Node;

/// States what a contributor did for the document, role by role.
pub fn tell(item: &Item<'_>, contributor: Node<'_>, publishers: &[Body<'_>], teller: &mut Teller<'_>) {
    let person = contributor.get("person");
    let found = match person {
        Some(person) => mentions(person),
        None => organisation(contributor, publishers).map(|one| vec![one]),
    };
    let Some(found) = found else {
        if person.is_some() {
            teller.problem("name-missing", contributor, "expected the name of a person, found none".into());
        }
        return;
    };
    if let Some(name) = found.first().and_then(|one| one.name.as_deref()).filter(|name| is_too_short(name)) {
        teller.problem("name-too-short", contributor, format!("expected a name, found the letter `{name}`"));
    }
    for (role, description) in roles(contributor) {
        let act = match act(role, description, person.is_some() && item.scheme == "3GPP") {
            Ok(Some(act)) => act,
            Ok(None) => continue,
            Err(what) => {
                teller.problem("role-unknown", contributor, what);
                continue;
            }
        };
        let said = tidy(description.unwrap_or(role));
        for mention in &found {
            let names = [mention.name.as_deref(), mention.affiliation.as_deref(), Some(&said)];
            let quote = names.into_iter().flatten().collect::<Vec<_>>().join("; ");
            let mut fact = teller.of(item, act, contributor.evidence(&quote));
            if act == Act::Held {
                fact.object = Some(Thing::new("office", "").titled(&said));
            }
            fact.who = Mention { role: Some(said.clone()), ..mention.clone() };
            teller.reading.facts.push(fact);
        }
    }
}

/// The act of a role; none for the roles of bodies, which are said otherwise.
fn act(role: &str, description: Option<&str>, is_of_3gpp: bool) -> Result<Option<Act>, String> {
    let is = |word: &str| description.is_some_and(|what| what.eq_ignore_ascii_case(word));
    match role {
        _ if is("chair") || is("co-chair") => Ok(Some(Act::Held)),
        _ if is("rapporteur") || (is_of_3gpp && role == "author") => Ok(Some(Act::Rapporteured)),
        "author" => Ok(Some(Act::Authored)),
        "editor" => Ok(Some(Act::Edited)),
        "publisher" | "authorizer" | "distributor" | "owner" => Ok(None),
        _ => Err(format!("expected the role `author` or `editor`, found `{role}`")),
    }
}

/// A person with each affiliation that is given; one without any where none is. Never empty.
fn mentions(person: Node<'_>) -> Option<Vec<Mention>> {
    let name = person_name(person.get("name")?)?;
    let organisations = person.get("affiliation").into_iter().flat_map(Node::each).filter_map(|affiliation| {
        let organisation = affiliation.get("organization").or_else(|| affiliation.get("organisation"))?;
        Some((self::name(organisation)?, organisation))
    });
    let mut mentions: Vec<Mention> = Vec::new();
    let domain = address(person, "email").and_then(|mail| Some(mail.rsplit_once('@')?.1.trim().to_owned()));
    let country = postal(person);
    for (affiliation, organisation) in organisations {
        if mentions.iter().any(|other| other.affiliation.as_deref() == Some(&affiliation)) {
            continue;
        }
        let mut mention = Mention::person(&name, Some(&affiliation));
        mention.country = country.clone().or_else(|| postal(organisation));
        mentions.push(mention);
    }
    if mentions.is_empty() {
        mentions.push(Mention { country, ..Mention::person(&name, None) });
    }
    for mention in &mut mentions {
        mention.domain.clone_from(&domain);
    }
    Some(mentions)
}

/// The complete name as written, or else forenames (or their initials) and surname in the order of speech.
fn person_name(name: Node<'_>) -> Option<String> {
    let plain = |text: &str| without_addresses(&tidy(text)).trim_end_matches([',', ';', ' ']).to_owned();
    let said = |node: Option<Node<'_>>| node.and_then(content).map(plain).filter(|text| !text.is_empty());
    if let Some(whole) = said(name.get("completename")).or_else(|| said(Some(name))) {
        return Some(whole);
    }
    let given = name.get("given").unwrap_or(name);
    let forenames = given.get("forename").into_iter().flat_map(Node::each).filter_map(|one| said(Some(one)));
    let mut parts: Vec<String> = forenames.collect();
    if parts.is_empty() {
        let initials = ["formatted_initials", "formatted-initials", "initials"];
        parts.extend(initials.iter().find_map(|key| said(given.get(key))));
    }
    parts.extend(said(name.get("surname")));
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A field of the contact, which is a map, a list of maps, or stands beside the name.
fn address<'t>(party: Node<'t>, key: &str) -> Option<&'t str> {
    let contacts = party.get("contact").into_iter().flat_map(Node::each).chain([party]);
    contacts.filter_map(|contact| contact.get(key)).flat_map(Node::each).find_map(content)
}

fn postal(party: Node<'_>) -> Option<String> {
    let contacts = party.get("contact").into_iter().flat_map(Node::each).chain([party]);
    let mut places = contacts.filter_map(|contact| contact.get("address")).flat_map(Node::each);
    places.find_map(|place| place.get("country").and_then(content)).map(tidy)
}

/// Returns a body as author: one that is neither the publisher nor a committee, whose group is said otherwise.
fn organisation(contributor: Node<'_>, publishers: &[Body<'_>]) -> Option<Mention> {
    let name = name(contributor.get("organization").or_else(|| contributor.get("organisation"))?)?;
    let mut roles = roles(contributor);
    let is_group = roles.any(|(_, what)| what.is_some_and(|what| what.eq_ignore_ascii_case("committee")));
    (!is_group && publishers.iter().all(|one| one.name != name)).then(|| Mention::organisation(&name))
}

/// True for a name that is one letter: something was cut off before it came here.
fn is_too_short(name: &str) -> bool {
    name.chars().filter(|letter| letter.is_alphanumeric()).count() < 2
}
