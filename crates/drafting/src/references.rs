//! References to clauses of the text itself: `considering e)`, `clauses 3.2 and 3.3`, `resolves 1 to 3`.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::clause::bare;
use crate::spans::without_overlaps;

/// Words before a number that refers to a clause or heading.
const NUMBERED: [&str; 7] = ["clause", "clauses", "section", "sections", "subclause", "\u{a7}", "paragraph"];

/// What may stand between two names of one reference, and whether it makes a span of them; of two that fit, the longer first.
const JOINTS: [(&str, bool); 12] = [
    (" through ", true),
    (" and/or ", false),
    (", and in ", false),
    (" and in ", false),
    (", and ", false),
    (" and ", false),
    (", or ", false),
    (" to ", true),
    (" or ", false),
    (", ", false),
    ("\u{2013}", true),
    ("-", true),
];

/// Words of what has clauses of its own: `clause 3 of Recommendation ITU-T X.1`.
const OTHERS: [&str; 9] = [
    "Resolution",
    "Recommendation",
    "Decision",
    "Opinion",
    "Article",
    "Annex",
    "Constitution",
    "Convention",
    "Supplement",
];

/// A reference in a text, with one name or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    /// All of it, in bytes of the words.
    pub range: Range<usize>,
    /// The call that it names, in small letters; empty for a number of the whole text.
    pub call: String,
    /// What it names, in order: at least one.
    pub names: Vec<Name>,
}

/// One clause that a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// Its bytes in the words.
    pub range: Range<usize>,
    /// The label, without signs around it.
    pub label: String,
    /// True where all from the name before it up to this are meant.
    pub is_end_of_span: bool,
}

/// Returns the references of a text, where `calls` are the calls of its resolution in small letters.
pub(crate) fn references(words: &str, calls: &BTreeSet<String>) -> Vec<Reference> {
    let small = words.to_lowercase();
    // Where small letters have other bytes, positions would not hold.
    if small.len() != words.len() {
        return Vec::new();
    }
    let mut found: Vec<Reference> = Vec::new();
    let heads = calls.iter().map(|call| (call.as_str(), true)).chain(NUMBERED.iter().map(|word| (*word, false)));
    for (head, is_call) in heads {
        for (at, _) in small.match_indices(head) {
            let is_start = !words[..at].ends_with(char::is_alphanumeric);
            let names = if is_start { names(words, at + head.len(), is_call) } else { Vec::new() };
            if let Some(last) = names.last().filter(|last| !is_of_another(&words[last.range.end..])) {
                let call = if is_call { head.to_string() } else { String::new() };
                found.push(Reference { range: at..last.range.end, call, names });
            }
        }
    }
    // The longest name wins: `recognizing also a)` is no `also a)`.
    without_overlaps(found, |reference| &reference.range)
}

/// Returns the names that follow one space after `at`.
fn names(words: &str, at: usize, is_call: bool) -> Vec<Name> {
    let name = |range: Range<usize>, is_end_of_span| {
        let label = bare(&words[range.clone()]).into();
        Name { range, label, is_end_of_span }
    };
    let Some(space) = words[at..].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}')) else { return Vec::new() };
    let mut names: Vec<Name> =
        label_at(words, at + space.len_utf8(), is_call).map(|first| name(first, false)).into_iter().collect();
    while let Some(last) = names.last() {
        let end = last.range.end;
        let joined = JOINTS.iter().find_map(|(joint, is_span)| {
            let at = end + joint.len();
            let label = words[end..].starts_with(joint).then(|| label_at(words, at, is_call)).flatten()?;
            is_set_off(words, &label).then_some((label, *is_span))
        });
        let Some((label, is_span)) = joined else { break };
        names.push(name(label, is_span));
    }
    names
}

/// Returns the label at `at`, without sign at its end for a number.
fn label_at(words: &str, at: usize, is_call: bool) -> Option<Range<usize>> {
    let rest = &words[at..];
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '(')).unwrap_or(rest.len());
    let inner = rest[..end].trim_end_matches('.');
    let is_closed = rest[inner.len()..].starts_with(')');
    let bare = inner.trim_start_matches('(');
    let is_number = bare.starts_with(|c: char| c.is_ascii_digit());
    let is_letter = is_closed && bare.len() <= 4 && bare.chars().all(|c| c.is_ascii_lowercase());
    let is_label = !bare.is_empty() && if is_call { is_letter || is_number } else { is_number };
    is_label.then(|| at..at + inner.len() + usize::from(is_closed && !is_number))
}

/// True for a letter with its bracket, and for a number that counts nothing: not for the 6 of `resolves 3 and 6 months`.
fn is_set_off(words: &str, label: &Range<usize>) -> bool {
    let rest = words[label.end..].trim_start_matches('.');
    let next = rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    words[..label.end].ends_with(')')
        || !rest.starts_with(char::is_whitespace)
        || matches!(next, "" | "and" | "or" | "to" | "of" | "in" | "above" | "below")
}

/// True where what follows says that the clause is of another text.
fn is_of_another(rest: &str) -> bool {
    let Some(rest) = [" of ", " in "].iter().find_map(|link| rest.strip_prefix(link)) else { return false };
    let first = rest.split_whitespace().take(4).take_while(|word| *word != "this");
    first.into_iter().any(|word| OTHERS.iter().any(|other| word.starts_with(other)))
}

/// True where a call is known by these words: `resolves` for `resolves to instruct the Director`.
pub(crate) fn is_name(call: &str, words: &str) -> bool {
    call.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Vec<(String, String)> {
        let calls = ["considering".to_string(), "resolves".to_string()].into();
        let said = |one: Reference| {
            let name = |name: &Name| format!("{}{}", if name.is_end_of_span { ".." } else { "" }, name.label);
            (one.call, one.names.iter().map(name).collect::<Vec<_>>().join(" "))
        };
        references(words, &calls).into_iter().map(said).collect()
    }

    #[test]
    fn one_name_or_several() {
        let one = |call: &str, names: &str| vec![(call.to_string(), names.to_string())];
        assert_eq!(found("as in considering b) above"), one("considering", "b"));
        assert_eq!(found("in considering a) to c) and in a) and b) above"), one("considering", "a ..c a b"));
        assert_eq!(found("within resolves 3 and 6 months"), one("resolves", "3"));
        assert_eq!(found("resolves 3 and 6, as they stand"), one("resolves", "3 6"));
        assert_eq!(found("see clauses 3.2\u{2013}3.4."), one("", "3.2 ..3.4"));
        assert_eq!(found("considering b) of Resolution 22"), []);
        assert_eq!(found("considering b) of this resolution"), one("considering", "b"));
    }
}
