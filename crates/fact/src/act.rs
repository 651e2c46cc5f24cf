//! Acts: what parties do in standardization. The list is data (`terms.toml`); this file gives it its look-ups.

include!(concat!(env!("OUT_DIR"), "/acts.rs"));

/// One act as the list describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The act itself.
    pub act: Act,
    /// Stable name, as stored in ledgers.
    pub slug: &'static str,
    /// The family the act belongs to: presence, contribution, outcome, decision, office, relation, use, correction.
    pub family: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// One sentence that says when the act applies.
    pub description: &'static str,
    /// Where the definition comes from.
    pub source: &'static str,
    /// The act seen from its object, as part of a sentence.
    pub inverse: &'static str,
}

impl Act {
    /// Returns what the list says of this act.
    #[must_use]
    pub fn term(self) -> &'static Term {
        &TERMS[self as usize]
    }

    /// Returns the stable name, as stored in ledgers.
    #[must_use]
    pub fn slug(self) -> &'static str {
        self.term().slug
    }

    /// Returns the act with this stable name, or `None` where the list has none.
    ///
    /// ```
    /// assert_eq!(fact::Act::from_slug("revised-into"), Some(fact::Act::RevisedInto));
    /// assert_eq!(fact::Act::from_slug("liked"), None);
    /// ```
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        TERMS.iter().find(|term| term.slug == slug).map(|term| term.act)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_finds_its_own_term() {
        for term in TERMS {
            assert_eq!(term.act.term(), term);
            assert_eq!(Act::from_slug(term.slug), Some(term.act), "slug `{}` stands twice", term.slug);
        }
    }

    #[test]
    fn families_are_those_of_the_design() {
        let known = ["presence", "contribution", "outcome", "decision", "office", "relation", "use", "correction"];
        assert!(TERMS.iter().all(|term| known.contains(&term.family)));
    }
}
