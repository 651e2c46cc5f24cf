//! XML as it is written: one tag after the other, all words and values escaped.

use quick_xml::escape::escape;

/// XML in the course of being written.
pub(crate) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

/// Attributes of a tag.
pub(crate) type Values<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// Begins a document.
    pub fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".into(), open: Vec::new() }
    }

    /// Opens an element.
    pub fn open(&mut self, name: &'static str, values: Values<'_>) {
        self.tag(name, values, ">");
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.text.extend(["</", name, ">"]);
        }
    }

    /// Writes an element without content.
    pub fn leaf(&mut self, name: &str, values: Values<'_>) {
        self.tag(name, values, "/>");
    }

    /// Writes an element with words only.
    pub fn word(&mut self, name: &'static str, values: Values<'_>, text: &str) {
        self.open(name, values);
        self.words(text);
        self.close();
    }

    /// Writes words.
    pub fn words(&mut self, text: &str) {
        self.text.push_str(&escape(text));
    }

    /// Begins a new line; only where white space says nothing.
    pub fn line(&mut self) {
        self.text.push('\n');
    }

    /// Returns the document, all elements closed.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text.push('\n');
        self.text
    }

    fn tag(&mut self, name: &str, values: Values<'_>, end: &str) {
        self.text.extend(["<", name]);
        for (key, value) in values {
            self.text.extend([" ", key, "=\"", &escape(*value), "\""]);
        }
        self.text.push_str(end);
    }
}
