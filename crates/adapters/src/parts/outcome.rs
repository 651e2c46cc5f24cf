//! The word in the result column of a document list comes in, the act that it states goes out.

use fact::Act;

/// What a result word says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// Nothing yet: blank, `OPEN`, or a proposal such as `BLOCK APPROVE?`.
    Open,
    /// This act, with this confidence.
    Closed(Act, f64),
    /// A word that is not known.
    Unknown,
}

impl Outcome {
    /// Reads the cell of the result.
    ///
    /// # Source
    /// 3GPP TR 21.900, status of a document. *Endorsed* is agreed without text to approve; a *conditional* agreement
    /// counts half, for the list does not say whether the condition was met.
    pub fn of(result: &str) -> Self {
        let (act, confidence) = match result.trim().to_lowercase().as_str() {
            "revised" | "revised to" | "revised into" => (Act::RevisedInto, 1.0),
            "merged" | "merged into" => (Act::MergedInto, 1.0),
            "approved" | "adopted" => (Act::Approved, 1.0),
            "agreed" | "accepted" | "endorsed" | "technically endorsed" => (Act::Agreed, 1.0),
            "conditionally agreed" => (Act::Agreed, 0.5),
            "conditionally approved" | "partially approved" => (Act::Approved, 0.5),
            "noted" => (Act::Noted, 1.0),
            "postponed" => (Act::Postponed, 1.0),
            "withdrawn" => (Act::Withdrawn, 1.0),
            "not handled" | "not treated" => (Act::NotHandled, 1.0),
            "not pursued" | "rejected" => (Act::NotPursued, 1.0),
            "replied to" => (Act::Answered, 1.0),
            "" | "-" | "open" | "reserved" | "available" | "treated" | "not concluded" => return Self::Open,
            "for e-mail approval" | "for email approval" | "email discussion" | "e-mail discussion" => {
                return Self::Open;
            }
            proposal if proposal.ends_with('?') => return Self::Open,
            _ => return Self::Unknown,
        };
        Self::Closed(act, confidence)
    }
}
