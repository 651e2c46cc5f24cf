//! Decisions of editors on conflicts between contributions, one JSON line each: `decisions.jsonl` of a draft.
//!
//! Comes in: lines with the draft, the conflict with its place and alternatives, what was chosen, why, by whom and when; or that a
//! decision was taken back. Goes out: `decided` for each decision and `proposed` for each alternative, with what became of it. Who
//! stands behind a contribution is said by other sources.

use fact::{Act, Adapter, Fact, Mention, Party, Problem, Reading, Snapshot, Thing, When};
use serde::Deserialize;

use crate::parts::lines::{Line, lines};

/// The adapter.
pub static ADAPTER: DraftingDecisions = DraftingDecisions;

/// Reads decisions of editors.
pub struct DraftingDecisions;

/// One line.
#[derive(Deserialize)]
struct Decided {
    draft: String,
    conflict: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    kind: String,
    author: String,
    time: String,
    /// None where the decision on the conflict is taken back.
    choice: Option<Choice>,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    editorial: bool,
    #[serde(default)]
    alternatives: Vec<Alternative>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Choice {
    Take(String),
    Text(String),
    Brackets,
    Drop,
    Both,
}

#[derive(Deserialize)]
struct Alternative {
    by: Vec<String>,
}

impl Adapter for DraftingDecisions {
    fn name(&self) -> &'static str {
        "drafting_decisions"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Decisions of editors on conflicts between contributions, one JSON line each"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        snapshot.bytes.trim_ascii_start().starts_with(b"{\"drafting\":1,")
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "decisions of editors".into(), ..Reading::default() };
        for line in lines(snapshot.bytes).filter(|line| !line.text.trim().is_empty()) {
            reading.n_units += 1;
            match serde_json::from_str::<Decided>(&line.text) {
                Ok(decided) => reading.facts.extend(facts(&line, &decided)),
                Err(error) => reading.problems.push(unreadable(&line, &error.to_string())),
            }
        }
        reading
    }
}

fn unreadable(line: &Line<'_>, error: &str) -> Problem {
    let what = error.rsplit_once(" at line ").map_or(error, |(what, _)| what);
    let hint = "nothing to do where a crash cut the line: what was not kept whole was not decided";
    line.problem("decision-unreadable", format!("expected a decision, found {what}"), hint)
}

/// The decision, and what it means for each alternative.
fn facts(line: &Line<'_>, decided: &Decided) -> Vec<Fact> {
    let when = When::parse(decided.time.get(..10).unwrap_or_default()).unwrap_or(When::UNKNOWN);
    let mut evidence = line.evidence();
    evidence.place = format!("line {}, {}", line.number, decided.time);
    let editor = Mention { party: Party::Person, name: Some(decided.author.clone()), ..Mention::default() };
    let conflict = Thing::new("conflict", &decided.conflict).titled(&format!("{}, {}", decided.draft, decided.place));
    let draft = Some(Thing::new("draft", &decided.draft));
    let Some(choice) = &decided.choice else {
        let status = Some(said("taken back", &decided.reason));
        return vec![Fact {
            who: editor,
            object: Some(conflict),
            target: draft,
            when,
            status,
            ..Fact::new(Act::Retracted, evidence)
        }];
    };
    let class = if decided.editorial { "editorial" } else { "not editorial" };
    let status = said(&format!("{}, {class}", chosen(choice)), &decided.reason);
    let mut facts = vec![Fact {
        who: editor,
        object: Some(conflict),
        target: draft.clone(),
        when,
        status: Some(status),
        ..Fact::new(Act::Decided, evidence.clone())
    }];
    for by in decided.alternatives.iter().flat_map(|alternative| &alternative.by) {
        let became = match choice {
            Choice::Take(taken) if taken == by => "taken",
            Choice::Brackets => "left to the meeting",
            Choice::Both => "stands beside the others",
            Choice::Take(_) | Choice::Text(_) | Choice::Drop => "not taken",
        };
        let object = Thing::new("document", by).titled(&format!("{} ({})", decided.place, decided.kind));
        facts.push(Fact {
            object: Some(object),
            target: draft.clone(),
            when,
            status: Some(became.into()),
            ..Fact::new(Act::Proposed, evidence.clone())
        });
    }
    facts
}

fn chosen(choice: &Choice) -> String {
    match choice {
        Choice::Take(by) => format!("took {by}"),
        Choice::Text(text) => format!("own words: {text}"),
        Choice::Brackets => "in square brackets".into(),
        Choice::Drop => "none of them".into(),
        Choice::Both => "all of them".into(),
    }
}

fn said(what: &str, reason: &str) -> String {
    if reason.is_empty() { what.into() } else { format!("{what}; {reason}") }
}
