//! Notes and their marks: `[^1]` in the words belongs to the note `[^1]:` of whoever wrote the mark.
//!
//! Notes of several contributions with one label are counted anew, and the marks follow. The mark of a note that is struck goes with it;
//! where a note stays although somebody struck it with its mark, the mark stays too. An only proposal stands as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::item::{Bench, By, Fate};
use super::order::Line;
use super::row::MechanicalKind;
use super::splice::spliced;
use super::write::{Part, standing};
use crate::clause::{ClauseKind, Draft};
use crate::filed::labels;
use crate::marked::Change;

/// Notes of a text by their names.
type Book = BTreeMap<String, usize>;

/// A mark in the words of an item, with the note that it was written for.
struct Mark {
    item: usize,
    range: Range<usize>,
    note: usize,
}

/// Brings marks and notes together.
pub(super) fn follow(bench: &mut Bench<'_>, lines: &[Line]) {
    let notes: Vec<usize> = bench.standing(lines).filter(|&item| bench.kind(item) == ClauseKind::Note).collect();
    let books = Books::new(bench);
    if bench.sides.is_empty() || (notes.is_empty() && books.base.is_empty()) {
        return;
    }
    restore(bench, lines, &notes, &books);
    let marks = marks(bench, lines, &books);
    let names = names(bench, &notes, &marks);
    let all: By = (0..bench.sides.len()).collect();
    // From the last on, so that the bytes before it stay where they are.
    for mark in marks.iter().rev() {
        let (new, by) = match (names.get(&mark.note), &bench.items[mark.note].fate) {
            (Some(name), _) => (format!("[^{name}]"), all.clone()),
            (None, Fate::Deleted(by)) => (String::new(), by.clone()),
            (None, _) => (String::new(), all.clone()),
        };
        let words = standing(&bench.items[mark.item].words);
        let written = &words[mark.range.clone()];
        if written != new {
            bench.record(mark.item, MechanicalKind::Note, [written, &new]);
            let entry = &mut bench.items[mark.item];
            entry.words = spliced(&entry.words, &mark.range, &new, &by);
        }
    }
    for (note, name) in names {
        let (old, new) = (label(bench, note), format!("[^{name}]:"));
        if old != new {
            bench.record(note, MechanicalKind::Note, [&old, &new]);
            bench.items[note].label = Some((new, all.clone()));
        }
    }
}

struct Books {
    base: Book,
    sides: Vec<Book>,
}

impl Books {
    fn new(bench: &Bench<'_>) -> Self {
        let of_side = |(at, book): (usize, Book)| {
            let item = |(name, clause): (String, usize)| Some((name, bench.of_side[at][clause]?));
            book.into_iter().filter_map(item).collect()
        };
        let sides = bench.sides.iter().map(|side| book(side.draft)).enumerate().map(of_side).collect();
        Self { base: book(bench.base), sides }
    }

    /// Returns the note that a mark was written for.
    fn note(&self, bench: &Bench<'_>, item: usize, range: &Range<usize>, name: &str) -> Option<usize> {
        let of_base = || self.base.get(name).copied();
        let Some(by) = bench.writers(item, range) else { return of_base() };
        by.iter().find_map(|&side| self.sides[side].get(name).copied())
    }
}

fn book(draft: &Draft) -> Book {
    let notes = draft.clauses().iter().enumerate().filter(|(_, clause)| clause.kind == ClauseKind::Note);
    let mut book = Book::new();
    for (at, clause) in notes {
        if let Some(name) = name(draft.label(clause)) {
            book.entry(name.into()).or_insert(at);
        }
    }
    book
}

/// Returns the name of a note: `1` of `[^1]:`.
fn name(label: &str) -> Option<&str> {
    label.strip_prefix("[^")?.strip_suffix("]:")
}

fn label(bench: &Bench<'_>, note: usize) -> String {
    let set = bench.items[note].label.as_ref().map(|(label, _)| label.clone());
    set.unwrap_or_else(|| bench.scalar(note, Draft::label).after)
}

/// Returns the marks whose note is known, in the order of the text.
fn marks(bench: &Bench<'_>, lines: &[Line], books: &Books) -> Vec<Mark> {
    let mut marks = Vec::new();
    for item in bench.standing(lines).filter(|&item| bench.kind(item) != ClauseKind::Note) {
        let words = standing(&bench.items[item].words);
        for range in labels(&words) {
            let name = &words[range.start + 2..range.end - 1];
            if let Some(note) = books.note(bench, item, &range, name) {
                marks.push(Mark { item, range, note });
            }
        }
    }
    marks
}

/// Returns the names that notes get: their own, unless several would have the same; then numbers count in the order of the marks.
fn names(bench: &Bench<'_>, notes: &[usize], marks: &[Mark]) -> BTreeMap<usize, String> {
    let own = |&note: &usize| name(&label(bench, note)).map(|name| (note, name.to_string()));
    let mut names: BTreeMap<usize, String> = notes.iter().filter_map(own).collect();
    let distinct: BTreeSet<&String> = names.values().collect();
    if distinct.len() == names.len() || bench.is_one_proposal() {
        return names;
    }
    let mut order: Vec<usize> = Vec::new();
    for note in marks.iter().map(|mark| mark.note).chain(notes.iter().copied()) {
        if names.contains_key(&note) && !order.contains(&note) {
            order.push(note);
        }
    }
    let (mut count, mut taken) = (0, BTreeSet::new());
    for note in order {
        let Some(name) = names.get_mut(&note) else { continue };
        if name.bytes().all(|byte| byte.is_ascii_digit()) {
            count += 1;
            *name = count.to_string();
        }
        let first = name.clone();
        for nth in 2.. {
            if taken.insert(name.clone()) {
                break;
            }
            *name = format!("{first}-{nth}");
        }
    }
    names
}

/// Puts marks back that were struck with a note which stays, because others change it.
fn restore(bench: &mut Bench<'_>, lines: &[Line], notes: &[usize], books: &Books) {
    let held: BTreeSet<usize> = marks(bench, lines, books).into_iter().map(|mark| mark.note).collect();
    let is_bare = |note: &&usize| !held.contains(*note) && !bench.items[**note].conflicts.is_empty();
    let bare: Vec<usize> = notes.iter().filter(is_bare).copied().collect();
    for note in bare {
        let Some(base) = bench.items[note].base else { continue };
        let Some(name) = name(bench.base.label(&bench.base.clauses()[base])) else { continue };
        let mark = format!("[^{name}]");
        let is_struck = |part: &Part| matches!(part.change, Change::Deleted(_)) && part.text.contains(&mark);
        let found = bench.standing(lines).find_map(|item| {
            let at = bench.items[item].words.iter().position(is_struck)?;
            bench.items[item].base.map(|_| (item, at))
        });
        if let Some((item, at)) = found {
            let words = &mut bench.items[item].words;
            let part = words[at].clone();
            let (before, after) = part.text.split_once(&mark).unwrap_or_default();
            let struck = |text: &str| Part { text: text.into(), change: part.change.clone() };
            let pieces = [struck(before), Part::kept(&mark), struck(after)];
            words.splice(at..=at, pieces.into_iter().filter(|piece| !piece.text.is_empty()));
            bench.record(item, MechanicalKind::Note, ["", &mark]);
        }
    }
}
