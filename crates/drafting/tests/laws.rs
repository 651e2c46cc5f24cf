//! The laws of merging, for any text and any contributions.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

mod made;

use std::collections::BTreeSet;

use drafting::{Choice, ConflictKind, Contribution, Decision, Decisions, Draft, Merged, Outcome, merge};
use made::{Dice, Form, Sheet};
use proptest::prelude::*;

/// What a contribution does to a made-up text: what, where, and a seed.
#[derive(Clone, Debug)]
enum Op {
    Reword(usize, u64),
    Add(usize, u64),
    Remove(usize),
    Move(usize, usize),
    Split(usize),
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        4 => (0_usize..500, any::<u64>()).prop_map(|(at, seed)| Op::Reword(at, seed)),
        3 => (0_usize..500, any::<u64>()).prop_map(|(at, seed)| Op::Add(at, seed)),
        2 => (0_usize..500).prop_map(Op::Remove),
        1 => (0_usize..500, 0_usize..500).prop_map(|(at, to)| Op::Move(at, to)),
        1 => (0_usize..500).prop_map(Op::Split),
    ]
}

fn still() -> impl Strategy<Value = Op> {
    op().prop_filter("no moves", |op| !matches!(op, Op::Move(..)))
}

fn applied(base: &Sheet, ops: &[Op]) -> Sheet {
    let mut sheet = base.clone();
    for (nth, op) in ops.iter().enumerate() {
        let items = sheet.items();
        let at = |n: &usize| items[n % items.len()];
        if items.len() < 3 {
            break;
        }
        match op {
            Op::Reword(n, seed) => sheet.reword(&mut Dice(*seed), at(n), 15),
            Op::Add(n, seed) => sheet.add(&mut Dice(*seed), at(n), 10_000 + nth),
            Op::Remove(n) => {
                sheet.lines.remove(at(n));
            }
            Op::Move(n, to) if at(n) != at(to) => sheet.shift(at(n), at(to)),
            Op::Move(..) => {}
            Op::Split(n) => sheet.split(at(n), 20_000 + nth),
        }
    }
    sheet
}

fn sheet(seed: u64) -> Sheet {
    Sheet::grown(&mut Dice(seed), 1, 3)
}

fn of(id: &str, text: &str) -> Contribution {
    Contribution { id: id.into(), draft: Draft::read(text) }
}

fn merged(base: &str, contributions: &[Contribution]) -> Merged {
    merge(&Draft::read(base), contributions, &Decisions::default())
}

/// A text out of pieces that the grammar knows, in any order.
fn any_text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("considering"),
        Just("*noting*"),
        Just("resolves to instruct TSAG"),
        Just(""),
        Just("  "),
        Just("a)\tone two three;"),
        Just("b) four five six,"),
        Just("i)\tseven"),
        Just("ii)\teight;"),
        Just("–\tnine ten; and"),
        Just("1\tto go;"),
        Just("1.1 Scope"),
        Just("1.1.1 Of things"),
        Just("# Heading"),
        Just("RESOLUTION 7 (Rev. A, 2001)"),
        Just("MOD"),
        Just("(A, 2001; B, 2005)"),
        Just("The World Assembly (A, 2001),"),
        Just("[^1]: a note"),
        Just("plain words, and more."),
        Just("2023 was wet"),
        Just("é – “x”\u{a0}y"),
    ];
    let end = prop_oneof![8 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\n\n")];
    (prop::collection::vec((line, end), 0..14), any::<bool>()).prop_map(|(lines, is_ended)| {
        let text: String = lines.iter().map(|(line, end)| format!("{line}{end}")).collect();
        if is_ended { text } else { text.trim_end_matches('\n').into() }
    })
}

/// The lines of a text without labels and white space.
fn bare(text: &str) -> Vec<String> {
    let draft = Draft::read(text);
    let words =
        draft.clauses().iter().map(|clause| draft.words(clause).split_whitespace().collect::<Vec<_>>().join(" "));
    words.filter(|words| !words.is_empty()).collect()
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim_end().to_string()).collect()
}

/// Lines without labels, ends (also those before alternatives in brackets) and empty lines: what the mechanical part may change.
fn matter(text: &str) -> Vec<String> {
    let line = |line: &str| {
        let words = line.split_once('\t').map_or(line, |(_, words)| words);
        let words =
            [";", ",", "."].iter().fold(words.to_string(), |words, end| words.replace(&format!("{end} ["), " ["));
        words.trim_end_matches([';', ',', '.']).to_string()
    };
    text.lines().map(line).filter(|line| !line.is_empty()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_draft_writes_itself(text in prop_oneof![any_text(), "\\PC{0,80}", "[a-c1-3).\\t\\n# -]{0,60}"]) {
        let draft = Draft::read(&text);
        let mut at = draft.start().len();
        for clause in draft.clauses() {
            prop_assert_eq!(clause.range.start, at);
            let order = [clause.range.start, clause.label.start, clause.label.end, clause.words.start, clause.words.end, clause.end.start, clause.end.end, clause.range.end];
            prop_assert!(order.windows(2).all(|pair| pair[0] <= pair[1]), "{:?}", clause);
            at = clause.range.end;
        }
        prop_assert_eq!(at, text.len());
    }

    #[test]
    fn nothing_changes_nothing(text in any_text()) {
        for contributions in [vec![], vec![of("A", &text)], vec![of("A", &text), of("B", &text)]] {
            let merged = merged(&text, &contributions);
            prop_assert_eq!(merged.text(), text.as_str());
            prop_assert!(merged.conflicts.is_empty());
            prop_assert!(merged.rows.iter().all(|row| row.outcome == Outcome::Untouched));
        }
    }

    #[test]
    fn one_contribution_wins_over_any_text(base in any_text(), new in any_text()) {
        // Symbols say what of a contribution counts: then it is not the whole text.
        prop_assume!(!new.contains("MOD") || base.contains("MOD"));
        let merged = merged(&base, &[of("A", &new)]);
        prop_assert_eq!(bare(&merged.text()), bare(&new));
        prop_assert!(merged.conflicts.is_empty());
        let marked = merged.marked();
        let text = merged.text();
        prop_assert_eq!(lines(&marked.accepted()), lines(&text));
        prop_assert_eq!(lines(&marked.rejected()), lines(&base));
    }

    #[test]
    fn one_contribution_wins(seed in 0_u64..1000, ops in prop::collection::vec(op(), 0..8)) {
        let base = sheet(seed);
        let new = applied(&base, &ops).text();
        let base = base.text();
        for contributions in [vec![of("A", &new)], vec![of("A", &new), of("B", &new)], vec![of("A", &new), of("B", &base)]] {
            let is_alone = contributions.len() == 1 || contributions[1].draft.text() == new;
            let merged = merged(&base, &contributions);
            if is_alone {
                prop_assert_eq!(merged.text(), new.as_str());
                prop_assert!(merged.conflicts.is_empty());
            } else {
                prop_assert_eq!(matter(&merged.text()), matter(&new));
                prop_assert!(merged.conflicts.iter().all(|conflict| !conflict.kind.is_blocking()));
            }
        }
    }

    #[test]
    fn order_changes_nothing(seed in 0_u64..1000, a in prop::collection::vec(op(), 0..6), b in prop::collection::vec(op(), 0..6)) {
        let base = sheet(seed);
        let (a, b) = (of("A", &applied(&base, &a).text()), of("B", &applied(&base, &b).text()));
        let one = merged(&base.text(), &[a.clone(), b.clone()]);
        let other = merged(&base.text(), &[b, a]);
        prop_assert_eq!(one, other);
    }

    #[test]
    fn accepting_gives_the_text_and_rejecting_the_base(
        seed in 0_u64..1000, a in prop::collection::vec(op(), 0..6), b in prop::collection::vec(op(), 0..6), c in prop::collection::vec(op(), 0..6),
    ) {
        let base = sheet(seed);
        let sides = [("A", &a), ("B", &b), ("C", &c)].map(|(id, ops)| of(id, &applied(&base, ops).text()));
        let merged = merged(&base.text(), &sides);
        let marked = merged.marked();
        prop_assert_eq!(marked.accepted(), merged.text());
        prop_assert_eq!(marked.rejected(), base.text());
        for paragraph in &marked.paragraphs {
            for run in &paragraph.runs {
                if let drafting::Change::Inserted(by) | drafting::Change::Deleted(by) = &run.change {
                    prop_assert!(!by.is_empty() && by.iter().all(|&by| by < marked.authors.len()), "{:?}", run);
                }
            }
        }
    }

    #[test]
    fn rejecting_one_is_merging_without(
        seed in 0_u64..1000, a in prop::collection::vec(still(), 0..5), b in prop::collection::vec(still(), 0..5), c in prop::collection::vec(still(), 0..5),
    ) {
        let base = sheet(seed);
        let sides = [("A", &a), ("B", &b), ("C", &c)].map(|(id, ops)| of(id, &applied(&base, ops).text()));
        let all = merged(&base.text(), &sides);
        // Who of two decides where a clause stands that both add is told, and is another when one of them is gone.
        prop_assume!(!all.mechanical.iter().any(|record| record.kind == drafting::MechanicalKind::Place));
        for (out, side) in sides.iter().enumerate() {
            let is_involved = all.conflicts.iter().any(|conflict| {
                conflict.kind.is_blocking() && conflict.alternatives.iter().any(|alternative| alternative.by.contains(&side.id))
            });
            if is_involved {
                continue;
            }
            let rest: Vec<Contribution> = sides.iter().filter(|other| other.id != side.id).cloned().collect();
            let without = merged(&base.text(), &rest).text();
            let rejected = all.marked().settled(|author| author != out);
            prop_assert_eq!(matter(&rejected), matter(&without), "without {}", side.id);
        }
    }

    #[test]
    fn brackets_stand_where_a_conflict_blocks(
        seed in 0_u64..1000, a in prop::collection::vec(op(), 0..6), b in prop::collection::vec(op(), 0..6),
        sections in prop::collection::vec(0_usize..20, 0..2), symbol in prop_oneof![6 => Just(""), 1 => Just("SUP\n"), 1 => Just("NOC\n")],
    ) {
        let base = sheet(seed);
        let mut one = applied(&base, &a);
        sections.iter().for_each(|nth| one.remove_section(*nth));
        let other = applied(&base, &b).text();
        let other = if symbol.is_empty() { other } else { format!("MOD\n{other}") };
        let merged = merged(&base.text(), &[of("A", &format!("{symbol}{}", one.text())), of("B", &other)]);
        let is_blocking = |id: &String| {
            merged.conflicts.iter().any(|conflict| conflict.id == *id && conflict.kind.is_blocking())
        };
        let shown = |text: &str| text.contains("[A: ") || text.contains("[B: ");
        for row in merged.rows.iter().filter(|row| row.place_after.is_some()) {
            let after = row.after.as_deref().unwrap_or_default();
            prop_assert_eq!(shown(after), row.conflicts.iter().any(is_blocking), "{:?} {}", row.conflicts, after);
            prop_assert!(!row.place_after.iter().any(|place| place.contains('[')), "{:?}", row.place_after);
        }
        for conflict in merged.conflicts.iter().filter(|conflict| conflict.kind.is_blocking()) {
            let rows = merged.rows.iter().filter(|row| row.conflicts.contains(&conflict.id));
            prop_assert!(rows.filter_map(|row| row.after.as_deref()).any(shown), "{:?}", conflict);
        }
        prop_assert_eq!(merged.marked().accepted(), merged.text());
        prop_assert_eq!(merged.marked().rejected(), base.text());
    }

    #[test]
    fn decisions_settle_sections_moves_and_additions(
        seed in 0_u64..200, a in prop::collection::vec(op(), 0..5), b in prop::collection::vec(op(), 1..6), nth in 0_usize..20,
    ) {
        let base = sheet(seed);
        let mut one = applied(&base, &a);
        one.remove_section(nth);
        let sides = [of("A", &one.text()), of("B", &applied(&base, &b).text())];
        let draft = Draft::read(&base.text());
        let open = merge(&draft, &sides, &Decisions::default());
        for choice in [Choice::Take("A".into()), Choice::Take("B".into()), Choice::Text("to go".into()), Choice::Brackets, Choice::Drop, Choice::Both] {
            let record = |conflict: &drafting::Conflict| Decision {
                conflict: conflict.id.clone(), choice: choice.clone(), reason: "made up".into(), author: "A. Example".into(), time: String::new(), editorial: true,
            };
            let settled = merge(&draft, &sides, &Decisions { records: open.conflicts.iter().map(record).collect() });
            // What is not settled says why. What was taken may say what somebody adds, or go behind what was moved behind it:
            // these are other questions.
            let is_new = |conflict: &&drafting::Conflict| !open.conflicts.iter().any(|other| other.id == conflict.id);
            let follows = |conflict: &drafting::Conflict| !conflict.kind.is_blocking() || conflict.kind == ConflictKind::MoveMove;
            prop_assert!(settled.conflicts.iter().filter(is_new).all(follows), "{:?}", settled.conflicts);
            let n_open = settled.conflicts.iter().filter(|conflict| conflict.decision.is_none() && !is_new(conflict)).count();
            prop_assert!(n_open <= settled.unused.len(), "{:?} {:?}", choice, settled.unused);
            let is_open = |conflict: &&drafting::Conflict| conflict.decision.is_none() && conflict.kind.is_blocking();
            let n_blocking = settled.conflicts.iter().filter(is_open).count();
            let is_shown = settled.text().contains("[A: ") || settled.text().contains("[B: ");
            // Of clauses that both move behind each other, one has no move of the other's to take.
            if choice == Choice::Drop || matches!(choice, Choice::Take(_)) && settled.unused.is_empty() && n_blocking == 0 {
                prop_assert!(!is_shown, "{:?} {}", choice, settled.text());
            }
            prop_assert_eq!(settled.marked().accepted(), settled.text());
            prop_assert_eq!(settled.marked().rejected(), base.text());
        }
    }

    #[test]
    fn relabelling_is_no_change(seed in 0_u64..1000, shift in 1_usize..9, ops in prop::collection::vec(op(), 0..6)) {
        let base = sheet(seed);
        let merged = merged(&base.text(), &[of("A", &base.text_with(shift))]);
        prop_assert_eq!(merged.text(), base.text());
        prop_assert!(merged.rows.iter().all(|row| row.outcome == Outcome::Untouched && row.authors.is_empty()));
        // Beside somebody who changes the text too.
        let new = applied(&base, &ops).text();
        let beside = self::merged(&base.text(), &[of("A", &base.text_with(shift)), of("B", &new)]);
        prop_assert_eq!(matter(&beside.text()), matter(&new));
    }

    #[test]
    fn no_word_is_lost(
        seed in 0_u64..1000, a in prop::collection::vec(op(), 0..7), b in prop::collection::vec(op(), 0..7), c in prop::collection::vec(op(), 0..7),
    ) {
        let base = sheet(seed);
        let sides = [("A", &a), ("B", &b), ("C", &c)].map(|(id, ops)| of(id, &applied(&base, ops).text()));
        let merged = merged(&base.text(), &sides);
        let words = |text: &str| -> BTreeSet<String> {
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(Into::into).collect()
        };
        let mut held = words(&merged.text());
        for alternative in merged.conflicts.iter().flat_map(|conflict| &conflict.alternatives) {
            held.extend(words(alternative.text.as_deref().unwrap_or_default()));
        }
        let of_base = words(&base.text());
        for side in &sides {
            // What the contribution says, and the base does not.
            for word in words(side.draft.text()).difference(&of_base).filter(|word| word.len() > 2) {
                prop_assert!(held.contains(word), "{} lost from {}", word, side.id);
            }
        }
    }

    #[test]
    fn decisions_settle_what_they_are_about(
        seed in 0_u64..200, a in prop::collection::vec((0_usize..6, any::<u64>()), 1..5), b in prop::collection::vec((0_usize..6, any::<u64>()), 1..5),
    ) {
        let base = sheet(seed);
        let ops = |list: &[(usize, u64)]| list.iter().map(|(at, seed)| Op::Reword(*at, *seed)).collect::<Vec<_>>();
        let sides = [("A", ops(&a)), ("B", ops(&b))].map(|(id, ops)| of(id, &applied(&base, &ops).text()));
        let draft = Draft::read(&base.text());
        let open = merge(&draft, &sides, &Decisions::default());
        let decided = |choice: Choice| -> Decisions {
            let record = |conflict: &drafting::Conflict| Decision {
                conflict: conflict.id.clone(), choice: choice.clone(), reason: "made up".into(), author: "A. Example".into(), time: String::new(), editorial: true,
            };
            Decisions { records: open.conflicts.iter().map(record).collect() }
        };
        for choice in [Choice::Take("A".into()), Choice::Take("base".into()), Choice::Text("to go".into()), Choice::Brackets, Choice::Drop] {
            let decisions = decided(choice.clone());
            let settled = merge(&draft, &sides, &decisions);
            prop_assert!(settled.unused.is_empty(), "{:?}", settled.unused);
            prop_assert!(settled.conflicts.iter().all(|conflict| conflict.decision.is_some()));
            let (is_shown, is_open) = (settled.text().contains("[A:"), open.text().contains("[A:"));
            prop_assert!(if choice == Choice::Brackets { is_shown || !is_open } else { !is_shown }, "{}", settled.text());
            prop_assert_eq!(settled.marked().accepted(), settled.text());
            prop_assert_eq!(settled.marked().rejected(), base.text());
            let written = serde_json::to_string(&decisions).unwrap();
            prop_assert_eq!(merge(&draft, &sides, &serde_json::from_str(&written).unwrap()), settled);
        }
        let stale = merge(&draft, &sides[..1], &decided(Choice::Drop));
        prop_assert_eq!(stale.unused.len(), open.conflicts.len());
    }
}

#[test]
fn made_up_texts_are_read_as_they_were_made() {
    let sheet = sheet(1);
    let draft = Draft::read(&sheet.text());
    assert_eq!(draft.clauses().len(), sheet.lines.len());
    for (clause, line) in draft.clauses().iter().zip(&sheet.lines) {
        assert_eq!(matches!(line.form, Form::Item | Form::Dash), clause.kind.is_matter(), "{}", line.words);
    }
}
