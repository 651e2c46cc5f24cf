//! One side of a comparison: an object of schema `sdo-gold/1`, with what its identifiers stand for.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::answer::Span;

/// A key or an answer.
pub(super) struct Side<'a> {
    value: &'a Value,
    /// For each identifier of an organisation the words of its name, acronym and forms.
    organisations: BTreeMap<&'a str, Vec<String>>,
    /// For each identifier of a person the name.
    persons: BTreeMap<&'a str, &'a str>,
    /// For each identifier of a session the title.
    sessions: BTreeMap<&'a str, &'a str>,
}

/// A party as one side names it.
#[derive(Clone, Debug)]
pub(super) enum Party {
    /// An organisation: words of its name, acronym and forms.
    Organisation(Vec<String>),
    /// A person: words of the name.
    Person(String),
    /// Only described.
    Described(String),
}

impl Party {
    /// True when both are the same party.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Organisation(one), Self::Organisation(other)) => share_a_form(one, other),
            (Self::Person(one), Self::Person(other)) | (Self::Described(one), Self::Described(other)) => one == other,
            (Self::Organisation(forms), Self::Described(words))
            | (Self::Described(words), Self::Organisation(forms)) => forms.contains(words),
            _ => false,
        }
    }
}

impl<'a> Side<'a> {
    /// Reads what the identifiers of `value` stand for.
    pub fn of(value: &'a Value) -> Self {
        let entries = |list: &str| value.get(list).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let by_id = |list: &str, field: &str| {
            let pair = |one: &'a Value| Some((text(one, "id")?, text(one, field)?));
            entries(list).iter().filter_map(pair).collect()
        };
        let forms = |one: &'a Value| Some((text(one, "id")?, forms(one)));
        Self {
            value,
            organisations: entries("organisations").iter().filter_map(forms).collect(),
            persons: by_id("persons", "name"),
            sessions: by_id("sessions", "title"),
        }
    }

    /// True when it speaks of `list`.
    pub fn has(&self, list: &str) -> bool {
        self.value.get(list).is_some_and(Value::is_array)
    }

    /// Returns the entries of `list`, none where it is absent.
    pub fn list(&self, list: &str) -> &'a [Value] {
        self.value.get(list).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// True when an entry of `list` has `field`, or the list has no entries.
    pub fn knows(&self, list: &str, field: &str) -> bool {
        let list_of = self.list(list);
        self.has(list) && (list_of.is_empty() || list_of.iter().any(|one| one.get(field).is_some()))
    }

    /// Returns the title of the session with this identifier.
    pub fn session(&self, id: &str) -> &'a str {
        self.sessions.get(id).copied().unwrap_or_default()
    }

    /// Returns the party with this identifier; what follows it is a remark. Other words are a description.
    pub fn party(&self, words_of: &str) -> Party {
        let id = words_of.split_whitespace().next().unwrap_or_default();
        if let Some(forms) = self.organisations.get(id) {
            Party::Organisation(forms.clone())
        } else if let Some(name) = self.persons.get(id) {
            Party::Person(words(without_remark(name)))
        } else {
            Party::Described(words(words_of))
        }
    }

    /// Returns the parties of a field: nothing, an identifier, or a list of them.
    pub fn parties(&self, field: &Value) -> Vec<Party> {
        strings(field).into_iter().map(|id| self.party(id)).collect()
    }

    /// Returns how a party is shown: by its name.
    pub fn shown(&self, id: &str) -> String {
        let known = id.split_whitespace().next().unwrap_or_default();
        if let Some(name) = self.persons.get(known) {
            return (*name).to_string();
        }
        let is_it = |one: &&Value| text(one, "id") == Some(known);
        let one = self.list("organisations").iter().find(is_it);
        one.and_then(|one| text(one, "acronym").or_else(|| text(one, "name"))).unwrap_or(id).to_string()
    }
}

/// Returns the strings of a field: none, one, or a list.
pub(super) fn strings(field: &Value) -> Vec<&str> {
    match field {
        Value::String(one) => vec![one],
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Returns the words of name, acronym and forms of an organisation.
fn forms(one: &Value) -> Vec<String> {
    let surfaces = one.get("surfaces").map(strings).unwrap_or_default();
    let name = text(one, "name").into_iter().flat_map(|name| [name, without_remark(name)]);
    let mut forms: Vec<String> = name.chain(text(one, "acronym")).chain(surfaces).map(words).collect();
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// True when two organisations have a form in common.
pub(super) fn share_a_form(one: &[String], other: &[String]) -> bool {
    one.iter().any(|form| other.contains(form))
}

/// Returns a text field.
pub(super) fn text<'a>(one: &'a Value, field: &str) -> Option<&'a str> {
    one.get(field).and_then(Value::as_str)
}

/// Returns the words of a text: small letters, runs of marks and white space one space. A text of marks stays as it is.
pub(super) fn words(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let words: Vec<String> = parts.map(str::to_lowercase).collect();
    if words.is_empty() { text.trim().to_string() } else { words.join(" ") }
}

/// Returns a text without the remark in brackets at its end.
pub(super) fn without_remark(text: &str) -> &str {
    match text.rfind(" (") {
        Some(at) if at > 0 && text.ends_with(')') => &text[..at],
        _ => text,
    }
}

/// True when two texts have the same words, remarks in brackets left out where that helps.
pub(super) fn are_same_words(one: &str, other: &str) -> bool {
    words(one) == words(other)
        || words(without_remark(one)) == words(other)
        || words(one) == words(without_remark(other))
}

/// Returns the words that evidence quotes, with their span.
pub(super) fn quote(evidence: &Value) -> Option<(Span, &str)> {
    let number = |field: &str| evidence.get(field).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let span = match (number("bstart"), number("bend")) {
        (Some(start), Some(end)) => Span::new(start, end),
        _ => Span::new(number("start")?, number("end")?),
    };
    Some((span, text(evidence, "quote").unwrap_or_default()))
}

/// Returns all words that an entry's evidence quotes: one quote or a list of them.
pub(super) fn quotes(one: &Value) -> Vec<(Span, &str)> {
    match one.get("evidence") {
        Some(Value::Array(list)) => list.iter().filter_map(quote).collect(),
        Some(single) => quote(single).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Returns a quotation as a person reads it: white space folded, long ones cut, with its place.
pub(super) fn shown(span: Span, words: &str) -> String {
    let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = folded.chars().take(100).collect();
    let dots = if cut.len() < folded.len() { " ..." } else { "" };
    format!("\u{ab}{cut}{dots}\u{bb} {}..{}", span.start, span.end)
}

/// Returns how many bytes two spans share.
pub(super) fn overlap(one: Span, other: Span) -> usize {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}
