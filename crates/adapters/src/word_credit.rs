//! Credit for words as a workspace keeps it, one JSON line each: `credits/NAME.jsonl`.
//!
//! Comes in: a line with the text and its body, then lines with the words that a version (a commit, a contribution) of a party proposed
//! first, and how many of them stand. Goes out: `proposed` and `adopted-text` with these amounts. Lines with statements repeat the
//! same for people, and state nothing more. A party is an organisation: persons are not kept.

use fact::{Act, Adapter, Amount, Fact, Mention, Problem, Reading, Snapshot, Thing, When};
use serde::Deserialize;

use crate::parts::lines::{Line, lines};

/// The adapter.
pub static ADAPTER: WordCredit = WordCredit;

/// Reads credit for words.
pub struct WordCredit;

/// The first line.
#[derive(Deserialize)]
struct Head {
    text: String,
    #[serde(default)]
    document: String,
    body: String,
}

/// A line below it.
#[derive(Deserialize)]
struct Version {
    version: String,
    /// What the version is: `commit`, `document`, `base`, `editor`.
    kind: String,
    /// None where nobody is known.
    party: Option<String>,
    day: String,
    proposed: f64,
    standing: f64,
}

impl Adapter for WordCredit {
    fn name(&self) -> &'static str {
        "word_credit"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Credit for words: who proposed the words of a text first, one JSON line each"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        snapshot.bytes.trim_ascii_start().starts_with(b"{\"credit\":1,")
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "credit for words".into(), ..Reading::default() };
        let mut lines = lines(snapshot.bytes).filter(|line| !line.text.trim().is_empty());
        let Some(first) = lines.next() else { return reading };
        let head = match serde_json::from_str::<Head>(&first.text) {
            Ok(head) => head,
            Err(error) => {
                reading.problems.push(unreadable(&first, "the text and its body", &error.to_string()));
                return reading;
            }
        };
        reading.about = format!("credit for the words of {}", head.text);
        for line in lines {
            if line.text.starts_with("{\"statement\":") {
                continue;
            }
            reading.n_units += 1;
            match serde_json::from_str::<Version>(&line.text) {
                Ok(version) => reading.facts.extend(facts(&line, &head, &version)),
                Err(error) => reading.problems.push(unreadable(&line, "a version", &error.to_string())),
            }
        }
        reading
    }
}

fn unreadable(line: &Line<'_>, expected: &str, error: &str) -> Problem {
    let what = error.rsplit_once(" at line ").map_or(error, |(what, _)| what);
    let hint = "have the words credited again: `rapporteur credit ... --keep NAME`";
    line.problem("credit-unreadable", format!("expected {expected}, found {what}"), hint)
}

/// What was proposed, and what of it stands.
fn facts(line: &Line<'_>, head: &Head, told: &Version) -> Vec<Fact> {
    let mut evidence = line.evidence();
    evidence.place = format!("line {}, {} {}", line.number, told.kind, told.version);
    let fact = |act: Act, words: f64| Fact {
        who: told.party.as_deref().map(Mention::organisation).unwrap_or_default(),
        object: Some(Thing::new(&told.kind, &told.version)),
        target: Some(Thing::new("text", &head.text).titled(&head.document)),
        body: Some(head.body.clone()),
        when: When::parse(&told.day).unwrap_or(When::UNKNOWN),
        amount: Some(Amount { value: words, unit: "words".into() }),
        ..Fact::new(act, evidence.clone())
    };
    let proposed = (told.proposed > 0.0).then(|| fact(Act::Proposed, told.proposed));
    let standing = (told.standing > 0.0).then(|| fact(Act::AdoptedText, told.standing));
    proposed.into_iter().chain(standing).collect()
}
