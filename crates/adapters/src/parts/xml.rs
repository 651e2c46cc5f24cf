//! XML as it is found, read in one pass: the elements that somebody wants, each as a small tree with its bytes.
//!
//! Comes in: bytes. Goes out: trees of wanted elements in the order of the document. Nothing is fetched and no declared
//! entity is ever put in, so that a bomb of entities stays a name; what is not well-formed is read as far as it goes.
//! Depth, text and numbers of attributes are bounded.

use std::collections::BTreeMap;
use std::ops::Range;

use fact::Evidence;

use super::lines::decoded;

/// Deepest element kept; deeper ones are counted and passed over.
pub const DEPTH: usize = 60;
/// Most bytes of text kept for one element.
pub const TEXT: usize = 4_000;
/// Most elements kept in one tree.
pub const NODES: usize = 50_000;
/// Most attributes of one element.
const ATTRIBUTES: usize = 40;
/// Most entities whose declarations are kept.
const ENTITIES: usize = 2_000;

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// Its name as written, with its prefix.
    pub name: String,
    /// Attributes in their order; references in their values are resolved where they are predefined or numbers.
    pub attributes: Vec<(String, String)>,
    /// All text within, white space folded.
    pub text: String,
    /// Elements directly within.
    pub children: Vec<Node>,
    /// Its bytes, from `<` to `>` of the end tag.
    pub at: Range<usize>,
}

impl Node {
    /// Returns the value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns the first child of this name.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Returns the children of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Returns the text of the first child of this name, unless it is empty.
    #[must_use]
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.as_str()).filter(|text| !text.is_empty())
    }

    /// Returns the evidence of the element, named `place`, quoting `quote`.
    #[must_use]
    pub fn evidence(&self, place: String, quote: &str) -> Evidence {
        Evidence::new(self.at.clone(), place, quote)
    }
}

/// What a pass over a document found.
#[derive(Debug, Default)]
pub struct Found {
    /// Wanted elements, outermost ones only.
    pub nodes: Vec<Node>,
    /// Entities declared with the address of a file: name and address.
    pub entities: BTreeMap<String, String>,
    /// First byte of a wanted element that never ends.
    pub unclosed: Option<usize>,
}

/// Returns the wanted elements of a document. A reference to a declared entity becomes a child named `&name;`, and a
/// processing instruction within a wanted element a child named `?target`, its text the rest.
#[must_use]
pub fn read(bytes: &[u8], wanted: &[&str]) -> Found {
    let mut scan = Scan { bytes, wanted, found: Found::default(), open: Vec::new(), n_deeper: 0, n_nodes: 0 };
    let mut at = 0;
    while at < bytes.len() {
        let next = memchr::memchr(b'<', &bytes[at..]).map_or(bytes.len(), |found| at + found);
        scan.text(at..next);
        if next == bytes.len() {
            break;
        }
        at = scan.markup(next);
    }
    scan.found.unclosed = scan.open.first().map(|node| node.at.start);
    scan.found
}

/// The first element of a document with its attributes alone, or `None` where the bytes do not begin as XML does.
#[must_use]
pub fn root(bytes: &[u8]) -> Option<Node> {
    let mut at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    for _ in 0..60 {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if bytes.get(at) != Some(&b'<') {
            return None;
        }
        if !matches!(bytes.get(at + 1), Some(b'?' | b'!')) {
            let name_to = name_end(bytes, at + 1);
            let name = decoded(&bytes[at + 1..name_to]).into_owned();
            let (attributes, end, _) = attributes(bytes, name_to);
            return (name_to > at + 1).then(|| Node { name, attributes, at: at..end, ..Node::default() });
        }
        at = end_of_other(bytes, at);
    }
    None
}

struct Scan<'a> {
    bytes: &'a [u8],
    wanted: &'a [&'a str],
    found: Found,
    open: Vec<Node>,
    n_deeper: usize,
    n_nodes: usize,
}

impl Scan<'_> {
    /// Adds text to the innermost open element.
    fn text(&mut self, at: Range<usize>) {
        if self.open.is_empty() || at.is_empty() {
            return;
        }
        let end = at.end.min(at.start + TEXT * 2);
        let text = decoded(&self.bytes[at.start..end]).into_owned();
        let mut rest = text.as_str();
        while let Some(amp) = rest.find('&') {
            self.add(&rest[..amp]);
            rest = &rest[amp..];
            let name = rest.find(';').filter(|end| *end < 40).map(|end| &rest[1..end]);
            let Some(name) = name.filter(|name| !name.contains(char::is_whitespace)) else {
                self.add("&");
                rest = &rest[1..];
                continue;
            };
            if let Some(letter) = reference(name) {
                self.add(letter.encode_utf8(&mut [0; 4]));
            } else if self.found.entities.contains_key(name) {
                self.child(Node { name: format!("&{name};"), at: at.clone(), ..Node::default() });
            } else {
                self.add(" ");
            }
            rest = &rest[name.len() + 2..];
        }
        self.add(rest);
    }

    fn add(&mut self, text: &str) {
        if let Some(last) = self.open.last_mut() {
            fold_into(&mut last.text, text);
        }
    }

    fn child(&mut self, node: Node) {
        self.n_nodes += 1;
        if self.n_nodes < NODES
            && let Some(last) = self.open.last_mut()
        {
            last.children.push(node);
        }
    }

    /// Reads what begins with `<`, and returns the byte behind it.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        if rest.starts_with(b"<![CDATA[") {
            let end = find(self.bytes, at + 9, b"]]>");
            if let Some(last) = self.open.last_mut() {
                fold_into(&mut last.text, &decoded(&self.bytes[at + 9..end.min(at + 9 + TEXT * 2)]));
            }
            return (end + 3).min(self.bytes.len());
        }
        match rest.get(1) {
            Some(b'!') => {
                let end = end_of_other(self.bytes, at);
                if rest.starts_with(b"<!DOCTYPE") {
                    self.found.entities = entities(&self.bytes[at..end]);
                }
                end
            }
            Some(b'?') => {
                let end = end_of_other(self.bytes, at);
                self.instruction(at..end);
                end
            }
            Some(b'/') => self.end(at),
            Some(byte) if byte.is_ascii_alphabetic() || *byte == b'_' || *byte >= 0x80 => self.start(at),
            _ => {
                self.add("<");
                at + 1
            }
        }
    }

    fn instruction(&mut self, at: Range<usize>) {
        if self.open.is_empty() {
            return;
        }
        let text = decoded(&self.bytes[at.start + 2..at.end.min(at.start + 500)]).into_owned();
        let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
        let rest = rest.trim_end_matches('>').trim_end_matches('?').trim();
        self.child(Node { name: format!("?{name}"), text: rest.into(), at, ..Node::default() });
    }

    fn start(&mut self, at: usize) -> usize {
        let name_to = name_end(self.bytes, at + 1);
        let (attributes, end, is_empty) = attributes(self.bytes, name_to);
        let name = decoded(&self.bytes[at + 1..name_to]).into_owned();
        if self.open.is_empty() && !self.wanted.contains(&name.as_str()) {
            return end;
        }
        if self.open.len() >= DEPTH {
            self.n_deeper += usize::from(!is_empty);
            return end;
        }
        if self.open.is_empty() {
            self.n_nodes = 0;
        }
        self.open.push(Node { name, attributes, at: at..end, ..Node::default() });
        if is_empty {
            self.close(end);
        }
        end
    }

    fn end(&mut self, at: usize) -> usize {
        let name_to = name_end(self.bytes, at + 2);
        let end = memchr::memchr(b'>', &self.bytes[name_to..]).map_or(self.bytes.len(), |found| name_to + found + 1);
        if self.n_deeper > 0 {
            self.n_deeper -= 1;
            return end;
        }
        let name = decoded(&self.bytes[at + 2..name_to]);
        // An end tag without its start is passed over; a start without its end closes where its parent does.
        if let Some(from) = self.open.iter().rposition(|node| node.name == name) {
            while self.open.len() > from {
                self.close(end);
            }
        }
        end
    }

    fn close(&mut self, end: usize) {
        let Some(mut node) = self.open.pop() else { return };
        node.at.end = end;
        let length = node.text.trim_end().len();
        node.text.truncate(length);
        match self.open.last_mut() {
            None => self.found.nodes.push(node),
            Some(parent) => {
                fold_into(&mut parent.text, &node.text);
                // What follows an element is another word only where white space says so; blocks say so by nature.
                if !matches!(node.name.as_str(), "tt" | "em" | "strong" | "sub" | "sup" | "bcp14" | "u") {
                    fold_into(&mut parent.text, " ");
                }
                self.child(node);
            }
        }
    }
}

/// Adds text with its white space folded, up to the most that is kept.
fn fold_into(kept: &mut String, text: &str) {
    for letter in text.chars() {
        if kept.len() >= TEXT {
            return;
        }
        if !letter.is_whitespace() {
            kept.push(letter);
        } else if !kept.is_empty() && !kept.ends_with(' ') {
            kept.push(' ');
        }
    }
}

/// The letter of a predefined or numeric reference; no-break spaces and the like are spaces.
fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
        let letter = hex.unwrap_or_else(|| number.parse()).ok().and_then(char::from_u32)?;
        return Some(if letter.is_control() { ' ' } else { letter });
    }
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "nbhy" => Some('-'),
        _ => None,
    }
}

fn name_end(bytes: &[u8], from: usize) -> usize {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b":-_.".contains(byte) || *byte >= 0x80;
    from + bytes[from.min(bytes.len())..].iter().take(200).take_while(|byte| is_name(byte)).count()
}

/// The attributes of a start tag, the byte behind its `>`, and whether it ends with `/>`.
fn attributes(bytes: &[u8], from: usize) -> (Vec<(String, String)>, usize, bool) {
    let mut list = Vec::new();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return (list, at + 1, bytes[at - 1] == b'/'),
            b'=' => {
                at += 1 + bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                let Some(&quote) = bytes.get(at).filter(|quote| **quote == b'"' || **quote == b'\'') else { continue };
                let end = memchr::memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |found| at + 1 + found);
                if let Some((_, value)) = list.last_mut() {
                    *value = value_of(&bytes[at + 1..end.min(at + 1 + TEXT)]);
                }
                at = (end + 1).min(bytes.len());
            }
            byte if byte.is_ascii_alphabetic() || byte == b'_' => {
                let end = name_end(bytes, at);
                if list.len() < ATTRIBUTES {
                    list.push((decoded(&bytes[at..end]).into_owned(), String::new()));
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    (list, bytes.len(), false)
}

fn value_of(bytes: &[u8]) -> String {
    let text = decoded(bytes);
    let mut value = String::with_capacity(text.len());
    let mut parts = text.split('&');
    value.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match part.split_once(';').and_then(|(name, rest)| Some((reference(name)?, rest))) {
            Some((letter, rest)) => {
                value.push(letter);
                value.push_str(rest);
            }
            None => {
                value.push('&');
                value.push_str(part);
            }
        }
    }
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The byte behind a comment, a declaration or a processing instruction that begins at `at`.
fn end_of_other(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    if rest.starts_with(b"<!--") {
        return (find(bytes, at + 4, b"-->") + 3).min(bytes.len());
    }
    if rest.starts_with(b"<?") {
        return (find(bytes, at + 2, b"?>") + 2).min(bytes.len());
    }
    let close = find(bytes, at, b">");
    let inner = memchr::memchr(b'[', &bytes[at..close]).map(|found| at + found);
    inner.map_or_else(
        || (close + 1).min(bytes.len()),
        |inner| {
            let end = find(bytes, inner, b"]");
            (find(bytes, end, b">") + 1).min(bytes.len())
        },
    )
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> usize {
    let from = from.min(bytes.len());
    memchr::memmem::find(&bytes[from..], what).map_or(bytes.len(), |found| from + found)
}

/// Entities that a document type declares with the address of a file; all others are left out.
fn entities(doctype: &[u8]) -> BTreeMap<String, String> {
    let text = decoded(&doctype[..doctype.len().min(400_000)]).into_owned();
    let mut found = BTreeMap::new();
    for declaration in text.split("<!ENTITY").skip(1).take(ENTITIES) {
        let mut words = declaration.split_whitespace();
        let (Some(name), Some("SYSTEM" | "PUBLIC")) = (words.next(), words.next()) else { continue };
        let quoted = declaration.split('>').next().unwrap_or_default().split(['"', '\'']).nth(1);
        if let Some(address) = quoted.filter(|_| name.len() < 40) {
            found.insert(name.into(), address.into());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wanted_elements_are_trees_with_their_bytes() {
        let text =
            "<?xml version='1.0'?><!-- <b> --><a><b n=\"1 &amp; 2\">Two  <tt>wo</tt>rds&#233;<c/></b><d>no</d></a>";
        let found = read(text.as_bytes(), &["b"]);
        let node = &found.nodes[0];
        assert_eq!((node.attribute("n"), node.text.as_str()), (Some("1 & 2"), "Two wordsé"));
        assert_eq!(&text[node.at.clone()], "<b n=\"1 &amp; 2\">Two  <tt>wo</tt>rds&#233;<c/></b>");
        assert_eq!(node.children.len(), 2);
        assert_eq!(root(text.as_bytes()).map(|node| node.name).as_deref(), Some("a"));
        assert_eq!(root(b"text <a>"), None);
    }

    #[test]
    fn a_bomb_of_entities_stays_a_name() {
        let text =
            "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;'><!ENTITY r SYSTEM 'r.xml'>]><a>&y;&r;&x</a>";
        let found = read(text.as_bytes(), &["a"]);
        assert_eq!(found.nodes[0].text, "&x");
        assert_eq!(found.nodes[0].children[0].name, "&r;");
        assert_eq!(found.entities.get("r").map(String::as_str), Some("r.xml"));
    }

    #[test]
    fn what_is_not_well_formed_is_read_as_far_as_it_goes() {
        let found = read(b"<a><b>one<b>two</a><a>three", &["a"]);
        assert_eq!(found.nodes.len(), 1);
        assert_eq!(found.unclosed, Some(19));
        let deep = "<a>".repeat(10_000);
        assert_eq!(read(deep.as_bytes(), &["a"]).nodes.len(), 0);
        let wide = format!("<a>{}</a>", "<b/>".repeat(200_000));
        assert!(read(wide.as_bytes(), &["a"]).nodes[0].children.len() <= NODES);
    }

    #[test]
    fn every_cut_is_read() {
        let text = "<!DOCTYPE a [<!ENTITY r SYSTEM 'r.xml'>]><?p q?><a b='c' d><![CDATA[<x>]]>&r;&#x41;<e f=\"g\"/><!-- h --></a>";
        for cut in 0..=text.len() {
            let found = read(&text.as_bytes()[..cut], &["a"]);
            assert!(found.nodes.iter().all(|node| node.at.end <= cut));
            let _ = root(&text.as_bytes()[..cut]);
        }
    }
}
