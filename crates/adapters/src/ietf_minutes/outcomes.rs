//! What a meeting came to: decisions, conclusions, and tasks with an owner.

use std::ops::Range;

use fact::{Act, Mention, Party};

use super::kind::speaker;
use super::row::Row;
use crate::parts::names::{is_full_name, is_short_name, people};

/// A decision or conclusion, on the topic under which it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outcome {
    pub act: Act,
    pub words: String,
    /// The rows that say so.
    pub rows: Range<usize>,
}

/// A task and who shall do it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Task {
    pub owner: Mention,
    pub words: String,
    /// The rows that say so.
    pub rows: Range<usize>,
}

/// Longest words kept of a decision, question or task, in characters.
const LONGEST: usize = 300;

/// Returns the decisions that stand behind a label such as `Decision:` or `RESOLVED:`.
pub(super) fn outcomes(rows: &[Row<'_>]) -> Vec<Outcome> {
    let read = |(at, row): (usize, &Row<'_>)| {
        let (label, rest) = row.text.split_once(':')?;
        let act = match label.trim().to_lowercase().as_str() {
            "decision" | "decisions" | "resolved" | "resolution" | "resolutions" | "decided" | "agreed" => Act::Decided,
            "conclusion"
            | "conclusions"
            | "outcome"
            | "outcomes"
            | "consensus"
            | "consensus in the room"
            | "rough consensus"
            | "consensus on call" => Act::Concluded,
            _ => return None,
        };
        let (words, to) = paragraph(rows, at, rest);
        words.chars().any(char::is_alphabetic).then_some(Outcome { act, words, rows: at..to })
    };
    rows.iter().enumerate().filter(|(_, row)| !row.is_contents && row.level == 0).filter_map(read).collect()
}

/// What stands behind a label, with the lines that go on with it, and the row after them.
fn paragraph(rows: &[Row<'_>], at: usize, rest: &str) -> (String, usize) {
    let mut words = rest.trim().to_string();
    let is_entry = rows[at].bullet > 0;
    let mut to = at + 1;
    for row in rows.iter().skip(at + 1).take(6) {
        let is_next = row.is_blank()
            || row.level > 0
            || (is_entry || !words.is_empty()) && row.bullet > 0
            || speaker(&row.text).is_some();
        if is_next || words.chars().count() > LONGEST || is_entry && !words.is_empty() {
            break;
        }
        words.push(' ');
        words.push_str(&row.text);
        to += 1;
    }
    (cut(words.trim()), to)
}

/// Cuts words that are too long, with a sign that they were.
pub(super) fn cut(words: &str) -> String {
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words.into(),
    }
}

/// Returns the tasks that name an owner: `ACTION: A. Example to write a draft`, `TODO(Ann): ...`.
pub(super) fn tasks(rows: &[Row<'_>]) -> Vec<Task> {
    let mut tasks = Vec::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_contents && row.level == 0) {
        let Some((owner, rest)) = task_label(&row.text) else { continue };
        let (words, to) = paragraph(rows, at, rest);
        let owners = match owner {
            Some(owner) => owners(owner),
            None => doers(&words),
        };
        tasks.extend(owners.into_iter().map(|owner| Task { owner, words: words.clone(), rows: at..to }));
    }
    tasks
}

/// `ACTION:`, `Action item to Ann:`, `TODO Ann:`, `AI (Ann):`: the owner, if the label has one, and the task.
fn task_label(text: &str) -> Option<(Option<&str>, &str)> {
    let (label, rest) = text.split_once(':')?;
    let lower = label.to_lowercase();
    let starts = ["action items", "action item", "actions", "action", "todo", "to do", "ai"];
    let start = starts.into_iter().find(|start| lower.starts_with(start) && lower.is_char_boundary(start.len()))?;
    // `AI` is a field of its own: as a label it stands alone or with its owner in brackets.
    let owner = label.get(start.len()..)?.trim();
    let is_bracketed = owner.starts_with('(') || owner.starts_with('[');
    let is_plain =
        owner.is_empty() || is_bracketed || start != "ai" && label.as_bytes().get(start.len()) == Some(&b' ');
    if !is_plain || owner.chars().count() > 40 || rest.trim().is_empty() {
        return None;
    }
    let owner = owner.trim_matches(['(', ')', '[', ']', ' ']);
    let owner = ["to ", "on ", "for "].iter().find_map(|word| owner.strip_prefix(word)).unwrap_or(owner);
    Some(((!owner.is_empty()).then_some(owner), rest.trim()))
}

/// The owners that a label names; none where one of them is nobody's name.
fn owners(text: &str) -> Vec<Mention> {
    let read: Option<Vec<Mention>> = people(text).into_iter().map(owner).collect();
    read.unwrap_or_default()
}

/// The owners with whom a task begins: `Ann and Bea to write`, `Ann will write`, `assign to Ann`.
fn doers(words: &str) -> Vec<Mention> {
    let lower = words.to_lowercase();
    if let Some(rest) = lower.strip_prefix("assign to ").and_then(|rest| words.get(words.len() - rest.len()..)) {
        return owners(rest.trim_end_matches('.'));
    }
    let verbs = [" to ", " will ", " wil ", " should ", " shall "];
    let end = verbs.iter().filter_map(|verb| lower.find(verb)).min();
    match end.and_then(|end| words.get(..end)) {
        Some(lead) if lead.split_whitespace().count() <= 7 => owners(lead),
        _ => Vec::new(),
    }
}

/// A person, or an office named without its holder.
fn owner(text: &str) -> Option<Mention> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let offices = [
        "chair",
        "chairs",
        "the chairs",
        "wg chairs",
        "editor",
        "editors",
        "the editors",
        "authors",
        "the authors",
        "ads",
        "ad",
    ];
    if offices.contains(&lower.as_str()) {
        return Some(Mention { party: Party::Office, role: Some(text.into()), ..Mention::default() });
    }
    let is_word = !text.contains(' ') && is_short_name(text) && text.chars().count() >= 2;
    (is_full_name(text) || is_word).then(|| Mention::person(text, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ietf_minutes::row::rows;

    fn all(text: &str) -> Vec<Row<'_>> {
        rows(text.as_bytes()).collect()
    }

    #[test]
    fn decisions_stand_behind_their_label() {
        let read = |text: &str| {
            outcomes(&all(text)).into_iter().map(|outcome| (outcome.act.slug(), outcome.words)).collect::<Vec<_>>()
        };
        assert_eq!(read("Decision: close it"), [("decided", "close it".to_string())]);
        assert_eq!(read("RESOLUTION: keep both\nof them.\n\nNext"), [("decided", "keep both of them.".to_string())]);
        assert_eq!(read("* Conclusion: go on\n* Other"), [("concluded", "go on".to_string())]);
        assert_eq!(read("Decision: ???"), []);
        assert_eq!(read("The decision: none"), []);
    }

    #[test]
    fn a_task_has_an_owner_or_is_left_alone() {
        let read = |text: &str| {
            tasks(&all(text))
                .into_iter()
                .map(|task| (task.owner.name.or(task.owner.role).unwrap_or_default(), task.words))
                .collect::<Vec<_>>()
        };
        let one = |owner: &str, words: &str| (owner.to_string(), words.to_string());
        assert_eq!(read("ACTION: Ann and Bea Specimen to write a draft")[1].0, "Bea Specimen");
        assert_eq!(read("TODO(ann): file an issue"), [one("ann", "file an issue")]);
        assert_eq!(read("Action item to Ann: write"), [one("Ann", "write")]);
        assert_eq!(read("Action: Assign to Ann"), [one("Ann", "Assign to Ann")]);
        assert_eq!(read("Action: Chairs will confirm"), [one("Chairs", "Chairs will confirm")]);
        for text in [
            "ACTION: put the text for it to a vote",
            "Action: No consensus.",
            "AI definitions: we need some",
            "AI-based: x to y",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
