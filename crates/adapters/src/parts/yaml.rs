//! YAML text as a tree of values with their places in the bytes of the source.
//!
//! Comes in: YAML 1.2 as text, and where that text begins in its source. Goes out: one tree with the documents in order,
//! each value with its bytes and line, every scalar as the text that was written (no dates, numbers or booleans are made
//! of it). Depth and number of values are bounded; an alias is read as the value it refers to and counts as many values
//! as that, so a text cannot unfold into more than the bound. Nothing here knows a kind of source.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use fact::{Evidence, Problem};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use super::words::without_addresses;

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

/// Takes the events of the parser and makes values of them.
struct Reader<'a> {
    places: Places<'a>,
    start: usize,
    values: Vec<Value<'a>>,
    roots: Vec<u32>,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Size>,
    n_values: usize,
}

/// A collection that has begun.
struct Open {
    nth: u32,
    anchor: usize,
    n_before: usize,
    /// Deepest and last byte of what is inside so far.
    depth: usize,
    end: u32,
}

impl Open {
    fn grow(&mut self, depth: usize, end: u32) {
        self.depth = self.depth.max(depth);
        self.end = self.end.max(end);
    }
}

/// What an alias unfolds to.
#[derive(Clone, Copy)]
struct Size {
    nth: u32,
    n_values: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, start: usize) -> Self {
        Self {
            places: Places { bytes: text.as_bytes(), is_ascii: text.is_ascii(), n_chars: 0, n_bytes: 0 },
            start,
            // Records and front matter run to some 16 bytes a value; a text that is longer grows the list.
            values: Vec::with_capacity((text.len() / 16).min(1 << 16)),
            roots: Vec::new(),
            open: Vec::new(),
            anchors: BTreeMap::new(),
            n_values: 0,
        }
    }

    fn take(&mut self, event: Event<'a>, span: Span) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let is_bare = style == ScalarStyle::Plain;
                let at = self.places.range(span);
                // Where nothing stands between two brackets, the parser points to the second one.
                let at = if is_bare && text.is_empty() { at.start..at.start } else { at };
                let nth =
                    self.push(Form::Scalar(text, is_bare), at, span.start, Size { nth: 0, n_values: 1, depth: 1 })?;
                self.name(anchor, Size { nth, n_values: 1, depth: 1 });
            }
            Event::SequenceStart(anchor, _) => {
                let at = self.places.range(span);
                let at = self.with_dash(at);
                self.begin(Form::Seq, anchor, at, span.start)?;
            }
            Event::MappingStart(anchor, _) => {
                let at = self.places.range(span);
                self.begin(Form::Map, anchor, at, span.start)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(anchor) => {
                let Some(size) = self.anchors.get(&anchor).copied() else {
                    return Err(self.fault(span.start, "expected an alias of a value before it, found one around it"));
                };
                let at = self.places.range(span);
                self.push(Form::Alias(size.nth), at, span.start, size)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, form: Form<'a>, at: Range<usize>, mark: Marker, size: Size) -> Result<u32, Fault> {
        self.n_values = self.n_values.saturating_add(size.n_values);
        if self.n_values > VALUES {
            return Err(self.fault(mark, format!("expected at most {VALUES} values, found more")));
        }
        if self.open.len() + size.depth > DEPTH {
            return Err(self.fault(mark, format!("expected at most {DEPTH} levels, found more")));
        }
        let (nth, end) = (self.values.len() as u32, at.end as u32);
        match self.open.last_mut() {
            Some(around) => around.grow(size.depth, end),
            None => self.roots.push(nth),
        }
        self.values.push(Value { form, start: at.start as u32, end, line: mark.line() as u32, next: nth + 1 });
        Ok(nth)
    }

    fn begin(&mut self, form: Form<'a>, anchor: usize, at: Range<usize>, mark: Marker) -> Result<(), Fault> {
        let n_before = self.n_values;
        let end = at.end as u32;
        let nth = self.push(form, at, mark, Size { nth: 0, n_values: 1, depth: 1 })?;
        self.open.push(Open { nth, anchor, n_before, depth: 0, end });
        Ok(())
    }

    /// A collection ends with its bracket, or else with the last value inside it.
    fn end(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        let bracket = self.places.range(span);
        let end = if bracket.is_empty() { open.end } else { bracket.end as u32 };
        let next = self.values.len() as u32;
        let value = &mut self.values[open.nth as usize];
        value.end = end.max(value.start);
        value.next = next;
        let (depth, end) = (open.depth + 1, value.end);
        if let Some(around) = self.open.last_mut() {
            around.grow(depth, end);
        }
        self.name(open.anchor, Size { nth: open.nth, n_values: self.n_values - open.n_before, depth });
    }

    /// Where a sequence is not indented below its key, the parser points behind its first dash.
    fn with_dash(&self, at: Range<usize>) -> Range<usize> {
        let bytes = self.places.bytes;
        let in_map = self.open.last().is_some_and(|open| matches!(self.values[open.nth as usize].form, Form::Map));
        if !in_map || !at.is_empty() {
            return at;
        }
        let is_dash = bytes.get(at.start) == Some(&b'-');
        let is_gap = |byte: &u8| matches!(byte, b' ' | b'\t') || !is_dash && matches!(byte, b'\n' | b'\r');
        let gap = bytes[..at.start].iter().rev().take_while(|byte| is_gap(byte)).count();
        match at.start.checked_sub(gap + 1) {
            Some(start) if bytes[start] == b'-' => start..at.end,
            _ => at,
        }
    }

    fn name(&mut self, anchor: usize, size: Size) {
        if anchor != 0 {
            self.anchors.insert(anchor, size);
        }
    }

    fn fault(&mut self, at: Marker, what: impl Into<String>) -> Fault {
        Fault { what: what.into(), at: self.start + self.places.byte(at.index()), line: at.line().max(1) }
    }
}

/// Turns the parser's places, which count characters, into bytes. Moves from the last place asked for to the next one,
/// so that asking in order walks the text once.
struct Places<'a> {
    bytes: &'a [u8],
    is_ascii: bool,
    n_chars: usize,
    n_bytes: usize,
}

impl Places<'_> {
    fn range(&mut self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        let mut end = self.byte(span.end.index()).max(start);
        // A block scalar or a long plain one may be said to end on the line below.
        while end > start && matches!(self.bytes[end - 1], b' ' | b'\t' | b'\n' | b'\r') {
            end -= 1;
        }
        start..end
    }

    fn byte(&mut self, n_chars: usize) -> usize {
        if self.is_ascii {
            return n_chars.min(self.bytes.len());
        }
        let is_start = |byte: u8| byte & 0xC0 != 0x80;
        while self.n_chars < n_chars && self.n_bytes < self.bytes.len() {
            self.n_chars += 1;
            self.n_bytes += 1;
            while self.n_bytes < self.bytes.len() && !is_start(self.bytes[self.n_bytes]) {
                self.n_bytes += 1;
            }
        }
        while self.n_chars > n_chars {
            self.n_chars -= 1;
            self.n_bytes -= 1;
            while !is_start(self.bytes[self.n_bytes]) {
                self.n_bytes -= 1;
            }
        }
        self.n_bytes
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
