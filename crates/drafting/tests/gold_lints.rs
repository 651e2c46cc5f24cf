//! The lints on Resolution 68 (the merged text, the base, and two synthetic contributions, which are ours and not real), and
//! how often they speak on texts that were published.
#![allow(missing_docs, reason = "a test has no public items")]
#![expect(clippy::disallowed_methods, reason = "the gold data are files")]
#![expect(clippy::print_stdout, reason = "the figures are read in the output")]

mod resolution;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use drafting::Passage;
use drafting::lint::{Code, Lint, lints, shifts};
use resolution::{Line, read, split};

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared")
}

fn gold(name: &str) -> Option<String> {
    std::fs::read_to_string(shared().join("gold/resolution-68").join(name)).ok()
}

fn of(text: &str) -> Vec<Lint> {
    let lines = read(text);
    lints(&lines.iter().map(Line::passage).collect::<Vec<_>>())
}

/// Lints of pairs of the gold: a clause, and the one that it derives from.
fn of_pairs() -> Option<Vec<Lint>> {
    let value: serde_json::Value = serde_json::from_str(&gold("clauses.json")?).expect("the gold is JSON");
    let rows = value["clauses"].as_array().expect("the gold has rows");
    let text = |row: &serde_json::Value, kept: [&str; 2]| -> String {
        let runs = row["runs"].as_array().into_iter().flatten();
        runs.filter(|run| run[0].as_str().is_some_and(|sign| kept.contains(&sign)))
            .filter_map(|run| run[1].as_str())
            .collect()
    };
    let mut found = Vec::new();
    for row in rows {
        let after = text(row, ["=", "+"]);
        let sources = row["derived_from"].as_array().cloned().unwrap_or_default();
        let is_source = |other: &&serde_json::Value| sources.contains(&other["base_path"]);
        let before = match text(row, ["=", "-"]) {
            own if !own.is_empty() => own,
            _ => rows.iter().find(is_source).map(|other| text(other, ["=", "-"])).unwrap_or_default(),
        };
        if before.is_empty() || after.is_empty() || row["change"] == "none" {
            continue;
        }
        let place = row["merged_path"].as_str().unwrap_or_default();
        let passage = |words| Passage { place, call: "", label: "", text: words };
        found.extend(shifts(&passage(split(&before).1), &passage(split(&after).1)));
    }
    Some(found)
}

fn print(name: &str, lints: &[Lint]) {
    println!("== {name}: {}", lints.len());
    for one in lints {
        println!(
            "{} | {} | {:?} | `{}` -> `{}` | {}",
            one.code.slug(),
            one.place,
            one.range,
            one.found,
            one.expected,
            one.sure
        );
    }
}

#[test]
fn the_nine_of_the_gold() {
    let (Some(merged), Some(base), Some(pairs)) = (gold("merged.txt"), gold("base.txt"), of_pairs()) else {
        println!("skipped: the gold is not here");
        return;
    };
    let (of_merged, of_base) = (of(&merged), of(&base));
    print("merged", &of_merged);
    print("base", &of_base);
    print("pairs", &pairs);
    let has = |all: &[Lint], code: Code, place: &str, words: &str| {
        all.iter().any(|one| one.code == code && one.place.ends_with(place) && one.found.contains(words))
    };
    let nine = [
        has(&of_merged, Code::TwoEditions, "considering e)", "Geneva, 2020"),
        has(&of_merged, Code::Name, "considering e)", "Standardisation"),
        has(&of_base, Code::Slip, "noting c)", "creditability"),
        has(&pairs, Code::ScopeShift, "noting/b", "un-coordinated recommendations"),
        has(&pairs, Code::ActorShift, "noting/b", "ITU"),
        has(&of_merged, Code::VerbForm, "Bureau 8", "have broaden"),
        has(&of_merged, Code::EndMark, "TSAG 2", "."),
        has(&of_merged, Code::EndMark, "TSAG 3", ";"),
        has(&of_merged, Code::BrokenList, "considering i)", "emerging telecommunication/ICTs"),
    ];
    // Each was looked at: none is false. A new rule that speaks here is to be looked at too.
    assert_eq!((of_merged.len(), of_base.len(), pairs.len()), (19, 2, 2));
    println!("{} of 9", nine.iter().filter(|is_found| **is_found).count());
    assert!(nine.iter().filter(|is_found| **is_found).count() >= 8, "{nine:?}");
}

#[test]
fn the_synthetic_contributions() {
    for name in ["synthetic_C102.txt", "synthetic_C112.txt"] {
        let Some(text) = gold(name) else { return };
        print(name, &of(&text));
    }
}

/// Every paragraph of the published governance texts of other bodies, as passages without a call.
#[test]
fn published_texts_are_mostly_quiet() {
    let Ok(folder) = std::fs::read_dir(shared().join("data/governance/cabf-forum")) else { return };
    let mut paths: Vec<PathBuf> = folder.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.push(shared().join("data/governance/whatwg-sg/Policies.md"));
    paths.push(shared().join("data/governance/whatwg-sg/Working_Mode.md"));
    paths.sort();
    let (mut n_words, mut counts): (usize, BTreeMap<&str, Vec<String>>) = (0, BTreeMap::new());
    for path in paths {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        n_words += text.split_whitespace().count();
        let paragraphs: Vec<String> =
            text.split("\n\n").map(|one| one.lines().map(str::trim).collect::<Vec<_>>().join(" ")).collect();
        let passages: Vec<Passage<'_>> = paragraphs.iter().map(|text| Passage { text, ..Passage::default() }).collect();
        for lint in lints(&passages) {
            let place = path.file_stem().unwrap().to_string_lossy();
            counts
                .entry(lint.code.slug())
                .or_default()
                .push(format!("{place}: `{}` -> `{}`", lint.found, lint.expected));
        }
    }
    let n_loud: usize = counts.iter().filter(|(code, _)| !code.ends_with("-space")).map(|(_, all)| all.len()).sum();
    println!("{n_words} words, {n_loud} lints besides spaces");
    assert!(n_loud * 5_000 <= n_words, "{n_loud} lints in {n_words} words");
    for (code, all) in &counts {
        println!("{code}: {}", all.len());
        for one in all.iter().take(25) {
            println!("    {one}");
        }
    }
}
