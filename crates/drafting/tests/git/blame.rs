//! Our credit next to `git blame`, line by line.
#![allow(dead_code, reason = "not every user needs every part")]

use std::collections::BTreeMap;
use std::path::Path;

use drafting::credit::{Clauses, Credited, Kind, Method, clauses, credit};

use super::run::{output, read};

/// How a line compares.
pub struct Line {
    pub ours: String,
    pub blame: String,
    pub blame_moved: String,
    pub is_untouched: bool,
    pub reason: &'static str,
    pub text: String,
}

/// Compares the lines of a file that have words.
pub fn lines(home: &Path, path: &str) -> Vec<Line> {
    let (_, read) = read(home, &[path]);
    let goal = read.goals[0];
    let found = credit(&read.history, &[goal], &Method::default()).expect("a history that holds together");
    let text = &read.history.versions[goal].text;
    let name = |origin: usize| read.history.versions[origin].id[..10].to_string();
    let [blame, moved] = [&[][..], &["-w", "-M"][..]].map(|more| blamed(home, path, more));
    let tokens = &found.texts[0].tokens;
    let mut lines = Vec::new();
    for clause in clauses(text, Clauses::Lines) {
        let inside = |token: &&Credited| {
            token.kind != Kind::Space && token.range.start >= clause.range.start && token.range.end <= clause.range.end
        };
        let words: Vec<&Credited> = tokens.iter().filter(inside).collect();
        let mut by: BTreeMap<usize, usize> = BTreeMap::new();
        for word in words.iter().filter(|token| token.kind == Kind::Word) {
            *by.entry(word.origin).or_default() += 1;
        }
        let is_of_one = words.iter().all(|token| token.origin == words[0].origin);
        let Some((origin, _)) = by.iter().max_by_key(|(origin, n)| (**n, std::cmp::Reverse(**origin))) else {
            continue;
        };
        let (blame, blame_moved) = (blame[clause.line - 1].clone(), moved[clause.line - 1].clone());
        let is_still = words.iter().all(|word| !word.is_moved && !word.is_returned && !word.is_copied);
        let reason = if !is_still {
            "the line moved, returned or was copied; blame names who put it there"
        } else if words.iter().any(|token| name(token.origin) == blame) {
            "some words or marks changed; blame gives the whole line to the last change"
        } else {
            "line breaks, white space or case changed, or words went; nothing that stands is the last change's"
        };
        let text =
            text[clause.range.clone()].trim().chars().take(60).filter(|letter| !"|`".contains(*letter)).collect();
        lines.push(Line { ours: name(*origin), blame, blame_moved, is_untouched: is_still && is_of_one, reason, text });
    }
    lines
}

/// Returns a row of the table, and adds what differs.
pub fn row(home: &Path, path: &str, reasons: &mut BTreeMap<&'static str, (usize, Vec<String>)>) -> String {
    let lines = lines(home, path);
    let n = |is_so: &dyn Fn(&Line) -> bool| lines.iter().filter(|line| is_so(line)).count();
    for line in lines.iter().filter(|line| line.ours != line.blame) {
        let (n, examples) = reasons.entry(line.reason).or_default();
        *n += 1;
        if examples.len() < 3 {
            examples.push(format!("`{path}` {}: ours {}, blame {}", line.text, line.ours, line.blame));
        }
    }
    let same = n(&|line| line.ours == line.blame);
    let [untouched, untouched_same] =
        [n(&|line| line.is_untouched), n(&|line| line.is_untouched && line.ours == line.blame)];
    let moved = n(&|line| line.ours == line.blame_moved);
    let percent = |part: usize, all: usize| format!("{part} ({:.1} %)", 100.0 * part as f64 / all.max(1) as f64);
    let all = lines.len();
    format!(
        "| {path} | {all} | {} | {untouched} | {} | {} |",
        percent(same, all),
        percent(untouched_same, untouched),
        percent(moved, all)
    )
}

/// The commit of every line, its first ten digits.
fn blamed(home: &Path, path: &str, more: &[&str]) -> Vec<String> {
    let arguments: Vec<&str> =
        ["blame", "--line-porcelain"].iter().chain(more).chain(&["HEAD", "--", path]).copied().collect();
    let porcelain = output(home, &arguments).expect("git blame");
    let porcelain = String::from_utf8_lossy(&porcelain);
    let mut commits = Vec::new();
    let mut commit = "";
    for line in porcelain.split('\n') {
        if line.starts_with('\t') {
            commits.push(commit.get(..10).unwrap_or_default().to_string());
            commit = "";
        } else if commit.is_empty() {
            commit = line.split(' ').next().unwrap_or_default();
        }
    }
    commits
}
