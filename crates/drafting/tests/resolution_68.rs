//! Resolution 68: the base of 2016, the proposal of 2024, and two contributions made up around its four real overlaps.
//!
//! The files stand beside the repository; where they are absent the tests say that they are skipped.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "the gold data are files; a skipped test says so")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use drafting::{Alignment, Change, Conflict, ConflictKind, Contribution, Decisions, Draft, Paragraph, align, merge};
use serde_json::Value;

struct Gold {
    base: Draft,
    merged: Draft,
    rows: Vec<Value>,
}

fn file(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/resolution-68").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: {} is absent", path.display());
    }
    text
}

fn gold() -> Option<Gold> {
    let rows: Value = serde_json::from_str(&file("clauses.json")?).unwrap();
    Some(Gold {
        base: Draft::read(&file("base.txt")?),
        merged: Draft::read(&file("merged.txt")?),
        rows: rows["clauses"].as_array().unwrap().clone(),
    })
}

/// Text of a row on one side: `-` for the base, `+` for the merged text.
fn side(row: &Value, sign: &str) -> String {
    let runs = row["runs"].as_array().unwrap().iter();
    let runs = runs.filter(|run| run[0] == "=" || run[0] == sign);
    runs.map(|run| run[1].as_str().unwrap()).collect()
}

/// Position of the clause whose line is this text, but for the label and white space.
fn find(draft: &Draft, text: &str) -> Option<usize> {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let own = |at: usize| {
        let clause = &draft.clauses()[at];
        squeezed(&draft.text()[clause.label.start..clause.end.end])
    };
    let wanted = squeezed(text);
    (0..draft.clauses().len()).find(|&at| {
        own(at) == wanted || squeezed(draft.words(&draft.clauses()[at])) == wanted.trim_end_matches([';', ',', '.'])
    })
}

fn gold_pairs(gold: &Gold) -> BTreeSet<(usize, usize)> {
    let by_path: BTreeMap<&str, &Value> =
        gold.rows.iter().filter_map(|row| Some((row["base_path"].as_str()?, row))).collect();
    let mut pairs = BTreeSet::new();
    for row in &gold.rows {
        if row["kind"] == "call" || row["merged_path"].is_null() || row["kind"] == "marker" {
            continue;
        }
        let merged = find(&gold.merged, &side(row, "+")).unwrap_or_else(|| panic!("{}", row["id"]));
        let derived = row["derived_from"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for path in row["base_path"].as_str().into_iter().chain(derived) {
            let base = find(&gold.base, &side(by_path[path], "-")).unwrap_or_else(|| panic!("{path}"));
            pairs.insert((base, merged));
        }
    }
    pairs
}

fn found_pairs(gold: &Gold, alignment: &Alignment) -> BTreeSet<(usize, usize)> {
    let is_call = |at: usize| gold.base.clauses()[at].call.is_some();
    let pairs = alignment.pairs.iter().filter(|pair| !is_call(pair.base));
    // The note at the foot is no row of the gold table.
    let notes = pairs.filter(|pair| gold.base.clauses()[pair.base].kind != drafting::ClauseKind::Note);
    notes.map(|pair| (pair.base, pair.other)).collect()
}

#[test]
fn clauses_find_each_other() {
    let Some(gold) = gold() else { return };
    let expected = gold_pairs(&gold);
    let alignment = align(&gold.base, &gold.merged);
    let found = found_pairs(&gold, &alignment);
    let right = expected.intersection(&found).count() as f64;
    let f1 = 2.0 * right / (expected.len() + found.len()) as f64;
    println!("alignment: gold {}, found {}, right {right}, F1 {f1:.3}", expected.len(), found.len());
    for (base, merged) in expected.difference(&found) {
        println!("missed: {} ~ {}", gold.base.place(*base), gold.merged.place(*merged));
    }
    for (base, merged) in found.difference(&expected) {
        println!("false: {} ~ {}", gold.base.place(*base), gold.merged.place(*merged));
    }
    assert_eq!(expected.len(), 27);
    assert!(f1 >= 0.96, "{f1}");
}

#[test]
fn it_says_its_title_and_who_enacts_it() {
    let Some(gold) = gold() else { return };
    let title = "Resolution 68 - Evolving role of industry in the ITU Telecommunication Standardization Sector";
    for draft in [&gold.base, &gold.merged] {
        assert_eq!((draft.title().as_deref(), draft.body(), draft.number(0)), (Some(title), Some("WTSA"), Some("68")));
    }
}

fn contributions() -> Option<Vec<Contribution>> {
    let of =
        |id: &str| Some(Contribution { id: id.into(), draft: Draft::read(&file(&format!("synthetic_{id}.txt"))?) });
    Some(vec![of("C102")?, of("C112")?])
}

/// The overlaps of the gold table: kinds, and the places in the base that they are about.
fn is_of(id: &str, conflict: &Conflict) -> bool {
    use ConflictKind::{AgainstBase, DeleteEdit, EditEdit};
    let director = "resolves to instruct the Director of the Telecommunication Standardization Bureau";
    match id {
        "K1" => conflict.kind == EditEdit && conflict.place == "recognizing/d",
        "K2" => conflict.kind == AgainstBase && conflict.place == "noting/a",
        "K3" => conflict.kind == EditEdit && conflict.place == format!("{director}/2"),
        "K4" => conflict.kind == DeleteEdit && conflict.place == format!("{director}/5"),
        // The second dash of the clause of K1.
        "K1b" => conflict.kind == DeleteEdit && conflict.place == "recognizing/d/1",
        _ => false,
    }
}

#[test]
fn the_real_conflicts_are_found() {
    let (Some(gold), Some(contributions)) = (gold(), contributions()) else { return };
    let merged = merge(&gold.base, &contributions, &Decisions::default());
    for conflict in &merged.conflicts {
        println!("{} {:?} {}", conflict.id, conflict.kind, conflict.place);
        for alternative in &conflict.alternatives {
            println!("    {:?} {} {:?}", alternative.by, alternative.place, alternative.text);
        }
    }
    for id in ["K1", "K2", "K3", "K4"] {
        assert!(merged.conflicts.iter().any(|conflict| is_of(id, conflict)), "{id}");
    }
    // Redundancy between sections: two are known to be real, and both contributions cite Resolution 22, in two editions.
    let known = |conflict: &Conflict| ["K1", "K1b", "K2", "K3", "K4"].iter().any(|id| is_of(id, conflict));
    let others: Vec<&Conflict> = merged.conflicts.iter().filter(|conflict| !known(conflict)).collect();
    let pairs: Vec<(ConflictKind, String)> = others
        .iter()
        .map(|conflict| {
            (
                conflict.kind,
                conflict.alternatives.iter().map(|other| other.place.clone()).collect::<Vec<_>>().join(" ~ "),
            )
        })
        .collect();
    let director = "resolves to instruct the Director of the Telecommunication Standardization Bureau";
    let has = |kind, places: &str| pairs.iter().any(|(own, at)| *own == kind && at == places);
    assert!(has(ConflictKind::Redundant, &format!("considering/g ~ {director}/3")), "{pairs:?}");
    assert!(has(ConflictKind::Overlapping, "considering/e ~ noting/e"), "{pairs:?}");
    assert!(has(ConflictKind::CiteDrift, "considering/e ~ noting/e"), "{pairs:?}");
    // Overlaps are a list to look at: two are known to be real, others are of one topic.
    let n_overlaps = others.iter().filter(|conflict| conflict.kind == ConflictKind::Overlapping).count();
    let n_spurious = others.len() - n_overlaps - 2;
    println!(
        "conflicts: {} in all, 4 of 4 found, {n_spurious} spurious, {n_overlaps} overlaps listed",
        merged.conflicts.len()
    );
    assert!(n_spurious <= 1, "{pairs:?}");
    assert!(n_overlaps <= 4, "{pairs:?}");
}

#[test]
fn one_contribution_gives_its_text() {
    let (Some(gold), Some(contributions)) = (gold(), contributions()) else { return };
    for contribution in contributions {
        let merged = merge(&gold.base, std::slice::from_ref(&contribution), &Decisions::default());
        assert_eq!(merged.text(), contribution.draft.text());
        assert_eq!(merged.marked().rejected(), gold.base.text());
        assert!(merged.conflicts.is_empty());
    }
    let target = Contribution { id: "2024".into(), draft: gold.merged.clone() };
    let merged = merge(&gold.base, &[target], &Decisions::default());
    assert_eq!(merged.text(), gold.merged.text());
}

/// Runs in one form: the struck before the added, what both begin or end with is kept, white space squeezed.
fn canonical(runs: &[(char, String)]) -> Vec<(char, String)> {
    let mut merged: Vec<(char, String)> = Vec::new();
    let mut at = 0;
    while at < runs.len() {
        // A space between what was added and what was struck is the seed's, and belongs to neither.
        let is_gap = |at: usize| runs[at].0 == '=' && runs[at].1.trim().is_empty() && at > 0 && at + 1 < runs.len();
        let end = at + (at..runs.len()).take_while(|&at| runs[at].0 != '=' || is_gap(at)).count();
        let of = |sign| -> String {
            let own =
                runs[at..end].iter().filter(|(own, _)| *own == sign || *own == '=').map(|(_, text)| text.as_str());
            let own: String = own.collect();
            if (at..end).any(is_gap) { own.trim().into() } else { own }
        };
        let (old, new) = (of('-'), of('+'));
        let common = |a: &mut dyn Iterator<Item = (char, char)>| {
            a.take_while(|(a, b)| a == b).map(|(a, _)| a).collect::<String>()
        };
        let prefix = common(&mut old.chars().zip(new.chars()));
        let (a, b) = (&old[prefix.len()..], &new[prefix.len()..]);
        let suffix: String = common(&mut a.chars().rev().zip(b.chars().rev())).chars().rev().collect();
        let (a, b) = (&a[..a.len() - suffix.len()], &b[..b.len() - suffix.len()]);
        let kept = runs.get(end).map(|(_, text)| text.clone()).unwrap_or_default();
        for (sign, text) in [('=', prefix.as_str()), ('-', a), ('+', b), ('=', suffix.as_str()), ('=', kept.as_str())] {
            match merged.last_mut() {
                _ if text.is_empty() => {}
                Some((last, held)) if *last == sign => held.push_str(text),
                _ => merged.push((sign, text.into())),
            }
        }
        at = end + 1;
    }
    merged.into_iter().map(|(sign, text)| (sign, text.split(' ').collect::<Vec<_>>().join(" "))).collect()
}

fn signed(paragraph: &Paragraph) -> Vec<(char, String)> {
    let sign = |change: &Change| match change {
        Change::Kept => '=',
        Change::Inserted(_) => '+',
        Change::Deleted(_) => '-',
        Change::Withdrawn { .. } => unreachable!("merging strikes nothing that it adds"),
    };
    paragraph.runs.iter().map(|run| (sign(&run.change), run.text.clone())).collect()
}

#[test]
fn sure_rows_are_exact_to_the_character() {
    let Some(gold) = gold() else { return };
    let target = Contribution { id: "2024".into(), draft: gold.merged.clone() };
    let merged = merge(&gold.base, &[target], &Decisions::default());
    let paragraphs: Vec<Vec<(char, String)>> = merged.marked().paragraphs.iter().map(signed).collect();
    let squeezed = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let of = |runs: &[(char, String)], sign: char| -> String {
        squeezed(runs.iter().filter(|(own, _)| *own == '=' || *own == sign).map(|(_, text)| text.as_str()).collect())
    };
    let is_derived = |row: &Value| !row["derived_from"].is_null() || !row["replaced_by"].is_null();
    let (mut n, mut n_exact, mut n_sides) = (0, 0, 0);
    for row in gold.rows.iter().filter(|row| row["confidence"].as_f64().unwrap() >= 0.8 && row["kind"] != "marker") {
        n += 1;
        let runs: Vec<(char, String)> = row["runs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|run| (run[0].as_str().unwrap().chars().next().unwrap(), run[1].as_str().unwrap().to_string()))
            .collect();
        let (old, new) = (of(&runs, '-'), of(&runs, '+'));
        // A derived row is a rewritten clause that the seed shows as struck and added: then its words are to be those of one side.
        let held = paragraphs.iter().find(|own| {
            if is_derived(row) || row["kind"] == "call" && row["base_path"].is_null() {
                (!old.is_empty() && of(own, '-') == old) || (!new.is_empty() && of(own, '+') == new)
            } else {
                of(own, '-') == old && of(own, '+') == new
            }
        });
        let is_exact = held.is_some_and(|own| is_derived(row) || canonical(own) == canonical(&runs));
        n_sides += usize::from(held.is_some());
        n_exact += usize::from(is_exact);
        if !is_exact {
            println!("{}: {:?}\n   against {:?}", row["id"], held.map(|own| canonical(own)), canonical(&runs));
        }
    }
    println!("sure rows: {n}, both sides exact {n_sides}, runs exact {n_exact}");
    assert!(n_exact * 100 >= n * 95, "{n_exact} of {n}");
}
