//! From the parser's events to values: places in bytes, bounds kept.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Marker, ScalarStyle, Span};

use super::{DEPTH, Fault, Form, VALUES, Value};

/// Takes the events of the parser and makes values of them.
pub struct Reader<'a> {
    places: Places<'a>,
    start: usize,
    /// All values so far.
    pub values: Vec<Value<'a>>,
    /// The first value of each document.
    pub roots: Vec<u32>,
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
    /// Returns a reader of `text`, which begins at byte `start` of its source.
    pub fn new(text: &'a str, start: usize) -> Self {
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

    /// Takes the next event.
    pub fn take(&mut self, event: Event<'a>, span: Span) -> Result<(), Fault> {
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

    /// Returns a fault at a place of the parser.
    pub fn fault(&mut self, at: Marker, what: impl Into<String>) -> Fault {
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
