//! Decisions: what was said about who is who, by a rule, a model or a person. Only ever appended.
//!
//! A mention is never edited. A merge is a statement that can be superseded, so taking it back is exact.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a decision is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Companies, administrations, universities.
    Organisation,
    /// Human beings.
    Person,
}

/// What a decision says of its subject and its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Op {
    /// The mention stands for the entity named by the object.
    Link,
    /// Both names stand for one entity; it is called as the object.
    SameAs,
    /// The names stand for two entities, whatever a rule finds.
    NotSame,
    /// The subject is a unit or a subsidiary of the object.
    PartOf,
    /// The subject goes on as the object: renamed, or split off from it.
    SucceededBy,
    /// The subject was bought by the object.
    AcquiredBy,
    /// There is no entity behind the mention.
    Reject,
    /// The entity asked not to be shown by name; it still counts.
    Hide,
    /// The decision that this one supersedes no longer holds.
    Undo,
}

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// A rule of this crate, with its version.
    Rule,
    /// A statistical model or a language model.
    Model,
    /// A human being.
    Person,
}

/// One line of a decision's table of contributions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// What was compared, e.g. `brand`, `country`, `legal form`.
    pub feature: String,
    /// What was found, e.g. `huawei = huawei, 6 of 100,000 names`.
    pub found: String,
    /// Weight of evidence in bits: log2 of the Bayes factor, positive for one entity, negative for two.
    pub bits: f64,
}

/// One statement on identity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// 16 hexadecimal digits of the hash of all the rest; empty until [`Decision::sealed`].
    #[serde(default)]
    pub id: String,
    /// What it is about.
    pub kind: Kind,
    /// What it says.
    pub op: Op,
    /// The name as written, in any spelling with the same key. Empty for [`Op::Undo`].
    pub subject: String,
    /// The other name. Empty for [`Op::Reject`], [`Op::Hide`] and [`Op::Undo`].
    pub object: String,
    /// First day on which it is so; `None`: always was.
    pub from: Option<Date>,
    /// Last day on which it is so; `None`: still is.
    pub to: Option<Date>,
    /// Weight of evidence in bits, the sum of the contributions; 0 where nothing was weighed, as with a person's word.
    pub bits: f64,
    /// Name of the rule, e.g. `brand`; for a person's word `word`.
    pub rule: String,
    /// Version of the rule and of the tables that it used.
    pub version: String,
    /// What the weight is made of.
    pub contributions: Vec<Contribution>,
    /// Where one can look it up: facts, sources, addresses.
    pub evidence: Vec<String>,
    /// Who decides.
    pub actor: Actor,
    /// Their name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The decision that no longer holds because of this one.
    pub supersedes: Option<String>,
}

impl Decision {
    /// Returns a statement of a rule that says nothing yet but what it is about.
    #[must_use]
    pub fn by_rule(kind: Kind, op: Op, (subject, object): (&str, &str), rule: &str, at: Timestamp) -> Self {
        Self {
            id: String::new(),
            kind,
            op,
            subject: subject.into(),
            object: object.into(),
            from: None,
            to: None,
            bits: 0.0,
            rule: rule.into(),
            version: String::new(),
            contributions: Vec::new(),
            evidence: Vec::new(),
            actor: Actor::Rule,
            by: "rapporteur".into(),
            at,
            supersedes: None,
        }
    }

    /// Returns a statement of a person.
    #[must_use]
    pub fn by_person(kind: Kind, op: Op, (subject, object): (&str, &str), by: &str, at: Timestamp) -> Self {
        Self { actor: Actor::Person, by: by.into(), ..Self::by_rule(kind, op, (subject, object), "word", at) }
    }

    /// Returns the decision with its id.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        self.id = String::new();
        let text = serde_json::to_vec(&self).expect("a decision is plain data");
        self.id = fact::content_id(&text);
        self.id.truncate(16);
        self
    }
}
