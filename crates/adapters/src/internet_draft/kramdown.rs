//! A draft in kramdown-rfc: YAML front matter up to `--- abstract`, references there and in the text.
//!
//! # Source
//! <https://github.com/cabo/kramdown-rfc>: `normative:` and `informative:` hold references by name; `{{!RFC2119}}` in
//! the text is a normative one, `{{?RFC2119}}` an informative one, `{{?HTTP=RFC9110}}` one with a name of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use fact::{Evidence, Mention, Party, Problem, Reading, Thing, When};

use super::{Cited, Draft, Writer, reference};
use crate::parts::address::{blanked, domain_of};
use crate::parts::english_date::english_date;
use crate::parts::lines::lines;
use crate::parts::yaml::{Node, Tree};

/// Most bytes of front matter; the longest real ones have 20,000.
const LONGEST: usize = 1_000_000;
/// Longest line of text in which references are looked for.
const WIDEST: usize = 20_000;

/// True for front matter that names a draft.
pub(super) fn is_kramdown(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(32_000)];
    if !head.starts_with(b"---") && !head.starts_with(b"\xEF\xBB\xBF---") {
        return false;
    }
    let own = lines(head).skip(1).take_while(|line| !line.text.starts_with("---"));
    own.take(400).any(|line| {
        let value = line.text.strip_prefix("docname:").map(|value| value.trim().trim_matches(['"', '\'']));
        value.is_some_and(|value| value.starts_with("draft-"))
    })
}

/// The bytes of the front matter, between `---` and the next line that begins so.
fn front_matter(bytes: &[u8]) -> Range<usize> {
    let mut all = lines(bytes);
    let start = all.next().map_or(0, |line| line.at.end);
    let end = all.find(|line| line.text.starts_with("---") || line.at.start > LONGEST);
    start..end.map_or(bytes.len(), |line| line.at.start)
}

pub(super) fn read(bytes: &[u8], reading: &mut Reading) -> Draft {
    let at = front_matter(bytes);
    let mut draft = Draft { head: Evidence::new(at.clone(), "front matter", ""), ..Draft::default() };
    let Ok(text) = std::str::from_utf8(&bytes[at.clone()]) else {
        reading.problems.push(Problem {
            kind: "front-matter-unreadable",
            evidence: draft.head.clone(),
            what: "expected front matter in UTF-8, found other bytes".into(),
            hint: "save the file as UTF-8".into(),
        });
        return draft;
    };
    // Line numbers in the tree count from the first line of the front matter.
    match Tree::read(text, at.start) {
        Err(fault) => {
            reading.problems.push(fault.problem(bytes, "front-matter-unreadable", "correct the YAML of the draft"))
        }
        Ok(tree) => {
            if let Some(root) = tree.root() {
                let mut names = BTreeMap::new();
                header(root, &mut draft);
                authors(root, &mut draft, reading);
                declared(root, &mut names, &mut draft);
                used(bytes, at.end, &mut names, &mut draft);
            }
        }
    }
    draft
}

fn header(root: Node<'_>, draft: &mut Draft) {
    let text = |key: &str| root.get(key).and_then(Node::text).map(str::trim).filter(|text| !text.is_empty());
    draft.id = text("docname").unwrap_or_default().into();
    draft.title = text("title").unwrap_or_default().into();
    let group = || root.get("venue").and_then(|venue| venue.get("group")).and_then(Node::text);
    draft.body = text("workgroup").or_else(|| text("wg")).or_else(group).map(Into::into);
    draft.when = text("date").and_then(|date| When::parse(date).or_else(|| english_date(date)));
    draft.status = Some("Internet-Draft".into());
    if let Some(title) = root.get("title") {
        draft.head = Evidence { place: "title".into(), ..title.evidence(&draft.title) };
    }
}

fn authors(root: Node<'_>, draft: &mut Draft, reading: &mut Reading) {
    let list = root.get("author").or_else(|| root.get("authors"));
    for (nth, author) in list.into_iter().flat_map(Node::each).enumerate() {
        match writer(author, nth) {
            Some(writer) => draft.writers.push(writer),
            None => reading.problems.push(Problem {
                kind: "author-unreadable",
                evidence: Evidence { place: format!("author {}", nth + 1), ..author.evidence("") },
                what: "expected `name`, `ins` or `org` of an author, found none".into(),
                hint: "give the author a `name`".into(),
            }),
        }
    }
}

fn writer(author: Node<'_>, nth: usize) -> Option<Writer> {
    let text = |keys: &[&str]| {
        let values = keys.iter().filter_map(|key| author.get(key)?.each().find_map(said));
        values.map(str::trim).find(|value| !value.is_empty()).map(String::from)
    };
    let name = text(&["name", "fullname", "ins"]).or_else(|| author.text().map(|name| blanked(name).trim().into()));
    let who = Mention {
        party: if name.is_some() { Party::Person } else { Party::Organisation },
        affiliation: text(&["organization", "org"]),
        country: text(&["country"]),
        domain: text(&["email"]).as_deref().and_then(domain_of),
        name,
        role: None,
    };
    let quote = [who.name.as_deref(), who.affiliation.as_deref(), who.country.as_deref()];
    let quote = quote.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let evidence = Evidence { place: format!("author {}", nth + 1), ..author.evidence(&quote) };
    let is_editor = text(&["role"]).is_some_and(|role| role.eq_ignore_ascii_case("editor"));
    (who.name.is_some() || who.affiliation.is_some()).then_some(Writer { who, is_editor, confidence: 1.0, evidence })
}

/// A value as text; of one in two scripts the Latin one, by which the author is known elsewhere.
fn said(value: Node<'_>) -> Option<&str> {
    value.text().or_else(|| value.get("ascii")?.text()).or_else(|| value.get("::")?.text())
}

/// References of the front matter. `names` keeps what each name stands for, so that the text can use it.
fn declared(root: Node<'_>, names: &mut BTreeMap<String, String>, draft: &mut Draft) {
    for kind in ["normative", "informative"] {
        let Some(list) = root.get(kind) else { continue };
        let mut seen = BTreeSet::new();
        for (key, value) in list.entries() {
            let Some(name) = key.text() else { continue };
            let target = target(name, value);
            names.insert(name.into(), target.id.clone());
            // The same name twice in one list is one reference.
            if seen.insert(name) {
                let quote = if target.title.is_empty() { name } else { &target.title };
                let evidence = Evidence { place: format!("{kind} {name}"), ..key.evidence(quote) };
                draft.cited.push(Cited { target, kind: Some(kind), evidence });
            }
        }
    }
}

/// `HTTP: RFC9110` and `RFC9110:` are RFC 9110; `FETCH: {title, target}` is what it says.
fn target(name: &str, value: Node<'_>) -> Thing {
    if let Some(alias) = value.text() {
        return Thing::new("document", &reference::known(alias.trim()).unwrap_or_else(|| alias.trim().into()));
    }
    let text = |key: &str| value.get(key).and_then(Node::text).map(str::trim).filter(|text| !text.is_empty());
    let series: Vec<(&str, &str)> = value
        .get("seriesinfo")
        .into_iter()
        .flat_map(Node::entries)
        .filter_map(|(series, number)| Some((series.text()?, number.text()?)))
        .collect();
    let best = ["RFC", "Internet-Draft"]
        .iter()
        .find_map(|best| series.iter().find(|(name, _)| name.eq_ignore_ascii_case(best)));
    let known = best.map(|(name, number)| reference::in_series(name, number)).or_else(|| reference::known(name));
    let named = || series.first().map(|(name, number)| reference::in_series(name, number));
    let is_bare = text("title").is_none();
    let id = known.or_else(named).or_else(|| text("target").map(Into::into)).or_else(|| is_bare.then(|| name.into()));
    Thing::new("document", &id.unwrap_or_default()).titled(text("title").unwrap_or_default())
}

/// References that stand in the text alone, each once and by the kind that its first mark says.
fn used(bytes: &[u8], from: usize, names: &mut BTreeMap<String, String>, draft: &mut Draft) {
    let first = bytes[..from].iter().filter(|&&byte| byte == b'\n').count();
    for line in lines(&bytes[from..]).filter(|line| line.text.len() < WIDEST) {
        for mark in line.text.split("{{").skip(1).filter_map(|part| part.split("}}").next()) {
            let Some((kind, name, alias)) = marked(mark) else { continue };
            if names.contains_key(name) {
                continue;
            }
            let written = alias.unwrap_or(name);
            let id = reference::known(written).unwrap_or_else(|| written.into());
            names.insert(name.into(), id.clone());
            let at = from + line.at.start..from + line.at.end;
            let evidence = Evidence::new(at, format!("line {}", first + line.number), mark);
            draft.cited.push(Cited { target: Thing::new("document", &id), kind: Some(kind), evidence });
        }
    }
}

/// Reads `!RFC6570`, `?RFC9110, Section 9.3.6`, `!CONNECT-UDP=RFC9298`, `Section 7.4 of ?RFC9110`.
fn marked(mark: &str) -> Option<(&'static str, &str, Option<&str>)> {
    let mark = mark.trim();
    let mark =
        mark.split_once(" of ").filter(|(head, _)| !head.contains(['!', '?'])).map_or(mark, |(_, rest)| rest.trim());
    let (kind, rest) = mark
        .strip_prefix('!')
        .map(|rest| ("normative", rest))
        .or_else(|| mark.strip_prefix('?').map(|rest| ("informative", rest)))?;
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "._-:/".contains(letter);
    let end = rest.find(|letter: char| !is_name(letter)).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    let alias =
        rest.strip_prefix('=').map(|alias| alias.split(|letter: char| !is_name(letter)).next().unwrap_or(alias));
    // `{{-name}}` and `{{!-name}}` refer to a name that is declared elsewhere.
    let name = name.trim_start_matches('-');
    (!name.is_empty()).then_some((kind, name, alias.filter(|alias| !alias.is_empty())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_the_text() {
        assert_eq!(marked("!RFC6570"), Some(("normative", "RFC6570", None)));
        assert_eq!(marked("?RFC9110, Section 9.3.6"), Some(("informative", "RFC9110", None)));
        assert_eq!(marked("!CONNECT-UDP=RFC9298"), Some(("normative", "CONNECT-UDP", Some("RFC9298"))));
        assert_eq!(marked("Section 7.4 of ?RFC9110"), Some(("informative", "RFC9110", None)));
        assert_eq!(marked("RFC9110"), None);
        assert_eq!(marked("&SELF"), None);
    }
}
