//! References to clauses of the text itself (`considering e)`, `clause 3.2`) follow the clauses.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::item::Bench;
use super::order::Line;
use super::row::MechanicalKind;
use super::write::{Part, standing};
use crate::clause::{ClauseKind, Draft, bare};
use crate::marked::Change;
use crate::spans::without_overlaps;

/// Words before a number that refers to a clause or heading.
const NUMBERED: &[&str] = &["clause", "clauses", "section", "sections", "subclause", "§", "paragraph"];

/// A reference in a text: `considering e)`.
struct Reference {
    /// All of it, in bytes of the words.
    range: Range<usize>,
    /// The words before the label, as written.
    head: String,
    /// The label, as written but for signs around it.
    label: String,
    /// True where it names a call, false for a number of the whole text.
    is_call: bool,
}

/// Clauses of a text by what refers to them: the words of their call (empty for numbers) and their bare label.
type Places = BTreeMap<(String, String), usize>;

/// Rewrites references in all items that stand.
pub(super) fn refer(bench: &mut Bench<'_>, lines: &[Line]) {
    if bench.sides.is_empty() {
        return;
    }
    let mut verbs: BTreeSet<String> = calls(bench.base);
    for side in &bench.sides {
        verbs.extend(calls(side.draft));
    }
    let mut targets = Targets::new(bench, lines);
    for item in bench.standing(lines).collect::<Vec<usize>>() {
        let words = standing(&bench.items[item].words);
        for reference in references(&words, &verbs).into_iter().rev() {
            follow(bench, item, &reference, &mut targets);
        }
    }
}

fn calls(draft: &Draft) -> BTreeSet<String> {
    let call = draft.clauses().iter().filter_map(|clause| clause.call.as_ref());
    call.map(|call| call.verb.clone()).collect()
}

/// What references lead to, text by text, and where that is now.
struct Targets {
    base: Places,
    sides: BTreeMap<usize, Places>,
    /// Item to the words of its call and its label in the merged text.
    now: BTreeMap<usize, (String, String)>,
}

impl Targets {
    fn new(bench: &Bench<'_>, lines: &[Line]) -> Self {
        let mut now = BTreeMap::new();
        let mut head = String::new();
        for item in bench.standing(lines) {
            if bench.kind(item).is_head() {
                head = if bench.kind(item) == ClauseKind::Call {
                    standing(&bench.items[item].words).to_lowercase()
                } else {
                    String::new()
                };
            }
            let label = bench.items[item].label.as_ref().map_or("", |(label, _)| bare(label));
            now.insert(item, (head.clone(), label.into()));
        }
        Self { base: places(bench.base), sides: BTreeMap::new(), now }
    }

    fn of_side(&mut self, bench: &Bench<'_>, side: usize, key: &(String, String)) -> Option<usize> {
        let places = self.sides.entry(side).or_insert_with(|| places(bench.sides[side].draft));
        places.get(key).copied().and_then(|clause| bench.of_side[side][clause])
    }
}

fn places(draft: &Draft) -> Places {
    let mut places = Places::new();
    for (at, clause) in draft.clauses().iter().enumerate() {
        let label = bare(draft.label(clause));
        if label.is_empty() {
            continue;
        }
        let call = clause.under.map(|head| &draft.clauses()[head]).and_then(|head| head.call.as_ref());
        let head = call.map_or(String::new(), |call| call.verb.clone());
        // The first of several clauses with one name is meant, as far as a text can tell.
        places.entry((head, label.into())).or_insert(at);
    }
    places
}

fn references(words: &str, verbs: &BTreeSet<String>) -> Vec<Reference> {
    let small = words.to_lowercase();
    // Where small letters have other bytes, positions would not hold.
    if small.len() != words.len() {
        return Vec::new();
    }
    let mut found: Vec<Reference> = Vec::new();
    let heads = verbs.iter().map(|verb| (verb.as_str(), true)).chain(NUMBERED.iter().map(|word| (*word, false)));
    for (head, is_call) in heads {
        for (at, _) in small.match_indices(head) {
            let is_start = !words[..at].ends_with(char::is_alphanumeric);
            if let Some(label) = is_start.then(|| label_at(words, at + head.len(), is_call)).flatten() {
                let label_text = bare(&words[label.clone()]).into();
                found.push(Reference {
                    range: at..label.end,
                    head: words[at..label.start].into(),
                    label: label_text,
                    is_call,
                });
            }
        }
    }
    // The longest name wins: `recognizing also a)` is no `also a)`.
    without_overlaps(found, |reference| &reference.range)
}

/// Returns the label that follows one space after `at`, without sign at its end for a number.
fn label_at(words: &str, at: usize, is_call: bool) -> Option<Range<usize>> {
    let rest = words[at..].strip_prefix([' ', '\u{a0}'])?;
    let start = words.len() - rest.len();
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '(')).unwrap_or(rest.len());
    let inner = rest[..end].trim_end_matches('.');
    let is_closed = rest[inner.len()..].starts_with(')');
    let bare = inner.trim_start_matches('(');
    let is_number = bare.starts_with(|c: char| c.is_ascii_digit());
    let is_letter = is_closed && bare.len() <= 4 && bare.chars().all(|c| c.is_ascii_lowercase());
    let is_label = !bare.is_empty() && if is_call { is_letter || is_number } else { is_number };
    is_label.then(|| start..start + inner.len() + usize::from(is_closed && !is_number))
}

/// Rewrites one reference of an item, where what it leads to has another name now.
fn follow(bench: &mut Bench<'_>, item: usize, reference: &Reference, targets: &mut Targets) {
    let head = if reference.is_call { reference.head.trim().to_lowercase() } else { String::new() };
    let key = (head, reference.label.clone());
    let text = standing(&bench.items[item].words);
    let written = &text[reference.range.clone()];
    let mut led: Vec<usize> = Vec::new();
    if let Some(base) = bench.items[item].base
        && bench.base.words_at(base).contains(written)
    {
        led.extend(targets.base.get(&key));
    }
    for (side, clause) in bench.holders(item) {
        let draft = bench.sides[side].draft;
        if draft.words_at(clause).contains(written) {
            led.extend(targets.of_side(bench, side, &key));
        }
    }
    let name = |target: &usize| targets.now.get(target);
    let is_right = |target: &usize| {
        name(target).is_some_and(|(call, label)| *label == key.1 && (!reference.is_call || is_name(call, &key.0)))
    };
    let Some(first) = led.first().filter(|_| !led.iter().any(is_right)) else { return };
    let Some((call, label)) = name(first).cloned() else {
        bench.record(item, MechanicalKind::LostReference, [written, written]);
        return;
    };
    if label.is_empty() {
        return;
    }
    let name = if reference.is_call && !is_name(&call, &key.0) { format!("{call} ") } else { reference.head.clone() };
    let shown = written[reference.head.len()..].replacen(&reference.label, &label, 1);
    let new = format!("{name}{shown}");
    bench.record(item, MechanicalKind::Reference, [written, &new]);
    let by = (0..bench.sides.len()).collect();
    let entry = &mut bench.items[item];
    entry.words = spliced(&entry.words, &reference.range, &new, &by);
}

/// True where a call is known by these words: `resolves` for `resolves to instruct the Director`.
fn is_name(call: &str, words: &str) -> bool {
    call.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Replaces bytes of the text that stands.
pub(super) fn spliced(parts: &[Part], range: &Range<usize>, new: &str, by: &super::item::By) -> Vec<Part> {
    let mut spliced: Vec<Part> = Vec::new();
    let mut at = 0;
    let mut is_put = false;
    for part in parts {
        if !part.stands() {
            spliced.push(part.clone());
            continue;
        }
        let (start, end) = (at, at + part.text.len());
        at = end;
        let from = range.start.clamp(start, end) - start;
        let to = range.end.clamp(start, end) - start;
        let piece = |text: &str, change: Change| Part { text: text.into(), change };
        spliced.push(piece(&part.text[..from], part.change.clone()));
        if from < to {
            if part.change.is_kept() {
                spliced.push(Part::deleted(&part.text[from..to], by));
            }
            if !is_put {
                let change = if part.change.is_kept() { Change::Inserted(by.clone()) } else { part.change.clone() };
                spliced.push(piece(new, change));
                is_put = true;
            }
        }
        spliced.push(piece(&part.text[to..], part.change.clone()));
    }
    spliced.retain(|part| !part.text.is_empty());
    spliced
}
