//! Actors: bodies and parties that a text names, whatever of their names it uses. The list is `data/actors.tsv`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::letters::expression;
use crate::spans::without_overlaps;
use crate::token::is_hyphen;

/// A body or party at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Actor {
    /// Its first name in the list.
    pub name: &'static str,
    /// Its bytes in the text, with the `'s` behind it.
    pub range: Range<usize>,
}

static ACTORS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let rows = include_str!("../data/actors.tsv").lines().skip(1);
    let row = |line: &'static str| {
        let (name, written) = line.split_once('\t')?;
        let mut all: Vec<String> = written.split(", ").map(expression).collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.len()));
        let words = format!(r"\b(?:{})\b(?:[’']s\b)?", all.join("|"));
        Some((Regex::new(&words).expect("the list of actors is tested"), name))
    };
    rows.filter_map(row).collect()
});

/// Returns the actors of `text` in order, without overlaps; of two names the longer one.
pub(crate) fn actors(text: &str) -> Vec<Actor> {
    let mut found: Vec<Actor> = Vec::new();
    for (words, name) in ACTORS.iter() {
        for caught in words.find_iter(text) {
            // `ITU` in `ITU-T`: part of another word.
            let is_part = text[caught.end()..].starts_with(is_hyphen) || text[..caught.start()].ends_with(is_hyphen);
            if !is_part {
                found.push(Actor { name, range: caught.range() });
            }
        }
    }
    without_overlaps(found, |one| &one.range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_its_initials_are_one_actor() {
        let names = |text: &str| actors(text).into_iter().map(|one| one.name).collect::<Vec<_>>();
        assert_eq!(names("TSAG, the Telecommunication Standardisation Advisory Group"), ["tsag", "tsag"]);
        assert_eq!(names("ITU\u{2011}T's work and ITU's work, not ITU-X"), ["itu-t", "itu"]);
        assert_eq!(names("the Vice-Chair"), ["vice-chair"]);
    }
}
