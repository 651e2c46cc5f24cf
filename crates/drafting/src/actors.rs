//! Actors: bodies and parties that a text names, whatever of their names it uses. The list is `data/actors.tsv`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

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
        let mut all: Vec<String> = written
            .split(", ")
            .map(|one| {
                let spelt = regex::escape(one).replace(r"\-", r"[-\u{2010}\u{2011}]").replace(' ', r"[\s\u{a0}]+");
                spelt.replace("ization", "i[sz]ation")
            })
            .collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.len()));
        let words = format!(r"\b(?:{})\b(?:[’']s\b)?", all.join("|"));
        Some((RegexBuilder::new(&words).build().expect("the list of actors is tested"), name))
    };
    rows.filter_map(row).collect()
});

/// Returns the actors of `text` in order, without overlaps; of two names the longer one.
pub(crate) fn actors(text: &str) -> Vec<Actor> {
    let mut found: Vec<Actor> = Vec::new();
    for (words, name) in ACTORS.iter() {
        for caught in words.find_iter(text) {
            // `ITU` in `ITU-T`: part of another word.
            let is_part = text[caught.end()..].starts_with(['-', '\u{2011}', '\u{2010}'])
                || text[..caught.start()].ends_with(['-', '\u{2011}', '\u{2010}']);
            if !is_part {
                found.push(Actor { name, range: caught.range() });
            }
        }
    }
    found.sort_by_key(|one| (one.range.start, usize::MAX - one.range.end));
    let mut end = 0;
    found.retain(|one| {
        let is_free = one.range.start >= end;
        if is_free {
            end = one.range.end;
        }
        is_free
    });
    found
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
