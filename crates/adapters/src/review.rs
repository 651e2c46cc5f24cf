//! Decisions of reviewers, one JSON line each: the file `reviews.jsonl` of a workspace, part by part.
//!
//! Comes in: lines with `at`, `by`, `verdict`, the fact that was judged with what was read (`was`), and what is to stand
//! instead (`to`). Goes out: a fact for each decision - the reviewer confirmed, corrected or retracted a fact, the object
//! by its id - with the line as evidence. Which fact the decision then holds for is not said here.

use std::collections::BTreeMap;

use fact::{Act, Adapter, Fact, Mention, Party, Problem, Reading, Snapshot, Thing, When};
use serde::Deserialize;

use crate::parts::lines::{Line, lines};

/// The adapter.
pub static ADAPTER: Reviews = Reviews;

/// Reads decisions of reviewers.
pub struct Reviews;

/// One line.
#[derive(Deserialize)]
struct Review {
    at: String,
    by: String,
    verdict: String,
    #[serde(default)]
    fact: String,
    #[serde(default)]
    decision: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    was: BTreeMap<String, String>,
    #[serde(default)]
    to: BTreeMap<String, String>,
}

impl Adapter for Reviews {
    fn name(&self) -> &'static str {
        "review"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Decisions of reviewers of this workspace, one JSON line each"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        snapshot.bytes.trim_ascii_start().starts_with(b"{\"review\":1,")
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "decisions of reviewers".into(), ..Reading::default() };
        for line in lines(snapshot.bytes).filter(|line| !line.text.trim().is_empty()) {
            reading.n_units += 1;
            match read(&line) {
                Ok(fact) => reading.facts.push(fact),
                Err(problem) => reading.problems.push(*problem),
            }
        }
        reading
    }
}

fn read(line: &Line<'_>) -> Result<Fact, Box<Problem>> {
    let review: Review = serde_json::from_str(&line.text).map_err(|error| {
        let text = error.to_string();
        let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
        let hint = "nothing to do where a crash cut the line: what was not kept whole was not decided";
        Box::new(line.problem("review-unreadable", format!("expected a decision, found {what}"), hint))
    })?;
    let act = match review.verdict.as_str() {
        "accept" | "seen" => Act::Confirmed,
        "correct" => Act::Corrected,
        "reject" | "undo" => Act::Retracted,
        other => {
            let what = format!("expected `accept`, `reject`, `correct`, `seen` or `undo`, found `{other}`");
            return Err(Box::new(line.problem("review-unreadable", what, "correct it by another decision")));
        }
    };
    let mut evidence = line.evidence();
    evidence.place = format!("line {}, {}", line.number, review.at);
    Ok(Fact {
        who: Mention { party: Party::Person, name: Some(review.by.clone()), ..Mention::default() },
        object: Some(object(&review)),
        when: When::parse(review.at.get(..10).unwrap_or_default()).unwrap_or(When::UNKNOWN),
        status: status(&review),
        ..Fact::new(act, evidence)
    })
}

/// The fact that was judged, told by what was read; or the decision that was taken back.
fn object(review: &Review) -> Thing {
    if !review.decision.is_empty() {
        return Thing::new("decision", &review.decision);
    }
    if review.fact.is_empty() {
        return Thing::new("problem", "").titled(review.was.get("kind").map_or("", String::as_str));
    }
    let parts = ["act", "name", "affiliation", "object_id", "object_title"];
    let told: Vec<&str> = parts.iter().filter_map(|part| review.was.get(*part)).map(String::as_str).collect();
    Thing::new("fact", &review.fact).titled(&told.join(", "))
}

/// What is to stand, and why.
fn status(review: &Review) -> Option<String> {
    let to = review.to.iter().map(|(field, value)| format!("{field} = {value}"));
    let said: Vec<String> = to.chain((!review.reason.is_empty()).then(|| review.reason.clone())).collect();
    (!said.is_empty()).then(|| said.join("; "))
}
