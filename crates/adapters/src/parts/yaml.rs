//! YAML text as a tree of values with their places in the bytes of the source.
//!
//! Comes in: YAML 1.2 as text, and where that text begins in its source. Goes out: one tree with the documents in order,
//! each value with its bytes and line, every scalar as the text that was written (no dates, numbers or booleans are made
//! of it). Depth and number of values are bounded; an alias is read as the value it refers to and counts as many values
//! as that, so a text cannot unfold into more than the bound. Nothing here knows a kind of source.

mod reader;

use std::borrow::Cow;
use std::ops::Range;

use fact::{Evidence, Problem};
use saphyr_parser::{Marker, Parser};

use super::words::without_addresses;
use reader::Reader;

/// Deepest nesting that is read.
pub const DEPTH: usize = 64;

/// Most values that one text may hold, each alias counted as the values it refers to.
pub const VALUES: usize = 4_000_000;

/// The values of one YAML text.
#[derive(Debug)]
pub struct Tree<'a> {
    values: Vec<Value<'a>>,
    roots: Vec<u32>,
    start: usize,
}

/// A value of a tree: a scalar, a sequence or a map. An alias is seen as the value it refers to.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree<'t>,
    nth: u32,
}

/// Why a text is not read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What was expected or found.
    pub what: String,
    /// Byte of the source.
    pub at: usize,
    /// Line of the text, from 1.
    pub line: usize,
}

/// One value; those inside it follow it up to `next`.
#[derive(Debug)]
struct Value<'a> {
    form: Form<'a>,
    start: u32,
    end: u32,
    line: u32,
    next: u32,
}

#[derive(Debug)]
enum Form<'a> {
    /// The text, and whether it stands without quotes and outside a block.
    Scalar(Cow<'a, str>, bool),
    Seq,
    Map,
    Alias(u32),
}

impl<'a> Tree<'a> {
    /// Reads all documents of `text`, which begins at byte `start` of its source.
    ///
    /// # Errors
    /// Where the text is not YAML, is nested deeper than [`DEPTH`] or unfolds to more than [`VALUES`] values.
    pub fn read(text: &'a str, start: usize) -> Result<Self, Fault> {
        let mut reader = Reader::new(text, start);
        if u32::try_from(text.len()).is_err() {
            return Err(reader.fault(Marker::new(0, 1, 0), "expected less than 4 GiB of YAML, found more"));
        }
        for event in Parser::new_from_str(text) {
            match event {
                Ok((event, span)) => reader.take(event, span)?,
                Err(error) => {
                    let what = format!("expected well-formed YAML, found {}", error.info());
                    return Err(reader.fault(*error.marker(), what));
                }
            }
        }
        Ok(Self { values: reader.values, roots: reader.roots, start })
    }

    /// Returns the root of the first document; a text without documents has none.
    #[must_use]
    pub fn root(&self) -> Option<Node<'_>> {
        self.roots().next()
    }

    /// Returns the root of each document.
    pub fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        self.roots.iter().map(|&nth| self.node(nth))
    }

    fn node(&self, nth: u32) -> Node<'_> {
        let nth = match self.values[nth as usize].form {
            Form::Alias(to) => to,
            _ => nth,
        };
        Node { tree: self, nth }
    }
}

impl<'t> Node<'t> {
    /// Returns the bytes of the value in the source; those of a literal block begin behind `|`, those of a
    /// collection without brackets end with its last value.
    #[must_use]
    pub fn at(self) -> Range<usize> {
        let value = self.value();
        self.tree.start + value.start as usize..self.tree.start + value.end as usize
    }

    /// Returns the line of the text on which the value begins, from 1.
    #[must_use]
    pub fn line(self) -> usize {
        self.value().line as usize
    }

    /// Returns the text of a scalar; `None` for a collection, and where nothing, `~` or `null` stands without quotes.
    #[must_use]
    pub fn text(self) -> Option<&'t str> {
        match &self.value().form {
            Form::Scalar(text, true) if matches!(&**text, "" | "~" | "null" | "Null" | "NULL") => None,
            Form::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// True for a sequence.
    #[must_use]
    pub fn is_seq(self) -> bool {
        matches!(self.value().form, Form::Seq)
    }

    /// True for a map.
    #[must_use]
    pub fn is_map(self) -> bool {
        matches!(self.value().form, Form::Map)
    }

    /// Returns the values of a sequence in order; of anything else, none.
    pub fn items(self) -> impl Iterator<Item = Node<'t>> {
        self.inside(self.is_seq())
    }

    /// Returns the values of a sequence, or the value itself where it stands alone; nothing written is no value.
    pub fn each(self) -> impl Iterator<Item = Node<'t>> {
        let alone = (self.is_map() || self.text().is_some()).then_some(self);
        self.items().chain(alone)
    }

    /// Returns the keys of a map with their values, in order; of anything else, none.
    pub fn entries(self) -> impl Iterator<Item = (Node<'t>, Node<'t>)> {
        let mut inside = self.inside(self.is_map());
        std::iter::from_fn(move || Some((inside.next()?, inside.next()?)))
    }

    /// Returns the value of the first entry of a map with this key.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.entries().find_map(|(name, value)| (name.text() == Some(key)).then_some(value))
    }

    /// Returns the evidence of the value, named by its line, with `quote` as its words.
    #[must_use]
    pub fn evidence(self, quote: &str) -> Evidence {
        Evidence::new(self.at(), format!("line {}", self.line()), quote)
    }

    fn value(self) -> &'t Value<'t> {
        &self.tree.values[self.nth as usize]
    }

    fn inside(self, is_asked: bool) -> impl Iterator<Item = Node<'t>> {
        let end = if is_asked { self.value().next } else { self.nth + 1 };
        let mut nth = self.nth + 1;
        std::iter::from_fn(move || {
            let here = (nth < end).then_some(nth)?;
            nth = self.tree.values[here as usize].next;
            Some(self.tree.node(here))
        })
    }
}

impl Fault {
    /// Returns the fault as a problem of the source; `bytes` is all of it.
    #[must_use]
    pub fn problem(&self, bytes: &[u8], kind: &'static str, hint: &str) -> Problem {
        let rest = bytes.get(self.at..).unwrap_or_default();
        let line = rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let line = &line[..line.len().min(Evidence::QUOTE)];
        let at = self.at.min(bytes.len());
        let quote = String::from_utf8_lossy(line);
        let evidence = Evidence::new(at..at + line.len(), format!("line {}", self.line), &without_addresses(&quote));
        Problem { kind, evidence, what: self.what.clone(), hint: hint.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every scalar of a text with the words at its place.
    fn places(text: &str) -> Vec<(String, String)> {
        fn walk(node: Node<'_>, text: &str, found: &mut Vec<(String, String)>) {
            let of_entries = node.entries().flat_map(|(key, value)| [key, value]);
            for inside in node.items().chain(of_entries) {
                walk(inside, text, found);
            }
            if !node.is_seq() && !node.is_map() {
                found.push((node.text().unwrap_or("nothing").into(), text[node.at()].into()));
            }
        }
        let tree = Tree::read(text, 0).expect("it is YAML");
        let mut found = Vec::new();
        tree.roots().for_each(|root| walk(root, text, &mut found));
        found
    }

    #[test]
    fn places_are_bytes_where_letters_take_several() {
        let text = "\u{FEFF}né: 'ü ö'\r\nliste: [é, \"𝄞 x\", ]\r\nlong: é\r\n  è\r\n\r\nbloc: |\r\n  ç\r\n  d\r\nend: \u{2028}z # é\r\n";
        let found = places(text);
        let expected = [
            ("né", "né"),
            ("ü ö", "'ü ö'"),
            ("liste", "liste"),
            ("é", "é"),
            ("𝄞 x", "\"𝄞 x\""),
            ("long", "long"),
            ("é è", "é\r\n  è"),
            ("bloc", "bloc"),
            ("ç\nd\n", "ç\r\n  d"),
            ("end", "end"),
            ("\u{2028}z", "\u{2028}z"),
        ];
        assert_eq!(found, expected.map(|(value, words)| (value.to_owned(), words.to_owned())));
    }

    #[test]
    fn a_collection_has_the_bytes_of_its_values_or_its_brackets() {
        let text = "a:\n- b: 1\n  c: 2\n- {d: 3}\n\n# note\ne: []\n";
        let tree = Tree::read(text, 100).expect("it is YAML");
        let root = tree.root().expect("a document");
        let words = |node: Node<'_>| text[node.at().start - 100..node.at().end - 100].to_owned();
        let list = root.get("a").expect("a list");
        assert_eq!(words(list), "- b: 1\n  c: 2\n- {d: 3}");
        assert_eq!(list.items().map(words).collect::<Vec<_>>(), ["b: 1\n  c: 2", "{d: 3}"]);
        assert_eq!(root.get("e").map(|list| (words(list), list.line())), Some(("[]".into(), 7)));
        assert_eq!(root.at(), 100..100 + text.len() - 1);
    }

    #[test]
    fn scalars_stay_text_and_nothing_is_nothing() {
        let tree = Tree::read("day: 2010-02-03\nyear: 2010\nyes: no\nempty:\nquoted: ''\ntilde: ~\nword: 'null'\n", 0);
        let tree = tree.expect("it is YAML");
        let root = tree.root().expect("a document");
        let text = |key| root.get(key).and_then(Node::text);
        assert_eq!(["day", "year", "yes"].map(text), [Some("2010-02-03"), Some("2010"), Some("no")]);
        assert_eq!(["empty", "quoted", "tilde", "word"].map(text), [None, Some(""), None, Some("null")]);
        assert_eq!(root.get("day").map_or(0, |day| day.each().count()), 1, "a lone value is one");
        assert_eq!(root.get("empty").map_or(9, |empty| empty.each().count()), 0, "nothing is none");
    }

    #[test]
    fn an_alias_is_the_value_it_refers_to() {
        let tree = Tree::read("a: &x {b: c}\nd: *x\n---\nsecond: document\n", 0).expect("it is YAML");
        let root = tree.root().expect("a document");
        assert_eq!(root.get("d").and_then(|d| d.get("b")).and_then(Node::text), Some("c"));
        assert_eq!(tree.roots().count(), 2);
    }

    #[test]
    fn aliases_cannot_unfold_without_bound() {
        let mut text = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for n in 1..40 {
            text += &format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(","));
        }
        let fault = Tree::read(&text, 0).expect_err("it unfolds to 9^40 values");
        assert_eq!(fault.what, "expected at most 4000000 values, found more");
        assert_eq!(fault.line, 7, "nine to the seventh is past the bound");
        let fault = Tree::read("a: &a [*a]\n", 0).expect_err("it unfolds without end");
        assert_eq!(
            fault,
            Fault { what: "expected an alias of a value before it, found one around it".into(), at: 7, line: 1 }
        );
        assert!(Tree::read("a: *b\n", 0).is_err(), "an alias of nothing");
    }

    #[test]
    fn a_chain_of_aliases_is_as_deep_as_what_it_unfolds_to() {
        let mut text = String::from("- &a0 [x]\n");
        for n in 1..80 {
            text += &format!("- &a{n} [*a{}]\n", n - 1);
        }
        let fault = Tree::read(&text, 0).expect_err("it unfolds to 82 levels");
        assert_eq!((fault.what.as_str(), fault.line), ("expected at most 64 levels, found more", 63));
    }

    #[test]
    fn deep_texts_end_with_a_fault_and_not_with_the_stack() {
        for text in ["[".repeat(1_000_000), "- ".repeat(1_000_000), "{a: ".repeat(300_000), "? ".repeat(1_000_000)] {
            let fault = Tree::read(&text, 0).expect_err("it is too deep");
            assert!(fault.at <= 255 * 4, "{fault:?}");
        }
        assert!(Tree::read(&format!("{}x{}", "[".repeat(63), "]".repeat(63)), 0).is_ok());
    }

    #[test]
    fn a_fault_lies_in_the_bytes_of_the_source() {
        let source = "pre\nä: [é\n";
        let fault = Tree::read(&source[4..], 4).expect_err("the bracket stays open");
        assert!(fault.at > 4 && fault.at <= source.len(), "{fault:?}");
        let problem = fault.problem(source.as_bytes(), "yaml-broken", "close the bracket");
        assert!(problem.evidence.end <= source.len() as u64);
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reading(text in "([a-zé:|>&*?'\"#%!~, \\[\\]{}-]|\r|\n|\t|\u{0}|\u{85}|\u{FEFF}|: |- |\n  ){0,60}") {
            match Tree::read(&text, 0) {
                Ok(tree) => for value in &tree.values {
                    proptest::prop_assert!(text.get(value.start as usize..value.end as usize).is_some());
                },
                Err(fault) => proptest::prop_assert!(text.is_char_boundary(fault.at)),
            }
        }
    }
}
