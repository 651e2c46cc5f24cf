//! Verbs of calls: what introduces the clauses of a resolution. The list is `data/calls.tsv`.
//!
//! `says` is `why` for preambular calls and `what` for operative ones. `asks` is the same for verbs that differ in tone alone; it is
//! empty for those that begin sentences of plain prose as well, which are calls only where they stand as one.

use std::sync::LazyLock;

use crate::letters::expression;

/// One verb, with the words that belong to it: `bearing in mind`.
#[derive(Debug)]
pub(crate) struct Verb {
    /// In small letters.
    pub words: &'static str,
    /// True for what is done, false for why.
    pub is_operative: bool,
    /// What it asks for; empty where it is a call only as a line of its own.
    pub asks: &'static str,
}

static VERBS: LazyLock<Vec<Verb>> = LazyLock::new(|| {
    let rows = include_str!("../data/calls.tsv").lines().skip(1);
    let row = |line: &'static str| match line.split('\t').collect::<Vec<_>>()[..] {
        [words, says, asks] => Some(Verb { words, is_operative: says == "what", asks }),
        _ => None,
    };
    let mut verbs: Vec<Verb> = rows.filter_map(row).collect();
    // Of two that fit, the longer is meant.
    verbs.sort_by_key(|verb| std::cmp::Reverse(verb.words.len()));
    verbs
});

/// Returns the verb of a call that a text in small letters begins with, as whole words.
pub(crate) fn verb(small: &str) -> Option<&'static Verb> {
    let begins = |verb: &&Verb| {
        small.strip_prefix(verb.words).is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_alphanumeric()))
    };
    VERBS.iter().find(begins)
}

/// True for a text in small letters that begins with what is done; also where another verb stands right behind it, struck or added.
pub(crate) fn is_operative(small: &str) -> bool {
    VERBS.iter().any(|verb| verb.is_operative && small.starts_with(verb.words))
}

/// Returns the expression that finds any of the verbs.
pub(crate) fn any() -> String {
    VERBS.iter().map(|verb| expression(verb.words)).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_the_longest_verb_counts() {
        assert_eq!(VERBS.len(), include_str!("../data/calls.tsv").lines().count() - 1);
        let found = |text| verb(text).map(|verb| (verb.words, verb.is_operative, verb.asks));
        assert_eq!(found("resolves to instruct tsag"), Some(("resolves to instruct", true, "instructs")));
        assert_eq!(found("resolves to go on"), Some(("resolves", true, "resolves")));
        assert_eq!(found("noting"), Some(("noting", false, "why")));
        assert_eq!(found("notings"), None);
        assert!(is_operative("invitesinstructs the director") && !is_operative("noting"));
    }
}
