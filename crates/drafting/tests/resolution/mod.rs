//! Reads a resolution that stands in a plain text, a paragraph a line, for the tests: calls, labels, clauses.

use drafting::Passage;

/// One paragraph, owned.
#[derive(Clone, Debug, Default)]
pub struct Line {
    pub place: String,
    pub call: String,
    pub label: String,
    pub text: String,
}

impl Line {
    pub fn passage(&self) -> Passage<'_> {
        Passage { place: &self.place, call: &self.call, label: &self.label, text: &self.text }
    }
}

const CALLS: [&str; 16] = [
    "considering",
    "recognizing",
    "noting",
    "recalling",
    "resolves",
    "instructs",
    "invites",
    "encourages",
    "requests",
    "urges",
    "bearing in mind",
    "emphasizing",
    "taking into account",
    "aware",
    "welcoming",
    "affirming",
];

/// Returns the paragraphs of a text with their places.
pub fn read(text: &str) -> Vec<Line> {
    let (mut call, mut number, mut lines) = (String::new(), 0, Vec::new());
    for paragraph in text.lines().filter(|line| !line.trim().is_empty()) {
        let (label, words) = split(paragraph);
        if label.is_empty() && CALLS.iter().any(|start| words.starts_with(start)) {
            call = words.trim().to_string();
            lines.push(Line { place: call.clone(), text: words.to_string(), ..Line::default() });
            continue;
        }
        if words.starts_with("[^") {
            lines.push(Line { place: "note".into(), text: words.to_string(), ..Line::default() });
            continue;
        }
        number += 1;
        let place = if call.is_empty() { format!("line {number}") } else { format!("{} {label}", short(&call)) };
        let line = Line { place: place.trim().into(), call: call.clone(), label: label.into(), text: words.into() };
        lines.push(line);
    }
    lines
}

/// The label of a paragraph and its words.
pub fn split(paragraph: &str) -> (&str, &str) {
    match paragraph.split_once('\t') {
        Some((label, words)) if label.trim().chars().count() <= 4 => (label.trim(), words),
        _ => ("", paragraph),
    }
}

fn short(call: &str) -> String {
    match call.rsplit_once("instruct ") {
        Some((_, whom)) => format!("resolves, {whom}"),
        None => call.split(' ').take(2).collect::<Vec<_>>().join(" "),
    }
}
