//! Where clauses stand that several contributions move or add.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

use drafting::{Choice, ConflictKind, Contribution, Decision, Decisions, Draft, MechanicalKind, Merged, merge};

const PARTS: [&str; 4] = [
    "that rivers rise in spring",
    "that bridges need care",
    "that ferries stop at night",
    "that roads are long and wet",
];

/// A text with these of the clauses, in this order.
fn text(order: &[usize]) -> String {
    let clause = |(at, part): (usize, &usize)| {
        let letter = char::from(b'a' + u8::try_from(at).unwrap());
        let end = if at + 1 == order.len() { "," } else { ";" };
        format!("{letter})\t{}{end}\n", PARTS[*part])
    };
    format!("noting\n{}", order.iter().enumerate().map(clause).collect::<String>())
}

fn merged(base: &[usize], a: &[usize], b: &[usize], take: &[(&str, &str)]) -> Merged {
    let of = |id: &str, order: &[usize]| Contribution { id: id.into(), draft: Draft::read(&text(order)) };
    let record = |(conflict, id): &(&str, &str)| Decision {
        conflict: (*conflict).into(),
        choice: Choice::Take((*id).into()),
        reason: "made up".into(),
        author: "A. Example".into(),
        time: String::new(),
        editorial: true,
    };
    let decisions = Decisions { records: take.iter().map(record).collect() };
    merge(&Draft::read(&text(base)), &[of("A", a), of("B", b)], &decisions)
}

#[test]
fn of_two_moves_behind_each_other_one_can_be_taken() {
    // A puts the first behind the last, B the last behind the first.
    let (base, a, b) = (&[0, 1, 2, 3], &[1, 2, 3, 0], &[0, 3, 1, 2]);
    let open = merged(base, a, b, &[]);
    let ids: Vec<&str> = open.conflicts.iter().map(|conflict| conflict.id.as_str()).collect();
    assert_eq!(ids.len(), 2);
    assert!(open.conflicts.iter().all(|conflict| conflict.kind == ConflictKind::MoveMove));
    let of = |place: &str| open.conflicts.iter().find(|conflict| conflict.place == place).unwrap().id.clone();
    let (first, last) = (of("noting/a"), of("noting/d"));

    let taken = merged(base, a, b, &[(&first, "A"), (&last, "base")]);
    assert_eq!(taken.text(), text(a));
    assert!(taken.unused.is_empty());
    assert_eq!(merged(base, a, b, &[(&first, "base"), (&last, "B")]).text(), text(b));

    let both = merged(base, a, b, &[(&first, "A"), (&last, "B")]);
    assert_eq!(both.unused.len(), 2);
    assert!(both.unused[0].reason.contains("behind each other"), "{:?}", both.unused);
    assert_eq!(both.text(), open.text());
}

#[test]
fn an_addition_at_two_places_stands_at_the_first_and_is_told() {
    let merged = merged(&[0, 1, 2], &[0, 3, 1, 2], &[0, 1, 3, 2], &[]);
    assert_eq!(merged.text(), text(&[0, 3, 1, 2]));
    assert!(merged.conflicts.is_empty());
    let places: Vec<(&str, &str)> = merged
        .mechanical
        .iter()
        .filter(|record| record.kind == MechanicalKind::Place)
        .map(|record| (record.before.as_str(), record.after.as_str()))
        .collect();
    assert_eq!(places, [("B: after noting/b", "A: after noting/a")]);
}

#[test]
fn a_shared_addition_stands_behind_the_own_one_before_it() {
    let merged = merged(&[0, 1], &[0, 2, 1], &[0, 3, 2, 1], &[]);
    assert_eq!(merged.text(), text(&[0, 3, 2, 1]));
    assert!(merged.mechanical.iter().all(|record| record.kind != MechanicalKind::Place));
}

#[test]
fn a_clause_split_in_two_is_not_taken_for_one_that_starts_alike() {
    let base = "noting\na)\tthat rivers rise in spring and flood the low fields;\nb)\tthat rivers rise in spring and carry wood down to the sea,\n";
    let split = "noting\na)\tthat rivers rise in spring;\nb)\tand flood the low fields,\n";
    let of = |id: &str, text: &str| Contribution { id: id.into(), draft: Draft::read(text) };
    let merged = merge(&Draft::read(base), &[of("A", split)], &Decisions::default());
    let deleted: Vec<Option<&str>> =
        merged.rows.iter().filter(|row| row.after.is_none()).map(|row| row.place_before.as_deref()).collect();
    assert_eq!(deleted, [Some("noting/b")]);
    assert!(merged.rows.iter().all(|row| row.movers.is_empty()));
}
