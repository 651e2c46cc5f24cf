//! Rows of a list of votes: `voted` with the choice, or `abstained`. A member who did not vote is no fact.

use std::collections::BTreeMap;

use fact::{Act, Amount, Fact, Mention, Party, Thing};

use super::Output;
use super::entry::{Entry, entries};
use super::table::Table;

/// Reads the rows of a table.
pub fn read(table: &Table<'_>, output: &mut Output) {
    let mut seen = BTreeMap::new();
    for entry in entries(table, &[]) {
        let Some(who) = who(&entry) else { continue };
        output.reading.n_units += 1;
        if entry.is_shifted(output) {
            continue;
        }
        let ballot = entry.get("ballot").unwrap_or_default().into_owned();
        let party = [who.affiliation.clone(), who.name.clone(), who.country.clone()];
        if let Some(first) = seen.insert((ballot.clone(), party), entry.row.number) {
            let what = format!("expected each member once, found this one in row {first} before");
            output.problem(entry.problem("doubled-row", "organisation", what, "remove one of the rows"));
            continue;
        }
        vote(&entry, who, &ballot, output);
    }
}

/// The voter: a person, an organisation, or the national body of a country.
fn who(entry: &Entry<'_>) -> Option<Mention> {
    let own = |field: &str| entry.get(field).map(String::from);
    let (name, affiliation, country) = (own("name"), own("organisation"), own("country"));
    let party = match (&name, &affiliation, &country) {
        (None, None, None) => return None,
        (Some(_), ..) => Party::Person,
        (None, Some(_), None) => Party::Organisation,
        (None, _, Some(_)) => Party::Body,
    };
    // A national body that is named by its country alone has that name.
    let affiliation = affiliation.or_else(|| country.clone().filter(|_| party == Party::Body));
    Some(Mention { party, name, affiliation, country, role: own("role"), ..Mention::default() })
}

fn vote(entry: &Entry<'_>, who: Mention, ballot: &str, output: &mut Output) {
    let word = entry.get("vote").unwrap_or_default();
    let choice = match entry.table.mapping.value("vote", &word) {
        Some("none") => return,
        Some(value) => value.to_string(),
        None => match choice_of(&word) {
            Some("") => return,
            Some(choice) => choice.into(),
            None => {
                let what = format!("expected a vote such as `yes`, found `{word}`");
                let hint = "say what it means in the mapping: `[values.vote]`";
                return output.problem(entry.problem("vote-unknown", "vote", what, hint));
            }
        },
    };
    let own = |field: &str| entry.get(field).map(String::from);
    let weight = entry.get("weight").and_then(|weight| weight.parse::<f64>().ok()).filter(|weight| weight.is_finite());
    let act = if choice == "abstain" { Act::Abstained } else { Act::Voted };
    let when = entry.when("date", output);
    let object = Thing::new("ballot", ballot).titled(&entry.get("title").unwrap_or_default());
    output.fact(Fact {
        who,
        object: (!object.id.is_empty() || !object.title.is_empty()).then_some(object),
        body: own("body"),
        event: own("event"),
        when,
        amount: weight.map(|value| Amount { value, unit: "votes".into() }),
        status: Some(choice),
        ..Fact::new(act, entry.evidence("vote"))
    });
}

/// The choice that a word names; empty where it says that no vote was cast.
fn choice_of(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase().replace(['-', '_'], " ");
    Some(match word.trim() {
        "yes"
        | "y"
        | "approve"
        | "approved"
        | "approval"
        | "in favour"
        | "in favor"
        | "for"
        | "affirmative"
        | "approve with comments"
        | "approval with comments"
        | "yes with comments" => "yes",
        "no"
        | "n"
        | "disapprove"
        | "disapproved"
        | "disapproval"
        | "against"
        | "negative"
        | "no with comments"
        | "disapprove with comments"
        | "disapproval with comments" => "no",
        "abstain" | "abstained" | "abstention" | "abst" => "abstain",
        "" | "not voted" | "did not vote" | "no vote" | "none" | "absent" => "",
        _ => return None,
    })
}
