//! Shifts between a clause and the one that it derives from: who acts, and how much is spoken of.

use std::ops::Range;

use super::{Code, Lint};
use crate::Passage;
use crate::actors::{self, Actor};
use crate::words::{Word, WordKind, is_function_word, is_modal, is_preposition, words};

/// Words that point at something said before, or say how much of it is meant.
const POINTERS: [&str; 6] = ["such", "these", "those", "this", "said", "above-mentioned"];
const AMOUNTS: [&str; 15] = [
    "all",
    "any",
    "some",
    "every",
    "each",
    "no",
    "only",
    "exclusively",
    "solely",
    "certain",
    "most",
    "many",
    "few",
    "primarily",
    "mainly",
];

/// Returns actors of `after` that stand where another stood in `before`: both owners, or both before or after the same word.
pub(super) fn actors(before: &Passage<'_>, after: &Passage<'_>) -> Vec<Lint> {
    let (old, new) = (actors_of(before), actors_of(after));
    let mut found = Vec::new();
    for (one, frame) in &new {
        if old.iter().any(|(other, _)| other.name == one.name) {
            continue;
        }
        let gone = old.iter().find(|(other, other_frame)| {
            frame.fits(other_frame) && !new.iter().any(|(held, _)| held.name == other.name)
        });
        if let Some((other, _)) = gone {
            let said = before.text.get(other.range.clone()).unwrap_or_default();
            found.push(Lint::new(Code::ActorShift, after, one.range.clone(), said, 0.8));
        }
    }
    found
}

/// In what an actor is set: whether it owns something, the word before it and the one behind.
struct Frame {
    is_owner: bool,
    before: String,
    after: String,
}

impl Frame {
    fn fits(&self, other: &Self) -> bool {
        let is_preposition = is_preposition(&self.before);
        let is_same_after = !self.after.is_empty() && self.after == other.after;
        self.is_owner == other.is_owner
            && (self.is_owner || is_preposition && self.before == other.before || is_same_after)
    }
}

fn actors_of(passage: &Passage<'_>) -> Vec<(Actor, Frame)> {
    let words = words(passage.text);
    let framed = actors::actors(passage.text).into_iter().map(|actor| {
        let is_content = |word: &&Word| !["the", "a", "an"].contains(&word.folded.as_str());
        let before = words.iter().rev().filter(is_content).find(|word| word.range.end <= actor.range.start);
        let after = words.iter().find(|word| word.range.start >= actor.range.end);
        let is_owner =
            passage.text.get(actor.range.clone()).is_some_and(|words| words.ends_with("’s") || words.ends_with("'s"));
        let key = |word: Option<&Word>| word.map_or_else(String::new, |word| word.key.clone());
        let folded = before.map_or_else(String::new, |word| word.folded.clone());
        let frame = Frame { is_owner, before: folded, after: key(after.filter(|word| word.kind == WordKind::Word)) };
        (actor, frame)
    });
    framed.collect()
}

/// A group of words with a pointer or amount before its noun: `such solutions`, `all regions`.
struct Group {
    range: Range<usize>,
    sign: String,
    noun: String,
    /// The two words before it.
    lead: Vec<String>,
}

/// Returns groups of `after` that reach further, or less far, than what stood in their place in `before`.
pub(super) fn scopes(before: &Passage<'_>, after: &Passage<'_>) -> Vec<Lint> {
    let (old, new) = (words(before.text), words(after.text));
    let mut found = Vec::new();
    for group in groups(&old) {
        if groups(&new).iter().any(|other| other.noun == group.noun && other.sign == group.sign) {
            continue;
        }
        let is_pointer = POINTERS.contains(&group.sign.as_str());
        let place = if is_pointer { replaced(&new, &group) } else { unmarked(&new, &group) };
        let sure = if is_pointer { 0.75 } else { 0.7 };
        let said = before.text.get(group.range.clone()).unwrap_or_default();
        found.extend(place.map(|range| Lint::new(Code::ScopeShift, after, range, said, sure)));
    }
    // An amount that is new before the same noun.
    for group in groups(&new).into_iter().filter(|group| AMOUNTS.contains(&group.sign.as_str())) {
        let is_old = groups(&old).iter().any(|other| other.noun == group.noun);
        if let Some(range) = unmarked(&old, &group).filter(|_| !is_old) {
            let said = before.text.get(range).unwrap_or_default();
            found.push(Lint::new(Code::ScopeShift, after, group.range, said, 0.7));
        }
    }
    found
}

/// The group that stands in `words` after the same two words, with another noun.
fn replaced(words: &[Word], group: &Group) -> Option<Range<usize>> {
    let n = group.lead.len();
    (n == 2).then_some(())?;
    let at = words.windows(n).position(|lead| lead.iter().zip(&group.lead).all(|(word, key)| word.key == *key))?;
    let (range, noun) = noun_group(words, at + n)?;
    (noun.key != group.noun).then_some(range)
}

/// The noun of `group` in `words` without its sign, after the same word.
fn unmarked(words: &[Word], group: &Group) -> Option<Range<usize>> {
    let lead = group.lead.last()?;
    let at = (1..words.len()).find(|&at| {
        words[at].key == group.noun && {
            let start = (0..at).rev().find(|&start| {
                is_preposition(&words[start].folded) || words[start].kind == WordKind::Mark || words[start].key == *lead
            });
            start.is_some_and(|start| words[start].key == *lead)
        }
    })?;
    Some(words[at].range.clone())
}

fn groups(words: &[Word]) -> Vec<Group> {
    let is_sign = |word: &Word| POINTERS.contains(&word.folded.as_str()) || AMOUNTS.contains(&word.folded.as_str());
    let group = |at: usize| {
        let sign = words.get(at).filter(|word| is_sign(word))?;
        // `such as`, `in this regard`: no group.
        let (range, noun) = noun_group(words, at + 1)?;
        let lead = words.get(at.saturating_sub(2)..at)?.iter().map(|word| word.key.clone()).collect();
        Some(Group { range: sign.range.start..range.end, sign: sign.folded.clone(), noun: noun.key.clone(), lead })
    };
    (0..words.len()).filter_map(group).collect()
}

/// The words from `at` on up to their noun, the last before a mark, preposition or verb.
fn noun_group(words: &[Word], at: usize) -> Option<(Range<usize>, &Word)> {
    let ends = |word: &Word| {
        let is_verb = is_modal(&word.folded) || ["which", "that", "to"].contains(&word.folded.as_str());
        let is_article = ["the", "a", "an"].contains(&word.folded.as_str());
        word.kind == WordKind::Mark
            || is_preposition(&word.folded)
            || is_verb
            || is_function_word(&word.folded) && !is_article
    };
    let rest = words.get(at..)?;
    let n = rest.iter().position(ends).unwrap_or(rest.len());
    let noun = rest.get(n.checked_sub(1)?)?;
    let first = rest.first()?;
    Some((first.range.start..noun.range.end, noun))
}
