//! The golden documents of citations, lints and cover notes: what a secretary reads as the documentation of the rules.

use std::path::PathBuf;

use dev::{Case, run_golden, table};
use drafting::Passage;
use drafting::cite::citations;
use drafting::cover::{Merged, Settled, check, note};
use drafting::lint::{Code, Lint, lints, shifts};

fn golden(name: &str, answer: impl Fn(&Case) -> Vec<(String, String)>) {
    run_golden(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden").join(name), answer);
}

fn fields(line: &str) -> Vec<&str> {
    line.split('|').map(str::trim).collect()
}

#[test]
fn cite() {
    golden("cite.md", |case| {
        let Some(text) = case.block("text") else { return Vec::new() };
        let row = |one: &drafting::cite::Citation| {
            let edition = one
                .edition
                .as_ref()
                .map(|edition| format!("{}{}", if edition.is_revision { "Rev. " } else { "" }, edition.said()));
            let body = one.body.clone().unwrap_or_default();
            let words = text[one.range.clone()].replace('\n', " ");
            vec![one.kind.slug().into(), one.id.clone(), edition.unwrap_or_default(), body, words]
        };
        let rows: Vec<Vec<String>> = citations(text).iter().map(row).collect();
        vec![("found".into(), table(&["kind", "what", "edition", "body", "words"], &rows))]
    });
}

fn rows(found: &[Lint]) -> String {
    let row = |one: &Lint| {
        let range = format!("{}..{}", one.range.start, one.range.end);
        let words = |words: &str| words.replace(' ', "␣").replace("␣", if words.trim().is_empty() { "␣" } else { " " });
        let sure = format!("{:.2}", one.sure);
        vec![one.code.slug().into(), one.place.clone(), range, words(&one.found), words(&one.expected), sure]
    };
    let rows: Vec<Vec<String>> = found.iter().map(row).collect();
    table(&["rule", "place", "bytes", "found", "expected", "sure"], &rows)
}

#[test]
fn lint() {
    golden("lint.md", |case| {
        if let (Some(before), Some(after)) = (case.block("before"), case.block("after")) {
            let passage = |text| Passage { place: "a)", call: "noting", label: "a)", text };
            return vec![("lints".into(), rows(&shifts(&passage(before.trim_end()), &passage(after.trim_end()))))];
        }
        if case.block("reasons").is_some() {
            let rows: Vec<Vec<String>> =
                Code::ALL.iter().map(|code| vec![code.slug().into(), code.reason().into()]).collect();
            return vec![("reasons".into(), table(&["rule", "why it matters"], &rows))];
        }
        let Some(text) = case.block("clauses") else { return Vec::new() };
        let text = text.replace('␣', " ");
        let parts: Vec<[&str; 3]> = text.lines().map(|line| fields(line).try_into().expect("three fields")).collect();
        let places: Vec<String> =
            parts.iter().map(|[call, label, _]| format!("{call} {label}").trim().to_string()).collect();
        let passages: Vec<Passage<'_>> = parts
            .iter()
            .zip(&places)
            .map(|([call, label, text], place)| Passage { place, call, label, text })
            .collect();
        vec![("lints".into(), rows(&lints(&passages)))]
    });
}

#[test]
fn every_rule_has_a_case_and_a_reason() {
    let document = include_str!("../../golden/lint.md");
    for code in Code::ALL {
        let n_rows = document.lines().filter(|line| line.starts_with(&format!("{} ", code.slug()))).count();
        assert!(n_rows >= 2, "{}: expected a row of `lints` beside its reason", code.slug());
        assert!(code.reason().len() > 20 && !code.reason().ends_with('.'), "{}", code.slug());
    }
}

fn settled(line: &str) -> Settled {
    let [id, place, kind, choice, reason, all @ ..] = &fields(line)[..] else { panic!("`{line}`") };
    let alternative = |said: &&str| said.split_once(": ").map(|(who, what)| (who.to_string(), what.to_string()));
    Settled {
        id: (*id).into(),
        place: (*place).into(),
        alternatives: all.iter().filter_map(alternative).collect(),
        choice: (*choice).into(),
        is_editorial: *kind == "editorial",
        reason: (*reason).into(),
    }
}

#[test]
fn cover() {
    golden("cover.md", |case| {
        let decisions: Vec<Settled> = case.block("decisions").into_iter().flat_map(str::lines).map(settled).collect();
        let clauses: Vec<Vec<&str>> = case.block("clauses").into_iter().flat_map(str::lines).map(fields).collect();
        let clauses: Vec<Passage<'_>> =
            clauses.iter().map(|row| Passage { call: row[0], label: row[1], ..Passage::default() }).collect();
        let mut answers = Vec::new();
        let text = match (case.block("note"), case.block("merged")) {
            (Some(text), _) => text.to_string(),
            (None, Some(merged)) => {
                let row = fields(merged.trim_end());
                let sources = row[1].split(", ").map(Into::into).collect();
                let merged = Merged {
                    title: row[0].into(),
                    sources,
                    n_clauses: row[2].parse().unwrap(),
                    n_complementary: row[3].parse().unwrap(),
                    ..Default::default()
                };
                let draft = note(&merged, &decisions);
                answers.push(("draft".into(), draft.clone()));
                draft
            }
            (None, None) => return answers,
        };
        let warnings: Vec<String> = check(&text, &decisions, &clauses).iter().map(ToString::to_string).collect();
        answers.push(("warnings".into(), warnings.join("\n")));
        answers
    });
}
