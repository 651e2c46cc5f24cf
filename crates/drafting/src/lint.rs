//! Lints: clauses come in, and what an editor would mark in them goes out, with its place, what was expected and why.
//!
//! Nothing is corrected. [`lints`] looks at the clauses of one text, [`shifts`] at a clause and the one that it derives from.
//! A lint says how sure it is: the share of such places that were slips in texts that were looked at, or, where there were too
//! few, what the rule leaves open.

mod code;
mod editions;
mod grammar;
mod lists;
mod names;
mod references;
mod shift;
mod spaces;
mod spelling;

use std::ops::Range;

pub use code::Code;
pub(crate) use grammar::is_verb;

use crate::Passage;

/// One place that an editor would look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Lint {
    /// Which rule speaks; [`Code::reason`] says why it matters.
    pub code: Code,
    /// The place of the clause.
    pub place: String,
    /// The words, in bytes of the clause's text, at boundaries of letters.
    pub range: Range<usize>,
    /// What stands there.
    pub found: String,
    /// What was expected; words to write, or, in brackets of `<` and `>`, what kind of words.
    pub expected: String,
    /// How sure the rule is, from 0 to 1.
    pub sure: f64,
}

impl Lint {
    fn new(code: Code, passage: &Passage<'_>, range: Range<usize>, expected: impl Into<String>, sure: f64) -> Self {
        let found = passage.text.get(range.clone()).unwrap_or_default().to_string();
        Self { code, place: passage.place.into(), range, found, expected: expected.into(), sure }
    }
}

/// Returns what an editor would mark in a text of clauses, in the order of the text.
///
/// Clauses of one call must follow each other; their end marks are judged by their position in it. A list of only some clauses
/// of a resolution is judged as if it ended with the last of them.
///
/// ```
/// use drafting::{Passage, lint::{Code, lints}};
/// let clause = |place, label, text| Passage { place, call: "invites Member States", label, text };
/// let found = lints(&[
///     clause("invites 1", "1", "to have strengthen the regional office."),
///     clause("invites 2", "2", "to inform the Director."),
/// ]);
/// let said: Vec<_> = found.iter().map(|lint| (lint.code, lint.found.as_str(), lint.expected.as_str())).collect();
/// assert_eq!(said, [
///     (Code::VerbForm, "have strengthen", "have strengthened"),
///     (Code::EndMark, ".", ";"),
/// ]);
/// ```
#[must_use]
pub fn lints(passages: &[Passage<'_>]) -> Vec<Lint> {
    let mut found: Vec<(usize, Lint)> = Vec::new();
    for (n, passage) in passages.iter().enumerate() {
        let mut own = spaces::lints(passage);
        own.extend(names::lints(passage));
        own.extend(spelling::slips(passage));
        own.extend(grammar::lints(passage));
        own.extend(lists::broken(passage));
        found.extend(own.into_iter().map(|lint| (n, lint)));
    }
    found.extend(lists::end_marks(passages));
    found.extend(editions::lints(passages));
    found.extend(references::lost(passages));
    found.extend(references::marks(passages));
    found.extend(spelling::mixed(passages));
    found.extend(spelling::run_together(passages));
    found.sort_by(|(n, one), (m, other)| {
        (n, one.range.start, one.range.end, one.code).cmp(&(m, other.range.start, other.range.end, other.code))
    });
    found.dedup_by(|(n, one), (m, other)| n == m && one.code == other.code && one.range == other.range);
    found.into_iter().map(|(_, lint)| lint).collect()
}

/// Returns where a clause speaks of others, or of more or fewer, than the clause that it derives from.
///
/// The ranges are those of `after`; where words were only taken away, the range is empty and stands where they stood.
///
/// ```
/// use drafting::{Passage, lint::{Code, shifts}};
/// let clause = |text| Passage { place: "noting b)", call: "noting", label: "b)", text };
/// let before = clause("that the use of these tools in ISO's committees saves time;");
/// let after = clause("that the use of unapproved software in IEC's committees saves time;");
/// let said: Vec<_> = shifts(&before, &after).into_iter().map(|lint| (lint.code, lint.found, lint.expected)).collect();
/// assert_eq!(said, [
///     (Code::ScopeShift, "unapproved software".to_string(), "these tools".to_string()),
///     (Code::ActorShift, "IEC's".to_string(), "ISO's".to_string()),
/// ]);
/// ```
#[must_use]
pub fn shifts(before: &Passage<'_>, after: &Passage<'_>) -> Vec<Lint> {
    let mut found = shift::actors(before, after);
    found.extend(shift::scopes(before, after));
    found.sort_by_key(|one| (one.range.start, one.code));
    found
}
