//! Writes the figures of `docs/credit_figures.md`: `cargo run -p drafting --release --example credit_figures -- REPOSITORY PATH...`.
//!
//! Histories of files of a repository next to `git blame`, made-up histories of which the truth is known, and what it costs.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "an example starts Git and prints what it found")]

#[path = "../tests/git/blame.rs"]
mod blame;
#[path = "../tests/git/cost.rs"]
mod cost;
#[path = "../tests/git/run.rs"]
mod run;
#[path = "../tests/git/simulated.rs"]
mod simulated;

use std::collections::BTreeMap;
use std::path::Path;

use drafting::credit::{Clauses, History, Method, Question, Version, credit, half_life_by_origin, shares, survival};

const HEAD: &str = "# Credit for words: figures

Written by `make credit-figures`, which runs the example `credit_figures` of the crate `drafting` on this repository; nothing here is
typed. Times are processor time of one thread on a machine that others used too, the fastest of three runs; memory is what the process grew by in
its first run, so that rows after a larger one tell less.
";

const TRUTH: &str = "
## Made-up histories of which the truth is known

*Edited*: 300 versions of 40 paragraphs with rewording, sentences in and out, moves with and without changes, and returns of what was struck; most
words have moved in the end. *In phrases*: the same, where more than half of the words come in 512 set phrases of three to nine words. *Proposed*: a
base, 6 proposals on it, and an editor's text that takes up about half of them and rewords some. Share of words credited to the version that
proposed them first, five seeds together; *late* words went to a later version, *early* ones to an earlier one. The thresholds were chosen with these
histories at hand, so real texts may do worse.

| method | edited: right | late | early | in phrases: right | late | early | proposed: right | late | early |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [home, paths @ ..] = &arguments[..] else {
        println!("expected REPOSITORY PATH..., found nothing");
        return;
    };
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    println!("{HEAD}");
    cost_of_growth();
    truth();
    this_repository(Path::new(home), &paths);
    resolution();
}

fn cost_of_growth() {
    println!(
        "## What it costs\n\nMade-up histories with one to four changes a version; versions, then words, are doubled.\n"
    );
    println!("{}", cost::HEADER);
    for (n_paragraphs, n_versions) in [(40, 4000), (40, 2000), (40, 1000), (40, 500), (320, 500), (160, 500), (80, 500)]
    {
        let simulated = simulated::edited(1, n_paragraphs, n_versions);
        let name = format!("made up, {n_versions} versions");
        println!("{}", cost::row(&name, &simulated.history, &[n_versions - 1], 3));
    }
}

/// Made-up histories: share of words credited to the version that proposed them.
fn truth() {
    println!("{TRUTH}");
    let own = Method::default();
    let mut methods = vec![("as it is by default".to_string(), own.clone())];
    methods.extend(own.others().into_iter().map(|other| (difference(&own, &other), other)));
    methods.push(("only words kept in order, as by word-wise blame".into(), Method { rare: 0, ..own }));
    for (name, method) in methods {
        let edited = score(&method, |seed| simulated::edited(seed, 40, 300));
        let proposed = score(&method, |seed| simulated::proposed(seed, 60, 6));
        let in_phrases = score(&method, |seed| simulated::edited_in_phrases(seed, 40, 300));
        println!("| {name} | {edited} | {in_phrases} | {proposed} |");
    }
}

fn difference(own: &Method, other: &Method) -> String {
    let numbers = [
        ("gram", own.gram, other.gram),
        ("least", own.least, other.least),
        ("gap", own.gap, other.gap),
        ("chance", own.chance as usize, other.chance as usize),
    ];
    let changed = numbers.iter().find(|(_, own, other)| own != other);
    changed.map_or("copies to the copier".into(), |(name, own, other)| format!("`{name}` {other} instead of {own}"))
}

fn score(method: &Method, make: impl Fn(u64) -> simulated::Simulated) -> String {
    let (mut right, mut late, mut early) = (0, 0, 0);
    for simulated in (1..=5).map(make) {
        let goal = simulated.history.versions.len() - 1;
        let found = credit(&simulated.history, &[goal], method).expect("a history that holds together");
        for (word, (_, by)) in found.texts[0].words().zip(&simulated.truth) {
            match word.origin.cmp(by) {
                std::cmp::Ordering::Equal => right += 1,
                std::cmp::Ordering::Greater => late += 1,
                std::cmp::Ordering::Less => early += 1,
            }
        }
    }
    let all = f64::from(right + late + early);
    format!("{:.2} % | {late} | {early}", 100.0 * f64::from(right) / all)
}

fn this_repository(home: &Path, paths: &[&str]) {
    println!(
        "\n## Files of this repository\n\nEach file by itself, then all as one history, in which words may move between files.\n"
    );
    println!("{}", cost::HEADER);
    let whole: Vec<Vec<&str>> = paths.iter().map(|path| vec![*path]).chain([paths.to_vec()]).collect();
    for paths in &whole {
        let (_, read) = run::read(home, paths);
        let name = if paths.len() == 1 {
            format!("{}, {} versions", paths[0], read.history.versions.len())
        } else {
            "all".into()
        };
        println!("{}", cost::row(&name, &read.history, &read.goals, 3));
    }
    half_lives(home, paths);
    println!("\n## Next to `git blame`\n");
    println!(
        "Lines with words. Ours: the version that most words of the line are from. *Untouched* lines have words and marks of one version only, none of which moved,"
    );
    println!(
        "returned or was copied; there the two should agree. `-w -M` lets blame look through white space and moves within the file.\n"
    );
    println!(
        "| file | lines | same commit | untouched lines | of these same | same with `-w -M` |\n|---|--:|--:|--:|--:|--:|"
    );
    let mut reasons: BTreeMap<&str, (usize, Vec<String>)> = BTreeMap::new();
    for path in paths {
        println!("{}", blame::row(home, path, &mut reasons));
    }
    println!("\n| why they differ | lines | for example |\n|---|--:|---|");
    for (reason, (n, examples)) in &reasons {
        println!("| {reason} | {n} | {} |", examples.join("<br>"));
    }
}

fn half_lives(home: &Path, paths: &[&str]) {
    println!("\n## How long words live\n");
    println!(
        "Hours from the commit that brings a word to the one that takes it away for good; `-` where more than half always stand. The"
    );
    println!(
        "interval by words is Greenwood's, that by commits draws commits again: words of one commit die together.\n"
    );
    println!(
        "| file | words observed | of these standing | half-life | 95 % by words | 95 % by commits |\n|---|--:|--:|--:|--:|--:|"
    );
    let hours = |time: Option<i64>| time.map_or("-".into(), |time| format!("{:.1}", time as f64 / 3600.0));
    for path in paths {
        let (_, read) = run::read(home, &[path]);
        let found = credit(&read.history, &read.goals, &Method::default()).expect("a history that holds together");
        let curve = survival(&found.lives, found.now);
        let [low, high] = curve.half_life_interval.map(hours);
        let [by_low, by_high] = half_life_by_origin(&found.lives, found.now, 1000, 1).map(hours);
        let (n_words, n_standing, half) = (curve.n_words, curve.n_standing, hours(curve.half_life));
        println!("| {path} | {n_words} | {n_standing} | {half} | {low} to {high} | {by_low} to {by_high} |");
    }
}

/// The founding case, where its texts are at hand.
fn resolution() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/resolution-68");
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
    let texts = ["base.txt", "synthetic_C102.txt", "synthetic_C112.txt", "merged.txt"].map(text);
    let [Some(base), Some(one), Some(other), Some(merged)] = texts else { return };
    let version = |time, name: &str, parents: &[usize], text| Version {
        id: name.into(),
        time,
        authors: vec![name.into()],
        parents: parents.to_vec(),
        text,
    };
    let versions = vec![
        version(0, "base", &[], base),
        version(1, "one", &[0], one),
        version(2, "other", &[0], other),
        version(3, "editor", &[0], merged),
    ];
    let (history, parties) = (History { versions }, BTreeMap::new());
    let method = Method::default();
    let others = method.others();
    let question = Question {
        history: &history,
        goals: &[3],
        parties: &parties,
        clauses: Clauses::Lines,
        method,
        others,
        replicates: 1000,
        seed: 1,
    };
    println!("\n## A resolution merged from two contributions\n");
    println!(
        "The base and the merged text are those of a resolution; the two contributions are **made up by us** around four known overlaps, so this says"
    );
    println!("nothing about anybody. The editor's words are those that stand in neither.\n");
    println!("| party | words | share | interval | by clauses | by thresholds |\n|---|--:|--:|--:|--:|--:|");
    for share in shares(&question).expect("a history that holds together") {
        let range = |[low, high]: [f64; 2]| format!("{:.1} to {:.1} %", 100.0 * low, 100.0 * high);
        let party = share.party.clone().unwrap_or_default();
        let [whole, by_clause, by_method] = [[share.low, share.high], share.by_clause, share.by_method].map(range);
        println!(
            "| {party} | {} | {:.1} % | {whole} | {by_clause} | {by_method} |",
            share.n_words,
            100.0 * share.share
        );
    }
    let found = credit(&history, &[3], &Method::default()).expect("a history that holds together");
    let [_, one, other, _] = &found.fates[..] else { return };
    let told = [one, other].map(|fate| {
        let (proposed, survived) = (fate.n_proposed, fate.n_survived);
        let n_copies = fate.n_standing - survived;
        format!("{proposed} proposed, of which {survived} stand, and {n_copies} stand in further copies")
    });
    println!("\nWords of the two contributions: {}; {}.", told[0], told[1]);
}
