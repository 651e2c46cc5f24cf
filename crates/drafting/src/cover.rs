//! Cover notes: what was decided in a merge comes in, and the note that goes with the merged text goes out; or a note and the
//! decisions come in, and what it leaves out or says wrongly goes out.
//!
//! A note has three parts: that clauses which do not meet were all kept, which decisions were editorial, and which were not, each
//! with its reason. Source of the form: the note to the proposed merged Resolution 68.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::Regex;

use crate::clause::bare;
use crate::words::NUMBERS;
use crate::{Passage, calls};

/// What was merged, for the first sentences of a note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The text: `Resolution 68`.
    pub title: String,
    /// The contributions: `C102`, `C112`.
    pub sources: Vec<String>,
    /// Number of clauses of the merged text.
    pub n_clauses: usize,
    /// Number of them that came from contributions without meeting another.
    pub n_complementary: usize,
    /// Number of conflicts on which nobody has decided yet: the base stands, with the alternatives in square brackets.
    pub n_open: usize,
    /// Number of overlaps and the like that are undecided: all stand as proposed.
    pub n_listed: usize,
}

/// One decision on a conflict, as a note tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Name of the conflict: `K4`.
    pub id: String,
    /// The clause of the merged text: `resolves 9`, `considering i)`; empty where none is left.
    pub place: String,
    /// Who proposed what: `C102` strikes it, `C112` keeps it.
    pub alternatives: Vec<(String, String)>,
    /// What was chosen: `the text of C102`, `a report to TSAG`.
    pub choice: String,
    /// True where the sense stays.
    pub is_editorial: bool,
    /// Why.
    pub reason: String,
}

/// What a note and the decisions do not agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The note states another number of decisions that are not editorial, or none: `None`.
    Count {
        /// The number that the note states.
        stated: Option<usize>,
        /// The number of decisions that are not editorial.
        decided: usize,
    },
    /// The note names a clause that the text does not have.
    Clause(String),
    /// A decision that the note does not mention, neither by its name nor by its place.
    Unmentioned(String),
}

impl std::fmt::Display for Warning {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count { stated: Some(stated), decided } => {
                write!(to, "expected {decided} decisions that are not editorial, found `{stated}` in the note")
            }
            Self::Count { stated: None, decided } => {
                write!(to, "expected {decided} decisions that are not editorial, found no number in the note")
            }
            Self::Clause(place) => write!(to, "expected a clause of the text, found `{place}`"),
            Self::Unmentioned(id) => write!(to, "expected the decision `{id}` in the note, found nothing about it"),
        }
    }
}

/// Returns the draft of a cover note, in Markdown, a decision a line.
///
/// ```
/// use drafting::cover::{Merged, Settled, check, note};
/// let merged = Merged { title: "Resolution 9".into(), sources: vec!["C1".into(), "C2".into()], n_clauses: 12, n_complementary: 4, ..Merged::default() };
/// let decision = Settled {
///     id: "K1".into(),
///     alternatives: vec![("C1".into(), "strikes it".into()), ("C2".into(), "keeps it".into())],
///     choice: "it is struck".into(),
///     reason: "the action is complete".into(),
///     ..Settled::default()
/// };
/// let draft = note(&merged, &[decision.clone()]);
/// assert!(draft.contains("There is one non-editorial change:"));
/// assert!(draft.contains("K1: C1 strikes it; C2 keeps it; decided: it is struck, because the action is complete."));
/// assert_eq!(check(&draft, &[decision], &[]), []);
/// ```
#[must_use]
pub fn note(merged: &Merged, decisions: &[Settled]) -> String {
    let mut note =
        format!("This document offers a proposed merged {} from {}.\n\n", merged.title, contributions(&merged.sources));
    let _ = writeln!(
        note,
        "- {} of its {} clauses come from contributions that complement each other; each was kept and stands in its section.",
        merged.n_complementary, merged.n_clauses
    );
    if merged.n_open > 0 {
        let n = number(merged.n_open);
        let _ = writeln!(
            note,
            "- Conflicts still open: {n}; there the base stands, with the alternatives in square brackets."
        );
    }
    if merged.n_listed > 0 {
        let n = number(merged.n_listed);
        let _ = writeln!(note, "- Conflicts that are only listed: {n}; there everything stands as it was proposed.");
    }
    let (editorial, other): (Vec<&Settled>, Vec<&Settled>) = decisions.iter().partition(|one| one.is_editorial);
    let said = |n: usize, noun: &str| {
        let (verb, end) = if n == 1 { ("is", "") } else { ("are", "s") };
        format!("There {verb} {} {noun}{end}{}\n", number(n), if n == 0 { "." } else { ":" })
    };
    let _ = write!(note, "- {}", said(editorial.len(), "editorial decision"));
    editorial.iter().for_each(|one| line(&mut note, one));
    let _ = write!(note, "- {}", said(other.len(), "non-editorial change"));
    other.iter().for_each(|one| line(&mut note, one));
    note
}

fn contributions(sources: &[String]) -> String {
    match sources {
        [] => "no contribution".into(),
        [one] => format!("Contribution {one}"),
        [all @ .., last] => format!("Contributions {} and {last}", all.join(", ")),
    }
}

fn line(note: &mut String, one: &Settled) {
    let place = if one.place.is_empty() { String::new() } else { format!(" ({})", one.place) };
    let _ = write!(note, "  - {}{place}:", one.id);
    for (source, says) in &one.alternatives {
        let _ = write!(note, " {source} {says};");
    }
    let _ = write!(note, " decided: {}", one.choice.trim_end_matches('.'));
    if !one.reason.is_empty() {
        let _ = write!(note, ", because {}", one.reason.trim_end_matches('.'));
    }
    note.push_str(".\n");
}

/// A number as prose writes it: in words up to twelve.
fn number(n: usize) -> String {
    match NUMBERS.get(n).filter(|_| n <= 12) {
        Some(_) if n == 0 => "no".into(),
        Some(word) => (*word).into(),
        None => n.to_string(),
    }
}

/// Returns what a cover note leaves out or says wrongly, beside the decisions and the clauses of the merged text.
///
/// Where no clauses are given, none is missed. Clauses count as named where a call's verb and a label stand in the note:
/// `considering i)`, `resolves 9`.
#[must_use]
pub fn check(note: &str, decisions: &[Settled], clauses: &[Passage<'_>]) -> Vec<Warning> {
    let mut found = Vec::new();
    let decided = decisions.iter().filter(|one| !one.is_editorial).count();
    let stated = stated(note);
    if stated != Some(decided) && (stated.is_some() || decided > 0) {
        found.push(Warning::Count { stated, decided });
    }
    if !clauses.is_empty() {
        found.extend(unknown(note, clauses).into_iter().map(Warning::Clause));
    }
    let is_mentioned = |one: &&Settled| !(holds(note, &one.id) || !one.place.is_empty() && holds(note, &one.place));
    found.extend(decisions.iter().filter(is_mentioned).map(|one| Warning::Unmentioned(one.id.clone())));
    found
}

static STATED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?i)\b(?P<n>\d{1,3}|no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a single|the only)\s+(?:other\s+)?non[- \u{2011}]?editorial\s+(?:change|decision|choice|modification)s?\b";
    Regex::new(pattern).expect("the expression is fixed and tested")
});

/// The number of non-editorial changes that a note states.
fn stated(note: &str) -> Option<usize> {
    let caught = STATED.captures(note)?;
    let word = caught.name("n")?.as_str().to_lowercase();
    match word.as_str() {
        "no" => Some(0),
        "a single" | "the only" => Some(1),
        word => NUMBERS.iter().position(|held| *held == word).or_else(|| word.parse().ok()),
    }
}

/// True where `words` stand in a text as whole words.
fn holds(text: &str, words: &str) -> bool {
    if words.is_empty() {
        return false;
    }
    let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (text.get(..at), text.get(at + words.len()..));
        let is_open = words.ends_with(char::is_alphanumeric) && is_word(after.and_then(|rest| rest.chars().next()));
        !is_word(before.and_then(|rest| rest.chars().next_back())) && !is_open
    })
}

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let (call, label) = (calls::any(), r"[a-z]{1,2}\)|\d{1,2}\b");
    let pattern = format!(r"\b(?P<call>{call})(?P<more>(?:\s+[A-Za-z-]+){{0,14}}?)\s+(?P<label>{label})");
    Regex::new(&pattern).expect("the expression is fixed and tested")
});

/// Clauses that a note names and the text does not have, each once.
fn unknown(note: &str, clauses: &[Passage<'_>]) -> BTreeSet<String> {
    let named = NAMED.captures_iter(note).filter_map(|caught| {
        let (call, more) = (caught.name("call")?.as_str(), caught.name("more")?.as_str().trim());
        let label = caught.name("label")?.as_str();
        let fits = |clause: &&Passage<'_>| {
            let rest = clause.call.strip_prefix(call)?;
            // A short form names the call by its verb alone.
            let is_call = more.is_empty() || rest.trim() == more;
            (is_call && bare(clause.label) == bare(label)).then_some(())
        };
        let is_known = clauses.iter().any(|clause| fits(&clause).is_some());
        // Prose between a verb and a number is no name of a clause: `invites the reader of 12 pages`.
        let is_name = more.is_empty() || clauses.iter().any(|clause| clause.call == format!("{call} {more}"));
        (is_name && !is_known)
            .then(|| [call, more, label].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
    });
    named.collect()
}
