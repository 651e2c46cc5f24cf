//! Whether an entry of a record file keeps to its form; every departure is a problem with its line and a hint.
//!
//! An entry with a problem states nothing: a mistyped `from` would otherwise leave an interval open, which is another
//! statement than the clerk's.

use std::ops::Range;

use fact::{Evidence, Mode, Problem, When};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::form::{FORMS, Form, PARTY, SOURCE, Shape, shape};

/// The text of a record file, which turns byte ranges into places.
#[derive(Clone, Copy)]
pub(super) struct Text<'a>(pub &'a str);

impl Text<'_> {
    /// Returns the number of the line in which byte `at` stands, from 1.
    pub fn line(self, at: usize) -> usize {
        1 + self.0.as_bytes()[..at.min(self.0.len())].iter().filter(|&&byte| byte == b'\n').count()
    }

    /// Returns the bytes of the line in which byte `at` stands, without its end.
    pub fn whole_line(self, at: usize) -> Range<usize> {
        let (before, after) = self.0.split_at(at.min(self.0.len()));
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        start..after.find('\n').map_or(self.0.len(), |end| before.len() + end)
    }

    /// Returns a problem at `at`, named by its line.
    pub fn problem(self, kind: &'static str, at: Range<usize>, what: String, hint: String) -> Problem {
        let place = format!("line {}", self.line(at.start));
        let words = self.0.get(at.clone()).unwrap_or_default();
        Problem { kind, evidence: Evidence::new(at, place, words), what, hint }
    }
}

/// Checks one entry against its form; `header` is the place of its `[[...]]`.
pub(super) fn check(text: Text<'_>, form: &Form, header: &Range<usize>, entry: &DeTable<'_>) -> Vec<Problem> {
    let owner = format!("[[{}]]", form.key);
    let mut problems = Vec::new();
    for need in ["cite"].iter().chain(form.needs).filter(|need| !entry.contains_key(**need)) {
        let what = format!("expected `{need}` in `{owner}`, found none");
        problems.push(text.problem("key-missing", header.clone(), what, missing_hint(need)));
    }
    problems.extend(check_keys(text, &owner, &form.keys(), Some(form), entry));
    let has = |keys: &[&str]| keys.iter().any(|key| entry.contains_key(*key));
    if form.key == "session" && !has(&["moderators", "chairs"]) {
        let what = format!("expected `moderators` or `chairs` in `{owner}`, found neither");
        let hint = "leave the entry out and name the session in its talks".into();
        problems.push(text.problem("key-missing", header.clone(), what, hint));
    }
    let has_party = match form.key {
        "role" | "appointment" => has(&["name", "affiliation"]),
        "talk" | "attendance" | "membership" => has(&["name", "affiliation", "role", "parties"]),
        _ => true,
    };
    if !has_party {
        let what = format!("expected a party in `{owner}`, found none");
        let hint = "say who: `name`, `affiliation` or both".into();
        problems.push(text.problem("key-missing", header.clone(), what, hint));
    }
    if has(&["when"]) && has(&["from", "to"]) {
        let what = format!("expected `when`, or `from` and `to`, found both in `{owner}`");
        problems.push(text.problem("dates-unclear", header.clone(), what, "keep one of the two".into()));
    }
    if super::entry::is_reversed(entry) {
        let what = format!("expected `from` before `to` in `{owner}`, found them the other way round");
        problems.push(text.problem("dates-unclear", header.clone(), what, "correct one of the two".into()));
    }
    problems
}

/// Checks `[source]`: what the record is taken from.
pub(super) fn check_source(text: Text<'_>, root: &DeTable<'_>) -> Vec<Problem> {
    let Some((DeValue::Table(source), at)) = root.get("source").map(|value| (value.get_ref(), value.span())) else {
        let what = "expected `[source]`, found none".into();
        let hint = "add `[source]` with `title` and `publisher` of the document that states the entries".into();
        return vec![text.problem("key-missing", 0..text.0.find('\n').unwrap_or(text.0.len()), what, hint)];
    };
    let mut problems = check_keys(text, "[source]", SOURCE, None, source);
    for need in ["title", "publisher"].iter().filter(|need| !source.contains_key(**need)) {
        let what = format!("expected `{need}` in `[source]`, found none");
        problems.push(text.problem("key-missing", at.clone(), what, missing_hint(need)));
    }
    problems
}

/// Returns the problem of a table whose name is no kind of entry.
pub(super) fn unknown_entry(text: Text<'_>, at: Range<usize>, key: &str) -> Problem {
    let known: Vec<&str> = FORMS.iter().map(|form| form.key).collect();
    let what = format!("expected a kind of entry, found `{key}`");
    text.problem("entry-unknown", at, what, did_you_mean(key, &known))
}

/// Returns `did you mean ...`, or the list of all that is known when nothing is near.
pub(super) fn did_you_mean(word: &str, known: &[&str]) -> String {
    let near = known.iter().map(|other| (distance(word, other), other)).min();
    match near {
        Some((distance, other)) if distance <= 1 + word.chars().count() / 4 => format!("did you mean `{other}`?"),
        _ => format!("known are {}", known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")),
    }
}

fn missing_hint(key: &str) -> String {
    match key {
        "cite" => "say where the source states it, e.g. `cite = \"section 3.2\"`".into(),
        "text" => "say it in your own words, e.g. `text = \"...\"`".into(),
        _ => format!("add `{key} = ...`, as `docs/records.md` describes it"),
    }
}

fn check_keys(text: Text<'_>, owner: &str, keys: &[&str], form: Option<&Form>, table: &DeTable<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (key, value) in table {
        if keys.contains(&key.get_ref().as_ref()) {
            problems.extend(check_value(text, key.get_ref(), form, value));
        } else {
            let what = format!("expected a key of `{owner}`, found `{}`", key.get_ref());
            problems.push(text.problem("key-unknown", key.span(), what, did_you_mean(key.get_ref(), keys)));
        }
    }
    problems
}

fn check_value(text: Text<'_>, key: &str, form: Option<&Form>, value: &Spanned<DeValue<'_>>) -> Vec<Problem> {
    let held = words(value.get_ref());
    let found = || match held.as_deref() {
        Some("") => "an empty text".to_string(),
        Some(word) => format!("`{word}`"),
        None => value.get_ref().type_str().to_string(),
    };
    let word = held.as_deref().unwrap_or_default();
    let (fits, expected, hint) = match shape(key) {
        Shape::Parties => return check_parties(text, key, value),
        Shape::Text => (
            !word.trim().is_empty(),
            "text".to_string(),
            "write it in quotation marks; leave it out if it is not known".into(),
        ),
        Shape::Date => (
            When::parse(word).is_some(),
            "`2024`, `2024-06` or `2024-06-17`".into(),
            "leave the date out when the source gives none or a relative one".into(),
        ),
        Shape::Mode => {
            let known = ["in-person", "remote", "hybrid", "recorded"];
            (Mode::from_slug(word).is_some(), "a mode".into(), did_you_mean(word, &known))
        }
        Shape::Kind => {
            let known = ["person", "organisation", "body", "office"];
            (known.contains(&word), "a kind of party".into(), did_you_mean(word, &known))
        }
        Shape::Act => {
            let known: Vec<&str> =
                form.map(|form| form.acts).unwrap_or_default().iter().map(|act| act.slug()).collect();
            (known.contains(&word), "an act of this entry".into(), did_you_mean(word, &known))
        }
        Shape::Share => (
            share(value.get_ref()).is_some(),
            "a number from 0 to 1".into(),
            "leave it out where the document says it plainly".into(),
        ),
        Shape::FactId => (
            word.len() == 32 && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')),
            "the 32 hexadecimal digits of a fact".into(),
            "copy the id from `rapporteur facts`".into(),
        ),
    };
    if fits {
        return Vec::new();
    }
    let what = format!("expected {expected} in `{key}`, found {}", found());
    vec![text.problem("value-unreadable", value.span(), what, hint)]
}

fn check_parties(text: Text<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<Problem> {
    let wrong = |at: Range<usize>, found: String| {
        let what = format!("expected a list of parties in `{key}`, found {found}");
        let hint = "write `[\"Organisation\", { name = \"Person\", affiliation = \"Organisation\" }]`".into();
        vec![text.problem("value-unreadable", at, what, hint)]
    };
    let DeValue::Array(items) = value.get_ref() else {
        return wrong(value.span(), value.get_ref().type_str().into());
    };
    if items.is_empty() {
        return wrong(value.span(), "an empty list".into());
    }
    let check = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
        DeValue::String(name) if !name.trim().is_empty() => Vec::new(),
        DeValue::Table(party) if ["name", "affiliation", "role"].iter().any(|key| party.contains_key(*key)) => {
            check_keys(text, key, PARTY, None, party)
        }
        DeValue::Table(_) => wrong(item.span(), "a party without `name`, `affiliation` or `role`".into()),
        other => wrong(item.span(), other.type_str().into()),
    };
    items.iter().flat_map(check).collect()
}

/// Returns a value's words: a string as it is, a number or date as it is written. Anything else has none.
pub(super) fn words(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Datetime(date) => Some(date.to_string()),
        _ => None,
    }
}

/// Returns a number from 0 to 1, or `None` for anything else.
pub(super) fn share(value: &DeValue<'_>) -> Option<f64> {
    let number: f64 = match value {
        DeValue::Float(number) => number.to_string().parse().ok()?,
        DeValue::Integer(number) => number.to_string().parse().ok()?,
        _ => return None,
    };
    (0.0..=1.0).contains(&number).then_some(number)
}

/// Number of characters to put in, take out or change to make one word of the other (Levenshtein 1966).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, left) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, right) in other.iter().enumerate() {
            let change = diagonal + usize::from(left != *right);
            diagonal = row[column + 1];
            row[column + 1] = change.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_word_is_offered() {
        assert_eq!(distance("moderator", "moderators"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(did_you_mean("affilation", PARTY), "did you mean `affiliation`?");
        assert!(did_you_mean("zzzzzz", &["one", "two"]).starts_with("known are `one`"));
    }
}
