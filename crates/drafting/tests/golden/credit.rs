//! The golden document of credit.

use std::collections::BTreeMap;
use std::path::PathBuf;

use dev::{Case, run_golden, table};
use drafting::credit::{
    Clauses, Credited, CreditedText, History, Method, Question, Version, credit, shares, statements,
};

#[test]
fn golden() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/credit.md");
    run_golden(path, |case| {
        let history = history(case);
        let Some(goal) = history.last().unwrap() else { return Vec::new() };
        let found = credit(&history, &[goal], &Method::default()).unwrap();
        let mut answers = vec![("credit".into(), stretches(&history, &found.texts[0]))];
        let (goals, parties) = ([goal], BTreeMap::new());
        let method = Method::default();
        let others = method.others();
        let question = Question {
            history: &history,
            goals: &goals,
            parties: &parties,
            clauses: Clauses::Lines,
            method,
            others,
            replicates: 1000,
            seed: 1,
        };
        let rows = shares(&question).unwrap().into_iter().map(|share| {
            let name = share.party.unwrap_or_else(|| "-".into());
            let numbers = [share.share, share.low, share.high].map(|share| format!("{share:.3}"));
            [name, format!("{}", share.n_words)].into_iter().chain(numbers).collect()
        });
        answers.push(("shares".into(), table(&["party", "words", "share", "low", "high"], &rows.collect::<Vec<_>>())));
        if case.title.contains("statement") {
            answers.push(("statement".into(), statements("Rules, draft 2", &question).unwrap()[0].markdown()));
        }
        answers
    });
}

fn history(case: &Case) -> History {
    let mut versions: Vec<Version> = Vec::new();
    for (info, text) in case.blocks("version") {
        let rest = info.strip_prefix("version ").unwrap();
        let (id, rest) = rest.split_once(" by ").unwrap();
        let (authors, parents) = rest.split_once(" on ").unwrap();
        let list = |names: &str| names.split(", ").filter(|name| *name != "-").map(String::from).collect::<Vec<_>>();
        let place = |name: &String| versions.iter().position(|version| version.id == *name).unwrap();
        let parents = list(parents).iter().map(place).collect();
        // A version a day, from 1 January 2024.
        let time = 1_704_067_200 + 86_400 * versions.len() as i64;
        versions.push(Version { id: id.into(), time, authors: list(authors), parents, text: text.into() });
    }
    History { versions }
}

fn stretches(history: &History, credited: &CreditedText) -> String {
    let text = &history.versions[credited.version].text;
    let how = |token: &Credited| {
        let reworded = format!("reworded {}", token.n_rewordings);
        let marks = [
            ("moved", token.is_moved),
            ("returned", token.is_returned),
            ("copied", token.is_copied),
            (&reworded, token.n_rewordings > 0),
        ];
        marks.iter().filter(|(_, is_so)| *is_so).map(|(mark, _)| *mark).collect::<Vec<_>>().join(", ")
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for token in &credited.tokens {
        let (origin, how, word) = (history.versions[token.origin].id.clone(), how(token), &text[token.range.clone()]);
        let is_space = token.kind == drafting::credit::Kind::Space;
        match rows.last_mut() {
            Some(row) if is_space || (row[0] == origin && row[1] == how) => row[2].push_str(&word.replace('\n', " / ")),
            _ => rows.push(vec![origin, how, word.into()]),
        }
    }
    for row in &mut rows {
        row[2] = row[2].replace('\t', " ").trim().trim_end_matches('/').trim().into();
    }
    table(&["origin", "how", "words"], &rows)
}
