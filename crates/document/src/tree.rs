//! The XML of one part as a tree: bounded in nodes and depth, without document types and entities.
//!
//! Names are without their prefixes, so that the transitional and the strict form of Office Open XML are read alike.

use std::collections::BTreeMap;

use crate::xml::{Next, Xml, text_of};
use crate::zip::Refusal;

/// Most elements of a part.
const NODES: usize = 4_000_000;
/// Most bytes of a part.
const BYTES: usize = 64 << 20;
/// Most elements inside each other. Word writes about forty.
const DEPTH: usize = 200;

/// All elements of a part.
pub struct Tree {
    nodes: Vec<Raw>,
    names: Vec<String>,
    attributes: Vec<(u16, String)>,
    texts: Vec<(u32, String)>,
}

struct Raw {
    name: u16,
    attributes: (u32, u32),
    texts: (u32, u32),
    child: u32,
    next: u32,
}

/// One element.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    tree: &'a Tree,
    at: u32,
}

const NONE: u32 = u32::MAX;

impl Tree {
    /// Reads a part; its name is for messages.
    ///
    /// # Errors
    /// A [`Refusal`], where the part is not well-formed, beyond a bound, or declares entities.
    pub fn read(bytes: Vec<u8>, part: &str) -> Result<Self, Refusal> {
        if bytes.len() > BYTES {
            let what = format!("expected parts of at most {BYTES} bytes, found `{part}` of {} bytes", bytes.len());
            return Err(Refusal::TooLarge(what));
        }
        let text = text_of(bytes, part)?;
        let mut grow = Grow::default();
        let mut xml = Xml::new(&text, part);
        loop {
            match xml.next()? {
                Next::Start(tag) => {
                    if grow.open.len() >= DEPTH || grow.tree.nodes.len() >= NODES {
                        let what =
                            format!("expected at most {NODES} elements and {DEPTH} inside each other in `{part}`");
                        return Err(Refusal::TooLarge(format!("{what}, found more")));
                    }
                    grow.start(&tag.name(), tag.attributes());
                }
                Next::End(_) => grow.end(),
                Next::Text(words) => grow.text(&words),
                Next::Eof => break,
            }
        }
        if grow.tree.nodes.is_empty() {
            return Err(Refusal::Damaged(format!("expected an element in `{part}`, found none")));
        }
        Ok(grow.tree)
    }

    /// The outermost element.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node { tree: self, at: 0 }
    }
}

/// A tree that grows: the open elements, each with its last child.
struct Grow {
    tree: Tree,
    known: BTreeMap<String, u16>,
    open: Vec<(u32, u32)>,
}

impl Default for Grow {
    fn default() -> Self {
        let tree = Tree { nodes: Vec::new(), names: Vec::new(), attributes: Vec::new(), texts: Vec::new() };
        Self { tree, known: BTreeMap::new(), open: Vec::new() }
    }
}

impl Grow {
    fn start(&mut self, name: &str, attributes: impl Iterator<Item = (String, String)>) {
        let name = self.name(name);
        let from = self.tree.attributes.len();
        for (key, value) in attributes {
            let key = self.name(&key);
            self.tree.attributes.push((key, value));
        }
        let at = size(self.tree.nodes.len());
        let attributes = (size(from), size(self.tree.attributes.len()));
        self.tree.nodes.push(Raw { name, attributes, texts: (NONE, 0), child: NONE, next: NONE });
        if let Some((parent, last)) = self.open.last_mut() {
            let link = if *last == NONE {
                &mut self.tree.nodes[*parent as usize].child
            } else {
                &mut self.tree.nodes[*last as usize].next
            };
            *link = at;
            *last = at;
        }
        self.open.push((at, NONE));
    }

    fn end(&mut self) {
        self.open.pop();
    }

    /// Text is kept where an element holds nothing else: elsewhere it is only the layout of the file.
    fn text(&mut self, words: &str) {
        let Some((at, NONE)) = self.open.last().copied() else { return };
        let node = &mut self.tree.nodes[at as usize];
        if node.texts.0 == NONE {
            node.texts.0 = size(self.tree.texts.len());
            self.tree.texts.push((at, String::new()));
        }
        if let Some((_, text)) = self.tree.texts.get_mut(node.texts.0 as usize) {
            text.push_str(words);
        }
    }

    fn name(&mut self, name: &str) -> u16 {
        if let Some(&known) = self.known.get(name) {
            return known;
        }
        // More names than that no vocabulary has; the last stands for all others.
        let Ok(next) = u16::try_from(self.tree.names.len()) else { return u16::MAX };
        self.tree.names.push(name.into());
        self.known.insert(name.into(), next);
        next
    }
}

fn size(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(NONE)
}

impl<'a> Node<'a> {
    fn raw(self) -> &'a Raw {
        &self.tree.nodes[self.at as usize]
    }

    fn name_of(self, name: u16) -> &'a str {
        self.tree.names.get(name as usize).map_or("", String::as_str)
    }

    /// The name without prefix.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.name_of(self.raw().name)
    }

    /// The elements inside, in their order.
    pub fn children(self) -> impl Iterator<Item = Node<'a>> {
        let tree = self.tree;
        let mut at = self.raw().child;
        std::iter::from_fn(move || {
            let node = (at != NONE).then_some(Node { tree, at })?;
            at = node.raw().next;
            Some(node)
        })
    }

    /// The first element inside with this name.
    #[must_use]
    pub fn child(self, name: &str) -> Option<Node<'a>> {
        self.children().find(|child| child.name() == name)
    }

    /// The first element that is reached by following these names.
    #[must_use]
    pub fn find(self, path: &[&str]) -> Option<Node<'a>> {
        path.iter().try_fold(self, |node, name| node.child(name))
    }

    /// All elements below, in their order, this one first.
    pub fn below(self) -> impl Iterator<Item = Node<'a>> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            let node = open.pop()?;
            let from = open.len();
            open.extend(node.children());
            open[from..].reverse();
            Some(node)
        })
    }

    /// The value of an attribute, by its name without prefix.
    #[must_use]
    pub fn attribute(self, name: &str) -> Option<&'a str> {
        let is_it = |key: &str| key.rsplit(':').next() == Some(name);
        self.attributes().find(|(key, _)| is_it(key)).map(|(_, value)| value)
    }

    /// The value of an attribute whose name has a prefix: `r:id` beside `id`.
    #[must_use]
    pub fn prefixed(self, name: &str) -> Option<&'a str> {
        let is_it = |key: &str| key.rsplit_once(':').is_some_and(|(_, local)| local == name);
        self.attributes().find(|(key, _)| is_it(key)).map(|(_, value)| value)
    }

    fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let (from, to) = self.raw().attributes;
        let kept = self.tree.attributes.get(from as usize..to as usize).unwrap_or_default();
        kept.iter().map(move |(key, value)| (self.name_of(*key), value.as_str()))
    }

    /// The attribute `val` of the first element inside with this name.
    #[must_use]
    pub fn value(self, name: &str) -> Option<&'a str> {
        self.child(name)?.attribute("val")
    }

    /// True where an element inside switches something on: `<b/>`, `<b val="1"/>`.
    #[must_use]
    pub fn is_on(self, name: &str) -> bool {
        let is_off = |value: &str| matches!(value, "0" | "false" | "off" | "none");
        self.child(name).is_some_and(|child| !child.attribute("val").is_some_and(is_off))
    }

    /// The words of an element that has no others inside.
    #[must_use]
    pub fn text(self) -> &'a str {
        self.tree.texts.get(self.raw().texts.0 as usize).map_or("", |(_, text)| text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_a_tree_without_prefixes() {
        let text = "<w:a xmlns:w='x'> <w:b w:val='1' r:id='r' id='2'>one &amp; two</w:b><c/><w:b/></w:a>";
        let tree = Tree::read(text.into(), "p").unwrap();
        let names: Vec<&str> = tree.root().below().map(Node::name).collect();
        assert_eq!(names, ["a", "b", "c", "b"]);
        let b = tree.root().child("b").unwrap();
        assert_eq!((b.text(), b.attribute("val"), b.prefixed("id")), ("one & two", Some("1"), Some("r")));
        assert!(tree.root().is_on("c"));
    }

    #[test]
    fn what_is_too_deep_or_declares_entities_is_refused() {
        let deep = "<a>".repeat(1000);
        assert!(matches!(Tree::read(deep.into(), "p"), Err(Refusal::TooLarge(_))));
        let bomb = "<!DOCTYPE a [<!ENTITY x 'xx'>]><a>&x;</a>";
        assert!(matches!(Tree::read(bomb.into(), "p"), Err(Refusal::Entities(_))));
        assert!(matches!(Tree::read("<a>".into(), "p"), Err(Refusal::Damaged(_))));
        assert!(matches!(Tree::read(Vec::new(), "p"), Err(Refusal::Damaged(_))));
    }
}
