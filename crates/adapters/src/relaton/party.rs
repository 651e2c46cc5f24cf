//! Who published a document, and in which group it was made.

use fact::{Mention, Party};

use super::item::{Item, content};
use crate::parts::identifier;
use crate::parts::words::tidy;
use crate::parts::yaml::Node;

/// A body as a contributor or owner names it.
pub struct Body<'t> {
    /// Its name.
    pub name: String,
    /// Its short name, if that is given.
    pub short: Option<&'t str>,
}

/// Returns the bodies that published the document: contributors in the role of publisher.
pub fn publishers<'t>(item: &Item<'t>) -> Vec<Body<'t>> {
    let contributors = contributors(item.node);
    let named = contributors.filter(|one| roles(*one).any(|(role, _)| role == "publisher")).filter_map(|one| {
        let organisation = one.get("organization").or_else(|| one.get("organisation"))?;
        Some(Body { name: name(organisation)?, short: organisation.get("abbreviation").and_then(content) })
    });
    named.collect()
}

/// A name that stands for a group that nobody knew.
pub struct Unknown<'t>(pub Node<'t>, pub String);

/// Returns the group in which the document was made, as written; without one, the body itself.
///
/// A code (`S3`, `TC 35`) or a single word (`Security`) says nothing outside its body, so the body's short name is put
/// before it: the publisher's, or else the kind of the identifier, which is such a name.
pub fn group<'t>(item: &Item<'t>, publishers: &[Body<'t>]) -> (Option<String>, Option<Unknown<'t>>) {
    let short = publishers.iter().find_map(|body| body.short);
    let prefix = short.or((!item.scheme.is_empty()).then_some(item.scheme));
    let name = short.or_else(|| publishers.first().map(|body| body.name.as_str())).or(prefix);
    let body = name.map(|name| tidy(body_of(&item.id, name)));
    let Some((at, group)) = committee(item.node).or_else(|| editorial_group(item.node)) else {
        return (body, None);
    };
    if group.to_ascii_lowercase().starts_with("unknown ") {
        return (body, Some(Unknown(at, group)));
    }
    let is_code = !group.contains(' ') || !group.bytes().any(|letter| letter.is_ascii_lowercase());
    let is_named = |body: &str| group.split([' ', '/']).any(|word| word == body);
    let is_foreign = publishers.iter().filter_map(|body| body.short).any(is_named) || group.starts_with("ISO/");
    match prefix {
        Some(prefix) if is_code && !is_foreign && !is_named(prefix) => (Some(format!("{prefix} {group}")), None),
        _ => (Some(group), None),
    }
}

/// The sector of a body, where the identifier names it: `ITU-R BT.2408-0` is ITU-R's rather than ITU's.
pub fn body_of<'a>(id: &'a str, name: &'a str) -> &'a str {
    identifier::bodies(id).next().filter(|body| body.starts_with(name)).unwrap_or(name)
}

/// A committee among the contributors: a subdivision of the body, or a body that is called one.
fn committee(node: Node<'_>) -> Option<(Node<'_>, String)> {
    contributors(node).find_map(|one| {
        roles(one).find(|(_, what)| what.is_some_and(|what| what.eq_ignore_ascii_case("committee")))?;
        let organisation = one.get("organization").or_else(|| one.get("organisation"))?;
        let parts = organisation.get("subdivision").into_iter().flat_map(Node::each);
        let part = parts.filter_map(|part| {
            let code = part.get("identifier").and_then(|code| code.each().find_map(content));
            Some((part, code.map(tidy).or_else(|| name(part))?))
        });
        let is_author = roles(one).any(|(role, _)| role == "author");
        part.last().or_else(|| (!is_author).then(|| Some((one, name(organisation)?))).flatten())
    })
}

/// A group in the field `editorialgroup`, which is a list of groups or a map of kinds of group.
fn editorial_group(node: Node<'_>) -> Option<(Node<'_>, String)> {
    let field = node.get("editorialgroup").or_else(|| node.get("ext")?.get("editorialgroup"))?;
    let is = |group: &Node<'_>, kind: &str| group.get("type").and_then(Node::text) == Some(kind);
    if field.is_map() && field.get("name").is_none() {
        let kinds = ["technical_committee", "committee", "group", "workgroup"];
        let kind = kinds.iter().find_map(|kind| field.get(kind))?;
        return kind.each().find_map(said);
    }
    let groups = || field.each();
    let best = groups().find(|group| is(group, "prime")).or_else(|| groups().find(|group| !is(group, "former")));
    best.or_else(|| groups().next()).and_then(said)
}

/// The code of a group, or its name, or the bare text.
fn said(group: Node<'_>) -> Option<(Node<'_>, String)> {
    let code = group.get("identifier").and_then(content).map(tidy);
    let text = code.or_else(|| name(group)).or_else(|| name(group.get("group")?)).or_else(|| group.text().map(tidy));
    Some((group, text.filter(|text| !text.is_empty())?))
}

/// Returns the contributors of an item.
pub fn contributors(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    node.get("contributor").into_iter().flat_map(Node::each)
}

/// Returns the roles of a contributor, each with its description.
pub fn roles(contributor: Node<'_>) -> impl Iterator<Item = (&str, Option<&str>)> {
    contributor.get("role").into_iter().flat_map(Node::each).filter_map(|role| {
        let kind = role.get("type").and_then(Node::text).or_else(|| role.text())?;
        let description = role.get("description").and_then(|what| what.each().find_map(content));
        Some((kind, description))
    })
}

/// Returns the mention of a body.
pub fn body(name: &str) -> Mention {
    Mention { party: Party::Body, affiliation: Some(name.into()), ..Mention::default() }
}

/// The name of an organisation: the English one, or the first.
pub fn name(organisation: Node<'_>) -> Option<String> {
    let field = organisation.get("name")?;
    let is_english = |name: &Node<'_>| {
        name.get("language").is_none_or(|language| language.each().filter_map(Node::text).any(|code| code == "en"))
    };
    let best = field.each().find(is_english).or_else(|| field.each().next())?;
    content(best).map(tidy).filter(|name| !name.is_empty())
}
