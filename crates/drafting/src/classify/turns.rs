//! Small changes that turn the sense: `before` for `after`, `or` for `and`, signs of numbers, square brackets, two words in each other's
//! place; and any change of words in a language that the rules do not know.

use std::ops::Range;

use super::compared::{Compared, Side};
use super::{Aspect, Feature};
use crate::sequence::Swap;
use crate::words::{Word, WordKind, is_function_word};

/// Words that relate others; those of one line may stand for each other.
const RELATIONS: [&[&str]; 11] = [
    &["before", "prior to", "prior"],
    &["after"],
    &["since"],
    &["for"],
    &["against"],
    &["inside"],
    &["outside"],
    &["above"],
    &["below"],
    &["and"],
    &["or"],
];

/// With what feeling something is noted.
const FEELINGS: &str =
    " satisfaction appreciation gratitude approval interest concern regret alarm disappointment dismay ";

/// Signs that say how much, or how two things compare.
const SIGNS: &str = "+\u{b1}\u{2264}\u{2265}<>=\u{2260}\u{2248}\u{d7}\u{f7}%\u{2030}\u{b0}$\u{20ac}\u{a3}\u{a5}";

/// Short words of other languages in Latin letters, as English has them not or seldom.
const FOREIGN: &str = " le la les des du un une et ou que qui ne pas dans pour par sur aux est sont ce cette el los las de del y una con por \
    para se su sus der das und nicht ist zu den von mit ein eine dem il di che per della e os da do em ao uma ";

/// Returns what turns the sense.
pub(super) fn features(compared: &Compared<'_>) -> Vec<Feature> {
    let mut found = Vec::new();
    for swap in &compared.swaps {
        found.extend(related(compared, swap));
        found.extend(felt(compared, swap));
        found.extend(marked(compared, swap, Aspect::Sign, is_sign));
        found.extend(marked(compared, swap, Aspect::Bracket, |_, one| matches!(one.folded.as_str(), "[" | "]")));
    }
    found.extend(exchanged(compared));
    found.extend(unread(compared));
    found
}

fn held<'a>(side: &'a Side<'_>, range: &Range<usize>) -> &'a [Word] {
    side.words.get(range.clone()).unwrap_or_default()
}

/// One relation in place of another.
fn related(compared: &Compared<'_>, swap: &Swap) -> Option<Feature> {
    let only = |words: &[Word]| {
        let line = |one: &Word| RELATIONS.iter().position(|line| line.contains(&one.folded.as_str()));
        let mut lines = words.iter().filter_map(|one| Some((line(one)?, one.range.clone())));
        lines.next().filter(|_| lines.next().is_none())
    };
    let (old, one) = only(held(&compared.before, &swap.before))?;
    let (new, other) = only(held(&compared.after, &swap.after))?;
    // `and` is as often a comma: only `or` for it, and the reverse, is another sense.
    let is_joint = |line: usize| line + 2 >= RELATIONS.len();
    (old != new && is_joint(old) == is_joint(new)).then(|| compared.feature(Aspect::Relation, vec![one], vec![other]))
}

/// One feeling in place of another.
fn felt(compared: &Compared<'_>, swap: &Swap) -> Option<Feature> {
    let only = |words: &'_ [Word]| match words {
        [one] if FEELINGS.contains(&format!(" {} ", one.folded)) => Some(one.range.clone()),
        _ => None,
    };
    let one = only(held(&compared.before, &swap.before))?;
    let other = only(held(&compared.after, &swap.after))?;
    Some(compared.feature(Aspect::Term, vec![one], vec![other]))
}

/// Marks of one kind that only one side has.
fn marked(
    compared: &Compared<'_>,
    swap: &Swap,
    kind: Aspect,
    is_of: impl Fn(&Side<'_>, &Word) -> bool,
) -> Option<Feature> {
    let of = |side: &Side<'_>, range: &Range<usize>| -> Vec<(String, Range<usize>)> {
        let marks = held(side, range).iter().filter(|one| one.kind == WordKind::Mark && is_of(side, one));
        marks.map(|one| (one.folded.clone(), one.range.clone())).collect()
    };
    let (old, new) = (of(&compared.before, &swap.before), of(&compared.after, &swap.after));
    let is_other = old.iter().map(|(sign, _)| sign).ne(new.iter().map(|(sign, _)| sign));
    let ranges = |all: Vec<(String, Range<usize>)>| all.into_iter().map(|(_, range)| range).collect();
    is_other.then(|| compared.feature(kind, ranges(old), ranges(new)))
}

/// True for a sign; for the minus, which is also a hyphen, before a number and behind no word.
fn is_sign(side: &Side<'_>, one: &Word) -> bool {
    let before = side.text[..one.range.start].chars().next_back();
    let after = side.text[one.range.end..].chars().next();
    let is_minus = one.folded == "-"
        && after.is_some_and(|after| after.is_ascii_digit())
        && before.is_none_or(|before| !before.is_alphanumeric() && before != ')');
    is_minus || one.folded.chars().all(|sign| SIGNS.contains(sign))
}

/// Two words in each other's place: `A depends on B`. Not members of a list, whose order says nothing.
fn exchanged(compared: &Compared<'_>) -> Option<Feature> {
    let words = |side: &Side<'_>| -> Vec<Word> {
        side.words.iter().filter(|one| one.kind != WordKind::Mark).cloned().collect()
    };
    let (old, new) = (words(&compared.before), words(&compared.after));
    if old.len() != new.len() {
        return None;
    }
    let others: Vec<usize> = (0..old.len()).filter(|&at| old[at].key != new[at].key).take(3).collect();
    let [first, last] = others[..] else { return None };
    let is_list = old[first + 1..last].iter().all(|one| matches!(one.folded.as_str(), "and" | "or" | "and/or"));
    let is_exchange = old[first].key == new[last].key && old[last].key == new[first].key;
    let ranges = |words: &[Word]| vec![words[first].range.clone(), words[last].range.clone()];
    (is_exchange && !is_list).then(|| compared.feature(Aspect::Order, ranges(&old), ranges(&new)))
}

/// Other words in a language that the rules do not know: nobody can tell from here what they say.
fn unread(compared: &Compared<'_>) -> Option<Feature> {
    let is_word = |one: &&Word| one.kind != WordKind::Mark;
    let is_known = is_english(&compared.before) && is_english(&compared.after);
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for swap in &compared.swaps {
        old.extend(held(&compared.before, &swap.before).iter().filter(is_word).map(|one| one.range.clone()));
        new.extend(held(&compared.after, &swap.after).iter().filter(is_word).map(|one| one.range.clone()));
    }
    for (one, other) in compared.same().filter(|(one, other)| one.folded != other.folded) {
        old.push(one.range.clone());
        new.push(other.range.clone());
    }
    let is_any = !old.is_empty() || !new.is_empty();
    (is_any && !is_known).then(|| compared.feature(Aspect::Unread, old, new))
}

/// True for a text whose letters are Latin and whose short words are not those of other languages.
fn is_english(side: &Side<'_>) -> bool {
    let letters = || side.text.chars().filter(|letter| letter.is_alphabetic());
    let n_other = letters().filter(|letter| *letter > '\u{24f}').count();
    if 2 * n_other > letters().count() {
        return false;
    }
    let n = |is: &dyn Fn(&str) -> bool| side.words.iter().filter(|one| is(&one.folded)).count();
    let n_foreign = n(&|word| FOREIGN.contains(&format!(" {word} ")));
    n_foreign <= n(&|word| is_function_word(word) || word == "shall")
}
