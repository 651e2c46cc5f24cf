//! What editors decided on conflicts: records that can be stored, read and applied again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// All decisions on a merge, in the order in which they were made; of several on one conflict the last counts.
///
/// As JSON an array of records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decisions {
    /// The records.
    pub records: Vec<Decision>,
}

/// One decision on one conflict.
///
/// ```
/// use drafting::{Choice, Decision};
/// let written = r#"{"conflict":"3f2a91c07d","choice":{"take":"C102"},"reason":"clearer","author":"A. Example","time":"2024-09-02","editorial":true}"#;
/// let decision: Decision = serde_json::from_str(written)?;
/// assert_eq!(decision.choice, Choice::Take("C102".into()));
/// assert_eq!(serde_json::to_string(&decision)?, written);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// [`crate::Conflict::id`] of what is decided.
    pub conflict: String,
    /// What is to stand.
    pub choice: Choice,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub author: String,
    /// When, as given.
    pub time: String,
    /// True where the sense stays the same, as its author says.
    pub editorial: bool,
}

/// What is to stand in place of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// What this contribution proposes; `base` stands for the base.
    Take(String),
    /// These words of the editor's own.
    Text(String),
    /// The base with the alternatives in square brackets, for the meeting to decide.
    Brackets,
    /// None of the alternatives: the base stands, and additions in conflict go.
    Drop,
    /// All of them, as they stand: only of what [may stand together](crate::Conflict::may_keep_all).
    Both,
}

/// A decision that changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unused {
    /// Position in [`Decisions::records`].
    pub decision: usize,
    /// Why it changed nothing.
    pub reason: String,
}

/// The name by which a decision takes the base.
pub(crate) const BASE: &str = "base";

/// Decisions while they are applied: who asks for one marks it as used.
pub(crate) struct Docket<'a> {
    decisions: &'a Decisions,
    last: BTreeMap<&'a str, usize>,
    reasons: Vec<Option<String>>,
}

impl<'a> Docket<'a> {
    pub(crate) fn new(decisions: &'a Decisions) -> Self {
        let records = decisions.records.iter().enumerate();
        let last: BTreeMap<&str, usize> = records.map(|(at, decision)| (decision.conflict.as_str(), at)).collect();
        let reason = |(at, decision): (usize, &Decision)| {
            let is_last = last.get(decision.conflict.as_str()) == Some(&at);
            Some(
                if is_last {
                    "expected a conflict of this id, found none"
                } else {
                    "a later decision on the same conflict counts"
                }
                .to_string(),
            )
        };
        let reasons = decisions.records.iter().enumerate().map(reason).collect();
        Self { decisions, last, reasons }
    }

    /// Returns the decision on a conflict and its position, and marks it as used.
    pub(crate) fn on(&mut self, conflict: &str) -> Option<(usize, &'a Decision)> {
        let at = *self.last.get(conflict)?;
        self.reasons[at] = None;
        Some((at, &self.decisions.records[at]))
    }

    /// Says that a decision was found but could not be carried out.
    pub(crate) fn refuse(&mut self, decision: usize, reason: impl Into<String>) {
        self.reasons[decision] = Some(reason.into());
    }

    pub(crate) fn unused(self) -> Vec<Unused> {
        let unused = self.reasons.into_iter().enumerate();
        unused.filter_map(|(decision, reason)| Some(Unused { decision, reason: reason? })).collect()
    }
}
