//! Conflicts as values, with ids that stay the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::row::Row;

/// Where contributions do not agree, or say the same twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Made of kind, place, base and alternatives, with their contributions: the same as long as these are.
    pub id: String,
    /// What kind it is.
    pub kind: ConflictKind,
    /// The place in the base, or in the contribution where the base has none.
    pub place: String,
    /// What the base says there; `None` where it says nothing.
    pub base: Option<String>,
    /// What is proposed, in the order of the contributions' ids.
    pub alternatives: Vec<Alternative>,
    /// Position in the decisions of what settles it; `None` while it is open.
    pub decision: Option<usize>,
}

/// One of the proposals that are in conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// Ids of the contributions that propose it.
    pub by: BTreeSet<String>,
    /// Where it stands in the first of them; empty for a deletion.
    pub place: String,
    /// Its words; `None` where the clause is to go.
    pub text: Option<String>,
}

/// What kind a conflict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// The same words changed in different ways, or additions of which one negates the other.
    EditEdit,
    /// One deletes what another changes.
    DeleteEdit,
    /// One suppresses a resolution that another expressly keeps.
    DeleteKeep,
    /// One clause moved to different places.
    MoveMove,
    /// A heading, call or line of the title changed in different ways.
    HeadingHeading,
    /// The same words changed to different numbers, or additions alike but for their numbers.
    NumberClash,
    /// The same words changed to different editions of what they cite.
    EditionClash,
    /// Different editions cited of the same resolution, in different clauses.
    CiteDrift,
    /// Different symbols for the same resolution, such as `SUP` and `MOD`.
    SymbolClash,
    /// Changes of different words of one clause that meet in sense (who, how strictly, how many, how much, under which condition): the
    /// clause stands with all of them.
    Together,
    /// Additions, or an addition and a change, that say the same: likeness from 0.60.
    Redundant,
    /// Additions that say something alike: likeness from 0.35 to 0.60.
    Overlapping,
    /// A new wording, with the same content, of a clause that somebody keeps: an addition from likeness 0.60, or a change that
    /// leaves all words that say something and adds none.
    AgainstBase,
}

impl ConflictKind {
    /// True where no text can stand before somebody decides, so that alternatives stand in square brackets; false for what is only
    /// listed, and stands as proposed.
    #[must_use]
    pub fn is_blocking(self) -> bool {
        !matches!(self, Self::Together | Self::Redundant | Self::Overlapping | Self::AgainstBase | Self::CiteDrift)
    }

    /// Returns its name in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::EditEdit => "edit against edit",
            Self::DeleteEdit => "deletion against edit",
            Self::DeleteKeep => "suppression against no change",
            Self::MoveMove => "move against move",
            Self::HeadingHeading => "heading against heading",
            Self::NumberClash => "number against number",
            Self::EditionClash => "edition against edition in one clause",
            Self::CiteDrift => "edition against edition",
            Self::SymbolClash => "symbol against symbol",
            Self::Together => "changes that meet in sense",
            Self::Redundant => "the same twice",
            Self::Overlapping => "overlap",
            Self::AgainstBase => "new wording against the base",
        }
    }
}

impl Conflict {
    /// Makes a conflict with its id.
    pub(super) fn new(kind: ConflictKind, place: String, base: Option<String>, alternatives: Vec<Alternative>) -> Self {
        let mut digest = Sha256::new();
        // Lengths first, so that no two lists of texts read alike.
        let mut part = |text: &str| {
            digest.update(text.len().to_le_bytes());
            digest.update(text);
        };
        part(kind.name());
        part(&place);
        part(base.as_deref().unwrap_or("\0"));
        for alternative in &alternatives {
            alternative.by.iter().for_each(|by| part(by));
            part(&alternative.place);
            part(alternative.text.as_deref().unwrap_or("\0"));
        }
        let id = digest.finalize().iter().take(5).map(|byte| format!("{byte:02x}")).collect();
        Self { id, kind, place, base, alternatives, decision: None }
    }

    /// True where all alternatives may stand: what is only listed, and additions, also where they contradict each other.
    #[must_use]
    pub fn may_keep_all(&self) -> bool {
        let is_of_additions =
            self.base.is_none() && matches!(self.kind, ConflictKind::EditEdit | ConflictKind::NumberClash);
        is_of_additions || !self.kind.is_blocking()
    }

    /// Returns the alternative that this contribution proposes.
    pub(super) fn by(&self, id: &str) -> Option<usize> {
        self.alternatives.iter().position(|alternative| alternative.by.contains(id))
    }
}

/// Puts conflicts in the order of the rows.
pub(super) fn sort(conflicts: &mut [Conflict], rows: &[Row]) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        for id in &row.conflicts {
            first.entry(id).or_insert(at);
        }
    }
    conflicts
        .sort_by_key(|conflict| (first.get(conflict.id.as_str()).copied().unwrap_or(usize::MAX), conflict.id.clone()));
}
