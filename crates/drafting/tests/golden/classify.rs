//! The classes of change against labelled pairs: the gold of Resolution 68, made-up pairs, and pairs of a real revision.
#![expect(clippy::disallowed_methods, reason = "the gold data are files")]
#![expect(clippy::print_stdout, reason = "the figures are read in the output")]

use std::path::{Path, PathBuf};

use dev::{Case, run_golden, table};
use drafting::classify::{Class, Classified, Feature, Piece, classify};

const CLASSES: [Class; 3] = [Class::Mechanical, Class::Editorial, Class::Substantive];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

fn class(word: &str) -> Class {
    let is_it = |class: &Class| class.slug() == word;
    CLASSES.into_iter().find(is_it).unwrap_or_else(|| panic!("`{word}` is no class"))
}

/// One labelled pair.
struct Pair {
    said: Class,
    before: String,
    after: String,
}

fn pairs(text: &str) -> Vec<Pair> {
    let pair = |line: &str| match line.split(" |").map(str::trim).collect::<Vec<_>>()[..] {
        [said, before, after, _] => {
            let words = |words: &str| words.replace("\\t", "\t");
            Pair { said: class(said), before: words(before), after: words(after) }
        }
        _ => panic!("expected `class | before | after | why`, found `{line}`"),
    };
    text.lines().map(pair).collect()
}

fn pieces(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| short(&piece.words)).collect::<Vec<_>>().join(" + ")
}

fn short(words: &str) -> String {
    let shown: Vec<char> = words.chars().collect();
    if shown.len() <= 48 { words.into() } else { format!("{}...", shown[..45].iter().collect::<String>()) }
}

fn feature(feature: &Feature) -> String {
    format!("{} [{} -> {}]", feature.kind.slug(), pieces(&feature.before), pieces(&feature.after))
}

fn shown(change: &Classified) -> String {
    change.features.iter().map(feature).collect::<Vec<_>>().join("; ")
}

fn answer(case: &Case) -> Vec<(String, String)> {
    let Some(text) = case.block("pairs") else { return Vec::new() };
    let row = |pair: &Pair| {
        let change = classify(&pair.before, &pair.after);
        let sign = if change.class == pair.said { "" } else { "!" };
        vec![sign.into(), change.class.slug().into(), shown(&change).replace('\n', " ")]
    };
    let rows: Vec<Vec<String>> = pairs(text).iter().map(row).collect();
    vec![("result".into(), table(&["", "class", "what it rests on"], &rows))]
}

/// How often each class was called each class: rows as labelled, columns as classified.
type Confusion = [[u32; 3]; 3];

fn at(class: Class) -> usize {
    CLASSES.iter().position(|held| *held == class).expect("every class is listed")
}

fn confusion(pairs: &[(Class, Class)]) -> Confusion {
    let mut counts = Confusion::default();
    for (said, found) in pairs {
        counts[at(*said)][at(*found)] += 1;
    }
    counts
}

/// Mean of the F1 of the classes that occur.
fn macro_f1(counts: &Confusion) -> f64 {
    let f1 = |class: usize| {
        let right = f64::from(counts[class][class]);
        let n_said: u32 = counts[class].iter().sum();
        let n_found: u32 = counts.iter().map(|row| row[class]).sum();
        (n_said > 0).then(|| 2.0 * right / f64::from(n_said + n_found))
    };
    let all: Vec<f64> = (0..3).filter_map(f1).collect();
    all.iter().sum::<f64>() / f64::from(u32::try_from(all.len()).expect("three at most"))
}

fn print(name: &str, counts: &Confusion) {
    println!("{name}: macro-F1 {:.3}; rows as labelled, columns as classified", macro_f1(counts));
    println!("{:>12} {:>10} {:>10} {:>10}", "", "mechanical", "editorial", "substant.");
    for class in CLASSES {
        let row = counts[at(class)];
        println!("{:>12} {:>10} {:>10} {:>10}", class.slug(), row[0], row[1], row[2]);
    }
}

fn of_file(name: &str) -> Confusion {
    let text = std::fs::read_to_string(folder().join(name)).expect("the document is here");
    let is_pair = |line: &&str| {
        CLASSES.iter().any(|class| line.starts_with(&format!("{} | ", class.slug())) && line.matches(" |").count() == 3)
    };
    let lines: Vec<&str> = text.lines().filter(is_pair).collect();
    let found: Vec<(Class, Class)> =
        pairs(&lines.join("\n")).iter().map(|pair| (pair.said, classify(&pair.before, &pair.after).class)).collect();
    confusion(&found)
}

#[test]
fn documents() {
    run_golden(folder().join("classify.md"), answer);
    run_golden(folder().join("classify_real.md"), answer);
    run_golden(folder().join("classify_hard.md"), answer);
    run_golden(folder().join("classify_held_out.md"), answer);
}

#[test]
fn made_up_pairs() {
    let counts = of_file("classify.md");
    print("made-up pairs", &counts);
    let n: u32 = counts.iter().flatten().sum();
    assert!(n >= 60, "{n} pairs");
    assert!(macro_f1(&counts) >= 0.8);
}

#[test]
fn real_pairs() {
    let counts = of_file("classify_real.md");
    print("pairs of a real revision", &counts);
    assert!(macro_f1(&counts) >= 0.6);
}

#[test]
fn hard_pairs() {
    let counts = of_file("classify_hard.md");
    print("pairs that look small", &counts);
    assert!(macro_f1(&counts) >= 0.7);
}

#[test]
fn held_out_pairs() {
    let counts = of_file("classify_held_out.md");
    print("pairs that the rules had not seen", &counts);
    assert!(macro_f1(&counts) >= 0.5);
}

/// A row of the gold, as far as it is needed here.
struct Row {
    id: String,
    said: String,
    before: String,
    after: String,
    base_path: Option<String>,
    derived_from: Vec<String>,
    replaced_by: Vec<String>,
}

fn rows() -> Option<Vec<Row>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/resolution-68/clauses.json");
    let value: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).ok()?).expect("the gold is JSON");
    let list = |row: &serde_json::Value, key: &str| -> Vec<String> {
        row[key].as_array().into_iter().flatten().filter_map(|one| one.as_str().map(Into::into)).collect()
    };
    let row = |row: &serde_json::Value| {
        let runs = |kept: [&str; 2]| -> String {
            let all = row["runs"].as_array().into_iter().flatten();
            all.filter(|run| run[0].as_str().is_some_and(|sign| kept.contains(&sign)))
                .filter_map(|run| run[1].as_str())
                .collect()
        };
        Row {
            id: row["id"].as_str().unwrap_or_default().into(),
            said: row["change"].as_str().unwrap_or_default().into(),
            before: runs(["=", "-"]),
            after: runs(["=", "+"]),
            base_path: row["base_path"].as_str().map(Into::into),
            derived_from: list(row, "derived_from"),
            replaced_by: list(row, "replaced_by"),
        }
    };
    Some(value["clauses"].as_array()?.iter().map(row).collect())
}

/// Fills in the other version of a row that is only in one: what it derives from, or what replaced it, the closest of several.
fn completed(rows: &[Row], row: &Row) -> (String, String) {
    let (mut before, mut after) = (row.before.clone(), row.after.clone());
    let closest = |all: Vec<String>, to: &str| {
        let alike = |one: &String| {
            classify(one, to).features.iter().filter(|one| one.kind.class() == Class::Substantive).count()
        };
        all.into_iter().min_by_key(alike).unwrap_or_default()
    };
    if before.is_empty() {
        let is_source = |other: &&Row| other.base_path.as_ref().is_some_and(|path| row.derived_from.contains(path));
        before = closest(rows.iter().filter(is_source).map(|other| other.before.clone()).collect(), &after);
    } else if after.is_empty() {
        let path = row.base_path.clone().unwrap_or_default();
        let is_heir = |other: &&Row| row.replaced_by.contains(&other.id) || other.derived_from.contains(&path);
        after = closest(rows.iter().filter(is_heir).map(|other| other.after.clone()).collect(), &before);
    }
    (before, after)
}

#[test]
fn gold_of_resolution_68() {
    let Some(rows) = rows() else {
        println!("skipped: the gold is not here");
        return;
    };
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| !row.said.ends_with('?')) {
        let (before, after) = completed(&rows, row);
        let change = classify(&before, &after);
        let said = if row.said == "none" { Class::Mechanical } else { class(&row.said) };
        if said != change.class {
            println!("{}: labelled {}, found {}: {}", row.id, said.slug(), change.class.slug(), shown(&change));
        }
        if row.id == "c5_9" || row.id == "c5_5_" {
            assert_eq!(change.class, Class::Substantive, "the communiqué");
            println!("{}: {}", row.id, shown(&change));
        }
        found.push((said, change.class));
    }
    let counts = confusion(&found);
    print("Resolution 68", &counts);
    assert_eq!(found.len(), 55);
    assert!(macro_f1(&counts) >= 0.8);
}
