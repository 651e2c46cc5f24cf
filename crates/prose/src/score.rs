//! How well an answer meets a key: both are objects of schema `sdo-gold/1`, and a tally for each kind of statement goes out.
//!
//! What the key does not have is not counted: a key without `dates` says nothing on dates. A field `x` beside which
//! `x_basis` stands (`country_basis`, `place_basis`, `date_basis`) is counted only where that begins with `stated`, for the
//! rest is known from outside the document and nobody can read it there. Names, titles and values are compared by their
//! words: small letters, marks left out, and what stands in brackets at the end is a remark. Statements are matched one to
//! one, best match first; the order of the lists changes nothing.

mod fields;
mod names;
mod pairs;
mod quotes;
mod side;

use std::iter::Sum;

use serde::Serialize;
use serde_json::Value;

use side::Side;

/// What is counted. The comment says when an entry of the key and one of the answer count as the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Mentions of persons: the same span, once honorific (`Mr.`, `-san`) and possessive are trimmed.
    PersonMentionsStrict,
    /// Mentions of persons: the spans share a byte.
    PersonMentionsLenient,
    /// Persons, one for each name: the same name.
    Persons,
    /// Person and organisation, each pair once: the same person, and organisations that share a name, acronym or form.
    Affiliations,
    /// Person, office and organisation: all three the same; an office without organisation has none on either side.
    Roles,
    /// Person and status of an office (`former`, `new`).
    Statuses,
    /// Person and part in the event (`speaker`, `moderator`).
    Parts,
    /// Person and session, by its title.
    PartSessions,
    /// Person and mode of taking part (`remote`, `recording`).
    Modes,
    /// Person and title of the talk.
    Talks,
    /// Mentions of organisations that stand in no longer one: the same span, `the` and possessive trimmed.
    OrganisationMentionsStrict,
    /// Mentions of organisations that stand in no longer one: the spans share a byte.
    OrganisationMentionsLenient,
    /// Mentions of organisations inside longer ones: the same span.
    OrganisationMentionsNested,
    /// Organisations: they share a name, acronym or form; of two that stand for one, the second is an extra.
    Organisations,
    /// Countries of organisations that are in both, where the key says that the document states it.
    Countries,
    /// Events: the same name, or words of evidence in common.
    Events,
    /// Fields of events. A name that no evidence of the key quotes was made up by who wrote the key: half the words are enough.
    EventFields,
    /// Sessions: the same title, or words of evidence in common.
    Sessions,
    /// Title, moderator, time, planned minutes and speakers of sessions.
    SessionFields,
    /// Agreements: words of evidence, or instrument and parties, in common; right when instrument and parties are.
    Agreements,
    /// Fields of agreements; parties and signatories are one field each, every approval, area and lead-in is one.
    AgreementFields,
    /// Partnership projects: the same name.
    Projects,
    /// Partners (as one) and first year of partnership projects.
    ProjectFields,
    /// Dates: the spans share a byte.
    Dates,
    /// Dates: the spans share a byte and the value is the same.
    DateValues,
    /// References to documents: the spans share a byte.
    References,
    /// Statements of quantity: the spans share a byte. One that the key wants reviewed is left out where the answer has a
    /// doubt on its words instead.
    Metrics,
    /// Statements of quantity: the spans share a byte, value and operator are the same.
    MetricValues,
    /// Conclusions: the same words, white space folded, or a span of which 0.8 of the longer one is in both.
    Conclusions,
    /// Conclusions matched as above whose kind is the same.
    ConclusionKinds,
    /// Conclusions matched as above whose session is the same.
    ConclusionSessions,
    /// Action items: words as for conclusions.
    Actions,
    /// Action items matched as above whose owners are the same.
    ActionOwners,
    /// Planned activities: the same word, or the spans share a byte.
    Activities,
}

impl Kind {
    /// Returns its name as it stands in tables: `person-mentions-strict`.
    #[must_use]
    pub fn name(self) -> String {
        let mut name = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.extend(c.to_lowercase());
        }
        name
    }
}

/// What was right, missed and too much of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// What is counted.
    pub kind: Kind,
    /// Entries in both.
    pub n_right: usize,
    /// Entries that are in both and differ: each is a miss and an extra too. `key -> answer`, for a person to read.
    pub differences: Vec<String>,
    /// Entries of the key that the answer has not.
    pub misses: Vec<String>,
    /// Entries of the answer that the key has not.
    pub extras: Vec<String>,
}

impl Tally {
    /// Returns a tally of nothing.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind, n_right: 0, differences: Vec::new(), misses: Vec::new(), extras: Vec::new() }
    }

    /// Returns the number of entries in the key.
    #[must_use]
    pub fn n_key(&self) -> usize {
        self.n_right + self.differences.len() + self.misses.len()
    }

    /// Returns the number of entries in the answer.
    #[must_use]
    pub fn n_answer(&self) -> usize {
        self.n_right + self.differences.len() + self.extras.len()
    }

    /// Returns the share of the answer that is right; `None` for an empty answer.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        share(self.n_right, self.n_answer())
    }

    /// Returns the share of the key that was found; `None` for an empty key.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        share(self.n_right, self.n_key())
    }

    /// Returns the harmonic mean of precision and recall; `None` where there is nothing in both.
    #[must_use]
    pub fn f1(&self) -> Option<f64> {
        share(2 * self.n_right, self.n_key() + self.n_answer())
    }

    fn add(&mut self, other: &Self) {
        self.n_right += other.n_right;
        self.differences.extend_from_slice(&other.differences);
        self.misses.extend_from_slice(&other.misses);
        self.extras.extend_from_slice(&other.extras);
    }
}

#[allow(clippy::cast_precision_loss)]
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// How well an answer meets a key: a tally for each kind that the key speaks of, in the order of [`Kind`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    /// The tallies.
    pub tallies: Vec<Tally>,
}

impl Score {
    /// Returns the tally of `kind`, or `None` where the key does not speak of it.
    #[must_use]
    pub fn of(&self, kind: Kind) -> Option<&Tally> {
        self.tallies.iter().find(|tally| tally.kind == kind)
    }
}

impl<'a> Sum<&'a Score> for Score {
    fn sum<I: Iterator<Item = &'a Score>>(scores: I) -> Self {
        let mut total = Self::default();
        for tally in scores.flat_map(|score| &score.tallies) {
            match total.tallies.iter_mut().find(|one| one.kind == tally.kind) {
                Some(sum) => sum.add(tally),
                None => total.tallies.push(tally.clone()),
            }
        }
        total.tallies.sort_by_key(|tally| tally.kind);
        total
    }
}

/// Returns how well `answer` meets `key`; both are objects of schema `sdo-gold/1`, and what `gold` writes is one.
///
/// ```
/// let key = serde_json::json!({ "references": [{ "name": "C7", "evidence": { "quote": "C7", "bstart": 4, "bend": 6 } }] });
/// let score = prose::score(&key, &serde_json::json!({ "references": [] }));
/// assert_eq!(score.tallies[0].recall(), Some(0.0));
/// assert_eq!(prose::score(&key, &key).tallies[0].f1(), Some(1.0));
/// ```
#[must_use]
pub fn score(key: &Value, answer: &Value) -> Score {
    let (key, answer) = (Side::of(key), Side::of(answer));
    let mut tallies = Vec::new();
    names::persons(&key, &answer, &mut tallies);
    names::organisations(&key, &answer, &mut tallies);
    fields::tallies(&key, &answer, &mut tallies);
    quotes::tallies(&key, &answer, &mut tallies);
    Score { tallies }
}
