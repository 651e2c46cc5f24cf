//! Two hundred made-up cases with known answers: which clause is which, and where contributions do not agree.
//!
//! Prints precision, recall and F1 by kind and holds them to floors. Only clauses that a case touches are counted.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

mod made;

use std::collections::{BTreeMap, BTreeSet};

use drafting::{ConflictKind, Contribution, Decisions, Draft, align, merge};
use made::{Dice, Form, Sheet, sentence};

/// Seven kinds of seventeen, and nine of nine: two hundred.
const PER_KIND: u64 = 17;
const PER_CONFLICT: u64 = 9;

#[derive(Default)]
struct Score {
    right: usize,
    found: usize,
    expected: usize,
}

impl Score {
    fn precision(&self) -> f64 {
        if self.found == 0 { 1.0 } else { self.right as f64 / self.found as f64 }
    }

    fn recall(&self) -> f64 {
        if self.expected == 0 { 1.0 } else { self.right as f64 / self.expected as f64 }
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.expected).max(1) as f64
    }
}

fn base(seed: u64) -> Sheet {
    Sheet::grown(&mut Dice(seed), 1, 4)
}

/// Changes about a third of the items in one way; returns the ids that were touched.
fn changed(kind: &str, sheet: &mut Sheet, dice: &mut Dice) -> BTreeSet<usize> {
    let ids: Vec<usize> = sheet.items().iter().map(|&at| sheet.lines[at].id).collect();
    let mut touched = BTreeSet::new();
    for (nth, &id) in ids.iter().enumerate().filter(|(nth, _)| nth % 3 == 0) {
        let Some(at) = sheet.at(id) else { continue };
        touched.insert(id);
        let is_next_item = sheet.lines.get(at + 1).is_some_and(|next| next.form == sheet.lines[at].form);
        match kind {
            "light" => sheet.reword(dice, at, 10 + nth % 20),
            // Two to three fifths of the words, or up to four; some clauses come and some go beside them.
            "heavy" | "rewritten" => {
                sheet.reword(dice, at, if kind == "heavy" { 40 } else { 62 } + nth % 21);
                if nth % 2 == 0 {
                    sheet.add(dice, at, 50_000 + nth);
                }
                if nth % 4 == 0 && is_next_item {
                    sheet.lines.remove(at + 1);
                }
            }
            "moved" => {
                let items = sheet.items();
                let to = items[dice.below(items.len())];
                if to != at {
                    sheet.shift(at, to);
                }
            }
            // Additions push all labels on; half of what follows is reworded lightly.
            "renumbered" => {
                sheet.add(dice, at, 50_000 + nth);
                sheet.reword(dice, at, 10);
            }
            "split" => sheet.split(at, 60_000 + id),
            "joined" if is_next_item => sheet.join(at),
            _ => {}
        }
    }
    touched
}

fn alignment(kind: &str) -> Score {
    let mut score = Score::default();
    for seed in 0..PER_KIND {
        let own = base(seed);
        let mut other = own.clone();
        let touched = changed(kind, &mut other, &mut Dice(seed + 1000));
        let shift = if kind == "renumbered" { 2 } else { 0 };
        let found = align(&Draft::read(&own.text()), &Draft::read(&other.text_with(shift)));
        // A pair of a clause that was put into the one before it counts by that.
        let is_touched =
            |base: usize, new: usize| touched.contains(&own.lines[base].id) || touched.contains(&other.lines[new].id);
        let pairs: BTreeSet<(usize, usize)> = found
            .pairs
            .iter()
            .map(|pair| (pair.base, pair.other))
            .filter(|(base, new)| is_touched(*base, *new))
            .collect();
        let mut expected: BTreeSet<(usize, usize)> = BTreeSet::new();
        for &id in &touched {
            if let Some((base, new)) = own.at(id).zip(other.at(id)) {
                // Either half may be the clause that it was; and a clause made of two may be either.
                let half = other.at(60_000 + id).filter(|half| pairs.contains(&(base, *half)));
                let either = (kind == "joined" && pairs.contains(&(base + 1, new))).then_some(base + 1);
                expected.insert((either.unwrap_or(base), half.unwrap_or(new)));
            }
        }
        score.right += pairs.intersection(&expected).count();
        score.found += pairs.len();
        score.expected += expected.len();
    }
    score
}

/// How many clauses that were cut in two are known as such.
fn splits() -> Score {
    let mut score = Score::default();
    for seed in 0..PER_KIND {
        let own = base(seed);
        let mut other = own.clone();
        let touched = changed("split", &mut other, &mut Dice(seed + 1000));
        let found = align(&Draft::read(&own.text()), &Draft::read(&other.text())).splits;
        let expected: Vec<(usize, Vec<usize>)> = touched
            .iter()
            .map(|&id| (own.at(id).unwrap(), vec![other.at(id).unwrap(), other.at(60_000 + id).unwrap()]))
            .collect();
        score.right += expected.iter().filter(|split| found.contains(split)).count();
        score.found += found.len();
        score.expected += expected.len();
    }
    score
}

#[test]
fn clauses_find_each_other() {
    let floors = [
        ("light", 0.97),
        ("heavy", 0.85),
        ("rewritten", 0.40),
        ("moved", 0.97),
        ("renumbered", 0.97),
        ("split", 0.90),
        ("joined", 0.90),
    ];
    println!("kind         cases  precision  recall  F1");
    let mut low = Vec::new();
    for (kind, floor) in floors {
        let score = alignment(kind);
        println!("{kind:<12} {PER_KIND:>5}  {:>9.3}  {:>6.3}  {:.3}", score.precision(), score.recall(), score.f1());
        if score.f1() < floor {
            low.push(format!("{kind}: {:.3} below {floor}", score.f1()));
        }
    }
    let score = splits();
    println!("splits known {PER_KIND:>5}  {:>9.3}  {:>6.3}  {:.3}", score.precision(), score.recall(), score.f1());
    assert!(score.f1() >= 0.85, "{}", score.f1());
    assert!(low.is_empty(), "{low:?}");
}

/// What a case plants: the kind of conflict, and its position in the base where it has one.
type Planted = Option<(ConflictKind, Option<usize>)>;

/// Plants one conflict; returns the two texts, and what is to be found.
fn planted(kind: &str, base: &mut Sheet, dice: &mut Dice) -> (String, String, Planted) {
    let items = base.items();
    let at = items[items.len() / 2];
    let phrase = match kind {
        "numbers" => " over 520 associates",
        "editions" => " as per Resolution 22 (Rev. Elsewhere, 2012) of it",
        _ => "",
    };
    base.lines[at].words.push_str(phrase);
    let (mut a, mut b) = (base.clone(), base.clone());
    let expected = match kind {
        "headings" | "moves" | "the same twice" => elsewhere(kind, base, dice, &mut a, &mut b),
        _ => in_clause(kind, at, dice, &mut a, &mut b),
    };
    noise(base, &mut a, dice, 0);
    noise(base, &mut b, dice, 1);
    if kind == "symbols" {
        return (format!("SUP\n{}\n", base.lines[0].words), format!("MOD\n{}", b.text()), expected);
    }
    (a.text(), b.text(), expected)
}

/// Changes one clause in both.
fn in_clause(kind: &str, at: usize, dice: &mut Dice, a: &mut Sheet, b: &mut Sheet) -> Planted {
    let put = |sheet: &mut Sheet, from: usize, words: &[&str]| {
        let mut held: Vec<String> = sheet.lines[at].words.split(' ').map(Into::into).collect();
        held.splice(from..from + words.len(), words.iter().map(ToString::to_string));
        sheet.lines[at].words = held.join(" ");
    };
    let change = |sheet: &mut Sheet, old: &str, new: &str| {
        sheet.lines[at].words = sheet.lines[at].words.replace(old, new);
    };
    match kind {
        "edit, edit" => {
            put(a, 4, &["alpha", "beta"]);
            put(b, 5, &["gamma", "delta"]);
            Some((ConflictKind::EditEdit, Some(at)))
        }
        "delete, edit" => {
            a.lines.remove(at);
            b.reword(dice, at, 15);
            Some((ConflictKind::DeleteEdit, Some(at)))
        }
        "numbers" => {
            change(a, "520", "700");
            change(b, "520", "650");
            Some((ConflictKind::NumberClash, Some(at)))
        }
        "editions" => {
            change(a, "Elsewhere, 2012", "Nowhere, 2016");
            change(b, "Elsewhere, 2012", "Anywhere, 2022");
            Some((ConflictKind::EditionClash, Some(at)))
        }
        "symbols" => {
            b.reword(dice, at, 15);
            Some((ConflictKind::SymbolClash, None))
        }
        _ => {
            // Different words of one clause, and the same change to another.
            let last = a.lines[at].words.split(' ').count() - 1;
            put(a, 1, &["epsilon"]);
            put(b, last, &["zeta"]);
            let both = a.items()[2];
            a.lines[both].words.push_str(" eta");
            b.lines[both].words.push_str(" eta");
            None
        }
    }
}

/// Changes a heading, the place of a clause, or adds the same in two places.
fn elsewhere(kind: &str, base: &Sheet, dice: &mut Dice, a: &mut Sheet, b: &mut Sheet) -> Planted {
    let items = base.items();
    let at = items[items.len() / 2];
    match kind {
        "headings" => {
            let call = base.lines.iter().position(|line| line.form == Form::Why && line.words == "noting").unwrap();
            a.lines[call].words = "emphasizing".into();
            b.lines[call].words = "affirming".into();
            Some((ConflictKind::HeadingHeading, Some(call)))
        }
        "moves" => {
            a.shift(at, items[1]);
            b.shift(at, items[items.len() - 2]);
            Some((ConflictKind::MoveMove, Some(at)))
        }
        _ => {
            let words = format!("that {}", sentence(dice, 24));
            let mut add = |sheet: &mut Sheet, place: usize| {
                sheet.add(dice, place, 70_000);
                let at = sheet.at(70_000).unwrap();
                sheet.lines[at].words.clone_from(&words);
                at
            };
            add(a, items[1]);
            let second = add(b, items[items.len() - 3]);
            b.reword(dice, second, 20);
            Some((ConflictKind::Redundant, None))
        }
    }
}

/// Light changes to clauses that nobody else touches.
fn noise(base: &Sheet, sheet: &mut Sheet, dice: &mut Dice, parity: usize) {
    let ids: Vec<usize> = base.items().iter().map(|&at| base.lines[at].id).collect();
    let free =
        ids.iter().enumerate().filter(|(nth, _)| nth % 7 == 3 + parity && *nth != ids.len() / 2).map(|(_, &id)| id);
    for id in free.collect::<Vec<_>>() {
        if let Some(at) = sheet.at(id) {
            sheet.reword(dice, at, 12);
        }
    }
}

#[test]
fn conflicts_are_found() {
    let kinds =
        ["edit, edit", "delete, edit", "numbers", "editions", "headings", "moves", "the same twice", "symbols", "none"];
    println!("kind            cases  precision  recall");
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let mut all = Score::default();
    for kind in kinds {
        let score = scores.entry(kind).or_default();
        for seed in 0..PER_CONFLICT {
            let mut own = base(seed + 500);
            let (a, b, expected) = planted(kind, &mut own, &mut Dice(seed + 2000));
            let sides =
                [("A", a), ("B", b)].map(|(id, text)| Contribution { id: id.into(), draft: Draft::read(&text) });
            let draft = Draft::read(&own.text());
            let merged = merge(&draft, &sides, &Decisions::default());
            assert_eq!(merged.marked().accepted(), merged.text());
            assert_eq!(merged.marked().rejected(), own.text());
            // Overlaps are a list to look at, no conflicts.
            let found = merged.conflicts.iter().filter(|conflict| conflict.kind != ConflictKind::Overlapping);
            for conflict in found {
                let is_right = expected.is_some_and(|(kind, at)| {
                    conflict.kind == kind && at.is_none_or(|at| conflict.place == draft.place(at))
                });
                score.right += usize::from(is_right);
                score.found += 1;
                if !is_right {
                    println!("   {kind} {seed}: {:?} {} {:?}", conflict.kind, conflict.place, conflict.alternatives);
                }
            }
            score.expected += usize::from(expected.is_some());
        }
        println!("{kind:<15} {PER_CONFLICT:>5}  {:>9.3}  {:>6.3}", score.precision(), score.recall());
        all.right += score.right;
        all.found += score.found;
        all.expected += score.expected;
    }
    println!("all: precision {:.3}, recall {:.3}", all.precision(), all.recall());
    assert!(all.recall() >= 0.98 && all.precision() >= 0.95);
    assert!(scores["the same twice"].recall() >= 0.9);
}
