//! What decisions move in the index: the same numbers computed with them and without.

use std::collections::{BTreeMap, BTreeSet};

use fact::Fault;
use indicators::Scope;
use ledger::Ledger;
use measure::Score;
use resolve::Decision;

use crate::view::{AsOf, View};

/// What is moved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    /// Organisations whose score or rank is another one, the largest change first.
    pub changes: Vec<Change>,
    /// Names that stand for another organisation.
    pub n_names: usize,
    /// Organisations with a score before and after.
    pub n_organisations: (usize, usize),
}

/// What one organisation's score and rank were, and what they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// As it stands in addresses.
    pub organisation: String,
    /// Its name.
    pub name: String,
    /// Score before; `None` where it had none.
    pub before: Option<f64>,
    /// Score after; `None` where it has none any longer.
    pub after: Option<f64>,
    /// Rank before, where it was ranked.
    pub rank_before: Option<u32>,
    /// Rank after, where it is ranked.
    pub rank_after: Option<u32>,
}

impl Change {
    fn size(&self) -> f64 {
        (self.after.unwrap_or_default() - self.before.unwrap_or_default()).abs()
    }

    fn has_other_score(&self) -> bool {
        self.size() > 0.05 || self.before.is_none() != self.after.is_none()
    }

    /// Returns the change in words: `12.1 to 13.4, rank 4 to 3`.
    #[must_use]
    pub fn told(&self) -> String {
        let score = |score: Option<f64>| score.map_or_else(|| "none".into(), |score| format!("{score:.1}"));
        let rank = |rank: Option<u32>| rank.map_or_else(|| "none".into(), |rank| rank.to_string());
        let ranks = if self.rank_before == self.rank_after {
            String::new()
        } else {
            format!(", rank {} to {}", rank(self.rank_before), rank(self.rank_after))
        };
        format!("{} to {}{ranks}", score(self.before), score(self.after))
    }
}

impl Effect {
    /// Returns how many organisations have another score, or one where they had none; the others only move by rank.
    #[must_use]
    pub fn n_scores(&self) -> usize {
        self.changes.iter().filter(|change| change.has_other_score()).count()
    }

    /// Returns what `extra` decisions move in the index of all bodies and years.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub async fn of(view: &View, ledger: &Ledger, as_of: AsOf, extra: &[Decision]) -> Result<Self, Fault> {
        let after = View::with(ledger, as_of, extra).await?;
        Ok(Self::between(view, &after))
    }

    /// Returns what is another one in `after` than in `before`.
    #[must_use]
    pub fn between(before: &View, after: &View) -> Self {
        let (old, new) = (scores(before), scores(after));
        let all: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let change = |organisation: &String| {
            let (was, is) = (old.get(organisation), new.get(organisation));
            let name = if is.is_some() { after.name(organisation) } else { before.name(organisation) };
            Change {
                organisation: organisation.clone(),
                name: name.into(),
                before: was.map(|score| score.score),
                after: is.map(|score| score.score),
                rank_before: was.and_then(|score| score.rank),
                rank_after: is.and_then(|score| score.rank),
            }
        };
        let mut changes: Vec<Change> = all.into_iter().map(change).collect();
        changes.retain(|change| {
            change.size() > 0.05
                || change.rank_before != change.rank_after
                || change.before.is_none() != change.after.is_none()
        });
        changes.sort_by(|one, other| {
            other.size().total_cmp(&one.size()).then_with(|| one.organisation.cmp(&other.organisation))
        });
        let entities = |view: &View| -> BTreeMap<String, Option<String>> {
            let rows = view.identities.iter().filter(|row| row.kind == "organisation");
            rows.map(|row| (row.mention.clone(), row.entity.clone())).collect()
        };
        let (was, is) = (entities(before), entities(after));
        let n_names = is.iter().filter(|(mention, entity)| was.get(*mention) != Some(*entity)).count();
        Self { changes, n_names, n_organisations: (old.len(), new.len()) }
    }
}

/// Scores of all bodies and years; none where nothing is observed.
fn scores(view: &View) -> BTreeMap<String, Score> {
    let Ok(index) = view.index(&Scope { body: None, period: None }) else { return BTreeMap::new() };
    index.scores.iter().map(|score| (score.organisation.clone(), score.clone())).collect()
}
