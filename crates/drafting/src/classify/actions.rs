//! What is done to what: verbs after `to` and after modals, the nouns behind them, and who stands before a modal.

use std::collections::BTreeSet;
use std::ops::Range;

use super::compared::{Compared, Side, is_content};
use super::wording::is_misspelt;
use super::{Aspect, Feature};
use crate::actors::actors;
use crate::sequence::Swap;
use crate::words::{Word, WordKind, is_function_word, is_modal, is_preposition};

/// A verb of a side by its position, and whether it is the first of its clause.
#[derive(Clone, Debug)]
struct Action {
    at: usize,
    key: String,
}

/// Returns other actions, other objects, and other subjects.
pub(super) fn features(compared: &Compared<'_>) -> Vec<Feature> {
    let (before, after) = (&compared.before, &compared.after);
    let mut found = Vec::new();
    let (old, new) = (actions(before), actions(after));
    if !old.is_empty() && !new.is_empty() {
        found.extend(other_actions(compared, &old, &new));
        if let (Some(one), Some(other)) = (old.first(), new.first()) {
            found.extend(other_object(compared, one.at + 1, other.at + 1));
        }
    }
    found.extend(targets(compared));
    found.extend(subjects(compared));
    found
}

fn other_actions(compared: &Compared<'_>, old: &[Action], new: &[Action]) -> Option<Feature> {
    let verb = |side: &Side<'_>, action: &Action| side.words.get(action.at).cloned();
    // A slip of the pen is no other action, nor is a verb that stands elsewhere on the other side.
    let beyond = |side: &Side<'_>, held: &[Action], other_side: &Side<'_>, other: &[Action]| -> Vec<Range<usize>> {
        let is_new = |action: &&Action| {
            !other.iter().any(|one| one.key == action.key)
                && verb(side, action).is_some_and(|word| {
                    !other.iter().filter_map(|one| verb(other_side, one)).any(|held| is_misspelt(&word, &held))
                })
        };
        held.iter().filter(is_new).filter_map(|one| Some(verb(side, one)?.range)).collect()
    };
    let gone = beyond(&compared.before, old, &compared.after, new);
    let come = beyond(&compared.after, new, &compared.before, old);
    (!gone.is_empty() || !come.is_empty()).then(|| compared.feature(Aspect::Action, gone, come))
}

fn is_between(word: &Word) -> bool {
    const BETWEEN: [&str; 10] = ["not", "also", "further", "best", "be", "have", "been", "to", "continue", "never"];
    let is_adverb = word.folded.ends_with("ly") && word.folded.len() > 4;
    is_adverb || BETWEEN.contains(&word.folded.as_str()) || word.key == "additional"
}

/// Verbs at the top of a clause: after `to` where it begins one, after modals, and those joined to them by `and` or commas.
fn actions(side: &Side<'_>) -> Vec<Action> {
    let words = &side.words;
    let mut found: Vec<Action> = Vec::new();
    // `requests the Director to ...`: the first `to` behind the verb of a call.
    let of_call = super::roles::call(side)
        .and_then(|(_, verb)| words.iter().position(|word| word.folded == "to" && word.range.start >= verb.end));
    for (at, word) in words.iter().enumerate() {
        let is_modal = is_modal(&word.folded);
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let is_top = match before {
            None => true,
            Some(one) => ["and", "or", "and/or", ";", ",", ":"].contains(&one.folded.as_str()),
        };
        let is_clause_of_to = words.first().is_some_and(|first| first.folded == "to");
        if is_modal || of_call == Some(at) || word.folded == "to" && is_top && is_clause_of_to {
            found.extend(verbs(words, at + 1));
        }
    }
    found
}

/// The verb from `at` on, and those that follow it at once: `organize and expand`.
fn verbs(words: &[Word], at: usize) -> Vec<Action> {
    let next = |from: usize| {
        (from..words.len()).find(|&at| !is_between(&words[at])).filter(|&at| words[at].kind == WordKind::Word)
    };
    let Some(first) = next(at) else { return Vec::new() };
    let action = |at: usize| Action { at, key: words[at].key.clone() };
    let mut found = vec![action(first)];
    let mut last = first;
    while let Some(joint) =
        words.get(last + 1).filter(|word| ["and", "or", "and/or", ","].contains(&word.folded.as_str()))
        && let Some(other) = next(last + 2)
        && (joint.folded != ","
            || words.get(other + 1).is_some_and(|word| ["and", "or", ","].contains(&word.folded.as_str())))
        && !is_function_word(&words[other].folded)
        && words[other].folded != "to"
        && is_joined_verb(&words[other], joint)
    {
        found.push(action(other));
        last = other;
    }
    found
}

/// True for a verb joined to another: at once behind `and` anything that is no plural, behind a comma one of the list.
fn is_joined_verb(word: &Word, joint: &Word) -> bool {
    crate::lint::is_verb(&word.folded)
        || joint.folded != "," && word.kind == WordKind::Word && !word.folded.ends_with('s')
}

/// The last word of the group of words from `at` on; a preposition before it does not count.
fn head(words: &[Word], at: usize) -> Option<&Word> {
    const ENDS: [&str; 14] = [
        "that",
        "to",
        "and",
        "or",
        "and/or",
        "which",
        "who",
        "where",
        "when",
        "if",
        "unless",
        "in-order-to",
        "not",
        "until",
    ];
    let ends = |word: &&Word| {
        word.kind == WordKind::Mark
            || is_preposition(&word.folded)
            || is_preposition(&word.key)
            || ENDS.contains(&word.folded.as_str())
            || ENDS.contains(&word.key.as_str())
            || is_modal(&word.folded)
    };
    let from = if words.get(at).is_some_and(|word| is_preposition(&word.folded)) { at + 1 } else { at };
    let group = words.get(from..)?.iter().take_while(|word| !ends(word));
    group.filter(|word| word.kind == WordKind::Word && is_content(word) && !word.folded.ends_with("ly")).last()
}

/// The nouns behind the first verbs, where they are others.
fn other_object(compared: &Compared<'_>, old: usize, new: usize) -> Option<Feature> {
    let (one, other) = (head(&compared.before.words, old)?, head(&compared.after.words, new)?);
    // A head that stands elsewhere on the other side was only moved or joined.
    let is_moved =
        compared.after.content().contains(one.key.as_str()) && compared.before.content().contains(other.key.as_str());
    let is_same = one.key == other.key || is_misspelt(one, other) || is_moved;
    (!is_same).then(|| compared.feature(Aspect::Object, vec![one.range.clone()], vec![other.range.clone()]))
}

/// `in a communiqué` for `in a report`: another noun behind the same preposition.
fn targets(compared: &Compared<'_>) -> Vec<Feature> {
    let (before, after) = (&compared.before, &compared.after);
    let is_in = |swap: &Range<usize>, side: &Side<'_>, word: &Word| {
        side.words.get(swap.clone()).unwrap_or_default().iter().any(|one| one.range == word.range)
    };
    let target = |swap: &Swap| {
        let lead = swap.before.start.checked_sub(1).and_then(|at| before.words.get(at))?;
        let is_led = is_preposition(&lead.folded) && !swap.before.is_empty() && !swap.after.is_empty();
        is_led.then_some(())?;
        let (one, other) = (head(&before.words, swap.before.start)?, head(&after.words, swap.after.start)?);
        let is_new = !before.words.iter().any(|held| held.key == other.key)
            && !after.words.iter().any(|held| held.key == one.key);
        let is_found =
            is_new && is_in(&swap.before, before, one) && is_in(&swap.after, after, other) && !is_misspelt(one, other);
        is_found.then(|| compared.feature(Aspect::Object, vec![one.range.clone()], vec![other.range.clone()]))
    };
    compared.swaps.iter().filter_map(target).collect()
}

/// Who stands before the first modal: the words of the group, if an actor of the list is among them.
fn subject<'a>(side: &'a Side<'_>) -> Option<(BTreeSet<&'a str>, Range<usize>)> {
    let at = side.words.iter().position(|word| is_modal(&word.folded))?;
    let is_start = |word: &Word| [",", ";", ":", ".", "that", "and/or"].contains(&word.folded.as_str());
    let start = side.words.get(..at)?.iter().rposition(is_start).map_or(0, |mark| mark + 1);
    let group = side.words.get(start..at)?;
    let range = group.first()?.range.start..group.last()?.range.end;
    let is_actor =
        actors(side.text).iter().any(|actor| range.start <= actor.range.start && actor.range.end <= range.end);
    let words = group.iter().filter(|word| is_content(word) || word.kind == WordKind::Citation);
    is_actor.then(|| (words.map(|word| word.key.as_str()).collect(), range))
}

/// `the Chair` for `the Forum Chair or CWG Chair`.
fn subjects(compared: &Compared<'_>) -> Option<Feature> {
    let ((old, one), (new, other)) = (subject(&compared.before)?, subject(&compared.after)?);
    // Only words that stand nowhere in the other version make another subject.
    let (all_old, all_new) = (compared.before.content(), compared.after.content());
    let is_other = old.iter().any(|word| !all_new.contains(word)) || new.iter().any(|word| !all_old.contains(word));
    is_other.then(|| compared.feature(Aspect::Actor, vec![one], vec![other]))
}
