//! One bibliographic item in either generation of the schema: what its fields are called, and what is taken from them.
//!
//! The generations differ in names (`docid`/`docidentifier`, `value`/`at`, `docstatus`/`status`, `content` or a bare
//! text) and not in sense; every field is looked for under each of its names, whatever version the item claims.

use fact::When;

use crate::parts::identifier;
use crate::parts::words::tidy;
use crate::parts::yaml::Node;

/// What is said of a document by the item that describes it.
pub struct Item<'t> {
    /// The item.
    pub node: Node<'t>,
    /// Its first identifier, and where that stands.
    pub id: String,
    /// The identifier's place.
    pub id_at: Node<'t>,
    /// Kind of identifier, which is the short name of the body that gives it out.
    pub scheme: &'t str,
    /// English title, empty where there is none.
    pub title: String,
    /// When it was issued, with the place that says so.
    pub issued: Option<(When, Node<'t>)>,
    /// Dates that are none, with their places.
    pub unreadable: Vec<(Node<'t>, &'t str)>,
    /// Stage in the words of the item, with its place.
    pub stage: Option<(String, Node<'t>)>,
}

impl<'t> Item<'t> {
    /// Returns what is said of a document; `None` where it has no identifier.
    pub fn read(node: Node<'t>) -> Option<Self> {
        let (id_at, id, scheme) = identifier(node)?;
        let mut item = Self {
            node,
            id: with_edition(&id, scheme, node),
            id_at,
            scheme,
            title: title(node),
            issued: None,
            unreadable: Vec::new(),
            stage: stage(node),
        };
        item.date();
        Some(item)
    }

    /// A date of publication or issue; else of creation, which is when a registry opened; else the date in the
    /// identifier. IEEE is different: its items say `created` of the first issue and `published` of the web page.
    fn date(&mut self) {
        let order = match self.scheme {
            "IEEE" => ["created", "issued", "published"],
            _ => ["published", "issued", "created"],
        };
        let mut best = order.len();
        for date in self.node.get("date").into_iter().flat_map(Node::each) {
            let Some(value) = ["value", "at", "on", "from"].iter().find_map(|key| content(date.get(key)?)) else {
                continue;
            };
            let kind = date.get("type").and_then(Node::text).unwrap_or_default();
            let Some(rank) = order.iter().position(|name| *name == kind) else { continue };
            match When::parse(value) {
                Some(when) if rank < best => {
                    self.issued = Some((when, date));
                    best = rank;
                }
                Some(_) => {}
                None => self.unreadable.push((date, value)),
            }
        }
        if self.issued.is_none() {
            self.issued = identifier::when(&self.id).map(|when| (when, self.id_at));
        }
    }

    /// When it was issued.
    pub fn when(&self) -> When {
        self.issued.map_or(When::UNKNOWN, |(when, _)| when)
    }

    /// True where the item says of itself that it is no more than a draft.
    pub fn is_draft(&self) -> bool {
        let stage = self.stage.as_ref().map_or("", |(stage, _)| stage);
        let is_early = matches!(stage.as_bytes(), [b'0'..=b'5', b'0', b'.', ..] | [b'0'..=b'5', b'0']);
        is_early || stage.eq_ignore_ascii_case("draft") || identifier::is_draft(&self.id)
    }

    /// True where the item says that the document was withdrawn. `95.99` is ISO's code for it.
    pub fn is_withdrawn(&self) -> bool {
        let stage = self.stage.as_ref().map_or("", |(stage, _)| stage).to_ascii_lowercase();
        stage.starts_with("withdraw") || stage == "95.99"
    }

    /// The date on which it stopped being in force, if the item gives one.
    pub fn ended(&self) -> When {
        let is_end = |date: &Node<'_>| {
            date.get("type").and_then(Node::text).is_some_and(|kind| matches!(kind, "obsoleted" | "withdrawn"))
        };
        let mut dates = self.node.get("date").into_iter().flat_map(Node::each);
        let date = dates.find(is_end);
        let value = date.and_then(|date| ["value", "at", "on"].iter().find_map(|key| content(date.get(key)?)));
        value.and_then(When::parse).unwrap_or(When::UNKNOWN)
    }
}

/// The first identifier that is not a trade name, web name or book number; its place, text and kind.
pub fn identifier(node: Node<'_>) -> Option<(Node<'_>, String, &str)> {
    let list = node.get("docid").or_else(|| node.get("docidentifier"))?;
    let mut all = list.each().filter_map(|entry| {
        let text = entry.get("id").and_then(Node::text).or_else(|| content(entry))?;
        let kind = entry.get("type").and_then(Node::text).unwrap_or_default();
        (!text.trim().is_empty()).then(|| (entry, tidy(text), kind))
    });
    let first = all.next()?;
    if matches!(first.2, "URN" | "DOI" | "ISBN" | "ISSN") {
        return Some(all.find(|other| !matches!(other.2, "URN" | "DOI" | "ISBN" | "ISSN")).unwrap_or(first));
    }
    Some(first)
}

/// Ecma gives all editions of a standard one identifier; the edition stands in its own field. Relations of RFCs are written
/// as they are in the index: `RFC0793` is `RFC 793`.
pub fn with_edition(id: &str, scheme: &str, node: Node<'_>) -> String {
    match node.get("edition").and_then(content) {
        Some(edition) if scheme == "ECMA" => format!("{id} ed. {edition}"),
        _ if id.starts_with("RFC") && id.as_bytes().get(3).is_some_and(u8::is_ascii_digit) => {
            format!("RFC {}", id[3..].trim_start_matches('0'))
        }
        _ => id.into(),
    }
}

/// The text of a field that is a text in one generation and a map with `content` in the other.
pub fn content(node: Node<'_>) -> Option<&str> {
    node.text().or_else(|| node.get("content")?.text())
}

/// The title: in English or without a language, the whole of it rather than a part. Other languages are not taken.
fn title(node: Node<'_>) -> String {
    let mut best: Option<(usize, &str)> = None;
    for entry in node.get("title").into_iter().flat_map(Node::each) {
        let Some(text) = content(entry) else { continue };
        let is_other = |language: Node<'_>| language.each().filter_map(Node::text).all(|code| code != "en");
        let is_foreign =
            entry.get("language").is_some_and(|language| is_other(language) && language.each().count() > 0);
        let rank = match entry.get("type").and_then(Node::text) {
            _ if is_foreign => continue,
            Some("main") => 0,
            None => 1,
            Some("title-main") => 2,
            Some(_) => 3,
        };
        if best.is_none_or(|(other, _)| rank < other) {
            best = Some((rank, text));
        }
    }
    best.map(|(_, text)| tidy(text)).unwrap_or_default()
}

/// `60` and substage `60` are `60.60`; all other stages are words.
fn stage(node: Node<'_>) -> Option<(String, Node<'_>)> {
    let status = node.get("docstatus").or_else(|| node.get("status"))?;
    let said = |key: &str| {
        let field = status.get(key)?;
        field.get("value").and_then(Node::text).or_else(|| content(field))
    };
    let stage = said("stage").or_else(|| content(status))?;
    let text = match said("substage") {
        Some(substage) => format!("{}.{}", tidy(stage), tidy(substage)),
        None => tidy(stage),
    };
    (!text.is_empty()).then_some((text, status))
}
